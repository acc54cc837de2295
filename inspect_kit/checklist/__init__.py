"""Item banks, and the checklist generated from them for one visit."""

from inspect_kit.checklist.banks import Bank, load_banks
from inspect_kit.checklist.budget import minutes
from inspect_kit.checklist.generate import generate, read_profile
from inspect_kit.checklist.lint import Lint, lint
from inspect_kit.checklist.translations import languages, load_translated

__all__ = ["Bank", "Lint", "generate", "languages", "lint", "load_banks", "load_translated", "minutes", "read_profile"]

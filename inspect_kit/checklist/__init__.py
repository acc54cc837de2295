"""Item banks, and the checklist generated from them for one visit."""

from inspect_kit.checklist.banks import Bank, load_banks
from inspect_kit.checklist.budget import minutes
from inspect_kit.checklist.generate import generate, read_profile
from inspect_kit.checklist.lint import Lint, lint

__all__ = ["Bank", "Lint", "generate", "lint", "load_banks", "minutes", "read_profile"]

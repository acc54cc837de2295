"""Item banks, and the checklist generated from them for one visit."""

from inspect_kit.checklist.banks import Bank, load_banks
from inspect_kit.checklist.budget import minutes
from inspect_kit.checklist.generate import generate, read_profile
from inspect_kit.checklist.lint import Lint, lint
from inspect_kit.checklist.views import Leg, View, walk

__all__ = ["Bank", "Leg", "Lint", "View", "generate", "lint", "load_banks", "minutes", "read_profile", "walk"]

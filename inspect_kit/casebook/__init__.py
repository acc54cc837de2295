"""The casebook: the SQLite file, its journal, and the tables projected from it."""

from inspect_kit.casebook.casebook import Casebook
from inspect_kit.casebook.drafts import Draft
from inspect_kit.casebook.health import Health
from inspect_kit.casebook.shapes import ATTACHMENT_LIMIT
from inspect_kit.casebook.thread import CasebookThread

__all__ = ["ATTACHMENT_LIMIT", "Casebook", "CasebookThread", "Draft", "Health"]

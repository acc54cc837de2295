"""The casebook: the SQLite file, its journal, and the tables projected from it.

What the answers of rarer questions are (a chain, a step, what a sync took) stands in the modules that find them.
"""

from inspect_kit.casebook.casebook import Casebook
from inspect_kit.casebook.drafts import Draft
from inspect_kit.casebook.shapes import ATTACHMENT_LIMIT
from inspect_kit.casebook.sqlite import CalledOffError
from inspect_kit.casebook.thread import CasebookThread

__all__ = ["ATTACHMENT_LIMIT", "CalledOffError", "Casebook", "CasebookThread", "Draft"]

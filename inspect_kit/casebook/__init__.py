"""The casebook: the SQLite file, its journal, and the tables projected from it."""

from inspect_kit.casebook.casebook import Casebook
from inspect_kit.casebook.chains import Chain
from inspect_kit.casebook.drafts import Draft
from inspect_kit.casebook.examining import examine_file
from inspect_kit.casebook.health import Health
from inspect_kit.casebook.history import Step
from inspect_kit.casebook.shapes import ATTACHMENT_LIMIT
from inspect_kit.casebook.sqlite import CalledOffError
from inspect_kit.casebook.sync import Refusal, Taken
from inspect_kit.casebook.thread import CasebookThread
from inspect_kit.casebook.trust import Known

__all__ = [
    "ATTACHMENT_LIMIT",
    "CalledOffError",
    "Casebook",
    "CasebookThread",
    "Chain",
    "Draft",
    "Health",
    "Known",
    "Refusal",
    "Step",
    "Taken",
    "examine_file",
]

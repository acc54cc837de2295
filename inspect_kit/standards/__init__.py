"""Bodies of rules: their structure from ``standard.yaml``, their wording from the user's copy of the document."""

from inspect_kit.standards.document import read_rules, read_standard
from inspect_kit.standards.load import find_clause, load_standard
from inspect_kit.standards.wording import import_wording, load_wording, read_document

__all__ = [
    "find_clause",
    "import_wording",
    "load_standard",
    "load_wording",
    "read_document",
    "read_rules",
    "read_standard",
]

"""Bodies of rules: their structure from ``standard.yaml``, their wording from the user's copy of the document."""

from inspect_kit.standards.document import read_rules, read_standard
from inspect_kit.standards.load import (
    check_names,
    find_clause,
    load_standard,
    load_standards,
    own_standards,
    read_folder,
)
from inspect_kit.standards.wording import has_wording, import_wording, load_wording, read_document

__all__ = [
    "check_names",
    "find_clause",
    "has_wording",
    "import_wording",
    "load_standard",
    "load_standards",
    "load_wording",
    "own_standards",
    "read_document",
    "read_folder",
    "read_rules",
    "read_standard",
]

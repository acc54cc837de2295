"""Bodies of rules, read from ``standard.yaml``."""

from inspect_kit.standards.load import find_clause, load_standard

__all__ = ["find_clause", "load_standard"]

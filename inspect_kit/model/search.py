"""What a search in a visit finds."""

from dataclasses import dataclass
from enum import StrEnum


class FoundIn(StrEnum):
    """Which text of an item holds the words that were looked for."""

    QUESTION = "question"
    NOTE = "note"
    EVIDENCE = "evidence"
    RECOMMENDATION = "recommendation"
    RULE = "rule"
    GUIDE = "guide"


@dataclass(frozen=True)
class Hit:
    """One item of a visit that holds all words, in whichever of its texts.

    Attributes:
        item: the item's id.
        found_in: the text that holds most of the words, the nearest first; an item found by its label or by the
            number of its rule shows its question.
        excerpt: of that text, on one line; “…” stands where it was cut.
        marks: where the words stand in the excerpt, as pairs of first position and the position behind.
        rank: how far from label and question the words were found; the smallest comes first.
    """

    item: str
    found_in: FoundIn
    excerpt: str
    marks: tuple[tuple[int, int], ...]
    rank: int

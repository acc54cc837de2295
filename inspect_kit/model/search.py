"""What a search in a visit finds."""

from dataclasses import dataclass
from enum import StrEnum

from inspect_kit.language import _


class FoundIn(StrEnum):
    """Which text of an item holds the words that were looked for."""

    QUESTION = "question"
    NOTE = "note"
    EVIDENCE = "evidence"
    RECOMMENDATION = "recommendation"
    RULE = "rule"
    GUIDE = "guide"

    @property
    def label(self) -> str:
        """In words, for lists of what was found."""
        return {
            FoundIn.QUESTION: _("question"),
            # Translators: what an inspector wrote about an item
            FoundIn.NOTE: _("note"),
            FoundIn.EVIDENCE: _("evidence"),
            FoundIn.RECOMMENDATION: _("recommendation"),
            FoundIn.RULE: _("rule"),
            # Translators: the advice that stands beside an item: what to look for, whom to ask
            FoundIn.GUIDE: _("guide"),
        }[self]


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

"""What was found in a note."""

from dataclasses import dataclass
from enum import StrEnum

from inspect_kit.language import _

FEW = 5
"""Where fewer than this many are held, somebody of the group could be recognised."""


class HarmKind(StrEnum):
    """What could tell a reader who somebody is."""

    NAME = "name"
    BIRTH = "birth"
    PHONE = "phone"
    NUMBER = "number"
    SMALL_GROUP = "small-group"


@dataclass(frozen=True)
class Harm:
    """Words that could tell a reader who somebody is.

    Attributes:
        kind: what they look like.
        start: where they begin in the text.
        end: where they end; both 0 where they stand in what was given beside the text.
        words: they themselves.
        of: for a small group, how many people here the words could mean, at least 1; otherwise 0.
    """

    kind: HarmKind
    start: int
    end: int
    words: str
    of: int = 0

    @property
    def message(self) -> str:
        """One sentence for the inspector: which words, and what to write instead."""
        words = " ".join(self.words.split())
        words = words if len(words) <= 32 else words[:31] + "…"
        return {
            # Translators: words are those of a note that could tell a reader who somebody is
            HarmKind.NAME: _("“{words}” looks like a name: write a code such as W7", words=words),
            HarmKind.BIRTH: _("“{words}” tells an exact age: write “in her thirties”", words=words),
            HarmKind.PHONE: _("“{words}” looks like a phone number: leave it out", words=words),
            # Translators: the number that a prison, a court or a state gave to a person
            HarmKind.NUMBER: _("“{words}” looks like a person's number: leave it out", words=words),
            # Translators: so few such women are held here that a reader could recognise her
            HarmKind.SMALL_GROUP: _(
                "“{words}” could be 1 of {count} here: leave out what sets her apart", words=words, count=self.of
            ),
        }[self.kind]


@dataclass(frozen=True)
class PlacedHarm:
    """A harm, and where in a visit's record it stands.

    Attributes:
        item: the item's id; empty for texts on the visit as a whole.
        field: ``narrative``, ``reason``, ``evidence 2``, ``recommendation 1``, ``overview``, ….
        harm: what was found.
    """

    item: str
    field: str
    harm: Harm

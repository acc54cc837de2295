"""Characters that a report cannot draw."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Missing:
    """A character for which no font at hand has a picture.

    Attributes:
        character: itself.
        name: its code and its name in Unicode: ``U+1F642 SLIGHTLY SMILING FACE``.
        number: how often it stands in the texts.
        places: ids of the items under whose findings it stands, in their order; empty where it stands elsewhere only.
    """

    character: str
    name: str
    number: int
    places: tuple[str, ...] = ()

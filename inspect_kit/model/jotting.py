"""A quick note: kept at once, sorted under an item later."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Jotting:
    """A quick note that waits to be filed; screens call it so.

    Attributes:
        id: its ULID.
        text: as typed.
        place: where, in the inspector's words.
        when: when, in the inspector's words, or the laptop's time when it was written.
        author: who wrote it, by name.
        recorded: the entry's stamp.
    """

    id: str
    text: str
    place: str
    when: str
    author: str
    recorded: str

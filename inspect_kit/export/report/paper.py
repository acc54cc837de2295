"""The paper that a report is set for."""

from enum import StrEnum


class Paper(StrEnum):
    """Its size; the text is set equally wide on both."""

    A4 = "a4"
    LETTER = "letter"

"""What a person typed: kept to the letter, or refused with the reason; and days as people type them."""

import re
import unicodedata
from datetime import date

from inspect_kit.errors import BadInputError
from inspect_kit.language import _, months, thousands

NOTE_LIMIT = 1_000_000
"""The most characters in one note."""
LINE_LIMIT = 500
"""The most characters in a one-line field."""

_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BROKEN = re.compile("[\ud800-\udfff\x00]")


def clean_note(text: str, what: str = "") -> str:
    """Check a note of any length that fits, and keep it to the letter.

    Args:
        text: as typed or read; line ends may be of any system.
        what: the field's name, as the start of a sentence; empty says that it is the note.

    Returns:
        The same text with line feeds as line ends; empty where only white space was typed.

    Raises:
        BadInputError: when it is longer than ``NOTE_LIMIT`` or holds bytes that are no text.
    """
    # Translators: the start of a sentence, such as “… holds bytes that are no text”
    what = what or _("The note")
    if len(text) > NOTE_LIMIT:
        count, most = thousands(len(text)), thousands(NOTE_LIMIT)
        raise BadInputError(
            # Translators: what is the name of a field, with its article: “The note has 1,000,001 characters …”
            _("{what} has {count} characters; at most {most} fit. Split it in two.", what=what, count=count, most=most)
        )
    if _BROKEN.search(text):
        raise BadInputError(
            _("{what} holds bytes that are no text (a broken copy?): remove them and try again.", what=what)
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.strip() else ""


def clean_line(text: str, what: str, *, required: bool = False) -> str:
    """Check a one-line field and trim white space around it.

    Args:
        text: as typed.
        what: the field's name, as the start of a sentence (``"The facility's name"``).
        required: whether it may stay empty.

    Raises:
        BadInputError: when it is empty but required, too long, or more than one line.
    """
    text = clean_note(text, what).strip()
    if required and not text:
        # Translators: what is the name of a field, with its article: “The facility's name is missing …”
        raise BadInputError(_("{what} is missing: please give it.", what=what))
    if len(text) > LINE_LIMIT:
        count, most = thousands(len(text)), LINE_LIMIT
        raise BadInputError(
            _("{what} has {count} characters; at most {most} fit on its line.", what=what, count=count, most=most)
        )
    if any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise BadInputError(_("{what} must be one line without control characters.", what=what))
    return text


def check_passphrase(text: str) -> str:
    """Check a passphrase, and bring it to one form, because keyboards differ in how they compose letters.

    Returns:
        The passphrase in Unicode's form NFC.

    Raises:
        BadInputError: when it is empty, or holds control characters or bytes that are no text.
    """
    if not text or _BROKEN.search(text) or any(ord(character) < 32 for character in text):
        raise BadInputError(_("The passphrase is empty or has control characters: choose another."))
    return unicodedata.normalize("NFC", text)


def parse_day(text: str, what: str) -> date:
    """Read a day as people type it: ``2026-11-04``, ``4.11.2026``, ``4/11/2026``, ``4 Nov 2026``.

    Numbers with dots or slashes are read day first, as most of the world writes them. Months are read in the
    language of the interface, with their accents or without, and in English.

    Args:
        text: as typed.
        what: the field's name, as the start of a sentence.

    Raises:
        BadInputError: when it is no day of the calendar, or its year is not within 1900 to 2200.
    """
    text = text.strip()
    found: tuple[int, int, int] | None = None
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        found = (int(match[1]), int(match[2]), int(match[3]))
    elif match := re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", text):
        found = (int(match[3]), int(match[2]), int(match[1]))
    elif (match := re.fullmatch(r"(\d{1,2})(?:\.|er)? (\S+) (\d{4})", text)) and (month := _month(match[2])):
        found = (int(match[3]), month, int(match[1]))  # “er” as in “1er février”
    try:
        if found and 1900 <= found[0] <= 2200:
            return date(*found)
    except ValueError:
        pass
    shown = " ".join(text.split())[:40]
    raise BadInputError(
        # Translators: what is the name of a field, with its article; write the example as people type days
        _("{what} “{typed}” is no day that we can read: type it like 2026-11-04 or 4 Nov 2026.", what=what, typed=shown)
    )


def _month(word: str) -> int | None:
    """The number of a month that is written out or cut short; None where it is none, or could be two."""
    word = _bare(word)
    if not word.isalpha():
        return None
    for names in (months(), _ENGLISH_MONTHS):
        fits = [
            number
            for number, short in enumerate(map(_bare, names), 1)
            if word.startswith(short) or (len(word) >= 3 and short.startswith(word))
        ]
        if len(fits) == 1:
            return fits[0]
    return None


def _bare(word: str) -> str:
    """A word without capitals, accents and the full stop that says that it was cut."""
    apart = unicodedata.normalize("NFD", word.casefold().removesuffix("."))
    return "".join(letter for letter in apart if unicodedata.category(letter) != "Mn")

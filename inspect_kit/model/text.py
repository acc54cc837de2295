"""What a person typed: kept to the letter, or refused with the reason; and days as people type them."""

import re
import unicodedata
from datetime import date

from inspect_kit.errors import BadInputError

NOTE_LIMIT = 1_000_000
"""The most characters in one note."""
LINE_LIMIT = 500
"""The most characters in a one-line field."""

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_BROKEN = re.compile("[\ud800-\udfff\x00]")


def clean_note(text: str, what: str = "The note") -> str:
    """Check a note of any length that fits, and keep it to the letter.

    Args:
        text: as typed or read; line ends may be of any system.
        what: the field's name, as the start of a sentence.

    Returns:
        The same text with line feeds as line ends; empty where only white space was typed.

    Raises:
        BadInputError: when it is longer than ``NOTE_LIMIT`` or holds bytes that are no text.
    """
    if len(text) > NOTE_LIMIT:
        raise BadInputError(f"{what} has {len(text):,} characters; at most {NOTE_LIMIT:,} fit. Split it in two.")
    if _BROKEN.search(text):
        raise BadInputError(f"{what} holds bytes that are no text (a broken copy?): remove them and try again.")
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
        raise BadInputError(f"{what} is missing: please give it.")
    if len(text) > LINE_LIMIT:
        raise BadInputError(f"{what} has {len(text):,} characters; at most {LINE_LIMIT} fit on its line.")
    if any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise BadInputError(f"{what} must be one line without control characters.")
    return text


def check_passphrase(text: str) -> str:
    """Check a passphrase, and bring it to one form, because keyboards differ in how they compose letters.

    Returns:
        The passphrase in Unicode's form NFC.

    Raises:
        BadInputError: when it is empty, or holds control characters or bytes that are no text.
    """
    if not text or _BROKEN.search(text) or any(ord(character) < 32 for character in text):
        raise BadInputError("The passphrase is empty or has control characters: choose another.")
    return unicodedata.normalize("NFC", text)


def parse_day(text: str, what: str) -> date:
    """Read a day as people type it: ``2026-11-04``, ``4.11.2026``, ``4/11/2026``, ``4 Nov 2026``.

    Numbers with dots or slashes are read day first, as most of the world writes them.

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
    elif (match := re.fullmatch(r"(\d{1,2})\.? ([A-Za-z]{3})[A-Za-z]*\.? (\d{4})", text)) and match[
        2
    ].lower() in _MONTHS:
        found = (int(match[3]), _MONTHS[match[2].lower()], int(match[1]))
    try:
        if found and 1900 <= found[0] <= 2200:
            return date(*found)
    except ValueError:
        pass
    shown = " ".join(text.split())[:40]
    raise BadInputError(f"{what} “{shown}” is no day that we can read: type it like 2026-11-04 or 4 Nov 2026.")

"""Texts that people typed, printed as the texts they are.

Nothing that a person typed is markup, and no character may vanish: what the typeface cannot draw, or what
would be invisible, is printed as its code in brackets and counted.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timezone
from functools import lru_cache
from xml.sax.saxutils import escape

from inspect_kit.export.report import fonts
from inspect_kit.export.report.missing import Missing
from inspect_kit.language import _

_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_SPACES = re.compile(" {2,}|(?<=\n) |^ ")
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
PIECE = 3000
"""A paragraph with more than twice as many characters is laid out in pieces of about this length, because the time
to lay it out grows faster than its length."""
LINES = 24
"""The most typed lines in one piece, for the same reason."""


_JOINERS = "\u200c\u200d"
"""Without a form of their own; in scripts that are shaped they tell which form the letters take."""


@lru_cache(maxsize=16)
def _undrawable(extras: tuple[fonts.Extra, ...]) -> re.Pattern[str]:
    """A character that has no visible form in our typeface and in the fonts that a user named."""
    known = fonts.characters().union(*(extra.characters for extra in extras))
    drawn = [code for code in known if unicodedata.category(chr(code)) not in _INVISIBLE]
    return re.compile(f"[^{_class_of(drawn)}{_JOINERS if extras else ''}\n]")


@lru_cache(maxsize=16)
def _runs(extras: tuple[fonts.Extra, ...]) -> re.Pattern[str] | None:
    """Characters in a row that one of the named fonts draws, each font a group."""
    taken, groups = fonts.characters(), []
    for extra in extras:
        own = [code for code in extra.characters - taken if unicodedata.category(chr(code)) not in _INVISIBLE]
        if own:
            letters = _class_of(own)
            groups.append(f"(?P<f{extra.digest[:16]}>[{letters}](?:[{letters}{_JOINERS}]*[{letters}])?)")
        taken |= extra.characters
    return re.compile("|".join(groups)) if groups else None


def _class_of(codes: Iterable[int]) -> str:
    """Write characters as the ranges of a regular expression."""
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)


def readable(text: str) -> str:
    """Give a text as one line for a reader's own fonts, with characters that are invisible as codes."""
    text = "".join(f"[U+{ord(one):04X}]" if unicodedata.category(one) in _INVISIBLE and one not in _JOINERS + "\n\r\t"
                   else one for one in text)  # fmt: skip
    return " ".join(text.split())


def missing(texts: Iterable[str], extras: tuple[fonts.Extra, ...]) -> tuple[Missing, ...]:
    """Name the characters that would be printed as codes, the most frequent first."""
    lacking, found = _undrawable(extras), Counter[str]()
    for text in texts:
        found.update(lacking.findall(unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text).replace("\t", " "))))
    # Translators: said of a character
    nameless = _("without a name")
    return tuple(
        Missing(letter, f"U+{ord(letter):04X} {unicodedata.name(letter, nameless)}", number)
        for letter, number in sorted(found.items(), key=lambda one: (-one[1], one[0]))
    )


class Ink:
    """Prints texts, and counts what had to be printed as codes.

    Attributes:
        extras: fonts for what our typeface lacks.
        coded: how many characters were printed as codes so far.
    """

    def __init__(self, extras: tuple[fonts.Extra, ...] = ()) -> None:
        self.extras = extras
        self.coded = 0

    def plain(self, text: str) -> str:
        """Give a text in which every character is visible, for drawing without markup; lines end in a line feed."""
        return self._visible(text, ())

    def _visible(self, text: str, extras: tuple[fonts.Extra, ...]) -> str:
        text = _LINE_ENDS.sub("\n", text).replace("\t", "    ")
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)  # letter and accent as the one glyph that the typeface has
        return _undrawable(extras).sub(self._code, text)

    def line(self, text: str) -> str:
        """Give a text as one visible line, for drawing without markup."""
        return " ".join(self.plain(text).split())

    def markup(self, text: str) -> str:
        """Give a text for a Paragraph, in which nothing of it is read as markup; line breaks and spaces are kept."""
        text = _SPACES.sub(lambda found: "\u00a0" * len(found[0]), self._visible(text, self.extras))
        text = escape(text).replace("\n", "<br/>")
        runs = _runs(self.extras) if self.extras else None
        if runs is not None:
            text = runs.sub(lambda run: f'<font name="{fonts.EXTRA}{(run.lastgroup or "")[1:]}">{run[0]}</font>', text)
        return text

    def brief(self, text: str, most: int) -> str:
        """Give a text's beginning on one line, as markup of about so many printed characters."""
        text = short(text, most)
        while len(self.printed(text)) > 1.2 * most + 8:  # codes in brackets are longer than what they stand for
            text = text[: len(text) // 2].rstrip() + " …"
        return self.markup(text)

    def printed(self, text: str) -> str:
        """Give a text as it will be printed, without counting its codes."""
        return Ink(self.extras)._visible(text, self.extras)

    def paragraphs(self, text: str) -> Iterator[tuple[str, bool]]:
        """Cut a note into paragraphs at its empty lines, and overlong ones into pieces.

        Args:
            text: as it was typed.

        Yields:
            Each piece as markup, and whether its paragraph ends with it.
        """
        for part in re.split(r"\n[ \t]*(?:\n[ \t]*)+", _LINE_ENDS.sub("\n", text).strip("\n")):
            pieces = list(_pieces(part))
            for number, piece in enumerate(pieces, 1):
                yield self.markup(piece), number == len(pieces)

    def _code(self, found: re.Match[str]) -> str:
        self.coded += 1
        return f"[U+{ord(found[0]):04X}]"


def _pieces(text: str) -> Iterator[str]:
    """Cut an overlong text after a line or, where a line is overlong, after a word."""
    lines = text.split("\n")
    for start in range(0, len(lines), LINES):
        piece = "\n".join(lines[start : start + LINES])
        while len(piece) > 2 * PIECE:
            cut = piece.rfind("\n", PIECE // 2, PIECE) + 1 or piece.rfind(" ", PIECE // 2, PIECE) + 1 or PIECE
            yield piece[:cut].removesuffix("\n")
            piece = piece[cut:]
        yield piece


def day(iso: str) -> str:
    """Write an ISO day as ``4 November 2026``; what is no day stays as it is."""
    try:
        found = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""English names, whatever the machine's language is."""


def days(first: str, last: str) -> str:
    """Write a span of days: ``4 to 6 November 2026``."""
    if first == last or not last:
        return day(first)
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {day(last)}"
    if start.year == end.year:
        return f"{start.day} {MONTHS[start.month - 1]} to {day(last)}"
    return f"{day(first)} to {day(last)}"


def moment(when: datetime) -> str:
    """Write a date and time: ``4 November 2026, 14:05``."""
    return f"{day(when.date().isoformat())}, {when:%H:%M}"


def stamp_moment(stamp: str, made: datetime) -> str:
    """Write a journal entry's stamp in local time; what is no stamp stays as it is.

    Args:
        stamp: ``2026-11-04T13:05:11.123Z.0000``.
        made: when the report is made. Where its offset is this machine's own, the machine's rules for
            summer time apply; otherwise its time zone does.
    """
    try:
        when = datetime.fromisoformat(re.sub(r"(?<=Z)[.-]\d{4}$", "", stamp))
    except ValueError:
        return stamp
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    at_home = isinstance(made.tzinfo, timezone) and made.astimezone().utcoffset() == made.utcoffset()
    return moment(when.astimezone() if at_home else when.astimezone(made.tzinfo))


def size(number: int) -> str:
    """Write a number of bytes: ``240 kB``."""
    for unit, step in (("MB", 1_000_000), ("kB", 1_000)):
        if number >= step:
            return f"{number / step:.1f} {unit}" if number < 10 * step else f"{number / step:.0f} {unit}"
    return count(number, "byte")


def count(number: int, noun: str, nouns: str = "") -> str:
    """Write a number with its noun: ``1 source``, ``2 sources``."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def listed(words: Iterable[str]) -> str:
    """Write words as a list: ``a, b and c``."""
    *most, last = list(words) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def first_upper(text: str) -> str:
    """Begin a text with a capital letter."""
    return text[:1].upper() + text[1:]


def short(text: str, most: int) -> str:
    """Give a text on one line, cut after a word where it has more characters than that."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text.rfind(" ", most // 2, most)
    return text[: cut if cut > 0 else most].rstrip() + " …"

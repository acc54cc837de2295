"""The report's typeface: Noto Sans, embedded; and fonts for other scripts, from files that the user names."""

import hashlib
import re
import struct
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from inspect_kit.errors import BadInputError
from inspect_kit.files import read_bytes
from inspect_kit.language import _

FOLDER = Path(__file__).resolve().parent.parent / "fonts"
REGULAR, BOLD, ITALIC = "NotoSans", "NotoSans-Bold", "NotoSans-Italic"
FILES = {REGULAR: "NotoSans-Regular.ttf", BOLD: "NotoSans-Bold.ttf", ITALIC: "NotoSans-Italic.ttf"}


@cache
def register() -> None:
    """Make the typeface known to ReportLab, once in a process."""
    for name, file in FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(FOLDER / file)))
    # four faces belong to a family; bold italic is set in bold, because we ship three
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD)


@cache
def characters() -> frozenset[int]:
    """The code points that all our faces can draw."""
    register()
    faces = [frozenset(pdfmetrics.getFont(name).face.charToGlyph) for name in FILES]
    return frozenset.intersection(*faces)


def width(text: str, font: str, size: float) -> float:
    """Measure a text in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


def fit(text: str, font: str, size: float, room: float) -> str:
    """Shorten a text with an ellipsis so that it fits into the room."""
    if width(text, font, size) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(text[:middle] + "…", font, size) <= room else (low, middle - 1)
    return text[:low].rstrip() + "…"


EXTRA = "Extra-"
"""What the names of the fonts begin with that a user named."""
LARGEST = 40 * 1_048_576
"""The largest font file that is read, in bytes."""


@dataclass(frozen=True)
class Extra:
    """A font that a user named.

    Attributes:
        name: under which ReportLab knows it.
        digest: SHA-256 of its file, in hex.
        characters: the code points that it can draw.
    """

    name: str
    digest: str
    characters: frozenset[int]


class ShapedFont(TTFont):  # type: ignore[misc]  # ReportLab has no types
    """A font whose glyphs are chosen by shaping, and which tells a reader which letters they stand for."""

    def addObjects(self, doc: Any) -> None:  # noqa: N802 (ReportLab's name)
        """Add the font to a document, as ReportLab does, with the letters behind its forms for search and copying."""
        subsets = [list(subset) for subset in self.state[doc].subsets] if doc in self.state else []
        before = set(doc.idToObject)
        super().addObjects(doc)
        maps = [name for name in doc.idToObject if name.startswith("toUnicodeCMap:") and name not in before]
        names = {code: name for name, code in getattr(self, "_TTFont__hbUnis", {}).items()}
        for name, subset in zip(maps, subsets, strict=True):
            stream = doc.idToObject[name]
            lines = stream.content.split("\n")
            for place, line in enumerate(lines):
                found = re.fullmatch("<([0-9A-F]{2})> <[0-9A-F]{4,}>", line)
                if found:
                    code = subset[int(found[1], 16)]
                    letters = _letters(code, names.get(code, ""))
                    lines[place] = f"<{found[1]}> <{letters.encode('utf-16-be').hex().upper()}>"
            stream.content = "\n".join(lines)


def _letters(code: int, glyph: str) -> str:
    """The letters for which a form stands, by its code or, where it has none of its own, its glyph's name."""
    named = re.match("uni([0-9A-F]{4})", glyph)
    return unicodedata.normalize("NFKC", chr(int(named[1], 16) if named else code))


def load_extras(paths: Iterable[Path]) -> tuple[Extra, ...]:
    """Make fonts known for what our typeface lacks; the first one that has a character draws it.

    Args:
        paths: TrueType files.

    Raises:
        BadInputError: when one is missing, or no TrueType font that may be embedded.
    """
    return tuple(_extra(path) for path in paths)


def _extra(path: Path) -> Extra:
    data = read_bytes(path, _("The font"), LARGEST)
    digest = hashlib.sha256(data).hexdigest()
    name = f"{EXTRA}{digest[:16]}"
    try:
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(ShapedFont(name, BytesIO(data), shapable=True))
            pdfmetrics.registerFontFamily(name, normal=name, bold=name, italic=name, boldItalic=name)
        characters = frozenset(pdfmetrics.getFont(name).face.charToGlyph)
    except (TTFError, struct.error, ValueError, TypeError, LookupError, AssertionError, AttributeError) as problem:
        raise BadInputError(
            _(
                "The font {path} cannot be used: give a TrueType file (.ttf) that may be embedded, such as one of"
                " Noto.",
                path=path,
            )
        ) from problem
    return Extra(name, digest, characters)

"""The report's typeface: Noto Sans, embedded."""

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

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

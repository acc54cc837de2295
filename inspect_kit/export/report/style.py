"""Colours, sizes and paragraph styles: one accent, one typeface, one scale."""

from functools import cache

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from inspect_kit.export.report.fonts import BOLD, ITALIC, REGULAR, register

TOP = 30 * mm
BOTTOM = 26 * mm
WIDTH = 160 * mm
"""Of the text, on A4 and Letter alike."""

INK: Color = HexColor("#1C2529")
QUIET: Color = HexColor("#566167")
ACCENT: Color = HexColor("#14505B")
LINE: Color = HexColor("#C3CDD0")
PAPER: Color = HexColor("#FFFFFF")
PALE: Color = HexColor("#EEF3F4")
TINT_MET: Color = HexColor("#C9DEDD")
TINT_PARTLY: Color = HexColor("#3E7D86")
TINT_NOT_MET: Color = HexColor("#0E3A43")
"""Ratings differ in lightness alone, so that they hold in grey print and for every kind of sight."""

register()


def _style(name: str, size: float, leading: float, **more: object) -> ParagraphStyle:
    values: dict[str, object] = {
        "fontName": REGULAR,
        "fontSize": size,
        "leading": leading,
        "textColor": INK,
        "splitLongWords": 1,
        "allowWidows": 0,
        "allowOrphans": 0,
        "bulletFontName": REGULAR,  # the default would bring an unused Helvetica
        "uriWasteReduce": 0,
    }
    return ParagraphStyle(name, **{**values, **more})


@cache
def unspaced(look: ParagraphStyle) -> ParagraphStyle:
    """Give a style without room below, for a paragraph that goes on in another piece."""
    return look.clone(f"{look.name} unspaced", spaceAfter=0, allowWidows=1, allowOrphans=1)


COVER_OVER = _style("cover over", 13, 19, textColor=PAPER, spaceAfter=2 * mm)
COVER_TITLE = _style("cover title", 28, 35, fontName=BOLD, textColor=PAPER, spaceAfter=3 * mm)
COVER_PLACE = _style("cover place", 13, 19, textColor=PAPER)
COVER_LABEL = _style("cover label", 8.5, 14, textColor=QUIET)
COVER_VALUE = _style("cover value", 10, 14)
COVER_NOTE = _style("cover note", 9, 13, textColor=ACCENT, fontName=BOLD)
SECTION = _style("section", 20, 26, fontName=BOLD, textColor=ACCENT, spaceAfter=6 * mm)
LETTER = _style("letter", 15, 20, fontName=BOLD, textColor=ACCENT, spaceAfter=3 * mm)
THEME = _style("theme", 14, 19, fontName=BOLD, textColor=ACCENT, spaceBefore=3 * mm, spaceAfter=1 * mm)
HEADING = _style("heading", 11, 15, fontName=BOLD, textColor=ACCENT, spaceBefore=5 * mm, spaceAfter=1.6 * mm)
HEADING_FLUSH = HEADING.clone("heading flush", spaceBefore=0)
BODY = _style("body", 9.6, 14.2, spaceAfter=2.2 * mm)
LEAD = _style("lead", 10.6, 16, spaceAfter=3 * mm)
QUESTION = _style("question", 10.6, 14.6, fontName=BOLD)
QUESTION_MET = _style("question met", 9.6, 13.6)
EYEBROW = _style("eyebrow", 8.4, 12, textColor=ACCENT, spaceAfter=0.6 * mm)
SIGNER = _style("signer", 8.4, 10.4, textColor=QUIET)
FURNITURE = _style("furniture", 8, 10, textColor=QUIET)
SMALL = _style("small", 8.6, 12.4, spaceAfter=1.2 * mm)
NOTE = _style("note", 8.4, 12, textColor=QUIET, spaceAfter=1.6 * mm)
SOURCES = _style("sources", 8.4, 12, textColor=QUIET, leftIndent=14 * mm, spaceBefore=1.4 * mm, spaceAfter=1.4 * mm)
EVIDENCE = _style("evidence", 9, 13, leftIndent=5 * mm, spaceAfter=1.4 * mm, bulletIndent=1 * mm, bulletFontSize=9)
CONTRADICTION = _style("contradiction", 8.8, 12.8, backColor=PALE, borderPadding=(2 * mm, 2 * mm, 2 * mm, 3 * mm),
                       leftIndent=3 * mm, rightIndent=2 * mm, spaceBefore=3 * mm, spaceAfter=3.4 * mm)  # fmt: skip
ASKED = _style("asked", 8.8, 12.8, leftIndent=4 * mm, spaceBefore=0.6 * mm, spaceAfter=1.6 * mm)
ITALIC_NOTE = _style("italic note", 8.6, 12.4, fontName=ITALIC, textColor=QUIET, spaceAfter=1.6 * mm)
CELL = _style("cell", 9, 12.6)
CELL_BOLD = _style("cell bold", 9, 12.6, fontName=BOLD)
CELL_QUIET = _style("cell quiet", 8.4, 12.6, textColor=QUIET)
CELL_TINY = _style("cell tiny", 7.8, 11, textColor=QUIET)
CELL_NUMBER = _style("cell number", 9, 12.6, alignment=TA_RIGHT)
CELL_HEAD = _style("cell head", 8, 11, textColor=QUIET)
CELL_HEAD_NUMBER = _style("cell head number", 8, 11, textColor=QUIET, alignment=TA_RIGHT)
CONTENTS = _style("contents", 10.4, 15)
CONTENTS_THEME = _style("contents theme", 9.4, 13, textColor=QUIET)
RECOMMENDATION = _style("recommendation", 10.2, 14.8, leftIndent=11 * mm, spaceAfter=1 * mm)
RECOMMENDATION_META = _style("recommendation meta", 8.8, 12.8, leftIndent=11 * mm, textColor=QUIET, spaceAfter=5 * mm)
FILE = EVIDENCE.clone("file", fontSize=8.4, leading=12, textColor=QUIET)

ROLES = {
    COVER_TITLE.name: "H1",
    SECTION.name: "H1",
    LETTER.name: "H1",
    THEME.name: "H2",
    HEADING.name: "H2",
    HEADING_FLUSH.name: "H2",
}
"""What a paragraph of a style is to a screen reader, where it is not an ordinary paragraph."""

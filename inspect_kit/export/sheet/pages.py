"""What stands around the text of a sheet: running lines, bookmarks, and lines to write on where a page has room."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from inspect_kit.export.report.fonts import REGULAR, fit, width
from inspect_kit.export.report.pages import Anchor, Furniture
from inspect_kit.export.sheet.content import Sheet
from inspect_kit.export.sheet.marks import draw_line, draw_words

MORE = "more room: begin with the item’s name and number"


class Mark(Anchor):
    """Where a part of the sheet begins: bookmarked, and named at the head of the pages on which it goes on.

    Args:
        key: the bookmark's.
        sheet: where it stands.
        title: as a printable line.
        lined: whether the rest of a page in this part is ruled.
    """

    def __init__(self, key: str, sheet: Sheet, title: str, *, lined: bool) -> None:
        super().__init__(key, sheet.numbers, title if len(title) <= 120 else title[:119] + "…")
        self.sheet, self.leg, self.lined = sheet, title, lined

    def draw(self) -> None:
        """Take note of the part."""
        super().draw()
        form = self.sheet.form
        if self.canv.absolutePosition(0, 0)[1] > form.size[1] - form.top - 1:
            self.sheet.top = self.leg
        self.sheet.leg, self.sheet.lined = self.leg, self.lined


def page(sheet: Sheet, furniture: Furniture, order: str) -> PageTemplate:
    """Give the kind of page of which the whole sheet is made.

    Args:
        sheet: where it stands.
        furniture: its running lines.
        order: the order of the walk, such as ``by place``.
    """
    form = sheet.form
    frame = Frame(form.side, form.bottom, form.width, form.height, 0, 0, 0, 0)

    def begin(canvas: Canvas, _document: BaseDocTemplate) -> None:
        if canvas.getPageNumber() == 1:  # of either pass
            sheet.leg, sheet.lined = "", False
        sheet.top = sheet.leg

    def end(canvas: Canvas, document: BaseDocTemplate) -> None:
        # only a full page knows with which part of the walk it begins, and how much room is left
        _draw_running_lines(canvas, sheet, furniture, order)
        if sheet.lined:
            _draw_more_room(canvas, sheet, document.frame._y)

    return PageTemplate("sheet", [frame], pagesize=form.size, onPage=begin, onPageEnd=end)


def _draw_running_lines(canvas: Canvas, sheet: Sheet, furniture: Furniture, order: str) -> None:
    form = sheet.form
    size, left, right = form.text, form.side, form.size[0] - form.side
    facility, name = furniture.header
    top = form.size[1] - form.top + 4 * mm
    room = form.width - width(name, REGULAR, size) - 6 * mm
    walk = fit(f" · {order} · {sheet.top}" if sheet.top else f" · {order}", REGULAR, size, room * 0.6)
    draw_words(canvas, left, top, fit(facility, REGULAR, size, room - width(walk, REGULAR, size)) + walk, size)
    draw_words(canvas, right - width(name, REGULAR, size), top, name, size)
    foot = form.bottom - 7 * mm
    number = f"Page {canvas.getPageNumber()} of {sheet.numbers.total or '…'}"
    draw_words(canvas, left, foot, furniture.footer, size)
    draw_words(canvas, right - width(number, REGULAR, size), foot, number, size)


def _draw_more_room(canvas: Canvas, sheet: Sheet, top: float) -> None:
    """Rule what the next item, which stays in one piece, has left empty."""
    form = sheet.form
    lines = int((top - form.bottom - form.text) / form.pitch)
    if lines < 2:
        return
    for number in range(lines):
        draw_line(canvas, form.side, form.bottom + number * form.pitch, form.size[0] - form.side)
    draw_words(canvas, form.side, form.bottom + (lines - 1) * form.pitch + 1.2 * mm, MORE, form.text)

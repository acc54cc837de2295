"""What an item is on paper: a block to fill in, and what stands for it where it comes up again."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph

from inspect_kit.export.report.fonts import BOLD, REGULAR, fit, width
from inspect_kit.export.sheet import marks
from inspect_kit.export.sheet.content import Sheet
from inspect_kit.export.sheet.form import HEAVY
from inspect_kit.model import Item

ABOVE = 1.4 * mm
"""The room under the line with which an item begins."""
RISE = 1.2 * mm
"""The room between a line and the words on it."""
FIGURE = 16 * mm
"""The room for a measured figure."""


def head(sheet: Sheet, item: Item, more: str) -> Paragraph:
    """Set an item's number, and what stands beside it, clear of its tags; wrapped."""
    text = Paragraph(f"<b>{sheet.ink.markup(sheet.label(item))}</b>\u2002{sheet.ink.markup(more)}", sheet.form.small)
    text.wrap(sheet.form.width - marks.tags_width(marks.tags(item), sheet.form.text), sheet.form.height)
    return text


class _Piece(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Something about an item that stays on one page, because ReportLab splits no flowable of its own accord.

    Args:
        sheet: where it stands.
        item: which one.
        texts: what stands at its top, wrapped.
    """

    def __init__(self, sheet: Sheet, item: Item, texts: list[Paragraph]) -> None:
        super().__init__()
        self.sheet, self.item, self.texts = sheet, item, texts
        self.width = sheet.form.width
        self.top = ABOVE + sum(text.height + text.style.spaceAfter for text in texts)

    def draw_top(self) -> float:
        """Draw the texts under the line with which it begins; give the height at which they end."""
        marks.draw_line(self.canv, 0, self.height, self.width, HEAVY)
        marks.draw_tags(self.canv, marks.tags(self.item), self.width, self.height - 1.1 * mm, self.sheet.form.text)
        y: float = self.height - ABOVE
        for text in self.texts:
            text.drawOn(self.canv, 0, y - text.height)
            y -= text.height + text.style.spaceAfter
        return y


class Block(_Piece):
    """An item with its boxes, lines to write on, and its sources."""

    def wrap(self, *_room: float) -> tuple[float, float]:
        """Take the room."""
        form = self.sheet.form
        self.height = self.top + 2 * form.box + (form.lines + 1) * form.pitch + 6.4 * mm
        return self.width, self.height

    def draw(self) -> None:
        """Draw it, and take note of its page."""
        form, canvas = self.sheet.form, self.canv
        self.sheet.numbers.pages[self.item.id] = canvas.getPageNumber()
        y = self.draw_top() - form.box - 1.6 * mm
        marks.draw_boxes(canvas, form, y)
        for number in range(form.lines):
            y -= form.pitch
            marks.draw_line(canvas, 0, y, self.width)
            if number == 0 and self.item.measure:
                self._draw_measure(*self.item.measure, y + RISE)
        y -= form.box + 1.8 * mm
        marks.draw_circles(canvas, form, y)
        y -= form.pitch
        marks.draw_words(canvas, 0, y + RISE, "place, time", form.text)
        marks.draw_line(canvas, 0, y, self.width)

    def _draw_measure(self, what: str, unit: str, y: float) -> None:
        """Draw what is measured, and its unit behind room for the figure."""
        size, line = self.sheet.form.text, self.sheet.ink.line
        unit = fit(line(unit), REGULAR, size, self.width / 3)
        what = fit(f"{line(what)}:", REGULAR, size, self.width - width(unit, REGULAR, size) - FIGURE)
        marks.draw_words(self.canv, 0, y, what, size)
        marks.draw_words(self.canv, width(what, REGULAR, size) + FIGURE, y, unit, size)


class Talk(_Piece):
    """An item that is judged on an earlier page: what to ask these people about it, and a line for the answer."""

    def wrap(self, *_room: float) -> tuple[float, float]:
        """Take the room."""
        self.height = self.top + self.sheet.form.pitch + 3.6 * mm
        return self.width, self.height

    def draw(self) -> None:
        """Draw it."""
        size = self.sheet.form.text
        y = self.draw_top() - self.sheet.form.pitch
        words = f"judge on {self.sheet.page(self.item)}"
        left = self.width - width(words, REGULAR, size)
        marks.draw_words(self.canv, left, y, words, size)
        marks.draw_line(self.canv, 0, y, left - 2 * mm)


class Again(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A line for an item that is judged on an earlier page."""

    def __init__(self, sheet: Sheet, item: Item) -> None:
        super().__init__()
        self.sheet, self.item = sheet, item
        self.width, self.height = sheet.form.width, 6.2 * mm

    def wrap(self, *_room: float) -> tuple[float, float]:
        """Take the room."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw it; the middle stays free for a word on what is seen here."""
        sheet, size, base = self.sheet, self.sheet.form.text, 1.7 * mm
        label = fit(sheet.ink.line(sheet.label(self.item)), BOLD, size, self.width * 0.44)
        marked = [word for word, meant in (("grave", self.item.grave), ("private", self.item.private_only)) if meant]
        page = " · ".join([*marked, sheet.page(self.item)])
        left, right = width(label, BOLD, size) + 2 * mm, self.width - width(page, REGULAR, size)
        short = fit(sheet.ink.line(self.item.short), REGULAR, size, right - left - 2 * mm)
        marks.draw_words(self.canv, 0, base, label, size, BOLD)
        marks.draw_words(self.canv, left, base, short, size)
        marks.draw_words(self.canv, right, base, page, size)
        marks.draw_line(self.canv, 0, 0, self.width)

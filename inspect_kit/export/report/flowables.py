"""Pieces of a page that ReportLab does not have: ratings, bars, key figures, contents, signature boxes."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Image

from inspect_kit.export.report import style
from inspect_kit.export.report.fonts import BOLD, REGULAR, fit, width
from inspect_kit.export.report.pages import Numbers, add_signature_place
from inspect_kit.export.report.signatures import Place
from inspect_kit.export.report.tags import Tag, TaggedCanvas, Text
from inspect_kit.model import Assessment, Priority

OPEN = "open"
FILLS: dict[str, Color] = {
    Assessment.MET: style.TINT_MET,
    Assessment.PARTLY_MET: style.TINT_PARTLY,
    Assessment.NOT_MET: style.TINT_NOT_MET,
    Assessment.NOT_VERIFIED: style.PAPER,
    OPEN: style.PAPER,
}
ON_FILLS: dict[str, Color] = {
    Assessment.MET: style.INK,
    Assessment.PARTLY_MET: style.PAPER,
    Assessment.NOT_MET: style.PAPER,
    Assessment.NOT_VERIFIED: style.INK,
    OPEN: style.QUIET,
}
LEVELS = ((Assessment.MET, "met"), (Assessment.PARTLY_MET, "partly met"), (Assessment.NOT_MET, "not met"),
          (Assessment.NOT_VERIFIED, "not verified"), (OPEN, "not looked at"))  # fmt: skip


class Rule(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A hairline across the text."""

    def __init__(self, above: float = 0, below: float = 0, color: Color = style.LINE, thickness: float = 0.5) -> None:
        super().__init__()
        self.above, self.below, self.color, self.thickness = above, below, color, thickness

    def wrap(self, avail_width: float, _height: float) -> tuple[float, float]:
        """Take the room."""
        self.width, self.height = avail_width, self.above + self.below
        return self.width, self.height

    def draw(self) -> None:
        """Draw the line; at the top of a page the header's line is enough."""
        if self.canv.absolutePosition(0, self.height)[1] > self.canv._pagesize[1] - style.TOP - 1:
            return
        self.canv.setStrokeColor(self.color)
        self.canv.setLineWidth(self.thickness)
        self.canv.line(0, self.below, self.width, self.below)


class Gap(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Room that vanishes at the top of a page."""

    def __init__(self, room: float) -> None:
        super().__init__()
        self.room = room

    def wrap(self, avail_width: float, _height: float) -> tuple[float, float]:
        """Take the room."""
        frame = getattr(self, "_frame", None)
        self.width, self.height = avail_width, 0 if frame is not None and frame._atTop else self.room
        return self.width, self.height

    def draw(self) -> None:
        """Draw nothing."""


def draw_swatch(canvas: Canvas, level: str, x: float, y: float, wide: float, high: float) -> None:
    """Draw a level's fill, with an outline where it is white and a diagonal where nobody looked."""
    canvas.setFillColor(FILLS[level])
    outlined = FILLS[level] is style.PAPER
    canvas.setStrokeColor(style.QUIET if outlined else FILLS[level])
    canvas.setLineWidth(0.6)
    inset = 0.3 if outlined else 0
    canvas.rect(x + inset, y + inset, wide - 2 * inset, high - 2 * inset, stroke=int(outlined), fill=1)
    if level == OPEN:
        canvas.line(x + inset, y + inset, x + min(wide, high) - inset, y + min(wide, high) - inset)


class Bar(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Counts of each level beside each other in one bar, with their figures where they fit."""

    def __init__(self, counts: dict[str, int], wide: float, high: float = 4.6 * mm) -> None:
        super().__init__()
        self.counts, self.width, self.height = counts, wide, high

    def wrap(self, *_room: float) -> tuple[float, float]:
        """Take the room."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the segments."""
        total = sum(self.counts.values())
        gap = 0.9
        shown = [(level, self.counts.get(level, 0)) for level, _ in LEVELS if self.counts.get(level)]
        room = self.width - gap * max(len(shown) - 1, 0)
        x = 0.0
        for level, number in shown:
            wide = room * number / total
            draw_swatch(self.canv, level, x, 0, wide, self.height)
            figure = str(number)
            if width(figure, BOLD, 8) + 3 <= wide and level != OPEN:
                self.canv.setFillColor(ON_FILLS[level])
                self.canv.setFont(BOLD, 8)
                self.canv.drawCentredString(x + wide / 2, self.height / 2 - 2.9, figure)
            x += wide + gap


class Legend(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """What the fills of the bars stand for."""

    def wrap(self, avail_width: float, _height: float) -> tuple[float, float]:
        """Take the room."""
        self.width, self.height = avail_width, 5 * mm
        return self.width, self.height

    def draw(self) -> None:
        """Draw the swatches with their words."""
        with self.canv.tagged(Tag("P")):
            self._draw()

    def _draw(self) -> None:
        x = 0.0
        for level, words in LEVELS:
            draw_swatch(self.canv, level, x, 1.2 * mm, 5 * mm, 3 * mm)
            self.canv.setFillColor(style.QUIET)
            self.canv.setFont(REGULAR, 8.4)
            self.canv.drawString(x + 6.6 * mm, 1.6 * mm, words)
            x += 6.6 * mm + width(words, REGULAR, 8.4) + 6 * mm


class Badge(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """An assessment in words with its swatch, and the priority where it is more than normal, set to the right."""

    def __init__(self, assessment: Assessment | None, priority: Priority) -> None:
        super().__init__()
        self.assessment, self.priority = assessment, priority

    def wrap(self, avail_width: float, _height: float) -> tuple[float, float]:
        """Take the room."""
        self.width, self.height = avail_width, 12 + (14 if self.priority is not Priority.NORMAL else 0)
        return self.width, self.height

    def draw(self) -> None:
        """Draw the words."""
        with self.canv.tagged(Tag("P")):
            self._draw()

    def _draw(self) -> None:
        words = self.assessment.label if self.assessment else "not judged yet"
        baseline = self.height - 9.2
        self.canv.setFont(BOLD, 9)
        self.canv.setFillColor(style.INK)
        self.canv.drawRightString(self.width, baseline, words)
        level = self.assessment or OPEN
        if level in FILLS:
            draw_swatch(self.canv, level, self.width - width(words, BOLD, 9) - 13, baseline - 0.8, 8.4, 8.4)
        if self.priority is not Priority.NORMAL:
            draw_priority(self.canv, self.priority, self.width, baseline - 14)


def draw_priority(canvas: Canvas, priority: Priority, right: float, baseline: float) -> None:
    """Draw ``urgent`` filled or ``high`` outlined, ending at the right."""
    words = f"{priority.value} priority" if priority is Priority.HIGH else priority.value
    wide = width(words, BOLD, 8) + 8
    urgent = priority is Priority.URGENT
    canvas.setFillColor(style.ACCENT if urgent else style.PAPER)
    canvas.setStrokeColor(style.ACCENT)
    canvas.setLineWidth(0.7)
    canvas.roundRect(right - wide, baseline - 2.8, wide, 11.2, 2, stroke=1, fill=1)
    canvas.setFillColor(style.PAPER if urgent else style.ACCENT)
    canvas.setFont(BOLD, 8)
    canvas.drawString(right - wide + 4, baseline, words)


class Figures(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Key figures beside each other, each with its words below."""

    def __init__(self, figures: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.figures = figures

    def wrap(self, avail_width: float, _height: float) -> tuple[float, float]:
        """Take the room."""
        self.width = avail_width
        self.column = avail_width / len(self.figures)
        self.words = [Text(words, style.NOTE) for _, words in self.figures]
        deepest = max(words.wrap(self.column - 4 * mm, 1000)[1] for words in self.words)
        self.height = 15 * mm + deepest
        return self.width, self.height

    def draw(self) -> None:
        """Draw the figures."""
        for number, ((figure, _), words) in enumerate(zip(self.figures, self.words, strict=True)):
            x = number * self.column
            self.canv.setStrokeColor(style.ACCENT)
            self.canv.setLineWidth(1.4)
            self.canv.line(x, self.height, x + self.column - 4 * mm, self.height)
            with self.canv.tagged(words.tag):
                self.canv.setFillColor(style.ACCENT)
                self.canv.setFont(BOLD, 24)
                self.canv.drawString(x, self.height - 11 * mm, fit(figure, BOLD, 24, self.column - 4 * mm))
            words.drawOn(self.canv, x, self.height - 14 * mm - words.height)


class ContentsLine(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A line of the contents: the title, and the page, which is known at the end."""

    def __init__(self, markup: str, key: str, numbers: Numbers, level: int, contents: Tag) -> None:
        super().__init__()
        self.key, self.numbers, self.level = key, numbers, level
        self.style = style.CONTENTS_THEME if level else style.CONTENTS
        self.tag = Tag("Link", Tag("TOCI", contents))
        self.title = Text(markup, self.style, self.tag)
        self.spaceBefore = 0 if level else 2.6 * mm

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        """Take the room."""
        self.indent = 6 * mm * self.level
        self.width = avail_width
        _, self.height = self.title.wrap(avail_width - self.indent - 16 * mm, avail_height)
        return self.width, self.height

    def draw(self) -> None:
        """Draw the title, the page's number, and the link over both."""
        self.title.drawOn(self.canv, self.indent, 0)
        with self.canv.tagged(self.tag):
            self.canv.linkRect(self.title.getPlainText(), self.key, (self.indent, 0, self.width, self.height))
            self.canv.later(self._draw_number)

    def _draw_number(self, canvas: TaggedCanvas) -> None:
        canvas.setFillColor(self.style.textColor)
        canvas.setFont(REGULAR, self.style.fontSize)
        baseline = self.style.leading - self.style.fontSize
        canvas.drawRightString(self.width, baseline, str(self.numbers.pages[self.key]))


class SignatureBoxes(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A row of prepared places for signatures, each with its label above."""

    def __init__(self, places: Sequence[tuple[Place, str]]) -> None:
        """Take up to two places, each with the printable name of who signs there."""
        super().__init__()
        self.places = places
        self.box = ((style.WIDTH - 8 * mm) / 2, 23 * mm)

    def wrap(self, avail_width: float, _height: float) -> tuple[float, float]:
        """Take the room."""
        self.width, self.height = avail_width, self.box[1] + 11 * mm
        return self.width, self.height

    def draw(self) -> None:
        """Draw the frames, and prepare the fields in them."""
        for number, (place, label) in enumerate(self.places):
            x, y = number * (self.box[0] + 8 * mm), 5 * mm
            with self.canv.tagged(Tag("P")):
                self.canv.setFillColor(style.QUIET)
                self.canv.setFont(REGULAR, 8.4)
                self.canv.drawString(x, y + self.box[1] + 1.6 * mm, fit(label, REGULAR, 8.4, self.box[0]))
            self.canv.setStrokeColor(style.LINE)
            self.canv.setLineWidth(0.7)
            self.canv.rect(x, y, *self.box)
            self.canv.saveState()
            self.canv.translate(x + 1, y + 1)
            add_signature_place(self.canv, place, (self.box[0] - 2, self.box[1] - 2))
            self.canv.restoreState()


class Photograph(Image):  # type: ignore[misc]  # ReportLab has no types
    """A picture with the words that a screen reader says in its place."""

    def __init__(self, jpeg: bytes, wide: float, high: float, alt: str) -> None:
        super().__init__(BytesIO(jpeg), wide, high, hAlign="LEFT")
        self.tag = Tag("Figure", alt=alt)

    def draw(self) -> None:
        """Draw the picture within its element."""
        left, bottom = self.canv.absolutePosition(self._offs_x, 0)
        self.tag.attributes = bounds(left, bottom, self.drawWidth, self.drawHeight)
        with self.canv.tagged(self.tag):
            super().draw()


def bounds(left: float, bottom: float, wide: float, high: float) -> str:
    """Say where on the page a figure stands, as attributes of its element."""
    box = " ".join(f"{edge:.2f}" for edge in (left, bottom, left + wide, bottom + high))
    return f"<</O /Layout /Placement /Block /BBox [{box}]>>"

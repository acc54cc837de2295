"""Pictures of numbers: drawn as lines, told apart without colour, each with the words that a screen reader says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from inspect_kit.analysis.coverage import OPEN
from inspect_kit.export.report import style
from inspect_kit.export.report.fonts import BOLD, REGULAR, fit, width
from inspect_kit.export.report.tags import Tag, bounds
from inspect_kit.model import Assessment

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


def told(counts: Mapping[str, int]) -> str:
    """Say the counts of each level in words: ``5 met · 1 not met``."""
    return " · ".join(f"{counts[level]} {words}" for level, words in LEVELS if counts.get(level))


class Chart(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A figure of a fixed size.

    Attributes:
        tag: its element; None where the words beside it say the same, so that it need not be read out.
    """

    def __init__(self, wide: float, high: float, alt: str = "") -> None:
        super().__init__()
        self.width, self.height = wide, high
        self.tag = Tag("Figure", alt=alt) if alt else None

    def wrap(self, *_room: float) -> tuple[float, float]:
        """Take the room."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw within the figure's element, or as an artifact."""
        if self.tag is not None:
            left, bottom = self.canv.absolutePosition(0, 0)
            self.tag.attributes = bounds(left, bottom, self.width, self.height)
        with self.canv.tagged(self.tag):
            self.paint(self.canv)

    def paint(self, canvas: Canvas) -> None:
        """Draw."""
        raise NotImplementedError


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


class Bar(Chart):
    """Counts of each level beside each other in one bar, with their figures where they fit."""

    def __init__(self, counts: Mapping[str, int], wide: float, high: float = 4.6 * mm) -> None:
        super().__init__(wide, high)
        self.counts = counts

    def paint(self, canvas: Canvas) -> None:
        """Draw the segments."""
        total = sum(self.counts.values())
        gap = 0.9
        shown = [(level, self.counts.get(level, 0)) for level, _ in LEVELS if self.counts.get(level)]
        room = self.width - gap * max(len(shown) - 1, 0)
        x = 0.0
        for level, number in shown:
            wide = room * number / total
            draw_swatch(canvas, level, x, 0, wide, self.height)
            figure = str(number)
            if width(figure, BOLD, 8) + 3 <= wide and level != OPEN:
                canvas.setFillColor(ON_FILLS[level])
                canvas.setFont(BOLD, 8)
                canvas.drawCentredString(x + wide / 2, self.height / 2 - 2.9, figure)
            x += wide + gap


class Strip(Chart):
    """A square for each item, in the order of the checklist; long strips go on below."""

    SIDE, STEP = 3.1 * mm, 3.7 * mm

    def __init__(self, levels: Sequence[str], wide: float) -> None:
        self.each = max(int(wide / self.STEP), 1)
        rows = -(-len(levels) // self.each)
        super().__init__(wide, max(rows, 1) * self.STEP)
        self.levels = levels

    def paint(self, canvas: Canvas) -> None:
        """Draw the squares."""
        for number, level in enumerate(self.levels):
            row, column = divmod(number, self.each)
            y = self.height - row * self.STEP - self.SIDE
            draw_swatch(canvas, level, column * self.STEP, y, self.SIDE, self.SIDE)


class Legend(Chart):
    """What the fills stand for."""

    def __init__(self) -> None:
        super().__init__(style.WIDTH, 5 * mm)
        self.tag = Tag("P")

    def paint(self, canvas: Canvas) -> None:
        """Draw the swatches with their words."""
        x = 0.0
        for level, words in LEVELS:
            draw_swatch(canvas, level, x, 1.2 * mm, 5 * mm, 3 * mm)
            canvas.setFillColor(style.QUIET)
            canvas.setFont(REGULAR, 8.4)
            canvas.drawString(x + 6.6 * mm, 1.6 * mm, words + " ")
            x += 6.6 * mm + width(words, REGULAR, 8.4) + 6 * mm


class Occupancy(Chart):
    """How full a facility is: those held, against a mark at its official places."""

    def __init__(self, held: int, capacity: int, wide: float) -> None:
        share = f"{100 * held / capacity:.0f} %"
        super().__init__(wide, 13 * mm, f"Occupancy: {held:,} held, {capacity:,} official places, {share}")
        self.held, self.capacity, self.share = held, capacity, share

    def paint(self, canvas: Canvas) -> None:
        """Draw the bar and the mark."""
        most, high, bottom = max(self.held, self.capacity) * 1.02, 4.6 * mm, 4.4 * mm
        places, full = self.width * self.capacity / most, self.width * self.held / most
        canvas.setFillColor(style.PALE)
        canvas.rect(0, bottom, max(places, full), high, stroke=0, fill=1)
        canvas.setFillColor(style.TINT_PARTLY)
        canvas.rect(0, bottom, min(places, full), high, stroke=0, fill=1)
        if full > places:
            canvas.setFillColor(style.TINT_NOT_MET)
            canvas.rect(places, bottom, full - places, high, stroke=0, fill=1)
        canvas.setStrokeColor(style.INK)
        canvas.setLineWidth(1.2)
        canvas.line(places, bottom - 1.4 * mm, places, bottom + high + 1.4 * mm)
        canvas.setFont(BOLD, 8)
        canvas.setFillColor(style.PAPER)
        canvas.drawString(1.6 * mm, bottom + 1.4 * mm, f"{self.held:,} held, {self.share}")
        canvas.setFont(REGULAR, 7.6)
        canvas.setFillColor(style.QUIET)
        words = f"{self.capacity:,} places"
        wide = width(words, REGULAR, 7.6)
        canvas.drawString(max(0, min(places - wide / 2, self.width - wide)), 0, words)


class Bars(Chart):
    """A bar for each name, with its number at its end."""

    STEP = 5.4 * mm

    def __init__(self, rows: Sequence[tuple[str, int]], wide: float, names: float, what: str) -> None:
        alt = f"{what}: " + "; ".join(f"{name} {number:,}" for name, number in rows)
        super().__init__(wide, len(rows) * self.STEP, alt)
        self.rows, self.names = rows, names

    def paint(self, canvas: Canvas) -> None:
        """Draw the bars."""
        most = max((number for _, number in self.rows), default=0) or 1
        room = self.width - self.names - 12 * mm
        for place, (name, number) in enumerate(self.rows):
            y = self.height - (place + 1) * self.STEP + 1.2 * mm
            canvas.setFont(REGULAR, 8.6)
            canvas.setFillColor(style.INK)
            canvas.drawString(0, y + 0.6 * mm, fit(name, REGULAR, 8.6, self.names - 2 * mm))
            canvas.setFillColor(style.TINT_PARTLY)
            canvas.rect(self.names, y, max(room * number / most, 0.6), 3.2 * mm, stroke=0, fill=1)
            canvas.setFont(BOLD, 8.4)
            canvas.setFillColor(style.INK)
            canvas.drawString(self.names + room * number / most + 1.6 * mm, y + 0.6 * mm, f"{number:,}")


class Columns(Chart):
    """A column for each month or day, in two parts: what is urgent or high below, the rest above."""

    def __init__(self, columns: Sequence[tuple[str, int, int]], wide: float, what: str) -> None:
        told = "; ".join(f"{name} {first + rest}, of these {first} urgent or high" for name, first, rest in columns)
        super().__init__(wide, 30 * mm, f"{what}: {told}")
        self.columns = columns

    def paint(self, canvas: Canvas) -> None:
        """Draw the columns upon their line."""
        most = max(first + rest for _, first, rest in self.columns)
        step = min(self.width / len(self.columns), 26 * mm)
        wide, floor, room = step * 0.62, 5 * mm, self.height - 10 * mm
        for place, (name, first, rest) in enumerate(self.columns):
            x = place * step
            low, high = room * first / most, room * rest / most
            canvas.setFillColor(style.TINT_NOT_MET)
            canvas.rect(x, floor, wide, low, stroke=0, fill=1)
            canvas.setFillColor(style.TINT_MET)
            canvas.rect(x, floor + low, wide, high, stroke=0, fill=1)
            canvas.setFillColor(style.INK)
            canvas.setFont(BOLD, 8.4)
            canvas.drawCentredString(x + wide / 2, floor + low + high + 1.2 * mm, str(first + rest))
            canvas.setFont(REGULAR, 7.6)
            canvas.setFillColor(style.QUIET)
            canvas.drawCentredString(x + wide / 2, 1 * mm, fit(name, REGULAR, 7.6, step - 1))
        canvas.setStrokeColor(style.LINE)
        canvas.setLineWidth(0.7)
        canvas.line(0, floor, step * len(self.columns), floor)

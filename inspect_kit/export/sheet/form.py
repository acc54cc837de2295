"""Sizes and styles of a sheet on each paper: black on white, for hands in gloves and worn-out printers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4, A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from inspect_kit.export.report import style
from inspect_kit.export.report.fonts import BOLD
from inspect_kit.export.sheet import Paper

HAIRLINE = 0.4
"""The thinnest line that a bad laser printer still draws without a gap."""
STROKE = 0.9
"""The line around a box to tick or to read."""
HEAVY = 1.4
"""The line above an item, so that nobody takes it for one to write on."""


@dataclass(frozen=True)
class Form:
    """The sizes on one paper, in points.

    Attributes:
        size: the paper's.
        side: the margin left and right; wide enough to punch and bind on either, as the sheet may be printed on
            one side or on both.
        top, bottom: the margins that hold the running lines.
        text: the size of small print, and of every word that is not larger.
        box: the side of a box to tick.
        lines: how many lines there are to write on.
        pitch: from one of these lines to the next.
    """

    size: tuple[float, float]
    side: float
    top: float
    bottom: float
    text: float
    box: float
    lines: int
    pitch: float

    @property
    def width(self) -> float:
        """The room between the margins."""
        return self.size[0] - 2 * self.side

    @property
    def height(self) -> float:
        """The room between the running lines."""
        return self.size[1] - self.top - self.bottom

    def _look(self, name: str, grow: float, leading: float, **more: object) -> ParagraphStyle:
        size = self.text + grow
        values: dict[str, object] = {
            "fontSize": size,
            "leading": size * leading,
            "textColor": black,
            "spaceAfter": 0,
            "allowWidows": 1,
            "allowOrphans": 1,
        }
        return style.BODY.clone(f"sheet {name}", **{**values, **more})

    @cached_property
    def title(self) -> ParagraphStyle:
        """The facility's name on the first page."""
        return self._look("title", 9, 1.25, fontName=BOLD, spaceAfter=1 * mm)

    @cached_property
    def leg(self) -> ParagraphStyle:
        """The title of a part of the walk."""
        return self._look("leg", 5, 1.3, fontName=BOLD, spaceAfter=2 * mm)

    @cached_property
    def part(self) -> ParagraphStyle:
        """A title within such a part."""
        return self._look("part", 0.8, 1.35, fontName=BOLD, spaceAfter=1.2 * mm)

    @cached_property
    def question(self) -> ParagraphStyle:
        """An item's question."""
        return self._look("question", 1.4, 1.26, fontName=BOLD, spaceAfter=0.5 * mm)

    @cached_property
    def small(self) -> ParagraphStyle:
        """Everything else."""
        return self._look("small", 0, 1.3)

    @cached_property
    def advice(self) -> ParagraphStyle:
        """A piece of advice in a box."""
        return self._look("advice", 0, 1.3, leftIndent=3.8 * mm, bulletFontSize=self.text, spaceAfter=0.6 * mm)

    @cached_property
    def row(self) -> ParagraphStyle:
        """An entry of a list that may be longer than a line."""
        return self._look("row", 0, 1.3, leftIndent=6 * mm, firstLineIndent=-6 * mm, spaceAfter=0.8 * mm)


@cache
def form(paper: Paper) -> Form:
    """Give the sizes on a paper."""
    if paper is Paper.A5:
        return Form(A5, 15 * mm, 14 * mm, 12 * mm, 8.5, 3.5 * mm, 2, 7 * mm)
    return Form(A4, 18 * mm, 17 * mm, 15 * mm, 9, 4 * mm, 3, 7 * mm)

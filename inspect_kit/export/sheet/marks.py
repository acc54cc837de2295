"""What is drawn to be filled in or noticed: boxes, circles, lines, tags."""

from __future__ import annotations

from collections.abc import Iterable

from reportlab.lib.colors import black
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from inspect_kit.export.report.fonts import BOLD, REGULAR, width
from inspect_kit.export.sheet.form import HAIRLINE, STROKE, Form
from inspect_kit.model import Assessment, EvidenceKind, Item

BOXES = {
    Assessment.MET: "met",
    Assessment.PARTLY_MET: "partly met",
    Assessment.NOT_MET: "not met",
    Assessment.NOT_APPLICABLE: "n/a",
    Assessment.NOT_VERIFIED: "not verified",
}
"""The boxes, in the order of the digits that are pressed later."""
CIRCLES = {
    EvidenceKind.OBSERVATION: "observed",
    EvidenceKind.INTERVIEW: "woman",
    EvidenceKind.STAFF_INTERVIEW: "staff",
    EvidenceKind.OTHER_INTERVIEW: "other",
    EvidenceKind.DOCUMENT: "document",
    EvidenceKind.MEASUREMENT: "measured",
    EvidenceKind.PHOTO: "photo",
}
"""The circles, by who or what the source is."""
URGENT = "urgent"
PRIVATE = "private interview only"
GRAVE = "grave"
NEAR = 0.9 * mm
"""The room between a mark and its word."""


def draw_line(canvas: Canvas, x: float, y: float, right: float, thick: float = HAIRLINE) -> None:
    """Draw a line across, from ``x`` to ``right``."""
    canvas.setStrokeColor(black)
    canvas.setLineWidth(thick)
    canvas.line(x, y, right, y)


def draw_words(canvas: Canvas, x: float, y: float, words: str, size: float, font: str = REGULAR) -> None:
    """Draw printable words on a baseline."""
    canvas.setFillColor(black)
    canvas.setFont(font, size)
    canvas.drawString(x, y, words)


def draw_boxes(canvas: Canvas, form: Form, y: float) -> None:
    """Draw a box for each assessment between its digit and its word, and one for what is urgent."""
    size, side = form.text, form.box
    digit = width("0", BOLD, size) + NEAR
    sign = size * 0.75
    wide = [digit + side + NEAR + width(word, REGULAR, size) for word in BOXES.values()]
    last = side + NEAR + sign + NEAR + width(URGENT, REGULAR, size)
    gap = (form.width - sum(wide) - last) / len(wide)
    base = _baseline(form, y)
    x = 0.0
    for number, (word, step) in enumerate(zip(BOXES.values(), wide, strict=True), 1):
        draw_words(canvas, x, base, str(number), size, BOLD)
        _draw_box(canvas, x + digit, y, side)
        draw_words(canvas, x + digit + side + NEAR, base, word, size)
        x += step + gap
    _draw_box(canvas, x, y, side)
    _draw_urgent(canvas, x + side + NEAR, base, sign)
    draw_words(canvas, x + side + NEAR + sign + NEAR, base, URGENT, size)


def _baseline(form: Form, y: float) -> float:
    """Where words stand that are centred on a mark, whose capitals are 0.7 of their size."""
    return y + (form.box - form.text * 0.7) / 2


def _draw_box(canvas: Canvas, x: float, y: float, side: float) -> None:
    canvas.setStrokeColor(black)
    canvas.setLineWidth(STROKE)
    canvas.rect(x, y, side, side)


def _draw_urgent(canvas: Canvas, x: float, y: float, side: float) -> None:
    """Draw the mark that the screens have for it, which the typeface lacks."""
    path = canvas.beginPath()
    path.moveTo(x, y)
    path.lineTo(x + side, y)
    path.lineTo(x + side / 2, y + side * 0.9)
    path.close()
    canvas.setFillColor(black)
    canvas.drawPath(path, stroke=0, fill=1)


def draw_circles(canvas: Canvas, form: Form, y: float) -> None:
    """Draw a circle for each kind of source."""
    across = form.box * 0.82
    wide = [across + NEAR + width(word, REGULAR, form.text) for word in CIRCLES.values()]
    gap = (form.width - sum(wide)) / (len(wide) - 1)
    x = 0.0
    for word, step in zip(CIRCLES.values(), wide, strict=True):
        canvas.setStrokeColor(black)
        canvas.setLineWidth(STROKE * 0.7)
        canvas.circle(x + across / 2, y + form.box / 2, across / 2)
        draw_words(canvas, x + across + NEAR, _baseline(form, y), word, form.text)
        x += step + gap


def tags(item: Item) -> list[str]:
    """What an inspector must notice before anything is asked, from the right."""
    return [tag for tag, meant in ((GRAVE, item.grave), (PRIVATE, item.private_only)) if meant]


def tags_width(names: Iterable[str], size: float) -> float:
    """Measure tags with the room to their left."""
    return float(sum(width(name, BOLD, size) + 5 * mm for name in names))


def draw_tags(canvas: Canvas, names: Iterable[str], right: float, top: float, size: float) -> None:
    """Draw framed words, the first at the right."""
    for name in names:
        wide = width(name, BOLD, size) + 3 * mm
        canvas.setStrokeColor(black)
        canvas.setLineWidth(STROKE)
        canvas.rect(right - wide, top - size * 1.25, wide, size * 1.25)
        draw_words(canvas, right - wide + 1.5 * mm, top - size * 0.95, name, size, BOLD)
        right -= wide + 2 * mm

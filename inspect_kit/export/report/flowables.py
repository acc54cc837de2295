"""Pieces of a page that ReportLab does not have: lines, assessments, key figures, contents, places for signatures."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import PDFImageXObject
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from inspect_kit.analysis.coverage import OPEN
from inspect_kit.export.report import style
from inspect_kit.export.report.charts import FILLS, draw_swatch
from inspect_kit.export.report.fonts import BOLD, REGULAR, fit, width
from inspect_kit.export.report.pages import Numbers, add_signature_place
from inspect_kit.export.report.paragraphs import Text
from inspect_kit.export.report.signatures import Place
from inspect_kit.export.report.tags import Tag, TaggedCanvas, bounds
from inspect_kit.model import Assessment, Priority


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


class Band(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """The head of the cover: texts upon a field of colour that reaches to the edges of the page."""

    ABOVE, BELOW = 34 * mm, 14 * mm

    def __init__(self, texts: Sequence[Text]) -> None:
        super().__init__()
        self.texts = texts

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        """Take the room."""
        for text in self.texts:
            text.wrap(avail_width, avail_height)
        self.width = avail_width
        self.height = self.ABOVE + self.BELOW + sum(text.height + text.getSpaceAfter() for text in self.texts)
        return self.width, self.height

    def draw(self) -> None:
        """Draw the field, then the texts."""
        left, bottom = self.canv.absolutePosition(0, 0)
        wide, high = self.canv._pagesize
        self.canv.setFillColor(style.ACCENT)
        self.canv.rect(-left, 0, wide, high - bottom, stroke=0, fill=1)
        y = self.height - self.ABOVE
        for text in self.texts:
            y -= text.height
            text.drawOn(self.canv, 0, y)
            y -= text.getSpaceAfter()


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

    def __init__(self, places: Sequence[tuple[Place, str]], columns: int = 2, high: float = 23 * mm) -> None:
        """Take up to ``columns`` places, each with the name of who signs there, as markup."""
        super().__init__()
        self.places = places
        self.gap = 16 * mm / columns
        self.box = ((style.WIDTH - (columns - 1) * self.gap) / columns, high)

    def wrap(self, avail_width: float, _height: float) -> tuple[float, float]:
        """Take the room."""
        self.width, self.height = avail_width, self.box[1] + 10 * mm
        return self.width, self.height

    def draw(self) -> None:
        """Draw the frames, and prepare the fields in them."""
        for number, (place, label) in enumerate(self.places):
            x, y = number * (self.box[0] + self.gap), 5 * mm
            name = Text(label, style.SIGNER)
            name.wrap(self.box[0], self.height)
            name.drawOn(self.canv, x, y + self.box[1] + 0.8 * mm)
            self.canv.setStrokeColor(style.LINE)
            self.canv.setLineWidth(0.7)
            self.canv.rect(x, y, *self.box)
            self.canv.saveState()
            self.canv.translate(x + 1, y + 1)
            add_signature_place(self.canv, place, (self.box[0] - 2, self.box[1] - 2))
            self.canv.restoreState()


class Photograph(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A picture with the words that a screen reader says in its place."""

    spaceBefore, spaceAfter = 0.5 * mm, 3 * mm  # noqa: N815 (ReportLab's names)

    def __init__(self, jpeg: bytes, wide: float, high: float, alt: str, indent: float = 0) -> None:
        super().__init__()
        self.jpeg, self.width, self.height, self.indent = jpeg, wide, high, indent
        self.tag = Tag("Figure", alt=alt)

    def wrap(self, *_room: float) -> tuple[float, float]:
        """Take the room."""
        return self.width + self.indent, self.height

    def draw(self) -> None:
        """Draw the picture within its element.

        The JPEG goes into the file as it is; ReportLab's own way would decode each picture to tell it from others.
        """
        canvas, name = self.canv, hashlib.sha256(self.jpeg).hexdigest()[:32]
        document = canvas._doc
        if not document.hasForm(name):
            picture = PDFImageXObject(name)
            if not picture.loadImageFromJPEG(BytesIO(self.jpeg)):
                raise ValueError("a picture that was prepared is a JPEG")
            document.Reference(picture, document.getXObjectName(name))
            document.addForm(name, picture)
        canvas._currentPageHasImages = 1
        left, bottom = canvas.absolutePosition(self.indent, 0)
        self.tag.attributes = bounds(left, bottom, self.width, self.height)
        with canvas.tagged(self.tag):
            canvas.saveState()
            canvas.translate(self.indent, 0)
            canvas.scale(self.width, self.height)
            canvas.doForm(name)
            canvas.restoreState()


class Beside(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Texts below each other, and an assessment at their right; a table of one row, but far faster."""

    def __init__(self, texts: Sequence[Text], badge: Badge, right: float) -> None:
        super().__init__()
        self.texts, self.badge, self.right = texts, badge, right

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        """Take the room."""
        for text in self.texts:
            text.wrap(avail_width - self.right - 3 * mm, avail_height)
        self.badge.wrap(self.right, avail_height)
        left = sum(text.height + text.getSpaceAfter() for text in self.texts)
        self.width, self.height = avail_width, max(left, self.badge.height) + 1.6 * mm
        return self.width, self.height

    def draw(self) -> None:
        """Draw the texts, then the assessment."""
        y = self.height
        for text in self.texts:
            y -= text.height
            text.drawOn(self.canv, 0, y)
            y -= text.getSpaceAfter()
        self.badge.drawOn(self.canv, self.width - self.right, self.height - self.badge.height)


class Supported(Text):
    """A line on the sources of a finding, with a mark before it: a filled circle for each independent kind, up to 3."""

    def __init__(self, text: str | None, look: ParagraphStyle = style.SOURCES, kinds: int = 0, **options: Any) -> None:
        super().__init__(text, look, **options)
        self.kinds = kinds

    def draw(self) -> None:
        """Draw the circles, then the words."""
        for place in range(3):
            self.canv.setStrokeColor(style.QUIET)
            self.canv.setFillColor(style.ACCENT if place < self.kinds else style.PAPER)
            self.canv.setLineWidth(0.7)
            y = self.height - self.style.leading / 2 + 0.4
            self.canv.circle(1.5 * mm + place * 4.1 * mm, y, 1.35 * mm, stroke=1, fill=1)
        super().draw()


class Aside(Text):
    """A text with a line of colour at its left."""

    def draw(self) -> None:
        """Draw the line, then the words."""
        self.canv.setFillColor(style.ACCENT)
        self.canv.rect(0, 0, 1.2, self.height, stroke=0, fill=1)
        super().draw()

"""Paragraphs that tell a screen reader what they are, with links as elements of their own, in any script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.enums import TA_RIGHT
from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import Paragraph
from reportlab.platypus.paragraph import _drawBullet

from inspect_kit.export.report.fonts import EXTRA, REGULAR, width
from inspect_kit.export.report.scripts import TALLER, Line, draw_piece, lines_of, placed, sides, text_of
from inspect_kit.export.report.style import ROLES
from inspect_kit.export.report.tags import Tag, TaggedCanvas


class Text(Paragraph):  # type: ignore[misc]  # ReportLab has no types
    """A paragraph that tells its role; its pieces on several pages stay one element.

    Attributes:
        tag: its element; made from the style's name where none is given; None for an artifact.
        label: the element of its bullet, in a list.
        body: the element of its item's text, in a list.
    """

    def __init__(self, text: str | None, style: Any = None, tag: Tag | None = None, **options: Any) -> None:
        super().__init__(text, style, **options)
        self.tag: Tag | None = tag or Tag(ROLES.get(self.style.name, "P"))
        self.label: Tag | None = None
        self.body: Tag | None = None
        self.linked = "<a " in (text or "")
        self.foreign: Foreign | None = Foreign(self) if f'name="{EXTRA}' in (text or "") else None

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        """Take the room."""
        if self.foreign is None:
            wide, high = super().wrap(avail_width, avail_height)
            return float(wide), float(high)
        self.width, self.height = avail_width, self.foreign.wrap(avail_width)
        return self.width, self.height

    def draw(self) -> None:
        """Draw the text within its element."""
        if not isinstance(self.canv, TaggedCanvas):
            super().draw()
            return
        if self.foreign is not None:
            self.foreign.draw(self.canv)
            return
        self._space_lines()
        with self.canv.tagged(self.label if self.label and self.bulletText else self.tag):
            super().draw()
        self.canv._links = {}

    def _space_lines(self) -> None:
        """End each line in a space, so that words of two lines are not read out as one.

        A paragraph with words so long that one may have been broken without a hyphen is left as it is.
        """
        longest = max(map(len, self.getPlainText().split()), default=0)
        if longest * self.style.fontSize > self.width - self.style.leftIndent:
            return
        for line in self.blPara.lines:
            if self.blPara.kind == 0 and line[1] and not line[1][-1].endswith(" "):
                line[1][-1] += " "
            elif self.blPara.kind == 1 and line.words and not getattr(line.words[-1], "text", " ").endswith(" "):
                line.words[-1].text += " "

    def beginText(self, x: float, y: float) -> PDFTextObject:  # noqa: N802 (ReportLab's name)
        """Begin the text after the bullet."""
        if not isinstance(self.canv, TaggedCanvas):
            return super().beginText(x, y)
        self.canv.turn(self.tag)
        return LinkedText(self.canv, x, y, self.tag) if self.linked and self.tag else super().beginText(x, y)

    def split(self, avail_width: float, avail_height: float) -> list[Paragraph]:
        """Split as a paragraph does; the pieces are one element."""
        pieces: list[Paragraph]
        if self.foreign is not None:
            pieces = self.foreign.split(avail_width, avail_height)
        else:
            pieces = super().split(avail_width, avail_height)
        for piece in pieces:
            piece.tag, piece.label, piece.body, piece.linked = self.tag, self.label, self.body, self.linked
        return pieces


class LinkedText(PDFTextObject):  # type: ignore[misc]  # ReportLab has no types
    """A text object in which links are elements of their own; it marks its pieces itself."""

    marks_itself = True
    _code: list[str]

    def __init__(self, canvas: TaggedCanvas, x: float, y: float, tag: Tag) -> None:
        super().__init__(canvas, x, y)
        self.tag = tag
        self._turns: list[tuple[int, Tag]] = [(len(self._code), tag)]
        self._before = 0

    def _textOut(self, text: str, TStar: int = 0) -> None:  # noqa: N802, N803 (ReportLab's names)
        self._before = len(self._code)
        super()._textOut(text, TStar)

    def _linkRecord(self, link: tuple[int, str], what: str) -> None:  # noqa: N802 (ReportLab's name)
        """Note where a link begins and ends; ReportLab tells the beginning after it has written the words."""
        target = link[1].removeprefix("#")
        if what == "start":
            tag = self._canvas._links.setdefault(target, Tag("Link", self.tag))
            self._turns.append((self._before, tag))
        else:
            self._turns.append((len(self._code), self.tag))

    def getCode(self) -> str:  # noqa: N802 (ReportLab's name)
        """Give the text's source with each piece marked."""
        if self.tag.role != "Link" and len(self._turns) == 1:
            # a paragraph that is one link from end to end does not tell where it begins
            self._turns = [(self._turns[0][0], next(iter(self._canvas._links.values()), self.tag))]
        ends = [start for start, _ in self._turns[1:]] + [len(self._code)]
        marked = self._code[: self._turns[0][0]]
        for (start, tag), end in zip(self._turns, ends, strict=True):
            words = self._code[start:end]
            if any("Tj" in word or "TJ" in word for word in words):
                marked += [self._canvas.piece(tag), *words, "EMC"]
            else:
                marked += words
        self._code = marked
        return str(super().getCode())


class Foreign:
    """How a paragraph with words in another script is set."""

    def __init__(self, text: Text, lines: Sequence[tuple[Line, bool]] | None = None) -> None:
        self.text, self.lines = text, lines
        self.space = width(" ", REGULAR, text.style.fontSize)
        self.leading = text.style.leading * TALLER

    def wrap(self, room: float) -> float:
        """Fill the lines; gives their height in points."""
        look = self.text.style
        if self.lines is None:
            lines = lines_of(self.text.frags, room - look.leftIndent - look.rightIndent, self.space)
            self.lines = list(zip(lines, sides(lines), strict=True))
        return float(len(self.lines) * self.leading)

    def wide(self) -> float:
        """The width of the widest line in points."""
        return max(line.wide(self.space) for line, _ in self.lines or [(Line(()), False)])

    def split(self, room: float, high: float) -> list[Paragraph]:
        """Split between lines."""
        self.wrap(room)
        lines, fit = self.lines or [], int(high / self.leading)
        if fit >= len(lines):
            return [self.text]
        if not fit:
            return []
        pieces = []
        for part, bullet in ((lines[:fit], self.text.bulletText), (lines[fit:], None)):
            piece = Text(None, self.text.style, self.text.tag, bulletText=bullet, frags=self.text.frags)
            piece.foreign = Foreign(piece, part)
            pieces.append(piece)
        return pieces

    def draw(self, canvas: TaggedCanvas) -> None:
        """Draw bullet and lines, each in its element; a screen reader says the words in their own order."""
        look, bullet, lines = self.text.style, self.text.bulletText, self.lines or []
        y = self.text.height - self.leading + (self.leading - look.fontSize) * 0.6
        if bullet:
            with canvas.tagged(self.text.label or self.text.tag):
                _drawBullet(canvas, 0, y, bullet, look, rtl=False)
        said = text_of([line for line, _ in lines])
        linked = any(piece.link for line, _ in lines for word in line.words for piece in word)
        span = Tag("Span", self.text.tag, actual="" if linked else said) if self.text.tag else None
        with canvas.tagged(span):
            for line, left in lines:
                room = self.text.width - look.leftIndent - look.rightIndent - line.wide(self.space)
                x = look.leftIndent + (room if left or look.alignment == TA_RIGHT else 0)
                for at, piece, turned, last in placed(line, self.space, left=left):
                    if not piece.link:
                        draw_piece(canvas, piece, x + at, y, left=turned, space=last)
                        continue
                    with canvas.tagged(Tag("Link", span)):
                        draw_piece(canvas, piece, x + at, y, left=turned, space=last)
                        canvas.linkRect("", piece.link, (x + at, y - 2, x + at + piece.wide, y + piece.size))
                y -= self.leading

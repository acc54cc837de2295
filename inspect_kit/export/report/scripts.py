"""Texts in scripts that our typeface lacks: shaped by HarfBuzz, in the right order, broken into lines by ourselves.

ReportLab's own paragraphs put Arabic words in the wrong order, and lose what a shaped glyph stands for. Words are
ordered by the direction of each word and of the paragraph's first letter: the part of Unicode's rules (UAX #9) that
notes need, because marks that turn the order around are printed as codes anyway.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import shapeStr

from inspect_kit.export.report.fonts import EXTRA

TALLER = 1.25
"""How much more room lines need: marks stand above and below letters in many scripts."""
_RIGHT = frozenset({"R", "AL", "AN"})
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


@dataclass(frozen=True)
class Piece:
    """A part of a word in one font.

    Attributes:
        text: in the order in which it is read.
        font, size, color, link: how it is set.
        wide: in points.
    """

    text: str
    font: str
    size: float
    color: Any
    link: str
    wide: float

    @property
    def shaped(self) -> bool:
        """Whether its font is one that the user named."""
        return self.font.startswith(EXTRA)


@dataclass(frozen=True)
class Line:
    """Words on a line, in the order in which they are read, and whether a typed line ends with it."""

    words: tuple[tuple[Piece, ...], ...]
    ends: bool = False

    def wide(self, space: float) -> float:
        """Its width with its spaces, in points."""
        return sum(piece.wide for word in self.words for piece in word) + space * max(len(self.words) - 1, 0)


def _piece(text: str, like: Any) -> Piece:
    link = next((target for _, target in getattr(like, "link", []) or []), "").removeprefix("#")
    font = like.fontName
    wide = _shape(text, font, like.fontSize)[1] if font.startswith(EXTRA) else stringWidth(text, font, like.fontSize)
    return Piece(text, font, like.fontSize, like.textColor, link, wide)


@lru_cache(maxsize=2048)
def _shape(text: str, font: str, size: float) -> tuple[Any, float]:
    """Choose and place the glyphs of a text; gives them and their width."""
    shaped = shapeStr(text, font, size, force=True)
    return shaped, sum(one.x_advance for one in shaped.__shapeData__) * size / 1000


def words_of(frags: Sequence[Any]) -> Iterator[tuple[Piece, ...] | None]:
    """Cut ReportLab's fragments into words; None stands for the end of a typed line."""
    word: list[Piece] = []
    for frag in frags:
        parts = frag.text.split(" ")
        for number, part in enumerate(parts):
            if number and word:
                yield tuple(word)
                word = []
            if part:
                word.append(_piece(part, frag))
        if getattr(frag, "lineBreak", False):
            if word:
                yield tuple(word)
            word = []
            yield None
    if word:
        yield tuple(word)


def lines_of(frags: Sequence[Any], room: float, space: float) -> list[Line]:
    """Fill lines with words; a word that is wider than a line is broken between letters, never within one."""
    lines: list[Line] = []
    now: list[tuple[Piece, ...]] = []
    used = 0.0
    for word in words_of(frags):
        if word is None:
            lines.append(Line(tuple(now), ends=True))
            now, used = [], 0.0
            continue
        rest: tuple[Piece, ...] = word
        while rest:
            wide = sum(piece.wide for piece in rest)
            gap = space if now else 0
            if used + gap + wide <= room:
                now.append(rest)
                used += gap + wide
                break
            if wide <= room or (now and room - used < 0.3 * room):
                lines.append(Line(tuple(now)))
                now, used = [], 0.0
                continue
            first, rest = _broken(rest, room - used - gap)
            if first:
                now.append(first)
            elif not now:  # narrower than a letter: set it all the same
                now.append(rest)
                rest = ()
            lines.append(Line(tuple(now)))
            now, used = [], 0.0
    if now or not lines:
        lines.append(Line(tuple(now), ends=True))
    return lines


def _broken(word: tuple[Piece, ...], room: float) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Break a word where the room ends, before a letter that begins a syllable sign."""
    first: list[Piece] = []
    for number, piece in enumerate(word):
        if piece.wide <= room:
            first.append(piece)
            room -= piece.wide
            continue
        low, high = 0, len(piece.text)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if _cut(piece, 0, middle).wide <= room else (low, middle - 1)
        while low and _belongs(piece.text[low - 1], piece.text[low]):
            low -= 1
        if low:
            first.append(_cut(piece, 0, low))
        return tuple(first), (_cut(piece, low, len(piece.text)), *word[number + 1 :])
    return tuple(first), ()


def _belongs(before: str, letter: str) -> bool:
    """Whether a letter may not begin a line: marks, Thai and Lao vowels that follow, and what a leading vowel leads."""
    follows = unicodedata.category(letter) in ("Mn", "Mc", "Me") or letter in "ะาำๅๆฯະາຳ"
    return follows or before in "เแโใไເແໂໃໄ\u094d\u17d2"


def _cut(piece: Piece, start: int, end: int) -> Piece:
    text = piece.text[start:end]
    wide = _shape(text, piece.font, piece.size)[1] if piece.shaped else stringWidth(text, piece.font, piece.size)
    return replace(piece, text=text, wide=wide)


def sides(lines: Sequence[Line]) -> list[bool]:
    """Whether each line is read from right to left, by the first letter of the typed line that it belongs to."""
    found: list[bool] = []
    start = 0
    for end, line in enumerate(lines, 1):
        if line.ends or end == len(lines):
            found += [_runs_left(lines[start:end])] * (end - start)
            start = end
    return found


def _runs_left(lines: Sequence[Line]) -> bool:
    for line in lines:
        for word in line.words:
            for piece in word:
                for letter in piece.text:
                    kind = unicodedata.bidirectional(letter)
                    if kind in ("L", "R", "AL"):
                        return kind != "L"
    return False


def placed(line: Line, space: float, *, left: bool) -> Iterator[tuple[float, Piece, bool, bool]]:
    """Give each piece of a line its place, in the order in which it is read.

    Args:
        line: the line.
        space: the width of a space.
        left: whether the paragraph is read from right to left.

    Yields:
        The distance from the line's left end, the piece, whether it is read from right to left, and whether a space
        follows it.
    """
    order: list[int] = []
    directions = list(_directions(line.words, left=left))
    at = 0
    while at < len(line.words):
        end = at
        while end < len(line.words) and directions[end] == directions[at]:
            end += 1
        run = list(range(at, end))
        run = run[::-1] if directions[at] else run
        order = [*run, *order] if left else [*order, *run]
        at = end
    starts, x = {}, 0.0
    for number in order:
        starts[number] = x
        x += sum(piece.wide for piece in line.words[number]) + space
    for number, word in enumerate(line.words):
        x = starts[number] + (sum(piece.wide for piece in word) if directions[number] else 0)
        for place, piece in enumerate(word):
            x -= piece.wide if directions[number] else 0
            yield x, piece, directions[number], place == len(word) - 1
            x += 0 if directions[number] else piece.wide


def _directions(words: Sequence[tuple[Piece, ...]], *, left: bool) -> Iterator[bool]:
    """Whether each word is read from right to left; one without letters goes with the word before it."""
    now = left
    for word in words:
        kinds = {unicodedata.bidirectional(letter) for piece in word for letter in piece.text}
        if kinds & _RIGHT:
            now = True
        elif kinds & {"L", "EN"}:
            now = False
        yield now


def draw_piece(canvas: Any, piece: Piece, x: float, y: float, *, left: bool, space: bool) -> None:
    """Draw a piece; in a word that is read from right to left, brackets turn around."""
    text = canvas.beginText(x, y)
    text.setFont(piece.font, piece.size)
    text.setFillColor(piece.color)
    if piece.shaped:
        text._textOut(_shape(piece.text, piece.font, piece.size)[0])
    else:
        text._textOut((piece.text.translate(_MIRRORED) if left else piece.text) + (" " if space and not left else ""))
    canvas.drawText(text)


def text_of(lines: Sequence[Line]) -> str:
    """The words of lines in the order in which they are read, for speech."""
    return " ".join("".join(piece.text for piece in word) for line in lines for word in line.words)

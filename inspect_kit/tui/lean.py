"""What is sent to the terminal: only the cells that differ from what stands there, for slow lines.

Textual sends every line of a widget that was drawn again, whole, and each word with all of its colours. Here a copy of
the screen is kept, cell by cell; a frame sends the cells that changed, and of their style what changed.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Size
from textual.strip import Strip

_PLAIN_LETTERS = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f"
    "\u2010-\u2027\u2030-\u205e\u2070-\u20bf\u2100-\u22ff\u2500-\u25ff]*"
)
"""Letters and signs that every terminal shows in one cell, where they are written. Other scripts are joined, reordered
or wide, each terminal in its own way: a piece with one of them is always sent whole, and so is what follows it."""
_NEAR = 5
"""So many unchanged cells cost no more to send again than to jump over."""
_FAR = 6
"""So many blanks cost more to send than to erase."""
_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "7": "27", "9": "29"}
_SEEN_ON_BLANKS = frozenset(("4", "7", "9", "21", "53"))


class _Pen(NamedTuple):
    """How a cell is drawn, in codes of ISO 6429 (SGR); on a blank, ``front`` is None where it cannot be seen."""

    marks: frozenset[str] = frozenset()
    front: str | None = ""
    ground: str = ""


_PLAIN = _Pen()
_UNKNOWN = ("", _PLAIN)
_Cell = tuple[str, _Pen]


class Terminal:
    """What stands on the terminal, as far as it is known."""

    def __init__(self) -> None:
        self._rows: list[list[_Cell]] = []
        self._size = Size(0, 0)
        self._pens: dict[Style | None, tuple[_Pen, _Pen]] = {}
        self._system: ColorSystem | None = None
        self._erases = _erases_in_colour()

    def forget(self) -> None:
        """Somebody else may have written there: send everything again with the next frame of the whole screen."""
        self._rows = []

    def changes(self, update: CompositorUpdate, size: Size, console: Console) -> str:
        """What to send for a frame; afterwards that counts as sent.

        Args:
            update: the frame.
            size: of the terminal, in cells.
            console: for the colours that it can show.
        """
        if isinstance(update, LayoutUpdate):
            pieces = _of_layout(update)
        elif isinstance(update, ChopsUpdate):
            pieces = _of_chops(update)
        else:
            self.forget()
            return update.render_segments(console)
        if size != self._size or not self._rows:
            self._size = size
            self._rows = [[_UNKNOWN] * size.width for _ in range(size.height)]
        if console._color_system != self._system:
            self._system, self._pens = console._color_system, {}
        line = _Line()
        for x, y, strip in pieces:
            if y < size.height and x < size.width:
                self._piece(line, x, y, strip, console)
        return line.end()

    def _piece(self, line: "_Line", x: int, y: int, strip: Strip, console: Console) -> None:
        row = self._rows[y]
        cells = self._cells(strip)
        if cells is None:
            line.write_whole(x, y, strip.render(console))
            row[x:] = [_UNKNOWN] * (len(row) - x)
            return
        del cells[len(row) - x :]
        before = row[x : x + len(cells)]
        if cells == before:
            return
        row[x : x + len(cells)] = cells
        at = last = 0
        there = False  # whether the terminal's cursor stands behind ``last``
        while at < len(cells):
            cell = cells[at]
            if cell == before[at]:
                at += 1
                continue
            if not there or at - last - 1 > _NEAR or not line.fits(cells[last + 1 : at]):
                line.move(x + at, y)
            else:
                line.write(*cells[last + 1 : at])
            blanks = self._blanks(cells, at)
            if blanks:
                line.erase(cell, blanks)
                at += blanks
                there = False
            else:
                line.write(cell)
                last, there = at, True
                at += 1

    def _blanks(self, cells: list[_Cell], at: int) -> int:
        """How many blanks alike begin here, where so many can be erased."""
        cell = cells[at]
        if not self._erases or cell[0] != " " or cell[1].front is not None or cells[at : at + _FAR] != [cell] * _FAR:
            return 0
        return next((end for end in range(at, len(cells)) if cells[end] != cell), len(cells)) - at

    def _cells(self, strip: Strip) -> list[_Cell] | None:
        """A strip's cells; None where it holds what not every terminal shows in as many cells."""
        cells: list[_Cell] = []
        for text, style, control in strip:
            if control or (style and style.link) or not _PLAIN_LETTERS.fullmatch(text) or cell_len(text) != len(text):
                return None
            pens = self._pens.get(style)
            if pens is None:
                pens = self._pens[style] = _pens(style, self._system or ColorSystem.TRUECOLOR)
            pen, blank = pens
            cells += [(letter, blank if letter == " " else pen) for letter in text]
        return cells


class Changes(CompositorUpdate):
    """A frame that is sent as what it changes.

    Args:
        terminal: what stands there.
        update: the frame.
        size: of the terminal.
    """

    def __init__(self, terminal: Terminal, update: CompositorUpdate, size: Size) -> None:
        self._terminal = terminal
        self._update = update
        self._size = size

    def render_segments(self, console: Console) -> str:
        """What to send."""
        return self._terminal.changes(self._update, self._size, console)


class _Line:
    """Writes cells one behind the other, with no more codes than are needed."""

    def __init__(self) -> None:
        self._sent: list[str] = []
        self._y = -1
        self._pen = _PLAIN

    def move(self, x: int, y: int) -> None:
        """Go to a cell, by its column alone where that will do: never from where the last letter may have ended."""
        self._sent.append(f"\x1b[{x + 1}G" if y == self._y else f"\x1b[{y + 1};{x + 1}H")
        self._y = y

    def fits(self, cells: list[_Cell]) -> bool:
        """Whether cells can be written without a change of style."""
        return not any(_codes(self._pen, pen)[0] for _, pen in cells)

    def write(self, *cells: _Cell) -> None:
        """Write cells where the last one ended."""
        for letter, pen in cells:
            self._take(pen)
            self._sent.append(letter)

    def erase(self, blank: _Cell, cells: int) -> None:
        """Make so many cells blank, from where the last one ended; the cursor stays there."""
        self._take(blank[1])
        self._sent.append(f"\x1b[{cells}X")

    def _take(self, pen: _Pen) -> None:
        if pen != self._pen:
            codes, self._pen = _codes(self._pen, pen)
            if codes:
                self._sent.append(f"\x1b[{';'.join(codes)}m")

    def write_whole(self, x: int, y: int, written: str) -> None:
        """Write what brings its own styles, and ends without any."""
        self._sent.append(self.plain())
        self._y = -1
        self.move(x, y)
        self._sent.append(written)
        self._y = -1

    def plain(self) -> str:
        """The code that ends all styles, where there are any."""
        before, self._pen = self._pen, _PLAIN
        return "\x1b[0m" if before != _PLAIN else ""

    def end(self) -> str:
        """Everything, ending without style."""
        self._sent.append(self.plain())
        return "".join(self._sent)


def _erases_in_colour() -> bool:
    """Whether this terminal says that what it erases takes the ground's colour (``bce``); not all do."""
    try:
        import curses

        curses.setupterm()
        return curses.tigetflag("bce") > 0
    except (ImportError, OSError, curses.error):
        return False


def _codes(held: _Pen, wanted: _Pen) -> tuple[list[str], _Pen]:
    """The codes that lead from one style to another, and the style that then holds."""
    ends = held.marks & _SEEN_ON_BLANKS if wanted.front is None else held.marks - wanted.marks
    codes = list(dict.fromkeys(_OFF.get(mark, "0") for mark in sorted(ends)))
    if "0" in codes:
        codes, held = ["0"], _PLAIN
    marks: frozenset[str] = held.marks - ends - ({"1", "2"} if "22" in codes else set())
    front = held.front
    if wanted.front is not None:
        codes += sorted(wanted.marks - marks)
        marks = wanted.marks
        if wanted.front != front:
            front = wanted.front
            codes.append(front or "39")
    if wanted.ground != held.ground:
        codes.append(wanted.ground or "49")
    return codes, _Pen(marks, front, wanted.ground)


def _pens(style: Style | None, system: ColorSystem) -> tuple[_Pen, _Pen]:
    """How a style draws letters, and how blanks."""
    marks, front, ground = set(), "", ""
    codes = Strip.render_ansi(style, system).split(";") if style else []
    while codes and codes != [""]:
        code = codes.pop(0)
        number = int(code)
        if number in (38, 48):
            rest = codes[: 2 if codes[0] == "5" else 4]
            del codes[: len(rest)]
            code = ";".join((code, *rest))
        if number == 38 or 30 <= number <= 37 or 90 <= number <= 97 or number == 39:
            front = code
        elif number == 48 or 40 <= number <= 47 or 100 <= number <= 107 or number == 49:
            ground = code
        else:
            marks.add(code)
    pen = _Pen(frozenset(marks), front, ground)
    return pen, pen if marks & _SEEN_ON_BLANKS else _Pen(frozenset(), None, ground)


def _of_layout(update: LayoutUpdate) -> Iterator[tuple[int, int, Strip]]:
    """The pieces of a frame of a whole region: column, row, and what stands there."""
    for y, strips in enumerate(update.strips, update.region.y):
        x = update.region.x
        for strip in strips:
            yield x, y, strip
            x += strip.cell_length


def _of_chops(update: ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """The pieces of a frame that changes parts of lines, cut as Textual cuts them."""
    for y, left, right in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x > right or end <= left:
                continue
            whole = left <= x < right and end <= right
            yield x, y, strip if whole else strip.crop(0, min(end, right) - x)

"""What is sent to the terminal is less than what Textual draws, and brings the same on the screen."""

import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region, Size
from textual.strip import Strip

from inspect_kit.tui.lean import Terminal

WIDTH, HEIGHT = 12, 3
SIZE = Size(WIDTH, HEIGHT)
CONSOLE = Console(color_system="256", force_terminal=True, legacy_windows=False)
_SEQUENCE = re.compile(r"\x1b\[([0-9;]*)([A-Za-z])|([^\x1b])")
_ENDS = {"22": {"1", "2"}, "23": {"3"}, "24": {"4"}, "27": {"7"}, "29": {"9"}}

Shown = list[list[tuple[str, object]]]


class Emulator:
    """A terminal that knows the few sequences of a frame, and erases in the colour of the ground."""

    def __init__(self) -> None:
        self.cells: Shown = [[(" ", ("", ""))] * WIDTH for _ in range(HEIGHT)]
        self.marks: set[str] = set()
        self.front = self.ground = ""

    def feed(self, text: str) -> None:
        x = y = 0
        for found in _SEQUENCE.finditer(text):
            numbers, what, letter = found.groups()
            if what == "H":
                y, x = (int(number) - 1 for number in numbers.split(";"))
            elif what == "G":
                x = int(numbers) - 1
            elif what == "X":
                for at in range(x, x + int(numbers)):
                    self.put(at, y, " ")
            elif what == "m":
                self.style(numbers.split(";"))
            elif letter and letter != "\n":
                self.put(x, y, letter)
                x += cell_len(letter)

    def style(self, codes: list[str]) -> None:
        while codes:
            code = codes.pop(0)
            if code in ("38", "48"):
                code = ";".join((code, codes.pop(0), codes.pop(0)))
            if code in ("", "0"):
                self.marks, self.front, self.ground = set(), "", ""
            elif code in _ENDS:
                self.marks -= _ENDS[code]
            elif code[0] == "3" and len(code) > 1:
                self.front = "" if code == "39" else code
            elif code[0] == "4" and len(code) > 1:
                self.ground = "" if code == "49" else code
            else:
                self.marks.add(code)

    def put(self, x: int, y: int, letter: str) -> None:
        seen = self.marks & {"4", "7", "9"}
        of_blank = (self.ground, *((self.front, *sorted(self.marks)) if seen else ()))
        self.cells[y][x] = (letter, of_blank if letter == " " else (self.ground, self.front, *sorted(self.marks)))
        if cell_len(letter) == 2 and x + 1 < WIDTH:
            self.cells[y][x + 1] = ("", self.cells[y][x][1])


COLOURS = st.sampled_from([None, "color(1)", "color(233)", "color(115)"])
STYLES = st.builds(
    Style,
    color=COLOURS,
    bgcolor=COLOURS,
    bold=st.booleans(),
    dim=st.booleans(),
    italic=st.booleans(),
    underline=st.booleans(),
    reverse=st.booleans(),
    strike=st.booleans(),
)


@st.composite
def strips(draw: st.DrawFn, width: int) -> Strip:
    segments = []
    while width:
        text = draw(st.sampled_from(["a", "b", " ", "      ", "●", "é", "漢", "Rule 6"]))
        if cell_len(text) <= width:
            segments.append(Segment(text, draw(STYLES | st.none())))
            width -= cell_len(text)
    return Strip(segments)


@st.composite
def frames(draw: st.DrawFn) -> LayoutUpdate | ChopsUpdate:
    if draw(st.booleans()):
        return LayoutUpdate([[draw(strips(WIDTH))] for _ in range(HEIGHT)], Region(0, 0, WIDTH, HEIGHT))
    cut = draw(st.integers(1, WIDTH - 1))
    chops = [{0: draw(strips(cut)), cut: draw(strips(WIDTH - cut))} for _ in range(HEIGHT)]
    rows = sorted(draw(st.sets(st.integers(0, HEIGHT - 1), min_size=1)))
    spans = [(y, *draw(st.sampled_from([(0, WIDTH), (0, cut), (cut, WIDTH)]))) for y in rows]
    return ChopsUpdate(chops, spans, [[cut, WIDTH]] * HEIGHT)


@given(st.lists(frames(), min_size=1, max_size=6), st.booleans())
def test_what_is_sent_brings_the_same_on_the_screen(drawn: list[LayoutUpdate | ChopsUpdate], erases: bool) -> None:
    terminal, ours, textuals = Terminal(), Emulator(), Emulator()
    terminal._erases = erases
    for frame in drawn:
        ours.feed(terminal.changes(frame, SIZE, CONSOLE))
        textuals.feed(frame.render_segments(CONSOLE))
        assert ours.cells == textuals.cells


def line(*texts: str) -> LayoutUpdate:
    return LayoutUpdate([[Strip([Segment(text, Style(bold=True))])] for text in texts], Region(0, 0, WIDTH, len(texts)))


def test_of_a_line_that_stays_nothing_is_sent() -> None:
    terminal = Terminal()
    terminal.changes(line("Rule 6      ", "Rule 19     "), SIZE, CONSOLE)
    assert terminal.changes(line("Rule 6      ", "Rule 19     "), SIZE, CONSOLE) == ""
    assert terminal.changes(line("Rule 6      ", "Rule 18     "), SIZE, CONSOLE) == "\x1b[2;7H\x1b[1m8\x1b[0m"


def test_when_the_terminal_is_ours_again_everything_is_sent() -> None:
    terminal = Terminal()
    first = terminal.changes(line("Rule 6      "), SIZE, CONSOLE)
    terminal.forget()
    assert terminal.changes(line("Rule 6      "), SIZE, CONSOLE) == first
    assert terminal.changes(line("Rule 6      "), Size(WIDTH + 1, HEIGHT), CONSOLE) == first


def test_scripts_that_terminals_join_or_turn_are_sent_whole_with_what_follows() -> None:
    terminal = Terminal()
    terminal.changes(line("مرحبا 12345"), SIZE, CONSOLE)
    assert "مرحبا 12346" in terminal.changes(line("مرحبا 12346"), SIZE, CONSOLE)

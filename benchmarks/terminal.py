"""Is the terminal fast enough to be forgotten? ``python benchmarks/terminal.py``.

Whole processes in a terminal of 80×24 of our own, driven by keys, watched byte by byte: a time runs from the key
until what it should bring stands there. Each thing alternates with its peer: the home screen with 50 visits and an
app of one word; a visit with 2,000 items and one with 20; a judgement and a bare durable row on the same disk. Every
module is compiled before, as it is where the program is installed.
"""

import codecs
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Self

import sqlcipher3

from inspect_kit import identity
from inspect_kit.casebook import Casebook
from inspect_kit.checklist import generate, load_banks
from inspect_kit.files import own_folder
from inspect_kit.model import Assessment, Checklist, Facility, Profile, Scope, Team, VisitKind, VisitPlan
from inspect_kit.standards import load_standard

ROUNDS = 5
MOVES = 18
"""How often an item is left for the next, and how many are judged, in each round: all that 20 items allow."""
SIZES = (20, 2_000)
FRAME = 16.0
REPEAT = 0.033
"""Seconds between the moves of a held key."""
PAUSE = 0.15
"""Seconds after which a move is one of its own, and not one of a run."""
TOKENS = re.compile(r"\x1b\[([0-9;?<>]*)[ -/]*([@-~])|\x1b\].*?(?:\x07|\x1b\\)|\x1b[^\[\]]|[^\x1b]+")
EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("nothing else")
Empty().run()
"""


class Screen:
    """What stands on a terminal of 80×24, from what was written to it."""

    def __init__(self) -> None:
        self._cells = [[" "] * 80 for _ in range(24)]
        self._x = self._y = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""

    def feed(self, written: bytes) -> None:
        """Take what was written; a sequence that is cut off waits for its end."""
        text = self._rest + self._decoder.decode(written)
        at = 0
        while found := TOKENS.match(text, at):
            at = found.end()
            self._obey(found)
        self._rest = text[at:]

    def _obey(self, found: re.Match[str]) -> None:
        if found[2] in ("H", "G", "X"):
            numbers = [int(number) - 1 for number in found[1].split(";") if number] or [0]
            if found[2] == "H":
                self._y, self._x = (*numbers, 0)[:2]
            elif found[2] == "G":
                self._x = numbers[0]
            else:
                self._write(" " * (numbers[0] + 1), self._x)
        elif not found[0].startswith("\x1b"):
            for letter in found[0]:
                if letter >= " ":
                    self._write(letter, self._x)
                    self._x += 1

    def _write(self, text: str, x: int) -> None:
        row = self._cells[min(self._y, 23)]
        row[x : x + len(text)] = text
        del row[80:]

    def shows(self, *marks: str) -> bool:
        """Whether all of these stand there."""
        lines = ["".join(row) for row in self._cells]
        return all(any(mark in line for line in lines) for mark in marks)

    def told(self) -> str:
        """Everything, for whoever looks for a fault."""
        return "\n".join("".join(row) for row in self._cells)


class Terminal:
    """A program in a terminal of 80×24.

    Args:
        command: the program.
    """

    def __init__(self, *command: str) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.start = time.perf_counter()
        self._process = subprocess.Popen(  # noqa: S603 (our own commands)
            [sys.executable, *command], stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
        )
        os.close(theirs)
        self.screen = Screen()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        os.close(self._ours)

    def _read(self, seconds: float) -> bytes:
        """What is written within some time, as soon as anything is; answers as a terminal that draws whole frames."""
        if not select.select([self._ours], [], [], seconds)[0]:
            return b""
        try:
            written = os.read(self._ours, 1_048_576)
        except OSError:  # so Linux says that the program has ended
            return b""
        if b"\x1b[?2026$p" in written:
            os.write(self._ours, b"\x1b[?2026;2$y")
        return written

    def wait_for(self, *marks: str) -> float:
        """Wait until all of these stand there; milliseconds since the key, or since the program was started."""
        self.bytes = 0
        while True:
            more = self._read(5)
            now = time.perf_counter()
            if not more:
                raise SystemExit(f"Never written: {marks}. What was:\n{self.screen.told()}")
            self.screen.feed(more)
            self.bytes += len(more)
            if self.screen.shows(*marks):
                break
        self.bytes += self.rest(PAUSE)
        return (now - self.start) * 1000

    def rest(self, seconds: float) -> int:
        """Read until nothing more is written for so long; how many bytes were."""
        count = 0
        while more := self._read(seconds):
            count += len(more)
            self.screen.feed(more)
        return count

    def hold(self, key: str, times: int, *marks: str) -> float:
        """Hold a key until it has come so often, and all of the marks stand there; bytes for each time."""
        before = 0
        for _ in range(times):
            os.write(self._ours, key.encode())
            end = time.perf_counter() + REPEAT
            while (left := end - time.perf_counter()) > 0:
                more = self._read(left)
                before += len(more)
                self.screen.feed(more)
        before += self.rest(PAUSE)
        if not self.screen.shows(*marks):
            raise SystemExit(f"Not there: {marks}. What is:\n{self.screen.told()}")
        return before / times

    def press(self, key: str, *marks: str) -> float:
        """Press a key; milliseconds until all of the marks stand there."""
        self.start = time.perf_counter()
        os.write(self._ours, key.encode())
        return self.wait_for(*marks)

    def memory(self) -> float:
        """Resident memory, in MB."""
        told = subprocess.run(  # noqa: S603
            ["/bin/ps", "-o", "rss=", "-p", str(self._process.pid)], capture_output=True, check=True
        )
        return int(told.stdout) / 1024


def cut(real: Checklist, size: int) -> Checklist:
    """The real themes, again and again under other names, until there are so many items; each says its place."""
    items = sorted(real.items, key=lambda item: list(real.themes).index(item.theme))
    themes, many = {}, []
    for again in range(size // len(items) + 1):
        themes |= {
            f"{theme}-{again}": replace(section, id=f"{theme}-{again}") for theme, section in real.themes.items()
        }
        many += [replace(item, id=f"{item.id}-{again}", theme=f"{item.theme}-{again}") for item in items]
    said = [replace(item, ask=f"Question {place}: {item.ask}") for place, item in enumerate(many[:size])]
    used = {item.theme for item in said}
    kept = {theme: section for theme, section in themes.items() if theme in used}
    return replace(real, id=f"{size:064}", themes=kept, items=tuple(said))


def prepare(folder: Path) -> None:
    """Make the casebooks in a folder: one with 50 visits, and one with a visit of each size."""
    own_folder().mkdir(parents=True)
    me = identity.create("Bench Example-Inspector")
    identity.save(me, own_folder() / "identity.p12")
    real = generate(load_banks(load_standard()), Scope(), Profile())
    for size in (*SIZES, 50):
        with Casebook.create(folder / f"{size}.casebook") as book:
            book.enrol((own_folder() / "identity.p12").read_bytes(), me.fingerprint, me.name, me.certificate)
            book._db.execute("PRAGMA synchronous = OFF")  # filling it is not what is measured
            facility = book.facility(book.add_facility(Facility("Prison Example-Bench")))
            if size in SIZES:
                checklist = cut(real, size)
                book.plan_visit(VisitPlan(facility, VisitKind.FULL, "2026-11-03"), Team(), checklist)
                continue
            for number in range(size):
                plan = VisitPlan(
                    replace(facility, name=f"Prison Number{number}"),
                    VisitKind.FULL,
                    f"2026-0{number // 28 + 1}-{number % 28 + 1:02}",
                )
                checklist = replace(real, items=real.items[:65])
                visit = book.plan_visit(plan, Team(), checklist)
                for item in checklist.items[:number]:
                    book.judge(visit, item.id, Assessment.PARTLY_MET, narrative="Three of eight showers cold at 07:10.")


def rounds(folder: Path) -> dict[str, list[float]]:
    """Measure everything once a round, each beside its peer."""
    took: dict[str, list[float]] = {}

    def note(what: str, value: float) -> None:
        took.setdefault(what, []).append(value)

    disk = sqlcipher3.connect(str(folder / "floor.db"), isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL"):
        disk.execute(f"PRAGMA {pragma}")
    disk.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT)")
    for turn in range(ROUNDS + 1):
        if turn == 1:
            took.clear()
        with Terminal("-c", EMPTY) as terminal:
            note("empty app, first paint", terminal.wait_for("nothing else"))
            terminal.rest(0.3)
            note("empty app, memory", terminal.memory())
        with Terminal("-m", "inspect_kit", "--casebook", str(folder / "50.casebook")) as terminal:
            note("home, first paint", terminal.wait_for("Number49", "Number30", "? keys"))
        for size in SIZES:
            book = folder / "round.casebook"
            shutil.copyfile(folder / f"{size}.casebook", book)
            with Terminal("-m", "inspect_kit", "--casebook", str(book)) as terminal:
                terminal.wait_for("? keys")
                note(f"{size}, opened", terminal.press("\r", "Question 0:"))
                terminal.rest(0.3)
                for number in range(1, MOVES):
                    note(f"{size}, move", terminal.press("j", f"Question {number}:"))
                    note(f"{size}, bytes of a move", terminal.bytes)
                terminal.press("\x1b[H", "Question 0:")
                note(f"{size}, bytes of a run", terminal.hold("j", MOVES - 1, f"Question {MOVES - 1}:"))
                terminal.press("\x1b[H", "Question 0:")
                for number in range(1, MOVES):
                    note(f"{size}, judgement", terminal.press("2", f"Question {number}:", f"{number} of "))
                    note(f"{size}, bytes of a judgement", terminal.bytes)
                    start = time.perf_counter()
                    disk.execute("INSERT INTO rows (text) VALUES (?)", ("x" * 800,))
                    note("disk", (time.perf_counter() - start) * 1000)
                note(f"{size}, memory", terminal.memory())
            for ending in ("", "-wal", "-shm"):
                with suppress(FileNotFoundError):
                    Path(f"{book}{ending}").unlink()
    disk.close()
    return took


def main() -> None:
    """Print a row for each aim."""
    with tempfile.TemporaryDirectory() as name:
        os.environ |= {"HOME": name, "XDG_DATA_HOME": name, "XDG_CONFIG_HOME": name, "TERM": "xterm-256color"}
        # as installed: every module is compiled once, in the first round, which is not counted
        os.environ["PYTHONPYCACHEPREFIX"] = f"{name}/compiled"
        for variable in ("COLORTERM", "NO_COLOR", "PYTHONDONTWRITEBYTECODE"):
            os.environ.pop(variable, None)
        prepare(Path(name))
        took = rounds(Path(name))
    small, large = SIZES
    middle = {what: statistics.median(values) for what, values in took.items()}
    late = {what: statistics.quantiles(values, n=20)[-1] for what, values in took.items()}
    rows = (
        ("first paint: home, 50 visits", middle["home, first paint"], middle["empty app, first paint"], "ms", "1.5"),
        (f"open a visit: {large:,} items, {small}", middle[f"{large}, opened"], middle[f"{small}, opened"], "ms", ""),
        (f"move: {large:,} items, {small}", middle[f"{large}, move"], middle[f"{small}, move"], "ms", "1.2"),
        (f"judge: {large:,} items, {small}", middle[f"{large}, judgement"], middle[f"{small}, judgement"], "ms", "1.2"),
        (f"memory: {large:,} items, empty app", middle[f"{large}, memory"], middle["empty app, memory"], "MB", "1.3"),
    )
    print(f"{'median':34}{'ours':>12}{'peer':>12}{'ratio':>8}   aim")  # noqa: T201
    for what, ours, peer, unit, aim in rows:
        print(f"{what:34}{ours:>9.1f} {unit}{peer:>9.1f} {unit}{ours / peer:>7.2f}×   {aim}")  # noqa: T201
    print()  # noqa: T201
    for size in SIZES:
        print(  # noqa: T201
            f"{f'judge, p95 at {size:,}':34}{late[f'{size}, judgement']:>9.1f} ms   "
            f"aim {FRAME + late['disk']:.1f} (a frame + the disk’s p95, {late['disk']:.1f})"
        )
    for size in SIZES:
        for what in ("move", "run", "judgement"):
            told = f"{'move in a run' if what == 'run' else what}, bytes at {size:,}"
            print(  # noqa: T201
                f"{told:34}{middle[f'{size}, bytes of a {what}']:>9.0f}   p95 {late[f'{size}, bytes of a {what}']:.0f}"
                f"{'   aim 600' * (what != 'judgement')}"
            )


if __name__ == "__main__":
    main()

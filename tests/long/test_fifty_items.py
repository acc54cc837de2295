"""An inspector's day on a real terminal: fifty items by keys alone, in tmux, at two sizes. Run by make long."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from inspect_kit.casebook import Casebook
from inspect_kit.model import Assessment, EvidenceKind

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux"),
]

# What inspectors type, with what has broken screens before.
WORDS = (
    "Two of five say so [/b] [red]",
    "three rooms, 14 beds 😀 👩🏽‍⚕️",
    "قالت إنها انتظرت يومين، می‌خواهد",
    "ผู้หญิงสองคนบอกว่าไม่มีน้ำ",
    "n e 3 2 1 b z / ? v q: letters that are keys",
    "register 1–7 Nov, “no entry” on 3 nights",
)
KINDS = (EvidenceKind.OBSERVATION, EvidenceKind.DOCUMENT, EvidenceKind.MEASUREMENT)
PASTED = "first line\twith a tab\n[not] markup\n" + "ก ب 😀 x" * 15_000


@dataclass(frozen=True)
class Entry:
    """What is recorded on one item, and the keys that record it: names of keys, or ``("text", …)``."""

    place: int
    assessment: Assessment
    note: str
    kind: EvidenceKind
    source: str

    @property
    def keys(self) -> list[str | tuple[str, str]]:
        """Note, evidence and then the judgement, which moves on to the next item."""
        keys: list[str | tuple[str, str]] = []
        if self.note:
            keys += ["n", ("text", self.note), "Escape"]
        keys += ["e", *["Right"] * list(EvidenceKind).index(self.kind), "Enter", ("text", self.source), "C-s"]
        digit = {Assessment.MET: "1", Assessment.PARTLY_MET: "2", Assessment.NOT_MET: "3"}.get(self.assessment)
        return [*keys, digit] if digit else [*keys, "5", "F2", "Enter"]


def entries() -> list[Entry]:
    judged = (Assessment.MET, Assessment.NOT_MET, Assessment.PARTLY_MET, Assessment.NOT_MET, Assessment.NOT_VERIFIED)
    return [
        Entry(
            place,
            judged[place % 5],
            f"{WORDS[place % len(WORDS)]} · note {place}" if place % 5 < 3 else "",
            KINDS[place % len(KINDS)],
            f"{WORDS[(place + 1) % len(WORDS)]} · source {place}",
        )
        for place in range(50)
    ]


class Tmux:
    """A terminal of one size, with a shell in it."""

    def __init__(self, folder: Path, width: int, height: int) -> None:
        self._socket = str(folder / "tmux")
        home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder / "data"), "XDG_CONFIG_HOME": str(folder / "config")}
        shell = ["env", *(f"{name}={value}" for name, value in (home | {"PS1": "shell> "}).items()), "sh", "-i"]
        self.strokes = 0
        self._do("-f", "/dev/null", "new-session", "-d", "-x", str(width), "-y", str(height), shlex.join(shell))

    def _do(self, *given: str, text: str | None = None) -> str:
        command = ["tmux", "-u", "-S", self._socket, *given]
        environment = os.environ | {"LC_ALL": "C.UTF-8"}
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=True, env=environment)
        return done.stdout

    def press(self, *keys: str | tuple[str, str]) -> None:
        """Send keys in one burst, as a slow line delivers them."""
        command: list[str] = []
        for key in keys:
            typed = isinstance(key, tuple)
            self.strokes += len(key[1]) if typed else 1
            command += ["send-keys", *(("-l", "--", key[1]) if typed else (key,)), ";"]
        self._do(*command[:-1])

    def paste(self, text: str) -> None:
        """Paste as terminals do, marked as pasted."""
        self._do("load-buffer", "-", text=text)
        self._do("paste-buffer", "-p", "-r")

    def screen(self) -> str:
        return self._do("capture-pane", "-p")

    def wait_for(self, words: str) -> str:
        end = time.monotonic() + 30
        while words not in (screen := self.screen()):
            assert time.monotonic() < end, f"“{words}” does not come:\n{screen}"
            time.sleep(0.02)
        return screen

    def inside(self) -> int:
        """The process id of the program in the shell."""
        shell = self._do("display-message", "-p", "#{pane_pid}").strip()
        return int(subprocess.run(["pgrep", "-P", shell], capture_output=True, text=True, check=True).stdout.split()[0])

    def end(self) -> None:
        self._do("kill-server")


@pytest.fixture(params=[(80, 24), (200, 60)], ids=["80x24", "200x60"])
def terminal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Tmux]:
    terminal = Tmux(tmp_path, *request.param)
    terminal.wait_for("shell>")
    yield terminal
    terminal.end()


def begin(terminal: Tmux) -> None:
    """The first minute: who she is, which visit."""
    terminal.press(("text", f"{sys.executable} -m inspect_kit"), "Enter")
    terminal.wait_for("Welcome")
    terminal.press(("text", "Inspector R"), "Enter", ("text", "NPM East"), "C-s")
    terminal.wait_for("No visits yet")
    terminal.press("n", ("text", "Women's Prison North"), "Enter", ("text", "Hillside"), "C-s")
    terminal.wait_for("step 2 of 4")
    terminal.press("C-s", "C-s", "C-s")
    terminal.wait_for(" 0 of ")


def casebook(folder: Path) -> Casebook:
    return Casebook.open(next(folder.rglob("*.casebook")), None)


def test_fifty_items_with_evidence_are_recorded_by_keys_alone(terminal: Tmux, tmp_path: Path, capsys):
    begin(terminal)
    begun, before = time.monotonic(), terminal.strokes
    for entry in entries():
        terminal.press(*entry.keys)
        terminal.wait_for(f" {entry.place + 1} of ")
    seconds, strokes = (time.monotonic() - begun) / 50, (terminal.strokes - before) / 50
    typed = sum(len(entry.note) + len(entry.source) for entry in entries()) / 50
    with capsys.disabled():
        print(f"\n  an item: {seconds:.2f} s, {strokes - typed:.1f} keys and {typed:.0f} letters")  # noqa: T201

    terminal.press("n")
    terminal.wait_for("esc done")
    terminal.paste(PASTED)
    terminal.press("Escape", "1")
    terminal.wait_for(" 51 of ")
    terminal.press("Escape")
    terminal.wait_for("inspect  v summary")
    terminal.press("q")
    terminal.wait_for("shell>")

    with casebook(tmp_path) as kept:
        visit = kept.visit(kept.visits()[0].id)
    assert (visit.plan.facility.name, visit.plan.facility.place) == ("Women's Prison North", "Hillside")
    items = [item for item in visit.checklist.items if item.applies]
    for entry in entries():
        finding = visit.findings[items[entry.place].id]
        (source,) = finding.evidence
        held = Entry(entry.place, finding.assessment, finding.narrative, source.kind, source.note)
        assert held == entry
    assert visit.findings[items[50].id].narrative == PASTED
    assert len(visit.findings) == 51


def test_a_suspended_terminal_is_usable_and_nothing_is_lost(terminal: Tmux, tmp_path: Path):
    begin(terminal)
    terminal.press("n", ("text", "Half a sentence [b"))
    terminal.wait_for("Half a sentence [b")
    program = terminal.inside()
    os.kill(program, signal.SIGTSTP)
    terminal.wait_for("shell>")
    terminal.press(("text", "stty -a | grep -cw -e ' icanon' -e ' echo'; echo it $((1+1)) works"), "Enter")
    assert "it 2 works\n" in terminal.wait_for("it 2 works\n")
    terminal.press(("text", "fg"), "Enter")
    terminal.wait_for("Half a sentence [b")
    terminal.press(("text", "] and the rest"), "Escape", "3")
    terminal.wait_for(" 1 of ")
    terminal.press("Escape")
    terminal.wait_for("inspect  v summary")
    terminal.press("q")
    terminal.wait_for("shell>")
    with casebook(tmp_path) as kept:
        visit = kept.visit(kept.visits()[0].id)
    (finding,) = visit.findings.values()
    assert (finding.assessment, finding.narrative) == (Assessment.NOT_MET, "Half a sentence [b] and the rest")

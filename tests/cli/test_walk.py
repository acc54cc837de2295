"""Plain mode as people meet it: through a pipe, and on a terminal that can draw nothing."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Ended, Run
from tests.cli.test_terminal import Terminal

HOSTILE = "a [b]bold[/b] \x1b[31mred\x07 \tتفتيش النساء\u202e ¶"
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")


@pytest.fixture
def walk(run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ended]:
    """Walk through a visit, typing these lines."""

    def walked(visit: str, *lines: str | bytes, options: tuple[str, ...] = (), end: bytes = b"\n") -> Ended:
        data = b"".join((line if isinstance(line, bytes) else line.encode()) + end for line in lines)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        return run("walk", visit, *options)

    return walked


@pytest.fixture
def finding(hold: Callable[[str], dict[str, Any]]) -> Callable[[str], dict[str, Any]]:
    """The one finding that a visit holds."""

    def only(visit: str) -> dict[str, Any]:
        [found] = hold(visit)["findings"]
        return dict(found)

    return only


def test_a_pipe_can_inspect_a_visit_and_ends_with_everything_saved(walk, visit, hold):
    ended = walk(visit, "3", "n", "No door.", ".", "e", "", "Seen at 07:15.", ".", "", "B wing", "", "u")
    assert ended.code == 0
    assert ended.out.count("Saved. ") == 4
    assert ended.out.endswith("The input has ended.\nEverything is saved.\n")
    first, second = hold(visit)["findings"]
    assert (first["assessment"], second["narrative"], second["priority"]) == ("not-met", "No door.", "urgent")
    assert second["evidence"][0]["place"] == "B wing"


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_note_from_a_pipe_is_kept_to_the_letter_and_shown_safely(walk, visit, finding, end):
    lines = [HOSTILE, "  ", "x" * 100_000, "\ttabs\t", "ข้อความ 🙂", "1"]
    ended = walk(visit, "n", *lines, ".", "more", "q", end=end)
    assert ended.code == 0
    assert finding(visit)["narrative"] == "\n".join(lines)
    assert not set("\x1b\x07\x0b\u202e\r") & set(ended.out)
    assert r"[b]bold[/b] \x1b[31mred\x07" in ended.out
    assert "تفتيش النساء" in ended.out


def test_bytes_that_are_no_text_are_refused_by_the_line(walk, visit, finding):
    ended = walk(visit, "n", "Good.", b"br\xffken", "Better.", ".", b"\xfe\xff")
    assert "bytes that are no text" in ended.out
    assert r"“\udcfe\udcff” is no command" in ended.out
    assert finding(visit)["narrative"] == "Good.\nBetter."


def test_a_note_that_the_pipe_breaks_off_waits_and_is_told(walk, visit, hold, finding):
    ended = walk(visit, "n", "Two women said so.")
    assert ended.code == 0
    assert "note is not finished" in ended.out
    assert hold(visit)["findings"] == []
    walk(visit, "n", ".")
    assert finding(visit)["narrative"] == "Two women said so."


def test_it_begins_where_and_in_the_order_that_was_asked_for(walk, visit):
    ended = walk(visit, "w", options=("--by", "place", "--item", "hygiene.showers"))
    assert "By place: " in ended.out
    assert "Warm, private showers" in ended.out
    assert walk(visit, options=("--item", "nowhere")).code == 1
    assert walk(visit, options=("--by", "moon")).code == 2
    assert walk("NOSUCHVISIT").code == 1


@pytest.mark.parametrize("columns", [20, 40, 80])
def test_nothing_is_wider_than_the_terminal_and_nothing_is_drawn(walk, visit, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    ended = walk(visit, "?", "g", "l", "s", "w", "by person", "by place")
    words = max(len(word) for word in ended.out.split())
    assert max(map(len, ended.out.split("\n"))) < max(columns, words + columns // 4 + 1)
    assert not set("│─━╭▸●◐○▲△\x1b\t\b\r") & set(ended.out)


def test_every_prompt_ends_alike(walk, visit):
    ended = walk(visit, "5", "No time.", "n", ".", "e", "2", "q", "r", "q", "q")
    prompts = [line for line in ended.out.split("\n") if line.endswith("> ")]
    assert len(prompts) == 10


def test_without_screens_the_program_points_to_the_plain_mode(run, own_process):
    assert "inspect-kit walk VISIT" in run().complaint
    assert b"inspect-kit walk VISIT" in own_process(TERM="dumb").stderr


def test_it_loads_nothing_that_draws(visit):
    code = (
        "import sys; from inspect_kit.cli import main\n"
        f"try: main(['walk', {visit!r}])\n"
        "except SystemExit: print(*{'textual', 'rich', 'reportlab'} & set(sys.modules), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], input=b"g\n1\nq\n", capture_output=True, check=True)
    assert ran.stderr.split() == []


@posix
def test_on_a_dumb_terminal_a_visit_is_inspected_with_plain_lines_only(visit, finding):
    terminal = Terminal("walk", visit[-6:], TERM="dumb")
    terminal.wait_for("Personal hygiene 1 > ")
    terminal.type("n\n")
    terminal.wait_for("ends it")
    terminal.type("Two women [said] so.\n\tتفتيش\n.\n")
    terminal.wait_for("Saved. Personal hygiene 1: the note has 2 lines.")
    terminal.type("q\n")
    assert terminal.ends() == 0
    assert "Everything is saved." in terminal.said
    assert not set("\x1b\x07\x08│─") & set(terminal.said)
    assert finding(visit)["narrative"] == "Two women [said] so.\n\tتفتيش"


@posix
@pytest.mark.parametrize(("key", "code"), [("\x04", 0), ("\x03", 130)])
def test_ctrl_d_and_ctrl_c_leave_cleanly_and_say_what_is_saved(visit, key, code):
    terminal = Terminal("walk", visit, TERM="dumb")
    terminal.wait_for("> ")
    terminal.type(key)
    assert terminal.ends() == code
    assert terminal.said.rstrip().endswith("Everything is saved.")
    assert "Traceback" not in terminal.said


@posix
def test_ctrl_c_in_a_note_says_that_it_waits_and_it_does(visit, walk, finding):
    terminal = Terminal("walk", visit, TERM="dumb")
    terminal.wait_for("hygiene 1 > ")
    terminal.type("n\n")
    terminal.wait_for("\n> ")
    terminal.type("Two women said so.\n")
    terminal.wait_for("\n> ", times=2)
    terminal.type("\x03")
    assert terminal.ends() == 130
    assert "note is not finished" in terminal.said
    walk(visit, "n", ".")
    assert finding(visit)["narrative"] == "Two women said so."


@posix
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_closed_terminal_loses_no_line_of_a_note(visit, walk, finding, number):
    terminal = Terminal("walk", visit, TERM="dumb")
    terminal.wait_for("hygiene 1 > ")
    terminal.type("n\n")
    terminal.wait_for("\n> ")
    terminal.type("Two women said so.\n")
    terminal.wait_for("\n> ", times=2)
    os.kill(terminal.pid, number)
    assert terminal.ends() == (-9 if number is signal.SIGKILL else 130)
    assert "Traceback" not in terminal.said
    walk(visit, "n", ".")
    assert finding(visit)["narrative"] == "Two women said so."


@pytest.mark.skipif(sys.platform != "linux", reason="the length of a terminal's line")
def test_a_line_that_the_terminal_cuts_is_told_with_its_last_words(visit):
    terminal = Terminal("walk", visit, TERM="dumb")
    terminal.wait_for("hygiene 1 > ")
    terminal.type("n\n")
    terminal.wait_for("\n> ")
    terminal.type("word " * 818 + "LAST1" + "lost" * 100 + "\n")
    terminal.wait_for("as long as this terminal takes")
    terminal.wait_for("word LAST1")
    terminal.type(".\nq\n")
    assert terminal.ends() == 0


def test_no_act_is_cut_short_by_ctrl_c(visit, hold):
    """Ctrl-C while an act is on its way to the disk waits until it is there, and ends the walk then."""
    code = (
        "import os, signal\n"
        "from inspect_kit.casebook import Casebook\n"
        "judge = Casebook.judge\n"
        "def slow(*given, **named):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    judge(*given, **named)\n"
        "Casebook.judge = slow\n"
        "from inspect_kit.cli import main\n"
        f"main(['walk', {visit!r}])"
    )
    ran = subprocess.run([sys.executable, "-c", code], input=b"1\nq\n", capture_output=True, check=False)
    assert ran.returncode == 130
    assert b"Saved." in ran.stdout
    assert hold(visit)["findings"][0]["assessment"] == "met"

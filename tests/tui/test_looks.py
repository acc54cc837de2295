"""Colours, and the screens in a real terminal."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

from inspect_kit.casebook import Casebook
from inspect_kit.tui.theme import DARK, LIGHT, MARKS

GROUNDS = ("background", "surface", "panel")
TEXTS = ("foreground", "primary", "secondary", "accent", "success", "warning", "error")


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours."""

    def luminance(text: str) -> float:
        parts = [part / 255 for part in Color.parse(text).rgb]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_every_text_colour_is_readable_on_every_ground(theme: Theme) -> None:
    grounds = {name: str(getattr(theme, name)) for name in GROUNDS}
    grounds["cursor"] = theme.variables["block-cursor-background"]
    texts = {name: str(getattr(theme, name)) for name in TEXTS} | {name: theme.variables[name] for name in MARKS}
    weak = {
        (text, ground): round(contrast(colour, on), 2)
        for text, colour in texts.items()
        for ground, on in grounds.items()
        if contrast(colour, on) < 4.5
    }
    assert not weak


def tmux(*arguments: str) -> str:
    done = subprocess.run(["tmux", "-L", "inspect-kit-test", *arguments], capture_output=True, text=True, check=False)
    return done.stdout


@pytest.fixture
def terminal():
    if shutil.which("tmux") is None:
        assert not os.environ.get("INSPECT_KIT_REQUIRE_TOOLS"), "tmux is needed here"
        pytest.skip("tmux is not installed")
    tmux("kill-server")
    yield tmux
    tmux("kill-server")


def wait_for(text: str, seconds: float = 20) -> str:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        shown = tmux("capture-pane", "-p", "-t", "kit")
        if text in shown:
            return shown
        time.sleep(0.1)
    pytest.fail(f"“{text}” did not appear; the terminal shows:\n{tmux('capture-pane', '-p', '-t', 'kit')}")


def test_in_a_real_terminal_of_80_by_24_judgement_and_note_reach_the_casebook_and_sigterm_leaves_it_usable(
    terminal, visited: tuple[Path, str]
) -> None:
    path, visit = visited
    pid_file = path.with_name("pid")
    program = path.with_name("program.py")
    program.write_text(
        "import os, sys\nfrom pathlib import Path\nfrom inspect_kit.tui import run\n"
        f"Path({str(pid_file)!r}).write_text(str(os.getpid()))\n"
        f"sys.exit(run(Path({str(path)!r}), None, None, {visit!r}))\n"
    )
    command = f"{sys.executable} {program}; echo STILL-HERE; sleep 60"
    terminal("new-session", "-d", "-s", "kit", "-x", "80", "-y", "24", "sh", "-c", command)
    wait_for("0 of")
    terminal("send-keys", "-t", "kit", "3")
    wait_for("not met ○")
    terminal("send-keys", "-t", "kit", "n")
    wait_for("the note is kept")
    terminal("send-keys", "-t", "kit", "-l", "one of five taps dry [b]")
    terminal("send-keys", "-t", "kit", "Escape")
    shown = wait_for("1-5 judge")
    assert max(len(line) for line in shown.splitlines()) <= 80
    wait_for("saved")
    os.kill(int(pid_file.read_text()), signal.SIGTERM)
    wait_for("STILL-HERE")
    with Casebook.open(path) as casebook:
        (finding,) = casebook.visit(visit).findings.values()
    assert finding.narrative == "one of five taps dry [b]"

"""Colours, and the screens in a real terminal."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from rich.color import Color as Shade
from rich.color import ColorSystem
from rich.segment import Segment
from textual.color import Color
from textual.command import CommandList, CommandPalette
from textual.containers import Vertical
from textual.pilot import Pilot
from textual.theme import Theme
from textual.widgets import OptionList
from textual.widgets._toast import Toast

import inspect_kit.tui
from inspect_kit.casebook import Casebook
from inspect_kit.tui.app import InspectKit
from inspect_kit.tui.screens.home import Home
from inspect_kit.tui.screens.plan import Themes
from inspect_kit.tui.theme import PLAIN, THEMES, enough_colours
from inspect_kit.tui.widgets.lines import Head, KeysLine
from inspect_kit.tui.widgets.listing import Listing
from inspect_kit.work.settings import THEMES as SETTABLE
from inspect_kit.work.settings import Settings, read_settings, settings_file
from tests.tui.conftest import NARROW

COLOURED = [theme for theme in THEMES.values() if theme is not PLAIN]
NEEDED = {"inspect-dark": 4.5, "inspect-light": 4.5, "inspect-high-contrast": 7.0}
DRAWN = re.compile("[\\s\u2500-\u259f◂▸]*")
"""Lines, bars and blocks: nobody reads them."""


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """WCAG 2.2 contrast ratio of two colours."""

    def luminance(colour: tuple[int, int, int]) -> float:
        parts = [part / 255 for part in colour]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def named_in_our_code() -> tuple[set[str], set[str]]:
    """The theme's variables that our styles put text in, and those that they put under it."""
    texts: set[str] = set()
    grounds: set[str] = set()
    for file in Path(inspect_kit.tui.__file__).parent.rglob("*.py"):
        code = file.read_text(encoding="utf-8")
        grounds |= set(re.findall(r"(?<![\w-])background: \$([\w-]+)\s*[;}]", code))
        grounds |= set(re.findall(r"\bon \$([\w-]+)", code))
        code = re.sub(
            r"\bon \$[\w-]+|(?<![\w-])(background(-tint)?|border(-left|-right|-top|-bottom)?): [^;}]*", "", code
        )
        texts |= set(re.findall(r"\$([a-z][\w-]*)", code))
    return texts, grounds


def triplet(colour: str, ground: str) -> tuple[int, int, int]:
    return (Color.parse(ground) + Color.parse(colour)).rgb


@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_every_colour_that_our_code_names_for_text_is_readable_on_every_ground_it_names(theme: Theme) -> None:
    variables = theme.to_color_system().generate() | theme.variables
    texts, grounds = named_in_our_code()
    assert {"foreground", "quiet", "urgent", "met", "partly", "not-met"} <= texts
    assert {"background", "surface", "panel", "block-cursor-background"} <= grounds
    texts -= {"border-blurred", "block-cursor-text-style"}  # the navigator's rule; a style
    weak = {
        (text, ground): round(ratio, 2)
        for text in texts
        for ground in grounds
        if (ratio := contrast(triplet(variables[text], variables[ground]), triplet(variables[ground], "#000")))
        < NEEDED[theme.name]
    }
    assert not weak


def shown(app: InspectKit) -> Iterator[Segment]:
    """Everything that stands on the screen now, without what lies behind a form."""
    screen = app.screen
    if isinstance(screen, CommandPalette):
        regions = [screen.query_one("#--input").region, screen.query_one(CommandList).region]
    else:
        regions = [screen.query_one(Vertical).region if screen.is_modal else screen.region]
    for y, strip in enumerate(screen._compositor.render_strips()):
        for region in regions:
            if region.y <= y < region.bottom:
                yield from strip.crop(region.x, region.right)


def unreadable(app: InspectKit, depth: ColorSystem) -> set[tuple[str, str, str, float]]:
    needed = NEEDED[app.theme]

    def seen(colour: Shade | None) -> tuple[int, int, int]:
        assert colour is not None
        return tuple(colour.downgrade(depth).get_truecolor())

    weak = set()
    for text, style, _ in shown(app):
        if style is None or DRAWN.fullmatch(text):
            continue
        assert not style.dim, text
        ratio = contrast(seen(style.color), seen(style.bgcolor))
        if ratio < needed:
            weak.add((text.strip()[:30], str(style.color), str(style.bgcolor), round(ratio, 2)))
    return weak


async def every_screen(pilot: Pilot[None]) -> AsyncIterator[str]:
    """Walk through the screens with something of everything on them."""

    async def press(*keys: str) -> None:
        await pilot.press(*keys)
        await pilot.pause(0.2)

    await press()
    yield "inspecting"
    await press("1", "down", "2", "down", "3", "u", "down", "3", "h")
    await press("n", *"four of nine", "shift+left")
    yield "writing a note"
    await press("escape", "e", "right", "tab", *"W1")
    yield "evidence"
    await press("ctrl+s", "ctrl+s")
    yield "evidence that is refused"
    await press("escape", "up", "l")
    yield "guide"
    await press("l", "slash", *"tap")
    yield "search"
    await press("escape", "c")
    yield "review"
    await press("escape", "t")
    yield "interview, consent"
    await press("ctrl+s")
    yield "interview, questions"
    await press("enter", *"It is cold, says Mrs Kovac")
    yield "interview, answer"
    await press("escape", "c")
    yield "interview, consent changed"
    await press("escape", "escape", "ctrl+n", *"Door open")
    yield "quick note"
    await press("enter", "i")
    yield "inbox"
    await press("o", *"show")
    yield "inbox, another item"
    await press("escape", "escape", "r")
    yield "recommendation"
    await press(*"Mend it", "tab", *"The director", "ctrl+s", "4")
    yield "reason"
    await press("f1", "enter", "down", "0", "question_mark")
    yield "keys"
    await press("escape", "p")
    yield "plan, where"
    for step in ("held", "team", "scope"):
        await press("ctrl+s")
        yield f"plan, {step}"
    await press("space")
    yield "plan, a theme unticked"
    await press(*["escape"] * 5)
    await press("v")
    yield "summary"
    await press("tab")
    yield "recommendations"
    await press("s")
    yield "pocket sheet"
    await press("escape", "a")
    yield "account"
    await press("escape", "o")
    yield "report"
    await press("escape", "escape", "escape")
    yield "home"
    pilot.app.notify("Saved", title="A title")
    pilot.app.notify("Not saved", title="A title", severity="error")
    pilot.app.notify("Not yet", title="A title", severity="warning")
    await press("ctrl+p")
    yield "commands"
    await press(*"rep")
    yield "commands by name"


async def test_every_text_on_every_screen_is_readable_in_every_theme_and_in_256_colours(visited) -> None:
    path, visit = visited
    app = InspectKit(path, None, None, visit)
    weak: dict[tuple[str, str, str], set[tuple[str, str, str, float]]] = {}
    async with app.run_test(size=(130, 40)) as pilot:
        async for name in every_screen(pilot):
            for theme in COLOURED:
                app.theme = theme.name
                await pilot.pause()
                for depth in (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT):
                    if found := unreadable(app, depth):
                        weak[name, theme.name, depth.name] = found
    app.line.close()
    assert not weak, "\n".join(f"{where}: {sorted(what)}" for where, what in weak.items())


async def test_where_a_terminal_has_no_colours_no_screen_sends_any(visited) -> None:
    path, visit = visited
    app = InspectKit(path, None, None, visit, colours=False)
    coloured: dict[str, set[str]] = {}
    async with app.run_test(size=NARROW) as pilot:
        async for name in every_screen(pilot):
            for text, style, _ in shown(app):
                for colour in (style.color, style.bgcolor) if style else ():
                    if colour is not None and not colour.is_default:
                        coloured.setdefault(name, set()).add(f"{text.strip()} {colour}")
    app.line.close()
    assert not coloured


async def test_without_colours_reverse_tells_the_place_and_a_tick_what_is_chosen(visited) -> None:
    path, visit = visited
    app = InspectKit(path, None, None, visit, colours=False)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.2)
        here = [text for text, style, _ in shown(app) if style and style.reverse and "1 " in text]
        assert here
        await pilot.press("2", "left", "home")
        await pilot.pause(0.2)
        assert any("◐ partly" in text and style and style.reverse for text, style, _ in shown(app))
        await pilot.press("p", "ctrl+s", "ctrl+s", "ctrl+s")
        await pilot.pause(0.2)
        themes = app.screen.query_one(Themes)
        ticked = len(themes.selected)
        drawn = [themes.render_line(row).text for row in range(themes.option_count)]
        assert sum(line.startswith("[✓] ") for line in drawn) == ticked == 2
        assert sum(line.startswith("[ ] ") for line in drawn) == themes.option_count - 2
        themes.focus()
        await pilot.pause(0.1)
        assert in_reverse(themes) == [themes.highlighted]
        await pilot.press("f9")
        assert app.theme == "inspect-plain"
        await pilot.press("escape", "escape", "escape", "escape", "escape")
        await pilot.pause(0.2)
        assert isinstance(app.screen, Home)
        assert in_reverse(app.screen.query_one(Listing)) == [0]
    app.line.close()


def in_reverse(options: OptionList) -> list[int]:
    """The lines of a list whose words are all in reverse."""
    drawn = [[one for one in options.render_line(row) if one.text.strip()] for row in range(options.size.height)]
    return [row for row, words in enumerate(drawn) if words and all(one.style and one.style.reverse for one in words)]


async def test_f9_goes_through_the_colours_on_every_screen_and_they_are_there_the_next_time(app: InspectKit) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text("mouse = false  # over ssh\n")
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.2)
        seen = [app.theme]
        for keys in (["f9"], ["v", "f9"], ["escape", "e", "f9"]):
            await pilot.press(*keys)
            await pilot.pause(0.1)
            seen.append(app.theme)
        assert seen == ["inspect-dark", "inspect-light", "inspect-high-contrast", "inspect-dark"]
        await pilot.press("f9")
    assert settings_file().read_text() == 'mouse = false  # over ssh\ntheme = "light"\n'
    again = InspectKit(app.casebook, None, None, settings=read_settings()[0])
    async with again.run_test(size=NARROW):
        assert again.theme == "inspect-light"
    again.line.close()


async def test_colours_that_cannot_be_remembered_change_all_the_same_and_it_is_said(app: InspectKit) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text("theme = dark\n")
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.2)
        await pilot.press("f9")
        assert app.theme == "inspect-light"
        assert any("hold until you leave" in notice.message for notice in app._notifications)
    assert settings_file().read_text() == "theme = dark\n"


@pytest.mark.parametrize("writing", [False, True], ids=["at the list", "in the note"])
async def test_words_in_passing_are_two_at_most_and_cover_neither_the_keys_nor_the_note(
    app: InspectKit, writing: bool
) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause(0.4)
        if writing:
            await pilot.press("n")
        for number in range(4):
            app.notify(f"The disk does not answer, said {number} times. " * 3, severity="error", timeout=20)
        await pilot.pause(0.2)
        toasts = list(app.screen.query(Toast))
        assert ["said 2 times" in str(toast.render()) for toast in toasts] == [True, False]
        assert ["said 3 times" in str(toast.render()) for toast in toasts] == [False, True]
        free = [app.screen.query_one(KeysLine).region, app.screen.query_one(Head).region]
        free += [app.screen.query_one("#note").region] * writing
        assert not any(toast.region.overlaps(region) for toast in toasts for region in free)


def test_every_theme_that_can_be_set_is_one_of_ours() -> None:
    assert tuple(THEMES) == SETTABLE
    assert THEMES[Settings().theme].name == "inspect-dark"


@pytest.mark.parametrize(
    ("terminal", "enough"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, True),
        ({"TERM": "xterm"}, False),
        ({"TERM": "vt100"}, False),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, False),
    ],
    ids=str,
)
def test_the_screens_are_plain_where_colours_are_few_or_unwanted(
    terminal: dict[str, str], enough: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TERM", "COLORTERM", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in terminal.items():
        monkeypatch.setenv(name, value)
    assert enough_colours() is enough


def tmux(*arguments: str) -> str:
    """Speak to this worker's own server: another worker's test ends its own when it is done."""
    server = f"inspect-kit-{os.getpid()}"
    done = subprocess.run(["tmux", "-L", server, *arguments], capture_output=True, text=True, check=False)
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
    terminal("send-keys", "-t", "kit", "b", "n")
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


@pytest.mark.parametrize("environment", ["NO_COLOR=1", "-u COLORTERM TERM=xterm"])
def test_a_real_terminal_without_colours_or_with_eight_is_sent_none_and_can_be_worked_on(
    terminal, visited: tuple[Path, str], environment: str
) -> None:
    path, visit = visited
    start = (
        f"from inspect_kit.tui import run; from pathlib import Path; run(Path({str(path)!r}), None, None, {visit!r})"
    )
    program = path.with_name("program.py")
    program.write_text(start)
    command = f"env {environment} {sys.executable} {program}; sleep 60"
    terminal("new-session", "-d", "-s", "kit", "-x", "80", "-y", "24", "sh", "-c", command)
    wait_for("0 of")
    terminal("send-keys", "-t", "kit", "3")
    wait_for("not met ○")
    wait_for("saved")
    sent = terminal("capture-pane", "-e", "-p", "-t", "kit")
    codes = {code for found in re.findall(r"\x1b\[([\d;]*)m", sent) for code in found.split(";")}
    assert "7" in codes  # reverse
    assert codes <= {"", "0", "1", "7", "39", "49"}, codes

"""What somebody types survives leaving the screen, a crash, a closed window and a power cut."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot
from textual.widgets import Input, Static, TextArea

from inspect_kit.casebook import Casebook, Draft
from inspect_kit.errors import CasebookError
from inspect_kit.tui import drafts
from inspect_kit.tui.app import InspectKit
from inspect_kit.tui.drafts import PAUSE, Drafts
from inspect_kit.tui.screens.home import Home
from inspect_kit.tui.screens.inspect import Inspect
from inspect_kit.tui.screens.interview import BeginInterview, Interview
from inspect_kit.tui.screens.plan import Plan
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.lines import Head
from inspect_kit.work.desk import sign_in
from tests.cli.test_terminal import Terminal
from tests.tui.conftest import NARROW

Visited = tuple[Path, str]
TYPED = "Two women, apart: [/b] “no pad” ขอบคุณ 🙂"


# -- the way into the casebook, with a clock and a disk of our own


class Disk:
    """A casebook's thread that does a write when it is told to, and a clock that goes when it is told to."""

    def __init__(self) -> None:
        self.written: dict[str, dict[str, str]] = {}
        self.line: list[tuple[Future[Any], Callable[[Any], Any]]] = []
        self.now = 0.0
        self.timers: list[tuple[float, Callable[[], None]]] = []
        self.complaints: list[str] = []
        self.drafts = Drafts(self.do, self.complaints.append, self.later, lambda: lambda work: work())

    def do(self, work: Callable[[Any], Any]) -> "Future[Any]":
        future: Future[Any] = Future()
        self.line.append((future, work))
        return future

    def later(self, seconds: float, work: Callable[[], None]) -> Callable[[], None]:
        timer = (self.now + seconds, work)
        self.timers.append(timer)
        return lambda: self.timers.remove(timer)

    def wait(self, seconds: float) -> None:
        end = self.now + seconds
        while due := [timer for timer in self.timers if timer[0] <= end]:
            timer = min(due, key=lambda timer: timer[0])
            self.timers.remove(timer)
            self.now = timer[0]
            timer[1]()
        self.now = end

    def works(self, *, full: bool = False) -> None:
        if self.line:
            future, work = self.line.pop(0)
            if full:
                future.set_exception(CasebookError("The disk is full."))
            else:
                future.set_result(work(self))

    def keep_draft(self, key: str, values: dict[str, str]) -> str:
        self.written[key] = values
        return "stamp"

    def drop_draft(self, key: str) -> None:
        self.written.pop(key, None)


STEPS = st.lists(
    st.sampled_from(["types", "types", "waits a little", "waits", "disk works", "disk works", "disk full", "leaves"]),
    max_size=60,
)


@given(STEPS)
def test_whatever_the_disk_does_a_draft_never_goes_back_and_the_latest_text_arrives(steps: list[str]) -> None:
    disk = Disk()
    text, newest_written, typed_at = [0], 0, {0: 0.0}

    def read() -> dict[str, str]:
        return {"note": str(text[0])}

    for step in steps:
        if step == "types":
            disk.drafts.follow("note", read)
            text[0] += 1
            typed_at[text[0]] = disk.now
            disk.drafts.touch("note")
        elif step.startswith("waits"):
            disk.wait(0.4 if step == "waits a little" else 1.5)
        elif step == "leaves" and text[0]:
            disk.drafts.leave("note")
        elif step.startswith("disk"):
            disk.works(full=step == "disk full")
        written = int(disk.written.get("note", {"note": "0"})["note"])
        assert written >= newest_written
        newest_written = written
        assert len(disk.line) <= 1 + steps.count("leaves")
        if disk.drafts.since("note"):
            assert disk.written["note"] == disk.drafts["note"]
        if not disk.line and not disk.complaints and text[0]:
            assert all(number <= written for number, when in typed_at.items() if disk.now - when > PAUSE)
    disk.drafts.hand_over()
    while disk.line:
        disk.works()
    assert disk.written == ({"note": read()} if text[0] else {})


def test_one_write_a_second_is_all_that_typing_without_a_pause_asks_of_the_disk() -> None:
    disk = Disk()
    text = [""]
    disk.drafts.follow("note", lambda: {"note": text[0]})
    most = 0
    for number in range(200):
        text[0] += "x"
        disk.drafts.touch("note")
        disk.wait(0.1)
        most += len(disk.line)
        if number % 5 == 0:
            disk.works()
    assert most <= 20 * 5
    assert len(disk.written["note"]["note"]) >= 180


def test_a_disk_that_hangs_gets_one_write_and_then_the_newest_text() -> None:
    disk = Disk()
    text = [""]
    disk.drafts.follow("note", lambda: {"note": text[0]})
    for _ in range(100):
        text[0] += "x"
        disk.drafts.touch("note")
        disk.wait(0.5)
    assert len(disk.line) == 1
    disk.works()
    disk.works()
    assert disk.written == {"note": {"note": "x" * 100}}


def test_a_full_disk_is_told_once_and_tried_again_until_the_draft_is_put_by() -> None:
    disk = Disk()
    disk.drafts.follow("note", lambda: {"note": "precious"})
    disk.drafts.touch("note")
    for _ in range(5):
        disk.wait(4)
        disk.works(full=True)
    assert disk.complaints == ["The disk is full."]
    assert disk.drafts["note"] == {"note": "precious"}
    assert disk.drafts.since("note") == ""
    disk.wait(4)
    disk.works()
    assert disk.written == {"note": {"note": "precious"}}
    assert disk.drafts.since("note") == "stamp"


# -- on the screens

FORMS: dict[str, tuple[tuple[str, ...], str]] = {
    "note": (("n",), "note"),
    "evidence": (("e",), "what"),
    "recommendation": (("r",), "text"),
    "account": (("v", "a"), "overview"),
    "reason": (("4",), "reason"),
    "plan": (("p",), "purpose"),
    "quick note": (("ctrl+n",), "what"),
}
EVERY_FORM = pytest.mark.parametrize("form", FORMS)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pause so short that no test waits for it."""
    monkeypatch.setattr(drafts, "PAUSE", 0.02)


def put_by(visited: Visited) -> dict[str, Draft]:
    """What another program finds in the casebook now."""
    with Casebook.open(visited[0]) as casebook:
        sign_in(casebook, None, None)
        return casebook.drafts()


async def until(pilot: Pilot[None], true: Callable[[], object]) -> None:
    for _ in range(200):
        await pilot.pause(0.02)
        if true():
            return
    raise AssertionError("it did not happen")


async def opened(pilot: Pilot[None], form: str) -> Input | TextArea:
    """The field of a form, opened by its keys from the visit or, where we stand in it, there."""
    keys, name = FORMS[form]
    await until(pilot, lambda: isinstance(pilot.app.screen, Inspect) and not pilot.app.screen.has_class("writing"))
    for key in keys:
        before = pilot.app.screen
        await pilot.press(key)
        await until(pilot, lambda before=before: pilot.app.screen is not before or before.has_class("writing"))
    await until(pilot, lambda: pilot.app.screen.query(f"#{name}"))
    await pilot.pause()
    field = pilot.app.screen.query_one(f"#{name}")
    assert isinstance(field, Input | TextArea)
    return field


async def answering(pilot: Pilot[None], consent: str) -> TextArea:
    """Where her answer to the first question is written, in an interview that has just begun."""
    await until(pilot, lambda: isinstance(pilot.app.screen, Inspect))
    await pilot.press("t")
    await until(pilot, lambda: isinstance(pilot.app.screen, BeginInterview))
    await pilot.pause()
    pilot.app.screen.query_one("#person", Choice).value = "women"
    pilot.app.screen.query_one("#consent", Choice).value = consent
    await pilot.press("ctrl+s")
    await until(pilot, lambda: isinstance(pilot.app.screen, Interview))
    await pilot.press("enter")
    await until(pilot, lambda: pilot.app.screen.has_class("writing"))
    return pilot.app.screen.query_one("#answer", TextArea)


def write(field: Input | TextArea, text: str) -> None:
    if isinstance(field, TextArea):
        field.text = text
    else:
        field.value = text


def held(field: Input | TextArea) -> str:
    return field.text if isinstance(field, TextArea) else field.value


def told(app: InspectKit) -> str:
    line = app.screen.query_one("#draft", Static)
    return str(line.render()) if line.display else ""


def another(visited: Visited) -> InspectKit:
    return InspectKit(visited[0], None, None, visited[1])


@EVERY_FORM
@pytest.mark.usefixtures("quick")
async def test_what_is_typed_is_put_by_while_she_types_and_continued_after_a_crash(form: str, visited: Visited) -> None:
    app = another(visited)
    async with app.run_test(size=NARROW) as pilot:
        write(await opened(pilot, form), TYPED)
        await until(pilot, lambda: put_by(visited))
        (kept,) = put_by(visited).values()
        assert TYPED in kept.values.values()
    app.line.close()  # the program is gone; nobody left a form or kept anything
    again = another(visited)
    async with again.run_test(size=NARROW) as pilot:
        field = await opened(pilot, form)
        assert held(field) == TYPED
        assert "from " in told(again)
        assert "ctrl+t throws it away" in told(again)
    again.line.close()


@pytest.mark.usefixtures("quick")
async def test_an_answer_waits_as_evidence_with_her_code_and_consent_and_nobody_else_gets_the_code(
    visited: Visited,
) -> None:
    app = another(visited)
    async with app.run_test(size=NARROW) as pilot:
        write(await answering(pilot, "authority"), TYPED)
        await until(pilot, lambda: put_by(visited))
        assert isinstance(app.screen, Interview)
        item = app.screen.questions.item.id
    app.line.close()
    again = another(visited)
    async with again.run_test(size=NARROW) as pilot:
        await answering(pilot, "none")
        assert isinstance(again.screen, Interview)
        await pilot.press("x", "escape")
        await until(pilot, lambda: len(again.screen.query_one(Head).right.split("saved")) > 1)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(again.screen, Inspect))
        visit = again.screen
        await until(pilot, lambda: visit.list.item.id == item or visit.list.action_move(1))
        assert "answer from" in str(visit.query_one("#words", Static).render())
        field = await opened(pilot, "evidence")
        assert held(field) == TYPED
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not put_by(visited))
    again.line.close()
    with Casebook.open(visited[0]) as casebook:
        findings = casebook.visit(visited[1]).findings.values()
    sources = {source.interviewee: source for finding in findings for source in finding.evidence}
    assert {code: (source.note, source.consent.value) for code, source in sources.items()} == {
        "W1": (TYPED, "authority"),
        "W2": ("x", "none"),
    }


@EVERY_FORM
@pytest.mark.usefixtures("quick")
async def test_keeping_a_form_ends_its_draft_and_the_next_one_is_empty(form: str, visited: Visited) -> None:
    app = another(visited)
    async with app.run_test(size=NARROW) as pilot:
        field = await opened(pilot, form)
        write(field, TYPED)
        if form == "recommendation":
            app.screen.query_one("#addressee", Input).value = "Director"
        await until(pilot, lambda: put_by(visited))
        for _ in range(4 if isinstance(app.screen, Plan) else 1):
            await pilot.press("ctrl+s")
            await pilot.pause(0.1)
        await until(pilot, lambda: not put_by(visited))
        assert not app.drafts
    app.line.close()
    with Casebook.open(visited[0]) as casebook:
        visit = casebook.visit(visited[1])
        jottings = casebook.jottings(visited[1])
    findings = list(visit.findings.values())
    said = {
        "note": [finding.narrative for finding in findings],
        "evidence": [source.note for finding in findings for source in finding.evidence],
        "recommendation": [wanted.text for wanted in visit.recommendations],
        "account": [visit.account.overview],
        "reason": [finding.reason for finding in findings],
        "plan": [visit.plan.purpose],
        "quick note": [jotting.text for jotting in jottings],
    }
    assert said[form] == [TYPED]


@pytest.mark.parametrize("form", [form for form in FORMS if form != "note"])
async def test_escape_keeps_the_draft_at_once_and_opening_the_form_again_shows_it(form: str, visited: Visited) -> None:
    app = another(visited)
    async with app.run_test(size=NARROW) as pilot:
        write(await opened(pilot, form), TYPED)
        await pilot.press("escape")
        await until(pilot, lambda: put_by(visited))
        if form == "account":
            await pilot.press("escape")
        assert held(await opened(pilot, form)) == TYPED
    app.line.close()


@EVERY_FORM
@pytest.mark.usefixtures("quick")
async def test_a_draft_is_thrown_away_by_the_same_key_twice_and_not_by_once(form: str, visited: Visited) -> None:
    app = another(visited)
    async with app.run_test(size=NARROW) as pilot:
        field = await opened(pilot, form)
        at_first = held(field)
        write(field, TYPED)
        await until(pilot, lambda: put_by(visited))
        await pilot.press("ctrl+t")
        assert held(field) == TYPED
        assert "once more" in told(app)
        await pilot.press("ctrl+t")
        assert held(field) == at_first
        await until(pilot, lambda: not put_by(visited))
    app.line.close()


async def test_a_form_that_was_only_looked_at_leaves_no_draft(visited: Visited) -> None:
    app = another(visited)
    async with app.run_test(size=NARROW) as pilot:
        for form in ("evidence", "recommendation", "reason", "plan", "note", "quick note"):
            await opened(pilot, form)
            await pilot.press("escape")
            await pilot.pause(0.05)
        await opened(pilot, "evidence")
        await pilot.press("right", "escape")
        await pilot.pause(0.05)
        assert not app.drafts
    app.line.close()
    assert put_by(visited) == {}


@pytest.mark.usefixtures("quick")
async def test_a_note_that_could_not_be_kept_is_still_a_draft(
    visited: Visited, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise CasebookError("The casebook: the disk is full; nothing was saved by this act.")

    monkeypatch.setattr(Casebook, "judge", refuse)
    app = another(visited)
    async with app.run_test(size=NARROW) as pilot:
        write(await opened(pilot, "note"), TYPED)
        await pilot.press("escape")
        await until(pilot, lambda: put_by(visited))
        assert app.screen.has_class("writing")
    app.line.close()
    assert [dict(draft.values) for draft in put_by(visited).values()] == [{"note": TYPED}]


async def test_home_and_the_item_say_what_is_not_kept_yet(visited: Visited) -> None:
    app = another(visited)
    async with app.run_test(size=NARROW) as pilot:
        write(await opened(pilot, "evidence"), TYPED)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Inspect))
        item = app.screen.item.id
        await pilot.pause()
        assert "e goes on" in str(app.screen.query_one("#words", Static).render())
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Home))
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, Plan))
        app.screen.query_one("#name", Input).value = "Example-South"
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Home) and app.screen.query_one("#drafts").display)
        await until(pilot, lambda: "2 drafts" in str(app.screen.query_one("#drafts", Static).render()))
        said = str(app.screen.query_one("#drafts", Static).render())
        assert f"evidence on {item} (Prison Example-West [/b], 3–4 Nov 2026)" in said
        assert "plan (a new visit)" in said
    app.line.close()


# -- in a real terminal


def at_the_note(visited: Visited) -> Terminal:
    """The program on a terminal of its own, with a note begun."""
    terminal = Terminal("--casebook", str(visited[0]))
    terminal.wait_for("Example-West")
    time.sleep(0.5)
    terminal.type("\r")
    terminal.wait_for("not met")
    time.sleep(0.5)
    terminal.type("n")
    terminal.wait_for("as it shall stand")
    return terminal


def sigterm(terminal: Terminal) -> None:
    os.kill(terminal.pid, signal.SIGTERM)
    assert terminal.ends() == 0
    assert "\x1b[?1049l" in terminal.said  # the terminal is as it was
    assert "Traceback" not in terminal.said


def closed_window(terminal: Terminal) -> None:
    os.close(terminal.handle)
    os.waitpid(terminal.pid, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_the_program_ends_although_nobody_takes_what_it_still_draws(app: InspectKit) -> None:
    made = app.get_driver_class()
    driver = made.__new__(made)
    ended = threading.Thread(target=int)
    ended.start()
    ended.join()
    driver._writer_thread = ended  # as after the first byte that a closed window does not take
    for _ in range(100):
        driver.write("drawn")
    driver.close()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_note_typed_two_seconds_ago_survives_kill_9(visited: Visited) -> None:
    terminal = at_the_note(visited)
    terminal.type("hatch open since JuneΩ")
    terminal.wait_for("Ω")
    time.sleep(2)
    os.kill(terminal.pid, signal.SIGKILL)
    assert terminal.ends() == -signal.SIGKILL
    (draft,) = put_by(visited).values()
    assert draft.values == {"note": "hatch open since JuneΩ"}


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("end", [sigterm, closed_window])
def test_the_last_letter_of_a_note_survives_sigterm_and_a_closed_window(
    visited: Visited, end: Callable[[Terminal], None]
) -> None:
    terminal = at_the_note(visited)
    terminal.type("hatch open since JuneΩ")
    terminal.wait_for("Ω")
    end(terminal)
    (draft,) = put_by(visited).values()
    assert draft.values == {"note": "hatch open since JuneΩ"}
    with Casebook.open(visited[0]) as casebook:
        assert not casebook.visit(visited[1]).findings  # half a sentence is no judgement

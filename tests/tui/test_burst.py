"""Keys that arrive all at once, as over a slow line, do what they do one after another."""

from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input, Static, TextArea

from inspect_kit.casebook import Casebook
from inspect_kit.model import Assessment, EvidenceKind
from inspect_kit.tui.app import InspectKit
from inspect_kit.tui.burst import _EscapeAndLetter
from inspect_kit.tui.screens.evidence import EvidenceForm
from inspect_kit.tui.screens.inspect import Inspect
from inspect_kit.tui.screens.plan import Plan
from tests.tui.conftest import NARROW

Visited = tuple[Path, str]


def arrive(app: InspectKit, typed: str) -> None:
    """Let keys arrive in one read, as the terminal sends them."""
    parser = _EscapeAndLetter()
    for event in (*parser.feed(typed), *parser.feed("")):
        event.set_sender(app)
        app.post_message(event)


async def settled(pilot: Pilot[None]) -> None:
    """Until every key has had its turn."""
    app = pilot.app
    assert isinstance(app, InspectKit)
    while app._waiting or app._under_way or not app._message_queue.empty():
        await pilot.pause()


async def test_an_item_is_recorded_by_keys_that_arrive_together(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        arrive(app, "nThree keys: 3 b e\x1be" + "\x1b[C" * 4 + "\rregister of May\x13" + "3nnext item\x1b2")
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, Inspect)
        items = [item.id for item in screen.visit.checklist.items if item.applies]
    with Casebook.open(visited[0]) as casebook:
        findings = casebook.visit(visited[1]).findings
    first, second = (findings[item] for item in items[:2])
    assert (first.assessment, first.narrative) == (Assessment.NOT_MET, "Three keys: 3 b e")
    assert (second.assessment, second.narrative) == (Assessment.PARTLY_MET, "next item")
    (source,) = first.evidence
    assert (source.kind, source.note) == (EvidenceKind.DOCUMENT, "register of May")
    assert len(findings) == 2


async def test_what_follows_enter_at_once_is_typed_into_the_next_field(app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        arrive(app, "\x1bnNorth\rHillside\r\x13")
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, Plan)
        assert [screen.query_one(field, Input).value for field in ("#name", "#place")] == ["North", "Hillside"]


async def test_what_comes_behind_a_refused_keep_is_not_typed_into_the_field(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        arrive(app, "e\x133nnext item")  # evidence without a word is refused
        await settled(pilot)
        form = app.screen
        assert isinstance(form, EvidenceForm)
        assert not form.unkept()
        said = str(form.query_one("#problem", Static).render())
        assert "The evidence is empty" in said
        assert said.endswith("11 keys that came after it were not taken.")
    with Casebook.open(visited[0]) as casebook:
        assert casebook.visit(visited[1]).findings == {}


async def test_joiners_that_no_one_sees_are_kept_in_what_is_typed(app: InspectKit) -> None:
    note = "می‌خواهد 👩🏽‍⚕️ 12 beds"
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        arrive(app, f"n{note}")
        await settled(pilot)
        assert app.screen.query_one("#note", TextArea).text == note


@pytest.mark.parametrize("key", ["3", "n", "enter", "ctrl+s", "/"])
def test_escape_and_a_key_right_behind_it_are_two_keys(key: str) -> None:
    sent = {"enter": "\r", "ctrl+s": "\x13"}.get(key, key)
    read = [event.key for event in _EscapeAndLetter().feed(f"\x1b{sent}") if isinstance(event, Key)]
    assert read == ["escape", {"/": "slash"}.get(key, key)]


def test_arrows_and_function_keys_are_still_one_key() -> None:
    read = [event.key for event in _EscapeAndLetter().feed("\x1b[C\x1bOP\x1b[1;5D") if isinstance(event, Key)]
    assert read == ["right", "f1", "ctrl+left"]

"""Capture now, sort later: quick notes from anywhere, and the inbox that sorts them with one key each."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static, TextArea

from inspect_kit.casebook import Casebook
from inspect_kit.errors import CasebookError
from inspect_kit.model import EvidenceKind, VisitRecord
from inspect_kit.tui.app import InspectKit
from inspect_kit.tui.screens.evidence import EvidenceForm
from inspect_kit.tui.screens.home import Home
from inspect_kit.tui.screens.inbox import _LOOK, Inbox, ItemFinder
from inspect_kit.tui.screens.inspect import Inspect
from inspect_kit.tui.screens.jot import Jot
from inspect_kit.tui.widgets.lines import Head
from tests.tui.conftest import NARROW, WIDE

Visited = tuple[Path, str]


def recorded(visited: Visited) -> VisitRecord:
    with Casebook.open(visited[0]) as casebook:
        return casebook.visit(visited[1])


async def settle(pilot: Pilot[None]) -> None:
    """Let the casebook answer, and the screens show it."""
    for _ in range(3):
        await pilot.app.ask(lambda _: None)  # type: ignore[attr-defined]
        await pilot.pause()


async def begin(pilot: Pilot[None], *notes: str, place: str = "washrooms") -> None:
    """Wait for the first screen; some quick notes wait already."""
    await pilot.pause(0.4)
    app = pilot.app
    assert isinstance(app, InspectKit)
    visit = app.screen.visit.id if isinstance(app.screen, Inspect) else ""
    for note in notes:
        await app.ask(lambda casebook, note=note: casebook.jot(visit, note, place, "4 Nov, 10:40"))


def shown(app: InspectKit, place: str) -> str:
    return str(app.screen.query_one(place, Static).render())


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_quick_note_is_one_key_a_line_and_enter(
    app: InspectKit, visited: Visited, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await begin(pilot)
        await pilot.press("ctrl+n", *"3 taps dry", "enter")
        await settle(pilot)
        assert isinstance(app.screen, Inspect)
        assert "1 quick note · saved" in app.screen.query_one(Head).right
        assert app.screen.findings == {}
    (note,) = recorded(visited).jottings
    assert note.text == "3 taps dry"
    assert len(note.when) == len("2026-11-04 10:40")


async def test_letters_that_follow_the_key_at_once_never_reach_the_screen_below(
    app: InspectKit, visited: Visited
) -> None:
    from textual.events import Key

    async with app.run_test(size=NARROW) as pilot:
        await begin(pilot)
        for key in ("ctrl+n", *"312u", "enter"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await settle(pilot)
        await pilot.pause(0.2)
    assert [note.text for note in recorded(visited).jottings] == ["312u"]
    assert recorded(visited).findings == {}


async def test_the_place_is_that_of_the_note_before(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await begin(pilot)
        await pilot.press("ctrl+n", *"one", "tab", *"yard", "enter")
        await settle(pilot)
        await pilot.press("ctrl+n", *"two")
        assert app.screen.query_one("#place", Input).value == "yard"
        await pilot.press("enter")
        await settle(pilot)
    assert [note.place for note in recorded(visited).jottings] == ["yard", "yard"]


async def test_enter_keeps_it_once_from_whichever_line(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await begin(pilot)
        for tabs in range(3):
            await pilot.press("ctrl+n", *"seen", *["tab"] * tabs, "enter")
            await settle(pilot)
            assert isinstance(app.screen, Inspect)
    assert [note.text for note in recorded(visited).jottings] == ["seen"] * 3


async def test_a_note_that_is_being_written_below_is_not_disturbed(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await begin(pilot)
        await pilot.press("n", *"half a", "ctrl+n", *"aside", "enter")
        await settle(pilot)
        await pilot.press(*" thought", "escape")
        await settle(pilot)
        item = app.screen.item.id
    record = recorded(visited)
    assert record.findings[item].narrative == "half a thought"
    assert [note.text for note in record.jottings] == ["aside"]


async def test_it_works_over_a_form_too_and_the_form_is_as_it_was(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await begin(pilot)
        await pilot.press("e")
        await pilot.pause()
        app.screen.query_one("#what", TextArea).text = "hatch"
        await pilot.press("ctrl+n", *"aside", "enter")
        await settle(pilot)
        assert isinstance(app.screen, EvidenceForm)
        assert app.screen.query_one("#what", TextArea).text == "hatch"
    assert [note.text for note in recorded(visited).jottings] == ["aside"]


async def test_what_was_typed_and_left_with_escape_is_there_again(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await begin(pilot)
        await pilot.press("ctrl+n", *"half", "escape")
        await settle(pilot)
        assert isinstance(app.screen, Inspect)
        assert recorded(visited).jottings == ()
        await pilot.press("ctrl+n")
        await settle(pilot)
        assert app.screen.query_one("#what", TextArea).text == "half"
        await pilot.press(*" done", "enter")
        await settle(pilot)
    assert [note.text for note in recorded(visited).jottings] == ["half done"]


async def test_leaving_the_program_in_the_middle_of_a_quick_note_keeps_it(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await begin(pilot)
        await pilot.press("ctrl+n", *"half", "ctrl+q")
        await pilot.pause(0.3)
    assert [note.text for note in recorded(visited).jottings] == ["half"]


async def test_an_empty_quick_note_is_told_and_nothing_is_kept(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await begin(pilot)
        await pilot.press("ctrl+n", "enter")
        await settle(pilot)
        assert isinstance(app.screen, Jot)
        assert "is empty" in shown(app, "#problem")
    assert recorded(visited).jottings == ()


async def test_when_the_disk_is_full_the_quick_note_stays_on_the_screen(
    app: InspectKit, visited: Visited, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise CasebookError("The disk is full; nothing was saved by this act.")

    async with app.run_test(size=NARROW) as pilot:
        await begin(pilot)
        await pilot.press("ctrl+n", *"precious")
        with monkeypatch.context() as broken:
            broken.setattr(Casebook, "jot", full)
            await pilot.press("enter")
            await settle(pilot)
        assert isinstance(app.screen, Jot)
        assert "disk is full" in shown(app, "#problem")
        assert app.screen.query_one("#what", TextArea).text == "precious"
        await pilot.press("enter")
        await settle(pilot)
    assert [note.text for note in recorded(visited).jottings] == ["precious"]


async def test_a_pasted_note_of_several_lines_with_brackets_is_kept_to_the_letter(
    app: InspectKit, visited: Visited
) -> None:
    from textual.events import Paste

    text = "one [/b]\n\ttwo ขอบคุณ"
    async with app.run_test(size=NARROW) as pilot:
        await begin(pilot)
        await pilot.press("ctrl+n")
        app.post_message(Paste(text))
        await pilot.pause()
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("i")
        await settle(pilot)
        assert "one [/b]" in shown(app, "#note")
    assert [note.text for note in recorded(visited).jottings] == [text]


async def test_without_a_visit_the_key_says_so_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "empty.casebook"
    Casebook.create(path).close()
    app = InspectKit(path, None, None)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert isinstance(app.screen, Home)
        assert [note.message for note in app._notifications] == [
            "A quick note belongs to a visit: choose or plan one first."
        ]
    app.line.close()


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_one_key_files_a_quick_note_under_a_likely_item_with_its_place_and_time(
    app: InspectKit, visited: Visited, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await begin(pilot, "shower rusty, no curtain, cold water", "strip search room has a window to the yard")
        await pilot.press("i")
        await settle(pilot)
        assert isinstance(app.screen, Inbox)
        first = app.screen._likely[0]
        assert first.id == "hygiene.showers"
        assert first.short in shown(app, "#likely")
        await pilot.press("1")
        await settle(pilot)
        assert "Filed as observation under “Warm, private showers”" in shown(app, "#said")
        assert app.screen.query_one(Head).right == "1 to sort · saved"
        assert "strip search room" in shown(app, "#note")
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, Inspect)
        assert "1 quick note" in app.screen.query_one(Head).right
        assert "hygiene.showers" in app.screen.findings
    (source,) = recorded(visited).findings["hygiene.showers"].evidence
    assert (source.kind, source.place, source.when) == (EvidenceKind.OBSERVATION, "washrooms", "4 Nov, 10:40")


async def test_the_kind_is_a_key_away_and_begins_with_observation_for_each_note(
    app: InspectKit, visited: Visited
) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await begin(pilot, "shower cold, she says", "shower rusty")
        await pilot.press("i")
        await settle(pilot)
        await pilot.press("k")
        await pilot.pause()
        assert "No consent yet" in shown(app, "#told")
        await pilot.press("1")
        await settle(pilot)
        assert "No consent yet" not in shown(app, "#likely")
        await pilot.pause(_LOOK)
        await pilot.press("1")
        await settle(pilot)
        assert "nothing" in app.screen.classes
    sources = [source for finding in recorded(visited).findings.values() for source in finding.evidence]
    assert {(source.note, source.kind) for source in sources} == {
        ("shower cold, she says", EvidenceKind.INTERVIEW),
        ("shower rusty", EvidenceKind.OBSERVATION),
    }


async def test_a_digit_that_is_pressed_twice_files_one_note_and_says_so(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await begin(pilot, "shower cold", "shower rusty", "shower dirty")
        await pilot.press("i")
        await settle(pilot)
        await pilot.press("1", "1")
        await settle(pilot)
        assert "next quick note already" in shown(app, "#said")
        assert app.screen.query_one(Head).right == "2 to sort · saved"
        await pilot.press("down", "1")  # she has looked on, so this one is meant
        await settle(pilot)
        assert app.screen.query_one(Head).right == "1 to sort · saved"
    assert [note.text for note in recorded(visited).jottings] == ["shower rusty"]


async def test_any_item_can_be_named_by_a_part_of_its_name(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await begin(pilot, "zzz")
        await pilot.press("i")
        await settle(pilot)
        assert "No item has words of this note" in shown(app, "#told")
        await pilot.press("1")  # there is no first item
        await pilot.press("o")
        await pilot.pause()
        assert isinstance(app.screen, ItemFinder)
        await pilot.press(*"regist", "down", "up", "enter")
        await settle(pilot)
        assert isinstance(app.screen, Inbox)
    assert [source.note for source in recorded(visited).findings["searches.register"].evidence] == ["zzz"]


async def test_enter_right_after_the_letters_takes_the_item_that_they_name(app: InspectKit, visited: Visited) -> None:
    from textual.events import Key

    async with app.run_test(size=NARROW) as pilot:
        await begin(pilot, "zzz")
        await pilot.press("i")
        await settle(pilot)
        await pilot.press("o")
        await pilot.pause()
        for key in (*"register", "enter"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await settle(pilot)
    assert list(recorded(visited).findings) == ["searches.register"]


async def test_looking_for_an_item_and_going_back_files_nothing(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await begin(pilot, "zzz")
        await pilot.press("i")
        await settle(pilot)
        await pilot.press("slash", *"qqqq", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ItemFinder)
        await pilot.press("escape")
        await settle(pilot)
    record = recorded(visited)
    assert len(record.jottings) == 1
    assert record.findings == {}


async def test_discarding_asks_first_and_can_be_taken_back(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await begin(pilot, "one", "two")
        await pilot.press("i")
        await settle(pilot)
        await pilot.press("x")
        await settle(pilot)
        assert "x once more discards it" in shown(app, "#said")
        await pilot.press("k", "x")  # another key keeps it, and the question comes anew
        await settle(pilot)
        assert len(recorded(visited).jottings) == 2
        await pilot.press("escape", "x")
        await settle(pilot)
        assert isinstance(app.screen, Inbox)
        assert len(recorded(visited).jottings) == 2
        await pilot.press("x")
        await settle(pilot)
        assert [note.text for note in recorded(visited).jottings] == ["two"]
        await pilot.press("u")
        await settle(pilot)
        assert "one" in shown(app, "#note")
    assert [note.text for note in recorded(visited).jottings] == ["one", "two"]


async def test_a_wrong_key_is_taken_back_and_the_note_waits_again(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await begin(pilot, "shower rusty", "two")
        await pilot.press("i")
        await settle(pilot)
        await pilot.press("3", "u")
        await settle(pilot)
        assert "Taken back" in shown(app, "#said")
        assert "shower rusty" in shown(app, "#note")
    record = recorded(visited)
    assert [note.text for note in record.jottings] == ["shower rusty", "two"]
    assert record.findings == {}


async def test_a_note_that_was_sorted_meanwhile_is_told_and_filed_once(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await begin(pilot, "shower rusty")
        await pilot.press("i")
        await settle(pilot)
        note = app.screen.visit.jottings[0].id
        await app.ask(lambda casebook: casebook.discard_jotting(visited[1], note))
        await pilot.press("1")
        await settle(pilot)
        assert app.screen.query_one(Head).right == "NOT saved"
    assert recorded(visited).findings == {}


async def test_a_quick_note_written_over_the_inbox_joins_it(app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await begin(pilot)
        await pilot.press("i")
        await settle(pilot)
        assert "nothing" in app.screen.classes
        await pilot.press("ctrl+n", *"shower cold", "enter")
        await settle(pilot)
        assert isinstance(app.screen, Inbox)
        assert app.screen.query_one("#notes", OptionList).option_count == 1
        assert "shower cold" in shown(app, "#note")


async def test_home_tells_how_many_wait_and_leads_to_the_inbox(visited: Visited) -> None:
    with Casebook.open(visited[0]) as casebook:
        from inspect_kit.work.desk import sign_in

        sign_in(casebook, None, None, "")
        casebook.jot(visited[1], "shower rusty")
    app = InspectKit(visited[0], None, None)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        assert app.screen.query_one(Head).right.startswith("1 quick note to sort · ")
        await pilot.press("i")
        await settle(pilot)
        assert isinstance(app.screen, Inbox)
        await pilot.press("1", "escape")
        await settle(pilot)
        assert "quick note" not in app.screen.query_one(Head).right
        await pilot.press("ctrl+n")
        await settle(pilot)
        assert isinstance(app.screen, Jot)
        assert "Prison Example-West [/b]" in " ".join(str(part.render()) for part in app.screen.query(Static))
    app.line.close()

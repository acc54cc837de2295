"""Recording an inspection by keys."""

from pathlib import Path
from time import monotonic

import pytest
from textual.widgets import Input, Static, TextArea

from inspect_kit.casebook import Casebook
from inspect_kit.errors import CasebookError
from inspect_kit.model import Assessment, Consent, EvidenceKind, Priority
from inspect_kit.tui.app import InspectKit
from inspect_kit.tui.screens.evidence import EvidenceForm
from inspect_kit.tui.screens.help import Help
from inspect_kit.tui.screens.inspect import _REST, Inspect
from inspect_kit.tui.screens.summary import Summary
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.lines import Head
from tests.tui.conftest import NARROW, WIDE

Visited = tuple[Path, str]


def recorded(visited: Visited):
    with Casebook.open(visited[0]) as casebook:
        return casebook.visit(visited[1])


async def test_each_of_the_five_keys_judges_and_moves_on_to_the_next_open_item(
    app: InspectKit, visited: Visited
) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        screen = app.screen
        assert isinstance(screen, Inspect)
        items = [item.id for item in screen.visit.checklist.items if item.applies]
        for key in "123":
            await pilot.press(key)
            await pilot.pause()
        for key in "45":
            await pilot.press(key)
            await pilot.pause()
            await pilot.press(*"because", "enter")
            await pilot.pause()
        await pilot.pause(0.2)
        assert screen.item.id == items[5]
        assert screen.query_one(Head).right.startswith(f"5 of {len(items)}")
    findings = recorded(visited).findings
    assert [findings[item].assessment for item in items[:5]] == list(Assessment)
    assert [findings[item].reason for item in items[:5]] == ["", "", "", "because", "because"]


async def test_a_note_is_kept_to_the_letter_when_she_leaves_it(app: InspectKit, visited: Visited) -> None:
    note = "Two women, apart: [/b] “no pad” — ขอบคุณ مرحبا 🙂\n\tsecond line & <i>"
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("3", "b", "n")
        await pilot.pause()
        app.screen.query_one("#note", TextArea).text = note
        await pilot.press("escape")
        await pilot.pause(0.2)
        assert "writing" not in app.screen.classes
        item = app.screen.item.id
        assert "[/b]" in str(app.screen.query_one("#words").render())
    finding = recorded(visited).findings[item]
    assert finding.narrative == note
    assert finding.assessment is Assessment.NOT_MET


async def test_judging_again_keeps_the_note(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("n", *"seen", "escape")
        await pilot.pause(0.2)
        item = app.screen.item.id
        await pilot.press("2", "b", "1")
        await pilot.pause(0.2)
    finding = recorded(visited).findings[item]
    assert (finding.assessment, finding.narrative) == (Assessment.MET, "seen")


async def test_urgent_is_one_key_on_and_off(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("u")
        await pilot.pause(0.1)
        assert "1 urgent" in app.screen.query_one(Head).right
        item = app.screen.item.id
        await pilot.press("u", "h")
        await pilot.pause(0.1)
    assert recorded(visited).findings[item].priority is Priority.HIGH


async def test_an_interview_gets_the_next_code_and_no_consent_unless_it_was_given(
    app: InspectKit, visited: Visited
) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        for what in ("first", "second"):
            await pilot.press("e")
            await pilot.pause()
            assert isinstance(app.screen, EvidenceForm)
            await pilot.press("right")
            app.screen.query_one("#what", TextArea).text = what
            if what == "second":
                app.screen.query_one("#consent", Choice).value = "public"
            await pilot.press("ctrl+s")
            await pilot.pause(0.2)
        item = app.screen.item.id
    first, second = recorded(visited).findings[item].evidence
    assert (first.kind, first.note, first.interviewee) == (EvidenceKind.INTERVIEW, "first", "W1")
    assert first.consent is Consent.NONE
    assert (second.interviewee, second.consent) == ("W2", Consent.PUBLIC)


async def test_a_missing_file_is_told_in_the_form_and_nothing_typed_is_lost(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("e")
        await pilot.pause()
        app.screen.query_one("#what", TextArea).text = "hatch open"
        app.screen.query_one("#file", Input).value = "/nowhere/photo.jpg"
        await pilot.press("ctrl+s")
        await pilot.pause(0.2)
        assert isinstance(app.screen, EvidenceForm)
        assert "is not there" in str(app.screen.query_one("#problem").render())
        await pilot.press("escape")
        await pilot.pause(0.1)
        await pilot.press("e")
        await pilot.pause(0.1)
        assert app.screen.query_one("#what", TextArea).text == "hatch open"
    assert not recorded(visited).findings


async def test_when_the_disk_is_full_the_note_stays_on_the_screen_and_is_not_called_saved(
    app: InspectKit, visited: Visited, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise CasebookError("The casebook: the disk is full; nothing was saved by this act.")

    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("n", *"precious")
        with monkeypatch.context() as broken:
            broken.setattr(Casebook, "judge", full)
            await pilot.press("escape")
            await pilot.pause(0.2)
            assert app.screen.query_one("#note", TextArea).text == "precious"
            assert "writing" in app.screen.classes
            assert "NOT saved" in app.screen.query_one(Head).right
        await pilot.press("escape")
        await pilot.pause(0.2)
        item = app.screen.item.id
    assert recorded(visited).findings[item].narrative == "precious"


async def test_a_recommendation_asks_for_whom_and_understands_a_day_as_people_type_it(
    app: InspectKit, visited: Visited
) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        item = app.screen.item.id
        await pilot.press("3", "b", "r")
        await pilot.pause()
        app.screen.query_one("#text", TextArea).text = "Mend the pump."
        await pilot.press("ctrl+s")
        await pilot.pause(0.1)
        assert "addressee is missing" in str(app.screen.query_one("#problem").render())
        app.screen.query_one("#addressee", Input).value = "Director"
        app.screen.query_one("#due", Input).value = "31 Jan 2027"
        await pilot.press("ctrl+s")
        await pilot.pause(0.2)
    (asked,) = recorded(visited).recommendations
    assert (asked.text, asked.addressee, asked.due, asked.findings) == (
        "Mend the pump.",
        "Director",
        "2027-01-31",
        (item,),
    )


async def test_what_somebody_else_judged_meanwhile_is_not_overwritten_but_stands_beside(
    app: InspectKit, visited: Visited
) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        item = app.screen.item.id
        await app.ask(lambda casebook: casebook.judge(visited[1], item, Assessment.MET, narrative="hers"))
        await pilot.press("3")
        await pilot.pause(0.2)
        assert "different views" in str(app.screen.query_one("#words").render())
    conflict = recorded(visited).findings[item].conflict
    assert conflict is not None
    assert {side.value["assessment"] for side in conflict.sides} == {"met", "not-met"}


async def test_the_guide_is_one_key_away_on_a_small_screen_and_always_there_on_a_wide_one(app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        item = app.screen.item
        assert item.records[0] not in str(app.screen.query_one("#words").render())
        await pilot.press("l")
        assert item.records[0] in str(app.screen.query_one("#words").render())
        assert not app.screen.query_one("#beside").display
        await pilot.resize_terminal(*WIDE)
        await pilot.pause(0.1)
        assert app.screen.query_one("#beside").display
        assert item.records[0] in str(app.screen.query_one("#guide").render())


async def test_help_names_the_keys_of_the_screen_and_escape_leads_back(app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, Help)
        shown = " ".join(str(part.render()) for part in app.screen.query("Static"))
        assert "next open item" in shown
        assert "not verified" in shown
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, Inspect)


async def test_the_summary_shows_ratings_and_takes_the_account(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("3", "b", "u", "v")
        await pilot.pause(0.2)
        assert isinstance(app.screen, Summary)
        assert "too little seen" in str(app.screen.query_one("#themes").render())
        assert "▲" in str(app.screen.query_one("#concerns").render())
        await pilot.press("a")
        await pilot.pause()
        app.screen.query_one("#overview", TextArea).text = "A quiet day."
        await pilot.press("ctrl+s")
        await pilot.pause(0.2)
        assert "A quiet day." in str(app.screen.query_one("#account").render())
    assert recorded(visited).account.overview == "A quiet day."


async def test_the_report_is_written_signed_and_verified_from_the_screen(
    app: InspectKit, visited: Visited, tmp_path: Path
) -> None:
    out = tmp_path / "report.pdf"
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("1", "v")
        await pilot.pause(0.2)
        await pilot.press("o")
        await pilot.pause(0.2)
        app.screen.query_one("#file", Input).value = str(out)
        await pilot.press("ctrl+s")
        for _ in range(100):
            await pilot.pause(0.1)
            if "verified" in str(app.screen.query_one("#result").render()):
                break
        shown = str(app.screen.query_one("#result").render())
        assert "written, signed and verified" in shown
        assert "Ada Example-Inspector" in shown
        written = out.read_bytes()
        await pilot.press("ctrl+s")
        await pilot.pause(0.3)
        assert "never written over" in str(app.screen.query_one("#problem").render())
    assert out.read_bytes() == written


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_every_palette_entry_is_a_sentence_a_person_can_choose(app: InspectKit, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.4)
        names = [command.title for command in app.get_system_commands(app.screen)]
        assert "Write the note" in names
        assert len(names) == len(set(names))


async def test_leaving_in_the_middle_of_a_note_keeps_it(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        item = app.screen.item.id
        await pilot.press("n", *"half a thought", "ctrl+q")
        await pilot.pause(0.3)
    assert recorded(visited).findings[item].narrative == "half a thought"


async def test_leaving_with_evidence_half_typed_asks_once_and_keeps_the_text(app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("e", "tab", *"hatch", "ctrl+q")
        await pilot.pause(0.2)
        assert isinstance(app.screen, EvidenceForm)
        assert "not kept yet" in str(app.screen.query_one("#problem").render())
        assert app.screen.query_one("#what", TextArea).text == "hatch"


async def test_going_to_another_item_with_the_mouse_keeps_the_note_under_the_first(
    app: InspectKit, visited: Visited
) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        item = app.screen.item.id
        await pilot.press("n", *"mine")
        await pilot.click("#navigator", offset=(6, 4))
        await pilot.pause(0.3)
        assert app.screen.item.id != item
    assert recorded(visited).findings[item].narrative == "mine"


async def test_while_a_key_is_held_only_the_list_follows_and_where_she_rests_the_item_is_shown(app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        screen = app.screen
        assert isinstance(screen, Inspect)
        asked = screen.query_one("#ask", Static)
        items = [item for item in screen.visit.checklist.items if item.applies]
        first = items.index(screen.item)
        screen._moved = 0.0  # the first move after a pause is shown at once
        screen.list.action_move(1)
        await pilot.pause()
        assert items[first + 1].ask in str(asked.render())
        screen._moved = monotonic() + 60  # as if the key came again and again, however slow this machine is
        screen.list.action_move(1)
        await screen.on_navigator_moved()
        assert screen.item == items[first + 2]
        assert items[first + 1].ask in str(asked.render())
        await pilot.pause(_REST + 0.3)
        assert items[first + 2].ask in str(asked.render())

"""Looking twice: undo, one source is thin, sources that contradict each other, a second pair of eyes."""

from pathlib import Path

import pytest
from textual.widgets import Static, TextArea

from inspect_kit.casebook import Casebook
from inspect_kit.identity import create, save
from inspect_kit.model import Assessment, Evidence, EvidenceKind, Finding, Priority, Verdict
from inspect_kit.tui import words
from inspect_kit.tui.app import InspectKit
from inspect_kit.tui.screens.inspect import Inspect
from inspect_kit.tui.screens.review import ReviewForm
from inspect_kit.tui.widgets.choice import Choice
from tests.tui.conftest import NARROW

Visited = tuple[Path, str]


def record(visited: Visited):
    with Casebook.open(visited[0]) as casebook:
        return casebook.visit(visited[1])


def shown(app: InspectKit) -> str:
    return str(app.screen.query_one("#words", Static).render())


async def test_a_judgement_moves_on_says_what_was_judged_and_b_goes_back(app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        screen = app.screen
        assert isinstance(screen, Inspect)
        first = screen.item
        await pilot.press("3")
        await pilot.pause(0.2)
        assert screen.item != first
        assert "not met ○   b goes back" in shown(app)
        await pilot.press("b")
        await pilot.pause()
        assert screen.item == first
        assert "goes back" not in shown(app)


async def test_z_takes_back_judgement_after_judgement_and_each_is_an_entry(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        screen = app.screen
        assert isinstance(screen, Inspect)
        first = screen.item.id
        await pilot.press("3")
        await pilot.pause(0.2)
        await pilot.press("b", "1")
        await pilot.pause(0.2)
        await pilot.press("b", "u")
        await pilot.pause(0.2)
        for assessment, priority in (
            (Assessment.MET, Priority.NORMAL),
            (Assessment.NOT_MET, Priority.NORMAL),
            (None, Priority.NORMAL),
        ):
            await pilot.press("z")
            await pilot.pause(0.2)
            assert screen.item.id == first
            held = screen.findings[first]
            assert (held.assessment, held.priority) == (assessment, priority)
        await pilot.press("z")
        await pilot.pause(0.1)
        assert screen.findings[first].assessment is None
    with Casebook.open(visited[0]) as casebook:
        (number,) = casebook._db.execute("SELECT count(*) FROM entries WHERE kind = 'judge'").fetchone()
    assert number == 4  # two judgements, two taken back


async def test_a_note_is_taken_back_to_what_stood_before(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        for text in ("First.", "Second."):
            await pilot.press("n")
            await pilot.pause()
            app.screen.query_one("#note", TextArea).text = text
            await pilot.press("escape")
            await pilot.pause(0.2)
        item = app.screen.item.id
        await pilot.press("z")
        await pilot.pause(0.2)
    assert record(visited).findings[item].narrative == "First."


OBSERVED = Evidence(EvidenceKind.OBSERVATION, "Seen.")
SAID = Evidence(EvidenceKind.INTERVIEW, "Said.", interviewee="W1")


@pytest.mark.parametrize(
    ("assessment", "evidence", "mark"),
    [
        (Assessment.NOT_MET, (), "⁰"),
        (Assessment.NOT_MET, (OBSERVED, OBSERVED), "¹"),
        (Assessment.MET, (OBSERVED, SAID), " "),
        (Assessment.NOT_APPLICABLE, (), " "),
        (None, (OBSERVED,), " "),
    ],
)
def test_a_judgement_on_sources_of_one_kind_is_told_at_a_glance(
    assessment: Assessment | None, evidence: tuple[Evidence, ...], mark: str
) -> None:
    assert words.thin(Finding("a.b", assessment, evidence=evidence)) == mark


async def test_sources_that_contradict_each_other_are_marked_and_unmarked(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        item = app.screen.item.id
        await pilot.press("x")
        await pilot.pause(0.2)
        assert "contradict each other" in shown(app)
        assert record(visited).findings[item].contradiction
        await pilot.press("x")
        await pilot.pause(0.2)
        assert "contradict each other" not in shown(app)


async def test_a_colleagues_judgement_is_returned_with_a_comment_and_she_sees_it(
    app: InspectKit, visited: Visited, tmp_path: Path
) -> None:
    with Casebook.open(visited[0]) as casebook:
        item = next(item.id for item in casebook.visit(visited[1]).checklist.items if item.applies)
    save(create("Kate Example"), tmp_path / "kate.p12")
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("3", "b", "c")
        await pilot.pause(0.2)
        assert isinstance(app.screen, ReviewForm)
        await pilot.press("ctrl+s")
        await pilot.pause(0.2)
        assert "your own judgement" in str(app.screen.query_one("#problem", Static).render())
    app.line.close()
    kate = InspectKit(visited[0], tmp_path / "kate.p12", None, visited[1])
    async with kate.run_test(size=NARROW) as pilot:
        await pilot.pause(0.5)
        await pilot.press("home")
        assert kate.screen.item.id == item
        await pilot.press("c")
        await pilot.pause(0.2)
        kate.screen.query_one("#verdict", Choice).value = "returned"
        kate.screen.query_one("#comment", TextArea).text = "How many showers?"
        await pilot.press("ctrl+s")
        await pilot.pause(0.3)
        assert "returned by Kate Example: How many showers?" in shown(kate)
    kate.line.close()
    assert record(visited).findings[item].reviewed is Verdict.RETURNED

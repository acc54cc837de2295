"""The short path from a visit to a signed report: what it holds, the do-no-harm check, writing and signing."""

from pathlib import Path

from textual.widgets import Input, OptionList, Static

from inspect_kit.casebook import Casebook
from inspect_kit.export.report import verify_report
from inspect_kit.model import Assessment
from inspect_kit.tui.app import InspectKit
from inspect_kit.tui.screens.inspect import Inspect
from inspect_kit.tui.screens.points import Points
from inspect_kit.tui.screens.preview import Preview
from inspect_kit.tui.screens.report import Report
from inspect_kit.work.desk import sign_in
from tests.tui.conftest import NARROW

NAMED = "Mrs Amina Hassan showed us the showers."


def judged(visited: tuple[Path, str], narrative: str) -> None:
    with Casebook.open(visited[0]) as casebook:
        sign_in(casebook, None, None)
        casebook.judge(visited[1], "hygiene.showers", Assessment.NOT_MET, narrative=narrative)


async def open_report(pilot) -> Report:
    await pilot.pause(0.4)
    await pilot.press("v")
    await pilot.pause(0.3)
    await pilot.press("o")
    await pilot.pause(0.3)
    assert isinstance(pilot.app.screen, Report)
    return pilot.app.screen


async def until(pilot, words: str, place: str = "#result") -> str:
    for _ in range(100):
        await pilot.pause(0.1)
        shown = str(pilot.app.screen.query_one(place, Static).render())
        if words in shown:
            return shown
    raise AssertionError(f"{words!r} is not in {shown!r}")


async def test_nothing_is_written_before_each_point_is_answered(app: InspectKit, visited, tmp_path: Path) -> None:
    judged(visited, NAMED)
    out = tmp_path / "r.pdf"
    async with app.run_test(size=NARROW) as pilot:
        form = await open_report(pilot)
        assert "1 point of the do-no-harm check is open" in str(form.query_one("#holds", Static).render())
        form.query_one("#file", Input).value = str(out)
        await pilot.press("ctrl+s")
        await pilot.pause(0.5)
        assert isinstance(app.screen, Points)
        assert not out.exists()
        assert "Amina Hassan" in str(app.screen.query_one("#words", Static).render())
        await pilot.press("enter", "enter")
        await pilot.pause(0.2)
        assert "why it may stand" in str(app.screen.query_one("#problem", Static).render())
        await pilot.press(*"She is known", "enter")
        await pilot.pause(0.5)
        assert app.screen is form
        await pilot.press("ctrl+s")
        shown = await until(pilot, "written, signed and verified")
        assert "pages" in shown
        assert "the chair" in shown
    assert verify_report(out).unsealed == ()
    with Casebook.open(visited[0]) as casebook:
        assert list(casebook.answers(visited[1]).values()) == ["She is known"]


async def test_an_answer_that_is_half_typed_waits_under_its_own_point(app: InspectKit, visited) -> None:
    judged(visited, f"{NAMED} Mr Omar Khalil unlocked them.")
    async with app.run_test(size=NARROW) as pilot:
        form = await open_report(pilot)
        await pilot.press("f3")
        await pilot.pause(0.3)
        first, line = app.screen.point.id, app.screen.query_one("#answer", Input)
        await pilot.press("enter", *"She is dead", "escape", "down")
        await pilot.pause(0.2)
        assert app.screen.point.id != first
        assert line.value == ""
        await pilot.press("up")
        await pilot.pause(0.2)
        assert line.value == "She is dead"
        await pilot.press("escape")
        await pilot.pause(0.3)
        assert app.screen is form
        await pilot.press("f3")
        await pilot.pause(0.3)
        assert app.screen.query_one("#answer", Input).value == "She is dead"
        assert "throws it away" in str(app.screen.query_one("#draft", Static).render())
        await pilot.press("enter", *", and public", "enter")
        await pilot.pause(0.4)
        assert app.screen.query_one("#answer", Input).value == ""
        assert app.screen.point.id != first
    with Casebook.open(visited[0]) as casebook:
        sign_in(casebook, None, None)
        assert casebook.answers(visited[1]) == {first: "She is dead, and public"}
        assert casebook.drafts() == {}


async def test_from_a_point_she_goes_to_the_text_and_back(app: InspectKit, visited) -> None:
    judged(visited, NAMED)
    async with app.run_test(size=NARROW) as pilot:
        form = await open_report(pilot)
        await pilot.press("f3")
        await pilot.pause(0.3)
        await pilot.press("g")
        await pilot.pause(0.5)
        assert isinstance(app.screen, Inspect)
        assert app.screen.item.id == "hygiene.showers"
        judged(visited, "Two of ten worked.")
        await pilot.press("escape")
        await pilot.pause(0.6)
        assert app.screen is form


async def test_leaving_the_check_with_open_points_writes_nothing(app: InspectKit, visited, tmp_path: Path) -> None:
    judged(visited, NAMED)
    async with app.run_test(size=NARROW) as pilot:
        form = await open_report(pilot)
        form.query_one("#file", Input).value = str(tmp_path / "r.pdf")
        await pilot.press("ctrl+s")
        await pilot.pause(0.5)
        assert app.screen.query_one(OptionList).option_count == 1
        await pilot.press("escape")
        await pilot.pause(0.3)
        assert "nothing is written" in str(form.query_one("#problem", Static).render())
    assert not (tmp_path / "r.pdf").exists()


async def test_f2_shows_what_the_edition_will_hold(app: InspectKit, visited) -> None:
    judged(visited, "Two of ten worked.")
    async with app.run_test(size=NARROW) as pilot:
        await open_report(pilot)
        await pilot.press("f2")
        await pilot.pause(0.3)
        assert isinstance(app.screen, Preview)
        shown = str(app.screen.query_one("#holds", Static).render())
        assert "Two of ten worked." in shown
        assert "Annexes" in shown


async def test_letters_that_no_font_has_are_told_and_she_may_accept_codes(
    app: InspectKit, visited, tmp_path: Path
) -> None:
    judged(visited, "All ran \U0001f642")
    out = tmp_path / "r.pdf"
    async with app.run_test(size=NARROW) as pilot:
        form = await open_report(pilot)
        form.query_one("#file", Input).value = str(out)
        await pilot.press("ctrl+s")
        assert "SLIGHTLY SMILING FACE" in await until(pilot, "SMILING", "#problem")
        assert not out.exists()
        await pilot.press("tab", "right", "ctrl+s")
        await until(pilot, "written, signed and verified")
    assert out.exists()

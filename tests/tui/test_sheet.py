"""The pocket sheet, written from the summary."""

from pathlib import Path

from textual.widgets import Input, Static

from inspect_kit.tui.app import InspectKit
from inspect_kit.tui.screens.sheet import SheetForm
from inspect_kit.tui.widgets.choice import Choice
from tests.tui.conftest import NARROW


async def open_form(app: InspectKit, pilot) -> SheetForm:
    await pilot.pause(0.4)
    await pilot.press("v")
    await pilot.pause(0.3)
    await pilot.press("s")
    await pilot.pause(0.2)
    assert isinstance(app.screen, SheetForm)
    return app.screen


async def test_a_sheet_is_written_where_she_says(app: InspectKit, tmp_path: Path) -> None:
    async with app.run_test(size=NARROW) as pilot:
        form = await open_form(app, pilot)
        form.query_one("#view", Choice).value = "place"
        form.query_one("#file", Input).value = str(tmp_path / "walk")
        await pilot.press("ctrl+s")
        await pilot.pause(1.5)
        assert "The sheet is written" in str(form.query_one("#result", Static).render())
    assert (tmp_path / "walk.pdf").read_bytes().startswith(b"%PDF-")


async def test_a_file_that_is_there_is_never_written_over(app: InspectKit, tmp_path: Path) -> None:
    (tmp_path / "walk.pdf").write_text("hers")
    async with app.run_test(size=NARROW) as pilot:
        form = await open_form(app, pilot)
        form.query_one("#file", Input).value = str(tmp_path / "walk.pdf")
        await pilot.press("ctrl+s")
        await pilot.pause(0.3)
        assert "is there already" in str(form.query_one("#problem", Static).render())
    assert (tmp_path / "walk.pdf").read_text() == "hers"

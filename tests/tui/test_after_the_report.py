"""What follows a report on the screens: the letter, verifying and countersigning, the authority's comments."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from textual.widgets import Input

from inspect_kit.casebook import Casebook
from inspect_kit.export.report import SignerRole, sign_report, verify_report
from inspect_kit.identity import load
from inspect_kit.model import Assessment, Edition, Priority
from inspect_kit.tui.app import InspectKit
from inspect_kit.tui.screens.comments import Comments
from inspect_kit.tui.screens.letter import LetterForm
from inspect_kit.tui.screens.verify import Verify
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.work.commenting import make_comment_table
from inspect_kit.work.desk import default_identity, sign_in
from inspect_kit.work.reporting import make_report
from tests.tui.conftest import NARROW
from tests.tui.test_reporting import until


@pytest.fixture
def signed(visited: tuple[Path, str], tmp_path: Path) -> Path:
    """The authority's edition on a visit with one urgent finding, signed by its inspector."""
    path, visit = visited
    out = tmp_path / "authority.pdf"
    with Casebook.open(path) as casebook:
        sign_in(casebook, None, None)
        casebook.judge(visit, "hygiene.showers", Assessment.NOT_MET, narrative="None ran.", priority=Priority.URGENT)
        make_report(casebook, visit, Edition.AUTHORITY, out, load(default_identity(), None))
    sign_report(out, load(default_identity(), None), SignerRole.INSPECTOR)
    return out


async def test_the_urgent_letter_is_written_and_signed_from_the_summary(app: InspectKit, signed, tmp_path) -> None:
    out = tmp_path / "letter.pdf"
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("v")
        await pilot.pause(0.3)
        await pilot.press("l")
        await pilot.pause(0.3)
        assert isinstance(app.screen, LetterForm)
        app.screen.query_one("#file", Input).value = str(out)
        await pilot.press("ctrl+s")
        assert "addressee" in await until(pilot, "addressee", "#problem")
        app.screen.query_one("#to", Input).value = "The director"
        await pilot.press("ctrl+s")
        assert "1 page" in await until(pilot, "written, signed and verified")
    assert [signer.role for signer in verify_report(out).signers] == ["inspector"]


async def test_a_file_is_verified_told_in_words_and_closed_by_the_chair(app: InspectKit, signed: Path) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("escape")
        await pilot.pause(0.3)
        await pilot.press("y")
        await pilot.pause(0.3)
        form = app.screen
        assert isinstance(form, Verify)
        form.query_one("#file", Input).value = str(signed)
        await pilot.press("ctrl+s")
        shown = await until(pilot, "NOT COMPLETE YET")
        assert "▲ NOT COMPLETE YET" in shown
        assert "✓ Ada Example-Inspector" in shown
        form.query_one("#role", Choice).value = "chair"
        await pilot.press("f4")
        shown = await until(pilot, "✓ VALID")
        assert "Signed by Ada Example-Inspector (chair)" in shown
        await pilot.press("f4")
        await until(pilot, "nobody can sign", "#problem")
        signed.write_bytes(signed.read_bytes()[:-500])
        await pilot.press("ctrl+s")
        await until(pilot, "▲ NOT VALID")
        form.query_one("#file", Input).value = str(signed.with_name("gone.pdf"))
        await pilot.press("ctrl+s")
        await until(pilot, "is not there", "#problem")


async def test_a_colleagues_casebook_is_verified_as_well(app: InspectKit, visited, tmp_path: Path) -> None:
    with Casebook.open(visited[0]) as casebook:
        casebook.share([visited[1]], tmp_path / "shared.casebook", None)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("escape")
        await pilot.pause(0.3)
        await pilot.press("y")
        await pilot.pause(0.3)
        app.screen.query_one("#file", Input).value = str(tmp_path / "shared.casebook")
        await pilot.press("ctrl+s")
        assert "0 of" in await until(pilot, "✓ VALID: the journal")


async def test_the_authoritys_comments_are_taken_in_and_decided(app: InspectKit, visited, signed, tmp_path) -> None:
    path, visit = visited
    out = tmp_path / "comments.xlsx"
    with Casebook.open(path) as casebook:
        make_comment_table(casebook, visit, signed, out)
    book = load_workbook(out)
    row = next(row[0].row for row in book.active.iter_rows() if row[0].value == 1)
    book.active.cell(row, 5).value, book.active.cell(row, 6).value = "no", "Two ran."
    book.save(out)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("v")
        await pilot.pause(0.3)
        await pilot.press("m")
        await pilot.pause(0.3)
        assert isinstance(app.screen, Comments)
        await pilot.press("t")
        await pilot.pause(0.3)
        app.screen.query_one("#file", Input).value = str(out)
        await pilot.press("ctrl+s")
        await until(pilot, "Took 1 comment")
        await pilot.press("escape")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause(0.3)
        await pilot.press("ctrl+s")
        assert "Say why" in await until(pilot, "Say why", "#problem")
        app.screen.query_one("#decision", Choice).value = "refuse"
        app.screen.query_one("#reason", Input).value = "We tried all ten."
        await pilot.press("escape")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause(0.3)
        assert app.screen.query_one("#reason", Input).value == "We tried all ten."
        await pilot.press("ctrl+s")
        await pilot.pause(0.4)
        assert isinstance(app.screen, Comments)
    with Casebook.open(path) as casebook:
        (response,) = casebook.responses(visit)
    assert (response.comment.text, response.accepted, response.reason) == ("Two ran.", False, "We tried all ten.")

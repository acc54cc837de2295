"""Whom the casebook trusts, on the screens: words compared first, nobody by a slip, a lost key marked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList, Static

from inspect_kit.casebook import Casebook
from inspect_kit.casebook.trust import Known
from inspect_kit.identity import create, create_authority, save, to_pem
from inspect_kit.tui.app import InspectKit
from inspect_kit.tui.screens.home import Home
from inspect_kit.tui.screens.trust import Compare, Trust
from inspect_kit.tui.widgets.choice import Choice
from tests.tui.conftest import NARROW

Visited = tuple[Path, str]


@pytest.fixture
def app(visited: Visited) -> Iterator[InspectKit]:
    """The application, opened on the list of visits."""
    app = InspectKit(visited[0], None, None)
    yield app
    app.line.close()


@pytest.fixture
def ana(tmp_path: Path) -> Path:
    """The certificate that Ana sent."""
    made = create("Ana Example", "Board Example", None)
    file = tmp_path / "ana.crt"
    file.write_bytes(to_pem(made.certificate))
    return file


def of_ana(visited: Visited) -> Known | None:
    with Casebook.open(visited[0]) as casebook:
        return next((one for one in casebook.known() if one.certificate.name == "Ana Example"), None)


def shown(app: InspectKit, place: str) -> str:
    return str(app.screen.query_one(place, Static).render())


async def begun(app: InspectKit, pilot) -> None:
    await pilot.pause(0.4)
    await pilot.press("t")
    await pilot.pause(0.3)
    assert isinstance(app.screen, Trust)


async def compared(app: InspectKit, pilot, file: Path) -> None:
    await pilot.press("f")
    await pilot.pause(0.3)
    app.screen.query_one("#file", Input).value = str(file)
    await pilot.press("ctrl+s")
    await pilot.pause(0.4)


async def test_a_certificate_from_a_file_is_trusted_only_when_its_words_were_compared(
    app: InspectKit, visited: Visited, ana: Path
) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await begun(app, pilot)
        await compared(app, pilot, ana)
        assert isinstance(app.screen, Compare)
        await pilot.press("ctrl+s")
        await pilot.pause(0.2)
        assert "compare the words first" in shown(app, "#problem")
        assert of_ana(visited) is None
        app.screen.query_one("#compared", Choice).value = "yes"
        await pilot.press("ctrl+s")
        await pilot.pause(0.4)
        assert isinstance(app.screen, Trust)
        one = of_ana(visited)
        assert one is not None
        assert one.trusted
        listing = app.screen.query_one(OptionList)
        listing.highlighted = next(at for at, known in enumerate(app.screen._known) if known == one)
        await pilot.pause(0.2)
        assert all(word in shown(app, "#words") for word in one.certificate.words)
        await pilot.press("d")
        await pilot.pause(0.4)
        assert of_ana(visited) is None
        await pilot.press("escape")
        await pilot.pause(0.3)
        assert isinstance(app.screen, Home)


async def test_a_lost_key_is_noted_with_its_day_and_trusted_again_only_with_a_warning(
    app: InspectKit, visited: Visited, ana: Path
) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await begun(app, pilot)
        await compared(app, pilot, ana)
        app.screen.query_one("#compared", Choice).value = "yes"
        await pilot.press("ctrl+s")
        await pilot.pause(0.4)
        names = [known.certificate.name for known in app.screen._known]
        app.screen.query_one(OptionList).highlighted = names.index("Ana Example")
        await pilot.press("l")
        await pilot.pause(0.3)
        app.screen.query_one("#since", Input).value = "soon"
        await pilot.press("ctrl+s")
        await pilot.pause(0.2)
        assert "The day since which the key is lost" in shown(app, "#problem")
        app.screen.query_one("#since", Input).value = "2026-01-02"
        await pilot.press("ctrl+s")
        await pilot.pause(0.4)
        one = of_ana(visited)
        assert one is not None
        assert (one.trusted, one.lost) == (True, "2026-01-02")
        app.screen.query_one(OptionList).highlighted = names.index("Ana Example")
        await pilot.press("enter")
        await pilot.pause(0.3)
        assert any("noted as lost since 2026-01-02" in str(said.render()) for said in app.screen.query(Static))


async def test_her_own_key_is_not_distrusted_by_a_slip(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await begun(app, pilot)
        own = next(at for at, known in enumerate(app.screen._known) if known.own)
        app.screen.query_one(OptionList).highlighted = own
        await pilot.press("d")
        await pilot.pause(0.3)
        assert "your own key" in shown(app, "#problem")
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert "read these words out" in shown(app, "#problem")
        assert len(app.screen._known) == 1


async def test_with_an_organisations_root_she_is_told_whom_else_she_trusts(app: InspectKit, tmp_path: Path) -> None:
    root = create_authority("Board Example", None)
    save(root, tmp_path / "root.p12")
    (tmp_path / "root.crt").write_bytes(to_pem(root.certificate))
    async with app.run_test(size=NARROW) as pilot:
        await begun(app, pilot)
        await compared(app, pilot, tmp_path / "root.crt")
        assert any("everybody whose certificate" in str(said.render()) for said in app.screen.query(Static))


async def test_a_file_that_holds_no_certificate_says_so(app: InspectKit, tmp_path: Path) -> None:
    (tmp_path / "notes.crt").write_text("no certificate [/b]")
    async with app.run_test(size=NARROW) as pilot:
        await begun(app, pilot)
        await compared(app, pilot, tmp_path / "notes.crt")
        assert "notes.crt" in shown(app, "#problem")

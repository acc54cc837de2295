"""A language with longer words than English: lists and forms measure, so that nothing is cut in the middle."""

import gettext
from pathlib import Path

import pytest
from textual.widgets import Static

from inspect_kit import language
from inspect_kit.casebook import Casebook
from inspect_kit.model import Account, Recommendation
from inspect_kit.tui.app import InspectKit
from inspect_kit.tui.screens.home import Home
from inspect_kit.tui.screens.plan import Plan
from inspect_kit.tui.screens.summary import Summary
from inspect_kit.tui.widgets.listing import Listing
from inspect_kit.work.desk import sign_in
from tests.tui.conftest import NARROW


class _Longer(gettext.NullTranslations):
    """Every text a quarter longer than in English, and the months as they are."""

    def gettext(self, message: str) -> str:
        return message if "Jan" in message or message.startswith("{") else message + "ö" * (len(message) // 4 + 2)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture
def longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_catalogue", _Longer())


def _lines(app: InspectKit) -> list[str]:
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]


async def _at_home(visited: tuple[Path, str], width: int) -> tuple[list[str], bool]:
    """What the home screen shows, and whether its list is wider than the screen."""
    app = InspectKit(visited[0], None, None)
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.pause(0.3)
        assert isinstance(app.screen, Home)
        lines = _lines(app)
        wider = app.screen.query_one(Listing).show_horizontal_scrollbar
    app.line.close()
    return lines, wider


@pytest.mark.parametrize("width", [80, 100, 120, 200])
async def test_the_list_of_visits_fits_the_screen_with_all_its_columns(visited: tuple[Path, str], width: int) -> None:
    lines, wider = await _at_home(visited, width)
    assert lines[1].split()[-2:] == ["Done", "Urgent"]
    assert "3–4 Nov 2026" in lines[2]
    assert not wider


@pytest.mark.parametrize("width", [80, 120])
async def test_longer_headings_and_states_make_their_columns_wider(
    visited: tuple[Path, str], longer: None, width: int
) -> None:
    lines, wider = await _at_home(visited, width)
    assert lines[1].split()[-2:] == ["Doneööö", "Urgentööö"]
    assert "plannedööö " in lines[2]
    assert not wider


async def test_where_the_facilitys_name_gets_too_little_room_it_says_that_it_goes_on(
    visited: tuple[Path, str], longer: None
) -> None:
    lines, _wider = await _at_home(visited, 70)
    assert "Prison Example-" in lines[2]
    assert "…" in lines[2].partition("Nov")[0]


@pytest.mark.parametrize("long", [False, True])
async def test_every_group_that_may_be_held_is_named_in_full(
    tmp_path: Path, visited: tuple[Path, str], monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    if long:
        monkeypatch.setattr(language, "_catalogue", _Longer())
    app = InspectKit(visited[0], None, None)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.2)
        await pilot.press("n")
        await pilot.pause(0.2)
        assert isinstance(app.screen, Plan)
        await pilot.press(*"West", "ctrl+s")
        await pilot.pause(0.2)
        shown = "\n".join(_lines(app))
        for label in app.screen.query("#held .label").results(Static):
            assert str(label.render()).strip() in shown
        assert "Minority or indigenous women" in shown
    app.line.close()


async def test_the_texts_that_may_point_to_a_person_are_named_in_the_readers_language(
    visited: tuple[Path, str], longer: None
) -> None:
    path, visit = visited
    with Casebook.open(path) as casebook:
        sign_in(casebook, None, None, "Ada Example-Inspector")
        casebook.give_account(visit, Account(overview="Mrs Maria Example-Persson was held alone."))
        text = "Let Mrs Maria Example-Persson see a doctor."
        casebook.recommend(visit, Recommendation(text, "the director", findings=("hygiene.showers",)))
        record = casebook.visit(visit)
    app = InspectKit(path, None, None)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.3)
        await app.push_screen(Summary(record))
        await pilot.pause(0.3)
        shown = "\n".join(_lines(app))
    app.line.close()
    assert "2 notes may point to a person" in shown
    assert "recommendation 1öööö" in shown

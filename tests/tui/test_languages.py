"""A visit in French, on screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, Static

from inspect_kit import language
from inspect_kit.casebook import Casebook
from inspect_kit.tui.app import InspectKit
from inspect_kit.tui.screens.plan import Plan, Themes
from inspect_kit.tui.screens.search import Search
from inspect_kit.work.desk import sign_in
from inspect_kit.work.planning import change_visit
from tests.tui.conftest import NARROW

MARK = "Unofficial translation"


async def test_the_guide_marks_a_translated_item_and_no_other(visited: tuple[Path, str]) -> None:
    with Casebook.open(visited[0]) as casebook:
        sign_in(casebook, None, None)
        change_visit(casebook, visited[1], language="fr")
    app = InspectKit(visited[0], None, None, visited[1])
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("l")
        assert MARK in str(app.screen.query_one("#words").render())
        await pilot.press("l", "slash")
        await pilot.pause()
        assert isinstance(app.screen, Search)
        await pilot.press(*"reserve")  # the question has “réserve”
        await pilot.pause(0.6)
        assert "Hygiène personnelle" in "\n".join(strip.text for strip in app.screen._compositor.render_strips())
    app.line.close()


async def test_the_guide_of_an_english_item_bears_no_mark(app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("l")
        assert MARK not in str(app.screen.query_one("#words").render())


async def test_planning_in_french_says_which_themes_are_translated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = InspectKit(tmp_path / "first.casebook", None, None)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        app.screen.query_one("#name", Input).value = "Ada"
        await pilot.press("ctrl+s")
        await pilot.pause(0.3)
        monkeypatch.setattr(language, "_chosen", "fr")
        await pilot.press("n")
        await pilot.pause(0.2)
        assert isinstance(app.screen, Plan)
        total = app.screen.query_one("#total", Static)
        assert "Only 5 themes are in an unofficial translation" in str(total.render())
        themes = app.screen.query_one(Themes)
        themes.deselect_all()
        themes.select("hygiene")
        themes.select("staff")
        await pilot.pause(0.2)
        assert "stays in English: Staff." in str(total.render())
    app.line.close()

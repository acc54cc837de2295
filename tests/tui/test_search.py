"""Finding an item from the inspection, by keys alone."""

import asyncio
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from inspect_kit.analysis.views import View
from inspect_kit.casebook import Casebook
from inspect_kit.model import Assessment, Evidence, EvidenceKind, Hit, Priority
from inspect_kit.tui.app import InspectKit
from inspect_kit.tui.screens.inspect import Inspect
from inspect_kit.tui.screens.search import Search
from inspect_kit.tui.widgets.lines import Head
from inspect_kit.work.desk import sign_in
from tests.tui.conftest import NARROW, WIDE

Visited = tuple[Path, str]


@pytest.fixture
def noted(visited: Visited) -> Visited:
    """The visit with a note and a source in it, and one item that does not apply."""
    path, visit = visited
    with Casebook.open(path) as casebook:
        sign_in(casebook, None, None)
        frozen = casebook.visit(visit).checklist
        last = replace(frozen.items[-1], applies=False, reason="Nobody of this group is held here.")
        casebook.change_visit(visit, checklist=replace(frozen, id="f" * 64, items=(*frozen.items[:-1], last)))
        casebook.judge(
            visit,
            "hygiene.showers",
            Assessment.NOT_MET,
            narrative="Three of eight [/b] zinc taps cold.",
            priority=Priority.URGENT,
        )
        casebook.add_evidence(
            visit, "searches.night-and-transport", Evidence(EvidenceKind.INTERVIEW, "By the zinc door, at six.")
        )
    return visited


async def settled(app: InspectKit, pilot) -> None:
    """Wait until the search has its answer and shows it."""
    await app.workers.wait_for_complete()
    await pilot.pause()


async def begin(app: InspectKit, pilot) -> Inspect:
    await pilot.pause(0.4)
    assert isinstance(app.screen, Inspect)
    return app.screen


def shown(app: InspectKit) -> list[str]:
    return str(app.screen.query_one("#hits", Static).render()).split("\n")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "200x60"])
async def test_as_she_types_the_items_come_with_state_mark_and_the_words_around(
    noted: Visited, app: InspectKit, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await begin(app, pilot)
        await pilot.press("slash", *"zinc")
        await settled(app, pilot)
        lines = shown(app)
        assert lines[0].startswith("▸▲ Personal hygiene 2")
        assert lines[0].endswith("not met ○")
        assert lines[1].strip() == "note  Three of eight [/b] zinc taps cold."
        assert "Searches" in lines[2]
        assert lines[2].endswith("noted")
        assert "evidence  By the zinc door" in lines[3]
        await pilot.press("space", *"taps")
        await settled(app, pilot)
        assert len(shown(app)) == 2
        assert "zinc taps" in shown(app)[1]


async def test_the_words_are_marked_without_colour(noted: Visited, app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await begin(app, pilot)
        await pilot.press("slash", *"zinc")
        await settled(app, pilot)
        content = app.screen.query_one("#hits", Static).content
        marked = {content.plain[span.start : span.end] for span in content.spans if "underline" in str(span.style)}
        assert marked == {"zinc"}


async def test_enter_goes_to_the_chosen_item_and_what_was_typed_waits_for_the_next_time(
    noted: Visited, app: InspectKit
) -> None:
    async with app.run_test(size=NARROW) as pilot:
        screen = await begin(app, pilot)
        await pilot.press("slash", *"zinc")
        await settled(app, pilot)
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert app.screen is screen
        assert screen.item.id == "searches.night-and-transport"
        await pilot.press("slash")
        await settled(app, pilot)
        assert app.screen.query_one(Input).value == "zinc"
        assert len(shown(app)) == 4
        await pilot.press(*"taps")  # replaces it
        await settled(app, pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert screen.item.id == "hygiene.showers"


async def test_g_and_a_number_lead_to_the_first_item_of_a_rule_and_down_to_its_next(app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        screen = await begin(app, pilot)
        of_rule = [one for one in screen.visit.checklist.items if any(c.startswith("BR-19") for c in one.clauses)]
        assert len(of_rule) > 1
        await pilot.press("g", *"19", "enter")
        await settled(app, pilot)
        assert app.screen is screen
        assert screen.item == of_rule[0]
        assert screen.list.leg.key == "BR-19"
        assert "by rule" in screen.query_one(Head).left
        await pilot.press("down")
        assert screen.item == of_rule[1]


async def test_g_lists_only_the_items_of_the_rule_or_clause_and_says_when_there_is_none(app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        screen = await begin(app, pilot)
        before = screen.item
        await pilot.press("g", *"tap")
        await settled(app, pilot)
        assert "Nothing in this visit is asked about that" in str(app.screen.query_one("#hits", Static).render())
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, Search)
        await pilot.press("escape")
        assert screen.item == before
        assert screen.list.view is View.THEME


async def test_esc_goes_back_to_the_item_where_she_was(noted: Visited, app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        screen = await begin(app, pilot)
        here = screen.item.id
        await pilot.press("slash", *"zinc", "escape")
        await pilot.pause()
        assert app.screen is screen
        assert screen.item.id == here


async def test_keys_that_judge_elsewhere_are_only_typed_here(noted: Visited, app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        screen = await begin(app, pilot)
        await pilot.press("slash", *"19", "question_mark", "u")
        await settled(app, pilot)
        assert isinstance(app.screen, Search)
        assert app.screen.query_one(Input).value == "19?u"
        await pilot.press("escape")
        assert set(screen.findings) == {"hygiene.showers", "searches.night-and-transport"}


async def test_an_item_that_the_order_by_place_does_not_have_is_shown_by_theme(noted: Visited, app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        screen = await begin(app, pilot)
        left_out = next(item for item in screen.visit.checklist.items if not item.applies)
        await pilot.press("w", "w")
        await pilot.pause()
        assert screen.list.view is View.PLACE
        await pilot.press("slash", *"taps")
        await settled(app, pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert (screen.list.view, screen.item.id) == (View.PLACE, "hygiene.showers")
        await pilot.press("slash")
        await pilot.pause()
        app.screen.query_one(Input).value = left_out.ask
        await settled(app, pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert (screen.list.view, screen.item) == (View.THEME, left_out)
        assert "by place" not in screen.query_one(Head).left


async def test_an_answer_that_the_next_key_overtook_is_dropped_and_enter_waits_for_its_own(
    noted: Visited, app: InspectKit, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    asked: list[str] = []
    search = Casebook.search

    def slow(casebook: Casebook, visit: str, words: str, limit: int = 50) -> list[Hit]:
        asked.append(words)
        if words == "z":
            gate.wait(10)
        return search(casebook, visit, words, limit)

    monkeypatch.setattr(Casebook, "search", slow)
    async with app.run_test(size=NARROW) as pilot:
        screen = await begin(app, pilot)
        await pilot.press("slash", "z")
        while "z" not in asked:
            await pilot.pause(0.01)
        await pilot.press(*"inc d")  # the disk is still busy with “z”
        assert not any("zinc" in text for text in shown(app))
        assert app.screen.query_one(Input).value == "zinc d"
        asyncio.get_running_loop().call_later(0.2, gate.set)
        await pilot.press("enter")
        await settled(app, pilot)
        assert screen.item.id == "searches.night-and-transport"
    assert asked[:2] == ["", "z"]
    assert set(asked[2:]) == {"zinc d"}


async def test_before_typing_it_says_what_can_be_typed_and_after_it_that_nothing_was_found(app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        screen = await begin(app, pilot)
        await pilot.press("slash")
        await settled(app, pilot)
        assert "rule 19" in "\n".join(shown(app))
        await pilot.press(*"zzz(*", "enter")
        await settled(app, pilot)
        assert shown(app)[0].startswith("Nothing in this visit has all of that")
        assert isinstance(app.screen, Search)
        await pilot.press("escape")
        assert app.screen is screen


async def test_a_long_list_is_scrolled_to_the_chosen_item(app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        screen = await begin(app, pilot)
        await pilot.press("slash", "w")
        await settled(app, pilot)
        hits = len(shown(app)) // 2
        assert hits > 20
        await pilot.press(*["pagedown"] * 9)
        await pilot.pause()
        assert shown(app)[-2].startswith("▸")
        assert app.screen.query_one("VerticalScroll").scroll_offset.y > 20
        await pilot.press("enter")
        await pilot.pause()
        assert screen.item.id != screen.visit.checklist.items[0].id

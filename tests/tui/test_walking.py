"""Walking a checklist in four orders, and changing it in the middle of the visit."""

from pathlib import Path

import pytest
from textual.widgets import Input, Static

from inspect_kit.analysis.views import View
from inspect_kit.casebook import Casebook
from inspect_kit.model import Assessment, VisitKind
from inspect_kit.tui.app import InspectKit
from inspect_kit.tui.screens.inspect import Inspect
from inspect_kit.tui.screens.plan import Plan, Themes
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.lines import Head
from tests.tui.conftest import NARROW

Visited = tuple[Path, str]


def record(visited: Visited):
    with Casebook.open(visited[0]) as casebook:
        return casebook.visit(visited[1])


async def test_w_walks_by_theme_rule_place_and_person_and_keeps_the_item_in_hand(app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        screen = app.screen
        assert isinstance(screen, Inspect)
        await pilot.press("down", "down")
        here = screen.item.id
        for view in (View.RULE, View.PLACE, View.PERSON, View.THEME):
            await pilot.press("w")
            await pilot.pause()
            assert screen.list.view is view
            assert screen.item.id == here
            assert (f"by {view}" in screen.query_one(Head).left) is (view is not View.THEME)


async def test_a_judgement_made_by_place_counts_wherever_the_item_comes_up(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        screen = app.screen
        assert isinstance(screen, Inspect)
        await pilot.press("w", "w")
        await pilot.pause()
        item = screen.item.id
        await pilot.press("1")
        await pilot.pause(0.2)
        seen = set()
        for _ in range(len(screen.visit.checklist.items) * 3):
            seen.add(screen.item.id)
            await pilot.press("enter")
        assert item not in seen
        assert len(seen) == sum(one.applies for one in screen.visit.checklist.items) - 1
    assert record(visited).findings[item].assessment is Assessment.MET


async def test_on_a_walk_by_place_new_evidence_and_quick_notes_begin_with_the_place_where_she_stands(
    app: InspectKit, visited: Visited
) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        screen = app.screen
        assert isinstance(screen, Inspect)
        await pilot.press("e")
        assert app.screen.query_one("#place", Input).value == ""
        await pilot.press("escape", "w", "w", "home")
        first, second = (leg.title for leg in screen.list.legs()[:2])
        await pilot.press("right")
        await pilot.pause(0.2)
        assert screen.query_one(Head).left.startswith(f"by place: {second} · ")
        await pilot.press("e")
        assert app.screen.query_one("#place", Input).value == second
        await pilot.press("ctrl+n")
        await pilot.pause(0.2)
        assert app.screen.query_one("#place", Input).value == second
        await pilot.press(*"cold tap", "enter")
        await pilot.pause(0.2)
        await pilot.press("escape", "left")
        await pilot.pause(0.2)
        assert screen.query_one(Head).left.startswith(f"by place: {first} · ")
        await pilot.press("ctrl+n")
        await pilot.pause(0.2)
        assert app.screen.query_one("#place", Input).value == first
        await pilot.press("escape")
    assert [note.place for note in record(visited).jottings] == [second]


async def test_by_person_the_questions_to_that_person_are_shown(app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        screen = app.screen
        assert isinstance(screen, Inspect)
        await pilot.press("w", "w", "w", "home")
        await pilot.pause()
        assert screen.list.leg.title == "Women"
        shown = str(screen.query_one("#words", Static).render())
        for question in screen.item.talk_to["women"]:
            assert question in shown


async def test_a_corrected_profile_and_a_new_theme_change_the_checklist_and_keep_the_answers(
    app: InspectKit, visited: Visited
) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("3")
        await pilot.pause(0.2)
        before = record(visited)
        [answered] = before.findings
        await pilot.press("p")
        await pilot.pause(0.3)
        plan = app.screen
        assert isinstance(plan, Plan)
        assert plan.query_one("#name", Input).value == before.plan.facility.name
        await pilot.press("ctrl+s")
        await pilot.pause()
        plan.query_one("#held-pregnant", Input).value = "0"
        await pilot.press("ctrl+s", "ctrl+s")
        await pilot.pause()
        assert set(plan.query_one(Themes).selected) == {"hygiene", "searches"}
        plan.query_one(Themes).deselect("hygiene").select("discipline")
        await pilot.press("ctrl+s")
        await pilot.pause(0.5)
        assert isinstance(app.screen, Inspect)
        assert set(app.screen.visit.checklist.themes) == {"hygiene", "searches", "discipline"}
        assert app.screen.findings[answered].assessment is Assessment.NOT_MET
    after = record(visited)
    assert [item.id for item in after.checklist.items if item.theme == "hygiene"] == [answered]
    assert after.plan.facility.profile.held["pregnant"] == 0
    assert (after.plan.starts, after.plan.ends, after.team) == (before.plan.starts, before.plan.ends, before.team)


async def test_leaving_the_plan_without_keeping_it_changes_nothing(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("p")
        await pilot.pause(0.3)
        await pilot.press("escape")
        await pilot.pause(0.2)
        assert isinstance(app.screen, Inspect)
    assert record(visited).checklist.scope.themes == ("hygiene", "searches")


async def test_a_follow_up_is_planned_from_what_the_earlier_visit_left_open(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("3")
        await pilot.pause(0.2)
        [open_item] = record(visited).findings
        await pilot.press("escape")
        await pilot.pause(0.2)
        await pilot.press("n")
        await pilot.pause(0.3)
        plan = app.screen
        assert isinstance(plan, Plan)
        plan.query_one("#name", Input).value = "Prison Example-West [/b]"
        plan.query_one("#kind", Choice).value = "follow-up"
        await pilot.pause()
        assert plan.query_one("#earlier", Choice).value == visited[1]
        await pilot.press("ctrl+s")
        await pilot.pause(0.2)
        await pilot.press("ctrl+s", "ctrl+s", "ctrl+s")
        await pilot.pause(0.5)
        assert isinstance(app.screen, Inspect)
        assert [item.id for item in app.screen.visit.checklist.items] == [open_item]
        assert app.screen.visit.plan.kind is VisitKind.FOLLOW_UP
        assert app.screen.visit.plan.follow_up == visited[1]


@pytest.mark.parametrize(
    ("part", "typed", "told"),
    [
        ("rules", "five", "is no rule"),
        ("rules", "5, 99", "No items for rule 99"),
        ("rules", "", "is no rule"),
        ("open", "", "Nothing was left open"),
    ],
)
async def test_a_choice_that_cannot_be_is_told_on_the_last_step_and_nothing_is_planned(
    app: InspectKit, visited: Visited, part: str, typed: str, told: str
) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("p")
        await pilot.pause(0.3)
        plan = app.screen
        await pilot.press("ctrl+s", "ctrl+s", "ctrl+s")
        plan.query_one("#part", Choice).value = part
        plan.query_one("#rules", Input).value = typed
        await pilot.press("ctrl+s")
        await pilot.pause(0.2)
        assert told in str(plan.query_one("#problem", Static).render())
    assert record(visited).checklist.scope.themes == ("hygiene", "searches")


async def test_hours_narrow_the_choice_before_the_eyes_of_the_planner(app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("p")
        await pilot.pause(0.3)
        plan = app.screen
        await pilot.press("ctrl+s", "ctrl+s", "ctrl+s")
        await pilot.pause()
        before = str(plan.query_one("#total", Static).render())
        plan.query_one("#hours", Input).value = "1,5"
        await pilot.pause()
        after = str(plan.query_one("#total", Static).render())
        assert int(after.split()[0]) < int(before.split()[0])
        plan.query_one("#hours", Input).value = "soon"
        await pilot.pause()
        assert "is no number of hours" in str(plan.query_one("#total", Static).render())

"""A visit that changes in the middle of the work, and one that follows an earlier one up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inspect_kit.casebook import Casebook
from inspect_kit.errors import BadInputError, UnknownError
from inspect_kit.model import (
    Assessment,
    Facility,
    Group,
    Profile,
    Recommendation,
    Scope,
    Team,
    VisitKind,
    VisitPlan,
)
from inspect_kit.work.planning import change_visit, checklist_for, existing_or_new, follow_up_scope, plan_visit
from tests.conftest import AtWork


@pytest.fixture
def work(at_work: AtWork) -> Casebook:
    return at_work.casebook


@pytest.fixture
def visit(work: Casebook) -> str:
    facility = existing_or_new(work, Facility("Example-West", profile=Profile({Group.WOMEN: 80})))
    plan = VisitPlan(facility, VisitKind.THEMATIC, "2027-01-11")
    return plan_visit(work, plan, Team(), Scope(themes=("hygiene", "mothers-and-children")))


def hold(work: Casebook, visit: str, **held: int) -> None:
    """Correct whom the facility holds."""
    plan = work.visit(visit).plan
    profile = Profile({**plan.facility.profile.held, **{Group(name): number for name, number in held.items()}})
    change_visit(work, visit, plan=replace(plan, facility=replace(plan.facility, profile=profile)))


def test_items_fall_away_with_the_reason_when_a_group_is_not_held_after_all(work: Casebook, visit: str) -> None:
    before = work.visit(visit).checklist
    hold(work, visit, pregnant=0, breastfeeding=0, **{"with-children": 0})
    after = work.visit(visit).checklist
    away = [item for item in after.items if not item.applies]
    assert away
    assert all("held here" in (item.reason or "") for item in away)
    assert [item.id for item in after.items] == [item.id for item in before.items]


def test_every_answer_stays_word_for_word_with_its_question(work: Casebook, visit: str) -> None:
    asked = next(item for item in work.visit(visit).checklist.items if item.theme == "mothers-and-children")
    work.judge(visit, asked.id, Assessment.NOT_MET, narrative="Three of five.")
    hold(work, visit, pregnant=0, breastfeeding=0, **{"with-children": 0})
    change_visit(work, visit, scope=Scope(themes=("searches",)))
    record = work.visit(visit)
    assert set(record.checklist.themes) == {"searches", "mothers-and-children"}
    kept = [item for item in record.checklist.items if item.theme == "mothers-and-children"]
    assert kept == [asked]
    assert record.findings[asked.id].narrative == "Three of five."
    work.judge(visit, asked.id, Assessment.PARTLY_MET, narrative="Four of five.")


def test_an_answer_to_a_standard_that_is_not_installed_here_stays_too(work: Casebook, visit: str) -> None:
    record = work.visit(visit)
    foreign = replace(record.checklist.items[0], id="far-away.question", theme="far-away", clauses=("FAR-1",))
    section = replace(record.checklist.themes["hygiene"], id="far-away", title="Far away", standard="far")
    with_it = replace(
        record.checklist,
        items=(*record.checklist.items, foreign),
        themes={**record.checklist.themes, "far-away": section},
    )
    work.change_visit(visit, checklist=with_it)
    work.judge(visit, "far-away.question", Assessment.MET)
    change_visit(work, visit, scope=Scope(themes=("hygiene",)))
    checklist = work.visit(visit).checklist
    assert checklist.items[-1] == foreign
    assert checklist.themes["far-away"].title == "Far away"


def test_a_change_is_one_act_and_the_history_keeps_what_was_before(work: Casebook, visit: str) -> None:
    first = work.visit(visit).checklist.id
    change_visit(work, visit, scope=Scope(themes=("searches",)))
    assert work.visit(visit).checklist.id != first
    change_visit(work, visit, scope=Scope(themes=("hygiene", "mothers-and-children")))
    assert work.visit(visit).checklist.id == first


def test_a_change_that_would_leave_nothing_to_inspect_is_refused(work: Casebook, visit: str) -> None:
    before = work.visit(visit).checklist
    with pytest.raises(UnknownError):
        change_visit(work, visit, scope=Scope(themes=("dreams",)))
    plan = work.visit(visit).plan
    nobody = Profile({Group.WOMEN: 10, Group.GIRLS: 0})
    with pytest.raises(BadInputError, match="empty"):
        change_visit(
            work,
            visit,
            plan=replace(plan, facility=replace(plan.facility, profile=nobody)),
            scope=Scope(rules=(39,)),
        )
    assert work.visit(visit).checklist == before


def test_a_follow_up_looks_at_what_was_left_open_and_at_what_was_recommended(work: Casebook, visit: str) -> None:
    items = [item.id for item in work.visit(visit).checklist.items]
    work.judge(visit, items[0], Assessment.MET)
    work.judge(visit, items[1], Assessment.NOT_MET)
    work.judge(visit, items[2], Assessment.PARTLY_MET)
    work.judge(visit, items[3], Assessment.NOT_VERIFIED, "The room was locked.")
    work.judge(visit, items[4], Assessment.MET)
    work.recommend(visit, Recommendation("Keep it so.", "the director", findings=(items[4],)))
    scope = follow_up_scope(work, visit)
    assert scope.items == tuple(items[1:5])
    plan = VisitPlan(work.visit(visit).plan.facility, VisitKind.FOLLOW_UP, "2027-09-01", follow_up=visit)
    again = work.visit(plan_visit(work, plan, Team(), scope))
    assert [item.id for item in again.checklist.items] == items[1:5]
    assert again.checklist.scope.items == tuple(items[1:5])


def test_a_visit_that_left_nothing_open_gives_no_follow_up(work: Casebook, visit: str) -> None:
    with pytest.raises(BadInputError, match="left nothing open"):
        follow_up_scope(work, visit)


def test_a_short_follow_up_takes_the_gravest_of_what_was_left_open(work: Casebook, visit: str) -> None:
    for item in work.visit(visit).checklist.items:
        work.judge(visit, item.id, Assessment.NOT_MET)
    scope = follow_up_scope(work, visit, minutes=60)
    assert 0 < len(checklist_for(scope, Profile()).items) < len(scope.items)

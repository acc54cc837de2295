"""The way through a checklist: which item comes next, which one is meant, and what an order lacks."""

from dataclasses import replace

import pytest

from inspect_kit.analysis.views import View
from inspect_kit.model import Assessment, Checklist, Finding, Person
from inspect_kit.work.route import Route
from tests.conftest import AtWork


@pytest.fixture
def checklist(at_work: AtWork) -> Checklist:
    return at_work.casebook.visit(at_work.visit).checklist


def judged(checklist: Checklist, *left: str) -> dict[str, Finding]:
    """Everything is judged but the items that are left."""
    return {item.id: Finding(item.id, Assessment.MET) for item in checklist.items if item.id not in left}


def test_the_next_open_item_is_found_around_the_end_in_both_directions(checklist: Checklist) -> None:
    first, *_between, last = (item for item in checklist.items if item.applies)
    findings = judged(checklist, first.id, last.id)
    route = Route(checklist, View.THEME)
    route.stand_on(last)
    assert route.is_open(findings)
    assert route.next_open(findings, 1)
    assert route.item == first
    assert route.next_open(findings, -1)
    assert route.item == last


def test_where_everything_is_judged_the_item_in_hand_stays(checklist: Checklist) -> None:
    route = Route(checklist, View.THEME)
    here = route.item
    assert not route.any_open(judged(checklist))
    assert not route.next_open(judged(checklist), 1)
    assert route.item == here


def test_another_order_keeps_the_item_in_hand(checklist: Checklist) -> None:
    route = Route(checklist, View.THEME)
    item = next(item for item in checklist.items if item.applies and item.places)
    assert route.stand_on(item)
    assert route.look_by(View.PLACE)
    assert route.item == item
    assert route.view is View.PLACE
    assert item in route.leg.items


def test_an_item_that_an_order_lacks_is_gone_to_by_theme(checklist: Checklist) -> None:
    here, there, *rest = checklist.items
    checklist = replace(checklist, items=(here, replace(there, talk_to={}), *rest))
    route = Route(checklist, View.PERSON)
    assert route.view is View.PERSON
    lacking = next(item for item in checklist.items if not item.applies or not item.talk_to)
    assert not route.stand_on(lacking)
    assert (route.view, route.item) == (View.THEME, lacking)


def test_an_order_in_which_nothing_comes_up_is_not_taken(checklist: Checklist) -> None:
    silent = replace(checklist, items=tuple(replace(item, talk_to={}) for item in checklist.items))
    assert Route(silent, View.PERSON).view is View.THEME
    route = Route(silent, View.RULE)
    assert not route.look_by(View.PERSON)
    assert route.view is View.RULE


def test_a_number_means_the_item_as_it_is_numbered_where_she_stands(checklist: Checklist) -> None:
    route = Route(checklist, View.THEME)
    assert route.find("2") == [item for item in route.leg.items if item.number == 2]
    route.look_by(View.PERSON)
    assert route.leg.key in list(Person)
    assert route.find("2") == [route.leg.items[1]]
    assert route.find("") == route.find("0") == []

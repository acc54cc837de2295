"""One checklist, four orders: what an inspector meets as she walks, asks and reads."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_kit.analysis.views import View, rule_of, walk
from inspect_kit.checklist import generate, load_banks
from inspect_kit.model import Checklist, Group, Person, Place, Profile, Scope
from inspect_kit.standards import load_standard

BANKS = load_banks(load_standard())
NO_CHILDREN = Profile({Group.WITH_CHILDREN: 0, Group.PREGNANT: 0, Group.BREASTFEEDING: 0})


@pytest.fixture(scope="module")
def everything() -> Checklist:
    return generate(BANKS, Scope(), NO_CHILDREN)


@pytest.mark.parametrize("view", [View.THEME, View.RULE])
def test_by_theme_and_by_rule_every_item_comes_up_also_those_that_do_not_apply(
    view: View, everything: Checklist
) -> None:
    assert any(not item.applies for item in everything.items)
    assert {item.id for leg in walk(everything, view) for item in leg.items} == {item.id for item in everything.items}


@pytest.mark.parametrize("view", [View.PLACE, View.PERSON])
def test_by_place_and_by_person_every_item_that_applies_comes_up_and_no_other(
    view: View, everything: Checklist
) -> None:
    walked = {item.id for leg in walk(everything, view) for item in leg.items}
    assert walked == {item.id for item in everything.items if item.applies}


@given(st.sampled_from(list(View)), st.sets(st.sampled_from([bank.theme for bank in BANKS]), min_size=1))
def test_each_part_of_a_walk_keeps_the_order_of_the_checklist(view: View, themes: set[str]) -> None:
    checklist = generate(BANKS, Scope(themes=tuple(themes)), Profile())
    place = {item.id: number for number, item in enumerate(checklist.items)}
    for leg in walk(checklist, view):
        assert leg.items
        order = [place[item.id] for item in leg.items]
        assert order == sorted(set(order))


def test_rules_come_in_their_order_with_their_heading(everything: Checklist) -> None:
    legs = walk(everything, View.RULE)
    assert [leg.key for leg in legs] == [f"BR-{rule}" for rule in range(1, 71)]
    titles = {leg.key: leg.title for leg in legs}
    assert titles["BR-5"] == "Rule 5: Personal hygiene"
    assert titles["BR-57"] == "Rule 57"


def test_rules_come_in_their_order_after_the_checklist_was_kept_and_read_again(everything: Checklist) -> None:
    again = Checklist.from_json(everything.as_json())
    assert [leg.key for leg in walk(again, View.RULE)] == [f"BR-{rule}" for rule in range(1, 71)]


def test_places_come_as_one_walks_from_the_gate_and_people_with_women_first(everything: Checklist) -> None:
    places = [leg.key for leg in walk(everything, View.PLACE)]
    assert places[0] == "gate"
    assert places == [place for place in Place if place in places]
    assert next(leg.key for leg in walk(everything, View.PERSON)) == "women"


def test_whoever_stands_in_a_leg_is_asked_something_by_each_of_its_items(everything: Checklist) -> None:
    for leg in walk(everything, View.PERSON):
        assert all(item.talk_to[Person(leg.key)] for item in leg.items)


def test_where_two_standards_are_inspected_a_rule_is_named_with_its_standard(everything: Checklist) -> None:
    hygiene = next(item for item in everything.items if item.theme == "hygiene")
    other = replace(hygiene, id="x.y", clauses=("EXA-2.1",))
    note = everything.clauses["BR-5"]
    both = replace(everything, items=(hygiene, other), clauses={"BR-5": note, "EXA-2.1": note})
    assert [leg.title.partition(":")[0] for leg in walk(both, View.RULE)] == ["BR rule 5", "EXA rule 2"]


def test_each_order_is_told_in_a_word() -> None:
    assert [view.label for view in View] == ["theme", "rule", "place", "person"]


@pytest.mark.parametrize(
    ("typed", "leg"),
    [
        ("25", "BR-25"),
        ("rule 25", "BR-25"),
        (" 25.3 ", "BR-25"),
        ("25(3)", "BR-25"),
        ("br-25", "BR-25"),
        ("6", "BR-6"),
        ("6.A", "BR-6"),
        ("2", ""),
        ("25.1", ""),
        ("25.31", ""),
        ("NMR-25", ""),
        ("tap", ""),
        ("", ""),
    ],
)
def test_a_typed_number_names_an_items_rule_or_clause_and_no_other(everything: Checklist, typed: str, leg: str) -> None:
    item = replace(everything.items[0], clauses=("BR-25.3", "BR-6.a"))
    assert rule_of(item, typed) == leg

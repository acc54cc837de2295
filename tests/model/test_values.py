"""Ids, items, checklists, plans, teams."""

import json
import re
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_kit.errors import BadInputError
from inspect_kit.model import (
    ALLOWED_IN,
    Assessment,
    Checklist,
    ClauseNote,
    Consent,
    Edition,
    EvidenceKind,
    Facility,
    Group,
    Item,
    Member,
    Person,
    Place,
    Priority,
    Role,
    Scope,
    Section,
    Source,
    Strength,
    Team,
    VisitKind,
    VisitPlan,
    new_id,
)


def test_ids_made_later_sort_later(monkeypatch) -> None:
    made = []
    for moment in (0.0, 1.0, 1_793_782_800.001, 1_793_782_800.002, 4_102_444_800.0, 250_000_000_000.0):
        monkeypatch.setattr(time, "time", lambda moment=moment: moment)
        made.append(new_id())
    assert made == sorted(made)
    assert all(re.fullmatch("[0-9A-HJKMNP-TV-Z]{26}", id_) for id_ in made)


def test_ids_of_one_millisecond_are_different(monkeypatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 1_793_782_800.0)
    assert len({new_id() for _ in range(10_000)}) == 10_000


def test_ids_made_within_one_millisecond_keep_their_order() -> None:
    made = [new_id() for _ in range(1_000)]
    assert made == sorted(made)


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
lists = st.lists(words, max_size=3).map(tuple)
pairs = st.lists(st.tuples(words, words), max_size=2).map(tuple)
items = st.builds(
    Item,
    id=words,
    theme=words,
    short=words,
    clauses=lists,
    strength=st.sampled_from(Strength),
    ask=words,
    why=words,
    look=lists,
    talk_to=st.dictionaries(st.sampled_from(Person), st.lists(words, min_size=1, max_size=2).map(tuple), max_size=3),
    records=lists,
    red_flags=lists,
    they_say=pairs,
    benchmarks=pairs,
    places=st.lists(st.sampled_from(Place), max_size=3).map(tuple),
    applies_to=st.lists(st.sampled_from(Group), max_size=3).map(tuple),
    private_only=st.booleans(),
    measure=st.none() | st.tuples(words, words),
    applies=st.booleans(),
    reason=st.none() | words,
    number=st.integers(0, 99),
)
themes = st.dictionaries(words, st.tuples(words, lists), max_size=3)
checklists = st.builds(
    Checklist,
    id=words,
    standards=st.dictionaries(words, st.builds(Source, words, words), max_size=2),
    themes=st.lists(st.builds(Section, words, words, lists, words), max_size=3, unique_by=lambda one: one.id).map(
        lambda sections: {one.id: one for one in sections}
    ),
    clauses=st.dictionaries(words, st.builds(ClauseNote, words, words), max_size=3),
    scope=st.builds(
        Scope,
        themes=lists,
        rules=st.lists(st.integers(1, 70), max_size=3).map(tuple),
        items=lists,
        minutes=st.integers(0, 600),
    ),
    items=st.lists(items, max_size=3).map(tuple),
)


@given(items)
def test_an_item_survives_the_way_through_json(item: Item) -> None:
    assert Item.from_json(json.loads(json.dumps(item.as_json()))) == item


@given(checklists)
def test_a_checklist_survives_the_way_through_json(checklist: Checklist) -> None:
    again = Checklist.from_json(json.loads(json.dumps(checklist.as_json(), sort_keys=True)))
    assert again == checklist
    assert list(again.themes) == list(checklist.themes)  # the order of work
    assert list(again.clauses) == list(checklist.clauses)


def test_a_checklist_that_the_first_version_froze_is_still_read(checklist: Checklist) -> None:
    frozen = checklist.as_json()
    frozen["standard"] = "bangkok-rules"
    frozen["meanings"] = {clause: note.means for clause, note in checklist.clauses.items()}
    frozen["scope"] = {"themes": ["hygiene"], "rules": []}
    for theme in frozen["themes"]:
        del theme["standard"]
    del frozen["standards"], frozen["clauses"]
    again = Checklist.from_json(json.loads(json.dumps(frozen)))
    assert again.items == checklist.items
    assert {theme: (one.title, one.care) for theme, one in again.themes.items()} == {
        theme: (one.title, one.care) for theme, one in checklist.themes.items()
    }
    assert {name: note.means for name, note in again.clauses.items()} == frozen["meanings"]
    assert again.scope == Scope(themes=("hygiene",))


def test_the_real_checklist_survives_the_way_through_json(checklist: Checklist) -> None:
    assert Checklist.from_json(json.loads(json.dumps(checklist.as_json()))) == checklist


@pytest.mark.parametrize("missing", ["id", "theme", "short", "clauses", "strength", "ask", "why"])
def test_an_item_without_a_needed_field_is_none(checklist: Checklist, missing: str) -> None:
    values = checklist.items[0].as_json()
    del values[missing]
    with pytest.raises(KeyError, match=missing):
        Item.from_json(values)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("strength", "wish"),
        ("places", ["moon"]),
        ("applies_to", ["dragons"]),
        ("talk_to", {"ghosts": ["boo"]}),
    ],
)
def test_an_item_with_an_unknown_word_is_none(checklist: Checklist, field: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"moon|wish|dragons|ghosts"):
        Item.from_json(checklist.items[0].as_json() | {field: value})


# -- plans and teams

NORTH = Facility("North Prison")


def test_a_plan_of_one_day_ends_on_it() -> None:
    assert VisitPlan(NORTH, VisitKind.FULL, "2026-11-04").ends == "2026-11-04"


def test_days_of_a_plan_are_kept_in_one_form_so_that_lists_sort() -> None:
    plan = VisitPlan(NORTH, VisitKind.FULL, "20261104", "2026-W45-5")
    assert (plan.starts, plan.ends) == ("2026-11-04", "2026-11-06")


@pytest.mark.parametrize(
    ("starts", "ends", "told"),
    [
        ("2026-11-04", "2026-11-03", "before it starts"),
        ("2026-11-04", "2027-11-06", "would last 367 days"),
        ("", "", "is not a day"),
        ("soon", "", "first day “soon” is not a day"),
        ("2026-02-30", "", "is not a day"),
        ("2026-11-04", "later", "last day “later”"),
        ("x" * 1_000, "", "is not a day"),
    ],
)
def test_a_plan_with_impossible_days_is_refused(starts: str, ends: str, told: str) -> None:
    with pytest.raises(BadInputError, match=told):
        VisitPlan(NORTH, VisitKind.FULL, starts, ends)


def test_a_plan_may_last_a_year() -> None:
    assert VisitPlan(NORTH, VisitKind.FULL, "2026-11-04", "2027-11-05").ends == "2027-11-05"


def test_a_team_has_forty_members_at_most_and_each_a_name() -> None:
    member = Member("Ines Example")
    assert len(Team((member,) * 40).members) == 40
    with pytest.raises(BadInputError, match="41 members; at most 40"):
        Team((member,) * 41)
    with pytest.raises(BadInputError, match="name is missing"):
        Member(" ")
    assert Member(" Ines ", profession=" midwife ") == Member("Ines", profession="midwife")


# -- words and consents


def test_each_edition_admits_the_consents_that_reach_it_and_never_none() -> None:
    assert set(ALLOWED_IN) == set(Edition)
    assert ALLOWED_IN[Edition.PUBLIC] < ALLOWED_IN[Edition.AUTHORITY] < ALLOWED_IN[Edition.INTERNAL]
    assert all(Consent.NONE not in consents for consents in ALLOWED_IN.values())
    assert {Consent(edition.value) for edition in Edition} == ALLOWED_IN[Edition.INTERNAL]


def test_every_word_of_the_screens_is_its_own() -> None:
    for words_of in (Assessment, EvidenceKind, Consent, VisitKind):
        assert len({word.label for word in words_of}) == len(words_of)
    assert {person.label for person in Person} >= {"Women", "Families"}
    assert len({person.label for person in Person}) == len(Person)
    assert [priority.value for priority in Priority] == ["urgent", "high", "normal"]
    assert {role.value for role in Role} >= {"leader", "interpreter", "observer"}


def test_what_people_said_and_pictures_of_them_need_consent() -> None:
    assert {kind for kind in EvidenceKind if kind.needs_consent} == {
        EvidenceKind.INTERVIEW,
        EvidenceKind.STAFF_INTERVIEW,
        EvidenceKind.OTHER_INTERVIEW,
        EvidenceKind.PHOTO,
    }


def test_a_frozen_value_stays_as_it_is(checklist: Checklist) -> None:
    item = checklist.items[0]
    with pytest.raises(AttributeError):
        item.ask = "Another question?"
    assert replace(item, number=9) != item

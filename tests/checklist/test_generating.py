"""From scope and profile to a visit's checklist: the same questions in the same order under the same id."""

import os
import random
import resource
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspect_kit.checklist import Bank, generate, load_banks, read_profile
from inspect_kit.checklist.generate import content_hash
from inspect_kit.errors import BadInputError, UnknownError
from inspect_kit.model import ClauseNote, Group, Profile, Scope
from inspect_kit.standards import load_standard
from tests.conftest import THEMES

STANDARD = load_standard()
BANKS = load_banks(STANDARD)
HAVE = tuple(bank.theme for bank in BANKS)
RULES = sorted({STANDARD.clauses[clause].rule for bank in BANKS for item in bank.items for clause in item.clauses})
HALF = settings(max_examples=max(40, settings.default.max_examples * 2 // 5))
scopes = st.builds(
    Scope,
    themes=st.lists(st.sampled_from(HAVE), max_size=3, unique=True).map(tuple),
    rules=st.lists(st.sampled_from(RULES), max_size=3, unique=True).map(tuple),
)
profiles = st.builds(Profile, st.dictionaries(st.sampled_from([g for g in Group if g != "women"]), st.integers(0, 3)))


def test_the_first_five_themes_are_there() -> None:
    assert set(THEMES) <= set(HAVE)


@HALF
@given(scopes, profiles)
def test_the_same_scope_and_profile_give_the_same_checklist(scope: Scope, profile: Profile) -> None:
    one, two = generate(BANKS, scope, profile), generate(iter(BANKS), scope, profile)
    assert one == two
    assert one.id == content_hash(one) == content_hash(replace(one, id="else"))
    assert len({item.id for item in one.items}) == len(one.items)


@HALF
@given(scopes, profiles)
def test_what_is_asked_stands_in_the_order_of_work_and_keeps_its_number(scope: Scope, profile: Profile) -> None:
    everything = generate(BANKS, Scope(), profile)
    chosen = generate(BANKS, scope, profile)
    place = {item.id: position for position, item in enumerate(everything.items)}
    positions = [place[item.id] for item in chosen.items]
    assert positions == sorted(positions)
    assert all(item == everything.items[place[item.id]] for item in chosen.items)


@HALF
@given(scopes)
def test_a_scope_chooses_its_themes_and_whatever_tests_its_rules(scope: Scope) -> None:
    chosen = {item.id for item in generate(BANKS, scope, Profile()).items}
    everything = not scope.themes and not scope.rules
    for bank in BANKS:
        for item in bank.items:
            tests = {STANDARD.clauses[clause].rule for clause in item.clauses} & set(scope.rules)
            assert (item.id in chosen) == (everything or bank.theme in scope.themes or bool(tests))


@HALF
@given(profiles)
def test_an_item_that_does_not_apply_stays_and_says_why(profile: Profile) -> None:
    checklist = generate(BANKS, Scope(), profile)
    assert len(checklist.items) == sum(len(bank.items) for bank in BANKS)
    for item in checklist.items:
        nobody = bool(item.applies_to) and all(profile.held.get(group) == 0 for group in item.applies_to)
        assert item.applies != nobody
        assert bool(item.reason) == nobody
        if item.reason:
            assert item.reason.startswith("No ")
            assert "as the facility profile says" in item.reason


def test_where_nobody_is_pregnant_an_item_on_pregnancy_alone_falls_away() -> None:
    held = Profile({Group.WOMEN: 12, Group.PREGNANT: 0, Group.BREASTFEEDING: 0, Group.WITH_CHILDREN: 0})
    away = [item for item in generate(BANKS, Scope(), held).items if not item.applies]
    assert away
    assert all(Group.WOMEN not in item.applies_to for item in away)


def test_everything_is_asked_in_the_order_of_the_banks() -> None:
    assert [item.id for item in generate(BANKS, Scope(), Profile()).items] == [
        item.id for bank in BANKS for item in bank.items
    ]


def test_another_laptop_makes_the_same_checklist() -> None:
    code = (
        "from inspect_kit.model import Profile, Scope\n"
        "from inspect_kit.work.planning import checklist_for\n"
        "print(checklist_for(Scope(rules=(24, 5)), Profile()).id)"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert made == {generate(BANKS, Scope(rules=(24, 5)), Profile()).id}


def test_items_are_numbered_through_their_theme() -> None:
    checklist = generate(BANKS, Scope(), Profile())
    for bank in BANKS:
        numbers = [item.number for item in checklist.items if item.theme == bank.theme]
        assert numbers == list(range(1, len(bank.items) + 1))


@pytest.mark.parametrize(
    "change",
    [
        lambda one: replace(one, items=one.items[:-1]),
        lambda one: replace(one, items=one.items[::-1]),
        lambda one: replace(one, items=(replace(one.items[0], ask="Another?"), *one.items[1:])),
        lambda one: replace(one, items=(replace(one.items[0], applies=not one.items[0].applies), *one.items[1:])),
        lambda one: replace(one, items=(replace(one.items[0], number=99), *one.items[1:])),
        lambda one: replace(one, scope=Scope(rules=(5,))),
        lambda one: replace(one, standards={}),
        lambda one: replace(one, themes={**one.themes, "hygiene": replace(one.themes["hygiene"], title="Other")}),
        lambda one: replace(one, themes={}),
        lambda one: replace(one, clauses={}),
    ],
)
def test_any_change_of_content_changes_the_checklists_id(change) -> None:
    one = generate(BANKS, Scope(), Profile())
    assert content_hash(change(one)) != one.id


def test_a_checklist_carries_the_themes_and_clauses_of_what_it_asks_and_nothing_else() -> None:
    checklist = generate(BANKS, Scope(themes=("restraints",)), Profile())
    [section] = checklist.themes.values()
    assert (section.id, section.title, section.standard) == ("restraints", "Restraints", "bangkok-rules")
    assert section.care
    clause = STANDARD.clauses["BR-24"]
    assert checklist.clauses == {"BR-24": ClauseNote("Instruments of restraint", clause.means)}
    assert {name: source.short for name, source in checklist.standards.items()} == {"bangkok-rules": "Bangkok Rules"}


@pytest.mark.parametrize(
    ("scope", "told"),
    [
        (Scope(themes=("dreams",)), "No item bank for the theme “dreams”: choose from"),
        (Scope(themes=("hygiene", "")), "No item bank for the theme “”"),
        (Scope(rules=(71,)), "No items for rule 71"),
        (Scope(themes=("hygiene",), rules=(0,)), "No items for rule 0"),
    ],
)
def test_an_unknown_theme_or_rule_is_named_with_those_that_exist(scope: Scope, told: str) -> None:
    with pytest.raises(UnknownError, match=told):
        generate(BANKS, scope, Profile())


def test_a_rule_that_no_bank_asks_about_yet_is_refused_rather_than_left_out() -> None:
    hygiene = [bank for bank in BANKS if bank.theme == "hygiene"]
    with pytest.raises(UnknownError, match="No items for rule 24: rules with items are 5"):
        generate(hygiene, Scope(rules=(24,)), Profile())


def test_the_order_of_banks_is_the_order_of_themes(monkeypatch) -> None:
    order = list(STANDARD.theme_ids())
    assert list(HAVE) == sorted(HAVE, key=order.index)
    shuffled: list[Bank] = list(BANKS)
    random.Random(1).shuffle(shuffled)  # noqa: S311 (an order, no secret)
    assert {item.id for item in generate(shuffled, Scope(), Profile()).items} == {
        item.id for bank in BANKS for item in bank.items
    }


# -- profiles from files


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("women: 96\npregnant: 3\n", {"women": 96, "pregnant": 3}),
        ('{"women": 96, "with-children": 0}', {"women": 96, "with-children": 0}),
        ("held:\n  women: 4\n", {"women": 4}),
        ("# nobody counted yet\n", {}),
        ("", {}),
    ],
)
def test_a_profile_is_read_as_people_write_it(text: str, held: dict[str, int]) -> None:
    assert {group.value: number for group, number in read_profile(text).held.items()} == held


def laughs(use: str) -> str:
    """A billion laughs: each list holds the one before ten times."""
    lines = ["l0: &l0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    lines += [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 12)]
    return use + "\n" + "\n".join(lines)


HOSTILE = {
    "a list": "- women\n- men",
    "a text": "about ninety women",
    "a number": "96",
    "a python tag": "women: !!python/object/apply:os.system ['touch /tmp/owned']",
    "a python name": "!!python/name:os.system ''",
    "an open bracket": "women: [",
    "tabs": "women:\t- 5",
    "control characters": "women: 5\x00",
    "half a letter": "women: \udc80",
    "a day that is none": "women: 2026-13-45",
    "a number of 5,000 digits": "women: " + "9" * 5_000,
    "a hexadecimal number of 5,000 digits": "women: 0x" + "f" * 5_000,
    "infinity": "women: .inf",
    "nested 4,000 deep": "women: " + "[" * 4_000 + "]" * 4_000,
    "a list as a name": "? [a, b]\n: 5",
    "two documents": "women: 5\n---\nwomen: 6",
    "an unknown anchor": "women: *nobody",
    "a billion laughs": laughs("women: 5"),
    "a group that laughs": "x: &x [ha, ha]\nwomen: *x",
    "itself": "women: &x [*x]",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_is_no_profile_is_refused_at_once(text: str) -> None:
    begun = time.monotonic()
    with pytest.raises(BadInputError) as told:
        read_profile(text)
    assert time.monotonic() - begun < 2
    assert len(str(told.value)) < 400
    assert "\n" not in str(told.value)


def test_a_billion_laughs_under_a_known_group_is_refused_at_once() -> None:
    lines = laughs("").replace("l11: &l11", "women: &l11")
    begun = time.monotonic()
    with pytest.raises(BadInputError):
        read_profile(lines)
    with pytest.raises(BadInputError, match="whole number for women"):
        read_profile(f"held: {{women: {'[' * 50 + ']' * 50}}}")
    assert time.monotonic() - begun < 2


def test_a_file_nested_without_end_does_not_crash_the_reader() -> None:
    """Tried in another process: the C reader of YAML overruns its stack at 100,000 brackets."""
    code = (
        "from inspect_kit.checklist import read_profile\n"
        "from inspect_kit.errors import BadInputError\n"
        "try: read_profile('women: ' + '[' * 1_000_000)\n"
        "except BadInputError as problem: print(problem)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stderr
    assert "characters" in run.stdout


def test_a_profile_of_laughs_costs_no_memory() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(BadInputError):
        read_profile(laughs("").replace("l11: &l11", "women: &l11"))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000

"""The Bangkok Rules as facts: how many clauses, which paragraphs, under which themes."""

from collections import Counter

import pytest

from inspect_kit.errors import UnknownError
from inspect_kit.model import Standard, Strength
from inspect_kit.standards import find_clause, load_standard

PARAGRAPHS = dict(
    zip(
        (2, 3, 7, 10, 11, 25, 33, 42, 48, 51, 52, 53, 70),
        (2, 2, 3, 2, 2, 3, 3, 4, 3, 2, 3, 2, 4),
        strict=True,
    )
)
POINTS = {6: "abcde", 41: "abcd"}


@pytest.fixture(scope="module")
def rules() -> Standard:
    return load_standard()


def test_there_are_seventy_rules_in_their_order(rules: Standard) -> None:
    numbers = [clause.rule for clause in rules.clauses.values()]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, 71))


def test_there_are_ninety_nine_leaf_clauses(rules: Standard) -> None:
    assert sum(not clause.lead for clause in rules.clauses.values()) == 99


def test_paragraphs_and_points_are_those_of_the_document(rules: Standard) -> None:
    paragraphs = Counter(clause.rule for clause in rules.clauses.values() if clause.paragraph)
    assert paragraphs == PARAGRAPHS
    for rule, number in PARAGRAPHS.items():
        ids = [clause.id for clause in rules.clauses.values() if clause.rule == rule]
        assert ids == [f"BR-{rule}.{paragraph}" for paragraph in range(1, number + 1)]
    points: dict[int, str] = {}
    for clause in rules.clauses.values():
        if clause.point:
            points[clause.rule] = points.get(clause.rule, "") + clause.point
    assert points == POINTS
    leads = {clause.id for clause in rules.clauses.values() if clause.lead}
    assert "BR-6" in leads
    assert leads <= {"BR-6", "BR-41"}
    single = {rule for rule in range(1, 71) if rule not in PARAGRAPHS and rule not in POINTS}
    assert len(single) == 55
    assert all(f"BR-{rule}" in rules.clauses for rule in single)


def test_parts_are_those_of_the_document(rules: Standard) -> None:
    part_of = {clause.rule: clause.part for clause in rules.clauses.values()}
    for part, first, last in (("I", 1, 39), ("II", 40, 56), ("III", 57, 66), ("IV", 67, 70)):
        assert {part_of[rule] for rule in range(first, last + 1)} == {part}


@pytest.mark.parametrize("rule", ["BR-22", "BR-23", "BR-24", "BR-49", "BR-48.2", "BR-59"])
def test_prohibitions_are_marked_as_such(rules: Standard, rule: str) -> None:
    assert rules.clauses[rule].strength is Strength.PROHIBITION


def test_every_clause_says_in_our_words_what_it_asks_for(rules: Standard) -> None:
    for clause in rules.clauses.values():
        assert len(clause.means) > 20, clause.id
        assert "\n" not in clause.means
        assert clause.protects, clause.id
    assert len({clause.means for clause in rules.clauses.values()}) == len(rules.clauses)


def test_every_theme_names_clauses_that_exist_and_no_leaf_clause_is_forgotten(rules: Standard) -> None:
    assert len(rules.themes) == len(set(rules.theme_ids())) == 24
    for theme in rules.themes:
        assert theme.clauses
        assert not set(theme.clauses) - set(rules.clauses), theme.id
        assert len(set(theme.clauses)) == len(theme.clauses)
    covered = {clause for theme in rules.themes for clause in theme.clauses}
    assert {clause.id for clause in rules.clauses.values() if not clause.lead} <= covered


def test_only_two_themes_are_inspected_at_a_desk(rules: Standard) -> None:
    assert [theme.id for theme in rules.themes if not theme.on_site] == ["non-custodial", "research-and-awareness"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("BR-25.3", "BR-25.3"),
        ("br25.3", "BR-25.3"),
        ("br-25.3", "BR-25.3"),
        ("BR 25.3", "BR-25.3"),
        ("25.3", "BR-25.3"),
        ("25(3)", "BR-25.3"),
        (" 25 (3) ", "BR-25.3"),
        ("6(a)", "BR-6.a"),
        ("6.A", "BR-6.a"),
        ("BR-6.a", "BR-6.a"),
        ("6", "BR-6"),
        ("5", "BR-5"),
        ("BR-70.4", "BR-70.4"),
    ],
)
def test_a_clause_is_found_as_people_write_it(rules: Standard, typed: str, meant: str) -> None:
    assert find_clause(rules, typed).id == meant


@pytest.mark.parametrize("typed", ["", "71", "0", "BR", "BR-", "25.9", "6(f)", "x" * 3_000, "5.1", "-5-", "25."])
def test_a_clause_that_does_not_exist_is_refused_with_an_example(rules: Standard, typed: str) -> None:
    with pytest.raises(UnknownError, match=r"have no clause .* write it like BR-25\.3") as told:
        find_clause(rules, typed)
    assert len(str(told.value)) < 200


def test_a_rule_of_several_clauses_names_them(rules: Standard) -> None:
    with pytest.raises(UnknownError, match=r"BR-25\.1, BR-25\.2, BR-25\.3"):
        find_clause(rules, "25")


@pytest.mark.parametrize("name", ["", "mandela-rules", "../bangkok-rules", "ids.txt", "/etc"])
def test_a_standard_that_is_not_here_is_named(name: str) -> None:
    with pytest.raises(UnknownError, match="known are bangkok-rules"):
        load_standard(name)

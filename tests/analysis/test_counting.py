"""Progress, ratings, triangulation and the team's own check: what anybody can count by hand."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_kit.analysis import Rating, progress, rate, rate_themes, self_check
from inspect_kit.model import (
    Account,
    Assessment,
    Checklist,
    Evidence,
    EvidenceKind,
    Facility,
    Finding,
    Item,
    Member,
    Priority,
    Role,
    Scope,
    Section,
    Strength,
    Team,
    VisitKind,
    VisitPlan,
    VisitRecord,
    VisitState,
)

# (met, partly, not met, unseen, a prohibition broken) and the rating of the rule in the report
TABLE = [
    ((4, 0, 0, 0, False), Rating.MET),
    ((1, 0, 0, 1, False), Rating.MET),
    ((1, 0, 0, 2, False), Rating.TOO_LITTLE_SEEN),
    ((0, 0, 0, 0, False), Rating.TOO_LITTLE_SEEN),
    ((0, 0, 0, 5, False), Rating.TOO_LITTLE_SEEN),
    ((5, 0, 0, 5, False), Rating.MET),
    ((5, 0, 0, 6, False), Rating.TOO_LITTLE_SEEN),
    ((3, 0, 1, 0, False), Rating.MOSTLY_MET),  # ¾ exactly
    ((1, 1, 0, 0, False), Rating.MOSTLY_MET),  # ¾ exactly
    ((99, 1, 0, 0, False), Rating.MOSTLY_MET),  # not every item
    ((2, 1, 1, 0, False), Rating.PARTLY_MET),  # ⅝
    ((299, 0, 100, 0, False), Rating.PARTLY_MET),  # just under ¾
    ((1, 0, 1, 0, False), Rating.PARTLY_MET),  # ½ exactly
    ((0, 4, 0, 0, False), Rating.PARTLY_MET),  # ½ exactly, none met
    ((1, 0, 2, 0, False), Rating.PARTLY_MET),  # one in three met
    ((1, 0, 3, 0, False), Rating.NOT_MET),  # ¼, one in four met
    ((0, 3, 1, 0, False), Rating.NOT_MET),  # ⅜, none met
    ((33, 0, 67, 0, False), Rating.NOT_MET),
    ((34, 0, 66, 0, False), Rating.PARTLY_MET),
    ((0, 0, 1, 0, False), Rating.NOT_MET),
    ((0, 0, 1, 0, True), Rating.NOT_MET),
    ((99, 0, 1, 0, True), Rating.NOT_MET),  # one broken prohibition is enough
    ((0, 0, 1, 99, True), Rating.NOT_MET),  # however little was seen
]


@pytest.mark.parametrize(("counts", "rating"), TABLE)
def test_a_theme_is_rated_by_the_rule_in_the_report(counts: tuple[int, int, int, int, bool], rating: Rating) -> None:
    *numbers, broken = counts
    assert rate(*numbers, broken=broken) is rating


@given(*[st.integers(0, 12)] * 4, st.booleans())
def test_the_rule_in_code_is_the_rule_in_words(met: int, partly: int, not_met: int, unseen: int, broken: bool) -> None:
    judged = met + partly + not_met
    if broken:
        expected = Rating.NOT_MET
    elif not judged or Fraction(judged, judged + unseen) < Fraction(1, 2):
        expected = Rating.TOO_LITTLE_SEEN
    else:
        mean = Fraction(2 * met + partly, 2 * judged)
        if mean == 1:
            expected = Rating.MET
        elif mean >= Fraction(3, 4):
            expected = Rating.MOSTLY_MET
        elif mean >= Fraction(1, 2) or Fraction(met, judged) >= Fraction(1, 3):
            expected = Rating.PARTLY_MET
        else:
            expected = Rating.NOT_MET
    assert rate(met, partly, not_met, unseen, broken=broken) is expected


def item(theme: str, name: str, strength: Strength = Strength.DUTY, *, applies: bool = True) -> Item:
    return Item(f"{theme}.{name}", theme, name, ("BR-5",), strength, "Is it?", "Because.", applies=applies)


def record(items: list[Item], findings: dict[str, Finding]) -> VisitRecord:
    themes = {one.theme: Section(one.theme, one.theme.title(), (), "bangkok-rules") for one in items}
    return VisitRecord(
        "01VISIT",
        VisitPlan(Facility("North"), VisitKind.FULL, "2026-11-04"),
        Team(),
        Checklist("", {}, themes, {}, Scope(), tuple(items)),
        Account(),
        VisitState.INSPECTING,
        findings,
    )


ITEMS = [
    item("hygiene", "a"),
    item("hygiene", "b"),
    item("hygiene", "c"),
    item("hygiene", "gone", applies=False),
    item("searches", "ban", Strength.PROHIBITION),
    item("searches", "duty"),
    item("searches", "open"),
]
FOUND = {
    "hygiene.a": Finding("hygiene.a", Assessment.MET, priority=Priority.URGENT),
    "hygiene.b": Finding("hygiene.b", Assessment.NOT_VERIFIED, "locked"),
    "hygiene.c": Finding("hygiene.c", Assessment.NOT_APPLICABLE, "no showers"),
    "hygiene.gone": Finding("hygiene.gone", Assessment.NOT_MET, priority=Priority.URGENT),
    "searches.ban": Finding("searches.ban", Assessment.NOT_MET),
    "searches.duty": Finding("searches.duty", Assessment.NOT_MET),
    "searches.open": Finding("searches.open", None, narrative="not judged yet"),
    "elsewhere.x": Finding("elsewhere.x", Assessment.MET),
}


def test_progress_counts_what_applies_and_is_judged() -> None:
    found = progress(record(ITEMS, FOUND))
    assert [(one.theme, one.title, one.items, one.done, one.urgent) for one in found.themes] == [
        ("hygiene", "Hygiene", 3, 3, 2),
        ("searches", "Searches", 3, 2, 0),
    ]
    assert (found.items, found.done, found.urgent, found.evidence, found.conflicts) == (6, 5, 2, 0, 0)
    empty = progress(record(ITEMS, {}))
    assert (empty.items, empty.done, empty.urgent) == (6, 0, 0)


def test_a_visit_is_rated_theme_by_theme() -> None:
    hygiene, searches = rate_themes(record(ITEMS, FOUND))
    assert (hygiene.judged, hygiene.applicable, hygiene.open, hygiene.rating) == (1, 2, 0, Rating.MET)
    assert (searches.judged, searches.applicable, searches.open) == (2, 3, 1)
    assert (searches.rating, searches.broken) == (Rating.NOT_MET, ("searches.ban",))
    together = {level: hygiene.counts[level] + searches.counts[level] for level in Assessment}
    assert together == {
        Assessment.MET: 1,
        Assessment.PARTLY_MET: 0,
        Assessment.NOT_MET: 2,
        Assessment.NOT_APPLICABLE: 1,
        Assessment.NOT_VERIFIED: 1,
    }


def test_a_duty_that_is_not_met_breaks_no_prohibition() -> None:
    findings = {
        "searches.ban": Finding("searches.ban", Assessment.PARTLY_MET),
        "searches.duty": Finding("searches.duty", Assessment.NOT_MET),
    }
    (searches,) = rate_themes(record(ITEMS[4:6], findings))
    assert searches.broken == ()
    assert searches.rating is Rating.NOT_MET
    (searches,) = rate_themes(record(ITEMS[4:6], {**findings, "searches.duty": Finding("x", Assessment.MET)}))
    assert searches.rating is Rating.MOSTLY_MET


@given(st.lists(st.sampled_from(EvidenceKind)))
def test_one_kind_of_source_however_often_is_one_view(kinds: list[EvidenceKind]) -> None:
    finding = Finding("x", evidence=tuple(Evidence(kind, "seen") for kind in kinds))
    found = finding.source_kinds
    assert list(found) == sorted(set(found), key=list(EvidenceKind).index)
    assert EvidenceKind.PHOTO not in found  # it shows what the team observed
    merged = {EvidenceKind.OBSERVATION if kind is EvidenceKind.PHOTO else kind for kind in kinds}
    assert set(found) == merged


def test_a_photograph_does_not_support_an_observation_as_a_second_source() -> None:
    seen = tuple(Evidence(kind, "x") for kind in (EvidenceKind.PHOTO, EvidenceKind.OBSERVATION, EvidenceKind.PHOTO))
    assert Finding("x", evidence=seen).source_kinds == (EvidenceKind.OBSERVATION,)


WOMAN = Member("Ines", Role.LEADER, woman=True)
MAN = Member("Omar", Role.HEALTH, woman=False)
UNSTATED = Member("Kim")


@pytest.mark.parametrize(
    ("members", "women", "inspecting", "passed", "told"),
    [
        ((), 0, 0, False, "No woman inspects"),
        ((WOMAN,), 1, 1, True, "1 of the 1 who inspect is a woman."),
        ((WOMAN, MAN), 1, 2, True, "Only she can offer a woman inspector"),
        ((WOMAN, WOMAN, MAN), 2, 3, True, "2 of the 3 who inspect are women."),
        ((MAN,), 0, 1, False, "would not meet Rule 25(3)"),
        ((MAN, UNSTATED), 0, 2, False, "No member is stated to be a woman"),
        ((MAN, replace(WOMAN, role=Role.INTERPRETER)), 0, 1, False, "would not meet Rule 25(3)"),
        ((MAN, replace(WOMAN, role=Role.OBSERVER)), 0, 1, False, "would not meet Rule 25(3)"),
        ((WOMAN, replace(UNSTATED, role=Role.OBSERVER)), 1, 1, True, "1 of the 1"),
    ],
)
def test_the_team_is_held_against_rule_25_3_itself(members, women, inspecting, passed, told) -> None:
    found = self_check(Team(members))
    assert (found.women, found.members, found.passed) == (women, inspecting, passed)
    assert told in found.sentence


def test_each_rating_is_told_in_words() -> None:
    assert [rating.label for rating in Rating] == ["met", "mostly met", "partly met", "not met", "too little seen"]

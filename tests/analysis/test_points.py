"""What has to be looked at before an edition leaves the team, and what of a facility's numbers may be told."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_kit.analysis import ELSEWHERE, disclose, open_points, photo_point, without_small_groups
from inspect_kit.model import (
    Account,
    Attachment,
    Checklist,
    Consent,
    Edition,
    Evidence,
    EvidenceKind,
    Facility,
    Finding,
    Group,
    Item,
    Profile,
    Recommendation,
    Scope,
    Strength,
    Team,
    VisitKind,
    VisitPlan,
    VisitRecord,
    VisitState,
)

OUTSIDE = (Edition.AUTHORITY, Edition.PUBLIC)


def record(
    narrative: str = "", sources: tuple[Evidence, ...] = (), held: dict[Group, int] | None = None, **item: object
) -> VisitRecord:
    values = {
        "id": "a",
        "theme": "t",
        "short": "A",
        "clauses": (),
        "strength": Strength.DUTY,
        "ask": "Is it?",
        "why": "",
    }
    return VisitRecord(
        "01VISIT",
        VisitPlan(Facility("North", profile=Profile(held or {Group.WOMEN: 200})), VisitKind.FULL, "2026-11-04"),
        Team(),
        Checklist("", {}, {}, {}, Scope(), (Item(**{**values, **item}),)),
        Account(),
        VisitState.INSPECTING,
        {"a": Finding("a", narrative=narrative, evidence=sources)},
    )


def said(note: str, consent: Consent = Consent.PUBLIC, **more: str) -> Evidence:
    return Evidence(EvidenceKind.INTERVIEW, note, consent=consent, **more)


@pytest.mark.parametrize("edition", OUTSIDE)
def test_a_name_in_a_note_is_a_point_until_it_is_answered_or_gone(edition: Edition) -> None:
    visit = record("Mrs Amina Hassan showed us the door.")
    (point,) = open_points(visit, edition)
    assert (point.item, point.field) == ("a", "narrative")
    assert "Amina Hassan" in point.message
    assert open_points(visit, edition, {point.id: "  "}) == (point,)
    assert open_points(visit, edition, {point.id: "She is the minister, and known as such."}) == ()
    assert open_points(record("W7 showed us the door."), edition) == ()


def test_within_the_team_there_are_no_points() -> None:
    assert open_points(record("Mrs Amina Hassan showed us the door."), Edition.INTERNAL) == ()


def test_an_answer_holds_for_one_edition_and_for_the_words_it_was_given_for() -> None:
    visit = record("Mrs Amina Hassan showed us the door.")
    (authority,), (public,) = (open_points(visit, edition) for edition in OUTSIDE)
    assert authority.id != public.id
    (other,) = open_points(record("Mrs Amina Haddad showed us the door."), Edition.PUBLIC)
    assert other.id != public.id


def test_what_an_edition_does_not_show_is_no_point_of_it() -> None:
    note = "Her sister is Mrs Amina Hassan."
    visit = record(sources=(said(note, Consent.AUTHORITY), said("She waits.", Consent.NONE, interviewee="Amina")))
    assert [point.field for point in open_points(visit, Edition.AUTHORITY)] == ["evidence 1"]
    assert open_points(visit, Edition.PUBLIC) == ()


def test_a_point_keeps_its_id_when_another_source_comes_before_it() -> None:
    note = said("Her sister is Mrs Amina Hassan.")
    (before,) = open_points(record(sources=(note,)), Edition.PUBLIC)
    (after,) = open_points(record(sources=(said("She waits."), note)), Edition.PUBLIC)
    assert (before.id, before.field, after.field) == (after.id, "evidence 1", "evidence 2")


def test_points_in_recommendations_and_accounts_are_found() -> None:
    visit = replace(
        record(),
        recommendations=(Recommendation("Thank Mrs Amina Hassan.", "Director", number=1),),
        account=Account(overview="Mrs Amina Hassan was kind."),
    )
    assert [point.field for point in open_points(visit, Edition.PUBLIC)] == ["recommendation 1", "overview"]


def test_a_quote_under_an_item_that_asks_of_three_women_is_a_point() -> None:
    held = {Group.WOMEN: 200, Group.PREGNANT: 3}
    visit = record(sources=(said("I wait."),), held=held, applies_to=(Group.PREGNANT,))
    assert "Fewer than five" in open_points(visit, Edition.PUBLIC)[0].message
    assert open_points(record(sources=(said("I wait."),), held=held), Edition.PUBLIC) == ()


@pytest.mark.parametrize("edition", OUTSIDE)
def test_that_one_of_three_women_kept_her_words_to_the_team_is_not_told_under_their_item(edition: Edition) -> None:
    silent = said("I wait.", Consent.NONE)
    held = {Group.WOMEN: 200, Group.PREGNANT: 3}
    assert disclose(record(sources=(silent,), held=held, applies_to=(Group.PREGNANT,)), edition).withheld == {
        ELSEWHERE: 1
    }
    assert disclose(record(sources=(silent,), held=held), edition).withheld == {"a": 1}


def test_outside_the_team_nobody_learns_where_and_when_somebody_was_talked_to_or_who_wrote_it() -> None:
    source = said("It is cold.", place="cell 9", when="4 Nov 10:15", interviewee="W7", group="women", id="01SOURCE",
                  author="Ana Example", recorded="2026-11-04T09:05:00.123Z.0000")  # fmt: skip
    for edition in OUTSIDE:
        text = repr(disclose(record(sources=(source,)), edition).visit)
        assert "It is cold." in text
        for secret in ("cell 9", "10:15", "01SOURCE", "Ana Example", "09:05"):
            assert secret not in text
        assert ("W7" in text) is (edition is Edition.AUTHORITY)


def test_a_group_of_few_is_not_named_beside_a_quote() -> None:
    held = {Group.WOMEN: 200, Group.PREGNANT: 3}
    few, many = said("I wait.", group="pregnant women"), said("I wait.", group="women")
    shown = disclose(record(sources=(few, many), held=held), Edition.AUTHORITY).visit.findings["a"].evidence
    assert [source.group for source in shown] == ["", "women"]


def pictured(note: str = "The door.", consent: Consent = Consent.PUBLIC, digest: str = "ab" * 32) -> Evidence:
    return Evidence(
        EvidenceKind.PHOTO, note, consent=consent, attachment=Attachment(digest, "door.jpg", "image/jpeg", 9)
    )


@pytest.mark.parametrize("edition", OUTSIDE)
def test_each_photograph_that_an_edition_shows_is_a_point_until_somebody_has_looked_at_it(edition: Edition) -> None:
    visit = record(sources=(pictured(), pictured(digest="cd" * 32)))
    first, second = open_points(visit, edition)
    assert (first.item, first.field, second.field) == ("a", "evidence 1", "evidence 2")
    assert "can anybody be recognised" in first.message
    assert open_points(visit, edition, {first.id: "Nobody: a door."}) == (second,)
    assert open_points(record(sources=(pictured("The other door."),)), edition)[0].id == first.id
    assert first.id == photo_point(edition, "a", "ab" * 32)


def test_a_photograph_that_an_edition_does_not_show_is_no_point_of_it() -> None:
    visit = record(sources=(pictured(consent=Consent.AUTHORITY),))
    assert len(open_points(visit, Edition.AUTHORITY)) == 1
    assert open_points(visit, Edition.PUBLIC) == ()
    seen = replace(pictured(), kind=EvidenceKind.OBSERVATION)  # for such a picture nobody was asked
    assert open_points(record(sources=(seen,)), Edition.AUTHORITY) == ()


NUMBERS = st.integers(0, 12) | st.integers(0, 400)
PROFILES = st.builds(
    lambda women, girls, rest: Profile(
        {Group.WOMEN: women, **({Group.GIRLS: girls} if girls is not None else {}),
         **{group: min(number, women + (girls or 0)) for group, number in rest.items()}}
    ),
    NUMBERS,
    st.none() | NUMBERS,
    st.dictionaries(st.sampled_from([one for one in Group if one not in (Group.WOMEN, Group.GIRLS)]), NUMBERS),
)  # fmt: skip


@given(PROFILES)
def test_no_number_of_one_to_four_is_told_and_none_follows_by_subtraction(profile: Profile) -> None:
    counts = without_small_groups(profile)
    told = dict(counts.profile.held)
    assert not any(0 < number < 5 for number in told.values())
    if counts.held is not None:
        assert not 0 < counts.held < 5
        assert not any(0 < counts.held - number < 5 for number in told.values())
    assert set(told) | set(counts.few) | {group for group, number in profile.held.items() if not number} == set(
        profile.held
    )


@given(PROFILES)
def test_what_is_told_of_the_numbers_is_true(profile: Profile) -> None:
    counts = without_small_groups(profile)
    assert counts.profile.held.items() <= profile.held.items()
    assert counts.held in (None, profile.held[Group.WOMEN] + profile.held.get(Group.GIRLS, 0))


def test_the_numbers_of_all_groups_are_told_within_the_team() -> None:
    held = {Group.WOMEN: 200, Group.PREGNANT: 3}
    assert disclose(record(held=held), Edition.INTERNAL).visit.plan.facility.profile.held == held

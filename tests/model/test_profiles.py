"""Who a facility holds: unknown is not nobody, and what cannot be is refused."""

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_kit.errors import BadInputError
from inspect_kit.model import Facility, Group, Profile


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ({"women": -1}, "says -1 for women"),
        ({"women": 1_000_001}, "1,000,001"),
        ({"women": 10**5000}, "says too much for women"),
        ({"women": True}, "whole number for women, not “True”"),
        ({"pregnant": 2.5}, "not “2.5”"),
        ({"pregnant": float("nan")}, "not “nan”"),
        ({"pregnant": "three"}, "not “three”"),
        ({"pregnant": "x" * 10_000}, "whole number"),
        ({"pregnant": None}, "not a list or nothing"),
        ({"pregnant": [[["x"]]]}, "not a list or nothing"),
        ({"dragons": 1}, "names the group “dragons”"),
        ({"x" * 10_000: 1}, "names the group"),
        ({7: 1}, "names the group"),
        ({"women": 10, "pregnant": 11}, "says 11 pregnant women, but only 10 women and girls in all"),
        ({"women": 10, "girls": 2, "minorities": 13}, "only 12"),
    ],
)
def test_a_profile_that_cannot_be_is_refused_in_a_sentence(held: dict[object, object], told: str) -> None:
    with pytest.raises(BadInputError, match=told) as found:
        Profile(held)
    assert len(str(found.value)) < 250
    assert "\n" not in str(found.value)


@pytest.mark.parametrize(
    "held",
    [
        {},
        {"women": 0},
        {"women": 1_000_000},
        {"women": 10, "pregnant": 10},
        {"women": 0, "girls": 3},
        {"women": 10, "girls": 2, "minorities": 12},
        {"pregnant": 5},
    ],
)
def test_a_profile_that_can_be_is_taken(held: dict[str, int]) -> None:
    assert {group.value: number for group, number in Profile(held).held.items()} == held


@given(st.dictionaries(st.sampled_from(list(Group)), st.integers(0, 5)))
def test_a_group_may_be_held_unless_the_profile_says_that_nobody_is(held: dict[Group, int]) -> None:
    try:
        profile = Profile(held)
    except BadInputError:
        return
    for group in Group:
        assert profile.may_hold(group) == (group not in held or held[group] > 0)


def test_a_profile_keeps_the_order_of_the_groups_and_cannot_be_changed() -> None:
    profile = Profile({Group.PREGNANT: 1, Group.WOMEN: 5})
    assert list(profile.held) == [Group.WOMEN, Group.PREGNANT]
    with pytest.raises(TypeError):
        profile.held[Group.WOMEN] = 6
    assert copy.deepcopy(profile) == pickle.loads(pickle.dumps(profile)) == profile  # noqa: S301 (our own)


def test_every_group_has_words() -> None:
    assert len({group.label for group in Group}) == len(Group)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"name": " "}, "name is missing"),
        ({"name": "a\nb"}, "one line"),
        ({"name": "x" * 501}, "at most 500"),
        ({"name": "N", "country": "a\tb"}, "country must be one line"),
        ({"name": "N", "capacity": -1}, "capacity is -1"),
        ({"name": "N", "capacity": 2_000_000}, "2,000,000"),
    ],
)
def test_a_facility_that_cannot_be_is_refused(values: dict[str, object], told: str) -> None:
    with pytest.raises(BadInputError, match=told):
        Facility(**values)


def test_white_space_around_a_facilitys_name_is_not_kept() -> None:
    assert Facility("  North Prison\n").name == "North Prison"

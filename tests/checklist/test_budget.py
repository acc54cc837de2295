"""When time is short: the gravest questions first, and a little of everything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_kit.checklist import generate, load_banks, minutes
from inspect_kit.checklist.budget import rank
from inspect_kit.errors import BadInputError
from inspect_kit.model import Item, Profile, Scope, Strength
from inspect_kit.standards import load_standard

BANKS = load_banks(load_standard())


def within(time: int) -> tuple[Item, ...]:
    return generate(BANKS, Scope(minutes=time), Profile()).items


@given(st.integers(1, 4000))
def test_what_is_chosen_fits_into_the_time(time: int) -> None:
    assert sum(map(minutes, within(time))) <= time


@given(st.integers(1, 3000), st.integers(1, 3000))
def test_more_time_never_costs_an_item(time: int, more: int) -> None:
    assert {item.id for item in within(time)} <= {item.id for item in within(time + more)}


def test_a_duty_is_chosen_only_when_every_ban_and_grave_item_has_its_time() -> None:
    bans = [item for bank in BANKS for item in bank.items if rank(item) == 0]
    assert {item.strength for item in bans} >= {Strength.PROHIBITION, Strength.DUTY}
    needed = sum(map(minutes, bans))
    assert {item.id for item in within(needed)} == {item.id for item in bans}
    assert all(rank(item) == 0 for item in within(needed // 2))


def test_a_day_sees_something_of_most_themes() -> None:
    assert len({item.theme for item in within(24 * 60)}) >= 18


def test_with_all_the_time_in_the_world_nothing_is_left_out() -> None:
    assert within(30 * 24 * 60) == generate(BANKS, Scope(), Profile()).items


@pytest.mark.parametrize("time", [-1, 10**9])
def test_an_impossible_time_is_refused(time: int) -> None:
    with pytest.raises(BadInputError, match="minutes makes no visit"):
        within(time)

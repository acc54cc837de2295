"""Stamps: a clock that orders what laptops did apart, even where one of them is a year off."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from inspect_kit.errors import CasebookError
from inspect_kit.language import _

_DAY = 86_400_000
_END = int(datetime(2100, 1, 1, tzinfo=UTC).timestamp() * 1000)


def next_stamp(latest: str | None, now: Callable[[], float] = time.time) -> str:
    """Make the stamp after ``latest``: a hybrid logical clock, readable, and in order as text.

    It is ``2026-11-04T09:05:00.123Z.0000``: UTC to the millisecond, then a counter for entries within one.
    Where ``latest`` is ahead of the machine's clock the new stamp stays just behind it in order, but is
    never pulled more than a day ahead of the machine.
    Source: Kulkarni et al., Logical Physical Clocks (2014).

    Args:
        latest: the greatest stamp seen, or None.
        now: the machine's clock, in seconds since 1970.

    Raises:
        CasebookError: when the machine's clock stands before 1970 or after 2099, years that no casebook takes in.
    """
    machine = _machine(now)
    moment, counter = machine, 0
    if latest is not None:
        seen, count = _read(latest)
        if machine <= seen <= machine + _DAY:
            moment, counter = (seen, count + 1) if count < 9999 else (seen + 1, 0)
    return _write(moment, counter)


def a_day_ahead(now: Callable[[], float]) -> str:
    """The last stamp that our own clock goes by: one further ahead is from a broken or hostile clock."""
    return _write(_machine(now) + _DAY, 9999)


def _machine(now: Callable[[], float]) -> int:
    machine = int(now() * 1000)
    if not 0 <= machine < _END - 2 * _DAY:
        raise CasebookError(_("This laptop's clock stands in a year that cannot be: set it, then do it again."))
    return machine


def _write(moment: int, counter: int) -> str:
    text = datetime.fromtimestamp(moment / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{text}.{moment % 1000:03d}Z.{counter:04d}"


def _read(stamp: str) -> tuple[int, int]:
    moment, counter = stamp[:-5], stamp[-4:]
    return round(datetime.fromisoformat(moment.replace("Z", "+00:00")).timestamp() * 1000), int(counter)

"""Frozen values as plain JSON and back, led by their types alone, so that no field can be forgotten."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

_MOST = 2**53 - 1
_RAW = dict[str, Any]
"""The values of a journal entry: JSON already."""


def to_plain(value: Any) -> Any:
    """Give a frozen value as JSON.

    A dataclass becomes an object without the fields that hold their default, a mapping a list of pairs, because
    its order means something and an object has none, bytes become hex, a moment ISO.

    Args:
        value: dataclasses, mappings, tuples, lists, enums, texts, bytes, whole numbers, booleans, moments, None.

    Raises:
        TypeError: when it holds something else.
    """
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return [[to_plain(name), to_plain(one)] for name, one in value.items()]
    if isinstance(value, (tuple, list)):
        return [to_plain(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        given = ((name, getattr(value, name), default, hint) for name, default, hint in _fields(type(value)))
        return {
            name: one if hint == _RAW else to_plain(one)
            for name, one, default, hint in given
            if default is MISSING or one != default
        }
    raise TypeError(f"{type(value).__name__} has no plain form")


def from_plain(kind: Any, value: Any) -> Any:
    """Read what ``to_plain`` gave.

    Args:
        kind: the type that is expected.
        value: JSON of any origin.

    Raises:
        ValueError: when it has another shape, or a name or value that is not known.
        TypeError: likewise.
        InspectKitError: when a value refuses itself, such as a visit that ends before it starts.
    """
    return _reader(kind)(value)


@cache
def _fields(kind: type) -> tuple[tuple[str, Any, Any], ...]:
    """Name, default and type of each field of a dataclass."""
    hints = get_type_hints(kind)

    def default(one: Any) -> Any:
        return one.default if one.default_factory is MISSING else one.default_factory()

    return tuple((one.name, default(one), hints[one.name]) for one in fields(kind) if one.init)


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    origin, inner = get_origin(kind), get_args(kind)
    if kind == _RAW:
        return lambda value: _raw(_exactly(dict, value))
    if origin in (Union, types.UnionType):
        (some,) = (one for one in inner if one is not type(None))
        read = _reader(some)
        return lambda value: None if value is None else read(value)
    if origin is tuple:
        return _row(inner)
    if origin in (dict, Mapping):
        return _table(*inner)
    if is_dataclass(kind):
        return _dataclass(kind)
    if issubclass(kind, Enum):
        return lambda value: kind(_exactly(str, value))
    if kind is bytes:
        return lambda value: bytes.fromhex(_exactly(str, value))
    if kind is datetime:
        return _moment
    if kind is int:
        return _whole
    return lambda value: _exactly(kind, value)


def _exactly(kind: Any, value: Any) -> Any:
    if type(value) is not kind:
        raise ValueError(f"{kind.__name__} expected")
    return value


def _whole(value: Any) -> int:
    number: int = _exactly(int, value)
    if abs(number) > _MOST:
        raise ValueError("number too large")
    return number


def _moment(value: Any) -> datetime:
    when = datetime.fromisoformat(_exactly(str, value))
    if when.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return when


def _raw(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _raw(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_raw(one) for one in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return _whole(value)
    if value is None or isinstance(value, (str, bool)):
        return value
    raise ValueError("plain value expected")


def _row(inner: tuple[Any, ...]) -> Callable[[Any], Any]:
    if len(inner) == 2 and inner[1] is Ellipsis:
        read = _reader(inner[0])
        return lambda value: tuple(read(one) for one in _exactly(list, value))
    readers = tuple(map(_reader, inner))
    return lambda value: tuple(read(one) for read, one in zip(readers, _exactly(list, value), strict=True))


def _table(name: Any, content: Any) -> Callable[[Any], Any]:
    read = _row((name, content))

    def table(value: Any) -> dict[Any, Any]:
        pairs = [read(one) for one in _exactly(list, value)]
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError("a name stands twice")
        return found

    return table


def _dataclass(kind: Any) -> Callable[[Any], Any]:
    # readers are made at the first use: a type may hold itself
    def read(value: Any) -> Any:
        known = {name: hint for name, _, hint in _fields(kind)}
        if not _exactly(dict, value).keys() <= known.keys():
            raise ValueError(f"unknown field of {kind.__name__}")
        return kind(**{name: _reader(known[name])(one) for name, one in value.items()})

    return read

"""How a report's file is layered: what was written first, and one layer of additions for each signature.

A file is read here by our own rules before any library opens it, and more strictly: each layer has one plain
cross-reference table, lies wholly behind the one before, and ends where the next begins. So there is no loop to
follow, no table of a billion lines to build, nothing hidden between layers and nothing behind the end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = re.compile(rb"startxref\n(\d{1,12})\n%%EOF\n")
_SECTION = re.compile(rb"(\d{1,8}) ([1-9]\d{0,7})\n")
_LINES = re.compile(rb"(?:\d{10} \d{5} [nf][ \r]\n)*")
_TRAILER = re.compile(rb"trailer\n(<<.{1,4000}?>>)\s{0,4}", re.DOTALL)
_PREVIOUS = re.compile(rb"/Prev (\d{1,12})\b")
_LINE = 20
"""The length of one line of a cross-reference table, in bytes (ISO 32000-1, 7.5.4)."""
_MOST = 60
"""The most layers that are followed: more than a team has members."""


class LayersError(ValueError):
    """The file is not layered as inspect_kit layers a report."""


@dataclass(frozen=True)
class Layer:
    """One layer of a file.

    Attributes:
        start: where it begins, in bytes from the file's start.
        table: where its cross-reference table begins.
        end: where it ends, after its last line.
        trailer: its trailer, as written.
        objects: where each object that it writes begins, by the object's number.
    """

    start: int
    table: int
    end: int
    trailer: bytes
    objects: dict[int, int]


def layers(data: bytes) -> tuple[Layer, ...]:
    """Take a file apart into its layers, the first one first.

    Args:
        data: the file. What lies behind the end of the last layer was added by no program that knows PDF.

    Raises:
        LayersError: when it is not layered as ours.
    """
    parts: list[tuple[int, int, bytes, dict[int, int]]] = []
    table = _last_table(data)
    while True:
        parts.append((table, *_read_table(data, table)))
        previous = _PREVIOUS.findall(parts[-1][2])
        if len(previous) > 1 or len(parts) > _MOST:
            raise LayersError("too many tables")
        if not previous:
            return tuple(_joined(data, parts[::-1]))
        if int(previous[0]) >= table:
            raise LayersError("tables in a loop")
        table = int(previous[0])


def _last_table(data: bytes) -> int:
    place = len(data)
    for _ in range(_MOST):
        place = data.rfind(b"startxref\n", 0, place)
        found = _END.match(data, place) if place >= 0 else None
        if found and data.startswith(b"xref\n", int(found[1])) and int(found[1]) < place:
            return int(found[1])
    raise LayersError("no end")


def _read_table(data: bytes, place: int) -> tuple[int, bytes, dict[int, int]]:
    """Read the table at a place: where its layer ends, its trailer, and where its objects lie."""
    objects: dict[int, int] = {}
    seen: set[int] = set()
    if not data.startswith(b"xref\n", place):
        raise LayersError("no table")
    at = place + len(b"xref\n")
    while section := _SECTION.match(data, at):
        first, count = int(section[1]), int(section[2])
        at = section.end() + count * _LINE
        lines = data[section.end() : at]
        if len(lines) != count * _LINE or not _LINES.fullmatch(lines):
            raise LayersError("a table of another length")
        for step in range(count):
            line = lines[step * _LINE : (step + 1) * _LINE]
            free = line[17:18] == b"f"
            if free != (first + step == 0) or first + step in seen:
                raise LayersError("a freed or repeated object")
            seen.add(first + step)
            if not free:
                objects[first + step] = int(line[:10])
    trailer = _TRAILER.match(data, at)
    end = trailer and _END.match(data, trailer.end())
    if not trailer or not end or int(end[1]) != place:
        raise LayersError("no trailer")
    return end.end(), trailer[1], objects


def _joined(data: bytes, parts: list[tuple[int, int, bytes, dict[int, int]]]) -> list[Layer]:
    result = []
    start = 0
    for table, end, trailer, objects in parts:
        if table < start or end <= table:
            raise LayersError("layers within each other")
        for number, place in objects.items():
            if not start < place + 1 <= table or not data.startswith(b"%d 0 obj" % number, place):
                raise LayersError("an object in another place")
        if start and objects and not _close(data, start, table, sorted(objects.values())):
            raise LayersError("something between objects")
        result.append(Layer(start, table, end, trailer, objects))
        start = end
    return result


def _close(data: bytes, start: int, table: int, places: list[int]) -> bool:
    """Whether the objects of a layer follow each other without anything between them."""
    ends = [*places[1:], table]
    return places[0] == start and all(data.startswith(b"endobj\n", end - 7) for end in ends)

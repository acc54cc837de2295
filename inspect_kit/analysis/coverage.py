"""How much of a visit's checklist was judged, place by place and clause by clause; and what matters most."""

from collections.abc import Mapping
from dataclasses import dataclass

from inspect_kit.model import Assessment, Item, Place, Priority, VisitRecord

OPEN = "open"
"""Stands for an item that nobody looked at."""
MOST_KEY = 15
"""The most key concerns of a report that can be acted on, as boards practise it (HMIP)."""
PRIORITY = range(3, 7)
"""How many of them are priority concerns, likewise."""


@dataclass(frozen=True)
class Coverage:
    """What was judged of the items that apply in one place, or of one clause.

    Attributes:
        key: the place's or the clause's id.
        levels: an assessment, or ``OPEN``, for each item, in the order of the checklist; items that the team judged
            not applicable are not among them.
    """

    key: str
    levels: tuple[str, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many items have each level."""
        return {level: self.levels.count(level) for level in dict.fromkeys(self.levels)}

    @property
    def judged(self) -> int:
        """How many items were judged on the substance."""
        return sum(level not in (Assessment.NOT_VERIFIED, OPEN) for level in self.levels)


def by_place(visit: VisitRecord) -> tuple[Coverage, ...]:
    """The items of each place where one applies, in the order of a walk; an item can stand in several places."""
    found = [(place, [item for item in visit.checklist.items if place in item.places]) for place in Place]
    return tuple(_coverage(visit, place, items) for place, items in found if _levels(visit, items))


def by_clause(visit: VisitRecord) -> tuple[Coverage, ...]:
    """The items of each clause of the checklist, in its order; then clauses that only items name."""
    named = dict.fromkeys(
        [*visit.checklist.clauses, *(name for item in visit.checklist.items for name in item.clauses)]
    )
    items: dict[str, list[Item]] = {clause: [] for clause in named}
    for item in visit.checklist.items:
        for clause in dict.fromkeys(item.clauses):
            items[clause].append(item)
    return tuple(_coverage(visit, clause, found) for clause, found in items.items() if found)


def _coverage(visit: VisitRecord, key: str, items: list[Item]) -> Coverage:
    return Coverage(key, _levels(visit, items))


def _levels(visit: VisitRecord, items: list[Item]) -> tuple[str, ...]:
    levels = []
    for item in items:
        finding = visit.findings.get(item.id)
        level = finding.assessment if finding else None
        if item.applies and level is not Assessment.NOT_APPLICABLE:
            levels.append(level.value if level else OPEN)
    return tuple(levels)


@dataclass(frozen=True)
class Concerns:
    """What a board should act on first.

    Attributes:
        priority: ids of the items whose findings are urgent.
        key: likewise of those of high priority.
        remarks: where the numbers are more than a board can act on at once, each a sentence.
    """

    priority: tuple[str, ...]
    key: tuple[str, ...]
    remarks: tuple[str, ...]


def concerns(visit: VisitRecord) -> Concerns:
    """Gather a visit's concerns in the order of the checklist, and hold their number against practice."""
    known = [item.id for item in visit.checklist.items]
    order = [*known, *(item for item in visit.findings if item not in set(known))]
    first, second = (
        tuple(item for item in order if item in visit.findings and visit.findings[item].priority is priority)
        for priority in (Priority.URGENT, Priority.HIGH)
    )
    remarks = []
    if len(first) >= PRIORITY.stop:
        remarks.append(
            f"{len(first)} findings are urgent. A board can act on {PRIORITY.start} to {PRIORITY.stop - 1} priority "
            "concerns at once; more of them hide each other."
        )
    if len(first) + len(second) > MOST_KEY:
        remarks.append(
            f"{len(first) + len(second)} findings are key concerns, urgent or of high priority; at most {MOST_KEY} are "
            "usual in a report that is acted on."
        )
    return Concerns(first, second, tuple(remarks))

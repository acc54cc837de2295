"""What was judged in each place and of each clause, and what a board should act on first."""

from dataclasses import replace

import pytest

from inspect_kit.analysis.coverage import OPEN, by_clause, by_place, concerns
from inspect_kit.model import Assessment, Finding, Item, Place, Priority, Strength, VisitRecord
from tests.analysis.test_points import record

CELLS, YARD = Place.CELLS, Place.YARD


def item(name: str, places: tuple[Place, ...] = (), clauses: tuple[str, ...] = (), *, applies: bool = True) -> Item:
    return Item(name, "t", name, clauses, Strength.DUTY, "Is it?", "", places=places, applies=applies)


def visit_of(*items: Item, **levels: Assessment) -> VisitRecord:
    findings = {name: Finding(name, level) for name, level in levels.items()}
    return replace(record(), checklist=replace(record().checklist, items=items), findings=findings)


def test_an_item_stands_in_each_place_where_it_is_looked_at() -> None:
    visit = visit_of(item("a", (YARD, CELLS)), item("b", (CELLS,)), a=Assessment.MET)
    cells, yard = by_place(visit)
    assert (cells.key, cells.levels, cells.judged) == (CELLS, ("met", OPEN), 1)
    assert (yard.key, yard.levels, yard.judged) == (YARD, ("met",), 1)


def test_what_does_not_apply_is_not_missing() -> None:
    visit = visit_of(item("a", (CELLS,), applies=False), item("b", (CELLS,)), b=Assessment.NOT_APPLICABLE)
    assert by_place(visit) == ()


def test_what_was_not_verified_is_not_judged() -> None:
    (clause,) = by_clause(visit_of(item("a", clauses=("BR-5",)), a=Assessment.NOT_VERIFIED))
    assert (clause.judged, clause.counts) == (0, {"not-verified": 1})


def test_clauses_without_an_item_that_applies_are_named_with_nothing_judged() -> None:
    (clause,) = by_clause(visit_of(item("a", clauses=("BR-5", "BR-5"), applies=False)))
    assert (clause.key, clause.levels) == ("BR-5", ())


@pytest.mark.parametrize(("urgent", "high", "remarks"), [(0, 0, 0), (6, 9, 0), (7, 3, 1), (3, 13, 1), (8, 10, 2)])
def test_more_concerns_than_a_board_can_act_on_are_told(urgent: int, high: int, remarks: int) -> None:
    names = [f"i{number}" for number in range(urgent + high)]
    visit = visit_of(*(item(name) for name in names))
    findings = {name: Finding(name, priority=Priority.URGENT if number < urgent else Priority.HIGH)
                for number, name in enumerate(names)}  # fmt: skip
    found = concerns(replace(visit, findings=findings))
    assert (len(found.priority), len(found.key), len(found.remarks)) == (urgent, high, remarks)

"""Screens on a casebook with one fictional visit."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inspect_kit.casebook import Casebook
from inspect_kit.model import Facility, Group, Member, Profile, Role, Scope, Team, VisitKind, VisitPlan
from inspect_kit.tui.app import InspectKit
from inspect_kit.work.desk import sign_in
from inspect_kit.work.planning import plan_visit

NARROW = (80, 24)
WIDE = (200, 60)


@pytest.fixture
def visited(tmp_path: Path) -> tuple[Path, str]:
    """A casebook's file and the id of its visit: two themes, 25 items and more, nothing judged."""
    path = tmp_path / "team.casebook"
    with Casebook.create(path) as casebook:
        sign_in(casebook, None, None, "Ada Example-Inspector")
        facility = casebook.facility(
            casebook.add_facility(Facility("Prison Example-West [/b]", profile=Profile({Group.WOMEN: 90})))
        )
        visit = plan_visit(
            casebook,
            VisitPlan(facility, VisitKind.THEMATIC, "2026-11-03", "2026-11-04"),
            Team((Member("Ada Example-Inspector", Role.LEADER, True),)),
            Scope(themes=("hygiene", "searches")),
        )
    return path, visit


@pytest.fixture
def app(visited: tuple[Path, str]) -> Iterator[InspectKit]:
    """The application, opened on that visit."""
    app = InspectKit(visited[0], None, None, visited[1])
    yield app
    app.line.close()

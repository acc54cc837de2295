"""What tests of every folder share: a home of their own, an inspector, a facility and a visit."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from inspect_kit import language
from inspect_kit.casebook import Casebook
from inspect_kit.identity import Identity, create
from inspect_kit.model import (
    Checklist,
    Facility,
    Group,
    Member,
    Profile,
    Role,
    Scope,
    Team,
    VisitKind,
    VisitPlan,
)
from inspect_kit.work.planning import checklist_for
from tests.token_tools import softhsm as softhsm

_CALM = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}
settings.register_profile("ci", max_examples=100, **_CALM)
settings.register_profile("long", max_examples=2000, **_CALM)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

THEMES = ("hygiene", "searches", "restraints", "contact-with-children", "inspection-boards")
TEAM = Team(
    (
        Member("Ines Example", Role.LEADER, woman=True, profession="lawyer"),
        Member("Omar Example", Role.HEALTH, woman=False, profession="physician"),
    )
)
FACILITY = Facility(
    "North Prison",
    place="Northtown",
    country="Exampleland",
    authority="Prison Service",
    capacity=120,
    profile=Profile({Group.WOMEN: 96, Group.PREGNANT: 3, Group.WITH_CHILDREN: 5}),
)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own for each test, so that nobody's real casebook or identity is touched."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    return folder


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests speak English, whatever this machine does; also what they start."""
    monkeypatch.setenv("INSPECT_KIT_LANGUAGE", language.ENGLISH)
    monkeypatch.setenv("LANGUAGE", language.ENGLISH)  # what a command sets for click is taken back
    language.use(language.ENGLISH)


@pytest.fixture(scope="session")
def ines() -> Identity:
    """A fictional inspector; keys are made once, because that takes time."""
    return create("Ines Example", "Example Monitoring Board")


@pytest.fixture(scope="session")
def omar() -> Identity:
    """Her fictional colleague."""
    return create("Omar Example", "Example Monitoring Board")


@pytest.fixture(scope="session")
def checklist() -> Checklist:
    """The real checklist of all five themes, for the example facility."""
    return checklist_for(Scope(themes=THEMES), FACILITY.profile)


def enrol(casebook: Casebook, person: Identity) -> None:
    """Let a person record in a casebook."""
    casebook.enrol(person.key_file, person.fingerprint, person.name, person.certificate)


@dataclass(frozen=True)
class AtWork:
    """An open casebook with an author, a facility and a visit."""

    casebook: Casebook
    facility: str
    visit: str
    path: Path


@pytest.fixture
def begin(ines: Identity, checklist: Checklist) -> Callable[..., AtWork]:
    """Make a casebook at a path, with one facility and one visit."""

    def make(path: Path, passphrase: str | None = None, author: Identity = ines) -> AtWork:
        casebook = Casebook.create(path, passphrase)
        enrol(casebook, author)
        facility = replace(FACILITY, id=casebook.add_facility(FACILITY))
        plan = VisitPlan(facility, VisitKind.FULL, "2026-11-04", "2026-11-06")
        return AtWork(casebook, facility.id, casebook.plan_visit(plan, TEAM, checklist), path)

    return make


@pytest.fixture
def at_work(begin: Callable[..., AtWork], tmp_path: Path) -> Iterator[AtWork]:
    """A casebook in clear with one facility and one visit, in which Ines records."""
    work = begin(tmp_path / "north.casebook")
    yield work
    work.casebook.close()

"""Items, and the checklist that is generated from them for one visit."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from inspect_kit.model.facility import Group
from inspect_kit.model.standard import Strength


class Place(StrEnum):
    """Where an item is looked at; the order is that of a walk through a facility, from the gate to the desk."""

    GATE = "gate"
    RECEPTION = "reception"
    CONTROL_ROOM = "control-room"
    CELLS = "cells"
    WASHROOMS = "washrooms"
    YARD = "yard"
    KITCHEN = "kitchen"
    STORES = "stores"
    HEALTH_UNIT = "health-unit"
    MOTHER_AND_CHILD_UNIT = "mother-and-child-unit"
    CLASSROOMS = "classrooms"
    WORKSHOPS = "workshops"
    SEGREGATION = "segregation"
    VISITING_ROOMS = "visiting-rooms"
    PHONES = "phones"
    TRANSPORT = "transport"
    HOSPITAL = "hospital"
    OFFICES = "offices"
    COMMUNITY = "community"
    DESK = "desk"

    @property
    def label(self) -> str:
        """The place in words, for screens and sheets."""
        special = {
            "cells": "Cells and dormitories",
            "mother-and-child-unit": "Mother-and-child unit",
            "transport": "Vehicles and escorts",
            "hospital": "Outside hospital",
            "offices": "Offices and files",
            "community": "Services outside",
            "desk": "At the desk",
        }
        return special.get(self.value) or self.value.replace("-", " ").capitalize()


class Person(StrEnum):
    """Whom an inspector talks to."""

    WOMEN = "women"
    GIRLS = "girls"
    STAFF = "staff"
    HEALTH = "health"
    MANAGEMENT = "management"
    FAMILIES = "families"
    JUSTICE = "justice"
    MINISTRY = "ministry"
    SERVICES = "services"

    @property
    def label(self) -> str:
        """The people in words, for screens and sheets."""
        special = {
            "staff": "Officers",
            "health": "Health staff",
            "justice": "Courts and probation",
            "ministry": "Ministries",
            "services": "Community services",
        }
        return special.get(self.value) or self.value.capitalize()


@dataclass(frozen=True)
class Item:
    """One question of an item bank, with how to find out.

    Attributes:
        id: ``theme.name``; stable for ever.
        theme: the bank it stands in.
        short: a list label of at most 24 characters.
        clauses: ids of the clauses it tests.
        strength: how strictly they are worded.
        ask: the question; yes means that the rule is met.
        why: what goes wrong where this is missing.
        look: what can be seen, counted or measured.
        talk_to: open questions, by whom they are put to.
        records: what to read.
        red_flags: what calls for a second source at once.
        they_say: usual answers, each with a way to test it.
        benchmarks: figures of other bodies, each with its source; never part of the rule.
        places: where to look.
        applies_to: it falls away only where none of these groups is held.
        private_only: to be raised in a private interview only.
        measure: what is measured and in which unit, or None.
        applies: False in a generated checklist where the facility holds none of ``applies_to``.
        reason: why it does not apply, or None.
        number: its place in its theme, from 1; 0 in a bank.
    """

    id: str
    theme: str
    short: str
    clauses: tuple[str, ...]
    strength: Strength
    ask: str
    why: str
    look: tuple[str, ...] = ()
    talk_to: Mapping[Person, tuple[str, ...]] = field(default_factory=dict)
    records: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()
    they_say: tuple[tuple[str, str], ...] = ()
    benchmarks: tuple[tuple[str, str], ...] = ()
    places: tuple[Place, ...] = ()
    applies_to: tuple[Group, ...] = ()
    private_only: bool = False
    measure: tuple[str, str] | None = None
    applies: bool = True
    reason: str | None = None
    number: int = 0

    def as_json(self) -> dict[str, Any]:
        """The item as plain JSON values, the form in which a visit freezes it."""
        values = asdict(self)
        values["talk_to"] = {person.value: list(questions) for person, questions in self.talk_to.items()}
        values["they_say"] = [{"claim": claim, "test": test} for claim, test in self.they_say]
        values["benchmarks"] = [{"figure": figure, "source": source} for figure, source in self.benchmarks]
        values["measure"] = {"what": self.measure[0], "unit": self.measure[1]} if self.measure else None
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Item":
        """Read an item from the form of ``as_json`` or of an item bank; missing fields are empty.

        Raises:
            KeyError: when id, theme, short, clauses, strength, ask or why is missing.
            ValueError: when a place, person, group or strength is not one of ours.
            TypeError: when a field has another shape.
        """
        measure = values.get("measure")
        return cls(
            id=values["id"],
            theme=values["theme"],
            short=values["short"],
            clauses=tuple(values["clauses"]),
            strength=Strength(values["strength"]),
            ask=values["ask"],
            why=values["why"],
            look=tuple(values.get("look") or ()),
            talk_to={Person(person): tuple(said) for person, said in (values.get("talk_to") or {}).items()},
            records=tuple(values.get("records") or ()),
            red_flags=tuple(values.get("red_flags") or ()),
            they_say=tuple((pair["claim"], pair["test"]) for pair in values.get("they_say") or ()),
            benchmarks=tuple((pair["figure"], pair["source"]) for pair in values.get("benchmarks") or ()),
            places=tuple(Place(place) for place in values.get("places") or ()),
            applies_to=tuple(Group(group) for group in values.get("applies_to") or ()),
            private_only=bool(values.get("private_only", False)),
            measure=(measure["what"], measure["unit"]) if measure else None,
            applies=bool(values.get("applies", True)),
            reason=values.get("reason"),
            number=int(values.get("number", 0)),
        )


@dataclass(frozen=True)
class Scope:
    """What a visit looks at.

    Attributes:
        themes: theme ids; empty together with ``rules`` means everything.
        rules: rule numbers.
    """

    themes: tuple[str, ...] = ()
    rules: tuple[int, ...] = ()


@dataclass(frozen=True)
class Checklist:
    """The items of one visit, frozen.

    Attributes:
        id: SHA-256 over the canonical JSON of everything below, in hex.
        standard: the standard's id.
        titles: the title of each theme it holds, in order.
        care: do-no-harm advice by theme.
        meanings: what each clause it touches asks for, in our words.
        scope: what it was generated from.
        items: in the order of work; those that do not apply say why.
    """

    id: str
    standard: str
    titles: Mapping[str, str]
    care: Mapping[str, tuple[str, ...]]
    meanings: Mapping[str, str]
    scope: Scope
    items: tuple[Item, ...]

    def as_json(self) -> dict[str, Any]:
        """The checklist as plain JSON values."""
        return {
            "id": self.id,
            "standard": self.standard,
            # a list, because canonical JSON sorts names and the themes' order is the order of work
            "themes": [
                {"id": theme, "title": title, "care": list(self.care.get(theme, ()))}
                for theme, title in self.titles.items()
            ],
            "meanings": dict(self.meanings),
            "scope": {"themes": list(self.scope.themes), "rules": list(self.scope.rules)},
            "items": [item.as_json() for item in self.items],
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Checklist":
        """Read a checklist from the form of ``as_json``; errors as for ``Item.from_json``."""
        return cls(
            id=values["id"],
            standard=values["standard"],
            titles={theme["id"]: theme["title"] for theme in values["themes"]},
            care={theme["id"]: tuple(theme["care"]) for theme in values["themes"]},
            meanings=dict(values["meanings"]),
            scope=Scope(tuple(values["scope"]["themes"]), tuple(values["scope"]["rules"])),
            items=tuple(Item.from_json(item) for item in values["items"]),
        )

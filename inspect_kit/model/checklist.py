"""Items, and the checklist that is generated from them for one visit."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any

from inspect_kit.language import ENGLISH, _
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
        return {
            Place.GATE: _("Gate"),
            # Translators: where people are received into prison
            Place.RECEPTION: _("Reception"),
            Place.CONTROL_ROOM: _("Control room"),
            Place.CELLS: _("Cells and dormitories"),
            Place.WASHROOMS: _("Washrooms"),
            Place.YARD: _("Yard"),
            Place.KITCHEN: _("Kitchen"),
            # Translators: rooms where things are kept
            Place.STORES: _("Stores"),
            Place.HEALTH_UNIT: _("Health unit"),
            Place.MOTHER_AND_CHILD_UNIT: _("Mother-and-child unit"),
            Place.CLASSROOMS: _("Classrooms"),
            Place.WORKSHOPS: _("Workshops"),
            # Translators: where people are held apart from all others
            Place.SEGREGATION: _("Segregation"),
            Place.VISITING_ROOMS: _("Visiting rooms"),
            Place.PHONES: _("Phones"),
            Place.TRANSPORT: _("Vehicles and escorts"),
            Place.HOSPITAL: _("Outside hospital"),
            Place.OFFICES: _("Offices and files"),
            Place.COMMUNITY: _("Services outside"),
            # Translators: what is looked at in writing, not by walking through the prison
            Place.DESK: _("At the desk"),
        }[self]


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
        return {
            Person.WOMEN: _("Women"),
            Person.GIRLS: _("Girls"),
            Person.STAFF: _("Officers"),
            Person.HEALTH: _("Health staff"),
            Person.MANAGEMENT: _("Management"),
            Person.FAMILIES: _("Families"),
            Person.JUSTICE: _("Courts and probation"),
            Person.MINISTRY: _("Ministries"),
            Person.SERVICES: _("Community services"),
        }[self]


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
        grave: where the answer is no, somebody is in danger now; such items come first when time is short.
        measure: what is measured and in which unit, or None.
        applies: False in a generated checklist where the facility holds none of ``applies_to``.
        reason: why it does not apply, or None.
        number: its place in its theme, from 1; 0 in a bank.
        translation: the language into which its text was translated, unofficially; empty where it stands as it was
            written.
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
    grave: bool = False
    measure: tuple[str, str] | None = None
    applies: bool = True
    reason: str | None = None
    number: int = 0
    translation: str = ""

    def as_json(self) -> dict[str, Any]:
        """The item as plain JSON values, the form in which a visit freezes it."""
        values: dict[str, Any] = {name: getattr(self, name) for name in _ITEM_FIELDS}  # asdict copies, and is slow
        values["talk_to"] = {person.value: list(questions) for person, questions in self.talk_to.items()}
        values["they_say"] = [{"claim": claim, "test": test} for claim, test in self.they_say]
        values["benchmarks"] = [{"figure": figure, "source": source} for figure, source in self.benchmarks]
        values["measure"] = {"what": self.measure[0], "unit": self.measure[1]} if self.measure else None
        if not self.translation:
            del values["translation"]  # so that a checklist as it was written has the id that it always had
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
            grave=bool(values.get("grave", False)),
            measure=(measure["what"], measure["unit"]) if measure else None,
            applies=bool(values.get("applies", True)),
            reason=values.get("reason"),
            number=int(values.get("number", 0)),
            translation=str(values.get("translation") or ""),
        )


_ITEM_FIELDS = tuple(one.name for one in fields(Item))


@dataclass(frozen=True)
class Scope:
    """What a visit looks at.

    Attributes:
        themes: theme ids; empty together with ``rules`` and ``items`` means everything.
        rules: rule numbers of the Bangkok Rules.
        items: ids of single items, such as those that an earlier visit left open.
        minutes: how long one inspector has; 0 means that time does not matter.
    """

    themes: tuple[str, ...] = ()
    rules: tuple[int, ...] = ()
    items: tuple[str, ...] = ()
    minutes: int = 0

    @property
    def everything(self) -> bool:
        """Whether no part was chosen."""
        return not (self.themes or self.rules or self.items)


@dataclass(frozen=True)
class Source:
    """A standard as a checklist names it.

    Attributes:
        short: its name in everyday use.
        title: its official title.
    """

    short: str
    title: str


@dataclass(frozen=True)
class Section:
    """A theme of a checklist.

    Attributes:
        id: the theme's.
        title: as shown on screens.
        care: do-no-harm advice.
        standard: the id of the standard whose clauses its items test.
    """

    id: str
    title: str
    care: tuple[str, ...]
    standard: str


@dataclass(frozen=True)
class ClauseNote:
    """What a checklist tells about a clause.

    Attributes:
        heading: the nearest heading above it.
        means: what it asks for, in our words.
    """

    heading: str
    means: str


@dataclass(frozen=True)
class Checklist:
    """The items of one visit, frozen.

    Attributes:
        id: SHA-256 over the canonical JSON of everything below, in hex.
        standards: those whose clauses it tests, by id.
        themes: those it holds, by id, in order.
        clauses: those it touches, by id.
        scope: what it was generated from.
        items: in the order of work; those that do not apply say why.
        language: the one in which it was generated, in two letters; items without a translation stay as they were
            written.
    """

    id: str
    standards: Mapping[str, Source]
    themes: Mapping[str, Section]
    clauses: Mapping[str, ClauseNote]
    scope: Scope
    items: tuple[Item, ...]
    language: str = ENGLISH

    @property
    def translated(self) -> bool:
        """Whether it holds items in an unofficial translation."""
        return any(item.translation for item in self.items)

    @property
    def untranslated(self) -> tuple[str, ...]:
        """The titles of the themes that are missing in its language, in order; none in English."""
        if self.language == ENGLISH:
            return ()
        have = {item.theme for item in self.items if item.translation == self.language}
        return tuple(section.title for theme, section in self.themes.items() if theme not in have)

    def title(self, theme: str) -> str:
        """A theme's title; its id where the checklist has no such theme."""
        return self.themes[theme].title if theme in self.themes else theme

    def as_json(self) -> dict[str, Any]:
        """The checklist as plain JSON values; ``language`` is named where it is not English."""
        return {
            "id": self.id,
            **({"language": self.language} if self.language != ENGLISH else {}),
            # lists, because canonical JSON sorts names and the order is the order of work
            "standards": [{"id": name, **asdict(source)} for name, source in self.standards.items()],
            "themes": [{**asdict(section), "care": list(section.care)} for section in self.themes.values()],
            "clauses": [{"id": name, **asdict(note)} for name, note in self.clauses.items()],
            "scope": {name: list(value) if isinstance(value, tuple) else value
                      for name, value in asdict(self.scope).items()},
            "items": [item.as_json() for item in self.items],
        }  # fmt: skip

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Checklist":
        """Read a checklist from the form of ``as_json``; errors as for ``Item.from_json``."""
        if "standards" not in values:
            values = _from_first_form(values)
        scope = values["scope"]
        return cls(
            id=values["id"],
            standards={one["id"]: Source(one["short"], one["title"]) for one in values["standards"]},
            themes={
                one["id"]: Section(one["id"], one["title"], tuple(one["care"]), one["standard"])
                for one in values["themes"]
            },
            clauses={one["id"]: ClauseNote(one["heading"], one["means"]) for one in values["clauses"]},
            scope=Scope(
                tuple(scope["themes"]),
                tuple(scope["rules"]),
                tuple(scope["items"]),
                int(scope["minutes"]),
            ),
            items=tuple(Item.from_json(item) for item in values["items"]),
            language=str(values.get("language") or ENGLISH),
        )


def _from_first_form(values: Mapping[str, Any]) -> dict[str, Any]:
    """Bring a checklist that was frozen by version 0.1 into today's form: it knew one standard, and no headings."""
    name = values["standard"]
    return {
        **values,
        "standards": [{"id": name, "short": name, "title": name}],
        "themes": [{**theme, "standard": name} for theme in values["themes"]],
        "clauses": [{"id": clause, "heading": "", "means": means} for clause, means in values["meanings"].items()],
        "scope": {**values["scope"], "items": [], "minutes": 0},
    }

"""One checklist, walked in four orders: by theme, by rule, by place, and by person to talk to."""

import re
from dataclasses import dataclass
from enum import StrEnum

from inspect_kit.language import _
from inspect_kit.model import Checklist, Item, Person, Place


class View(StrEnum):
    """An order in which a checklist is walked."""

    THEME = "theme"
    RULE = "rule"
    PLACE = "place"
    PERSON = "person"

    @property
    def label(self) -> str:
        """What the order goes by, in a word: ``theme``."""
        return {
            # Translators: the order in which a checklist is walked: by theme
            View.THEME: _("theme"),
            View.RULE: _("rule"),
            # Translators: the order in which a checklist is walked: by place
            View.PLACE: _("place"),
            # Translators: the order in which a checklist is walked: by the people to talk to
            View.PERSON: _("person"),
        }[self]


@dataclass(frozen=True)
class Leg:
    """A part of the walk: a theme, a rule, a place, or people to talk to.

    Attributes:
        key: what it is, for programs: a theme's id, ``BR-25``, ``washrooms``, ``women``.
        title: for people.
        items: in the order of the checklist; one item may be part of several legs.
    """

    key: str
    title: str
    items: tuple[Item, ...]


def walk(checklist: Checklist, view: View) -> tuple[Leg, ...]:
    """Put a checklist's items in the order of a view.

    By theme and by rule, all items are there, also those that do not apply. By place and by person, only those
    that apply are, as nobody walks or asks for the others; an item comes up at each of its places and people.

    Args:
        checklist: the visit's.
        view: the order.
    """
    if view is View.THEME:
        legs = [
            Leg(theme, section.title, tuple(item for item in checklist.items if item.theme == theme))
            for theme, section in checklist.themes.items()
        ]
    elif view is View.RULE:
        rules: dict[str, str] = {}
        for clause, note in checklist.clauses.items():
            rules.setdefault(_rule(clause), note.heading)
        legs = [
            Leg(
                rule,
                _rule_title(checklist, rule, heading),
                tuple(item for item in checklist.items if any(_rule(clause) == rule for clause in item.clauses)),
            )
            for rule, heading in rules.items()
        ]
    else:
        applying = [item for item in checklist.items if item.applies]
        ends: type[Place] | type[Person] = Place if view is View.PLACE else Person
        legs = [
            Leg(
                end.value,
                end.label,
                tuple(item for item in applying if end in (item.places if view is View.PLACE else item.talk_to)),
            )
            for end in ends
        ]
    return tuple(leg for leg in legs if leg.items)


_NAMED = re.compile(r"(?:rules?\s+)?(?:([a-z]{2,})-)?(\d+)((?:[.(]\w+\)?)*)", re.IGNORECASE)


def rule_of(item: Item, typed: str) -> str:
    """The leg of the walk by rule in which an item stands because of a rule or clause that somebody names.

    Args:
        item: the item.
        typed: ``25``, ``rule 25``, ``25.3``, ``25(3)`` or ``BR-25.3``.

    Returns:
        The leg's key, such as ``BR-25``; empty where nothing of the item is meant.
    """
    named = _NAMED.fullmatch(typed.strip())
    if not named:
        return ""
    number = ".".join((named[2], *re.findall(r"\w+", named[3]))).lower()
    for clause in item.clauses:
        standard, _, held = clause.lower().rpartition("-")
        if standard == (named[1] or standard).lower() and f"{held}.".startswith(f"{number}."):
            return _rule(clause)
    return ""


def _rule(clause: str) -> str:
    return clause.partition(".")[0]


def _rule_title(checklist: Checklist, rule: str, heading: str) -> str:
    """``Rule 25: Inspection`` where one standard is inspected, ``BR rule 25: Inspection`` where there are several."""
    prefix, _dash, number = rule.rpartition("-")
    if len({re.sub(r"-[^-]*$", "", clause) for clause in checklist.clauses}) > 1:
        # Translators: where rules of several standards are inspected; standard is such as BR
        name = _("{standard} rule {number}", standard=prefix, number=number)
    else:
        name = _("Rule {number}", number=number)
    # Translators: a rule with the heading above it: “Rule 25: Inspection”
    return _("{rule}: {heading}", rule=name, heading=heading) if heading else name

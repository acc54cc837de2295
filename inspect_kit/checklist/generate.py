"""From standard, banks, scope and facility profile to the checklist of one visit."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace

import yaml

from inspect_kit.checklist.banks import Bank
from inspect_kit.errors import BadInputError, UnknownError
from inspect_kit.model import Checklist, Item, Profile, Scope, Standard
from inspect_kit.standards.load import SafeLoader

_PROFILE_LIMIT = 10_000
"""The most characters of a facility profile; one that is nested without end could crash the YAML reader."""


def generate(standard: Standard, banks: Iterable[Bank], scope: Scope, profile: Profile) -> Checklist:
    """Make the checklist for a scope and a facility.

    The same arguments give the same items in the same order under the same id. Items that do not apply
    stay in the list and say why. Items are numbered through their bank, so that “Searches 3” is the same
    question whatever else was chosen.

    Args:
        standard: the rules.
        banks: its item banks, in order.
        scope: themes and rules wanted; both empty means everything.
        profile: whom the facility holds.

    Raises:
        UnknownError: when a theme or a rule is not known, or has no items yet.
    """
    banks = tuple(banks)
    _check_scope(standard, banks, scope)
    scope = Scope(tuple(bank.theme for bank in banks if bank.theme in scope.themes), tuple(sorted(set(scope.rules))))
    rules = set(scope.rules)
    everything = not scope.themes and not rules
    items: list[Item] = []
    for bank in banks:
        for number, item in enumerate(bank.items, 1):
            wanted = bank.theme in scope.themes or any(
                standard.clauses[clause].rule in rules for clause in item.clauses
            )
            if everything or wanted:
                items.append(_fit(replace(item, number=number), profile))
    themes = {item.theme for item in items}
    clauses = [clause for clause in standard.clauses if any(clause in item.clauses for item in items)]
    checklist = Checklist(
        id="",
        standard=standard.id,
        titles={bank.theme: bank.title for bank in banks if bank.theme in themes},
        care={bank.theme: bank.care for bank in banks if bank.theme in themes},
        meanings={clause: standard.clauses[clause].means for clause in clauses},
        scope=scope,
        items=tuple(items),
    )
    return replace(checklist, id=content_hash(checklist))


def content_hash(checklist: Checklist) -> str:
    """SHA-256, in hex, over the checklist's canonical JSON without its id."""
    values = {name: value for name, value in checklist.as_json().items() if name != "id"}
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def read_profile(text: str) -> Profile:
    """Read a facility profile: YAML or JSON, one group and its number a line (``pregnant: 3``).

    Raises:
        BadInputError: when it is no such list, or a number is negative or impossible.
    """
    if len(text) > _PROFILE_LIMIT:
        raise BadInputError(f"The facility profile has {len(text):,} characters: give one group and its number a line.")
    try:
        values = yaml.load(text, Loader=SafeLoader)  # noqa: S506 (a safe loader)
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        raise BadInputError(f"The facility profile is no YAML: {' '.join(str(problem).split())[:160]}") from problem
    if values is None:
        values = {}
    if isinstance(values, dict) and isinstance(values.get("held"), dict):
        values = values["held"]
    if not isinstance(values, dict):
        raise BadInputError("The facility profile must list groups and numbers, one a line, such as “pregnant: 3”.")
    return Profile(values)


def _check_scope(standard: Standard, banks: tuple[Bank, ...], scope: Scope) -> None:
    have = [bank.theme for bank in banks]
    for theme in scope.themes:
        if theme not in have:
            raise UnknownError(f"No item bank for the theme “{theme[:40]}”: choose from {', '.join(have)}.")
    covered = {standard.clauses[clause].rule for bank in banks for item in bank.items for clause in item.clauses}
    for rule in scope.rules:
        if rule not in covered:
            raise UnknownError(
                f"No items for rule {rule}: rules with items are {', '.join(map(str, sorted(covered)))}."
            )


def _fit(item: Item, profile: Profile) -> Item:
    if not item.applies_to or any(profile.may_hold(group) for group in item.applies_to):
        return item
    groups = " or ".join(group.label for group in item.applies_to)
    return replace(item, applies=False, reason=f"No {groups} held here, as the facility profile says.")

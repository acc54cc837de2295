"""From item banks, scope and facility profile to the checklist of one visit."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import replace

import yaml

from inspect_kit.checklist.banks import Bank
from inspect_kit.checklist.budget import within
from inspect_kit.errors import BadInputError, UnknownError
from inspect_kit.language import ENGLISH, _, in_english, thousands
from inspect_kit.model import Checklist, ClauseNote, Item, Profile, Scope, Section, Source, canonical
from inspect_kit.standards.load import BANGKOK_RULES, SafeLoader

_LONGEST = 30 * 24 * 60
_PROFILE_LIMIT = 10_000
"""The most characters of a facility profile; one that is nested without end could crash the YAML reader."""


def generate(
    banks: Iterable[Bank],
    scope: Scope,
    profile: Profile,
    earlier: Checklist | None = None,
    answered: Collection[str] = (),
    language: str = ENGLISH,
) -> Checklist:
    """Make the checklist for a scope and a facility.

    The same arguments give the same items in the same order under the same id, in one language. Items that do not apply
    stay in the list and say why. Items are numbered through their bank, so that “Searches 3” is the same question
    whatever else was chosen.

    Args:
        banks: item banks, in order.
        scope: what is wanted.
        profile: whom the facility holds.
        earlier: the checklist that this one replaces in mid-visit.
        answered: ids of its items that hold answers; they stay, word for word as they were answered.
        language: the one in which the banks were loaded.

    Raises:
        UnknownError: when a theme, a rule or an item is not known, or has no items yet.
        BadInputError: when the time is impossible.
    """
    banks = tuple(banks)
    _check_scope(banks, scope)
    scope = _ordered(banks, scope)
    kept = {item.id: item for item in earlier.items if item.id in answered} if earlier else {}
    items: list[Item] = []
    for bank in banks:
        for number, item in enumerate(bank.items, 1):
            if item.id in kept:
                items.append(replace(kept.pop(item.id), number=number))
            elif _wanted(bank, item, scope):
                items.append(_fit(bank, replace(item, number=number), profile))
    items += kept.values()  # of a standard that is not installed here
    if scope.minutes:
        items = within(items, scope.minutes, answered)
    checklist = replace(_framed(banks, scope, items, earlier), language=language)
    return replace(checklist, id=content_hash(checklist))


def content_hash(checklist: Checklist) -> str:
    """SHA-256, in hex, over the checklist's canonical JSON without its id."""
    values = {name: value for name, value in checklist.as_json().items() if name != "id"}
    return hashlib.sha256(canonical(values).encode()).hexdigest()


def read_profile(text: str) -> Profile:
    """Read a facility profile: YAML or JSON, one group and its number a line (``pregnant: 3``).

    Raises:
        BadInputError: when it is no such list, or a number is negative or impossible.
    """
    if len(text) > _PROFILE_LIMIT:
        count = thousands(len(text))
        raise BadInputError(
            _("The facility profile has {count} characters: give one group and its number a line.", count=count)
        )
    try:
        values = yaml.load(text, Loader=SafeLoader)  # noqa: S506 (a safe loader)
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        said = " ".join(str(problem).split())[:160]
        raise BadInputError(_("The facility profile is no YAML: {problem}", problem=said)) from problem
    if values is None:
        values = {}
    if isinstance(values, dict) and isinstance(values.get("held"), dict):
        values = values["held"]
    if not isinstance(values, dict):
        raise BadInputError(_("The facility profile must list groups and numbers, one a line, such as “pregnant: 3”."))
    return Profile(values)


def _wanted(bank: Bank, item: Item, scope: Scope) -> bool:
    by_rule = bank.standard.id == BANGKOK_RULES and not _rules(bank, item).isdisjoint(scope.rules)
    return scope.everything or bank.theme in scope.themes or item.id in scope.items or by_rule


def _framed(banks: tuple[Bank, ...], scope: Scope, items: list[Item], earlier: Checklist | None) -> Checklist:
    """Put items into a checklist with the themes, clauses and standards they need, and no others."""
    held = {item.theme for item in items}
    themes = {bank.theme: Section(bank.theme, bank.title, bank.care, bank.standard.id) for bank in banks}
    standards = {bank.standard.id: Source(bank.standard.short, bank.standard.title) for bank in banks}
    clauses = {
        clause.id: ClauseNote(clause.headings[-1] if clause.headings else "", clause.means)
        for standard in dict.fromkeys(bank.standard for bank in banks)
        for clause in standard.clauses.values()
    }
    if earlier:
        themes |= {theme: section for theme, section in earlier.themes.items() if theme not in themes}
        standards |= {name: source for name, source in earlier.standards.items() if name not in standards}
        clauses |= {name: note for name, note in earlier.clauses.items() if name not in clauses}
    themes = {theme: section for theme, section in themes.items() if theme in held}
    used = {section.standard for section in themes.values()}
    tested = {clause for item in items for clause in item.clauses}
    return Checklist(
        id="",
        standards={name: source for name, source in standards.items() if name in used},
        themes=themes,
        clauses={name: note for name, note in clauses.items() if name in tested},
        scope=scope,
        items=tuple(items),
    )


def _rules(bank: Bank, item: Item) -> set[int]:
    return {bank.standard.clauses[clause].rule for clause in item.clauses}


def _ordered(banks: tuple[Bank, ...], scope: Scope) -> Scope:
    """Put a scope in the order of the banks, so that the same choice always reads the same."""
    ids = [item.id for bank in banks for item in bank.items]
    return Scope(
        themes=tuple(bank.theme for bank in banks if bank.theme in scope.themes),
        rules=tuple(sorted(set(scope.rules))),
        items=tuple(name for name in ids if name in scope.items),
        minutes=scope.minutes,
    )


def _check_scope(banks: tuple[Bank, ...], scope: Scope) -> None:
    have = [bank.theme for bank in banks]
    for theme in scope.themes:
        if theme not in have:
            raise UnknownError(
                _("No item bank for the theme “{theme}”: choose from {known}.", theme=theme[:40], known=", ".join(have))
            )
    ours = [bank for bank in banks if bank.standard.id == BANGKOK_RULES]
    covered = {rule for bank in ours for item in bank.items for rule in _rules(bank, item)}
    for rule in scope.rules:
        if rule not in covered:
            known = ", ".join(map(str, sorted(covered)))
            raise UnknownError(_("No items for rule {rule}: rules with items are {known}.", rule=rule, known=known))
    ids = {item.id for bank in banks for item in bank.items}
    for name in scope.items:
        if name not in ids:
            raise UnknownError(
                _("No item “{item}” in the item banks: is the standard it belongs to installed?", item=name[:60])
            )
    if not 0 <= scope.minutes <= _LONGEST:
        raise BadInputError(
            _(
                "A time of {count} minutes makes no visit: give 1 to {most}.",
                count=scope.minutes,
                most=thousands(_LONGEST),
            )
        )


def _fit(bank: Bank, item: Item, profile: Profile) -> Item:
    if not item.applies_to or any(profile.may_hold(group) for group in item.applies_to):
        return item
    if bank.translation:
        return replace(item, applies=False, reason=bank.translation.reason(item))
    with in_english():  # it is frozen with the item, in the item's own language
        groups = " or ".join(group.label for group in item.applies_to)
    return replace(item, applies=False, reason=f"No {groups} held here, as the facility profile says.")

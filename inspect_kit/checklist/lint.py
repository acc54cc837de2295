"""Holding the item banks against the standard and against the form of an item."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inspect_kit.checklist.banks import read_raw
from inspect_kit.checklist.lint_translations import check_translations
from inspect_kit.language import _, ngettext
from inspect_kit.model import Group, Person, Place, Standard, Strength

_REQUIRED = (
    "id",
    "short",
    "clauses",
    "strength",
    "ask",
    "why",
    "look",
    "talk_to",
    "records",
    "red_flags",
    "places",
    "applies_to",
)
_OPTIONAL = ("they_say", "benchmarks", "private_only", "grave", "measure")

DRAFTED = "Is this so here:"
"""How the question of a drafted item begins, until somebody has written a real one; in a file, so in one language."""
_LISTS = ("clauses", "look", "records", "red_flags", "places", "applies_to")
_PARTS = {"they_say": ("claim", "test"), "benchmarks": ("figure", "source"), "measure": ("what", "unit")}


@dataclass(frozen=True)
class Lint:
    """What ``checklist check`` found.

    Attributes:
        items: how many items by theme.
        covered: clauses that have an item.
        uncovered: clauses that have none.
        problems: what has to be mended, in sentences.
    """

    items: dict[str, int]
    covered: tuple[str, ...]
    uncovered: tuple[str, ...]
    problems: tuple[str, ...]


def lint(
    standard: Standard, banks: Mapping[str, Mapping[str, Any]] | None = None, known: set[str] | None = None
) -> Lint:
    """Check all item banks of a standard.

    Args:
        standard: the rules.
        banks: the banks' raw values by theme; None reads those in the standard's folder.
        known: every id that was ever given out; None reads the folder's ``ids.txt``, where there is one.

    Raises:
        BadInputError: when a bank is no YAML.
    """
    banks = read_raw(standard) if banks is None else banks
    ledger = standard.folder / "ids.txt"
    if known is None and ledger.is_file():
        known = set(ledger.read_text(encoding="utf-8").split())
    problems: list[str] = []
    ids: Counter[str] = Counter()
    used: set[str] = set()
    broken = {theme for theme, bank in banks.items() if not _is_bank(bank)}
    problems += [
        _("{file}: it is no list of items under “items”.", file=f"{theme}.yaml") for theme in banks if theme in broken
    ]
    banks = {theme: bank for theme, bank in banks.items() if theme not in broken}
    for theme, bank in banks.items():
        problems += [f"{theme}.yaml: {problem}" for problem in _check_bank(theme, bank, standard)]
        for item in bank.get("items") or []:
            ids[str(item.get("id"))] += 1
            used.update(clause for clause in item.get("clauses") or [] if clause in standard.clauses)
    problems += [
        ngettext(
            "The id {id} is given to {count} item: ids are unique.",
            "The id {id} is given to {count} items: ids are unique.",
            count,
            id=name,
        )
        for name, count in ids.items()
        if count > 1
    ]
    if known is not None:
        problems += [
            _(
                "The id {id} stands in ids.txt but in no bank: visits refer to it, so an item is never renamed or"
                " dropped.",
                id=name,
            )
            for name in sorted(known - set(ids))
        ]
        problems += [
            _("The id {id} is not in ids.txt yet: add it there.", id=name) for name in sorted(set(ids) - known)
        ]
    leaves = [clause.id for clause in standard.clauses.values() if not clause.lead]
    problems += [_("{clause} has no item.", clause=clause) for clause in leaves if clause not in used]
    problems += [
        _("{theme}: {clause} belongs to this theme, but none of its items tests it.", theme=theme.id, clause=clause)
        for theme in standard.themes
        for clause in theme.clauses
        if theme.id in banks and not any(clause in (item.get("clauses") or []) for item in banks[theme.id]["items"])
    ]
    problems += check_translations(standard, banks)
    return Lint(
        {theme: len(bank.get("items") or []) for theme, bank in banks.items()},
        tuple(clause for clause in leaves if clause in used),
        tuple(clause for clause in leaves if clause not in used),
        tuple(problems),
    )


def _is_bank(bank: object) -> bool:
    items = bank.get("items") or [] if isinstance(bank, dict) else None
    return isinstance(items, list) and all(isinstance(item, dict) for item in items)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _check_bank(theme: str, bank: Mapping[str, Any], standard: Standard) -> list[str]:
    problems = [
        _("“{field}” is missing.", field=name)
        for name in ("theme", "title", "about", "care", "items")
        if not bank.get(name)
    ]
    if bank.get("standard") != standard.id:
        problems.append(
            # Translators: stands behind the name of a file and a colon
            _(
                "its standard is “{said}”, its folder's name says “{name}”.",
                said=bank.get("standard"),
                name=standard.id,
            )
        )
    if bank.get("theme") != theme:
        # Translators: stands behind the name of a file and a colon
        problems.append(_("its theme is “{said}”, its file's name says “{name}”.", said=bank.get("theme"), name=theme))
    if len(str(bank.get("title"))) > 28:
        # Translators: stands behind the name of a file and a colon
        problems.append(_("its title is longer than 28 characters."))
    shorts = Counter(item.get("short") for item in bank.get("items") or [])
    problems += [
        # Translators: stands behind the name of a file and a colon
        ngettext(
            "the label “{label}” is given to {count} item.",
            "the label “{label}” is given to {count} items.",
            count,
            label=short,
        )
        for short, count in shorts.items()
        if count > 1
    ]
    for item in bank.get("items") or []:
        # Translators: stands in the place of an item's id, before a colon
        name = item.get("id", _("an item without id"))
        problems += [f"{name}: {problem}" for problem in _check_item(theme, item, standard)]
    return problems


def _check_item(theme: str, item: dict[str, Any], standard: Standard) -> list[str]:
    shapes = [
        _("“{field}” must be a list of texts.", field=name) for name in _LISTS if not _is_texts(item.get(name) or [])
    ]
    if not isinstance(item.get("talk_to") or {}, dict):
        shapes.append(_("“{field}” must name people, each with a list of questions.", field="talk_to"))
    if shapes:
        return shapes
    empty = [f"“{name}”" for name in _REQUIRED if not item.get(name)]
    problems = []
    if empty:
        fields = ", ".join(empty)
        problems = [
            ngettext("{fields} is missing or empty.", "{fields} are missing or empty.", len(empty), fields=fields)
        ]
    problems += [
        _("“{field}” is no field of an item.", field=name) for name in item if name not in (*_REQUIRED, *_OPTIONAL)
    ]
    problems += [
        _("“{field}” is empty: leave it out.", field=name) for name in _OPTIONAL if name in item and not item[name]
    ]
    if not re.fullmatch(rf"{theme}\.[a-z0-9]+(-[a-z0-9]+)*", str(item.get("id"))):
        # Translators: stands behind an item's id and a colon
        problems.append(_("its id must be “{theme}.” and words joined by hyphens.", theme=theme))
    if len(str(item.get("short"))) > 24:
        # Translators: stands behind an item's id and a colon
        problems.append(_("its label is longer than 24 characters."))
    problems += [
        _("{clause} is no clause of the {standard}.", clause=clause, standard=standard.short)
        for clause in item.get("clauses") or []
        if clause not in standard.clauses
    ]
    for name, known in (("places", Place), ("applies_to", Group)):
        problems += [
            _("“{value}” is not known in {field}.", value=value, field=name)
            for value in item.get(name) or []
            if value not in list(known)
        ]
    if item.get("strength") not in list(Strength):
        # Translators: stands behind an item's id and a colon
        problems.append(_("its strength “{value}” is not known.", value=item.get("strength")))
    for person, questions in (item.get("talk_to") or {}).items():
        if person not in list(Person):
            problems.append(_("“{person}” is nobody to talk to.", person=person))
        if not questions:
            # Translators: stands behind an item's id and a colon
            problems.append(_("no question for {person}: leave the group out.", person=person))
        elif not _is_texts(questions):
            # Translators: stands behind an item's id and a colon
            problems.append(_("the questions for {person} must be a list of texts.", person=person))
    for name, parts in _PARTS.items():
        pairs = item.get(name) or []
        pairs = [pairs] if name == "measure" and pairs else pairs
        if not all(isinstance(pair, dict) and pair.keys() == set(parts) for pair in pairs):
            first, second = parts
            problems.append(
                _(
                    "“{field}” needs “{first}” and “{second}”, and nothing else.",
                    field=name,
                    first=first,
                    second=second,
                )
            )
    problems += [
        _("“{field}” must be true, or left out.", field=name)
        for name in ("private_only", "grave")
        if item.get(name, True) is not True
    ]
    ask = str(item.get("ask"))
    if ask.startswith(DRAFTED):
        # Translators: stands behind an item's id and a colon
        problems.append(_("its question is still the document's sentence: put it into your own words."))
    if not ask.endswith("?") or ask.count("?") != 1:
        # Translators: stands behind an item's id and a colon
        problems.append(_("it must ask one question, ending with “?”."))
    if re.search(r"\band/or\b|; | and (is|are|do|does|can|has|have|was|were|did) ", ask, re.IGNORECASE):
        # Translators: stands behind an item's id and a colon
        problems.append(_("it asks two things; split it."))
    if len(ask) > 170:
        # Translators: stands behind an item's id and a colon
        problems.append(_("its question is longer than 170 characters."))
    return problems

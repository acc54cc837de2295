"""Holding translations against the banks they translate: nothing missing, nothing extra, nothing out of date."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from inspect_kit.checklist.translations import BANK_PROSE, digest, folders, prose
from inspect_kit.model import Clause, Group, Standard
from inspect_kit.standards.load import read_yaml

_WORDS = re.compile(r"\b[a-z]{2,}\b")
_LONGEST = {"short": 24, "ask": 200}
"""The most characters: the English limits, with room for a longer language in questions."""


def check_translations(standard: Standard, banks: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Tell what has to be mended in a standard's translations.

    Args:
        standard: the rules.
        banks: the banks' raw values by theme, each with a list of items.

    Raises:
        BadInputError: when a translation is no YAML.
    """
    problems = []
    for language, folder in folders(standard).items():
        read = {file.name: read_yaml(file) for file in sorted(folder.glob("*.yaml"))}
        for name, values in read.items():
            theme = name.removesuffix(".yaml")
            if not isinstance(values, dict):
                told: Iterator[str] = iter(["it names no fields."])
            elif name == "standard.yaml":
                told = _check_standard(standard, values, _clauses_of(banks, read))
            elif theme in banks:
                told = _check_bank(banks[theme], values)
            else:
                told = iter([f"the {standard.short} have no item bank {name}."])
            problems += [f"{language}/{name}: {problem}" for problem in told]
    return problems


def _check_bank(bank: Mapping[str, Any], said: Mapping[str, Any]) -> Iterator[str]:
    yield from _compare_part("the theme", prose(bank, BANK_PROSE), {k: v for k, v in said.items() if k != "items"})
    if len(str(said.get("title"))) > 28:
        yield "its title is longer than 28 characters."
    items = said.get("items")
    if not isinstance(items, dict):
        yield "“items” must name each item's id, and its texts below it."
        return
    english = {str(item.get("id")): prose(item) for item in bank.get("items") or []}
    yield from (f"{name}: there is no such item in the bank." for name in items if name not in english)
    for name, texts in english.items():
        if name in items:
            yield from _compare_part(name, texts, items[name])
        else:
            yield f"{name}: it is not translated."
    shorts = Counter(str(item.get("short")) for item in items.values() if isinstance(item, dict))
    yield from (f"the label “{short}” is given to {count} items." for short, count in shorts.items() if count > 1)


def _check_standard(standard: Standard, said: Mapping[str, Any], needed: set[str]) -> Iterator[str]:
    rest = {name: value for name, value in said.items() if name not in ("clauses", "groups", "not_held")}
    yield from _compare_part("the standard", {"short": standard.short, "title": standard.title}, rest)
    yield from _compare("groups", {group.value: group.label for group in Group}, said.get("groups"))
    if "{groups}" not in str(said.get("not_held")):
        yield "“not_held” must say why an item falls away, with {groups} where the groups stand."
    clauses = said.get("clauses")
    if not isinstance(clauses, dict):
        yield "“clauses” must name each clause's id, and its texts below it."
        return
    yield from (f"{name}: there is no such clause." for name in clauses if name not in standard.clauses)
    yield from (f"{name}: it is not translated, but items test it." for name in sorted(needed - set(clauses)))
    for name, texts in clauses.items():
        if name in standard.clauses:
            yield from _compare_part(name, clause_prose(standard.clauses[name]), texts)


def clause_prose(clause: Clause) -> dict[str, str]:
    """What is prose of a clause."""
    heading = {"heading": clause.headings[-1]} if clause.headings else {}
    return {**heading, "means": clause.means}


def _clauses_of(banks: Mapping[str, Mapping[str, Any]], read: Mapping[str, Any]) -> set[str]:
    """The clauses that items of the translated banks test."""
    return {
        str(clause)
        for theme, bank in banks.items()
        if f"{theme}.yaml" in read
        for item in bank.get("items") or []
        for clause in item.get("clauses") or []
    }


def _compare_part(name: str, english: Mapping[str, Any], said: Any) -> Iterator[str]:
    """Hold a part that carries the digest of its English against this English."""
    if not isinstance(said, dict):
        yield f"{name}: it needs “of” and the texts."
        return
    now = digest(english)
    if said.get("of") != now:
        yield (
            f"{name}: the English is not, or no longer, the one that was translated: compare them, mend the"
            f" translation, then write “of: {now}”."
        )
    texts = {key: value for key, value in said.items() if key != "of"}
    yield from (f"{name}: {problem}" for problem in _compare("", english, texts))


def _compare(where: str, english: Any, said: Any) -> Iterator[str]:
    """Hold a text, or a list or table of texts, against the English one, and name the place of each difference."""
    if isinstance(english, dict):
        if not isinstance(said, dict):
            yield f"“{where}” must hold {', '.join(map(str, english))}."
            return
        yield from (f"“{_in(where, key)}” is missing." for key in english if key not in said)
        yield from (f"“{_in(where, key)}” is not in the English." for key in said if key not in english)
        for key in english:
            if key in said:
                yield from _compare(_in(where, key), english[key], said[key])
    elif isinstance(english, list):
        if not isinstance(said, list) or len(said) != len(english):
            count = len(said) if isinstance(said, list) else "no"
            yield f"“{where}” has {count} entries, the English {len(english)}."
            return
        for number, (one, other) in enumerate(zip(english, said, strict=True), 1):
            yield from _compare(_in(where, number), one, other)
    elif not isinstance(said, str) or not said.strip():
        yield f"“{where}” is empty, or no text."
    else:
        yield from _compare_texts(where, str(english), said)


def _compare_texts(where: str, english: str, said: str) -> Iterator[str]:
    if " ".join(said.split()) == " ".join(english.split()) and len(_WORDS.findall(english)) > 1:
        yield f"“{where}” is still the English text."
    if len(said) > _LONGEST.get(where, len(said)):
        yield f"“{where}” is longer than {_LONGEST[where]} characters."
    if where == "ask" and (not said.endswith("?") or said.count("?") != 1):
        yield "“ask” must be one question, ending with “?”."


def _in(where: str, key: object) -> str:
    return f"{where} {key}".strip()

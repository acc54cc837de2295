"""Translations of item banks: their prose in another language, laid over the one bank that holds the structure.

They stand in ``<standard>/<language>/``: a file of the bank's name with the prose of each item under its id, and
``standard.yaml`` with the names, and the clauses' meanings. Each part says under ``of`` which English it translates.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from inspect_kit.checklist.banks import Bank, Translation, load_banks
from inspect_kit.errors import BadInputError
from inspect_kit.language import ENGLISH
from inspect_kit.model import Group, Item, Standard
from inspect_kit.standards.load import read_yaml

ITEM_PROSE = ("short", "ask", "why", "look", "talk_to", "records", "red_flags", "they_say", "benchmarks", "measure")
BANK_PROSE = ("title", "about", "care")
_LETTERS = str.maketrans("0123456789", "ghijklmnop")
_LOOSE = re.compile(r" (?=[:;?!»])|(?<=«) ")


def folders(standard: Standard) -> dict[str, Path]:
    """The folders of a standard's translations, by language."""
    found = standard.folder.glob("[a-z][a-z]/standard.yaml")
    return {file.parent.name: file.parent for file in sorted(found)}


def languages(standards: Iterable[Standard]) -> tuple[str, ...]:
    """The languages in which there are items: English, and those of translations."""
    return (ENGLISH, *sorted({name for standard in standards for name in folders(standard)}))


def prose(values: Mapping[str, Any], names: Iterable[str] = ITEM_PROSE) -> dict[str, Any]:
    """Take what is prose from an item or a bank, as its file has it."""
    return {name: values[name] for name in names if values.get(name)}


def digest(english: Mapping[str, Any]) -> str:
    """Name an English prose by eight letters, so that a translation shows when the English was changed after it.

    Letters only, because YAML would read some other digests as numbers.
    """
    text = json.dumps(english, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:8].translate(_LETTERS)


@cache
def load_translated(language: str, *standards: Standard) -> tuple[Bank, ...]:
    """Load the item banks of some standards in a language, as far as they are translated; the others as they are.

    Args:
        language: two letters.
        standards: in order.

    Raises:
        BadInputError: when a bank or a translation cannot be used; ``checklist check`` says more.
    """
    banks = load_banks(*standards)
    words = {bank.standard.id: _read_words(bank.standard, language) for bank in banks}
    return tuple(_translated(bank, words[bank.standard.id]) for bank in banks)


def typeset(text: str) -> str:
    """Bind « », and the marks that French sets apart, to their word; translators may type plain spaces."""
    return _LOOSE.sub("\u00a0", " ".join(text.split()))


def _read_words(standard: Standard, language: str) -> Translation | None:
    folder = folders(standard).get(language)
    if folder is None:
        return None
    values = read_yaml(folder / "standard.yaml")
    try:
        clauses = dict(standard.clauses)
        for name, said in values["clauses"].items():
            clause = clauses[name]
            headings = (*clause.headings[:-1], typeset(said["heading"])) if clause.headings else ()
            clauses[name] = replace(clause, headings=headings, means=typeset(said["means"]))
        translated = replace(standard, short=typeset(values["short"]), title=typeset(values["title"]), clauses=clauses)
        groups = {Group(name): typeset(said) for name, said in values["groups"].items()}
        return Translation(language, translated, typeset(values["not_held"]), groups)
    except (KeyError, ValueError, TypeError, AttributeError) as problem:
        raise _unusable(folder / "standard.yaml", problem) from problem


def _translated(bank: Bank, words: Translation | None) -> Bank:
    if words is None:
        return bank
    file = bank.standard.folder / words.language / f"{bank.theme}.yaml"
    if not file.is_file():
        return replace(bank, standard=words.standard)
    values = read_yaml(file)
    try:
        return replace(
            bank,
            title=typeset(values["title"]),
            about=typeset(values["about"]),
            care=tuple(typeset(text) for text in values["care"]),
            items=tuple(_lay_over(item, values["items"][item.id], words.language) for item in bank.items),
            standard=words.standard,
            translation=words,
        )
    except (KeyError, ValueError, TypeError, AttributeError) as problem:
        raise _unusable(file, problem) from problem


def _lay_over(item: Item, said: Mapping[str, Any], language: str) -> Item:
    own = _typeset_all(prose(said))
    own["talk_to"] = {person: own["talk_to"][person] for person in item.talk_to}  # in the bank's order
    return Item.from_json({**item.as_json(), **own, "translation": language})


def _typeset_all(value: Any) -> Any:
    if isinstance(value, str):
        return typeset(value)
    if isinstance(value, Mapping):
        return {name: _typeset_all(part) for name, part in value.items()}
    return [_typeset_all(part) for part in value]


def _unusable(file: Path, problem: Exception) -> BadInputError:
    return BadInputError(f"{file.parent.name}/{file.name} cannot be used ({problem}): run “checklist check”.")

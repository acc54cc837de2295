"""A first item bank for a new standard, drafted from its document and meant to be edited."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from inspect_kit.checklist.lint import DRAFTED
from inspect_kit.language import _
from inspect_kit.model import Passage, Strength

_BAN = re.compile(
    r"\b(never|(shall|must|may) not|nobody (may|shall|must)|no \w+ (may|shall|must)|(is|are) (prohibited|forbidden))\b",
    re.I,
)
_EFFORT = re.compile(r"\b(where possible|to the extent possible|endeavou?r|efforts?|as far as)\b", re.I)
_ADVICE = re.compile(r"\b(should|may|encouraged?|preferably)\b", re.I)
_DUTY = re.compile(r"\b(shall|must|is to|are to|has to|have to|required)\b", re.I)
_KINDS = (_BAN, _EFFORT, _DUTY, _ADVICE)
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z])")

_STANDARD_HEAD = _(
    "Drafted from a document. The wording under “means” is the document's: put it into your own words where you may"
    " not copy it. Group the clauses into the themes that you inspect, one bank each; check strength and protects."
)
_BANK_HEAD = _(
    "Drafted from a document: one item for each of its obligations, to be edited. Turn each “ask” into one short"
    " question to which yes means that the clause is kept, say how to find out, and join or drop items. “checklist"
    " check” of this folder says what is still missing."
)


@dataclass(frozen=True)
class Naming:
    """What a new standard is called.

    Attributes:
        id: its folder's name, in small letters: ``example-act``.
        prefix: what its clauses' ids begin with: ``EXA``.
        short: the name in everyday use.
        title: the full title.
    """

    id: str
    prefix: str
    short: str
    title: str


def draft(passages: Sequence[Passage], naming: Naming) -> dict[str, str]:
    """Draft a standard and its item banks from the clauses of a document.

    Themes follow the widest headings. Each sentence that obliges becomes an item; a clause without such a
    sentence becomes one item.

    Args:
        passages: the document's clauses, as ``read_rules`` gives them.
        naming: what the standard is called.

    Returns:
        The text of each file by its name: ``standard.yaml`` and one bank for each theme.
    """
    themes: dict[str, list[Passage]] = {}
    titles: dict[str, str] = {}
    for passage in passages:
        title = passage.headings[0] if passage.headings else naming.short
        theme = f"{naming.prefix.lower()}-{_slug(title, 40) or 'rules'}"
        titles.setdefault(theme, title)
        themes.setdefault(theme, []).append(passage)
    files = {"standard.yaml": _comment(_STANDARD_HEAD) + _dump(_standard(passages, themes, titles, naming))}
    for theme, own in themes.items():
        items = _items(theme, own)
        bank = {"theme": theme, "title": _cut(titles[theme], 28), "standard": naming.id, "about": "", "care": [],
                "items": items}  # fmt: skip
        files[f"{theme}.yaml"] = _comment(_BANK_HEAD) + _dump(bank)
    return files


def strength_of(text: str) -> Strength:
    """Guess how strictly a sentence obliges, from its words."""
    if _BAN.search(text):
        return Strength.PROHIBITION
    if _EFFORT.search(text):
        return Strength.EFFORT
    if _DUTY.search(text):
        return Strength.DUTY
    return Strength.ENCOURAGEMENT if _ADVICE.search(text) else Strength.DUTY


def _standard(
    passages: Iterable[Passage], themes: dict[str, list[Passage]], titles: dict[str, str], naming: Naming
) -> dict[str, Any]:
    rules: dict[int, dict[str, Any]] = {}
    for passage in passages:
        rule = rules.setdefault(
            passage.rule,
            {"rule": passage.rule, "part": passage.part, "headings": list(passage.headings), "clauses": []},
        )
        clause: dict[str, Any] = {"id": passage.id}
        if passage.paragraph:
            clause["paragraph"] = passage.paragraph
        if passage.point:
            clause["point"] = passage.point
        if passage.lead:
            clause["lead"] = True
        clause |= {"strength": strength_of(passage.text).value, "protects": ["women"], "means": passage.text}
        rule["clauses"].append(clause)
    return {
        "id": naming.id,
        "prefix": naming.prefix,
        "short": naming.short,
        "title": naming.title,
        "themes": [
            {
                "id": theme,
                "title": _cut(titles[theme], 28),
                "clauses": [passage.id for passage in own if not passage.lead],
            }
            for theme, own in themes.items()
        ],
        "rules": list(rules.values()),
    }


def _obligations(passages: Iterable[Passage]) -> Iterator[tuple[Passage, str, str]]:
    """Each sentence that obliges: its clause, the words that name it, and the whole, with the lead of a point."""
    lead = ""
    for passage in passages:
        if passage.lead:
            lead = passage.text.rstrip(":;., ")
        elif passage.point:
            text = passage.text.rstrip(".;")
            yield passage, text, f"{lead} – {text[:1].lower()}{text[1:]}"
        else:
            sentences = [text.rstrip(".;:") for text in _SENTENCE.split(passage.text)]
            obliging = [
                text for text in sentences if any(kind.search(text) for kind in (_BAN, _DUTY, _ADVICE, _EFFORT))
            ]
            for text in obliging or [" ".join(sentences)]:
                yield passage, text, text


def _items(theme: str, passages: Iterable[Passage]) -> list[dict[str, Any]]:
    items = []
    given: set[str] = set()
    for passage, words, sentence in _obligations(passages):
        name = first = _slug(words, 32) or "item"
        while name in given:
            name = f"{first}-{len(given)}"
        given.add(name)
        items.append(
            {
                "id": f"{theme}.{name}",
                "short": f"{passage.id} {_slug(words, 23 - len(passage.id)).replace('-', ' ')}".strip(),
                "clauses": [passage.id],
                "strength": strength_of(sentence).value,
                "ask": f"{DRAFTED} {sentence}?",
                "why": "",
                "look": [],
                "talk_to": {},
                "records": [],
                "red_flags": [],
                "places": [],
                "applies_to": ["women"],
            }
        )
    return items


def _slug(text: str, limit: int) -> str:
    """Words in small letters joined by hyphens, as many as fit."""
    slug = ""
    for word in re.findall(r"[a-z0-9]+", text.lower()):
        if len(slug) + len(word) + 1 > limit:
            break
        slug += f"-{word}" if slug else word
    return slug if slug[:1].isalpha() else f"n-{slug}" if slug else ""


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _comment(text: str) -> str:
    return textwrap.fill(text, 118, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False) + "\n"


def _dump(values: dict[str, Any]) -> str:
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=116)

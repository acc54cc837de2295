"""Every entry of a visit: who did what, when, and what it replaced."""

import json
from dataclasses import dataclass
from typing import Any

from inspect_kit.casebook import journal
from inspect_kit.casebook.chains import PROVEN
from inspect_kit.casebook.entry import read_envelope
from inspect_kit.casebook.queries import authors, name_of
from inspect_kit.casebook.sqlite import Database


@dataclass(frozen=True)
class Step:
    """One entry, as people read it.

    Attributes:
        entry: its id, in hex.
        kind: what was done, such as ``judge``.
        subject: what it is about, such as ``finding:hygiene.showers``.
        aspect: the group of values that it sets.
        author: who did it, by name.
        laptop: the name of her copy of the casebook.
        stamp: when.
        replaces: ids of the entries whose values it took the place of.
        value: what it sets; None where that was erased.
        sealed: whether its author's seal proves it.
    """

    entry: str
    kind: str
    subject: str
    aspect: str
    author: str
    laptop: str
    stamp: str
    replaces: tuple[str, ...]
    value: dict[str, Any] | None
    sealed: bool


_STEPS = f"""
WITH RECURSIVE {PROVEN}
SELECT e.id, e.envelope, b.body, e.id IN (SELECT id FROM proven)
FROM entries e LEFT JOIN bodies b ON b.entry = e.id
WHERE e.stream = :stream ORDER BY e.stamp, e.id
"""  # noqa: S608 (our own words)


def steps(db: Database, visit: str, item: str | None) -> list[Step]:
    """A visit's entries, oldest first.

    Args:
        db: the open casebook.
        visit: the visit's id.
        item: only what is about this item: its finding, its evidence, recommendations that rest on it; None for all.
    """
    names = authors(db)
    found = []
    about = {f"finding:{item}"}
    for id_, envelope, body, sealed in db.execute(_STEPS, {"stream": f"visit:{visit}"}):
        said = read_envelope(id_, envelope.encode())
        value = json.loads(body) if body is not None else None
        if item is not None and value and (value.get("item") == item or item in value.get("findings", ())):
            about.add(said.subject)
        fingerprint, _, laptop = said.author.partition(".")
        found.append(
            Step(
                entry=id_.hex(),
                kind=said.kind,
                subject=said.subject,
                aspect=journal.ASPECTS.get(said.kind, ""),
                author=name_of(names, fingerprint),
                laptop=laptop,
                stamp=said.stamp,
                replaces=said.replaces,
                value=value,
                sealed=bool(sealed),
            )
        )
    return [step for step in found if item is None or step.subject in about]

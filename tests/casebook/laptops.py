"""Several laptops that record apart and exchange journal entries, without the sync that is built on top."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from inspect_kit.casebook import Casebook, health, journal, projection
from inspect_kit.casebook.entry import Entry
from inspect_kit.identity import Identity
from tests.conftest import enrol

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
"""Whether this is the long run, ``make test-long``."""


@dataclass
class Clock:
    """A laptop's clock, which may be wrong and may be set."""

    seconds: float = 1_793_782_800.0
    ticks: float = 0.7

    def __call__(self) -> float:
        self.seconds += self.ticks
        return self.seconds


def open_laptop(path: Path, person: Identity, now: Callable[[], float] | None = None) -> Casebook:
    """Open a casebook as if on a machine of its own, with one person at the keys."""
    with patch("inspect_kit.casebook.file.own_folder", lambda: path.parent / f"machine of {path.stem}"):
        casebook = Casebook.open(path, now=now or Clock())
    casebook._db.execute("PRAGMA synchronous = OFF")  # durability is tested elsewhere
    enrol(casebook, person)
    return casebook


def copy_for(template: Path, folder: Path, name: str, person: Identity, now: Clock | None = None) -> Casebook:
    """A laptop that starts with a copy of a closed casebook."""
    path = folder / f"{name}.casebook"
    shutil.copy(template, path)
    return open_laptop(path, person, now)


def entries(casebook: Casebook) -> list[Entry]:
    return list(journal.read(casebook._db))


def give(target: Casebook, batch: Iterable[Entry]) -> None:
    """Hand entries to a casebook in one transaction, in the order given."""
    db = target._db
    db.execute("BEGIN IMMEDIATE")
    try:
        journal.insert(db, batch)
        projection.project(db)
        db.conn.commit()
    except BaseException:
        db.conn.rollback()
        raise


def give_in_batches(target: Casebook, batch: list[Entry], chance: random.Random) -> None:
    """Hand entries over shuffled, some twice, in batches of any size."""
    batch = batch + [entry for entry in batch if chance.random() < 0.2]
    chance.shuffle(batch)
    while batch:
        size = chance.randint(1, len(batch))
        give(target, batch[:size])
        batch = batch[size:]


def tables(casebook: Casebook) -> dict[str, list[tuple[object, ...]]]:
    return health.dump(casebook._db)


@dataclass(frozen=True)
class Head:
    """An entry that nobody replaced, as the oracle sees it."""

    kind: str
    stamp: str
    entry: str
    value: dict[str, object]

    @property
    def rank(self) -> tuple[bool, str, str]:
        """What is shown first: a withdrawal comes after what its author had not seen, else the newest."""
        return (not self.kind.startswith("withdraw-"), self.stamp, self.entry)


@dataclass
class Heads:
    """What a set of entries says, worked out in plain Python: the oracle of the projection."""

    values: dict[tuple[str, str, str], list[Head]] = field(default_factory=dict)

    @classmethod
    def of(cls, found: Iterable[Entry]) -> Heads:
        known = {entry.id.hex(): (json.loads(entry.envelope), json.loads(entry.body or "null")) for entry in found}
        about = {
            name: (envelope["stream"], envelope["subject"], journal.ASPECTS[envelope["kind"]])
            for name, (envelope, _) in known.items()
        }
        replaced = {(about[name], old) for name, (envelope, _) in known.items() for old in envelope["replaces"]}
        heads = cls()
        for name, (envelope, body) in known.items():
            if (about[name], name) not in replaced:
                head = Head(envelope["kind"], envelope["stamp"], name, body)
                heads.values.setdefault(about[name], []).append(head)
        for sides in heads.values.values():
            sides.sort(key=lambda head: head.rank, reverse=True)
        return heads


def differ(sides: list[Head]) -> bool:
    """Whether the heads of one aspect say different things."""
    return any((side.kind, side.value) != (sides[0].kind, sides[0].value) for side in sides)

"""Values that nobody thought of: whatever passes the check of an entry's form can be projected, shown and told."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from inspect_kit.casebook import Casebook, journal, projection
from inspect_kit.casebook.entry import read_envelope
from inspect_kit.casebook.shapes import KINDS, fits
from inspect_kit.errors import InspectKitError, UnknownError
from inspect_kit.identity import Identity
from inspect_kit.model import canonical
from tests.casebook.laptops import LONG, Clock, open_laptop
from tests.casebook.strangers import World, copied, forged, make_world, one_of_each

_numbers = count()


@dataclass(frozen=True, repr=False)
class Honest:
    """An open casebook, the visit in it, and honest values of every kind of entry."""

    book: Casebook
    world: World
    bodies: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def honest(tmp_path_factory, ines: Identity, omar: Identity, checklist) -> Iterator[Honest]:
    made = make_world(tmp_path_factory.mktemp("world"), ines, omar, checklist)
    world = copied(made, tmp_path_factory.mktemp("copy"))
    with open_laptop(world.before, ines, Clock()) as book:
        bodies = one_of_each(book, world)
        bodies["freeze-checklist"]["items"] = bodies["freeze-checklist"]["items"][:3]
        yield Honest(book, world, bodies)


texts = st.text(max_size=8) | st.sampled_from(
    [
        "",
        " ",
        "\x00",
        "\ud800",
        "a\nb",
        "\x1b[2J",
        "2026-02-30",
        "2026-11-04",
        "met",
        "public",
        "women",
        "0" * 26,
        "a.b",
    ]
)
numbers = st.integers() | st.sampled_from([-1, 0, 1, 2**31, 2**63, 10**400, True, False]) | st.floats(allow_nan=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
changes = st.lists(
    st.tuples(st.sampled_from(["put", "put", "take", "add", "twice", "swap"]), st.integers(0, 10_000), values),
    min_size=1,
    max_size=3,
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a JSON value: what holds it, and its name or number there."""
    names = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [place for name in names for place in ((value, name), *places(value[name]))]


def changed(body: dict[str, Any], asked: list[tuple[str, int, Any]]) -> dict[str, Any]:
    """Change an honest value somewhere, or in several places."""
    body = json.loads(json.dumps(body))
    for what, number, value in asked:
        found = places(body)
        if not found or what == "add":
            body[str(value)] = value
            continue
        within, name = found[number % len(found)]
        if what == "put":
            within[name] = value
        elif what == "take":
            del within[name]
        elif what == "twice" and isinstance(within, list):
            within.append(within[name])
        else:
            other, its_name = found[(number * 7 + 3) % len(found)]
            with suppress(KeyError, IndexError, TypeError):
                within[name] = json.loads(json.dumps(other[its_name]))
    return body


@settings(max_examples=3_000 if LONG else 300)
@given(kind=st.sampled_from(sorted(KINDS)), asked=changes)
def test_what_passes_the_check_can_be_shown(honest: Honest, kind: str, asked) -> None:
    book, visit = honest.book, f"visit:{honest.world.visit}"
    facility = f"facility:{book.facilities()[0].id}"
    about = KINDS[kind][0]
    stream = facility if about == "facility" else visit
    subject = {
        "facility": facility,
        "visit": visit,
        "finding": f"finding:{honest.world.items[5]}",
    }.get(about, f"{about}:{'0' * 26}")
    body = changed(honest.bodies[kind], asked)
    try:
        text = canonical(body)
    except (ValueError, TypeError, InspectKitError):
        text = json.dumps(body)
    entry = forged(f"{next(_numbers):064x}.1", stream, kind, subject, text, stamp="2026-11-07T09:00:00.000Z.0000")
    if not fits(read_envelope(entry.id, entry.envelope.encode()), text.encode("utf-8", "surrogatepass")):
        event("refused")
        return
    event("taken in")
    db = book._db
    db.execute("BEGIN IMMEDIATE")
    try:
        journal.insert(db, [entry])
        (number,) = db.execute("SELECT max(number) FROM entries").fetchone()
        projection.project_since(db, number - 1)
        assert not db.execute("PRAGMA foreign_key_check").fetchall()
        show(book, honest.world.visit)
        projection.project(db)
        show(book, honest.world.visit)
    finally:
        db.conn.rollback()


def show(book: Casebook, visit: str) -> None:
    """All that a screen asks for."""
    book.facilities()
    assert visit in {one.id for one in book.visits()}
    record = book.visit(visit)
    book.conflicts(visit)
    book.history(visit)
    book.jottings(visit)
    book.chains(visit)
    for item in [one.id for one in record.checklist.items][:2]:
        book.finding(visit, item)
        with suppress(UnknownError):
            book.history(visit, item)
    assert book._db.conn.in_transaction

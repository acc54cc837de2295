"""Files from somebody else's hands: honest ones, and the means to make them lie."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3

from inspect_kit.casebook import Casebook, journal
from inspect_kit.casebook.entry import Entry, Envelope, digest
from inspect_kit.casebook.shapes import KINDS
from inspect_kit.identity import Identity
from inspect_kit.model import (
    Account,
    Assessment,
    Checklist,
    Comment,
    Consent,
    Evidence,
    EvidenceKind,
    Priority,
    Recommendation,
    Verdict,
    VisitKind,
    VisitPlan,
    canonical,
)
from inspect_kit.work.attaching import describe
from tests.casebook.laptops import Clock, entries, open_laptop, tables
from tests.conftest import FACILITY, TEAM

KEPT = ("entries", "bodies", "replacements", "blobs", "certificates", "seals", "trust", "settings", "drafts")
PHOTO = b"\xff\xd8\xff a door that does not close"


@dataclass(frozen=True)
class World:
    """Two casebooks that know one visit.

    Attributes:
        ours: Ines's, closed.
        theirs: a file that Omar has shared: his work on the visit, sealed, with one photo.
        before: a file that Ines has shared earlier, on which his work rests.
        visit: its id.
        items: the ids of its checklist's items.
    """

    ours: Path
    theirs: Path
    before: Path
    visit: str
    items: tuple[str, ...]


def make_world(folder: Path, ines: Identity, omar: Identity, checklist: Checklist) -> World:
    """Ines plans a visit and shares it; Omar works on it and shares what he did; Ines goes on."""
    ours, theirs, before = folder / "ours.casebook", folder / "theirs.casebook", folder / "before.casebook"
    Casebook.create(ours).close()
    with open_laptop(ours, ines, Clock()) as book:
        facility = book.add_facility(FACILITY)
        plan = VisitPlan(book.facility(facility), VisitKind.FULL, "2026-11-04")
        visit = book.plan_visit(plan, TEAM, checklist)
        items = tuple(item.id for item in checklist.items if item.applies)
        book.seal(ines)
        book.share([visit], before, None)
        book.judge(visit, items[0], Assessment.MET, narrative="ours")
    of_omar = folder / "of omar.casebook"
    Casebook.create(of_omar).close()
    with open_laptop(of_omar, omar, Clock()) as book:
        book.sync(before)
        book.judge(visit, items[0], Assessment.NOT_MET, narrative="theirs, on the same item")
        book.judge(visit, items[1], Assessment.PARTLY_MET, narrative="theirs, first")
        book.judge(visit, items[1], Assessment.NOT_MET, narrative="theirs, second")
        attachment, data = describe("door.jpg", PHOTO)
        book.add_evidence(visit, items[1], Evidence(EvidenceKind.PHOTO, "the door", attachment=attachment), data)
        book.recommend(visit, Recommendation("Mend the door.", "The governor", findings=(items[1],)))
        book.jot(visit, "a smell near the yard")
        book.seal(omar)
        book.share([visit], theirs, None)
    of_omar.unlink()
    return World(ours, theirs, before, visit, items)


def copied(world: World, folder: Path) -> World:
    """The same world in another folder, to be spoiled there."""
    moved = [shutil.copy(path, folder / path.name) for path in (world.ours, world.theirs, world.before)]
    return World(*map(Path, moved), world.visit, world.items)


def kept(book: Casebook) -> dict[str, list[tuple[object, ...]]]:
    """Everything in a casebook, byte for byte."""
    rows = {name: book._db.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in KEPT}  # noqa: S608 (our own names)
    return rows | tables(book)


@contextmanager
def untouched(book: Casebook) -> Iterator[None]:
    """Whatever happens inside the block, the casebook is afterwards as it was, and sound."""
    before = kept(book)
    yield
    assert kept(book) == before
    health = book.health()
    assert health.sound, health.problems


def spoil(path: Path, *statements: str | tuple[str, tuple[object, ...]]) -> None:
    """Change a file's tables as whoever has it can: by plain SQL, past its triggers."""
    with closing(sqlcipher3.connect(str(path), isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = OFF")
        for (trigger,) in db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%RAISE%'"
        ).fetchall():
            db.execute(f"DROP TRIGGER {trigger}")
        db.execute("PRAGMA writable_schema = ON")
        db.execute("BEGIN")
        for statement in statements:
            db.execute(*([statement] if isinstance(statement, str) else statement))
        db.execute("COMMIT")


def forged(
    author: str,
    stream: str,
    kind: str,
    subject: str,
    body: Mapping[str, Any] | str,
    *,
    after: Entry | None = None,
    replaces: tuple[str, ...] = (),
    stamp: str = "2026-11-05T09:00:00.000Z.0000",
    salt: bytes = b"s" * 16,
    **changed: Any,
) -> Entry:
    """An entry whose hashes are right, whatever it says.

    Args:
        author: ``<fingerprint>.<laptop>``.
        stream: where.
        kind: what was done.
        subject: about what.
        body: the values, or the very text of them.
        after: the entry before, in its author's chain.
        replaces: as in an envelope.
        stamp: when.
        salt: before the body.
        changed: what the envelope says otherwise.
    """
    text = body if isinstance(body, str) else canonical(dict(body))
    said = Envelope(
        author=author,
        body_digest=digest(salt + text.encode("utf-8", "surrogatepass")).hex(),
        kind=kind,
        previous=after.id.hex() if after else None,
        replaces=tuple(sorted(replaces)),
        seq=json.loads(after.envelope)["seq"] + 1 if after else 1,
        stamp=stamp,
        stream=stream,
        subject=subject,
    )._replace(**changed)
    envelope = said.text()
    return Entry(digest(envelope.encode()), envelope, salt, text)


def said_by(entry: Entry) -> dict[str, Any]:
    """What an envelope says; nothing where it is none."""
    try:
        said = json.loads(entry.envelope)
    except ValueError:
        said = None
    return said if isinstance(said, dict) else {}


def smuggle(path: Path, *found: Entry) -> None:
    """Put entries into a file as they are, with columns as their envelopes have them."""
    rows: list[tuple[str, tuple[object, ...]]] = []
    for entry in found:
        said = said_by(entry)
        previous = bytes.fromhex(said["previous"]) if said.get("previous") else None
        rows.append(
            (
                "INSERT INTO entries (id, envelope, stream, author, seq, previous, stamp, kind, subject, aspect)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    entry.id,
                    entry.envelope,
                    *(str(said.get(name)) for name in ("stream", "author")),
                    1,
                    previous,
                    *(str(said.get(name)) for name in ("stamp", "kind", "subject")),
                    journal.ASPECTS.get(said.get("kind"), ""),
                ),
            )
        )
        if entry.body is not None:
            body = entry.body.encode("utf-8", "surrogatepass")
            rows.append(
                ("INSERT INTO bodies (entry, salt, body) VALUES (?, ?, CAST(? AS TEXT))", (entry.id, entry.salt, body))
            )
    spoil(path, *rows)


def one_of_each(book: Casebook, world: World) -> dict[str, dict[str, object]]:
    """Honest values of every kind of entry."""
    visit, item = world.visit, world.items[5]
    book.sync(world.theirs)
    attachment, data = describe("door.jpg", b"\xff\xd8\xff another door")
    source = book.add_evidence(visit, item, Evidence(EvidenceKind.PHOTO, "door", attachment=attachment), data)
    book.set_consent(visit, [source], Consent.PUBLIC)
    book.prioritise(visit, item, Priority.URGENT)
    book.mark_contradiction(visit, item, True)
    book.review(visit, world.items[1], Verdict.RETURNED, "look again")
    book.give_account(visit, Account("overview", "cooperation", "good", "limits"))
    asked = book.recommend(visit, Recommendation("Mend it.", "The governor", due="2027-01-01", findings=(item,)))
    note = book.jot(visit, "a noise")
    book.file_jotting(visit, note, item, Evidence(EvidenceKind.OBSERVATION, "a noise"))
    book.reopen_jotting(visit, note)
    book.answer_point(visit, "ab" * 10, "She agreed.")
    (comment,) = book.take_comments(visit, [Comment(item, 0, 1, "It was mended.", "no", "cd" * 32)])
    book.decide_comment(visit, comment, accepted=True, reason="Seen.")
    found = {json.loads(entry.envelope)["kind"]: json.loads(entry.body or "null") for entry in entries(book)}
    found.setdefault("withdraw-recommendation", {})
    assert asked
    assert found.keys() == KINDS.keys()
    return found

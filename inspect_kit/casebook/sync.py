"""Putting casebooks together: what another casebook's journal holds and ours lacks is verified and taken in.

A union of sets: order, repetition and route do not matter, nothing that is here is changed, and either everything
that holds is taken, in one transaction, or nothing. What does not hold is refused by name; the rest is taken.

What an entry's bytes say counts, never the columns, indexes or links of the file it came in. An entry that we hold
already is compared with ours byte for byte, which says more than hashing it again would.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspect_kit.casebook import journal, projection
from inspect_kit.casebook.entry import ENVELOPE_LIMIT, Entry, Envelope, altered_body, is_stamp, read_envelope
from inspect_kit.casebook.foreign import Foreign
from inspect_kit.casebook.shapes import ATTACHMENT_LIMIT, BODY_LIMIT, KINDS, fits
from inspect_kit.casebook.sqlite import TROUBLE, CalledOffError, Database, DatabaseError, called_off
from inspect_kit.errors import CasebookError, IdentityError
from inspect_kit.identity import check_seal, read_certificate
from inspect_kit.identity.certificates import CERTIFICATE_LIMIT
from inspect_kit.language import _
from inspect_kit.model import Seal

BATCH = 2_000
"""So many entries are verified at a time; between two batches the work can be called off."""
BATCH_BYTES = 16 * 1_048_576
"""A batch ends where it holds more than this, so that large values never fill the memory."""
REFUSED_LIMIT = 1_000
"""So many refusals are listed by name; beyond, they are counted."""

Progress = Callable[[int, int], bool]
"""Is told how many of how many entries are done; False calls the work off."""


@dataclass(frozen=True)
class Refusal:
    """What was not taken in.

    Attributes:
        entry: the entry's id in hex, as its file claims it; empty where it is about something else.
        reason: in a sentence.
    """

    entry: str
    reason: str


@dataclass(frozen=True)
class Taken:
    """What came of one file.

    Attributes:
        file: its path.
        taken: how many entries were new and are here now.
        known: how many we had already.
        refused: what was not taken, with the reason.
        conflicts: on how many things people hold different views now, in the visits that the file holds.
        waiting: how many entries of those visits wait for one that has not come yet.
        given: how many entries the file has received from us; None where nothing was to be given.
        seals: how many new seals were taken.
        remarks: what the user should know besides, in sentences.
    """

    file: Path
    taken: int = 0
    known: int = 0
    refused: tuple[Refusal, ...] = ()
    conflicts: int = 0
    waiting: int = 0
    given: int | None = None
    seals: int = 0
    remarks: tuple[str, ...] = ()


@dataclass
class _Refusals:
    """The refusals of one file, the first by name."""

    named: list[Refusal]
    more: int = 0

    def add(self, entry: object, reason: str) -> None:
        name = entry.hex()[:64] if isinstance(entry, bytes) else ""
        if len(self.named) < REFUSED_LIMIT:
            self.named.append(Refusal(name, reason))
        else:
            self.more += 1

    def all(self) -> tuple[Refusal, ...]:
        if not self.more:
            return tuple(self.named)
        return (*self.named, Refusal("", _("and {count} more.", count=self.more)))


def take(db: Database, foreign: Foreign, received: str, progress: Progress) -> Taken:
    """Take in what a foreign casebook has and ours lacks.

    Args:
        db: our casebook, in a transaction, with the foreign one attached as ``other``.
        foreign: what is attached.
        received: the stamp of now.
        progress: told between batches, and asked some times a second.

    Raises:
        CalledOffError: when ``progress`` says so; the caller takes the transaction back.
        CasebookError: when the foreign casebook turns out to be damaged; likewise.
    """
    sentence = _("The sync was called off: nothing was taken from {path}.", path=foreign.path)
    far = (0, foreign.entries)

    def tell(done: int, total: int) -> None:
        nonlocal far
        far = (done, total)
        if not progress(done, total):
            raise CalledOffError(sentence)

    try:
        with called_off(db, lambda: not foreign.is_damaged and progress(*far), sentence):
            return _take(db, foreign, received, tell)
    except CalledOffError:
        if foreign.is_damaged:  # a page that leads to itself is read for ever
            foreign.hold()
        raise
    except TROUBLE:
        foreign.hold()  # or our own casebook would be called damaged where it is the other one
        raise


def _take(db: Database, foreign: Foreign, received: str, tell: Callable[[int, int], None]) -> Taken:
    refusals = _Refusals([])
    (before,) = db.execute("SELECT coalesce(max(number), 0) FROM main.entries").fetchone()
    total = foreign.entries
    blobs: set[str] = set()
    restored = False
    for batch in _batches(db, _VALUES):
        found = _verified(batch, refusals, blobs)
        journal.put(db, found)
        restored = restored or bool(found)
    new = 0
    for batch in _batches(db, _ENTRIES):
        tell(new, total)
        new += len(batch)
        journal.put(db, _verified(batch, refusals, blobs))
    taken = _count_since(db, before)
    _take_certificates(db, refusals)
    seals = _take_seals(db, received, refusals) if foreign.sealed else 0
    _take_blobs(db, blobs, refusals)
    tell(total, total)
    if restored:
        projection.project(db)
    else:
        projection.project_since(db, before)
    conflicts, waiting = _state(db)
    foreign.hold(lambda: tell(total, total))
    remarks = []
    if foreign.torn:
        remarks.append(
            _(
                "{path} was copied while it was open, so its latest entries are missing:"
                " ask for a file that “share” wrote.",
                path=foreign.path,
            )
        )
    return Taken(
        foreign.path, taken, total - new, refusals.all(), conflicts, waiting, seals=seals, remarks=tuple(remarks)
    )


_ENTRIES = """
SELECT o.number, CASE WHEN octet_length(o.id) = 32 THEN o.id END,
    CASE WHEN octet_length(o.envelope) <= :envelope THEN CAST(o.envelope AS BLOB) END,
    CASE WHEN octet_length(b.salt) <= 64 THEN b.salt END,
    CASE WHEN octet_length(b.body) <= :body THEN CAST(b.body AS BLOB) END, b.entry IS NOT NULL
FROM other.entries o
    LEFT JOIN main.entries same ON same.number = o.number AND same.id = o.id AND same.envelope = o.envelope
    LEFT JOIN main.entries e ON e.id = o.id
    LEFT JOIN other.bodies b ON b.number = coalesce(
        (SELECT number FROM other.bodies WHERE number = o.number AND entry = o.id),
        (SELECT number FROM other.bodies WHERE entry = o.id)
    )
WHERE o.number > :after AND same.number IS NULL AND (e.id IS NULL OR e.envelope <> o.envelope)
ORDER BY o.number LIMIT :many
"""
# Entries that we hold, without their values, or that the other casebook holds with other values.
_VALUES = """
SELECT b.number, e.id, CAST(e.envelope AS BLOB),
    CASE WHEN octet_length(b.salt) <= 64 THEN b.salt END,
    CASE WHEN octet_length(b.body) <= :body THEN CAST(b.body AS BLOB) END, 1
FROM other.bodies b
    LEFT JOIN main.bodies same
        ON same.number = b.number AND same.entry = b.entry AND same.salt = b.salt AND same.body = b.body
    JOIN main.entries e ON e.id = b.entry
    LEFT JOIN main.bodies m ON m.entry = b.entry
WHERE b.number > :after AND same.number IS NULL AND (m.entry IS NULL OR m.salt <> b.salt OR m.body <> b.body)
ORDER BY b.number LIMIT :many
"""
"""Casebooks that began as one hold most of their entries under the same numbers: those are compared without a search.

A row is: number, id; envelope, salt and body as bytes, each None where it is longer than it may be; whether there is
a body.
"""


def _batches(db: Database, question: str) -> Iterator[list[list[Any]]]:
    after = -(2**63)
    while True:
        values = {"envelope": ENVELOPE_LIMIT, "body": BODY_LIMIT, "after": after, "many": BATCH}
        batch, size = [], 0
        for number, *row in db.execute(question, values):
            if number <= after:  # in a damaged tree the same rows come again and again
                raise DatabaseError("database disk image is malformed")
            batch.append(row)
            after = number
            size += sum(len(value) for value in row if isinstance(value, bytes))
            if size > BATCH_BYTES:
                break
        if not batch:
            return
        yield batch


def _verified(batch: list[list[Any]], refusals: _Refusals, blobs: set[str]) -> list[tuple[Entry, Envelope]]:
    """Verify a batch; what does not hold is refused by name, and so is an altered copy of what stands here."""
    found = []
    for id_, envelope, salt, body, has_body in batch:
        try:
            entry, said = _verify(id_, envelope, salt, body, has_body=has_body)
        except CasebookError as problem:
            refusals.add(id_, str(problem))
            continue
        if said.kind == "add-evidence" and entry.body is not None:
            attachment = json.loads(entry.body)["attachment"]
            blobs |= {attachment["digest"]} if attachment else set()
        found.append((entry, said))
    return found


def _verify(id_: Any, envelope: Any, salt: Any, body: Any, *, has_body: bool) -> tuple[Entry, Envelope]:
    if not isinstance(id_, bytes) or not isinstance(envelope, bytes):
        raise CasebookError(_("An entry has no id, or an envelope longer than any of ours."))
    said = read_envelope(id_, envelope)
    if said.kind not in KINDS:
        raise CasebookError(
            _(
                "Entry {id} is of a kind, “{kind}”, that this inspect_kit does not know: update inspect_kit.",
                id=id_.hex()[:12],
                kind=said.kind[:40],
            )
        )
    if not has_body:  # it would take the place of what it replaces, and show nothing
        raise CasebookError(_("Entry {id} came without its values: ask for a file that has them.", id=id_.hex()[:12]))
    if not isinstance(salt, bytes) or not isinstance(body, bytes):
        raise CasebookError(_("Entry {id} holds more than any entry of ours.", id=id_.hex()[:12]))
    if hashlib.sha256(salt + body).hexdigest() != said.body_digest:
        raise altered_body(id_)
    if not fits(said, body):
        raise CasebookError(
            _("Entry {id} says what no inspect_kit writes: its values have another form.", id=id_.hex()[:12])
        )
    return Entry(id_, envelope.decode("ascii"), salt, body.decode()), said


def _count_since(db: Database, number: int) -> int:
    (count,) = db.execute("SELECT count(*) FROM main.entries WHERE number > ?", (number,)).fetchone()
    return int(count)


def _take_certificates(db: Database, refusals: _Refusals) -> None:
    """Take the certificates of authors whom we did not know; their names come from the certificates."""
    wanted = db.execute(
        """
        WITH RECURSIVE chains (stream, author) AS (  -- from one chain to the next by index, not entry by entry
            SELECT '', ''
            UNION ALL
            SELECT e.stream, e.author FROM chains c CROSS JOIN main.entries e ON e.number = coalesce(
                (SELECT number FROM main.entries WHERE stream = c.stream AND author > c.author
                    ORDER BY author LIMIT 1),
                (SELECT number FROM main.entries WHERE stream > c.stream ORDER BY stream, author LIMIT 1)
            )
        )
        SELECT DISTINCT substr(author, 1, 64) FROM chains
        WHERE author <> '' AND substr(author, 1, 64) NOT IN (SELECT fingerprint FROM main.certificates)
        """
    ).fetchall()
    for (fingerprint,) in wanted:
        row = db.execute(
            "SELECT CASE WHEN octet_length(certificate) <= ? THEN CAST(certificate AS BLOB) END"
            " FROM other.certificates WHERE fingerprint = ?",
            (CERTIFICATE_LIMIT, fingerprint),
        ).fetchone()
        if row is None:
            continue
        try:
            certificate = read_certificate(row[0] or b"")
        except IdentityError:
            certificate = None
        if certificate is None or certificate.fingerprint != fingerprint:
            refusals.add(
                b"",
                _(
                    "A certificate is not the one whose fingerprint ({fingerprint}) it bears.",
                    fingerprint=fingerprint[:12],
                ),
            )
            continue
        db.execute(
            "INSERT INTO main.certificates (fingerprint, name, certificate) VALUES (?, ?, ?)",
            (fingerprint, certificate.name, certificate.data),
        )


def _take_seals(db: Database, received: str, refusals: _Refusals) -> int:
    """Take the seals that we lack, each after its signature and its place in the journal have been checked."""
    taken = 0
    rows = db.execute(  # one whose entry was refused, or has not come, comes again with it
        """
        SELECT e.stream, e.author, e.seq, e.id, CASE WHEN octet_length(s.stamp) <= 40 THEN CAST(s.stamp AS BLOB) END,
            CASE WHEN octet_length(s.signature) <= 200 THEN s.signature END, c.certificate,
            s.stream = e.stream AND s.author = e.author AND s.seq = e.seq
        FROM other.seals s CROSS JOIN main.entries e ON e.id = s.entry
            LEFT JOIN main.certificates c ON c.fingerprint = substr(e.author, 1, 64)
        WHERE NOT EXISTS (SELECT 1 FROM main.seals mine WHERE mine.entry = s.entry)
        """
    ).fetchall()
    for stream, author, seq, entry, stamp, signature, certificate, in_place in rows:
        when = (stamp or b"").decode("latin-1")
        seal = Seal(stream, author, seq, entry.hex(), when, signature or b"", certificate or b"")
        if not (in_place and is_stamp(when) and check_seal(seal)):
            refusals.add(
                entry,
                _(
                    "The seal on entry {id} is not by the author it names: the entry is taken as unsealed.",
                    id=entry.hex()[:12],
                ),
            )
            continue
        put_seal(db, seal, received)
        taken += 1
    return taken


def put_seal(db: Database, seal: Seal, received: str) -> None:
    """Put a seal that has been checked beside the journal; a first seal on an entry stays."""
    db.execute(
        "INSERT INTO main.seals (stream, author, seq, entry, stamp, signature, received) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (entry) DO NOTHING",
        (seal.stream, seal.author, seal.seq, bytes.fromhex(seal.entry), seal.stamp, seal.signature, received),
    )


def _take_blobs(db: Database, wanted: set[str], refusals: _Refusals) -> None:
    """Take the attached files of new evidence, and those that earlier evidence still lacks."""
    missing = {
        digest
        for (digest,) in db.execute(
            "SELECT DISTINCT attachment FROM evidence WHERE attachment IS NOT NULL"
            " AND attachment NOT IN (SELECT digest FROM main.blobs)"
        )
    }
    for digest in sorted(wanted | missing):
        if db.execute("SELECT 1 FROM main.blobs WHERE digest = ?", (digest,)).fetchone():
            continue
        row = db.execute(
            "SELECT CASE WHEN octet_length(data) <= ? THEN CAST(data AS BLOB) END FROM other.blobs WHERE digest = ?",
            (ATTACHMENT_LIMIT, digest),
        ).fetchone()
        if row is None:
            continue
        data = row[0]
        if data is None or hashlib.sha256(data).hexdigest() != digest:
            refusals.add(
                b"", _("The attachment {id} was altered: its bytes do not match their digest.", id=digest[:12])
            )
            continue
        db.execute("INSERT INTO main.blobs (digest, size, data) VALUES (?, ?, ?)", (digest, len(data), data))


def _state(db: Database) -> tuple[int, int]:
    """Conflicts and waiting entries in the streams that the foreign casebook holds."""
    streams = "(SELECT DISTINCT stream FROM other.entries)"
    (conflicts,) = db.execute(
        f"SELECT count(*) FROM (SELECT DISTINCT stream, subject, aspect FROM main.conflicts WHERE stream IN {streams})"  # noqa: S608 (our own words)
    ).fetchone()
    (waiting,) = db.execute(
        f"SELECT count(*) FROM main.waiting WHERE stream IN {streams}"  # noqa: S608 (our own words)
    ).fetchone()
    return conflicts, waiting

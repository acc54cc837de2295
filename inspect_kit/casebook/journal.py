"""The journal: entries that are appended and never changed.

An entry is an *envelope* (who, when, about what, after which entry, replacing which) and a *body* (the
values and a random salt). The envelope is canonical JSON and its SHA-256 is the entry's id; the envelope
holds the body's digest, so a body can be erased and every chain still verifies.
"""

import hashlib
import json
import re
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from inspect_kit.casebook.sqlite import Database
from inspect_kit.errors import CasebookError

VERSION = 1
_DAY = 86_400_000

ASPECTS = {
    "describe-facility": "details",
    "profile-facility": "profile",
    "plan-visit": "plan",
    "name-team": "team",
    "freeze-checklist": "checklist",
    "account": "account",
    "judge": "judgement",
    "prioritise": "priority",
    "mark-contradiction": "contradiction",
    "review": "review",
    "add-evidence": "evidence",
    "set-consent": "consent",
    "recommend": "recommendation",
    "jot": "jotting",
    "file-jotting": "filing",
    "withdraw-evidence": "evidence",
}
"""The kinds of entry, each with the aspect of its subject that it sets as a whole.

A judgement is one thing: assessment, reason and narrative are replaced together.
"""

_FIELDS = frozenset(
    ("version", "stream", "author", "seq", "previous", "stamp", "kind", "subject", "replaces", "body_digest")
)
_STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z\.[0-9]{4}")


@dataclass(frozen=True)
class Entry:
    """One entry as it lies in the journal.

    Attributes:
        id: SHA-256 of ``envelope``.
        envelope: canonical JSON text.
        salt: 16 random bytes before the body's digest; empty where the body was erased.
        body: canonical JSON text; None where it was erased.
    """

    id: bytes
    envelope: str
    salt: bytes
    body: str | None


def canonical(value: Any) -> str:
    """Write a JSON value in the one form of RFC 8785.

    Our values hold no fractions and only ASCII names, for which Python's own writer with sorted names and
    no spaces already gives that form; a test holds it to an independent implementation.

    Args:
        value: dicts with ASCII keys, lists, texts, integers up to 2**53, booleans, None.
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(data: bytes) -> bytes:
    """SHA-256."""
    return hashlib.sha256(data).digest()


def next_stamp(latest: str | None, now: Callable[[], float] = time.time) -> str:
    """Make the stamp after ``latest``: a hybrid logical clock, readable, and in order as text.

    It is ``2026-11-04T09:05:00.123Z.0000``: UTC to the millisecond, then a counter for entries within one.
    Where ``latest`` is ahead of the machine's clock the new stamp stays just behind it in order, but is
    never pulled more than a day ahead of the machine.
    Source: Kulkarni et al., Logical Physical Clocks (2014).

    Args:
        latest: the greatest stamp seen, or None.
        now: the machine's clock, in seconds since 1970.
    """
    machine = int(now() * 1000)
    moment, counter = machine, 0
    if latest is not None:
        seen, count = _read_stamp(latest)
        if machine <= seen <= machine + _DAY:
            moment, counter = (seen, count + 1) if count < 9999 else (seen + 1, 0)
    return _write_stamp(moment, counter)


def _write_stamp(moment: int, counter: int) -> str:
    text = datetime.fromtimestamp(moment / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{text}.{moment % 1000:03d}Z.{counter:04d}"


def _read_stamp(stamp: str) -> tuple[int, int]:
    if not _STAMP.fullmatch(stamp):
        raise ValueError(stamp)
    moment, counter = stamp[:-5], stamp[-4:]
    return round(datetime.fromisoformat(moment.replace("Z", "+00:00")).timestamp() * 1000), int(counter)


class Writer:
    """Appends one author's entries to a casebook, inside a transaction that the caller has begun.

    Args:
        db: the open casebook.
        author: ``<certificate fingerprint>.<laptop>``.
        now: the machine's clock, in seconds since 1970.
    """

    def __init__(self, db: Database, author: str, now: Callable[[], float] = time.time) -> None:
        self._db = db
        self._author = author
        self._now = now

    def append(
        self, stream: str, kind: str, subject: str, body: dict[str, Any], seen: Sequence[str] | None = None
    ) -> str:
        """Append one entry.

        Args:
            stream: ``visit:<id>`` or ``facility:<id>``.
            kind: one of ``ASPECTS``.
            subject: what it is about, such as ``finding:hygiene.showers``.
            body: the values, JSON-ready.
            seen: ids of the entries whose values the author had before her, which this one replaces;
                None means all that stand now.

        Returns:
            The entry's id in hex; that of the standing entry where it says the same already.
        """
        aspect = ASPECTS[kind]
        text = canonical(body)
        standing = self._db.execute(
            "SELECT entry, body FROM heads WHERE stream = ? AND subject = ? AND aspect = ? ORDER BY entry",
            (stream, subject, aspect),
        ).fetchall()
        if len(standing) == 1 and standing[0][1] == text:
            return str(standing[0][0])
        replaces = sorted(entry for entry, _ in standing if seen is None or entry in seen)
        last = self._db.execute(
            "SELECT seq, id FROM entries WHERE stream = ? AND author = ? ORDER BY seq DESC LIMIT 1",
            (stream, self._author),
        ).fetchone()
        # a stamp from a broken clock, far ahead, must not hide the latest one that our own goes by
        ahead = _write_stamp(int(self._now() * 1000) + _DAY, 9999)
        (latest,) = self._db.execute("SELECT max(stamp) FROM entries WHERE stamp <= ?", (ahead,)).fetchone()
        salt = secrets.token_bytes(16)
        envelope = canonical(
            {
                "version": VERSION,
                "stream": stream,
                "author": self._author,
                "seq": last[0] + 1 if last else 1,
                "previous": last[1].hex() if last else None,
                "stamp": next_stamp(latest, self._now),
                "kind": kind,
                "subject": subject,
                "replaces": replaces,
                "body_digest": digest(salt + text.encode()).hex(),
            }
        )
        entry = Entry(digest(envelope.encode()), envelope, salt, text)
        insert(self._db, [entry])
        return entry.id.hex()


def insert(db: Database, entries: Iterable[Entry]) -> None:
    """Put entries into the journal's tables as they are; an entry that is there already stays.

    Each is checked against its own hash first, so that nothing can enter under another's id.

    Args:
        db: the open casebook, inside a transaction.
        entries: in any order.

    Raises:
        CasebookError: when an entry's id or body does not match its bytes.
    """
    for entry in entries:
        envelope = check(entry)
        db.execute(
            "INSERT INTO entries (id, envelope, stream, author, seq, previous, stamp, kind, subject, aspect)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            (
                entry.id,
                entry.envelope,
                envelope["stream"],
                envelope["author"],
                envelope["seq"],
                bytes.fromhex(envelope["previous"]) if envelope["previous"] else None,
                envelope["stamp"],
                envelope["kind"],
                envelope["subject"],
                ASPECTS.get(envelope["kind"], ""),
            ),
        )
        if entry.body is not None:
            db.execute(
                "INSERT INTO bodies (entry, salt, body) VALUES (?, ?, ?) ON CONFLICT (entry) DO NOTHING",
                (entry.id, entry.salt, entry.body),
            )
        for replaced in envelope["replaces"]:
            db.execute(
                "INSERT INTO replacements (replaced, entry) VALUES (?, ?) ON CONFLICT (replaced, entry) DO NOTHING",
                (bytes.fromhex(replaced), entry.id),
            )


def check(entry: Entry) -> dict[str, Any]:
    """Hold an entry against its own hashes, and its envelope against the form of one.

    Returns:
        The envelope's values.

    Raises:
        CasebookError: naming the entry and what does not match.
    """
    if digest(entry.envelope.encode()) != entry.id:
        raise CasebookError(f"Entry {entry.id.hex()[:12]} was altered: its envelope does not match its id.")
    try:
        envelope: dict[str, Any] = json.loads(entry.envelope)
        sound = envelope.keys() == _FIELDS and canonical(envelope) == entry.envelope
        _read_stamp(envelope["stamp"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        sound = False
    if not sound:
        raise CasebookError(f"Entry {entry.id.hex()[:12]} is no entry: its envelope has another form.")
    if entry.body is not None and digest(entry.salt + entry.body.encode()).hex() != envelope["body_digest"]:
        raise CasebookError(
            f"Entry {entry.id.hex()[:12]} was altered: its values do not match the digest in its envelope."
        )
    return envelope


def read(db: Database, stream: str | None = None) -> Iterator[Entry]:
    """Read entries, by stream, author and sequence.

    Args:
        db: the open casebook.
        stream: only this stream; None for all.
    """
    for id_, envelope, salt, body in db.execute(
        "SELECT e.id, e.envelope, coalesce(b.salt, x''), b.body"
        " FROM entries e LEFT JOIN bodies b ON b.entry = e.id"
        " WHERE :stream IS NULL OR e.stream = :stream ORDER BY e.stream, e.author, e.seq, e.id",
        {"stream": stream},
    ):
        yield Entry(id_, envelope, salt, body)

"""The journal: entries that are appended and never changed."""

import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from inspect_kit.casebook.clock import a_day_ahead, next_stamp
from inspect_kit.casebook.entry import REPLACES_LIMIT, Entry, Envelope, check, digest
from inspect_kit.casebook.sqlite import Database
from inspect_kit.model import canonical

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
    "withdraw-recommendation": "recommendation",
    "jot": "jotting",
    "file-jotting": "filing",
    "withdraw-evidence": "evidence",
    "answer-point": "answer",
    "take-comment": "comment",
    "decide-comment": "decision",
}
"""The kinds of entry, each with the aspect of its subject that it sets as a whole.

A judgement is one thing: assessment, reason and narrative are replaced together.
"""

_ENTRY = (
    "INSERT INTO entries (id, envelope, stream, author, seq, previous, stamp, kind, subject, aspect)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"
)
_BODY = "INSERT INTO bodies (entry, salt, body) VALUES (?, ?, ?) ON CONFLICT (entry) DO NOTHING"
_LINK = "INSERT INTO replacements (replaced, entry) VALUES (?, ?) ON CONFLICT (replaced, entry) DO NOTHING"
_OWN_END = (
    "INSERT INTO own_ends (stream, author, seq, entry) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (stream, author) DO UPDATE SET seq = excluded.seq, entry = excluded.entry"
)


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

        Raises:
            CasebookError: when the machine's clock stands in a year that cannot be.
        """
        text = canonical(body)
        standing = self._db.execute(
            "SELECT lower(hex(id)), kind, body FROM standing"
            " WHERE stream = ? AND subject = ? AND aspect = ? ORDER BY id",
            (stream, subject, ASPECTS[kind]),
        ).fetchall()
        if len(standing) == 1 and standing[0][1:] == (kind, text):
            return str(standing[0][0])
        # what this casebook recorded itself, not whatever came in under her name
        last = self._db.execute(
            "SELECT seq, entry FROM own_ends WHERE stream = ? AND author = ?", (stream, self._author)
        ).fetchone()
        # a stamp from a broken clock, far ahead, must not hide the latest one that our own goes by
        (latest,) = self._db.execute(
            "SELECT max(stamp) FROM entries WHERE stamp <= ?", (a_day_ahead(self._now),)
        ).fetchone()
        salt = secrets.token_bytes(16)
        envelope = Envelope(
            author=self._author,
            body_digest=digest(salt + text.encode()).hex(),
            kind=kind,
            previous=last[1].hex() if last else None,
            replaces=tuple(sorted(e for e, *_ in standing if seen is None or e in seen)[:REPLACES_LIMIT]),
            seq=last[0] + 1 if last else 1,
            stamp=next_stamp(latest, self._now),
            stream=stream,
            subject=subject,
        )
        written = envelope.text()
        entry = Entry(digest(written.encode()), written, salt, text)
        put(self._db, [(entry, envelope)])
        own(self._db, entry, envelope)
        return entry.id.hex()


def own(db: Database, entry: Entry, said: Envelope) -> None:
    """Remember an entry as the last that was recorded here by its author in its stream.

    The next one follows it, and its author's seal is put on it: on nothing that came from elsewhere.
    """
    db.execute(_OWN_END, (said.stream, said.author, said.seq, entry.id))


def insert(db: Database, entries: Iterable[Entry]) -> None:
    """Put entries into the journal's tables as they are; an entry that is there already stays.

    Each is checked against its own hash first, so that nothing can enter under another's id.

    Args:
        db: the open casebook, inside a transaction.
        entries: in any order.

    Raises:
        CasebookError: when an entry's id or body does not match its bytes.
    """
    put(db, [(entry, check(entry)) for entry in entries])


def put(db: Database, entries: Sequence[tuple[Entry, Envelope]]) -> None:
    """Put entries into the journal's tables that have been checked, each with what its envelope says.

    The columns by which entries are found come from the envelope, whatever else a file claims.
    """
    db.conn.executemany(
        _ENTRY,
        [
            (
                entry.id,
                entry.envelope,
                said.stream,
                said.author,
                said.seq,
                bytes.fromhex(said.previous) if said.previous else None,
                said.stamp,
                said.kind,
                said.subject,
                ASPECTS.get(said.kind, ""),
            )
            for entry, said in entries
        ],
    )
    db.conn.executemany(_BODY, [(entry.id, entry.salt, entry.body) for entry, _ in entries if entry.body is not None])
    links = [(bytes.fromhex(old), entry.id) for entry, said in entries for old in said.replaces]
    if links:
        db.conn.executemany(_LINK, links)


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

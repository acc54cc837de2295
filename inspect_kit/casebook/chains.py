"""Authors' chains: how far each is sealed, where it waits, where it was forked; and the seals on it."""

from collections.abc import Callable
from dataclasses import dataclass

from inspect_kit.casebook import sync
from inspect_kit.casebook.sqlite import Database
from inspect_kit.identity import Identity, check_seal, make_seal
from inspect_kit.model import Seal

_LATE = (
    "EXISTS (SELECT 1 FROM trust t WHERE t.fingerprint = substr(s.author, 1, 64) AND t.lost <> ''"
    " AND (s.stamp >= t.lost OR s.received >= t.decided))"
)


def _proved(name: str, which: str) -> str:
    # a chain is one author's in one stream: a seal proves nothing of what others recorded, whatever an entry names
    return f"""{name} (id, stream, author, seq, previous) AS (
        SELECT e.id, e.stream, e.author, e.seq, e.previous FROM seals s JOIN entries e ON e.id = s.entry
            WHERE (:stream IS NULL OR s.stream = :stream) AND {which}
        UNION SELECT e.id, e.stream, e.author, e.seq, e.previous FROM {name} p JOIN entries e ON e.id = p.previous
            WHERE e.stream = p.stream AND e.author = p.author AND e.seq = p.seq - 1
    )"""  # noqa: S608 (our own words)


PROVEN = _proved("proven", f"NOT {_LATE}")
"""For SQL, after ``WITH RECURSIVE``: the entries that a seal proves, itself on one of them or on a later one."""
DOUBTED = _proved("doubted", _LATE)
"""Likewise those on which lies a seal that came after its author's key was lost."""


@dataclass(frozen=True)
class Chain:
    """One author's entries in one stream, from one laptop.

    Attributes:
        stream: ``visit:<id>`` or ``facility:<id>``.
        fingerprint: of the author's certificate, in hex.
        laptop: the name of her copy of the casebook.
        name: hers, as in her certificate; empty where that has not come.
        entries: how many there are.
        sealed: how many of them her seals prove.
        doubted: how many more only a seal proves that came after the loss of the author's key.
        waiting: how many wait for the one before.
        forked: whether two entries claim one place: the casebook was copied, and both copies went on.
        last: the stamp of the latest entry.
    """

    stream: str
    fingerprint: str
    laptop: str
    name: str
    entries: int
    sealed: int
    doubted: int
    waiting: int
    forked: bool
    last: str


def chains(db: Database, stream: str | None = None) -> list[Chain]:
    """All chains, by stream and author.

    Args:
        db: the open casebook.
        stream: only this stream; None for all.
    """
    rows = db.execute(
        f"""
        WITH RECURSIVE {PROVEN}, {DOUBTED}
        SELECT e.stream, substr(e.author, 1, 64), substr(e.author, 66), coalesce(c.name, ''), count(*),
            sum(e.id IN (SELECT id FROM proven)),
            sum(e.id NOT IN (SELECT id FROM proven) AND e.id IN (SELECT id FROM doubted)),
            (SELECT count(*) FROM waiting w WHERE w.stream = e.stream AND w.author = e.author),
            count(*) > count(DISTINCT e.seq), max(e.stamp)
        FROM entries e LEFT JOIN certificates c ON c.fingerprint = substr(e.author, 1, 64)
        WHERE :stream IS NULL OR e.stream = :stream
        GROUP BY e.stream, e.author ORDER BY e.stream, e.author
        """,  # noqa: S608 (our own words)
        {"stream": stream},
    ).fetchall()
    return [
        Chain(of, author, laptop, name, entries, sealed, doubted, waiting, bool(forked), last)
        for of, author, laptop, name, entries, sealed, doubted, waiting, forked, last in rows
    ]


def seals(db: Database, stream: str) -> tuple[Seal, ...]:
    """The seals on a stream's chains, each author's latest last."""
    rows = db.execute(
        "SELECT s.stream, s.author, s.seq, s.entry, s.stamp, s.signature, c.certificate"
        " FROM seals s JOIN certificates c ON c.fingerprint = substr(s.author, 1, 64)"
        " WHERE s.stream = ? ORDER BY s.author, s.seq, s.entry",
        (stream,),
    ).fetchall()
    return tuple(
        Seal(of, author, seq, bytes(entry).hex(), stamp, bytes(signature), bytes(certificate))
        for of, author, seq, entry, stamp, signature, certificate in rows
    )


def seal(db: Database, identity: Identity, streams: list[str], stamp: Callable[[], str]) -> int:
    """Seal whatever a person has recorded in this casebook, in some streams, and not sealed yet.

    What came in under her name from elsewhere is never sealed here: only she could have recorded it, and whether she
    did, nobody knows but the casebook in which it was recorded.

    Args:
        db: the open casebook, in a transaction.
        identity: hers.
        streams: where.
        stamp: makes the stamp of a seal.

    Returns:
        How many seals were made.
    """
    made = 0
    for stream in streams:
        ends = db.execute(
            """
            SELECT o.author, o.seq, lower(hex(o.entry)) FROM own_ends o
            WHERE o.stream = ? AND substr(o.author, 1, 64) = ?
                AND NOT EXISTS (SELECT 1 FROM seals s WHERE s.entry = o.entry)
            ORDER BY o.author
            """,
            (stream, identity.fingerprint),
        ).fetchall()
        for author, seq, entry in ends:
            now = stamp()
            sync.put_seal(db, make_seal(identity, stream, author, seq, entry, now), now)
            made += 1
    return made


def broken_seals(db: Database) -> list[str]:
    """Ids of the sealed entries whose seal does not verify, because somebody altered the file."""
    streams = [row[0] for row in db.execute("SELECT DISTINCT stream FROM seals ORDER BY 1").fetchall()]
    return [one.entry for stream in streams for one in seals(db, stream) if not check_seal(one)]

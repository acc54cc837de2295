"""Large journals for the benchmarks: real entries of two fictional people, made without going through the screens."""

import secrets
from collections.abc import Iterator
from pathlib import Path

from inspect_kit import identity
from inspect_kit.casebook import Casebook, journal, projection
from inspect_kit.casebook.entry import Entry, Envelope, digest
from inspect_kit.identity import Identity
from inspect_kit.model import Facility, Scope, Team, VisitKind, VisitPlan, canonical
from inspect_kit.work.planning import plan_visit

NOTE = "Three of eight showers cold at 07:10; the fault log has six cuts since August, the longest of 19 hours. "
BATCH = 5_000


class Hand:
    """Somebody who judges very fast.

    Args:
        casebook: open, with a visit.
        person: who records.
        visit: the visit's id.
    """

    def __init__(self, casebook: Casebook, person: Identity, visit: str) -> None:
        casebook.enrol(person.key_file, person.fingerprint, person.name, person.certificate)
        self._db = casebook._db
        self._author = f"{person.fingerprint}.{casebook._setting('laptop')}"
        self._stream = f"visit:{visit}"
        row = self._db.execute(
            "SELECT seq, id FROM entries WHERE stream = ? AND author = ? ORDER BY seq DESC LIMIT 1",
            (self._stream, self._author),
        ).fetchone()
        self._seq, self._last = row or (0, None)

    def judge(self, numbers: range, mark: str, hour: int) -> None:
        """Judge items, replacing whatever stands about them, and project what changed."""
        (before,) = self._db.execute("SELECT coalesce(max(number), 0) FROM entries").fetchone()
        self._db.execute("BEGIN IMMEDIATE")
        for start in range(numbers.start, numbers.stop, BATCH):
            part = range(start, min(start + BATCH, numbers.stop))
            made = list(self._entries(part, mark, hour))
            journal.put(self._db, made)
            journal.own(self._db, *made[-1])
        projection.project_since(self._db, before)
        self._db.conn.commit()

    def _entries(self, numbers: range, mark: str, hour: int) -> Iterator[tuple[Entry, Envelope]]:
        heads = dict(
            self._db.execute(
                "SELECT subject, lower(hex(max(id))) FROM entries WHERE stream = ? AND subject >= ? AND subject <= ?"
                " GROUP BY subject",
                (self._stream, _subject(numbers.start), _subject(numbers.stop - 1)),
            ).fetchall()
        )
        for number in numbers:
            body = canonical({"assessment": "partly-met", "narrative": f"{NOTE}{mark} {number}", "reason": ""})
            salt = secrets.token_bytes(16)
            self._seq += 1
            moment = f"{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}"
            said = Envelope(
                author=self._author,
                body_digest=digest(salt + body.encode()).hex(),
                kind="judge",
                previous=self._last.hex() if self._last else None,
                replaces=(heads[_subject(number)],) if _subject(number) in heads else (),
                seq=self._seq,
                stamp=f"2026-11-{hour:02}T{moment}.000Z.0000",
                stream=self._stream,
                subject=_subject(number),
            )
            envelope = said.text()
            self._last = digest(envelope.encode())
            yield Entry(self._last, envelope, salt, body), said


def _subject(number: int) -> str:
    return f"finding:bench.item-{number:07}"


def base(path: Path, entries: int) -> tuple[str, list[Identity]]:
    """Make a casebook with one visit and many judgements.

    Args:
        path: its file.
        entries: how many judgements.

    Returns:
        The visit's id, and two people.
    """
    people = [identity.create(f"{name} Bench-Example") for name in ("Ines", "Omar")]
    with Casebook.create(path) as book:
        me = people[0]
        book.enrol(me.key_file, me.fingerprint, me.name, me.certificate)
        facility = book.facility(book.add_facility(Facility("Prison Example-Bench")))
        visit = plan_visit(book, VisitPlan(facility, VisitKind.FULL, "2026-11-03"), Team(), Scope(themes=("hygiene",)))
        Hand(book, me, visit).judge(range(entries), "base", 3)
        book.seal(me)
    return visit, people

"""How long does a search take at each key? ``python benchmarks/searching.py``.

A visit with 2,000 items and 2,000 notes, beside another of the same size in the same casebook. Beside each search
stands a plain LIKE scan over the same texts of the visit, as a search without any index would do it. Medians and
the slowest of all rounds; the first key is apart, as it makes the index of the items.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from inspect_kit import identity
from inspect_kit.casebook import Casebook
from inspect_kit.checklist import generate, load_banks
from inspect_kit.model import (
    Assessment,
    Checklist,
    Evidence,
    EvidenceKind,
    Facility,
    Profile,
    Scope,
    Team,
    VisitKind,
    VisitPlan,
)
from inspect_kit.standards import load_standard

ITEMS = 2_000
NOTES = 2_000
ROUNDS = 15
TYPED = ("s", "sh", "sho", "show", "shower", "shower c", "shower cold", "a", "rule 19", "25.3", "zzz", "a e i o t")
WORDS = (
    "cold water at night in the showers of block B while women wait for officers with keys and a log of faults".split()  # noqa: SIM905 (read as a sentence)
)


def large(size: int) -> Checklist:
    """The real items, again and again under other names, until there are so many."""
    real = generate(load_banks(load_standard()), Scope(), Profile())
    items = [
        replace(item, id=f"{item.id}-{again}", number=item.number + 100 * again)
        for again in range(size // len(real.items) + 1)
        for item in real.items
    ][:size]
    return replace(real, id=f"{size:064}", items=tuple(items))


def fill(book: Casebook, items: int, notes: int) -> str:
    """Plan a visit and write half of its notes as findings, half as evidence."""
    facility = book.facility(book.add_facility(Facility(f"Prison Example-{items}")))
    checklist = large(items)
    visit = book.plan_visit(VisitPlan(facility, VisitKind.FULL, "2026-11-03"), Team(), checklist)
    for number in range(notes // 2):
        item = checklist.items[number % items].id
        text = " ".join(WORDS[(number * 7 + step * 3) % len(WORDS)] for step in range(20)) + f", {number} of 2,000"
        book.judge(visit, item, Assessment.NOT_MET, narrative=text)
        book.add_evidence(visit, item, Evidence(EvidenceKind.OBSERVATION, text[::-1] + text))
    return visit


def scan(book: Casebook, visit: str, typed: str) -> list[tuple[str]]:
    """The same words anywhere in the same texts, row by row."""
    texts = (
        "SELECT item, label || ' ' || question || ' ' || rule || ' ' || guide AS text"
        " FROM temp.item_texts t JOIN temp.items i ON i.number = t.rowid"
        " UNION ALL SELECT item, narrative FROM findings WHERE visit = :visit"
        " UNION ALL SELECT item, note FROM evidence WHERE visit = :visit"
    )
    each = [f"SELECT item FROM ({texts}) WHERE text LIKE '%{word}%'" for word in typed.split()]  # noqa: S608 (our words)
    found: list[tuple[str]] = book._db.execute(" INTERSECT ".join(each), {"visit": visit}).fetchall()
    return found


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Median and slowest, in milliseconds."""
    took = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took), max(took)


def main() -> None:
    """Print a row for each typed text."""
    with tempfile.TemporaryDirectory() as name, Casebook.create(Path(name) / "b.casebook") as book:
        me = identity.create("Bench Example-Inspector")
        book.enrol(me.key_file, me.fingerprint, me.name, me.certificate)
        book._db.execute("PRAGMA synchronous = OFF")  # filling it is not what is measured
        small, other, visit = fill(book, 400, 0), fill(book, ITEMS, NOTES), fill(book, ITEMS, NOTES)
        for what, where in (("400", small), (f"{ITEMS:,}", visit)):
            start = time.perf_counter()
            book.search(where, "")
            print(f"first key, {what + ' items':30} {(time.perf_counter() - start) * 1000:7.1f} ms")  # noqa: T201 (what it is for)
        print(f"{ITEMS:,} items, {NOTES:,} notes (and as many in {other[-4:]}): median, slowest; LIKE scan")  # noqa: T201
        for typed in TYPED:
            (found, slowest), (scanned, _) = (
                timed(lambda typed=typed: book.search(visit, typed)),  # type: ignore[misc]
                timed(lambda typed=typed: scan(book, visit, typed)),  # type: ignore[misc]
            )
            print(f"{typed:20} {found:7.1f} ms {slowest:7.1f} ms   {scanned:7.1f} ms   {scanned / found:4.1f} ×")  # noqa: T201


if __name__ == "__main__":
    main()

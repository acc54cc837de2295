"""What does it cost to record a judgement durably? ``python benchmarks/recording.py``.

Each round records judgements in a plain and in an encrypted casebook, and beside them writes the same
bytes as one bare durable row each with the same SQLite: the floor. Medians of the rounds, by the clock as ratios, and
of the processor, which is what remains where a disk does not make anybody wait.
"""

import statistics
import tempfile
import time
from pathlib import Path

import sqlcipher3

from inspect_kit import identity
from inspect_kit.casebook import Casebook
from inspect_kit.model import Assessment, Facility, Scope, Team, VisitKind, VisitPlan
from inspect_kit.work.planning import plan_visit

ROUNDS = 5
ACTS = 300
ITEMS = 65
NOTE = "Three of eight showers cold at 07:10; the fault log has six cuts since August, the longest of 19 hours. "


Took = tuple[float, float]
"""Seconds for one act: by the clock, and of the processor."""


def _since(began: Took) -> Took:
    return (time.perf_counter() - began[0]) / ACTS, (time.process_time() - began[1]) / ACTS


def floor(folder: Path) -> Took:
    """Write rows of an entry's size, each durable by itself."""
    connection = sqlcipher3.connect(str(folder / "floor.db"), isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT)")
    start = time.perf_counter(), time.process_time()
    for number in range(ACTS):
        connection.execute("INSERT INTO rows (text) VALUES (?)", (f"{NOTE}{number}" + "x" * 700,))
    took = _since(start)
    connection.close()
    return took


def casebook(folder: Path, passphrase: str | None) -> Took:
    """Record judgements on the items of a real checklist."""
    me = identity.create("Bench Example-Inspector")
    with Casebook.create(folder / f"{passphrase}.casebook", passphrase) as book:
        book.enrol(me.key_file, me.fingerprint, me.name, me.certificate)
        facility = book.facility(book.add_facility(Facility("Prison Example-Bench")))
        visit = plan_visit(book, VisitPlan(facility, VisitKind.FULL, "2026-11-03"), Team(), Scope())
        items = [item.id for item in book.visit(visit).checklist.items][:ITEMS]  # most acts replace an earlier one
        start = time.perf_counter(), time.process_time()
        for number in range(ACTS):
            book.judge(visit, items[number % len(items)], Assessment.PARTLY_MET, narrative=f"{NOTE}{number}")
        return _since(start)


def main() -> None:
    """Print a row for each way of writing."""
    took: dict[str, list[Took]] = {"bare durable row": [], "judgement, in clear": [], "judgement, encrypted": []}
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            took["bare durable row"].append(floor(folder))
            took["judgement, in clear"].append(casebook(folder, None))
            took["judgement, encrypted"].append(casebook(folder, "long words"))
    base = statistics.median(clock for clock, _processor in took["bare durable row"])
    for what, rounds in took.items():
        clock, processor = (statistics.median(times) for times in zip(*rounds, strict=True))
        print(f"{what:22} {clock * 1000:6.2f} ms   {clock / base:5.1f} ×   processor {processor * 1000:.2f} ms")  # noqa: T201 (what it is for)


if __name__ == "__main__":
    main()

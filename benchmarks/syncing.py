"""What does it cost to put two laptops' work together? ``python benchmarks/syncing.py [ENTRIES] [ROUNDS]``.

A base of ENTRIES judgements (100,000 unless told otherwise); two laptops, each with a tenth of that in edits and a
tenth in new entries, a hundredth edited by both. Measured in turn, in one run: the whole ``Casebook.sync``, verified
and projected; the floor, which attaches the other file and inserts its rows unseen; and, where ``make peers`` has
installed them, geodiff and SQLite's session extension, which merge the same edits on a plain table of answers.

``--flat ENTRIES…`` measures instead what a sync into an empty casebook costs an entry, and how much memory it takes
beside the floor, each in a process of its own.
"""

import gc
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import sqlcipher3
from journals import Hand, base

from inspect_kit.casebook import Casebook

ENTRIES = 100_000
ROUNDS = 5
_FLOOR = (
    "INSERT INTO entries (id, envelope, stream, author, seq, previous, stamp, kind, subject, aspect)"
    " SELECT id, envelope, stream, author, seq, previous, stamp, kind, subject, aspect FROM other.entries WHERE true"
    " ON CONFLICT (id) DO NOTHING",
    "INSERT INTO bodies (entry, salt, body) SELECT entry, salt, body FROM other.bodies WHERE true"
    " ON CONFLICT (entry) DO NOTHING",
    "INSERT INTO replacements (replaced, entry) SELECT replaced, entry FROM other.replacements WHERE true"
    " ON CONFLICT (replaced, entry) DO NOTHING",
)
_ANSWERS = (
    "CREATE TABLE answers (item TEXT PRIMARY KEY, assessment TEXT NOT NULL, reason TEXT NOT NULL,"
    " narrative TEXT NOT NULL, author TEXT NOT NULL, recorded TEXT NOT NULL)"
)


Took = tuple[float, float]
"""Seconds by the clock, and of the processor (all threads)."""


def _now() -> Took:
    return time.perf_counter(), time.process_time()


def _since(began: Took) -> Took:
    clock, processor = _now()
    return clock - began[0], processor - began[1]


def prepare(folder: Path, entries: int) -> None:
    """Make the base and both laptops, as casebooks and as plain tables of answers."""
    visit, people = base(folder / "base.casebook", entries)
    part = entries // 10
    for place, (name, person) in enumerate(zip("ab", people, strict=True)):
        path = folder / f"{name}.casebook"
        shutil.copy(folder / "base.casebook", path)
        with Casebook.open(path) as book:
            book.name_laptop()
            hand = Hand(book, person, visit)
            # the second laptop's edits begin a hundredth before the first one's end
            hand.judge(range(place * 9 * part // 10, place * 9 * part // 10 + part), f"edit {name}", 4 + place)
            hand.judge(range(10 * entries + place * entries, 10 * entries + place * entries + part), f"new {name}", 5)
            book.seal(person)
    for name in ("base", "a", "b"):
        with Casebook.open(folder / f"{name}.casebook") as book:
            rows = book._db.execute("SELECT item, assessment, reason, narrative, author, recorded FROM findings")
            plain = sqlcipher3.connect(str(folder / f"{name}.db"), isolation_level=None)
            plain.execute(_ANSWERS)
            plain.execute("BEGIN")
            plain.executemany("INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?)", rows)
            plain.execute("COMMIT")
            plain.close()


def floor(folder: Path, into: str = "a", of: str = "b") -> Took:
    """Insert the other's rows unseen, durably; seconds."""
    mine = _fresh(folder, f"{into}.casebook")
    began = _now()
    connection = sqlcipher3.connect(str(mine), isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -64000"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("ATTACH ? AS other KEY ''", (str(folder / f"{of}.casebook"),))
    connection.execute("BEGIN IMMEDIATE")
    for statement in _FLOOR:
        connection.execute(statement)
    connection.execute("COMMIT")
    took = _since(began)
    connection.close()
    return took


def ours(folder: Path, into: str = "a", of: str = "b") -> Took:
    """Sync, verified and projected; seconds."""
    with Casebook.open(_fresh(folder, f"{into}.casebook")) as book:
        began = _now()
        taken = book.sync(folder / f"{of}.casebook")
        took = _since(began)
    if taken.refused or not taken.taken:
        raise SystemExit(f"The sync did not do its work: {taken}")
    return took


def geodiff(folder: Path) -> Took:
    """Rebase one laptop's edits onto the other's with geodiff; seconds."""
    import pygeodiff

    tool = pygeodiff.GeoDiff()
    mine, aside = _fresh(folder, "a.db"), folder / "aside.json"
    aside.unlink(missing_ok=True)
    began = _now()
    tool.rebase(str(folder / "base.db"), str(folder / "b.db"), str(mine), str(aside))
    return _since(began)


def session(folder: Path) -> Took:
    """Find the other's edits against the base with SQLite's session extension, and apply them; seconds."""
    import apsw

    mine = _fresh(folder, "a.db")
    began = _now()
    theirs = apsw.Connection(str(folder / "b.db"))
    theirs.execute("ATTACH ? AS base", (str(folder / "base.db"),))
    found = apsw.Session(theirs, "main")
    found.attach("answers")
    found.diff("base", "answers")
    changes = found.changeset()
    connection = apsw.Connection(str(mine))
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -64000"):
        connection.execute(f"PRAGMA {pragma}")
    kept: list[tuple[object, ...]] = []

    def both_edited(_reason: int, change: "apsw.TableChange") -> int:
        kept.append((change.old, change.new))
        return int(apsw.SQLITE_CHANGESET_OMIT)

    apsw.Changeset.apply(changes, connection, conflict=both_edited)
    took = _since(began)
    connection.close()
    theirs.close()
    return took


def _fresh(folder: Path, name: str) -> Path:
    """A copy to work on, that nothing has touched yet."""
    work = folder / f"work-{name}"
    for ending in ("", "-wal", "-shm"):
        work.with_name(work.name + ending).unlink(missing_ok=True)
    shutil.copy(folder / name, work)
    gc.collect()
    return work


def compare(entries: int, rounds: int) -> None:
    """Print a row for each way of putting the two together."""
    ways: dict[str, Callable[[Path], Took]] = {
        "attach and insert (floor)": floor,
        "Casebook.sync": ours,
        "geodiff rebase": geodiff,
        "session by diff (apsw)": session,
    }
    for way, module in (("geodiff rebase", "pygeodiff"), ("session by diff (apsw)", "apsw")):
        try:
            __import__(module)
        except ImportError:
            print(f"Without {module}: “make peers” installs what is measured beside ours.")  # noqa: T201 (what it is for)
            del ways[way]
    took: dict[str, list[Took]] = {way: [] for way in ways}
    with tempfile.TemporaryDirectory() as name:
        prepare(Path(name), entries)
        for _ in range(rounds):
            for way, work in ways.items():
                took[way].append(work(Path(name)))
    least = [statistics.median(times) for times in zip(*took["attach and insert (floor)"], strict=True)]
    for way, both in took.items():
        told = f"{way:26}"
        for what, times, of in zip(("clock", "processor"), zip(*both, strict=True), least, strict=True):
            median, spread = statistics.median(times), f"{min(times):.2f}-{max(times):.2f}"
            told += f"   {what} {median:5.2f} s ({spread}) {median / of:4.1f} ×"
        print(told)  # noqa: T201 (what it is for)


def flat(sizes: list[int]) -> None:
    """Print, for each size, what a sync into an empty casebook costs an entry, and both peaks of memory."""
    for entries in sizes:
        with tempfile.TemporaryDirectory() as name:
            Casebook.create(Path(name) / "empty.casebook").close()
            _alone(name, f"base {entries}")  # a process begins with its parent's peak: this one stays small
            for way in ("floor", "ours"):
                clock, processor, peak = _alone(name, way)
                print(  # noqa: T201 (what it is for)
                    f"{entries:9,} entries, {way:5}: {clock / entries * 1e6:6.1f} µs an entry,"
                    f" processor {processor / entries * 1e6:6.1f} µs, peak {peak:.0f} MB"
                )


def _alone(folder: str, way: str) -> tuple[float, float, float]:
    """Do one thing in a process of its own; seconds, those of the processor, and its peak of memory in MB."""
    done = subprocess.run(  # noqa: S603 (this very file)
        [sys.executable, __file__, "--one", folder, *way.split()], capture_output=True, text=True, check=True
    )
    clock, processor, kilobytes = done.stdout.split()
    return float(clock), float(processor), int(kilobytes) / 1000


def main() -> None:
    """Do what the command line says."""
    match sys.argv[1:]:
        case ["--one", folder, way, *entries]:
            took = (0.0, 0.0)
            if way == "base":
                base(Path(folder) / "b.casebook", int(entries[0]))
            else:
                took = {"floor": floor, "ours": ours}[way](Path(folder), "empty", "b")
            print(*took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)  # noqa: T201 (read by ``flat``)
        case ["--flat", *sizes]:
            flat([int(size) for size in sizes])
        case [*numbers]:
            compare(*[int(number) for number in numbers], *(ENTRIES, ROUNDS)[len(numbers) :])


if __name__ == "__main__":
    main()

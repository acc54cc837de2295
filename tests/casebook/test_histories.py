"""Whatever people do on their laptops, and however the files go round: nothing is lost, nothing is put in their mouths.

Each history drives real casebooks on the disk, by the calls that the program makes, through acts, seals, shares, syncs
one way and both, lost laptops, old copies put back, cloned files, copies of open files, and clocks that jump by years.
"""

from __future__ import annotations

import atexit
import json
import random
import shutil
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
import sqlcipher3
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from inspect_kit.casebook import Casebook, chains
from inspect_kit.casebook.entry import Entry
from inspect_kit.casebook.sync import Taken
from inspect_kit.errors import BadInputError, UnknownError
from inspect_kit.identity import Identity, create
from inspect_kit.model import Evidence, EvidenceKind, Scope, VisitKind, VisitPlan
from inspect_kit.work.attaching import describe
from inspect_kit.work.planning import checklist_for
from tests.casebook.acting import ACTS, Hand
from tests.casebook.laptops import LONG, Clock, entries, tables
from tests.casebook.oracle import holds_to_the_oracle
from tests.conftest import FACILITY, TEAM, THEMES, enrol

PARTS = 42 if LONG else 2
HISTORIES = 250 if LONG else 150
"""So many histories in each part: 10,500 in the long run, 300 in every other."""
STEPS = 14
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 (tempfile makes folders of our own in it)
"""Where the files lie: durability is tested elsewhere, and a history writes thousands of times."""
_YEAR = 365 * 86_400


@dataclass(frozen=True)
class Start:
    """What everybody starts from: three people, and a casebook in which one of them has planned a visit."""

    people: tuple[Identity, ...]
    shared: Path
    empty: Path
    hand: Hand


@cache
def start() -> Start:
    folder = Path(tempfile.mkdtemp(prefix="histories-", dir=MEMORY))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    people = tuple(create(f"{name} Example") for name in ("Ines", "Omar", "Sara"))
    checklist = checklist_for(Scope(themes=THEMES), FACILITY.profile)
    small = replace(checklist, items=checklist.items[:3])
    shared, empty = folder / "shared.casebook", folder / "empty.casebook"
    with patch("inspect_kit.casebook.file.own_folder", lambda: folder / "machine"):
        for path in (shared, empty):
            with Casebook.create(path) as book:
                for person in people:
                    enrol(book, person)
        with Casebook.open(shared, now=Clock(1_793_000_000.0)) as book:
            book.author_of(people[0].key_file)
            facility = book.add_facility(FACILITY)
            plan = VisitPlan(replace(FACILITY, id=facility), VisitKind.FULL, "2026-11-04")
            visit = book.plan_visit(plan, TEAM, small)
            book.seal(people[0])
    return Start(people, shared, empty, Hand(small, visit, facility))


@dataclass
class Laptop:
    """One laptop: its file, who works on it, its clock, and which entries must be in it."""

    path: Path
    person: Identity
    clock: Clock
    holds: set[bytes] = field(default_factory=set)
    opened: Casebook | None = None

    def open(self) -> Casebook:
        """Its casebook, open until somebody else needs the file."""
        if self.opened is None:
            folder = self.path.parent / f"machine of {self.path.stem}"
            with patch("inspect_kit.casebook.file.own_folder", lambda: folder):
                self.opened = Casebook.open(self.path, now=self.clock)
            self.opened._db.execute("PRAGMA synchronous = OFF")  # durability is tested elsewhere
            assert self.opened.author_of(self.person.key_file)
        return self.opened

    def close(self) -> Path:
        """Close its casebook; its file can be copied or read then."""
        if self.opened is not None:
            self.opened.close()
            self.opened = None
        return self.path


@dataclass(frozen=True)
class Copy:
    """A file that goes round, and which entries are in it."""

    path: Path
    holds: frozenset[bytes]
    whose: int


which = st.integers(0, 3)
small = st.integers(0, 2)
bursts = st.lists(st.tuples(st.sampled_from(ACTS), small, small), min_size=2, max_size=7)


class Histories(RuleBasedStateMachine):
    """Ines on two laptops, Omar and Sara on one each; Sara has not met the visit when they start."""

    def __init__(self) -> None:
        super().__init__()
        self.start = start()
        self.hand = replace(self.start.hand)
        self.folder = Path(tempfile.mkdtemp(prefix="history-", dir=MEMORY))
        ines, omar, sara = self.start.people
        self.laptops = [
            Laptop(self.folder / f"laptop {number}.casebook", person, Clock(1_793_900_000.0, ticks=0.4))
            for number, person in enumerate((ines, omar, ines, sara))
        ]
        self.shared: list[Copy] = []
        self.backups: list[Copy] = []
        self.by: dict[bytes, str] = {}  # who made each entry, by fingerprint
        self.shown: dict[frozenset[bytes], str] = {}  # what a set of entries showed the first time
        self.number = 0

    @initialize(skews=st.tuples(*[st.sampled_from([0, 0, 3_600, -40 * 86_400, 3 * _YEAR, -9 * _YEAR])] * 4))
    def begin(self, skews: tuple[int, ...]) -> None:
        """Clocks stand apart by up to twelve years."""
        for laptop, skew, template in zip(
            self.laptops, skews, [self.start.shared] * 3 + [self.start.empty], strict=True
        ):
            shutil.copy(template, laptop.path)
            laptop.clock.seconds += skew
            book = laptop.open()
            found = entries(book)
            laptop.holds = {entry.id for entry in found}
            self.by |= {entry.id: author(entry) for entry in found}
        for who in (0, 1):
            self.back_up(who, [("judge", who, who)] * 2)

    # -- what people do

    @rule(who=which, acts=bursts)
    def work(self, who: int, acts: list[tuple[str, int, int]]) -> None:
        laptop = self.laptops[who]
        book = laptop.open()
        for act in acts:
            with suppress(UnknownError, BadInputError):  # the visit has not come, or there is nothing to do it to
                self.hand.act(book, *act)
                if act[0] == "blind":  # whatever she had not seen stays beside what she said
                    latest = "SELECT envelope FROM entries ORDER BY number DESC LIMIT 1"
                    assert json.loads(book._db.execute(latest).fetchone()[0])["replaces"] == []
        self.account_for(laptop, book)

    @rule(acts=st.tuples(*[bursts] * 4))
    def all_work_apart(self, acts: tuple[list[tuple[str, int, int]], ...]) -> None:
        for who, hers in enumerate(acts):
            self.work(who, hers)

    @rule(who=which, one=small, data=st.binary(min_size=1, max_size=2_000))
    def photograph(self, who: int, one: int, data: bytes) -> None:
        laptop = self.laptops[who]
        attachment, content = describe("photo.jpg", b"\xff\xd8\xff" + data)
        book = laptop.open()
        with suppress(UnknownError):
            item = self.hand.items[one]
            book.add_evidence(
                self.hand.visit,
                item,
                Evidence(EvidenceKind.PHOTO, self.hand.mark(), attachment=attachment),
                content,
            )
        self.account_for(laptop, book)

    @rule(who=which, chosen=st.integers(0, 9), side=st.integers(0, 3))
    def settle(self, who: int, chosen: int, side: int) -> None:
        laptop = self.laptops[who]
        book = laptop.open()
        with suppress(UnknownError):
            conflicts = book.conflicts(self.hand.visit)
            if conflicts:
                conflict = conflicts[chosen % len(conflicts)]
                sides = conflict.sides
                book.settle(self.hand.visit, conflict.subject, sides[side % len(sides)].entry)
                event("settled")
            self.account_for(laptop, book)

    @rule(who=which, jump=st.sampled_from([-4 * _YEAR, -86_400, -60, 60, 86_400, 4 * _YEAR, 30 * _YEAR]))
    def clock_jumps(self, who: int, jump: int) -> None:
        clock = self.laptops[who].clock
        clock.seconds = min(max(clock.seconds + jump, 10.0), 4_000_000_000.0)

    @rule(who=which)
    def seal(self, who: int) -> None:
        laptop = self.laptops[who]
        book = laptop.open()
        book.seal(laptop.person)
        assert book.seal(laptop.person) == 0

    # -- how files go round

    @rule(who=which)
    def share(self, who: int) -> None:
        laptop = self.laptops[who]
        book = laptop.open()
        visits = [visit.id for visit in book.visits()]
        if visits:
            book.seal(laptop.person)
            self.number += 1
            path = self.folder / f"shared {self.number}.casebook"
            book.share(visits, path, None)
            facilities = {f"facility:{facility.id}" for facility in book.facilities()}
            streams = {f"visit:{visit}" for visit in visits} | facilities
            known = {entry.id: json.loads(entry.envelope)["stream"] for entry in entries(book)}
            holds = frozenset(id_ for id_, stream in known.items() if stream in streams)
            found = ids_in(path)
            assert found <= holds
            assert {id_ for id_ in holds if known[id_].startswith("visit:")} <= found
            self.shared.append(Copy(path, frozenset(found), who))

    @precondition(lambda self: self.shared)
    @rule(who=which, chosen=st.integers(0, 30))
    def take(self, who: int, chosen: int) -> None:
        copy = self.shared[chosen % len(self.shared)]
        self.sync(who, copy.path, copy.holds)

    @rule(who=which, other=which)
    def sync_one_way(self, who: int, other: int) -> None:
        if who != other:
            self.sync(who, self.laptops[other].close(), self.laptops[other].holds)

    @rule(who=which, other=which)
    def sync_both_ways(self, who: int, other: int) -> None:
        if who == other:
            return
        giver, taker = self.laptops[who], self.laptops[other]
        taken = self.sync(who, taker.close(), taker.holds, give=True)
        book = taker.open()
        found = entries(book)
        held = {entry.id for entry in found}
        theirs = {json.loads(entry.envelope)["stream"] for entry in found if entry.id in taker.holds}
        given = {e.id for e in entries(giver.open()) if json.loads(e.envelope)["stream"] in theirs}
        assert held == taker.holds | given
        assert taken.given == len(held) - len(taker.holds)
        taker.holds = held
        self.shows_the_same(book)

    def sync(self, who: int, path: Path, holds: set[bytes] | frozenset[bytes], *, give: bool = False) -> Taken:
        laptop = self.laptops[who]
        book = laptop.open()
        taken = book.sync(path, give=give)
        assert taken.refused == ()
        assert taken.waiting == 0
        assert taken.taken == len(holds - laptop.holds)
        laptop.holds |= holds
        assert ids(book) == laptop.holds
        self.shows_the_same(book)
        return taken

    # -- what goes wrong

    @rule(who=which, one=small)
    def copy_an_open_file(self, who: int, one: int) -> None:
        """Somebody copies a casebook while it is open: with what lies beside it, or, forgetting that, without."""
        laptop = self.laptops[who]
        self.number += 1
        whole, torn = (self.folder / f"{name} {self.number}.casebook" for name in ("whole", "torn"))
        laptop.close()
        book = laptop.open()
        before = set(laptop.holds)
        with suppress(UnknownError):
            book.judge(self.hand.visit, self.hand.items[one], None, narrative=self.hand.mark())
        self.account_for(laptop, book)
        for ending in ("", "-wal"):
            shutil.copy(f"{laptop.path}{ending}", f"{whole}{ending}")
        shutil.copy(laptop.path, torn)
        laptop.close()
        self.shared.append(Copy(whole, frozenset(laptop.holds), who))
        taker = self.laptops[(who + 1) % 4]
        book = taker.open()
        taken = book.sync(torn)
        assert any("copied while it was open" in remark for remark in taken.remarks)
        found = ids(book)
        assert taker.holds | before <= found <= taker.holds | laptop.holds
        taker.holds = found
        self.shows_the_same(book)

    @rule(who=which, acts=bursts)
    def back_up(self, who: int, acts: list[tuple[str, int, int]]) -> None:
        laptop = self.laptops[who]
        self.number += 1
        path = self.folder / f"backup {self.number}.casebook"
        shutil.copy(laptop.close(), path)
        self.backups.append(Copy(path, frozenset(laptop.holds), who))
        self.work(who, acts)
        other = (who + len(acts)) % 4
        if other != who:
            self.sync(other, laptop.close(), laptop.holds)

    @precondition(lambda self: self.backups)
    @rule(chosen=st.integers(0, 30), further=st.sampled_from([0, 0, 1, 2]), acts=bursts)
    def restore(self, chosen: int, further: int, acts: list[tuple[str, int, int]]) -> None:
        """An old copy is put back, on the laptop that it is from or on another, and work goes on."""
        backup = self.backups[chosen % len(self.backups)]
        number = (backup.whose + further) % 4
        laptop = self.laptops[number]
        shutil.copy(backup.path, laptop.close())
        laptop.holds = set(backup.holds)
        event("a cloned laptop" if further else "an old copy put back")
        self.work(number, acts)
        other = (number + 1 + len(acts) % 3) % 4  # who may hold what was lost here
        self.sync(number, self.laptops[other].close(), self.laptops[other].holds)
        self.work(number, acts)

    @rule(who=which)
    def lose(self, who: int) -> None:
        """A laptop is stolen: its owner starts with an empty casebook."""
        laptop = self.laptops[who]
        shutil.copy(self.start.empty, laptop.close())
        shutil.rmtree(laptop.path.parent / f"machine of {laptop.path.stem}", ignore_errors=True)
        laptop.holds = set()

    # -- what must hold

    def account_for(self, laptop: Laptop, book: Casebook) -> None:
        """What an act added is by whoever works there, and replaces nothing that was not before her."""
        found = ids(book)
        assert found >= laptop.holds
        for id_ in found - laptop.holds:
            ((envelope,),) = book._db.execute("SELECT envelope FROM entries WHERE id = ?", (id_,)).fetchall()
            said = json.loads(envelope)
            assert said["author"].partition(".")[0] == laptop.person.fingerprint
            assert id_ not in self.by
            self.by[id_] = laptop.person.fingerprint
            assert {bytes.fromhex(old) for old in said["replaces"]} <= found
            place = [said[name] for name in ("stream", "author", "seq")]
            claimed = "SELECT count(*) FROM entries WHERE stream = ? AND author = ? AND seq = ?"
            assert book._db.execute(claimed, place).fetchone() == (1,), "a place that it knows to be taken"
        laptop.holds = found

    def shows_the_same(self, book: Casebook) -> None:
        """Whoever holds the same entries sees the same, to the byte."""
        seen = repr(tables(book))
        assert self.shown.setdefault(frozenset(ids(book)), seen) == seen

    def teardown(self) -> None:
        """Everybody's files reach everybody, in some order: then all have everything, and see the same."""
        try:
            if self.by:
                self.meet()
        finally:
            for laptop in self.laptops:
                laptop.close()
            shutil.rmtree(self.folder)

    def meet(self) -> None:
        chance = random.Random(len(self.by) * 31 + self.number)  # noqa: S311 (an order, no secret)
        everything = {id_ for laptop in self.laptops for id_ in laptop.holds}
        everything |= {id_ for copy in self.shared for id_ in copy.holds}
        for copy in chance.sample(self.shared, len(self.shared)):
            self.sync(chance.randrange(4), copy.path, copy.holds)
        first, *others = chance.sample(range(4), 4)
        for who, other in [(first, other) for other in others] + [(other, first) for other in others]:
            self.sync(who, self.laptops[other].close(), self.laptops[other].holds)
        forks = 0
        for laptop in self.laptops:
            assert laptop.holds == everything
        for laptop in chance.sample(self.laptops, 2):  # the others' tables are those of the same entries, to the byte
            book = laptop.open()
            health = book.health()  # which makes all tables anew, and compares
            assert health.sound, health.problems
            assert health.waiting == ()
            assert health.entries == len(everything)
            forks = len(health.clones)
            assert chains.broken_seals(book._db) == []
        book = self.laptops[0].open()
        if book.visits():
            disputes = holds_to_the_oracle(book, self.hand.visit)
            event("conflicts" if disputes else "no conflict")
        event("forks" if forks else "no fork")


def ids(book: Casebook) -> set[bytes]:
    return {id_ for (id_,) in book._db.execute("SELECT id FROM entries").fetchall()}


def ids_in(path: Path) -> set[bytes]:
    with closing(sqlcipher3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        return {id_ for (id_,) in db.execute("SELECT id FROM entries").fetchall()}


def author(entry: Entry) -> str:
    return str(json.loads(entry.envelope)["author"]).partition(".")[0]


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_lost_and_nothing_forged(part: int) -> None:
    run_state_machine_as_test(
        Histories,
        settings=settings(max_examples=HISTORIES, stateful_step_count=STEPS, print_blob=True),
    )

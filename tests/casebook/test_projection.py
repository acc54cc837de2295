"""The heart: whatever laptops record apart and in whatever order they exchange it, everybody ends with the same."""

import json
import random
import shutil
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from inspect_kit.casebook import Casebook
from inspect_kit.casebook.entry import Entry
from inspect_kit.errors import UnknownError
from inspect_kit.identity import Identity
from inspect_kit.model import (
    Assessment,
    Checklist,
    Recommendation,
    VisitKind,
    VisitPlan,
)
from tests.casebook.acting import ACTS, Hand
from tests.casebook.laptops import Clock, copy_for, entries, give, give_in_batches, tables
from tests.casebook.oracle import holds_to_the_oracle
from tests.conftest import FACILITY, TEAM, enrol

EXAMPLES = settings(max_examples=max(25, settings.default.max_examples // 4))
_folders = count()


@pytest.fixture(scope="module")
def small(checklist: Checklist) -> Checklist:
    """Three items of the real checklist, so that people meet at the same ones."""
    return replace(checklist, items=checklist.items[:3])


@pytest.fixture(scope="module")
def start(tmp_path_factory, ines: Identity, small: Checklist) -> dict[str, object]:
    """A casebook with a facility and a visit that all know, and an empty one."""
    folder = tmp_path_factory.mktemp("start")
    empty = folder / "empty.casebook"
    Casebook.create(empty).close()
    shared = folder / "shared.casebook"
    with Casebook.create(shared) as casebook:
        enrol(casebook, ines)
        facility = casebook.add_facility(FACILITY)
        plan = VisitPlan(replace(FACILITY, id=facility), VisitKind.FULL, "2026-11-04")
        visit = casebook.plan_visit(plan, TEAM, small)
    return {"empty": empty, "shared": shared, "facility": facility, "visit": visit, "folder": folder}


laptop = st.integers(0, 2)
value = st.integers(0, 2)
acts = st.tuples(
    laptop,
    st.sampled_from(ACTS),
    value,
    value,
)
exchanges = st.tuples(laptop, st.just("send"), laptop, st.integers(0, 2**16))
histories = st.lists(acts | acts | exchanges, min_size=12, max_size=30)
skews = st.tuples(*[st.sampled_from([0, 0, 3_600, -3_600, 40 * 86_400, -40 * 86_400, -(10**9)])] * 3)


class Team3:
    """Three laptops of two people, who share one visit from the start."""

    def __init__(self, start, small: Checklist, people: list[Identity], skew) -> None:
        self.start, self.small = start, small
        self.folder = start["folder"] / f"team {next(_folders)}"
        self.folder.mkdir()
        self.people = people
        self.laptops = [
            copy_for(start["shared"], self.folder, f"laptop {n}", person, Clock(1_793_900_000.0 + skew[n], ticks=0.4))
            for n, person in enumerate(people)
        ]
        self.hand = Hand(small, str(start["visit"]), str(start["facility"]))

    def try_to(self, who: int, what: str, one: int, other: int) -> None:
        """Do it, unless the item has just left this laptop's checklist: then nothing was said."""
        before = set(self.hand.said)
        try:
            self.hand.act(self.laptops[who], what, one, other)
        except UnknownError:
            self.hand.said = before

    def send(self, giver: int, taker: int, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 (an order, no secret)
        found = entries(self.laptops[giver])
        some = chance.sample(found, chance.randint(0, len(found)))
        if some and giver != taker:
            give(self.laptops[taker], some)

    def close(self) -> None:
        for book in self.laptops:
            book.close()
        shutil.rmtree(self.folder)


@EXAMPLES
@given(histories, skews, st.integers(0, 2**16))
def test_whoever_holds_the_same_entries_sees_the_same(start, small, ines, omar, history, skew, seed) -> None:
    chance = random.Random(seed)  # noqa: S311 (an order, no secret)
    team = Team3(start, small, [ines, omar, ines], skew)
    try:
        for who, what, *details in history:
            if what == "send":
                team.send(who, *details)
            else:
                team.try_to(who, what, *details)
        for book in team.laptops:  # each by itself, with whatever has reached it
            health = book.health()
            assert health.sound, health.problems
            assert not health.clones

        everything = list({entry.id: entry for book in team.laptops for entry in entries(book)}.values())
        late = copy_for(start["empty"], team.folder, "late", omar)  # somebody who gets everything at the end
        team.laptops.append(late)
        for book in team.laptops:
            give_in_batches(book, everything, chance)
        expected = tables(late)
        for book in team.laptops:
            assert tables(book) == expected
            health = book.health()  # which rebuilds all tables, and compares
            assert health.sound, health.problems
            assert health.waiting == ()
            assert health.entries == len(everything)
        late.rebuild()
        assert tables(late) == expected
        disputes = holds_to_the_oracle(late, str(start["visit"]))
        event("conflicts" if disputes else "no conflict")
        kept = " ".join(entry.body for entry in entries(late))
        assert all(f'"{text}"' in kept for text in team.hand.said)
    finally:
        team.close()


@EXAMPLES
@given(st.lists(acts, min_size=6, max_size=15), st.integers(0, 2**16))
def test_half_of_the_entries_give_the_same_tables_in_any_order(start, small, ines, omar, history, seed) -> None:
    """Partial sets and missing predecessors are normal: nothing breaks, and all who have the same half agree."""
    chance = random.Random(seed)  # noqa: S311 (an order, no secret)
    team = Team3(start, small, [ines, omar, ines], (0, 0, 0))
    try:
        for who, what, *details in history:
            team.try_to(who, what, *details)
        everything = list({entry.id: entry for book in team.laptops for entry in entries(book)}.values())
        half = chance.sample(everything, chance.randint(0, len(everything)))
        pair = [copy_for(start["empty"], team.folder, name, omar) for name in ("one", "two")]
        team.laptops += pair
        for book in pair:
            give_in_batches(book, list(half), chance)
        assert tables(pair[0]) == tables(pair[1])
        for book in pair:
            health = book.health()
            assert health.sound, health.problems
        known = {entry.id for entry in half}
        gaps = {entry.id.hex() for entry in half if (before := previous(entry)) and bytes.fromhex(before) not in known}
        assert set(pair[0].health().waiting) == gaps
        give(pair[0], everything)
        assert pair[0].health().waiting == ()
    finally:
        team.close()


def previous(entry: Entry) -> str | None:
    return json.loads(entry.envelope)["previous"]


def test_two_people_who_judged_apart_both_keep_their_words(start, small, ines, omar) -> None:
    """The newest by stamp is shown, on every laptop the same; the other stands beside it."""
    visit, item = str(start["visit"]), small.items[0].id
    team = Team3(start, small, [ines, omar, ines], (0, 7_200, -7_200))
    one, two, three = team.laptops
    try:
        one.judge(visit, item, Assessment.MET, narrative="one")
        two.judge(visit, item, Assessment.NOT_MET, narrative="two")
        three.judge(visit, item, Assessment.PARTLY_MET, narrative="three")
        everything = [entry for book in team.laptops for entry in entries(book)]
        for book in team.laptops:
            give(book, everything)
            finding = book.finding(visit, item)
            assert finding.narrative == "two"  # her clock is two hours ahead
            assert [side.value["narrative"] for side in finding.conflict.sides] == ["two", "one", "three"]
        three.judge(visit, item, Assessment.NOT_MET, narrative="agreed")  # saw all, though its clock is behind
        for book in (one, two):
            give(book, entries(three))
            assert book.finding(visit, item).narrative == "agreed"
            assert book.finding(visit, item).conflict is None
    finally:
        team.close()


def test_a_visit_whose_checklist_has_not_arrived_says_so(start, small, ines, omar) -> None:
    team = Team3(start, small, [ines, omar, ines], (0, 0, 0))
    try:
        late = copy_for(start["empty"], team.folder, "late", omar)
        team.laptops.append(late)
        give(late, [entry for entry in entries(team.laptops[0]) if '"kind":"freeze-checklist"' not in entry.envelope])
        assert late.visits()[0].items == 0
        with pytest.raises(UnknownError, match="has not reached this casebook yet"):
            late.visit(str(start["visit"]))
        assert late.health().sound
        assert len(late.health().waiting) == 0  # it is the last of its chain, so nothing names it
    finally:
        team.close()


def test_entries_that_come_before_their_visit_are_kept_and_join_it(start, small, ines, omar) -> None:
    visit, item = str(start["visit"]), small.items[0].id
    team = Team3(start, small, [ines, omar, ines], (0, 0, 0))
    try:
        team.laptops[1].judge(visit, item, Assessment.NOT_MET, narrative="early")
        late = copy_for(start["empty"], team.folder, "late", omar)
        team.laptops.append(late)
        found = entries(team.laptops[1])
        give(late, [entry for entry in found if '"kind":"judge"' in entry.envelope])
        assert late.visits() == []
        assert late.health().sound
        give(late, found)
        assert late.finding(visit, item).narrative == "early"
    finally:
        team.close()


def test_two_copies_that_went_on_under_one_laptops_name_are_both_kept_and_named(start, small, ines) -> None:
    visit, item = str(start["visit"]), small.items[0].id
    team = Team3(start, small, [ines, ines, ines], (0, 0, 0))
    one, two, _ = team.laptops
    try:
        one.judge(visit, item, Assessment.MET, narrative="zero")
        give(two, entries(one))
        two._author = one._author  # a disk image, restored on a second machine
        one.judge(visit, item, Assessment.MET, narrative="one")
        two.judge(visit, item, Assessment.NOT_MET, narrative="two")
        give(one, entries(two))
        assert len(one.health().clones) == 1
        assert [side.value["narrative"] for side in one.finding(visit, item).conflict.sides].count("one") == 1
        assert {side.value["narrative"] for side in one.finding(visit, item).conflict.sides} == {"one", "two"}
        assert one.health().sound
    finally:
        team.close()


def test_a_recommendation_whose_values_are_erased_leaves_nothing_behind(start, small, ines) -> None:
    """What redaction will do: the body goes, the envelope stays, the tables follow."""
    team = Team3(start, small, [ines, ines, ines], (0, 0, 0))
    book = team.laptops[0]
    try:
        book.recommend(
            str(start["visit"]), Recommendation("Mend the tap.", "The governor", findings=(small.items[0].id,))
        )
        book._db.execute("DELETE FROM bodies WHERE body LIKE '%Mend the tap.%'")
        book._db.conn.commit()
        book.rebuild()
        assert tables(book)["recommendations"] == []
        assert tables(book)["recommendation_findings"] == []
    finally:
        team.close()

"""The heart: whatever laptops record apart and in whatever order they exchange it, everybody ends with the same."""

import json
import random
import shutil
from contextlib import suppress
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from inspect_kit.casebook import Casebook
from inspect_kit.casebook.entry import Entry
from inspect_kit.errors import BadInputError, UnknownError
from inspect_kit.identity import Identity
from inspect_kit.model import (
    Account,
    Assessment,
    Checklist,
    Consent,
    Evidence,
    EvidenceKind,
    Group,
    Priority,
    Profile,
    Recommendation,
    Team,
    Verdict,
    VisitKind,
    VisitPlan,
)
from tests.casebook.laptops import Clock, Heads, copy_for, differ, entries, give, give_in_batches, tables
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
    st.sampled_from(
        ["judge"] * 3
        + ["blind"] * 2
        + ["evidence", "recommend", "prioritise", "consent", "contradict", "review"] * 2
        + ["jot"] * 2
        + ["file", "discard", "reopen"]
        + ["reword", "account", "team", "checklist", "facility", "visit", "add"]
    ),
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
        self.said: set[str] = set()
        self.number = count()

    def mark(self) -> str:
        text = f"note {next(self.number)}"
        self.said.add(text)
        return text

    def try_to(self, who: int, what: str, one: int, other: int) -> None:
        """Do it, unless the item has just left this laptop's checklist: then nothing was said."""
        before = set(self.said)
        try:
            self.act(who, what, one, other)
        except UnknownError:
            self.said = before

    def act(self, who: int, what: str, one: int, other: int) -> None:
        book, visit, item = self.laptops[who], str(self.start["visit"]), self.small.items[one].id
        match what:
            case "judge":
                book.judge(visit, item, list(Assessment)[other], reason="why", narrative=self.mark())
            case "blind":  # she had not seen what came in meanwhile
                book.judge(visit, item, list(Assessment)[other], reason="why", narrative=self.mark(), seen=[])
            case "prioritise":
                book.prioritise(visit, item, list(Priority)[other])
            case "evidence":
                kind = list(EvidenceKind)[other]
                book.add_evidence(visit, item, Evidence(kind, self.mark(), consent=list(Consent)[one]))
            case "contradict":
                book.mark_contradiction(visit, item, bool(other))
            case "review":
                with suppress(BadInputError):  # her own judgement, or none, or one that is disputed
                    book.review(visit, item, list(Verdict)[other % 2], f"comment {one}")
            case "consent":
                known_sources = [one.id for found in book.visit(visit).findings.values() for one in found.evidence]
                if known_sources:
                    source = sorted(known_sources)[one % len(known_sources)]
                    book.set_consent(visit, [source], list(Consent)[other])
            case "jot":
                book.jot(visit, self.mark(), f"place {one}")
            case "file":
                waiting = book.jottings(visit)
                if waiting:
                    note = waiting[one % len(waiting)]
                    book.file_jotting(visit, note.id, item, Evidence(list(EvidenceKind)[other], note.text))
            case "discard":
                waiting = book.jottings(visit)
                if waiting:
                    book.discard_jotting(visit, waiting[one % len(waiting)].id)
            case "reopen":
                sorted_out = [
                    row[0]
                    for row in book._db.execute(
                        "SELECT id FROM jottings WHERE visit = ? AND state <> 'open' ORDER BY id", [visit]
                    )
                ]
                if sorted_out:
                    book.reopen_jotting(visit, sorted_out[one % len(sorted_out)])
            case "recommend":
                book.recommend(visit, Recommendation(self.mark(), "The governor", findings=(item,)))
            case "reword":
                known = book.visit(visit).recommendations
                if known:
                    asked = known[one % len(known)]
                    findings = tuple(i.id for i in self.small.items[: other + 1])
                    book.recommend(visit, replace(asked, text=self.mark(), findings=findings))
            case "account":
                book.give_account(visit, Account(overview=self.mark(), limits=f"limit {one}"))
            case "team":
                book.change_visit(visit, team=Team(TEAM.members[: one + 1], self.mark()))
            case "checklist":
                book.change_visit(
                    visit, checklist=replace(self.small, items=self.small.items[:one] + self.small.items[one + 1 :])
                )
            case "facility":
                profile = Profile({Group.WOMEN: 50 + one, Group.PREGNANT: other})
                facility = str(self.start["facility"])
                book.change_facility(replace(FACILITY, id=facility, place=self.mark(), profile=profile))
            case "visit":
                facility = book.facility(str(self.start["facility"]))
                book.plan_visit(
                    VisitPlan(facility, VisitKind.AD_HOC, "2026-12-01", purpose=self.mark()), TEAM, self.small
                )
            case "add":
                book.add_facility(replace(FACILITY, name=self.mark()))

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


def items_of(checklist: Checklist) -> list[str]:
    return [item.id for item in checklist.items]


def holds_to_the_oracle(book: Casebook, visit: str) -> int:
    """Compare findings, recommendations and conflicts with what plain Python makes of the entries."""
    heads = Heads.of(entries(book)).values
    shown = tables(book)
    conflicts = {side.entry for sides in heads.values() if differ(sides) for side in sides}
    assert {row[0] for row in shown["conflicts"]} == conflicts
    disputed = {
        row[0] for row in book._db.execute("SELECT item FROM findings WHERE visit = ? AND in_conflict", [visit])
    }
    assert disputed == {
        subject.removeprefix("finding:")
        for (stream, subject, _), sides in heads.items()
        if stream == f"visit:{visit}" and subject.startswith("finding:") and differ(sides)
    }
    record = book.visit(visit)
    for (stream, subject, aspect), sides in heads.items():
        if stream != f"visit:{visit}":
            continue
        newest = sides[0].value
        if aspect == "judgement":
            finding = record.findings[subject.removeprefix("finding:")]
            assert (finding.assessment, finding.narrative) == (newest["assessment"], newest["narrative"])
            assert finding.judgement == sides[0].entry
            if differ(sides):
                assert finding.conflict is not None
                assert [side.entry for side in finding.conflict.sides] == [side.entry for side in sides]
        elif aspect == "priority":
            assert record.findings[subject.removeprefix("finding:")].priority == newest["priority"]
        elif aspect == "recommendation":
            asked = [one for one in record.recommendations if subject == f"recommendation:{one.id}"]
            stands = [(newest["text"], sorted(newest["findings"]))] if newest else []  # empty where it was withdrawn
            assert [(one.text, sorted(one.findings)) for one in asked] == stands
        elif aspect == "evidence":
            sources = [source for finding in record.findings.values() for source in finding.evidence]
            stands = [newest["note"]] if newest else []  # empty where it was withdrawn
            assert [source.note for source in sources if subject == f"evidence:{source.id}"] == stands
        elif aspect == "jotting":
            filing = heads.get((stream, subject, "filing"))
            waits = filing is None or filing[0].value["state"] == "open"
            notes = [note.text for note in record.jottings if subject == f"jotting:{note.id}"]
            assert notes == [newest["text"]] * waits
        elif aspect == "team":
            assert record.team.remark == newest["remark"]
        elif aspect == "account":
            assert record.account.overview == newest["overview"]
        elif aspect == "checklist":
            assert items_of(record.checklist) == [item["id"] for item in newest["items"]]
    return len(conflicts)


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
        assert all(f'"{text}"' in kept for text in team.said)
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

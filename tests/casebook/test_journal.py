import hashlib
import json
from datetime import UTC, datetime

import pytest
import rfc8785
import sqlcipher3
from hypothesis import example, given
from hypothesis import strategies as st

from inspect_kit.casebook import journal
from inspect_kit.casebook.clock import next_stamp
from inspect_kit.casebook.entry import Entry, check, digest
from inspect_kit.errors import CasebookError
from inspect_kit.model import Assessment, Priority, canonical
from tests.casebook.laptops import Clock, copy_for, entries, give
from tests.conftest import AtWork

DAY = 86_400.0
NOON = 1_793_782_800.0

words = st.text(st.characters(exclude_categories=["Cs"]))
ascii_names = st.text(st.characters(max_codepoint=127))
whole = st.integers(-(2**53) + 1, 2**53 - 1)
json_values = st.recursive(
    st.none() | st.booleans() | whole | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ascii_names, inner, max_size=5),
    max_leaves=20,
)


@given(st.dictionaries(ascii_names, json_values, max_size=6))
@example({"a": '\x7f\u2028\u0000\u001f\b\f"\\/', "A": {"": [None, True, -0]}, "€"[:0]: "𝄞"})
def test_canonical_json_is_that_of_an_independent_implementation(value: dict[str, object]) -> None:
    assert canonical(value).encode() == rfc8785.dumps(value)


def test_canonical_json_refuses_what_is_no_json() -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical({"women": float("nan")})


def envelope_of(**changed: object) -> str:
    values = {
        "version": 1,
        "stream": "visit:01KXEXAMP1E0000000000000A1",
        "author": "ab" * 32 + ".1",
        "seq": 1,
        "previous": None,
        "stamp": "2026-11-04T09:05:00.123Z.0000",
        "kind": "judge",
        "subject": "finding:hygiene.showers",
        "replaces": [],
        "body_digest": hashlib.sha256(b"s" + b"{}").hexdigest(),
    }
    return canonical({**values, **changed})


def entry_of(envelope: str, body: str | None = "{}") -> Entry:
    return Entry(digest(envelope.encode()), envelope, b"s", body)


@pytest.mark.parametrize(
    "changed",
    [
        {"version": 2},
        {"stream": "visit:01KXEXAMP1E0000000000000A2"},
        {"author": "ab" * 32 + ".2"},
        {"seq": 2, "previous": "00" * 32},
        {"seq": 2, "previous": "11" * 32},
        {"stamp": "2026-11-04T09:05:00.123Z.0001"},
        {"kind": "prioritise"},
        {"subject": "finding:hygiene.shower"},
        {"replaces": ["00" * 32]},
        {"body_digest": "00" * 32},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_an_entry_has_another_id_when_any_field_of_it_changes(changed: dict[str, object]) -> None:
    before, after = entry_of(envelope_of()), entry_of(envelope_of(**changed), None)
    assert before.id != after.id
    with pytest.raises(CasebookError, match="altered"):
        check(Entry(before.id, after.envelope, before.salt, None))


def test_an_entry_that_nobody_touched_is_accepted() -> None:
    assert check(entry_of(envelope_of())).subject == "finding:hygiene.showers"
    assert check(entry_of(envelope_of(), None)).seq == 1  # its values were erased, its envelope stands


@pytest.mark.parametrize(
    "altered",
    [
        lambda entry: Entry(entry.id, entry.envelope, entry.salt, '{"assessment":"met"}'),
        lambda entry: Entry(entry.id, entry.envelope, b"t", entry.body),
        lambda entry: Entry(entry.id, entry.envelope + " ", entry.salt, entry.body),
        lambda entry: Entry(b"\x00" * 32, entry.envelope, entry.salt, entry.body),
    ],
    ids=["values", "salt", "envelope", "id"],
)
def test_an_altered_entry_is_refused_by_name(altered) -> None:
    entry = altered(entry_of(envelope_of()))
    with pytest.raises(CasebookError, match=f"Entry {entry.id.hex()[:12]} was altered"):
        check(entry)


@pytest.mark.parametrize(
    "envelope",
    [
        "not JSON",
        "[]",
        "null",
        "{}",
        "[" * 50_000,
        envelope_of(stamp="yesterday"),
        envelope_of(stamp="2026-13-04T09:05:00.123Z.0000"),
        envelope_of(stamp=7),
        envelope_of(note="smuggled"),
        envelope_of().replace(",", ", "),
        envelope_of().replace('"seq":1', '"seq":2,"seq":1'),
    ],
)
def test_a_foreign_envelope_of_another_form_is_refused_with_a_sentence(envelope: str) -> None:
    with pytest.raises(CasebookError, match="is no entry"):
        check(entry_of(envelope, None))


# -- stamps


def moment_of(stamp: str) -> float:
    return datetime.fromisoformat(stamp[:23] + "+00:00").timestamp()


@given(st.lists(st.floats(-20 * 365 * DAY, 20 * 365 * DAY) | st.floats(-5, 5), max_size=30))
def test_stamps_stay_in_order_while_the_clock_jumps_back_and_forth(jumps: list[float]) -> None:
    now, latest = NOON, None
    for jump in jumps:
        now = min(max(now + jump, 0), 4_102_000_000)
        stamp = next_stamp(latest, lambda: now)  # noqa: B023 (called at once)
        if latest is not None and moment_of(latest) <= now + DAY - 1:
            assert stamp > latest
        assert now - 0.002 <= moment_of(stamp) <= now + DAY + 0.002
        latest = stamp


def test_the_first_stamp_is_the_machines_time_in_utc() -> None:
    stamp = next_stamp(None, lambda: datetime(2026, 11, 4, 9, 5, 0, 123_000, tzinfo=UTC).timestamp())
    assert stamp == "2026-11-04T09:05:00.123Z.0000"


@pytest.mark.parametrize("latest", ["9999-12-31T23:59:59.999Z.9999", "2026-11-06T09:05:00.123Z.0000"])
def test_a_stamp_far_in_the_future_does_not_pull_our_clock_along(latest: str) -> None:
    now = datetime(2026, 11, 4, 9, 5, tzinfo=UTC).timestamp()
    assert next_stamp(latest, lambda: now) == "2026-11-04T09:05:00.000Z.0000"


def test_ten_thousand_entries_within_one_millisecond_keep_their_order() -> None:
    stamps = [next_stamp(None, lambda: NOON)]
    for _ in range(10_005):
        stamps.append(next_stamp(stamps[-1], lambda: NOON))
    assert stamps == sorted(set(stamps))
    assert moment_of(stamps[-1]) - NOON < 0.01


def test_one_stamp_from_far_ahead_does_not_disorder_our_own_entries(at_work: AtWork, tmp_path, omar) -> None:
    at_work.casebook.close()
    broken = copy_for(at_work.path, tmp_path, "broken clock", omar, Clock(4_070_000_000.0))
    broken.judge(at_work.visit, "hygiene.showers", Assessment.MET)
    ours = copy_for(at_work.path, tmp_path, "ours", omar, Clock(NOON, ticks=-1.0))  # its clock runs backwards
    give(ours, entries(broken))
    known = {entry.id for entry in entries(ours)}
    for number in range(5):
        ours.judge(at_work.visit, "searches.privacy", None, narrative=f"note {number}")
    mine = [json.loads(entry.envelope) for entry in entries(ours) if entry.id not in known]
    stamps = [envelope["stamp"] for envelope in sorted(mine, key=lambda envelope: envelope["seq"])]
    assert len(stamps) == 5
    assert stamps == sorted(set(stamps))
    assert stamps[-1] < "2027"
    broken.close()
    ours.close()


# -- appending


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entries SET subject = 'finding:searches.register'",
        "UPDATE entries SET stamp = '1999-01-01T00:00:00.000Z.0000'",
        "DELETE FROM entries",
        "UPDATE bodies SET body = '{}'",
    ],
)
def test_the_file_itself_refuses_to_change_what_was_recorded(at_work: AtWork, change: str) -> None:
    before = entries(at_work.casebook)
    with pytest.raises(sqlcipher3.DatabaseError, match="append-only"):
        at_work.casebook._db.execute(change)
    at_work.casebook._db.conn.rollback()
    assert entries(at_work.casebook) == before


def test_each_authors_entries_form_a_chain_of_their_own_in_each_stream(at_work: AtWork, tmp_path, omar) -> None:
    at_work.casebook.judge(at_work.visit, "hygiene.showers", Assessment.MET)
    at_work.casebook.close()
    other = copy_for(at_work.path, tmp_path, "other", omar)
    other.judge(at_work.visit, "hygiene.showers", Assessment.NOT_MET)
    other.judge(at_work.visit, "hygiene.showers", Assessment.PARTLY_MET)
    chains: dict[tuple[str, str], list[tuple[int, str | None, str]]] = {}
    for entry in entries(other):
        values = check(entry)
        chains.setdefault((values.stream.partition(":")[0], values.author), []).append(
            (values.seq, values.previous, entry.id.hex())
        )
    assert sorted((stream, len(chain)) for (stream, _), chain in chains.items()) == [
        ("facility", 2),
        ("visit", 2),
        ("visit", 4),
    ]
    for chain in chains.values():
        before = None
        for place, (seq, previous, name) in enumerate(sorted(chain), 1):
            assert (seq, previous) == (place, before)
            before = name
    other.close()


def entries_of(at_work: AtWork) -> int:
    """How many entries the visit's stream has."""
    return len(list(journal.read(at_work.casebook._db, f"visit:{at_work.visit}")))


def test_a_note_equal_to_what_stands_makes_no_new_entry(at_work: AtWork) -> None:
    work = at_work.casebook
    for _ in range(3):
        work.judge(at_work.visit, "hygiene.showers", Assessment.MET, narrative="Two of three work.")
    assert entries_of(at_work) == 4
    work.judge(at_work.visit, "hygiene.showers", Assessment.MET, narrative="Two of three work. ")
    assert entries_of(at_work) == 5


def test_going_back_to_an_earlier_value_is_recorded_as_a_change(at_work: AtWork) -> None:
    for assessment in (Assessment.MET, Assessment.NOT_MET, Assessment.MET):
        at_work.casebook.judge(at_work.visit, "hygiene.showers", assessment)
    assert entries_of(at_work) == 6
    assert at_work.casebook.finding(at_work.visit, "hygiene.showers").assessment is Assessment.MET


def test_two_equal_bodies_have_different_digests_so_that_nobody_can_guess_an_erased_one(at_work: AtWork) -> None:
    items = ("hygiene.showers", "hygiene.toilets")
    for item in items:
        at_work.casebook.judge(at_work.visit, item, Assessment.NOT_MET)
    found = [check(entry) for entry in entries(at_work.casebook)]
    digests = [one.body_digest for one in found if one.subject in {f"finding:{item}" for item in items}]
    assert len(digests) == len(set(digests)) == 2
    assert all(len(entry.salt) == 16 for entry in entries(at_work.casebook))


def test_a_judgement_made_without_having_seen_anothers_stays_beside_it(at_work: AtWork) -> None:
    work, visit, item = at_work.casebook, at_work.visit, "hygiene.showers"
    work.judge(visit, item, Assessment.MET, narrative="They run.")
    seen = work.finding(visit, item).judgement
    work.judge(visit, item, Assessment.NOT_MET, narrative="They stood still.", seen=[])
    finding = work.finding(visit, item)
    assert finding.assessment is Assessment.NOT_MET
    assert [side.value["narrative"] for side in finding.conflict.sides] == ["They stood still.", "They run."]
    assert seen == finding.conflict.sides[1].entry
    assert work.visits()[0].conflicts == 1
    assert work.health().sound


def test_a_judgement_replaces_only_what_its_author_had_before_her(at_work: AtWork) -> None:
    work, visit, item = at_work.casebook, at_work.visit, "hygiene.showers"
    work.judge(visit, item, Assessment.MET, narrative="first")
    first = work.finding(visit, item).judgement
    work.judge(visit, item, Assessment.NOT_MET, narrative="second", seen=[])
    work.judge(visit, item, Assessment.PARTLY_MET, narrative="third", seen=[first])
    sides = work.finding(visit, item).conflict.sides
    assert [side.value["narrative"] for side in sides] == ["third", "second"]


def test_settling_a_conflict_replaces_all_its_sides(at_work: AtWork) -> None:
    work, visit, item = at_work.casebook, at_work.visit, "hygiene.showers"
    for narrative in ("first", "second", "third"):
        work.judge(visit, item, Assessment.MET, narrative=narrative, seen=[])
    assert len(work.finding(visit, item).conflict.sides) == 3
    work.judge(visit, item, Assessment.NOT_MET, narrative="agreed")
    assert work.finding(visit, item).conflict is None
    assert work.finding(visit, item).narrative == "agreed"
    assert len(entries(work)) == 2 + 3 + 4


def test_a_dispute_over_judgement_is_shown_before_any_other(at_work: AtWork, tmp_path, omar) -> None:
    visit, item = at_work.visit, "hygiene.showers"
    at_work.casebook.close()
    other = copy_for(at_work.path, tmp_path, "other", omar)
    third = copy_for(at_work.path, tmp_path, "third", omar)
    for laptop, assessment, priority in (
        (other, Assessment.MET, Priority.HIGH),
        (third, Assessment.NOT_MET, Priority.URGENT),
    ):
        laptop.judge(visit, item, assessment)
        laptop.prioritise(visit, item, priority)
        laptop.mark_contradiction(visit, item, priority is Priority.HIGH)
    give(other, entries(third))
    assert other.finding(visit, item).conflict.aspect == "judgement"
    assert [conflict.aspect for conflict in other.visit(visit).conflicts] == ["judgement", "contradiction", "priority"]
    other.close()
    third.close()


def test_an_entry_cannot_hide_what_stands_about_something_else(at_work: AtWork) -> None:
    """A faulty or hostile laptop names entries of other subjects as replaced; they stand all the same."""
    work, visit = at_work.casebook, at_work.visit
    work.judge(visit, "hygiene.showers", Assessment.NOT_MET, narrative="No water for nine days.")
    victim = work.finding(visit, "hygiene.showers").judgement
    hostile = envelope_of(stream=f"visit:{visit}", subject="finding:searches.register", replaces=[victim])
    same_subject = envelope_of(
        stream=f"visit:{visit}",
        subject="finding:hygiene.showers",
        kind="prioritise",
        seq=2,
        previous="00" * 32,
        replaces=[victim],
    )
    other_visit = envelope_of(
        stream="visit:01KXEXAMP1E0000000000000A9", subject="finding:hygiene.showers", replaces=[victim]
    )
    give(work, [entry_of(one) for one in (hostile, other_visit)])
    body = canonical({"priority": "high"})
    give(
        work,
        [
            entry_of(
                same_subject.replace(
                    hashlib.sha256(b"s{}").hexdigest(), hashlib.sha256(b"s" + body.encode()).hexdigest()
                ),
                body,
            )
        ],
    )
    assert work.finding(visit, "hygiene.showers").narrative == "No water for nine days."


def test_an_altered_entry_from_another_casebook_does_not_get_in(at_work: AtWork, tmp_path, omar) -> None:
    at_work.casebook.close()
    ours = copy_for(at_work.path, tmp_path, "ours", omar)
    theirs = copy_for(at_work.path, tmp_path, "theirs", omar)
    theirs.judge(at_work.visit, "hygiene.showers", Assessment.NOT_MET, narrative="They beat her.")
    before = entries(ours)
    for one in entries(theirs):
        if one not in before:
            forged = Entry(one.id, one.envelope, one.salt, one.body.replace("They beat her.", "All is well."))
            with pytest.raises(CasebookError, match="altered"):
                give(ours, [*before, forged])
    assert entries(ours) == before
    ours.close()
    theirs.close()

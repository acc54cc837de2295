"""Sealing, sharing, syncing and settling: what passes between two casebooks, and what is told of it."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
import sqlcipher3

from inspect_kit.casebook import CalledOffError, Casebook, foreign, journal, sqlite
from inspect_kit.casebook.entry import Entry, Envelope, check, digest
from inspect_kit.casebook.sync import put_seal
from inspect_kit.errors import BadInputError, CasebookError, PassphraseError, UnknownError
from inspect_kit.identity import Identity, create, make_seal, read_certificate
from inspect_kit.model import Assessment, Comment, Evidence, EvidenceKind, Priority, Recommendation, canonical
from inspect_kit.work.attaching import describe
from tests.casebook.laptops import entries, tables
from tests.conftest import AtWork, enrol

ITEM = "hygiene.showers"


@pytest.fixture
def omars(tmp_path: Path, omar: Identity) -> Iterator[Casebook]:
    """Omar's casebook, which is empty."""
    with Casebook.create(tmp_path / "omar.casebook") as casebook:
        enrol(casebook, omar)
        yield casebook


@pytest.fixture
def shared(at_work: AtWork, ines: Identity, tmp_path: Path) -> Path:
    """What Ines gave away, after one judgement and a photograph."""
    work, visit = at_work.casebook, at_work.visit
    work.judge(visit, ITEM, Assessment.NOT_MET, narrative="Cold since August.")
    attachment, data = describe("pipe.jpg", b"\xff\xd8\xffpipe")
    work.add_evidence(visit, ITEM, Evidence(EvidenceKind.PHOTO, "pipe", attachment=attachment), data)
    work.seal(ines, visit)
    work.share([visit], tmp_path / "shared.casebook", None)
    return tmp_path / "shared.casebook"


def test_a_colleague_sees_the_same_after_taking_in_what_was_shared(
    at_work: AtWork, omars: Casebook, shared: Path
) -> None:
    taken = omars.sync(shared)
    assert (taken.taken, taken.known, taken.refused, taken.waiting) == (7, 0, (), 0)
    assert tables(omars) == tables(at_work.casebook)
    finding = omars.finding(at_work.visit, ITEM)
    assert (finding.narrative, finding.author) == ("Cold since August.", "Ines Example")
    assert omars.attachment(finding.evidence[0].attachment.digest) == b"\xff\xd8\xffpipe"
    assert [(chain.name, chain.sealed == chain.entries) for chain in omars.chains()] == [("Ines Example", True)] * 2


def test_taking_in_the_same_file_again_changes_nothing(omars: Casebook, shared: Path) -> None:
    omars.sync(shared)
    before = entries(omars)
    again = omars.sync(shared)
    assert (again.taken, again.known, again.seals) == (0, 7, 0)
    assert entries(omars) == before


def test_a_share_holds_the_visits_that_were_named_and_nothing_else(
    at_work: AtWork, begin: Callable[..., AtWork], tmp_path: Path
) -> None:
    other = begin(tmp_path / "other.casebook")
    at_work.casebook.keep_draft("note x", {"note": "half a thought"})
    other.casebook.share([other.visit], tmp_path / "theirs.casebook", None)
    at_work.casebook.sync(tmp_path / "theirs.casebook")
    at_work.casebook.share([at_work.visit], tmp_path / "ours.casebook", None)
    with Casebook.open(tmp_path / "ours.casebook") as given:
        assert [one.id for one in given.visits()] == [at_work.visit]
        assert len(given.facilities()) == 1
    assert b"half a thought" not in (tmp_path / "ours.casebook").read_bytes()
    assert not (tmp_path / "ours.casebook-wal").exists()
    other.casebook.close()


def test_a_share_never_takes_the_place_of_a_file(at_work: AtWork, tmp_path: Path) -> None:
    (tmp_path / "thesis.casebook").write_text("four years of work")
    with pytest.raises(BadInputError, match=r"thesis\.casebook"):
        at_work.casebook.share([at_work.visit], tmp_path / "thesis.casebook", None)
    assert (tmp_path / "thesis.casebook").read_text() == "four years of work"
    assert not list(tmp_path.glob(".*.part"))


def test_an_encrypted_share_opens_with_its_passphrase_only(at_work: AtWork, omars: Casebook, tmp_path: Path) -> None:
    file = tmp_path / "secret.casebook"
    at_work.casebook.share([at_work.visit], file, "long words")
    assert b"North Prison" not in file.read_bytes()
    for wrong in (None, "other words"):
        with pytest.raises(PassphraseError):
            omars.sync(file, wrong)
    assert omars.sync(file, "long words").taken == 5


def test_both_views_stand_until_somebody_settles_and_then_everywhere_one(
    at_work: AtWork, omars: Casebook, shared: Path
) -> None:
    visit, ours = at_work.visit, at_work.casebook
    omars.sync(shared)
    ours.judge(visit, ITEM, Assessment.PARTLY_MET, narrative="Warm by noon.")
    omars.judge(visit, ITEM, Assessment.NOT_MET, narrative="Cold at seven.")
    omars.sync(shared, give=True)
    taken = ours.sync(shared, give=True)
    omars.sync(shared)
    assert taken.conflicts == 1
    for casebook in (ours, omars):
        (conflict,) = casebook.conflicts(visit)
        assert {(side.author, side.value["narrative"]) for side in conflict.sides} == {
            ("Ines Example", "Warm by noon."),
            ("Omar Example", "Cold at seven."),
        }
    mine = next(side.entry for side in conflict.sides if side.author == "Omar Example")
    ours.settle(visit, f"finding:{ITEM}", mine[:8])
    ours.sync(shared, give=True)
    omars.sync(shared)
    for casebook in (ours, omars):
        assert casebook.conflicts(visit) == ()
        assert casebook.finding(visit, ITEM).narrative == "Cold at seven."
    assert tables(ours) == tables(omars)


def test_a_settlement_can_be_disputed_and_settled_again(at_work: AtWork, omars: Casebook, shared: Path) -> None:
    visit, ours, subject = at_work.visit, at_work.casebook, f"finding:{ITEM}"
    omars.sync(shared)
    ours.prioritise(visit, ITEM, Priority.URGENT)
    omars.prioritise(visit, ITEM, Priority.HIGH)
    for one, other in ((ours, omars), (omars, ours)):
        one.sync(other.path)
    for casebook, wanted in ((ours, "urgent"), (omars, "high")):
        (conflict,) = casebook.conflicts(visit)
        casebook.settle(visit, subject, next(s.entry for s in conflict.sides if s.value["priority"] == wanted))
    for one, other in ((ours, omars), (omars, ours)):
        one.sync(other.path)
    (again,) = ours.conflicts(visit)
    assert {side.value["priority"] for side in again.sides} == {"urgent", "high"}
    ours.settle(visit, subject, again.sides[0].entry)
    omars.sync(ours.path)
    assert ours.conflicts(visit) == omars.conflicts(visit) == ()


def test_people_who_say_the_same_apart_do_not_differ(at_work: AtWork, omars: Casebook, shared: Path) -> None:
    omars.sync(shared)
    for casebook in (at_work.casebook, omars):
        casebook.prioritise(at_work.visit, ITEM, Priority.URGENT)
    assert omars.sync(at_work.path).conflicts == 0
    assert omars.finding(at_work.visit, ITEM).priority is Priority.URGENT


def test_a_recommendation_taken_back_here_and_reworded_there_is_a_conflict_that_hides_nothing(
    at_work: AtWork, omars: Casebook, shared: Path
) -> None:
    visit, ours = at_work.visit, at_work.casebook
    id_ = ours.recommend(visit, Recommendation("Mend it.", "Director", findings=(ITEM,)))
    omars.sync(at_work.path)
    omars.recommend(visit, Recommendation("Mend it by May.", "Director", findings=(ITEM,), id=id_))
    ours.withdraw_recommendation(visit, id_)
    assert ours.visit(visit).recommendations == ()
    ours.sync(omars.path)
    assert [one.text for one in ours.visit(visit).recommendations] == ["Mend it by May."]
    (conflict,) = ours.conflicts(visit)
    gone = next(side for side in conflict.sides if side.kind == "withdraw-recommendation")
    ours.settle(visit, conflict.subject, gone.entry)
    assert ours.visit(visit).recommendations == ()
    assert ours.conflicts(visit) == ()


def test_settling_what_nobody_disputes_is_refused(at_work: AtWork) -> None:
    with pytest.raises(UnknownError, match="Nobody differs"):
        at_work.casebook.settle(at_work.visit, f"finding:{ITEM}", "abcdef")


def test_a_sync_that_is_called_off_leaves_everything_as_it_was(omars: Casebook, shared: Path) -> None:
    before = entries(omars), tables(omars)
    with pytest.raises(CalledOffError, match="called off"):
        omars.sync(shared, progress=lambda done, total: False)
    assert (entries(omars), tables(omars)) == before
    assert omars.sync(shared).taken == 7


def until(asked: int) -> Callable[..., bool]:
    """Answers so many times that the work is wanted, and then not any more."""
    answers = iter([True] * asked)
    return lambda *_far: next(answers, False)


def test_a_sync_is_called_off_in_the_middle_of_a_statement_too(
    omars: Casebook, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_STEPS", 50)
    before, inside, asked = (entries(omars), tables(omars)), 0, 0
    while True:
        asked += 9
        try:
            omars.sync(shared, progress=until(asked))
        except CalledOffError as told:
            assert "nothing was taken from" in str(told)  # noqa: PT017 (the last one is not refused)
            assert (entries(omars), tables(omars)) == before
            inside += told.__cause__ is not None
        else:
            break
    assert inside > 10
    assert len(entries(omars)) == 7
    assert omars.health().problems == ()


def test_a_sync_is_called_off_while_the_other_files_pages_are_still_looked_at(
    omars: Casebook, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = threading.Event()

    def endless(*_: object) -> bool:
        return left.wait(20)

    monkeypatch.setattr(foreign, "_holds", endless)
    before, asked = (entries(omars), tables(omars)), []

    def wanted(done: int, total: int) -> bool:
        asked.append((done, total))
        if len(asked) > 5:
            left.set()  # or the test would wait for the file's end
        return len(asked) <= 5

    with pytest.raises(CalledOffError, match="nothing was taken from"):
        omars.sync(shared, progress=wanted)
    assert asked[-1] == (7, 7)
    assert (entries(omars), tables(omars)) == before


def test_sharing_is_called_off_at_any_moment_and_leaves_no_file(
    at_work: AtWork, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_STEPS", 50)
    files, calls, asked = sorted(tmp_path.iterdir()), 0, 0
    while True:
        asked += 9
        try:
            at_work.casebook.share([at_work.visit], tmp_path / "again.casebook", None, until(asked))
        except CalledOffError as told:
            calls += 1
            assert str(told) == "Sharing was called off: nothing was written."  # noqa: PT017 (the last one is written)
            assert sorted(tmp_path.iterdir()) == files
        else:
            break
    assert calls > 5
    with Casebook.open(tmp_path / "again.casebook") as given, Casebook.open(shared) as first:
        assert tables(given) == tables(first)


@pytest.mark.parametrize("table", ["settings", "entries", "bodies", "seals"])
def test_a_damaged_page_is_found_wherever_it_lies_and_nothing_is_kept(
    omars: Casebook, shared: Path, table: str
) -> None:
    db = sqlcipher3.connect(str(shared))
    (page,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", [table]).fetchone()
    db.close()
    data = bytearray(shared.read_bytes())
    data[(page - 1) * 4096 : (page - 1) * 4096 + 64] = b"\x0d\xff" * 32
    shared.write_bytes(data)
    with pytest.raises(CasebookError, match=r"shared\.casebook is damaged: nothing was taken from it"):
        omars.sync(shared)
    assert entries(omars) == []
    assert omars.visits() == []


def test_a_few_very_long_notes_come_over_like_short_ones(at_work: AtWork, omars: Casebook, tmp_path: Path) -> None:
    items = [item.id for item in at_work.casebook.visit(at_work.visit).checklist.items[:3]]
    with patch("inspect_kit.casebook.sync.BATCH_BYTES", 1_000), patch("inspect_kit.casebook.projection.CHUNK", 2):
        for item in items:
            at_work.casebook.judge(at_work.visit, item, Assessment.MET, narrative=item * 500)
        at_work.casebook.share([at_work.visit], tmp_path / "long.casebook", None)
        omars.sync(tmp_path / "long.casebook")
    assert tables(omars) == tables(at_work.casebook)
    assert len(omars.visit(at_work.visit).findings) == 3


def test_a_casebook_does_not_sync_with_itself(at_work: AtWork) -> None:
    with pytest.raises(CasebookError, match="this casebook itself"):
        at_work.casebook.sync(at_work.path)


def test_what_nobody_sealed_is_taken_and_told_as_unsealed(at_work: AtWork, omars: Casebook, tmp_path: Path) -> None:
    at_work.casebook.share([at_work.visit], tmp_path / "unsealed.casebook", None)
    assert omars.sync(tmp_path / "unsealed.casebook").refused == ()
    assert {chain.sealed for chain in omars.chains()} == {0}
    assert omars.seals(at_work.visit) == ()


def test_history_tells_who_did_what_and_what_it_replaced(at_work: AtWork, ines: Identity) -> None:
    work, visit = at_work.casebook, at_work.visit
    work.judge(visit, ITEM, Assessment.MET)
    work.judge(visit, ITEM, Assessment.NOT_MET)
    work.judge(visit, "searches.privacy", Assessment.MET)
    work.seal(ines, visit)
    first, second = work.history(visit, ITEM)
    assert (first.kind, first.author, first.value["assessment"], first.sealed) == ("judge", "Ines Example", "met", True)
    assert second.replaces == (first.entry,)
    assert len(work.history(visit)) == 6


@pytest.fixture
def restored(at_work: AtWork, ines: Identity, omars: Casebook, tmp_path: Path) -> Path:
    """A backup of this morning, put back after the laptop's file was lost; Omar holds the afternoon."""
    at_work.casebook.close()
    shutil.copy(at_work.path, tmp_path / "morning")
    with Casebook.open(at_work.path) as casebook:
        enrol(casebook, ines)
        casebook.judge(at_work.visit, ITEM, Assessment.NOT_MET, narrative="Afternoon.")
        omars.sync(at_work.path)
    shutil.copy(tmp_path / "morning", at_work.path)
    return at_work.path


def goes_on_under_a_new_name(casebook: Casebook, visit: str) -> bool:
    """Whether the next act claims no place that is taken already."""
    casebook.judge(visit, ITEM, Assessment.MET, narrative="Evening.")
    return casebook.health().clones == () and len({chain.laptop for chain in casebook.chains(visit)}) == 2


def test_a_restored_copy_goes_on_under_a_new_name_once_its_own_work_comes_back(
    at_work: AtWork, ines: Identity, omars: Casebook, restored: Path
) -> None:
    with Casebook.open(restored) as casebook:
        enrol(casebook, ines)
        taken = casebook.sync(omars.path)
        assert taken.taken == 1
        assert "goes on under a new name" in " ".join(taken.remarks)
        assert goes_on_under_a_new_name(casebook, at_work.visit)


def test_a_restored_copy_goes_on_under_a_new_name_too_where_a_colleague_gives_its_own_work_back(
    at_work: AtWork, ines: Identity, omars: Casebook, restored: Path
) -> None:
    taken = omars.sync(restored, give=True)
    assert taken.given == 1
    assert "it was restored from a copy" in " ".join(taken.remarks)
    assert omars.sync(restored, give=True).remarks == ()
    with Casebook.open(restored) as casebook:
        enrol(casebook, ines)
        assert goes_on_under_a_new_name(casebook, at_work.visit)


def test_a_copied_live_file_without_its_wal_is_noticed_when_it_is_opened_and_when_it_is_taken_in(
    at_work: AtWork, omars: Casebook, tmp_path: Path
) -> None:
    for number in range(30):
        at_work.casebook.judge(at_work.visit, ITEM, Assessment.NOT_MET, narrative=f"{number}")
    torn = tmp_path / "torn.casebook"
    shutil.copy(at_work.path, torn)  # while it is open, and without what lies beside it
    assert any("copied while it was open" in remark for remark in omars.sync(torn).remarks)
    with Casebook.open(torn) as opened:
        assert opened.torn
        assert "copy made while somebody had it open" in opened.torn_remark
        assert any("had it open" in remark for remark in opened.health().remarks)
    at_work.casebook.close()
    whole = tmp_path / "whole.casebook"
    shutil.copy(at_work.path, whole)
    with Casebook.open(whole) as opened:
        assert not opened.torn
    assert omars.sync(whole).remarks == ()


def test_a_live_file_is_taken_in_with_what_lies_beside_it(at_work: AtWork, omars: Casebook) -> None:
    at_work.casebook.judge(at_work.visit, ITEM, Assessment.NOT_MET, narrative="just now")
    assert os.stat(f"{at_work.path}-wal").st_size > 0  # noqa: PTH116 (a name beside the file)
    taken = omars.sync(at_work.path)
    assert taken.remarks == ()
    assert omars.finding(at_work.visit, ITEM).narrative == "just now"


def test_seals_of_a_lost_key_count_as_far_as_they_came_before(
    at_work: AtWork, ines: Identity, omars: Casebook, tmp_path: Path
) -> None:
    work, visit = at_work.casebook, at_work.visit
    work.judge(visit, ITEM, Assessment.NOT_MET)
    work.seal(ines)
    omars.sync(work.path)
    omars.lose_key(ines.fingerprint, omars.history(visit)[-1].stamp[:10])
    assert {chain.doubted for chain in omars.chains(visit)} == {4}  # sealed on the very day on which it was lost
    work.judge(visit, ITEM, Assessment.MET)  # the thief
    work.seal(ines)
    omars.sync(work.path)
    (chain,) = omars.chains(visit)
    assert (chain.sealed, chain.doubted) == (0, 5)
    assert any("reported lost" in remark for remark in omars.health().remarks)


def test_trust_is_one_certificates_and_not_one_names(
    at_work: AtWork, begin: Callable[..., AtWork], omars: Casebook, ines: Identity, tmp_path: Path
) -> None:
    stranger = create("Ines Example")  # anybody can call herself so
    theirs = begin(tmp_path / "stranger.casebook", author=stranger)
    for path in (at_work.path, theirs.path):
        omars.sync(path)
    omars.trust(read_certificate(ines.certificate))
    trusted = {one.certificate.fingerprint: one.trusted for one in omars.known()}
    assert trusted[ines.fingerprint]
    assert not trusted[stranger.fingerprint]
    omars.distrust(ines.fingerprint)
    assert not any(one.trusted for one in omars.known() if not one.own)
    theirs.casebook.close()


def test_answers_to_points_and_the_authoritys_comments_travel_like_everything_else(
    at_work: AtWork, omars: Casebook
) -> None:
    ours, visit = at_work.casebook, at_work.visit
    ours.answer_point(visit, "ab" * 8, "She agreed in writing.")
    comment = Comment(ITEM, 0, 3, "The boiler was mended in May.", "no", "cd" * 32)
    (id_,) = ours.take_comments(visit, [comment, comment])
    assert ours.take_comments(visit, [comment]) == []
    with pytest.raises(BadInputError, match="Say why"):
        ours.decide_comment(visit, id_, accepted=False, reason="  ")
    ours.decide_comment(visit, id_, accepted=False, reason="We measured in November.")
    assert omars.sync(at_work.path).refused == ()
    assert omars.answers(visit) == {"ab" * 8: "She agreed in writing."}
    (response,) = omars.responses(visit)
    assert (response.comment, response.accepted, response.decided) == (comment, False, "Ines Example")
    ours.answer_point(visit, "ab" * 8, "")
    assert ours.answers(visit) == {}
    assert ours.health().sound


def forged(visit: str, author: str, previous: Entry | None, narrative: str) -> tuple[Entry, Envelope]:
    """An entry that Mallory makes under somebody's name, as only its hashes have to be right."""
    body = canonical({"assessment": "met", "narrative": narrative, "reason": ""})
    before = check(previous) if previous else None
    said = Envelope(
        author=author,
        body_digest=digest(b"s" * 16 + body.encode()).hex(),
        kind="judge",
        previous=previous.id.hex() if previous else None,
        replaces=(),
        seq=before.seq + 1 if before else 1,
        stamp="2026-12-01T09:00:00.000Z.0000",
        stream=f"visit:{visit}",
        subject=f"finding:{ITEM}",
    )
    text = said.text()
    return Entry(digest(text.encode()), text, b"s" * 16, body), said


def smuggle(file: Path, made: tuple[Entry, Envelope], certificate: Identity | None = None) -> None:
    """Put an entry into a casebook's file by hand."""
    with Casebook.open(file) as book:
        if certificate:
            enrol(book, certificate)
        book._db.execute("BEGIN")
        journal.put(book._db, [made])
        book._db.conn.commit()
        book.rebuild()


def test_nobody_seals_with_her_key_what_somebody_else_recorded_under_her_name(
    at_work: AtWork, ines: Identity, shared: Path
) -> None:
    """The forgery goes on from her last entry, under her own laptop's name, and she takes it in and seals."""
    ours, visit = at_work.casebook, at_work.visit
    last = max((e for e in entries(ours) if check(e).stream == f"visit:{visit}"), key=lambda e: check(e).seq)
    made = forged(visit, check(last).author, last, "All is well.")
    smuggle(shared, made)
    taken = ours.sync(shared)
    assert taken.taken == 1
    assert "under this casebook's own name" in " ".join(taken.remarks)
    ours.judge(visit, "hygiene.toilets", Assessment.NOT_MET)
    ours.seal(ines)
    steps = {step.entry: step for step in ours.history(visit)}
    assert not steps[made[0].id.hex()].sealed
    assert [step.kind for step in steps.values() if not step.sealed] == ["judge"]
    assert ours.health().sound


def test_a_seal_proves_no_entry_of_another_author_whatever_it_is_put_behind(
    at_work: AtWork, omars: Casebook, tmp_path: Path
) -> None:
    """Mallory names Ines's unsealed entry as his own predecessor, and his file comes before hers."""
    ours, visit = at_work.casebook, at_work.visit
    ours.judge(visit, ITEM, Assessment.NOT_MET)
    hers = max((e for e in entries(ours) if check(e).stream == f"visit:{visit}"), key=lambda e: check(e).seq)
    mallory = create("Mallory Example")
    file = tmp_path / "mallory.casebook"
    with Casebook.create(file):
        pass
    made = forged(visit, f"{mallory.fingerprint}.666", hers, "All is well.")
    smuggle(file, made, mallory)
    with Casebook.open(file) as book:
        seal = make_seal(mallory, made[1].stream, made[1].author, made[1].seq, made[0].id.hex(), made[1].stamp)
        put_seal(book._db, seal, made[1].stamp)
        book._db.conn.commit()
    omars.sync(file)
    omars.sync(at_work.path)
    by = {chain.name: chain.sealed for chain in omars.chains(visit)}
    assert by == {"Ines Example": 0, "Mallory Example": 1}
    health = omars.health()
    assert health.sound
    assert any("its author's chain is broken" in remark for remark in health.remarks)


@pytest.mark.parametrize("passphrase", [None, "long words"], ids=["in clear", "encrypted"])
def test_two_windows_that_close_at_once_leave_a_file_that_holds_everything(
    begin: Callable[..., AtWork], tmp_path: Path, passphrase: str | None
) -> None:
    first = begin(tmp_path / "north.casebook", passphrase).casebook
    second = Casebook.open(first.path, passphrase)
    for window in (first, second):  # neither was alone when it ended its use
        assert not sqlite.end_use(window._db)
        window._in_use = False
    first._db.close()
    second._db.close()
    sqlite.last_out(first.path, passphrase)
    sqlite.last_out(first.path, passphrase)
    with Casebook.open(first.path, passphrase) as again:
        assert not again.torn

"""Quick notes: kept at once, sorted later, never lost on the way."""

import pytest

from inspect_kit.casebook import Casebook
from inspect_kit.errors import BadInputError, CasebookError, UnknownError
from inspect_kit.identity import Identity
from inspect_kit.model import Consent, Evidence, EvidenceKind
from tests.casebook.laptops import Clock, copy_for, entries, give, open_laptop
from tests.conftest import AtWork

ITEM = "hygiene.showers"
NOTE = "Tap dry since Monday: [/b] “no water”\n\tsecond line ขอบคุณ"
SEEN = Evidence(EvidenceKind.OBSERVATION, NOTE, place="washrooms", when="4 Nov, about 10")


def test_a_quick_note_is_kept_to_the_letter_with_its_place_and_the_laptops_time(
    at_work: AtWork, ines: Identity
) -> None:
    at_work.casebook.close()
    with open_laptop(at_work.path, ines, Clock(1_793_782_800.0, ticks=0)) as book:
        book.jot(at_work.visit, NOTE, " washrooms ")
        (note,) = book.jottings(at_work.visit)
    assert (note.text, note.place, note.author) == (NOTE, "washrooms", "Ines Example")
    assert note.when.startswith("2026-11-0")


def test_what_she_says_about_the_time_stands(at_work: AtWork) -> None:
    at_work.casebook.jot(at_work.visit, NOTE, when="before lunch")
    assert [note.when for note in at_work.casebook.jottings(at_work.visit)] == ["before lunch"]


@pytest.mark.parametrize(("text", "place"), [(" \n", ""), ("seen", "a\nb"), ("seen\x00", "")])
def test_a_quick_note_that_cannot_be_kept_is_refused_whole(at_work: AtWork, text: str, place: str) -> None:
    with pytest.raises(BadInputError):
        at_work.casebook.jot(at_work.visit, text, place)
    assert at_work.casebook.jottings(at_work.visit) == ()


def test_quick_notes_wait_in_the_order_in_which_they_were_written(at_work: AtWork) -> None:
    book = at_work.casebook
    for text in ("first", "second", "third"):
        book.jot(at_work.visit, text)
    assert [note.text for note in book.jottings(at_work.visit)] == ["first", "second", "third"]
    assert [visit.jottings for visit in book.visits()] == [3]
    assert book.visit(at_work.visit).jottings == book.jottings(at_work.visit)


def test_filing_makes_it_evidence_and_takes_it_out_of_the_inbox(at_work: AtWork) -> None:
    book = at_work.casebook
    note = book.jot(at_work.visit, NOTE)
    became = book.file_jotting(at_work.visit, note, ITEM, SEEN)
    assert book.jottings(at_work.visit) == ()
    finding = book.finding(at_work.visit, ITEM)
    assert finding is not None
    (source,) = finding.evidence
    assert (source.id, source.note, source.place, source.when) == (became, NOTE, "washrooms", "4 Nov, about 10")
    assert source.consent is Consent.NONE
    assert book.health().sound


def test_filing_is_one_act_where_the_disk_fails_between_nothing_is_filed(
    at_work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = at_work.casebook
    note = book.jot(at_work.visit, NOTE)
    before = entries(book)

    def full(*_: object, **__: object) -> str:
        book.add_evidence = original  # type: ignore[method-assign]
        original(at_work.visit, ITEM, SEEN)
        raise CasebookError("The disk is full.")

    original = book.add_evidence
    monkeypatch.setattr(book, "add_evidence", full)
    with pytest.raises(CasebookError):
        book.file_jotting(at_work.visit, note, ITEM, SEEN)
    assert entries(book) == before
    assert [waiting.id for waiting in book.jottings(at_work.visit)] == [note]
    assert book.finding(at_work.visit, ITEM) is None


@pytest.mark.parametrize("item", ["hygiene.nothing", ""])
def test_a_quick_note_cannot_be_filed_under_an_item_that_is_not_there(at_work: AtWork, item: str) -> None:
    note = at_work.casebook.jot(at_work.visit, NOTE)
    with pytest.raises(UnknownError, match="No item"):
        at_work.casebook.file_jotting(at_work.visit, note, item, SEEN)
    assert len(at_work.casebook.jottings(at_work.visit)) == 1


def test_a_quick_note_is_sorted_once(at_work: AtWork) -> None:
    book = at_work.casebook
    note = book.jot(at_work.visit, NOTE)
    book.file_jotting(at_work.visit, note, ITEM, SEEN)
    with pytest.raises(UnknownError, match="sorted already"):
        book.file_jotting(at_work.visit, note, ITEM, SEEN)
    with pytest.raises(UnknownError, match="sorted already"):
        book.discard_jotting(at_work.visit, note)


def test_a_discarded_quick_note_can_be_brought_back_word_for_word(at_work: AtWork) -> None:
    book = at_work.casebook
    note = book.jot(at_work.visit, NOTE)
    book.discard_jotting(at_work.visit, note)
    assert book.jottings(at_work.visit) == ()
    book.reopen_jotting(at_work.visit, note)
    assert [waiting.text for waiting in book.jottings(at_work.visit)] == [NOTE]


def test_taking_a_filing_back_withdraws_the_source_and_the_note_waits_again(at_work: AtWork) -> None:
    book = at_work.casebook
    note = book.jot(at_work.visit, NOTE)
    book.file_jotting(at_work.visit, note, ITEM, SEEN)
    book.reopen_jotting(at_work.visit, note)
    assert [waiting.id for waiting in book.jottings(at_work.visit)] == [note]
    assert book.finding(at_work.visit, ITEM) is None
    again = book.file_jotting(at_work.visit, note, "hygiene.toilets", SEEN)
    finding = book.finding(at_work.visit, "hygiene.toilets")
    assert finding is not None
    assert [source.id for source in finding.evidence] == [again]
    assert book.health().sound


def test_two_who_file_the_same_quick_note_apart_keep_both_sources_and_the_inbox_is_empty(
    at_work: AtWork, ines: Identity, omar: Identity
) -> None:
    note = at_work.casebook.jot(at_work.visit, NOTE)
    at_work.casebook.close()
    folder = at_work.path.parent
    one = copy_for(at_work.path, folder, "one", ines)
    two = copy_for(at_work.path, folder, "two", omar, Clock(1_793_790_000.0))
    with one, two:
        ids = {book.file_jotting(at_work.visit, note, ITEM, SEEN) for book in (one, two)}
        everything = entries(one) + entries(two)
        for book in (one, two):
            give(book, everything)
            assert book.jottings(at_work.visit) == ()
            record = book.visit(at_work.visit)
            assert {source.id for source in record.findings[ITEM].evidence} == ids
            assert [conflict.aspect for conflict in record.conflicts] == ["filing"]
            assert book.health().sound


def test_one_discards_while_another_files_and_the_source_stands(
    at_work: AtWork, ines: Identity, omar: Identity
) -> None:
    note = at_work.casebook.jot(at_work.visit, NOTE)
    at_work.casebook.close()
    one = copy_for(at_work.path, at_work.path.parent, "one", ines)
    two = copy_for(at_work.path, at_work.path.parent, "two", omar, Clock(1_793_790_000.0))
    with one, two:
        one.file_jotting(at_work.visit, note, ITEM, SEEN)
        two.discard_jotting(at_work.visit, note)
        give(two, entries(one))
        assert two.jottings(at_work.visit) == ()
        assert len(two.visit(at_work.visit).findings[ITEM].evidence) == 1


def test_the_last_place_is_that_of_whoever_works_here(at_work: AtWork, omar: Identity) -> None:
    from tests.conftest import enrol

    book = at_work.casebook
    assert book.last_place(at_work.visit) == ""
    book.jot(at_work.visit, "one", "yard")
    book.add_evidence(at_work.visit, ITEM, SEEN)
    book.jot(at_work.visit, "two")
    assert book.last_place(at_work.visit) == "washrooms"
    enrol(book, omar)
    assert book.last_place(at_work.visit) == ""


def test_a_casebook_from_before_quick_notes_takes_them_after_it_is_opened(at_work: AtWork, ines: Identity) -> None:
    db = at_work.casebook._db
    db.execute("DROP TABLE jottings")
    db.execute("DELETE FROM _sqlite_migrations WHERE name = 'quick_notes'")
    db.execute("UPDATE settings SET value = '1' WHERE name = 'projection'")
    db.conn.commit()
    at_work.casebook.close()
    with Casebook.open(at_work.path) as book:
        book.enrol(ines.key_file, ines.fingerprint, ines.name, ines.certificate)
        book.jot(at_work.visit, NOTE)
        assert len(book.jottings(at_work.visit)) == 1
        assert book.health().sound

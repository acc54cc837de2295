"""Finding an item again by a word, a note, a rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_kit.casebook import Casebook
from inspect_kit.casebook.search import marks
from inspect_kit.errors import UnknownError
from inspect_kit.identity import Identity
from inspect_kit.model import (
    Assessment,
    Checklist,
    Evidence,
    EvidenceKind,
    FoundIn,
    Hit,
    Item,
    Person,
    Recommendation,
    VisitKind,
    VisitPlan,
)
from tests.conftest import FACILITY, TEAM, AtWork, enrol


def item(template: Item, name: str, number: int, short: str, clauses: tuple[str, ...], ask: str) -> Item:
    return replace(
        template, id=f"hygiene.{name}", number=number, short=short, clauses=clauses, ask=ask, why="", look=(),
        talk_to={}, records=(), red_flags=(), they_say=(), benchmarks=(), measure=None,
    )  # fmt: skip


@pytest.fixture(scope="module")
def few(checklist: Checklist) -> Checklist:
    """Four items with known words."""
    first = checklist.items[0]
    items = (
        item(first, "showers", 1, "Warm showers", ("BR-5",), "Can women wash with warm water every day?"),
        item(first, "pads", 2, "Pads", ("BR-5", "BR-25.3"), "Are pads free, without asking a man?"),
        item(first, "night", 3, "At night", ("BR-19",), "Do women officers search at night?"),
        replace(
            item(first, "children", 19, "Mères", ("BR-52.1",), "Do mothers wash with their children?"),
            look=("a bath at the right height",),
            talk_to={Person.WOMEN: ("Where do you bathe her?",)},
            red_flags=("one tub for forty",),
        ),
    )
    return replace(checklist, id="f" * 64, items=items)


@pytest.fixture
def book(tmp_path: Path, ines: Identity, few: Checklist) -> Iterator[tuple[Casebook, str]]:
    """A casebook with two visits of the four items, and the id of the first."""
    with Casebook.create(tmp_path / "search.casebook") as casebook:
        enrol(casebook, ines)
        facility = replace(FACILITY, id=casebook.add_facility(FACILITY))
        plan = VisitPlan(facility, VisitKind.FULL, "2026-11-04")
        visit, other = casebook.plan_visit(plan, TEAM, few), casebook.plan_visit(plan, TEAM, few)
        casebook.judge(
            visit, "hygiene.pads", Assessment.NOT_MET, narrative="Two of five asked at the gate;\n\tnone free."
        )
        casebook.add_evidence(
            visit, "hygiene.night", Evidence(EvidenceKind.INTERVIEW, "A man was on the gate, twice, in the cold.")
        )
        casebook.recommend(
            visit, Recommendation("Mend the boiler within a week.", "The governor", findings=("hygiene.showers",))
        )
        casebook.judge(other, "hygiene.showers", Assessment.MET, narrative="Elsewhere: zebra gate.")
        yield casebook, visit


Book = tuple[Casebook, str]


def found(book: Book, words: str) -> list[str]:
    return [hit.item.removeprefix("hygiene.") for hit in book[0].search(book[1], words)]


def marked(hit: Hit) -> list[str]:
    return [hit.excerpt[start:end] for start, end in hit.marks]


@pytest.mark.parametrize(
    ("words", "items", "where", "marked_words"),
    [
        ("pads", ["pads"], FoundIn.QUESTION, ["pads"]),
        ("ASKED", ["pads"], FoundIn.NOTE, ["asked"]),
        ("twice", ["night"], FoundIn.EVIDENCE, ["twice"]),
        ("boil", ["showers"], FoundIn.RECOMMENDATION, ["boil"]),
        ("tub forty", ["children"], FoundIn.GUIDE, ["tub", "forty"]),
        ("bathe", ["children"], FoundIn.GUIDE, ["bathe"]),
    ],
)
def test_a_word_is_found_wherever_it_stands_and_is_marked_there(book: Book, words, items, where, marked_words) -> None:
    hits = book[0].search(book[1], words)
    assert [hit.item.removeprefix("hygiene.") for hit in hits] == items
    assert hits[0].found_in is where
    assert marked(hits[0]) == marked_words


def test_the_words_of_a_rule_find_its_items(book: Book, few: Checklist) -> None:
    word = next(word for word in few.clauses["BR-19"].means.split() if len(word) > 8 and word.isalpha())
    hits = {hit.item: hit for hit in book[0].search(book[1], word)}
    assert hits["hygiene.night"].found_in is FoundIn.RULE


def test_each_word_is_a_beginning_and_all_of_them_have_to_be_there_though_in_different_texts(book: Book) -> None:
    assert found(book, "was") == ["showers", "children", "night"]  # “wash” in two questions, “was” in what she said
    assert found(book, "offic cold") == ["night"]  # the question, and an interview
    assert found(book, "ash") == []
    assert found(book, "pads zebra") == []


def test_case_and_diacritics_do_not_count(book: Book) -> None:
    casebook, visit = book
    assert found(book, "meres") == found(book, "MÈRES") == found(book, "me\u0300res") == ["children"]
    casebook.judge(visit, "hygiene.night", Assessment.MET, narrative="Señora Ñandú öffnet die Tür.")
    assert found(book, "nandu") == ["night"]
    assert marked(casebook.search(visit, "OFFNET tur")[0]) == ["öffnet", "Tür"]


@pytest.mark.parametrize("typed", ["19", "rule 19", "Rules 19", "BR-19", "br19", "BR 19"])
def test_a_rules_number_brings_its_items_first(book: Book, typed: str) -> None:
    hits = book[0].search(book[1], typed)
    assert hits[0].item == "hygiene.night"
    assert hits[0].excerpt.startswith("BR-19 · Do women officers")
    assert marked(hits[0])


@pytest.mark.parametrize("typed", ["25.3", "25(3)", "rule 25(3)", "BR-25.3", "br25.3", "25"])
def test_a_clauses_number_brings_its_items_first(book: Book, typed: str) -> None:
    assert found(book, typed)[0] == "pads"


def test_rule_5_comes_before_rule_52_and_a_label_before_a_note(book: Book) -> None:
    assert found(book, "5") == ["showers", "pads", "children"]
    assert found(book, "night") == ["night"]
    book[0].judge(book[1], "hygiene.showers", None, narrative="Cold at night.")
    assert found(book, "night") == ["night", "showers"]


def test_what_another_visit_holds_stays_there(book: Book) -> None:
    assert found(book, "zebra") == []
    assert found(book, "gate") == ["pads", "night"]


def test_what_was_recorded_a_moment_ago_is_found_and_what_it_replaced_is_not(book: Book) -> None:
    casebook, visit = book
    casebook.judge(visit, "hygiene.pads", Assessment.MET, narrative="All free since the summer.")
    assert found(book, "summer") == ["pads"]
    assert found(book, "gate") == ["night"]


def test_a_changed_checklist_is_searched_as_it_is_now(book: Book, few: Checklist) -> None:
    casebook, visit = book
    assert found(book, "pads") == ["pads"]
    casebook.change_visit(visit, checklist=replace(few, id="e" * 64, items=few.items[2:]))
    assert found(book, "pads") == []
    assert found(book, "19")[0] == "night"


def test_searching_writes_nothing_into_the_casebook(book: Book) -> None:
    casebook, _ = book
    (before,) = casebook._db.execute("PRAGMA main.schema_version").fetchone()
    wal = casebook.path.with_name(casebook.path.name + "-wal")
    size = wal.stat().st_size
    assert found(book, "night")
    assert casebook._db.execute("PRAGMA main.schema_version").fetchone() == (before,)
    assert wal.stat().st_size == size
    assert not casebook._db.conn.in_transaction
    assert casebook.health().sound


def test_an_unknown_visit_is_refused(book: Book) -> None:
    with pytest.raises(UnknownError):
        book[0].search("01J00000000000000000000000", "x")


HOSTILE = [
    "", "  ", '"', '""', "*", "a*", "NEAR", "NEAR(a b, 2)", "a AND NOT b", "OR", "label:", "{label}:x", "-x", "^x",
    "'; DROP TABLE evidence; --", "(", ")", "[", "]", "%", "_", "\x00", "a\x00b", "\ud800", "😀", "מילה", "ขอบคุณ",
    "مرحبا", "水", "x" * 10_000, "x " * 5_000, '"' * 10_000, "19.1.1.1.1", "999", "-19", "ſ-1", "İ",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
def test_whatever_is_typed_is_a_word_and_never_a_command(book: Book, typed: str) -> None:
    assert isinstance(found(book, typed), list)


def test_the_query_languages_own_words_are_words(book: Book) -> None:
    casebook, visit = book
    casebook.judge(visit, "hygiene.pads", Assessment.MET, narrative='Near the gate, not in it; "AND" label: x*')
    for typed in ("near", "NOT", "AND", '"and"', "label:", "x*"):
        assert found(book, typed)[:1] == ["pads"], typed
    assert found(book, "near OR zebra") == []


@pytest.mark.parametrize(
    ("note", "typed"), [("مرحبا بكم", "مرح"), ("ขอบคุณครับ", "ขอบคุณ"), ("浴室冷水", "浴室"), ("Ελλάδα", "ΕΛΛΆ")]
)
def test_other_scripts_are_found(book: Book, note: str, typed: str) -> None:
    book[0].judge(book[1], "hygiene.pads", Assessment.MET, narrative=note)
    (hit,) = book[0].search(book[1], typed)
    assert hit.excerpt == note
    assert hit.marks


@given(st.text(max_size=60), st.text(max_size=20))
def test_marks_lie_in_the_text_one_after_the_other(text: str, typed: str) -> None:
    end = 0
    for start, after in marks(text, typed):
        assert end <= start < after <= len(text)
        end = after


def test_a_long_note_shows_the_place_of_the_word_on_one_line(book: Book) -> None:
    note = "line of words\n\t" * 7_000 + "the \x1b[31m needle\u202e lies here " + "and more " * 50
    book[0].judge(book[1], "hygiene.pads", Assessment.MET, narrative=note)
    (hit,) = book[0].search(book[1], "needle")
    assert marked(hit) == ["needle"]
    assert len(hit.excerpt) < 250
    assert hit.excerpt[0] == hit.excerpt[-1] == "…"
    assert hit.excerpt.index("needle") < 30
    assert not set("\n\t\x1b\u202e") & set(hit.excerpt)


def test_an_encrypted_casebook_is_searched_alike(begin, tmp_path: Path) -> None:
    work: AtWork = begin(tmp_path / "secret.casebook", "a long passphrase")
    with work.casebook as casebook:
        casebook.judge(work.visit, "hygiene.showers", Assessment.NOT_MET, narrative="zebra")
        assert [hit.item for hit in casebook.search(work.visit, "zeb")] == ["hygiene.showers"]


def test_no_more_hits_than_asked_for(at_work: AtWork) -> None:
    assert len(at_work.casebook.search(at_work.visit, "a", 7)) == 7

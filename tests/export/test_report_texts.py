"""What people typed is printed as the text it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from html import unescape
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from visit_builder import MADE, empty_visit, evidence, item, one_finding, plan

from inspect_kit.export.report.text import Ink, day, days, listed, size, stamp_moment
from inspect_kit.model import (
    Assessment,
    ClauseNote,
    EvidenceKind,
    Facility,
    Finding,
    Member,
    Recommendation,
    Section,
    Source,
    Team,
)
from tests.pdf_tools import letters, words

Noted = Callable[[str], Path]


MARKUP = (
    "<b>bold</b> and </para> and <para>",
    "&amp; &lt; &#65; & alone",
    '<img src="/etc/passwd"/>',
    '<a href="javascript:alert(1)">x</a>',
    "[/x] [bold] %(name)s {braces} \\n %%EOF",
    "<<<>>> <font color='red'",
)


def test_a_note_full_of_markup_is_printed_as_the_text_it_is(noted: Noted) -> None:
    path = noted("\n".join(MARKUP))
    text = letters(path)
    for line in MARKUP:
        assert re.sub(r"\s", "", line) in text
    reader = PdfReader(path)
    for page in reader.pages:
        assert not page.images
        links = [note.get_object().get("/A", {}) for note in page.get("/Annots", ())]
        assert not any("/URI" in link for link in links)


def test_markup_in_any_field_is_printed_as_text(written: Callable[..., Path]) -> None:
    bad = "<b>&amp;<img src='/etc/passwd'>"
    only = item("searches", 1, ask=bad, clauses=(bad,))
    visit = empty_visit(
        plan=plan(facility=Facility(bad, bad, bad, bad)),
        team=Team((Member(bad, profession=bad),), bad),
        authors={bad: bad},
        recommendations=(Recommendation(bad, bad, bad, findings=(bad,), number=1),),
        findings={only.id: Finding(only.id, Assessment.NOT_MET, bad, bad, evidence=(
            evidence(EvidenceKind.DOCUMENT, bad, place=bad, when=bad, group=bad),))},
    )  # fmt: skip
    named = replace(
        visit.checklist,
        items=(only,),
        standards={"searches": Source(bad, bad), "other": Source(bad, bad)},
        themes={"searches": Section("searches", bad, (bad,), "searches")},
        clauses={bad: ClauseNote(bad, bad)},
    )
    visit = replace(visit, checklist=named)
    assert letters(written(visit)).count(re.sub(r"\s", "", bad)) > 15


def test_line_breaks_and_indents_of_a_note_are_kept(noted: Noted) -> None:
    from tests.pdf_tools import run

    path = noted("First line\nSecond line\n    indented   apart")
    lines = run("pdftotext", "-layout", str(path), "-").stdout.replace("\u00a0", " ").splitlines()
    at = next(number for number, line in enumerate(lines) if "First line" in line)
    assert lines[at + 1].strip() == "Second line"
    assert re.search("indented +apart", lines[at + 2])
    assert lines[at + 2].index("indented") > lines[at + 1].index("Second")


def test_what_the_typeface_lacks_is_printed_as_codes_and_counted_once(noted: Noted) -> None:
    text = words(noted("Room 7 \U0001f600 and سلام and \x1b[31m"))
    assert "Room 7 [U+1F600] and [U+0633][U+0644][U+0627][U+0645] and [U+001B][31m" in text
    assert "6 characters of the team’s texts" in text


def test_characters_that_would_be_invisible_or_turn_the_text_around_are_shown(noted: Noted) -> None:
    assert "a[U+202E]b[U+200B]c[U+FEFF]d" in words(noted("a\u202eb\u200bc\ufeffd"))


def test_a_report_without_codes_says_that_all_is_as_it_was_written(noted: Noted) -> None:
    assert "Every character of the team’s texts is printed as it was written." in words(
        noted("Ž, ß, Ω, Ж, ’, 19 °C, ½")
    )


def test_a_letter_with_a_loose_accent_is_printed_as_one(noted: Noted) -> None:
    assert "Zoé" in words(noted("Zoe\u0301"))


def test_a_note_of_a_hundred_thousand_characters_is_printed_to_its_last_word(noted: Noted) -> None:
    text = " ".join(f"word{number}" for number in range(10_000)) + " thelastword"
    found = letters(noted(text))
    assert "word9999thelastword" in found
    assert len(re.findall(r"word\d+", found)) == 10_000


def test_a_note_of_thousands_of_lines_is_printed_to_its_last_line(noted: Noted) -> None:
    assert "line1199" in letters(noted("\n".join(f"line {number}" for number in range(1200))))


def test_a_word_without_a_space_is_broken_and_stays_on_the_page(noted: Noted) -> None:
    path = noted("x" * 5000)
    assert letters(path).count("x") >= 5000
    for page in PdfReader(path).pages:
        edges: list[float] = []
        page.extract_text(visitor_text=lambda text, _cm, tm, _font, _size, edges=edges: edges.append(tm[4]))
        assert all(edge < 595 - 70 for edge in edges)


def test_a_question_of_many_pages_is_split(written: Callable[..., Path]) -> None:
    long = item("searches", 1, ask="Why is it so? " * 700)
    visit = empty_visit(findings={long.id: Finding(long.id, Assessment.NOT_MET)})
    path = written(replace(visit, checklist=replace(visit.checklist, items=(long,))))
    assert letters(path).count("Whyisitso?") == 700


def test_a_reason_of_many_pages_is_printed_in_the_annex(written: Callable[..., Path]) -> None:
    finding = Finding("", Assessment.NOT_VERIFIED, reason="Because it was locked. " * 2000)
    assert letters(written(one_finding(finding))).count("waslocked") >= 1990  # some fall apart at a page's end


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.text())
def test_no_character_of_any_text_is_lost_or_read_as_markup(text: str) -> None:
    def bare(value: str) -> str:
        return "".join(unicodedata.normalize("NFC", value).split())

    shown = unescape(Ink().markup(text).replace("<br/>", "\n"))
    assert not re.search("[\x00-\x09\x0b-\x1f]", shown)
    if "[U+" not in text:
        back = re.sub(r"\[U\+([0-9A-F]{4,6})\]", lambda code: chr(int(code[1], 16)), shown)
        assert bare(back) == bare(text)


@given(st.lists(st.sampled_from(["word", "\n", "\n\n", "x" * 50, " "]), max_size=400))
def test_cutting_a_note_into_pieces_loses_nothing(parts: list[str]) -> None:
    text = "".join(parts)
    pieces = "".join(markup.replace("<br/>", "") for markup, _ in Ink().paragraphs(text))
    assert "".join(pieces.split()) == "".join(text.split())


def test_days_are_written_as_people_read_them() -> None:
    assert day("2026-11-04") == "4 November 2026"
    assert day("soon") == "soon"
    assert days("2026-11-04", "2026-11-04") == "4 November 2026"
    assert days("2026-11-04", "2026-11-06") == "4 to 6 November 2026"
    assert days("2026-11-30", "2026-12-02") == "30 November to 2 December 2026"
    assert days("2026-12-30", "2027-01-02") == "30 December 2026 to 2 January 2027"


def test_a_stamp_is_told_in_the_time_zone_of_the_report() -> None:
    made = datetime(2026, 11, 20, 12, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    assert stamp_moment("2026-11-04T20:30:00.123Z.0000", made) == "5 November 2026, 02:15"
    assert stamp_moment("yesterday", MADE) == "yesterday"
    assert stamp_moment("2026-11-04T20:30:00", made.astimezone(timezone(timedelta(hours=1)))) in {
        "4 November 2026, 21:30",
        datetime(2026, 11, 4, 20, 30, tzinfo=UTC).astimezone().strftime("4 November 2026, %H:%M"),
    }


def test_sizes_and_lists_are_told_in_words() -> None:
    assert (size(1), size(999), size(1500), size(240_000), size(3_400_000)) == (
        "1 byte",
        "999 bytes",
        "1.5 kB",
        "240 kB",
        "3.4 MB",
    )
    assert (listed([]), listed(["a"]), listed(["a", "b", "c"])) == ("", "a", "a, b and c")

"""What people type: days, lines, notes, passphrases."""

import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspect_kit.errors import BadInputError
from inspect_kit.model import check_passphrase, clean_line, clean_note, parse_day
from inspect_kit.model.text import LINE_LIMIT, NOTE_LIMIT

DAY = date(2026, 11, 4)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-04",
        "2026-11-4",
        " 2026-11-04 ",
        "4.11.2026",
        "04.11.2026",
        "4/11/2026",
        "04/11/2026",
        "4 Nov 2026",
        "4 nov 2026",
        "04 November 2026",
        "4. November 2026",
        "4 NOV. 2026",
        "٢٠٢٦-١١-٠٤",
    ],
)
def test_a_day_is_read_as_people_type_it(typed: str) -> None:
    assert parse_day(typed, "The first day") == DAY


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "soon",
        "11/2026",
        "4.11.26",
        "2026-13-01",
        "2026-02-29",
        "31.4.2026",
        "13/13/2026",
        "1899-12-31",
        "2201-01-01",
        "0000-00-00",
        "4 Noo 2026",
        "4-11-2026",
        "4/11.2026x",
        "2026-11-04T09:00",
        "2026-11-04\n2026-11-05",
        "x" * 5_000,
    ],
)
def test_what_is_no_day_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(BadInputError, match=r"The first day .* type it like 2026-11-04 or 4 Nov 2026") as told:
        parse_day(typed, "The first day")
    assert len(str(told.value)) < 200


FRENCH = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("4 févr. 2026", 2),
        ("4 février 2026", 2),
        ("4 FÉVRIER 2026", 2),
        ("4 fevrier 2026", 2),
        (unicodedata.normalize("NFD", "4 février 2026"), 2),
        ("4 mars 2026", 3),
        ("4 mai 2026", 5),
        ("4 juin 2026", 6),
        ("4 juillet 2026", 7),
        ("4 juil 2026", 7),
        ("4 aout 2026", 8),
        ("4 décembre 2026", 12),
        ("4 Feb 2026", 2),
        ("4 May 2026", 5),
        ("4 August 2026", 8),
        ("4 dec 2026", 12),
    ],
)
def test_an_inspector_who_works_in_french_names_months_in_french_or_english(
    typed: str, month: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inspect_kit.model.text.months", lambda: FRENCH)
    assert parse_day(typed, "The day") == date(2026, month, 4)


def test_the_first_of_a_month_is_read_as_french_writes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspect_kit.model.text.months", lambda: FRENCH)
    assert parse_day("1er juillet 2026", "The day") == date(2026, 7, 1)


@pytest.mark.parametrize("typed", ["4 jui 2026", "4 ma 2026", "4 févr; 2026", "4 . 2026", "4 7 2026"])
def test_a_month_that_could_be_two_or_none_is_refused(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspect_kit.model.text.months", lambda: FRENCH)
    with pytest.raises(BadInputError, match="is no day"):
        parse_day(typed, "The day")


def test_french_months_are_not_guessed_where_the_interface_is_english() -> None:
    with pytest.raises(BadInputError, match="is no day"):
        parse_day("4 févr. 2026", "The day")


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_day_is_read_in_each_of_its_spellings(day: date) -> None:
    for spelling in (day.isoformat(), f"{day.day}.{day.month}.{day.year}", f"{day.day}/{day.month}/{day.year}"):
        assert parse_day(spelling, "The day") == day


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r")))
def test_a_note_is_kept_to_the_letter(text: str) -> None:
    assert clean_note(text) == (text if text.strip() else "")
    assert clean_note(clean_note(text)) == clean_note(text)


def test_line_ends_of_all_systems_become_one() -> None:
    assert clean_note("a\r\nb\rc\nd") == "a\nb\nc\nd"


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b", "\udfff"])
def test_bytes_that_are_no_text_are_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="The remark holds bytes that are no text"):
        clean_note(text, "The remark")


def test_a_note_has_room_for_a_million_characters_and_no_more() -> None:
    assert len(clean_note("x" * NOTE_LIMIT)) == NOTE_LIMIT
    with pytest.raises(BadInputError, match="1,000,001 characters; at most 1,000,000 fit"):
        clean_note("x" * (NOTE_LIMIT + 1))


@given(st.text(max_size=30))
@example("a\x7f")
@example("a\x1b[31m")
@example("a\u2028b")
def test_a_line_is_kept_or_refused(text: str) -> None:
    try:
        line = clean_line(text, "The place")
    except BadInputError:
        return
    assert line == text.strip()
    assert not any(ord(character) < 32 or ord(character) == 127 for character in line)


def test_a_line_may_be_needed_and_has_an_end() -> None:
    assert clean_line(" ", "The place") == ""
    with pytest.raises(BadInputError, match="The place is missing"):
        clean_line(" \n ", "The place", required=True)
    assert len(clean_line("x" * LINE_LIMIT, "The place")) == LINE_LIMIT
    with pytest.raises(BadInputError, match="501 characters; at most 500"):
        clean_line("x" * (LINE_LIMIT + 1), "The place")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_a_passphrase_has_one_form_however_it_was_composed(text: str) -> None:
    forms = {check_passphrase(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}
    assert forms == {unicodedata.normalize("NFC", text)}


@pytest.mark.parametrize("text", ["", "a\nb", "\t", "a\0", "\ud800"])
def test_a_passphrase_that_cannot_be_typed_again_is_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="choose another"):
        check_passphrase(text)

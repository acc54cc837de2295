"""What a report says of the rules: our words, the imported text, whose standard, and how much was chosen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from visit_builder import MADE, one_finding

from inspect_kit.export.report import write_report
from inspect_kit.model import Assessment, ClauseNote, Edition, Finding, Scope, Section, Source, VisitRecord, Wording
from tests.pdf_tools import words


@pytest.fixture
def visit() -> VisitRecord:
    """One finding that rests on one clause."""
    record = one_finding(Finding("", Assessment.NOT_MET, narrative="It is not green."))
    notes = {clause: ClauseNote("Meadows", f"Our words on {clause}.") for clause in record.checklist.items[0].clauses}
    return replace(record, checklist=replace(record.checklist, clauses=notes))


def text_of(visit: VisitRecord, folder: Path, wording: dict[str, Wording] | None = None) -> str:
    path = folder / "report.pdf"
    write_report(visit, Edition.AUTHORITY, path, {}.__getitem__, MADE, wording or {})
    return words(path)


def test_without_the_official_text_the_annex_gives_our_words_and_says_so(visit: VisitRecord, tmp_path: Path) -> None:
    text = text_of(visit, tmp_path)
    clause = visit.checklist.items[0].clauses[0]
    assert f"Our words on {clause}." in text
    assert "in our own words; read the official text before quoting it" in text
    assert "Official text:" not in text


def test_the_imported_text_stands_beside_ours_and_is_marked_as_what_it_is(visit: VisitRecord, tmp_path: Path) -> None:
    clause = visit.checklist.items[0].clauses[0]
    text = text_of(visit, tmp_path, {clause: Wording("Meadows shall be green.", official=True)})
    assert f"Our words on {clause}. Official text: Meadows shall be green." in text
    text = text_of(visit, tmp_path, {clause: Wording("Meadows shall be <b>grey</b>.", official=False)})
    assert "Text as imported; it differs from the official document: Meadows shall be <b>grey</b>." in text


def test_a_clause_of_a_hundred_thousand_letters_does_not_break_the_report(visit: VisitRecord, tmp_path: Path) -> None:
    clause = visit.checklist.items[0].clauses[0]
    assert "meadow meadow" in text_of(visit, tmp_path, {clause: Wording("meadow " * 14_000, official=False)})


def test_items_say_whose_standard_they_come_from_where_there_are_several(visit: VisitRecord, tmp_path: Path) -> None:
    checklist = visit.checklist
    assert "Items from:" not in text_of(visit, tmp_path)
    both = replace(
        checklist,
        standards={**checklist.standards, "meadow": Source("Meadow Act", "The Meadow Act of Exampleland")},
        themes={theme: replace(section, standard="meadow") for theme, section in checklist.themes.items()}
        | {"other": Section("other", "Other", (), "bangkok-rules")},
    )
    text = text_of(replace(visit, checklist=both), tmp_path)
    assert "Items from: The Meadow Act of Exampleland" in text
    assert "Rules for Examples (the Example Rules); The Meadow Act of Exampleland" in text


@pytest.mark.parametrize(
    ("scope", "told"),
    [
        (Scope(), "All themes: "),
        (Scope(rules=(5, 19)), "What tests the rules 5, 19: "),
        (Scope(items=("searches.item-1",)), "What the visit that is followed up left open: 1 item."),
        (Scope(minutes=90), "Of these, what one inspector can do in 1.5 hours, bans and the gravest items first."),
    ],
)
def test_the_report_says_what_was_chosen_so_that_a_part_is_not_taken_for_the_whole(
    visit: VisitRecord, tmp_path: Path, scope: Scope, told: str
) -> None:
    chosen = replace(visit, checklist=replace(visit.checklist, scope=scope))
    assert told in text_of(chosen, tmp_path)

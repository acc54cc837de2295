"""What a report holds, and how its pages are made."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from visit_builder import MADE, Files, empty_visit, evidence, full_visit, item, looked_at, one_finding, plan, team

from inspect_kit.errors import BadInputError
from inspect_kit.export.report import write_report
from inspect_kit.model import (
    Account,
    Assessment,
    Conflict,
    Consent,
    Edition,
    EvidenceKind,
    Finding,
    Priority,
    Recommendation,
    Side,
)
from tests.pdf_tools import letters, run, sound, words

Write = Callable[..., Path]


def test_the_same_record_gives_the_same_bytes(full_report: Path, tmp_path: Path) -> None:
    files = Files()
    again = tmp_path / "again.pdf"
    visit = full_visit(files)
    answers = looked_at(visit, Edition.AUTHORITY)
    write_report(visit, Edition.AUTHORITY, again, files.__getitem__, MADE, answers=answers)
    assert again.read_bytes() == full_report.read_bytes()


def test_a_report_is_sound_for_another_reader(full_report: Path) -> None:
    assert sound(full_report) == ""


def test_only_our_own_fonts_are_in_a_report_and_all_are_embedded(full_report: Path) -> None:
    rows = run("pdffonts", str(full_report)).stdout.splitlines()[2:]
    assert rows
    assert all("NotoSans" in row and " yes yes yes " in row for row in rows)


def test_the_document_names_itself(full_report: Path) -> None:
    reader = PdfReader(full_report)
    about = reader.metadata
    assert about is not None
    assert about.title == "Women’s Prison Example-North: report on the full visit of 4 to 6 November 2026"
    assert about.author == "Ana Example, Berta Muster, Dr Carla Sample, Dan Interpreter"
    assert about.subject == "Authority edition, for the authority that runs the facility"
    assert about.creation_date == MADE
    assert reader.root_object["/Lang"] == "en-GB"
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_contents_give_the_page_on_which_a_section_begins(full_report: Path) -> None:
    pages = [page.extract_text() for page in PdfReader(full_report).pages]
    told = re.search(r"Recommendations\s+(\d+)", pages[2])
    assert told
    number = int(told[1])
    assert "Repair the door" in pages[number - 1]
    assert "Recommendations" in pages[number - 1]


def test_each_page_after_the_cover_knows_its_number_and_the_number_of_all(full_report: Path) -> None:
    pages = PdfReader(full_report).pages
    for number, page in enumerate(pages, 1):
        assert (f"Page {number} of {len(pages)}" in page.extract_text()) is (number > 1)


def test_bookmarks_lead_to_sections_themes_and_findings(full_report: Path) -> None:
    outline = PdfReader(full_report).outline
    titles = [entry.title for entry in outline if not isinstance(entry, list)]
    assert titles[:5] == ["Signatures", "At a glance", "Priority concerns", "Ratings by theme", "Findings by theme"]
    themes = outline[titles.index("Findings by theme") + 1]
    assert themes[0].title == "Searches"
    assert themes[1][0].title == "Searches 1"


def test_the_cover_says_what_was_inspected_when_and_for_whom(full_report: Path) -> None:
    cover = PdfReader(full_report).pages[0].extract_text()
    for told in ("Women’s Prison Example-North", "Northtown, Exampleland", "4 to 6 November 2026", "Authority edition",
                 "Ana Example", "Example Rules", "20 November 2026"):  # fmt: skip
        assert told in cover


def test_every_finding_stands_in_the_report_with_its_number(full_report: Path) -> None:
    text = letters(full_report)
    visit = full_visit(Files())
    assert len(visit.findings) > 45
    for item_id in visit.findings:
        theme, number = item_id.split(".item-")
        assert visit.checklist.title(theme).replace(" ", "") + number + "BR-" in text


def test_occupancy_is_told_from_women_girls_and_capacity(full_report: Path) -> None:
    assert "215womenandgirlsareheld,anoccupancyof119%" in letters(full_report)


def test_an_urgent_finding_stands_among_the_concerns_with_its_recommendation(written: Write) -> None:
    finding = Finding("", Assessment.NOT_MET, narrative="The door is open.", priority=Priority.URGENT)
    asked = Recommendation("Close the door.", "The director", "2027-01-15", findings=("searches.item-1",), number=1)
    path = written(one_finding(finding, recommendations=(asked,)))
    page = next(page.extract_text() for page in PdfReader(path).pages if "Urgent: 1 finding" in page.extract_text())
    assert page.index("Urgent: 1 finding") < page.index("The door is open.") < page.index("Recommendation 1")
    assert "15 January 2027" in page


def test_a_visit_without_urgent_findings_says_so(written: Write) -> None:
    path = written(one_finding(Finding("", Assessment.MET)))
    assert "No finding of this visit was given urgent or high priority." in words(path)


def test_a_broken_prohibition_is_named_beside_its_rating(written: Write) -> None:
    from inspect_kit.model import Strength

    visit = one_finding(Finding("", Assessment.NOT_MET))
    forbidden = item("searches", 1, strength=Strength.PROHIBITION)
    visit = replace(visit, checklist=replace(visit.checklist, items=(forbidden,)))
    text = words(written(visit))
    assert "Prohibition not kept: Searches 1" in text
    assert "1 prohibition not kept" in text


def test_ratings_are_told_in_words_and_figures(full_report: Path) -> None:
    text = words(full_report)
    assert "Mostly met" in text
    assert "5 met · 2 partly met · 1 not met · 1 not verified" in text
    assert "8 of 9 judged" in text


def test_a_visit_in_which_nothing_happened_still_gives_a_whole_report(written: Write) -> None:
    path = written(empty_visit())
    text = words(path)
    for told in ("No item has been judged", "0 of 15", "The team made no recommendations.", "Not looked at: 15 items",
                 "Too little seen", "The members of the team were not named."):  # fmt: skip
        assert told in text
    assert sound(path) == ""


def test_a_checklist_without_items_still_gives_a_report(written: Write) -> None:
    visit = empty_visit()
    path = written(replace(visit, checklist=replace(visit.checklist, items=(), themes={})))
    assert "The checklist of this visit has no themes." in words(path)


def test_sources_without_consent_for_the_edition_stay_out_and_are_counted(written: Write) -> None:
    said = evidence(EvidenceKind.INTERVIEW, "They shout at night.", consent=Consent.INTERNAL, interviewee="W-07")
    seen = evidence(EvidenceKind.OBSERVATION, "A quiet corridor.")
    visit = one_finding(Finding("", Assessment.NOT_MET, evidence=(said, seen)))
    internal, authority = words(written(visit)), words(written(visit, Edition.AUTHORITY))
    assert "They shout at night." in internal
    assert "2 sources of two independent kinds" in internal
    assert "They shout at night." not in authority
    assert "W-07" not in authority
    assert "Rests on one kind of source (1 source); 1 source withheld: no consent for this edition." in authority


def test_the_public_edition_names_neither_code_nor_group_nor_place(written: Write) -> None:
    said = evidence(EvidenceKind.INTERVIEW, "They shout.", interviewee="W-07", group="pregnant-group", place="cell-9")
    text = words(written(one_finding(Finding("", Assessment.NOT_MET, evidence=(said,))), Edition.PUBLIC))
    assert "They shout." in text
    assert not any(secret in text for secret in ("W-07", "pregnant-group", "cell-9"))


def test_both_sides_of_a_disagreement_are_told(written: Write) -> None:
    sides = (Side("a", {"assessment": "partly-met", "narrative": "It works by day."}, "Ana Example", ""),
             Side("b", {"assessment": "not-met", "narrative": "Not at night."}, "Berta Muster", ""))  # fmt: skip
    conflict = Conflict("finding:searches.item-1", "judgement", sides)
    visit = one_finding(Finding("", Assessment.PARTLY_MET, conflict=conflict), conflicts=(conflict,))
    text = words(written(visit))
    assert text.count("The team disagrees on the judgement") == 1
    assert "Ana Example partly met. It works by day." in text
    assert "Berta Muster not met. Not at night." in text


def test_why_items_were_not_judged_stands_in_the_annex(written: Write) -> None:
    items = (item("searches", 1), item("searches", 2), item("searches", 3, applies=False, reason="No girls are held."))
    visit = empty_visit(findings={
        "searches.item-1": Finding("searches.item-1", Assessment.NOT_VERIFIED, reason="The unit was locked."),
        "searches.item-2": Finding("searches.item-2", Assessment.NOT_APPLICABLE, reason="Nobody gave birth."),
    })  # fmt: skip
    text = words(written(replace(visit, checklist=replace(visit.checklist, items=items))))
    for told in ("The unit was locked.", "Nobody gave birth.", "No girls are held."):
        assert told in text


def test_a_finding_on_an_item_that_the_checklist_lost_is_not_dropped(written: Write) -> None:
    stray = Finding("gone.item", Assessment.NOT_MET, narrative="Still here.")
    text = words(written(empty_visit(findings={"gone.item": stray})))
    assert "Findings outside the checklist" in text
    assert "gone.item" in text
    assert "Still here." in text


def test_a_note_on_an_item_that_was_not_verified_is_printed_too(written: Write) -> None:
    finding = Finding("", Assessment.NOT_VERIFIED, reason="Locked.", narrative="We stood before the door.")
    assert "We stood before the door." in words(written(one_finding(finding)))


def test_recommendations_name_addressee_day_and_the_findings_they_rest_on(full_report: Path) -> None:
    text = words(full_report)
    assert "To The director of the prison" in text
    assert "by 15 March 2027" in text
    assert "Rests on Searches 3, Hygiene 3" in text


def test_the_method_tells_the_rating_rule_and_the_check_of_the_team(full_report: Path) -> None:
    text = words(full_report)
    assert "Each item that was judged counts 1 when met" in text
    assert "3 of the 3 who inspect are women." in text


def test_the_integrity_annex_names_visit_checklist_authors_and_how_to_verify(full_report: Path) -> None:
    text = letters(full_report)
    visit = full_visit(Files())
    for told in (visit.id, visit.checklist.id, "ab" * 32, "inspect-kitverifyFILE"):
        assert told in text


def test_the_time_of_a_source_is_told_in_the_report_s_own_time_zone(written: Write) -> None:
    seen = evidence(EvidenceKind.OBSERVATION, "A corridor.", recorded="2026-11-04T09:05:00.123Z.0000")
    assert "4 November 2026, 11:05" in words(written(one_finding(Finding("", Assessment.MET, evidence=(seen,)))))


@pytest.mark.parametrize("inspectors", [0, 3, 12])
def test_there_is_a_place_for_each_inspector_and_one_for_the_chair(written: Write, inspectors: int) -> None:
    path = written(one_finding(team=team(inspectors)))
    expected = [f"inspector-{number}" for number in range(1, max(inspectors, 1) + 1)]
    assert list(PdfReader(path).get_fields() or {}) == [*expected, "chair"]


def test_hundreds_of_findings_take_time_in_proportion(written: Write) -> None:
    def took(each: int) -> float:
        files = Files()
        visit = full_visit(files, each)
        start = time.process_time()
        written(visit, Edition.INTERNAL, files)
        return time.process_time() - start

    took(3)
    few, many = took(4), took(16)
    assert many < 7 * few


def test_a_report_into_a_folder_that_is_missing_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="Make it first"):
        write_report(one_finding(), Edition.INTERNAL, tmp_path / "none" / "r.pdf", {}.__getitem__, MADE)
    assert list(tmp_path.iterdir()) == []


def test_naming_the_package_imports_no_pdf_library() -> None:
    code = (
        "import sys, inspect_kit.export.report;"
        "print([name for name in ('reportlab', 'pyhanko', 'cryptography', 'PIL') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_text_has_enough_contrast() -> None:
    from inspect_kit.export.report import charts, style

    def light(color: object) -> float:
        parts = [color.red, color.green, color.blue]  # type: ignore[attr-defined]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one: object, other: object) -> float:
        bright, dark = sorted((light(one), light(other)), reverse=True)
        return (bright + 0.05) / (dark + 0.05)

    for color in (style.INK, style.QUIET, style.ACCENT):
        assert contrast(color, style.PAPER) >= 4.5
        assert contrast(color, style.PALE) >= 4.5
    for level, fill in charts.FILLS.items():
        assert contrast(charts.ON_FILLS[level], fill) >= 4.5


def test_accounts_of_any_length_fill_as_many_pages_as_they_need(written: Write) -> None:
    long = "A long account of what happened. " * 1000
    path = written(empty_visit(account=Account(long, long, long, "The end of it."), plan=plan(purpose=long)))
    assert len(PdfReader(path).pages) > 25
    assert "The end of it." in words(path)

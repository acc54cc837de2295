"""The letter on what cannot wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader
from tagcheck import complaints
from visit_builder import MADE, Files, evidence, full_visit, item, one_finding

from inspect_kit.errors import BadInputError, ReportError
from inspect_kit.export.report import SignerRole, letter_points, sign_report, verify_report, write_letter
from inspect_kit.identity import Identity
from inspect_kit.model import Assessment, EvidenceKind, Finding, Priority, Recommendation, VisitRecord
from tests.pdf_tools import sound, words

BY = date(2026, 11, 27)


def letter(visit: VisitRecord, folder: Path, **more: object) -> Path:
    path = folder / "letter.pdf"
    write_letter(visit, path, MADE, "The director of the prison", BY, **more)  # type: ignore[arg-type]
    return path


def urgent(narrative: str = "The door is open.", **more: object) -> VisitRecord:
    found = Finding("", Assessment.NOT_MET, narrative=narrative, priority=Priority.URGENT, evidence=(
        evidence(EvidenceKind.INTERVIEW, "They shout.", interviewee="W-07"),))  # fmt: skip
    wanted = Recommendation("Close the door.", "The director", "2026-11-25", findings=("searches.item-1",), number=3)
    return one_finding(found, recommendations=(wanted,), **more)


def test_it_says_to_whom_what_since_when_and_what_is_asked_by_when_on_one_page(tmp_path: Path) -> None:
    path = letter(urgent(), tmp_path)
    text = words(path)
    for told in (
        "20 November 2026",
        "To The director of the prison",
        "Urgent: 1 matter at Women’s Prison Example-North",
        "4 to 6 November 2026",
        "by 27 November 2026",
        "The door is open.",
        "Recommendation 3",
        "Close the door.",
        "by 25 November 2026",
    ):
        assert told in text
    assert len(PdfReader(path).pages) == 1
    assert (complaints(path), sound(path)) == ([], "")


def test_it_holds_nothing_besides_the_urgent_findings(tmp_path: Path) -> None:
    visit = full_visit(Files())
    path = letter(visit, tmp_path)
    with pikepdf.open(path) as pdf:
        data = pdf.attachments["report-data.json"].get_file().read_bytes().decode()
    assert "searches.item-4" in data
    for kept in ("hygiene.item-3", "W-07", visit.account.overview[:40], "pregnant", "180"):
        assert kept not in data


def test_it_is_signed_and_verified_like_a_report(tmp_path: Path, people: dict[str, Identity]) -> None:
    path = letter(urgent(), tmp_path)
    for name in ("ana", "berta", "carla"):
        sign_report(path, people[name], SignerRole.INSPECTOR)
    sign_report(path, people["chair"], SignerRole.CHAIR)
    assert verify_report(path).valid


@pytest.mark.parametrize("length", [100, 900, 4000])
def test_four_long_matters_still_fit_on_a_page(length: int, tmp_path: Path) -> None:
    items = tuple(item("searches", number) for number in range(1, 5))
    long = ("What was seen is told here at length. " * 120)[:length]
    found = {one.id: Finding(one.id, Assessment.NOT_MET, narrative=long, priority=Priority.URGENT) for one in items}
    visit = urgent()
    visit = replace(visit, checklist=replace(visit.checklist, items=items), findings=found, recommendations=())
    assert len(PdfReader(letter(visit, tmp_path)).pages) == 1


def test_no_finding_is_left_out_of_a_letter_that_is_too_long(tmp_path: Path) -> None:
    items = tuple(item("searches", number) for number in range(1, 31))
    found = {one.id: Finding(one.id, Assessment.NOT_MET, narrative=f"Matter {one.number}!", priority=Priority.URGENT)
             for one in items}  # fmt: skip
    visit = urgent()
    path = letter(replace(visit, checklist=replace(visit.checklist, items=items), findings=found), tmp_path)
    text = words(path)
    assert all(f"Matter {number}!" in text for number in range(1, 31))
    assert complaints(path) == []


def test_the_do_no_harm_check_holds_for_it_too(tmp_path: Path) -> None:
    visit = urgent("Mrs Amina Hassan showed us the door.")
    with pytest.raises(ReportError, match="The letter was not written, because somebody could be harmed"):
        letter(visit, tmp_path)
    (point,) = letter_points(visit)
    assert letter(visit, tmp_path, answers={point.id: "She is the minister."}).exists()


def test_without_an_urgent_finding_there_is_no_letter(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="No finding of this visit is urgent"):
        letter(one_finding(Finding("", Assessment.NOT_MET)), tmp_path)


def test_an_answer_is_not_asked_by_a_day_that_has_passed(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="which has passed"):
        write_letter(urgent(), tmp_path / "l.pdf", MADE, "The director", date(2026, 11, 19))
    with pytest.raises(BadInputError, match="addressee is missing"):
        write_letter(urgent(), tmp_path / "l.pdf", MADE, " ", BY)

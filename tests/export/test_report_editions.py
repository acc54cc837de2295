"""What each edition shows, what it keeps back, and when it is not written at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from visit_builder import MADE, evidence, facility, one_finding, plan

from inspect_kit.analysis import open_points
from inspect_kit.errors import ReportError
from inspect_kit.export.report import write_report
from inspect_kit.model import Assessment, Consent, Edition, EvidenceKind, Finding, Group, Profile, VisitRecord
from tests.pdf_tools import words

Write = Callable[..., Path]


def everything(path: Path) -> str:
    """All that a reader can find: the pages, and the data that is attached."""
    with pikepdf.open(path) as pdf:
        return words(path) + pdf.attachments["report-data.json"].get_file().read_bytes().decode()


def named() -> VisitRecord:
    return one_finding(Finding("", Assessment.NOT_MET, narrative="Mrs Amina Hassan showed us the door."))


@pytest.mark.parametrize("edition", [Edition.AUTHORITY, Edition.PUBLIC])
def test_an_edition_with_an_open_point_is_not_written_and_the_point_is_told(edition: Edition, tmp_path: Path) -> None:
    with pytest.raises(ReportError) as refused:
        write_report(named(), edition, tmp_path / "r.pdf", {}.__getitem__, MADE)
    assert "1 point of the do-no-harm check is open, first under searches.item-1, narrative" in str(refused.value)
    assert "Amina Hassan" in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_an_answered_point_lets_the_edition_be_written_and_the_answer_stays_with_the_team(tmp_path: Path) -> None:
    (point,) = open_points(named(), Edition.AUTHORITY)
    answers = {point.id: "She is the minister; everybody knows it."}
    told = {}
    for edition in (Edition.AUTHORITY, Edition.INTERNAL):
        path = tmp_path / f"{edition}.pdf"
        write_report(named(), edition, path, {}.__getitem__, MADE, answers=answers)
        told[edition] = everything(path)
    assert "the minister" not in told[Edition.AUTHORITY]
    assert told[Edition.INTERNAL].count("She is the minister; everybody knows it.") == 2
    assert "“Mrs Amina Hassan” looks like a name" in told[Edition.INTERNAL]
    assert "Not answered" in told[Edition.INTERNAL]  # for the public


def test_neither_pages_nor_data_hold_what_an_edition_keeps_back(written: Write) -> None:
    sources = (
        evidence(EvidenceKind.INTERVIEW, "Only for the team.", consent=Consent.INTERNAL, interviewee="W-01"),
        evidence(EvidenceKind.INTERVIEW, "For the authority too.", consent=Consent.AUTHORITY, interviewee="W-02"),
        evidence(EvidenceKind.INTERVIEW, "For everybody.", interviewee="W-03", group="women", place="cell 9"),
        evidence(EvidenceKind.INTERVIEW, "For nobody.", consent=Consent.NONE, interviewee="W-04"),
    )
    visit = one_finding(Finding("", Assessment.NOT_MET, evidence=sources))
    seen = {edition: everything(written(visit, edition)) for edition in Edition}
    expected = {
        Edition.INTERNAL: ("Only for the team.", "For the authority too.", "For everybody.", "W-01", "W-02", "W-03",
                           "cell 9"),
        Edition.AUTHORITY: ("For the authority too.", "For everybody.", "W-02", "W-03"),
        Edition.PUBLIC: ("For everybody.",),
    }  # fmt: skip
    secrets = {*expected[Edition.INTERNAL], "For nobody.", "W-04"}
    for edition, text in seen.items():
        for secret in secrets:
            assert (secret in text) is (secret in expected[edition]), (edition, secret)


def test_small_groups_are_counted_for_the_team_alone(written: Write) -> None:
    held = Profile({Group.WOMEN: 212, Group.GIRLS: 3, Group.PREGNANT: 4, Group.PRETRIAL: 58})
    visit = one_finding(plan=plan(facility=replace(facility(), profile=held)))
    internal, public = words(written(visit)), words(written(visit, Edition.PUBLIC))
    assert "Pregnant women 4" in internal
    assert "Girls under 18 3" in internal
    for told in ("Women not told", "Girls under 18 not told", "Pregnant women not told", "Awaiting trial 58",
                 "215 women and girls are held"):  # fmt: skip
        assert told in public
    assert "212" not in everything(written(visit, Edition.PUBLIC))


def test_codes_in_the_authority_s_edition_lead_to_no_place_or_hour(written: Write) -> None:
    said = evidence(EvidenceKind.INTERVIEW, "It is cold.", interviewee="W-07", place="cell 9", when="4 Nov 10:15")
    text = everything(written(one_finding(Finding("", Assessment.NOT_MET, evidence=(said,))), Edition.AUTHORITY))
    assert "W-07" in text
    assert "cell 9" not in text
    assert "10:15" not in text

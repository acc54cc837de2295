"""The data that is attached to a report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import rfc8785
from visit_builder import MADE, Files, full_visit, looked_at, one_finding

from inspect_kit.analysis import disclose
from inspect_kit.errors import ReportError
from inspect_kit.export.report import write_report
from inspect_kit.export.report.data import LIMIT, ReportData, programs, read_data, report_data
from inspect_kit.model import (
    Assessment,
    Conflict,
    Consent,
    Edition,
    Evidence,
    EvidenceKind,
    Finding,
    Jotting,
    Seal,
    Side,
    VisitRecord,
    Wording,
    canonical,
)
from tests.pdf_tools import letters, run

SEAL = Seal("visit:V", "ab" * 32 + ".laptop", 7, "cd" * 32, "2026-11-20T14:05:00.000Z.0000", b"signature", b"DER")


def data_of(visit: VisitRecord, edition: Edition = Edition.INTERNAL) -> ReportData:
    wording = {"BR-11.1": Wording("A made-up clause.", False)}
    answers = {"a": "asked her again"}
    return ReportData(disclose(visit, edition), edition, MADE, wording, (SEAL,), answers, number=2, corrects="ef" * 32)


def hostile(**changed: object) -> bytes:
    values = json.loads(report_data(data_of(one_finding())))
    values["report"].update(changed)
    return canonical(values).encode()


@pytest.mark.parametrize("edition", Edition)
def test_what_is_read_back_is_what_was_written(edition: Edition) -> None:
    data = report_data(data_of(full_visit(Files()), edition))
    report = read_data(data)
    assert report_data(report) == data
    assert rfc8785.dumps(json.loads(data)) == data
    assert (report.edition, report.made, report.number, report.corrects) == (edition, MADE, 2, "ef" * 32)
    assert report.seals == (SEAL,)
    assert report.made_with == programs()
    assert [place.signer for place in report.places] == ["Ana Example", "Berta Muster", "Dr Carla Sample", ""]
    assert list(report.shown.visit.findings) == list(full_visit(Files()).findings)


def test_views_that_differ_are_read_back_with_their_values() -> None:
    sides = (Side("a", {"members": [{"name": "Ana Example", "woman": True}], "remark": None}, "Ana Example", ""),)
    visit = replace(one_finding(), conflicts=(Conflict("visit", "team", sides),))
    report = read_data(report_data(data_of(visit)))
    assert report.shown.visit.conflicts == visit.conflicts
    assert report.places == ()


def test_quick_notes_withheld_words_and_the_checklist_s_advice_do_not_travel_with_a_report() -> None:
    told = Evidence(
        EvidenceKind.INTERVIEW, "She asked that nobody hear this.", consent=Consent.INTERNAL, id="01EVIDENCE"
    )
    seen = Evidence(EvidenceKind.OBSERVATION, "The door stood open.", id="01OBSERVED")
    visit = one_finding(Finding("", Assessment.NOT_MET, evidence=(told, seen)))
    visit = replace(visit, jottings=(Jotting("01JOTTING", "Ask the cook again.", "", "", "Ana Example", ""),))
    public = report_data(data_of(visit, Edition.PUBLIC)).decode()
    assert "The door stood open." in public
    for hidden in ("nobody hear this", "01EVIDENCE", "01OBSERVED", "01JOTTING", "the cook", "It protects her."):
        assert hidden not in public
    assert "the cook" not in report_data(data_of(visit)).decode()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "made by hand or damaged"),
        (b"[]", "made by hand or damaged"),
        (b"\xff{}", "made by hand or damaged"),
        (b'{"form":1,"form":1,"report":{}}', "made by hand or damaged"),
        (b'{"form": 1,"report":{}}', "made by hand or damaged"),
        (b'{"form":1.0,"report":{}}', "made by hand or damaged"),
        (b'{"form":NaN,"report":{}}', "made by hand or damaged"),
        (b'{"form":' + b"9" * 6000 + b',"report":{}}', "made by hand or damaged"),
        (b'{"form":"\\ud800","report":{}}', "made by hand or damaged"),
        (b"[" * 200_000, "made by hand or damaged"),
        (b'{"form":2,"report":{}}', "form 2"),
        (b'{"form":1,"report":{}}', "another shape"),
        (b'{"form":1,"report":[]}', "another shape"),
        (hostile(number="2"), "another shape"),
        (hostile(number=True), "another shape"),
        (hostile(edition="secret"), "another shape"),
        (hostile(edition=["internal"]), "another shape"),
        (hostile(made="2026-11-20T16:05:00"), "another shape"),
        (hostile(answers=[["a", "1"], ["a", "2"]]), "another shape"),
        (hostile(answers={"a": "1"}), "another shape"),
        (hostile(seals=[{"stream": "visit:V"}]), "another shape"),
        (hostile(extra="field"), "another shape"),
        (hostile(shown=None), "another shape"),
        (hostile(corrects=""), "another shape"),
    ],
)
def test_data_of_any_other_shape_is_told_in_a_sentence(data: bytes, told: str) -> None:
    with pytest.raises(ReportError, match=told):
        read_data(data)


def test_data_that_is_too_large_is_not_looked_at() -> None:
    with pytest.raises(ReportError, match="larger than 64 MB"):
        read_data(bytes(LIMIT + 1))


def sentences(value: object) -> Iterator[str]:
    """All texts of several words in JSON."""
    if isinstance(value, str):
        if value.count(" ") >= 4:
            yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from sentences(one)
    elif isinstance(value, list):
        for one in value:
            yield from sentences(one)


@pytest.mark.parametrize("edition", Edition)
def test_the_data_says_nothing_that_the_pages_of_its_edition_do_not_show(edition: Edition, tmp_path: Path) -> None:
    files, path = Files(), tmp_path / "report.pdf"
    visit = full_visit(files)
    write_report(visit, edition, path, files.__getitem__, MADE, answers=looked_at(visit, edition))
    run("pdfdetach", "-save", "1", "-o", str(tmp_path / "data.json"), str(path))
    data = json.loads((tmp_path / "data.json").read_bytes())
    shown = letters(path)
    told = set(sentences(data["report"]["shown"]))
    assert len(told) > 15
    assert {text for text in told if re.sub(r"\s+", "", text)[:40] not in shown} == set()

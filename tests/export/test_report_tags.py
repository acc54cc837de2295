"""What a screen reader finds in a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from tagcheck import complaints, tree
from visit_builder import MADE, Files, empty_visit, evidence, full_visit, item, looked_at, one_finding, photo

from inspect_kit.export.report import Paper, style, write_report
from inspect_kit.export.report.paragraphs import Text
from inspect_kit.export.report.tags import Tag, TaggedCanvas
from inspect_kit.model import Account, Assessment, Edition, EvidenceKind, Finding, VisitRecord
from tests.pdf_tools import run

Write = Callable[..., Path]
LONG = "Everything that was seen on this day is told here in full, because nothing of it may be lost. "


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("paper", Paper)
def test_every_edition_is_tagged_throughout(edition: Edition, paper: Paper, tmp_path: Path) -> None:
    files, path = Files(), tmp_path / "r.pdf"
    visit = full_visit(files)
    answers = looked_at(visit, edition)
    write_report(visit, edition, path, files.__getitem__, MADE, answers=answers, paper=paper)
    assert complaints(path) == []


@pytest.mark.parametrize(
    "visit",
    [
        empty_visit(),
        one_finding(Finding("", Assessment.NOT_MET, narrative=LONG * 300)),
        one_finding(Finding("", Assessment.NOT_MET, narrative="\n\n".join([LONG] * 200))),
        one_finding(Finding("", Assessment.NOT_VERIFIED, reason=LONG * 100)),
        empty_visit(account=Account(LONG * 200, LONG, LONG, LONG)),
        one_finding(Finding("", Assessment.MET, evidence=tuple(
            evidence(EvidenceKind.INTERVIEW, LONG * (number % 9)) for number in range(60)))),
    ],
    ids=["empty", "a-long-note", "many-paragraphs", "a-long-reason", "long-accounts", "many-sources"],
)  # fmt: skip
def test_tags_hold_where_texts_run_over_pages(visit: VisitRecord, written: Write) -> None:
    assert complaints(written(visit)) == []


def test_a_paragraph_that_runs_over_pages_is_one_paragraph(written: Write) -> None:
    path = written(one_finding(Finding("", Assessment.NOT_MET, narrative=LONG * 60)))
    longest = max((one for one in tree(path).below() if one.role == "P"), key=lambda one: len(one.pieces))
    assert len({page for page, _ in longest.pieces}) > 1


def test_headings_lead_from_the_title_to_each_finding(full_report: Path) -> None:
    roles = [one.role for one in tree(full_report).below() if one.role.startswith("H")]
    assert roles[0] == "H1"
    assert roles.count("H1") > 8
    assert roles.count("H3") >= 40


def test_a_photograph_is_told_by_the_note_beside_it(written: Write) -> None:
    files = Files()
    shot = files.add(photo(), "a.jpg", "image/jpeg")
    source = evidence(EvidenceKind.PHOTO, "The door of the search room.", attachment=shot)
    path = written(one_finding(Finding("", Assessment.NOT_MET, evidence=(source,))), files=files)
    with pikepdf.open(path) as pdf:
        alts = [
            str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
    assert "Photograph: The door of the search room." in alts


@pytest.mark.parametrize("words", ["Searches 3", "Searches 3 and all that was said of it at length"])
def test_a_paragraph_that_is_a_link_from_end_to_end_is_read_out_as_a_link(words: str) -> None:
    canvas = TaggedCanvas(BytesIO())
    text = Text(f'<a href="#searches">{words}</a>', style.CELL, Tag("P", canvas.root))
    text.wrapOn(canvas, 120, 200)
    text.drawOn(canvas, 10, 10)
    assert text.tag is not None
    (link,) = (kid for kid in text.tag.kids if isinstance(kid, Tag))
    assert link.role == "Link"
    assert [kid for kid in text.tag.kids if kid is not link] == []  # no word stands beside it
    canvas.bookmarkPage("searches")
    canvas.save()


def test_places_for_signatures_are_read_out_with_who_signs(full_report: Path) -> None:
    with pikepdf.open(full_report) as pdf:
        fields = {str(field.T): str(field.TU) for field in pdf.Root.AcroForm.Fields}
    assert fields == {
        "inspector-1": "Signature of Ana Example",
        "inspector-2": "Signature of Berta Muster",
        "inspector-3": "Signature of Dr Carla Sample",
        "chair": "Signature of the chair, which closes the report",
    }


def test_the_heads_of_a_long_table_are_read_out_once(written: Write) -> None:
    items = tuple(item("searches", number) for number in range(1, 90))
    visit = empty_visit()
    path = written(replace(visit, checklist=replace(visit.checklist, items=items)))
    assert complaints(path) == []
    rows = [one for one in tree(path).below() if one.role == "Table"]
    assert max(len(table.kids) for table in rows) >= 89


def test_poppler_reads_the_structure_without_a_warning(full_report: Path) -> None:
    done = run("pdfinfo", "-struct-text", str(full_report))
    assert done.stderr == ""
    for told in ("TOCI", '"Women’s Prison Example-North', "/Scope /Row", "/Scope /Column", "LBody", "Figure"):
        assert told in done.stdout
    assert "items that apply were judged on the substance" in " ".join(done.stdout.split())


def test_the_data_lies_in_the_report_and_says_what_it_is(full_report: Path) -> None:
    with pikepdf.open(full_report) as pdf:
        file = pdf.attachments["report-data.json"]
        assert file.get_file().mime_type == "application/json"
        assert file.relationship == "/Data"
        assert file.get_file().read_bytes().startswith(b'{"form":1,')
        assert pdf.Root.AF[0] == file.obj


@pytest.mark.parametrize("edition", Edition)
def test_metadata_and_document_information_agree(written: Write, edition: Edition) -> None:
    path = written(empty_visit(), edition)
    with pikepdf.open(path) as pdf, pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
        assert xmp["dc:title"] == str(pdf.docinfo["/Title"])
        assert xmp["dc:description"] == str(pdf.docinfo["/Subject"])
        assert xmp["dc:language"] == {"en-GB"}
        assert "pdfuaid:part" not in xmp  # tagged, built towards PDF/UA, and no conformance is claimed


def breaks(path: Path, tmp_path: Path, change: Callable[[pikepdf.Pdf], None]) -> list[str]:
    out = tmp_path / "broken.pdf"
    with pikepdf.open(path) as pdf:
        change(pdf)
        pdf.save(out)
    return complaints(out)


def test_the_checker_sees_what_is_wrong(full_report: Path, tmp_path: Path) -> None:
    def untagged(pdf: pikepdf.Pdf) -> None:
        pdf.pages[2].contents_add(b"0 0 10 10 re f", prepend=False)

    def moved(pdf: pikepdf.Pdf) -> None:
        kids = pdf.Root.StructTreeRoot.K.K
        kids.append(kids[3])
        del kids[3]

    def no_alt(pdf: pikepdf.Pdf) -> None:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure":
                del one["/Alt"]

    def wrong_way_back(pdf: pikepdf.Pdf) -> None:
        listed = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
        listed[0], listed[1] = listed[1], listed[0]

    for change, told in ((untagged, "neither tagged"), (moved, "is read after"), (no_alt, "no alternative text"),
                         (wrong_way_back, "leads elsewhere")):  # fmt: skip
        found = breaks(full_report, tmp_path, change)
        assert any(told in one for one in found), (told, found)

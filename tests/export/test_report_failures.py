"""Broken and hostile input, and disks that fail: told in one sentence, nothing half-written, nothing lost."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from tagcheck import complaints
from visit_builder import (
    MADE,
    Files,
    empty_visit,
    evidence,
    facility,
    full_visit,
    item,
    looked_at,
    one_finding,
    photo,
    plan,
)

from inspect_kit.errors import BadInputError, InspectKitError, ReportError
from inspect_kit.export.report import pages, write, write_letter, write_report
from inspect_kit.export.report.comments import write_comment_table
from inspect_kit.model import (
    Account,
    Assessment,
    Edition,
    EvidenceKind,
    Finding,
    Member,
    Priority,
    Recommendation,
    Team,
    VisitRecord,
)
from tests.pdf_tools import letters, sound

Write = Callable[..., Path]
EVERY_PLANE = "".join(chr(plane * 0x10000 + at) for plane in range(17) for at in (0x41, 0x3B1, 0x4E00, 0xE001, 0xFFFD)
                      if not 0xD800 <= plane * 0x10000 + at <= 0xDFFF)  # fmt: skip
NOTES = {
    "markup": "<para><b>&nbsp;</b><img src='/etc/passwd'/><bullet>x</bullet><font name='Extra-1'>y</font></para>",
    "pdf": "(unbalanced \\ /P <</MCID 0>> BDC EMC ET Q endstream endobj %later 0 %later",
    "control": "".join(map(chr, range(1, 32))) + "\x7f\x80\x9f",
    "planes": EVERY_PLANE,
    "word": "x" * 1_000_000,
    "lines": "\n" * 5000 + "end",
    "marks": "e" + "\u0301" * 3000,
    "direction": "\u202eabc\u2066def\u200f" * 50,
    "spaces": " " * 3000 + "end",
}


@pytest.mark.parametrize("name", NOTES)
def test_a_hostile_note_is_printed_and_the_report_stays_sound_and_tagged(name: str, written: Write) -> None:
    said = evidence(EvidenceKind.DOCUMENT, NOTES[name][:20_000])
    path = written(one_finding(Finding("", Assessment.NOT_MET, narrative=NOTES[name], evidence=(said,))))
    assert (sound(path), complaints(path)) == ("", [])
    for page in PdfReader(path).pages:
        assert not page.images


@pytest.mark.parametrize("name", ["markup", "pdf", "planes", "marks", "direction"])
def test_hostile_names_and_texts_in_every_field_leave_a_sound_report(name: str, written: Write) -> None:
    text = NOTES[name]
    line = text[:400].replace("\n", " ")
    only = item("searches", 1, ask=text[:2000], clauses=(line[:100],), short=line[:24])
    visit = empty_visit(
        plan=plan(facility=replace(facility(), name=line, place=line, country=line, authority=line), purpose=text),
        team=Team((Member(line), Member("Ana Example"))),
        account=Account(text, text, text, text),
        findings={only.id: Finding(only.id, Assessment.NOT_MET, text[:3000], text, Priority.URGENT)},
        recommendations=(Recommendation(text, line, line, Priority.URGENT, (only.id,), number=1),),
        authors={line: line},
    )
    path = written(replace(visit, checklist=replace(visit.checklist, items=(only,))))
    assert (sound(path), complaints(path)) == ("", [])


def test_twelve_photographs_and_a_damaged_one_are_shown_and_told(written: Write) -> None:
    files = Files()
    colours = [f"#{20 * number:02x}9a8a" for number in range(12)]
    shots = [files.add(photo(colour, 1632, 1224), "a.jpg", "image/jpeg") for colour in colours]
    shots.append(files.add(photo()[:900], "cut.jpg", "image/jpeg"))
    sources = tuple(evidence(EvidenceKind.PHOTO, "A door.", attachment=shot) for shot in shots)
    path = written(one_finding(Finding("", Assessment.NOT_MET, evidence=sources)), files=files)
    assert sum(len(page.images) for page in PdfReader(path).pages) == 12
    assert "Thispicturecouldnotberead." in letters(path)
    assert complaints(path) == []


def writers(visit: VisitRecord) -> dict[str, Callable[[Path], None]]:
    """Everything that writes a file, with the name of the file."""
    return {
        "report.pdf": lambda path: write_report(visit, Edition.INTERNAL, path, {}.__getitem__, MADE),
        "letter.pdf": lambda path: write_letter(visit, path, MADE, "The director", date(2026, 12, 1)),
        "comments.xlsx": lambda path: write_comment_table(visit, path),
    }


URGENT = one_finding(Finding("", Assessment.NOT_MET, narrative="The door is open.", priority=Priority.URGENT))


@pytest.mark.parametrize("name", writers(URGENT))
def test_a_full_disk_is_told_and_what_was_there_stays(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    path.write_bytes(b"the file of yesterday")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadInputError, match="the disk is full"):
        writers(URGENT)[name](path)
    assert path.read_bytes() == b"the file of yesterday"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize("name", writers(URGENT))
def test_a_disk_that_fills_up_while_writing_is_told(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    def on_full(dir: Path, prefix: str, suffix: str) -> tuple[int, str]:
        link = Path(dir) / f"{prefix}x{suffix}"
        link.symlink_to("/dev/full")
        return os.open(link, os.O_WRONLY), str(link)

    monkeypatch.setattr(tempfile, "mkstemp", on_full)
    with pytest.raises(InspectKitError, match="the disk is full"):
        writers(URGENT)[name](tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", writers(URGENT))
def test_a_folder_or_a_missing_folder_is_refused_in_one_sentence(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "folder", tmp_path / "none" / name):
        with pytest.raises(BadInputError) as refused:
            writers(URGENT)[name](path)
        assert "\n" not in str(refused.value)
    assert list(tmp_path.iterdir()) == [tmp_path / "folder"]


def test_pages_that_cannot_be_laid_out_leave_the_earlier_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reportlab.platypus.doctemplate import LayoutError

    path = tmp_path / "r.pdf"
    path.write_bytes(b"yesterday")

    def fail(*_: object) -> bytes:
        raise LayoutError("too tall")

    monkeypatch.setattr(write, "set_report", fail)
    with pytest.raises(ReportError, match="cannot be laid out"):
        write_report(URGENT, Edition.INTERNAL, path, {}.__getitem__, MADE)
    assert path.read_bytes() == b"yesterday"


def test_what_is_drawn_at_the_end_cannot_be_asked_for_by_a_note(noted: Callable[[str], Path]) -> None:
    path = noted("\n".join(["%0 %later", "0 %later", "%1 %later"]))
    assert "%0%later" in letters(path)
    assert pages is not None
    assert complaints(path) == []


def test_a_whole_visit_with_long_texts_everywhere_is_set_on_letter_paper(tmp_path: Path) -> None:
    from inspect_kit.export.report import Paper

    files, path = Files(), tmp_path / "r.pdf"
    visit = full_visit(files)
    answers = looked_at(visit, Edition.PUBLIC)
    write_report(visit, Edition.PUBLIC, path, files.__getitem__, MADE, answers=answers, paper=Paper.LETTER)
    assert {tuple(map(round, page.mediabox[2:])) for page in PdfReader(path).pages} == {(612, 792)}
    assert complaints(path) == []

"""The table for the authority's comments: what goes out, and what is taken of what comes back."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from visit_builder import Files, evidence, full_visit, one_finding

from inspect_kit.errors import BadInputError, ReportError
from inspect_kit.export.report import comments
from inspect_kit.export.report.comments import HEAD, read_comment_table, write_comment_table
from inspect_kit.model import Assessment, Comment, Consent, EvidenceKind, Finding, Recommendation, VisitRecord

DIGEST = "ab" * 32


def small(narrative: str = "The door is open.") -> VisitRecord:
    wanted = Recommendation("Close the door.", "The director", "2027-01-15", number=1)
    return one_finding(Finding("", Assessment.NOT_MET, narrative=narrative), recommendations=(wanted,))


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    path = tmp_path / "comments.xlsx"
    write_comment_table(small(), path, DIGEST)
    return path


def filled(path: Path, *rows: tuple[int, int, object]) -> Path:
    """Write into cells of the rows below the head: row from 1, column from 1, value."""
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    head = next(row[0].row for row in sheet.iter_rows() if row[0].value == HEAD[0])
    for row, column, value in rows:
        sheet.cell(head + row, column).value = value
    book.save(path)
    return path


def test_each_finding_and_recommendation_has_a_numbered_row_and_room_for_a_comment(tmp_path: Path) -> None:
    visit, path = full_visit(Files()), tmp_path / "c.xlsx"
    write_comment_table(visit, path, DIGEST)
    rows = list(load_workbook(path).active.iter_rows(values_only=True))
    below = rows[rows.index(HEAD) + 1 :]
    judged = [one for one in visit.findings.values() if one.assessment or one.narrative]
    assert [row[0] for row in below] == list(range(1, len(judged) + len(visit.recommendations) + 1))
    assert below[0][1:3] == ("Searches 1", "finding searches.item-1")
    assert below[-1][1:3] == ("Recommendation 8", "recommendation 8")
    assert not any(row[4] or row[5] for row in below)


def test_comments_come_back_with_what_they_are_about_and_empty_rows_are_passed_over(sent: Path) -> None:
    filled(sent, (1, 5, "No"), (1, 6, "The door was mended\non 10 November."), (2, 6, ""))
    taken = read_comment_table(sent, small())
    assert taken.refused == ()
    assert taken.comments == (Comment("searches.item-1", 0, 1, "The door was mended\non 10 November.", "no", DIGEST),)
    filled(sent, (2, 6, "We accept it."))
    assert read_comment_table(sent, small()).comments[1] == Comment("", 1, 2, "We accept it.", "", DIGEST)


def test_what_is_for_the_team_alone_is_not_in_the_table(tmp_path: Path) -> None:
    said = evidence(EvidenceKind.INTERVIEW, "A secret.", consent=Consent.INTERNAL)
    write_comment_table(one_finding(Finding("", Assessment.MET, evidence=(said,))), tmp_path / "c.xlsx")
    with zipfile.ZipFile(tmp_path / "c.xlsx") as packed:
        assert not any(b"A secret" in packed.read(name) for name in packed.namelist())


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://example.org")', "+1", "@x", "a\x1bb", "\U0001f600"])
def test_a_note_that_looks_like_a_formula_goes_out_as_a_text(text: str, tmp_path: Path) -> None:
    path = tmp_path / "c.xlsx"
    write_comment_table(small(text), path)
    cells = [cell for row in load_workbook(path).active.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
    assert any(text.replace("\x1b", "[U+001B]") in str(cell.value) for cell in cells)


def test_a_note_of_a_million_letters_fits_and_says_that_there_is_more(tmp_path: Path) -> None:
    path = tmp_path / "c.xlsx"
    write_comment_table(small("x" * 1_000_000), path)
    assert any("the whole text stands in the report" in str(row[3]) for row in
               load_workbook(path).active.iter_rows(values_only=True))  # fmt: skip


def test_a_formula_that_comes_back_is_its_text(sent: Path) -> None:
    filled(sent, (1, 6, "=SUM(A1:A9)"))
    assert read_comment_table(sent, small()).comments[0].text == "=SUM(A1:A9)"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ((1, 1, "x"), "its number was changed"),
        ((1, 3, "finding"), "its key was changed"),
        ((1, 3, "finding gone.item"), "“finding gone.item” is not in this visit"),
        ((1, 3, "recommendation 99"), "is not in this visit"),
        ((1, 3, "recommendation ²"), "its key was changed"),
        ((1, 5, "perhaps"), "answered with yes or no"),
    ],
)
def test_a_row_that_is_not_as_it_was_is_refused_by_name_and_the_others_are_taken(
    sent: Path, change: tuple[int, int, object], told: str
) -> None:
    filled(sent, (1, 6, "Wrong."), (2, 6, "Right."), change)
    taken = read_comment_table(sent, small())
    assert [comment.text for comment in taken.comments] == ["Right."]
    (refused,) = taken.refused
    assert refused.startswith("Row 6 was not taken: ")
    assert told in refused


def repacked(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return path


def test_macros_are_refused(sent: Path) -> None:
    repacked(sent, lambda parts: parts.update({"xl/vbaProject.bin": b"Sub"}))
    with pytest.raises(BadInputError, match="holds macros"):
        read_comment_table(sent, small())


def test_a_definition_that_could_unfold_without_end_is_refused(sent: Path) -> None:
    def bomb(parts: dict[str, bytes]) -> None:
        sheet = parts["xl/worksheets/sheet1.xml"]
        parts["xl/worksheets/sheet1.xml"] = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + sheet

    with pytest.raises(BadInputError, match="no spreadsheet program writes"):
        read_comment_table(repacked(sent, bomb), small())


def test_a_file_that_unpacks_to_too_much_is_refused(sent: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comments, "UNPACKED", 1000)
    with pytest.raises(BadInputError, match="unpacks to more than a table holds"):
        read_comment_table(sent, small())


def test_a_table_of_too_many_rows_is_refused(sent: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comments, "MOST_ROWS", 3)
    with pytest.raises(BadInputError, match="more than 3 rows"):
        read_comment_table(sent, small())


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut", b"a,b,c\n", b"%PDF-1.7", b"\xd0\xcf\x11\xe0" * 300])
def test_what_is_no_spreadsheet_is_refused_in_one_sentence(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "c.xlsx"
    path.write_bytes(data)
    with pytest.raises(BadInputError, match="is no XLSX file"):
        read_comment_table(path, small())


def test_a_spreadsheet_cut_or_flipped_anywhere_is_read_or_refused_and_never_breaks(sent: Path, tmp_path: Path) -> None:
    whole = filled(sent, (1, 6, "Wrong.")).read_bytes()
    path = tmp_path / "broken.xlsx"
    for place in range(0, len(whole), 97):
        for data in (whole[:place], whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :]):
            path.write_bytes(data)
            with suppress(BadInputError, ReportError):
                read_comment_table(path, small())


def test_another_spreadsheet_is_refused(tmp_path: Path) -> None:
    from openpyxl import Workbook

    out = BytesIO()
    Workbook().save(out)
    (tmp_path / "c.xlsx").write_bytes(out.getvalue())
    with pytest.raises(ReportError, match="has not the columns that we sent out"):
        read_comment_table(tmp_path / "c.xlsx", small())

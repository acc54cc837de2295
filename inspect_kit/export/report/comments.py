"""The factual-accuracy round: a numbered table that goes to the authority and comes back with its comments (XLSX).

What comes back is a file from outside: it is bounded before it is unpacked, formulas are texts, links are not
followed, and macros are refused.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from inspect_kit.analysis import disclose
from inspect_kit.errors import BadInputError, ReportError
from inspect_kit.files import read_bytes, whole_file
from inspect_kit.language import _, in_english, thousands
from inspect_kit.model import Comment, Edition, VisitRecord, clean_note

LIMIT = 20 * 1_048_576
"""The largest table that is read, in bytes."""
UNPACKED = 200 * 1_048_576
"""The most bytes that its parts may unpack to."""
MOST_PARTS, MOST_ROWS = 400, 20_000
LONGEST = 32_000
"""The most characters of a text in one cell; spreadsheets hold 32,767."""
HEAD = ("No.", "About", "Key", "What the report says", "Are the facts right? (yes/no)", "Your comment")
WIDTHS = (7, 26, 30, 90, 18, 70)
_KEY = re.compile(r"(finding|recommendation) (\S{1,200})")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_REPORT = "Report (SHA-256)"


@dataclass(frozen=True)
class CommentTable:
    """What came back.

    Attributes:
        comments: those that were taken, in the order of the table.
        refused: for each row that was not taken, a sentence that names it and says why.
    """

    comments: tuple[Comment, ...]
    refused: tuple[str, ...]


def write_comment_table(visit: VisitRecord, out: Path, report: str = "") -> None:
    """Write the table that goes to the authority beside its edition of the report, in English like that.

    It holds what that edition shows: each finding that was judged or written about, each recommendation, and an empty
    cell for the authority's comment.

    Args:
        visit: the whole record; what the authority may not see is left out here.
        out: the file to write, whole or not at all.
        report: SHA-256 of the report that it is about, in hex.

    Raises:
        BadInputError: when the file cannot be written there.
    """
    packed = _packed(visit, report)
    with whole_file(out, _("The table for comments")) as temporary:
        temporary.write_bytes(packed)


@in_english()
def _packed(visit: VisitRecord, report: str) -> bytes:
    """The table's bytes."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill, Protection
    from openpyxl.worksheet.properties import PageSetupProperties

    shown = disclose(visit, Edition.AUTHORITY).visit
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 (a new workbook has a sheet)
    sheet.title = "Comments"
    accent, wrap = "14505B", Alignment(wrap_text=True, vertical="top")
    for row in (
        ("Comments on the report on", _cell(shown.plan.facility.name)),
        ("Visit", f"{shown.id}, {shown.plan.starts} to {shown.plan.ends}"),
        (_REPORT, report),
        ("How to use it", "Write into the last two columns. Leave numbers and keys as they are. Empty rows are fine."),
    ):
        _append(sheet, row)
        sheet.cell(sheet.max_row, 1).font = Font(bold=True, color=accent)
    _append(sheet, HEAD)
    head = sheet.max_row
    for cell in sheet[head]:
        cell.font, cell.fill, cell.alignment = Font(bold=True, color="FFFFFF"), PatternFill("solid", accent), wrap
    for number, (about, key, text) in enumerate(_rows(shown), 1):
        _append(sheet, (number, about, key, text, "", ""))
        for cell in sheet[sheet.max_row]:
            cell.alignment = wrap
        for column in (5, 6):
            sheet.cell(sheet.max_row, column).protection = Protection(locked=False)
    for letter, wide in zip("ABCDEF", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = wide
    sheet.freeze_panes = f"A{head + 1}"
    sheet.protection.sheet = True  # against slips; it has no password
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.properties.title, book.properties.creator = "Comments on a report", "inspect_kit"
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def reported(path: Path, visit: str) -> tuple[VisitRecord, str]:
    """Take out of a signed report what it says, and name it: what the authority comments on are those words.

    Args:
        path: the authority's edition, signed by somebody at least.
        visit: the id of the visit that it has to be about.

    Returns:
        The record as the report shows it, and the report's SHA-256 in hex.

    Raises:
        BadInputError: when the file is missing or no PDF.
        ReportError: when it is not signed, was changed, or is about another visit or for other readers.
    """
    from inspect_kit.export.report.broken import open_pdf, read_pdf
    from inspect_kit.export.report.data import read_data
    from inspect_kit.export.report.inside import attached_data
    from inspect_kit.export.report.verify import examine

    data = read_pdf(path)
    found = examine(data, path)
    if not found.signers:
        raise ReportError(_("Nobody has signed the report {path}: the authority comments on a signed one.", path=path))
    if found.faults:
        raise ReportError(_("The report {path} was changed: {problem}", path=path, problem=found.faults[0]))
    if (found.visit, found.edition) != (visit, Edition.AUTHORITY):
        raise ReportError(
            _(
                "The report {path} is the {edition} edition of the visit {other}: name the authority’s edition of this"
                " visit.",
                path=path,
                edition=Edition(found.edition).label,
                other=found.visit,
            )
        )
    return read_data(attached_data(open_pdf(data, path))).shown.visit, hashlib.sha256(data).hexdigest()


def _rows(visit: VisitRecord) -> Iterator[tuple[str, str, str]]:
    """Name, key and text of each finding and recommendation."""
    items = {item.id: item for item in visit.checklist.items}
    for item, finding in sorted(visit.findings.items(), key=lambda one: _place(list(items), one[0])):
        if finding.assessment is None and not finding.narrative:
            continue
        known = items.get(item)
        about = f"{visit.checklist.title(known.theme)} {known.number or known.short}" if known else item
        level = finding.assessment.label if finding.assessment else "not judged"
        told = [known.ask if known else "", f"{level}. {finding.reason}".strip(), finding.narrative]
        yield about, f"finding {item}", "\n".join(filter(None, told))
    for wanted in visit.recommendations:
        due = f", by {wanted.due}" if wanted.due else ""
        told = [wanted.text, f"To {wanted.addressee or 'nobody named'}{due}"]
        yield f"Recommendation {wanted.number}", f"recommendation {wanted.number}", "\n".join(told)


def _place(order: list[str], item: str) -> tuple[int, str]:
    return (order.index(item), "") if item in order else (len(order), item)


def _append(sheet: Any, row: tuple[Any, ...]) -> None:
    """Add a row in which texts are texts, whatever they begin with."""
    at = sheet.max_row + 1 if sheet["A1"].value is not None else 1
    for column, value in enumerate(row, 1):
        cell = sheet.cell(at, column)
        if isinstance(value, str):
            cell.value = _cell(value)
            cell.data_type = "s"
        else:
            cell.value = value


def _cell(text: str) -> str:
    """Bring a text into the form that a cell can hold; what it cannot hold is written as a code."""
    text = _CONTROL.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)
    return text if len(text) <= LONGEST else text[:LONGEST] + " … (the whole text stands in the report)"


def read_comment_table(path: Path, visit: VisitRecord) -> CommentTable:
    """Read a table that came back from the authority.

    Args:
        path: the file, of any origin.
        visit: what was commented on; rows about anything else are refused.

    Raises:
        BadInputError: when it is missing, too large, no spreadsheet, or holds macros.
        ReportError: when it is not our table.
    """
    data = read_bytes(path, _("The table"), LIMIT)
    _refuse_hostile(data, path)
    rows = _table(data, path)
    report = next((str(row[1]) for row in rows[:20] if len(row) > 1 and row[0] == _REPORT and row[1]), "")
    head = next((place for place, row in enumerate(rows) if tuple(row[: len(HEAD)]) == HEAD), None)
    if head is None:
        raise ReportError(
            _(
                "The table {path} has not the columns that we sent out: give back the file that inspect_kit wrote, with"
                " its head row as it was.",
                path=path,
            )
        )
    items = {item.id for item in visit.checklist.items} | set(visit.findings)
    numbers = {wanted.number for wanted in visit.recommendations}
    comments: list[Comment] = []
    refused: list[str] = []
    for place, row in enumerate(rows[head + 1 :], head + 2):
        values = [_text(value) for value in (*row, *[None] * len(HEAD))[: len(HEAD)]]
        if not values[4] and not values[5]:
            continue
        try:
            comments.append(_comment(values, items, numbers, report))
        except BadInputError as problem:
            refused.append(_("Row {place} was not taken: {problem}", place=place, problem=problem))
    return CommentTable(tuple(comments), tuple(refused))


def _comment(values: list[str], items: set[str], numbers: set[int], report: str) -> Comment:
    number, _about, key, _told, accurate, text = values
    found = _KEY.fullmatch(key)
    if not number.isascii() or not number.isdigit() or len(number) > 6:
        # Translators: the end of a sentence about a row of a table
        raise BadInputError(_("its number was changed; write it as it was."))
    if found is None or (found[1] == "recommendation" and not re.fullmatch("[0-9]{1,6}", found[2])):
        # Translators: the end of a sentence about a row of a table
        raise BadInputError(_("its key was changed; copy it from the table that was sent out."))
    about = found[2]
    if (found[1] == "finding" and about not in items) or (found[1] == "recommendation" and int(about) not in numbers):
        # Translators: the end of a sentence about a row of a table, to which the key belongs
        raise BadInputError(_("“{key}” is not in this visit.", key=key[:60]))
    said = accurate.strip().lower()
    if said not in ("", "yes", "no"):
        # Translators: the end of a sentence about a row of a table, in which stands the English yes or no
        raise BadInputError(_("whether the facts are right is answered with yes or no, or not at all."))
    note = clean_note(text, _("The comment")).strip()
    finding = found[1] == "finding"
    return Comment(about if finding else "", 0 if finding else int(about), int(number), note, said, report[:64])


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)


def _refuse_hostile(data: bytes, path: Path) -> None:
    """Look at a file's parts before anything reads them."""
    no_table = _("The table {path} is no XLSX file: give the file that was sent out, saved as XLSX.", path=path)
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED:
                raise BadInputError(
                    _("The table {path} unpacks to more than a table holds: it was not read.", path=path)
                )
            if any("vba" in part.filename.lower() or part.filename.lower().endswith(".bin") for part in parts):
                raise BadInputError(
                    _("The table {path} holds macros: ask for it again, saved as XLSX without them.", path=path)
                )
            left = UNPACKED
            for part in parts:
                with packed.open(part) as file:
                    text = file.read(left + 1)
                left -= len(text)
                # neither is in any spreadsheet's own files; a definition could unfold without end
                if left < 0 or b"<!DOCTYPE" in text or b"<!ENTITY" in text or text[:2] in (b"\xff\xfe", b"\xfe\xff"):
                    raise BadInputError(
                        _("The table {path} holds what no spreadsheet program writes: it was not read.", path=path)
                    )
    except (
        zipfile.BadZipFile,
        OSError,
        RuntimeError,
        NotImplementedError,
        ValueError,
        EOFError,
        zlib.error,
    ) as problem:
        raise BadInputError(no_table) from problem


def _table(data: bytes, path: Path) -> list[tuple[Any, ...]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
        if not book.worksheets:
            raise ValueError("no sheet")
        rows: list[tuple[Any, ...]] = []
        for row in book.worksheets[0].iter_rows(max_col=len(HEAD), max_row=MOST_ROWS + 1, values_only=True):
            rows.append(row)
            if len(rows) > MOST_ROWS:
                raise BadInputError(
                    _(
                        "The table {path} has more than {most} rows: it is not the one we sent out.",
                        path=path,
                        most=thousands(MOST_ROWS),
                    )
                )
    except (InvalidFileException, zipfile.BadZipFile, ParseError, LookupError, ValueError, TypeError, AttributeError,
            OSError, EOFError, MemoryError, RecursionError, OverflowError) as problem:  # fmt: skip
        raise BadInputError(
            _("The table {path} is damaged and cannot be read: ask for it again.", path=path)
        ) from problem
    return rows

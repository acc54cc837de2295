"""Correct a signed report: it stays as it is, and the next version names it by its digest."""

from __future__ import annotations

import hashlib
from pathlib import Path

from inspect_kit.errors import ReportError
from inspect_kit.export.report.broken import read_pdf
from inspect_kit.export.report.verify import examine
from inspect_kit.language import _
from inspect_kit.model import Edition


def next_version(path: Path, visit: str, edition: Edition) -> tuple[int, str]:
    """Say which version comes after a signed report.

    Args:
        path: the signed report.
        visit: the id of the visit whose report is to be written.
        edition: for whom that is.

    Returns:
        The next version's number, and the SHA-256 of the report that it corrects, in hex.

    Raises:
        BadInputError: when the file is missing or no PDF.
        ReportError: when nobody has signed it, it was changed, or it is another visit's or edition's.
    """
    data = read_pdf(path)
    found = examine(data, path)
    if not found.signers:
        raise ReportError(_("Nobody has signed the report {path}: write it anew, it needs no correction.", path=path))
    if found.faults:
        raise ReportError(
            _(
                "The report {path} cannot be corrected: {problem} Ask for the original file.",
                path=path,
                problem=found.faults[0],
            )
        )
    if (found.visit, found.edition) != (visit, edition):
        raise ReportError(
            _(
                "The report {path} is the {edition} edition of the visit {visit}: a correction is written for the same"
                " visit and edition.",
                path=path,
                edition=Edition(found.edition).label,
                visit=found.visit,
            )
        )
    return found.number + 1, hashlib.sha256(data).hexdigest()

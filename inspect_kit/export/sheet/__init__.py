"""The pocket sheet: a visit's checklist on paper, for places where laptops must stay outside.

The library for layout is imported only where it is used, so that importing this package costs nothing.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path

from inspect_kit.analysis.views import View
from inspect_kit.model import VisitRecord

__all__ = ["Paper", "write_sheet"]


class Paper(StrEnum):
    """What a sheet is printed on."""

    A4 = "a4"
    A5 = "a5"


def write_sheet(visit: VisitRecord, view: View, paper: Paper, out: Path, made: datetime) -> None:
    """Write a visit's blank sheet, whole or not at all; the same input gives the same bytes.

    It holds the questions and room to write, and nothing that was recorded: no finding, no note, no name of
    anybody on the team or among those who were talked to.

    Args:
        visit: whose checklist is printed.
        view: the order, as on screen.
        paper: its size.
        out: the file to write.
        made: when the sheet is made, with its time zone; nothing else reads the clock.

    Raises:
        BadInputError: when the file cannot be written there.
        ReportError: when the pages cannot be laid out.
    """
    from inspect_kit.export.sheet.write import write

    write(visit, view, paper, out, made)

"""The data of a report: what its pages show, as canonical JSON that is attached to the PDF and signed with it.

The pages are set from what ``read_data`` gives back, never from the record itself. So the data holds all that the
pages show, and whoever has the PDF and the same inspect_kit can set the pages again and compare.
"""

from __future__ import annotations

import json
import unicodedata
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from importlib.metadata import version
from typing import Any

import inspect_kit
from inspect_kit.analysis import Disclosed
from inspect_kit.errors import InspectKitError, ReportError
from inspect_kit.export.report.paper import Paper
from inspect_kit.export.report.plain import from_plain, to_plain
from inspect_kit.export.report.signatures import Place, places_of
from inspect_kit.language import _
from inspect_kit.model import Checklist, Edition, Evidence, Item, Seal, VisitRecord, Wording, canonical

NAME = "report-data.json"
"""The attachment's name."""
LIMIT = 64 * 1_048_576
"""The largest data that is read, in bytes."""
FORM = 1
"""Of the data; raised when its shape changes."""
_LIBRARIES = ("reportlab", "pikepdf", "uharfbuzz", "fonttools")


@dataclass(frozen=True)
class Letter:
    """What makes a letter of a report.

    Attributes:
        addressee: to whom it goes.
        answer_by: the day by which an answer is asked, ISO.
    """

    addressee: str
    answer_by: str


@dataclass(frozen=True)
class ReportData:
    """What one report shows.

    Attributes:
        shown: the record as this edition's readers may see it. What they may not see must be gone from it: all of it
            stands in the attached data.
        edition: the readership.
        made: when the report was made, with its time zone.
        wording: the clauses' texts that are printed.
        seals: of the visit's stream, by their authors.
        answers: the team's answers to points of the do-no-harm check that this edition's pages print, by point.
        paper: its size.
        number: the report's version, from 1.
        corrects: SHA-256 of the signed report that this one corrects, in hex; empty for version 1.
        pictures: SHA-256 of each photograph as it stands in the PDF, by the digest of the attachment.
        fonts: SHA-256 of each font file besides ours with which the pages are set, in hex.
        letter: for a letter on what cannot wait; None for a report.
        places: who is expected to sign where; filled in by ``report_data`` from the team.
        made_with: the programs that set the pages, with their versions; filled in by ``report_data``.
    """

    shown: Disclosed
    edition: Edition
    made: datetime
    wording: Mapping[str, Wording] = field(default_factory=dict)
    seals: tuple[Seal, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    paper: Paper = Paper.A4
    number: int = 1
    corrects: str = ""
    pictures: Mapping[str, str] = field(default_factory=dict)
    fonts: tuple[str, ...] = ()
    letter: Letter | None = None
    places: tuple[Place, ...] = ()
    made_with: Mapping[str, str] = field(default_factory=dict)


def programs() -> dict[str, str]:
    """What sets the pages on this machine, with versions; the same programs give the same bytes."""
    found = {name: version(name) for name in _LIBRARIES}
    kept = {"unicode": unicodedata.unidata_version, "zlib": zlib.ZLIB_RUNTIME_VERSION}
    return {"inspect_kit": inspect_kit.__version__, **found, **kept}


def report_data(report: ReportData) -> bytes:
    """Write what a report shows as canonical JSON (RFC 8785).

    What no page of any edition prints is left out: quick notes, advice of the checklist, the casebook's own ids.

    Args:
        report: what it shows.
    """
    record = report.shown.visit
    whole = replace(
        report,
        shown=replace(report.shown, visit=_printed(record, report.edition)),
        places=report.places or places_of(record),
        made_with=report.made_with or programs(),
    )
    return canonical({"form": FORM, "report": to_plain(whole)}).encode()


def read_data(data: bytes) -> ReportData:
    """Read the data of a report, of any origin.

    Args:
        data: the attachment.

    Raises:
        ReportError: when it is too large, no canonical JSON, or has another shape; what is told names the data.
    """
    if len(data) > LIMIT:
        raise ReportError(
            _("The data attached to the report is larger than {size} MB: it is not ours.", size=LIMIT // 1_048_576)
        )
    try:
        values = json.loads(data.decode(), parse_float=_no_fraction, parse_constant=_no_fraction)
        if canonical(values).encode() != data:
            raise ValueError("not in the one spelling")
        if values.keys() != {"form", "report"} or type(values["form"]) is not int:
            raise ValueError("not ours")
    except (ValueError, TypeError, AttributeError, RecursionError, MemoryError) as problem:
        raise ReportError(
            _("The data attached to the report is not as inspect_kit writes it: it was made by hand or damaged.")
        ) from problem
    if values["form"] != FORM:
        raise ReportError(
            _(
                "The data attached to the report has form {form}, and this inspect_kit reads form {ours}: verify it"
                " with the inspect_kit that made it, or a newer one.",
                form=values["form"],
                ours=FORM,
            )
        )
    try:
        report: ReportData = from_plain(ReportData, values["report"])
        if to_plain(report) != values["report"]:
            raise ValueError("not in the one spelling")
    except (InspectKitError, ValueError, TypeError, AttributeError, RecursionError, MemoryError) as problem:
        raise ReportError(
            _("The data attached to the report cannot be read: it has another shape than a report’s data.")
        ) from problem
    return report


def _no_fraction(_text: str) -> Any:
    raise ValueError("a report's data holds no fractions")


def _printed(visit: VisitRecord, edition: Edition) -> VisitRecord:
    """Leave out of a record what no page prints."""
    public = edition is Edition.PUBLIC
    findings = {
        item: replace(
            finding,
            evidence=tuple(_without_id(source) if public else source for source in finding.evidence),
            review=None,
        )
        for item, finding in visit.findings.items()
    }
    return replace(
        visit,
        findings=findings,
        jottings=(),
        conflicts=tuple(one for one in visit.conflicts if not one.subject.startswith("jotting:")),
        checklist=_brief(visit.checklist),
    )


def _without_id(source: Evidence) -> Evidence:
    """An id tells to the millisecond when a source was recorded, which the public edition does not."""
    return replace(source, id="")


def _brief(checklist: Checklist) -> Checklist:
    """A checklist without its advice; only what a report prints of an item."""
    return replace(
        checklist,
        items=tuple(
            Item(
                id=item.id,
                theme=item.theme,
                short=item.short,
                clauses=item.clauses,
                strength=item.strength,
                ask=item.ask,
                why="",
                places=item.places,
                applies_to=item.applies_to,
                grave=item.grave,
                applies=item.applies,
                reason=item.reason,
                number=item.number,
            )
            for item in checklist.items
        ),
        themes={name: replace(theme, care=()) for name, theme in checklist.themes.items()},
    )

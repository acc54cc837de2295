"""The PDF report of a visit: written, signed by the inspectors and the chair, and verified.

The libraries for layout and signatures are imported only where they are used, so that importing this
package costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from inspect_kit.analysis import Point, disclose, open_points
from inspect_kit.errors import BadInputError, ReportError
from inspect_kit.export.report.missing import Missing
from inspect_kit.export.report.paper import Paper
from inspect_kit.export.report.signatures import Pages, Signature, SignerRole, Verification
from inspect_kit.language import _, day, ngettext
from inspect_kit.model import Edition, Profile, Seal, VisitRecord, Wording, clean_line

if TYPE_CHECKING:
    from inspect_kit.identity import Identity

__all__ = [
    "Missing",
    "Pages",
    "Paper",
    "Signature",
    "SignerRole",
    "Verification",
    "letter_points",
    "missing_characters",
    "missing_in_letter",
    "sign_report",
    "verify_report",
    "write_letter",
    "write_report",
]


def write_report(
    visit: VisitRecord,
    edition: Edition,
    out: Path,
    attachment: Callable[[str], bytes],
    made: datetime,
    wording: Mapping[str, Wording] = MappingProxyType({}),
    seals: Sequence[Seal] = (),
    answers: Mapping[str, str] = MappingProxyType({}),
    paper: Paper = Paper.A4,
    corrects: Path | None = None,
    fonts: Sequence[Path] = (),
) -> None:
    """Write a visit's unsigned report, whole or not at all; the same input gives the same bytes, whatever the language.

    Args:
        visit: the whole record; what the edition's readers may not see is left out here.
        edition: the readership.
        out: the file to write.
        attachment: gives a file's bytes by its digest.
        made: when the report is made, with its time zone; nothing else reads the clock.
        wording: the clauses' texts, where the user imported them; printed beside our words.
        seals: those of the visit's stream.
        answers: why a point of the do-no-harm check may stand, by the point's id (``analysis.open_points``). They are
            kept in the internal edition, where they cannot tell an outsider what they are about.
        paper: its size.
        corrects: the signed report that this one corrects: a signed report is never changed, and its correction is the
            next version, which names it by its digest.
        fonts: TrueType files for characters that our typeface lacks; what none of them has is printed as a code and
            counted in the report. ``missing_characters`` tells them first.

    Raises:
        BadInputError: when the file cannot be written there, or the report to correct is not there.
        ReportError: when points of the do-no-harm check are open for this edition, when the pages cannot be laid out,
            or when the report to correct is not whole and signed.
    """
    from inspect_kit.export.report.data import ReportData
    from inspect_kit.export.report.write import write

    if made.tzinfo is None:
        raise ValueError("the time at which a report is made needs a time zone")
    points = open_points(visit, edition, answers)
    if points:
        raise ReportError(
            ngettext(
                "The {edition} edition was not written, because somebody could be harmed by it: {count} point of the"
                " do-no-harm check is open, first under {place}, {field}: {message}. Change the text, or answer each"
                " point.",
                "The {edition} edition was not written, because somebody could be harmed by it: {count} points of the"
                " check are open, first under {place}, {field}: {message}. Change the text, or answer each point.",
                len(points),
                edition=edition.label,
                **_first(points),
            )
        )
    number, earlier = 1, ""
    if corrects is not None:
        from inspect_kit.export.report.correct import next_version

        number, earlier = next_version(corrects, visit.id, edition)
    report = ReportData(
        disclose(visit, edition),
        edition,
        made,
        wording,
        tuple(seals),
        answers if edition is Edition.INTERNAL else {},
        paper=paper,
        number=number,
        corrects=earlier,
    )
    write(report, out, attachment, fonts)


def write_letter(
    visit: VisitRecord,
    out: Path,
    made: datetime,
    addressee: str,
    answer_by: date,
    seals: Sequence[Seal] = (),
    answers: Mapping[str, str] = MappingProxyType({}),
    paper: Paper = Paper.A4,
    fonts: Sequence[Path] = (),
) -> None:
    """Write the letter on a visit's urgent findings, unsigned; it is signed and verified like a report.

    It holds the urgent findings and the recommendations that rest on them, and nothing else: no source, no count of
    people, no account of the visit. Narratives are shortened until it fits on one page; only where that is not enough
    does it run on, and no finding is left out.

    Args:
        visit: the whole record.
        out: the file to write.
        made: when the letter is made, with its time zone.
        addressee: to whom it goes.
        answer_by: the day by which an answer is asked.
        seals: as for ``write_report``.
        answers: likewise; the points are those of ``letter_points``.
        paper: likewise.
        fonts: likewise.

    Raises:
        BadInputError: when there is no addressee, the day has passed, or the file cannot be written there.
        ReportError: when no finding is urgent, or points of the do-no-harm check are open.
    """
    from inspect_kit.export.report.data import Letter, ReportData
    from inspect_kit.export.report.letter import urgent_part
    from inspect_kit.export.report.write import write

    if made.tzinfo is None:
        raise ValueError("the time at which a letter is made needs a time zone")
    to = clean_line(addressee, _("The letter's addressee"), required=True)
    if answer_by < made.date():
        by = day(answer_by.isoformat())
        raise BadInputError(_("The answer is asked by {day}, which has passed: give a later day.", day=by))
    part = urgent_part(visit)
    if not part.findings:
        raise ReportError(
            _("No finding of this visit is urgent, so that there is no letter to write: mark it as urgent.")
        )
    points = letter_points(visit, answers)
    if points:
        raise ReportError(
            ngettext(
                "The letter was not written, because somebody could be harmed by it: {count} point of the do-no-harm"
                " check is open, first under {place}, {field}: {message}. Change the text, or answer each point.",
                "The letter was not written, because somebody could be harmed by it: {count} points of the check are"
                " open, first under {place}, {field}: {message}. Change the text, or answer each point.",
                len(points),
                **_first(points),
            )
        )
    shown = disclose(part, Edition.AUTHORITY)
    shown = replace(shown, held=None, few=(), visit=_without_numbers(shown.visit))
    wanted = Letter(to, answer_by.isoformat())
    write(
        ReportData(shown, Edition.AUTHORITY, made, seals=tuple(seals), paper=paper, letter=wanted),
        out,
        _no_attachment,
        fonts,
    )


def letter_points(visit: VisitRecord, answers: Mapping[str, str] = MappingProxyType({})) -> tuple[Point, ...]:
    """The points of the do-no-harm check that are open for the letter: those of the authority's edition in its texts.

    Args:
        visit: the whole record.
        answers: as for ``write_report``; an answer for the authority's edition holds for the letter as well.
    """
    from inspect_kit.export.report.letter import urgent_part

    return open_points(urgent_part(visit), Edition.AUTHORITY, answers)


def missing_characters(visit: VisitRecord, edition: Edition, fonts: Sequence[Path] = ()) -> tuple[Missing, ...]:
    """Tell which characters of an edition's texts would be printed as codes, before anything is written.

    Args:
        visit: the whole record.
        edition: the readership; only what it shows counts.
        fonts: files of fonts besides ours.

    Returns:
        Each character with its name, and how often and under which items it stands, the most frequent first.

    Raises:
        BadInputError: when a font cannot be used.
    """
    from inspect_kit.export.report.fonts import load_extras
    from inspect_kit.export.report.text import missing

    shown, extras = disclose(visit, edition).visit, load_extras(fonts)
    found = missing(_texts(shown), extras)
    if not found:
        return ()
    texts = {item: "".join(_texts(one)) for item, one in shown.findings.items()}
    return tuple(
        replace(one, places=tuple(item for item, text in texts.items() if one.character in text)) for one in found
    )


def missing_in_letter(visit: VisitRecord, fonts: Sequence[Path] = ()) -> tuple[Missing, ...]:
    """Tell the same of the letter on a visit's urgent findings.

    Args:
        visit: the whole record.
        fonts: files of fonts besides ours.

    Raises:
        BadInputError: when a font cannot be used.
    """
    from inspect_kit.export.report.letter import urgent_part

    return missing_characters(urgent_part(visit), Edition.AUTHORITY, fonts)


def _texts(value: object) -> Iterator[str]:
    """All texts in a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _texts(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def _without_numbers(visit: VisitRecord) -> VisitRecord:
    """The letter tells nobody how many are held."""
    facility = replace(visit.plan.facility, profile=Profile(), capacity=None)
    return replace(visit, plan=replace(visit.plan, facility=facility))


def _no_attachment(digest: str) -> bytes:
    raise LookupError(digest)


def _first(points: Sequence[Point]) -> dict[str, str]:
    """What a refusal tells of the first point that is open."""
    first = points[0]
    place = first.item or _("the visit as a whole")
    return {"place": place, "field": first.field, "message": first.message.rstrip(".")}


def sign_report(
    path: Path, identity: Identity, role: SignerRole, when: datetime | None = None, service: str = ""
) -> Signature:
    """Sign a report in place; what it held before stays an exact prefix of the file.

    Args:
        path: a report of ours.
        identity: who signs, wherever her key lies.
        role: inspectors sign first, the chair last.
        when: the signing time; the machine's own where it is None.
        service: the address of a time-stamping service, which confirms the time (RFC 3161); empty for none, as where
            there is no network.

    Returns:
        The signature that was added.

    Raises:
        BadInputError: when the file is missing or cannot be replaced.
        IdentityError: when the certificate cannot sign reports, or not now, or the key does not belong to it.
        ReportError: when it is no report of ours, was changed, has no place for this signature, or the service does
            not answer; the file is then as it was.
    """
    from inspect_kit.export.report.sign import sign
    from inspect_kit.export.report.timestamps import reach

    return sign(path, identity, role, when, reach(service) if service else None)


def verify_report(path: Path, *, thorough: bool | None = None) -> Verification:
    """Check a report: its signatures, that nothing else was added to it, its data, its seals, and its pages.

    Nothing but the file is needed. Whether a signer is trusted is not decided here; the network is not used.

    Args:
        path: the file.
        thorough: True also sets the pages of a long report again from the attached data, which takes some seconds for
            each thousand findings; False those of none; None those of a report of usual length.

    Raises:
        BadInputError: when the file is missing or cannot be read.
        ReportError: when it is no PDF, or a damaged or encrypted one.
    """
    from inspect_kit.export.report.verify import verify

    return verify(path, thorough=thorough)

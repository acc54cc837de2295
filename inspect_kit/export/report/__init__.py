"""The PDF report of a visit: written, signed by the inspectors and the chair, and verified.

The libraries for layout and signatures are imported only where they are used, so that importing this
package costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from inspect_kit.analysis import Point, disclose, open_points
from inspect_kit.errors import ReportError
from inspect_kit.export.report.paper import Paper
from inspect_kit.export.report.signatures import Pages, Signature, SignerRole, Verification
from inspect_kit.model import Edition, Seal, VisitRecord, Wording

if TYPE_CHECKING:
    from inspect_kit.export.report.tokens import Token
    from inspect_kit.identity import Identity

__all__ = ["Pages", "Paper", "Signature", "SignerRole", "Verification", "sign_report", "verify_report", "write_report"]


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
) -> None:
    """Write a visit's unsigned report, whole or not at all; the same input gives the same bytes.

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
        raise ReportError(_refusal(points, edition))
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
    write(report, out, attachment)


def _refusal(points: Sequence[Point], edition: Edition) -> str:
    first = points[0]
    where = f"{first.item or 'the visit as a whole'}, {first.field}"
    number = "1 point of the do-no-harm check is" if len(points) == 1 else f"{len(points)} points of the check are"
    return (
        f"The {edition} edition was not written, because somebody could be harmed by it: {number} open, first under "
        f"{where}: {first.message.rstrip('.')}. Change the text, or answer each point."
    )


def sign_report(
    path: Path, identity: Identity | Token, role: SignerRole, when: datetime | None = None, service: str = ""
) -> Signature:
    """Sign a report in place; what it held before stays an exact prefix of the file.

    Args:
        path: a report of ours.
        identity: who signs; a key on a token is opened with ``tokens.open_token``.
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

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

from inspect_kit.analysis import disclose
from inspect_kit.export.report.paper import Paper
from inspect_kit.export.report.signatures import Signature, SignerRole, Verification
from inspect_kit.model import Edition, Seal, VisitRecord, Wording

if TYPE_CHECKING:
    from inspect_kit.identity import Identity

__all__ = ["Paper", "Signature", "SignerRole", "Verification", "sign_report", "verify_report", "write_report"]


def write_report(
    visit: VisitRecord,
    edition: Edition,
    out: Path,
    attachment: Callable[[str], bytes],
    made: datetime,
    wording: Mapping[str, Wording] = MappingProxyType({}),
    seals: Sequence[Seal] = (),
    paper: Paper = Paper.A4,
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
        paper: its size.

    Raises:
        BadInputError: when the file cannot be written there.
        ReportError: when the pages cannot be laid out.
    """
    from inspect_kit.export.report.data import ReportData
    from inspect_kit.export.report.write import write

    if made.tzinfo is None:
        raise ValueError("the time at which a report is made needs a time zone")
    write(ReportData(disclose(visit, edition), edition, made, wording, tuple(seals)), out, attachment, paper)


def sign_report(path: Path, identity: Identity, role: SignerRole, when: datetime | None = None) -> Signature:
    """Sign a report in place; what it held before stays an exact prefix of the file.

    Args:
        path: a report of ours.
        identity: who signs.
        role: inspectors sign first, the chair last.
        when: the signing time; the machine's own where it is None.

    Returns:
        The signature that was added.

    Raises:
        BadInputError: when the file is missing or cannot be replaced.
        ReportError: when it is no report of ours, was changed, or has no place for this signature.
    """
    from inspect_kit.export.report.sign import sign

    return sign(path, identity, role, when)


def verify_report(path: Path) -> Verification:
    """Check every signature of a report, and that nothing but signatures was added to it.

    Whether a signer is trusted is not decided here; the network is not used.

    Args:
        path: the file.

    Raises:
        BadInputError: when the file is missing or cannot be read.
        ReportError: when it is no PDF, or a damaged or encrypted one.
    """
    from inspect_kit.export.report.verify import verify

    return verify(path)

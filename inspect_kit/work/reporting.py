"""From a visit in the casebook to paper: its report, written and signed, and its pocket sheet."""

from datetime import datetime
from pathlib import Path

from inspect_kit.analysis.views import View
from inspect_kit.casebook import Casebook
from inspect_kit.errors import ReportError
from inspect_kit.export.report import (
    Signature,
    SignerRole,
    Verification,
    sign_report,
    verify_report,
    write_report,
)
from inspect_kit.export.sheet import Paper, write_sheet
from inspect_kit.files import explain, whole_file
from inspect_kit.identity import load
from inspect_kit.language import _, in_english
from inspect_kit.model import Edition
from inspect_kit.standards import load_standard, load_wording
from inspect_kit.work.desk import default_identity


def make_report(casebook: Casebook, visit: str, edition: Edition, out: Path) -> None:
    """Write a visit's report, unsigned.

    Args:
        casebook: the open casebook.
        visit: the visit's id.
        edition: for whom.
        out: the PDF to write; an existing file is replaced once the new one is whole, a signed report never.

    Raises:
        InspectKitError: when the visit is not known or the file cannot be written.
    """
    keep_signed(out)
    wording = load_wording(load_standard())
    record = casebook.visit(visit)
    with in_english():
        write_report(record, edition, out, casebook.attachment, datetime.now().astimezone(), wording)


def keep_signed(out: Path) -> None:
    """Refuse to write over a report that somebody has signed.

    Args:
        out: the file that is to be written; it need not exist.

    Raises:
        ReportError: when a signed PDF lies there.
    """
    try:
        signed = out.is_file() and b"/ByteRange" in out.read_bytes()
    except OSError as problem:
        raise explain(problem, _("The file {path}", path=out)) from problem
    if signed:
        raise ReportError(
            _("{path} is a signed report, and a signed report is never overwritten: name another file.", path=out)
        )


def make_and_sign(
    casebook: Casebook, visit: str, edition: Edition, out: Path, identity: Path, passphrase: str | None
) -> Verification:
    """Write a visit's report, sign it as its first inspector, and verify what was written.

    Args:
        casebook: the open casebook.
        visit: the visit's id.
        edition: for whom.
        out: the PDF to write; an existing file is replaced once the new one is whole and signed.
        identity: the signer's PKCS#12 file.
        passphrase: opens it where it is protected.

    Returns:
        What ``verify_report`` says of it.

    Raises:
        InspectKitError: when something cannot be read, written or signed; ``out`` is then as it was.
    """
    keep_signed(out)
    me = load(identity, passphrase)
    # Translators: the start of a sentence, before the file's name
    with whole_file(out, _("The report")) as draft:
        make_report(casebook, visit, edition, draft)
        sign_report(draft, me, SignerRole.INSPECTOR)
    return verify_report(out)


def sign(report: Path, identity: Path | None, passphrase: str | None, role: SignerRole) -> Signature:
    """Sign a report in place.

    Args:
        report: the PDF.
        identity: the signer's PKCS#12 file; None means the default one.
        passphrase: opens it where it is protected.
        role: inspector or chair.

    Raises:
        InspectKitError: when identity or report cannot be used, or no place is left to sign.
    """
    return sign_report(report, load(identity or default_identity(), passphrase), role)


def make_sheet(casebook: Casebook, visit: str, view: View, paper: Paper, out: Path) -> None:
    """Write a visit's pocket sheet, blank, for places where laptops stay outside.

    Args:
        casebook: the open casebook.
        visit: the visit's id.
        view: the order of the items.
        paper: its size.
        out: the PDF to write; an existing file is replaced once the new one is whole, a signed report never.

    Raises:
        InspectKitError: when the visit is not known or the file cannot be written.
    """
    keep_signed(out)
    record = casebook.visit(visit)
    with in_english():
        write_sheet(record, view, paper, out, datetime.now().astimezone())

"""Check a report's signatures, and that nothing but signatures was added to it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from asn1crypto.x509 import Certificate  # type: ignore[import-untyped]  # asn1crypto has no types
from pyhanko.pdf_utils.generic import parse_pdf_date
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, SuspiciousModification
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, read_certification_data

from inspect_kit.export.report.broken import open_pdf, read_pdf, told_plainly
from inspect_kit.export.report.envelope import gap_is_exact, holds, is_ours
from inspect_kit.export.report.revisions import changes, prepared_places
from inspect_kit.export.report.signatures import Signature, SignerRole, Verification, role_of
from inspect_kit.export.report.text import count, moment

NOBODY = "Nobody has signed this report."
NO_PLACES = (
    "It has no places for signatures: it is a working paper, written while the team held different views, "
    "or no report of inspect_kit as it was written."
)


def verify(path: Path) -> Verification:
    """Check a report; see ``verify_report``."""
    return examine(read_pdf(path), path)


def examine(data: bytes, path: Path) -> Verification:
    """Check a report's bytes.

    Args:
        data: the file.
        path: its name, for messages.

    Raises:
        ReportError: when it is damaged or encrypted.
    """
    with told_plainly(path, "read"):
        return _examine(data, open_pdf(data, path))


def _examine(data: bytes, reader: PdfFileReader) -> Verification:
    places = prepared_places(reader)
    signatures = sorted(reader.embedded_signatures, key=lambda one: one.signed_revision)
    problems = [] if places else [NO_PLACES]
    signers: list[Signature] = []
    for number, signature in enumerate(signatures, 1):
        faults = list(_faults(data, signature, places))
        signers.append(_signer(signature, valid=not faults))
        problems += [f"{_whose(signers[-1], number)} {fault}" for fault in faults]
    if signatures:
        problems += _order(reader, signatures, signers)
        problems += _afterwards(data, reader, signatures)
    else:
        problems += [NOBODY, *_unsigned(data, reader)]
    signed = {signature.field_name for signature in signatures}
    closed = any(one.role == SignerRole.CHAIR for one in signers)
    awaiting = () if closed else tuple(str(role_of(place)) for place in places if place not in signed)
    problems = list(dict.fromkeys(problems))
    return Verification(not problems, tuple(signers), awaiting, tuple(problems))


def _whose(signer: Signature, number: int) -> str:
    return f"Signature {number}, of {signer.name} as {signer.role or 'nobody we know'},"


def _signer(signature: EmbeddedPdfSignature, *, valid: bool) -> Signature:
    certificate = signature.signer_cert
    when, role = _claimed(signature), role_of(signature.field_name)
    return Signature(
        name=_named(certificate, "common_name") or "unnamed",
        organisation=_named(certificate, "organization_name"),
        role=role.value if role else "",
        when=when.isoformat() if when else "",
        fingerprint=certificate.sha256.hex(),
        valid=valid,
    )


def _named(certificate: Certificate, part: str) -> str:
    """A part of the certificate's name; the last where a certificate gives several, as on our identities."""
    found = certificate.subject.native.get(part, "")
    return str(found if isinstance(found, str) else found[0])


def _claimed(signature: EmbeddedPdfSignature) -> datetime | None:
    if "/M" not in signature.sig_object:
        return None
    when: datetime = parse_pdf_date(signature.sig_object["/M"])
    return when if when.tzinfo else None


def _faults(data: bytes, signature: EmbeddedPdfSignature, places: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with one signature by itself, each as the rest of a sentence about it."""
    if signature.field_name not in places:
        yield "does not stand in a place that was prepared for signatures."
    if not gap_is_exact(data, signature) or not is_ours(signature):
        yield "is not in the form in which inspect_kit signs: it was tampered with, or made with another program."
        return
    _, first, second, rest = (int(number) for number in signature.byte_range)
    covered = hashlib.sha256(data[:first])
    covered.update(data[second : second + rest])
    if not holds(signature, covered.digest()):
        yield "is broken: what it covers was changed after it was signed."
    when, certificate = _claimed(signature), signature.signer_cert
    if when is None:
        yield "does not say when it was made."
    elif not certificate.not_valid_before <= when <= certificate.not_valid_after:
        yield f"was made on {moment(when)}, when its certificate was not valid."


def _order(reader: PdfFileReader, signatures: list[EmbeddedPdfSignature], signers: list[Signature]) -> Iterator[str]:
    """What is wrong with who signed as what, and after whom."""
    certification = read_certification_data(reader)
    certifying = certification is not None and certification.permission is MDPPerm.FILL_FORMS
    root = reader.root
    if not certifying or root["/Perms"].raw_get("/DocMDP") != signatures[0].sig_field.raw_get("/V"):
        yield "The first signature does not certify the report, so that it does not protect it against additions."
    if any(one.role == SignerRole.CHAIR for one in signers[:-1]):
        yield "Somebody signed after the chair, who signs last."
    if signers[0].role == SignerRole.CHAIR:
        yield "The chair signed before any inspector."
    for position, one in enumerate(signers):
        if any((one.fingerprint, one.role) == (other.fingerprint, other.role) for other in signers[:position]):
            yield f"{one.name} signed twice as {one.role}."


def _afterwards(data: bytes, reader: PdfFileReader, signatures: list[EmbeddedPdfSignature]) -> Iterator[str]:
    """What was added to the file besides its signatures."""
    end = sum([int(number) for number in signatures[-1].byte_range][2:])
    if end != len(data):
        added = count(abs(len(data) - end), "byte")
        yield f"The last signature does not cover the whole file: {added} more at its end."
    signed = {signature.signed_revision: signature for signature in signatures}
    if sorted(signed) != list(range(1, reader.xrefs.total_revisions)):
        yield "The file was changed by somebody who did not sign: it holds more revisions than signatures."
    yield from changes(reader, signed)
    # pyHanko reviews each later revision against the one that the first signature made
    signatures[0].compute_integrity_info(skip_diff=True)
    if isinstance(signatures[0].evaluate_modifications(DEFAULT_DIFF_POLICY), SuspiciousModification):
        yield "The report was changed after signature 1 in a way that a signature does not allow."


def _unsigned(data: bytes, reader: PdfFileReader) -> Iterator[str]:
    if not data.endswith(b"%%EOF\n"):
        yield "Bytes were added after the end of the report."
    if reader.xrefs.total_revisions > 1:
        yield "The file was changed after it was written."

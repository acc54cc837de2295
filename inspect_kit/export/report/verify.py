"""Check a report: its signatures, that nothing but signatures was added, its data, its seals, and its pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from asn1crypto.x509 import Certificate  # type: ignore[import-untyped]  # asn1crypto has no types
from pyhanko.pdf_utils.generic import parse_pdf_date
from pyhanko.pdf_utils.reader import PdfFileReader

from inspect_kit.errors import ReportError
from inspect_kit.export.report.again import compare
from inspect_kit.export.report.broken import open_pdf, read_pdf, refuse_encrypted, told_plainly
from inspect_kit.export.report.data import ReportData, read_data
from inspect_kit.export.report.envelope import gap_is_exact, holds, is_ours, unfit
from inspect_kit.export.report.inside import acts, attached_data, photographs
from inspect_kit.export.report.layers import Layer, LayersError, layers
from inspect_kit.export.report.revisions import changes, prepared_places
from inspect_kit.export.report.seals import broken_seals, unsealed
from inspect_kit.export.report.shown import lines_of, shows
from inspect_kit.export.report.signatures import Pages, Place, Signature, SignerRole, Verification, is_named, role_of
from inspect_kit.export.report.signed import Signed, signatures
from inspect_kit.export.report.text import count, listed, moment
from inspect_kit.export.report.timestamps import stamped

NOBODY = "Nobody has signed this report."
NO_PLACES = (
    "It has no places for signatures: it is a working paper, written while the team held different views, "
    "or no report of inspect_kit as it was written."
)
OWN_CLOCKS = "The times are those of the signers’ own machines: no time-stamping service confirms them."
ACTS = "It holds scripts, actions or hidden layers, which no report of inspect_kit has: do not trust what it shows."


@dataclass
class _Checked:
    """A report in the course of being checked.

    Attributes:
        data: the file, up to the end of its last layer.
        path: its name, for messages.
        reader: the same file.
        parts: its layers.
        signatures: in the order in which they were made.
        problems, holding, notes: what was found so far.
        signers: what is told of each signature.
        attached: the attached data.
        report: the same, once it has been read.
    """

    data: bytes
    path: Path
    reader: PdfFileReader
    parts: tuple[Layer, ...]
    signatures: tuple[Signed, ...]
    problems: list[str] = field(default_factory=list)
    holding: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    signers: list[Signature] = field(default_factory=list)
    attached: bytes = b""
    report: ReportData | None = None


def verify(path: Path, *, thorough: bool | None = None) -> Verification:
    """Check a report; see ``verify_report``."""
    return examine(read_pdf(path), path, thorough=thorough)


def examine(data: bytes, path: Path, *, thorough: bool | None = None) -> Verification:
    """Check a report's bytes.

    Args:
        data: the file.
        path: its name, for messages.
        thorough: whether the pages are set again; None where that takes some seconds at most.

    Raises:
        ReportError: when it is damaged or encrypted.
    """
    with told_plainly(path, "read"):
        try:
            parts = layers(data)
        except LayersError as problem:
            refuse_encrypted(data, path)
            raise ReportError(
                f"The report {path} is not built as inspect_kit builds one: it was written by another program, or is "
                "damaged or cut short. Ask for the original file."
            ) from problem
        end = parts[-1].end
        reader = open_pdf(data[:end], path)
        if reader.xrefs.total_revisions != len(parts):
            raise ValueError("two readings of one file")
        checked = _Checked(data[:end], path, reader, parts, signatures(reader, parts))
        return _examine(checked, len(data) - end, thorough)


def _examine(checked: _Checked, behind: int, thorough: bool | None) -> Verification:
    problems = checked.problems
    places = prepared_places(checked.reader)
    if not places:
        problems.append(NO_PLACES)
    if behind:
        were = "was" if behind == 1 else "were"
        problems.append(
            f"{count(behind, 'byte')} {were} added after the end of the report, or left of a part that was cut short."
        )
    _read_attached(checked, places)
    expected = {place.name: place for place in checked.report.places} if checked.report else {}
    _check_signatures(checked, places, expected)
    _check_layers(checked)
    pages = _check_contents(checked, thorough)
    signed = {signature.place for signature in checked.signatures}
    closed = any(one.role == SignerRole.CHAIR for one in checked.signers)
    open_places = [place for place in places if place not in signed]
    missing = tuple(_awaited(place, expected) for place in open_places)
    complete = bool(checked.signatures) and (closed or not missing)
    sound = not problems
    if sound and checked.signatures:
        checked.holding.insert(0, "Every byte is as it was when the last of its signers signed.")
    if closed and missing:
        checked.notes.append(f"The chair closed the report without {listed(missing)}.")
    if not checked.signatures:
        problems.append(NOBODY)
    elif not complete:
        problems.append(
            f"It is not complete yet: signed by {len(signed)} of {len(places)}; still to sign: {listed(missing)}."
        )
    report = checked.report
    return Verification(
        valid=not problems,
        signers=tuple(checked.signers),
        awaiting=() if closed else tuple(str(role_of(place)) for place in open_places),
        problems=tuple(dict.fromkeys(problems)),
        complete=complete,
        missing=missing,
        holds=tuple(checked.holding),
        notes=tuple(checked.notes),
        unsealed=unsealed(report) if report else (),
        visit=report.shown.visit.id if report else "",
        edition=report.edition.value if report else "",
        number=report.number if report else 0,
        corrects=report.corrects if report else "",
        pages=pages,
    )


def _awaited(place: str, expected: dict[str, Place]) -> str:
    return expected[place].awaited if place in expected else f"the {role_of(place)}"


def _read_attached(checked: _Checked, places: tuple[str, ...]) -> None:
    """Read the attached data, and hold the prepared places against those that it names."""
    try:
        data = attached_data(checked.reader)
        report = read_data(data)
    except ReportError as problem:
        checked.problems.append(str(problem))
        return
    checked.report, checked.attached = report, data
    if tuple(place.name for place in report.places) != places:
        checked.problems.append("The places for signatures are not those of the attached data.")
    if report.number > 1 or report.corrects:
        earlier = report.corrects or "not given"
        checked.notes.append(f"This is version {report.number}. It corrects the report whose SHA-256 is {earlier}.")


def _check_signatures(checked: _Checked, places: tuple[str, ...], expected: dict[str, Place]) -> None:
    for number, signature in enumerate(checked.signatures, 1):
        faults = list(_faults(checked.data, signature, places, expected))
        if not faults and not _shows_itself(signature):
            faults = ["shows something else on its page than who signed, and when."]
        signer = _signer(signature, valid=not faults)
        checked.signers.append(signer)
        whose = f"Signature {number}, of {signer.name} as {signer.role or 'nobody we know'},"
        checked.problems += [f"{whose} {fault}" for fault in faults]
    if checked.signatures:
        checked.problems += _order(checked.reader, checked.signatures, checked.signers)
        _tell_times(checked)
    if any(place.role is SignerRole.CHAIR and not place.signer for place in expected.values()):
        checked.notes += [
            f"The report does not name its chair: ask the monitoring body whether {one.name} is."
            for one in checked.signers
            if one.role == SignerRole.CHAIR
        ]


def _tell_times(checked: _Checked) -> None:
    confirmed = [one for one in checked.signers if one.stamped]
    for one in confirmed:
        checked.notes.append(
            f"The signature of {one.name} was there on {moment(datetime.fromisoformat(one.stamped))} (UTC), says the "
            f"time-stamping service {one.service}; whether that service can be trusted was not checked."
        )
    if len(confirmed) < len(checked.signers):
        without = listed(one.name for one in checked.signers if not one.stamped)
        told = f"No time-stamping service confirms when {without} signed." if confirmed else OWN_CLOCKS
        checked.notes.append(told)


def _signer(signature: Signed, *, valid: bool) -> Signature:
    certificate = signature.certificate
    when, role = _claimed(signature), role_of(signature.place)
    try:
        confirmed = stamped(signature) if valid else None
    except (ValueError, TypeError, LookupError):
        confirmed = None
    return Signature(
        name=_named(certificate, "common_name") or "unnamed",
        organisation=_named(certificate, "organization_name"),
        role=role.value if role else "",
        when=when.isoformat() if when else "",
        fingerprint=certificate.sha256.hex(),
        valid=valid,
        stamped=confirmed[0].isoformat() if confirmed else "",
        service=confirmed[1] if confirmed else "",
    )


def _named(certificate: Certificate, part: str) -> str:
    """A part of the certificate's name; the last where a certificate gives several, as on our identities."""
    found = certificate.subject.native.get(part, "")
    return str(found if isinstance(found, str) else found[0])


def _claimed(signature: Signed) -> datetime | None:
    if "/M" not in signature.value:
        return None
    when: datetime = parse_pdf_date(signature.value["/M"])
    return when if when.tzinfo else None


def _faults(data: bytes, signature: Signed, places: tuple[str, ...], expected: dict[str, Place]) -> Iterator[str]:
    """What is wrong with one signature by itself, each as the rest of a sentence about it."""
    if signature.place not in places:
        yield "does not stand in a place that was prepared for signatures."
    if not gap_is_exact(data, signature) or not is_ours(signature):
        yield "is not in the form in which inspect_kit signs: it was tampered with, or made with another program."
        return
    _, first, second, rest = signature.span
    covered = hashlib.sha256(data[:first])
    covered.update(data[second : second + rest])
    if not holds(signature, covered.digest()):
        yield "is broken: what it covers was changed after it was signed."
    try:
        stamped(signature)
    except (ValueError, TypeError, LookupError):
        yield "carries a time stamp that does not hold."
    when, certificate = _claimed(signature), signature.certificate
    if when is None:
        yield "does not say when it was made."
    elif reason := unfit(certificate, when):
        yield f"was made on {moment(when)} with a certificate that {reason}."
    place, name = expected.get(signature.place), _named(certificate, "common_name")
    if place and not is_named(place.signer, name):
        own = [one.signer for one in expected.values() if one.signer and is_named(one.signer, name)]
        whose = f"and not in that of {own[0]}" if own else f"and the report does not expect {name}"
        yield f"stands in the place of {place.signer}, {whose}."


def _shows_itself(signature: Signed) -> bool:
    """Whether the visible stamp shows the name and organisation of the certificate, and the time of signing."""
    certificate, when = signature.certificate, _claimed(signature)
    if when is None:
        return False
    name, organisation = (_named(certificate, part) for part in ("common_name", "organization_name"))
    confirmed = signature.signer["unsigned_attrs"].native is not None
    try:
        drawing = signature.field["/AP"]["/N"]
        face = drawing["/Resources"]["/Font"]["/Sign"]["/DescendantFonts"][0]
        font = face["/FontDescriptor"]["/FontFile2"].encoded_data
        return shows(drawing.encoded_data, font, lines_of(name or "unnamed", organisation, when, confirmed=confirmed))
    except (LookupError, ValueError, TypeError, AttributeError):
        return False


def _order(reader: PdfFileReader, made: tuple[Signed, ...], signers: list[Signature]) -> Iterator[str]:
    """What is wrong with who signed as what, and after whom."""
    root = reader.root
    certified = root["/Perms"].raw_get("/DocMDP") if "/Perms" in root and "/DocMDP" in root["/Perms"] else None
    if certified is None or certified != made[0].field.raw_get("/V"):
        yield "The first signature does not certify the report, so that it does not protect it against additions."
    if any(one.role == SignerRole.CHAIR for one in signers[:-1]):
        yield "Somebody signed after the chair, who signs last."
    if signers[0].role == SignerRole.CHAIR:
        yield "The chair signed before any inspector."
    for position, one in enumerate(signers):
        if any((one.fingerprint, one.role) == (other.fingerprint, other.role) for other in signers[:position]):
            yield f"{one.name} signed twice as {one.role}."


def _check_layers(checked: _Checked) -> None:
    """What was added to the file besides its signatures."""
    signed = {signature.layer: signature for signature in checked.signatures}
    for number, part in enumerate(checked.parts):
        signature = signed.get(number)
        if signature is not None and signature.end != part.end:
            more = count(abs(part.end - signature.end), "byte")
            checked.problems.append(f"Signature {number} does not cover all that was added with it: {more} more.")
    if sorted(signed) != list(range(1, len(checked.parts))):
        checked.problems.append(
            "The file was changed by somebody who did not sign: it holds more revisions than signatures."
        )
    checked.problems += dict.fromkeys(changes(checked.data, checked.reader, checked.parts, signed))


def _check_contents(checked: _Checked, thorough: bool | None) -> Pages:
    """Whether data, seals and pages agree with each other."""
    unsigned = checked.data[: checked.parts[0].end]
    if acts(unsigned):
        checked.problems.append(ACTS)
    report = checked.report
    if report is None:
        return Pages.NOT_COMPARED
    broken = list(broken_seals(report))
    checked.problems += broken
    if report.seals and not broken:
        verb = "holds" if len(report.seals) == 1 else "hold"
        checked.holding.append(f"{count(len(report.seals), 'seal')} of the visit’s authors {verb}.")
    lacking = unsealed(report)
    if lacking:
        checked.notes.append(
            f"The entries of {listed(lacking)} are not sealed: that nothing of them was dropped cannot be proved."
        )
    seen = photographs(checked.data, checked.reader, checked.parts[0])
    pages, told = compare(unsigned, checked.attached, report, seen, thorough)
    where = {Pages.SAME: checked.holding, Pages.DIFFER: checked.problems, Pages.NOT_COMPARED: checked.notes}
    where[pages].append(told)
    return pages

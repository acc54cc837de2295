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
from inspect_kit.export.report.signatures import (
    CHAIR_PLACE,
    Pages,
    Place,
    Signature,
    SignerRole,
    Verification,
    is_named,
    role_of,
)
from inspect_kit.export.report.signed import Signed, signatures
from inspect_kit.export.report.timestamps import stamped
from inspect_kit.language import _, listed, minute, ngettext, thousands

NOBODY = _("Nobody has signed this report.")
NO_PLACES = _(
    "It has no places for signatures: it is a working paper, written while the team held different views, or no report"
    " of inspect_kit as it was written."
)
OWN_CLOCKS = _("The times are those of the signers’ own machines: no time-stamping service confirms them.")
ACTS = _("It holds scripts, actions or hidden layers, which no report of inspect_kit has: do not trust what it shows.")


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
    with told_plainly(path):
        try:
            parts = layers(data)
        except LayersError as problem:
            refuse_encrypted(data, path)
            raise ReportError(
                _(
                    "The report {path} is not built as inspect_kit builds one: it was written by another program, or is"
                    " damaged or cut short. Ask for the original file.",
                    path=path,
                )
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
        problems.append(
            ngettext(
                "{number} byte was added after the end of the report, or left of a part that was cut short.",
                "{number} bytes were added after the end of the report, or left of a part that was cut short.",
                behind,
                number=thousands(behind),
            )
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
        checked.holding.insert(0, _("Every byte is as it was when the last of its signers signed."))
    if closed and missing:
        # Translators: people are names with their roles, or “the inspector”
        checked.notes.append(_("The chair closed the report without {people}.", people=listed(missing)))
    if not checked.signatures:
        problems.append(NOBODY)
    elif not complete:
        problems.append(
            # Translators: people are names with their roles, or “the chair”
            _(
                "It is not complete yet: signed by {signed} of {all}; still to sign: {people}.",
                signed=len(signed),
                all=len(places),
                people=listed(missing),
            )
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
    role = SignerRole.CHAIR if place == CHAIR_PLACE else SignerRole.INSPECTOR
    return expected.get(place, Place(place, role)).awaited


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
        checked.problems.append(_("The places for signatures are not those of the attached data."))
    if report.number > 1 or report.corrects:
        # Translators: stands for the SHA-256 of a report
        earlier = report.corrects or _("not given")
        checked.notes.append(
            _(
                "This is version {number}. It corrects the report whose SHA-256 is {digest}.",
                number=report.number,
                digest=earlier,
            )
        )


def _check_signatures(checked: _Checked, places: tuple[str, ...], expected: dict[str, Place]) -> None:
    for number, signature in enumerate(checked.signatures, 1):
        faults = list(_faults(checked.data, number, signature, places, expected))
        if not faults and not _shows_itself(signature):
            whose = _whose(number, signature)
            faults = [_("{signature} shows something else on its page than who signed, and when.", signature=whose)]
        checked.signers.append(_signer(signature, valid=not faults))
        checked.problems += faults
    if checked.signatures:
        checked.problems += _order(checked.reader, checked.signatures, checked.signers)
        _tell_times(checked)
    if any(place.role is SignerRole.CHAIR and not place.signer for place in expected.values()):
        checked.notes += [
            _("The report does not name its chair: ask the monitoring body whether {name} is.", name=one.name)
            for one in checked.signers
            if one.role == SignerRole.CHAIR
        ]


def _tell_times(checked: _Checked) -> None:
    confirmed = [one for one in checked.signers if one.stamped]
    for one in confirmed:
        checked.notes.append(
            _(
                "The signature of {name} was there on {moment} (UTC), says the time-stamping service {service}; whether"
                " that service can be trusted was not checked.",
                name=one.name,
                moment=minute(datetime.fromisoformat(one.stamped)),
                service=one.service,
            )
        )
    if len(confirmed) < len(checked.signers):
        without = listed([one.name for one in checked.signers if not one.stamped])
        told = _("No time-stamping service confirms when {people} signed.", people=without)
        checked.notes.append(told if confirmed else OWN_CLOCKS)


def _signer(signature: Signed, *, valid: bool) -> Signature:
    certificate = signature.certificate
    when, role = _claimed(signature), role_of(signature.place)
    try:
        confirmed = stamped(signature) if valid else None
    except (ValueError, TypeError, LookupError):
        confirmed = None
    return Signature(
        name=_named(certificate, "common_name") or _("unnamed"),
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


def _whose(number: int, signature: Signed) -> str:
    """Name a signature, as the start of a sentence."""
    name, role = _named(signature.certificate, "common_name") or _("unnamed"), role_of(signature.place)
    # Translators: the start of a sentence, such as “… is broken: what it covers was changed after it was signed.”
    return _("Signature {number}, of {name} as {role},", number=number, name=name, role=_as(role))


def _as(role: SignerRole | None) -> str:
    # Translators: stands for a signer's role
    return role.label if role else _("nobody we know")


def _faults(
    data: bytes, number: int, signature: Signed, places: tuple[str, ...], expected: dict[str, Place]
) -> Iterator[str]:
    """What is wrong with one signature by itself, each a sentence about it."""
    whose = _whose(number, signature)
    if signature.place not in places:
        yield _("{signature} does not stand in a place that was prepared for signatures.", signature=whose)
    if not gap_is_exact(data, signature) or not is_ours(signature):
        yield _(
            "{signature} is not in the form in which inspect_kit signs: it was tampered with, or made with another"
            " program.",
            signature=whose,
        )
        return
    first, second, rest = signature.span[1:]
    covered = hashlib.sha256(data[:first])
    covered.update(data[second : second + rest])
    if not holds(signature, covered.digest()):
        yield _("{signature} is broken: what it covers was changed after it was signed.", signature=whose)
    try:
        stamped(signature)
    except (ValueError, TypeError, LookupError):
        yield _("{signature} carries a time stamp that does not hold.", signature=whose)
    when, certificate = _claimed(signature), signature.certificate
    if when is None:
        yield _("{signature} does not say when it was made.", signature=whose)
    elif reason := unfit(certificate, when):
        # Translators: reason is what the certificate is or has: “is not made for signatures”
        yield _(
            "{signature} was made on {moment} with a certificate that {reason}.",
            signature=whose,
            moment=minute(when),
            reason=reason,
        )
    place, name = expected.get(signature.place), _named(certificate, "common_name")
    if place and not is_named(place.signer, name):
        own = [one.signer for one in expected.values() if one.signer and is_named(one.signer, name)]
        if own:
            yield _(
                "{signature} stands in the place of {person}, and not in that of {name}.",
                signature=whose,
                person=place.signer,
                name=own[0],
            )
        else:
            yield _(
                "{signature} stands in the place of {person}, and the report does not expect {name}.",
                signature=whose,
                person=place.signer,
                name=name,
            )


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
        yield _("The first signature does not certify the report, so that it does not protect it against additions.")
    if any(one.role == SignerRole.CHAIR for one in signers[:-1]):
        yield _("Somebody signed after the chair, who signs last.")
    if signers[0].role == SignerRole.CHAIR:
        yield _("The chair signed before any inspector.")
    for position, one in enumerate(signers):
        if any((one.fingerprint, one.role) == (other.fingerprint, other.role) for other in signers[:position]):
            yield _("{name} signed twice as {role}.", name=one.name, role=_as(role_of(made[position].place)))


def _check_layers(checked: _Checked) -> None:
    """What was added to the file besides its signatures."""
    signed = {signature.layer: signature for signature in checked.signatures}
    for number, part in enumerate(checked.parts):
        signature = signed.get(number)
        if signature is not None and signature.end != part.end:
            more = abs(part.end - signature.end)
            checked.problems.append(
                ngettext(
                    "Signature {signature} does not cover all that was added with it: {number} byte more.",
                    "Signature {signature} does not cover all that was added with it: {number} bytes more.",
                    more,
                    signature=number,
                    number=thousands(more),
                )
            )
    if sorted(signed) != list(range(1, len(checked.parts))):
        checked.problems.append(
            _("The file was changed by somebody who did not sign: it holds more revisions than signatures.")
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
        checked.holding.append(
            ngettext(
                "{count} seal of the visit’s authors holds.",
                "{count} seals of the visit’s authors hold.",
                len(report.seals),
            )
        )
    lacking = unsealed(report)
    if lacking:
        checked.notes.append(
            _(
                "The entries of {people} are not sealed: that nothing of them was dropped cannot be proved.",
                people=listed(lacking),
            )
        )
    seen = photographs(checked.data, checked.reader, checked.parts[0])
    pages, told = compare(unsigned, checked.attached, report, seen, thorough)
    where = {Pages.SAME: checked.holding, Pages.DIFFER: checked.problems, Pages.NOT_COMPARED: checked.notes}
    where[pages].append(told)
    return pages

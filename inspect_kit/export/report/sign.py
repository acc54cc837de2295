"""Sign a report: in place, whole or not at all, with what was there before as an exact prefix."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from io import BytesIO
from pathlib import Path

from asn1crypto import x509  # type: ignore[import-untyped]  # asn1crypto has no types
from asn1crypto.algos import SignedDigestAlgorithm  # type: ignore[import-untyped]  # likewise
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from inspect_kit.errors import ReportError
from inspect_kit.export.report.broken import open_pdf, read_pdf, told_plainly
from inspect_kit.export.report.revisions import prepared_places
from inspect_kit.export.report.signatures import CHAIR_PLACE, Signature, SignerRole, Verification, role_of
from inspect_kit.export.report.stamp import StampStyle
from inspect_kit.export.report.text import Ink, day, moment
from inspect_kit.export.report.verify import NOBODY, examine
from inspect_kit.files import whole_file
from inspect_kit.identity import Identity


def sign(path: Path, identity: Identity, role: SignerRole, when: datetime | None = None) -> Signature:
    """Sign a report; see ``sign_report``."""
    when = (when or datetime.now()).astimezone().replace(microsecond=0)
    data = read_pdf(path)
    before = examine(data, path)
    _refuse_damage(path, before)
    with told_plainly(path, "signed"):
        places = prepared_places(open_pdf(data, path))
        taken = {str(one.field_name) for one in open_pdf(data, path).embedded_signatures}
    place = _place(path, before, places, taken, identity, role)
    _refuse_expired(identity, when)
    with told_plainly(path, "signed"):
        signed = _add(data, path, place, identity, when, certify=not taken)
    after = examine(signed, path)
    if not after.valid or not signed.startswith(data):
        raise ReportError(
            f"The signature on the report {path} did not verify, so that it was left as it was. "
            f"{' '.join(after.problems)}"
        )
    with whole_file(path, "The report") as temporary:
        temporary.write_bytes(signed)
        temporary.chmod(path.stat().st_mode & 0o777)
    return after.signers[-1]


def _refuse_damage(path: Path, before: Verification) -> None:
    problems = [problem for problem in before.problems if problem != NOBODY]
    if problems:
        raise ReportError(
            f"The report {path} cannot be signed: {problems[0]} Write the report anew, or ask for the original file."
        )


def _place(
    path: Path, before: Verification, places: tuple[str, ...], taken: set[str], identity: Identity, role: SignerRole
) -> str:
    """Choose the place to sign in.

    Raises:
        ReportError: when this person cannot sign as that now.
    """
    if CHAIR_PLACE in taken:
        raise ReportError(f"The chair has signed the report {path} and closed it: nobody can sign after the chair.")
    if any((one.fingerprint, one.role) == (identity.fingerprint, role.value) for one in before.signers):
        raise ReportError(
            f"{identity.name} has already signed the report {path} as {role}: one signature for each role is enough."
        )
    if role is SignerRole.CHAIR and not taken:
        raise ReportError(f"No inspector has signed the report {path} yet: the chair signs last.")
    free = [place for place in places if role_of(place) is role and place not in taken]
    if not free:
        number = sum(role_of(place) is role for place in places)
        raise ReportError(
            f"All {number} places for inspectors on the report {path} are signed. "
            "Name everybody who inspects in the visit’s team, and write the report anew."
        )
    return free[0]


def _refuse_expired(identity: Identity, when: datetime) -> None:
    certificate = x509.Certificate.load(identity.certificate)
    if not certificate.not_valid_before <= when <= certificate.not_valid_after:
        first, last = (
            day(limit.date().isoformat()) for limit in (certificate.not_valid_before, certificate.not_valid_after)
        )
        raise ReportError(
            f"The certificate of {identity.name} is valid from {first} to {last}, and not at the time of "
            f"signing, {moment(when)}. "
            "Check the machine’s clock, or make a new identity."
        )


def _add(data: bytes, path: Path, place: str, identity: Identity, when: datetime, *, certify: bool) -> bytes:
    """Add one signature to a report's bytes."""
    line = Ink().line
    style = StampStyle(lines=(line(identity.name), line(identity.organisation), moment(when)))
    metadata = PdfSignatureMetadata(
        field_name=place,
        md_algorithm="sha256",
        name=identity.name,
        subfilter=SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=MDPPerm.FILL_FORMS if place != CHAIR_PLACE else MDPPerm.NO_CHANGES,
    )
    signer = _Signer(metadata, _Key(identity), stamp_style=style)
    signer.when = when
    writer = _Writer.from_reader(open_pdf(data, path))
    # in a thread of its own, because pyHanko starts an event loop and the screens already run one
    with ThreadPoolExecutor(1) as pool:
        out: BytesIO = pool.submit(signer.sign_pdf, writer, existing_fields_only=True, output=BytesIO()).result()
    return out.getvalue()


class _Key(Signer):  # type: ignore[misc]  # pyHanko has no types for us
    """Signs with a person's key, wherever it lies; the key itself is not handed over."""

    def __init__(self, identity: Identity) -> None:
        super().__init__(
            signing_cert=x509.Certificate.load(identity.certificate),
            cert_registry=SimpleCertificateStore(),
            signature_mechanism=SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
        )
        self._identity = identity

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: ARG002 (pyHanko's signature)
        """A signature in DER; for a dry run, as many bytes as the longest has."""
        return bytes(72) if dry_run else self._identity.sign(data)


class _Writer(IncrementalPdfFileWriter):  # type: ignore[misc]  # pyHanko has no types for us
    def _update_meta(self) -> None:
        """Leave the document's data alone: a change after the first signature is what ``verify`` looks for."""


class _Signer(PdfSigner):  # type: ignore[misc]  # pyHanko has no types for us
    when: datetime

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        """Leave the catalogue alone: what is needed is declared in it from the start."""

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        """Sign at the time that the caller gave."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.when
        return session

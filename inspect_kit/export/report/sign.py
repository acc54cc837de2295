"""Sign a report: in place, whole or not at all, with what was there before as an exact prefix."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from io import BytesIO
from pathlib import Path

from asn1crypto import cms, tsp, x509  # type: ignore[import-untyped]  # asn1crypto has no types
from asn1crypto.algos import SignedDigestAlgorithm  # type: ignore[import-untyped]  # likewise
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from inspect_kit.errors import IdentityError, ReportError
from inspect_kit.export.report.broken import open_pdf, read_pdf, told_plainly
from inspect_kit.export.report.data import read_data
from inspect_kit.export.report.envelope import unfit
from inspect_kit.export.report.inside import attached_data
from inspect_kit.export.report.layers import layers
from inspect_kit.export.report.shown import lines_of
from inspect_kit.export.report.signatures import Place, Signature, SignerRole, Verification, is_named
from inspect_kit.export.report.signed import signatures
from inspect_kit.export.report.stamp import StampStyle
from inspect_kit.export.report.timestamps import Asking
from inspect_kit.export.report.verify import examine
from inspect_kit.files import whole_file
from inspect_kit.identity import Identity
from inspect_kit.language import _, listed, minute

_TOKEN_ROOM = 16_384
"""Bytes that are kept free for a time stamp, whose size is known only once it is there."""


def sign(
    path: Path, identity: Identity, role: SignerRole, when: datetime | None = None, ask: Asking | None = None
) -> Signature:
    """Sign a report; see ``sign_report``."""
    when = (when or datetime.now()).astimezone().replace(microsecond=0)
    data = read_pdf(path)
    before = examine(data, path)
    _refuse_damage(path, before)
    with told_plainly(path, signing=True):
        reader = open_pdf(data, path)
        places = read_data(attached_data(reader)).places
        taken = {one.place for one in signatures(reader, layers(data))}
    place = _place(path, before, places, taken, identity, role)
    _refuse_unfit(identity, when)
    with told_plainly(path, signing=True):
        signed = _add(data, path, place, identity, when, ask, certify=not taken)
    # the pages are as they were a moment ago
    after = examine(signed, path, thorough=False)
    if after.faults or not signed.startswith(data):
        raise ReportError(
            _(
                "The signature on the report {path} did not verify, so that it was left as it was. {problems}",
                path=path,
                problems=" ".join(after.faults),
            )
        )
    with whole_file(path, _("The report")) as temporary:
        temporary.write_bytes(signed)
        temporary.chmod(path.stat().st_mode & 0o777)
    return after.signers[-1]


def _refuse_damage(path: Path, before: Verification) -> None:
    if before.faults:
        raise ReportError(
            _(
                "The report {path} cannot be signed: {problem} Write it anew, or ask for the original file.",
                path=path,
                problem=before.faults[0],
            )
        )


def _place(
    path: Path,
    before: Verification,
    places: tuple[Place, ...],
    taken: set[str],
    identity: Identity,
    role: SignerRole,
) -> Place:
    """Choose the place to sign in.

    Raises:
        ReportError: when this person cannot sign as that now.
    """
    if before.complete:
        if not before.awaiting and before.signers:
            told = _(
                "The chair has signed the report {path} and closed it: nobody can sign after the chair.", path=path
            )
        else:
            told = _("All have signed {path} and closed it: nobody can sign after the chair.", path=path)
        raise ReportError(told)
    if any((one.fingerprint, one.role) == (identity.fingerprint, role.value) for one in before.signers):
        raise ReportError(
            _(
                "{name} has already signed the report {path} as {role}: one signature for each role is enough.",
                name=identity.name,
                path=path,
                role=role.label,
            )
        )
    if role is SignerRole.CHAIR and not taken:
        raise ReportError(_("No inspector has signed the report {path} yet: the chair signs last.", path=path))
    hers = [place for place in places if place.role is role and is_named(place.signer, identity.name)]
    if not hers:
        raise ReportError(
            _(
                "The report {path} expects the signature of {expected} as {role}, and not that of {name}: sign with the"
                " identity of that name, or name everybody who inspects in the visit’s team and write the report anew.",
                path=path,
                expected=listed([place.signer for place in places if place.role is role]),
                role=role.label,
                name=identity.name,
            )
        )
    free = [place for place in hers if place.name not in taken]
    if not free:
        raise ReportError(
            # Translators: person is a name with its role, “the inspector” or “the chair”
            _("The place of {person} on the report {path} is signed already.", person=hers[0].awaited, path=path)
        )
    return free[0]


def _refuse_unfit(identity: Identity, when: datetime) -> None:
    certificate = x509.Certificate.load(identity.certificate)
    reason = unfit(certificate, when)
    if not reason:
        return
    values = {"name": identity.name, "reason": reason, "moment": minute(when)}
    if unfit(certificate, certificate.not_valid_before):  # whatever the clock says
        raise IdentityError(
            # Translators: reason is what the certificate is or has: “is not made for signatures”
            _("The certificate of {name} {reason}, and the time of signing is {moment}: use another.", **values)
        )
    raise IdentityError(
        # Translators: reason is what the certificate is or has: “is valid from … to … only”
        _(
            "The certificate of {name} {reason}, and the time of signing is {moment}: check the machine’s clock, or use"
            " another identity.",
            **values,
        )
    )


def _add(
    data: bytes,
    path: Path,
    place: Place,
    identity: Identity,
    when: datetime,
    ask: Asking | None,
    *,
    certify: bool,
) -> bytes:
    """Add one signature to a report's bytes."""
    style = StampStyle(lines=lines_of(identity.name, identity.organisation, when, confirmed=ask is not None))
    metadata = PdfSignatureMetadata(
        field_name=place.name,
        md_algorithm="sha256",
        name=identity.name,
        subfilter=SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=MDPPerm.FILL_FORMS if place.role is not SignerRole.CHAIR else MDPPerm.NO_CHANGES,
    )
    signer = _Signer(metadata, _Key(identity), timestamper=_Stamper(ask) if ask else None, stamp_style=style)
    signer.when = when
    writer = _Writer.from_reader(open_pdf(data, path))
    # in a thread of its own, because pyHanko starts an event loop and the screens already run one
    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(
            signer.sign_pdf,
            writer,
            existing_fields_only=True,
            output=BytesIO(),
            bytes_reserved=_TOKEN_ROOM if ask else None,
        )
        try:
            out: BytesIO = work.result()
        except TimestampRequestError as problem:
            raise ReportError(
                _(
                    "The time-stamping service gave no time stamp for the report {path}: sign without it, or try"
                    " later.",
                    path=path,
                )
            ) from problem
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


class _Stamper(TimeStamper):  # type: ignore[misc]  # pyHanko has no types for us
    """Asks a service for pyHanko, and keeps of its token what is guarded by a signature."""

    def __init__(self, ask: Asking) -> None:
        super().__init__()
        self._ask = ask

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Put the question."""
        try:
            return tsp.TimeStampResp.load(self._ask(req.dump()))
        except ValueError as problem:
            raise TimestampRequestError("no answer of a time-stamping service") from problem

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Get a token, and leave out the certificates of those who vouch for the service."""
        token = await super().async_timestamp(message_digest, md_algorithm)
        signed = token["content"]
        sid = signed["signer_infos"][0]["sid"].chosen
        own = [one for one in signed["certificates"] or () if one.chosen.issuer == sid["issuer"]
               and one.chosen.serial_number == sid["serial_number"].native]  # fmt: skip
        kept = cms.SignedData({
            "version": signed["version"],
            "digest_algorithms": signed["digest_algorithms"],
            "encap_content_info": signed["encap_content_info"],
            "certificates": own,
            "signer_infos": signed["signer_infos"],
        })  # fmt: skip
        return cms.ContentInfo({"content_type": "signed_data", "content": kept})


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

"""The signature's own bytes: the one message that we write, in its one spelling, and nothing beside it.

A signature does not cover the gap in which it lies itself. So that nobody can change a byte there unseen,
the gap must hold exactly the message that is checked, as we would write it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from asn1crypto import cms, core, tsp, x509  # type: ignore[import-untyped]  # asn1crypto has no types
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

from inspect_kit.export.report.signed import Signed
from inspect_kit.language import _, day


def gap_is_exact(data: bytes, signature: Signed) -> bool:
    """Whether a signature covers all up to its end but the gap, and the gap holds its message and zeros alone.

    Args:
        data: the whole file.
        signature: one of its signatures.
    """
    span = signature.span
    if len(span) != 4 or span[0] != 0 or min(span) < 0 or not span[1] < span[2] <= span[2] + span[3] <= len(data):
        return False
    gap = data[span[1] : span[2]]
    message = signature.message.dump().hex().upper().encode()
    padding = gap[1 + len(message) : -1]
    return gap == b"<" + message + padding + b">" and not padding.strip(b"0")


def is_ours(signature: Signed) -> bool:
    """Whether a message has the one form in which we sign, so that none of its bytes could be another."""
    message, signed = signature.message, signature.message["content"]
    if len(signed["signer_infos"]) != 1 or len(signed["certificates"]) != 1:
        return False
    if signed["digest_algorithms"].native != [{"algorithm": "sha256", "parameters": None}]:
        return False
    if signature.signer["signature_algorithm"]["algorithm"].native != "sha256_ecdsa":
        return False
    return bool(rebuilt(message, "v1", {"content_type": "data"}) == message.dump())


def rebuilt(message: cms.ContentInfo, version: str, content: Any) -> bytes:
    """Write a signed message anew from what its signature covers.

    Args:
        message: with one signer and one certificate.
        version: of the message.
        content: what it signs.

    Returns:
        Its bytes as they have to be; something else where an unsigned part differs.
    """
    signed: cms.SignedData = message["content"]
    signer, certificate = signed["signer_infos"][0], signed["certificates"][0].chosen
    issuer = cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number})
    values = {
        "version": "v1",
        "sid": cms.SignerIdentifier({"issuer_and_serial_number": issuer}),
        "digest_algorithm": _algorithm(cms.DigestAlgorithm, signer["digest_algorithm"]),
        "signed_attrs": signer["signed_attrs"],
        "signature_algorithm": _algorithm(cms.SignedDigestAlgorithm, signer["signature_algorithm"]),
        "signature": core.OctetString(signer["signature"].native),
    }
    unsigned = signer["unsigned_attrs"]
    if unsigned.native is not None:
        # the one that may be there is a time stamp, which is checked by itself
        if len(unsigned) != 1 or unsigned[0]["type"].native != "signature_time_stamp_token":
            return b""
        if len(unsigned[0]["values"]) != 1:
            return b""
        values["unsigned_attrs"] = cms.CMSAttributes([
            cms.CMSAttribute({"type": "signature_time_stamp_token", "values": [unsigned[0]["values"][0]]})
        ])  # fmt: skip
    built = cms.ContentInfo({
        "content_type": "signed_data",
        "content": cms.SignedData({
            "version": version,
            "digest_algorithms": cms.DigestAlgorithms(
                [_algorithm(cms.DigestAlgorithm, one) for one in signed["digest_algorithms"]]
            ),
            "encap_content_info": content,
            "certificates": [certificate],
            "signer_infos": [values],
        }),
    })  # fmt: skip
    return bytes(built.dump())


def _algorithm(kind: Any, given: Any) -> Any:
    """An algorithm by its name alone, or with the empty parameters that some programs add."""
    values = {"algorithm": given["algorithm"].native}
    if isinstance(given["parameters"], core.Null):
        values["parameters"] = core.Null()
    return kind(values)


def holds(signature: Signed, digest: bytes) -> bool:
    """Whether a signature is good, was made with the key of its certificate, and signs this digest of what it covers.

    Source: RFC 5652, 5.4 (what is signed) and RFC 5035 (the certificate that the signer names).

    Args:
        signature: in our form.
        digest: SHA-256.
    """
    said = {one["type"].native: one["values"] for one in signature.signer["signed_attrs"]}
    try:
        (kind,), (covered,) = said["content_type"], said["message_digest"]
        (named,) = said["signing_certificate_v2"]
        own = named["certs"][0]
        key = load_der_public_key(signature.certificate.public_key.dump())
    except (LookupError, ValueError, TypeError, UnsupportedAlgorithm):
        return False
    # that the attribute is known at all is the work of asn1crypto's module for time stamps
    if (
        not isinstance(named, tsp.SigningCertificateV2)
        or kind.native != "data"
        or covered.native != digest
        or len(signature.signer["signed_attrs"]) != len(said)
    ):
        return False
    if own["hash_algorithm"]["algorithm"].native != "sha256" or own["cert_hash"].native != signature.certificate.sha256:
        return False
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    try:
        key.verify(
            signature.signer["signature"].native,
            signature.signer["signed_attrs"].untag().dump(),
            ec.ECDSA(hashes.SHA256()),
        )
    except InvalidSignature:
        return False
    return True


def unfit(certificate: x509.Certificate, when: datetime) -> str:
    """Say why a certificate cannot sign a report; nothing where it can.

    It has to be a person's, for signing, with a key on P-256, and within its time (RFC 5280, sections 4.1.2.5, 4.2.1.3
    and 4.2.1.9).

    Args:
        certificate: the signer's.
        when: the time of signing.

    Returns:
        What the certificate is or has, as the end of a sentence about it.
    """
    key = certificate.public_key
    if key.algorithm != "ec" or key.curve != ("named", "secp256r1"):
        # Translators: said of a certificate: “The certificate of … {reason}”, “… with a certificate that {reason}”
        return _("has another kind of key: reports are signed with ECDSA on P-256")
    if certificate.ca:
        # Translators: said of a certificate, as before
        return _("is that of an authority that issues certificates, and not a person’s")
    usage = certificate.key_usage_value
    if usage is not None and not {"digital_signature", "non_repudiation"} & usage.native:
        # Translators: said of a certificate, as before
        return _("is not made for signatures")
    first, last = certificate.not_valid_before, certificate.not_valid_after
    if not first <= when <= last:
        # Translators: said of a certificate, as before
        return _(
            "is valid from {first} to {last} only",
            first=day(first.date().isoformat()),
            last=day(last.date().isoformat()),
        )
    return ""

"""The signature's own bytes: the one message that we write, in its one spelling, and nothing beside it.

A signature does not cover the gap in which it lies itself. So that nobody can change a byte there unseen,
the gap must hold exactly the message that is checked, as we would write it.
"""

from __future__ import annotations

from asn1crypto import cms, core  # type: ignore[import-untyped]  # asn1crypto has no types
from pyhanko.sign.validation.generic_cms import get_signing_cert_attr, validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature


def gap_is_exact(data: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Whether a signature covers all up to its end but the gap, and the gap holds its message and zeros alone.

    Args:
        data: the whole file.
        signature: one of its signatures.
    """
    span = [int(number) for number in signature.byte_range]
    if len(span) != 4 or span[0] != 0 or min(span) < 0 or not span[1] < span[2] <= span[2] + span[3] <= len(data):
        return False
    gap = data[span[1] : span[2]]
    message = cms.ContentInfo.load(signature.pkcs7_content).dump().hex().upper().encode()
    padding = gap[1 + len(message) : -1]
    return gap == b"<" + message + padding + b">" and not padding.strip(b"0")


def is_ours(signature: EmbeddedPdfSignature) -> bool:
    """Whether a message has the one form in which we sign, so that none of its bytes could be another."""
    message = cms.ContentInfo.load(signature.pkcs7_content)
    signed: cms.SignedData = message["content"]
    if len(signed["signer_infos"]) != 1 or len(signed["certificates"]) != 1:
        return False
    signer, certificate = signed["signer_infos"][0], signed["certificates"][0].chosen
    issuer = cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number})
    expected = cms.ContentInfo({
        "content_type": "signed_data",
        "content": cms.SignedData({
            "version": "v1",
            "digest_algorithms": cms.DigestAlgorithms((cms.DigestAlgorithm({"algorithm": "sha256"}),)),
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate],
            "signer_infos": [{
                "version": "v1",
                "sid": cms.SignerIdentifier({"issuer_and_serial_number": issuer}),
                "digest_algorithm": cms.DigestAlgorithm({"algorithm": "sha256"}),
                "signed_attrs": signer["signed_attrs"],
                "signature_algorithm": {"algorithm": "sha256_ecdsa"},
                "signature": core.OctetString(signer["signature"].native),
            }],
        }),
    })  # fmt: skip
    return bool(expected.dump() == message.dump())


def holds(signature: EmbeddedPdfSignature, digest: bytes) -> bool:
    """Whether a signature is good, names its certificate, and signs this digest of what it covers."""
    signer = signature.signer_info
    if get_signing_cert_attr(signer["signed_attrs"].untag()) is None:
        return False
    intact, valid = validate_sig_integrity(signer, signature.signer_cert, "data", digest)
    return bool(intact and valid)

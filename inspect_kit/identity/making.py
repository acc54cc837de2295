"""Making certificates, signed by whatever holds the issuer's key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from inspect_kit.errors import BadInputError
from inspect_kit.identity.names import any_script
from inspect_kit.language import _

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

YEARS = 10
"""How long a self-made certificate is valid: longer than reports are disputed."""
ROOT_YEARS = 20
"""How long an organisation's root is valid."""
ISSUED_YEARS = 5
"""How long a certificate is valid that an organisation issues, where it says nothing else."""

Sign = Callable[[bytes], bytes]
"""Signs a message with ECDSA on P-256 and SHA-256; the signature is in DER."""


def make_certificate(
    subject: x509.Name,
    key: EllipticCurvePublicKey,
    sign: Sign,
    *,
    years: int,
    issuer: bytes | None = None,
    authority: bool = False,
) -> bytes:
    """Make a certificate.

    A person's may sign documents (RFC 5280: digitalSignature, contentCommitment) and nothing else; a root's may issue
    persons' certificates (keyCertSign, cRLSign, path length 0) and nothing else.

    Args:
        subject: whose.
        key: hers.
        sign: signs as the issuer.
        years: how long it is valid from now on; never longer than its issuer's.
        issuer: the issuer's certificate, in DER; None where it is self-made.
        authority: whether it is an organisation's root.

    Returns:
        The certificate in DER.

    Raises:
        BadInputError: when the issuer's certificate is not valid now.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    now = datetime.now(UTC).replace(microsecond=0)
    first, last = now - timedelta(days=1), now + timedelta(days=365 * years)  # a neighbour's clock may lag behind ours
    issuer_name, issuer_key = subject, key
    if issuer is not None:
        root = x509.load_der_x509_certificate(issuer)
        if not root.not_valid_before_utc <= now <= root.not_valid_after_utc:
            raise BadInputError(
                _(
                    "The authority's certificate is valid from {first} to {last}, and not today: check the machine's"
                    " clock, or make a new authority.",
                    first=root.not_valid_before_utc.date().isoformat(),
                    last=root.not_valid_after_utc.date().isoformat(),
                )
            )
        first, last = max(first, root.not_valid_before_utc), min(last, root.not_valid_after_utc)
        public = root.public_key()
        assert isinstance(public, ec.EllipticCurvePublicKey)  # noqa: S101 (narrows; whoever loaded the root checked it)
        with any_script():
            issuer_name, issuer_key = root.subject, public
    unsigned = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer_name)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not authority,
                content_commitment=not authority,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=authority,
                crl_sign=authority,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key), critical=False)
        # cryptography signs with a key in memory only; ours may lie on a token, so it signs instead of this one
        .sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256())
    )
    return _signed(unsigned.tbs_certificate_bytes, sign)


def _signed(content: bytes, sign: Sign) -> bytes:
    from asn1crypto import x509 as asn1  # type: ignore[import-untyped]  # asn1crypto has no types

    made = asn1.Certificate(
        {
            "tbs_certificate": asn1.TbsCertificate.load(content),
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature_value": sign(content),
        }
    )
    return bytes(made.dump())

"""Keys in a file: PKCS#12, protected by a passphrase."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from inspect_kit.errors import IdentityError, PassphraseError
from inspect_kit.identity.certificates import Certificate, issued_by, read_certificate
from inspect_kit.identity.making import Sign
from inspect_kit.language import _
from inspect_kit.model import check_passphrase

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates

_CONTENT = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"
"""PKCS#7's name for content, which stands near the beginning of each such file."""


class Unpacked(NamedTuple):
    """What lies in a PKCS#12 file.

    Attributes:
        key: the private key.
        certificate: its owner's.
        chain: the certificate of the root that issued it, in DER, where it is there.
        secret: the passphrase that opened the file; None where it is not protected.
    """

    key: EllipticCurvePrivateKey
    certificate: Certificate
    chain: tuple[bytes, ...]
    secret: bytes | None


def is_pkcs12(data: bytes) -> bool:
    """Whether a file looks like PKCS#12."""
    return data.startswith(b"\x30") and _CONTENT in data[:64]


def packed(
    key: EllipticCurvePrivateKey, certificate: Certificate, chain: tuple[bytes, ...], secret: bytes | None
) -> bytes:
    """The bytes of a PKCS#12 file.

    Args:
        key: the private key.
        certificate: its owner's.
        chain: the root's, in DER.
        secret: protects it; None leaves it open.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12

    return pkcs12.serialize_key_and_certificates(
        certificate.name.encode(),
        key,
        x509.load_der_x509_certificate(certificate.data),
        [x509.load_der_x509_certificate(one) for one in chain],
        BestAvailableEncryption(secret) if secret else NoEncryption(),
    )


def unpacked(data: bytes, path: Path, passphrase: str | None) -> Unpacked:
    """Open a PKCS#12 file.

    Args:
        data: its bytes.
        path: where they come from.
        passphrase: where it is protected.

    Raises:
        PassphraseError: when the passphrase is missing or wrong.
        IdentityError: when it is none, or holds no key on P-256 with its certificate.
    """
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding

    if not data.startswith(b"\x30"):
        raise IdentityError(_("The file {path} is no identity (PKCS#12): name your .p12 file.", path=path))
    try:
        found, secret = _open(data, check_passphrase(passphrase).encode() if passphrase else None)
    except ValueError as problem:
        if "password" in str(problem).lower() or "mac" in str(problem).lower():
            if passphrase:
                raise PassphraseError(
                    _(
                        "The passphrase does not open the identity {path}: give it with --passphrase-file, or"
                        " --identity-passphrase-file where it has its own.",
                        path=path,
                    )
                ) from None
            raise PassphraseError(
                _(
                    "A passphrase is needed for the identity {path}: give it with --passphrase-file, or"
                    " --identity-passphrase-file where it has its own.",
                    path=path,
                )
            ) from None
        raise IdentityError(
            _("The file {path} is damaged or no identity (PKCS#12): name your .p12 file.", path=path)
        ) from None
    key = found.key
    if key is None:
        raise IdentityError(_("The identity {path} lacks its key: ask whoever issued it.", path=path))
    if found.cert is None:
        raise IdentityError(_("The identity {path} lacks its certificate: ask whoever issued it.", path=path))
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise IdentityError(
            _("The identity {path} has another kind of key: inspect_kit signs with ECDSA on P-256.", path=path)
        )
    certificate = read_certificate(found.cert.certificate.public_bytes(Encoding.DER), _("The file {path}", path=path))
    others = [one.certificate.public_bytes(Encoding.DER) for one in found.additional_certs[:10]]
    return Unpacked(key, certificate, tuple(one for one in others if _issued(certificate.data, one)), secret)


def signing(key: EllipticCurvePrivateKey) -> Sign:
    """What signs with a key in memory."""

    def sign(message: bytes) -> bytes:
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec

        return key.sign(message, ec.ECDSA(hashes.SHA256()))

    return sign


def _open(data: bytes, secret: bytes | None) -> tuple[PKCS12KeyAndCertificates, bytes | None]:
    """Open a file; one that is not protected also opens where a passphrase is at hand for something else."""
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        return pkcs12.load_pkcs12(data, secret), secret
    except ValueError:
        if secret is None:
            raise
        try:
            return pkcs12.load_pkcs12(data, None), None
        except ValueError:
            pass
        raise


def _issued(certificate: bytes, root: bytes) -> bool:
    try:
        return issued_by(certificate, root)
    except IdentityError:  # a root with another kind of key, which we do not need
        return False

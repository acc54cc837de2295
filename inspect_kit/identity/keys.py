"""Keys and certificates.

ECDSA on P-256, because every PDF reader checks it and it signs in 40 ms; cryptography is imported only
where a key is made or opened.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from inspect_kit.errors import BadInputError, IdentityError, PassphraseError
from inspect_kit.files import read_bytes, whole_file
from inspect_kit.language import _
from inspect_kit.model import check_passphrase, clean_line

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import NameAttribute, ObjectIdentifier

YEARS = 10
"""How long a self-made certificate is valid: longer than reports are disputed."""
_LIMIT = 1_048_576


@dataclass(frozen=True)
class Identity:
    """A person who records and signs.

    Attributes:
        name: as in the certificate.
        organisation: likewise; empty where none is named.
        fingerprint: SHA-256 of the certificate in DER, in hex.
        certificate: in DER.
        valid_until: last day, ISO.
        pkcs12: the bytes of the file it lies in.
        key: the private key.
    """

    name: str
    organisation: str
    fingerprint: str
    certificate: bytes = field(repr=False)
    valid_until: str
    pkcs12: bytes = field(repr=False)
    key: EllipticCurvePrivateKey = field(repr=False)

    def sign(self, message: bytes) -> bytes:
        """Sign a message with ECDSA on P-256 and SHA-256; the signature is in DER."""
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec

        return self.key.sign(message, ec.ECDSA(hashes.SHA256()))


def create(name: str, organisation: str = "", passphrase: str | None = None) -> Identity:
    """Make a new key with a self-made certificate.

    Args:
        name: the inspector's name, at most 64 characters (the limit of X.509).
        organisation: the monitoring body, at most 64 characters, or empty.
        passphrase: protects the PKCS#12 file; None leaves it open to whoever can read the file.

    Raises:
        BadInputError: when a name is missing or too long, or the passphrase is empty.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
    from cryptography.x509.oid import NameOID

    # Translators: the start of a sentence, such as “… is missing”
    name = _fitting(name, _("The identity's name"), required=True)
    # Translators: the start of a sentence, such as “… must be one line”
    organisation = _fitting(organisation, _("The identity's organisation"))
    if passphrase == "":
        raise BadInputError(
            _("The passphrase is empty: choose another, or make the identity without one (--no-passphrase).")
        )
    attributes = [_attribute(NameOID.COMMON_NAME, name)]
    if organisation:
        attributes.insert(0, _attribute(NameOID.ORGANIZATION_NAME, organisation))
    subject = x509.Name(attributes)
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))  # a neighbour's clock may lag behind ours
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=False,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    encryption = BestAvailableEncryption(check_passphrase(passphrase).encode()) if passphrase else NoEncryption()
    data = pkcs12.serialize_key_and_certificates(name.encode(), key, certificate, None, encryption)
    return _identity(key, certificate, data)


def load(path: Path, passphrase: str | None = None) -> Identity:
    """Open an identity's PKCS#12 file.

    Args:
        path: the file.
        passphrase: where it is protected.

    Raises:
        PassphraseError: when the passphrase is missing or wrong.
        IdentityError: when it is no PKCS#12 file, holds no key with certificate, or another kind of key.
        BadInputError: when the file is missing or unreadable.
    """
    from cryptography.hazmat.primitives.asymmetric import ec

    # Translators: the start of a sentence, such as “… is larger than 1 MB”
    data = read_bytes(path, _("The identity"), _LIMIT)
    if not data.startswith(b"\x30"):
        raise IdentityError(_("The file {path} is no identity (PKCS#12): name your .p12 file.", path=path))
    try:
        secret = check_passphrase(passphrase).encode() if passphrase else None
        key, certificate = _unpack(data, secret)
    except ValueError as problem:
        if "password" in str(problem).lower() or "mac" in str(problem).lower():
            if passphrase:
                raise PassphraseError(
                    _("The passphrase does not open the identity {path}: give it with --passphrase-file.", path=path)
                ) from None
            raise PassphraseError(
                _("A passphrase is needed for the identity {path}: give it with --passphrase-file.", path=path)
            ) from None
        raise IdentityError(
            _("The file {path} is damaged or no identity (PKCS#12): name your .p12 file.", path=path)
        ) from None
    if key is None:
        raise IdentityError(_("The identity {path} lacks its key: ask whoever issued it.", path=path))
    if certificate is None:
        raise IdentityError(_("The identity {path} lacks its certificate: ask whoever issued it.", path=path))
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise IdentityError(
            _("The identity {path} has another kind of key: inspect_kit signs with ECDSA on P-256.", path=path)
        )
    return _identity(key, certificate, data)


def save(identity: Identity, path: Path) -> None:
    """Write an identity to a file that only its owner may read.

    Raises:
        BadInputError: when the file exists (a key is never overwritten) or cannot be written.
    """
    if path.exists():
        raise BadInputError(_("The file {path} exists: a key is never overwritten. Choose another name.", path=path))
    with whole_file(path, _("The identity"), replace=False) as temporary:
        temporary.write_bytes(identity.pkcs12)
        temporary.chmod(0o600)


def _fitting(text: str, what: str, *, required: bool = False) -> str:
    text = clean_line(text, what, required=required)
    if len(text) > 64:
        raise BadInputError(
            _("{what} has {count} characters; a certificate holds 64. Shorten it.", what=what, count=len(text))
        )
    return text


def _attribute(oid: ObjectIdentifier, value: str) -> NameAttribute[str]:
    from cryptography import x509

    with any_script():
        return x509.NameAttribute(oid, value, _validate=False)


@contextmanager
def any_script() -> Iterator[None]:
    """X.509 limits a name to 64 characters; cryptography counts bytes, and complains of most Thai or Arabic names."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Attribute's length must be", UserWarning)
        yield


def _unpack(data: bytes, secret: bytes | None) -> tuple[object, object]:
    """Unpack a PKCS#12 file into key and certificate.

    One that is not protected also opens where a passphrase is at hand for something else.
    """
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        return pkcs12.load_key_and_certificates(data, secret)[:2]
    except ValueError:
        if secret is None:
            raise
        try:
            return pkcs12.load_key_and_certificates(data, None)[:2]
        except ValueError:
            pass
        raise


def _identity(key: EllipticCurvePrivateKey, certificate: object, data: bytes) -> Identity:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509.oid import NameOID

    assert isinstance(certificate, x509.Certificate)  # noqa: S101 (narrows the type that is imported late)

    def named(oid: x509.ObjectIdentifier) -> str:
        with any_script():
            found = certificate.subject.get_attributes_for_oid(oid)
        return str(found[0].value) if found else ""

    return Identity(
        name=named(NameOID.COMMON_NAME) or "unnamed",
        organisation=named(NameOID.ORGANIZATION_NAME),
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        certificate=certificate.public_bytes(Encoding.DER),
        valid_until=certificate.not_valid_after_utc.date().isoformat(),
        pkcs12=data,
        key=key,
    )

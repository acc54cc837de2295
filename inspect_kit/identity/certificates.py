"""Other people's certificates: what they say, who issued them, and fingerprints that can be compared by voice."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from inspect_kit.errors import IdentityError
from inspect_kit.identity.names import UNNAMED, any_script, names_in
from inspect_kit.language import _, listed

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

CERTIFICATE_LIMIT = 65_536
"""The most bytes of one certificate."""
_WORDS = 12
_BITS = 11
_MOST = 10
_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)


@dataclass(frozen=True)
class Certificate:
    """What a certificate says.

    Attributes:
        name: of the person, or of the organisation's root; safe to show on one line.
        organisation: likewise; empty where none is named.
        fingerprint: SHA-256 of its bytes, in hex.
        issuer: who issued it, by name; the same name where it is self-made.
        valid_from, valid_until: first and last day, ISO.
        authority: whether it may issue others.
        data: its bytes, in DER.
    """

    name: str
    organisation: str
    fingerprint: str
    issuer: str
    valid_from: str
    valid_until: str
    authority: bool
    data: bytes

    @property
    def words(self) -> tuple[str, ...]:
        """Its fingerprint as twelve words, to be compared by voice."""
        return fingerprint_words(self.fingerprint)


def grouped(fingerprint: str) -> str:
    """A fingerprint in groups of four, to be read out and compared."""
    return " ".join(fingerprint[place : place + 4] for place in range(0, len(fingerprint), 4)).upper()


def read_certificate(data: bytes, what: str = "") -> Certificate:
    """Read a certificate, in DER or PEM.

    Args:
        data: its bytes, of any content.
        what: where it comes from, as the start of a sentence; empty for “This”.

    Raises:
        IdentityError: when it is none, several, or has another kind of key than ECDSA on P-256.
    """
    from cryptography.x509 import DuplicateExtension, UnsupportedGeneralNameType

    parsed = _parsed(data, what)
    public_key(parsed)  # another kind of key is told here
    try:
        with any_script():
            name, organisation = names_in(parsed.subject)
            issuer, _organisation = names_in(parsed.issuer)
        authority = _may_issue(parsed)
        first, last = parsed.not_valid_before_utc, parsed.not_valid_after_utc
        der = _der(parsed)
    except (ValueError, DuplicateExtension, UnsupportedGeneralNameType):
        raise _none(what) from None
    return Certificate(
        name=name or UNNAMED,
        organisation=organisation,
        fingerprint=hashlib.sha256(der).hexdigest(),
        issuer=issuer or UNNAMED,
        valid_from=first.date().isoformat(),
        valid_until=last.date().isoformat(),
        authority=authority,
        data=der,
    )


def read_bundle(data: bytes, what: str = "") -> tuple[Certificate, ...]:
    """Read a file of certificates: one in DER, or up to ten in PEM, such as a person's and her issuer's.

    Args:
        data: its bytes, of any content.
        what: where they come from, as the start of a sentence; empty for “This”.

    Raises:
        IdentityError: when it holds none or too many, or one that is refused by ``read_certificate``.
    """
    parts = _PEM.findall(data[: _MOST * CERTIFICATE_LIMIT]) if _is_pem(data) else [data]
    if not 0 < len(parts) <= _MOST:
        raise _none(what)
    return tuple(read_certificate(part, what) for part in parts)


def to_pem(*certificates: bytes) -> bytes:
    """Certificates as text, as they are passed on.

    Args:
        certificates: each in DER.
    """
    from cryptography.hazmat.primitives.serialization import Encoding

    return b"".join(_parsed(one).public_bytes(Encoding.PEM) for one in certificates)


def issued_by(certificate: bytes, root: bytes) -> bool:
    """Whether a root's key has signed a certificate, and may do so.

    Args:
        certificate: in DER.
        root: in DER.
    """
    from cryptography.exceptions import InvalidSignature

    if not read_certificate(root).authority:
        return False
    try:
        _parsed(certificate).verify_directly_issued_by(_parsed(root))
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def fingerprint_words(fingerprint: str) -> tuple[str, ...]:
    """A fingerprint's first 132 bits as twelve words, to be read out and compared by voice.

    Twelve words of 2,048 leave nobody the chance to make a key whose words are the same (2 to the power of 132 tries).

    Args:
        fingerprint: in hex.
    """
    from mnemonic import Mnemonic

    words = Mnemonic("english").wordlist
    bits = int(fingerprint, 16) >> (256 - _WORDS * _BITS)
    return tuple(words[(bits >> (_BITS * place)) & (2**_BITS - 1)] for place in reversed(range(_WORDS)))


def key_words(key: EllipticCurvePublicKey) -> tuple[str, ...]:
    """Twelve words for a key alone, before it has a certificate: those of the SHA-256 of its SubjectPublicKeyInfo."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return fingerprint_words(hashlib.sha256(spki).hexdigest())


@lru_cache(maxsize=256)
def _parsed(data: bytes, what: str = "") -> x509.Certificate:
    from cryptography import x509 as parsing

    if _is_pem(data) and len(found := _PEM.findall(data[: _MOST * CERTIFICATE_LIMIT])) > 1:
        names = [read_certificate(one, what).name for one in found[:_MOST]]
        raise IdentityError(
            _(
                "{what} holds several certificates, of {names}: give a file with the one that you mean.",
                what=what or _("This"),
                names=listed(names),
            )
        )
    try:
        if len(data) > CERTIFICATE_LIMIT:
            raise ValueError
        if _is_pem(data):
            return parsing.load_pem_x509_certificate(data)
        return parsing.load_der_x509_certificate(data)
    except (ValueError, parsing.InvalidVersion):
        raise _none(what) from None


def _is_pem(data: bytes) -> bool:
    return b"-----BEGIN " in data[:CERTIFICATE_LIMIT] and not data.startswith(b"\x30")


def _none(what: str) -> IdentityError:
    return IdentityError(
        _(
            "{what} is no certificate (X.509): ask whoever sent it for their certificate file.",
            what=what or _("This"),
        )
    )


def _may_issue(certificate: x509.Certificate) -> bool:
    from cryptography.x509 import BasicConstraints, ExtensionNotFound, KeyUsage

    try:
        if not certificate.extensions.get_extension_for_class(BasicConstraints).value.ca:
            return False
    except ExtensionNotFound:
        return False
    try:
        return certificate.extensions.get_extension_for_class(KeyUsage).value.key_cert_sign
    except ExtensionNotFound:
        return True


@lru_cache(maxsize=256)
def public_key(certificate: x509.Certificate) -> EllipticCurvePublicKey:
    """The key in a certificate.

    Raises:
        IdentityError: when it is of another kind than ECDSA on P-256.
    """
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        key = None
    return p256(key, _("This certificate has another kind of key: inspect_kit works with ECDSA on P-256."))


def p256(key: object, otherwise: str) -> EllipticCurvePublicKey:
    """A public key, which must be one for ECDSA on P-256.

    Args:
        key: of any kind.
        otherwise: what to say where it is of another.

    Raises:
        IdentityError: where it is of another kind.
    """
    from cryptography.hazmat.primitives.asymmetric import ec

    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise IdentityError(otherwise)
    return key


def key_of(data: bytes) -> EllipticCurvePublicKey:
    """The key in a certificate given as bytes; errors as for ``read_certificate``."""
    return public_key(_parsed(data))


def _der(parsed: x509.Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return parsed.public_bytes(Encoding.DER)

"""Other people's certificates: what they say, who issued them, and fingerprints that can be compared by voice."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import category

from inspect_kit.errors import IdentityError
from inspect_kit.language import _

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

CERTIFICATE_LIMIT = 65_536
"""The most bytes of one certificate."""
_JOINERS = "\u200c\u200d"  # letters of Persian and of the scripts of India need them
_WORDS = 12
_BITS = 11


@dataclass(frozen=True)
class Certificate:
    """What a certificate says.

    Attributes:
        name: of the person, or of the organisation's root.
        organisation: empty where none is named.
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


def read_certificate(data: bytes, what: str = "") -> Certificate:
    """Read a certificate, in DER or PEM.

    Args:
        data: its bytes, of any content.
        what: where it comes from, as the start of a sentence; empty for “The certificate”.

    Raises:
        IdentityError: when it is none, or has another kind of key than ECDSA on P-256.
    """
    from cryptography import x509

    parsed = _parsed(data, what)
    public_key(parsed)  # another kind of key is told here
    try:
        return _read(parsed)
    except (ValueError, x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        raise _none(what) from None  # much of a certificate is only parsed where it is asked for


def _read(parsed: x509.Certificate) -> Certificate:
    from cryptography.x509 import BasicConstraints, ExtensionNotFound
    from cryptography.x509.oid import NameOID

    def named(name: object, oid: object) -> str:
        from inspect_kit.identity.keys import any_script

        with any_script():
            found = name.get_attributes_for_oid(oid)  # type: ignore[attr-defined]  # x509.Name is imported late
        text = " ".join(str(found[0].value).split())[:200] if found else ""
        return "".join(letter for letter in text if category(letter)[0] != "C" or letter in _JOINERS)

    try:
        authority = bool(parsed.extensions.get_extension_for_class(BasicConstraints).value.ca)
    except ExtensionNotFound:
        authority = False
    der = _der(parsed)
    name = named(parsed.subject, NameOID.COMMON_NAME)
    return Certificate(
        name=name or _("unnamed"),
        organisation=named(parsed.subject, NameOID.ORGANIZATION_NAME),
        fingerprint=hashlib.sha256(der).hexdigest(),
        issuer=named(parsed.issuer, NameOID.COMMON_NAME),
        valid_from=parsed.not_valid_before_utc.date().isoformat(),
        valid_until=parsed.not_valid_after_utc.date().isoformat(),
        authority=authority,
        data=der,
    )


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


@lru_cache(maxsize=256)
def _parsed(data: bytes, what: str = "") -> x509.Certificate:
    from cryptography import x509 as parsing

    try:
        if len(data) > CERTIFICATE_LIMIT:
            raise ValueError
        if data.lstrip().startswith(b"-----"):
            return parsing.load_pem_x509_certificate(data)
        return parsing.load_der_x509_certificate(data)
    except (ValueError, parsing.InvalidVersion):
        raise _none(what) from None


def _none(what: str) -> IdentityError:
    return IdentityError(
        _("{what} is no certificate (X.509): ask whoever sent it for their certificate file.", what=what or _("This"))
    )


@lru_cache(maxsize=256)
def public_key(certificate: x509.Certificate) -> EllipticCurvePublicKey:
    """The key in a certificate.

    Raises:
        IdentityError: when it is of another kind than ECDSA on P-256.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric import ec

    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise IdentityError(_("This certificate has another kind of key: inspect_kit works with ECDSA on P-256."))
    return key


def key_of(data: bytes) -> EllipticCurvePublicKey:
    """The key in a certificate given as bytes; errors as for ``read_certificate``."""
    return public_key(_parsed(data))


def _der(parsed: x509.Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return parsed.public_bytes(Encoding.DER)

"""A key that lies on a smart card or USB token and never leaves it (PKCS#11)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspect_kit.errors import IdentityError, PassphraseError

if TYPE_CHECKING:
    from pyhanko.sign.pkcs11 import PKCS11Signer


@dataclass(frozen=True)
class Token:
    """A person's key on a token, while it is plugged in and open.

    Attributes:
        name: as in the certificate.
        organisation: likewise; empty where none is named.
        fingerprint: SHA-256 of the certificate in DER, in hex.
        certificate: in DER.
        signer: asks the token for signatures.
    """

    name: str
    organisation: str
    fingerprint: str
    certificate: bytes = field(repr=False)
    signer: PKCS11Signer = field(repr=False)


@contextmanager
def open_token(library: Path, pin: str, label: str = "", token: str = "") -> Iterator[Token]:
    """Open a token for the time of the block.

    Args:
        library: the maker's PKCS#11 library, such as ``/usr/lib/softhsm/libsofthsm2.so``.
        pin: opens the token.
        label: of key and certificate on it; empty where it holds one pair only.
        token: the token's own label; empty where one is plugged in only.

    Raises:
        PassphraseError: when the token does not take the PIN.
        IdentityError: when library, token, key or certificate is not there, or the support for tokens is not installed.
    """
    try:
        import pkcs11
        from pyhanko.sign.pkcs11 import PKCS11Signer
    except ImportError as problem:
        raise IdentityError(
            "Signing with a token needs one more package: pip install “inspect-kit[tokens]”."
        ) from problem
    try:
        session = _plugged_in(library, token).open(user_pin=pin)
    except (pkcs11.exceptions.PinIncorrect, pkcs11.exceptions.PinInvalid, pkcs11.exceptions.PinLenRange) as problem:
        raise PassphraseError("The token does not take this PIN: most tokens lock after a few wrong ones.") from problem
    except pkcs11.exceptions.PinLocked as problem:
        raise PassphraseError("The token is locked after too many wrong PINs: ask whoever issued it.") from problem
    except (pkcs11.exceptions.PKCS11Error, RuntimeError, OSError) as problem:
        raise IdentityError(
            f"No token can be opened with {library}: plug it in, and name its maker’s library."
        ) from problem
    try:
        chosen = label or _only_label(session)
        # a token that only signs digests is the rule for elliptic curves; this way serves both kinds
        signer = PKCS11Signer(session, cert_label=chosen, use_raw_mechanism=True)
        certificate = _certificate(signer, chosen, library)
        yield Token(
            name=_part(certificate, "common_name") or "unnamed",
            organisation=_part(certificate, "organization_name"),
            fingerprint=certificate.sha256.hex(),
            certificate=certificate.dump(),
            signer=signer,
        )
    finally:
        session.close()


def _plugged_in(library: Path, label: str) -> Any:
    """The token of that label, or the only one; a place for a token that nobody has prepared yet does not count."""
    import pkcs11

    tokens = [one for one in pkcs11.lib(str(library)).get_tokens() if one.flags & pkcs11.TokenFlag.TOKEN_INITIALIZED]
    found = [one for one in tokens if not label or one.label.strip() == label]
    if len(found) != 1:
        labels = ", ".join(sorted(one.label.strip() for one in tokens)) or "none"
        raise IdentityError(f"Name one token by its label; {library} shows {labels}.")
    return found[0]


def _only_label(session: Any) -> str:
    from pkcs11 import Attribute, ObjectClass

    labels = {str(one[Attribute.LABEL]) for one in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})}
    if len(labels) != 1:
        told = f"it holds {', '.join(sorted(labels))}" if labels else "it holds none"
        raise IdentityError(f"Name the key on the token by its label: {told}.")
    return labels.pop()


def _certificate(signer: PKCS11Signer, label: str, library: Path) -> Any:
    import pkcs11
    from pyhanko.sign.pkcs11 import PKCS11Error

    try:
        found = signer.signing_cert
    except (pkcs11.exceptions.PKCS11Error, PKCS11Error, ValueError) as problem:
        raise IdentityError(f"The token of {library} holds no key with certificate named “{label}”.") from problem
    if found is None:
        raise IdentityError(f"The token of {library} holds no certificate named “{label}”.")
    return found


def _part(certificate: Any, part: str) -> str:
    found = certificate.subject.native.get(part, "")
    return str(found if isinstance(found, str) else found[0])

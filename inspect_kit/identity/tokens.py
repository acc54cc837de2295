"""Keys on a smart card or USB token (PKCS#11), which never leave it; a small text file says where each lies.

The file names the token and holds the certificate, so that recording and verifying need no token; it holds no PIN.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from inspect_kit.errors import IdentityError, PassphraseError
from inspect_kit.identity.certificates import key_of, p256, read_bundle, to_pem
from inspect_kit.identity.making import Sign
from inspect_kit.language import _
from inspect_kit.model import clean_line

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

_TABLE = b"[token]"
_FIELDS = ("module", "label", "key", "certificate")
_PROBE = b"inspect_kit: is this key the certificate's?"


@dataclass(frozen=True)
class Token:
    """Where a key lies.

    Attributes:
        module: the absolute path of the maker's PKCS#11 library.
        label: the token's.
        key: the key's label on the token.
        certificates: the key's own, and the root's where an organisation issued it; in DER.
    """

    module: str
    label: str
    key: str
    certificates: tuple[bytes, ...]


def is_token(data: bytes) -> bool:
    """Whether a file is one of ours that names a token."""
    return any(line.strip() == _TABLE for line in data[:4096].splitlines())


def read_token(data: bytes, path: Path) -> Token:
    """Read a file that names a token.

    Args:
        data: its bytes.
        path: where they come from.

    Raises:
        IdentityError: when something in it is missing or cannot be read.
    """
    import tomllib  # late: nearly nobody has a token, and every start reads this module

    try:
        said = tomllib.loads(data.decode("utf-8-sig"))["token"]
        module, label, key, certificates = (said[name] for name in _FIELDS)
        if not all(isinstance(one, str) for one in (module, label, key, certificates)):
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError):
        raise IdentityError(
            _(
                "The file {path} does not name a token as “inspect-kit identity token” writes it: make it again.",
                path=path,
            )
        ) from None
    found = read_bundle(certificates.encode(), _("The certificate in {path}", path=path))
    return Token(module, label, key, tuple(one.data for one in found))


def written(token: Token) -> bytes:
    """The bytes of the file that names a token.

    Raises:
        BadInputError: when a label is empty, or no line of text.
    """
    values = (
        ("module", token.module, _("The path of the token's library")),
        ("label", token.label, _("The token's label")),
        ("key", token.key, _("The key's label")),
    )
    # JSON's strings are TOML's, where every character above the ASCII ones stays as it is
    lines = [
        f"{name} = {json.dumps(clean_line(value, what, required=True), ensure_ascii=False)}"
        for name, value, what in values
    ]
    text = "\n".join(["# A key on a token, for inspect_kit. No PIN stands here.", _TABLE.decode(), *lines])
    return f'{text}\ncertificate = """\n{to_pem(*token.certificates).decode()}"""\n'.encode()


def locked(message: bytes) -> NoReturn:  # noqa: ARG001 (the form of Sign)
    """Stands for a token that was not opened.

    Raises:
        PassphraseError: always.
    """
    raise PassphraseError(_("The token's PIN is needed to seal or sign: give it with --identity-passphrase-file."))


def signing(token: Token, pin: str | None, public: EllipticCurvePublicKey) -> Sign:
    """What signs with the key on a token; it is tried once at the start, so that a wrong PIN is told before any work.

    Args:
        token: where the key lies.
        pin: opens the token.
        public: of the certificate; a signature by another key is never handed out.

    Raises:
        PassphraseError: when the PIN is missing or wrong.
        IdentityError: when the token or key is not there, or is not the certificate's.
    """

    def sign(message: bytes) -> bytes:
        with _opened(token, pin) as session:
            return _signature(session, token, message, public)

    sign(_PROBE)
    return sign


def found_on(token: Token, pin: str | None) -> tuple[bytes | None, EllipticCurvePublicKey]:
    """Find a key's certificate on its token.

    Args:
        token: where the key lies; its certificates are not looked at.
        pin: opens the token.

    Returns:
        The certificate in DER, None where the token holds none for this key; and the key's public half.

    Raises:
        PassphraseError: when the PIN is missing or wrong.
        IdentityError: when the token or key is not there, or is of another kind.
    """
    with _opened(token, pin) as session:
        from pkcs11 import Attribute, ObjectClass

        certificates = []
        for one in list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})):
            try:
                data = bytes(one[Attribute.VALUE])
                certificates.append((data, key_of(data)))
            except IdentityError:  # somebody else's, of another kind
                continue
        keys: list[tuple[bytes | None, EllipticCurvePublicKey]] = [*certificates, *_public_keys(session, token)]
        for certificate, public in keys:
            try:
                _signature(session, token, _PROBE, public)
            except _AnotherKeyError:
                continue
            return certificate, public
    raise IdentityError(
        _(
            "The token “{label}” tells neither a certificate nor a public key for “{key}”: ask whoever prepared it.",
            label=token.label,
            key=token.key,
        )
    )


class _AnotherKeyError(IdentityError):
    """A signature came, and it is not by the key that was expected."""


def _public_keys(session: Any, token: Token) -> list[tuple[None, EllipticCurvePublicKey]]:
    from cryptography.hazmat.primitives.serialization import load_der_public_key
    from pkcs11 import Attribute, KeyType, ObjectClass
    from pkcs11.util.ec import encode_ec_public_key

    wanted = {Attribute.CLASS: ObjectClass.PUBLIC_KEY, Attribute.KEY_TYPE: KeyType.EC, Attribute.LABEL: token.key}
    found = list(session.get_objects(wanted))  # a search that is broken off complains when its session is closed
    return [(None, p256(load_der_public_key(encode_ec_public_key(one)), _another_kind(token))) for one in found]


def _signature(session: Any, token: Token, message: bytes, public: EllipticCurvePublicKey) -> bytes:
    import hashlib

    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, utils
    from pkcs11 import KeyType, Mechanism, ObjectClass

    key = session.get_key(object_class=ObjectClass.PRIVATE_KEY, label=token.key)
    if key.key_type is not KeyType.EC:
        raise IdentityError(_another_kind(token))
    # tokens sign a digest, and give r and s side by side
    raw = key.sign(hashlib.sha256(message).digest(), mechanism=Mechanism.ECDSA)
    half = len(raw) // 2
    signature = utils.encode_dss_signature(int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big"))
    try:
        public.verify(signature, message, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise _AnotherKeyError(
            _(
                "The key “{key}” on the token “{label}” is not that of the certificate: was the token prepared anew?"
                " Make the file again with “inspect-kit identity token”.",
                key=token.key,
                label=token.label,
            )
        ) from None
    return signature


def _another_kind(token: Token) -> str:
    return _("The key “{key}” on the token is of another kind: inspect_kit signs with ECDSA on P-256.", key=token.key)


@contextmanager
def _opened(token: Token, pin: str | None) -> Iterator[Any]:
    try:
        import pkcs11
        from pkcs11 import exceptions
    except ImportError:
        raise IdentityError(_("A key on a token needs one more package: install “inspect-kit[tokens]”.")) from None
    if not pin:
        raise PassphraseError(
            _("The PIN of the token “{label}” is needed: give it with --identity-passphrase-file.", label=token.label)
        )
    module = _trustworthy(token.module)
    try:
        with pkcs11.lib(str(module)).get_token(token_label=token.label).open(user_pin=pin) as session:
            yield session
    except (exceptions.PinIncorrect, exceptions.PinInvalid, exceptions.PinLenRange):
        raise PassphraseError(
            _(
                "The token “{label}” does not take this PIN. Tokens lock themselves after a few wrong ones: make sure"
                " before you try again.",
                label=token.label,
            )
        ) from None
    except exceptions.PinLocked:
        raise IdentityError(
            _("The token “{label}” is locked after too many wrong PINs: ask whoever issued it.", label=token.label)
        ) from None
    except exceptions.NoSuchKey:
        raise IdentityError(
            _("The token “{label}” holds no key labelled “{key}”: check the label.", label=token.label, key=token.key)
        ) from None
    except (exceptions.MultipleObjectsReturned, exceptions.MultipleTokensReturned):
        raise IdentityError(
            _(
                "Several keys are labelled “{key}”, or several tokens “{label}”: give each a label of its own.",
                label=token.label,
                key=token.key,
            )
        ) from None
    except exceptions.NoSuchToken:
        raise IdentityError(_("The token “{label}” is not there: plug it in.", label=token.label)) from None
    except exceptions.PKCS11Error as problem:
        raise IdentityError(
            _(
                "The token “{label}” cannot be used through {module} ({said}): plug it in, and check the library.",
                label=token.label,
                module=module,
                said=str(problem)[:200] or type(problem).__name__,
            )
        ) from None


def _trustworthy(module: str) -> Path:
    """The token's library, which runs as part of us: it must lie where only the machine's administrator writes.

    A file that names a token may come from anywhere, and must not be able to name a program beside it on the stick.
    """
    path = Path(module)
    try:
        path = path.resolve(strict=True)
        sound = Path(module).is_absolute() and path.is_file() and all(map(_administrators, (path, *path.parents)))
    except OSError:
        raise IdentityError(
            _("The token's library {module} is not there: install it, or check the path.", module=module)
        ) from None
    if not sound:
        raise IdentityError(
            _(
                "The token's library {module} lies where others than the machine's administrator could have put it:"
                " use one that is installed for the whole machine, by its full path.",
                module=module,
            )
        )
    return path


def _administrators(path: Path) -> bool:
    if sys.platform == "win32":
        places = [os.environ.get(name) for name in ("SystemRoot", "ProgramFiles", "ProgramFiles(x86)")]
        return path.parent == path or any(
            place and (path.is_relative_to(place) or Path(place).is_relative_to(path)) for place in places
        )
    state = path.stat()
    return state.st_uid == 0 and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)

"""Opening identities, wherever their key lies: in a PKCS#12 file, or on a token that a small file names."""

from __future__ import annotations

from pathlib import Path

from inspect_kit.errors import BadInputError, IdentityError
from inspect_kit.files import read_bytes
from inspect_kit.identity import pkcs12, tokens
from inspect_kit.identity.certificates import Certificate, key_of, read_certificate
from inspect_kit.identity.keys import Identity, identity_of
from inspect_kit.identity.making import YEARS, make_certificate
from inspect_kit.identity.names import fitting, subject
from inspect_kit.language import _

_LIMIT = 1_048_576


def load(path: Path, passphrase: str | None = None, *, to_sign: bool = True) -> Identity:
    """Open a person's identity: a PKCS#12 file, or a file that names a token.

    Args:
        path: the file.
        passphrase: where it is protected; a token's PIN.
        to_sign: False is enough for recording, and leaves a token in its drawer.

    Raises:
        PassphraseError: when the passphrase or PIN is missing or wrong.
        IdentityError: when it is no identity, holds no key with certificate, another kind of key, or that of an
            authority; or when the token cannot be used.
        BadInputError: when the file is missing or unreadable.
    """
    data = read_key_file(path)
    if tokens.is_token(data):
        me = _of_token(data, path, passphrase, to_sign=to_sign)
    else:
        me = _of_pkcs12(data, path, passphrase)
    if read_certificate(me.certificate).authority:
        raise IdentityError(
            _(
                "{path} holds the key of an authority, {name}: it issues certificates, and does not record or sign."
                " Name your own identity with --as.",
                path=path,
                name=me.name,
            )
        )
    return me


def load_authority(path: Path, passphrase: str | None = None) -> Identity:
    """Open an organisation's root.

    Args:
        path: its PKCS#12 file.
        passphrase: where it is protected.

    Raises:
        PassphraseError: when the passphrase is missing or wrong.
        IdentityError: when it is no root with a key on P-256.
        BadInputError: when the file is missing or unreadable.
    """
    root = _of_pkcs12(read_key_file(path), path, passphrase)
    if not read_certificate(root.certificate).authority:
        raise IdentityError(
            _(
                "{path} holds the key of a person, {name}, and no authority's: make one with"
                " “inspect-kit identity authority create”.",
                path=path,
                name=root.name,
            )
        )
    return root


def read_others(path: Path, passphrase: str | None = None) -> Certificate:
    """Read a certificate from whatever file somebody may have: a certificate, an identity, or one that names a token.

    Args:
        path: the file.
        passphrase: opens it where it is a protected identity.

    Raises:
        PassphraseError: when it is a protected identity, and the passphrase missing or wrong.
        IdentityError: when it holds no certificate, several, or one with another kind of key.
        BadInputError: when the file is missing or unreadable.
    """
    # Translators: the start of a sentence, such as “… is larger than 1 MB”
    data = read_bytes(path, _("The certificate"), _LIMIT)
    what = _("The file {path}", path=path)
    if tokens.is_token(data):
        return read_certificate(tokens.read_token(data, path).certificates[0], what)
    try:
        return read_certificate(data, what)
    except IdentityError:
        if not pkcs12.is_pkcs12(data):
            raise
    return read_certificate(_of_pkcs12(data, path, passphrase).certificate, what)


def on_token(path: Path) -> bool:
    """Whether an identity's file names a token: a passphrase that was chosen for something else must not be tried on
    it, because a token locks itself after a few wrong ones.
    """  # noqa: D205 (one sentence that does not fit a line)
    try:
        return path.is_file() and tokens.is_token(read_key_file(path))
    except (OSError, BadInputError):
        return False


def of_token(module: str, label: str, key: str, pin: str | None, name: str = "", organisation: str = "") -> Identity:
    """Make an identity of a key that lies on a token.

    Args:
        module: the maker's PKCS#11 library.
        label: the token's.
        key: the key's label.
        pin: opens the token.
        name: for a self-made certificate, where the token holds none for this key.
        organisation: likewise.

    Raises:
        PassphraseError: when the PIN is missing or wrong.
        IdentityError: when the token cannot be used, or holds no certificate and no name is given, or one and a name.
        BadInputError: when a name or label cannot be taken.
    """
    # Translators: the start of a sentence, such as “… must be one line”
    name, organisation = (
        fitting(name, _("The identity's name")),
        fitting(organisation, _("The identity's organisation")),
    )
    token = tokens.Token(module, label, key, ())
    certificate, public = tokens.found_on(token, pin)
    sign = tokens.signing(token, pin, public)
    if certificate is None:
        if not name:
            raise IdentityError(
                _(
                    "The token holds no certificate for the key “{key}”: give your name (--name) for a self-made one.",
                    key=key,
                )
            )
        certificate = make_certificate(subject(name, organisation), public, sign, years=YEARS)
    elif name:
        raise IdentityError(
            _(
                "The token holds a certificate for the key “{key}” already, of {name}: leave --name away to use it.",
                key=key,
                name=read_certificate(certificate).name,
            )
        )
    token = tokens.Token(module, label, key, (certificate,))
    return identity_of(read_certificate(certificate), (), tokens.written(token), sign)


def read_key_file(path: Path) -> bytes:
    """The bytes of an identity's file."""
    # Translators: the start of a sentence, such as “… is larger than 1 MB”
    return read_bytes(path, _("The identity"), _LIMIT)


def _of_token(data: bytes, path: Path, pin: str | None, *, to_sign: bool) -> Identity:
    token = tokens.read_token(data, path)
    # Translators: the start of a sentence, such as “… is no certificate”
    certificate = read_certificate(token.certificates[0], _("The file {path}", path=path))
    sign = tokens.signing(token, pin, key_of(certificate.data)) if to_sign else tokens.locked
    return identity_of(certificate, token.certificates[1:], data, sign)


def _of_pkcs12(data: bytes, path: Path, passphrase: str | None) -> Identity:
    key, certificate, chain, _opened = pkcs12.unpacked(data, path, passphrase)
    return identity_of(certificate, chain, data, pkcs12.signing(key))

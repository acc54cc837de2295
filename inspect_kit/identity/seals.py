"""Seals: a person signs the last entry of her chain, and with it every entry before."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from inspect_kit.errors import IdentityError
from inspect_kit.identity.certificates import key_of
from inspect_kit.model import Seal, canonical

if TYPE_CHECKING:
    from inspect_kit.identity.keys import Identity


def make_seal(identity: Identity, stream: str, author: str, seq: int, entry: str, stamp: str) -> Seal:
    """Sign an author's chain up to an entry.

    Args:
        identity: the author's; ``author`` begins with its fingerprint.
        stream: ``visit:<id>`` or ``facility:<id>``.
        author: ``<certificate fingerprint>.<laptop>``.
        seq: the entry's place in the chain.
        entry: its id, in hex.
        stamp: when.

    Raises:
        IdentityError: when her certificate is not valid now, by the machine's clock.
    """
    identity.check_valid()
    signature = identity.sign(_message(stream, author, seq, entry, stamp))
    return Seal(stream, author, seq, entry, stamp, signature, identity.certificate)


def check_seal(seal: Seal) -> bool:
    """Whether a seal is by the author it names: her certificate, and her signature over exactly these values."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    if hashlib.sha256(seal.certificate).hexdigest() != seal.author.partition(".")[0]:
        return False
    try:
        key = key_of(seal.certificate)
        key.verify(
            seal.signature,
            _message(seal.stream, seal.author, seal.seq, seal.entry, seal.stamp),
            ec.ECDSA(hashes.SHA256()),
        )
    except (InvalidSignature, IdentityError):
        return False
    return True


def _message(stream: str, author: str, seq: int, entry: str, stamp: str) -> bytes:
    values = {"stream": stream, "author": author, "seq": seq, "entry": entry, "stamp": stamp}
    return canonical({**values, "kind": "seal", "version": 1}).encode()

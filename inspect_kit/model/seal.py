"""A seal: one signature over an author's chain of entries in a stream."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Seal:
    """What an author says of her entries in one stream: that they are these, up to and with one entry.

    The signature is over the canonical JSON of entry, kind (``seal``), seq, stamp, stream, author and version (1).

    Attributes:
        stream: ``visit:<id>``.
        author: ``<certificate fingerprint>.<laptop>``.
        seq: the last entry that it covers.
        entry: that entry's id, in hex.
        stamp: when it was made, as a journal stamp.
        signature: ECDSA on P-256 with SHA-256, in DER.
        certificate: the author's, in DER.
    """

    stream: str
    author: str
    seq: int
    entry: str
    stamp: str
    signature: bytes
    certificate: bytes

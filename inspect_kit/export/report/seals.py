"""The seals that travel in a report's data: whether each holds, and who has not sealed."""

from __future__ import annotations

from collections.abc import Iterator

from inspect_kit.export.report.data import ReportData
from inspect_kit.model import Seal, canonical


def broken_seals(report: ReportData) -> Iterator[str]:
    """Tell what is wrong with a report's seals.

    Args:
        report: its data.

    Yields:
        A sentence for each seal that does not hold.
    """
    for seal in report.seals:
        who = _name(report, seal)
        if seal.stream != f"visit:{report.shown.visit.id}":
            yield f"The seal of {who} belongs to another visit ({seal.stream[:60]})."
        elif not _is_authors(seal):
            yield f"The seal of {who} was made with another key than that of its author."
        elif not _holds(seal):
            yield f"The seal of {who} does not hold: what it says was changed after it was made."


def unsealed(report: ReportData) -> tuple[str, ...]:
    """Name those who recorded in the visit, and whose entries no seal of theirs closes.

    Args:
        report: its data.
    """
    sealed = {_fingerprint(seal) for seal in report.seals}
    return tuple(sorted(name for print_, name in report.shown.visit.authors.items() if print_ not in sealed))


def _fingerprint(seal: Seal) -> str:
    return seal.author.partition(".")[0]


def _name(report: ReportData, seal: Seal) -> str:
    return report.shown.visit.authors.get(_fingerprint(seal), f"somebody unnamed ({seal.author[:12]}…)")


def _is_authors(seal: Seal) -> bool:
    import hashlib

    return hashlib.sha256(seal.certificate).hexdigest() == _fingerprint(seal)


def _holds(seal: Seal) -> bool:
    """Whether a seal's signature is good; the one place for ``identity.check_seal`` once that is there."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.x509 import load_der_x509_certificate

    said = {
        "author": seal.author, "entry": seal.entry, "kind": "seal", "seq": seal.seq,
        "stamp": seal.stamp, "stream": seal.stream, "version": 1,
    }  # fmt: skip
    try:
        key = load_der_x509_certificate(seal.certificate).public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey):
            return False
        key.verify(seal.signature, canonical(said).encode(), ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True

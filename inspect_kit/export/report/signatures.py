"""Who signs a report, and what a check of the signatures says."""

from dataclasses import dataclass
from enum import StrEnum


class SignerRole(StrEnum):
    """As what somebody signs."""

    INSPECTOR = "inspector"
    CHAIR = "chair"


@dataclass(frozen=True)
class Signature:
    """One signature of a report.

    Attributes:
        name: as in the certificate.
        organisation: likewise; empty where none is named.
        role: ``inspector`` or ``chair``, by the place that was signed.
        when: the signing time as the signer's machine claimed it, ISO; empty where none is claimed.
        fingerprint: SHA-256 of the certificate, in hex.
        valid: whether the signature and everything it covers are intact.
    """

    name: str
    organisation: str
    role: str
    when: str
    fingerprint: str
    valid: bool


@dataclass(frozen=True)
class Verification:
    """What a check of a report found.

    Attributes:
        valid: somebody has signed, and there are no problems.
        signers: in the order in which they signed.
        awaiting: the role of each prepared place that can still be signed; none once the chair has signed.
        problems: what is wrong, each a plain sentence.
    """

    valid: bool
    signers: tuple[Signature, ...]
    awaiting: tuple[str, ...]
    problems: tuple[str, ...]


CHAIR_PLACE = "chair"
"""The name of the form field in which the chair signs."""
MOST_INSPECTORS = 8
"""The most places for inspectors on one report."""


def inspector_place(number: int) -> str:
    """Name the form field in which an inspector signs, from 1."""
    return f"inspector-{number}"


def role_of(place: str) -> SignerRole | None:
    """Tell whose place a form field is; None for a field that is not ours."""
    if place == CHAIR_PLACE:
        return SignerRole.CHAIR
    if place in {inspector_place(number) for number in range(1, MOST_INSPECTORS + 1)}:
        return SignerRole.INSPECTOR
    return None

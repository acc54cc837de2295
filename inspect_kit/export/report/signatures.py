"""Who signs a report, and what a check of the signatures says."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from inspect_kit.language import _
from inspect_kit.model import Role, VisitRecord


class SignerRole(StrEnum):
    """As what somebody signs."""

    INSPECTOR = "inspector"
    CHAIR = "chair"

    @property
    def label(self) -> str:
        """In words, for screens."""
        # Translators: who signs the report
        return _("chair") if self is SignerRole.CHAIR else _("inspector")


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
        stamped: when it was there at the latest, as a time-stamping service says, ISO; empty where none was asked.
        service: that service's name, by its certificate.
    """

    name: str
    organisation: str
    role: str
    when: str
    fingerprint: str
    valid: bool
    stamped: str = ""
    service: str = ""


class Pages(StrEnum):
    """What came of setting a report's pages again from its data."""

    SAME = "same"
    DIFFER = "differ"
    NOT_COMPARED = "not-compared"


@dataclass(frozen=True)
class Verification:
    """What a check of a report found.

    Attributes:
        valid: whole, unchanged and complete: there are no problems.
        signers: in the order in which they signed.
        awaiting: the role of each prepared place that can still be signed; none once the chair has signed.
        problems: what is wrong, each a plain sentence; the last one says what is missing where it is not complete yet.
        complete: every prepared place is signed, or the chair has closed the report.
        missing: who has not signed, in words, the chair's closing or not.
        holds: what was checked and holds, each a plain sentence.
        notes: what a reader should know besides, and what could not be checked.
        unsealed: names of those whose entries no seal of theirs closes.
        visit: the visit's id, as the attached data says.
        edition: likewise.
        number: the report's version, likewise; 0 where there is no data.
        corrects: SHA-256 of the report that this one corrects, likewise; empty for none.
        pages: what came of setting the pages again.
    """

    valid: bool
    signers: tuple[Signature, ...]
    awaiting: tuple[str, ...]
    problems: tuple[str, ...]
    complete: bool = False
    missing: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unsealed: tuple[str, ...] = ()
    visit: str = ""
    edition: str = ""
    number: int = 0
    corrects: str = ""
    pages: Pages = Pages.NOT_COMPARED

    @property
    def faults(self) -> tuple[str, ...]:
        """The problems besides that not all have signed yet: none means whole and unchanged."""
        # where the report is not complete, the last problem says so
        return self.problems if self.complete else self.problems[:-1]

    @property
    def unchanged(self) -> bool:
        """Somebody has signed, and everything is as it was then."""
        return bool(self.signers) and not self.faults


CHAIR_PLACE = "chair"
"""The name of the form field in which the chair signs."""
MOST_INSPECTORS = 40
"""The most places for inspectors on one report: the most members of a team."""


@dataclass(frozen=True)
class Place:
    """A prepared place for a signature.

    Attributes:
        name: the name of its form field.
        role: as what somebody signs there.
        signer: who is expected, as named in the team; empty where the report does not know (the chair).
    """

    name: str
    role: SignerRole
    signer: str = ""

    @property
    def tooltip(self) -> str:
        """What a screen reader says of it."""
        if self.role is SignerRole.CHAIR:
            return "Signature of the chair, which closes the report"
        return f"Signature of {self.signer}" if self.signer else "Signature of an inspector"

    @property
    def awaited(self) -> str:
        """Who has to sign here, in words."""
        if self.signer:
            # Translators: who has to sign, and as what: “Amina Example (inspector)”
            return _("{name} ({role})", name=self.signer, role=self.role.label)
        # Translators: who has to sign, of whom no name is known
        return _("the chair") if self.role is SignerRole.CHAIR else _("the inspector")


def places_of(visit: VisitRecord) -> tuple[Place, ...]:
    """Prepare a place for each member of the team who inspects, and the chair's last.

    None while people hold different views: such a report is a working paper, which nobody can sign.

    Args:
        visit: the record.
    """
    if visit.conflicts:
        return ()
    names = [one.name for one in visit.team.members if one.role not in (Role.INTERPRETER, Role.OBSERVER)]
    inspectors = (
        Place(inspector_place(number), SignerRole.INSPECTOR, name)
        for number, name in enumerate(names[:MOST_INSPECTORS] or [""], 1)
    )
    return (*inspectors, Place(CHAIR_PLACE, SignerRole.CHAIR))


def is_named(expected: str, name: str) -> bool:
    """Whether a certificate's name is that of an expected signer.

    Capitals, commas and full stops do not matter, and one of the two may have more to it, such as a title or a second
    given name, where the other has at least two words.

    Args:
        expected: as named in the team; empty accepts everybody.
        name: as in the certificate.
    """
    mine, theirs = _name_words(expected), _name_words(name)
    return not expected or mine == theirs or (min(len(mine), len(theirs)) >= 2 and (mine <= theirs or theirs <= mine))


def _name_words(name: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKC", name).casefold()
    return frozenset(plain.translate({ord(mark): " " for mark in ".,"}).split())


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

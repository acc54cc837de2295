"""Interviews: the code a person appears under, and what is read out to her before she says anything."""

import re
from collections.abc import Iterable

from inspect_kit.language import _
from inspect_kit.model import Consent, EvidenceKind, Person

_LETTER = {EvidenceKind.INTERVIEW: "W", EvidenceKind.STAFF_INTERVIEW: "S", EvidenceKind.OTHER_INTERVIEW: "O"}
_INSIDE = (Person.WOMEN, Person.GIRLS)
_STAFF = (Person.STAFF, Person.HEALTH, Person.MANAGEMENT)

OPENING = (
    # Translators: read out to a woman in prison before an interview: short and plain
    _(
        "We inspect how women are held here. We do not work for the prison, and we decide about no case and no post."
        " You need not talk with us. You can leave out any question, and stop whenever you want. We write no name,"
        " only a code."
    ),
    # Translators: read out to a woman in prison before an interview: short and plain
    _(
        "You can tell us how far your words may go, and change that later, for as long as the report is not handed"
        " over."
    ),
)
"""What is said before the first question."""

READ_OUT = {
    # Translators: these are read out to a woman in prison, who then says how far her words may go
    Consent.NONE: _("What you say stays with the team: we count it, and show it to nobody."),
    Consent.INTERNAL: _("What you say may stand in our own report, which the prison does not get."),
    Consent.AUTHORITY: _("What you say may stand in the report to the authority that runs this prison, under a code."),
    Consent.PUBLIC: _("What you say may stand in the report that everybody can read, without the code."),
}
"""What each consent covers, in words to read out."""


def kind_of(person: Person) -> EvidenceKind:
    """Which kind of evidence a talk with somebody gives."""
    if person in _INSIDE:
        return EvidenceKind.INTERVIEW
    return EvidenceKind.STAFF_INTERVIEW if person in _STAFF else EvidenceKind.OTHER_INTERVIEW


def next_code(codes: Iterable[str], kind: EvidenceKind) -> str:
    """Give the next interviewee a code: ``W1``, ``W2``, … for women, ``S`` for staff, ``O`` for others.

    Args:
        codes: those in use in the visit; other codes among them are left alone.
        kind: the kind of interview.
    """
    letter = _LETTER[kind]
    taken = [int(found[1]) for code in codes if (found := re.fullmatch(rf"{letter}(\d{{1,6}})", code))]
    return f"{letter}{max(taken, default=0) + 1}"

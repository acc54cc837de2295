"""Codes for people, and what is read out to them."""

import pytest

from inspect_kit.analysis.interviewing import READ_OUT, kind_of, next_code
from inspect_kit.model import Consent, EvidenceKind, Person


@pytest.mark.parametrize(
    ("codes", "kind", "code"),
    [
        ([], EvidenceKind.INTERVIEW, "W1"),
        (["W1", "W3", "S9", "", "Anna", "W"], EvidenceKind.INTERVIEW, "W4"),
        (["W1"], EvidenceKind.STAFF_INTERVIEW, "S1"),
        (["O9", "O10"], EvidenceKind.OTHER_INTERVIEW, "O11"),
        (["W99999999999"], EvidenceKind.INTERVIEW, "W1"),
    ],
)
def test_the_next_person_gets_a_code_that_nobody_has(codes: list[str], kind: EvidenceKind, code: str) -> None:
    assert next_code(codes, kind) == code


def test_every_person_gives_a_kind_of_interview_and_every_consent_is_read_out() -> None:
    assert all(kind_of(person).is_interview for person in Person)
    assert kind_of(Person.GIRLS) is EvidenceKind.INTERVIEW
    assert kind_of(Person.HEALTH) is EvidenceKind.STAFF_INTERVIEW
    assert set(READ_OUT) == set(Consent)

"""A person decides how far her words go, also after she said them."""

from __future__ import annotations

import pytest

from inspect_kit.casebook import Casebook
from inspect_kit.errors import UnknownError
from inspect_kit.model import Consent, Evidence, EvidenceKind
from tests.conftest import AtWork

ITEM = "hygiene.showers"
SAID = Evidence(EvidenceKind.INTERVIEW, "Cold since May.", interviewee="W1", consent=Consent.PUBLIC)


def consent_of(casebook: Casebook, visit: str) -> list[Consent]:
    finding = casebook.finding(visit, ITEM)
    assert finding
    return [source.consent for source in finding.evidence]


def test_she_can_restrict_what_she_said_and_widen_it_again(at_work: AtWork) -> None:
    work, visit = at_work.casebook, at_work.visit
    first, second = (work.add_evidence(visit, ITEM, SAID) for _ in range(2))
    work.set_consent(visit, [first, second], Consent.NONE)
    assert consent_of(work, visit) == [Consent.NONE, Consent.NONE]
    work.set_consent(visit, [second], Consent.AUTHORITY)
    assert consent_of(work, visit) == [Consent.NONE, Consent.AUTHORITY]
    work.rebuild()
    assert consent_of(work, visit) == [Consent.NONE, Consent.AUTHORITY]


@pytest.mark.parametrize("consent", list(Consent))
def test_each_consent_is_kept_as_it_was_given(at_work: AtWork, consent: Consent) -> None:
    work, visit = at_work.casebook, at_work.visit
    source = work.add_evidence(visit, ITEM, SAID)
    work.set_consent(visit, [source], consent)
    assert consent_of(work, visit) == [consent]


def test_the_history_keeps_what_was_said_before(at_work: AtWork) -> None:
    work, visit = at_work.casebook, at_work.visit
    source = work.add_evidence(visit, ITEM, SAID)
    work.set_consent(visit, [source], Consent.NONE)
    finding = work.finding(visit, ITEM)
    assert finding
    assert finding.evidence[0].note == "Cold since May."


def test_a_source_of_another_visit_is_refused(at_work: AtWork) -> None:
    with pytest.raises(UnknownError, match="No evidence 01NOBODY"):
        at_work.casebook.set_consent(at_work.visit, ["01NOBODY"], Consent.NONE)

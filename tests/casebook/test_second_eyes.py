"""A second pair of eyes on a judgement, and sources that contradict each other."""

from __future__ import annotations

import pytest

from inspect_kit.errors import BadInputError
from inspect_kit.identity import Identity
from inspect_kit.model import Assessment, Verdict
from tests.conftest import AtWork, enrol

ITEM = "hygiene.showers"


@pytest.fixture(scope="module")
def kate() -> Identity:
    from inspect_kit.identity import create

    return create("Kate Example", "Example Monitoring Board")


@pytest.fixture
def judged(at_work: AtWork, kate: Identity) -> AtWork:
    """A judgement of one inspector, with another one at the keys now."""
    at_work.casebook.judge(at_work.visit, ITEM, Assessment.NOT_MET, narrative="Cold.")
    enrol(at_work.casebook, kate)
    return at_work


def test_a_colleague_accepts_a_judgement(judged: AtWork) -> None:
    judged.casebook.review(judged.visit, ITEM, Verdict.ACCEPTED)
    finding = judged.casebook.finding(judged.visit, ITEM)
    assert finding
    assert finding.review
    assert finding.reviewed is Verdict.ACCEPTED
    assert finding.review.author == "Kate Example"
    assert (finding.assessment, finding.narrative) == (Assessment.NOT_MET, "Cold.")


def test_a_judgement_is_returned_with_a_word_why(judged: AtWork) -> None:
    with pytest.raises(BadInputError, match="Say why it is returned"):
        judged.casebook.review(judged.visit, ITEM, Verdict.RETURNED, "  ")
    judged.casebook.review(judged.visit, ITEM, Verdict.RETURNED, "How many showers?")
    finding = judged.casebook.finding(judged.visit, ITEM)
    assert finding
    assert finding.review
    assert (finding.reviewed, finding.review.comment) == (Verdict.RETURNED, "How many showers?")


def test_a_judgement_that_changes_after_the_review_is_not_reviewed_any_more(judged: AtWork) -> None:
    work, visit = judged.casebook, judged.visit
    work.review(visit, ITEM, Verdict.ACCEPTED)
    work.judge(visit, ITEM, Assessment.PARTLY_MET, narrative="Three of five.")
    finding = work.finding(visit, ITEM)
    assert finding
    assert finding.review
    assert finding.reviewed is None


def test_nobody_reviews_herself_or_what_is_not_judged_or_disputed(at_work: AtWork, kate: Identity) -> None:
    work, visit = at_work.casebook, at_work.visit
    with pytest.raises(BadInputError, match="no judgement to review"):
        work.review(visit, ITEM, Verdict.ACCEPTED)
    work.judge(visit, ITEM, Assessment.MET)
    with pytest.raises(BadInputError, match="your own judgement"):
        work.review(visit, ITEM, Verdict.ACCEPTED)
    enrol(work, kate)
    work.judge(visit, ITEM, Assessment.NOT_MET, seen=[])
    with pytest.raises(BadInputError, match="different views"):
        work.review(visit, ITEM, Verdict.ACCEPTED)


def test_contradicting_sources_are_marked_and_unmarked(at_work: AtWork) -> None:
    work, visit = at_work.casebook, at_work.visit
    for contradict in (True, False):
        work.mark_contradiction(visit, ITEM, contradict)
        finding = work.finding(visit, ITEM)
        assert finding
        assert finding.contradiction is contradict
        work.rebuild()
        assert work.finding(visit, ITEM) == finding

"""Two inspectors in two languages on one visit."""

from __future__ import annotations

import pytest

from inspect_kit import language
from inspect_kit.casebook import Casebook
from inspect_kit.errors import UnknownError
from inspect_kit.model import Assessment, Facility, Profile, Scope, Team, VisitKind, VisitPlan
from inspect_kit.work.languages import mark_of, told_of_language
from inspect_kit.work.planning import change_visit, checklist_for, existing_or_new, plan_visit
from tests.conftest import AtWork


@pytest.fixture
def work(at_work: AtWork) -> Casebook:
    return at_work.casebook


@pytest.fixture
def speaking(monkeypatch: pytest.MonkeyPatch):
    """Work in another language from here on, without its catalogue."""
    return lambda chosen: monkeypatch.setattr(language, "_chosen", chosen)


@pytest.fixture
def visit(work: Casebook, speaking) -> str:
    """A visit that was planned in French."""
    speaking("fr")
    facility = existing_or_new(work, Facility("Example-West"))
    plan = VisitPlan(facility, VisitKind.THEMATIC, "2027-01-11")
    return plan_visit(work, plan, Team(), Scope(themes=("hygiene", "staff")))


def test_who_works_in_french_gets_the_checklist_in_french(work: Casebook, visit: str) -> None:
    checklist = work.visit(visit).checklist
    assert checklist.language == "fr"
    assert checklist.title("hygiene") == "Hygiène personnelle"
    assert "Unofficial translation" in mark_of(checklist.items[0])
    assert mark_of(checklist.items[-1]) == ""
    assert told_of_language(checklist).endswith("stays in English: Staff.")


def test_a_language_without_items_gets_english(speaking) -> None:
    speaking("eo")
    checklist = checklist_for(Scope(themes=("hygiene",)), Profile())
    assert checklist.language == "en"
    assert not checklist.translated
    assert told_of_language(checklist) == ""


def test_a_language_that_is_asked_for_and_not_there_is_refused() -> None:
    with pytest.raises(UnknownError, match="choose from en, fr"):
        checklist_for(Scope(), Profile(), language="eo")


def test_a_theme_that_is_not_translated_is_told_of_before_the_visit(speaking) -> None:
    speaking("fr")
    told = told_of_language(checklist_for(Scope(themes=("staff",)), Profile()))
    assert told == "None of these themes is translated yet: they stay in English."
    everything = told_of_language(checklist_for(Scope(), Profile()))
    assert everything.startswith("Only 5 themes are in an unofficial translation: Hygiène personnelle, ")


def test_a_colleague_who_works_in_english_changes_the_visit_and_it_stays_french(work, visit, speaking) -> None:
    speaking("en")
    change_visit(work, visit, scope=Scope(themes=("hygiene", "searches")))
    checklist = work.visit(visit).checklist
    assert checklist.language == "fr"
    assert checklist.title("searches") == "Fouilles"


def test_what_was_answered_in_one_language_stays_word_for_word_in_another(work: Casebook, visit: str) -> None:
    before = {item.id: item for item in work.visit(visit).checklist.items}
    work.judge(visit, "hygiene.showers", Assessment.NOT_MET, narrative="Trois sur cinq.")
    change_visit(work, visit, language="en")
    record = work.visit(visit)
    after = {item.id: item for item in record.checklist.items}
    assert list(after) == list(before)
    assert after["hygiene.showers"] == before["hygiene.showers"]
    assert after["hygiene.toilets"].ask.startswith("Can every woman")
    assert record.checklist.language == "en"
    assert record.checklist.translated
    assert record.findings["hygiene.showers"].narrative == "Trois sur cinq."


@pytest.mark.parametrize("words", ["réserve", "reserve", "RESERVE", "hygiène", "hygiene", "règle", "d'hygiene"])
def test_french_words_are_found_with_and_without_accents(work: Casebook, visit: str, words: str) -> None:
    hits = work.search(visit, words)
    assert any(hit.item.startswith("hygiene.") for hit in hits)

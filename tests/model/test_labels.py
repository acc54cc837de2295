"""What screens call the choices an inspector has."""

import gettext
from enum import StrEnum

import pytest

from inspect_kit import language
from inspect_kit.model import (
    Assessment,
    Consent,
    Edition,
    EvidenceKind,
    FoundIn,
    Group,
    Person,
    Place,
    Priority,
    Role,
    Strength,
    Verdict,
    VisitKind,
    VisitState,
)

CHOICES = (
    Assessment,
    Consent,
    Edition,
    EvidenceKind,
    FoundIn,
    Group,
    Person,
    Place,
    Priority,
    Role,
    Strength,
    Verdict,
    VisitKind,
    VisitState,
)


class Shouting(gettext.NullTranslations):
    """A language in which everything is said in capitals."""

    def gettext(self, message: str) -> str:
        return message.upper()


@pytest.mark.parametrize("choices", CHOICES)
def test_each_choice_is_told_in_words_of_its_own(choices: type[StrEnum]) -> None:
    labels = [choice.label for choice in choices]
    assert all(labels)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("choices", CHOICES)
def test_each_choice_is_told_in_the_language_in_use(choices: type[StrEnum], monkeypatch: pytest.MonkeyPatch) -> None:
    english = [choice.label for choice in choices]
    monkeypatch.setattr(language, "_catalogue", Shouting())
    assert [choice.label for choice in choices] == [label.upper() for label in english]


def test_what_is_kept_in_files_is_the_same_in_every_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_catalogue", Shouting())
    assert Assessment.NOT_MET.value == str(Assessment.NOT_MET) == "not-met"


def test_a_kind_of_visit_has_a_short_word_for_lists() -> None:
    assert [(kind.short, kind.label) for kind in VisitKind] == [
        ("full", "full visit"),
        ("thematic", "thematic visit"),
        ("follow-up", "follow-up visit"),
        ("ad-hoc", "ad-hoc visit"),
    ]

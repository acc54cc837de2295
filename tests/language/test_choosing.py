"""Which language the program speaks."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from inspect_kit import language
from inspect_kit.work.settings import language_set, read_settings, settings_file

Program = Callable[..., subprocess.CompletedProcess[str]]
MACHINE = ("LC_ALL", "LC_MESSAGES", "LANG", "INSPECT_KIT_LANGUAGE")


@pytest.fixture
def machine(locale: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine that says nothing of its language, and a program that has French."""
    monkeypatch.setattr(language, "LOCALE", locale)
    for name in MACHINE:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def set_language(text: str) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(text, encoding="utf-8")


def test_english_is_always_there_and_other_languages_as_far_as_their_catalogues_are_compiled(machine):
    assert language.available() == ("en", "fr")
    assert "en" in language.available()


@pytest.mark.parametrize("name", MACHINE)
def test_the_machine_or_the_environment_says_the_language(name, machine):
    machine.setenv(name, "fr_CA.UTF-8")
    language.use()
    assert language.chosen() == "fr"
    assert language._("not met") == "non respecté"


def test_the_environment_variable_of_ours_wins_over_the_machine(machine):
    machine.setenv("LC_ALL", "fr_FR.UTF-8")
    machine.setenv("INSPECT_KIT_LANGUAGE", "en")
    language.use()
    assert language.chosen() == "en"


@pytest.mark.parametrize(
    "said", ["", "C", "C.UTF-8", "POSIX", "xx", "fra", "frr_DE", "../fr", "de_DE.UTF-8", "français"]
)
def test_a_language_that_we_do_not_have_gives_english(said, machine):
    machine.setenv("LANG", said)
    language.use("fr")
    language.use()
    assert language.chosen() == "en"
    assert language._("not met") == "not met"


@pytest.mark.parametrize(("written", "language_"), [('language = "fr"', "fr"), ('language = "en"', "en"), ("", "")])
def test_the_settings_name_a_language(written, language_, machine):
    set_language(written)
    assert language_set() == language_


@pytest.mark.parametrize("written", ['language = "xx"', "language = 3", "language = [", 'language = "auto"', "\x00"])
def test_settings_that_cannot_be_followed_leave_the_machines_language(written, machine):
    set_language(written)
    assert language_set() == ""


def test_a_language_that_we_do_not_have_is_told_with_those_we_have(machine):
    set_language('language = "xx"')
    settings, problems = read_settings()
    assert settings.language == "auto"
    assert problems == ('Settings, line 1: language cannot be "xx": write "auto", "en", "fr". "auto" holds instead.',)


@pytest.mark.parametrize(
    ("environment", "machine_says", "settings", "spoken"),
    [
        ("fr", "en_GB.UTF-8", 'language = "en"', "fr"),
        ("en", "fr_FR.UTF-8", 'language = "fr"', "en"),
        ("", "en_GB.UTF-8", 'language = "fr"', "fr"),
        ("", "fr_FR.UTF-8", 'language = "en"', "en"),
        ("", "fr_FR.UTF-8", "", "fr"),
        ("", "fr_FR.UTF-8", 'language = "auto"', "fr"),
        ("", "C.UTF-8", "", "en"),
    ],
)
def test_a_program_asks_the_environment_then_the_settings_then_the_machine(
    environment, machine_says, settings, spoken, program: Program
):
    set_language(settings)
    said = program("--help", INSPECT_KIT_LANGUAGE=environment, LC_ALL=machine_says, LANGUAGE="").stdout
    assert ("Utilisation :" in said, "Garder une note" in said) == (spoken == "fr", spoken == "fr")
    assert ("Usage:" in said, "Keep a quick note" in said) == (spoken == "en", spoken == "en")

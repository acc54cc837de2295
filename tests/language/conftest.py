"""A tiny French catalogue, and programs that speak from it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from inspect_kit import language

TINY: dict[str | tuple[str, str], str | tuple[str, str]] = {
    "Try “{command} --help”.": "Essayez « {command} --help ».",
    "Keep a quick note, to be sorted later.": "Garder une note rapide, à classer plus tard, quand le temps le permet.",
    "Usage:": "Utilisation :",
    "Show this message and exit.": "Afficher ce message et quitter.",
    "Options": "Options propres",
    "Missing argument": "Il manque l'argument",
    "VISIT": "VISITE",
    "Inspect": "Inspecter",
    "Where.": "Où.",
    "No sample visit “{name}”: choose from {names}.": "Pas de visite d'exemple « {name} » : choisissez parmi {names}.",
    ("Added {standard} ({id}): {count} item.", "Added {standard} ({id}): {count} items."): (
        "{standard} ajouté ({id}) : {count} point.",
        "{standard} ajouté ({id}) : {count} points.",
    ),
    ("{count} item", "{count} items"): ("{count} point", "{count} points"),
    "{several} and {last}": "{several} et {last}",
    "not met": "non respecté",
    "{item}: {state}.": "{item} : {state}.",
    "Saved. {what}": "Enregistré. {what}",
    "{question}, Enter for {default}": "{question}, Entrée pour {default}",
    "observation": "constat",
    "none": "aucun",
    "The report": "Le rapport",
    "{what} cannot be written: the folder {folder} is not there. Make it first.": (
        "{what} : écriture impossible, le dossier {folder} n’existe pas. Créez-le d’abord."
    ),
    "interview": "entretien",
    "{item}: {kind}.": "{item} : {kind}.",
    "{item}: {kind} from {code}.": "{item} : {kind}, {code}.",
}


@pytest.fixture
def locale(tmp_path: Path) -> Path:
    """A folder with the tiny catalogue as its only language."""
    catalogue = Catalog("fr", domain=language.DOMAIN)
    for english, french in TINY.items():
        catalogue.add(english, french)
    folder = tmp_path / "locale" / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / f"{language.DOMAIN}.mo").open("wb") as file:
        write_mo(file, catalogue)
    return tmp_path / "locale"


@pytest.fixture
def real_locale(tmp_path: Path) -> Path:
    """A folder with the French catalogue as it is, compiled."""
    folder = tmp_path / "real" / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = Path(language.__file__).parent / "locale" / "fr" / "LC_MESSAGES" / f"{language.DOMAIN}.po"
    with source.open("rb") as text, (folder / f"{language.DOMAIN}.mo").open("wb") as file:
        write_mo(file, read_po(text, "fr"))
    return tmp_path / "real"


@pytest.fixture
def french(locale: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process speaks French, as far as the tiny catalogue goes."""
    monkeypatch.setattr(language, "LOCALE", locale)
    language.use("fr")


@pytest.fixture
def program(locale: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a command as a program of its own, with the tiny catalogue."""
    return speaking(locale)


@pytest.fixture
def real_program(real_locale: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """The same with the real catalogue."""
    return speaking(real_locale)


def speaking(
    locale: Path, does: str = "from inspect_kit.cli import main; main(sys.argv[1:])"
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Give what runs a program of its own that speaks from the catalogues of a folder.

    Args:
        locale: the folder.
        does: what it does with its arguments; a command of ours where nothing else is said.
    """
    code = (
        "import sys; from pathlib import Path; from inspect_kit import language\n"
        f"language.LOCALE = Path({str(locale)!r})\n{does}"
    )

    def command(*arguments: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", code, *arguments],
            input=typed,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=os.environ | {"COLUMNS": "80", "PYTHONIOENCODING": "utf-8"} | environment,
            timeout=60,
            check=False,
        )

    return command

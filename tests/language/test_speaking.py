"""What is said in another language, and what must not change by it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_kit import language
from inspect_kit.cli.lazy import spoken
from inspect_kit.cli.program import program as ours
from inspect_kit.errors import BadInputError
from inspect_kit.language import _, day, days, in_english, listed, months, ngettext, thousands
from inspect_kit.model import Edition
from inspect_kit.work import reporting
from tests.conftest import AtWork
from tests.language.conftest import speaking

Program = Callable[..., subprocess.CompletedProcess[str]]


@given(st.text())
def test_a_text_that_somebody_typed_goes_through_unharmed_braces_and_all(typed):
    assert _("The casebook {path} is not there.", path=typed) == f"The casebook {typed} is not there."
    assert ngettext("{count} {what}", "{count} {what}s", 1, what=typed) == f"1 {typed}"


@pytest.mark.usefixtures("french")
def test_braces_that_somebody_typed_go_through_a_translation_unharmed():
    name = "{0} {names} {name.__class__} %s"
    told = _("No sample visit “{name}”: choose from {names}.", name=name, names="a")
    assert told == f"Pas de visite d'exemple « {name} » : choisissez parmi a."


@pytest.mark.usefixtures("french")
def test_a_text_without_translation_stays_english_and_the_empty_text_stays_empty():
    assert _("Nobody has translated {this}.", this=1) == "Nobody has translated 1."
    assert _("") == ""  # gettext keeps the catalogue's own header under the empty text


@pytest.mark.usefixtures("french")
def test_numbers_follow_the_grammar_of_the_language():
    assert [ngettext("{count} item", "{count} items", n) for n in (0, 1, 2)] == ["0 point", "1 point", "2 points"]


def test_lists_are_joined_as_sentences_have_them():
    assert [listed(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


@pytest.mark.usefixtures("french")
def test_lists_are_joined_as_the_language_has_them():
    assert listed(["a", "b", "c"]) == "a, b et c"


def test_a_long_number_is_easy_to_read():
    assert [thousands(number) for number in (0, 999, 1_000, 1_234_567)] == ["0", "999", "1,000", "1,234,567"]


def test_a_day_is_told_as_people_write_it_and_what_is_no_day_stays_as_it_is():
    assert [day(said) for said in ("2026-11-04", "", "soon")] == ["4 Nov 2026", "", "soon"]


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        ("2026-11-03", "2026-11-03", "3 Nov 2026"),
        ("2026-11-03", "2026-11-05", "3–5 Nov 2026"),
        ("2026-10-30", "2026-11-02", "30 Oct – 2 Nov 2026"),
        ("2026-12-30", "2027-01-02", "30 Dec 2026 – 2 Jan 2027"),
    ],
)
def test_days_of_a_visit_are_said_as_short_as_they_can_be(starts: str, ends: str, said: str) -> None:
    assert days(starts, ends) == said


def test_there_are_twelve_months():
    assert len(months()) == 12


@pytest.mark.usefixtures("french")
def test_what_is_written_for_readers_of_english_stays_english_in_its_thread_alone():
    elsewhere: list[str] = []
    with in_english():
        assert _("not met") == "not met"
        beside = Thread(target=lambda: elsewhere.append(_("not met")))
        beside.start()
        beside.join()
    assert elsewhere == ["non respecté"]
    assert _("not met") == "non respecté"


@pytest.mark.usefixtures("french")
def test_help_is_translated_where_it_is_shown_and_the_command_itself_is_left_as_it_is():
    said = spoken(ours)
    assert "Inspecter" in said.sections
    assert "Inspect" in ours.sections
    language.use("en")
    assert spoken(ours) is ours


def test_a_command_speaks_french_with_its_options_its_values_and_clicks_own_words(program: Program):
    ended = program("jot", "--help", INSPECT_KIT_LANGUAGE="fr")
    assert (ended.returncode, ended.stderr) == (0, "")
    for words in (
        "Utilisation : inspect-kit jot",
        "VISITE",
        "Où.",
        "Options propres",
        "Afficher ce message et quitter.",
    ):
        assert words in ended.stdout
    assert "Garder une note rapide" in ended.stdout


def test_the_first_help_wraps_a_sentence_that_is_longer_than_the_english_and_does_not_cut_it(program: Program):
    said = program("--help", INSPECT_KIT_LANGUAGE="fr").stdout
    assert "..." not in said.replace("[ARGS]...", "")
    assert max(map(len, said.splitlines())) <= 80
    assert "à classer plus tard, quand le temps le permet." in " ".join(said.split())


def test_a_command_that_is_refused_says_so_in_french(program: Program):
    assert "Essayez « inspect-kit jot --help »." in program("jot", INSPECT_KIT_LANGUAGE="fr").stderr
    assert "Il manque l'argument" in program("jot", INSPECT_KIT_LANGUAGE="fr").stderr


def test_an_error_speaks_french_and_keeps_the_word_that_was_typed(program: Program):
    program("casebook", "create", "--no-passphrase")
    ended = program("sample", "load", "{no}[such]", INSPECT_KIT_LANGUAGE="fr")
    assert ended.returncode == 1
    assert "Pas de visite d'exemple « {no}[such] » : choisissez parmi" in ended.stderr


def test_what_programs_read_is_the_same_in_every_language(program: Program):
    assert (
        program("standard", "show", "25.3", "--json", INSPECT_KIT_LANGUAGE="fr").stdout
        == program("standard", "show", "25.3", "--json", INSPECT_KIT_LANGUAGE="en").stdout
    )


WRITE = """
from datetime import UTC, date, datetime
language.use()
from openpyxl import load_workbook
from inspect_kit.analysis.views import View
from inspect_kit.casebook import Casebook
from inspect_kit.export.report import write_letter, write_report
from inspect_kit.export.report.comments import write_comment_table
from inspect_kit.export.sheet import Paper, write_sheet
from inspect_kit.model import Assessment, Edition
file, visit, out = sys.argv[1:]
out, made = Path(out), datetime(2026, 11, 20, 16, 5, tzinfo=UTC)
out.mkdir()
with Casebook.open(Path(file)) as book:
    record, answers = book.visit(visit), book.answers(visit)
    write_report(record, Edition.INTERNAL, out / "internal.pdf", book.attachment, made, answers=answers)
    write_report(record, Edition.AUTHORITY, out / "authority.pdf", book.attachment, made, answers=answers)
    write_letter(record, out / "letter.pdf", made, "The director", date(2026, 11, 27), answers=answers)
for view in View:
    write_sheet(record, view, Paper.A4, out / f"{view}.pdf", made)
write_comment_table(record, out / "table.xlsx")
rows = list(load_workbook(out / "table.xlsx").active.iter_rows(values_only=True))
(out / "table.xlsx").write_text(repr(rows), encoding="utf-8")  # the file itself tells when it was made
print(Assessment.NOT_MET.label)
"""


def test_what_is_printed_has_the_same_bytes_whatever_the_screens_speak(
    real_program: Program, real_locale: Path, tmp_path: Path
):
    casebook = tmp_path / "a.casebook"
    real_program("casebook", "create", "--no-passphrase", "--casebook", str(casebook))
    visit = json.loads(real_program("sample", "load", "north-full", "--json", "--casebook", str(casebook)).stdout)["id"]
    written = {}
    for spoken_there, not_met in (("en", "not met"), ("fr", "non respecté")):
        out = tmp_path / spoken_there
        ended = speaking(real_locale, WRITE)(str(casebook), visit, str(out), INSPECT_KIT_LANGUAGE=spoken_there)
        assert (ended.stdout, ended.stderr) == (f"{not_met}\n", "")
        written[spoken_there] = {file.name: file.read_bytes() for file in out.iterdir()}
    assert len(written["en"]) == 8
    assert [name for name, data in written["en"].items() if written["fr"][name] != data] == []


def test_a_report_of_a_french_machine_verifies_in_english_and_what_was_done_to_it_is_told_in_french(
    real_program: Program, tmp_path: Path
):
    made = real_program("demo", "--no-tui", "--out", str(tmp_path / "demo"), INSPECT_KIT_LANGUAGE="fr")
    assert made.returncode == 0, made.stderr
    report = tmp_path / "demo" / "north-report.pdf"
    checked = real_program("verify", str(report), INSPECT_KIT_LANGUAGE="en")
    assert checked.returncode == 0
    assert "same to the byte" in " ".join(checked.stdout.split())
    signed = report.read_bytes()
    second = signed.rindex(b"/M (D") + len(r"/M (D\07220261120160500") - 1  # of the time at which the chair signed
    for changed, told in (
        (signed + b"\n%", "2 octets ont été ajoutés après la fin du rapport"),
        (signed[: len(signed) // 2], "n’est pas construit comme inspect_kit construit les siens"),
        (
            signed[:second] + bytes([signed[second] ^ 1]) + signed[second + 1 :],
            "La signature 2, de Carla Demo-Chair (présidente), ne tient pas",
        ),
    ):
        report.write_bytes(changed)
        ended = real_program("verify", str(report), INSPECT_KIT_LANGUAGE="fr", COLUMNS="400")
        assert ended.returncode == 3
        assert told in ended.stderr
        assert told in " ".join(ended.stdout.split())


@pytest.mark.usefixtures("french")
def test_what_is_refused_while_a_report_is_written_is_told_in_french(at_work: AtWork, tmp_path: Path):
    with pytest.raises(BadInputError, match="Le rapport : écriture impossible"):
        reporting.make_report(at_work.casebook, at_work.visit, Edition.INTERNAL, tmp_path / "no" / "report.pdf")


def test_the_plain_walk_takes_french_words_and_those_of_commands_alike(program: Program):
    program("casebook", "create", "--no-passphrase")
    visit = json.loads(program("sample", "load", "north-full", "--json").stdout)["id"]
    judged = ["go hygiene 1", "non respecté", "go hygiene 2", "not met"]
    seen = ["e", "", "Seen.", ".", "", "", ""]  # Enter takes what is offered: the kind, no file, the place, the time
    said = ["e", "entretien", "Said.", ".", "", "", "", "", "", ""]  # and the code, the group, the consent
    typed = "\n".join((*judged, *seen, *said, "q", ""))
    ended = program("walk", visit, typed=typed, INSPECT_KIT_LANGUAGE="fr")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.count("Enregistré.") == 4
    assert "Enregistré. Personal hygiene 1 : non respecté." in ended.stdout
    assert "Enregistré. Personal hygiene 2 : non respecté." in ended.stdout
    assert "Entrée pour constat" in ended.stdout
    assert "Entrée pour aucun" in ended.stdout
    held = json.loads(program("visit", "show", visit, "--json", INSPECT_KIT_LANGUAGE="fr").stdout)["findings"]
    sources = [source for finding in held for source in finding["evidence"]]
    assert [source["kind"] for source in sources if source["note"] in ("Seen.", "Said.")] == [
        "observation",
        "interview",
    ]
    assert [source["consent"] for source in sources if source["note"] == "Said."] == ["none"]

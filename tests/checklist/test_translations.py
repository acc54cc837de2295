"""The French of the five first themes, and what is told when a translation no longer fits its English."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from inspect_kit.checklist import generate, languages, lint, load_banks, load_translated
from inspect_kit.checklist.banks import Bank, read_raw
from inspect_kit.checklist.lint_translations import check_translations
from inspect_kit.checklist.translations import folders, typeset
from inspect_kit.errors import BadInputError
from inspect_kit.export.report.fonts import characters
from inspect_kit.model import Checklist, Group, Item, Profile, Scope, Standard
from inspect_kit.standards import load_standard

STANDARD = load_standard()
ENGLISH = load_banks(STANDARD)
FRENCH = load_translated("fr", STANDARD)
RAW = read_raw(STANDARD)
THEMES = ("hygiene", "searches", "restraints", "inspection-boards", "contact-with-children")
SAME = {"°C", "minutes", "litres"}
"""Texts that are the same in both languages, and rightly so."""


def texts(value: Any) -> Iterator[str]:
    """Every text in a table or list."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts(part)


def prose(item: Item) -> dict[str, Any]:
    fields = ("short", "ask", "why", "look", "talk_to", "records", "red_flags", "they_say", "benchmarks", "measure")
    return {name: item.as_json()[name] for name in fields}


def translated() -> list[tuple[Bank, Bank]]:
    return [(one, other) for one, other in zip(ENGLISH, FRENCH, strict=True) if other.translation]


def french(scope: Scope, profile: Profile | None = None) -> Checklist:
    return generate(FRENCH, scope, profile or Profile(), language="fr")


def test_there_are_items_in_english_and_in_french() -> None:
    assert languages((STANDARD,)) == ("en", "fr")


def test_the_five_first_themes_are_translated_and_no_others() -> None:
    assert {bank.theme for bank in FRENCH if bank.translation} == set(THEMES)
    assert [bank.theme for bank in FRENCH] == [bank.theme for bank in ENGLISH]


def test_a_french_checklist_asks_the_same_items_in_the_same_order_of_the_same_clauses() -> None:
    scope = Scope(themes=THEMES)
    one, other = generate(ENGLISH, scope, Profile()), french(scope)
    same = ("id", "theme", "clauses", "strength", "places", "applies_to", "private_only", "grave", "number", "applies")
    for a, b in zip(one.items, other.items, strict=True):
        assert [getattr(a, name) for name in same] == [getattr(b, name) for name in same]
        assert list(a.talk_to) == list(b.talk_to)
    assert one.id != other.id
    assert list(one.clauses) == list(other.clauses)


def test_every_french_text_differs_from_the_english_one() -> None:
    for english, other in translated():
        pairs = [(english.title, other.title), *zip(english.care, other.care, strict=True)]
        for a, b in zip(english.items, other.items, strict=True):
            pairs += zip(texts(prose(a)), texts(prose(b)), strict=True)
        assert [one for one, said in pairs if one == said and one not in SAME] == []


def test_what_the_clauses_of_these_themes_ask_for_is_told_in_french() -> None:
    checklist = french(Scope(themes=THEMES))
    for name, note in checklist.clauses.items():
        english = STANDARD.clauses[name]
        assert note.means != english.means
        assert note.heading != english.headings[-1]
    assert checklist.standards["bangkok-rules"].short == "Règles de Bangkok"


def test_the_fonts_of_sheet_and_report_have_every_character() -> None:
    checklist = french(Scope(themes=THEMES)).as_json()
    missing = {letter for text in texts(checklist) for letter in text if ord(letter) not in characters()}
    assert missing == set()


def test_an_item_that_falls_away_says_why_in_its_own_language() -> None:
    checklist = french(
        Scope(themes=("hygiene", "mothers-and-children")), Profile({Group.PREGNANT: 0, Group.BREASTFEEDING: 0})
    )
    reasons = {item.id: item.reason or "" for item in checklist.items if not item.applies}
    assert "femmes enceintes" in reasons["hygiene.water-in-pregnancy"]
    assert any("held here" in reason for name, reason in reasons.items() if name.startswith("mothers-"))


def test_what_is_translated_is_marked_and_what_is_not_is_named() -> None:
    checklist = french(Scope(themes=("hygiene", "health")))
    assert {item.theme for item in checklist.items if item.translation == "fr"} == {"hygiene"}
    assert checklist.untranslated == ("Health care",)
    assert checklist.as_json()["language"] == "fr"


def test_a_french_checklist_is_read_again_as_it_was_frozen() -> None:
    checklist = french(Scope(themes=("hygiene", "health")))
    assert Checklist.from_json(checklist.as_json()) == checklist


def test_an_english_checklist_holds_nothing_new_so_that_its_id_stays() -> None:
    values = generate(ENGLISH, Scope(), Profile()).as_json()
    assert "language" not in values
    assert not any("translation" in item for item in values["items"])


def test_marks_that_french_sets_apart_stay_with_their_word() -> None:
    assert typeset("Est-ce  « ainsi » ?") == "Est-ce «\u00a0ainsi\u00a0»\u00a0?"
    questions = [question for _, bank in translated() for item in bank.items for question in texts(prose(item))]
    assert not any(" ?" in question or " :" in question for question in questions)


# -- faults


@pytest.fixture
def mended(tmp_path: Path) -> Callable[[str, Callable[[Any], object]], list[str]]:
    """Change one French file in a copy, and tell the problems."""
    folder = tmp_path / STANDARD.id
    (folder / "fr").mkdir(parents=True)

    def change(name: str, act: Callable[[Any], object]) -> list[str]:
        for needed in {name, "standard.yaml", "hygiene.yaml" if name == "standard.yaml" else name}:
            if (folders(STANDARD)["fr"] / needed).is_file():
                shutil.copyfile(folders(STANDARD)["fr"] / needed, folder / "fr" / needed)
        file = folder / "fr" / name
        values = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {}
        act(values)
        file.write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
        return check_translations(replace(STANDARD, folder=folder), RAW)

    return change


def of_item(act: Callable[[dict[str, Any]], object]) -> Callable[[Any], object]:
    return lambda values: act(values["items"]["restraints.birth"])


FAULTS: dict[str, tuple[Callable[[Any], object], str]] = {
    "unknown item": (lambda v: v["items"].update({"restraints.new": {}}), "restraints.new: there is no such item"),
    "missing item": (lambda v: v["items"].pop("restraints.birth"), "restraints.birth: it is not translated"),
    "missing field": (of_item(lambda i: i.pop("why")), "restraints.birth: “why” is missing"),
    "extra field": (of_item(lambda i: i.update(places=["cells"])), "restraints.birth: “places” is not in the English"),
    "missing entry": (of_item(lambda i: i["look"].pop()), "restraints.birth: “look” has 2 entries, the English 3"),
    "extra question": (of_item(lambda i: i["talk_to"]["health"].append("Quoi ?")), "“talk_to health” has 3 entries"),
    "people left out": (of_item(lambda i: i["talk_to"].pop("staff")), "“talk_to staff” is missing"),
    "half a pair": (of_item(lambda i: i["they_say"][0].pop("test")), "“they_say 1 test” is missing"),
    "empty text": (of_item(lambda i: i["look"].__setitem__(1, "  ")), "restraints.birth: “look 2” is empty"),
    "number for a text": (of_item(lambda i: i.update(why=7)), "restraints.birth: “why” is empty, or no text"),
    "text for a list": (of_item(lambda i: i.update(look="x")), "“look” has no entries"),
    "English left": (
        of_item(lambda i: i.update(ask="Is every woman free of all restraints during the birth itself?")),
        "restraints.birth: “ask” is still the English text",
    ),
    "long label": (of_item(lambda i: i.update(short="x" * 25)), "“short” is longer than 24"),
    "two questions": (of_item(lambda i: i.update(ask="Ici ? Et là ?")), "“ask” must be one question"),
    "same label": (of_item(lambda i: i.update(short="Travail d'accouchement")), "is given to 2 items"),
    "stale": (of_item(lambda i: i.update(of="aaaaaaaa")), "restraints.birth: the English is not, or no longer"),
    "never stamped": (of_item(lambda i: i.pop("of")), "restraints.birth: the English is not, or no longer"),
    "item without texts": (lambda v: v["items"].update({"restraints.birth": "x"}), "restraints.birth: it needs “of”"),
    "stale advice": (lambda v: v.update(of="aaaaaaaa"), "the theme: the English is not, or no longer"),
    "advice left out": (lambda v: v["care"].pop(), "“care” has 4 entries, the English 5"),
    "long title": (lambda v: v.update(title="x" * 29), "its title is longer than 28"),
    "items as a list": (lambda v: v.update(items=[]), "“items” must name each item's id"),
}


@pytest.mark.parametrize(("act", "told"), FAULTS.values(), ids=FAULTS)
def test_a_fault_in_a_translation_is_told_with_file_and_id(mended, act, told: str) -> None:
    problems = mended("restraints.yaml", act)
    assert any(problem.startswith("fr/restraints.yaml: ") and told in problem for problem in problems), problems


WORD_FAULTS: dict[str, tuple[Callable[[Any], object], str]] = {
    "unknown clause": (lambda v: v["clauses"].update({"BR-99": {}}), "BR-99: there is no such clause"),
    "missing clause": (lambda v: v["clauses"].pop("BR-5"), "BR-5: it is not translated, but items test it"),
    "stale clause": (lambda v: v["clauses"]["BR-5"].update(of="aaaaaaaa"), "BR-5: the English is not, or no longer"),
    "clause without meaning": (lambda v: v["clauses"]["BR-5"].pop("means"), "BR-5: “means” is missing"),
    "missing group": (lambda v: v["groups"].pop("girls"), "“groups girls” is missing"),
    "no groups": (lambda v: v.pop("groups"), "“groups” must hold women"),
    "reason without groups": (lambda v: v.update(not_held="Personne."), "“not_held” must say why"),
    "no clauses": (lambda v: v.pop("clauses"), "“clauses” must name each clause's id"),
}


@pytest.mark.parametrize(("act", "told"), WORD_FAULTS.values(), ids=WORD_FAULTS)
def test_a_fault_in_the_words_of_a_standard_is_told(mended, act, told: str) -> None:
    problems = mended("standard.yaml", act)
    assert any(problem.startswith("fr/standard.yaml: ") and told in problem for problem in problems), problems


def test_a_translation_of_a_bank_that_there_is_not_is_told(mended) -> None:
    assert any("have no item bank jardin.yaml" in problem for problem in mended("jardin.yaml", lambda v: v.update(a=1)))


def test_an_empty_file_is_told(mended) -> None:
    assert mended("hygiene.yaml", lambda values: values.clear())


def test_a_changed_english_question_makes_its_translation_stale_and_no_other() -> None:
    banks = copy.deepcopy(RAW)
    banks["hygiene"]["items"][2]["ask"] = "Is there water?"
    told = [problem for problem in lint(STANDARD, banks).problems if problem.startswith("fr/")]
    assert len(told) == 1
    assert "fr/hygiene.yaml: hygiene.water-supply: " in told[0]


def test_a_changed_place_or_group_leaves_the_translation_in_force() -> None:
    banks = copy.deepcopy(RAW)
    banks["hygiene"]["items"][2]["places"] = ["yard"]
    assert not [problem for problem in lint(STANDARD, banks).problems if problem.startswith("fr/")]


@pytest.mark.parametrize("name", ["standard.yaml", "hygiene.yaml"])
@pytest.mark.parametrize("text", ["items: [", "", "- a", "items: 7\nclauses: {BR-99: {}}"])
def test_a_translation_that_cannot_be_used_is_refused_by_name(tmp_path: Path, name: str, text: str) -> None:
    folder = tmp_path / STANDARD.id
    shutil.copytree(STANDARD.folder, folder)
    (folder / "fr" / name).write_text(text, encoding="utf-8")
    broken: Standard = replace(STANDARD, folder=folder)
    with pytest.raises(BadInputError, match=rf"{name} (cannot be used|is no YAML)"):
        load_translated("fr", broken)

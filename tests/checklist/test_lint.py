"""``checklist check`` finds each kind of fault in an item bank, and none in ours."""

import copy
from dataclasses import replace
from typing import Any

import pytest

from inspect_kit.checklist import lint, load_banks
from inspect_kit.checklist.banks import read_raw
from inspect_kit.errors import BadInputError
from inspect_kit.standards import load_standard

STANDARD = load_standard()
RAW = read_raw(STANDARD)
LEAST = {"hygiene": 10, "searches": 10, "restraints": 7, "contact-with-children": 12, "inspection-boards": 8}


def test_the_banks_that_ship_have_no_fault() -> None:
    assert lint(STANDARD).problems == ()


@pytest.mark.parametrize(("theme", "least"), LEAST.items())
def test_each_of_the_first_five_themes_asks_enough(theme: str, least: int) -> None:
    assert lint(STANDARD).items[theme] >= least


def test_every_clause_of_the_bangkok_rules_has_an_item() -> None:
    found = lint(STANDARD)
    assert len(found.covered) == 99
    assert found.uncovered == ()


def test_every_theme_has_a_bank() -> None:
    assert tuple(RAW) == STANDARD.theme_ids()


def test_every_item_that_ships_can_be_used() -> None:
    banks = load_banks(STANDARD)
    assert {bank.theme: len(bank.items) for bank in banks} == lint(STANDARD).items
    assert all(bank.care and bank.about and bank.title for bank in banks)


def change(**fields: Any):
    """Set fields of the first item; None takes one out."""

    def make(bank: dict[str, Any]) -> None:
        for name, value in fields.items():
            if value is None:
                del bank["items"][0][name]
            else:
                bank["items"][0][name] = value

    return make


def of_bank(**fields: Any):
    return lambda bank: bank.update(fields)


def twice(bank: dict[str, Any]) -> None:
    bank["items"].append(copy.deepcopy(bank["items"][0]))


def drop(bank: dict[str, Any]) -> None:
    bank["items"] = [item for item in bank["items"] if item["id"] != "restraints.birth"]


FAULTS = {
    **{
        f"without {name}": (change(**{name: None}), f"“{name}” is missing or empty")
        for name in ("short", "clauses", "strength", "ask", "why", "look", "talk_to", "records", "red_flags", "places")
    },
    "without id": (change(id=None), "“id” is missing or empty"),
    "without applies_to": (change(applies_to=None), "“applies_to” is missing or empty"),
    "with an empty list": (change(look=[]), "“look” is missing or empty"),
    "with an unknown field": (change(colour="red"), "“colour” is no field of an item"),
    "with an empty optional field": (change(they_say=[]), "“they_say” is empty: leave it out"),
    "with a wrong id": (change(id="restraints.Written Order"), "its id must be"),
    "with another theme's id": (change(id="searches.written-order"), "its id must be “restraints.”"),
    "with a long label": (change(short="x" * 25), "its label is longer than 24"),
    "with an unknown clause": (change(clauses=["BR-24", "BR-99"]), "BR-99 is no clause"),
    "with an unknown place": (change(places=["moon"]), "“moon” is not known in places"),
    "with an unknown group": (change(applies_to=["dragons"]), "“dragons” is not known in applies_to"),
    "with an unknown strength": (change(strength="wish"), "its strength “wish” is not known"),
    "with nobody to talk to": (change(talk_to={"ghosts": ["Who goes there?"]}), "“ghosts” is nobody to talk to"),
    "with no question for somebody": (change(talk_to={"staff": []}), "no question for staff"),
    "that asks nothing": (change(ask="Restraints are never used."), "it must ask one question"),
    "that asks twice": (change(ask="Are they used? Why?"), "it must ask one question"),
    "that asks and/or": (change(ask="Are belts and/or straps used?"), "it asks two things"),
    "that asks two things": (change(ask="Is there an order and is it known?"), "it asks two things"),
    "that asks too long": (change(ask="Is " + "x" * 170 + "?"), "longer than 170"),
    "whose look is a text": (change(look="the order in force"), "“look” must be a list of texts"),
    "whose look holds a pair": (change(look=[{"the order": "in force"}]), "“look” must be a list of texts"),
    "whose look holds a number": (change(look=[24]), "“look” must be a list of texts"),
    "whose places are a text": (change(places="offices"), "“places” must be a list of texts"),
    "whose talk_to is a list": (change(talk_to=["Who decides?"]), "“talk_to” must name people"),
    "whose questions are a text": (change(talk_to={"staff": "Who decides?"}), "must be a list of texts"),
    "whose claim has no test": (change(they_say=[{"claim": "never"}]), "“they_say” needs “claim” and “test”"),
    "whose benchmark has no source": (change(benchmarks=[{"figure": "6 weeks"}]), "“benchmarks” needs"),
    "whose measure has no unit": (change(measure={"what": "minutes"}), "“measure” needs “what” and “unit”"),
    "whose measure is a text": (change(measure="minutes"), "“measure” needs"),
    "whose private_only is a word": (change(private_only="yes"), "“private_only” must be true"),
    "whose grave is a word": (change(grave="yes"), "“grave” must be true"),
    "with a drafted question": (
        change(ask="Is this so here: Belts shall not be used?"),
        "still the document's sentence",
    ),
    "bank of another standard": (of_bank(standard="garden-rules"), "its standard is “garden-rules”"),
    "given twice": (twice, "The id restraints.written-order is given to 2 items"),
    "with a label given twice": (change(short="Birth"), "the label “Birth” is given to 2 items"),
    "dropped": (drop, "The id restraints.birth stands in ids.txt but in no bank"),
    "renamed": (change(id="restraints.paper"), "The id restraints.paper is not in ids.txt yet"),
    "bank without title": (of_bank(title=""), "“title” is missing"),
    "bank without care": (of_bank(care=[]), "“care” is missing"),
    "bank without items": (of_bank(items=[]), "“items” is missing"),
    "bank of another theme": (of_bank(theme="searches"), "its theme is “searches”"),
    "bank with a long title": (of_bank(title="x" * 29), "title is longer than 28"),
    "bank whose items are a text": (of_bank(items="none yet"), "no list of items"),
    "bank with an item that is a text": (of_bank(items=["Are restraints used?"]), "no list of items"),
    "bank with an empty item": (of_bank(items=[None]), "no list of items"),
}


@pytest.mark.parametrize(("break_it", "told"), FAULTS.values(), ids=FAULTS)
def test_a_fault_in_a_bank_is_found_and_named(break_it, told: str) -> None:
    banks = copy.deepcopy(RAW)
    break_it(banks["restraints"])
    problems = lint(STANDARD, banks).problems
    assert any(told in problem for problem in problems), problems
    assert all("\n" not in problem and len(problem) < 400 for problem in problems)


@pytest.mark.parametrize("bank", [None, [], "text", 7], ids=["nothing", "a list", "a text", "a number"])
def test_a_file_that_is_no_bank_is_named(bank: object) -> None:
    problems = lint(STANDARD, {**RAW, "restraints": bank}).problems
    assert any(problem.startswith("restraints.yaml: ") for problem in problems)


def test_a_clause_of_a_theme_that_no_item_tests_is_named() -> None:
    banks = copy.deepcopy(RAW)
    for bank in banks.values():
        for item in bank["items"]:
            item["clauses"] = [clause for clause in item["clauses"] if clause != "BR-52.3"] or ["BR-50"]
    found = lint(STANDARD, banks)
    assert "BR-52.3 has no item." in found.problems
    assert any("BR-52.3 belongs to this theme, but none" in problem for problem in found.problems)
    assert "BR-52.3" in found.uncovered


@pytest.mark.parametrize(
    "text", ["items: [", "", "- a", "title: x\nitems: 7", "title: x\nabout: y\ncare: []\nitems: [{id: a}]"]
)
def test_a_bank_that_cannot_be_used_is_refused_by_name(tmp_path, text: str) -> None:
    folder = tmp_path / "bangkok-rules"
    folder.mkdir()
    (folder / "restraints.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError, match=r"restraints\.yaml (cannot be used|is no YAML)"):
        load_banks(replace(STANDARD, folder=folder))

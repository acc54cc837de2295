"""A first item bank from the document of another body of rules."""

from pathlib import Path

import pytest
import yaml

from inspect_kit.checklist.draft import Naming, draft, strength_of
from inspect_kit.model import Strength
from inspect_kit.standards import read_rules

DOCUMENT = (Path(__file__).parent / "example-rules.txt").read_text(encoding="utf-8")
NAMING = Naming("meadow-rules", "MDW", "Meadow Rules", "The Meadow Rules for Example Places")


@pytest.fixture(scope="module")
def files() -> dict[str, dict]:
    return {name: yaml.safe_load(text) for name, text in draft(read_rules(DOCUMENT, "MDW"), NAMING).items()}


def test_the_second_body_of_rules_is_read_whole_and_clean() -> None:
    texts = {passage.id: passage.text for passage in read_rules(DOCUMENT, "MDW")}
    assert list(texts) == ["MDW-1.1", "MDW-1.2", "MDW-2", "MDW-2.a", "MDW-2.b", "MDW-3", "MDW-4"]
    assert texts["MDW-1.1"].endswith("a bench for every ten women.")
    assert texts["MDW-3"] == "Evening songs are encouraged. Songs should be chosen by the women themselves."
    assert texts["MDW-4"].endswith("where everybody can reach it.")


def test_headings_and_notes_of_the_document_are_kept() -> None:
    first = read_rules(DOCUMENT, "MDW")[0]
    assert (first.part, first.headings, first.supplements) == ("I", ("Fresh air",), ("3", "5–7"))


def test_the_draft_names_every_clause_and_gives_each_an_item(files: dict[str, dict]) -> None:
    standard = files["standard.yaml"]
    assert (standard["id"], standard["prefix"]) == ("meadow-rules", "MDW")
    clauses = [clause["id"] for rule in standard["rules"] for clause in rule["clauses"] if not clause.get("lead")]
    banks = [files[f"{theme['id']}.yaml"] for theme in standard["themes"]]
    assert {clause for bank in banks for item in bank["items"] for clause in item["clauses"]} == set(clauses)


def test_each_sentence_that_obliges_becomes_a_question_and_a_point_has_its_lead(files: dict[str, dict]) -> None:
    asked = [item["ask"] for item in files["mdw-fresh-air.yaml"]["items"]]
    assert len(asked) == 5
    assert "The meadow must have a bench for every ten women?" in asked[1]
    assert asked[3].endswith("the staff shall ask her – whether she has a hat?")


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("The gate shall never be locked.", Strength.PROHIBITION),
        ("Nobody may be kept indoors.", Strength.PROHIBITION),
        ("No child may be searched.", Strength.PROHIBITION),
        ("Women shall have hats.", Strength.DUTY),
        ("Hats shall be given, where possible.", Strength.EFFORT),
        ("Songs should be chosen by the women.", Strength.ENCOURAGEMENT),
        ("A bench.", Strength.DUTY),
    ],
)
def test_how_strictly_a_sentence_obliges_is_guessed_from_its_words(text: str, strength: Strength) -> None:
    assert strength_of(text) is strength

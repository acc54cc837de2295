"""Which items a quick note most likely belongs to."""

from dataclasses import replace
from pathlib import Path

import pytest

from inspect_kit.analysis import Suggestions
from inspect_kit.analysis.suggesting import terms
from inspect_kit.model import Checklist, Profile, Scope
from inspect_kit.work.planning import checklist_for

NOTES = [
    tuple(line.split("\t")) for line in Path(__file__).with_name("quick-notes.tsv").read_text("utf-8").splitlines()
]
"""Fictional quick notes, each with the place where it was written and the item it belongs to."""


@pytest.fixture(scope="module")
def everything() -> Checklist:
    """A checklist of all items we have."""
    return checklist_for(Scope(), Profile())


def test_of_quick_notes_as_inspectors_write_them_nine_in_ten_find_their_item_among_five(everything) -> None:
    suggestions = Suggestions(everything)
    missed = [text for text, place, item in NOTES if item not in [one.id for one in suggestions.likeliest(text, place)]]
    assert len(NOTES) >= 40
    assert len(missed) <= len(NOTES) * 0.1, missed


def test_the_same_note_gets_the_same_items_every_time(everything) -> None:
    first, second = Suggestions(everything), Suggestions(everything)
    for text, place, _ in NOTES:
        assert first.likeliest(text, place) == second.likeliest(text, place) == first.likeliest(text, place)


def test_the_place_of_a_note_decides_between_items_that_fit_alike(everything) -> None:
    suggestions = Suggestions(everything)
    in_kitchen, in_cell = (suggestions.likeliest("nobody can wash", place)[0] for place in ("the kitchen", "Cell 4"))
    assert "kitchen" in in_kitchen.places
    assert "kitchen" not in in_cell.places


@pytest.mark.parametrize("text", ["", "the and of", "!!! [/b]", "ขอบคุณ", "zzzz", "\x00\ud800"])
def test_a_note_without_a_word_of_any_item_gets_no_item(everything, text) -> None:
    assert Suggestions(everything).likeliest(text) == ()


def test_an_item_that_does_not_apply_is_not_suggested(everything) -> None:
    text, place, wanted = NOTES[0]
    items = tuple(replace(item, applies=item.id != wanted) for item in everything.items)
    found = Suggestions(replace(everything, items=items)).likeliest(text, place)
    assert len(found) == 5
    assert wanted not in [item.id for item in found]


def test_words_of_the_same_matter_and_other_endings_are_one() -> None:
    assert terms("the officers' babies") == terms("guard baby")
    assert terms("showers") == terms("bathing")
    assert terms("searching") == terms("searched")

"""Checklists on the command line: four orders, little time, a change in mid-visit, other bodies of rules."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.pdf_tools import run as tool
from tests.standards.documents import Print, blocks, our_standard, printed, wording


def pdf_text(name: str) -> str:
    return tool("pdftotext", name, "-").stdout


MEADOW = Path(__file__).parents[1] / "checklist" / "example-rules.txt"


@pytest.mark.parametrize(
    ("view", "title"),
    [("theme", "Personal hygiene"), ("rule", "Rule 5: Personal hygiene"), ("place", "Washrooms"), ("person", "Women")],
)
def test_a_visits_checklist_is_printed_in_each_of_four_orders(view, title, visit, done):
    text = done("visit", "checklist", visit, "--by", view).out
    assert title in text.split("\n")
    assert "hygiene.showers" in text
    assert max(map(len, text.split("\n"))) <= 80


def test_by_person_the_questions_to_that_person_are_printed(visit, done):
    items = done("visit", "checklist", visit, "--json").json["items"]
    text = " ".join(done("visit", "checklist", visit, "--by", "person").out.split())
    for question in items[0]["talk_to"]["women"]:
        assert question in text


@pytest.mark.parametrize(("paper", "size"), [("a4", "(A4)"), ("a5", "419.528 x 595.276")])
def test_a_pocket_sheet_is_written_blank_in_the_same_numbering(paper, size, visit, done, run):
    done("record", visit, "hygiene.showers", "--assessment", "not-met", "--note", "Cold water only.")
    done("visit", "sheet", visit, "--out", "sheet.pdf", "--paper", paper, "--by", "place")
    told = pdf_text("sheet.pdf")
    assert "Cold water" not in told
    assert "Personal hygiene 1" in told
    about = tool("pdfinfo", "sheet.pdf").stdout
    assert size in about
    assert "is not there" in run("visit", "sheet", visit, "--out", "nowhere/sheet.pdf").complaint


def test_a_short_time_takes_less_and_says_how_long_it_is(done):
    short = done("checklist", "generate", "--minutes", "60", "--json").json
    assert 0 < len(short["items"]) < 10
    assert short["scope"]["minutes"] == 60
    assert "roughly 0 h" in done("checklist", "generate", "--minutes", "60").out


@pytest.mark.parametrize("minutes", ["0", "-5", "99999999"])
def test_an_impossible_time_is_refused_in_one_line(minutes, run):
    ended = run("checklist", "generate", "--minutes", minutes)
    assert ended.code == 1
    assert "minutes" in ended.complaint


def test_who_is_held_is_corrected_in_mid_visit_and_the_answers_stay(visit, done, hold):
    done("record", visit, "hygiene.showers", "--assessment", "not-met", "--note", "Cold water only.")
    done("visit", "change", visit, "--held", "pregnant=0", "--held", "breastfeeding=0")
    items = done("visit", "checklist", visit, "--json").json["items"]
    assert any(item["reason"] and "pregnant" in item["reason"] for item in items)
    assert hold(visit)["findings"][0]["narrative"] == "Cold water only."


def test_another_theme_is_taken_up_in_mid_visit(visit, done, hold):
    done("record", visit, "hygiene.showers", "--assessment", "met")
    done("visit", "change", visit, "--theme", "searches")
    items = done("visit", "checklist", visit, "--json").json["items"]
    assert {item["theme"] for item in items} == {"hygiene", "searches"}
    assert [item["id"] for item in items if item["theme"] == "hygiene"] == ["hygiene.showers"]
    assert hold(visit)["findings"][0]["assessment"] == "met"


def test_a_change_of_nothing_or_of_what_cannot_be_is_refused(visit, run):
    assert "Nothing to change" in run("visit", "change", visit).complaint
    assert "gnomes" in run("visit", "change", visit, "--held", "gnomes=3").complaint
    assert "cannot be read" in run("visit", "change", visit, "--held", "pregnant").complaint


def test_a_follow_up_is_planned_from_what_an_earlier_visit_left_open(visit, done, run):
    new = ["visit", "new", "--facility", "Example-West", "--kind", "follow-up", "--starts", "2027-09-01"]
    assert "left nothing open" in run(*new, "--follow-up", visit).complaint
    done("record", visit, "hygiene.showers", "--assessment", "not-met")
    done("record", visit, "hygiene.water-in-period", "--assessment", "met")
    later = done(*new, "--follow-up", visit, "--json").json["id"]
    items = done("visit", "checklist", later, "--json").json["items"]
    assert [item["id"] for item in items] == ["hygiene.showers"]
    seen = done("checklist", "generate", "--follow-up", visit, "--json").json["items"]
    assert [item["id"] for item in seen] == ["hygiene.showers"]
    everything = done(*new, "--follow-up", visit, "--everything", "--json").json["id"]
    assert len(done("visit", "checklist", everything, "--json").json["items"]) > 100


@pytest.fixture
def document() -> Path:
    """The rules in our own words, in the shape of the official document."""
    file = Path("rules.txt")
    file.write_text(printed(blocks(our_standard()), Print(width=10_000)), encoding="utf-8")
    return file


def test_a_document_is_read_into_clauses_of_the_promised_shape(document, done):
    clauses = done("standard", "read", document, "--json").json
    assert len(clauses) == 101
    [one] = [clause for clause in clauses if clause["id"] == "BR-25.3"]
    assert one == {
        "id": "BR-25.3",
        "rule": 25,
        "paragraph": 3,
        "point": None,
        "lead": False,
        "part": "I",
        "headings": ["Safety and security", "Information to and complaints by prisoners; inspections"],
        "supplements": ["35", "36", "55"],
        "text": wording(our_standard())["BR-25.3"],
    }
    text = done("standard", "read", document).out
    assert max(map(len, text.split("\n"))) <= 80


def test_an_imported_wording_is_shown_beside_ours_and_marked(document, done):
    said = done("standard", "import", document)
    assert "101 clauses of the Bangkok Rules kept." in said.out
    assert "101 clauses differ from the official document" in said.err
    clause = done("standard", "show", "25.3", "--json").json
    assert clause["text"] == wording(our_standard())["BR-25.3"]
    assert clause["official"] is False
    assert "Text as imported; it differs from the official document:" in done("standard", "show", "25.3").out


def test_something_else_is_refused_with_what_was_looked_for(run):
    Path("letter.txt").write_text("Dear all, see rule 5.", encoding="utf-8")
    for verb in ("read", "import"):
        assert "looked for lines “Rule 1”" in run("standard", verb, "letter.txt").complaint
        assert "is not there" in run("standard", verb, "nowhere.txt").complaint


def test_another_body_of_rules_is_drafted_checked_and_added(done, run):
    words = ["--id", "meadow-rules", "--prefix", "MDW", "--title", "The Meadow Rules", "--out", "new"]
    done("checklist", "draft", MEADOW, *words)
    folder = Path("new/meadow-rules")
    ended = run("checklist", "check", folder)
    assert ended.code == 1
    assert "missing or empty" in ended.out
    assert "problems, the first" in run("checklist", "add", folder).complaint
    for file in folder.glob("mdw-*.yaml"):
        bank = yaml.safe_load(file.read_text(encoding="utf-8"))
        bank |= {"about": "Whether there is a meadow.", "care": ["Mind the flowers."]}
        for number, item in enumerate(bank["items"]):
            item |= {
                "ask": f"Is question {number} answered?",
                "why": "Because.",
                "look": ["grass"],
                "talk_to": {"women": ["How is it?"]},
                "records": ["the book, last month"],
                "red_flags": ["mud"],
                "places": ["yard"],
            }
        file.write_text(yaml.safe_dump(bank), encoding="utf-8")
    done("checklist", "check", folder)
    assert "8 items" in done("checklist", "add", folder).out
    found = done("checklist", "check", "--json").json
    assert found["items"]["mdw-evenings"] == 2
    assert "MDW-3" in found["covered"]
    items = done("checklist", "generate", "--theme", "mdw-evenings", "--json").json["items"]
    assert {item["theme"] for item in items} == {"mdw-evenings"}


def test_a_checklist_is_generated_in_french_and_says_what_is_not(done, run):
    made = done("checklist", "generate", "--language", "fr", "--theme", "hygiene", "--theme", "staff", "--json").json
    assert made["language"] == "fr"
    assert {item["theme"] for item in made["items"] if item.get("translation") == "fr"} == {"hygiene"}
    told = done("checklist", "generate", "--language", "fr", "--theme", "hygiene", "--theme", "staff").out
    text = " ".join(told.split())
    assert "Hygiène personnelle" in text
    assert "unofficial translation" in text
    assert "stays in English: Staff." in text
    assert "choose from en, fr" in run("checklist", "generate", "--language", "eo").complaint


def test_a_visit_that_was_planned_in_english_is_changed_to_french_and_its_sheet_says_so(visit, done):
    done("record", visit, "hygiene.showers", "--assessment", "not-met")
    done("visit", "change", visit, "--language", "fr")
    held = done("visit", "checklist", visit, "--json").json
    asked = {item["id"]: item["ask"] for item in held["items"]}
    assert held["language"] == "fr"
    assert asked["hygiene.showers"].startswith("Can every woman")
    assert asked["hygiene.toilets"].startswith("Chaque femme")
    done("visit", "sheet", visit, "--out", "sheet.pdf")
    told = " ".join(pdf_text("sheet.pdf").split())
    assert "unofficial translation" in told
    assert "Hygiène personnelle 1" in told

"""Standard, checklists and samples."""

from pathlib import Path

import pytest


@pytest.mark.parametrize("written", ["BR-25.3", "br25.3", "25(3)", "25.3"])
def test_a_clause_is_found_however_it_is_written_and_has_the_promised_shape(written, done):
    clause = done("standard", "show", written, "--json").json
    assert clause.pop("means")
    assert clause.pop("items")
    assert clause == {
        "id": "BR-25.3",
        "rule": 25,
        "paragraph": 3,
        "point": None,
        "part": "I",
        "headings": ["Safety and security", "Information to and complaints by prisoners; inspections"],
        "supplements": ["35", "36", "55"],
        "text": None,
        "official": None,
        "strength": "duty",
        "protects": ["women"],
        "revised": ["54–57", "83–85"],
    }


def test_a_lettered_clause_has_its_letter_and_no_paragraph(done):
    clause = done("standard", "show", "6(a)", "--json").json
    assert (clause["id"], clause["paragraph"], clause["point"]) == ("BR-6.a", None, "a")


def test_a_clause_reads_well(done):
    text = done("standard", "show", "25.3").out
    for words in ("BR-25.3", "Rule 25, paragraph 3", "women among its members", "1955) 35, 36, 55", "83–85"):
        assert words in text
    assert max(map(len, text.split("\n"))) <= 80


@pytest.mark.parametrize("clause", ["BR-99", "25", "", "\x1b[31m", "BR-25.9"])
def test_an_unknown_clause_is_refused_in_one_line(clause, run):
    ended = run("standard", "show", clause)
    assert ended.code == 1
    assert "\x1b" not in ended.complaint


def test_all_seventy_rules_are_listed(done):
    clauses = done("standard", "list", "--json").json
    assert {clause["rule"] for clause in clauses} == set(range(1, 71))
    lines = done("standard", "list").out.split("\n")
    assert [line.split()[0] for line in lines if line.startswith("BR-")] == [clause["id"] for clause in clauses]


def test_the_item_banks_that_ship_pass_their_check(done):
    found = done("checklist", "check", "--json").json
    assert found["problems"] == []
    assert found["items"]["hygiene"] > 0
    assert "BR-5" in found["covered"]
    assert not set(found["covered"]) & set(found["uncovered"])
    assert "hygiene" in done("checklist", "check").out


def test_a_bank_that_needs_mending_fails_the_check(run, monkeypatch):
    import inspect_kit.checklist
    from inspect_kit.checklist import Lint

    monkeypatch.setattr(
        inspect_kit.checklist, "lint", lambda _: Lint({"hygiene": 1}, (), ("BR-5",), ("it asks two things",))
    )
    ended = run("checklist", "check", "--json")
    assert ended.code == 1
    assert ended.json["problems"] == ["it asks two things"]
    assert ended.err == "inspect-kit: The item banks have 1 problem: mend them and check again.\n"
    assert "it asks two things" in run("checklist", "check").out


def test_a_checklist_has_the_promised_shape_and_the_same_id_each_time(done):
    words = ["checklist", "generate", "--theme", "hygiene", "--rule", "19", "--json"]
    made = done(*words).json
    assert made == done(*words).json
    assert len(made["id"]) == 64
    for name in ("id", "clauses", "theme", "ask", "applies", "reason"):
        assert name in made["items"][0]
    assert {item["theme"] for item in made["items"]} == {"hygiene", "searches"}


def test_everything_is_what_is_generated_where_nothing_is_named(done):
    everything = done("checklist", "generate", "--everything", "--json").json
    assert done("checklist", "generate", "--json").json == everything
    assert len({item["theme"] for item in everything["items"]}) > 1


def test_items_on_groups_that_are_not_held_say_why_they_do_not_apply(done):
    Path("profile.yaml").write_text("with-children: 0\npregnant: 0\nbreastfeeding: 0\n", encoding="utf-8")
    words = ["checklist", "generate", "--theme", "hygiene", "--profile", "profile.yaml"]
    away = [item for item in done(*words, "--json").json["items"] if not item["applies"]]
    assert away
    assert all(item["reason"] for item in away)
    text = done(*words).out
    assert f"{len(away)} items do not apply" in text
    assert "Does not apply: " in text
    assert max(map(len, text.split("\n"))) <= 80


@pytest.mark.parametrize(
    "words",
    [["--theme", "gardening"], ["--rule", "999"], ["--rule", "-1"], ["--everything", "--rule", "5"]],
    ids=" ".join,
)
def test_a_checklist_of_what_does_not_exist_is_refused_in_one_line(words, run):
    ended = run("checklist", "generate", *words)
    assert ended.code == 1
    assert ended.complaint


def test_the_samples_are_listed_by_name_and_title(done):
    samples = done("sample", "list", "--json").json
    assert "north-full" in [sample["name"] for sample in samples]
    assert all(set(sample) == {"name", "title"} and sample["title"] for sample in samples)
    assert "north-full" in done("sample", "list").out


def test_a_sample_is_loaded_as_a_visit(done, casebook, hold):
    visit = done("sample", "load", "harbour-searches", "--json").json["id"]
    held = hold(visit)
    assert held["findings"]
    assert [found["id"] for found in done("visit", "list", "--json").json] == [visit]
    text = done("visit", "show", visit).out
    assert max(map(len, text.split("\n"))) <= 80


def test_an_unknown_sample_is_refused_in_one_line_and_nothing_is_loaded(run, done, casebook):
    ended = run("sample", "load", "moon-base")
    assert ended.code == 1
    assert "north-full" in ended.err
    assert done("visit", "list", "--json").json == []

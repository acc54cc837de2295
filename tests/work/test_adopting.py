"""An organisation's own standard and questions: drafted, edited, checked, added beside ours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from inspect_kit.checklist import load_banks
from inspect_kit.errors import BadInputError
from inspect_kit.model import Group, Profile, Scope
from inspect_kit.standards import load_standards
from inspect_kit.standards.load import read_folder
from inspect_kit.work.adopting import add_standard, check_folder, write_draft
from inspect_kit.work.planning import checklist_for

DOCUMENT = Path(__file__).parents[1] / "checklist" / "example-rules.txt"


@pytest.fixture
def drafted(tmp_path: Path, home: Path) -> Path:
    folder, items = write_draft(DOCUMENT, "meadow-rules", "MDW", "Meadow Rules", "The Meadow Rules", tmp_path / "new")
    assert items == 8
    return folder


@pytest.fixture
def edited(drafted: Path) -> Path:
    """The draft, as an organisation would have finished it."""
    for file in drafted.glob("mdw-*.yaml"):
        change(file, lambda bank: bank.update(about="Whether there is a meadow.", care=["Do not pick the flowers."]))
        for number in range(len(yaml.safe_load(file.read_text())["items"])):
            edit(
                file,
                number,
                ask=f"Is question {number} on the meadow answered?",
                why="Without it nobody knows.",
                look=["the meadow"],
                talk_to={"women": ["How is the meadow?"]},
                records=["the meadow book, last 12 months"],
                red_flags=["no meadow"],
                places=["yard"],
            )
    return drafted


def change(file: Path, make: Any) -> None:
    values = yaml.safe_load(file.read_text(encoding="utf-8"))
    make(values)
    file.write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")


def edit(file: Path, number: int, **fields: Any) -> None:
    change(file, lambda bank: bank["items"][number].update(fields))


def test_a_draft_is_not_yet_fit_for_use_and_the_check_says_what_is_missing(drafted: Path) -> None:
    _, problems = check_folder(drafted)
    assert any("“why”, “look”, “talk_to”" in problem for problem in problems)
    assert any("still the document's sentence" in problem for problem in problems)
    with pytest.raises(BadInputError, match="problems, the first: "):
        add_standard(drafted)
    assert [standard.id for standard in load_standards()] == ["bangkok-rules"]


def test_a_draft_never_writes_over_one_that_is_there(drafted: Path) -> None:
    with pytest.raises(BadInputError, match="is there already"):
        write_draft(DOCUMENT, "meadow-rules", "MDW", "M", "M", drafted.parent)


@pytest.mark.parametrize(("name", "prefix"), [("../evil", "MDW"), ("Meadow", "MDW"), ("", "MDW"), ("a" * 99, "M"),
                                              ("meadow", "mdw"), ("meadow", ""), ("meadow", "M-1")])  # fmt: skip
def test_a_name_that_could_be_no_folder_or_prefix_is_refused(name: str, prefix: str, tmp_path: Path) -> None:
    with pytest.raises(BadInputError):
        write_draft(DOCUMENT, name, prefix, "M", "M", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_added_standard_is_asked_beside_ours_and_each_theme_says_whose_it_is(edited: Path) -> None:
    standard = add_standard(edited)
    ours = checklist_for(Scope(themes=("restraints",)), Profile())
    both = checklist_for(Scope(themes=("restraints", "mdw-evenings")), Profile())
    assert [item for item in both.items if item.theme == "restraints"] == list(ours.items)
    assert {theme: section.standard for theme, section in both.themes.items()} == {
        "restraints": "bangkok-rules",
        "mdw-evenings": "meadow-rules",
    }
    assert both.standards["meadow-rules"].title == "The Meadow Rules"
    assert both.clauses["MDW-3"].heading == "Evenings"
    assert standard.folder.parent != edited.parent
    everything = checklist_for(Scope(), Profile())
    assert [item.theme for item in everything.items][-1].startswith("mdw-")


def test_a_rule_number_means_the_bangkok_rules_whatever_was_added(edited: Path) -> None:
    before = checklist_for(Scope(rules=(3,)), Profile())
    add_standard(edited)
    assert checklist_for(Scope(rules=(3,)), Profile()) == before


def test_later_changes_of_the_folder_do_not_reach_what_was_added(edited: Path) -> None:
    add_standard(edited)
    edit(edited / "mdw-evenings.yaml", 0, ask="Is this changed?")
    asked = [item.ask for bank in load_banks(*load_standards()) for item in bank.items]
    assert "Is this changed?" not in asked
    add_standard(edited)
    asked = [item.ask for bank in load_banks(*load_standards()) for item in bank.items]
    assert "Is this changed?" in asked


def test_a_newer_version_that_drops_an_item_is_refused_because_visits_refer_to_it(edited: Path) -> None:
    add_standard(edited)
    change(edited / "mdw-evenings.yaml", lambda bank: bank["items"].pop())
    with pytest.raises(BadInputError, match=r"lacks the item mdw-evenings\.songs"):
        add_standard(edited)


@pytest.mark.parametrize(
    ("file", "make", "told"),
    [
        ("standard.yaml", lambda v: v.update(id="bangkok-rules"), "must be its folder's name"),
        ("standard.yaml", lambda v: v.update(prefix="BR"), "must be BR-1"),
        ("standard.yaml", lambda v: v.pop("rules"), "“rules” is missing"),
        ("standard.yaml", lambda v: v["rules"].append(v["rules"][0]), "stands in it twice"),
        ("standard.yaml", lambda v: v["themes"][0]["clauses"].append("MDW-9"), "names the clause MDW-9"),
        ("standard.yaml", lambda v: v["themes"][0].update(id="../x"), "must be small letters"),
    ],
    ids=["id", "prefix", "rules", "clause", "theme's clause", "theme's id"],
)
def test_a_standard_that_cannot_be_is_refused_in_a_sentence(edited: Path, file: str, make: Any, told: str) -> None:
    change(edited / file, make)
    with pytest.raises(BadInputError, match=told):
        check_folder(edited)


def test_a_theme_of_ours_cannot_be_taken_by_another_standard(edited: Path) -> None:
    def rename(values: dict[str, Any]) -> None:
        values["themes"][1]["id"] = "hygiene"

    change(edited / "standard.yaml", rename)
    _, problems = check_folder(edited)
    assert "The theme hygiene is one of the Bangkok Rules: name yours otherwise." in problems


def test_a_folder_of_our_name_never_takes_the_place_of_ours(edited: Path, home: Path) -> None:
    own = home / "data" / "inspect_kit" / "checklists" / "bangkok-rules"
    own.parent.mkdir(parents=True)
    edited.rename(own)
    [standard] = load_standards()
    assert len(standard.clauses) == 101


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 50_000, "a: &a [*a, *a]", "x" * 2_000_000, "\x00", "7"])
def test_a_hostile_file_is_refused_in_a_sentence(edited: Path, text: str) -> None:
    (edited / "standard.yaml").write_text(text)
    with pytest.raises(BadInputError):
        check_folder(edited)


def test_an_organisations_own_translation_comes_along_once_the_check_is_content(edited: Path) -> None:
    file = next(edited.glob("mdw-*.yaml"))
    english = yaml.safe_load(file.read_text(encoding="utf-8"))
    fr = edited / "fr"
    fr.mkdir()
    fields = ("look", "records", "red_flags")
    items = {
        item["id"]: {
            "short": f"Le pré {number}",
            "ask": f"La question {number} sur le pré a-t-elle une réponse ?",
            "why": "Sans elle, personne ne le sait.",
            **{name: ["le pré"] for name in fields},
            "talk_to": {"women": ["Comment est le pré ?"]},
        }
        for number, item in enumerate(english["items"])
    }
    bank = {"title": "Le pré", "about": "S'il y a un pré.", "care": ["Ne cueillez pas les fleurs."], "items": items}
    groups = {group.value: f"groupe {number}" for number, group in enumerate(Group)}
    clauses = {
        clause: {"means": "Il faut un pré.", **({"heading": "Du pré"} if known.headings else {})}
        for clause, known in read_folder(edited).clauses.items()
    }
    standard = {"short": "Règles du pré", "title": "Les règles du pré", "not_held": "Personne ici : {groups}."}
    (fr / file.name).write_text(yaml.safe_dump(bank), encoding="utf-8")
    (fr / "standard.yaml").write_text(yaml.safe_dump({**standard, "groups": groups, "clauses": clauses}), "utf-8")
    for problem in check_folder(edited)[1]:  # as the check says it
        name, part, wanted = re.fullmatch(r"fr/(\S+): ([^:]+): .*“of: ([a-p]{8})”\.", problem).groups()  # type: ignore[union-attr]
        change(
            fr / name,
            lambda said, part=part, wanted=wanted: (
                said.get("items", said.get("clauses")).get(part, said).update(of=wanted)
            ),
        )
    assert check_folder(edited)[1] == ()
    add_standard(edited)
    checklist = checklist_for(Scope(themes=(file.stem,)), Profile(), language="fr")
    assert checklist.title(file.stem) == "Le pré"
    assert checklist.items[0].ask == "La question 0 sur le pré a-t-elle une réponse\u00a0?"
    assert not checklist.untranslated

"""Reading the document of the rules, however it was printed and saved."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from inspect_kit.errors import BadInputError
from inspect_kit.files import bundled
from inspect_kit.model import Standard
from inspect_kit.standards import import_wording, load_wording, read_document, read_rules, read_standard
from tests.standards.documents import Print, blocks, our_standard, printed, wording

PRINTS = (
    Print(),
    Print(raised=False, curly=True),
    Print(width=72),
    Print(width=72, gaps=False),
    Print(width=60, syllables=True, page=45),
    Print(width=60, syllables=True, page=45, gaps=False, raised=False, curly=True, ends="\r\n"),
    Print(width=80, page=30, raised=False),
    Print(width=42, syllables=True, page=50, gaps=False),
    Print(width=95, page=55, curly=True, ends="\r"),
)


@pytest.fixture(scope="module")
def rules() -> Standard:
    return our_standard()


@pytest.mark.parametrize("how", PRINTS, ids=str)
def test_every_clause_comes_back_whole_however_the_document_was_printed(how: Print, rules: Standard) -> None:
    read = read_standard(printed(blocks(rules), how), rules)
    assert {passage.id: passage.text for passage in read} == wording(rules)


@pytest.mark.parametrize("how", PRINTS, ids=str)
def test_headings_and_bracketed_notes_are_those_above_the_rule(how: Print, rules: Standard) -> None:
    for passage in read_standard(printed(blocks(rules), how), rules):
        clause = rules.clauses[passage.id]
        assert (passage.part, passage.headings) == (clause.part, clause.headings)
        assert (passage.rule, passage.paragraph, passage.point) == (clause.rule, clause.paragraph, clause.point)
        assert passage.lead is clause.lead
        own = clause.supplements if passage.headings[-1:] else None
        if own and clause.rule not in (26, 27, 28):
            assert ", ".join(passage.supplements) == own


def test_a_pdf_is_read_like_the_text_it_was_made_from(rules: Standard, tmp_path: Path) -> None:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is missing: install tests/debian-packages.txt")
    look = getSampleStyleSheet()["BodyText"]

    def foot(canvas, page) -> None:
        canvas.drawString(60, 30, str(page.page))
        canvas.drawString(60, 810, "E/2010/30")

    raised = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
    story = [Paragraph(text.translate(raised).replace("&", "&amp;"), look) for text in blocks(rules)]
    pdf = tmp_path / "rules.pdf"
    SimpleDocTemplate(str(pdf)).build(story, onFirstPage=foot, onLaterPages=foot)
    for option in ("-raw", "-layout"):
        subprocess.run(["pdftotext", option, str(pdf), str(tmp_path / "rules.txt")], check=True)
        read = read_standard(read_document(tmp_path / "rules.txt"), rules)
        assert {passage.id: passage.text for passage in read} == wording(rules)


def test_a_table_of_contents_before_the_rules_does_no_harm(rules: Standard) -> None:
    contents = [line for rule in range(1, 71) for line in (f"Rule {rule}",)]
    text = printed([*contents, *blocks(rules)], Print())
    assert {passage.id: passage.text for passage in read_standard(text, rules)} == wording(rules)


@pytest.mark.parametrize("rule", [1, 33, 70])
def test_a_document_without_a_rule_is_refused_and_the_rule_named(rule: int, rules: Standard) -> None:
    text = printed(blocks(rules), Print()).replace(f"\nRule {rule}\n", "\n")
    with pytest.raises(BadInputError, match=rf"BR-{rule}(\.\d)?\b"):
        read_standard(text, rules)


def test_a_document_with_a_clause_too_many_is_refused(rules: Standard) -> None:
    text = printed(blocks(rules), Print()).replace("\nRule 4\n", "\n3. Something that was put in.\n\nRule 4\n")
    with pytest.raises(BadInputError, match=r"BR-3\.3, which the Bangkok Rules do not have"):
        read_standard(text, rules)


@pytest.mark.parametrize("text", ["", "A letter about gardens.", "Rule of thumb\n\nrule 1 says this.\n", "\f" * 50])
def test_something_else_is_refused_with_what_was_looked_for(text: str, rules: Standard) -> None:
    with pytest.raises(BadInputError, match="looked for lines “Rule 1”"):
        read_standard(text, rules)


@pytest.mark.parametrize("text", ["Rule 1\n" * 3, "Rule 1", "Rule 1\n\n\n[", "Rule 999\n1.\n(a)\n", "Rule 1\n-\n-\n"])
def test_a_broken_document_is_refused_in_a_sentence(text: str, rules: Standard) -> None:
    with pytest.raises(BadInputError):
        read_standard(text, rules)


@pytest.mark.parametrize(
    ("data", "advice"),
    [(b"%PDF-1.7 ...", "pdftotext"), (b"PK\x03\x04...", "plain text"), (b"Rule 1\x00", "plain text")],
)
def test_a_file_that_is_no_text_is_refused_with_advice(data: bytes, advice: str, tmp_path: Path) -> None:
    (tmp_path / "rules").write_bytes(data)
    with pytest.raises(BadInputError, match=advice):
        read_document(tmp_path / "rules")


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encodings_of_word_processors_are_read(code: str, tmp_path: Path) -> None:
    (tmp_path / "rules.txt").write_bytes("Rule 1\nThe women’s own doctor.".encode(code))
    [passage] = read_rules(read_document(tmp_path / "rules.txt"), "X")
    assert (passage.id, passage.text) == ("X-1", "The women's own doctor.")


def test_marks_of_notes_on_lines_of_their_own_do_not_take_the_words_beside_them_along() -> None:
    plants = ("Roses", "Lilies", "Beans", "Apples", "Herbs")
    body = "".join(
        f"Rule {rule}\n{plant} are watered by all\n{60 + rule}\nand the\n{plant.lower()} are kept green.\n"
        for rule, plant in enumerate(plants, 1)
    )
    for plant, passage in zip(plants, read_rules(body, "X"), strict=True):
        assert passage.text == f"{plant} are watered by all and the {plant.lower()} are kept green."


def test_hyphens_that_the_saving_program_lost_are_put_back_where_the_words_are_known() -> None:
    known = frozenset(("self-made", "pre- and", "mother-to-child"))
    text = "Rule 1\nSelfmade paths, mother-tochild and preand post-war, understand\nand under-\nstand self-\nmade.\n"
    [passage] = read_rules(text, "X", known)
    assert passage.text == (
        "Self-made paths, mother-to-child and pre- and post-war, understand and understand self-made."
    )


def test_notes_in_square_brackets_are_left_out_with_their_marks() -> None:
    text = "Rule 1\nGardens[7] shall be green.\n\n[7] Example Treaty of Gardens, vol. 3.\n\nRule 2\nAnd large.\n"
    assert [passage.text for passage in read_rules(text, "X")] == ["Gardens shall be green.", "And large."]


def test_words_broken_at_a_line_end_are_made_whole_without_a_list_of_them() -> None:
    text = (
        "Rule 1\nA self-made garden needs water and gar-\ndening. Garden-makers and gardening.\n"
        "Rule 2\nThe garden-\nmakers shall be self-\nmade, pre- and post-\nwar.\n"
    )
    first, second = read_rules(text, "X")
    assert first.text == "A self-made garden needs water and gardening. Garden-makers and gardening."
    assert second.text == "The garden-makers shall be self-made, pre- and postwar."


def test_an_imported_wording_is_kept_and_what_differs_from_the_official_one_is_marked(
    rules: Standard, tmp_path: Path, home: Path
) -> None:
    file = tmp_path / "rules.txt"
    file.write_text(printed(blocks(rules), Print(width=70, page=40)))
    taken = import_wording(rules, file)
    assert set(taken.differing) == set(rules.clauses)  # our words are not the official ones
    kept = load_wording(rules)
    assert {clause: one.text for clause, one in kept.items()} == wording(rules)
    assert not any(one.official for one in kept.values())


def test_a_refused_document_leaves_the_earlier_import(rules: Standard, tmp_path: Path, home: Path) -> None:
    file = tmp_path / "rules.txt"
    file.write_text(printed(blocks(rules), Print()))
    import_wording(rules, file)
    file.write_text("Rule 1\nSomething else.")
    with pytest.raises(BadInputError):
        import_wording(rules, file)
    assert len(load_wording(rules)) == len(rules.clauses)


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"BR-1": 5}', "[" * 100_000])
def test_a_damaged_import_counts_as_none(damage: str, rules: Standard, tmp_path: Path, home: Path) -> None:
    file = tmp_path / "rules.txt"
    file.write_text(printed(blocks(rules), Print()))
    import_wording(rules, file)
    [kept] = home.rglob("bangkok-rules.json")
    kept.write_text(damage)
    assert load_wording(rules) == {}


def test_a_clause_that_has_the_official_words_is_marked_official(
    rules: Standard, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = wording(rules)
    digests = {clause: hashlib.sha256(text.encode()).hexdigest() for clause, text in texts.items() if clause != "BR-5"}
    monkeypatch.setattr("inspect_kit.standards.wording._digests", lambda _: digests)
    file = tmp_path / "rules.txt"
    file.write_text(printed(blocks(rules), Print(width=66, syllables=True)))
    assert import_wording(rules, file).differing == ("BR-5",)
    assert load_wording(rules)["BR-19"].label == "official text"
    assert "differs" in load_wording(rules)["BR-5"].label


def test_the_digests_of_the_official_wording_name_every_clause() -> None:
    lines = (bundled("checklists") / "bangkok-rules" / "wording.sha256").read_text().splitlines()
    assert [line.split()[1] for line in lines] == list(our_standard().clauses)
    assert len({line.split()[0] for line in lines}) == 101

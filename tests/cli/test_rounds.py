"""A report's way through many hands: points, letter, comments, decisions, the next version."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.pdf_tools import words

NAMED = "Mrs Amina Hassan showed us the showers."


@pytest.fixture
def named(done, visit):
    """A visit in which a finding names a woman."""
    done("record", visit, "hygiene.showers", "--assessment", "not-met", "--note", NAMED, "--priority", "urgent")
    return visit


def points(done, visit, edition="authority"):
    return done("harm", visit, "--edition", edition, "--json").json


def answer_all(done, visit, edition="authority"):
    for point in points(done, visit, edition):
        done("harm", visit, "--edition", edition, "--answer", point["id"], "--why", "She is the minister.")


def fill_in(table, out, said):
    """The authority writes into the last two columns of the first rows."""
    book = load_workbook(table)
    sheet = book.active
    rows = [row[0].row for row in sheet.iter_rows() if isinstance(row[0].value, int)]
    for row, (accurate, text) in zip(rows, said, strict=False):
        sheet.cell(row, 5).value, sheet.cell(row, 6).value = accurate, text
    book.save(out)


def test_an_open_point_keeps_an_edition_from_being_written_until_it_is_answered(done, run, named):
    (point,) = points(done, named)
    assert point.keys() == {"id", "item", "field", "message", "answer"}
    assert (point["item"], point["field"], point["answer"]) == ("hygiene.showers", "narrative", "")
    ended = run("report", named, "--edition", "authority", "--out", "r.pdf")
    assert ended.code == 1
    assert "inspect-kit harm" in ended.complaint
    assert "Amina Hassan" in ended.complaint
    assert not Path("r.pdf").exists()
    said = done("harm", named, "--edition", "authority", "--answer", point["id"][:8], "--why", "She is the minister.")
    assert "No point is open" in said.out
    assert points(done, named)[0]["answer"] == "She is the minister."
    done("report", named, "--edition", "authority", "--out", "r.pdf")
    done("harm", named, "--edition", "authority", "--answer", point["id"], "--why", "")
    assert run("report", named, "--edition", "authority", "--out", "r2.pdf").code == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [(["--answer", "abcdef12", "--why", "x"], 1), (["--answer", "abcdef12"], 2), (["--why", "x"], 2)],
)
def test_an_answer_needs_its_point_and_a_point_its_answer(words, code, run, named):
    assert run("harm", named, "--edition", "authority", *words).code == code


def test_the_letter_is_written_signed_and_verified(done, run, named):
    assert run("letter", named, "--to", "The director", "--answer-by", "2099-01-01", "--out", "l.pdf").code == 1
    answer_all(done, named)
    done("letter", named, "--to", "The director", "--answer-by", "2099-01-01", "--out", "l.pdf", "--paper", "letter")
    assert "The director" in words(Path("l.pdf"))
    done("sign", "l.pdf")
    done("sign", "l.pdf", "--role", "chair")
    assert done("verify", "l.pdf", "--thorough", "--json").json["valid"] is True
    ended = run("letter", named, "--to", "The director", "--answer-by", "2001-01-01", "--out", "m.pdf")
    assert ended.code == 1
    assert not Path("m.pdf").exists()


def test_what_was_recorded_is_sealed_before_a_report_is_written(done, named):
    answer_all(done, named)
    done("report", named, "--edition", "authority", "--out", "r.pdf")
    done("sign", "r.pdf")
    done("sign", "r.pdf", "--role", "chair")
    closed = done("verify", "r.pdf", "--json").json
    assert closed["unsealed"] == []
    assert any("seal" in sentence for sentence in closed["holds"])


def test_characters_that_no_font_has_are_told_before_anything_is_written(done, run, visit):
    done("record", visit, "hygiene.showers", "--assessment", "met", "--note", "All ran \U0001f642")
    ended = run("report", visit, "--edition", "authority", "--out", "r.pdf")
    assert ended.code == 1
    assert "SLIGHTLY SMILING FACE" in ended.complaint
    assert "hygiene.showers" in ended.complaint
    assert "--font" in ended.complaint
    assert not Path("r.pdf").exists()
    done("report", visit, "--edition", "authority", "--out", "r.pdf", "--accept-missing")
    assert "U+1F642" in words(Path("r.pdf"))


def test_the_whole_round_from_open_points_to_the_second_version(done, run, named):
    answer_all(done, named)
    done("identity", "create", "--name", "Chair Example", "--out", "chair.p12", "--no-passphrase")
    done("report", named, "--edition", "authority", "--out", "one.pdf")
    assert run("comments", "export", named, "--report", "one.pdf", "--out", "t.xlsx").code == 1
    done("sign", "one.pdf")
    done("sign", "one.pdf", "--role", "chair", "--as", "chair.p12")
    done("comments", "export", named, "--report", "one.pdf", "--out", "t.xlsx")
    assert run("comments", "export", named, "--report", "one.pdf", "--out", "t.xlsx").code == 1
    fill_in("t.xlsx", "back.xlsx", [("no", "Two of the four showers were being repaired.")])

    tried = done("comments", "import", named, "back.xlsx", "--dry-run", "--json").json
    assert [one["text"] for one in tried["taken"]] == ["Two of the four showers were being repaired."]
    assert done("comments", "list", named, "--json").json == []
    done("comments", "import", named, "back.xlsx")
    assert done("comments", "import", named, "back.xlsx", "--json").json["known"] == 1
    (comment,) = done("comments", "list", named, "--json").json
    assert (comment["item"], comment["accurate"], comment["accepted"]) == ("hygiene.showers", "no", None)
    shown = done("visit", "show", named, "--json").json
    assert shown["findings"][0]["comments"] == [comment]
    assert "Two of the four showers" in done("visit", "show", named).out

    assert run("comments", "decide", named, comment["id"], "--reason", "True.").code == 2
    assert run("comments", "decide", named, "ZZZZ", "--accept", "--reason", "True.").code == 1
    done("comments", "decide", named, comment["id"][-6:], "--accept", "--reason", "We saw the order for the repair.")
    assert done("comments", "list", named, "--json").json[0]["accepted"] is True
    assert "We saw the order" in done("comments", "list", named).out

    better = "Two of four showers worked; the others were being repaired."
    done("record", named, "hygiene.showers", "--assessment", "partly-met", "--note", better)
    answer_all(done, named)
    done("report", named, "--edition", "authority", "--out", "two.pdf", "--corrects", "one.pdf")
    done("sign", "two.pdf")
    done("sign", "two.pdf", "--role", "chair", "--as", "chair.p12")
    first, second = (done("verify", file, "--json").json for file in ("one.pdf", "two.pdf"))
    assert (first["valid"], first["version"], first["corrects"]) == (True, 1, "")
    assert (second["valid"], second["version"], second["corrects"]) == (True, 2, comment["report"])


def test_a_table_on_another_edition_is_refused(done, run, visit):
    done("record", visit, "hygiene.showers", "--assessment", "met", "--note", "All ran.")
    done("report", visit, "--edition", "public", "--out", "r.pdf")
    done("sign", "r.pdf")
    ended = run("comments", "export", visit, "--report", "r.pdf", "--out", "t.xlsx")
    assert ended.code == 1
    assert "public edition" in ended.complaint

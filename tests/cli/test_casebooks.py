"""Casebooks: made, opened, examined."""

from pathlib import Path

import pytest

from inspect_kit.casebook import Casebook
from inspect_kit.work.desk import default_casebook


@pytest.fixture
def secret(tmp_path):
    file = tmp_path / "secret.txt"
    file.write_text("river stone lamp\nsecond line\n", encoding="utf-8")
    return file


def test_a_casebook_is_made_where_none_is_named(done):
    assert "not encrypted" in done("casebook", "create", "--no-passphrase").out
    assert default_casebook().is_file()


def test_a_casebook_is_encrypted_with_the_first_line_of_the_passphrase_file(done, run, secret):
    assert "encrypted" in done("casebook", "create", "--casebook", "a.casebook", "--passphrase-file", secret).out
    assert not Path("a.casebook").read_bytes().startswith(b"SQLite")
    Casebook.open(Path("a.casebook"), "river stone lamp").close()
    assert done("visit", "list", "--json", "--casebook", "a.casebook", "--passphrase-file", secret).json == []


def test_without_a_terminal_nobody_is_asked_for_a_new_passphrase(run):
    complaint = run("casebook", "create").complaint
    assert "--passphrase-file" in complaint
    assert "--no-passphrase" in complaint
    assert not default_casebook().exists()


def test_an_encrypted_casebook_without_passphrase_is_refused_in_one_line(done, run, secret):
    done("casebook", "create", "--casebook", "a.casebook", "--passphrase-file", secret)
    ended = run("visit", "list", "--casebook", "a.casebook")
    assert ended.code == 1
    assert "--passphrase-file" in ended.complaint


def test_a_wrong_passphrase_is_refused_in_one_line(done, run, secret, tmp_path):
    done("casebook", "create", "--casebook", "a.casebook", "--passphrase-file", secret)
    secret.write_text("wrong", encoding="utf-8")
    ended = run("visit", "list", "--casebook", "a.casebook", "--passphrase-file", secret)
    assert ended.code == 1
    assert "does not open a.casebook" in ended.complaint


def test_a_passphrase_cannot_be_both_given_and_refused(run, secret):
    ended = run("casebook", "create", "--no-passphrase", "--passphrase-file", secret)
    assert ended.code == 2
    assert "exclude each other" in ended.err
    assert not default_casebook().exists()


def test_a_missing_or_empty_passphrase_file_is_named(run, tmp_path):
    assert "nowhere.txt is not there" in run("casebook", "create", "--passphrase-file", "nowhere.txt").complaint
    Path("empty.txt").touch()
    assert "is empty" in run("casebook", "create", "--passphrase-file", "empty.txt").complaint


def test_a_casebook_that_exists_is_never_made_again(done, run, casebook):
    before = default_casebook().read_bytes()
    ended = run("casebook", "create", "--no-passphrase")
    assert ended.code == 1
    assert "exists already" in ended.complaint
    assert default_casebook().read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        ["visit", "list"],
        ["visit", "show", "01AB"],
        ["facility", "list"],
        ["facility", "add", "--name", "N"],
        ["sample", "load", "north-full"],
        ["record", "01AB", "hygiene.showers", "--assessment", "met"],
        ["doctor"],
        ["casebook", "rebuild"],
        ["report", "01AB", "--edition", "public", "--out", "r.pdf"],
    ],
    ids=" ".join,
)
def test_who_has_no_casebook_yet_is_told_how_to_make_one(words, run):
    ended = run(*words)
    assert ended.code == 1
    assert "inspect-kit casebook create" in ended.complaint
    assert not default_casebook().exists()


def test_a_file_that_is_no_casebook_is_refused_by_its_name(run, tmp_path):
    Path("notes.txt").write_text("some notes", encoding="utf-8")
    Path("other.db").write_bytes(b"SQLite format 3\x00" + bytes(4000))
    for name in ("notes.txt", "other.db", "nowhere.casebook", "."):
        ended = run("visit", "list", "--casebook", name)
        assert ended.code == 1
        assert name in ended.complaint
    assert Path("notes.txt").read_text(encoding="utf-8") == "some notes"


def test_the_casebook_may_be_named_before_or_after_the_command_or_in_the_environment(done, run, monkeypatch):
    for name in ("one", "two", "three"):
        done("casebook", "create", "--no-passphrase", "--casebook", f"{name}.casebook")
        done("--casebook", f"{name}.casebook", "facility", "add", "--name", f"Prison {name}")

    def found(*words: str) -> str:
        (facility,) = done(*words).json
        return str(facility["name"])

    assert found("--casebook", "one.casebook", "facility", "list", "--json") == "Prison one"
    assert found("facility", "--casebook", "one.casebook", "list", "--json") == "Prison one"
    assert found("facility", "list", "--json", "--casebook", "one.casebook") == "Prison one"
    assert (
        found("--casebook", "one.casebook", "facility", "list", "--casebook", "two.casebook", "--json") == "Prison two"
    )
    monkeypatch.setenv("INSPECT_KIT_CASEBOOK", "three.casebook")
    assert found("facility", "list", "--json") == "Prison three"
    assert found("--casebook", "one.casebook", "facility", "list", "--json") == "Prison one"
    assert found("facility", "list", "--json", "--casebook", "two.casebook") == "Prison two"


def test_tables_are_built_anew_from_the_journal(done, visit, hold):
    done("record", visit, "hygiene.showers", "--assessment", "met")
    before = hold(visit)
    with Casebook.open(default_casebook()) as book:
        book._db.execute("DELETE FROM findings")
        book._db.conn.commit()
    assert hold(visit)["findings"] == []
    assert "anew" in done("casebook", "rebuild").out
    assert hold(visit) == before


def test_the_doctor_finds_a_sound_casebook_sound(done, visit):
    said = done("doctor", "--json").json
    assert said["sound"] is True
    assert said["entries"] > 0
    assert said["problems"] == []
    assert {"authors", "conflicts", "waiting", "clones", "casebook", "encrypted"} <= set(said)
    assert "everything holds" in done("doctor").out


def _alter_a_note(path: Path) -> None:
    with Casebook.open(path) as book:
        book._db.execute("DROP TRIGGER bodies_keep")
        book._db.execute("UPDATE bodies SET body = replace(body, 'cold', 'warm')")
        book._db.conn.commit()


def test_the_doctor_and_verify_find_a_note_that_was_altered_in_the_file(done, run, visit):
    done("record", visit, "hygiene.showers", "--assessment", "not-met", "--note", "The water was cold.")
    path = default_casebook()
    sound = done("verify", path, "--json").json
    assert (sound["file"], sound["kind"], sound["valid"], sound["problems"]) == (str(path), "casebook", True, [])
    assert sound["entries"] == done("doctor", "--json").json["entries"]
    assert [(one["name"], one["sealed"], one["valid"]) for one in sound["signers"]] == [("Ana Example", 0, False)]
    _alter_a_note(path)
    for words in (("doctor", "--json"), ("verify", path, "--json")):
        ended = run(*words)
        assert ended.code == 3
        assert "was altered" in ended.json["problems"][0]
        assert ended.json.get("valid", ended.json.get("sound")) is False
        assert ended.err.count("\n") == 1
    assert "was altered" in run("verify", path).out


def test_a_casebook_that_nobody_sealed_has_no_trusted_signer(run, casebook):
    ended = run("verify", default_casebook(), "--require-trusted")
    assert ended.code == 3
    assert "nobody signed it" in ended.err


def test_a_place_where_no_casebook_can_be_made_is_named(run):
    Path("notes.txt").touch()
    for place in ("notes.txt/a.casebook", "nowhere/a.casebook", "/proc/a.casebook"):
        ended = run("casebook", "create", "--no-passphrase", "--casebook", place)
        assert ended.code == 1
        assert place in ended.complaint

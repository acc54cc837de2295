"""Who records and signs."""

import stat
from pathlib import Path

import pytest

from inspect_kit.identity import load
from inspect_kit.work.desk import default_identity


@pytest.fixture
def secret():
    Path("secret.txt").write_text("river stone lamp", encoding="utf-8")
    return "secret.txt"


def test_an_identity_is_made_and_shown(done):
    made = done(
        "identity",
        "create",
        "--name",
        "Ana Example",
        "--organisation",
        "Example Board",
        "--out",
        "ana.p12",
        "--no-passphrase",
    )
    shown = done("identity", "show", "--json", "--as", "ana.p12").json
    ana = load(Path("ana.p12"))
    assert shown == {
        "name": "Ana Example",
        "organisation": "Example Board",
        "fingerprint": ana.fingerprint,
        "words": list(ana.words),
        "issuer": "Ana Example",
        "valid_until": ana.valid_until,
        "file": "ana.p12",
    }
    grouped = " ".join(ana.fingerprint[place : place + 4] for place in range(0, 64, 4)).upper()
    assert grouped in made.out
    read = " ".join(done("--as", "ana.p12", "identity", "show").out.split())
    assert grouped in read
    assert " ".join(ana.words) in read
    assert stat.S_IMODE(Path("ana.p12").stat().st_mode) == 0o600


def test_the_identity_may_be_named_in_the_environment(done, monkeypatch):
    for name in ("Ana", "Bea"):
        done("identity", "create", "--name", name, "--out", f"{name}.p12", "--no-passphrase")
    monkeypatch.setenv("INSPECT_KIT_IDENTITY", "Ana.p12")
    assert done("identity", "show", "--json").json["name"] == "Ana"
    assert done("identity", "show", "--json", "--as", "Bea.p12").json["name"] == "Bea"


def test_a_key_is_never_overwritten(done, run):
    done("identity", "create", "--name", "Ana", "--out", "ana.p12", "--no-passphrase")
    before = Path("ana.p12").read_bytes()
    ended = run("identity", "create", "--name", "Bea", "--out", "ana.p12", "--no-passphrase")
    assert ended.code == 1
    assert "never overwritten" in ended.complaint
    assert Path("ana.p12").read_bytes() == before


def test_a_protected_identity_needs_its_passphrase(done, run, secret):
    done("identity", "create", "--name", "Ana", "--out", "ana.p12", "--passphrase-file", secret)
    ended = run("identity", "show", "--as", "ana.p12")
    assert ended.code == 1
    assert "--passphrase-file" in ended.complaint
    assert done("identity", "show", "--as", "ana.p12", "--passphrase-file", secret, "--json").json["name"] == "Ana"
    Path("wrong.txt").write_text("wrong", encoding="utf-8")
    assert run("identity", "show", "--as", "ana.p12", "--passphrase-file", "wrong.txt").code == 1


def test_without_a_terminal_nobody_is_asked_for_the_passphrase_of_a_new_key(run):
    ended = run("identity", "create", "--name", "Ana", "--out", "ana.p12")
    assert ended.code == 1
    assert "--no-passphrase" in ended.complaint
    assert not Path("ana.p12").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--name", " ", "--out", "a.p12"], "name"),
        (["--name", "A" * 65, "--out", "a.p12"], "64"),
        (["--name", "Ana", "--out", "nowhere/a.p12"], "nowhere"),
    ],
)
def test_an_identity_that_cannot_be_made_is_refused_in_one_line(words, said, run):
    ended = run("identity", "create", "--no-passphrase", *words)
    assert ended.code == 1
    assert said in ended.complaint


def test_who_has_no_identity_yet_is_told_how_to_make_one(run):
    ended = run("identity", "show")
    assert ended.code == 1
    assert "identity create" in ended.complaint


def test_a_file_that_is_no_identity_is_refused(run, casebook):
    Path("notes.txt").write_text("some notes", encoding="utf-8")
    for words in (["identity", "show"], ["facility", "add", "--name", "N"]):
        ended = run(*words, "--as", "notes.txt")
        assert ended.code == 1
        assert "no identity" in ended.complaint
        assert run(*words, "--as", "nowhere.p12").code == 1


def test_the_first_record_makes_an_identity_and_says_so_once(done, casebook):
    first = done("facility", "add", "--name", "One", "--json")
    assert str(default_identity()) in first.err
    assert first.json["id"]
    assert done("facility", "add", "--name", "Two").err == ""


def test_looking_something_up_makes_no_identity(done, casebook):
    done("visit", "list")
    done("doctor")
    assert not default_identity().exists()


def test_what_is_recorded_bears_the_name_of_the_identity_that_was_named(done, visit, hold):
    done("identity", "create", "--name", "Bea Example", "--out", "bea.p12", "--no-passphrase")
    done("--as", "bea.p12", "record", visit, "hygiene.showers", "--assessment", "met")
    assert hold(visit)["findings"][0]["author"] == "Bea Example"


def test_one_passphrase_opens_casebook_and_identity(done, run, secret):
    shared = ["--casebook", "a.casebook", "--passphrase-file", secret]
    done("casebook", "create", *shared)
    done("facility", "add", "--name", "One", *shared)
    assert done("facility", "list", "--json", *shared).json[0]["name"] == "One"
    assert done("identity", "show", "--json", "--passphrase-file", secret).json["name"]
    assert run("identity", "show").code == 1


def test_an_unprotected_identity_works_in_an_encrypted_casebook(done, secret):
    shared = ["--casebook", "a.casebook", "--passphrase-file", secret]
    done("identity", "create", "--name", "Bea", "--out", "bea.p12", "--no-passphrase")
    done("casebook", "create", *shared)
    done("facility", "add", "--name", "One", "--as", "bea.p12", *shared)
    assert done("facility", "list", "--json", *shared).json[0]["name"] == "One"

"""Whom a casebook trusts, and an organisation that certifies its people: by commands."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from cryptography import x509

from inspect_kit.identity import load


@pytest.fixture
def ana(done) -> str:
    done("identity", "create", "--name", "Ana Example", "--out", "ana.p12", "--no-passphrase")
    done("identity", "export", "--as", "ana.p12", "--out", "ana.crt")
    return "ana.p12"


def words_of(file: str) -> str:
    return " ".join(load(Path(file)).words)


def read(text: str) -> str:
    return " ".join(text.split())


def test_an_exported_certificate_holds_no_key_and_is_never_written_over(done, run, ana):
    assert Path("ana.crt").read_bytes().count(b"-----BEGIN") == 1
    x509.load_pem_x509_certificate(Path("ana.crt").read_bytes())
    ended = run("identity", "export", "--as", ana, "--out", "ana.crt")
    assert ended.code == 1
    assert "not written over" in ended.complaint


@pytest.mark.parametrize("how", ["file", "key file", "fingerprint", "words"])
def test_somebody_is_trusted_once_her_words_were_compared(how, done, run, casebook, ana):
    name = load(Path(ana)).fingerprint
    done("facility", "add", "--name", "One", "--as", ana)  # her certificate comes with what she records
    said = {"file": ["ana.crt"], "key file": [ana], "fingerprint": [name], "words": words_of(ana).split()}[how]
    refused = run("identity", "trust", *said)
    assert refused.code == 1
    assert "Compare the words with Ana Example by voice" in refused.err
    assert words_of(ana) in read(refused.out)
    trusted = done("identity", "trust", *said, "--yes")
    assert words_of(ana) in read(trusted.out)
    (one,) = done("identity", "list", "--json").json
    assert {key: one[key] for key in ("name", "organisation", "fingerprint", "words", "kind")} == {
        "name": "Ana Example",
        "organisation": "",
        "fingerprint": name,
        "words": words_of(ana).split(),
        "kind": "person",
    }
    assert (one["trusted"], one["by"], one["lost"], one["own"]) == (True, "listed", "", True)


def test_the_beginning_of_a_fingerprint_is_not_enough_to_trust_unasked(run, done, casebook, ana):
    done("facility", "add", "--name", "One", "--as", ana)
    for said in (load(Path(ana)).fingerprint[:16], *[" ".join(words_of(ana).split()[:4])]):
        ended = run("identity", "trust", *said.split(), "--yes")
        assert ended.code == 1
        assert "can be imitated" in ended.complaint


def test_somebody_is_named_by_the_beginning_of_her_fingerprint_or_words(done, run, casebook, ana):
    done("identity", "trust", "ana.crt", "--yes")
    mine = load(Path(ana))
    done("identity", "lost", mine.fingerprint[:8].upper(), "--since", "2026-01-02")
    assert done("identity", "list", "--json").json[0]["lost"] == "2026-01-02"
    assert "KEY LOST since 2026-01-02" in done("identity", "list").out
    done("identity", "distrust", *mine.words[:3])
    (one,) = done("identity", "list", "--json").json
    assert (one["trusted"], one["lost"]) == (False, "2026-01-02")


@pytest.mark.parametrize("said", ["abcdef", "zoo zoo", "0" * 64, "zoo " * 12, "x" * 300, "nowhere.crt", "", " "])
def test_who_is_not_known_is_said_in_one_line(said, run, casebook):
    for command in (["trust"], ["distrust"], ["lost", "--since", "2026-01-02"]):
        ended = run("identity", *command, said)
        assert ended.code == 1
        assert ended.complaint


def test_a_key_that_is_lost_has_a_day_and_the_help_tells_how_it_is_replaced(run, done, casebook, ana):
    done("identity", "trust", "ana.crt", "--yes")
    words = load(Path(ana)).words[:3]
    assert "still to come" in run("identity", "lost", *words, "--since", "2199-01-01").complaint
    assert run("identity", "lost", *words, "--since", "some day").code == 1
    said = read(done("identity", "--help").out)
    assert all(part in said for part in ("make a new one (identity create)", "tell your team", "identity lost"))
    assert "identity create" in read(done("identity", "lost", *words, "--since", "2026-01-02").out)


def test_a_lost_key_is_trusted_again_only_with_a_warning(done, casebook, ana):
    done("identity", "trust", "ana.crt", "--yes")
    done("identity", "lost", *load(Path(ana)).words[:3], "--since", "2026-01-02")
    assert "noted as lost since 2026-01-02" in done("identity", "trust", "ana.crt", "--yes").err


def test_the_list_says_who_is_own_trusted_or_not(done, casebook, ana):
    assert "nobody" in done("identity", "list").out
    done("facility", "add", "--name", "One")
    done("identity", "trust", "ana.crt", "--yes")
    shown = read(done("identity", "list").out)
    assert "your own" in shown
    assert f"Ana Example trusted {words_of(ana)}" in shown


def test_ones_own_key_is_not_distrusted_by_a_slip(done, run, casebook, ana):
    done("facility", "add", "--name", "One", "--as", ana)
    assert "your own key" in run("identity", "distrust", load(Path(ana)).fingerprint).complaint


# -- an organisation's root


@pytest.fixture
def board(done) -> str:
    done("identity", "authority", "create", "--name", "Board Example", "--out", "root.p12", "--no-passphrase")
    return "root.p12"


def test_a_key_goes_from_request_to_issued_certificate_and_everybody_trusts_it(done, run, casebook, ana, board):
    asked = done("identity", "request", "--as", ana, "--out", "ana.csr")
    refused = run("identity", "issue", "ana.csr", "--authority", board, "--out", "answer.crt")
    assert refused.code == 1
    assert not Path("answer.crt").exists()
    words = read(asked.out).partition("by voice: ")[2].split()[:12]
    assert " ".join(words) in read(refused.out)
    done("identity", "issue", "ana.csr", "--authority", board, "--out", "answer.crt", "--years", "2", "--yes")
    adopted = read(done("identity", "adopt", "answer.crt", "--as", ana, "--out", "issued.p12").out)
    assert "trust both" in adopted
    assert stat.S_IMODE(Path("issued.p12").stat().st_mode) == 0o600
    assert load(Path("issued.p12")).name == "Ana Example"
    shown = done("identity", "show", "--json", "--as", "issued.p12").json
    assert shown["issuer"] == "Board Example"

    done("facility", "add", "--name", "One", "--as", "issued.p12")
    trusted = done("identity", "trust", "root.crt", "--yes")
    assert "organisation's own key" in trusted.out
    found = {one["name"]: one for one in done("identity", "list", "--json").json}
    assert (found["Board Example"]["kind"], found["Ana Example"]["by"]) == ("root", "Board Example")
    assert "issued by Board Example" in done("identity", "list").out
    refused = run("identity", "distrust", found["Ana Example"]["fingerprint"])
    assert "distrust Board Example" in refused.complaint


def test_a_report_is_signed_and_valid_under_an_issued_certificate(done, visit, ana, board):
    done("identity", "request", "--as", ana, "--out", "ana.csr")
    done("identity", "issue", "ana.csr", "--authority", board, "--out", "answer.crt", "--yes")
    done("identity", "adopt", "answer.crt", "--as", ana, "--out", "issued.p12")
    done("report", visit, "--edition", "internal", "--out", "r.pdf")
    done("sign", "r.pdf", "--as", "issued.p12")
    done("sign", "r.pdf", "--role", "chair", "--as", "issued.p12")
    checked = done("verify", "r.pdf", "--json", "--as", "issued.p12").json
    assert checked["valid"]
    assert checked["signers"][0]["trusted"]


def test_nothing_that_exists_is_written_over(done, run, ana, board):
    done("identity", "request", "--as", ana, "--out", "ana.csr")
    done("identity", "issue", "ana.csr", "--authority", board, "--out", "answer.crt", "--yes")
    before = {file: file.read_bytes() for file in Path().iterdir() if file.is_file()}
    for words in (
        ["authority", "create", "--name", "B", "--out", "root.p12", "--no-passphrase"],
        ["authority", "create", "--name", "B", "--out", "root.pfx", "--no-passphrase"],
        ["request", "--as", ana, "--out", "ana.csr"],
        ["issue", "ana.csr", "--authority", board, "--out", "answer.crt", "--yes"],
        ["adopt", "answer.crt", "--as", ana, "--out", "ana.p12"],
    ):
        ended = run("identity", *words)
        assert ended.code == 1
        assert "exists" in ended.err
    assert {file: file.read_bytes() for file in Path().iterdir() if file.is_file()} == before


def test_a_root_is_nobodys_identity_and_an_identity_no_root(run, done, casebook, ana, board):
    for words in (["facility", "add", "--name", "N"], ["identity", "show"]):
        ended = run(*words, "--as", board)
        assert ended.code == 1
        assert "key of an authority" in ended.complaint
    done("identity", "request", "--as", ana, "--out", "ana.csr")
    ended = run("identity", "issue", "ana.csr", "--authority", ana, "--out", "a.crt", "--yes")
    assert ended.code == 1
    assert "key of a person" in ended.err


def test_a_protected_root_needs_its_passphrase(run, done, ana):
    Path("secret.txt").write_text("river stone", encoding="utf-8")
    done("identity", "authority", "create", "--name", "B", "--out", "root.p12", "--passphrase-file", "secret.txt")
    done("identity", "request", "--as", ana, "--out", "ana.csr")
    words = ["identity", "issue", "ana.csr", "--authority", "root.p12", "--out", "a.crt", "--yes"]
    assert run(*words).code == 1
    done(*words, "--passphrase-file", "secret.txt")


# -- one passphrase, or two


def test_two_passphrases_open_casebook_and_identity_from_two_files(done, run):
    Path("book.txt").write_text("river stone", encoding="utf-8")
    Path("key.txt").write_text("lamp post", encoding="utf-8")
    done("casebook", "create", "--passphrase-file", "book.txt")
    done("identity", "create", "--name", "Ana", "--out", "ana.p12", "--passphrase-file", "key.txt")
    words = ["facility", "add", "--name", "One", "--as", "ana.p12", "--passphrase-file", "book.txt"]
    refused = run(*words)
    assert refused.code == 1
    assert "does not open the identity" in refused.complaint
    assert "--identity-passphrase-file" in refused.complaint
    done(*words, "--identity-passphrase-file", "key.txt")
    assert done("identity", "show", "--as", "ana.p12", "--identity-passphrase-file", "key.txt", "--json").json["name"]


def test_an_identity_made_beside_an_encrypted_casebook_has_its_passphrase_or_its_own(done, run):
    Path("book.txt").write_text("river stone", encoding="utf-8")
    Path("key.txt").write_text("lamp post", encoding="utf-8")
    done("casebook", "create", "--passphrase-file", "book.txt")
    done("facility", "add", "--name", "One", "--passphrase-file", "book.txt", "--identity-passphrase-file", "key.txt")
    assert run("identity", "show", "--passphrase-file", "book.txt").code == 1
    done("identity", "show", "--passphrase-file", "key.txt")

"""A key on a token, by commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pdf_tools import run as tool
from tests.token_tools import PIN


@pytest.fixture
def card(done, softhsm) -> str:
    Path("pin.txt").write_text(PIN, encoding="utf-8")
    Path("book.txt").write_text("river stone", encoding="utf-8")
    words = ("identity", "token", "--module", softhsm, "--token-label", "card", "--key-label", "signing")
    named = ("--name", "Ana Example", "--out", "ana.token")
    made = done(*words, *named, "--identity-passphrase-file", "pin.txt")
    assert "its key stays on the token" in made.out
    return "ana.token"


def test_a_token_stands_wherever_an_identity_does(done, run, visit, card):
    done("record", visit, "hygiene.showers", "--assessment", "met", "--as", card)
    done("report", visit, "--edition", "internal", "--out", "r.pdf")
    refused = run("sign", "r.pdf", "--as", card)
    assert refused.code == 1
    assert "PIN of the token" in refused.complaint
    done("sign", "r.pdf", "--as", card, "--identity-passphrase-file", "pin.txt")
    done("sign", "r.pdf", "--role", "chair", "--as", card, "--identity-passphrase-file", "pin.txt")
    checked = done("verify", "r.pdf", "--json", "--as", card).json
    assert (checked["valid"], checked["signers"][0]["name"]) == (True, "Ana Example")
    assert checked["signers"][0]["trusted"]
    assert "Signature is Valid" in tool("pdfsig", "r.pdf").stdout
    assert done("identity", "show", "--json", "--as", card).json["name"] == "Ana Example"
    done("identity", "export", "--as", card, "--out", "ana.crt")


def test_the_casebooks_passphrase_is_never_tried_on_a_token_which_would_lock_itself(done, run, card, monkeypatch):
    from inspect_kit.identity import tokens

    tried: list[str | None] = []
    real = tokens.signing
    monkeypatch.setattr(tokens, "signing", lambda token, pin, key: (tried.append(pin), real(token, pin, key))[1])
    shared = ("--casebook", "a.casebook", "--passphrase-file", "book.txt", "--as", card)
    done("casebook", "create", *shared)
    done("facility", "add", "--name", "One", *shared)
    assert run("identity", "request", "--out", "a.csr", *shared).code == 1
    assert tried == [None]
    done("identity", "request", "--out", "a.csr", *shared, "--identity-passphrase-file", "pin.txt")
    assert tried == [None, PIN]


def test_a_token_that_cannot_be_used_makes_no_file(run, card, softhsm):
    words = ("identity", "token", "--module", softhsm, "--token-label", "card", "--key-label", "signing")
    ended = run(*words, "--name", "Ana", "--out", "b.token")
    assert ended.code == 1
    assert "PIN of the token “card” is needed" in ended.complaint
    assert "--name" in run(*words, "--out", "b.token", "--identity-passphrase-file", "pin.txt").complaint
    assert not Path("b.token").exists()

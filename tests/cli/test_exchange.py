"""Two people, two casebooks, a stick: share, sync, settle, history, and what doctor and verify tell of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ended

Run = Callable[..., Ended]


@pytest.fixture
def two(run: Run, done: Run) -> dict[str, str]:
    """Ines has a visit in a.casebook; Omar's b.casebook is empty."""
    for name in ("a", "b"):
        done("casebook", "create", "--no-passphrase", "--casebook", f"{name}.casebook")
    for name in ("Ines Example", "Omar Example"):
        done("identity", "create", "--name", name, "--no-passphrase", "--out", f"{name[:4].lower()}.p12")
    work = ["--casebook", "a.casebook", "--as", "ines.p12"]
    done(*work, "facility", "add", "--name", "Prison Example-North", "--held", "women=40")
    where = [
        "--facility",
        "Prison Example-North",
        "--kind",
        "thematic",
        "--starts",
        "2026-11-03",
        "--theme",
        "searches",
    ]
    visit = done(*work, "visit", "new", *where, "--json").json["id"]
    return {"visit": visit, "ines": "ines.p12", "omar": "omar.p12"}


def as_ines(*words: str) -> list[str]:
    return ["--casebook", "a.casebook", "--as", "ines.p12", *words]


def as_omar(*words: str) -> list[str]:
    return ["--casebook", "b.casebook", "--as", "omar.p12", *words]


def test_a_visit_travels_to_a_colleague_and_back(two, done) -> None:
    visit = two["visit"]
    told = done(*as_ines("share", visit, "--to", "s.casebook", "--json")).json
    assert (told["visits"], told["encrypted"]) == ([visit], False)
    (file,) = done(*as_omar("sync", "s.casebook", "--json")).json["files"]
    assert (file["taken"], file["known"], file["refused"], file["waiting"]) == (told["entries"], 0, [], 0)
    done(*as_omar("record", visit, "searches.privacy", "--assessment", "not-met", "--note", "Hatch open."))
    (file,) = done(*as_omar("sync", "s.casebook", "--give", "--json")).json["files"]
    assert file["given"] == 1
    assert "Took 1 entry from s.casebook" in done(*as_ines("sync", "s.casebook")).out
    (finding,) = done(*as_ines("visit", "show", visit, "--json")).json["findings"]
    assert (finding["narrative"], finding["author"]) == ("Hatch open.", "Omar Example")


@pytest.fixture
def differ(two, done) -> str:
    """Both have judged one item apart, and Ines has both views."""
    visit = two["visit"]
    done(*as_ines("share", visit, "--to", "s.casebook"))
    done(*as_omar("sync", "s.casebook"))
    done(*as_ines("record", visit, "searches.privacy", "--assessment", "met", "--note", "Door shut."))
    done(*as_omar("record", visit, "searches.privacy", "--assessment", "not-met", "--note", "Hatch open."))
    done(*as_omar("sync", "s.casebook", "--give"))
    assert "different views on 1 thing" in done(*as_ines("sync", "s.casebook")).out
    return visit


def test_two_views_are_shown_and_settled_by_taking_one(differ, done, run) -> None:
    shown = done(*as_ines("visit", "show", differ, "--json")).json
    (conflict,) = shown["conflicts"]
    assert {side["value"]["narrative"] for side in conflict["sides"]} == {"Door shut.", "Hatch open."}
    text = done(*as_ines("visit", "show", differ)).out
    side = next(side for side in conflict["sides"] if side["author"] == "Omar Example")
    assert side["entry"][:12] in text
    refused = run(*as_ines("settle", differ, "searches.privacy", "--take", "ffffff"))
    assert refused.code == 1
    assert "first letters" in refused.complaint
    left = done(*as_ines("settle", differ, "searches.privacy", "--take", side["entry"][:8], "--json")).json
    assert left == {"conflicts": []}
    (finding,) = done(*as_ines("visit", "show", differ, "--json")).json["findings"]
    assert (finding["assessment"], finding["conflict"]) == ("not-met", None)


def test_history_shows_every_entry_with_what_it_replaced(differ, done) -> None:
    steps = done(*as_ines("history", differ, "searches.privacy", "--json")).json
    assert [(step["kind"], step["author"], step["redacted"]) for step in steps] == [
        ("judge", "Ines Example", False),
        ("judge", "Omar Example", False),
    ]
    assert set(steps[0]) >= {"entry", "kind", "subject", "aspect", "author", "stamp", "replaces", "redacted"}
    whole = done(*as_ines("history", differ)).out
    assert "freeze-checklist" in whole
    assert max(map(len, whole.split("\n"))) <= 80


def test_doctor_and_verify_tell_whose_entries_are_sealed(differ, done) -> None:
    doctor = done(*as_ines("doctor", "--json")).json
    assert {(chain["author"], chain["sealed"] == chain["entries"]) for chain in doctor["chains"]} == {
        ("Ines Example", True),
        ("Omar Example", True),
    }
    done(*as_ines("record", differ, "searches.register", "--assessment", "met"))
    assert "not all of Ines Example" in done(*as_ines("doctor")).out
    before = Path("s.casebook").read_bytes()
    verified = done(*as_ines("verify", "s.casebook", "--json")).json
    assert verified["valid"]
    assert {signer["name"]: signer["valid"] for signer in verified["signers"]} == {
        "Ines Example": True,
        "Omar Example": True,
    }
    assert Path("s.casebook").read_bytes() == before


def test_an_altered_casebook_does_not_verify_and_is_not_taken(differ, run, done) -> None:
    data = Path("s.casebook").read_bytes()
    at = data.index(b"Hatch open.")
    Path("forged.casebook").write_bytes(data[:at] + b"Hatch shut." + data[at + 11 :])
    verified = run(*as_ines("verify", "forged.casebook", "--json"))
    assert verified.code == 3
    assert not verified.json["valid"]
    taken = run("--casebook", "a.casebook", "--as", "ines.p12", "sync", "forged.casebook", "--json")
    assert taken.code == 3
    (file,) = taken.json["files"]
    assert [("altered" in one["reason"], len(one["entry"])) for one in file["refused"]] == [(True, 64)]
    assert done(*as_ines("doctor", "--json")).json["sound"]


def test_a_file_that_is_none_is_told_and_the_next_is_taken(two, done, run) -> None:
    done(*as_ines("share", two["visit"], "--to", "s.casebook"))
    Path("notes.txt").write_text("shopping list")
    ended = run(*as_omar("sync", "notes.txt", "s.casebook", "--json"))
    assert ended.code == 1
    first, second = ended.json["files"]
    assert (first["taken"], len(first["refused"])) == (0, 1)
    assert second["taken"] > 0
    assert "notes.txt" in ended.err
    assert ended.err.count("\n") == 1


def test_an_encrypted_casebook_shares_encrypted(two, done, run) -> None:
    Path("words").write_text("long words\n")
    key = ["--casebook", "c.casebook", "--passphrase-file", "words"]
    done("casebook", "create", *key)
    done(*as_ines("share", two["visit"], "--to", "s.casebook"))
    done(*key, "--as", "omar.p12", "sync", "s.casebook")
    assert done(*key, "--as", "omar.p12", "share", two["visit"], "--to", "e.casebook", "--json").json["encrypted"]
    refused = run(*as_ines("sync", "e.casebook"))
    assert refused.code == 1
    assert "passphrase" in refused.complaint
    assert "Took 0 entries" in done(*as_ines("sync", "e.casebook", "--file-passphrase-file", "words")).out


def test_a_recommendation_is_reworded_and_taken_back(two, done, run) -> None:
    visit = two["visit"]
    words = ["--text", "Close the hatch.", "--to", "Director", "--finding", "searches.privacy"]
    done(*as_ines("recommend", visit, *words))
    done(*as_ines("recommend", visit, "--reword", "1", "--due", "2026-12-01"))
    (asked,) = done(*as_ines("visit", "show", visit, "--json")).json["recommendations"]
    assert (asked["text"], asked["due"]) == ("Close the hatch.", "2026-12-01")
    assert "No recommendation “7”" in run(*as_ines("recommend", visit, "--withdraw", "7")).complaint
    done(*as_ines("recommend", visit, "--withdraw", "1"))
    assert done(*as_ines("visit", "show", visit, "--json")).json["recommendations"] == []

"""Facilities and their profiles."""

from pathlib import Path

import pytest


def test_a_facility_is_added_and_listed_with_everything_that_was_said(done, casebook):
    Path("profile.yaml").write_text("women: 90\npregnant: 3\n", encoding="utf-8")
    id_ = done(
        *("facility", "add", "--name", "Example-West", "--place", "Westtown", "--country", "Exampleland"),
        *("--authority", "Prison Service", "--capacity", "120", "--profile", "profile.yaml", "--held", "pregnant=4"),
        *("--held", "girls=0", "--json"),
    ).json["id"]
    assert done("facility", "list", "--json").json == [
        {
            "id": id_,
            "name": "Example-West",
            "place": "Westtown",
            "country": "Exampleland",
            "authority": "Prison Service",
            "capacity": 120,
            "held": {"women": 90, "girls": 0, "pregnant": 4},
        }
    ]
    table = done("facility", "list").out
    assert id_[-6:] in table
    assert "Example-West" in table
    assert "120" in table


def test_an_empty_list_says_how_to_begin(done, casebook):
    assert "facility add" in done("facility", "list").out
    assert done("facility", "list", "--json").json == []


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ("women: -4", "0 or more"),
        ("women: [", "no YAML"),
        ("women: many", "whole number"),
        ("women: 2.5", "whole number"),
        ("ghosts: 3", "ghosts"),
        ("- women", "one a line"),
        ("women: 2024-13-45", "no YAML"),
        ("women: 5\npregnant: 9", "only 5"),
        ("women: !!python/object/apply:os.getcwd []", "no YAML"),
        ("[" * 9000, "no YAML"),
    ],
)
def test_a_profile_that_cannot_be_is_refused_in_one_line_and_nothing_is_added(profile, said, run, done, casebook):
    Path("profile.yaml").write_text(profile, encoding="utf-8")
    ended = run("facility", "add", "--name", "Example-West", "--profile", "profile.yaml")
    assert ended.code == 1
    assert said in ended.complaint
    assert done("facility", "list", "--json").json == []
    assert said in run("checklist", "generate", "--profile", "profile.yaml").complaint


def test_a_profile_file_that_is_missing_no_file_or_no_text_is_refused(run, casebook):
    Path("picture.yaml").write_bytes(b"\xff\xfe\x00")
    for name, said in (("nowhere.yaml", "is not there"), (".", "not an ordinary file"), ("picture.yaml", "no text")):
        ended = run("facility", "add", "--name", "N", "--profile", name)
        assert ended.code == 1
        assert said in ended.complaint


@pytest.mark.parametrize("held", ["pregnant", "pregnant=", "pregnant=three", "=3", "ghosts=3", "pregnant=-1"])
def test_a_group_that_cannot_be_read_is_refused(held, run, casebook):
    ended = run("facility", "add", "--name", "N", "--held", held)
    assert ended.code == 1
    assert ended.complaint


@pytest.mark.parametrize(
    "words",
    [["--name", "  "], ["--name", "N", "--capacity", "-1"], ["--name", "a\nb"], ["--name", "N", "--place", "\x1b[2J"]],
    ids=["empty name", "negative places", "name of two lines", "control characters"],
)
def test_details_that_cannot_be_kept_are_refused(words, run, done, casebook):
    ended = run("facility", "add", *words)
    assert ended.code == 1
    assert "\x1b" not in ended.complaint
    assert done("facility", "list", "--json").json == []

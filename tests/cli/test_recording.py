"""Judgements, evidence and recommendations."""

import hashlib
from pathlib import Path

import pytest

from inspect_kit.model import Assessment, EvidenceKind


@pytest.mark.parametrize("assessment", Assessment)
def test_each_assessment_is_recorded_under_its_name(assessment, done, visit, hold):
    reason = ["--reason", "No time."] if assessment.needs_reason else []
    ended = done("record", visit, "hygiene.showers", "--assessment", assessment, *reason)
    assert assessment.label in ended.out
    assert hold(visit)["findings"][0]["assessment"] == assessment.value


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["hygiene.nothing", "--assessment", "met"], "hygiene.nothing"),
        (["hygiene.showers", "--assessment", "splendid"], "met, partly-met, not-met, not-applicable, not-verified"),
        (["hygiene.showers", "--assessment", "met", "--priority", "now"], "urgent, high, normal"),
        (["hygiene.showers", "--assessment", "not-verified"], "--reason"),
        (["hygiene.showers", "--assessment", "not-applicable", "--reason", " "], "--reason"),
        (["hygiene.showers", "--assessment", "met", "--reason", "a\x1bb"], "control characters"),
        (["", "--assessment", "met"], "No item"),
        (["searches.privacy\nb", "--assessment", "met"], "No item"),
    ],
)
def test_a_judgement_that_cannot_be_taken_is_refused_in_one_line_and_nothing_is_recorded(words, said, run, visit, hold):
    ended = run("record", visit, *words)
    assert ended.code == 1
    assert said in ended.complaint
    assert hold(visit)["findings"] == []


def test_a_judgement_on_an_unknown_visit_is_refused_in_one_line(run, visit):
    ended = run("record", "NOSUCHVISIT", "hygiene.showers", "--assessment", "met")
    assert ended.code == 1
    assert "NOSUCHVISIT" in ended.complaint


def test_an_assessment_may_be_written_as_people_write(done, visit, hold):
    done("record", visit, "hygiene.showers", "--assessment", "Partly met")
    assert hold(visit)["findings"][0]["assessment"] == "partly-met"


def test_a_second_judgement_keeps_the_note_that_stands_unless_a_new_one_is_given(done, visit, hold):
    done(
        "record",
        visit,
        "hygiene.showers",
        "--assessment",
        "not-verified",
        "--reason",
        "Locked.",
        "--note",
        "Door shut.",
    )
    done("record", visit, "hygiene.showers", "--assessment", "not-verified", "--priority", "high")
    (finding,) = hold(visit)["findings"]
    assert (finding["narrative"], finding["reason"], finding["priority"]) == ("Door shut.", "Locked.", "high")
    done("record", visit, "hygiene.showers", "--assessment", "met")
    (finding,) = hold(visit)["findings"]
    assert (finding["narrative"], finding["reason"], finding["priority"]) == ("Door shut.", "", "high")
    done("record", visit, "hygiene.showers", "--assessment", "met", "--note", "")
    assert hold(visit)["findings"][0]["narrative"] == ""


def test_who_judges_over_other_views_is_told_so(at_work, omar, done):
    from tests.conftest import enrol

    at_work.casebook.judge(at_work.visit, "hygiene.showers", Assessment.MET)
    enrol(at_work.casebook, omar)
    at_work.casebook.judge(at_work.visit, "hygiene.showers", Assessment.NOT_MET, seen=[])
    ended = done("record", at_work.visit, "hygiene.showers", "--assessment", "partly-met", "--casebook", at_work.path)
    assert "2 views stood on hygiene.showers" in ended.err
    assert done("visit", "show", at_work.visit, "--json", "--casebook", at_work.path).json["conflicts"] == []


def test_evidence_is_kept_with_all_that_was_said_and_its_file(done, visit, hold):
    Path("log.pdf").write_bytes(b"%PDF-1.7 a scan")
    id_ = done(
        *(
            "evidence",
            "add",
            visit,
            "hygiene.showers",
            "--kind",
            "document",
            "--note",
            "Log of May",
            "--place",
            "Office",
        ),
        *("--when", "4 Nov, 10:00", "--group", "officers", "--interviewee", "S1", "--consent", "authority"),
        *("--file", "log.pdf", "--json"),
    ).json["id"]
    (finding,) = hold(visit)["findings"]
    (source,) = finding["evidence"]
    assert source.pop("author")
    assert source.pop("recorded")
    assert source == {
        "id": id_,
        "kind": "document",
        "note": "Log of May",
        "place": "Office",
        "when": "4 Nov, 10:00",
        "group": "officers",
        "interviewee": "S1",
        "consent": "authority",
        "attachment": {
            "digest": hashlib.sha256(b"%PDF-1.7 a scan").hexdigest(),
            "name": "log.pdf",
            "media_type": "application/pdf",
            "size": 15,
        },
    }


def test_evidence_prints_its_id(done, visit, hold):
    printed = done("evidence", "add", visit, "hygiene.showers", "--kind", "observation", "--note", "Cold").out
    assert hold(visit)["findings"][0]["evidence"][0]["id"] == printed.strip()


@pytest.mark.parametrize("kind", EvidenceKind)
def test_what_a_person_said_without_consent_is_recorded_and_the_inspector_is_told_what_that_means(
    kind, done, visit, hold
):
    ended = done("evidence", "add", visit, "hygiene.showers", "--kind", kind, "--note", "Cold")
    assert ("enters no report" in ended.err) is kind.needs_consent
    assert hold(visit)["findings"][0]["evidence"][0]["consent"] == "none"
    assert (
        "report"
        not in done(
            "evidence", "add", visit, "hygiene.showers", "--kind", kind, "--note", "Warm", "--consent", "internal"
        ).err
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["hygiene.nothing", "--kind", "observation", "--note", "x"], "hygiene.nothing"),
        (["hygiene.showers", "--kind", "rumour", "--note", "x"], "observation, interview"),
        (["hygiene.showers", "--kind", "interview", "--note", "x", "--consent", "maybe"], "none, internal"),
        (["hygiene.showers", "--kind", "observation"], "is empty"),
        (["hygiene.showers", "--kind", "photo", "--file", "nowhere.jpg"], "nowhere.jpg is not there"),
        (["hygiene.showers", "--kind", "photo", "--file", "."], "not an ordinary file"),
        (["hygiene.showers", "--kind", "observation", "--note", "x", "--place", "a\nb"], "one line"),
    ],
)
def test_evidence_that_cannot_be_taken_is_refused_in_one_line_and_nothing_is_recorded(words, said, run, visit, hold):
    ended = run("evidence", "add", visit, *words)
    assert ended.code == 1
    assert said in ended.complaint
    assert hold(visit)["findings"] == []


def test_recommendations_are_numbered_as_they_are_made(done, visit):
    words = ["recommend", visit, "--text", "Repair them.", "--to", "Director", "--finding", "hygiene.showers"]
    assert done(*words, "--json").json["number"] == 1
    assert done(*words).out.startswith("Recommendation 2: ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--finding", "hygiene.nothing"], "hygiene.nothing"),
        (["--finding", "hygiene.showers", "--due", "31.2.2026"], "31.2.2026"),
        (["--finding", "hygiene.showers", "--priority", "now"], "urgent, high, normal"),
        (["--finding", "hygiene.showers", "--text", " "], "is empty"),
        (["--finding", "hygiene.showers", "--to", " "], "addressee"),
    ],
)
def test_a_recommendation_that_cannot_be_taken_is_refused_in_one_line(words, said, run, visit, hold):
    ended = run("recommend", visit, "--text", "Repair them.", "--to", "Director", *words)
    assert ended.code == 1
    assert said in ended.complaint
    assert hold(visit)["recommendations"] == []


@pytest.mark.parametrize(
    "words",
    [
        ["record", "V", "hygiene.showers"],
        ["evidence", "add", "V", "hygiene.showers", "--note", "x"],
        ["recommend", "V", "--text", "x", "--to", "y"],
        ["record", "V", "hygiene.showers", "--assessment", "met", "--colour", "red"],
    ],
)
def test_a_command_that_lacks_something_is_wrong_usage(words, run, visit):
    ended = run(*[visit if word == "V" else word for word in words])
    assert ended.code == 2
    assert ended.out == ""

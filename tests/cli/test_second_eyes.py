"""A second pair of eyes, contradicting sources and changed consent, by command."""

import pytest


def test_a_colleague_returns_a_judgement_and_the_visit_shows_it(visit, done, run, hold):
    done("record", visit, "hygiene.showers", "--assessment", "not-met", "--note", "Cold.")
    assert "your own judgement" in run("review", visit, "hygiene.showers", "--accept").complaint
    done("identity", "create", "--name", "Kate Example", "--out", "kate.p12", "--no-passphrase")
    done("review", visit, "hygiene.showers", "--return", "How many?", "--as", "kate.p12")
    [finding] = hold(visit)["findings"]
    assert finding["review"]["verdict"] == "returned"
    assert finding["review"]["comment"] == "How many?"
    assert finding["review"]["current"] is True
    assert "Returned by Kate Example: How many?" in done("visit", "show", visit).out
    done("record", visit, "hygiene.showers", "--assessment", "partly-met")
    assert hold(visit)["findings"][0]["review"]["current"] is False
    assert "the judgement has changed since" in done("visit", "show", visit).out


@pytest.mark.parametrize("words", [[], ["--accept", "--return", "both"]])
def test_a_review_needs_one_verdict(words, visit, run):
    assert run("review", visit, "hygiene.showers", *words).code == 2


def test_contradicting_sources_are_marked(visit, done, hold):
    done("mark", visit, "hygiene.showers", "--contradiction")
    assert hold(visit)["findings"][0]["contradiction"] is True
    assert "sources contradict each other" in done("visit", "show", visit).out
    done("mark", visit, "hygiene.showers", "--no-contradiction")
    assert hold(visit)["findings"][0]["contradiction"] is False


def test_she_restricts_what_she_said(visit, done, run, hold):
    words = ["--kind", "interview", "--note", "Cold.", "--consent", "public", "--json"]
    source = done("evidence", "add", visit, "hygiene.showers", *words).json["id"]
    done("evidence", "consent", visit, source, "--to", "none")
    assert hold(visit)["findings"][0]["evidence"][0]["consent"] == "none"
    assert "No evidence" in run("evidence", "consent", visit, "NOBODY", "--to", "none").complaint

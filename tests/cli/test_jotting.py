"""Quick notes by commands: kept at once, sorted later."""

import pytest


@pytest.fixture
def note(done, visit) -> str:
    """The id of a quick note that waits in the visit."""
    words = ("jot", visit, "no soap for two weeks [/b]", "--place", "washrooms", "--when", "4 Nov, 10:40", "--json")
    return str(done(*words).json["id"])


def test_a_quick_note_waits_with_its_place_and_time_until_it_is_filed(done, visit, note, hold):
    (waiting,) = hold(visit)["quick_notes"]
    assert (waiting["id"], waiting["text"]) == (note, "no soap for two weeks [/b]")
    assert (waiting["place"], waiting["when"]) == ("washrooms", "4 Nov, 10:40")
    id_ = done("file", visit, note[-6:].lower(), "hygiene.without-money").out.strip()
    held = hold(visit)
    assert held["quick_notes"] == []
    (source,) = held["findings"][0]["evidence"]
    assert (source["id"], source["kind"], source["note"]) == (id_, "observation", "no soap for two weeks [/b]")
    assert (source["place"], source["when"], source["consent"]) == ("washrooms", "4 Nov, 10:40", "none")


def test_the_inbox_names_the_likeliest_items(done, visit, note):
    (waiting,) = done("inbox", visit, "--json").json
    assert "hygiene.without-money" in waiting["likely"]
    said = done("inbox", visit).out
    assert note[-6:] in said
    assert "no soap for two weeks [/b]" in said
    assert "hygiene.without-money" in said


def test_an_empty_inbox_says_so(done, visit):
    assert "No quick note waits" in done("inbox", visit).out
    assert done("inbox", visit, "--json").json == []


def test_the_visit_says_how_many_wait(done, visit, note):
    assert "1 quick note" in done("visit", "show", visit).out


def test_a_quick_note_filed_as_an_interview_tells_that_consent_is_missing(done, visit, note, hold):
    ended = done("file", visit, note, "hygiene.showers", "--kind", "Staff interview")
    assert "No consent is recorded" in ended.err
    assert hold(visit)["findings"][0]["evidence"][0]["kind"] == "staff-interview"


def test_three_letters_are_too_few_to_name_a_quick_note(run, visit, note):
    ended = run("file", visit, note[-3:], "hygiene.showers")
    assert ended.code != 0
    assert "No quick note" in ended.complaint


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["jot", "{visit}", " "], "The quick note is empty"),
        (["jot", "NOSUCHVISIT", "seen"], "No visit"),
        (["file", "{visit}", "NOSUCHNOTE", "hygiene.showers"], "No quick note"),
        (["file", "{visit}", "{note}", "hygiene.nothing"], "No item"),
        (["file", "{visit}", "{note}", "hygiene.showers", "--kind", "rumour"], "observation, interview"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line_and_the_note_waits(words, said, run, visit, note, hold):
    ended = run(*(word.format(visit=visit, note=note) for word in words))
    assert ended.code != 0
    assert said in ended.complaint
    assert [waiting["id"] for waiting in hold(visit)["quick_notes"]] == [note]
    assert hold(visit)["findings"] == []

"""Visits: planned, listed, shown."""

import json

import pytest

from inspect_kit.cli.visit_views import as_document
from inspect_kit.model import Assessment


def _plan(*more: str) -> list[str]:
    return ["visit", "new", "--facility", "Example-West", "--starts", "2026-11-04", *more]


def test_a_visit_is_planned_with_all_that_was_said(done, facility, hold):
    earlier = done(*_plan("--kind", "full", "--json")).json["id"]
    id_ = done(
        *_plan("--kind", "follow-up", "--ends", "6 Nov 2026", "--announced", "--purpose", "To see what changed"),
        *("--theme", "searches", "--rule", "5", "--follow-up", earlier[-6:].lower()),
        *(
            "--member",
            "Ana Example;leader;woman;lawyer",
            "--member",
            "Bo Example",
            "--member",
            "Ed Example;observer;man",
        ),
        *("--member", "Kim Example;interpreter;-", "--json"),
    ).json["id"]
    held = hold(id_)
    assert held["follow_up"] == earlier
    assert (held["kind"], held["starts"], held["ends"]) == ("follow-up", "2026-11-04", "2026-11-06")
    assert held["announced"] is True
    assert held["purpose"] == "To see what changed"
    assert held["scope"] == {"themes": ["searches"], "rules": [5], "items": [], "minutes": 0}
    assert held["team"] == [
        {"name": "Ana Example", "role": "leader", "woman": True, "profession": "lawyer"},
        {"name": "Bo Example", "role": "inspector", "woman": None, "profession": ""},
        {"name": "Ed Example", "role": "observer", "woman": False, "profession": ""},
        {"name": "Kim Example", "role": "interpreter", "woman": None, "profession": ""},
    ]


def test_the_list_of_visits_has_the_promised_shape_and_the_latest_first(done, facility):
    first = done(*_plan("--kind", "full", "--json")).json["id"]
    second = done(
        "visit",
        "new",
        "--facility",
        facility,
        "--kind",
        "ad-hoc",
        "--starts",
        "5.12.2026",
        "--theme",
        "searches",
        "--json",
    ).json["id"]
    listed = done("visit", "list", "--json").json
    assert [{name: found[name] for name in ("id", "facility", "kind", "state", "starts")} for found in listed] == [
        {"id": second, "facility": "Example-West", "kind": "ad-hoc", "state": "planned", "starts": "2026-12-05"},
        {"id": first, "facility": "Example-West", "kind": "full", "state": "planned", "starts": "2026-11-04"},
    ]
    table = done("visit", "list").out
    assert table.index(second[-6:]) < table.index(first[-6:])
    assert max(map(len, table.split("\n"))) <= 80


def test_where_no_theme_is_named_everything_is_inspected(done, facility, hold):
    plain = done(*_plan("--kind", "full", "--json")).json["id"]
    explicit = done(*_plan("--kind", "full", "--everything", "--json")).json["id"]
    assert hold(plain)["checklist"] == hold(explicit)["checklist"]
    assert len(hold(plain)["progress"]["themes"]) > 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--kind", "surprise"], "full, thematic, follow-up, ad-hoc"),
        (["--kind", "thematic"], "--theme"),
        (["--kind", "thematic", "--everything"], "--theme"),
        (["--kind", "full", "--everything", "--theme", "hygiene"], "--everything"),
        (["--kind", "full", "--theme", "gardening"], "gardening"),
        (["--kind", "full", "--rule", "999"], "999"),
        (["--kind", "full", "--starts", "31.2.2026"], "31.2.2026"),
        (["--kind", "full", "--ends", "soon"], "soon"),
        (["--kind", "full", "--ends", "2026-11-03"], "before it starts"),
        (["--kind", "full", "--facility", "Example-East"], "Example-East"),
        (["--kind", "full", "--member", "Ana;captain"], "captain"),
        (["--kind", "full", "--member", "Ana;leader;perhaps"], "perhaps"),
        (["--kind", "full", "--member", ";leader"], "name"),
        (["--kind", "full", "--member", "a;leader;woman;b;c"], "too many"),
        (["--kind", "follow-up", "--follow-up", "NOSUCHVISIT"], "NOSUCHVISIT"),
    ],
)
def test_a_visit_that_cannot_be_planned_is_refused_in_one_line_and_nothing_is_planned(words, said, run, done, facility):
    ended = run(*_plan(*words))
    assert ended.code == 1
    assert said in ended.complaint
    assert done("visit", "list", "--json").json == []


@pytest.mark.parametrize("words", [["--kind", "full", "--rule", "five"], []])
def test_wrong_usage_ends_with_two(words, run, facility):
    ended = run(*_plan(*words))
    assert ended.code == 2
    assert ended.err.startswith("Usage: inspect-kit visit new")


def test_a_visit_is_shown_in_the_promised_shape(done, visit, hold):
    done("evidence", "add", visit, "hygiene.showers", "--kind", "observation", "--note", "Two of ten work.")
    done("record", visit, "hygiene.showers", "--assessment", "not-met", "--note", "Too few.", "--priority", "urgent")
    number = done(
        *("recommend", visit, "--text", "Repair them.", "--to", "Director", "--due", "2026-12-01"),
        *("--finding", "hygiene.showers", "--priority", "high", "--json"),
    ).json
    held = hold(visit)
    assert held["id"] == visit
    assert held["facility"] == "Example-West"
    assert held["kind"] == "thematic"
    assert held["state"] == "inspecting"
    assert [member["name"] for member in held["team"]] == ["Ana Example"]
    counted = {name: held["progress"][name] for name in ("done", "urgent", "evidence", "conflicts")}
    assert counted == {"done": 1, "urgent": 1, "evidence": 1, "conflicts": 0}
    (theme,) = held["progress"]["themes"]
    assert theme["theme"] == "hygiene"
    assert theme["items"] == held["progress"]["items"]
    (finding,) = held["findings"]
    (source,) = finding.pop("evidence")
    assert finding.pop("recorded")
    assert finding.pop("author")
    assert finding == {
        "item": "hygiene.showers",
        "clauses": ["BR-5"],
        "assessment": "not-met",
        "reason": "",
        "narrative": "Too few.",
        "priority": "urgent",
        "conflict": None,
        "contradiction": False,
        "review": None,
        "comments": [],
    }
    assert source["kind"] == "observation"
    assert source["note"] == "Two of ten work."
    assert source["attachment"] is None
    (recommendation,) = held["recommendations"]
    assert {name: recommendation[name] for name in ("id", "number", "text", "to", "due", "priority", "findings")} == {
        "id": number["id"],
        "number": 1,
        "text": "Repair them.",
        "to": "Director",
        "due": "2026-12-01",
        "priority": "high",
        "findings": ["hygiene.showers"],
    }
    assert recommendation["response"] is None
    assert recommendation["progress"] == []


def test_two_judgements_that_did_not_see_each_other_are_both_shown(at_work, omar, done):
    from tests.conftest import enrol

    at_work.casebook.judge(at_work.visit, "hygiene.showers", Assessment.MET, narrative="All ran.")
    enrol(at_work.casebook, omar)
    at_work.casebook.judge(at_work.visit, "hygiene.showers", Assessment.NOT_MET, narrative="None ran.", seen=[])
    held = done("visit", "show", at_work.visit, "--json", "--casebook", at_work.path).json
    (finding,) = held["findings"]
    assert finding["conflict"]["aspect"] == "judgement"
    sides = {side["author"]: side for side in finding["conflict"]["sides"]}
    assert sides["Ines Example"]["value"]["assessment"] == "met"
    assert sides["Omar Example"]["value"]["assessment"] == "not-met"
    assert all(side["stamp"] for side in sides.values())
    assert held["progress"]["conflicts"] == 1
    assert held["conflicts"][0]["subject"] == "finding:hygiene.showers"
    text = done("visit", "show", at_work.visit, "--casebook", at_work.path).out
    assert "Different views" in text
    assert "All ran." in text
    assert "None ran." in text
    assert "Differ" in done("visit", "list", "--casebook", at_work.path).out


def test_a_visit_is_found_by_the_end_of_its_id(done, visit, hold):
    assert hold(visit[-6:].lower())["id"] == visit


def test_an_unknown_visit_is_refused_in_one_line(run, visit):
    ended = run("visit", "show", "NOSUCHVISIT", "--json")
    assert ended.code == 1
    assert "NOSUCHVISIT" in ended.complaint
    assert "visit list" in ended.complaint


def test_a_visit_reads_well_at_eighty_columns(done, visit):
    done(
        *("evidence", "add", visit, "hygiene.showers", "--kind", "interview", "--note", "Cold since May. " * 20),
        *("--interviewee", "W7", "--consent", "public", "--place", "A wing"),
    )
    done("record", visit, "hygiene.showers", "--assessment", "partly-met", "--note", "First line.\n\nSecond [/b] line.")
    done("recommend", visit, "--text", "Repair them.", "--to", "Director", "--finding", "hygiene.showers")
    text = done("visit", "show", visit).out
    assert max(map(len, text.split("\n"))) <= 80
    for words in ("PARTLY MET", "Second [/b] line.", "W7", "Ana Example, leader, woman, lawyer", "1.  To Director"):
        assert words in text


def test_a_note_cannot_command_the_terminal_of_whoever_reads_it(done, visit):
    done("record", visit, "hygiene.showers", "--assessment", "met", "--note", "a\x1b]0;owned\x07b\u202ec\x9b31m")
    text = done("visit", "show", visit).out
    assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(text)
    assert r"a\x1b]0;owned\x07b\u202ec\x9b31m" in text


def test_json_keeps_every_letter_of_a_note(done, visit, hold):
    note = 'Zeile "eins"\nمياه باردة \\ [bold] \x1b[31m 😀\n'
    done("record", visit, "hygiene.showers", "--assessment", "met", "--note", note)
    assert hold(visit)["findings"][0]["narrative"] == note


def test_json_is_utf_8_whatever_the_terminal_speaks(visit, done, own_process):
    done("record", visit, "hygiene.showers", "--assessment", "met", "--note", "مياه")
    ended = own_process("visit", "show", visit, "--json", PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert ended.returncode == 0
    assert json.loads(ended.stdout.decode("utf-8"))["findings"][0]["narrative"] == "مياه"
    ended = own_process("visit", "show", visit, PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert ended.returncode == 0
    assert ended.stdout.isascii()


def test_findings_stand_in_the_order_of_the_checklist(at_work):
    record = at_work.casebook.visit(at_work.visit)
    wanted = [item.id for item in record.checklist.items if item.applies][:5]
    for item in reversed(wanted):
        at_work.casebook.judge(at_work.visit, item, Assessment.MET)
    document = as_document(at_work.casebook.visit(at_work.visit))
    assert [finding["item"] for finding in document["findings"]] == wanted


def test_what_the_team_says_of_the_visit_is_recorded_part_by_part_and_the_rest_stays(done, run, visit):
    done("visit", "account", visit, "--overview", "A quiet day.", "--limits", "No night visit.")
    done("visit", "account", visit, "--limits", "One night only.")
    account = done("visit", "show", visit, "--json").json["account"]
    assert (account["overview"], account["limits"], account["cooperation"]) == ("A quiet day.", "One night only.", "")
    ended = run("visit", "account", visit)
    assert ended.code == 1
    assert ended.err.count("\n") == 1
    assert run("visit", "account", "NOSUCHVISIT", "--limits", "x").code == 1

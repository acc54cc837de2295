"""The plain mode without a terminal: lines in, lines out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from inspect_kit.analysis.views import View
from inspect_kit.errors import CasebookError, UnknownError
from inspect_kit.identity import Identity
from inspect_kit.model import Assessment, Consent, Evidence, EvidenceKind, Finding, Group, Item, Priority, Profile
from inspect_kit.work import telling
from inspect_kit.work.planning import change_visit
from inspect_kit.work.walking import HELP, Walk
from tests.conftest import AtWork, enrol

HOSTILE = "a [b]bold[/b] \x1b[31mred\x07 \tتفتيش النساء\u202e ¶"


@pytest.fixture
def walking(at_work: AtWork) -> Walk:
    return Walk(at_work.casebook, at_work.visit)


@pytest.fixture
def first(at_work: AtWork) -> Item:
    """The item that comes first in the visit."""
    return next(item for item in at_work.casebook.visit(at_work.visit).checklist.items if item.applies)


def type_in(walking: Walk, *lines: str) -> str:
    """Type lines; gives everything that is said to them."""
    return "\n".join(said for line in lines for said in walking.take(line))


def held(work: AtWork, item: str) -> Finding:
    finding = work.casebook.finding(work.visit, item)
    assert finding
    return finding


# -- beginning and moving


def test_it_begins_with_the_visit_and_its_first_open_item(walking: Walk, at_work: AtWork, first: Item) -> None:
    said = "\n".join(walking.begin())
    assert "North Prison, full visit, 2026-11-04 to 2026-11-06." in said
    assert f"0 of {sum(i.applies for i in at_work.casebook.visit(at_work.visit).checklist.items)} items judged." in said
    assert first.ask in said
    assert "Nothing is held yet." in said
    assert walking.prompt.endswith("> ")


def test_it_begins_behind_what_is_judged(at_work: AtWork, first: Item) -> None:
    at_work.casebook.judge(at_work.visit, first.id, Assessment.MET)
    assert first.ask not in "\n".join(Walk(at_work.casebook, at_work.visit).begin())


def test_it_begins_where_one_wants_and_refuses_an_item_that_is_not_there(at_work: AtWork) -> None:
    item = at_work.casebook.visit(at_work.visit).checklist.items[-1]
    walking = Walk(at_work.casebook, at_work.visit, View.THEME, item.id)
    assert item.ask in "\n".join(walking.begin())
    with pytest.raises(UnknownError, match="nowhere"):
        Walk(at_work.casebook, at_work.visit, View.THEME, "nowhere")


def test_enter_and_brackets_lead_from_open_item_to_open_item(walking: Walk, at_work: AtWork) -> None:
    items = [item for item in at_work.casebook.visit(at_work.visit).checklist.items if item.applies]
    at_work.casebook.judge(at_work.visit, items[1].id, Assessment.MET)
    walking = Walk(at_work.casebook, at_work.visit)
    assert items[2].ask in type_in(walking, "")
    assert items[0].ask in type_in(walking, "[")
    assert items[2].ask in type_in(walking, "]")
    type_in(walking, "[", "[")
    assert walking.prompt == f"{telling.name_of(at_work.casebook.visit(at_work.visit).checklist, items[-1])} > "


@pytest.mark.parametrize("words", ["searches 3", "SEARCHES  3", "searches.{slug}", "{ask}"])
def test_one_goes_to_an_item_by_name_id_or_question(walking: Walk, at_work: AtWork, words: str) -> None:
    items = at_work.casebook.visit(at_work.visit).checklist.items
    third = next(item for item in items if item.theme == "searches" and item.number == 3)
    said = type_in(walking, f"go {words.format(slug=third.id.partition('.')[2], ask=third.ask.strip('?'))}")
    assert third.ask in said


def test_a_number_goes_to_the_item_that_the_list_shows_under_it(walking: Walk) -> None:
    type_in(walking, "by place")
    listed = type_in(walking, "l").split("\n")
    short = listed[3].partition(". ")[2].partition(":")[0]
    assert f": {short}" in type_in(walking, "go 3")
    assert "You are here" in type_in(walking, "l").split("\n")[3]


def test_words_that_mean_several_items_name_them_and_stay(walking: Walk) -> None:
    prompt = walking.prompt
    said = type_in(walking, "go women")
    assert "items are meant" in said
    assert walking.prompt == prompt
    assert "is no item here" in type_in(walking, "go \x1b[31m")
    assert "Go where?" in type_in(walking, "go")


@pytest.mark.parametrize("order", ["rule", "place", "person", "theme"])
def test_the_order_changes_and_the_item_in_hand_stays(walking: Walk, order: str) -> None:
    type_in(walking, "go searches 1")
    assert type_in(walking, f"by {order}").startswith(f"By {order}: ")
    assert walking.prompt == "Searches 1 > "


def test_an_item_outside_the_order_is_found_all_the_same(at_work: AtWork) -> None:
    plan = at_work.casebook.visit(at_work.visit).plan
    nobody = replace(plan.facility, profile=Profile({Group.WOMEN: 96, Group.PREGNANT: 0}))
    change_visit(at_work.casebook, at_work.visit, plan=replace(plan, facility=nobody))
    away = next(item for item in at_work.casebook.visit(at_work.visit).checklist.items if not item.applies)
    walking = Walk(at_work.casebook, at_work.visit, View.PLACE)
    said = type_in(walking, f"go {away.id}")
    assert "this is the order by theme" in said
    assert f"Does not apply: {away.reason}" in said


def test_by_person_the_questions_to_that_person_are_told(at_work: AtWork) -> None:
    walking = Walk(at_work.casebook, at_work.visit, View.PERSON)
    said = "\n".join(walking.begin())
    item = next(i for i in at_work.casebook.visit(at_work.visit).checklist.items if i.ask in said)
    assert all(f"  {question}" in said for question in item.talk_to["women"])  # type: ignore[index]


def test_the_guide_tells_all_that_the_item_knows(walking: Walk, at_work: AtWork, first: Item) -> None:
    said = type_in(walking, "g")
    asked = [question for questions in first.talk_to.values() for question in questions]
    meant = [at_work.casebook.visit(at_work.visit).checklist.clauses[clause].means for clause in first.clauses]
    for text in (*first.look, *asked, *first.records, *first.red_flags, *meant):
        assert text in said
    assert "Do no harm:" in said


def test_the_official_text_is_told_where_it_was_imported(
    walking: Walk, first: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inspect_kit.model import Wording

    monkeypatch.setattr("inspect_kit.standards.load_wording", lambda _: {first.clauses[0]: Wording("Shall be.", True)})
    assert f"{first.clauses[0]}, official text:\n  Shall be." in type_in(walking, "guide")


# -- judging


@pytest.mark.parametrize(("word", "assessment"), [("1", "met"), ("2", "partly-met"), ("not met", "not-met")])
def test_a_judgement_is_saved_and_leads_to_the_next_open_item(
    walking: Walk, at_work: AtWork, first: Item, word: str, assessment: str
) -> None:
    said = type_in(walking, word)
    assert held(at_work, first.id).assessment == assessment
    assert said.startswith("Saved. ")
    assert first.ask not in said
    assert said.count("?") >= 1


@pytest.mark.parametrize(
    "way", [("4 Nobody is held.",), ("4", "Nobody is held."), ("4", "", "a\x1bb", "Nobody is held.")]
)
def test_a_judgement_that_needs_a_reason_asks_until_it_has_a_good_one(
    walking: Walk, at_work: AtWork, first: Item, way: tuple[str, ...]
) -> None:
    type_in(walking, *way)
    assert held(at_work, first.id).assessment is Assessment.NOT_APPLICABLE
    assert held(at_work, first.id).reason == "Nobody is held."


def test_q_leaves_a_reason_and_says_that_nothing_was_kept(walking: Walk, at_work: AtWork, first: Item) -> None:
    assert "was not kept" in type_in(walking, "5", "q")
    assert at_work.casebook.finding(at_work.visit, first.id) is None
    assert not walking.over


def test_a_judgement_keeps_the_note_and_can_be_taken_back(walking: Walk, at_work: AtWork, first: Item) -> None:
    type_in(walking, "n", "Seen.", ".", "3", "go 1", "0")
    assert held(at_work, first.id).assessment is None
    assert held(at_work, first.id).narrative == "Seen."
    assert "open already" in type_in(walking, "open")


def test_marks_go_on_and_off(walking: Walk, at_work: AtWork, first: Item) -> None:
    for word, priority in (("u", Priority.URGENT), ("h", Priority.HIGH), ("high", Priority.NORMAL)):
        assert "Saved." in type_in(walking, word)
        assert held(at_work, first.id).priority is priority


def test_when_the_last_item_is_judged_it_says_so(at_work: AtWork) -> None:
    for item in at_work.casebook.visit(at_work.visit).checklist.items[:-1]:
        if item.applies:
            at_work.casebook.judge(at_work.visit, item.id, Assessment.MET)
    walking = Walk(at_work.casebook, at_work.visit)
    assert "Every item that applies is judged" in type_in(walking, "1")
    assert "Every item that applies is judged." in Walk(at_work.casebook, at_work.visit).begin()


def test_only_views_that_were_told_are_replaced(
    walking: Walk, at_work: AtWork, first: Item, omar: Identity, ines: Identity
) -> None:
    """A colleague's judgement that came in behind our back stays beside ours."""
    enrol(at_work.casebook, omar)
    at_work.casebook.judge(at_work.visit, first.id, Assessment.MET, narrative="Fine.")
    enrol(at_work.casebook, ines)
    type_in(walking, "3", "go 1")
    conflict = held(at_work, first.id).conflict
    assert conflict
    assert [side.author for side in conflict.sides] == ["Ines Example", "Omar Example"]
    said = type_in(walking, "w")
    assert "Different views" in said
    assert "  Fine." in said
    type_in(walking, "2")
    assert held(at_work, first.id).conflict is None


# -- notes


def test_a_note_of_several_lines_is_kept_to_the_letter(walking: Walk, at_work: AtWork, first: Item) -> None:
    lines = ["  " + HOSTILE, "", "q", "?", "1", "ข้อความ 🙂", "x" * 100_000, "..", "\tend  "]
    said = type_in(walking, "n", *lines[:2], lines[2], "", *lines[3:], ".")
    kept = [line for line in lines if line != "q"]
    assert held(at_work, first.id).narrative == "\n".join(kept)
    assert f"Saved. {walking.prompt.removesuffix(' > ')}: the note has {len(kept)} lines." in said


def test_a_note_that_is_held_stays_unless_something_is_written(walking: Walk, at_work: AtWork, first: Item) -> None:
    type_in(walking, "n", "First.", ".")
    assert "  First." in type_in(walking, "n")
    assert "was not kept" in type_in(walking, ".")
    assert held(at_work, first.id).narrative == "First."
    type_in(walking, "n", "Second.", ".")
    assert held(at_work, first.id).narrative == "Second."
    type_in(walking, "n+ Third,", "and fourth.", ".")
    assert held(at_work, first.id).narrative == "Second.\nThird,\nand fourth."


def test_q_on_the_first_line_goes_back_and_later_asks_before_it_throws_lines_away(
    walking: Walk, at_work: AtWork, first: Item
) -> None:
    assert "was not kept" in type_in(walking, "n", "q")
    type_in(walking, "n", "Two women said so.", "q")
    assert walking.prompt.startswith("Leave, and throw 1 line away?")
    assert "Nothing is lost" in type_in(walking, "")
    assert "was not kept" in type_in(walking, "q", "y")
    assert at_work.casebook.finding(at_work.visit, first.id) is None
    assert at_work.casebook.drafts() == {}


def test_a_line_that_is_no_text_is_refused_and_the_others_stay(walking: Walk, at_work: AtWork, first: Item) -> None:
    said = type_in(walking, "n", "Good.", "br\udcffken", "null\x00", "Better.", ".")
    assert said.count("This line was not taken") == 2
    assert held(at_work, first.id).narrative == "Good.\nBetter."


def test_a_note_that_is_full_takes_no_line_more_and_says_so(walking: Walk, at_work: AtWork, first: Item) -> None:
    said = type_in(walking, "n", "x" * 999_990, "too long a line", ".")
    assert "At most 1,000,000 characters fit" in said
    assert held(at_work, first.id).narrative == "x" * 999_990


def test_a_long_note_is_cut_when_told_and_more_tells_all(walking: Walk) -> None:
    type_in(walking, "n", "word " * 200 + "end", ".")
    assert "more characters" in type_in(walking, "w")
    assert "end" in type_in(walking, "more").split("\n")[-1]


def test_a_forged_sentence_stands_indented_and_apart(walking: Walk) -> None:
    type_in(walking, "n", "Fine.", "Saved. Held: met, by the Chair.", ".")
    lines = type_in(walking, "w").split("\n")
    assert "  Saved. Held: met, by the Chair." in lines
    assert not [line for line in lines if line.startswith("Saved.")]


def test_a_note_that_was_begun_waits_when_the_input_ends_and_is_gone_on_with(
    walking: Walk, at_work: AtWork, first: Item
) -> None:
    type_in(walking, "n", "Two women", "said so")
    said = "\n".join(walking.end("Interrupted."))
    assert said.startswith("Interrupted.")
    assert "note is not finished" in said
    assert "2 lines" in said
    assert "Everything is saved." in said
    assert walking.over
    assert not walking.unsaved
    assert at_work.casebook.finding(at_work.visit, first.id) is None
    later = Walk(at_work.casebook, at_work.visit)
    assert "  said so" in type_in(later, "n")
    type_in(later, "on their own.", ".")
    assert held(at_work, first.id).narrative == "Two women\nsaid so\non their own."
    assert at_work.casebook.drafts() == {}


def test_each_line_is_a_draft_before_the_next_is_asked_for(walking: Walk, at_work: AtWork, first: Item) -> None:
    type_in(walking, "n", "Two women", "said")
    [draft] = at_work.casebook.drafts().values()
    assert draft.values == {"note": "Two women\nsaid"}


def test_what_the_screens_left_as_a_draft_is_gone_on_with(walking: Walk, at_work: AtWork, first: Item) -> None:
    at_work.casebook.keep_draft(f"note {at_work.visit} {first.id}", {"note": "From the screen"})
    assert "  From the screen" in type_in(walking, "n")
    type_in(walking, ".")
    assert held(at_work, first.id).narrative == "From the screen"


def test_what_was_begun_to_replace_a_note_can_be_added_to_it_after_all(
    walking: Walk, at_work: AtWork, first: Item
) -> None:
    type_in(walking, "n", "Held.", ".", "n", "Begun.")
    walking.end()
    type_in(Walk(at_work.casebook, at_work.visit), "n+", "More.", ".")
    assert held(at_work, first.id).narrative == "Held.\nBegun.\nMore."


# -- evidence and recommendations


def test_evidence_asks_only_for_what_goes_with_its_kind(walking: Walk, at_work: AtWork, first: Item) -> None:
    said = type_in(walking, "e", "", "Light in the corridor.", HOSTILE, ".", "", "yard", "")
    assert "Saved." in said
    [source] = held(at_work, first.id).evidence
    assert (source.kind, source.note) == (EvidenceKind.OBSERVATION, f"Light in the corridor.\n{HOSTILE}")
    assert (source.place, source.interviewee, source.consent) == ("yard", "", Consent.NONE)


def test_an_interview_gets_a_code_and_stays_with_the_team_until_consent_is_given(
    walking: Walk, at_work: AtWork, first: Item
) -> None:
    said = type_in(walking, "e", "2", "She said so.", ".", "", "", "pretrial", "", "", "about noon")
    assert "it enters no report until the person agrees" in said
    said = type_in(walking, "e", "interview", "So did she.", ".", "", "", "", "public", "-", "")
    assert "no report" not in said
    one, two = held(at_work, first.id).evidence
    assert (one.interviewee, one.group, one.consent, one.when) == ("W1", "pretrial", Consent.NONE, "about noon")
    assert (two.interviewee, two.consent, two.place) == ("W2", Consent.PUBLIC, "")


def test_with_a_person_the_usual_kind_is_an_interview_and_at_a_place_the_place_is_offered(at_work: AtWork) -> None:
    walking = Walk(at_work.casebook, at_work.visit, View.PERSON)
    type_in(walking, "e")
    assert walking.prompt == "Kind, Enter for interview > "
    walking = Walk(at_work.casebook, at_work.visit, View.PLACE)
    type_in(walking, "e", "", "Seen.", ".", "")
    assert walking.prompt == "Where, Enter for Gate > "


def test_a_wrong_answer_is_told_in_a_sentence_and_asked_again(
    walking: Walk, at_work: AtWork, first: Item, tmp_path: Path
) -> None:
    picture = tmp_path / "gate.jpg"
    picture.write_bytes(b"\xff\xd8\xff picture")
    said = type_in(
        walking, "e", "9", "²", "00015", "?", "photo", ".", "nowhere.jpg", str(picture), "4", "x" * 501, "", ""
    )
    assert said.count("is none of these") == 3
    assert "nowhere.jpg" in said
    assert "at most 500 fit" in said
    [source] = held(at_work, first.id).evidence
    assert source.attachment
    assert (source.kind, source.attachment.name, source.consent) == (EvidenceKind.PHOTO, "gate.jpg", Consent.PUBLIC)


def test_words_that_could_tell_who_she_is_are_named_as_they_are_typed_and_nothing_is_held_up(
    walking: Walk, at_work: AtWork, first: Item
) -> None:
    said = type_in(walking, "e", "2", "Fatima Hassan said so.", "Ines Example was there.")
    assert "Mind: “Fatima Hassan” looks like a name" in said
    assert "Ines" not in said
    said = type_in(walking, ".", "", "", "pregnant women", "", "", "")
    assert "Mind: " in said
    assert "1 of 3 here" in said
    assert held(at_work, first.id).evidence[0].note == "Fatima Hassan said so.\nInes Example was there."


def test_empty_evidence_is_not_kept(walking: Walk, at_work: AtWork, first: Item) -> None:
    assert "The evidence is empty" in type_in(walking, "e", "", ".", "")
    assert at_work.casebook.finding(at_work.visit, first.id) is None


def test_evidence_that_was_begun_waits_with_its_kind(walking: Walk, at_work: AtWork, first: Item) -> None:
    type_in(walking, "e", "2", "She said so.", ".")
    assert "evidence is not finished" in "\n".join(walking.end())
    later = Walk(at_work.casebook, at_work.visit)
    type_in(later, "e")
    assert later.prompt == "Kind, Enter for interview > "
    assert "  She said so." in type_in(later, "")
    type_in(later, ".", "", "", "", "", "", "")
    assert held(at_work, first.id).evidence[0].note == "She said so."


def test_a_recommendation_rests_on_the_item_in_hand(walking: Walk, at_work: AtWork, first: Item) -> None:
    said = type_in(walking, "r", "Fit a curtain.", ".", "", "Director", "soon", "31 Jan 2027", "high")
    assert "An answer is needed" in said
    assert "is no day that we can read" in said
    [asked] = at_work.casebook.visit(at_work.visit).recommendations
    assert (asked.text, asked.addressee, asked.due) == ("Fit a curtain.", "Director", "2027-01-31")
    assert (asked.priority, asked.findings) == (Priority.HIGH, (first.id,))
    assert "Recommendation 1, to Director by 2027-01-31" in type_in(walking, "w")
    type_in(walking, "r", "Fit another.", ".", "", "", "")
    assert at_work.casebook.visit(at_work.visit).recommendations[1].addressee == "Director"


# -- trouble, help, leaving


def test_what_cannot_be_saved_can_be_tried_again(
    walking: Walk, at_work: AtWork, first: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise CasebookError("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(at_work.casebook, "judge", refuse)
        said = type_in(walking, "n", "Kept?", ".", "")
        assert said.count("NOT saved. The disk is full.") == 2
        assert "Saved." not in said
        assert walking.unsaved
        assert walking.prompt == "Enter tries again, q goes back > "
    assert "Saved." in type_in(walking, "")
    assert held(at_work, first.id).narrative == "Kept?"
    assert not walking.unsaved


def test_what_cannot_even_be_put_by_is_given_back_in_full(
    walking: Walk, at_work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise CasebookError("The disk is full.")

    monkeypatch.setattr(at_work.casebook, "keep_draft", refuse)
    assert "cannot be put by" in type_in(walking, "n", "Two women said so.")
    said = "\n".join(walking.end())
    assert "NOT saved" in said
    assert "  Two women said so." in said
    assert "Everything else is saved." in said
    assert walking.unsaved


@pytest.mark.parametrize(
    "line", ["xyz", "\x1b[31m", "u now", "6", "by", "by moon", "go nowhere", "نعم", "1 2", "x" * 9999]
)
def test_what_is_no_command_is_told_in_a_sentence_and_changes_nothing(
    walking: Walk, at_work: AtWork, line: str
) -> None:
    prompt = walking.prompt
    [said] = walking.take(line)
    assert len(said) < 200
    assert walking.prompt == prompt
    assert at_work.casebook.visit(at_work.visit).findings == {}


@pytest.mark.parametrize("word", ["?", "help", "HELP"])
def test_help_tells_every_command(walking: Walk, word: str) -> None:
    said = type_in(walking, word)
    assert said == "\n".join(HELP)
    for command in (
        "note",
        "evidence",
        "recommend",
        "urgent",
        "high",
        "guide",
        "more",
        "where",
        "list",
        "summary",
        "quit",
    ):
        assert command in said


def test_a_question_mark_tells_what_is_asked(walking: Walk) -> None:
    type_in(walking, "e")
    assert "1 observation; 2 interview" in type_in(walking, "?")


def test_the_summary_tells_progress_and_what_a_judgement_lacks(walking: Walk, at_work: AtWork, first: Item) -> None:
    at_work.casebook.judge(at_work.visit, first.id, Assessment.MET)
    second = next(i for i in at_work.casebook.visit(at_work.visit).checklist.items if i.applies and i.id != first.id)
    at_work.casebook.judge(at_work.visit, second.id, Assessment.NOT_MET, priority=Priority.URGENT)
    at_work.casebook.add_evidence(at_work.visit, second.id, Evidence(EvidenceKind.DOCUMENT, "Register."))
    said = type_in(walking, "s")
    assert "2 of " in said
    assert "1 finding urgent." in said
    assert "Judged without any source: 1." in said
    assert "Judged on one kind of source only: 1." in said


@pytest.mark.parametrize("word", ["q", "quit", "exit"])
def test_leaving_says_that_everything_is_saved(walking: Walk, word: str) -> None:
    assert type_in(walking, word) == "Everything is saved."
    assert walking.over


def test_a_reader_hears_no_line_of_two(walking: Walk, at_work: AtWork, first: Item) -> None:
    """What somebody typed never breaks a line of ours."""
    type_in(walking, "n", HOSTILE, ".", "e", "", HOSTILE, ".", "", "", "")
    for said in (*walking.take("m"), *walking.take("l"), *walking.take("g"), *walking.take("s"), *walking.take("?")):
        assert "\n" not in said


def test_a_single_source_is_one_source(at_work: AtWork, first: Item) -> None:
    source = Evidence(EvidenceKind.DOCUMENT, "Register.")
    for number in range(5):
        at_work.casebook.add_evidence(at_work.visit, first.id, replace(source, note=f"Register {number}."))
    walking = Walk(at_work.casebook, at_work.visit)
    said = "\n".join(walking.begin())
    assert "5 sources of 1 kind" in said
    assert "Register 1." not in said
    assert "2 earlier sources" in said
    assert "Register 0." in type_in(walking, "more")

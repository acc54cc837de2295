"""What an inspector records: kept to the letter, or refused with a sentence before anything is written."""

import os
import sqlite3
from dataclasses import replace

import pytest
import sqlcipher3
import sqlite_utils
from hypothesis import example, given
from hypothesis import strategies as st

from inspect_kit.casebook import ATTACHMENT_LIMIT, Casebook, journal
from inspect_kit.errors import BadInputError, CasebookError, UnknownError
from inspect_kit.model import (
    Account,
    Assessment,
    Attachment,
    Checklist,
    Consent,
    Evidence,
    EvidenceKind,
    Group,
    Priority,
    Profile,
    Recommendation,
    Role,
    Scope,
    VisitKind,
    VisitPlan,
    VisitState,
)
from inspect_kit.model.text import NOTE_LIMIT
from inspect_kit.work.attaching import describe
from inspect_kit.work.planning import checklist_for
from tests.casebook.laptops import entries, tables
from tests.conftest import FACILITY, TEAM, AtWork

ITEM = "hygiene.showers"
LETTERS = (
    "She said:\t“no”.\n\n[bold]not markup[/bold] <b>&amp;</b> {0} %s \\n ' \" ; -- 👩🏽‍⚕️ e\u0301 é "
    "قالت إنها تخاف \u202eleft\u202c ห้องน้ำไม่มีประตู  \u00a0end "
)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=300)


def kept(text: str) -> str:
    """What has to come back: the same, with line ends of one kind; nothing where only white space was typed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.strip() else ""


@pytest.fixture(scope="module")
def module_work(tmp_path_factory, ines) -> AtWork:
    """One casebook for the examples of a property, which only add to it."""
    folder = tmp_path_factory.mktemp("work")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder))
        casebook = Casebook.create(folder / "north.casebook")
    casebook.enrol(ines.key_file, ines.fingerprint, ines.name, ines.certificate)
    facility = casebook.add_facility(FACILITY)
    plan = VisitPlan(replace(FACILITY, id=facility), VisitKind.FULL, "2026-11-04")
    visit = casebook.plan_visit(plan, TEAM, checklist_for(Scope(("hygiene", "searches")), FACILITY.profile))
    yield AtWork(casebook, facility, visit, casebook.path)
    casebook.close()


@given(texts, texts)
@example(LETTERS, LETTERS)
@example("x" * 100_000, "ก" * 100_000)
@example("\ufeff\x1b[2J\x07\x85\u2028", "\r\n a\rb\r\n")
def test_a_note_comes_back_to_the_letter(module_work: AtWork, narrative: str, note: str) -> None:
    work, visit = module_work.casebook, module_work.visit
    work.judge(visit, ITEM, Assessment.NOT_MET, narrative=narrative)
    found = work.finding(visit, ITEM)
    assert found.narrative == kept(narrative)
    if kept(note):
        id_ = work.add_evidence(visit, ITEM, Evidence(EvidenceKind.OBSERVATION, note))
        (source,) = [one for one in work.finding(visit, ITEM).evidence if one.id == id_]
        assert source.note == kept(note)
    else:
        with pytest.raises(BadInputError, match="The evidence is empty"):
            work.add_evidence(visit, ITEM, Evidence(EvidenceKind.OBSERVATION, note))


def test_notes_are_kept_to_the_letter_after_closing_a_rebuild_and_in_every_field(at_work: AtWork) -> None:
    work, visit = at_work.casebook, at_work.visit
    line = "W-07 [x] قالت “👩🏽‍⚕️”"
    evidence = Evidence(
        EvidenceKind.INTERVIEW, LETTERS, place=line, when=line, group=line, interviewee=line, consent=Consent.AUTHORITY
    )
    account = Account(*(f"{LETTERS}{n}" for n in range(4)))
    asked = Recommendation(LETTERS, line, "2027-01-31", Priority.HIGH, (ITEM, "searches.privacy"))
    work.judge(visit, ITEM, Assessment.NOT_APPLICABLE, line, LETTERS)
    work.prioritise(visit, ITEM, Priority.URGENT)
    work.add_evidence(visit, ITEM, evidence)
    work.recommend(visit, asked)
    work.give_account(visit, account)
    work.change_visit(visit, team=replace(TEAM, remark=LETTERS))
    work.close()
    with Casebook.open(at_work.path) as again:
        again.rebuild()
        record = again.visit(visit)
    finding = record.findings[ITEM]
    assert (finding.assessment, finding.reason, finding.narrative, finding.priority) == (
        Assessment.NOT_APPLICABLE,
        line,
        LETTERS,
        Priority.URGENT,
    )
    (source,) = finding.evidence
    assert replace(source, id="", item="", author="", recorded="") == evidence
    (found,) = record.recommendations
    assert replace(found, id="", number=0, author="", recorded="") == replace(
        asked, findings=tuple(sorted(asked.findings))
    )
    assert record.account == account
    assert record.team == replace(TEAM, remark=LETTERS)


def test_a_visit_comes_back_as_it_was_planned(at_work: AtWork, checklist: Checklist) -> None:
    record = at_work.casebook.visit(at_work.visit)
    assert record.plan.facility == replace(FACILITY, id=at_work.facility)
    assert (record.plan.kind, record.plan.starts, record.plan.ends) == (VisitKind.FULL, "2026-11-04", "2026-11-06")
    assert record.team == TEAM
    assert record.checklist == checklist
    assert record.state is VisitState.PLANNED
    assert at_work.casebook.facility(at_work.facility) == replace(FACILITY, id=at_work.facility)


REFUSED = {
    "too long": "x" * (NOTE_LIMIT + 1),
    "NUL": "She said\0 no",
    "half a character": "She said \udc80",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_a_text_that_cannot_be_kept_is_refused_with_a_sentence_and_nothing_changes(at_work: AtWork, text: str) -> None:
    work, visit = at_work.casebook, at_work.visit
    work.judge(visit, ITEM, Assessment.MET, narrative="stands")
    before = entries(work)
    observation = Evidence(EvidenceKind.OBSERVATION, "seen")
    acts = [
        lambda: work.judge(visit, ITEM, Assessment.NOT_MET, narrative=text),
        lambda: work.judge(visit, ITEM, Assessment.NOT_APPLICABLE, text),
        lambda: work.add_evidence(visit, ITEM, replace(observation, note=text)),
        lambda: work.add_evidence(visit, ITEM, replace(observation, place=text)),
        lambda: work.add_evidence(visit, ITEM, replace(observation, when=text)),
        lambda: work.add_evidence(visit, ITEM, replace(observation, group=text)),
        lambda: work.add_evidence(visit, ITEM, replace(observation, interviewee=text)),
        lambda: work.recommend(visit, Recommendation(text, "The governor")),
        lambda: work.recommend(visit, Recommendation("Mend it.", text)),
        lambda: work.recommend(visit, Recommendation("Mend it.", "The governor", due=text)),
        lambda: work.give_account(visit, Account(overview=text)),
        lambda: work.give_account(visit, Account(limits=text)),
        lambda: work.change_visit(visit, team=replace(TEAM, remark=text)),
        lambda: work.change_facility(replace(FACILITY, id=at_work.facility, place=text)),
    ]
    for act in acts:
        with pytest.raises(BadInputError) as told:
            act()
        assert len(str(told.value)) < 200
    assert entries(work) == before
    assert work.finding(visit, ITEM).narrative == "stands"


def test_a_field_of_one_line_takes_no_second_one(at_work: AtWork) -> None:
    with pytest.raises(BadInputError, match="one line without control characters"):
        at_work.casebook.judge(at_work.visit, ITEM, Assessment.NOT_VERIFIED, "first\nsecond")
    with pytest.raises(BadInputError, match="at most 500 fit"):
        at_work.casebook.judge(at_work.visit, ITEM, Assessment.NOT_VERIFIED, "x" * 501)


@pytest.mark.parametrize("assessment", list(Assessment))
def test_what_was_not_verified_or_does_not_apply_needs_a_reason(at_work: AtWork, assessment: Assessment) -> None:
    work, visit = at_work.casebook, at_work.visit
    if assessment in (Assessment.NOT_APPLICABLE, Assessment.NOT_VERIFIED):
        for empty in ("", "  \n "):
            with pytest.raises(BadInputError, match=f"“{assessment.label}” needs a reason"):
                work.judge(visit, ITEM, assessment, empty, "typed with care")
        assert work.finding(visit, ITEM) is None
        work.judge(visit, ITEM, assessment, "The store was locked.")
    else:
        work.judge(visit, ITEM, assessment)
    assert work.finding(visit, ITEM).assessment is assessment


def test_a_judgement_and_its_priority_are_one_act_that_is_kept_whole_or_not_at_all(
    at_work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, visit = at_work.casebook, at_work.visit
    append = journal.Writer.append

    def fails(writer: journal.Writer, stream: str, kind: str, *more: object) -> str:
        if kind == "prioritise":
            raise CasebookError("the disk is full")
        return append(writer, stream, kind, *more)

    with monkeypatch.context() as broken:
        broken.setattr(journal.Writer, "append", fails)
        with pytest.raises(CasebookError, match="full"):
            work.judge(visit, ITEM, Assessment.NOT_MET, priority=Priority.URGENT)
    assert work.finding(visit, ITEM) is None
    work.judge(visit, ITEM, Assessment.NOT_MET, priority=Priority.URGENT)
    finding = work.finding(visit, ITEM)
    assert (finding.assessment, finding.priority) == (Assessment.NOT_MET, Priority.URGENT)


def test_a_narrative_may_come_before_the_judgement(at_work: AtWork) -> None:
    at_work.casebook.judge(at_work.visit, ITEM, None, narrative="Two of eleven work.")
    finding = at_work.casebook.finding(at_work.visit, ITEM)
    assert (finding.assessment, finding.narrative) == (None, "Two of eleven work.")
    assert at_work.casebook.visits()[0].done == 0


@pytest.mark.parametrize("visit", ["", "01AAAAAAAAAAAAAAAAAAAAAAAA", "\udc80", "%", "x' OR '1'='1"])
def test_an_unknown_visit_is_named(at_work: AtWork, visit: str) -> None:
    work = at_work.casebook
    observation = Evidence(EvidenceKind.OBSERVATION, "seen")
    for act in (
        lambda: work.visit(visit),
        lambda: work.find_visit(visit),
        lambda: work.judge(visit, ITEM, Assessment.MET),
        lambda: work.prioritise(visit, ITEM, Priority.HIGH),
        lambda: work.add_evidence(visit, ITEM, observation),
        lambda: work.recommend(visit, Recommendation("Mend it.", "The governor")),
        lambda: work.give_account(visit, Account("calm")),
        lambda: work.change_visit(visit, team=TEAM),
    ):
        with pytest.raises(UnknownError, match="visit list"):
            act()
    assert len(entries(work)) == 5


@pytest.mark.parametrize("item", ["", "hygiene.dreams", "HYGIENE.SHOWERS", "\udc80"])
def test_an_unknown_item_is_named(at_work: AtWork, item: str) -> None:
    work, visit = at_work.casebook, at_work.visit
    observation = Evidence(EvidenceKind.OBSERVATION, "seen")
    for act in (
        lambda: work.judge(visit, item, Assessment.MET),
        lambda: work.prioritise(visit, item, Priority.HIGH),
        lambda: work.add_evidence(visit, item, observation),
        lambda: work.recommend(visit, Recommendation("Mend it.", "The governor", findings=(item,))),
    ):
        with pytest.raises(UnknownError, match="in this visit's checklist"):
            act()
    assert len(entries(work)) == 5


def test_a_recommendation_is_reworded_under_its_id_and_numbered_in_order(at_work: AtWork) -> None:
    work, visit = at_work.casebook, at_work.visit
    first = work.recommend(visit, Recommendation("Mend the taps.", "The governor"))
    second = work.recommend(visit, Recommendation("Give out towels.", "The ministry", "2027-01-31"))
    assert work.recommend(visit, Recommendation("Mend all taps.", "The governor", id=first)) == first
    found = {one.id: (one.text, one.due) for one in work.visit(visit).recommendations}
    assert found == {first: ("Mend all taps.", ""), second: ("Give out towels.", "2027-01-31")}
    assert [one.number for one in work.visit(visit).recommendations] == [1, 2]


def test_a_recommendation_without_text_addressee_or_with_an_impossible_day_is_refused(at_work: AtWork) -> None:
    for asked, told in (
        (Recommendation(" \n", "The governor"), "is empty"),
        (Recommendation("Mend it.", " "), "addressee is missing"),
        (Recommendation("Mend it.", "The governor", "soon"), "no day that we can read"),
        (Recommendation("Mend it.", "The governor", "2027-02-30"), "no day that we can read"),
    ):
        with pytest.raises(BadInputError, match=told):
            at_work.casebook.recommend(at_work.visit, asked)
    with pytest.raises(UnknownError, match="No recommendation"):
        at_work.casebook.recommend(at_work.visit, Recommendation("Mend it.", "The governor", id="01NOBODY"))


def test_a_facility_that_changes_leaves_planned_visits_as_they_were(at_work: AtWork) -> None:
    work = at_work.casebook
    changed = replace(FACILITY, id=at_work.facility, name="North Prison (new wing)", profile=Profile({Group.WOMEN: 12}))
    work.change_facility(changed)
    assert work.facility(at_work.facility) == changed
    assert [facility.id for facility in work.facilities()] == [at_work.facility]
    assert work.visit(at_work.visit).plan.facility == replace(FACILITY, id=at_work.facility)


@pytest.mark.parametrize("id_", ["", "01NOBODY", "North Prison", "\udc80"])
def test_only_a_facility_that_is_here_can_be_changed(at_work: AtWork, id_: str) -> None:
    with pytest.raises(UnknownError, match="No facility"):
        at_work.casebook.change_facility(replace(FACILITY, id=id_))
    assert len(at_work.casebook.facilities()) == 1


def test_facilities_and_visits_are_found_by_the_end_of_their_id(at_work: AtWork) -> None:
    work = at_work.casebook
    assert work.find_visit(at_work.visit) == at_work.visit
    assert work.find_visit(f" {at_work.visit[-4:].lower()} ") == at_work.visit
    assert work.facility("North Prison").id == at_work.facility
    assert work.facility(at_work.facility[-6:]).id == at_work.facility
    work.add_facility(FACILITY)
    with pytest.raises(UnknownError, match="means 2 of"):
        work.facility("North Prison")
    for asked in (at_work.visit[-3:], "", "ZZZZ", "\udc80"):
        with pytest.raises(UnknownError, match="No visit"):
            work.find_visit(asked)


def test_a_visit_without_a_question_is_not_planned(at_work: AtWork, checklist: Checklist) -> None:
    plan = VisitPlan(replace(FACILITY, id=at_work.facility), VisitKind.FULL, "2026-11-04")
    none_apply = tuple(replace(item, applies=False, reason="nobody") for item in checklist.items)
    for items in ((), none_apply):
        with pytest.raises(BadInputError, match="The checklist is empty"):
            at_work.casebook.plan_visit(plan, TEAM, replace(checklist, items=items))
    assert len(at_work.casebook.visits()) == 1


def test_a_new_checklist_keeps_every_finding(at_work: AtWork, checklist: Checklist) -> None:
    work, visit = at_work.casebook, at_work.visit
    work.judge(visit, ITEM, Assessment.NOT_MET, narrative="kept")
    searches = tuple(item for item in checklist.items if item.theme == "searches")
    work.change_visit(visit, checklist=replace(checklist, items=searches))
    assert work.visit(visit).findings[ITEM].narrative == "kept"
    with pytest.raises(UnknownError):
        work.judge(visit, ITEM, Assessment.MET)
    work.change_visit(visit, checklist=checklist)
    assert work.finding(visit, ITEM).narrative == "kept"


def test_the_overview_counts_what_applies_is_judged_urgent_and_disputed(at_work: AtWork) -> None:
    work, visit = at_work.casebook, at_work.visit
    items = [item.id for item in work.visit(visit).checklist.items if item.applies]
    (overview,) = work.visits()
    assert (overview.facility, overview.items, overview.done) == ("North Prison", len(items), 0)
    assert (overview.state, overview.urgent, overview.conflicts) == (VisitState.PLANNED, 0, 0)
    work.judge(visit, items[0], None, narrative="not judged yet")
    work.prioritise(visit, items[1], Priority.URGENT)
    work.judge(visit, items[2], Assessment.MET)
    work.judge(visit, items[2], Assessment.NOT_MET, seen=[])
    (overview,) = work.visits()
    assert (overview.state, overview.done, overview.urgent, overview.conflicts) == (VisitState.INSPECTING, 1, 1, 1)
    for item in items:
        work.judge(visit, item, Assessment.MET)
    (overview,) = work.visits()
    assert (overview.state, overview.done, overview.conflicts) == (VisitState.COMPLETE, len(items), 0)
    work.judge(visit, items[0], None, narrative="thought again")
    assert work.visits()[0].state is VisitState.INSPECTING


def test_evidence_alone_shows_that_a_visit_has_begun(at_work: AtWork) -> None:
    at_work.casebook.add_evidence(at_work.visit, ITEM, Evidence(EvidenceKind.OBSERVATION, "seen"))
    assert at_work.casebook.visits()[0].state is VisitState.INSPECTING
    assert at_work.casebook.finding(at_work.visit, ITEM).assessment is None


def test_the_latest_visit_comes_first(at_work: AtWork, checklist: Checklist) -> None:
    facility = at_work.casebook.facility(at_work.facility)
    for starts in ("2026-09-01", "2027-03-01"):
        at_work.casebook.plan_visit(VisitPlan(facility, VisitKind.THEMATIC, starts), TEAM, checklist)
    assert [visit.starts for visit in at_work.casebook.visits()] == ["2027-03-01", "2026-11-04", "2026-09-01"]


@pytest.mark.parametrize("trouble", [OSError, KeyboardInterrupt, sqlcipher3.OperationalError])
def test_an_act_that_is_cut_off_halfway_leaves_no_half_of_it(at_work: AtWork, monkeypatch, trouble) -> None:
    work, visit = at_work.casebook, at_work.visit
    work.judge(visit, ITEM, Assessment.MET, narrative="stands")
    before, shown = entries(work), tables(work)
    attachment, data = describe("photo.jpg", b"\xff\xd8\xff")

    def fail(*_: object) -> None:
        raise trouble("cut off")

    with monkeypatch.context() as patch:
        patch.setattr("inspect_kit.casebook.projection.project", fail)
        for act in (
            lambda: work.judge(visit, ITEM, Assessment.NOT_MET, narrative="half"),
            lambda: work.add_evidence(visit, ITEM, Evidence(EvidenceKind.PHOTO, "", attachment=attachment), data),
            lambda: work.add_facility(replace(FACILITY, name="South Prison")),
            lambda: work.plan_visit(work.visit(visit).plan, TEAM, work.visit(visit).checklist),
            work.rebuild,
        ):
            with pytest.raises((trouble, CasebookError)):
                act()
    assert entries(work) == before
    assert tables(work) == shown
    assert work._db.execute("SELECT count(*) FROM blobs").fetchone() == (0,)
    work.judge(visit, ITEM, Assessment.NOT_MET, narrative="whole")
    assert work.finding(visit, ITEM).narrative == "whole"
    assert work.health().sound


# -- attachments


@given(st.binary(max_size=5_000))
@example(b"")
@example(bytes(range(256)) * 5_000)
def test_an_attachment_comes_back_byte_for_byte(module_work: AtWork, data: bytes) -> None:
    attachment, data = describe("photo.jpg", data)
    work, visit = module_work.casebook, module_work.visit
    id_ = work.add_evidence(visit, ITEM, Evidence(EvidenceKind.PHOTO, "", attachment=attachment), data)
    (source,) = [one for one in work.finding(visit, ITEM).evidence if one.id == id_]
    assert source.attachment == attachment
    assert work.attachment(source.attachment.digest) == data


def test_one_file_attached_twice_is_kept_once(at_work: AtWork) -> None:
    attachment, data = describe("photo.jpg", b"\xff\xd8\xff" + os.urandom(50))
    for item in (ITEM, "searches.privacy"):
        at_work.casebook.add_evidence(
            at_work.visit, item, Evidence(EvidenceKind.PHOTO, "door", attachment=attachment), data
        )
    assert at_work.casebook._db.execute("SELECT count(*) FROM blobs").fetchone() == (1,)


@pytest.mark.parametrize("wrong", ["digest", "size", "no description", "no bytes"])
def test_a_file_is_never_kept_under_the_description_of_another(at_work: AtWork, wrong: str) -> None:
    attachment, data = describe("photo.jpg", b"what we saw")
    given: Attachment | None = attachment
    sent: bytes | None = data
    if wrong == "digest":
        given = replace(attachment, digest=describe("x", b"what they gave us")[0].digest)
    elif wrong == "size":
        given = replace(attachment, size=3)
    elif wrong == "no description":
        given = None
    else:
        sent = None
    before = entries(at_work.casebook)
    with pytest.raises(BadInputError, match="do not match: attach it again"):
        at_work.casebook.add_evidence(at_work.visit, ITEM, Evidence(EvidenceKind.PHOTO, "door", attachment=given), sent)
    assert entries(at_work.casebook) == before


def test_a_file_that_is_too_large_is_refused(at_work: AtWork) -> None:
    attachment, data = describe("film.mp4", bytes(ATTACHMENT_LIMIT + 1))
    with pytest.raises(BadInputError, match="larger than 50 MB"):
        at_work.casebook.add_evidence(
            at_work.visit, ITEM, Evidence(EvidenceKind.PHOTO, "", attachment=attachment), data
        )


def test_an_attachment_that_is_not_here_is_named(at_work: AtWork) -> None:
    with pytest.raises(UnknownError, match="The attachment 0000"):
        at_work.casebook.attachment("0" * 64)


# -- read by others


def filled(at_work: AtWork) -> None:
    at_work.casebook.judge(at_work.visit, ITEM, Assessment.NOT_MET, narrative="The boiler has been cold since Easter.")
    at_work.casebook.judge(at_work.visit, ITEM, Assessment.NOT_MET, narrative="The boiler was cold on three mornings.")
    at_work.casebook.add_evidence(at_work.visit, ITEM, Evidence(EvidenceKind.DOCUMENT, "Repair log, ماء, page 4"))


def test_pythons_own_sqlite_reads_the_tables_and_finds_a_word(at_work: AtWork) -> None:
    filled(at_work)
    database = sqlite3.connect(f"file:{at_work.path}?mode=ro", uri=True)
    search = "SELECT f.item FROM findings_fts s JOIN findings f ON f.number = s.rowid WHERE findings_fts MATCH ?"
    assert database.execute(search, ["boiler"]).fetchall() == [(ITEM,)]
    assert database.execute(search, ["easter"]).fetchall() == []  # that sentence was replaced
    search = "SELECT e.note FROM evidence_fts s JOIN evidence e ON e.number = s.rowid WHERE evidence_fts MATCH ?"
    assert database.execute(search, ["ماء"]).fetchone() == ("Repair log, ماء, page 4",)
    assert database.execute("SELECT facility_name, state FROM visit_overview").fetchall() == [
        ("North Prison", "inspecting")
    ]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()


def test_sqlite_utils_reads_the_tables_and_finds_a_word(at_work: AtWork) -> None:
    filled(at_work)
    database = sqlite_utils.Database(str(at_work.path))
    assert [row["narrative"] for row in database["findings"].search("mornings")] == [
        "The boiler was cold on three mornings."
    ]
    assert [row["note"] for row in database["evidence"].search("repair")] == ["Repair log, ماء, page 4"]
    assert {row["name"] for row in database["team_members"].rows} == {member.name for member in TEAM.members}
    assert {row["role"] for row in database["team_members"].rows} == {Role.LEADER, Role.HEALTH}
    assert database["checklist_items"].count == 65
    assert database["findings"].strict
    database.close()


def test_trouble_with_the_file_comes_out_of_every_question_and_act_as_a_sentence(at_work: AtWork) -> None:
    work, visit = at_work.casebook, at_work.visit
    work.close()  # stands for a stick that was pulled out
    for trouble in (
        lambda: work.judge(visit, ITEM, Assessment.MET, narrative="after closing"),
        lambda: work.add_facility(FACILITY),
        lambda: work.recommend(visit, Recommendation("Mend it.", "The governor")),
        lambda: work.visit(visit),
        lambda: work.finding(visit, ITEM),
        work.visits,
        work.facilities,
        work.author_name,
        lambda: work.author_of(b"key"),
        lambda: work.attachment("0" * 64),
        lambda: work.find_visit(visit),
        work.health,
        work.rebuild,
    ):
        with pytest.raises(CasebookError, match=r"north\.casebook"):
            trouble()

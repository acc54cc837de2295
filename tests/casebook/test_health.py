"""``doctor``: what was altered in the file behind our back is named; what is normal is not called a fault."""

import threading

import pytest

from inspect_kit.casebook import Casebook, health
from inspect_kit.model import Assessment, Evidence, EvidenceKind, Recommendation
from inspect_kit.work.attaching import describe
from tests.conftest import AtWork

ITEM = "hygiene.showers"


@pytest.fixture
def full(at_work: AtWork) -> AtWork:
    """A casebook with two judgements, a recommendation, and evidence with a file."""
    work, visit = at_work.casebook, at_work.visit
    work.judge(visit, ITEM, Assessment.MET, narrative="first")
    work.judge(visit, ITEM, Assessment.NOT_MET, narrative="second")
    work.judge(visit, "searches.privacy", Assessment.NOT_MET, narrative="door open")
    attachment, data = describe("photo.jpg", b"\xff\xd8\xffdoor")
    work.add_evidence(visit, ITEM, Evidence(EvidenceKind.PHOTO, "door", attachment=attachment), data)
    work.recommend(visit, Recommendation("Mend it.", "The governor", findings=(ITEM,)))
    return at_work


def test_a_casebook_in_daily_use_is_sound(full: AtWork) -> None:
    found = full.casebook.health()
    assert found.problems == ()
    assert found.sound
    assert (found.entries, found.authors, found.conflicts) == (10, 2, 0)
    assert found.waiting == found.clones == ()


def test_a_conflict_is_counted_and_no_fault(full: AtWork) -> None:
    full.casebook.judge(full.visit, ITEM, Assessment.PARTLY_MET, seen=[])
    assert full.casebook.health().conflicts == 1
    assert full.casebook.health().sound


ALTERED = {
    "a body": ("UPDATE bodies SET body = replace(body, 'second', 'all well')", "altered: its values"),
    "a body, and the table": (
        "UPDATE bodies SET body = replace(body, 'door open', 'door shut'); "
        "UPDATE findings SET narrative = 'door shut' WHERE item = 'searches.privacy'",
        "altered: its values",
    ),
    "a body taken out": ("DELETE FROM bodies WHERE body LIKE '%door open%'", "has lost its values"),
    "an envelope": (
        "UPDATE entries SET envelope = replace(envelope, 'privacy', 'register')",
        "altered: its envelope does not match its id",
    ),
    "the item it is filed under": (
        "UPDATE entries SET subject = 'finding:searches.register' WHERE subject = 'finding:searches.privacy'",
        "filed otherwise than its envelope says",
    ),
    "the author it is filed under": ("UPDATE entries SET author = 'somebody.else' WHERE seq = 4", "filed otherwise"),
    "the time it is filed under": (
        "UPDATE entries SET stamp = '2026-11-04T00:00:00.000Z.0000' WHERE seq = 5",
        "filed otherwise",
    ),
    "a link taken out, so that an old sentence stands again": ("DELETE FROM replacements", "filed otherwise"),
    "a link put in, so that a sentence is hidden": (
        "INSERT INTO replacements (replaced, entry) SELECT a.id, b.id FROM entries a, entries b"
        " WHERE a.seq = 5 AND b.seq = 4",
        "filed otherwise",
    ),
    "an attachment": ("UPDATE blobs SET data = x'ffd8ff00'", "was altered: its bytes do not match"),
    "an attachment taken out": ("DELETE FROM blobs", "is missing from this casebook"),
    "a narrative in the table": ("UPDATE findings SET narrative = 'all is well'", "do not match the journal"),
    "an assessment in the table": ("UPDATE findings SET assessment = 'met'", "do not match the journal"),
    "an item's number in the table": ("UPDATE checklist_items SET number = 1", "do not match the journal"),
    "evidence taken out of the table": ("DELETE FROM evidence", "do not match the journal"),
    "a team member in the table": ("UPDATE team_members SET name = 'Nobody'", "do not match the journal"),
    "a recommendation put in the table": (
        "INSERT INTO recommendations SELECT 'X', visit, 'Praise us.', addressee, due, priority, author, recorded"
        " FROM recommendations",
        "do not match the journal",
    ),
}


@pytest.mark.parametrize(("change", "told"), ALTERED.values(), ids=ALTERED)
def test_what_was_altered_in_the_file_is_named(full: AtWork, change: str, told: str) -> None:
    db = full.casebook._db
    for trigger in ("entries_keep", "entries_stay", "bodies_keep"):
        db.execute(f"DROP TRIGGER {trigger}")  # whoever has the file can do this
    for statement in change.split("; "):
        assert db.execute(statement).rowcount > 0
    db.conn.commit()
    found = full.casebook.health()
    assert not found.sound
    assert any(told in problem for problem in found.problems), found.problems
    assert all("\n" not in problem for problem in found.problems)


def test_tables_that_were_altered_are_made_anew_from_the_journal(full: AtWork) -> None:
    full.casebook._db.execute("UPDATE findings SET narrative = 'all is well'")
    full.casebook._db.conn.commit()
    full.casebook.rebuild()
    assert full.casebook.health().sound
    assert full.casebook.finding(full.visit, ITEM).narrative == "second"


def test_an_examination_changes_nothing(full: AtWork) -> None:
    before = health.dump(full.casebook._db)
    journal = full.casebook._db.execute("SELECT * FROM entries JOIN bodies ON entry = id").fetchall()
    full.casebook._db.execute("UPDATE findings SET narrative = 'altered'")
    full.casebook._db.conn.commit()
    full.casebook.health()
    assert full.casebook.finding(full.visit, ITEM).narrative == "altered"
    assert health.dump(full.casebook._db) != before
    assert full.casebook._db.execute("SELECT * FROM entries JOIN bodies ON entry = id").fetchall() == journal


def test_an_act_in_another_window_during_the_examination_is_no_fault(full: AtWork, monkeypatch) -> None:
    author, began = full.casebook._author, []
    dump = health.dump

    def another_window() -> None:
        with Casebook.open(full.path) as other:
            other._author = author
            other.judge(full.visit, ITEM, Assessment.MET, narrative="meanwhile")

    def slow_dump(db) -> dict[str, list[tuple[object, ...]]]:
        rows = dump(db)
        if not began:
            began.append(threading.Thread(target=another_window))
            began[0].start()
            began[0].join(0.5)
        return rows

    monkeypatch.setattr(health, "dump", slow_dump)
    found = full.casebook.health()
    assert found.problems == ()
    began[0].join()
    assert full.casebook.finding(full.visit, ITEM).narrative == "meanwhile"

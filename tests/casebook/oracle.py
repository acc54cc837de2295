"""What casebooks must show, worked out in plain Python from their entries."""

from inspect_kit.casebook import Casebook
from inspect_kit.model import Checklist
from tests.casebook.laptops import Heads, differ, entries, tables


def items_of(checklist: Checklist) -> list[str]:
    return [item.id for item in checklist.items]


def holds_to_the_oracle(book: Casebook, visit: str) -> int:
    """Compare findings, recommendations and conflicts with what plain Python makes of the entries."""
    heads = Heads.of(entries(book)).values
    shown = tables(book)
    conflicts = {side.entry for sides in heads.values() if differ(sides) for side in sides}
    assert {row[0] for row in shown["conflicts"]} == conflicts
    disputed = {
        row[0] for row in book._db.execute("SELECT item FROM findings WHERE visit = ? AND in_conflict", [visit])
    }
    assert disputed == {
        subject.removeprefix("finding:")
        for (stream, subject, _), sides in heads.items()
        if stream == f"visit:{visit}" and subject.startswith("finding:") and differ(sides)
    }
    record = book.visit(visit)
    for (stream, subject, aspect), sides in heads.items():
        if stream != f"visit:{visit}":
            continue
        newest = sides[0].value
        if aspect == "judgement":
            finding = record.findings[subject.removeprefix("finding:")]
            assert (finding.assessment, finding.narrative) == (newest["assessment"], newest["narrative"])
            assert finding.judgement == sides[0].entry
            if differ(sides):
                assert finding.conflict is not None
                assert [side.entry for side in finding.conflict.sides] == [side.entry for side in sides]
        elif aspect == "priority":
            assert record.findings[subject.removeprefix("finding:")].priority == newest["priority"]
        elif aspect == "recommendation":
            asked = [one for one in record.recommendations if subject == f"recommendation:{one.id}"]
            stands = [(newest["text"], sorted(newest["findings"]))] if newest else []  # empty where it was withdrawn
            assert [(one.text, sorted(one.findings)) for one in asked] == stands
        elif aspect == "evidence":
            sources = [source for finding in record.findings.values() for source in finding.evidence]
            stands = [newest["note"]] if newest else []  # empty where it was withdrawn
            assert [source.note for source in sources if subject == f"evidence:{source.id}"] == stands
        elif aspect == "jotting":
            filing = heads.get((stream, subject, "filing"))
            waits = filing is None or filing[0].value["state"] == "open"
            notes = [note.text for note in record.jottings if subject == f"jotting:{note.id}"]
            assert notes == [newest["text"]] * waits
        elif aspect == "team":
            assert record.team.remark == newest["remark"]
        elif aspect == "account":
            assert record.account.overview == newest["overview"]
        elif aspect == "checklist":
            assert items_of(record.checklist) == [item["id"] for item in newest["items"]]
    return len(conflicts)

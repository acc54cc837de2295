"""Questions to the projected tables; the answers are plain records of the model."""

import json
from typing import Any

from inspect_kit.casebook.sqlite import Database
from inspect_kit.errors import UnknownError
from inspect_kit.language import _
from inspect_kit.model import (
    Account,
    Assessment,
    Attachment,
    Checklist,
    Comment,
    Conflict,
    Consent,
    Evidence,
    EvidenceKind,
    Facility,
    Finding,
    Group,
    Jotting,
    Member,
    Priority,
    Profile,
    Recommendation,
    Response,
    Review,
    Role,
    Side,
    Team,
    Verdict,
    VisitKind,
    VisitOverview,
    VisitPlan,
    VisitRecord,
    VisitState,
)


def exists(db: Database, table: str, **values: str) -> bool:
    """Whether a row with these values is in one of our tables."""
    if any("\ud800" <= letter <= "\udfff" for value in values.values() for letter in value):
        return False  # half a character: no text, so no name of ours
    where = " AND ".join(f"{name} = :{name}" for name in values)
    return db.execute(f"SELECT 1 FROM {table} WHERE {where}", values).fetchone() is not None  # noqa: S608 (our own names)


def facilities(db: Database) -> list[Facility]:
    """All facilities with their profiles, by name."""
    held: dict[str, dict[Group, int]] = {}
    for row in db.query("SELECT facility, name, held FROM facility_groups"):
        held.setdefault(row["facility"], {})[Group(row["name"])] = row["held"]
    return [
        Facility(
            id=row["id"],
            name=row["name"],
            place=row["place"],
            country=row["country"],
            authority=row["authority"],
            capacity=row["capacity"],
            profile=Profile(held.get(row["id"], {})),
        )
        for row in db.query("SELECT * FROM facilities ORDER BY name, id")
    ]


def visits(db: Database) -> list[VisitOverview]:
    """All visits, the latest first."""
    waiting = dict(db.execute("SELECT visit, count(*) FROM jottings WHERE state = 'open' GROUP BY visit").fetchall())
    return [
        VisitOverview(
            id=row["id"],
            facility=row["facility_name"],
            kind=VisitKind(row["kind"]),
            state=VisitState(row["state"]),
            starts=row["starts"],
            ends=row["ends"],
            items=row["items"],
            done=row["done"],
            urgent=row["urgent"],
            conflicts=row["conflicts"],
            jottings=waiting.get(row["id"], 0),
        )
        for row in db.query("SELECT * FROM visit_overview ORDER BY starts DESC, id DESC")
    ]


def visit(db: Database, id_: str) -> VisitRecord:
    """Everything about the visit with this id, which must exist.

    Raises:
        UnknownError: when only a part of it has arrived, without its checklist.
    """
    row = next(db.query("SELECT * FROM visits WHERE id = ?", [id_]))
    state = next(db.query("SELECT state FROM visit_overview WHERE id = ?", [id_]))["state"]
    held = {r["name"]: r["held"] for r in db.query("SELECT name, held FROM visit_groups WHERE visit = ?", [id_])}
    frozen = checklist(db, id_)
    if frozen is None:
        raise UnknownError(
            _(
                "The checklist of visit {visit} has not reached this casebook yet: sync again with whoever planned it.",
                visit=id_,
            )
        )
    facility = Facility(
        id=row["facility"],
        name=row["facility_name"],
        place=row["place"],
        country=row["country"],
        authority=row["authority"],
        capacity=row["capacity"],
        profile=Profile({Group(name): number for name, number in held.items()}),
    )
    members = tuple(
        Member(
            name=member["name"],
            role=Role(member["role"]),
            woman=None if member["woman"] is None else bool(member["woman"]),
            profession=member["profession"],
        )
        for member in db.query("SELECT * FROM team_members WHERE visit = ? ORDER BY position", [id_])
    )
    return VisitRecord(
        id=id_,
        plan=VisitPlan(
            facility=facility,
            kind=VisitKind(row["kind"]),
            starts=row["starts"],
            ends=row["ends"],
            announced=bool(row["announced"]),
            purpose=row["purpose"],
            follow_up=row["follow_up"],
        ),
        team=Team(members, row["team_remark"]),
        checklist=frozen,
        account=Account(row["overview"], row["cooperation"], row["good_practice"], row["limits"]),
        state=VisitState(state),
        findings=findings(db, id_),
        recommendations=recommendations(db, id_),
        conflicts=conflicts(db, id_),
        authors=authors(db),
        jottings=jottings(db, id_),
    )


def checklist(db: Database, visit: str) -> Checklist | None:
    """What a visit is walked by, frozen when it was planned; None where it has not arrived."""
    # The id is found first: a sort or a window over bodies would hold several copies of some megabytes.
    row = db.execute(
        "SELECT body FROM bodies WHERE entry = (SELECT id FROM standing WHERE stream = :about AND subject = :about"
        " AND aspect = 'checklist' ORDER BY stamp DESC, id DESC LIMIT 1)",
        {"about": f"visit:{visit}"},
    ).fetchone()
    return Checklist.from_json(json.loads(row[0])) if row else None


def findings(db: Database, visit: str, item: str | None = None) -> dict[str, Finding]:
    """A visit's findings with their evidence, by item id.

    Args:
        db: the open casebook.
        visit: the visit's id.
        item: only this item; None for all.
    """
    names = authors(db)
    narrow, values = ("AND item = ?", [visit, item]) if item else ("", [visit])
    evidence: dict[str, list[Evidence]] = {}
    for row in db.query(f"SELECT * FROM evidence WHERE visit = ? {narrow} ORDER BY recorded, id", values):  # noqa: S608
        evidence.setdefault(row["item"], []).append(_evidence(row, names))
    # where a judgement and something else are both disputed, the finding shows the judgement's sides
    disputes = {conflict.subject: conflict for conflict in reversed(conflicts(db, visit))}
    found: dict[str, Finding] = {
        row["item"]: Finding(
            item=row["item"],
            assessment=Assessment(row["assessment"]) if row["assessment"] else None,
            reason=row["reason"],
            narrative=row["narrative"],
            priority=Priority(row["priority"]),
            author=name_of(names, row["author"]),
            recorded=row["recorded"],
            judgement=row["judgement"] or "",
            evidence=tuple(evidence.get(row["item"], ())),
            conflict=disputes.get(f"finding:{row['item']}"),
            contradiction=bool(row["contradiction"]),
            review=_review(row, names),
        )
        for row in db.query(f"SELECT * FROM findings WHERE visit = ? {narrow}", values)  # noqa: S608 (our own words)
    }
    for name, sources in evidence.items():
        if name not in found:
            found[name] = Finding(item=name, evidence=tuple(sources))
    return found


def _review(row: dict[str, Any], names: dict[str, str]) -> Review | None:
    if row["verdict"] is None:
        return None
    return Review(
        Verdict(row["verdict"]),
        row["comment"],
        row["reviewed"],
        name_of(names, row["reviewer"]),
        row["review_recorded"],
    )


def recommendations(db: Database, visit: str) -> tuple[Recommendation, ...]:
    """A visit's recommendations, numbered in the order in which they were made."""
    names = authors(db)
    rests_on: dict[str, list[str]] = {}
    for row in db.query(
        "SELECT recommendation, item FROM recommendation_findings WHERE visit = ? ORDER BY item", [visit]
    ):
        rests_on.setdefault(row["recommendation"], []).append(row["item"])
    return tuple(
        Recommendation(
            id=row["id"],
            number=number,
            text=row["body"],
            addressee=row["addressee"],
            due=row["due"],
            priority=Priority(row["priority"]),
            findings=tuple(rests_on.get(row["id"], ())),
            author=name_of(names, row["author"]),
            recorded=row["recorded"],
        )
        for number, row in enumerate(db.query("SELECT * FROM recommendations WHERE visit = ? ORDER BY id", [visit]), 1)
    )


def jottings(db: Database, visit: str) -> tuple[Jotting, ...]:
    """A visit's quick notes that wait to be filed, oldest first."""
    names = authors(db)
    return tuple(
        Jotting(
            id=row["id"],
            text=row["note"],
            place=row["place"],
            when=row["happened"],
            author=name_of(names, row["author"]),
            recorded=row["recorded"],
        )
        for row in db.query("SELECT * FROM jottings WHERE visit = ? AND state = 'open' ORDER BY id", [visit])
    )


def answers(db: Database, visit: str) -> dict[str, str]:
    """Why points of the do-no-harm check may stand, by the point's id; what was taken back is not among them."""
    rows = db.query("SELECT point, answer FROM answers WHERE visit = ? AND answer <> '' ORDER BY point", [visit])
    return {row["point"]: row["answer"] for row in rows}


def responses(db: Database, visit: str) -> tuple[Response, ...]:
    """What the authority said of the visit's reports, with the team's decisions, in the order of the table."""
    names = authors(db)
    return tuple(
        Response(
            id=row["id"],
            comment=Comment(
                row["item"], row["recommendation"], row["place"], row["said"], row["accurate"], row["report"]
            ),
            taken_in=name_of(names, row["author"]),
            recorded=row["recorded"],
            accepted=None if row["accepted"] is None else bool(row["accepted"]),
            reason=row["reason"],
            decided=name_of(names, row["decided"]) if row["decided"] else "",
        )
        for row in db.query("SELECT * FROM comments WHERE visit = ? ORDER BY recorded, place, id", [visit])
    )


def last_place(db: Database, visit: str, author: str) -> str:
    """Where this author last noted or found something in a visit; empty where she named no place yet."""
    row = db.execute(
        "SELECT place FROM (SELECT visit, author, place, recorded FROM jottings"
        " UNION ALL SELECT visit, author, place, recorded FROM evidence)"
        " WHERE visit = ? AND author = ? AND place <> '' ORDER BY recorded DESC LIMIT 1",
        (visit, author),
    ).fetchone()
    return str(row[0]) if row else ""


def conflicts(db: Database, visit: str) -> tuple[Conflict, ...]:
    """What people hold different views on in a visit, each with all sides, the newest first."""
    names = authors(db)
    sides: dict[tuple[str, str], list[Side]] = {}
    for row in db.query(
        "SELECT * FROM conflicts WHERE stream = ?"
        " ORDER BY subject, aspect <> 'judgement', aspect, recorded DESC, entry DESC",
        [f"visit:{visit}"],
    ):
        side = Side(row["entry"], json.loads(row["value"]), name_of(names, row["author"]), row["recorded"], row["kind"])
        sides.setdefault((row["subject"], row["aspect"]), []).append(side)
    return tuple(Conflict(subject, aspect, tuple(found)) for (subject, aspect), found in sides.items())


def _evidence(row: dict[str, Any], names: dict[str, str]) -> Evidence:
    attachment = None
    if row["attachment"]:
        attachment = Attachment(
            row["attachment"], row["attachment_name"], row["attachment_type"], row["attachment_size"]
        )
    return Evidence(
        id=row["id"],
        item=row["item"],
        kind=EvidenceKind(row["kind"]),
        note=row["note"],
        place=row["place"],
        when=row["happened"],
        group=row["from_group"],
        interviewee=row["interviewee"],
        consent=Consent(row["consent"]),
        attachment=attachment,
        author=name_of(names, row["author"]),
        recorded=row["recorded"],
    )


def authors(db: Database) -> dict[str, str]:
    """The names in all certificates, by fingerprint."""
    return {row["fingerprint"]: row["name"] for row in db.query("SELECT fingerprint, name FROM certificates")}


def name_of(names: dict[str, str], author: str) -> str:
    """The name of an entry's author; part of the fingerprint where the certificate has not come."""
    fingerprint = author.partition(".")[0]
    if fingerprint in names:
        return names[fingerprint]
    # Translators: an author whose name is not known, and the first letters of her certificate's fingerprint
    return _("unknown ({fingerprint})", fingerprint=fingerprint[:8])

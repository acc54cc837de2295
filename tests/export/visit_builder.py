"""Fictional visits for the tests of the report."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from io import BytesIO

from PIL import Image, ImageDraw

from inspect_kit.analysis import photo_point
from inspect_kit.model import (
    Account,
    Assessment,
    Attachment,
    Checklist,
    Consent,
    Edition,
    Evidence,
    EvidenceKind,
    Facility,
    Finding,
    Group,
    Item,
    Member,
    Priority,
    Profile,
    Recommendation,
    Role,
    Scope,
    Section,
    Source,
    Strength,
    Team,
    VisitKind,
    VisitPlan,
    VisitRecord,
    VisitState,
)

MADE = datetime(2026, 11, 20, 16, 5, tzinfo=timezone(timedelta(hours=2)))
THEMES = {
    "searches": "Searches",
    "hygiene": "Hygiene",
    "health-care": "Health care on entry and in custody",
    "contact-with-children": "Contact with children",
    "restraints": "Restraints",
}
QUESTIONS = (
    "Are personal searches of women carried out only by women staff who have been trained for it?",
    "Does the prison offer an alternative to invasive body searches, and is it used first?",
    "Can a woman refuse a search and have her refusal recorded without punishment?",
    "Are sanitary towels given out free of charge, without asking, and in the number that is needed?",
    "Can women wash in warm water every day, and more often where they need it?",
    "Is a woman who is seen by a male doctor offered that a female member of staff is present?",
    "Are visits by children open, in a room where mother and child may touch each other?",
    "Does the register show each use of force with its reason, its length and the officer who ordered it?",
)
SHORT = "Officers described the rule correctly, and what we saw on two days agreed with it."
LONG = (
    "On both days the team watched the reception of women who returned from court. Four of eleven were "
    "searched in a room "
    "whose door stood open to the corridor, while male escorts waited outside. The written order of March "
    "says that the door is closed.\n"
    "The officer on duty knew of the order; she said that the handle had been broken since the summer.\n\n"
    "Women in three cells, asked apart and in private, described the same. Two said that they had asked for "
    "the door to be shut and "
    "were told to hurry. The register has no entry on any search in September, although the gate book counts "
    "64 returns from court."
)


def item(theme: str, number: int, **more: object) -> Item:
    question = QUESTIONS[(number + len(theme)) % len(QUESTIONS)]
    values: dict[str, object] = {
        "id": f"{theme}.item-{number}",
        "theme": theme,
        "short": f"Item {number}",
        "clauses": (f"BR-{10 + number}.1", f"BR-{10 + number}.2")[: 1 + number % 2],
        "strength": Strength.DUTY,
        "ask": question,
        "why": "It protects her.",
        "number": number,
    }
    return Item(**{**values, **more})  # type: ignore[arg-type]


STANDARDS = {"bangkok-rules": Source("Example Rules", "Rules for Examples (the Example Rules)")}


def checklist(items: tuple[Item, ...], titles: dict[str, str]) -> Checklist:
    digest = hashlib.sha256(repr(items).encode()).hexdigest()
    themes = {theme: Section(theme, title, (), "bangkok-rules") for theme, title in titles.items()}
    return Checklist(digest, STANDARDS, themes, {}, Scope(), items)


def photo(color: str = "#8a9a8c", wide: int = 900, high: int = 600, **save: object) -> bytes:
    picture = Image.new("RGB", (wide, high), color)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((wide // 3, high // 5, wide // 2, high), fill="#5a5148")
    draw.line((0, high * 3 // 4, wide, high * 3 // 4), fill="#333333", width=6)
    out = BytesIO()
    picture.save(out, "JPEG", **save)
    return out.getvalue()


class Files(dict[str, bytes]):
    """A casebook's files by digest."""

    def add(self, data: bytes, name: str, media_type: str) -> Attachment:
        digest = hashlib.sha256(data).hexdigest()
        self[digest] = data
        return Attachment(digest, name, media_type, len(data))


def facility() -> Facility:
    return Facility(
        "Women’s Prison Example-North",
        "Northtown",
        "Exampleland",
        "Prison Service of Exampleland",
        180,
        Profile(
            {
                Group.WOMEN: 212,
                Group.GIRLS: 3,
                Group.PREGNANT: 4,
                Group.WITH_CHILDREN: 6,
                Group.FOREIGN_NATIONALS: 31,
                Group.PRETRIAL: 58,
                Group.SENTENCED: 157,
            }
        ),
    )


def team(inspectors: int = 3) -> Team:
    members = [
        Member("Ana Example", Role.LEADER, True, "lawyer"),
        Member("Berta Muster", Role.INSPECTOR, True, "social worker"),
        Member("Dr Carla Sample", Role.HEALTH, True, "midwife"),
    ]
    more = [Member(f"Inspector Number {number}") for number in range(4, inspectors + 1)]
    return Team((*members[:inspectors], *more, Member("Dan Interpreter", Role.INTERPRETER, False)))


def plan(**more: object) -> VisitPlan:
    values: dict[str, object] = {
        "facility": facility(),
        "kind": VisitKind.FULL,
        "starts": "2026-11-04",
        "ends": "2026-11-06",
        "purpose": "A first visit, to know how the prison meets the rules.",
    }
    return VisitPlan(**{**values, **more})  # type: ignore[arg-type]


def empty_visit(**more: object) -> VisitRecord:
    """A visit that was planned and in which nothing has happened yet."""
    items = tuple(item(theme, number) for theme in THEMES for number in range(1, 4))
    values: dict[str, object] = {
        "id": "01K9EXAMPLE0000000000000AA",
        "plan": plan(),
        "team": Team(),
        "checklist": checklist(items, THEMES),
        "account": Account(),
        "state": VisitState.PLANNED,
    }
    return VisitRecord(**{**values, **more})  # type: ignore[arg-type]


def one_finding(finding: Finding | None = None, **more: object) -> VisitRecord:
    """A visit with a single item, on which there is this finding."""
    only = item("searches", 1)
    found = {only.id: replace(finding, item=only.id)} if finding else {}
    values: dict[str, object] = {
        "checklist": checklist((only,), {"searches": "Searches"}),
        "findings": found,
        "team": team(),
    }
    return empty_visit(**{**values, **more})


def evidence(kind: EvidenceKind, note: str, **more: object) -> Evidence:
    values: dict[str, object] = {
        "recorded": "2026-11-04T09:05:00.123Z.0000",
        "consent": Consent.PUBLIC,
        "author": "Ana Example",
    }
    return Evidence(kind, note, **{**values, **more})  # type: ignore[arg-type]


def sources(number: int, files: Files) -> tuple[Evidence, ...]:
    """Sources of all kinds, a few for each finding."""
    every = (
        evidence(
            EvidenceKind.OBSERVATION,
            "The door stood open during three of four searches.",
            place="reception",
            when="4 November, 10:15",
        ),
        evidence(
            EvidenceKind.INTERVIEW,
            "She said that she was told to hurry, and that the door is never shut when men wait outside. She does not "
            "want to complain, because she fears for her place in the sewing workshop.",
            interviewee="W-07",
            group="women",
            place="yard",
        ),
        evidence(
            EvidenceKind.STAFF_INTERVIEW,
            "The handle has been broken since the summer; a repair was asked for in writing.",
            group="officers",
        ),
        evidence(
            EvidenceKind.DOCUMENT,
            "Register of searches, September: 0 entries; gate book, same month: 64 returns.",
            when="September 2026",
            attachment=files.add(b"%PDF-1.4 register" * 900, "register-september.pdf", "application/pdf"),
        ),
        evidence(EvidenceKind.MEASUREMENT, "Reception room: 7.2 m², height 2.4 m, 19 °C at 10:15.", place="reception"),
        evidence(
            EvidenceKind.OTHER_INTERVIEW,
            "A visiting aid worker heard the same from two families.",
            interviewee="O-02",
            consent=Consent.INTERNAL,
        ),
    )
    chosen = [every[(number * 2 + step) % len(every)] for step in range(number % 4)]
    if number in (3, 15):
        wide, high = (1200, 800) if number == 3 else (700, 1100)
        shot = files.add(photo("#8a9a8c" if number == 3 else "#a39a86", wide, high), f"IMG_{number}.jpg", "image/jpeg")
        chosen.append(
            evidence(
                EvidenceKind.PHOTO,
                "The door of the search room, from the corridor.",
                place="reception",
                attachment=shot,
            )
        )
    return tuple(chosen)


def looked_at(visit: VisitRecord, edition: Edition) -> dict[str, str]:
    """Answers to the question whether anybody can be recognised in a visit's photographs."""
    return {
        photo_point(edition, item, source.attachment.digest): "Nobody is in it."
        for item, finding in visit.findings.items()
        for source in finding.evidence
        if source.attachment
    }


def full_visit(files: Files, each: int = 11) -> VisitRecord:
    """A visit with some fifty findings in five themes, as a team would leave it."""
    items, findings = [], {}
    levels = [
        Assessment.MET,
        Assessment.PARTLY_MET,
        Assessment.MET,
        Assessment.NOT_MET,
        Assessment.MET,
        Assessment.NOT_VERIFIED,
        Assessment.MET,
        Assessment.PARTLY_MET,
        Assessment.NOT_APPLICABLE,
        Assessment.MET,
        Assessment.MET,
    ]
    serial = 0
    for place, theme in enumerate(THEMES):
        for number in range(1, each + 1):
            serial += 1
            level = levels[(number - 1 + place * 3) % len(levels)]
            strength = Strength.PROHIBITION if number % 5 == 0 else Strength.DUTY
            one = item(theme, number, strength=strength)
            if number == each:
                items.append(replace(one, applies=False, reason="The facility holds no girls."))
                continue
            items.append(one)
            if serial % 23 == 0:
                continue
            reason = "The unit was closed on both days." if level is Assessment.NOT_VERIFIED else ""
            reason = "No woman gave birth in the last 24 months." if level is Assessment.NOT_APPLICABLE else reason
            bad = level in (Assessment.NOT_MET, Assessment.PARTLY_MET)
            priority = Priority.URGENT if serial == 4 else Priority.HIGH if bad and serial % 7 == 0 else Priority.NORMAL
            narrative = "" if level.needs_reason else LONG if bad else SHORT
            found = sources(serial, files) if not level.needs_reason else ()
            findings[one.id] = Finding(one.id, level, reason, narrative, priority, "Ana Example", evidence=found)
    recommendations = tuple(
        Recommendation(
            "Repair the door of the search room, keep it closed during each search, and record each search "
            f"in the register ({number}).",
            "The director of the prison" if number % 2 else "Prison Service of Exampleland",
            f"2027-0{number}-15",
            Priority.URGENT if number == 1 else Priority.HIGH if number == 2 else Priority.NORMAL,
            (f"searches.item-{4 if number == 1 else number}", f"hygiene.item-{number}"),
            number=number,
        )
        for number in range(1, 9)
    )
    account = Account(
        overview="The prison treats the women it holds with courtesy, and its health unit works well. "
        "Searches at reception are its gravest "
        "fault: they are done with the door open, and they are not recorded.\n\nThe prison is full beyond its places.",
        cooperation="The director received the team at once. Registers were shown on the first day; the "
        "register of searches only on the second.",
        good_practice="Mothers may cook for their children in the kitchen of the unit, every "
        "day.\n\nMidwives from the town hospital visit weekly.",
        limits="The team did not come at night. The segregation unit was being painted and could not be seen in use.",
    )
    return empty_visit(
        checklist=checklist(tuple(items), THEMES),
        findings=findings,
        recommendations=recommendations,
        account=account,
        team=team(),
        state=VisitState.COMPLETE,
        authors={"ab" * 32: "Ana Example", "cd" * 32: "Berta Muster"},
    )

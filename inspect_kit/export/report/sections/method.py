"""Who inspected, how they worked, and where they sign."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph

from inspect_kit.analysis import self_check
from inspect_kit.analysis.ratings import RULE
from inspect_kit.export.report import style
from inspect_kit.export.report.content import Content, plain_table
from inspect_kit.export.report.flowables import SignatureBoxes
from inspect_kit.export.report.sections.findings import disagreement
from inspect_kit.export.report.signatures import CHAIR_PLACE, MOST_INSPECTORS, inspector_place
from inspect_kit.export.report.text import count, first_upper
from inspect_kit.model import Edition, Role

SOURCES = (
    "A finding is stronger when kinds of source that do not depend on each other support it: what the team saw or "
    "measured, what women said, what staff said, what others said, and what documents show. Under each finding the "
    "report counts the kinds, not the number of sources: ten interviews of one kind are one kind. A photograph counts "
    "as observation, because both show what the team saw. Where sources contradict each other, both sides are kept."
)
CONSENT = (
    "Whoever spoke with the team decided how far her words may go: to the monitoring body, to the authority, or to the "
    "public. The same holds for pictures. People appear under a code, never by name, and consent can be withdrawn. "
    "What nobody agreed to show to the readers of this edition is left out; how many sources that concerns is said "
    "where they are missing."
)
IN_PUBLIC = (
    "In this public edition codes, groups, places and times of people who spoke with the team are left out as well."
)


def method_and_team(report: Content) -> list[Flowable]:
    """The team and its own check, how sources and ratings are counted, consent, limits, open disagreements."""
    visit = report.visit
    story = [*report.section("Method and team"), *report.heading("Team"), *_team(report)]
    story += [*report.heading("What was chosen to be inspected"), Paragraph(_scope(report), style.BODY)]
    story += [
        *report.heading("The team’s own check against Rule 25(3)"),
        Paragraph(self_check(visit.team).sentence, style.BODY),
    ]
    story += report.account(visit.team.remark)
    story += [*report.heading("How sources are counted"), Paragraph(SOURCES, style.BODY)]
    story += [*report.heading("How a theme is rated"), Paragraph(RULE, style.BODY)]
    story += [*report.heading("Consent"), Paragraph(CONSENT, style.BODY)]
    if report.edition is Edition.PUBLIC:
        story.append(Paragraph(IN_PUBLIC, style.BODY))
    story += report.heading("Limits of this visit")
    story += report.account(visit.account.limits) or [Paragraph("The team named no limits.", style.BODY)]
    apart = ("finding:", "jotting:")  # findings tell theirs; where a quick note was filed is no view on the facility
    others = [conflict for conflict in visit.conflicts if not conflict.subject.startswith(apart)]
    if others:
        story += report.heading("What the team has not settled")
    for conflict in others:
        story.append(Paragraph(report.ink.markup(conflict.subject), style.NOTE))
        story += disagreement(report, conflict)
    return story


def _scope(report: Content) -> str:
    """Say in a sentence what the checklist was made from, so that nobody takes a part for the whole."""
    scope, checklist = report.visit.checklist.scope, report.visit.checklist
    if scope.everything:
        chosen = "All themes"
    else:
        parts = []
        if scope.themes:
            parts.append("the themes " + ", ".join(report.ink.markup(checklist.title(theme)) for theme in scope.themes))
        if scope.rules:
            parts.append("what tests the rules " + ", ".join(map(str, scope.rules)))
        if scope.items:
            parts.append("what the visit that is followed up left open")
        chosen = first_upper("; ".join(parts))
    short = (
        f" Of these, what one inspector can do in {scope.minutes / 60:g} hours, bans and the gravest items first."
        if scope.minutes
        else ""
    )
    return f"{chosen}: {count(len(checklist.items), 'item')}.{short}"


def _team(report: Content) -> Iterator[Flowable]:
    members = report.visit.team.members
    if not members:
        yield Paragraph("The members of the team were not named.", style.BODY)
        return
    head: list[object] = [Paragraph(title, style.CELL_HEAD) for title in ("Name", "Role", "Profession")]
    rows = [head]
    for member in members:
        profession = report.ink.markup(member.profession)
        rows.append([Paragraph(report.ink.markup(member.name), style.CELL_BOLD),
                     Paragraph(_ROLES[member.role], style.CELL), Paragraph(profession, style.CELL)])  # fmt: skip
    yield plain_table(rows, [62 * mm, 38 * mm, style.WIDTH - 100 * mm], below=1.2 * mm, ruled=True, head=True)


_ROLES = {role: "Health inspector" if role is Role.HEALTH else first_upper(role.value) for role in Role}


def signatures(report: Content) -> list[Flowable]:
    """One prepared place for each inspector, and the chair's; none while people hold different views."""
    open_views = len(report.visit.conflicts)
    if open_views:
        words = (
            "This is a working paper and cannot be signed: the team holds different views on "
            f"{count(open_views, 'thing')}. Settle them, then write the report anew."
        )
        return [*report.section("Signatures"), Paragraph(words, style.BODY)]
    inspecting = sum(member.role not in (Role.INTERPRETER, Role.OBSERVER) for member in report.visit.team.members)
    places = min(max(inspecting, 1), MOST_INSPECTORS)
    words = (
        "Each inspector signs in a place of her or his own; the chair signs last and closes the report. A signature "
        "covers the whole report and all signatures before it. A place that nobody has signed stays empty. The "
        "times are those of the signers’ own machines."
    )
    story = [*report.section("Signatures"), Paragraph(words, style.BODY)]
    rows = [(inspector_place(number), "Inspector", f"Signature of an inspector, place {number} of {places}", False)
            for number in range(1, places + 1)]  # fmt: skip
    story += [SignatureBoxes(rows[start : start + 2]) for start in range(0, places, 2)]
    story.append(SignatureBoxes([(CHAIR_PLACE, "Chair", "Signature of the chair, which closes the report", True)]))
    return story

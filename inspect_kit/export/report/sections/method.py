"""Who inspected, how they worked, and where they sign."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from inspect_kit.analysis import self_check
from inspect_kit.analysis.ratings import RULE
from inspect_kit.export.report import style
from inspect_kit.export.report.content import Content
from inspect_kit.export.report.paragraphs import Text
from inspect_kit.export.report.sections.findings import disagreement
from inspect_kit.export.report.tables import data_table
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
    "where they are missing, unless that alone would tell who spoke."
)
OUTSIDE = (
    "This edition says of nobody where and when she or he spoke with the team. Numbers of people are left out where "
    "they are so small that they could tell who somebody is, or where such a number would follow from them. Before it "
    "was written, each point of the do-no-harm check was mended or answered by the team."
)
IN_PUBLIC = "Codes and groups of people who spoke with the team are left out as well."


def method_and_team(report: Content) -> list[Flowable]:
    """The team and its own check, how sources and ratings are counted, consent, limits, open disagreements."""
    visit = report.visit
    story = [*report.section("Method and team"), *report.heading("Team"), *_team(report)]
    story += [*report.heading("What was chosen to be inspected"), Text(_scope(report), style.BODY)]
    story += [
        *report.heading("The team’s own check against Rule 25(3)"),
        Text(self_check(visit.team).sentence, style.BODY),
    ]
    story += report.account(visit.team.remark)
    story += [*report.heading("How sources are counted"), Text(SOURCES, style.BODY)]
    story += [*report.heading("How a theme is rated"), Text(RULE, style.BODY)]
    story += [*report.heading("Consent"), Text(CONSENT, style.BODY)]
    if report.edition is not Edition.INTERNAL:
        also = f" {IN_PUBLIC}" if report.edition is Edition.PUBLIC else ""
        story.append(Text(OUTSIDE + also, style.BODY))
    story += report.heading("Limits of this visit")
    story += report.account(visit.account.limits) or [Text("The team named no limits.", style.BODY)]
    apart = ("finding:", "jotting:")  # findings tell theirs; where a quick note was filed is no view on the facility
    others = [conflict for conflict in visit.conflicts if not conflict.subject.startswith(apart)]
    if others:
        story += report.heading("What the team has not settled")
    for conflict in others:
        story.append(Text(report.ink.markup(conflict.subject), style.NOTE))
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
        yield Text("The members of the team were not named.", style.BODY)
        return
    ink = report.ink
    rows = [(f"<b>{ink.markup(one.name)}</b>", _ROLES[one.role], ink.markup(one.profession)) for one in members]
    yield from data_table(rows, (62 * mm, 38 * mm, style.WIDTH - 100 * mm), head=("Name", "Role", "Profession"))


_ROLES = {role: "Health inspector" if role is Role.HEALTH else first_upper(role.value) for role in Role}

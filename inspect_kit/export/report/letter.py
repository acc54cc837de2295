"""The letter on what cannot wait for the report: to whom, what, since when, and what is asked by when; on one page."""

from __future__ import annotations

from dataclasses import replace

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from inspect_kit.export.report import style
from inspect_kit.export.report.content import Content
from inspect_kit.export.report.flowables import Aside, Rule, SignatureBoxes
from inspect_kit.export.report.paragraphs import Text
from inspect_kit.export.report.sections.cover import label
from inspect_kit.export.report.tags import Tag
from inspect_kit.export.report.text import count, day, days, first_upper
from inspect_kit.model import Account, Priority, VisitRecord

LENGTHS = (900, 600, 400, 250, 160, 110)
"""The most characters of a finding's narrative, tried one after the other until the letter fits on its page."""


def urgent_part(visit: VisitRecord) -> VisitRecord:
    """Leave of a record what the letter tells: the urgent findings, and the recommendations that rest on them.

    Args:
        visit: the whole record.
    """
    findings = {item: one for item, one in visit.findings.items() if one.priority is Priority.URGENT}
    wanted = tuple(
        replace(one, findings=tuple(item for item in one.findings if item in findings))
        for one in visit.recommendations
        if any(item in findings for item in one.findings)
    )
    # what the letter does not print of a finding is not in its data either
    findings = {item: replace(one, evidence=()) for item, one in findings.items()}
    items = tuple(item for item in visit.checklist.items if item.id in findings)
    themes = {name: visit.checklist.themes[name] for name in dict.fromkeys(item.theme for item in items)}
    clauses = {
        name: note for name, note in visit.checklist.clauses.items() if any(name in one.clauses for one in items)
    }
    subjects = {f"finding:{item}" for item in findings} | {f"recommendation:{one.id}" for one in wanted}
    return replace(
        visit,
        plan=replace(visit.plan, purpose=""),
        team=replace(visit.team, remark=""),
        account=Account(),
        checklist=replace(visit.checklist, items=items, themes=themes, clauses=clauses),
        findings=findings,
        recommendations=wanted,
        conflicts=tuple(one for one in visit.conflicts if one.subject in subjects),
    )


def letter(report: Content, most: int) -> list[Flowable]:
    """Set the letter.

    Args:
        report: the urgent part of a visit.
        most: the most characters of a finding's narrative.
    """
    ink, plan, wanted = report.ink, report.visit.plan, report.data.letter
    assert wanted is not None  # noqa: S101 (render asks for a letter only where there is one)
    items = report.described
    number = count(len(items), "matter")
    story: list[Flowable] = [
        Text(day(report.made.date().isoformat()), style.NOTE),
        Text(f"To {ink.brief(wanted.addressee, 200)}", style.BODY),
        Spacer(0, 3 * mm),
        Text(f"Urgent: {number} at {ink.brief(plan.facility.name, 120)}", style.LETTER),
        Text(
            f"We inspected this place from {days(plan.starts, plan.ends)}."
            if plan.starts != plan.ends
            else f"We inspected this place on {day(plan.starts)}.",
            style.BODY,
        ),
        Text(
            f"What follows cannot wait for our report. Please write to us by <b>{ink.markup(day(wanted.answer_by))}"
            "</b> what has been done, and see that nobody suffers for having spoken with us.",
            style.BODY,
        ),
    ]
    for item in items:
        story += _matter(report, item, most)
    story += [Rule(3 * mm, 3 * mm), Text("For the monitoring team", style.NOTE)]
    labelled = [(place, label(report, place)) for place in report.data.places]
    if not labelled:
        story.append(Text("This is a draft: the team holds different views, and nobody can sign it yet.", style.BODY))
    story += [
        SignatureBoxes(labelled[first : first + 3], columns=3, high=17 * mm) for first in range(0, len(labelled), 3)
    ]
    return story


def _matter(report: Content, item: str, most: int) -> list[Flowable]:
    finding, known, ink = report.finding(item), report.items.get(item), report.ink
    title, roomy = Tag("H2"), most > LENGTHS[2]
    clauses = f"\u2002{ink.markup(', '.join(known.clauses))}" if known else ""
    story: list[Flowable] = [
        Rule(1.6 * mm, 2.4 * mm),
        Text(f"<b>{ink.markup(report.label(item))}</b>{clauses}", style.EYEBROW, title),
        Text(ink.brief(known.ask if known else item, 300), style.QUESTION if roomy else style.CELL_BOLD, title),
        Spacer(0, 1.4 * mm if roomy else 0.6 * mm),
    ]
    level = first_upper(finding.assessment.label) if finding.assessment else "Seen"
    story.append(Text(f"<b>{level}.</b> {ink.brief(finding.narrative, most)}", style.BODY if roomy else style.SMALL))
    asked = report.recommendations_on(item)
    for one in asked:
        due = f", by <b>{ink.markup(day(one.due))}</b>" if one.due else ""
        to = f"of {ink.brief(one.addressee, 120)}" if one.addressee else "of you"
        words = f"<b>We ask</b> {to}{due} (Recommendation {one.number}): {ink.brief(one.text, most)}"
        story.append(Aside(words, style.ASKED))
    if not asked:
        story.append(Aside("<b>We ask</b> of you to put an end to this at once, and to tell us how.", style.ASKED))
    return story

"""What a reader should know first: the visit at a glance, and the concerns that cannot wait."""

from __future__ import annotations

from collections import Counter
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from inspect_kit.analysis import ThemeRating, concerns, rate_themes
from inspect_kit.export.report import style
from inspect_kit.export.report.charts import Bars, Occupancy
from inspect_kit.export.report.content import Content
from inspect_kit.export.report.flowables import Aside, Figures, Rule
from inspect_kit.export.report.paragraphs import Text
from inspect_kit.export.report.sections.ratings import support
from inspect_kit.export.report.sections.recommendations import heading_line
from inspect_kit.export.report.tables import data_table, facts_table, plain_table
from inspect_kit.export.report.text import count, days, first_upper
from inspect_kit.model import Assessment, EvidenceKind, Priority

_HALF = (style.WIDTH - 10 * mm) / 2
EXCERPT = 900
"""The most characters of a finding's narrative that are repeated among the priority concerns."""


def at_a_glance(report: Content) -> list[Flowable]:
    """Key figures, overview, facts of the visit, who is held, sources and cooperation."""
    visit, ratings = report.visit, rate_themes(report.visit)
    judged, applicable = sum(one.judged for one in ratings), sum(one.applicable for one in ratings)
    urgent = sum(finding.priority is Priority.URGENT for finding in visit.findings.values())
    not_met = sum(one.counts[Assessment.NOT_MET] for one in ratings)
    asked = len(visit.recommendations)
    figures = [
        (f"{judged} of {applicable}", "items that apply were judged on the substance"),
        (str(not_met), f"{'item is' if not_met == 1 else 'items are'} not met"),
        (str(urgent), f"{'finding is' if urgent == 1 else 'findings are'} urgent"),
        (str(asked), "recommendation" if asked == 1 else "recommendations"),
    ]
    story = [*report.section("At a glance"), Figures(figures)]
    if visit.account.overview:
        story += [Spacer(0, 4 * mm), *report.account(visit.account.overview, style.LEAD)]
    story += [*report.heading("The visit"), *_facts(report, ratings)]
    held, sources = _population(report), _sources(report)
    held.insert(0, Text("Who is held", style.HEADING_FLUSH))
    sources.insert(0, Text("Sources", style.HEADING_FLUSH))
    side_by_side = plain_table([[held, "", sources]], [_HALF, 10 * mm, _HALF])
    story += [CondPageBreak(82 * mm), Spacer(0, 6 * mm), side_by_side]
    story += support(report)
    if visit.plan.purpose:
        story += [*report.heading("Purpose"), *report.account(visit.plan.purpose)]
    story += report.heading("Cooperation of the authority")
    story += report.account(visit.account.cooperation) or [Text("The team gave no account of it.", style.BODY)]
    return story


def _facts(report: Content, ratings: tuple[ThemeRating, ...]) -> list[Flowable]:
    plan, ink = report.visit.plan, report.ink
    length = count((date.fromisoformat(plan.ends) - date.fromisoformat(plan.starts)).days + 1, "day")
    applicable, judged = sum(one.applicable for one in ratings), sum(one.judged for one in ratings)
    not_verified = sum(one.counts[Assessment.NOT_VERIFIED] for one in ratings)
    unseen = sum(one.open for one in ratings)
    broken = sum(len(one.broken) for one in ratings)
    members = len(report.visit.team.members)
    facts = [
        ("Facility", ink.markup(plan.facility.name)),
        ("Run by", ink.markup(plan.facility.authority) or "not stated"),
        ("Kind", f"{first_upper(plan.kind.label)}, {'announced' if plan.announced else 'unannounced'}"),
        ("Days", f"{days(plan.starts, plan.ends)} ({length})"),
        ("Team", count(members, "member") if members else "not named"),
        ("Coverage", f"{count(applicable, 'item')} applied; {judged} judged, {not_verified} not verified, "
                     f"{unseen} not looked at"),
        ("Prohibitions", f"{count(broken, 'prohibition')} not kept" if broken else "none of those judged was broken"),
    ]  # fmt: skip
    return facts_table(facts, 38 * mm)


def _population(report: Content) -> list[Flowable]:
    facility, total, few = report.visit.plan.facility, report.shown.held, report.shown.few
    story: list[Flowable] = []
    if facility.capacity is None:
        sentence = "The official capacity was not stated."
    else:
        sentence = f"The official capacity is {count(facility.capacity, 'place')}"
        if total and facility.capacity:
            sentence += f"; {total:,} women and girls are held, an occupancy of {100 * total / facility.capacity:.0f} %"
            story += [Occupancy(total, facility.capacity, _HALF), Spacer(0, 1 * mm)]
        sentence += "."
    story += [Text(sentence, style.SMALL), Spacer(0, 1 * mm)]
    rows = [(first_upper(group.label), f"{number:,}") for group, number in facility.profile.held.items()]
    rows += [(first_upper(group.label), "not told") for group in few]
    if rows:
        story += data_table(rows, (_HALF - 22 * mm, 22 * mm), numbers=(1,), below=0.9 * mm)
        note = "Groups overlap: one woman can belong to several."
        if few:
            note += " Where a number could tell who somebody is, it is not told."
        story += [Spacer(0, 1.4 * mm), Text(note, style.NOTE)]
    else:
        story.append(Text("The numbers were not stated.", style.CELL))
    return story


def _sources(report: Content) -> list[Flowable]:
    counts = Counter(source.kind for finding in report.visit.findings.values() for source in finding.evidence)
    withheld = sum(report.shown.withheld.values())
    story: list[Flowable] = []
    if counts:
        rows = [(first_upper(kind.label), counts[kind]) for kind in EvidenceKind if counts[kind]]
        story += [Bars(rows, _HALF, 30 * mm, "Sources by kind"), Spacer(0, 1.4 * mm)]
        story.append(Text(f"<b>{count(counts.total(), 'source')}</b> in all.", style.SMALL))
    else:
        story.append(Text("This edition shows no sources.", style.CELL))
    if withheld:
        told = f"{count(withheld, 'further source')} withheld: no consent for this edition."
        story += [Spacer(0, 1.4 * mm), Text(told, style.NOTE)]
    return story


def priority_concerns(report: Content) -> list[Flowable]:
    """Urgent findings, then high ones, each with the recommendations that rest on it."""
    found = concerns(report.visit)
    story = report.section("Priority concerns", new_page=bool(found.priority or found.key))
    for remark in found.remarks:
        story.append(Text(remark, style.NOTE))
    for title, items in (("Urgent", found.priority), ("High priority", found.key)):
        if items:
            story += report.heading(f"{title}: {count(len(items), 'finding')}")
        for item in items:
            story += _concern(report, item)
    if not found.priority and not found.key:
        story.append(Text("No finding of this visit was given urgent or high priority.", style.BODY))
    return story


def _concern(report: Content, item: str) -> list[Flowable]:
    narrative = report.finding(item).narrative
    story: list[Flowable] = [CondPageBreak(38 * mm), Rule(1 * mm, 3 * mm), report.head(item, linked=True)]
    story += report.account(excerpt(narrative))
    if len(narrative) > EXCERPT:
        story.append(Text(f"The whole text stands under {report.link(item)}.", style.NOTE))
    recommendations = report.recommendations_on(item)
    story += [Aside(heading_line(report, one, linked=True), style.ASKED) for one in recommendations]
    if not recommendations:
        story.append(Text("No recommendation rests on this finding.", style.NOTE))
    return story


def excerpt(text: str) -> str:
    """Shorten a long text after a word, and keep its paragraphs."""
    if len(text) <= EXCERPT:
        return text
    cut = text.rfind(" ", EXCERPT // 2, EXCERPT)
    return text[: cut if cut > 0 else EXCERPT].rstrip() + " …"

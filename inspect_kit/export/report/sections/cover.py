"""Cover and contents."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer

from inspect_kit.export.report import style
from inspect_kit.export.report.content import READERS, Content
from inspect_kit.export.report.flowables import Rule
from inspect_kit.export.report.tables import facts_table
from inspect_kit.export.report.tags import Text
from inspect_kit.export.report.text import day, days, first_upper


def cover(report: Content) -> list[Flowable]:
    """What was inspected, when, by whom, and for whom this edition is."""
    plan, ink = report.visit.plan, report.ink
    facility = plan.facility
    where = ", ".join(part for part in (facility.place, facility.country) if part)
    edition = f"{first_upper(report.edition)} edition, {READERS[report.edition]}"
    facts = [
        ("Visit", f"{first_upper(plan.kind.label)}, {days(plan.starts, plan.ends)}"),
        ("Edition", edition),
        (
            "Monitoring team",
            "<br/>".join(ink.markup(member.name) for member in report.visit.team.members) or "not named",
        ),
        ("Standard", ink.markup(standard(report))),
        ("Report made on", day(report.made.date().isoformat())),
    ]
    return [
        Spacer(0, 42 * mm),
        Text("Report on the inspection of", style.COVER_PLACE),
        Text(ink.markup(facility.name), style.COVER_TITLE),
        *([Text(ink.markup(where), style.COVER_PLACE)] if where else []),
        Rule(9 * mm, 10 * mm, style.ACCENT, 1.4),
        *facts_table(facts, 38 * mm, below=2.4 * mm, looks=(style.COVER_LABEL, style.COVER_VALUE)),
    ]


def contents(report: Content) -> list[Flowable]:
    """The contents, once all sections have given their titles."""
    return [PageBreak(), Text("Contents", style.SECTION), *report.contents]


def standard(report: Content) -> str:
    """Name the standards in full."""
    return "; ".join(
        source.title if source.short in source.title else f"{source.title} ({source.short})"
        for source in report.visit.checklist.standards.values()
    )

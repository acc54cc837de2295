"""Put a report together and write it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from reportlab.platypus.doctemplate import LayoutError

from inspect_kit.analysis import disclose
from inspect_kit.errors import ReportError
from inspect_kit.export.report.content import READERS, Content
from inspect_kit.export.report.pages import Furniture, lay_out
from inspect_kit.export.report.sections import annexes, cover, findings, method, ratings, recommendations, summary
from inspect_kit.export.report.text import Ink, days, first_upper
from inspect_kit.files import whole_file
from inspect_kit.model import Edition, VisitRecord, Wording


def write(
    visit: VisitRecord,
    edition: Edition,
    out: Path,
    attachment: Callable[[str], bytes],
    made: datetime,
    wording: Mapping[str, Wording],
) -> None:
    """Write a visit's unsigned report; see ``write_report``."""
    if made.tzinfo is None:
        raise ValueError("the time at which a report is made needs a time zone")
    report = Content(disclose(visit, edition), edition, made, attachment, wording)
    front = cover.cover(report)
    body = [
        *summary.at_a_glance(report),
        *summary.priority_concerns(report),
        *ratings.ratings(report),
        *findings.findings(report),
        *recommendations.good_practice(report),
        *recommendations.recommendations(report),
        *method.method_and_team(report),
        *method.signatures(report),
        *annexes.not_judged(report),
        *annexes.clauses(report),
        *annexes.integrity(report),
    ]
    try:
        pdf = lay_out([*front, *cover.contents(report), *body], _furniture(report), report.numbers)
    except LayoutError as problem:
        raise ReportError(f"The report of the visit {visit.id} cannot be laid out: {str(problem)[:200]}") from problem
    with whole_file(out, "The report") as temporary:
        temporary.write_bytes(pdf)


def _furniture(report: Content) -> Furniture:
    visit, line = report.visit, Ink().line
    plan = visit.plan
    title = f"{line(plan.facility.name)}: report on the {plan.kind.label} of {days(plan.starts, plan.ends)}"
    return Furniture(
        title=title,
        author=", ".join(line(member.name) for member in visit.team.members) or "the monitoring team",
        subject=f"{first_upper(report.edition)} edition, {READERS[report.edition]}",
        header=(line(plan.facility.name), f"{first_upper(report.edition)} edition"),
        footer=f"Visit {line(visit.id)}",
        made=report.made,
    )

"""Cover, signatures and contents."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer

from inspect_kit.export.report import style
from inspect_kit.export.report.content import READERS, Content
from inspect_kit.export.report.flowables import Band, SignatureBoxes
from inspect_kit.export.report.paragraphs import Text
from inspect_kit.export.report.signatures import Place, SignerRole
from inspect_kit.export.report.tables import facts_table
from inspect_kit.export.report.text import count, day, days, first_upper
from inspect_kit.model import Edition

CONFIDENTIAL = {
    Edition.INTERNAL: "Confidential. It holds what people said for the monitoring body alone.",
    Edition.AUTHORITY: "Confidential until the monitoring body publishes it.",
    Edition.PUBLIC: "",
}


def cover(report: Content) -> list[Flowable]:
    """What was inspected, when, by whom, and for whom this edition is."""
    plan, ink = report.visit.plan, report.ink
    facility = plan.facility
    where = ", ".join(part for part in (facility.place, facility.country) if part)
    edition = f"{first_upper(report.edition)} edition, {READERS[report.edition]}"
    members = [ink.markup(member.name) for member in report.visit.team.members]
    facts = [
        ("Visit", f"{first_upper(plan.kind.label)}, {days(plan.starts, plan.ends)}"),
        ("Edition", f"<b>{edition}</b>"),
        ("Monitoring team", "<br/>".join(members) or "not named"),
        ("Standard", ink.markup(standard(report))),
        ("Report made on", day(report.made.date().isoformat())),
    ]
    if report.data.corrects:
        facts.append(
            (
                "Version",
                f"{report.data.number}. It takes the place of the signed report with the SHA-256 "
                f"{ink.markup(report.data.corrects)}.",
            )
        )
    told = CONFIDENTIAL[report.edition]
    told = CONFIDENTIAL[report.edition]
    return [
        Band([
            Text("Report on the inspection of", style.COVER_OVER),
            Text(ink.brief(facility.name, 140), style.COVER_TITLE),
            *([Text(ink.brief(where, 120), style.COVER_PLACE)] if where else []),
        ]),
        Spacer(0, 12 * mm),
        *facts_table(facts, 38 * mm, below=2.4 * mm, looks=(style.COVER_LABEL, style.COVER_VALUE)),
        *([Spacer(0, 10 * mm), Text(told, style.COVER_NOTE)] if told else []),
    ]  # fmt: skip


def signatures(report: Content) -> list[Flowable]:
    """One prepared place for each inspector, and the chair's; none while people hold different views."""
    places = report.data.places
    story = report.section("Signatures")
    if not places:
        words = (
            "This is a working paper and cannot be signed: the team holds different views on "
            f"{count(len(report.visit.conflicts), 'thing')}. Settle them, then write the report anew."
        )
        return [*story, Text(words, style.BODY)]
    words = (
        "Each inspector signs in a place of her or his own; the chair signs last and closes the report. A signature "
        "covers the whole report, the data attached to it, and all signatures before it. A place that nobody has "
        "signed stays empty. The times are those of the signers’ own machines."
    )
    story += [Text(words, style.BODY), Spacer(0, 4 * mm)]
    labelled = [(place, label(report, place)) for place in places]
    inspectors, chair = labelled[:-1], labelled[-1:]
    story += [SignatureBoxes(inspectors[first : first + 2]) for first in range(0, len(inspectors), 2)]
    story.append(SignatureBoxes(chair))
    return story


def label(report: Content, place: Place) -> str:
    """Name who signs in a place."""
    if place.role is SignerRole.CHAIR:
        return "Chair of the monitoring body"
    return f"{report.ink.brief(place.signer, 60)}, inspector" if place.signer else "Inspector"


def contents(report: Content) -> list[Flowable]:
    """The contents, once all sections have given their titles."""
    return [PageBreak(), Text("Contents", style.SECTION), *report.contents]


def standard(report: Content) -> str:
    """Name the standards in full."""
    return "; ".join(
        source.title if source.short in source.title else f"{source.title} ({source.short})"
        for source in report.visit.checklist.standards.values()
    )

"""What the team asks for, of whom, and by when; and what others could learn from here."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Paragraph

from inspect_kit.export.report import style
from inspect_kit.export.report.content import Content
from inspect_kit.export.report.pages import Anchor
from inspect_kit.export.report.text import day
from inspect_kit.model import Priority, Recommendation


def recommendations(report: Content) -> list[Flowable]:
    """All recommendations in the order of their numbers."""
    story = report.section("Recommendations", new_page=bool(report.visit.recommendations))
    if not report.visit.recommendations:
        story.append(Paragraph("The team made no recommendations.", style.BODY))
    for one in report.visit.recommendations:
        story += _recommendation(report, one)
    return story


def _recommendation(report: Content, one: Recommendation) -> list[Flowable]:
    number = f'<b><font color="#{style.ACCENT.hexval()[2:]}" size="13">{one.number or "–"}</font></b>'
    facts = [
        f"To {report.ink.markup(one.addressee) or 'nobody named'}",
        f"by {report.ink.markup(day(one.due))}" if one.due else "no day set",
    ]
    facts.append(f"<b>{one.priority}</b>" if one.priority is not Priority.NORMAL else "normal priority")
    meta = "\u2002·\u2002".join(facts)
    meta += f"<br/>Rests on {report.links(one.findings)}" if one.findings else "<br/>Rests on no single finding"
    return [
        CondPageBreak(30 * mm),
        Anchor(_key(one), report.numbers),
        *report.account(one.text, style.RECOMMENDATION, f"<bullet>{number}</bullet>"),
        Paragraph(meta, style.RECOMMENDATION_META),
    ]


def _key(one: Recommendation) -> str:
    return f"recommendation-{one.number}"


def heading_line(report: Content, one: Recommendation, *, linked: bool) -> str:
    """Name a recommendation with its first words, addressee and day, as markup."""
    name = f"Recommendation {one.number}"
    name = f'<a href="#{_key(one)}">{name}</a>' if linked else name
    text = " ".join(one.text.split())
    text = text if len(text) <= 240 else text[: text.rfind(" ", 100, 240)].rstrip() + " …"
    due = f", by {report.ink.markup(day(one.due))}" if one.due else ""
    return f"<b>{name}</b>\u2002{report.ink.markup(text)} ({report.ink.markup(one.addressee) or 'nobody named'}{due})"


def good_practice(report: Content) -> list[Flowable]:
    """What others could learn from here."""
    story = report.section("Good practice", new_page=False)
    told = report.account(report.visit.account.good_practice)
    return story + (told or [Paragraph("The team named no particular good practice.", style.BODY)])

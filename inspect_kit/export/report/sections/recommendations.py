"""What the team asks for, of whom, and by when; and what others could learn from here."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable

from inspect_kit.export.report import style
from inspect_kit.export.report.content import Content
from inspect_kit.export.report.pages import Anchor
from inspect_kit.export.report.tags import Tag, Text
from inspect_kit.export.report.text import day
from inspect_kit.model import Priority, Recommendation


def recommendations(report: Content) -> list[Flowable]:
    """All recommendations in the order of their numbers."""
    story = report.section("Recommendations", new_page=bool(report.visit.recommendations))
    if not report.visit.recommendations:
        story.append(Text("The team made no recommendations.", style.BODY))
    asked = Tag("L")
    for one in report.visit.recommendations:
        story += _recommendation(report, one, asked)
    return story


def _recommendation(report: Content, one: Recommendation, asked: Tag) -> list[Flowable]:
    number = f'<b><font color="#{style.ACCENT.hexval()[2:]}" size="13">{one.number or "–"}</font></b>'
    facts = [
        f"To {report.ink.markup(one.addressee) or 'nobody named'}",
        f"by {report.ink.markup(day(one.due))}" if one.due else "no day set",
    ]
    facts.append(f"<b>{one.priority}</b>" if one.priority is not Priority.NORMAL else "normal priority")
    meta = "\u2002·\u2002".join(facts)
    meta += f"<br/>Rests on {report.links(one.findings)}" if one.findings else "<br/>Rests on no single finding"
    text = report.account(one.text, style.RECOMMENDATION, f"<bullet>{number}</bullet>", asked)
    below = Text(meta, style.RECOMMENDATION_META, Tag("P", text[0].body))
    return [CondPageBreak(30 * mm), Anchor(_key(one), report.numbers), *text, below]


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
    return story + (told or [Text("The team named no particular good practice.", style.BODY)])

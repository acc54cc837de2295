"""What the team asks for, of whom, and by when; and what others could learn from here."""

from __future__ import annotations

from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from inspect_kit.export.report import style
from inspect_kit.export.report.charts import Columns
from inspect_kit.export.report.content import Content
from inspect_kit.export.report.pages import Anchor
from inspect_kit.export.report.paragraphs import Text
from inspect_kit.export.report.tags import Tag
from inspect_kit.export.report.text import MONTHS, day
from inspect_kit.model import Priority, Recommendation


def recommendations(report: Content) -> list[Flowable]:
    """What is asked when, then all recommendations in the order of their numbers."""
    wanted = report.visit.recommendations
    story = report.section("Recommendations", new_page=bool(wanted))
    if not wanted:
        story.append(Text("The team made no recommendations.", style.BODY))
    story += _calendar(report)
    asked = Tag("L")
    for one in wanted:
        story += _recommendation(report, one, asked)
    if report.visit.plan.follow_up:
        story += report.heading("Progress on earlier recommendations")
        story.append(
            Text(
                "This visit follows up an earlier one. What became of that visit’s recommendations is told under the "
                "findings; the record does not rate it.",
                style.BODY,
            )
        )
    return story


def _calendar(report: Content) -> list[Flowable]:
    """A chart of what is due in which month, where there is enough to see."""
    due = [
        (one.due[:7], one.priority is not Priority.NORMAL) for one in report.visit.recommendations if _is_day(one.due)
    ]
    months = sorted({month for month, _ in due})
    if len(due) < 4 or len(months) < 2:
        return []
    columns = []
    for month in months[:24]:
        graver = [grave for when, grave in due if when == month]
        name = f"{MONTHS[int(month[5:]) - 1][:3]} {month[:4]}"
        columns.append((name, sum(graver), len(graver) - sum(graver)))
    words = "By month: how many are due; the dark part is urgent or of high priority."
    return [Text(words, style.NOTE), Columns(columns, style.WIDTH, "Recommendations by month"), Spacer(0, 7 * mm)]


def _is_day(due: str) -> bool:
    try:
        date.fromisoformat(due)
    except ValueError:
        return False
    return True


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
    due = f", by {report.ink.markup(day(one.due))}" if one.due else ""
    to = report.ink.markup(one.addressee) or "nobody named"
    return f"<b>{name}</b>\u2002{report.ink.brief(one.text, 240)} ({to}{due})"


def good_practice(report: Content) -> list[Flowable]:
    """What others could learn from here."""
    story = report.section("Good practice", new_page=False)
    told = report.account(report.visit.account.good_practice)
    return story + (told or [Text("The team named no particular good practice.", style.BODY)])

"""What was not judged and why, and how a reader checks that the report is whole."""

from __future__ import annotations

from collections.abc import Iterable

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

import inspect_kit
from inspect_kit.export.report import style
from inspect_kit.export.report.content import READERS, Content
from inspect_kit.export.report.flowables import Rule
from inspect_kit.export.report.sections.cover import standard
from inspect_kit.export.report.tables import Cell, data_table, facts_table
from inspect_kit.export.report.tags import Text
from inspect_kit.export.report.text import count, first_upper, moment
from inspect_kit.model import Assessment, Item

LONGEST_ROW = 1500
"""The most characters in one row, which is then shorter than a page."""


def not_judged(report: Content) -> list[Flowable]:
    """Items not verified, items that did not apply, and items nobody looked at."""
    items = report.visit.checklist.items
    found = {item.id: report.finding(item.id).assessment for item in items}
    not_verified = [item for item in items if item.applies and found[item.id] is Assessment.NOT_VERIFIED]
    judged_away = [item for item in items if item.applies and found[item.id] is Assessment.NOT_APPLICABLE]
    never = [item for item in items if not item.applies]
    unseen = [item for item in items if item.applies and found[item.id] is None]
    story = report.section("Annex: items that were not judged")
    reason = {item.id: report.finding(item.id).reason for item in items}
    story += _list(report, "Not verified", not_verified, reason)
    story += _list(report, "Did not apply, in the team’s judgement", judged_away, reason)
    story += _list(report, "Does not apply to this facility", never, {item.id: item.reason or "" for item in never})
    story += _list(report, "Not looked at", unseen, None)
    return story


def _list(report: Content, title: str, items: Iterable[Item], reasons: dict[str, str] | None) -> list[Flowable]:
    items = list(items)
    story = report.heading(f"{title}: {count(len(items), 'item') if items else 'none'}")
    rows: list[list[Cell]] = []

    def flush() -> None:
        if rows:
            story.extend(data_table(rows, (42 * mm, style.WIDTH - 42 * mm), below=1.4 * mm, whole=True))
            rows.clear()

    for item in items:
        label = f"{report.link(item.id)}<br/>{report.ink.markup(', '.join(item.clauses))}"
        told: list[Flowable] = [Text(report.ink.markup(item.ask), style.CELL)]
        if reasons is not None:
            told += report.account(f"Why: {reasons[item.id] or 'no reason given'}", style.CELL_QUIET)
        if len(item.ask) + len(report.finding(item.id).reason) + len(item.reason or "") > LONGEST_ROW or len(told) > 9:
            # a row of many pages is set without a table, because the time to split one grows faster than its length
            flush()
            story += [Rule(2 * mm, 2 * mm), Text(label, style.CELL_QUIET), *told]
            continue
        rows.append([Text(label, style.CELL_QUIET), told])
    flush()
    return story


def clauses(report: Content) -> list[Flowable]:
    """What each clause asks for that a described finding rests on, in our words and in those imported."""
    ink, checklist = report.ink, report.visit.checklist
    touched = {clause for item in report.described if item in report.items for clause in report.items[item].clauses}
    named = [clause for clause in checklist.clauses if clause in touched]
    if not named:
        return []
    if report.wording:
        told = "in our own words, and in the text of the document that the monitoring body holds"
    else:
        told = "in our own words; read the official text before quoting it"
    story = report.section("Annex: what the clauses ask for", new_page=False)
    story.append(Text(f"The clauses on which the findings above rest, {told}.", style.BODY))
    rows: list[list[Cell]] = []
    for clause in named:
        cell: list[Flowable] = [Text(ink.markup(checklist.clauses[clause].means), style.CELL)]
        if clause in report.wording:
            text = report.wording[clause]
            label = f"<b>{ink.markup(first_upper(text.label))}:</b> "
            cell += report.account(text.text, style.CELL_QUIET, label)
        rows.append([f"<b>{ink.markup(clause)}</b>", cell])
    short = all(len(report.wording[clause].text) < LONGEST_ROW for clause in named if clause in report.wording)
    return story + data_table(rows, (22 * mm, style.WIDTH - 22 * mm), below=1.4 * mm, whole=short)


def integrity(report: Content) -> list[Flowable]:
    """What the report was made from, and how to check its signatures."""
    visit, ink = report.visit, report.ink
    people = sorted((name, fingerprint) for fingerprint, name in visit.authors.items())
    recorders = "<br/>".join(f"<b>{ink.markup(name)}</b><br/>{ink.markup(fingerprint)}" for name, fingerprint in people)
    facts = [
        ("Visit", ink.markup(visit.id)),
        ("Checklist", f"{ink.markup(visit.checklist.id)}<br/>{ink.markup(standard(report))}"),
        ("Edition", f"{first_upper(report.edition)}, {READERS[report.edition]}"),
        ("Made", f"{moment(report.made)} with inspect_kit {inspect_kit.__version__}"),
        ("Recorded by", recorders or "nobody"),
    ]
    how = (
        "To check that this report is whole and unchanged, and who signed it, run <b>inspect-kit verify FILE</b>; "
        "<b>pdfsig FILE</b> of the Poppler tools and most PDF readers check the signatures as well. Compare the "
        "fingerprint of each signer’s certificate with the one that she or he gives you in person; the long numbers "
        "under “Recorded by” are such fingerprints (SHA-256)."
    )
    story = [*report.section("Annex: integrity of this report", new_page=False, room=120 * mm)]
    story += facts_table(facts, 32 * mm, below=1.6 * mm, ruled=True)
    story += [*report.heading("How to check"), Text(how, style.BODY)]
    story += [*report.heading("Characters"), Text(_coded(ink.coded), style.BODY)]
    return story


def _coded(number: int) -> str:
    if not number:
        return "Every character of the team’s texts is printed as it was written."
    are, codes = ("is", "a code") if number == 1 else ("are", "codes")
    return (
        f"{count(number, 'character')} of the team’s texts, for which this typeface has no picture or which would be "
        f"invisible, {are} printed as {codes} in brackets, such as [U+1F600]."
    )

"""What was not judged and why, and how a reader checks that the report is whole."""

from __future__ import annotations

from collections.abc import Iterable

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

import inspect_kit
from inspect_kit.analysis import by_clause, open_points
from inspect_kit.export.report import structure, style
from inspect_kit.export.report.charts import LEVELS
from inspect_kit.export.report.content import READERS, Content
from inspect_kit.export.report.flowables import Rule
from inspect_kit.export.report.paragraphs import Text
from inspect_kit.export.report.sections.cover import standard
from inspect_kit.export.report.tables import Cell, data_table, facts_table
from inspect_kit.export.report.text import count, first_upper, listed, moment, stamp_moment
from inspect_kit.model import Assessment, Edition, Item

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
            story.extend(data_table(rows, (48 * mm, style.WIDTH - 48 * mm), below=1.4 * mm, whole=True))
            rows.clear()

    for item in items:
        label = f"{report.link(item.id)}<br/>{report.ink.markup(', '.join(item.clauses))}"
        told: list[Flowable] = [Text(report.ink.markup(item.ask), style.CELL)]
        if reasons is not None:
            told += report.account(f"Why: {reasons[item.id] or 'no reason given'}", style.CELL_QUIET)
        printed = report.ink.printed(item.ask + report.finding(item.id).reason + (item.reason or "") + label)
        if len(printed) > LONGEST_ROW or len(told) > 9:
            # a row of many pages is set without a table, because the time to split one grows faster than its length
            flush()
            story += [Rule(2 * mm, 2 * mm), Text(label, style.CELL_QUIET), *told]
            continue
        rows.append([Text(label, style.CELL_QUIET), told])
    flush()
    return story


def matrix(report: Content) -> list[Flowable]:
    """What was judged of each clause, in figures."""
    checklist, ink = report.visit.checklist, report.ink
    covered = by_clause(report.visit)
    if not covered:
        return []
    story = report.section("Annex: what was judged of each clause")
    words = (
        "Each row is a clause, each number a count of items that test it. A clause without a number in “met”, “partly "
        "met” or “not met” was not judged: nothing in this report says whether it is kept."
    )
    rows: list[list[Cell]] = []
    for one in covered:
        note = checklist.clauses.get(one.key)
        counts = one.counts
        numbers = [str(counts.get(level) or "–") for level, _ in LEVELS]
        rows.append([f"<b>{ink.markup(one.key)}</b>", ink.markup(note.heading if note else ""), *numbers])
    head = ("Clause", "About", "Met", "Partly met", "Not met", "Not verified", "Not looked at")
    columns = (20 * mm, 54 * mm, *[17.2 * mm] * 5)
    table = data_table(rows, columns, head=head, numbers=range(2, 7), below=0.9 * mm)
    return [*story, Text(words, style.BODY), *table]


GLOSSARY = (
    ("Assessment", "How far an item is met: met, partly met, not met, not applicable or not verified; the last two "
                   "always with a reason."),
    ("Bangkok Rules", "The United Nations rules of 2010 for the treatment of women prisoners and for measures in "
                      "place of prison."),
    ("Clause", "A rule, or a numbered paragraph or lettered point of one, such as BR-25.3."),
    ("Code", "Stands in place of a person’s name, such as W7; there is no list of whose it is."),
    ("Contradiction", "Sources of one finding that do not agree; both sides are kept."),
    ("Edition", "A report for one readership: the monitoring body, the authority, or the public."),
    ("Evidence, source", "Something that was seen, measured, read, photographed, or said to the team."),
    ("Finding", "What the team holds about one item of its checklist."),
    ("Independent kinds", "Kinds of source that do not depend on each other. Two or more support each other."),
    ("Prohibition", "A clause that forbids something, with no room for degree."),
    ("Seal", "An author’s signature on all that she recorded up to a point, by which a later change shows."),
)  # fmt: skip


def glossary(report: Content) -> list[Flowable]:
    """What the words of the report mean."""
    story = report.section("Annex: glossary", new_page=False)
    facts = [(f"<b>{word}</b>", meaning) for word, meaning in GLOSSARY]
    return story + facts_table(facts, 38 * mm, below=1.2 * mm, ruled=True, looks=(style.CELL, style.CELL))


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
    texts = [
        checklist.clauses[one].means + (report.wording[one].text if one in report.wording else "") for one in named
    ]
    short = all(len(ink.printed(text)) < LONGEST_ROW for text in texts)
    return story + data_table(rows, (22 * mm, style.WIDTH - 22 * mm), below=1.4 * mm, whole=short)


def do_no_harm(report: Content) -> list[Flowable]:
    """For the team alone: what the check found for the readers outside, and why it may stand."""
    if report.edition is not Edition.INTERNAL:
        return []
    story = report.section("Annex: the do-no-harm check", new_page=False)
    story.append(
        Text(
            "What could tell readers outside the team who somebody is. An edition is written only when each of its "
            "points was mended or answered; this annex stands in the internal edition alone.",
            style.BODY,
        )
    )
    for edition in (Edition.AUTHORITY, Edition.PUBLIC):
        points = open_points(report.visit, edition)
        story += report.heading(f"{first_upper(edition)} edition: {count(len(points), 'point') if points else 'none'}")
        rows: list[list[Cell]] = []
        for point in points:
            where = first_upper(point.field)
            if point.item:
                where = f"{report.link(point.item)}<br/>{where}"
            answer = report.data.answers.get(point.id, "").strip()
            told = [Text(report.ink.markup(point.message), style.CELL)]
            told += report.account(f"Answer: {answer}" if answer else "Not answered.", style.CELL_QUIET)
            rows.append([Text(where, style.CELL_QUIET), told])
        if rows:
            story += data_table(rows, (48 * mm, style.WIDTH - 48 * mm), below=1.4 * mm)
    return story


def integrity(report: Content) -> list[Flowable]:
    """What the report was made from, who sealed it, and how to check its signatures."""
    visit, ink, data = report.visit, report.ink, report.data
    facts = [
        ("Visit", ink.markup(visit.id)),
        ("Checklist", f"{ink.markup(visit.checklist.id)}<br/>{ink.markup(standard(report))}"),
        ("Edition", f"{first_upper(report.edition)}, {READERS[report.edition]}; version {data.number}"),
        ("Made", f"{moment(report.made)} with inspect_kit {inspect_kit.__version__}"),
        ("Attached data", f"{structure.DATA_NAME}, SHA-256 {report.digest}"),
    ]
    if data.corrects:
        facts.append(("Corrects", f"The signed report with the SHA-256 {ink.markup(data.corrects)}"))
    how = (
        "To check that this report is whole and unchanged, and who signed it, run <b>inspect-kit verify FILE</b>; "
        "<b>pdfsig FILE</b> of the Poppler tools and most PDF readers check the signatures as well. Compare the "
        "fingerprint of each signer’s certificate with the one that she or he gives you in person; the long numbers "
        "under “Recorded by” are such fingerprints (SHA-256)."
    )
    story = [*report.section("Annex: integrity of this report", new_page=False, room=120 * mm)]
    story += facts_table(facts, 32 * mm, below=1.6 * mm, ruled=True)
    story += [*report.heading("Recorded by, and sealed"), *_seals(report)]
    story += [*report.heading("How to check"), Text(how, style.BODY)]
    story += [*report.heading("Characters"), Text(_coded(ink.coded), style.BODY)]
    return story


def _seals(report: Content) -> list[Flowable]:
    """For each author, what she sealed; who did not seal is told by name."""
    authors = sorted(report.visit.authors.items(), key=lambda one: (one[1], one[0]))
    if not authors:
        return [Text("Nobody recorded anything.", style.BODY)]
    ink = report.ink
    rows: list[list[Cell]] = []
    without = []
    for fingerprint, name in authors:
        seals = [seal for seal in report.data.seals if seal.author.partition(".")[0] == fingerprint]
        sealed = "<br/>".join(
            f"{count(seal.seq, 'entry', 'entries')}, up to {ink.markup(seal.entry[:16])}…, on "
            f"{ink.markup(stamp_moment(seal.stamp, report.made))}"
            for seal in sorted(seals, key=lambda one: (one.author, one.seq))
        )
        if not seals:
            without.append(ink.markup(name))
        who = [Text(f"<b>{ink.markup(name)}</b>", style.CELL), Text(ink.markup(fingerprint), style.CELL_QUIET)]
        rows.append([who, sealed or "<b>No seal</b>"])
    story = data_table(rows, (style.WIDTH * 0.56, style.WIDTH * 0.44), head=("Author", "Seals"), below=1.6 * mm)
    words = "A seal proves that what its author recorded up to it was neither changed nor dropped since. "
    if without:
        words += f"Without a seal, and so without that proof, is what was recorded by {listed(without)}."
    else:
        words += "What an author recorded after her last seal has no such proof yet."
    return [*story, Spacer(0, 2 * mm), Text(words, style.BODY)]


def _coded(number: int) -> str:
    if not number:
        return "Every character of the team’s texts is printed as it was written."
    are, codes = ("is", "a code") if number == 1 else ("are", "codes")
    return (
        f"{count(number, 'character')} of the team’s texts, for which this typeface has no picture or which would be "
        f"invisible, {are} printed as {codes} in brackets, such as [U+1F600]."
    )

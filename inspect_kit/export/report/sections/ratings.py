"""A rating for each theme, with the counts it rests on, and what was judged in each place."""

from __future__ import annotations

from collections import Counter

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from inspect_kit.analysis import ThemeRating, by_place, rate_themes
from inspect_kit.analysis.coverage import OPEN
from inspect_kit.export.report import style
from inspect_kit.export.report.charts import LEVELS, Bar, Bars, Legend, Strip, told
from inspect_kit.export.report.content import SUBSTANCE, Content
from inspect_kit.export.report.paragraphs import Text
from inspect_kit.export.report.tables import Cell, data_table
from inspect_kit.export.report.text import first_upper
from inspect_kit.model import Assessment, Place

COLUMNS = (41 * mm, 26 * mm, style.WIDTH - 67 * mm)


def ratings(report: Content) -> list[Flowable]:
    """Rating, bar, counts in figures, coverage, and prohibitions that are not kept; then the places."""
    story = report.section("Ratings by theme", new_page=False, room=120 * mm)
    rated = rate_themes(report.visit)
    if not rated:
        return [*story, Text("The checklist of this visit has no themes.", style.BODY)]
    words = "How a rating comes about is said under Method and team. Items that do not apply are left out."
    story += [Text(words, style.BODY), Legend(), Spacer(0, 3 * mm)]
    columns = COLUMNS
    rows = [_row(report, one, columns[2]) for one in rated]
    story += data_table(rows, columns, head=("Theme", "Rating", "Items"), below=2.6 * mm)
    return [*story, *_places(report)]


def _row(report: Content, one: ThemeRating, wide: float) -> list[Cell]:
    counts: dict[str, int] = {level: one.counts[level] for level, _ in LEVELS if isinstance(level, Assessment)}
    counts[OPEN] = one.open
    covered = f"{one.judged} of {one.applicable} judged" if one.applicable else "nothing to judge"
    rating: list[Flowable] = [Text(first_upper(one.rating), style.CELL_BOLD), Text(covered, style.CELL_QUIET)]
    bar: list[Flowable] = [Bar(counts, wide), Spacer(0, 1 * mm)] if one.applicable else []
    bar.append(Text(told(counts) or "no item applies", style.CELL_TINY))
    if one.broken:
        bar.append(Text(f"<b>Prohibition not kept:</b> {report.links(one.broken)}", style.CELL))
    return [Text(report.ink.markup(one.title), style.CELL_BOLD), rating, bar]


def _places(report: Content) -> list[Flowable]:
    """A strip of squares for each place: one an item, so that a place that nobody entered shows at once."""
    places = by_place(report.visit)
    if not places:
        return []
    columns = COLUMNS
    rows: list[list[Cell]] = [
        [Place(one.key).label, [Text(f"{one.judged} of {len(one.levels)} judged", style.CELL_QUIET)],
         [Strip(one.levels, columns[2]), Text(told(one.counts), style.CELL_TINY)]]
        for one in places
    ]  # fmt: skip
    words = "A square stands for an item, in the order of the checklist; an item can stand in several places."
    head = ("Place", "Coverage", "Items")
    return [*report.heading("Coverage by place"), Text(words, style.BODY), *data_table(rows, columns, head=head)]


def support(report: Content) -> list[Flowable]:
    """On how many independent kinds of source the findings rest."""
    findings = [one for one in report.visit.findings.values() if one.assessment in SUBSTANCE]
    if not findings:
        return []
    kinds = Counter(min(len(one.source_kinds), 3) for one in findings)
    names = ("No source recorded", "One kind of source", "Two independent kinds", "Three or more kinds")
    rows = [(names[number], kinds[number]) for number in (3, 2, 1, 0)]
    chart = Bars(rows, style.WIDTH * 0.72, 47 * mm, "Findings by the kinds of source they rest on")
    words = "Findings that were judged on the substance, by the independent kinds of source that this edition shows."
    heading = report.heading("How well the findings are supported")
    return [CondPageBreak(55 * mm), *heading, Text(words, style.BODY), chart]

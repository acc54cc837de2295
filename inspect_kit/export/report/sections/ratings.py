"""A rating for each theme, with the counts it rests on."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from inspect_kit.analysis import ThemeRating, rate_themes
from inspect_kit.export.report import style
from inspect_kit.export.report.content import Content
from inspect_kit.export.report.flowables import LEVELS, OPEN, Bar, Legend
from inspect_kit.export.report.tables import Cell, data_table
from inspect_kit.export.report.tags import Text
from inspect_kit.export.report.text import first_upper
from inspect_kit.model import Assessment


def ratings(report: Content) -> list[Flowable]:
    """Rating, bar, counts in figures, coverage, and prohibitions that are not kept."""
    story = report.section("Ratings by theme", new_page=False, room=120 * mm)
    rated = rate_themes(report.visit)
    if not rated:
        return [*story, Text("The checklist of this visit has no themes.", style.BODY)]
    words = "How a rating comes about is said under Method and team. Items that do not apply are left out."
    story += [Text(words, style.BODY), Legend(), Spacer(0, 3 * mm)]
    columns = [47 * mm, 33 * mm, style.WIDTH - 80 * mm]
    rows = [_row(report, one, columns[2]) for one in rated]
    return story + data_table(rows, columns, head=("Theme", "Rating", "Items"), below=2.6 * mm)


def _row(report: Content, one: ThemeRating, wide: float) -> list[Cell]:
    counts: dict[str, int] = {level: one.counts[level] for level, _ in LEVELS if isinstance(level, Assessment)}
    counts[OPEN] = one.open
    told = " · ".join(f"{counts[level]} {words}" for level, words in LEVELS if counts[level]) or "no item applies"
    covered = f"{one.judged} of {one.applicable} judged" if one.applicable else "nothing to judge"
    rating: list[Flowable] = [Text(first_upper(one.rating), style.CELL_BOLD), Text(covered, style.CELL_QUIET)]
    bar: list[Flowable] = [Bar(counts, wide)] if one.applicable else []
    bar += [Spacer(0, 1 * mm), Text(told, style.CELL_QUIET)]
    if one.broken:
        bar.append(Text(f"<b>Prohibition not kept:</b> {report.links(one.broken)}", style.CELL))
    return [Text(report.ink.markup(one.title), style.CELL_BOLD), rating, bar]

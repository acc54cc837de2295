"""A rating for each theme, with the counts it rests on."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer

from inspect_kit.analysis import ThemeRating, rate_themes
from inspect_kit.export.report import style
from inspect_kit.export.report.content import Content, plain_table
from inspect_kit.export.report.flowables import LEVELS, OPEN, Bar, Legend
from inspect_kit.export.report.text import first_upper
from inspect_kit.model import Assessment


def ratings(report: Content) -> list[Flowable]:
    """Rating, bar, counts in figures, coverage, and prohibitions that are not kept."""
    story = report.section("Ratings by theme", new_page=False, room=120 * mm)
    rated = rate_themes(report.visit)
    if not rated:
        return [*story, Paragraph("The checklist of this visit has no themes.", style.BODY)]
    words = "How a rating comes about is said under Method and team. Items that do not apply are left out."
    story += [Paragraph(words, style.BODY), Legend(), Spacer(0, 3 * mm)]
    columns = [47 * mm, 33 * mm, style.WIDTH - 80 * mm]
    head: list[object] = [Paragraph(title, style.CELL_HEAD) for title in ("Theme", "Rating", "Items")]
    rows = [head, *([*_row(report, one, columns[2])] for one in rated)]
    story.append(plain_table(rows, columns, below=2.6 * mm, ruled=True, head=True))
    return story


def _row(report: Content, one: ThemeRating, wide: float) -> list[object]:
    counts: dict[str, int] = {level: one.counts[level] for level, _ in LEVELS if isinstance(level, Assessment)}
    counts[OPEN] = one.open
    told = " · ".join(f"{counts[level]} {words}" for level, words in LEVELS if counts[level]) or "no item applies"
    covered = f"{one.judged} of {one.applicable} judged" if one.applicable else "nothing to judge"
    rating: list[Flowable] = [Paragraph(first_upper(one.rating), style.CELL_BOLD), Paragraph(covered, style.CELL_QUIET)]
    bar: list[Flowable] = [Bar(counts, wide)] if one.applicable else []
    bar += [Spacer(0, 1 * mm), Paragraph(told, style.CELL_QUIET)]
    if one.broken:
        bar.append(Paragraph(f"<b>Prohibition not kept:</b> {report.links(one.broken)}", style.CELL))
    return [Paragraph(report.ink.markup(one.title), style.CELL_BOLD), rating, bar]

"""Tables of data, with head cells that a screen reader announces, and lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Table

from inspect_kit.export.report import style
from inspect_kit.export.report.paragraphs import Text
from inspect_kit.export.report.tags import Tag

LONGEST_TABLE = 40
"""The most rows that are set as one piece: the time to split a table grows faster than its length."""
Cell: TypeAlias = str | Flowable | Sequence[Flowable]


def data_table(
    rows: Sequence[Sequence[Cell]],
    columns: Sequence[float],
    *,
    head: Sequence[str] = (),
    numbers: Sequence[int] = (),
    below: float = 1.2 * mm,
    ruled: bool = True,
    whole: bool = False,
) -> list[Flowable]:
    """Set rows as a table whose first column names each row.

    Args:
        rows: of cells; markup, or flowables that are ready.
        columns: their widths in points.
        head: words above the columns, repeated on each page.
        numbers: columns that are set to the right.
        below: room above and below each row.
        ruled: whether hairlines part the rows.
        whole: whether no row is split; for rows that are known to be shorter than a page.

    Returns:
        The table, in several pieces where it is long; to a screen reader it is one.
    """
    table = Tag("Table")
    top = [_row(table, head, numbers, head=True)] if head else []
    set_rows = [_row(table, row, numbers, head=False) for row in rows]
    pieces = []
    for first in range(0, max(len(set_rows), 1), LONGEST_TABLE):
        part = set_rows[first : first + LONGEST_TABLE]
        pieces.append(plain_table(top + part, columns, below=below, ruled=ruled, head=bool(head), whole=whole))
    return pieces


def _row(table: Tag, row: Sequence[Cell], numbers: Sequence[int], *, head: bool) -> list[list[Flowable]]:
    tag = Tag("TR", table)
    cells = []
    for column, cell in enumerate(row):
        if head:
            own = Tag("TH", tag, attributes="<</O /Table /Scope /Column>>", once=True)
            look = style.CELL_HEAD_NUMBER if column in numbers else style.CELL_HEAD
        elif column == 0:
            own, look = Tag("TH", tag, attributes="<</O /Table /Scope /Row>>"), style.CELL
        else:
            own, look = Tag("TD", tag), style.CELL_NUMBER if column in numbers else style.CELL
        tag.cells.append(own)
        cells.append(_filled(cell, own, look))
    return cells


def _filled(cell: Cell, tag: Tag, look: ParagraphStyle) -> list[Flowable]:
    if isinstance(cell, str):
        return [Text(cell, look, tag)]
    flowables = [cell] if isinstance(cell, Flowable) else list(cell)
    for flowable in flowables:
        own = getattr(flowable, "tag", None)
        if isinstance(flowable, Text):
            flowable.tag = tag
        elif own is not None:
            own.parent = tag  # a chart in a cell
    return flowables


def facts_table(
    facts: Sequence[tuple[str, str]],
    name: float,
    *,
    below: float = 1.1 * mm,
    ruled: bool = False,
    looks: tuple[ParagraphStyle, ParagraphStyle] = (style.CELL_QUIET, style.CELL),
) -> list[Flowable]:
    """Set names and what is told of them beside each other.

    Args:
        facts: name and markup.
        name: the width of the names in points.
        below: room above and below each row.
        ruled: whether hairlines part the rows.
        looks: the styles of names and of what is told.
    """
    rows = [(Text(what, looks[0]), Text(told, looks[1])) for what, told in facts]
    return data_table(rows, (name, style.WIDTH - name), below=below, ruled=ruled)


def list_item(whole: Tag) -> tuple[Tag, Tag]:
    """Add an item to a list; gives the elements of its bullet and of its text."""
    item = Tag("LI", whole)
    item.cells = [Tag("Lbl", item), Tag("LBody", item)]
    return item.cells[0], item.cells[1]


def plain_table(
    rows: Sequence[Sequence[Any]],
    columns: Sequence[float],
    *,
    below: float = 0,
    ruled: bool = False,
    head: bool = False,
    whole: bool = False,
) -> Table:
    """Set rows in columns without a frame; a row taller than a page is split. Its cells keep their own roles.

    Args:
        rows: flowables.
        columns: widths.
        below: room below each row.
        ruled: whether hairlines part the rows.
        head: whether the first row is a head, repeated on each page.
        whole: whether no row is split; for rows that are known to be shorter than a page.
    """
    commands: list[tuple[object, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-2, -1), 3 * mm),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), below if ruled else 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), below),
        ("FONT", (0, 0), (-1, -1), style.CELL.fontName, style.CELL.fontSize),
    ]
    if ruled:
        commands.append(("LINEBELOW", (0, 0), (-1, -1), 0.5, style.LINE))
    return Table(
        [list(row) for row in rows],
        colWidths=list(columns),
        style=commands,
        repeatRows=int(head and len(rows) > 1),
        splitByRow=1,
        splitInRow=int(not whole),
        hAlign="LEFT",
    )

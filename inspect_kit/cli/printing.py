"""What commands print: data on stdout, messages on stderr, and whatever people typed as plain text.

A note may hold bytes that a terminal would obey (move the cursor, recolour, rename the window) or brackets
that Rich would take for markup; both are shown as what they are.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """Show control characters, direction overrides and broken bytes as escapes; keep line ends and tabs."""
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def one_line(text: str) -> str:
    """Fold a text to one visible line."""
    return visible(" ".join(text.split()))


def note(message: str) -> None:
    """Say something to the person, on one line of stderr."""
    click.echo(f"inspect-kit: {one_line(message)}", err=True)


def show(text: str = "") -> None:
    """Print a text on stdout."""
    click.echo(visible(text))


def show_json(value: Any) -> None:
    """Print the one JSON document of a command, in UTF-8 whatever the terminal's encoding.

    A byte that is no text (from a file's name) becomes a JSON escape.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    click.echo(text.encode("utf-8", "backslashreplace"), nl=False)


def show_table(
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    numbers: Sequence[int] = (),
    wraps: Sequence[int] = (),
) -> None:
    """Print a table that fits the terminal; only columns of text are wrapped.

    Args:
        headings: one a column.
        rows: their cells; None and 0 stay as they are, so pass what shall be read.
        numbers: positions of the columns that are aligned to the right.
        wraps: positions of the columns that may be wrapped.
    """
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for place, heading in enumerate(headings):
        table.add_column(
            Text(heading),
            justify="right" if place in numbers else "left",
            no_wrap=place not in wraps,
            overflow="fold" if place in wraps else "ellipsis",
        )
    for row in rows:
        table.add_row(*(Text(one_line(str(cell))) for cell in row))
    _console().print(table)


def show_block(text: str, indent: int = 0, first: str = "", style: str = "") -> None:
    """Print a text wrapped to the terminal, with its own line ends.

    Args:
        text: as it was typed.
        indent: how far from the left.
        first: a mark or label in front of the first line, within the indent where it fits.
        style: a Rich style for all of it.
    """
    from rich.text import Text

    console = _console()
    mark = visible(first)
    for line in Text(visible(text), style).wrap(console, max(console.width - indent, 20), overflow="fold"):
        line.rstrip()
        console.print(Text(mark.ljust(indent)) + line if line or mark else line, soft_wrap=True)
        mark = ""


def show_fields(fields: Iterable[tuple[str, str]], indent: int) -> None:
    """Print values, each after its label; those without a value are left out.

    Args:
        fields: label and value; one without a label goes on below the one before.
        indent: where the values begin; further to the right where a label needs it.
    """
    from rich.cells import cell_len

    shown = [(label, value) for label, value in fields if value]
    indent = max([indent, *(cell_len(label) + 2 for label, _value in shown)])
    for label, value in shown:
        show_block(value, indent, label)


def show_heading(text: str) -> None:
    """Print a heading after an empty line."""
    from rich.text import Text

    _console().print(Text(f"\n{one_line(text)}", "bold"))


def _console() -> "Console":
    from rich.console import Console

    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False)


@contextmanager
def progress(title: str) -> Iterator[Callable[[int, int], bool]]:
    """Show a bar on a terminal while something long is done; elsewhere nothing.

    Args:
        title: what is done, as plain text.

    Yields:
        A function to call with how many of how many are done; it returns True, for nobody calls the work off here.
    """
    if not sys.stderr.isatty():
        yield lambda done, total: True  # noqa: ARG005 (nobody looks)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(one_line(title), total=None)

        def tell(done: int, total: int) -> bool:
            bar.update(task, completed=done, total=total)
            return True

        yield tell

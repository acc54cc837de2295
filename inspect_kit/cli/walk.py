"""``walk``: a visit inspected by line prompts, for screen readers, Braille displays, dumb terminals and pipes.

No colours, no boxes, no cursor movement, and no line editor but the terminal's own.
"""

import shutil
import signal
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from inspect_kit.cli.lazy import Verb
from inspect_kit.cli.printing import visible
from inspect_kit.cli.scope import view_option
from inspect_kit.cli.session import Session, visit_argument
from inspect_kit.errors import ExitCode
from inspect_kit.language import _

if TYPE_CHECKING:
    from inspect_kit.work.walking import Walk

_LONGEST = {"linux": 4095, "darwin": 1023}
"""The most bytes that a terminal takes in one line; what is typed after them is lost before we see it."""
_NARROWEST = 20


class _ClosedError(Exception):
    """The terminal was closed, or the program told to end."""


@click.command(cls=Verb)
@visit_argument
@view_option
@click.option("--item", default="", metavar="ITEM", help="Where to begin; else at the first open item.")
def walk(visit: str, by: str, item: str) -> int:
    """Inspect a visit by plain lines, without screens.

    Made for screen readers, Braille displays, simple terminals and pipes: no colours, no boxes, nothing moves. It
    tells an item, you answer with a word or a letter; “?” tells them all.
    """
    from inspect_kit.analysis.views import View
    from inspect_kit.work.walking import Walk

    with Session.of().recording() as book:
        return _converse(Walk(book, book.find_visit(visit), View(by), item))


def _converse(walking: "Walk") -> int:
    """Read and print until the walk is over; gives the exit code."""
    code = ExitCode.DONE
    with _lines() as next_line:
        _print(walking.begin())
        while not walking.over:
            click.echo(visible(walking.prompt), nl=False)
            try:
                line = next_line()
            except (KeyboardInterrupt, _ClosedError) as cut:
                why = _("Interrupted.") if isinstance(cut, KeyboardInterrupt) else _("The terminal was closed.")
                told = walking.end(why)
                code = ExitCode.INTERRUPTED
            else:
                told = [] if line is None else walking.take(line)
                if line is None:
                    told = walking.end()
            if code or line is None or not sys.stdin.isatty():
                click.echo()  # the prompt's line was not ended by an Enter that shows
            _print(told)
    return ExitCode.REFUSED if walking.unsaved else code


@contextmanager
def _lines() -> "Iterator[Callable[[], str | None]]":
    """Read lines; Ctrl-C and the end of the terminal cut a read short, never an act that is being saved."""
    reading = False
    closed = False
    interrupted = False

    def on_signal(number: int, frame: object) -> None:  # noqa: ARG001 (the signature of handlers)
        nonlocal closed, interrupted
        closed = closed or number != signal.SIGINT
        interrupted = True
        if reading:
            raise _ClosedError if closed else KeyboardInterrupt

    def next_line() -> str | None:
        nonlocal reading
        reading = True
        try:
            if interrupted:  # before this line was waited for: while an act was saved, or the prompt written
                raise _ClosedError if closed else KeyboardInterrupt
            data = sys.stdin.buffer.readline()
        finally:
            reading = False
        if not data:
            return None
        if sys.stdin.isatty() and len(data) >= _LONGEST.get(sys.platform, sys.maxsize):
            _print([_("This line is as long as this terminal takes. Its last words came in as:"), f"  {_tail(data)}"])
        # bytes that are no text stay marked as such, and are refused where a text is wanted
        line = data.decode(sys.stdin.encoding, "surrogateescape")
        return line.removesuffix("\n").removesuffix("\r")

    names = ("SIGINT", "SIGTERM", "SIGHUP")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {number: signal.signal(number, on_signal) for number in numbers}
    try:
        yield next_line
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tail(data: bytes) -> str:
    return data.decode(sys.stdin.encoding, "replace").rstrip("\n")[-60:]


def _print(lines: Iterable[str]) -> None:
    """Print lines, each wrapped to the terminal with its own indent."""
    width = max(_NARROWEST, shutil.get_terminal_size().columns - 1)
    for line in lines:
        text = visible(line).replace("\n", "\\n")
        indent = " " * min(len(text) - len(text.lstrip(" ")), width // 4)
        if len(text) > width:
            text = textwrap.fill(
                text,
                width,
                subsequent_indent=indent,
                expand_tabs=False,
                replace_whitespace=False,
                break_long_words=False,
                break_on_hyphens=False,
            )
        click.echo(text)

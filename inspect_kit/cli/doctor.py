"""``doctor``: is everything in the casebook whole?"""

import click

from inspect_kit.cli.lazy import Verb
from inspect_kit.cli.printing import note, plural, show_block, show_json
from inspect_kit.cli.session import Session
from inspect_kit.errors import ExitCode


@click.command(cls=Verb)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def doctor(as_json: bool) -> int:
    """Examine the casebook: is everything whole and unchanged?

    Exit code 3 where something does not hold. Nothing is changed.
    """
    session = Session.of()
    with session.reading() as book:
        health = book.health()
        encrypted = book.encrypted
    path = session.casebook_path()
    if as_json:
        show_json(
            {
                "casebook": str(path),
                "encrypted": encrypted,
                "sound": health.sound,
                "entries": health.entries,
                "authors": health.authors,
                "conflicts": health.conflicts,
                "waiting": list(health.waiting),
                "clones": [list(pair) for pair in health.clones],
                "problems": list(health.problems),
            }
        )
    else:
        for label, value in (
            ("Casebook", f"{path}, {'encrypted' if encrypted else 'not encrypted'}"),
            (
                "Journal",
                f"{plural(health.entries, 'entry', 'entries')} in {plural(health.authors, 'chain')} of authors",
            ),
            ("Conflicts", str(health.conflicts or "none")),
            (
                "Waiting",
                f"{plural(len(health.waiting), 'entry', 'entries')} for an earlier one" if health.waiting else "none",
            ),
            (
                "Clones",
                f"{plural(len(health.clones), 'pair')} of entries that claim one place" if health.clones else "none",
            ),
            ("Result", "everything holds" if health.sound else "NOT sound:"),
        ):
            show_block(value, 12, label)
        for problem in health.problems:
            show_block(problem, 2, "·")
    if not health.sound:
        note(f"The casebook {path} is not sound: {health.problems[0]}")
        return ExitCode.NOT_VERIFIED
    return ExitCode.DONE

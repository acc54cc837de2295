"""``demo``: a sample visit from checklist to signed report."""

from itertools import count
from pathlib import Path

import click

from inspect_kit.cli.lazy import Verb
from inspect_kit.cli.printing import note, show, show_block
from inspect_kit.cli.screens import has_screen, open_screens
from inspect_kit.errors import ExitCode


@click.command(cls=Verb)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Put the files here; else in a new folder here."
)
@click.option("--no-tui", is_flag=True, help="Do not open the screens afterwards.")
def demo(out: Path | None, no_tui: bool) -> int:
    """Go through a sample visit from checklist to signed report.

    Everything is fictional. It is put into a casebook of its own, apart from your work; on a terminal the
    screens then open on it.
    """
    from inspect_kit.work.demo import run_demo

    made = run_demo(out if out is not None else _free_folder())
    for label, value in (
        ("Casebook", made.casebook),
        ("Report", made.report),
        ("Identity", made.identity),
        ("Visit", made.visit),
    ):
        show_block(str(value), 12, label)
    checked = made.verification
    if not checked.valid:
        problem = checked.problems[0] if checked.problems else "its signature does not hold"
        note(f"The report {made.report} does not verify: {problem}")
        return ExitCode.NOT_VERIFIED
    signers = " and ".join(f"{signer.name} ({signer.role})" for signer in checked.signers)
    show_block(f"The report verifies: signed by {signers}, and unchanged since.")
    show("\nTry next:")
    show(f"  inspect-kit --casebook {made.casebook}")
    show(f"  inspect-kit visit show {made.visit[-6:]} --casebook {made.casebook}")
    show(f"  inspect-kit verify {made.report}")
    if not no_tui and has_screen():
        return open_screens(made.casebook, made.identity, None, made.visit)
    return ExitCode.DONE


def _free_folder() -> Path:
    """The first of ``inspect-kit-demo``, ``inspect-kit-demo-2``, … that is not there yet."""
    names = (Path("inspect-kit-demo" if number == 1 else f"inspect-kit-demo-{number}") for number in count(1))
    return next(folder for folder in names if not folder.exists())

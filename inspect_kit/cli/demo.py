"""``demo``: a sample visit from checklist to signed report."""

from itertools import count
from pathlib import Path

import click

from inspect_kit.cli.lazy import Verb
from inspect_kit.cli.printing import note, show, show_block, show_fields
from inspect_kit.cli.screens import has_screen, open_screens
from inspect_kit.errors import ExitCode
from inspect_kit.language import _, listed


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
    from inspect_kit.work.checking import role_label
    from inspect_kit.work.demo import run_demo

    made = run_demo(out if out is not None else _free_folder())
    show_fields(
        (
            (_("Casebook"), str(made.casebook)),
            (_("Report"), str(made.report)),
            (_("Identity"), str(made.identity)),
            (_("Visit"), made.visit),
        ),
        12,
    )
    checked = made.verification
    if not checked.valid:
        problem = checked.problems[0] if checked.problems else _("its signature does not hold")
        note(_("The report {path} does not verify: {problem}", path=made.report, problem=problem))
        return ExitCode.NOT_VERIFIED
    signers = listed([f"{signer.name} ({role_label(signer.role)})" for signer in checked.signers])
    show_block(_("The report verifies: signed by {signers}, and unchanged since.", signers=signers))
    show("\n" + _("Try next:"))
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

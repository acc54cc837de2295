"""``checklist``: generate one from the item banks, and check the banks."""

from pathlib import Path

import click

from inspect_kit.cli.facility import read_profile_file
from inspect_kit.cli.lazy import VerbGroup
from inspect_kit.cli.printing import note, plural, show, show_block, show_heading, show_json, show_table
from inspect_kit.cli.visit import scope_of
from inspect_kit.errors import ExitCode
from inspect_kit.model import Checklist, Profile


@click.group(cls=VerbGroup)
def checklist() -> None:
    """Generate checklists; check the item banks."""


@checklist.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def check(as_json: bool) -> int:
    """Check the item banks against the standard.

    Exit code 1 where something has to be mended.
    """
    from inspect_kit.checklist import lint
    from inspect_kit.standards import load_standard

    found = lint(load_standard())
    if as_json:
        show_json(
            {
                "items": found.items,
                "covered": list(found.covered),
                "uncovered": list(found.uncovered),
                "problems": list(found.problems),
            }
        )
    else:
        show_table(("Theme", "Items"), found.items.items(), numbers=(1,))
        show()
        show(
            f"{plural(sum(found.items.values()), 'item')} cover {len(found.covered)} of"
            f" {plural(len(found.covered) + len(found.uncovered), 'clause')}; the other themes have no bank yet."
        )
        for problem in found.problems:
            show_block(problem, 2, "·")
    if found.problems:
        note(f"The item banks have {plural(len(found.problems), 'problem')}: mend them and check again.")
        return ExitCode.REFUSED
    return ExitCode.DONE


@checklist.command("generate")
@click.option("--theme", "themes", multiple=True, metavar="THEME", help="Take this theme; repeat.")
@click.option("--rule", "rules", type=int, multiple=True, metavar="N", help="Take what tests this rule; repeat.")
@click.option("--everything", is_flag=True, help="Take all themes (so it is too where no theme or rule is named).")
@click.option(
    "--profile",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Whom the facility holds: a line “group: number” each (YAML).",
)
@click.option("--json", "as_json", is_flag=True, help="Print the checklist as JSON.")
def generate(
    themes: tuple[str, ...], rules: tuple[int, ...], everything: bool, profile: Path | None, as_json: bool
) -> None:
    """Generate a checklist without planning a visit.

    The same choice gives the same items, in the same order, under the same id.
    """
    from inspect_kit.work.planning import checklist_for

    made = checklist_for(scope_of(themes, rules, everything), read_profile_file(profile) if profile else Profile())
    if as_json:
        show_json(made.as_json())
    else:
        _print(made)


def _print(made: Checklist) -> None:
    applies = [item for item in made.items if item.applies]
    show(f"{plural(len(applies), 'item')} to inspect, {len(made.items) - len(applies)} that do not apply here.")
    theme = ""
    for item in made.items:
        if item.theme != theme:
            theme = item.theme
            show_heading(made.titles[theme])
        clauses = ", ".join(item.clauses)
        if item.applies:
            show_block(f"{item.ask} ({clauses})\n{item.id}", 4, f"{item.number:>2}")
        else:
            show_block(f"Does not apply: {item.short} ({clauses}). {item.reason}\n{item.id}", 4, f"{item.number:>2}")
    show()
    show(f"Checklist {made.id}")

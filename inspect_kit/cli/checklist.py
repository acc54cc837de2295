"""``checklist``: generate one, check the item banks, add an organisation's own, draft one from a document."""

from pathlib import Path

import click

from inspect_kit.cli.facility import read_profile_file
from inspect_kit.cli.lazy import VerbGroup
from inspect_kit.cli.printing import note, show, show_block, show_json, show_table
from inspect_kit.cli.scope import language_option, print_checklist, scope_of, scope_options, view_option
from inspect_kit.cli.session import Session
from inspect_kit.errors import BadInputError, ExitCode
from inspect_kit.language import _, ngettext
from inspect_kit.model import Profile

_FOLDER = click.Path(path_type=Path)


@click.group(cls=VerbGroup)
def checklist() -> None:
    """Generate checklists; check, add and draft item banks."""


@checklist.command("check")
@click.argument("folder", required=False, type=_FOLDER, metavar="[FOLDER]", help="A standard that is not added yet.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def check(folder: Path | None, as_json: bool) -> int:
    """Check the item banks against their standards.

    Without FOLDER, those in use are checked. Exit code 1 where something has to be mended.
    """
    from inspect_kit.checklist import lint
    from inspect_kit.standards import load_standards, own_standards
    from inspect_kit.work.adopting import check_folder

    if folder:
        standard, complaints = check_folder(folder)
        found = [(standard, lint(standard), complaints)]
    else:
        found = []
        for standard in load_standards():
            held = lint(standard)
            own = standard.folder.parent == own_standards()
            found.append((standard, held, check_folder(standard.folder)[1] if own else held.problems))
    problems = [problem for _standard, _held, told in found for problem in told]
    if as_json:
        show_json(
            {
                "items": {theme: number for _standard, held, _told in found for theme, number in held.items.items()},
                "covered": [clause for _standard, held, _told in found for clause in held.covered],
                "uncovered": [clause for _standard, held, _told in found for clause in held.uncovered],
                "problems": problems,
            }
        )
    else:
        for standard, held, _told in found:
            show_table((_("Theme"), _("Items")), held.items.items(), numbers=(1,))
            show()
            items = sum(held.items.values())
            show(
                _(
                    "{standard}: {items} cover {covered} of {clauses}.",
                    standard=standard.short,
                    items=ngettext("{count} item", "{count} items", items),
                    covered=len(held.covered),
                    clauses=ngettext("{count} clause", "{count} clauses", len(held.covered) + len(held.uncovered)),
                )
            )
            show()
        for problem in problems:
            show_block(problem, 2, "·")
    if problems:
        note(
            ngettext(
                "The item banks have {count} problem: mend them and check again.",
                "The item banks have {count} problems: mend them and check again.",
                len(problems),
            )
        )
        return ExitCode.REFUSED
    return ExitCode.DONE


@checklist.command("generate")
@scope_options
@click.option("--follow-up", default="", metavar="VISIT", help="Take what this earlier visit left open.")
@click.option(
    "--profile",
    type=_FOLDER,
    metavar="FILE",
    help="Whom the facility holds: a line “group: number” each (YAML).",
)
@language_option
@view_option
@click.option("--json", "as_json", is_flag=True, help="Print the checklist as JSON.")
def generate(
    themes: tuple[str, ...],
    rules: tuple[int, ...],
    everything: bool,
    minutes: int | None,
    follow_up: str,
    profile: Path | None,
    language: str,
    by: str,
    as_json: bool,
) -> None:
    """Generate a checklist without planning a visit.

    The same choice gives the same items, in the same order, under the same id.
    """
    from inspect_kit.analysis.views import View
    from inspect_kit.work.planning import checklist_for, follow_up_scope

    scope = scope_of(themes, rules, everything, minutes)
    held = read_profile_file(profile) if profile else Profile()
    if follow_up:
        if themes or rules or everything:
            raise BadInputError(
                _("--follow-up takes what an earlier visit left open: leave out --theme, --rule and all.")
            )
        with Session.of().reading() as book:
            earlier = book.find_visit(follow_up)
            scope = follow_up_scope(book, earlier, minutes or 0)
            held = held if profile else book.visit(earlier).plan.facility.profile
    made = checklist_for(scope, held, language=language)
    if as_json:
        show_json(made.as_json())
    else:
        print_checklist(made, View(by))


@checklist.command("draft")
@click.argument("file", type=_FOLDER, metavar="FILE", help="A document of rules, saved as text.")
@click.option("--id", "name", required=True, metavar="ID", help="The standard's id, such as example-act.")
@click.option("--prefix", required=True, metavar="LETTERS", help="What its clauses' ids begin with, such as EXA.")
@click.option("--title", required=True, metavar="TEXT", help="The document's full title.")
@click.option("--short", default="", metavar="TEXT", help="Its name in everyday use; else the title.")
@click.option("--out", required=True, type=_FOLDER, metavar="FOLDER", help="Where its folder is made.")
def draft(file: Path, name: str, prefix: str, title: str, short: str, out: Path) -> None:
    """Draft a standard with item banks from a document, to be edited.

    The document has lines “Rule 1”, “Rule 2” and so on, with numbered paragraphs (1.) and lettered points (a). When
    you have edited the draft, “checklist check” and “checklist add” take its folder.
    """
    from inspect_kit.work.adopting import write_draft

    folder, items = write_draft(file, name, prefix, short or title, title, out)
    show(ngettext("Drafted {count} item: {folder}", "Drafted {count} items: {folder}", items, folder=folder))
    note(_("Edit the draft, check it with “checklist check”, then use it with “checklist add”."))


@checklist.command("add")
@click.argument("folder", type=_FOLDER, metavar="FOLDER", help="It holds standard.yaml and a bank for each theme.")
def add(folder: Path) -> None:
    """Add your organisation's own standard and item banks.

    They are checked, copied to your data folder, and from then on part of what checklists are generated from. Ours
    stay untouched. A newer version of a standard takes the place of the older, if no item is missing.
    """
    from inspect_kit.checklist import load_banks
    from inspect_kit.work.adopting import add_standard

    standard = add_standard(folder)
    items = sum(len(bank.items) for bank in load_banks(standard))
    show(
        ngettext(
            "Added {standard} ({id}): {count} item.",
            "Added {standard} ({id}): {count} items.",
            items,
            standard=standard.title,
            id=standard.id,
        )
    )

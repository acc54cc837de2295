"""``comments``: what the authority says of a report, and what the team makes of it."""

from pathlib import Path

import click

from inspect_kit.cli.lazy import VerbGroup
from inspect_kit.cli.printing import note, show, show_block, show_heading, show_json
from inspect_kit.cli.session import Session, visit_argument
from inspect_kit.errors import BadInputError, ExitCode
from inspect_kit.language import _, ngettext

_FILE = click.Path(path_type=Path)


@click.group(cls=VerbGroup)
def comments() -> None:
    """Take what the authority says of a report, and decide on it."""


@comments.command("export")
@visit_argument
@click.option("--report", required=True, type=_FILE, metavar="SIGNED.pdf", help="The signed authority edition.")
@click.option("--out", required=True, type=_FILE, metavar="FILE.xlsx", help="The table to write; it must not exist.")
def export(visit: str, report: Path, out: Path) -> None:
    """Write the table that goes to the authority with the report.

    Each finding and recommendation of the report stands in it, with an empty cell for a comment.
    """
    from inspect_kit.work.commenting import make_comment_table

    if out.exists():
        raise BadInputError(_("The file {path} exists, and may hold comments: name another file.", path=out))
    with Session.of().reading() as book:
        make_comment_table(book, book.find_visit(visit), report, out)
    show(_("Wrote {path}: send it with the report, and take it in with “comments import”.", path=out))


@comments.command("import")
@visit_argument
@click.argument("table", type=_FILE, metavar="FILE.xlsx", help="The table as it came back.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be taken.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def import_(visit: str, table: Path, dry_run: bool, as_json: bool) -> int:
    """Take in a table that came back; nothing is taken twice.

    Rows that cannot be taken are named, and the exit code is then 1; the rest is taken.
    """
    from dataclasses import asdict

    from inspect_kit.work.commenting import take_comment_table

    session = Session.of()
    with session.reading() if dry_run else session.recording() as book:
        came = take_comment_table(book, book.find_visit(visit), table, dry_run=dry_run)
    if as_json:
        show_json(
            {
                "file": str(table),
                "dry_run": dry_run,
                "taken": [asdict(one) for one in came.new],
                "known": came.known,
                "refused": list(came.refused),
            }
        )
    else:
        known = ngettext("{count} was here already", "{count} were here already", came.known)
        if dry_run:
            told = ngettext(
                "{count} comment would be taken; {known}.", "{count} comments would be taken; {known}.", len(came.new),
                known=known,
            )  # fmt: skip
        else:
            told = ngettext(
                "Took {count} comment; {known}.", "Took {count} comments; {known}.", len(came.new), known=known
            )
        show(told)
        for one in came.new:
            place = one.item or _("recommendation {number}", number=one.recommendation)
            show_block(f"{place}: {one.text or one.accurate}", 4, "  ·")
    for sentence in came.refused:
        note(sentence)
    return ExitCode.REFUSED if came.refused else ExitCode.DONE


@comments.command("list")
@visit_argument
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def list_(visit: str, as_json: bool) -> None:
    """List the authority's comments, with what the team decided."""
    from inspect_kit.cli.visit_views import comment_as_json, print_comment

    with Session.of().reading() as book:
        found = book.responses(book.find_visit(visit))
    if as_json:
        show_json([comment_as_json(one) for one in found])
        return
    if not found:
        show(_("No comments yet: “comments import” takes them in."))
    for one in found:
        show_heading(one.comment.item or _("recommendation {number}", number=one.comment.recommendation))
        print_comment(one)


@comments.command("decide")
@visit_argument
@click.argument("comment", metavar="COMMENT", help="A comment's id, or its last letters (at least 4).")
@click.option("--accept/--refuse", "accepted", default=None, help="Whether the report is to be changed.")
@click.option("--reason", required=True, metavar="TEXT", help="What is changed, or why nothing is.")
def decide(visit: str, comment: str, accepted: bool | None, reason: str) -> None:
    """Accept a comment of the authority, or refuse it, and say why."""
    from inspect_kit.work.commenting import find_comment

    if accepted is None:
        raise click.UsageError(_("Say --accept or --refuse."))
    with Session.of().recording() as book:
        id_ = book.find_visit(visit)
        found = find_comment(book, id_, comment)
        book.decide_comment(id_, found.id, accepted=accepted, reason=reason)
    if accepted:
        show(_("Accepted. Change the finding, then write the next version with “report … --corrects SIGNED.pdf”."))
    else:
        show(_("Refused, with your reason."))

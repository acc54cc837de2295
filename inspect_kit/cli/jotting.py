"""``jot``, ``inbox`` and ``file``: quick notes, kept at once and sorted later."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from inspect_kit.cli.lazy import Verb
from inspect_kit.cli.printing import note as say
from inspect_kit.cli.printing import one_line, show, show_block, show_json
from inspect_kit.cli.session import Session, choose, completer, item_argument, visit_argument
from inspect_kit.errors import UnknownError
from inspect_kit.language import _, ngettext
from inspect_kit.model import Evidence, EvidenceKind, Jotting

if TYPE_CHECKING:
    from inspect_kit.casebook import Casebook


@click.command(cls=Verb)
@visit_argument
@click.argument("text", metavar="TEXT", help="The quick note.")
@click.option("--place", default="", metavar="TEXT", help="Where.")
@click.option("--when", default="", metavar="TEXT", help="When, in your words; else this laptop's time now.")
@click.option("--json", "as_json", is_flag=True, help="Print the new id as JSON.")
def jot(visit: str, text: str, place: str, when: str, as_json: bool) -> None:
    """Keep a quick note, to be sorted later."""
    with Session.of().recording() as book:
        id_ = book.jot(book.find_visit(visit), text, place, when)
    if as_json:
        show_json({"id": id_})
    else:
        show(id_)


@click.command(cls=Verb)
@visit_argument
@click.option("--json", "as_json", is_flag=True, help="Print the quick notes as JSON.")
def inbox(visit: str, as_json: bool) -> None:
    """List the quick notes of a visit that wait to be sorted.

    Each with the items under which it most likely belongs, the likeliest first.
    """
    from inspect_kit.analysis import Suggestions

    with Session.of().reading() as book:
        record = book.visit(book.find_visit(visit))
    suggestions = Suggestions(record.checklist)
    found = [(waiting, suggestions.likeliest(waiting.text, waiting.place)) for waiting in record.jottings]
    if as_json:
        show_json([asdict(waiting) | {"likely": [item.id for item in items]} for waiting, items in found])
        return
    if not found:
        show(_("No quick note waits in this visit."))
    for waiting, items in found:
        about = ", ".join(filter(None, (waiting.place, waiting.when, waiting.author)))
        show_block(f"{waiting.id[-6:]}  {one_line(about)}", style="bold")
        show_block(waiting.text, 2)
        # Translators: stands before the items to which a quick note likely belongs
        label = "  " + _("likely")
        show_block(", ".join(item.id for item in items) or _("no item has words of it"), max(11, len(label) + 2), label)


@click.command(cls=Verb)
@visit_argument
@click.argument("jotting", metavar="NOTE", help="A quick note's id, or its last letters, as “inbox” lists them.")
@item_argument
@click.option(
    "--kind",
    default=EvidenceKind.OBSERVATION.value,
    metavar="WORD",
    shell_complete=completer(EvidenceKind),
    help=f"What the source is: {', '.join(EvidenceKind)}; else observation.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the new evidence's id as JSON.")
def file(visit: str, jotting: str, item: str, kind: str, as_json: bool) -> None:
    """File a quick note as evidence under an item."""
    what = choose(EvidenceKind, kind, _("kind of evidence"))
    with Session.of().recording() as book:
        visit = book.find_visit(visit)
        waiting = _find(book, visit, jotting)
        source = Evidence(what, waiting.text, place=waiting.place, when=waiting.when)
        id_ = book.file_jotting(visit, waiting.id, item, source)
    if what.needs_consent:
        say(
            _(
                "No consent is recorded, so this source stays with the team:"
                " it enters no report until the person agrees."
            )
        )
    if as_json:
        show_json({"id": id_})
    else:
        show(id_)


def _find(book: "Casebook", visit: str, asked: str) -> Jotting:
    ends = asked.strip().upper()
    found = [waiting for waiting in book.jottings(visit) if len(ends) >= 4 and waiting.id.endswith(ends)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownError(
            ngettext(
                "“{asked}” means {count} quick note here: give the whole id.",
                "“{asked}” means {count} quick notes here: give the whole id.",
                len(found),
                asked=asked[:60],
            )
        )
    raise UnknownError(_("No quick note “{asked}” waits in this visit: “inbox” lists those that do.", asked=asked[:60]))

"""``find``: look for words in a visit."""

import click

from inspect_kit.cli.lazy import Verb
from inspect_kit.cli.printing import show, show_block, show_json
from inspect_kit.cli.session import Session, visit_argument
from inspect_kit.language import _


@click.command(cls=Verb)
@visit_argument
@click.argument(
    "words", nargs=-1, required=True, metavar="WORDS…", help="Beginnings of words, or a rule's or clause's number."
)
@click.option("--json", "as_json", is_flag=True, help="Print the items that were found as JSON.")
def find(visit: str, words: tuple[str, ...], as_json: bool) -> None:
    """Find a visit's items by their words, notes and rules.

    All words have to be in an item: in its question, guide or rule, in what was noted and recorded under it, or in
    a recommendation that rests on it. Case and accents do not count. At most 50 items are shown, the nearest first.
    """
    with Session.of().reading() as book:
        id_ = book.find_visit(visit)
        hits = book.search(id_, " ".join(words))
        record = book.visit(id_)
    items = {item.id: item for item in record.checklist.items}
    if as_json:
        show_json(
            [
                {
                    "item": hit.item,
                    "label": items[hit.item].short,
                    "assessment": found.assessment.value
                    if (found := record.findings.get(hit.item)) and found.assessment
                    else None,
                    "found_in": hit.found_in.value,
                    "excerpt": hit.excerpt,
                    "marks": [list(mark) for mark in hit.marks],
                }
                for hit in hits
            ]
        )
        return
    if not hits:
        show(_("Nothing in this visit has all of that: try fewer words, or only their beginnings."))
    for hit in hits:
        finding = record.findings.get(hit.item)
        judged = finding.assessment.label if finding and finding.assessment else _("not judged yet")
        show_block(f"{hit.item}: {items[hit.item].short} ({judged})", style="bold")
        show_block(f"{hit.found_in.label}: {hit.excerpt}", 2)

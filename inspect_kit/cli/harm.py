"""``harm``: the points of the do-no-harm check of an edition, and their answers."""

import click

from inspect_kit.cli.lazy import Verb
from inspect_kit.cli.printing import show, show_block, show_json
from inspect_kit.cli.session import Session, choose, edition_option, visit_argument
from inspect_kit.errors import UnknownError
from inspect_kit.language import _, ngettext
from inspect_kit.model import Edition


@click.command(cls=Verb)
@visit_argument
@edition_option
@click.option("--answer", default="", metavar="POINT", help="Answer this point: its id, or the first letters (6).")
@click.option("--why", metavar="TEXT", help="Why it may stand, in your words; an empty text takes an answer back.")
@click.option("--json", "as_json", is_flag=True, help="Print all points as JSON.")
def harm(visit: str, edition: str, answer: str, why: str | None, as_json: bool) -> None:
    """List and answer what could harm somebody in an edition.

    Each point names a text that could tell its readers who somebody is. Change the text, or answer why it may stand:
    while a point is open, that edition is not written. Answers are kept, and stand in the internal edition.
    """
    from inspect_kit.analysis import open_points

    if bool(answer) != (why is not None):
        raise click.UsageError(_("--answer and --why go together: name the point, and say why it may stand."))
    readers = choose(Edition, edition, _("edition"))
    session = Session.of()
    with session.recording() if answer else session.reading() as book:
        id_ = book.find_visit(visit)
        points = open_points(book.visit(id_), readers)
        if answer:
            meant = [one.id for one in points if len(answer) >= 6 and one.id.startswith(answer.lower())]
            if len(meant) != 1:
                raise UnknownError(
                    _(
                        "“{id}” means {count} of this edition’s points: “harm” lists them with their ids.",
                        id=answer[:40],
                        count=len(meant),
                    )
                )
            book.answer_point(id_, meant[0], why or "")
        answers = book.answers(id_)
    if as_json:
        show_json(
            [
                {
                    "id": one.id,
                    "item": one.item,
                    "field": one.field,
                    "message": one.message,
                    "answer": answers.get(one.id, ""),
                }
                for one in points
            ]
        )
        return
    for one in points:
        mark = "✓" if one.id in answers else "▲"
        state = _("answered") if one.id in answers else _("open")
        place = one.item or _("the visit as a whole")
        show_block(f"{one.id[:8]}  {state}  {place}, {one.field}", 2, mark, style="bold")
        show_block(one.message, 4)
        if one.id in answers:
            show_block(_("Answer: {answer}", answer=answers[one.id]), 4)
    left = sum(one.id not in answers for one in points)
    if left:
        show(ngettext("{count} point is open.", "{count} points are open.", left))
    else:
        show(_("No point is open: this edition can be written."))

"""What is inspected, as options of commands, and a checklist in print."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

from inspect_kit.cli.printing import show, show_block, show_heading
from inspect_kit.errors import BadInputError
from inspect_kit.language import _, ngettext
from inspect_kit.model import Checklist, Item, Person, Scope

if TYPE_CHECKING:
    from inspect_kit.analysis.views import Leg, View

Result = TypeVar("Result")
_VIEWS = ("theme", "rule", "place", "person")


def scope_options(function: Callable[..., Result]) -> Callable[..., Result]:
    """The options that choose what is inspected, the same in every command: see ``scope_of``."""
    for option in (
        click.option(
            "--minutes", type=int, metavar="N", help="What one inspector can do in this time; the gravest items first."
        ),
        click.option("--everything", is_flag=True, help="Take all themes (so it is too where none is named)."),
        click.option("--rule", "rules", type=int, multiple=True, metavar="N", help="Take what tests it; repeat."),
        click.option("--theme", "themes", multiple=True, metavar="THEME", help="Take this theme; repeat."),
    ):
        function = option(function)
    return function


def view_option(function: Callable[..., Result]) -> Callable[..., Result]:
    """The option that chooses the order of a checklist."""
    text = "The order of the list."
    return click.option(
        "--by", type=click.Choice(_VIEWS), default="theme", show_default=True, metavar="|".join(_VIEWS), help=text
    )(function)


def language_option(function: Callable[..., Result]) -> Callable[..., Result]:
    """The option that chooses the language of the questions."""
    text = "Two letters, such as en or fr; other languages are unofficial translations, not yet of all themes."
    return click.option("--language", default="", metavar="LANGUAGE", help=text)(function)


def scope_of(themes: tuple[str, ...], rules: tuple[int, ...], everything: bool, minutes: int | None) -> Scope:
    """Put together what is inspected; nothing named means everything.

    Raises:
        BadInputError: when everything is asked for, and at the same time only a part; when the time is impossible.
    """
    if everything and (themes or rules):
        raise BadInputError(_("--everything leaves nothing to choose: leave it out, or leave out --theme and --rule."))
    if minutes is not None and minutes < 1:
        raise BadInputError(_("--minutes {minutes} leaves no time: give 1 or more, or leave it out.", minutes=minutes))
    return Scope(
        tuple(dict.fromkeys(theme.strip().lower() for theme in themes)),
        tuple(dict.fromkeys(rules)),
        minutes=minutes or 0,
    )


def print_checklist(made: Checklist, view: "View") -> None:
    """Print a checklist in the order of a view."""
    from inspect_kit.analysis.views import View, walk
    from inspect_kit.checklist import minutes
    from inspect_kit.work.languages import told_of_language

    applies = [item for item in made.items if item.applies]
    hours, rest = divmod(sum(map(minutes, applies)), 60)
    away = len(made.items) - len(applies)
    show_block(
        ngettext(
            "{inspected}, roughly {hours} h {minutes} min for one inspector; {count} item does not apply.",
            "{inspected}, roughly {hours} h {minutes} min for one inspector; {count} items do not apply.",
            away,
            inspected=ngettext("{count} item to inspect", "{count} items to inspect", len(applies)),
            hours=hours,
            minutes=f"{rest:02}",
        )
    )
    if told := told_of_language(made):
        show_block(told)
    for leg in walk(made, view):
        show_heading(leg.title)
        for item in leg.items:
            _print_item(made, item, leg, named=view is not View.THEME)
    show()
    show(_("Checklist {id}", id=made.id))


def _print_item(made: Checklist, item: Item, leg: "Leg", *, named: bool) -> None:
    clauses = ", ".join(item.clauses)
    mark = f"{made.title(item.theme)} {item.number}: " if named else ""
    number = "·" if named else f"{item.number:>2}"
    if item.applies:
        show_block(f"{mark}{item.ask} ({clauses})\n{item.id}", 4, number)
    else:
        told = _(
            "Does not apply: {item} ({clauses}). {reason}", item=item.short, clauses=clauses, reason=item.reason or ""
        )
        show_block(f"{mark}{told}\n{item.id}", 4, number)
    if leg.key in list(Person):
        for question in item.talk_to.get(Person(leg.key), ()):
            show_block(question, 8, "    –")

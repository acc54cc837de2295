"""``visit``: plan one, list them, read one, say what it was like as a whole."""

from dataclasses import replace
from pathlib import Path

import click

from inspect_kit.cli.facility import read_groups
from inspect_kit.cli.lazy import VerbGroup
from inspect_kit.cli.printing import note, show, show_json, show_table
from inspect_kit.cli.scope import language_option, print_checklist, scope_of, scope_options, view_option
from inspect_kit.cli.session import Session, choose, completer, visit_argument, words
from inspect_kit.errors import BadInputError
from inspect_kit.language import _, ngettext
from inspect_kit.model import Group, Member, Profile, Role, Team, VisitKind, VisitPlan, parse_day


@click.group(cls=VerbGroup)
def visit() -> None:
    """Plan visits, list them, and read one."""


@visit.command("new")
@click.option("--facility", required=True, metavar="FACILITY", help="Its name, its id, or the last letters of its id.")
@click.option(
    "--kind", required=True, metavar=words(VisitKind), shell_complete=completer(VisitKind), help="Why the team comes."
)
@click.option("--starts", required=True, metavar="DATE", help="First day, such as 2026-11-04 or “4 Nov 2026”.")
@click.option("--ends", default="", metavar="DATE", help="Last day; else the first day only.")
@click.option("--announced", is_flag=True, help="The facility knows of the visit.")
@click.option("--purpose", default="", metavar="TEXT", help="Why this visit, in a sentence.")
@scope_options
@language_option
@click.option(
    "--member",
    "members",
    multiple=True,
    metavar="NAME;ROLE;SEX;PROFESSION",
    help=f"Somebody of the team, such as “Ana Lee;leader;woman;lawyer”; repeat. Roles: {', '.join(Role)}."
    " Sex: woman, man, or - where it is not stated (Rule 25(3) asks for women on the team).",
)
@click.option(
    "--follow-up",
    default="",
    metavar="VISIT",
    help="The earlier visit that is followed up: what it left open is inspected, where no theme or rule is named.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the new id as JSON.")
def new(
    facility: str,
    kind: str,
    starts: str,
    ends: str,
    announced: bool,
    purpose: str,
    themes: tuple[str, ...],
    rules: tuple[int, ...],
    everything: bool,
    minutes: int | None,
    language: str,
    members: tuple[str, ...],
    follow_up: str,
    as_json: bool,
) -> None:
    """Plan a visit and freeze its checklist."""
    from inspect_kit.work.languages import told_of_language
    from inspect_kit.work.planning import follow_up_scope, plan_visit

    why = choose(VisitKind, kind, _("kind of visit"))
    # Translators: the start of a sentence: “The visit's first day “soon” is no day …”
    first_day = parse_day(starts, _("The visit's first day")).isoformat()
    # Translators: the start of a sentence: “The visit's last day “soon” is no day …”
    last_day = parse_day(ends, _("The visit's last day")).isoformat() if ends else ""
    scope = scope_of(themes, rules, everything, minutes)
    if why is VisitKind.THEMATIC and scope.everything:
        raise BadInputError(_("A thematic visit needs a theme: name at least one with --theme or --rule."))
    team = Team(tuple(_member(text) for text in members))
    with Session.of().recording() as book:
        earlier = book.find_visit(follow_up) if follow_up else ""
        if earlier and scope.everything and not everything:
            scope = follow_up_scope(book, earlier, scope.minutes)
        plan = VisitPlan(book.facility(facility), why, first_day, last_day, announced, purpose, earlier)
        id_ = plan_visit(book, plan, team, scope, language)
        made = book.visit(id_).checklist
        items = sum(item.applies for item in made.items)
    if as_json:
        show_json({"id": id_})
    else:
        show(
            ngettext(
                "Planned a {kind} to {facility} with {count} item: {id}",
                "Planned a {kind} to {facility} with {count} items: {id}",
                items,
                # Translators: “full visit”, “follow-up visit” …
                kind=why.label,
                facility=plan.facility.name,
                id=id_,
            )
        )
        if told := told_of_language(made):
            note(told)


@visit.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def list_(as_json: bool) -> None:
    """List the visits, the latest first."""
    with Session.of().reading() as book:
        visits = book.visits()
    if as_json:
        show_json(
            [
                {
                    "id": found.id,
                    "facility": found.facility,
                    "kind": found.kind.value,
                    "state": found.state.value,
                    "starts": found.starts,
                    "ends": found.ends,
                    "items": found.items,
                    "done": found.done,
                    "urgent": found.urgent,
                    "conflicts": found.conflicts,
                }
                for found in visits
            ]
        )
    elif not visits:
        show(_("No visit yet: “inspect-kit visit new --help” tells how to plan one."))
    else:
        differ = any(found.conflicts for found in visits)
        show_table(
            (
                _("Id ends"),
                _("Starts"),
                _("Facility"),
                _("Kind"),
                _("State"),
                # Translators: a heading: how many items are judged
                _("Done"),
                # Translators: a heading: how many findings are urgent
                _("Urgent"),
                # Translators: a heading: on how many items people hold different views
                *([_("Differ")] if differ else []),
            ),
            (
                (
                    found.id[-6:],
                    found.starts,
                    found.facility,
                    found.kind.short,
                    found.state.label,
                    f"{found.done}/{found.items}",
                    found.urgent or "",
                    *([found.conflicts or ""] if differ else []),
                )
                for found in visits
            ),
            numbers=(5, 6, 7),
            wraps=(2,),
        )


@visit.command("show")
@visit_argument
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def show_(visit: str, as_json: bool) -> None:
    """Show all that a visit holds.

    Its plan, team and progress, the findings with their sources, the recommendations, and what the authority said.
    """
    from inspect_kit.cli.visit_views import as_document, print_visit

    with Session.of().reading() as book:
        record = book.visit(book.find_visit(visit))
        responses = book.responses(record.id)
    if as_json:
        show_json(as_document(record, responses))
    else:
        print_visit(record, responses)


@visit.command("change")
@visit_argument
@click.option(
    "--held", multiple=True, metavar="GROUP=NUMBER", help=f"Correct whom it holds; repeat. {', '.join(Group)}."
)
@scope_options
@language_option
@click.option("--json", "as_json", is_flag=True, help="Print the new checklist's id as JSON.")
def change(
    visit: str,
    held: tuple[str, ...],
    themes: tuple[str, ...],
    rules: tuple[int, ...],
    everything: bool,
    minutes: int | None,
    language: str,
    as_json: bool,
) -> None:
    """Change in mid-visit who is held, the scope, the language.

    The checklist is generated anew. Every answer stays, word for word with its question.
    """
    from inspect_kit.work.languages import told_of_language
    from inspect_kit.work.planning import change_visit

    chosen = bool(themes or rules or everything)
    if not (chosen or held or language or minutes is not None):
        raise BadInputError(
            _("Nothing to change: give --held, --theme, --rule, --everything, --minutes or --language.")
        )
    given = scope_of(themes, rules, everything, minutes)
    with Session.of().recording() as book:
        id_ = book.find_visit(visit)
        record = book.visit(id_)
        scope = given if chosen else replace(record.checklist.scope, minutes=given.minutes) if minutes else None
        plan = None
        if held:
            facility = record.plan.facility
            profile = Profile({**facility.profile.held, **read_groups(held)})  # type: ignore[dict-item]  # it checks names
            plan = replace(record.plan, facility=replace(facility, profile=profile))
        made = change_visit(book, id_, plan=plan, scope=scope, language=language)
    if as_json:
        show_json({"id": id_, "checklist": made.id})
    else:
        applies = sum(item.applies for item in made.items)
        show(
            ngettext(
                "The checklist has {count} item now, {others} that do not apply; all answers stay.",
                "The checklist has {count} items now, {others} that do not apply; all answers stay.",
                applies,
                others=len(made.items) - applies,
            )
        )
        if told := told_of_language(made):
            note(told)


@visit.command("checklist")
@visit_argument
@view_option
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, in the order of the themes.")
def checklist(visit: str, by: str, as_json: bool) -> None:
    """Show a visit's checklist, in the order in which you walk."""
    from inspect_kit.analysis.views import View

    with Session.of().reading() as book:
        record = book.visit(book.find_visit(visit))
    if as_json:
        show_json(record.checklist.as_json())
    else:
        print_checklist(record.checklist, View(by))


@visit.command("sheet")
@visit_argument
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FILE.pdf", help="The PDF to write.")
@view_option
@click.option(
    "--paper", type=click.Choice(("a4", "a5")), default="a4", show_default=True, help="The size of the paper."
)
def sheet(visit: str, out: Path, by: str, paper: str) -> None:
    """Write the checklist as a blank sheet to fill in by hand.

    For places where laptops stay outside. It has the order and the numbers of the screens, so that it can be typed in
    afterwards.
    """
    from inspect_kit.analysis.views import View
    from inspect_kit.export.sheet import Paper
    from inspect_kit.work.reporting import make_sheet

    with Session.of().reading() as book:
        make_sheet(book, book.find_visit(visit), View(by), Paper(paper), out)
    show(_("Wrote the pocket sheet: {path}", path=out))


@visit.command("account")
@visit_argument
@click.option("--overview", metavar="TEXT", help="What a reader should know first.")
@click.option("--cooperation", metavar="TEXT", help="How the team was received; what was refused or delayed.")
@click.option("--good-practice", metavar="TEXT", help="What others could learn from here.")
@click.option("--limits", metavar="TEXT", help="What could not be seen or done, and why.")
def account(visit: str, **said: str | None) -> None:
    """Say what the team holds about the visit as a whole.

    What is left out stays as it is.
    """
    from inspect_kit.cli.visit_views import account_parts

    told = {name: text for name, text in said.items() if text is not None}
    if not told:
        raise BadInputError(_("Nothing was said: give --overview, --cooperation, --good-practice or --limits."))
    with Session.of().recording() as book:
        id_ = book.find_visit(visit)
        book.give_account(id_, replace(book.visit(id_).account, **told))
    parts = account_parts()
    show(_("Recorded the account: {parts}.", parts=", ".join(parts[name].lower() for name in told)))


def _member(text: str) -> Member:
    """Read ``Name;role;woman|man|-;profession``; what follows the name may be left out."""
    parts = [part.strip() for part in text.split(";")]
    if len(parts) > 4:
        raise BadInputError(
            _("--member “{text}” has too many parts: write Name;role;woman;profession.", text=text[:60])
        )
    name, role, sex, profession = parts + [""] * (4 - len(parts))
    stated = {"woman": True, "man": False, "-": None, "": None}
    if sex.lower() not in stated:
        raise BadInputError(
            _(
                "--member “{text}” says “{sex}”: write woman, man, or - where it is not stated.",
                text=text[:60],
                sex=sex[:20],
            )
        )
    return Member(name, choose(Role, role, _("role")) if role else Role.INSPECTOR, stated[sex.lower()], profession)

"""``standard``: what the clauses of the Bangkok Rules ask for, in our words and in the official ones."""

import shutil
import sys
from pathlib import Path
from typing import Any

import click

from inspect_kit.cli.lazy import VerbGroup
from inspect_kit.cli.printing import note, show, show_block, show_fields, show_heading, show_json
from inspect_kit.language import _, ngettext
from inspect_kit.model import Clause, Passage, Wording


@click.group(cls=VerbGroup)
def standard() -> None:
    """Look up what a clause of the Bangkok Rules asks for."""


def _document_argument(function: Any) -> Any:
    text = "The official document, saved as text."
    return click.argument("file", type=click.Path(path_type=Path), metavar="FILE", help=text)(function)


@standard.command("read")
@_document_argument
@click.option("--json", "as_json", is_flag=True, help="Print all clauses as JSON.")
def read(file: Path, as_json: bool) -> None:
    """Read the official document into its clauses, and print them.

    Nothing is kept; “standard import” keeps the wording.
    """
    from inspect_kit.standards import load_standard, read_document, read_standard

    passages = read_standard(read_document(file), load_standard())
    if as_json:
        show_json([_as_passage(passage) for passage in passages])
        return
    above: tuple[str, ...] = ()
    for passage in passages:
        if passage.headings != above:
            above = passage.headings
            show_heading(" · ".join(above))
        show_block(passage.text, 10, passage.id)


@standard.command("import")
@_document_argument
def import_(file: Path) -> None:
    """Keep the official wording, to be shown beside ours.

    Screens, “standard show” and the annex of reports print it, marked as the official text.

    It is held against what the United Nations published; a clause that differs is kept and marked.
    """
    from inspect_kit.standards import import_wording, load_standard

    rules = load_standard()
    taken = import_wording(rules, file)
    show(
        ngettext(
            "{count} clause of the {standard} kept.",
            "{count} clauses of the {standard} kept.",
            len(taken.wording),
            standard=rules.short,
        )
    )
    if taken.differing:
        note(
            ngettext(
                "{count} clause differs from the official document (E/2010/30) and will be marked so: {clauses}.",
                "{count} clauses differ from the official document (E/2010/30) and will be marked so: {clauses}.",
                len(taken.differing),
                clauses=", ".join(taken.differing),
            )
        )


@standard.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print all clauses as JSON.")
def list_(as_json: bool) -> None:
    """List all clauses, one a line."""
    from inspect_kit.standards import load_standard, load_wording

    rules = load_standard()
    if as_json:
        wording = load_wording(rules)
        show_json([as_document(clause, wording.get(clause.id)) for clause in rules.clauses.values()])
        return
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else sys.maxsize
    above: tuple[str, ...] = ()
    for clause in rules.clauses.values():
        if clause.headings != above:
            above = clause.headings
            show_heading(" · ".join(above))
        line = f"{clause.id:<9} {clause.means}"
        show(line if len(line) <= width else line[: width - 1].rstrip() + "…")


@standard.command("show")
@click.argument("clause", metavar="CLAUSE", help="As people write it: BR-25.3, 25.3, 25(3), 6(a).")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def show_(clause: str, as_json: bool) -> None:
    """Show one clause, such as BR-25.3 or 25(3).

    The meaning is in our own words; the official text is shown where it was imported (“standard import”).
    """
    from inspect_kit.checklist import load_banks
    from inspect_kit.standards import find_clause, load_standard, load_wording

    rules = load_standard()
    found = find_clause(rules, clause)
    wording = load_wording(rules).get(found.id)
    items = [item.id for bank in load_banks(rules) for item in bank.items if found.id in item.clauses]
    if as_json:
        show_json(as_document(found, wording) | {"items": items})
        return
    place = [_("Rule {number}", number=found.rule)]
    if found.paragraph is not None:
        place.append(_("paragraph {number}", number=found.paragraph))
    if found.point:
        place.append(_("point ({letter})", letter=found.point))
    show_block(f"{found.id}: {', '.join((rules.short, *place))}", style="bold")
    goes_with = _("Standard Minimum Rules (1955) {rules}", rules=found.supplements) if found.supplements else ""
    revised = _("as revised (Nelson Mandela Rules, 2015) {rules}", rules=found.revised) if found.revised else ""
    show_fields(
        (
            # Translators: what a clause means, in our words
            (_("Means"), found.means),
            # Translators: how strictly a clause is worded
            (_("Strength"), found.strength.label),
            # Translators: whom a clause protects
            (_("Protects"), ", ".join(found.protects)),
            (_("Stands under"), _("Part {part}: {headings}", part=found.part, headings=" · ".join(found.headings))),
            # Translators: the rules of other documents that a clause goes with
            (_("Goes with"), goes_with),
            ("", revised),
            # Translators: no items test this clause yet
            (_("Items"), ", ".join(items) or _("none yet")),
        ),
        14,
    )
    show()
    if wording is None:
        show_block(_("In our own words; read the official text before you quote it (“standard import” shows it here)."))
    else:
        show_block(f"{wording.label[0].upper()}{wording.label[1:]}:", style="bold")
        show_block(wording.text, 2)


def as_document(clause: Clause, wording: Wording | None) -> dict[str, Any]:
    """A clause as plain JSON values; ``text`` is the imported wording, ``official`` whether it is the official one."""
    return {
        "id": clause.id,
        "rule": clause.rule,
        "paragraph": clause.paragraph,
        "point": clause.point,
        "part": clause.part,
        "headings": list(clause.headings),
        "supplements": _numbers(clause.supplements),
        "text": wording.text if wording else None,
        "official": wording.official if wording else None,
        "means": clause.means,
        "strength": clause.strength.value,
        "protects": list(clause.protects),
        "revised": _numbers(clause.revised),
    }


def _as_passage(passage: Passage) -> dict[str, Any]:
    return {
        "id": passage.id,
        "rule": passage.rule,
        "paragraph": passage.paragraph,
        "point": passage.point,
        "lead": passage.lead,
        "part": passage.part,
        "headings": list(passage.headings),
        "supplements": list(passage.supplements),
        "text": passage.text,
    }


def _numbers(text: str | None) -> list[str]:
    return text.split(", ") if text else []

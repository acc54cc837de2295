"""``standard``: what the clauses of the Bangkok Rules ask for, in our words."""

import shutil
import sys
from typing import Any

import click

from inspect_kit.cli.lazy import VerbGroup
from inspect_kit.cli.printing import show, show_block, show_heading, show_json
from inspect_kit.model import Clause


@click.group(cls=VerbGroup)
def standard() -> None:
    """Look up what a clause of the Bangkok Rules asks for."""


@standard.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print all clauses as JSON.")
def list_(as_json: bool) -> None:
    """List all clauses, one a line."""
    from inspect_kit.standards import load_standard

    rules = load_standard()
    if as_json:
        show_json([as_document(clause) for clause in rules.clauses.values()])
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

    The meaning is in our own words; the official wording is not kept in this program.
    """
    from inspect_kit.checklist import load_banks
    from inspect_kit.standards import find_clause, load_standard

    rules = load_standard()
    found = find_clause(rules, clause)
    items = [item.id for bank in load_banks(rules) for item in bank.items if found.id in item.clauses]
    if as_json:
        show_json(as_document(found) | {"items": items})
        return
    place = f"Rule {found.rule}"
    place += f", paragraph {found.paragraph}" if found.paragraph is not None else ""
    place += f", point ({found.point})" if found.point else ""
    show_block(f"{found.id}: {rules.short}, {place}", style="bold")
    for label, value in (
        ("Means", found.means),
        ("Strength", found.strength.value),
        ("Protects", ", ".join(found.protects)),
        ("Stands under", f"Part {found.part}: " + " · ".join(found.headings)),
        ("Goes with", f"Standard Minimum Rules (1955) {found.supplements}" if found.supplements else ""),
        ("", f"as revised (Nelson Mandela Rules, 2015) {found.revised}" if found.revised else ""),
        ("Items", ", ".join(items) or "none yet"),
    ):
        if value:
            show_block(value, 14, label)
    show()
    show_block("In our own words; read the official text before you quote it.")


def as_document(clause: Clause) -> dict[str, Any]:
    """A clause as plain JSON values; ``text`` is the official wording, where it was imported."""
    return {
        "id": clause.id,
        "rule": clause.rule,
        "paragraph": clause.paragraph,
        "point": clause.point,
        "part": clause.part,
        "headings": list(clause.headings),
        "supplements": _numbers(clause.supplements),
        "text": None,
        "means": clause.means,
        "strength": clause.strength.value,
        "protects": list(clause.protects),
        "revised": _numbers(clause.revised),
    }


def _numbers(text: str | None) -> list[str]:
    return text.split(", ") if text else []

"""Reading a standard's structure from its ``standard.yaml``."""

from functools import cache
from typing import Any

import yaml

from inspect_kit.errors import UnknownError
from inspect_kit.files import bundled
from inspect_kit.model import Clause, Standard, Strength, Theme

SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def load_standard(name: str = "bangkok-rules") -> Standard:
    """Load one of the standards that ship with inspect_kit.

    Args:
        name: the standard's id, which is its folder under ``checklists/``.

    Raises:
        UnknownError: when there is no such standard.
    """
    folders = {folder.name: folder for folder in bundled("checklists").iterdir() if folder.is_dir()}
    if name not in folders:
        raise UnknownError(f"No standard “{name[:40]}”: known are {', '.join(sorted(folders))}.")
    with (folders[name] / "standard.yaml").open(encoding="utf-8") as file:
        values = yaml.load(file, Loader=SafeLoader)  # noqa: S506 (a safe loader, in C where PyYAML has it)
    clauses = {clause.id: clause for rule in values["rules"] for clause in _clauses(rule)}
    themes = tuple(
        Theme(theme["id"], theme["title"], tuple(theme["clauses"]), theme["inspected"] == "on-site")
        for theme in values["themes"]
    )
    return Standard(
        id=values["id"],
        prefix=values["prefix"],
        short=values["short"],
        title=values["title"],
        clauses=clauses,
        themes=themes,
        compounds=frozenset(values["compounds"]) if "compounds" in values else None,
    )


def find_clause(standard: Standard, text: str) -> Clause:
    """Find a clause by its id, as people write it: ``BR-25.3``, ``br25.3``, ``25(3)``, ``6(a)``.

    Raises:
        UnknownError: when the standard has no such clause; a rule of several clauses names them.
    """
    wanted = text.strip().upper().removeprefix(standard.prefix).lstrip("- ").replace("(", ".").replace(")", "")
    name = f"{standard.prefix}-{wanted.replace(' ', '').lower()}"
    if name in standard.clauses:
        return standard.clauses[name]
    below = [clause.id for clause in standard.clauses.values() if clause.id.startswith(name + ".")]
    if below:
        raise UnknownError(f"Rule {wanted} has several clauses: {', '.join(below)}. Name one of them.")
    raise UnknownError(
        f"The {standard.short} have no clause “{text.strip()[:40]}”: write it like {standard.prefix}-25.3."
    )


def _clauses(rule: dict[str, Any]) -> list[Clause]:
    return [
        Clause(
            id=clause["id"],
            rule=rule["rule"],
            paragraph=clause.get("paragraph"),
            point=clause.get("point"),
            lead=clause.get("lead", False),
            part=rule["part"],
            headings=tuple(rule["headings"]),
            supplements=rule["supplements"],
            revised=rule["revised"],
            strength=Strength(clause["strength"]),
            protects=tuple(clause["protects"]),
            means=" ".join(clause["means"].split()),
        )
        for clause in rule["clauses"]
    ]

"""Reading a standard's structure from its ``standard.yaml``."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from inspect_kit.errors import BadInputError, UnknownError
from inspect_kit.files import bundled, own_folder, read_bytes
from inspect_kit.language import _
from inspect_kit.model import Clause, Standard, Strength, Theme

BANGKOK_RULES = "bangkok-rules"
SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LIMIT = 1_048_576
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_PREFIX = re.compile(r"[A-Z][A-Z0-9]{0,7}")


def load_standard(name: str = BANGKOK_RULES) -> Standard:
    """Load one of the standards that ship with inspect_kit or that this user's organisation added.

    Args:
        name: the standard's id, which is its folder's name.

    Raises:
        UnknownError: when there is no such standard.
        BadInputError: when it cannot be used.
    """
    # ours come last, so that no folder of the same name can take their place
    folders = {folder.name: folder for place in (own_standards(), bundled("checklists")) for folder in _folders(place)}
    if name not in folders:
        known = ", ".join(sorted(folders))
        raise UnknownError(_("No standard “{name}”: known are {known}.", name=name[:40], known=known))
    folder = folders[name]
    return _read_ours(folder) if folder.parent == bundled("checklists") else read_folder(folder)


def load_standards() -> tuple[Standard, ...]:
    """Load all standards: those that ship with inspect_kit first, then those that were added, by name.

    Raises:
        BadInputError: when one cannot be used.
    """
    ours = [folder.name for folder in _folders(bundled("checklists"))]
    added = [folder.name for folder in _folders(own_standards()) if folder.name not in ours]
    return tuple(load_standard(name) for name in (*ours, *added))


def own_standards() -> Path:
    """Where the standards that this user's organisation added lie; it need not exist."""
    return own_folder() / "checklists"


@cache
def _read_ours(folder: Path) -> Standard:
    return read_folder(folder)


def read_folder(folder: Path) -> Standard:
    """Read a standard from its folder.

    Raises:
        BadInputError: when its ``standard.yaml`` is missing or says something that a standard cannot be.
    """
    file = folder / "standard.yaml"
    values = read_yaml(file)
    try:
        return _standard(values, folder)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        # Translators: stands behind “… cannot be used:”
        what = _("“{field}” is missing", field=problem.args[0]) if isinstance(problem, KeyError) else str(problem)
        raise BadInputError(_("{file} cannot be used: {problem}.", file=file, problem=what[:160])) from problem


def read_yaml(file: Path) -> Any:
    """Read a YAML file of a standard.

    Raises:
        BadInputError: when it is missing, too large or no YAML.
    """
    # Translators: the start of a sentence, such as “… is larger than 1 MB”
    data = read_bytes(file, _("The file"), _LIMIT)
    # the fast loader is written in C, where endless nesting ends the program: it is for our own files
    loader = SafeLoader if file.is_relative_to(bundled("checklists")) else yaml.SafeLoader
    try:
        return yaml.load(data.decode("utf-8"), Loader=loader)  # noqa: S506 (both are safe loaders)
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        said = " ".join(str(problem).split())[:200]
        raise BadInputError(_("{file} is no YAML: {problem}", file=file, problem=said)) from problem


def check_names(name: str, prefix: str) -> None:
    """Check the id and the prefix of a standard.

    Raises:
        BadInputError: when one of them cannot be used in files and ids.
    """
    if not _ID.fullmatch(name) or len(name) > 40:
        raise BadInputError(
            _(
                "The standard's id “{id}” must be small letters and digits, joined by hyphens: example-act.",
                id=name[:50],
            )
        )
    if not _PREFIX.fullmatch(prefix):
        raise BadInputError(
            # Translators: what the ids of a standard's clauses begin with
            _("The prefix “{prefix}” must be 1 to 8 capital letters or digits, such as EXA.", prefix=prefix[:20])
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
        raise UnknownError(
            _("Rule {rule} has several clauses: {clauses}. Name one of them.", rule=wanted, clauses=", ".join(below))
        )
    raise UnknownError(
        # Translators: standard is such as Bangkok Rules
        _(
            "The {standard} have no clause “{clause}”: write it like {example}.",
            standard=standard.short,
            clause=text.strip()[:40],
            example=f"{standard.prefix}-25.3",
        )
    )


def _folders(place: Path) -> list[Path]:
    try:
        return sorted(folder for folder in place.iterdir() if (folder / "standard.yaml").is_file())
    except OSError:
        return []


def _standard(values: Mapping[str, Any], folder: Path) -> Standard:
    clauses: dict[str, Clause] = {}
    for rule in values["rules"]:
        for clause in _clauses(rule):
            if clause.id in clauses:
                # Translators: stands behind “… cannot be used:”
                raise ValueError(_("the clause {clause} stands in it twice", clause=clause.id))
            if not re.fullmatch(rf"{re.escape(values['prefix'])}-{clause.rule}(\.[a-z0-9]+)*", clause.id):
                rule = f"{values['prefix']}-{clause.rule}"
                raise ValueError(
                    # Translators: stands behind “… cannot be used:”
                    _("the clause “{clause}” must be {rule}, or begin so", clause=clause.id[:30], rule=rule)
                )
            clauses[clause.id] = clause
    themes = tuple(
        Theme(
            str(theme["id"]),
            str(theme["title"]),
            tuple(theme["clauses"]),
            theme.get("inspected", "on-site") == "on-site",
        )
        for theme in values["themes"]
    )
    for theme in themes:
        if not _ID.fullmatch(theme.id):
            raise ValueError(
                # Translators: stands behind “… cannot be used:”
                _("the theme “{theme}” must be small letters and digits, joined by hyphens", theme=theme.id[:40])
            )
        unknown = [clause for clause in theme.clauses if clause not in clauses]
        if unknown:
            raise ValueError(
                # Translators: stands behind “… cannot be used:”
                _(
                    "the theme {theme} names the clause {clause}, which it does not have",
                    theme=theme.id,
                    clause=unknown[0],
                )
            )
    check_names(values["id"], values["prefix"])
    if values["id"] != folder.resolve().name:
        # Translators: stands behind “… cannot be used:”
        raise ValueError(_("its id “{id}” must be its folder's name", id=values["id"]))
    return Standard(
        id=values["id"],
        folder=folder,
        prefix=values["prefix"],
        short=str(values["short"]),
        title=str(values["title"]),
        clauses=clauses,
        themes=themes,
        compounds=frozenset(values["compounds"]) if "compounds" in values else None,
    )


def _clauses(rule: Mapping[str, Any]) -> list[Clause]:
    return [
        Clause(
            id=clause["id"],
            rule=int(rule["rule"]),
            paragraph=clause.get("paragraph"),
            point=clause.get("point"),
            lead=clause.get("lead", False),
            part=str(rule.get("part", "")),
            headings=tuple(rule.get("headings") or ()),
            supplements=rule.get("supplements"),
            revised=rule.get("revised"),
            strength=Strength(clause["strength"]),
            protects=tuple(clause.get("protects") or ()),
            means=" ".join(clause["means"].split()),
        )
        for clause in rule["clauses"]
    ]

"""Reading item banks: one YAML file a theme, in the standard's folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from inspect_kit.errors import BadInputError
from inspect_kit.language import _
from inspect_kit.model import Item, Standard
from inspect_kit.standards.load import read_yaml


@dataclass(frozen=True)
class Bank:
    """One theme's items.

    Attributes:
        theme: the theme's id.
        title: as shown on screen.
        about: what the theme covers, in a sentence.
        care: advice on doing no harm.
        items: in the order of work.
        standard: the standard whose clauses they test.
    """

    theme: str
    title: str
    about: str
    care: tuple[str, ...]
    items: tuple[Item, ...]
    standard: Standard


def read_raw(standard: Standard) -> dict[str, Mapping[str, Any]]:
    """Read a standard's banks as they stand in their files, by theme, in the order of its themes.

    Raises:
        BadInputError: when a file is no YAML.
    """
    files = {theme.id: standard.folder / f"{theme.id}.yaml" for theme in standard.themes}
    return {theme: read_yaml(file) for theme, file in files.items() if file.is_file()}


@cache
def load_banks(*standards: Standard) -> tuple[Bank, ...]:
    """Load all item banks of some standards, in the order of their themes.

    Raises:
        BadInputError: when a bank cannot be used; ``checklist check`` says more.
    """
    banks = []
    for standard in standards:
        for theme, values in read_raw(standard).items():
            try:
                items = tuple(Item.from_json({**item, "theme": theme}) for item in values["items"])
                banks.append(Bank(theme, values["title"], values["about"], tuple(values["care"]), items, standard))
            except (KeyError, ValueError, TypeError, AttributeError) as problem:
                raise BadInputError(
                    _(
                        "The item bank {file} cannot be used ({problem}): run “checklist check”.",
                        file=f"{theme}.yaml",
                        problem=problem,
                    )
                ) from problem
    return tuple(banks)

"""Reading item banks: one YAML file a theme, in the standard's folder."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from inspect_kit.errors import BadInputError
from inspect_kit.files import bundled
from inspect_kit.model import Item, Standard
from inspect_kit.standards.load import SafeLoader


@dataclass(frozen=True)
class Bank:
    """One theme's items.

    Attributes:
        theme: the theme's id.
        title: as shown on screen.
        about: what the theme covers, in a sentence.
        care: advice on doing no harm.
        items: in the order of work.
    """

    theme: str
    title: str
    about: str
    care: tuple[str, ...]
    items: tuple[Item, ...]


def read_raw(standard: Standard) -> dict[str, dict[str, Any]]:
    """Read a standard's banks as they stand in their files, by theme, in the order of its themes.

    Raises:
        BadInputError: when a file is no YAML.
    """
    folder = bundled("checklists") / standard.id
    banks = {}
    for theme in standard.theme_ids():
        file = folder / f"{theme}.yaml"
        if not file.is_file():
            continue
        try:
            banks[theme] = yaml.load(file.read_text(encoding="utf-8"), Loader=SafeLoader)  # noqa: S506 (a safe loader)
        except yaml.YAMLError as problem:
            raise BadInputError(
                f"The item bank {file.name} is no YAML: {' '.join(str(problem).split())[:200]}"
            ) from problem
    return banks


@cache
def load_banks(standard: Standard) -> tuple[Bank, ...]:
    """Load all item banks of a standard, in the order of its themes.

    Raises:
        BadInputError: when a bank cannot be used; ``checklist check`` says more.
    """
    banks = []
    for theme, values in read_raw(standard).items():
        try:
            items = tuple(Item.from_json({**item, "theme": theme}) for item in values["items"])
            banks.append(Bank(theme, values["title"], values["about"], tuple(values["care"]), items))
        except (KeyError, ValueError, TypeError) as problem:
            raise BadInputError(
                f"The item bank {theme}.yaml cannot be used ({problem}): run “checklist check”."
            ) from problem
    return tuple(banks)

"""Reading item banks: one YAML file a theme, in the standard's folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from inspect_kit.errors import BadInputError
from inspect_kit.language import _
from inspect_kit.model import Group, Item, Standard
from inspect_kit.standards.load import read_yaml


@dataclass(frozen=True)
class Translation:
    """A standard's words in another language, as its translated banks share them.

    Attributes:
        language: two letters.
        standard: the standard with its names, and the clauses that are translated, in that language.
        not_held: why an item does not apply; ``{groups}`` stands for who is not held.
        groups: the groups of a facility's profile in words.
    """

    language: str
    standard: Standard
    not_held: str
    groups: Mapping[Group, str]

    def reason(self, item: Item) -> str:
        """Say in this language that nobody of an item's groups is held."""
        return self.not_held.replace("{groups}", ", ".join(self.groups[group] for group in item.applies_to))


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
        translation: the words that go with it where it was translated, or None.
    """

    theme: str
    title: str
    about: str
    care: tuple[str, ...]
    items: tuple[Item, ...]
    standard: Standard
    translation: Translation | None = None


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

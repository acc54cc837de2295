"""A place of detention, and who it holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from inspect_kit.errors import BadInputError
from inspect_kit.language import _, thousands
from inspect_kit.model.text import clean_line


class Group(StrEnum):
    """Groups of people a facility may hold; they decide which items apply and who could be recognised."""

    WOMEN = "women"
    GIRLS = "girls"
    PREGNANT = "pregnant"
    BREASTFEEDING = "breastfeeding"
    WITH_CHILDREN = "with-children"
    FOREIGN_NATIONALS = "foreign-nationals"
    PRETRIAL = "pretrial"
    SENTENCED = "sentenced"
    MINORITIES = "minorities"

    @property
    def label(self) -> str:
        """The group in words, for screens and reports."""
        return {
            Group.WOMEN: _("women"),
            Group.GIRLS: _("girls under 18"),
            Group.PREGNANT: _("pregnant women"),
            Group.BREASTFEEDING: _("breastfeeding women"),
            Group.WITH_CHILDREN: _("women with children inside"),
            Group.FOREIGN_NATIONALS: _("foreign nationals"),
            # Translators: women who are held before their trial
            Group.PRETRIAL: _("awaiting trial"),
            # Translators: women who were sentenced
            Group.SENTENCED: _("under sentence"),
            Group.MINORITIES: _("minority or indigenous women"),
        }[self]


@dataclass(frozen=True)
class Profile:
    """How many of each group a facility holds.

    A group that is not named is unknown, and counts as possibly held; 0 says that nobody is.
    """

    held: Mapping[Group, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        held = {}
        for name, number in self.held.items():
            try:
                group = Group(name)
            except ValueError:
                known = ", ".join(Group)
                given = name[:40] if isinstance(name, str) else "?"
                raise BadInputError(
                    _("The facility profile names the group “{group}”; known are: {known}.", group=given, known=known)
                ) from None
            if isinstance(number, bool) or not isinstance(number, int):
                if not isinstance(number, (str, bool, float)):
                    raise BadInputError(
                        _("The facility profile needs a whole number for {group}, not a list or nothing.", group=group)
                    )
                given = str(number)[:40]
                raise BadInputError(
                    _("The facility profile needs a whole number for {group}, not “{given}”.", group=group, given=given)
                )
            if not 0 <= number <= 1_000_000:
                # Translators: stands in the place of a number: “The facility profile says too much for women”
                given = thousands(number) if abs(number) < 10**12 else _("too much")
                raise BadInputError(
                    _(
                        "The facility profile says {number} for {group}: give 0 or more (at most {most}).",
                        number=given,
                        group=group,
                        most=thousands(1_000_000),
                    )
                )
            held[group] = number
        if Group.WOMEN in held:
            everyone = held[Group.WOMEN] + held.get(Group.GIRLS, 0)
            for group, number in held.items():
                if number > everyone and group is not Group.GIRLS:
                    raise BadInputError(
                        _(
                            "The facility profile says {number} {group}, but only {everyone} women and girls in all: "
                            "correct one.",
                            number=number,
                            group=group.label,
                            everyone=everyone,
                        )
                    )
        object.__setattr__(self, "held", MappingProxyType({group: held[group] for group in Group if group in held}))

    def may_hold(self, group: Group) -> bool:
        """Whether somebody of the group is held here, or could be."""
        return self.held.get(group) != 0

    def __reduce__(self) -> tuple[type["Profile"], tuple[dict[Group, int]]]:
        return Profile, (dict(self.held),)


@dataclass(frozen=True)
class Facility:
    """A place of detention as it describes itself.

    Attributes:
        id: its ULID; empty before the casebook has given one.
        name: as people call it.
        place: town or region.
        country: in words.
        authority: who runs it.
        capacity: official number of places, or None where unknown.
        profile: who is held.
    """

    name: str
    place: str = ""
    country: str = ""
    authority: str = ""
    capacity: int | None = None
    profile: Profile = field(default_factory=Profile)
    id: str = ""

    def __post_init__(self) -> None:
        # Translators: the start of a sentence, such as “… is missing”
        object.__setattr__(self, "name", clean_line(self.name, _("The facility's name"), required=True))
        for name, what in (
            # Translators: the start of a sentence, such as “… must be one line”
            ("place", _("The facility's town or region")),
            # Translators: the start of a sentence, such as “… must be one line”
            ("country", _("The facility's country")),
            # Translators: the start of a sentence, such as “… must be one line”
            ("authority", _("The facility's authority")),
        ):
            object.__setattr__(self, name, clean_line(getattr(self, name), what))
        if self.capacity is not None and not 0 <= self.capacity <= 1_000_000:
            capacity = thousands(self.capacity)
            raise BadInputError(
                _("The facility's capacity is {number}: give 0 or more, or leave it out.", number=capacity)
            )

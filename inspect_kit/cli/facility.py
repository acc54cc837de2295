"""``facility``: places of detention and whom they hold."""

from pathlib import Path

import click

from inspect_kit.cli.lazy import VerbGroup
from inspect_kit.cli.printing import show, show_json, show_table
from inspect_kit.cli.session import Session, read_text
from inspect_kit.errors import BadInputError
from inspect_kit.language import _
from inspect_kit.model import Facility, Group, Profile


@click.group(cls=VerbGroup)
def facility() -> None:
    """Describe places of detention and whom they hold."""


@facility.command("add")
@click.option("--name", required=True, metavar="NAME", help="The name people use.")
@click.option("--place", default="", metavar="TEXT", help="Town or region.")
@click.option("--country", default="", metavar="TEXT", help="Country.")
@click.option("--authority", default="", metavar="TEXT", help="Who runs it.")
@click.option("--capacity", type=int, metavar="N", help="Official number of places.")
@click.option(
    "--profile",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Whom it holds: a line “group: number” each (YAML).",
)
@click.option(
    "--held",
    multiple=True,
    metavar="GROUP=N",
    help=f"How many of a group it holds, 0 for none; repeat. Groups: {', '.join(Group)}.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the new id as JSON.")
def add(
    name: str,
    place: str,
    country: str,
    authority: str,
    capacity: int | None,
    profile: Path | None,
    held: tuple[str, ...],
    as_json: bool,
) -> None:
    """Add a facility.

    A group that is not named counts as possibly held, so that no question falls away by mistake.
    """
    new = Facility(name, place, country, authority, capacity, _profile(profile, held))
    with Session.of().recording() as book:
        id_ = book.add_facility(new)
    if as_json:
        show_json({"id": id_})
    else:
        show(_("Added {facility}: {id}", facility=new.name, id=id_))


@facility.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def list_(as_json: bool) -> None:
    """List the facilities of the casebook."""
    with Session.of().reading() as book:
        facilities = book.facilities()
    if as_json:
        show_json([_facility(found) for found in facilities])
    elif not facilities:
        show(_("No facility yet: “inspect-kit facility add --name …” adds the first."))
    else:
        show_table(
            (
                # Translators: a heading above the last letters of ids
                _("Id ends"),
                _("Name"),
                _("Place"),
                _("Women"),
                # Translators: a heading above official numbers of places
                _("Places"),
            ),
            (
                (
                    found.id[-6:],
                    found.name,
                    ", ".join(filter(None, (found.place, found.country))),
                    found.profile.held.get(Group.WOMEN, "?"),
                    "?" if found.capacity is None else found.capacity,
                )
                for found in facilities
            ),
            numbers=(3, 4),
            wraps=(1, 2),
        )


def _facility(found: Facility) -> dict[str, object]:
    return {
        "id": found.id,
        "name": found.name,
        "place": found.place,
        "country": found.country,
        "authority": found.authority,
        "capacity": found.capacity,
        "held": {group.value: number for group, number in found.profile.held.items()},
    }


def _profile(file: Path | None, held: tuple[str, ...]) -> Profile:
    """Put a profile file and single groups together; what is said singly counts."""
    given = {group.value: number for group, number in read_profile_file(file).held.items()} if file else {}
    return Profile(given | read_groups(held))  # type: ignore[arg-type]  # it checks names that are typed


def read_groups(held: tuple[str, ...]) -> dict[str, int]:
    """Read pairs such as ``pregnant=3``, as people type them.

    Raises:
        BadInputError: when one is no such pair; whether the group exists is for ``Profile`` to say.
    """
    values: dict[str, int] = {}
    for pair in held:
        group, _sign, number = pair.partition("=")
        try:
            values[group.strip().lower()] = int(number)
        except ValueError:
            raise BadInputError(
                _("--held “{pair}” cannot be read: write it like --held pregnant=3.", pair=pair[:60])
            ) from None
    return values


def read_profile_file(file: Path) -> Profile:
    """Read a facility profile that the user named.

    Raises:
        BadInputError: when it is missing, no profile, or says what cannot be.
    """
    from inspect_kit.checklist import read_profile

    return read_profile(read_text(file, _("The facility profile")))

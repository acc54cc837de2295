"""``sample``: fictional visits to practise with."""

import click

from inspect_kit.cli.lazy import VerbGroup
from inspect_kit.cli.printing import show, show_json, show_table
from inspect_kit.cli.session import Session
from inspect_kit.language import _


@click.group(cls=VerbGroup)
def sample() -> None:
    """List fictional sample visits, or load one to practise."""


@sample.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def list_(as_json: bool) -> None:
    """List the sample visits."""
    from inspect_kit.work.samples import list_samples

    samples = list_samples()
    if as_json:
        show_json([{"name": found.name, "title": found.title} for found in samples])
    else:
        show_table((_("Name"), _("What it shows")), ((found.name, found.title) for found in samples), wraps=(1,))


@sample.command("load")
@click.argument("name", metavar="NAME", help="One of “sample list”.")
@click.option("--json", "as_json", is_flag=True, help="Print the new visit's id as JSON.")
def load(name: str, as_json: bool) -> None:
    """Load a sample visit into the casebook, as if you had recorded it."""
    from inspect_kit.work.samples import load_sample

    with Session.of().recording() as book:
        visit = load_sample(book, name)
    if as_json:
        show_json({"id": visit})
    else:
        show(
            _(
                "Loaded {sample}; “inspect-kit visit show {short}” shows it: {id}",
                sample=name,
                short=visit[-6:],
                id=visit,
            )
        )

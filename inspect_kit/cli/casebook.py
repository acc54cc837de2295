"""``casebook``: the file in which everything lies."""

import click

from inspect_kit.cli.lazy import VerbGroup
from inspect_kit.cli.printing import show
from inspect_kit.cli.session import Session
from inspect_kit.errors import CasebookError
from inspect_kit.language import _


@click.group(cls=VerbGroup)
def casebook() -> None:
    """Make a casebook, or build its tables anew."""


@casebook.command("create")
@click.option("--no-passphrase", is_flag=True, help="Leave the file unencrypted: whoever gets it can read it.")
def create(no_passphrase: bool) -> None:
    """Make a new casebook.

    It is encrypted with the passphrase you choose. Nobody can recover a passphrase that is lost.
    """
    from inspect_kit.work.desk import create_casebook

    session = Session.of()
    path = session.casebook_path()
    if path.exists():
        raise CasebookError(
            _("The casebook {path} exists already: go on in it, or name another with --casebook.", path=path)
        )
    # Translators: stands in “Passphrase for the casebook” and “A passphrase is needed for the casebook”
    passphrase = session.new_passphrase(_("the casebook"), without=no_passphrase)
    create_casebook(path, passphrase).close()
    if passphrase:
        show(_("Made the casebook {path}, encrypted.", path=path))
    else:
        show(_("Made the casebook {path}, not encrypted: whoever gets the file can read it.", path=path))


@casebook.command("rebuild")
def rebuild() -> None:
    """Build the tables anew from the journal.

    The journal is the truth; the tables are what other programs read. Nothing that was recorded changes.
    """
    with Session.of().reading() as book:
        book.rebuild()
        show(_("Built the tables of {path} anew from its journal.", path=book.path))

"""``identity``: the key with which an inspector records and signs."""

from pathlib import Path

import click

from inspect_kit.cli.lazy import VerbGroup
from inspect_kit.cli.printing import show, show_fields, show_json
from inspect_kit.cli.session import Session
from inspect_kit.errors import BadInputError, IdentityError
from inspect_kit.language import _


@click.group(cls=VerbGroup)
def identity() -> None:
    """Make or show the key with which you record and sign."""


@identity.command("create")
@click.option("--name", required=True, metavar="NAME", help="Your name, as it shall stand under reports.")
@click.option("--organisation", default="", metavar="TEXT", help="Your monitoring body.")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE.p12",
    help="The file to make; none is replaced.",
)
@click.option("--no-passphrase", is_flag=True, help="Leave the key unprotected: whoever gets the file can sign as you.")
def create(name: str, organisation: str, out: Path, no_passphrase: bool) -> None:
    """Make a new key with its certificate."""
    from inspect_kit.identity import create as make
    from inspect_kit.identity import save

    if out.exists():
        raise BadInputError(_("The file {path} exists: a key is never overwritten. Choose another name.", path=out))
    # Translators: stands in “Passphrase for the identity” and “A passphrase is needed for the identity”
    passphrase = Session.of().new_passphrase(_("the identity"), without=no_passphrase)
    new = make(name, organisation, passphrase)
    save(new, out)
    if passphrase:
        show(_("Made the identity of {name} in {path}, protected by its passphrase.", name=new.name, path=out))
    else:
        show(_("Made the identity of {name} in {path}, not protected.", name=new.name, path=out))
    show(_("Fingerprint: {fingerprint}", fingerprint=grouped(new.fingerprint)))
    show(_("Use it with --as {path}, or set INSPECT_KIT_IDENTITY to it. Keep a copy in a safe place.", path=out))


@identity.command("show")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def show_(as_json: bool) -> None:
    """Show whose key it is, and its fingerprint."""
    from inspect_kit.identity import load

    session = Session.of()
    path = own_file(session)
    what = _("the identity {path}", path=path)
    mine, _passphrase = session.unlocked(lambda passphrase: load(path, passphrase), what)
    if as_json:
        show_json(
            {
                "name": mine.name,
                "organisation": mine.organisation,
                "fingerprint": mine.fingerprint,
                "valid_until": mine.valid_until,
                "file": str(path),
            }
        )
        return
    show_fields(
        (
            (_("Name"), mine.name),
            # Translators: no organisation is named
            (_("Organisation"), mine.organisation or _("none named")),
            (_("Fingerprint"), grouped(mine.fingerprint)),
            (_("Valid until"), mine.valid_until),
            (_("File"), str(path)),
        ),
        14,
    )


def own_file(session: Session) -> Path:
    """The identity to use, which must exist.

    Raises:
        IdentityError: when none is named and none was made yet.
    """
    path = session.identity_path()
    if session.identity is None and not path.exists():
        raise IdentityError(
            _("You have no identity yet: make one with “inspect-kit identity create”, and name it with --as.")
        )
    return path


def grouped(fingerprint: str) -> str:
    """A fingerprint in groups of four, to be read out and compared."""
    return " ".join(fingerprint[place : place + 4] for place in range(0, len(fingerprint), 4)).upper()

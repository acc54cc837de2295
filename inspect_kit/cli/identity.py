"""``identity``: the key with which an inspector records and signs, and whose keys she trusts."""

from pathlib import Path

import click

from inspect_kit.cli import authority, trust
from inspect_kit.cli.keyfiles import own_file, refuse_existing, show_words, write_new
from inspect_kit.cli.lazy import VerbGroup
from inspect_kit.cli.printing import note, show, show_fields, show_json
from inspect_kit.cli.session import Session
from inspect_kit.language import _


@click.group(cls=VerbGroup)
def identity() -> None:
    """Make your key, and say whose keys you trust.

    Keep a copy of your key in a safe place, apart from the laptop. When a key is lost or in other hands: make a new
    one (identity create), tell your team at once, and let them compare its words with you by voice (identity trust).
    Each of them marks the old key as lost (identity lost), with the day since which somebody else could have used it.
    What you sealed before that day stays valid.
    """


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
    from inspect_kit.identity import grouped, save

    refuse_existing(out)
    # Translators: stands in “Passphrase for the identity” and “A passphrase is needed for the identity”
    passphrase = Session.of().new_passphrase(_("the identity"), without=no_passphrase)
    new = make(name, organisation, passphrase)
    save(new, out)
    if passphrase:
        show(_("Made the identity of {name} in {path}, protected by its passphrase.", name=new.name, path=out))
    else:
        show(_("Made the identity of {name} in {path}, not protected.", name=new.name, path=out))
    show(_("Fingerprint: {fingerprint}", fingerprint=grouped(new.fingerprint)))
    show_words(new.words)
    show(_("Use it with --as {path}, or set INSPECT_KIT_IDENTITY to it. Keep a copy in a safe place.", path=out))


@identity.command("show")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def show_(as_json: bool) -> None:
    """Show whose key it is, and its fingerprint, also as words."""
    from inspect_kit.identity import grouped, load, read_certificate

    session = Session.of()
    path = own_file(session)
    mine = session.with_key(lambda passphrase: load(path, passphrase, to_sign=False))
    issuer = read_certificate(mine.certificate).issuer
    if as_json:
        show_json(
            {
                "name": mine.name,
                "organisation": mine.organisation,
                "fingerprint": mine.fingerprint,
                "words": list(mine.words),
                "issuer": issuer,
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
            # Translators: who issued a certificate
            (_("Issued by"), issuer if mine.chain else _("nobody else: self-made")),
            (_("Fingerprint"), grouped(mine.fingerprint)),
            # Translators: a fingerprint as words
            (_("Words"), " ".join(mine.words)),
            (_("Valid until"), mine.valid_until),
            (_("File"), str(path)),
        ),
        14,
    )
    if trouble := mine.trouble():
        note(trouble)


@identity.command("export")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FILE.crt", help="The file to make.")
def export(out: Path) -> None:
    """Write your certificate for others; your key is not in it."""
    from inspect_kit.identity import load, read_certificate, to_pem

    session = Session.of()
    path = own_file(session)
    mine = session.with_key(lambda passphrase: load(path, passphrase, to_sign=False))
    write_new(out, to_pem(mine.certificate))
    show(_("Wrote the certificate of {name} to {path}. It holds no key: give it to anybody.", name=mine.name, path=out))
    show_words(read_certificate(mine.certificate).words)


@identity.command("token")
@click.option("--module", required=True, metavar="LIBRARY", help="The maker's PKCS#11 library, by its full path.")
@click.option("--token-label", required=True, metavar="LABEL", help="The token's label.")
@click.option("--key-label", required=True, metavar="LABEL", help="The key's label on the token.")
@click.option("--name", default="", metavar="NAME", help="Your name, where the token holds no certificate.")
@click.option("--organisation", default="", metavar="TEXT", help="Your monitoring body, likewise.")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FILE.token", help="The file to make.")
def token(module: str, token_label: str, key_label: str, name: str, organisation: str, out: Path) -> None:
    """Use a key that lies on a smart card or USB token.

    The file that is made says where the key lies, and holds its certificate; it holds neither key nor PIN. Name it with
    --as wherever a .p12 file could stand. Recording needs no token; sealing and signing ask for its PIN.
    """
    from inspect_kit.identity import of_token, save

    refuse_existing(out)
    mine = Session.of().with_pin(
        lambda pin: of_token(module, token_label, key_label, pin, name, organisation), token_label
    )
    save(mine, out)
    show(_("Made the identity of {name} in {path}; its key stays on the token.", name=mine.name, path=out))
    show_words(mine.words)
    show(_("Use it with --as {path}.", path=out))


for command in (authority.authority, authority.request, authority.issue, authority.adopt):
    identity.add_command(command)
for command in (trust.trust, trust.distrust, trust.lost, trust.list_):
    identity.add_command(command)

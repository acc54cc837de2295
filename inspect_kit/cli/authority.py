"""``identity authority``, ``request``, ``issue`` and ``adopt``: an organisation certifies its people's keys."""

from pathlib import Path

import click

from inspect_kit.cli.keyfiles import own_file, refuse_existing, show_words, write_new
from inspect_kit.cli.lazy import Verb, VerbGroup
from inspect_kit.cli.printing import show, show_block, show_fields
from inspect_kit.cli.session import Session, confirmed
from inspect_kit.errors import BadInputError
from inspect_kit.language import _

_LIMIT = 65_536


@click.group("authority", cls=VerbGroup)
def authority() -> None:
    """Make the root with which an organisation certifies keys."""


@authority.command("create")
@click.option("--name", required=True, metavar="NAME", help="The organisation's name.")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE.p12",
    help="The file to make for its key; its certificate comes beside it, as .crt.",
)
@click.option("--no-passphrase", is_flag=True, help="Leave the key unprotected: whoever gets it can certify anybody.")
def create(name: str, out: Path, no_passphrase: bool) -> None:
    """Make the root, valid for 20 years.

    The .p12 file certifies people: keep it on a stick in a safe, and a copy elsewhere. The .crt file beside it is for
    everybody: who trusts it (identity trust) trusts everybody whom it certifies.
    """
    from inspect_kit.identity import create_authority, save, to_pem

    public = out.with_suffix(".crt")
    refuse_existing(out)
    refuse_existing(public)
    # Translators: stands in “Passphrase for the authority” and “A passphrase is needed for the authority”
    passphrase = Session.of().new_passphrase(_("the authority"), without=no_passphrase)
    root = create_authority(name, passphrase)
    save(root, out)
    write_new(public, to_pem(root.certificate))
    show(_("Made the authority {name} in {path}, valid until {day}.", name=root.name, path=out, day=root.valid_until))
    show(_("Its certificate, for everybody, is in {path}.", path=public))
    show_words(root.words)


@click.command("request", cls=Verb)
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FILE.csr", help="The file to make.")
def request(out: Path) -> None:
    """Ask your organisation to certify your key.

    The request holds your names and the public half of your key; the key itself stays with you.
    """
    from inspect_kit.identity import load, make_request, read_request

    session = Session.of()
    path = own_file(session)
    refuse_existing(out)
    mine = session.with_key(lambda passphrase: load(path, passphrase))
    made = make_request(mine)
    write_new(out, made)
    show(_("Wrote the request of {name} to {path}. Send it to whoever keeps the authority.", name=mine.name, path=out))
    show_words(read_request(made, str(out)).words)
    show(_("The answer comes as a certificate: take it with “inspect-kit identity adopt”."))


@click.command("issue", cls=Verb)
@click.argument("request", type=click.Path(path_type=Path), metavar="REQUEST", help="Somebody's request (.csr).")
@click.option(
    "--authority",
    "root",
    required=True,
    type=click.Path(path_type=Path),
    metavar="ROOT.p12",
    help="The organisation's root; --passphrase-file opens it.",
)
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FILE.crt", help="The file to make.")
@click.option("--years", default=5, show_default=True, metavar="NUMBER", help="How long it shall be valid, 1 to 20.")
@click.option("--yes", is_flag=True, help="You have compared the words already; do not ask.")
def issue(request: Path, root: Path, out: Path, years: int, yes: bool) -> None:
    """Certify a colleague's key.

    Compare the words with her by voice first: they must be those that “identity request” told her.
    """
    from inspect_kit.files import read_bytes
    from inspect_kit.identity import issue as certify
    from inspect_kit.identity import load_authority, read_request

    session = Session.of()
    refuse_existing(out)
    # Translators: the start of a sentence, before the file's name
    asked = read_request(read_bytes(request, _("The request"), _LIMIT), _("The file {path}", path=request))
    show_fields(
        (
            (_("Name"), asked.name),
            # Translators: no organisation is named
            (_("Organisation"), asked.organisation or _("none named")),
            # Translators: of the key in a request
            (_("Words"), " ".join(asked.words)),
        ),
        14,
    )
    # Translators: by telephone, or face to face
    question = _("Did you compare these words with {name} by voice?", name=asked.name)
    nobody = _("Compare the words with {name} by voice; then say so with --yes.", name=asked.name)
    if not confirmed(question, nobody, yes=yes):
        raise BadInputError(_("Nothing was issued: compare the words first."))
    keeper, _passphrase = session.unlocked(
        lambda passphrase: load_authority(root, passphrase), _("the authority {path}", path=root)
    )
    write_new(out, certify(asked, keeper, years))
    show(_("{root} certifies {name}: send {path} back.", root=keeper.name, name=asked.name, path=out))


@click.command("adopt", cls=Verb)
@click.argument("answer", type=click.Path(path_type=Path), metavar="CERT", help="What came back from the authority.")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FILE.p12", help="The file to make.")
def adopt(answer: Path, out: Path) -> None:
    """Take the certificate that came back for your key.

    Your key stays the same, and has the same passphrase. A name in the journal is that of a certificate, so what you
    recorded before stays under the earlier one: your team trusts both.
    """
    from inspect_kit.files import read_bytes
    from inspect_kit.identity import adopt as take
    from inspect_kit.identity import grouped, load, save

    session = Session.of()
    path = own_file(session)
    refuse_existing(out)
    # Translators: the start of a sentence, before the file's name
    data = read_bytes(answer, _("The answer"), _LIMIT)
    before = session.with_key(lambda passphrase: load(path, passphrase, to_sign=False))
    mine = session.with_key(lambda passphrase: take(path, passphrase, data))
    save(mine, out)
    show(_("Made the identity of {name} in {path}, valid until {day}.", name=mine.name, path=out, day=mine.valid_until))
    show_words(mine.words)
    show_block(
        _(
            "What you recorded before stays under your earlier certificate ({earlier} …), and new entries come under"
            " this one. Ask your team to trust both: the authority once, and your earlier certificate with"
            " “identity trust”. Keep {path}: what you recorded with it and did not share yet is sealed with it alone.",
            earlier=grouped(before.fingerprint)[:19],
            path=path,
        )
    )
    show(_("Use the new one with --as {path}, or set INSPECT_KIT_IDENTITY to it.", path=out))

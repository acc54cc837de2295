"""``identity trust``, ``distrust``, ``lost`` and ``list``: whose keys this casebook trusts."""

import click

from inspect_kit.cli.lazy import Verb
from inspect_kit.cli.printing import note, show, show_block, show_fields, show_json
from inspect_kit.cli.session import Session, confirmed
from inspect_kit.errors import BadInputError
from inspect_kit.language import _

_NAMED = "A certificate's fingerprint, its first 8 letters or more, or its first 3 words or more."


@click.command("trust", cls=Verb)
@click.argument(
    "certificate", nargs=-1, required=True, metavar="CERT", help="A certificate's file, its fingerprint, or its words."
)
@click.option("--yes", is_flag=True, help="You have compared the words already; do not ask.")
def trust(certificate: tuple[str, ...], yes: bool) -> None:
    """Trust a person's key, or an organisation's.

    Whoever trusts an organisation trusts everybody whose certificate it issued.

    Anybody can make a certificate with any name. Call the person, by voice, and let her read out her twelve words
    (identity show). Only where they are the same as here, the key is hers.

    CERT is a file (.crt, .pem, .der, .p12, .token), or the fingerprint or first words of a certificate that has come
    with somebody's entries.
    """
    from inspect_kit.identity import grouped, read_others
    from inspect_kit.work.trusting import file_named, in_full, known_as

    session = Session.of()
    said = " ".join(certificate)
    file = file_named(said)
    if file is None and yes and not in_full(said):
        raise BadInputError(
            _("With --yes, give the whole fingerprint or all twelve words: their beginning can be imitated.")
        )
    with session.reading() as book:
        if file is None:
            found = known_as(book, said).certificate
        else:
            path = file
            what = _("the identity {path}", path=path)
            found, _passphrase = session.unlocked(lambda passphrase: read_others(path, passphrase), what)
        known = {one.certificate.fingerprint: one for one in book.known()}.get(found.fingerprint)
        show_fields(
            (
                (_("Name"), found.name),
                (_("Organisation"), found.organisation),
                # Translators: who issued a certificate
                (_("Issued by"), found.issuer),
                # Translators: of a certificate
                (_("Valid"), _("{first} to {last}", first=found.valid_from, last=found.valid_until)),
                (_("Fingerprint"), grouped(found.fingerprint)),
                # Translators: a fingerprint as words
                (_("Words"), " ".join(found.words)),
            ),
            14,
        )
        if found.authority:
            show_block(_("This is an organisation's own key: with it you trust everybody whose certificate it issues."))
        if known and known.lost:
            note(_("This key is noted as lost since {day}; trusting it takes that back.", day=known.lost))
        # Translators: by telephone, or face to face
        question = _("Did you compare these words with {name} by voice?", name=found.name)
        nobody = _("Compare the words with {name} by voice; then say so with --yes.", name=found.name)
        if not confirmed(question, nobody, yes=yes):
            raise BadInputError(_("Nothing was changed: compare the words first, then trust."))
        book.trust(found)
    show(_("This casebook trusts {name} now.", name=found.name))


@click.command("distrust", cls=Verb)
@click.argument("fingerprint", nargs=-1, required=True, metavar="FINGERPRINT", help=_NAMED)
def distrust(fingerprint: tuple[str, ...]) -> None:
    """Trust a certificate no longer.

    Nothing that was recorded changes. Where a key is in other hands, note that too (identity lost).
    """
    from inspect_kit.work.trusting import distrust as trust_no_longer
    from inspect_kit.work.trusting import known_as

    with Session.of().reading() as book:
        told = trust_no_longer(book, known_as(book, " ".join(fingerprint)))
    show(told)


@click.command("lost", cls=Verb)
@click.argument("fingerprint", nargs=-1, required=True, metavar="FINGERPRINT", help=_NAMED)
@click.option("--since", required=True, metavar="DATE", help="The first day on which others could have used it.")
def lost(fingerprint: tuple[str, ...], since: str) -> None:
    """Note that a key is lost or in other hands.

    What was sealed before that day, and has reached this casebook by now, stays valid. Every other seal of this key is
    marked. Its owner makes a new key (identity create), and everybody compares its words with her and trusts it
    (identity trust). This note is not passed on by sync: everybody in the team makes it for themselves.
    """
    from inspect_kit.model import parse_day
    from inspect_kit.work.trusting import known_as

    day = parse_day(since, _("The day since which the key is lost")).isoformat()
    with Session.of().reading() as book:
        found = known_as(book, " ".join(fingerprint))
        book.lose_key(found.certificate.fingerprint, day)
    show(_("Noted: the key of {name} is lost since {day}.", name=found.certificate.name, day=day))
    show_block(
        _(
            "What was sealed with it before stays valid; later seals, and any that come from now on, are marked. To"
            " replace it: its owner makes a new key (“identity create”), and you trust that one (“identity trust”)."
        )
    )


@click.command("list", cls=Verb)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def list_(as_json: bool) -> None:
    """List whose certificates this casebook knows and trusts."""
    from inspect_kit.identity import grouped
    from inspect_kit.work.trusting import state_of

    with Session.of().reading() as book:
        known = book.known()
    if as_json:
        show_json(
            [
                {
                    "name": one.certificate.name,
                    "organisation": one.certificate.organisation,
                    "fingerprint": one.certificate.fingerprint,
                    "words": list(one.certificate.words),
                    "kind": one.kind,
                    "trusted": one.trusted,
                    "by": one.by,
                    "lost": one.lost,
                    "own": one.own,
                    "valid_from": one.certificate.valid_from,
                    "valid_until": one.certificate.valid_until,
                }
                for one in known
            ]
        )
        return
    if not known:
        show(
            _("This casebook knows nobody's certificate yet: they come with people's entries, or by “identity trust”.")
        )
    for one in known:
        show_block(", ".join(filter(None, (one.certificate.name, one.certificate.organisation))), style="bold")
        show_block(state_of(one), 2)
        show_block(" ".join(one.certificate.words), 2)
        show_block(grouped(one.certificate.fingerprint)[:19] + " …", 2)
    if any(not one.trusted for one in known):
        show_block(_("Compare the words of whom you do not trust yet by voice; then “identity trust”."))

"""``report``, ``letter`` and ``sign``."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from inspect_kit.cli.keyfiles import own_file
from inspect_kit.cli.lazy import Verb
from inspect_kit.cli.printing import note, show
from inspect_kit.cli.session import Session, can_ask, choose, edition_option, visit_argument
from inspect_kit.errors import BadInputError
from inspect_kit.language import _
from inspect_kit.model import Edition, parse_day

if TYPE_CHECKING:
    from inspect_kit.export.report import Missing
    from inspect_kit.work.reporting import Print

Command = TypeVar("Command", bound=Callable[..., object])
_FILE = click.Path(path_type=Path)


def _print_options(command: Command) -> Command:
    """How a report or letter is printed, the same for both."""
    for option in (
        click.option(
            "--accept-missing", is_flag=True, help="Print characters that no font has as codes, without asking."
        ),
        click.option(
            "--font",
            "fonts",
            multiple=True,
            type=_FILE,
            metavar="FILE",
            help="A TrueType file for letters that our typeface lacks; repeat. Else “fonts” in your settings.",
        ),
        click.option("--paper", metavar="a4|letter", help="Its size; else “paper” in your settings."),
    ):
        command = option(command)
    return command


@click.command(cls=Verb)
@visit_argument
@edition_option
@click.option("--out", required=True, type=_FILE, metavar="FILE", help="The PDF to write.")
@click.option(
    "--corrects", type=_FILE, metavar="SIGNED.pdf", help="The signed report of which this is the next version."
)
@_print_options
def report(
    visit: str,
    edition: str,
    out: Path,
    corrects: Path | None,
    paper: str | None,
    fonts: tuple[Path, ...],
    accept_missing: bool,
) -> None:
    """Write a visit's report as a PDF, not signed yet.

    What you recorded is sealed first. An earlier PDF of that name is replaced once the new one is whole; a signed one
    never is, and no other kind of file. Nothing is written while a point of the do-no-harm check is open: “harm” lists
    and answers them.
    """
    from inspect_kit.export.report import missing_characters
    from inspect_kit.work.reporting import make_report

    readers = choose(Edition, edition, _("edition"))
    session = Session.of()
    how = _how(out, paper, fonts, accept_missing=accept_missing)
    book, passphrase = session.opened()
    with book:
        id_ = book.find_visit(visit)
        record = book.visit(id_)
        how = _settled(how, lambda more: missing_characters(record, readers, more))
        remark = make_report(book, id_, readers, out, session.own_key(passphrase), how, corrects)
    if remark:
        note(remark)
    if record.conflicts:
        note(_("People hold different views on this visit, so that this is a working paper, which nobody can sign."))
    show(
        _("Wrote the {edition} edition to {path}. “inspect-kit sign {path}” signs it.", edition=readers.label, path=out)
    )


@click.command(cls=Verb)
@visit_argument
@click.option("--to", "addressee", required=True, metavar="ADDRESSEE", help="Who shall act, such as the director.")
@click.option("--answer-by", required=True, metavar="DATE", help="By when you ask for an answer: 2026-11-12.")
@click.option("--out", required=True, type=_FILE, metavar="FILE", help="The PDF to write.")
@_print_options
def letter(
    visit: str,
    addressee: str,
    answer_by: str,
    out: Path,
    paper: str | None,
    fonts: tuple[Path, ...],
    accept_missing: bool,
) -> None:
    """Write the letter on a visit's urgent findings, not signed yet.

    One page on what cannot wait for the report: the urgent findings and what you ask for, no source and no number of
    people. The do-no-harm check is that of the authority's edition.
    """
    from inspect_kit.export.report import missing_in_letter
    from inspect_kit.work.reporting import make_letter

    # Translators: the start of a sentence: “The day for the answer “soon” is no day …”
    day = parse_day(answer_by, _("The day for the answer"))
    session = Session.of()
    how = _how(out, paper, fonts, accept_missing=accept_missing)
    book, passphrase = session.opened()
    with book:
        id_ = book.find_visit(visit)
        record = book.visit(id_)
        how = _settled(how, lambda more: missing_in_letter(record, more))
        remark = make_letter(book, id_, out, addressee, day, session.own_key(passphrase), how)
    if remark:
        note(remark)
    show(_("Wrote the letter to {path}. “inspect-kit sign {path}” signs it.", path=out))


@click.command(cls=Verb)
@click.argument("file", type=_FILE, metavar="FILE", help="The report or letter, which is signed in place.")
@click.option("--role", default="inspector", metavar="inspector|chair", help="As what you sign; the chair signs last.")
@click.option(
    "--timestamp-service",
    "service",
    default="",
    metavar="URL",
    help="A service that confirms the time (RFC 3161); the only option that needs a network.",
)
def sign(file: Path, role: str, service: str) -> None:
    """Sign a report or letter as inspector or chair."""
    from inspect_kit.export.report import SignerRole
    from inspect_kit.work.checking import role_label
    from inspect_kit.work.reporting import sign as sign_file

    session = Session.of()
    signs_as = choose(SignerRole, role, _("role of a signer"))
    identity = own_file(session)
    signature = session.with_key(lambda passphrase: sign_file(file, identity, passphrase, signs_as, service))
    show(_("Signed {path} as {role}: {name}.", path=file, role=role_label(signature.role), name=signature.name))


def _how(out: Path, paper: str | None, fonts: tuple[Path, ...], *, accept_missing: bool) -> "Print":
    """Take the options for printing; a file that is no PDF is not written over."""
    from inspect_kit.export.report import Paper
    from inspect_kit.work.checking import is_report
    from inspect_kit.work.reporting import Print

    if out.is_file() and out.stat().st_size and not is_report(out):
        # A slip of the tab key must not replace a casebook or a key.
        raise BadInputError(_("The file {path} exists and is no PDF: name another file for the report.", path=out))
    size = choose(Paper, paper, _("size of paper")) if paper else None
    return Print.wanted(size, fonts, codes=accept_missing)


def _settled(how: "Print", missing: "Callable[[Sequence[Path]], Sequence[Missing]]") -> "Print":
    """On a terminal, say which characters no font has, and let her name one or accept codes."""
    from dataclasses import replace

    from inspect_kit.work.reporting import told_missing

    while not how.codes and can_ask() and (found := missing(how.fonts)):
        note(told_missing(found))
        typed = click.prompt(
            _("A font file that has them, or Enter for codes"), default="", show_default=False, err=True
        ).strip()
        more = (Path(typed).expanduser(),) if typed else ()
        how = replace(how, fonts=(*how.fonts, *more), codes=not more)
    return how

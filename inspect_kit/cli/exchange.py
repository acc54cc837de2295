"""``share``, ``sync``, ``settle`` and ``history``: what passes between casebooks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inspect_kit.cli.lazy import Verb
from inspect_kit.cli.printing import note, progress, show, show_block, show_json
from inspect_kit.cli.session import Session, visit_argument
from inspect_kit.errors import ExitCode, InspectKitError, PassphraseError
from inspect_kit.language import _, ngettext

if TYPE_CHECKING:
    from inspect_kit.casebook import Casebook
    from inspect_kit.casebook.history import Step
    from inspect_kit.casebook.sync import Taken
    from inspect_kit.identity import Identity

_FILE = click.Path(path_type=Path)


@click.command(cls=Verb)
@click.argument("visits", nargs=-1, required=True, metavar="VISIT…", help="Visits' ids, or their last letters.")
@click.option("--to", required=True, type=_FILE, metavar="FILE", help="The new file, such as north.casebook.")
@click.option("--no-passphrase", is_flag=True, help="Leave the file unencrypted, though the casebook is encrypted.")
@click.option(
    "--file-passphrase-file",
    type=_FILE,
    metavar="FILE",
    help="Encrypt the file with the passphrase on this file's first line; else with the casebook's own.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def share(
    visits: tuple[str, ...], to: Path, no_passphrase: bool, file_passphrase_file: Path | None, as_json: bool
) -> None:
    """Write visits into a new casebook for others to sync with.

    What you recorded in them is sealed first. The file holds these visits with their facilities, and nothing else of
    your casebook; it is encrypted as your casebook is.
    """
    from inspect_kit.work import exchanging
    from inspect_kit.work.desk import read_passphrase

    if no_passphrase and file_passphrase_file:
        raise click.UsageError(_("--no-passphrase and --file-passphrase-file exclude each other: give one of them."))
    with _at_work() as (book, passphrase, me):
        ids = list(dict.fromkeys(map(book.find_visit, visits)))
        own = passphrase if book.encrypted else None
        key = read_passphrase(file_passphrase_file) if file_passphrase_file else own
        entries, remark = exchanging.share(book, ids, to, None if no_passphrase else key, me)
    if remark:
        note(remark)
    if as_json:
        show_json({"file": str(to), "visits": ids, "entries": entries, "encrypted": bool(key and not no_passphrase)})
        return
    show(
        ngettext(
            "Wrote {file} with {count} entry: give it to your team, who take it in with “sync”.",
            "Wrote {file} with {count} entries: give it to your team, who take it in with “sync”.",
            entries,
            file=to,
        )
    )
    if key is None or no_passphrase:
        note(_("{file} is not encrypted: whoever gets it can read it.", file=to))


@click.command(cls=Verb)
@click.argument(
    "files", nargs=-1, required=True, type=_FILE, metavar="FILE…", help="Other casebooks, such as shared ones."
)
@click.option("--give", is_flag=True, help="Also give each file what it lacks of the visits that it holds.")
@click.option(
    "--file-passphrase-file",
    type=_FILE,
    metavar="FILE",
    help="The passphrase of encrypted files; else your own is tried, and you are asked.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def sync(files: tuple[Path, ...], give: bool, file_passphrase_file: Path | None, as_json: bool) -> int:
    """Take in what other casebooks have and yours lacks.

    Nothing of yours is changed or lost, whatever the order, and however often. What does not hold in a file is
    refused by name, and the rest is taken. Exit code 1 where a file could not be read, 3 where something was refused.
    """
    from inspect_kit.casebook.sync import Refusal, Taken
    from inspect_kit.work import exchanging

    session = Session.of()
    found: list[Taken] = []
    failed: list[str] = []
    with _at_work() as (book, passphrase, me):
        for file in files:

            def take(key: str | None, file: Path = file) -> Taken:
                with progress(_("Taking in {file}", file=file.name)) as tell:
                    return exchanging.sync(book, file, key, me, give=give, progress=tell)

            try:
                taken = _unlocked(session, file, passphrase, file_passphrase_file, take)
            except InspectKitError as problem:
                failed.append(str(problem))
                found.append(Taken(file, refused=(Refusal("", failed[-1]),)))
                continue
            found.append(taken)
            if not as_json:
                for sentence in exchanging.told(taken):
                    show_block(sentence)
    if as_json:
        show_json({"files": [_as_json(taken) for taken in found]})
    for sentence in failed:
        note(sentence)
    if failed:
        return ExitCode.REFUSED
    refused = [refusal for taken in found for refusal in taken.refused]
    if refused:
        note(refused[0].reason)
        return ExitCode.NOT_VERIFIED
    return ExitCode.DONE


def _as_json(taken: "Taken") -> dict[str, Any]:
    return {
        "file": str(taken.file),
        "taken": taken.taken,
        "known": taken.known,
        "refused": [{"entry": refusal.entry, "reason": refusal.reason} for refusal in taken.refused],
        "conflicts": taken.conflicts,
        "waiting": taken.waiting,
        "given": taken.given,
        "seals": taken.seals,
        "remarks": list(taken.remarks),
    }


@click.command(cls=Verb)
@visit_argument
@click.argument("subject", metavar="SUBJECT", help="What people differ on, as “visit show” names it; or an item's id.")
@click.option("--take", required=True, metavar="ENTRY", help="The side to take: the first letters of its entry.")
@click.option("--json", "as_json", is_flag=True, help="Print the conflicts that are left as JSON.")
def settle(visit: str, subject: str, take: str, as_json: bool) -> None:
    """Settle what people hold different views on by taking one side.

    The other sides stay in the journal. To write a third view in their place, “record” it.
    """
    with Session.of().recording() as book:
        id_ = book.find_visit(visit)
        about = subject if ":" in subject else f"finding:{subject}"
        book.settle(id_, about, take)
        left = book.conflicts(id_)
    if as_json:
        show_json({"conflicts": [{"subject": one.subject, "aspect": one.aspect} for one in left]})
        return
    show(
        ngettext(
            "Settled. {count} thing is left on which people differ.",
            "Settled. {count} things are left on which people differ.",
            len(left),
        )
        if left
        else _("Settled. Nobody differs on anything in this visit now.")
    )


@click.command(cls=Verb)
@visit_argument
@click.argument("item", required=False, metavar="[ITEM]", help="Only what is about this item.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def history(visit: str, item: str | None, as_json: bool) -> None:
    """Show who did what, when, and what it replaced; oldest first."""
    with Session.of().reading() as book:
        steps = book.history(book.find_visit(visit), item)
    if as_json:
        show_json([_step_as_json(step) for step in steps])
        return
    if not steps:
        show(_("Nothing was recorded about that in this visit."))
    for step in steps:
        when = f"{step.stamp[:16].replace('T', ' ')} UTC"
        sealed = _("sealed") if step.sealed else _("not sealed")
        show_block(f"{step.entry[:12]}  {when}  {step.author}  {step.kind}  {step.subject}  ({sealed})", style="bold")
        if step.value is None:
            show_block(_("Its values were erased."), 2)
        else:
            show_block("; ".join(f"{name}: {_short(value)}" for name, value in step.value.items() if value), 2)
        if step.replaces:
            show_block(_("replaces {entries}", entries=", ".join(entry[:12] for entry in step.replaces)), 2)


def _step_as_json(step: "Step") -> dict[str, Any]:
    return {
        "entry": step.entry,
        "kind": step.kind,
        "subject": step.subject,
        "aspect": step.aspect,
        "author": step.author,
        "stamp": step.stamp,
        "replaces": list(step.replaces),
        "redacted": step.value is None,
        "sealed": step.sealed,
        "laptop": step.laptop,
        "value": step.value,
    }


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 200 else f"{text[:199]}…"


@contextmanager
def _at_work() -> "Iterator[tuple[Casebook, str | None, Identity | None]]":
    """The casebook, its passphrase, and the user's identity for seals; None where she has none yet."""
    from inspect_kit.work.desk import sign_in

    session = Session.of()
    casebook, passphrase = session.opened()
    with casebook:
        me = session.own_key(passphrase)
        session.with_key(lambda given: sign_in(casebook, session.identity, given), passphrase)
        yield casebook, passphrase, me


def _unlocked(
    session: Session, file: Path, own: str | None, other: Path | None, use: "Callable[[str | None], Taken]"
) -> "Taken":
    """Open another casebook: with the passphrase given for it, else our own, else that which is asked for."""
    from inspect_kit.work.desk import read_passphrase

    if other:
        return use(read_passphrase(other))
    try:
        return use(own)
    except PassphraseError:
        return session.asked(use, _("the casebook {path}", path=file))

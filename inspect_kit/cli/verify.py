"""``verify``: a report, or a casebook."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inspect_kit.cli.lazy import Verb
from inspect_kit.cli.printing import note, show_block, show_json
from inspect_kit.cli.session import Session
from inspect_kit.errors import CasebookError, ExitCode, PassphraseError
from inspect_kit.language import _

if TYPE_CHECKING:
    from inspect_kit.export.report import Verification
    from inspect_kit.work.checking import Checked


@click.command(cls=Verb)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE", help="A report (PDF), or a casebook.")
@click.option("--require-trusted", is_flag=True, help="Fail, too, where a signer is not trusted by you.")
@click.option("--thorough", is_flag=True, help="Also set the pages of a long report again, which takes some seconds.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def verify(file: Path, require_trusted: bool, thorough: bool, as_json: bool) -> int:
    """Check a report's signatures, or a casebook's journal.

    Valid means whole and unchanged. Trusted means that the signer is you, or somebody whom you trust (“identity
    trust”). Exit code 3 where the file is not valid.
    """
    from inspect_kit.work.checking import is_report

    session = Session.of()
    document, told = _report(file, session, thorough=thorough) if is_report(file) else _casebook(file, session)
    if as_json:
        show_json(document)
    else:
        show_block(told.told)
        for sentence in (*told.bad, *told.good):
            show_block(sentence, 2, "·")
    signers = document["signers"]
    if not document["valid"]:
        problems = document["problems"]
        problem = problems[0] if problems else _("its signatures do not hold")
        note(_("{path} does not verify: {problem}", path=file, problem=problem))
        return ExitCode.NOT_VERIFIED
    if require_trusted and not (signers and all(signer["trusted"] for signer in signers)):
        if signers:
            note(_("{path} is valid, but not every signer is trusted by you (--require-trusted).", path=file))
        else:
            note(_("{path} is valid, but nobody signed it (--require-trusted).", path=file))
        return ExitCode.NOT_VERIFIED
    return ExitCode.DONE


def describe(verification: "Verification", file: Path, known: set[str]) -> dict[str, Any]:
    """A report's verification as plain JSON values.

    Args:
        verification: what was found.
        file: the report.
        known: fingerprints of the certificates that are trusted.
    """
    return {
        "file": str(file),
        "kind": "report",
        "valid": verification.valid,
        "signers": [
            {
                "name": signer.name,
                "organisation": signer.organisation,
                "role": str(signer.role),
                "when": str(signer.when),
                "fingerprint": signer.fingerprint,
                "valid": signer.valid,
                "trusted": signer.fingerprint in known,
                "stamped": signer.stamped,
                "service": signer.service,
            }
            for signer in verification.signers
        ],
        "awaiting": list(verification.awaiting),
        "problems": list(verification.problems),
        "unchanged": verification.unchanged,
        "complete": verification.complete,
        "missing": list(verification.missing),
        "holds": list(verification.holds),
        "notes": list(verification.notes),
        "unsealed": list(verification.unsealed),
        "pages": str(verification.pages),
        "visit": verification.visit,
        "edition": verification.edition,
        "version": verification.number,
        "corrects": verification.corrects,
    }


def _report(file: Path, session: Session, *, thorough: bool) -> tuple[dict[str, Any], "Checked"]:
    from inspect_kit.work.checking import check_report, tell_report

    found, known = check_report(file, thorough=thorough), _known_signers(session)
    return describe(found, file, known), tell_report(found, file, known)


def _casebook(file: Path, session: Session) -> tuple[dict[str, Any], "Checked"]:
    from inspect_kit.casebook.examining import examine_file
    from inspect_kit.cli.doctor import chain_as_json
    from inspect_kit.work.checking import by_author, tell_casebook

    health, chains = session.unlocked(lambda given: examine_file(file, given), _("the casebook {path}", path=file))[0]
    known = _known_signers(session)
    document = {
        "file": str(file),
        "kind": "casebook",
        "valid": health.sound,
        "signers": [
            {
                "name": theirs[0].name,
                "role": "author",
                "fingerprint": fingerprint,
                "valid": all(chain.sealed == chain.entries for chain in theirs),
                "trusted": fingerprint in known,
                "entries": sum(chain.entries for chain in theirs),
                "sealed": sum(chain.sealed for chain in theirs),
                "waiting": sum(chain.waiting for chain in theirs),
                "forked": any(chain.forked for chain in theirs),
            }
            for fingerprint, theirs in by_author(chains).items()
        ],
        "awaiting": [],
        "problems": list(health.problems),
        "remarks": list(health.remarks),
        "entries": health.entries,
        "chains": [chain_as_json(chain) for chain in chains],
    }
    return document, tell_casebook(health, chains, file, known)


def _known_signers(session: Session) -> set[str]:
    """Fingerprints of the user's own identity and of everybody whom her casebook trusts.

    Verifying asks for nothing: what is locked or missing is left out, unless it was named.
    """
    from inspect_kit.casebook import Casebook
    from inspect_kit.identity import load
    from inspect_kit.work.checking import trusted

    known: set[str] = set()
    identity, casebook = session.identity_path(), session.casebook_path()
    if session.identity or identity.is_file():
        with suppress(PassphraseError):  # a locked key's certificate stands in her casebook too
            known.add(load(identity, session.key_passphrase(), to_sign=False).fingerprint)
    if session.casebook:
        with session.reading() as book:
            known |= trusted(book, None)
    elif casebook.is_file():
        try:
            with Casebook.open(casebook, session.passphrase()) as book:
                known |= trusted(book, None)
        except CasebookError:
            note(
                _(
                    "The casebook {path} is locked, so it could not say whom you trust: give --passphrase-file.",
                    path=casebook,
                )
            )
    return known

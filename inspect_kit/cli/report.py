"""``report``, ``sign`` and ``verify``."""

from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inspect_kit.cli.identity import own_file
from inspect_kit.cli.lazy import Verb
from inspect_kit.cli.printing import note, plural, show, show_block, show_json
from inspect_kit.cli.session import Session, choose, completer, visit_argument, words
from inspect_kit.errors import BadInputError, CasebookError, ExitCode, PassphraseError, ReportError
from inspect_kit.model import Edition

if TYPE_CHECKING:
    from inspect_kit.export.report import Verification

_PDF = b"%PDF-"


@click.command(cls=Verb)
@visit_argument
@click.option(
    "--edition",
    required=True,
    metavar=words(Edition),
    shell_complete=completer(Edition),
    help="Who will read it: the team, the authority, or everybody.",
)
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The PDF to write.")
def report(visit: str, edition: str, out: Path) -> None:
    """Write a visit's report as a PDF, not signed yet.

    An earlier PDF of that name is replaced once the new one is whole; no other kind of file is.
    """
    from inspect_kit.work.reporting import make_report

    readers = choose(Edition, edition, "edition")
    if out.is_file() and out.stat().st_size and not is_pdf(out):
        # A slip of the tab key must not replace a casebook or a key.
        raise BadInputError(f"The file {out} exists and is no PDF: name another file for the report.")
    with Session.of().reading() as book:
        make_report(book, book.find_visit(visit), readers, out)
    show(f"Wrote the {readers} edition to {out}. “inspect-kit sign {out}” signs it.")


@click.command(cls=Verb)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE", help="The report, which is signed in place.")
@click.option("--role", default="inspector", metavar="inspector|chair", help="As what you sign; the chair signs last.")
def sign(file: Path, role: str) -> None:
    """Sign a report as inspector or chair."""
    from inspect_kit.export.report import SignerRole
    from inspect_kit.work.reporting import sign as sign_file

    session = Session.of()
    signs_as = choose(SignerRole, role, "role of a signer")
    identity = own_file(session)
    signature, _ = session.unlocked(
        lambda passphrase: sign_file(file, identity, passphrase, signs_as), f"the identity {identity}"
    )
    show(f"Signed {file} as {signature.role}: {signature.name}.")


@click.command(cls=Verb)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE", help="A report (PDF), or a casebook.")
@click.option("--require-trusted", is_flag=True, help="Fail, too, where a signer is not known to you.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def verify(file: Path, require_trusted: bool, as_json: bool) -> int:
    """Check a report's signatures, or a casebook's journal.

    Valid means whole and unchanged. Trusted means that you know the signer: it is you, or somebody of your
    casebook. Exit code 3 where the file is not valid.
    """
    session = Session.of()
    document = _check_report(file, session) if is_pdf(file) else _check_casebook(file, session)
    if as_json:
        show_json(document)
    else:
        _print(document)
    signers = document["signers"]
    if not document["valid"]:
        problems = document["problems"]
        note(f"{file} does not verify: {problems[0] if problems else 'its signatures do not hold'}")
        return ExitCode.NOT_VERIFIED
    if require_trusted and not (signers and all(signer["trusted"] for signer in signers)):
        lacking = "not every signer is known to you" if signers else "nobody signed it"
        note(f"{file} is valid, but {lacking} (--require-trusted).")
        return ExitCode.NOT_VERIFIED
    return ExitCode.DONE


def is_pdf(file: Path) -> bool:
    """Whether a file begins like a PDF.

    Raises:
        BadInputError: when it cannot be read.
    """
    from inspect_kit.files import explain

    try:
        if file.exists() and not file.is_file():
            raise BadInputError(f"{file} is not an ordinary file: name a report or a casebook.")
        with file.open("rb") as opened:
            return opened.read(len(_PDF)) == _PDF
    except OSError as problem:
        raise explain(problem, f"The file {file}") from problem


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
        "unchanged": bool(verification.signers) and not verification.faults,
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


def _check_report(file: Path, session: Session) -> dict[str, Any]:
    from inspect_kit.export.report import Verification, verify_report

    try:
        found = verify_report(file)
    except ReportError as problem:  # damaged, encrypted, or built by another program: not valid, with the reason
        found = Verification(False, (), (), (str(problem),))
    return describe(found, file, _known_signers(session))


def _check_casebook(file: Path, session: Session) -> dict[str, Any]:
    with Session(file, session.passphrase_file, session.identity).reading() as book:
        health = book.health()
    return {
        "file": str(file),
        "kind": "casebook",
        "valid": health.sound,
        "signers": [],
        "awaiting": [],
        "problems": list(health.problems),
        "entries": health.entries,
    }


def _known_signers(session: Session) -> set[str]:
    """Fingerprints of the user's own identity and of everybody whose certificate her casebook holds.

    Verifying asks for nothing: what is locked or missing is left out, unless it was named.
    """
    from inspect_kit.casebook import Casebook
    from inspect_kit.identity import load

    known: set[str] = set()
    identity, casebook = session.identity_path(), session.casebook_path()
    if session.identity or identity.is_file():
        with suppress(PassphraseError):  # a locked key's certificate stands in her casebook too
            known.add(load(identity, session.passphrase()).fingerprint)
    if session.casebook:
        with session.reading() as book:
            known.update(book.authors())
    elif casebook.is_file():
        try:
            with Casebook.open(casebook, session.passphrase()) as book:
                known.update(book.authors())
        except CasebookError:
            note(f"The casebook {casebook} is locked, so it could not say whom you know: give --passphrase-file.")
    return known


def _print(document: dict[str, Any]) -> None:
    file = document["file"]
    signers = document["signers"]
    problems = document["problems"]
    awaiting = document["awaiting"]
    if document["kind"] == "casebook":
        entries = plural(document["entries"], "entry", "entries")
        whole = f"VALID: the journal of {file} is whole and unchanged ({entries})."
    else:
        whole = f"VALID: {file} is unchanged since it was signed."
    begun = document.get("unchanged") and not document["complete"]
    show_block(
        whole
        if document["valid"]
        else f"NOT COMPLETE YET: {file} is unchanged since it was signed."
        if begun
        else f"NOT VALID: {file}"
    )
    for sentence in [*problems, *document.get("holds", ()), *document.get("notes", ())]:
        show_block(sentence, 2, "·")
    for signer in signers:
        state = "valid" if signer["valid"] else "NOT VALID"
        trust = "known to you" if signer["trusted"] else "not known to you"
        who = ", ".join(filter(None, (signer["name"], signer["organisation"], signer["role"])))
        moment = signer["when"].replace("T", " ") or "at no stated time"
        show_block(f"{who}: {state}, {trust}; signed {moment}", 2, "·")
    if awaiting:
        places = Counter(awaiting)
        still = ", ".join(f"{place} ({number})" if number > 1 else place for place, number in places.items())
        show_block(f"Still to sign: {still}.")

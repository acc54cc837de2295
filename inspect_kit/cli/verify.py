"""``verify``: a report, or a casebook."""

from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inspect_kit.cli.lazy import Verb
from inspect_kit.cli.printing import note, show_block, show_json
from inspect_kit.cli.session import Session
from inspect_kit.errors import BadInputError, CasebookError, ExitCode, PassphraseError, ReportError
from inspect_kit.language import _, ngettext

if TYPE_CHECKING:
    from inspect_kit.export.report import Verification

_PDF = b"%PDF-"


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
    session = Session.of()
    document = _check_report(file, session, thorough=thorough) if is_pdf(file) else _check_casebook(file, session)
    if as_json:
        show_json(document)
    elif document["kind"] == "casebook":
        _print_casebook(document)
    else:
        _print(document)
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


def is_pdf(file: Path) -> bool:
    """Whether a file begins like a PDF.

    Raises:
        BadInputError: when it cannot be read.
    """
    from inspect_kit.files import explain

    try:
        if file.exists() and not file.is_file():
            raise BadInputError(_("{path} is not an ordinary file: name a report or a casebook.", path=file))
        with file.open("rb") as opened:
            return opened.read(len(_PDF)) == _PDF
    except OSError as problem:
        raise explain(problem, _("The file {path}", path=file)) from problem


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


def _check_report(file: Path, session: Session, *, thorough: bool) -> dict[str, Any]:
    from inspect_kit.export.report import Verification, verify_report

    try:
        found = verify_report(file, thorough=thorough or None)
    except ReportError as problem:  # damaged, encrypted, or built by another program: not valid, with the reason
        found = Verification(False, (), (), (str(problem),))
    return describe(found, file, _known_signers(session))


def _check_casebook(file: Path, session: Session) -> dict[str, Any]:
    from inspect_kit.casebook import examine_file
    from inspect_kit.cli.doctor import chain_as_json

    health, chains = session.unlocked(lambda given: examine_file(file, given), _("the casebook {path}", path=file))[0]
    known = _known_signers(session)
    authors: dict[str, list[Any]] = {}
    for chain in chains:
        authors.setdefault(chain.fingerprint, []).append(chain)
    return {
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
            for fingerprint, theirs in authors.items()
        ],
        "awaiting": [],
        "problems": list(health.problems),
        "remarks": list(health.remarks),
        "entries": health.entries,
        "chains": [chain_as_json(chain) for chain in chains],
    }


def _known_signers(session: Session) -> set[str]:
    """Fingerprints of the user's own identity and of everybody whom her casebook trusts.

    Verifying asks for nothing: what is locked or missing is left out, unless it was named.
    """
    from inspect_kit.casebook import Casebook
    from inspect_kit.identity import load

    known: set[str] = set()
    identity, casebook = session.identity_path(), session.casebook_path()
    if session.identity or identity.is_file():
        with suppress(PassphraseError):  # a locked key's certificate stands in her casebook too
            known.add(load(identity, session.key_passphrase(), to_sign=False).fingerprint)
    if session.casebook:
        with session.reading() as book:
            known.update(one.certificate.fingerprint for one in book.known() if one.trusted)
    elif casebook.is_file():
        try:
            with Casebook.open(casebook, session.passphrase()) as book:
                known.update(one.certificate.fingerprint for one in book.known() if one.trusted)
        except CasebookError:
            note(
                _(
                    "The casebook {path} is locked, so it could not say whom you trust: give --passphrase-file.",
                    path=casebook,
                )
            )
    return known


def _print_casebook(document: dict[str, Any]) -> None:
    file = document["file"]
    whole = ngettext(
        "VALID: the journal of {path} is whole and unchanged ({count} entry).",
        "VALID: the journal of {path} is whole and unchanged ({count} entries).",
        document["entries"],
        path=file,
    )
    show_block(whole if document["valid"] else _("NOT VALID: {path}", path=file))
    for problem in document["problems"]:
        show_block(problem, 2, "·")
    for signer in document["signers"]:
        trust = _("trusted") if signer["trusted"] else _("not trusted by you")
        told = ngettext(
            "{who}: {sealed} of {count} entry sealed, {trust}",
            "{who}: {sealed} of {count} entries sealed, {trust}",
            signer["entries"],
            who=signer["name"] or signer["fingerprint"][:12],
            sealed=signer["sealed"],
            trust=trust,
        )
        show_block(told, 2, "·")
    for remark in document["remarks"]:
        show_block(remark)


def _print(document: dict[str, Any]) -> None:
    from inspect_kit.work.checking import role_label

    file = document["file"]
    signers = document["signers"]
    problems = document["problems"]
    awaiting = document["awaiting"]
    begun = document.get("unchanged") and not document["complete"]
    if document["valid"]:
        whole = _("VALID: {path} is unchanged since it was signed.", path=file)
    elif begun:
        whole = _("NOT COMPLETE YET: {path} is unchanged since it was signed.", path=file)
    else:
        whole = _("NOT VALID: {path}", path=file)
    show_block(whole)
    for sentence in [*problems, *document.get("holds", ()), *document.get("notes", ())]:
        show_block(sentence, 2, "·")
    for signer in signers:
        # Translators: a signature
        state = _("valid") if signer["valid"] else _("NOT VALID")
        # Translators: a signer
        trust = _("trusted") if signer["trusted"] else _("not trusted by you")
        who = ", ".join(filter(None, (signer["name"], signer["organisation"], role_label(signer["role"]))))
        if signer["when"]:
            moment = signer["when"].replace("T", " ")
            told = _("{who}: {state}, {trust}; signed {moment}", who=who, state=state, trust=trust, moment=moment)
        else:
            told = _("{who}: {state}, {trust}; signed at no stated time", who=who, state=state, trust=trust)
        show_block(told, 2, "·")
    if awaiting:
        places = Counter(awaiting)
        still = ", ".join(
            f"{role_label(place)} ({number})" if number > 1 else role_label(place) for place, number in places.items()
        )
        show_block(_("Still to sign: {roles}.", roles=still))

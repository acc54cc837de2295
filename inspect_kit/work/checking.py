"""Checking a report or a casebook that came from anywhere, and telling it in plain sentences."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from inspect_kit.casebook import Casebook
from inspect_kit.casebook.chains import Chain
from inspect_kit.casebook.examining import examine_file
from inspect_kit.casebook.health import Health
from inspect_kit.errors import BadInputError, ReportError
from inspect_kit.export.report import SignerRole, Verification, verify_report
from inspect_kit.files import explain
from inspect_kit.identity import Identity
from inspect_kit.language import _, minute, ngettext

_PDF = b"%PDF-"


@dataclass(frozen=True)
class Checked:
    """What a check found, in sentences.

    Attributes:
        file: what was checked.
        report: whether it is a report, which can be signed.
        state: ``valid``, ``begun`` (unchanged, not signed by all yet) or ``not-valid``.
        told: the sentence that says so.
        good: what holds.
        bad: what does not, or what is to be minded.
    """

    file: Path
    report: bool
    state: str
    told: str
    good: tuple[str, ...]
    bad: tuple[str, ...]


def trusted(casebook: Casebook, me: Identity | None) -> frozenset[str]:
    """Fingerprints of the user's own certificate and of all whom her casebook trusts.

    Args:
        casebook: hers, open.
        me: her identity; None where it is not at hand.
    """
    known = {one.certificate.fingerprint for one in casebook.known() if one.trusted}
    return frozenset(known | ({me.fingerprint} if me else set()))


def is_report(file: Path) -> bool:
    """Whether a file begins like a PDF.

    Raises:
        BadInputError: when it cannot be read.
    """
    try:
        if file.exists() and not file.is_file():
            raise BadInputError(_("{path} is not an ordinary file: name a report or a casebook.", path=file))
        with file.open("rb") as opened:
            return opened.read(len(_PDF)) == _PDF
    except OSError as problem:
        raise explain(problem, _("The file {path}", path=file)) from problem


def check_file(file: Path, passphrase: str | None, known: Collection[str]) -> Checked:
    """Check a report or a casebook, and tell it.

    Args:
        file: of any origin.
        passphrase: opens a casebook that is encrypted.
        known: fingerprints of whom the user trusts.

    Raises:
        BadInputError: when it cannot be read.
        PassphraseError: when a casebook is encrypted and the passphrase missing or wrong.
    """
    if is_report(file):
        return tell_report(check_report(file), file, known)
    return tell_casebook(*examine_file(file, passphrase), file, known)


def check_report(file: Path, *, thorough: bool = False) -> Verification:
    """Verify a report; one that is damaged, encrypted or built by another program is not valid, with the reason.

    Args:
        file: the PDF.
        thorough: set the pages of a long report again, too.

    Raises:
        BadInputError: when it cannot be read.
    """
    try:
        return verify_report(file, thorough=thorough or None)
    except ReportError as problem:
        return Verification(False, (), (), (str(problem),))


def tell_report(found: Verification, file: Path, known: Collection[str]) -> Checked:
    """Say what a report's verification found.

    Args:
        found: the result.
        file: the report.
        known: fingerprints of whom the user trusts.
    """
    state = "valid" if found.valid else "begun" if found.unchanged and not found.complete else "not-valid"
    if state == "valid":
        told = _("VALID: {path} is unchanged since it was signed.", path=file)
    elif state == "begun":
        told = _("NOT COMPLETE YET: {path} is unchanged since it was signed.", path=file)
    else:
        told = _("NOT VALID: {path}", path=file)
    good, bad = list(found.holds), [*found.problems, *found.notes]
    for signer in found.signers:
        trusted_by_her = signer.fingerprint in known
        # Translators: a signature
        holds = _("valid") if signer.valid else _("NOT VALID")
        trust = _trust(trusted_by_her)
        who = ", ".join(filter(None, (signer.name, signer.organisation, role_label(signer.role))))
        if signer.when:
            when = datetime.fromisoformat(signer.when)  # in her own zone, which is told
            moment = f"{minute(when)} {when:%Z}"
            line = _("{who}: {state}, {trust}; signed {moment}", who=who, state=holds, trust=trust, moment=moment)
        else:
            line = _("{who}: {state}, {trust}; signed at no stated time", who=who, state=holds, trust=trust)
        (good if signer.valid and trusted_by_her else bad).append(line)
    if found.awaiting:
        bad.append(_("Still to sign: {roles}.", roles=", ".join(_several(found.awaiting))))
    return Checked(file, True, state, told, tuple(good), tuple(bad))


def tell_casebook(health: Health, chains: Iterable[Chain], file: Path, known: Collection[str]) -> Checked:
    """Say whether a casebook's journal is whole, and whose entries are sealed.

    Args:
        health: what was found.
        chains: each author's chains.
        file: the casebook.
        known: fingerprints of whom the user trusts.
    """
    good: list[str] = []
    bad = [*health.problems, *health.remarks]
    for fingerprint, theirs in by_author(chains).items():
        entries, sealed = sum(chain.entries for chain in theirs), sum(chain.sealed for chain in theirs)
        line = ngettext(
            "{who}: {sealed} of {count} entry sealed, {trust}",
            "{who}: {sealed} of {count} entries sealed, {trust}",
            entries,
            who=theirs[0].name or fingerprint[:12],
            sealed=sealed,
            trust=_trust(fingerprint in known),
        )
        (good if sealed == entries and fingerprint in known else bad).append(line)
    if not health.sound:
        return Checked(file, False, "not-valid", _("NOT VALID: {path}", path=file), tuple(good), tuple(bad))
    whole = ngettext(
        "VALID: the journal of {path} is whole and unchanged ({count} entry).",
        "VALID: the journal of {path} is whole and unchanged ({count} entries).",
        health.entries,
        path=file,
    )
    return Checked(file, False, "valid", whole, tuple(good), tuple(bad))


def by_author(chains: Iterable[Chain]) -> dict[str, list[Chain]]:
    """Each author's chains, by her fingerprint."""
    authors: dict[str, list[Chain]] = {}
    for chain in chains:
        authors.setdefault(chain.fingerprint, []).append(chain)
    return authors


def role_label(role: str) -> str:
    """A signer's role in words; one that we do not know stays as it is written."""
    return next((one.label for one in SignerRole if one == role), role)


def _several(roles: Iterable[str]) -> list[str]:
    return [f"{role_label(role)} ({many})" if many > 1 else role_label(role) for role, many in Counter(roles).items()]


def _trust(trusted_by_her: bool) -> str:
    # Translators: a signer
    return _("trusted") if trusted_by_her else _("not trusted by you")

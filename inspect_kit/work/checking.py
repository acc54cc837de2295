"""Checking a report or a casebook that came from anywhere, and telling it in plain sentences."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from inspect_kit.casebook import Casebook, examine_file
from inspect_kit.errors import BadInputError, ReportError
from inspect_kit.export.report import verify_report
from inspect_kit.files import explain
from inspect_kit.identity import Identity
from inspect_kit.language import _, ngettext

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


def check_file(file: Path, passphrase: str | None, known: Collection[str]) -> Checked:
    """Check a report or a casebook.

    Args:
        file: of any origin.
        passphrase: opens a casebook that is encrypted.
        known: fingerprints of whom the user trusts.

    Raises:
        BadInputError: when it cannot be read.
        PassphraseError: when a casebook is encrypted and the passphrase missing or wrong.
    """
    try:
        if not file.is_file():
            raise BadInputError(_("{path} is not there, or no ordinary file: name a report or a casebook.", path=file))
        with file.open("rb") as opened:
            report = opened.read(len(_PDF)) == _PDF
    except OSError as problem:
        raise explain(problem, _("The file {path}", path=file)) from problem
    return _report(file, known) if report else _casebook(file, passphrase, known)


def _report(file: Path, known: Collection[str]) -> Checked:
    try:
        found = verify_report(file)
    except ReportError as problem:  # damaged, encrypted, or built by another program: not valid, with the reason
        return Checked(file, True, "not-valid", _("NOT VALID: {path}", path=file.name), (), (str(problem),))
    begun = bool(found.signers) and not found.faults and not found.complete
    if found.valid:
        told = _("VALID: {path} is unchanged since it was signed.", path=file.name)
    elif begun:
        told = _("NOT COMPLETE YET: {path} is unchanged since it was signed.", path=file.name)
    else:
        told = _("NOT VALID: {path}", path=file.name)
    good, bad = list(found.holds), [*found.problems, *found.notes]
    for signer in found.signers:
        trust = _("trusted") if signer.fingerprint in known else _("not trusted by you")
        who = f"{signer.name} ({role_label(signer.role)})"
        moment = signer.when.replace("T", " ")
        if signer.valid:
            line = _("{who} signed on {moment}: valid, {trust}", who=who, moment=moment, trust=trust)
        else:
            line = _("{who} signed on {moment}: NOT VALID, {trust}", who=who, moment=moment, trust=trust)
        (good if signer.valid and signer.fingerprint in known else bad).append(line)
    state = "valid" if found.valid else "begun" if begun else "not-valid"
    return Checked(file, True, state, told, tuple(good), tuple(bad))


def role_label(role: str) -> str:
    """A signer's role in words; one that we do not know stays as it is written."""
    # Translators: who signs the report
    return {"inspector": _("inspector"), "chair": _("chair")}.get(role, role)


def _casebook(file: Path, passphrase: str | None, known: Collection[str]) -> Checked:
    health, chains = examine_file(file, passphrase)
    whole = ngettext(
        "VALID: the journal of {path} is whole and unchanged ({count} entry).",
        "VALID: the journal of {path} is whole and unchanged ({count} entries).",
        health.entries,
        path=file.name,
    )
    good: list[str] = []
    bad = [*health.problems, *health.remarks]
    for chain in chains:
        trust = _("trusted") if chain.fingerprint in known else _("not trusted by you")
        line = ngettext(
            "{who}: {sealed} of {count} entry sealed, {trust}",
            "{who}: {sealed} of {count} entries sealed, {trust}",
            chain.entries,
            who=chain.name or chain.fingerprint[:12],
            sealed=chain.sealed,
            trust=trust,
        )
        (good if chain.sealed == chain.entries and chain.fingerprint in known else bad).append(line)
    told = whole if health.sound else _("NOT VALID: {path}", path=file.name)
    return Checked(file, False, "valid" if health.sound else "not-valid", told, tuple(good), tuple(bad))

"""From a visit in the casebook to paper: its report and its letter, written and signed, and its pocket sheet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path

from inspect_kit.analysis import Point, open_points
from inspect_kit.analysis.views import View
from inspect_kit.casebook import Casebook
from inspect_kit.errors import ReportError
from inspect_kit.export.report import (
    Missing,
    Signature,
    SignerRole,
    Verification,
    letter_points,
    missing_characters,
    missing_in_letter,
    sign_report,
    verify_report,
    write_letter,
    write_report,
)
from inspect_kit.export.report import Paper as ReportPaper
from inspect_kit.export.sheet import Paper, write_sheet
from inspect_kit.files import explain, whole_file
from inspect_kit.identity import Identity, load
from inspect_kit.language import _, ngettext
from inspect_kit.model import Edition, Seal, VisitRecord
from inspect_kit.standards import load_standard, load_wording
from inspect_kit.work import exchanging
from inspect_kit.work.desk import default_identity
from inspect_kit.work.settings import read_settings

_NAMED = 5
"""How many characters or items are named in a sentence."""


@dataclass(frozen=True)
class Print:
    """How a report is printed.

    Attributes:
        paper: its size.
        fonts: TrueType files for what our typeface lacks.
        codes: whether what no font has may be printed as codes.
    """

    paper: ReportPaper
    fonts: tuple[Path, ...] = ()
    codes: bool = False

    @classmethod
    def wanted(cls, paper: ReportPaper | None = None, fonts: Sequence[Path] = (), *, codes: bool = False) -> "Print":
        """What was asked for, and the user's settings for the rest.

        Args:
            paper: None takes that of the settings.
            fonts: tried before those of the settings.
            codes: as above.
        """
        settings, _problems = read_settings()
        named = tuple(dict.fromkeys((*fonts, *(Path(one).expanduser() for one in settings.fonts))))
        return cls(paper or ReportPaper(settings.paper), named, codes)


class Step(Enum):
    """Where the work of writing and signing stands."""

    WRITING = "writing"
    SIGNING = "signing"
    CHECKING = "checking"


def make_report(
    casebook: Casebook,
    visit: str,
    edition: Edition,
    out: Path,
    me: Identity | None = None,
    how: Print | None = None,
    corrects: Path | None = None,
) -> str:
    """Write a visit's report, unsigned; what the user recorded is sealed first.

    Args:
        casebook: the open casebook.
        visit: the visit's id.
        edition: for whom.
        out: the PDF to write; an existing file is replaced once the new one is whole, a signed report never.
        me: the user's identity, for the seals; None where it is not at hand.
        how: paper and fonts; None takes the user's settings.
        corrects: the signed report that this one corrects.

    Returns:
        Why nothing was sealed, as a sentence; empty where it was, or there was nothing to seal.

    Raises:
        InspectKitError: when the visit is not known, points of the do-no-harm check are open, an edition for others is
            asked for while people hold different views, characters would be printed as codes and that was not accepted,
            or the file cannot be written.
    """
    how = how or Print.wanted()
    keep_signed(out)
    record = casebook.visit(visit)
    if edition is not Edition.INTERNAL:
        refuse_conflicts(record)
    answers = casebook.answers(visit)
    command = f"inspect-kit harm {visit[-6:]} --edition {edition}"
    _refuse_points(open_points(record, edition, answers), command)
    if not how.codes:
        _refuse_missing(missing_characters(record, edition, how.fonts))
    wording = load_wording(load_standard())
    remark = exchanging.seal(casebook, me, visit)
    write_report(
        record,
        edition,
        out,
        casebook.attachment,
        datetime.now().astimezone(),
        wording,
        whole_seals(casebook, visit),
        answers,
        how.paper,
        corrects,
        how.fonts,
    )
    return remark


def make_letter(
    casebook: Casebook,
    visit: str,
    out: Path,
    addressee: str,
    answer_by: date,
    me: Identity | None = None,
    how: Print | None = None,
) -> str:
    """Write the letter on a visit's urgent findings, unsigned; what the user recorded is sealed first.

    Args:
        casebook: the open casebook.
        visit: the visit's id.
        out: the PDF to write, as for ``make_report``.
        addressee: to whom it goes.
        answer_by: the day by which an answer is asked.
        me: the user's identity, for the seals; None where it is not at hand.
        how: paper and fonts; None takes the user's settings.

    Returns:
        As ``make_report``.

    Raises:
        InspectKitError: as for ``make_report``, and where no finding is urgent or the day has passed.
    """
    how = how or Print.wanted()
    keep_signed(out)
    record = casebook.visit(visit)
    refuse_conflicts(record)
    answers = casebook.answers(visit)
    _refuse_points(letter_points(record, answers), f"inspect-kit harm {visit[-6:]} --edition {Edition.AUTHORITY}")
    if not how.codes:
        _refuse_missing(missing_in_letter(record, how.fonts))
    remark = exchanging.seal(casebook, me, visit)
    seals = whole_seals(casebook, visit)
    made = datetime.now().astimezone()
    write_letter(record, out, made, addressee, answer_by, seals, answers, how.paper, how.fonts)
    return remark


def refuse_conflicts(record: VisitRecord) -> None:
    """Refuse a report for others, or to be signed, while people hold different views.

    Args:
        record: the visit.

    Raises:
        ReportError: naming what is to be settled.
    """
    if not record.conflicts:
        return
    about = list(dict.fromkeys(one.subject.removeprefix("finding:") for one in record.conflicts))
    raise ReportError(
        ngettext(
            "People hold different views on {count} thing ({names}): settle it first, as no report can be signed and"
            " leave the team before. The internal edition can be written as a working paper.",
            "People hold different views on {count} things ({names}): settle them first, as no report can be signed"
            " and leave the team before. The internal edition can be written as a working paper.",
            len(about),
            names=_some(about),
        )
    )


def whole_seals(casebook: Casebook, visit: str) -> tuple[Seal, ...]:
    """The seals that a report may rely on: the latest on each chain, of authors who sealed all that they recorded.

    A report names every author without a seal in it; so that it names those as well who went on after their last
    seal, whose chain was forked, or whose key was lost, none of theirs is given.

    Args:
        casebook: the open casebook.
        visit: the visit's id.
    """
    chains = casebook.chains(visit)
    lacking = {one.fingerprint for one in chains if one.sealed < one.entries or one.forked or one.waiting}
    latest = {seal.author: seal for seal in casebook.seals(visit)}  # in the order of their places
    return tuple(seal for author, seal in latest.items() if author.partition(".")[0] not in lacking)


def told_missing(missing: Sequence[Missing]) -> str:
    """Say which characters would be printed as codes, by name and place.

    Args:
        missing: one at least.
    """
    names = []
    for one in missing[:_NAMED]:
        times = ngettext("{count} time", "{count} times", one.number)
        where = f", {_some(one.places)}" if one.places else ""
        names.append(f"{one.name} ({times}{where})")
    more = len(missing) - _NAMED
    if more > 0:
        names.append(ngettext("{count} more", "{count} more", more))
    return ngettext(
        "{count} character is in none of the fonts and would be printed as a code: {names}.",
        "{count} characters are in none of the fonts and would be printed as codes: {names}.",
        len(missing),
        names="; ".join(names),
    )


def _refuse_missing(missing: Sequence[Missing]) -> None:
    if missing:
        remedy = _("Name a font that has them (--font, or “fonts” in the settings), or accept codes.")
        raise ReportError(f"{told_missing(missing)} {remedy}")


def _refuse_points(points: Sequence[Point], command: str) -> None:
    if points:
        first = points[0]
        raise ReportError(
            ngettext(
                "Nothing was written, because somebody could be harmed by it: {count} point of the do-no-harm check is"
                " open, first under {place}, {field}: {message} Change the text, or answer it: “{command}”.",
                "Nothing was written, because somebody could be harmed by it: {count} points of the do-no-harm check"
                " are open, first under {place}, {field}: {message} Change the text, or answer each: “{command}”.",
                len(points),
                place=first.item or _("the visit as a whole"),
                field=first.field,
                message=first.message,
                command=command,
            )
        )


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return f"{shown} …" if len(names) > _NAMED else shown


def keep_signed(out: Path) -> None:
    """Refuse to write over a report that somebody has signed.

    Args:
        out: the file that is to be written; it need not exist.

    Raises:
        ReportError: when a signed PDF lies there.
    """
    try:
        signed = out.is_file() and b"/ByteRange" in out.read_bytes()
    except OSError as problem:
        raise explain(problem, _("The file {path}", path=out)) from problem
    if signed:
        raise ReportError(
            _("{path} is a signed report, and a signed report is never overwritten: name another file.", path=out)
        )


def make_and_sign(
    casebook: Casebook,
    visit: str,
    out: Path,
    identity: Path,
    passphrase: str | None,
    write: Callable[[Path, Identity], str],
    progress: Callable[[Step], bool] = lambda step: True,  # noqa: ARG005 (the form of a progress)
) -> tuple[Verification, str]:
    """Write a visit's report or letter, sign it as an inspector, and verify what was written.

    Args:
        casebook: the open casebook.
        visit: the visit's id.
        out: the PDF to write; an existing file is replaced once the new one is whole and signed.
        identity: the signer's PKCS#12 file.
        passphrase: opens it where it is protected.
        write: writes it into the file that it is given, as ``make_report`` does, and gives the remark.
        progress: is told each step before it begins; False calls the work off, and nothing is left of it.

    Returns:
        What ``verify_report`` says of it, and the remark.

    Raises:
        InspectKitError: when something cannot be read, written or signed, or the work was called off; ``out`` is then
            as it was.
    """
    keep_signed(out)
    refuse_conflicts(casebook.visit(visit))
    me = load(identity, passphrase)

    def go_on(step: Step) -> None:
        if not progress(step):
            raise ReportError(_("Called off: nothing was written."))

    # Translators: the start of a sentence, before the file's name
    with whole_file(out, _("The report")) as draft:
        go_on(Step.WRITING)
        remark = write(draft, me)
        go_on(Step.SIGNING)
        sign_report(draft, me, SignerRole.INSPECTOR)
    progress(Step.CHECKING)
    return verify_report(out), remark


def sign(report: Path, identity: Path | None, passphrase: str | None, role: SignerRole, service: str = "") -> Signature:
    """Sign a report in place.

    Args:
        report: the PDF.
        identity: the signer's PKCS#12 file; None means the default one.
        passphrase: opens it where it is protected.
        role: inspector or chair.
        service: the address of a time-stamping service; empty for none.

    Raises:
        InspectKitError: when identity or report cannot be used, no place is left to sign, or the service is not there.
    """
    return sign_report(report, load(identity or default_identity(), passphrase), role, service=service)


def make_sheet(casebook: Casebook, visit: str, view: View, paper: Paper, out: Path) -> None:
    """Write a visit's pocket sheet, blank, for places where laptops stay outside.

    Args:
        casebook: the open casebook.
        visit: the visit's id.
        view: the order of the items.
        paper: its size.
        out: the PDF to write; an existing file is replaced once the new one is whole, a signed report never.

    Raises:
        InspectKitError: when the visit is not known or the file cannot be written.
    """
    keep_signed(out)
    record = casebook.visit(visit)
    write_sheet(record, view, paper, out, datetime.now().astimezone())

"""Put a report together and write it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.platypus import Flowable
from reportlab.platypus.doctemplate import LayoutError

from inspect_kit.errors import InspectKitError, ReportError
from inspect_kit.export.report import letter, structure
from inspect_kit.export.report.content import READERS, Content
from inspect_kit.export.report.data import ReportData, read_data, report_data
from inspect_kit.export.report.fonts import Extra, load_extras
from inspect_kit.export.report.pages import Furniture, set_report
from inspect_kit.export.report.paper import Paper
from inspect_kit.export.report.pictures import is_picture, prepare
from inspect_kit.export.report.sections import annexes, cover, findings, method, ratings, recommendations, summary
from inspect_kit.export.report.tags import TaggedCanvas
from inspect_kit.export.report.text import Ink, days, first_upper, readable
from inspect_kit.files import whole_file
from inspect_kit.language import _, in_english

SIZES = {Paper.A4: A4, Paper.LETTER: LETTER}


def write(report: ReportData, out: Path, attachment: Callable[[str], bytes], fonts: Sequence[Path]) -> None:
    """Write an unsigned report; see ``write_report``.

    Args:
        report: what it shows; its pictures are added here.
        out: the file to write.
        attachment: gives a file's bytes by its digest.
        fonts: files of fonts for what our typeface lacks.
    """
    extras = load_extras(fonts)
    jpegs = _pictures(report, attachment)
    shown = {digest: hashlib.sha256(jpeg).hexdigest() if jpeg else "" for digest, jpeg in jpegs.items()}
    data = report_data(replace(report, pictures=shown, fonts=tuple(extra.digest for extra in extras)))
    pdf = render(data, jpegs, extras)
    with whole_file(out, _("The report")) as temporary:
        temporary.write_bytes(pdf)


def render(data: bytes, jpegs: Mapping[str, bytes], extras: tuple[Extra, ...] = ()) -> bytes:
    """Set a report's pages from its attached data alone, and give the unsigned PDF.

    Args:
        data: as ``report_data`` wrote it.
        jpegs: photographs as they stand in the PDF, by the digest of the attachment; empty where one was unreadable.
        extras: the fonts besides ours that the data names.

    Raises:
        ReportError: when the data cannot be read, or the pages cannot be laid out.
    """
    shown = read_data(data)
    if shown.fonts != tuple(extra.digest for extra in extras):
        raise ReportError(_("The pages cannot be set without the fonts that the report was set with."))
    try:
        return _pages(shown, data, jpegs, extras)
    except LayoutError as problem:
        told = str(problem)[:200]
        visit = shown.shown.visit.id
        raise ReportError(
            # Translators: told is what the library for layout reports, in English
            _("The report of the visit {visit} cannot be laid out: {told}", visit=visit, told=told)
        ) from problem


@in_english()  # whoever checks a report sets its pages again and compares bytes, whatever her language
def _pages(shown: ReportData, data: bytes, jpegs: Mapping[str, bytes], extras: tuple[Extra, ...]) -> bytes:
    digest = hashlib.sha256(data).hexdigest()
    if shown.letter is None:
        return _set(Content(shown, jpegs, digest, Ink(extras)), data, _report)[0]
    pdf = b""
    for most in letter.LENGTHS:
        pdf, pages = _set(Content(shown, jpegs, digest, Ink(extras)), data, partial(letter.letter, most=most))
        if pages == 1:
            break
    return pdf


def _report(report: Content) -> list[Flowable]:
    front = [*cover.cover(report), *cover.signatures(report)]
    body = [
        *summary.at_a_glance(report),
        *summary.priority_concerns(report),
        *ratings.ratings(report),
        *findings.findings(report),
        *recommendations.good_practice(report),
        *recommendations.recommendations(report),
        *method.method_and_team(report),
        *annexes.matrix(report),
        *annexes.not_judged(report),
        *annexes.clauses(report),
        *annexes.glossary(report),
        *annexes.do_no_harm(report),
        *annexes.integrity(report),
    ]
    return [*front, *cover.contents(report), *body]


def _set(report: Content, data: bytes, lay: Callable[[Content], list[Flowable]]) -> tuple[bytes, int]:
    """Set the pages, and give the PDF and their number."""
    furniture = _furniture(report)

    def finish(canvas: TaggedCanvas) -> None:
        structure.add_structure(canvas)
        structure.add_metadata(canvas, furniture.title, furniture.author, furniture.subject, report.made)
        structure.add_data(canvas, data, report.made, "What this report shows, as data")

    pdf = set_report(lay(report), furniture, report.numbers, SIZES[report.data.paper], [finish])
    return pdf, report.numbers.total


def _pictures(report: ReportData, attachment: Callable[[str], bytes]) -> dict[str, bytes]:
    """Make the photographs that a report shows; empty where one cannot be read, nothing where one is not kept here."""
    jpegs: dict[str, bytes] = {}
    for finding in report.shown.visit.findings.values():
        for source in finding.evidence:
            if source.attachment is None or not is_picture(source) or source.attachment.digest in jpegs:
                continue
            try:
                jpegs[source.attachment.digest] = prepare(attachment(source.attachment.digest)) or b""
            except (InspectKitError, LookupError, OSError):
                continue
    return jpegs


def _furniture(report: Content) -> Furniture:
    visit = report.visit
    plan = visit.plan
    name = readable(plan.facility.name)
    what = "urgent letter after" if report.data.letter else "report on"
    return Furniture(
        title=f"{name}: {what} the {plan.kind.label} of {days(plan.starts, plan.ends)}",
        author=", ".join(readable(member.name) for member in visit.team.members) or "the monitoring team",
        subject=f"{first_upper(report.edition)} edition, {READERS[report.edition]}",
        header=(report.ink.brief(plan.facility.name, 36), f"{first_upper(report.edition)} edition"),
        footer=f"Visit {readable(visit.id)}",
        made=report.made,
    )

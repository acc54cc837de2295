"""Findings by theme, each with the sources under it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable

from inspect_kit.export.report import style
from inspect_kit.export.report.content import Content
from inspect_kit.export.report.flowables import Photograph, Rule, Supported
from inspect_kit.export.report.paragraphs import Text
from inspect_kit.export.report.pictures import dimensions, is_picture
from inspect_kit.export.report.tags import Tag
from inspect_kit.export.report.text import count, first_upper, listed, readable, size, stamp_moment
from inspect_kit.model import Assessment, Attachment, Conflict, Edition, Evidence, EvidenceKind, Finding

_SMALL_WORDS = {1: "one kind", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
_ORDER = {kind: place for place, kind in enumerate(EvidenceKind)}
CONTRADICTION = "<b>The sources contradict each other.</b> The team keeps both sides; neither is left out below."
PICTURE_WIDTH, PICTURE_HEIGHT = 96 * mm, 78 * mm


def findings(report: Content) -> list[Flowable]:
    """All findings in the checklist's order."""
    story = report.section("Findings by theme")
    if not report.described:
        story.append(Text("No item has been judged, and no source was recorded.", style.BODY))
        return story
    for section in report.visit.checklist.themes.values():
        items = [item for item in report.described if item in report.items and report.items[item].theme == section.id]
        if items:
            story += report.theme(section.title)
            story += report.of_standard(section)
        for item in items:
            story += _finding(report, item)
    strays = [item for item in report.described if item not in report.items]
    if strays:
        story += report.theme("Findings outside the checklist")
    for item in strays:
        story += _finding(report, item)
    return story


def _finding(report: Content, item: str) -> Iterator[Flowable]:
    finding, known = report.finding(item), report.items.get(item)
    met = finding.assessment is Assessment.MET
    text = style.SMALL if met else style.BODY
    yield CondPageBreak(42 * mm)  # a question of three lines and two of the answer
    yield Rule(2.2 * mm, 3 * mm)
    yield report.anchor(item)
    yield report.head(item, compact=met)
    if known is not None and not known.applies:
        yield Text(
            f"The checklist says that this does not apply: {report.ink.markup(known.reason or 'no reason given')}",
            style.NOTE,
        )
    if finding.reason:
        yield from report.account(f"Reason: {finding.reason}", text)
    yield from report.account(finding.narrative, text)
    for conflict in report.conflicts(item):
        yield from disagreement(report, conflict)
    if finding.evidence or report.shown.withheld.get(item):
        yield CondPageBreak(26 * mm)  # with the first source
        yield Supported(_weight(report, finding), kinds=len(finding.source_kinds))
    elif finding.assessment is not None:
        yield Supported("No source is recorded.")
    if finding.contradiction:
        yield Text(CONTRADICTION, style.CONTRADICTION)
    sources = Tag("L")
    for source in sorted(finding.evidence, key=lambda one: _ORDER[one.kind]):
        yield from _source(report, source, sources)


def _weight(report: Content, finding: Finding) -> str:
    """Tell on how many independent kinds of source a finding rests, and what is withheld."""
    kinds = len(finding.source_kinds)
    parts = []
    if kinds == 1:
        parts.append(f"rests on one kind of source ({count(len(finding.evidence), 'source')})")
    elif kinds:
        told = f"{count(len(finding.evidence), 'source')} of {_SMALL_WORDS.get(kinds, str(kinds))} independent kinds"
        parts.append(f"{told}: {listed(kind.label for kind in finding.source_kinds)}")
    withheld = report.shown.withheld.get(finding.item, 0)
    if withheld:
        parts.append(f"{count(withheld, 'source')} withheld: no consent for this edition")
    return first_upper("; ".join(parts)) + "."


def _source(report: Content, source: Evidence, sources: Tag) -> Iterator[Flowable]:
    ink = report.ink
    when = source.when or (f"recorded {stamp_moment(source.recorded, report.made)}" if source.recorded else "")
    facts = [source.interviewee, source.group, source.place, when]
    about = f"<b>{first_upper(source.kind.label)}</b>"
    told = " · ".join(ink.markup(fact) for fact in facts if fact)
    if told:
        about += f'\u2002<font color="#{style.QUIET.hexval()[2:]}">{told}</font>'
    attached = list(_attachment(report, source, source.attachment)) if source.attachment else []
    if attached and isinstance(attached[0], Photograph):
        yield CondPageBreak(attached[0].height + 20 * mm)  # a picture stays with the words about it
    lead = f"<bullet>–</bullet>{about}" + ("<br/>" if source.note else "")
    told_pieces = report.account(source.note, style.EVIDENCE, lead, sources)
    for one in attached:
        one.tag.parent = told_pieces[0].body
    yield from [*told_pieces, *attached]


def _attachment(report: Content, source: Evidence, file: Attachment) -> Iterator[Flowable]:
    if is_picture(source):
        jpeg = report.jpegs.get(file.digest)
        if jpeg:
            wide, high = dimensions(jpeg)
            scale = min(PICTURE_WIDTH / wide, PICTURE_HEIGHT / high)
            yield Photograph(jpeg, wide * scale, high * scale, _alt(source), style.EVIDENCE.leftIndent)
            return
        unread = file.digest in report.jpegs
        told = "could not be read" if unread else "is not kept here, and could not be shown"
        yield Text(f"This picture {told}.", _ITALIC)
    name = f"{report.ink.markup(file.name)}, " if file.name else ""
    kind, digest = report.ink.markup(file.media_type), report.ink.markup(file.digest[:16])
    yield Text(f"File: {name}{kind}, {size(file.size)}, SHA-256 begins {digest}", style.FILE)


def _alt(source: Evidence) -> str:
    """Say what a photograph shows, as far as the note beside it tells."""
    note = readable(source.note)
    return f"Photograph: {note if len(note) <= 200 else note[:199] + '…'}" if note else "Photograph without a note"


_ITALIC = style.ITALIC_NOTE.clone("italic evidence", leftIndent=5 * mm)


def disagreement(report: Content, conflict: Conflict) -> Iterator[Flowable]:
    """Tell both sides of what people hold different views on."""
    yield CondPageBreak(20 * mm)
    words = f"The team disagrees on the {conflict.aspect}. The sides stand beside each other until that is settled:"
    yield Text(f"<b>{report.ink.markup(words)}</b>", style.SMALL)
    sides = Tag("L")
    for number, side in enumerate(conflict.sides, 1):
        who = side.author if side.author and report.edition is not Edition.PUBLIC else f"Side {number}"
        lead = f"<bullet>–</bullet><b>{report.ink.markup(who)}</b>\u2002"
        yield from report.account(_told(side.value), style.EVIDENCE, lead, sides)


def _told(value: dict[str, Any]) -> str:
    """Put the values of one side into words."""
    parts = []
    for name, content in value.items():
        if content in (None, "", [], ()):
            continue
        text = str(content)
        if name in ("assessment", "priority"):
            parts.append(text.replace("-", " "))
        elif name in ("narrative", "text"):
            parts.append(text)
        else:
            parts.append(f"{name.replace('_', ' ')}: {text}")
    return ". ".join(part.rstrip(".") for part in parts) + "." if parts else "nothing"

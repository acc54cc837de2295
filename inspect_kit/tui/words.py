"""How the screens say things: marks with words, dates, and the styles that go with them."""

from datetime import date, datetime

from inspect_kit.analysis import source_kinds
from inspect_kit.model import Assessment, Consent, EvidenceKind, Finding, Priority, Verdict

MARK = {
    Assessment.MET: ("●", "met", "$met"),
    Assessment.PARTLY_MET: ("◐", "partly", "$partly"),
    Assessment.NOT_MET: ("○", "not met", "$not-met"),
    Assessment.NOT_APPLICABLE: ("–", "n/a", "$quiet"),
    Assessment.NOT_VERIFIED: ("?", "unseen", "$quiet"),
}
"""Each assessment's mark, short word and style; the word says it without the colour."""

KEYS = {
    "1": Assessment.MET,
    "2": Assessment.PARTLY_MET,
    "3": Assessment.NOT_MET,
    "4": Assessment.NOT_APPLICABLE,
    "5": Assessment.NOT_VERIFIED,
}

SOURCE = {
    EvidenceKind.OBSERVATION: "○ observed",
    EvidenceKind.INTERVIEW: "◆ interview",
    EvidenceKind.STAFF_INTERVIEW: "◇ staff",
    EvidenceKind.OTHER_INTERVIEW: "◇ other",
    EvidenceKind.DOCUMENT: "▤ document",
    EvidenceKind.MEASUREMENT: "△ measured",
    EvidenceKind.PHOTO: "▣ photo",
}

CONSENT = {
    Consent.NONE: "team only",
    Consent.INTERNAL: "internal report",
    Consent.AUTHORITY: "authority too",
    Consent.PUBLIC: "public too",
}

REVIEW = {Verdict.ACCEPTED: "✓ accepted", Verdict.RETURNED: "↩ returned"}
_SUBSTANCE = (Assessment.MET, Assessment.PARTLY_MET, Assessment.NOT_MET)
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def day(iso: str) -> str:
    """``2026-11-04`` as ``4 Nov 2026``; empty stays empty."""
    if not iso:
        return ""
    when = date.fromisoformat(iso)
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def days(starts: str, ends: str) -> str:
    """Two ISO days as ``3–5 Nov 2026``."""
    if starts == ends:
        return day(starts)
    first, last = date.fromisoformat(starts), date.fromisoformat(ends)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(ends)}"
    return f"{first.day} {_MONTHS[first.month - 1]}{'' if first.year == last.year else f' {first.year}'} – {day(ends)}"


def moment(stamp: str) -> str:
    """A journal stamp in this laptop's time, as ``10:40`` today and ``4 Nov 10:40`` otherwise."""
    when = datetime.fromisoformat(stamp[:-5].replace("Z", "+00:00")).astimezone()
    clock = f"{when:%H:%M}"
    return clock if when.date() == datetime.now().date() else f"{when.day} {_MONTHS[when.month - 1]} {clock}"


def state(finding: Finding | None) -> tuple[str, str]:
    """A finding's short word for lists, and its style."""
    if finding is None:
        return "··", "$quiet"
    if finding.conflict:
        return f"{len(finding.conflict.sides)} views", "$urgent bold"
    if finding.assessment is None:
        return ("noted", "$quiet") if finding.narrative or finding.evidence else ("··", "$quiet")
    mark, word, style = MARK[finding.assessment]
    return f"{word} {mark}", style


def thin(finding: Finding | None) -> str:
    """``⁰`` or ``¹`` after a judgement that rests on no source, or on sources of one kind; else a blank."""
    if finding is None or finding.conflict or finding.assessment not in _SUBSTANCE:
        return " "
    kinds = len(source_kinds(finding))
    return "⁰¹"[kinds] if kinds < 2 else " "


def flag(finding: Finding | None) -> tuple[str, str]:
    """The mark before an item: urgent, high, in conflict, or nothing."""
    if finding is None:
        return " ", ""
    if finding.conflict:
        return "≠", "$urgent bold"
    if finding.priority is Priority.URGENT:
        return "▲", "$urgent bold"
    if finding.priority is Priority.HIGH:
        return "△", "$partly"
    return " ", ""


def bar(done: int, items: int, width: int = 10) -> str:
    """How much is done, as a bar of ``width`` cells that is full only when all is done."""
    if not items:
        return "·" * width
    filled = min(width, done * width // items)
    return "━" * filled + "╌" * (width - filled)

"""How the screens say things: marks with words, times, and the styles that go with them."""

from datetime import datetime
from string import Formatter

from textual.content import Content

from inspect_kit.language import _, months, ngettext, pgettext
from inspect_kit.model import Assessment, Consent, EvidenceKind, Finding, Item, Priority, Verdict

MARK = {
    # Translators: the five assessments, as short as can be: they stand at the end of each line of a narrow list
    Assessment.MET: ("●", pgettext("in a narrow list", "met"), "$met"),
    # Translators: short for “partly met”
    Assessment.PARTLY_MET: ("◐", pgettext("in a narrow list", "partly"), "$partly"),
    Assessment.NOT_MET: ("○", pgettext("in a narrow list", "not met"), "$not-met"),
    # Translators: short for “not applicable”
    Assessment.NOT_APPLICABLE: ("–", pgettext("in a narrow list", "n/a"), "$quiet"),
    # Translators: short for “not verified”: the team could not see for itself
    Assessment.NOT_VERIFIED: ("?", pgettext("in a narrow list", "unseen"), "$quiet"),
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
    # Translators: kinds of sources, as short as can be, each after its sign
    EvidenceKind.OBSERVATION: "○ " + _("observed"),
    EvidenceKind.INTERVIEW: "◆ " + _("interview"),
    # Translators: a kind of source: an interview with staff
    EvidenceKind.STAFF_INTERVIEW: "◇ " + _("staff"),
    # Translators: a kind of source: an interview with somebody else
    EvidenceKind.OTHER_INTERVIEW: "◇ " + _("other"),
    EvidenceKind.DOCUMENT: "▤ " + _("document"),
    # Translators: a kind of source: somebody measured something
    EvidenceKind.MEASUREMENT: "△ " + _("measured"),
    EvidenceKind.PHOTO: "▣ " + _("photo"),
}

CONSENT = {
    # Translators: how far an interviewee's words may go, as short as can be
    Consent.NONE: _("team only"),
    Consent.INTERNAL: _("internal report"),
    Consent.AUTHORITY: _("authority too"),
    Consent.PUBLIC: _("public too"),
}

REVIEW = {
    # Translators: what a colleague decided about a finding
    Verdict.ACCEPTED: "✓ " + _("accepted"),
    Verdict.RETURNED: "↩ " + _("returned"),
}

DRAFTED = {
    "note": _("note"),
    "evidence": _("evidence"),
    "recommendation": _("recommendation"),
    "answer": _("answer"),
    "reason": _("reason"),
    # Translators: what a colleague says of a judgement.
    "review": _("review"),
    # Translators: what the team says about the visit as a whole.
    "account": _("account"),
    "jot": _("quick note"),
    # Translators: the plan of a visit.
    "plan": _("plan"),
    # Translators: why a text may stand although it could tell who somebody is.
    "point": _("answer to the do-no-harm check"),
    # Translators: whether a comment of the authority is accepted, and why.
    "comment": _("decision on a comment"),
    # Translators: a judgement in place of several that people hold apart.
    "third": _("what the team holds"),
}
"""What is called what, of the texts that somebody began and did not keep; by the first word of their key."""
_SUBSTANCE = (Assessment.MET, Assessment.PARTLY_MET, Assessment.NOT_MET)


def moment(stamp: str) -> str:
    """A journal stamp in this laptop's time, as ``10:40`` today and ``4 Nov 10:40`` otherwise."""
    when = datetime.fromisoformat(stamp[:-5].replace("Z", "+00:00")).astimezone()
    clock = f"{when:%H:%M}"
    if when.date() == datetime.now().date():
        return clock
    return _("{day} {month} {clock}", day=when.day, month=months()[when.month - 1], clock=clock)


def state(finding: Finding | None) -> tuple[str, str]:
    """A finding's short word for lists, and its style."""
    if finding is None:
        return "··", "$quiet"
    if finding.conflict:
        sides = len(finding.conflict.sides)
        # Translators: so many different judgements of one item; as short as can be
        return ngettext("{count} view", "{count} views", sides), "$urgent bold"
    if finding.assessment is None:
        # Translators: something is written about an item, but it is not judged yet; as short as can be
        return (_("noted"), "$quiet") if finding.narrative or finding.evidence else ("··", "$quiet")
    return _judged(finding.assessment)


def standing(item: Item, finding: Finding | None) -> tuple[str, str]:
    """As ``state``; an item that does not apply here says so until something is held about it."""
    return state(finding) if item.applies or finding is not None else _judged(Assessment.NOT_APPLICABLE)


def _judged(assessment: Assessment) -> tuple[str, str]:
    mark, word, style = MARK[assessment]
    return f"{word} {mark}", style


def styled(text: str, style: str = "", **places: tuple[str, str]) -> Content:
    """A sentence in which some places have a style of their own, such as keys.

    Args:
        text: the sentence as ``_`` gives it without values, so that its places are still open.
        style: of the sentence.
        places: what stands in them, and its style.
    """
    parts: list[tuple[str, str]] = []
    for before, place, *_rest in Formatter().parse(text):
        parts.append((before, style))
        if place:
            parts.append(places[place])
    return Content.assemble(*parts)


def thin(finding: Finding | None) -> str:
    """``⁰`` or ``¹`` after a judgement that rests on no source, or on sources of one kind; else a blank."""
    if finding is None or finding.conflict or finding.assessment not in _SUBSTANCE:
        return " "
    kinds = len(finding.source_kinds)
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

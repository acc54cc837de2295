"""A visit told in plain lines, for people who listen to it or feel it: no columns, no marks without a word.

A line of the answer is as long as it is; whoever prints it wraps it. What people typed stands indented below a line
that names it, so that nothing in it can pass for a line of ours.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from inspect_kit.analysis import progress
from inspect_kit.analysis.views import Leg, View
from inspect_kit.language import _, minute, ngettext, thousands
from inspect_kit.model import (
    Assessment,
    Checklist,
    Consent,
    Evidence,
    Finding,
    Item,
    Person,
    Priority,
    Side,
    VisitRecord,
    Wording,
)
from inspect_kit.work.languages import mark_of

_SHORT = 400
_NEWEST = 3


def visit_lines(record: VisitRecord) -> list[str]:
    """Which visit this is and how far it has come."""
    plan, state = record.plan, progress(record)
    days = plan.starts
    if plan.ends != plan.starts:
        days = _("{first} to {last}", first=plan.starts, last=plan.ends)
    lines = [
        f"{plan.facility.name}, {plan.kind.label}, {days}.",
        ngettext("{done} of {count} item judged.", "{done} of {count} items judged.", state.items, done=state.done),
    ]
    if state.urgent:
        lines[-1] += " " + ngettext("{count} finding urgent.", "{count} findings urgent.", state.urgent)
    if record.jottings:
        lines.append(
            ngettext("{count} quick note not sorted yet.", "{count} quick notes not sorted yet.", len(record.jottings))
        )
    return lines


def summary_lines(record: VisitRecord) -> list[str]:
    """Progress theme by theme, and what a judgement still lacks."""
    state = progress(record)
    lines = visit_lines(record)
    for theme in state.themes:
        told = {"theme": theme.title, "done": theme.done, "items": theme.items, "urgent": theme.urgent}
        if theme.urgent:
            lines.append(_("{theme}: {done} of {items} judged, {urgent} urgent.", **told))
        else:
            lines.append(_("{theme}: {done} of {items} judged.", **told))
    judged = [finding for finding in record.findings.values() if finding.assessment]
    kinds = [len(finding.source_kinds) for finding in judged]
    recommendations = ngettext("{count} recommendation", "{count} recommendations", len(record.recommendations))
    lines.append(
        ngettext(
            "{count} source recorded, {recommendations}.",
            "{count} sources recorded, {recommendations}.",
            state.evidence,
            recommendations=recommendations,
        )
    )
    if kinds.count(0):
        lines.append(_("Judged without any source: {count}.", count=kinds.count(0)))
    if kinds.count(1):
        lines.append(_("Judged on one kind of source only: {count}.", count=kinds.count(1)))
    if state.conflicts:
        lines.append(_("People hold different views: {count}.", count=state.conflicts))
    return lines


def name_of(checklist: Checklist, item: Item) -> str:
    """What an item is called: ``Searches 3``."""
    return f"{checklist.title(item.theme)} {item.number}"


def state_of(item: Item, finding: Finding | None) -> str:
    """How an item stands, in words: ``not met, urgent``."""
    if finding is None:
        # Translators: how an item stands: not judged yet
        return _("open") if item.applies else _("does not apply")
    parts = [finding.assessment.label if finding.assessment else _("open, something is held")]
    if finding.priority is not Priority.NORMAL:
        parts.append(marked(finding.priority))
    if finding.conflict:
        parts.append(_("people hold different views"))
    return ", ".join(parts)


def marked(priority: Priority) -> str:
    """How a priority is told: ``urgent``, ``high priority``, ``no mark``."""
    return {
        Priority.URGENT: _("urgent"),
        Priority.HIGH: _("high priority"),
        # Translators: an item that is marked neither urgent nor of high priority
        Priority.NORMAL: _("no mark"),
    }[priority]


def part_line(leg: Leg) -> str:
    """A part of the walk and how many items it has: ``Washrooms, 3 items``."""
    return ngettext("{part}, {count} item", "{part}, {count} items", len(leg.items), part=leg.title)


def list_lines(record: VisitRecord, leg: Leg, view: View, here: Item) -> list[str]:
    """The items of a part of the walk, each with its state; the number in front is the one to go to."""
    lines = [_("{part}:", part=part_line(leg))]
    for place, item in enumerate(leg.items, 1):
        number = item.number if view is View.THEME else place
        stands = _("{item}: {state}.", item=item.short, state=state_of(item, record.findings.get(item.id)))
        if item.id == here.id:
            stands += " " + _("You are here.")
        lines.append(f"  {number}. {stands}")
    return lines


def item_lines(record: VisitRecord, item: Item, view: View, leg: Leg, *, whole: bool = False) -> list[str]:
    """The question, and what is held about it.

    Args:
        record: the visit.
        item: the item.
        view: the order in which it came up; by place it tells what to look at, by person what to ask.
        leg: the part of the walk in which it came up.
        whole: tell long notes to their end.
    """
    finding = record.findings.get(item.id)
    lines = [f"{name_of(record.checklist, item)}: {item.short}"]
    lines.append(
        ngettext(
            "Clause {clauses}, {strength}.",
            "Clauses {clauses}, {strength}.",
            len(item.clauses),
            clauses=", ".join(item.clauses),
            strength=item.strength.label,
        )
    )
    if item.grave:
        lines.append(_("Grave: where the answer is no, somebody is in danger now."))
    if item.private_only:
        lines.append(_("Raise this in a private interview only."))
    if not item.applies:
        lines.append(_("Does not apply: {reason}", reason=item.reason or ""))
    lines.append(item.ask)
    if view is View.PLACE:
        lines += _list(_("Look:"), item.look)
    elif view is View.PERSON:
        lines += _list(_("Ask:"), item.talk_to.get(Person(leg.key), ()))
    lines += _held(item, finding, whole) if finding else [_("Nothing is held yet.")]
    for wanted in record.recommendations:
        if item.id in wanted.findings:
            told = {"number": wanted.number, "addressee": wanted.addressee, "date": wanted.due}
            if wanted.due:
                lines.append(_("Recommendation {number}, to {addressee} by {date}:", **told))
            else:
                lines.append(_("Recommendation {number}, to {addressee}:", **told))
            lines += typed(wanted.text, whole=whole)
    return lines


def guide_lines(checklist: Checklist, item: Item, wording: Mapping[str, Wording]) -> list[str]:
    """How to find out, what to mind, and what the clause says.

    Args:
        checklist: the visit's.
        item: the item.
        wording: the clauses' texts, where the user imported them.
    """
    lines = [_("Guide to {item}.", item=name_of(checklist, item)), *filter(None, [mark_of(item)])]
    if item.private_only:
        lines.append(_("Raise this in a private interview only."))
    lines += _list(_("Look:"), item.look)
    for person, questions in item.talk_to.items():
        lines += _list(_("Ask {people}:", people=person.label.lower()), questions)
    # Translators: which documents an inspector asks to read
    lines += _list(_("Read:"), item.records)
    lines += _list(_("Red flags:"), item.red_flags)
    lines += _list(
        _("They say, and how to test it:"),
        (_("“{claim}” Test: {test}", claim=claim, test=test) for claim, test in item.they_say),
    )
    lines += _list(_("Why it matters:"), (item.why,))
    for clause in item.clauses:
        if clause in checklist.clauses:
            lines += _list(_("{clause} in our words:", clause=clause), (checklist.clauses[clause].means,))
        if clause in wording:
            # Translators: a clause and what its text is: official text, or as imported
            title = _("{clause}, {text}:", clause=clause, text=wording[clause].label)
            lines += _list(title, (wording[clause].text,))
    lines += _list(
        _("Other bodies ask, not part of the rule:"), (f"{figure} ({source})" for figure, source in item.benchmarks)
    )
    if item.measure:
        lines.append(_("Measure: {what}, in {unit}.", what=item.measure[0], unit=item.measure[1]))
    if item.theme in checklist.themes:
        lines += _list(_("Do no harm:"), checklist.themes[item.theme].care)
    return lines


def typed(text: str, *, whole: bool = True) -> list[str]:
    """What somebody typed, line by line and indented.

    Args:
        text: to the letter.
        whole: to the end; else a long text is cut, and how much is missing is told.
    """
    if whole or len(text) <= _SHORT:
        return [f"  {line}" for line in text.split("\n")]
    head, space, _rest = text[:_SHORT].rpartition(" ")
    shown = head if space else text[:_SHORT]
    missing = len(text) - len(shown)
    rest = ngettext(
        "… and {number} more character: “more” tells all.",
        "… and {number} more characters: “more” tells all.",
        missing,
        number=thousands(missing),
    )
    return [*(f"  {line}" for line in shown.split("\n")), rest]


def moment(stamp: str) -> str:
    """A journal stamp in this laptop's time: ``4 Nov 2026 10:40``."""
    return minute(datetime.fromisoformat(stamp[:-5].replace("Z", "+00:00")).astimezone())


def _held(item: Item, finding: Finding, whole: bool) -> list[str]:
    state = state_of(item, finding)
    if finding.assessment:
        when = moment(finding.recorded)
        # Translators: what the team holds about an item, by whom and when
        lines = [_("Held: {state}, by {author}, {when}.", state=state, author=finding.author, when=when)]
    else:
        lines = [_("Held: {state}.", state=state)]
    if finding.reason:
        lines.append(_("Reason: {reason}", reason=finding.reason))
    if finding.conflict:
        lines.append(_("Different views, the newest first; what you record replaces those told here:"))
        for side in finding.conflict.sides:
            lines += _side(side, whole)
    if finding.narrative:
        lines += [_("Note:"), *typed(finding.narrative, whole=whole)]
    sources = finding.evidence if whole else finding.evidence[-_NEWEST:]
    if sources:
        lines.append(
            ngettext(
                "{count} source of {kinds}, the newest first:",
                "{count} sources of {kinds}, the newest first:",
                len(finding.evidence),
                # Translators: kinds of sources
                kinds=ngettext("{count} kind", "{count} kinds", len(finding.source_kinds)),
            )
        )
    elif finding.assessment:
        lines.append(_("No source yet."))
    for source in reversed(sources):
        lines += _source(source, whole)
    if len(sources) < len(finding.evidence):
        lines.append(
            ngettext(
                "… and {count} earlier source: “more” tells all.",
                "… and {count} earlier sources: “more” tells all.",
                len(finding.evidence) - len(sources),
            )
        )
    return lines


def _list(title: str, texts: Iterable[str]) -> list[str]:
    held = [text for text in texts if text]
    return [title, *(f"  {text}" for text in held)] if held else []


def _side(side: Side, whole: bool) -> list[str]:
    value = _value(side)
    said = [str(side.value[name]) for name in ("reason", "narrative") if side.value.get(name)]
    lines = [f"{side.author}, {moment(side.stamp)}: {value}."]
    for text in said:
        lines += typed(text, whole=whole)
    return lines


def _value(side: Side) -> str:
    assessment, priority = side.value.get("assessment"), side.value.get("priority")
    if assessment in list(Assessment):
        return Assessment(assessment).label
    if priority in list(Priority):
        return Priority(priority).label
    return str(assessment or priority or _("no judgement")).replace("-", " ")


def _source(source: Evidence, whole: bool) -> list[str]:
    about = [source.kind.label, source.interviewee, source.group, source.place, source.when or moment(source.recorded)]
    if source.kind.needs_consent:
        none = source.consent is Consent.NONE
        about.append(
            _("consent: stays with the team") if none else _("consent: {consent}", consent=source.consent.label)
        )
    if source.attachment:
        about.append(_("file: {name}", name=source.attachment.name))
    told = ", ".join(filter(None, about))
    return [f"{told[0].upper()}{told[1:]}:", *(typed(source.note, whole=whole) if source.note else [])]

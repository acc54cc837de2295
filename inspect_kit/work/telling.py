"""A visit told in plain lines, for people who listen to it or feel it: no columns, no marks without a word.

A line of the answer is as long as it is; whoever prints it wraps it. What people typed stands indented below a line
that names it, so that nothing in it can pass for a line of ours.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from inspect_kit.analysis import progress, source_kinds
from inspect_kit.analysis.views import Leg, View
from inspect_kit.model import Checklist, Evidence, Finding, Item, Person, Priority, Side, VisitRecord, Wording
from inspect_kit.work.languages import mark_of

_SHORT = 400
_NEWEST = 3


def visit_lines(record: VisitRecord) -> list[str]:
    """Which visit this is and how far it has come."""
    plan, state = record.plan, progress(record)
    days = plan.starts if plan.ends == plan.starts else f"{plan.starts} to {plan.ends}"
    lines = [
        f"{plan.facility.name}, {plan.kind.label}, {days}.",
        f"{state.done} of {count(state.items, 'item')} judged.",
    ]
    if state.urgent:
        lines[-1] += f" {count(state.urgent, 'finding')} urgent."
    if record.jottings:
        lines.append(f"{count(len(record.jottings), 'quick note')} not sorted yet.")
    return lines


def summary_lines(record: VisitRecord) -> list[str]:
    """Progress theme by theme, and what a judgement still lacks."""
    state = progress(record)
    lines = visit_lines(record)
    for theme in state.themes:
        urgent = f", {theme.urgent} urgent" if theme.urgent else ""
        lines.append(f"{theme.title}: {theme.done} of {theme.items} judged{urgent}.")
    judged = [finding for finding in record.findings.values() if finding.assessment]
    kinds = [len(source_kinds(finding)) for finding in judged]
    lines.append(f"{count(state.evidence, 'source')} recorded, {count(len(record.recommendations), 'recommendation')}.")
    if kinds.count(0):
        lines.append(f"Judged without any source: {kinds.count(0)}.")
    if kinds.count(1):
        lines.append(f"Judged on one kind of source only: {kinds.count(1)}.")
    if state.conflicts:
        lines.append(f"People hold different views: {state.conflicts}.")
    return lines


def name_of(checklist: Checklist, item: Item) -> str:
    """What an item is called: ``Searches 3``."""
    return f"{checklist.title(item.theme)} {item.number}"


def state_of(item: Item, finding: Finding | None) -> str:
    """How an item stands, in words: ``not met, urgent``."""
    if finding is None:
        return "open" if item.applies else "does not apply"
    parts = [finding.assessment.label if finding.assessment else "open, something is held"]
    if finding.priority is not Priority.NORMAL:
        parts.append(f"{finding.priority}" if finding.priority is Priority.URGENT else "high priority")
    if finding.conflict:
        parts.append("people hold different views")
    return ", ".join(parts)


def list_lines(record: VisitRecord, leg: Leg, view: View, here: Item) -> list[str]:
    """The items of a part of the walk, each with its state; the number in front is the one to go to."""
    lines = [f"{leg.title}, {count(len(leg.items), 'item')}:"]
    for place, item in enumerate(leg.items, 1):
        number = item.number if view is View.THEME else place
        stands = f"{number}. {item.short}: {state_of(item, record.findings.get(item.id))}."
        lines.append(f"  {stands}{' You are here.' if item.id == here.id else ''}")
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
    lines.append(f"{'Clauses' if len(item.clauses) > 1 else 'Clause'} {', '.join(item.clauses)}, {item.strength}.")
    if item.grave:
        lines.append("Grave: where the answer is no, somebody is in danger now.")
    if item.private_only:
        lines.append("Raise this in a private interview only.")
    if not item.applies:
        lines.append(f"Does not apply: {item.reason or ''}")
    lines.append(item.ask)
    if view is View.PLACE:
        lines += _list("Look", item.look)
    elif view is View.PERSON:
        lines += _list("Ask", item.talk_to.get(Person(leg.key), ()))
    lines += _held(item, finding, whole) if finding else ["Nothing is held yet."]
    for wanted in record.recommendations:
        if item.id in wanted.findings:
            due = f" by {wanted.due}" if wanted.due else ""
            lines += [f"Recommendation {wanted.number}, to {wanted.addressee}{due}:", *typed(wanted.text, whole=whole)]
    return lines


def guide_lines(checklist: Checklist, item: Item, wording: Mapping[str, Wording]) -> list[str]:
    """How to find out, what to mind, and what the clause says.

    Args:
        checklist: the visit's.
        item: the item.
        wording: the clauses' texts, where the user imported them.
    """
    lines = [f"Guide to {name_of(checklist, item)}.", *filter(None, [mark_of(item)])]
    if item.private_only:
        lines.append("Raise this in a private interview only.")
    lines += _list("Look", item.look)
    for person, questions in item.talk_to.items():
        lines += _list(f"Ask {person.label.lower()}", questions)
    lines += _list("Read", item.records)
    lines += _list("Red flags", item.red_flags)
    lines += _list("They say, and how to test it", (f"“{claim}” Test: {test}" for claim, test in item.they_say))
    lines += _list("Why it matters", (item.why,))
    for clause in item.clauses:
        if clause in checklist.clauses:
            lines += _list(f"{clause} in our words", (checklist.clauses[clause].means,))
        if clause in wording:
            lines += _list(f"{clause}, {wording[clause].label}", (wording[clause].text,))
    lines += _list(
        "Other bodies ask, not part of the rule", (f"{figure} ({source})" for figure, source in item.benchmarks)
    )
    if item.measure:
        lines.append(f"Measure: {item.measure[0]}, in {item.measure[1]}.")
    if item.theme in checklist.themes:
        lines += _list("Do no harm", checklist.themes[item.theme].care)
    return lines


def typed(text: str, *, whole: bool = True) -> list[str]:
    """What somebody typed, line by line and indented.

    Args:
        text: to the letter.
        whole: to the end; else a long text is cut, and how much is missing is told.
    """
    if whole or len(text) <= _SHORT:
        return [f"  {line}" for line in text.split("\n")]
    head, space, _ = text[:_SHORT].rpartition(" ")
    shown = head if space else text[:_SHORT]
    rest = f"… and {len(text) - len(shown):,} more characters: “more” tells all."
    return [*(f"  {line}" for line in shown.split("\n")), rest]


def moment(stamp: str) -> str:
    """A journal stamp in this laptop's time: ``4 Nov 2026 10:40``."""
    when = datetime.fromisoformat(stamp[:-5].replace("Z", "+00:00")).astimezone()
    return f"{when.day} {when:%b %Y %H:%M}"


def count(number: int, noun: str) -> str:
    """A number with its noun: ``1 item``, ``3 items``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _held(item: Item, finding: Finding, whole: bool) -> list[str]:
    judged = f", by {finding.author}, {moment(finding.recorded)}" if finding.assessment else ""
    lines = [f"Held: {state_of(item, finding)}{judged}."]
    if finding.reason:
        lines.append(f"Reason: {finding.reason}")
    if finding.conflict:
        lines.append("Different views, the newest first; what you record replaces those told here:")
        for side in finding.conflict.sides:
            lines += _side(side, whole)
    if finding.narrative:
        lines += ["Note:", *typed(finding.narrative, whole=whole)]
    sources = finding.evidence if whole else finding.evidence[-_NEWEST:]
    if sources:
        kinds = count(len(source_kinds(finding)), "kind")
        lines.append(f"{count(len(finding.evidence), 'source')} of {kinds}, the newest first:")
    elif finding.assessment:
        lines.append("No source yet.")
    for source in reversed(sources):
        lines += _source(source, whole)
    if len(sources) < len(finding.evidence):
        rest = count(len(finding.evidence) - len(sources), "earlier source")
        lines.append(f"… and {rest}: “more” tells all.")
    return lines


def _list(title: str, texts: Iterable[str]) -> list[str]:
    held = [text for text in texts if text]
    return [f"{title}:", *(f"  {text}" for text in held)] if held else []


def _side(side: Side, whole: bool) -> list[str]:
    value = str(side.value.get("assessment") or side.value.get("priority") or "no judgement").replace("-", " ")
    said = [str(side.value[name]) for name in ("reason", "narrative") if side.value.get(name)]
    lines = [f"{side.author}, {moment(side.stamp)}: {value}."]
    for text in said:
        lines += typed(text, whole=whole)
    return lines


def _source(source: Evidence, whole: bool) -> list[str]:
    about = [source.kind.label, source.interviewee, source.group, source.place, source.when or moment(source.recorded)]
    if source.kind.needs_consent:
        about.append(f"consent: {source.consent.label.removeprefix('no consent: ')}")
    if source.attachment:
        about.append(f"file: {source.attachment.name}")
    told = ", ".join(filter(None, about))
    return [f"{told[0].upper()}{told[1:]}:", *(typed(source.note, whole=whole) if source.note else [])]

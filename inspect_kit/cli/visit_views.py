"""A visit's record as JSON, and as text for a terminal."""

from dataclasses import asdict
from typing import Any

from inspect_kit.analysis import progress, self_check
from inspect_kit.cli.printing import plural, show, show_block, show_heading, show_table
from inspect_kit.model import (
    Assessment,
    Conflict,
    Consent,
    Evidence,
    Finding,
    Item,
    Priority,
    Recommendation,
    VisitRecord,
)


def as_document(record: VisitRecord) -> dict[str, Any]:
    """The record as plain JSON values, in the shape that ``visit show --json`` promises."""
    items = {item.id: item for item in record.checklist.items}
    plan = record.plan
    return {
        "id": record.id,
        "facility": plan.facility.name,
        "facility_id": plan.facility.id,
        "kind": plan.kind.value,
        "state": record.state.value,
        "starts": plan.starts,
        "ends": plan.ends,
        "announced": plan.announced,
        "purpose": plan.purpose,
        "follow_up": plan.follow_up,
        "team": [asdict(member) | {"role": member.role.value} for member in record.team.members],
        "team_remark": record.team.remark,
        "scope": record.checklist.as_json()["scope"],
        "checklist": record.checklist.id,
        "progress": _progress(record),
        "findings": [_finding(finding, items.get(finding.item)) for finding in _in_order(record)],
        "recommendations": [_recommendation(found) for found in record.recommendations],
        "account": asdict(record.account),
        "quick_notes": [asdict(waiting) for waiting in record.jottings],
        "conflicts": [{"subject": found.subject} | _conflict(found) for found in record.conflicts],
    }


def _progress(record: VisitRecord) -> dict[str, Any]:
    state = progress(record)
    return {
        "items": state.items,
        "done": state.done,
        "urgent": state.urgent,
        "evidence": state.evidence,
        "conflicts": state.conflicts,
        "themes": [asdict(theme) for theme in state.themes],
    }


def _finding(finding: Finding, item: Item | None) -> dict[str, Any]:
    return {
        "item": finding.item,
        "clauses": list(item.clauses) if item else [],
        "assessment": finding.assessment.value if finding.assessment else None,
        "reason": finding.reason,
        "narrative": finding.narrative,
        "priority": finding.priority.value,
        "author": finding.author,
        "recorded": finding.recorded,
        "conflict": _conflict(finding.conflict) if finding.conflict else None,
        "contradiction": finding.contradiction,
        "review": _review(finding),
        "evidence": [_evidence(source) for source in finding.evidence],
    }


def _review(finding: Finding) -> dict[str, Any] | None:
    review = finding.review
    if review is None:
        return None
    return {
        "verdict": review.verdict.value,
        "comment": review.comment,
        "author": review.author,
        "recorded": review.recorded,
        "current": finding.reviewed is not None,
    }


def _conflict(conflict: Conflict) -> dict[str, Any]:
    return {"aspect": conflict.aspect, "sides": [asdict(side) for side in conflict.sides]}


def _evidence(source: Evidence) -> dict[str, Any]:
    return {
        "id": source.id,
        "kind": source.kind.value,
        "note": source.note,
        "place": source.place,
        "when": source.when,
        "group": source.group,
        "interviewee": source.interviewee,
        "consent": source.consent.value,
        "attachment": asdict(source.attachment) if source.attachment else None,
        "author": source.author,
        "recorded": source.recorded,
    }


def _recommendation(found: Recommendation) -> dict[str, Any]:
    return {
        "id": found.id,
        "number": found.number,
        "text": found.text,
        "to": found.addressee,
        "due": found.due or None,
        "priority": found.priority.value,
        "findings": list(found.findings),
        "author": found.author,
        "recorded": found.recorded,
        "response": None,
        "progress": [],
    }


def print_visit(record: VisitRecord) -> None:
    """Print the record for reading, wrapped to the terminal."""
    plan, state = record.plan, progress(record)
    place = ", ".join(filter(None, (plan.facility.place, plan.facility.country)))
    days = plan.starts if plan.ends == plan.starts else f"{plan.starts} to {plan.ends}"
    show_block(plan.facility.name + (f", {place}" if place else ""), style="bold")
    _field("Visit", record.id)
    _field("Kind", f"{plan.kind.label}, {days}, {'announced' if plan.announced else 'unannounced'}")
    _field("Follows up", plan.follow_up)
    _field("Purpose", plan.purpose)
    _field(
        "State",
        f"{record.state}, {state.done} of {plural(state.items, 'item')} judged, {plural(state.evidence, 'source')}",
    )
    _field("Urgent", plural(state.urgent, "finding") if state.urgent else "")
    _field("Conflicts", f"{state.conflicts} where people hold different views" if state.conflicts else "")
    _field("To sort", f"{plural(len(record.jottings), 'quick note')}: “inbox” lists them" if record.jottings else "")
    _print_team(record)
    show_heading("Themes")
    show_table(
        ("Theme…", "Id", "Done", "Urgent"),
        ((theme.title, theme.theme, f"{theme.done}/{theme.items}", theme.urgent or "") for theme in state.themes),
        numbers=(2, 3),
    )
    _print_findings(record)
    _print_recommendations(record)
    for title, text in asdict(record.account).items():
        if text:
            show_heading(title.replace("_", " ").capitalize())
            show_block(text)


def _print_team(record: VisitRecord) -> None:
    show_heading("Team")
    for member in record.team.members:
        sex = {True: "woman", False: "man", None: ""}[member.woman]
        show_block(", ".join(filter(None, (member.name, member.role.value, sex, member.profession))), 2, "·")
    if record.team.members:
        show_block(self_check(record.team).sentence, 2)
    else:
        show_block("Nobody is named yet.", 2)
    if record.team.remark:
        show_block(record.team.remark, 2)


def _print_findings(record: VisitRecord) -> None:
    items = {item.id: item for item in record.checklist.items}
    findings = _in_order(record)
    show_heading(f"Findings: {plural(len(findings), 'item')} with something recorded")
    for finding in findings:
        item = items.get(finding.item)
        show()
        judged = finding.assessment.label if finding.assessment else "not judged yet"
        loud = finding.assessment in (Assessment.NOT_MET, Assessment.PARTLY_MET)
        title = f"{finding.item}: {judged.upper() if loud else judged}"
        if finding.priority is not Priority.NORMAL:
            title += f", {finding.priority}"
        show_block(title, style="bold")
        if item:
            show_block(f"{item.ask} ({', '.join(item.clauses)})", 2)
        if finding.reason:
            show_block(f"Reason: {finding.reason}", 2)
        if finding.narrative:
            show_block(finding.narrative, 2)
        for source in finding.evidence:
            show_block(_source_line(source), 4, "  ·")
        if finding.contradiction:
            show_block("The sources contradict each other.", 2)
        if finding.review:
            changed = "" if finding.reviewed else "; the judgement has changed since"
            said = f": {finding.review.comment}" if finding.review.comment else ""
            show_block(f"{finding.review.verdict.capitalize()} by {finding.review.author}{said}{changed}", 2)
        if finding.conflict:
            show_block(f"Different views on the {finding.conflict.aspect}; the newest is shown above:", 2)
            for side in finding.conflict.sides:
                said = ", ".join(str(value) for value in side.value.values() if value)
                show_block(f"{side.author}, {_moment(side.stamp)}: {said}", 4, "  ≠")


def _print_recommendations(record: VisitRecord) -> None:
    if not record.recommendations:
        return
    show_heading("Recommendations")
    for found in record.recommendations:
        due = f"by {found.due}" if found.due else "no date"
        priority = "" if found.priority is Priority.NORMAL else f", {found.priority}"
        rests = f" (rests on {', '.join(found.findings)})" if found.findings else ""
        show_block(f"To {found.addressee}, {due}{priority}: {found.text}{rests}", 4, f"{found.number}.")


def _source_line(source: Evidence) -> str:
    about = [source.kind.label, source.interviewee, source.group, source.place, source.when]
    line = ", ".join(filter(None, about))
    if source.note:
        line += f": {source.note}"
    if source.attachment:
        line += f" [file: {source.attachment.name}]"
    if source.kind.needs_consent:
        label = source.consent.label
        line += f" ({label})" if source.consent is Consent.NONE else f" (consent: {label})"
    return line


def _in_order(record: VisitRecord) -> list[Finding]:
    """Findings in the order of the checklist; those whose item left it come last."""
    place = {item.id: number for number, item in enumerate(record.checklist.items)}
    return sorted(record.findings.values(), key=lambda finding: (place.get(finding.item, len(place)), finding.item))


def _field(label: str, value: str) -> None:
    if value:
        show_block(value, 12, label)


def _moment(stamp: str) -> str:
    return f"{stamp[:16].replace('T', ' ')} UTC"

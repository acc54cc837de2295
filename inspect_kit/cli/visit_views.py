"""A visit's record as JSON, and as text for a terminal."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from inspect_kit.analysis import progress, self_check
from inspect_kit.cli.printing import show, show_block, show_fields, show_heading, show_table
from inspect_kit.language import _, ngettext
from inspect_kit.model import (
    Assessment,
    Conflict,
    Consent,
    Evidence,
    Finding,
    Item,
    Priority,
    Recommendation,
    Response,
    Review,
    Verdict,
    VisitRecord,
)


def as_document(record: VisitRecord, responses: Sequence[Response] = ()) -> dict[str, Any]:
    """The record as plain JSON values, in the shape that ``visit show --json`` promises.

    Args:
        record: the visit.
        responses: what the authority said of its reports.
    """
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
        "findings": [_finding(finding, items.get(finding.item), responses) for finding in _in_order(record)],
        "recommendations": [_recommendation(found, responses) for found in record.recommendations],
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


def comment_as_json(response: Response) -> dict[str, Any]:
    """A comment of the authority as plain JSON values, in the shape that ``comments list --json`` promises."""
    comment = asdict(response.comment)
    return {
        "id": response.id,
        **comment,
        "accepted": response.accepted,
        "reason": response.reason,
        "decided": response.decided,
        "taken_in": response.taken_in,
        "recorded": response.recorded,
    }


def print_comment(response: Response, indent: int = 0) -> None:
    """Print a comment of the authority and the team's decision, for reading."""
    facts = {"yes": _("the facts are right"), "no": _("the facts are not right")}.get(response.comment.accurate, "")
    said = ": ".join(filter(None, (facts, response.comment.text)))
    show_block(_("The authority ({id}): {said}", id=response.id[-6:], said=said), indent + 4, " " * indent + "  ›")
    if response.accepted is None:
        show_block(_("Not decided yet."), indent + 4)
    elif response.accepted:
        told = _("Accepted by {author}: {reason}", author=response.decided, reason=response.reason)
        show_block(told, indent + 4)
    else:
        told = _("Refused by {author}: {reason}", author=response.decided, reason=response.reason)
        show_block(told, indent + 4)


def _finding(finding: Finding, item: Item | None, responses: Sequence[Response]) -> dict[str, Any]:
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
        "comments": [comment_as_json(one) for one in responses if one.comment.item == finding.item],
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


def _recommendation(found: Recommendation, responses: Sequence[Response]) -> dict[str, Any]:
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
        "comments": [comment_as_json(one) for one in _on_recommendation(found, responses)],
    }


def _on_recommendation(found: Recommendation, responses: Sequence[Response]) -> Iterable[Response]:
    return (one for one in responses if not one.comment.item and one.comment.recommendation == found.number)


def print_visit(record: VisitRecord, responses: Sequence[Response] = ()) -> None:
    """Print the record for reading, wrapped to the terminal.

    Args:
        record: the visit.
        responses: what the authority said of its reports.
    """
    plan, state = record.plan, progress(record)
    days = plan.starts
    if plan.ends != plan.starts:
        # Translators: two dates: 2026-11-04 to 2026-11-06
        days = _("{first} to {last}", first=plan.starts, last=plan.ends)
    judged = ngettext("{done} of {count} item judged", "{done} of {count} items judged", state.items, done=state.done)
    sources = ngettext("{count} source", "{count} sources", state.evidence)
    urgent = ngettext("{count} finding", "{count} findings", state.urgent)
    differ = ngettext(
        "{count} where people hold different views", "{count} where people hold different views", state.conflicts
    )
    to_sort = ngettext(
        "{count} quick note: “inbox” lists them", "{count} quick notes: “inbox” lists them", len(record.jottings)
    )
    # Translators: whether the facility knew of the visit
    announced = _("announced") if plan.announced else _("unannounced")
    name = ", ".join(filter(None, (plan.facility.name, plan.facility.place, plan.facility.country)))
    show_block(name, style="bold")
    show_fields(
        (
            (_("Visit"), record.id),
            (_("Kind"), f"{plan.kind.label}, {days}, {announced}"),
            # Translators: before the id of the earlier visit that this one follows up
            (_("Follows up"), plan.follow_up),
            (_("Purpose"), plan.purpose),
            (_("State"), f"{record.state.label}, {judged}, {sources}"),
            (_("Urgent"), urgent if state.urgent else ""),
            (_("Conflicts"), differ if state.conflicts else ""),
            # Translators: before the number of quick notes that wait to be sorted
            (_("To sort"), to_sort if record.jottings else ""),
        ),
        12,
    )
    _print_team(record)
    show_heading(_("Themes"))
    show_table(
        (_("Theme"), _("Id"), _("Done"), _("Urgent")),
        ((theme.title, theme.theme, f"{theme.done}/{theme.items}", theme.urgent or "") for theme in state.themes),
        numbers=(2, 3),
        wraps=(0,),
    )
    _print_findings(record, responses)
    _print_recommendations(record, responses)
    _print_conflicts(record)
    titles = account_parts()
    for part, text in asdict(record.account).items():
        if text:
            show_heading(titles[part])
            show_block(text)


def account_parts() -> dict[str, str]:
    """What the parts of a visit's account are called."""
    return {
        "overview": _("Overview"),
        # Translators: how the facility received the team
        "cooperation": _("Cooperation"),
        "good_practice": _("Good practice"),
        # Translators: what could not be seen or done
        "limits": _("Limits"),
    }


def _print_team(record: VisitRecord) -> None:
    show_heading(_("Team"))
    for member in record.team.members:
        sex = {True: _("woman"), False: _("man"), None: ""}[member.woman]
        show_block(", ".join(filter(None, (member.name, member.role.label, sex, member.profession))), 2, "·")
    if record.team.members:
        show_block(self_check(record.team).sentence, 2)
    else:
        show_block(_("Nobody is named yet."), 2)
    if record.team.remark:
        show_block(record.team.remark, 2)


def _print_findings(record: VisitRecord, responses: Sequence[Response]) -> None:
    items = {item.id: item for item in record.checklist.items}
    findings = _in_order(record)
    show_heading(
        ngettext(
            "Findings: {count} item with something recorded",
            "Findings: {count} items with something recorded",
            len(findings),
        )
    )
    for finding in findings:
        item = items.get(finding.item)
        show()
        judged = finding.assessment.label if finding.assessment else _("not judged yet")
        loud = finding.assessment in (Assessment.NOT_MET, Assessment.PARTLY_MET)
        title = f"{finding.item}: {judged.upper() if loud else judged}"
        if finding.priority is not Priority.NORMAL:
            title += f", {finding.priority.label}"
        show_block(title, style="bold")
        if item:
            show_block(f"{item.ask} ({', '.join(item.clauses)})", 2)
        if finding.reason:
            show_block(_("Reason: {reason}", reason=finding.reason), 2)
        if finding.narrative:
            show_block(finding.narrative, 2)
        for source in finding.evidence:
            show_block(_source_line(source), 4, "  ·")
        if finding.contradiction:
            show_block(_("The sources contradict each other."), 2)
        for response in responses:
            if response.comment.item == finding.item:
                print_comment(response, 2)
        if finding.review:
            show_block(_reviewed(finding, finding.review), 2)
        if finding.conflict:
            show_block(_differ(finding.conflict), 2)
            for side in finding.conflict.sides:
                said = ", ".join(str(value) for value in side.value.values() if value)
                show_block(f"{side.author}, {_moment(side.stamp)}: {said}", 4, "  ≠")


def _print_conflicts(record: VisitRecord) -> None:
    if not record.conflicts:
        return
    show_heading(_("Different views"))
    for conflict in record.conflicts:
        show_block(f"{conflict.subject}, {conflict.aspect}", style="bold")
        for side in conflict.sides:
            said = ", ".join(str(value) for value in side.value.values() if value) or side.kind
            show_block(f"{side.entry[:12]}  {side.author}, {_moment(side.stamp)}: {said}", 4, "  ≠")
    show_block(
        _("“settle {visit} SUBJECT --take ENTRY” takes one side; the others stay in the journal.", visit=record.id)
    )


def _print_recommendations(record: VisitRecord, responses: Sequence[Response]) -> None:
    if not record.recommendations:
        return
    show_heading(_("Recommendations"))
    for found in record.recommendations:
        # Translators: by when a recommendation shall be carried out
        due = _("by {date}", date=found.due) if found.due else _("no date")
        priority = "" if found.priority is Priority.NORMAL else f", {found.priority.label}"
        rests = ""
        if found.findings:
            rests = " " + _("(rests on {items})", items=", ".join(found.findings))
        # Translators: to whom a recommendation goes
        addressee = _("To {addressee}", addressee=found.addressee)
        show_block(f"{addressee}, {due}{priority}: {found.text}{rests}", 4, f"{found.number}.")
        for response in _on_recommendation(found, responses):
            print_comment(response, 4)


def _source_line(source: Evidence) -> str:
    about = [source.kind.label, source.interviewee, source.group, source.place, source.when]
    line = ", ".join(filter(None, about))
    if source.note:
        line += f": {source.note}"
    if source.attachment:
        line += " " + _("[file: {name}]", name=source.attachment.name)
    if source.kind.needs_consent:
        label = source.consent.label
        told = label if source.consent is Consent.NONE else _("consent: {consent}", consent=label)
        line += f" ({told})"
    return line


def _in_order(record: VisitRecord) -> list[Finding]:
    """Findings in the order of the checklist; those whose item left it come last."""
    place = {item.id: number for number, item in enumerate(record.checklist.items)}
    return sorted(record.findings.values(), key=lambda finding: (place.get(finding.item, len(place)), finding.item))


def _reviewed(finding: Finding, review: Review) -> str:
    said: dict[str, object] = {"author": review.author, "comment": review.comment}
    if review.verdict is Verdict.ACCEPTED:
        told = _("Accepted by {author}: {comment}", **said) if review.comment else _("Accepted by {author}", **said)
    else:
        told = _("Returned by {author}: {comment}", **said) if review.comment else _("Returned by {author}", **said)
    if finding.reviewed is None:
        told = _("{review}; the judgement has changed since", review=told)
    return told


def _differ(conflict: Conflict) -> str:
    return {
        "judgement": _("Different views on the judgement; the newest is shown above:"),
        "priority": _("Different views on the priority; the newest is shown above:"),
        # Translators: whether the sources contradict each other
        "contradiction": _("Different views on the contradiction; the newest is shown above:"),
        "review": _("Different views on the review; the newest is shown above:"),
    }.get(conflict.aspect) or _("Different views; the newest is shown above:")


def _moment(stamp: str) -> str:
    return f"{stamp[:16].replace('T', ' ')} UTC"

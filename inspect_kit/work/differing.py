"""What the sides of a conflict say, in words: the same on every screen and in plain lines."""

from collections.abc import Iterator
from typing import Any

from inspect_kit.language import _, day, days, ngettext, thousands
from inspect_kit.model import (
    Assessment,
    Conflict,
    Consent,
    Group,
    Item,
    Priority,
    Side,
    Verdict,
    VisitKind,
    VisitRecord,
)


def headline(side: Side) -> str:
    """The one thing that a side decides, in a few words: ``not met``, ``urgent``, ``withdrawn``."""
    value = side.value
    if side.kind.startswith("withdraw-"):
        return _("withdrawn")
    if "assessment" in value:
        return Assessment(value["assessment"]).label if value["assessment"] else _("no judgement")
    if side.kind == "prioritise":
        return Priority(value["priority"]).label
    if side.kind == "mark-contradiction":
        return _("sources contradict each other") if value["contradict"] else _("sources do not contradict")
    if side.kind == "review":
        return Verdict(value["verdict"]).label
    if side.kind == "set-consent":
        return Consent(value["consent"]).label
    if side.kind == "file-jotting":
        return {"filed": _("filed"), "discarded": _("thrown away")}.get(value["state"], _("to be sorted"))
    if side.kind == "freeze-checklist":
        applying = sum(bool(item["applies"]) for item in value["items"])
        return ngettext("{count} item to look at", "{count} items to look at", applying)
    if side.kind == "name-team":
        return ngettext("{count} member", "{count} members", len(value["members"]))
    if side.kind == "plan-visit":
        return VisitKind(value["kind"]).label
    return ""


def texts(side: Side) -> Iterator[tuple[str, str]]:
    """What a side says beyond its headline, as pairs of label and text.

    Args:
        side: of any kind of conflict.
    """
    value = side.value
    if side.kind == "judge":
        yield from _filled(((_("Reason"), value["reason"]), (_("Note"), value["narrative"])))
    elif side.kind == "review":
        yield from _filled(((_("Comment"), value["comment"]),))
    elif side.kind == "recommend":
        yield from _filled(
            (
                (_("Text"), value["text"]),
                (_("To"), value["addressee"]),
                (_("Due"), day(value["due"])),
                (_("Priority"), Priority(value["priority"]).label),
            )
        )
    elif side.kind == "account":
        yield from _filled(
            (
                (_("Overview"), value["overview"]),
                (_("Cooperation"), value["cooperation"]),
                (_("Good practice"), value["good_practice"]),
                (_("Limits"), value["limits"]),
            )
        )
    elif side.kind == "name-team":
        yield from _filled(
            ((_("Team"), ", ".join(one["name"] for one in value["members"])), (_("Remark"), value["remark"]))
        )
    elif side.kind == "plan-visit":
        yield from _filled(
            (
                (_("Days"), days(value["starts"], value["ends"])),
                (_("Held"), _held(value["facility"]["held"])),
                (_("Purpose"), value["purpose"]),
            )
        )
    elif side.kind == "describe-facility":
        yield from _filled(
            (
                (_("Facility"), value["name"]),
                (_("Town or region"), value["place"]),
                (_("Country"), value["country"]),
                (_("Run by"), value["authority"]),
                (_("Official capacity"), thousands(value["capacity"]) if value["capacity"] is not None else ""),
            )
        )
    elif side.kind == "profile-facility":
        yield from _filled(((_("Held"), _held(value["held"])),))


def in_order(record: VisitRecord) -> list[Conflict]:
    """What people differ on: findings in the checklist's order, then everything else.

    Args:
        record: the visit.
    """
    places = {f"finding:{item.id}": place for place, item in enumerate(record.checklist.items)}
    return sorted(record.conflicts, key=lambda conflict: places.get(conflict.subject, len(places)))


def title(conflict: Conflict, record: VisitRecord) -> str:
    """What people differ on, for a heading.

    Args:
        conflict: one of the visit's.
        record: the visit.
    """
    of, _sep, name = conflict.subject.partition(":")
    items = {item.id: item for item in record.checklist.items}
    if of == "finding":
        return _label(items.get(name), name, record)
    if of == "recommendation":
        found = next((one for one in record.recommendations if one.id == name), None)
        return _("Recommendation {number}", number=found.number) if found else _("Recommendation")
    if of == "evidence":
        source = next((one for f in record.findings.values() for one in f.evidence if one.id == name), None)
        about = _label(items.get(source.item), source.item, record) if source else ""
        return _("Evidence for {item}", item=about) if about else _("Evidence")
    if of == "jotting":
        return _("Quick note")
    return {
        "plan": _("The visit's plan"),
        "team": _("The team"),
        "checklist": _("The checklist"),
        "account": _("The account of the visit"),
    }.get(conflict.aspect, _("The visit"))


def aspect(conflict: Conflict) -> str:
    """Which part of it people differ on, in a word."""
    return {
        "judgement": _("judgement"),
        "priority": _("priority"),
        "contradiction": _("contradiction"),
        "review": _("review"),
        "recommendation": _("wording"),
        "consent": _("consent"),
        "evidence": _("withdrawal"),
        "filing": _("filing"),
    }.get(conflict.aspect, "")


def question(conflict: Conflict, record: VisitRecord) -> str:
    """The item's question, where people differ on a finding; else empty."""
    name = conflict.subject.partition(":")[2]
    return next((item.ask for item in record.checklist.items if item.id == name), "")


def _label(item: Item | None, name: str, record: VisitRecord) -> str:
    return f"{record.checklist.title(item.theme)} {item.number}" if item else name


def _held(held: dict[str, Any]) -> str:
    return ", ".join(f"{Group(group).label} {number}" for group, number in held.items())


def _filled(pairs: Any) -> Iterator[tuple[str, str]]:
    return ((label, text) for label, text in pairs if text)

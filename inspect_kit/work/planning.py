"""Planning a visit, and changing it: a checklist is generated and handed to the casebook."""

from dataclasses import replace

from inspect_kit.analysis import left_open
from inspect_kit.casebook import Casebook
from inspect_kit.checklist import Bank, generate, languages, load_banks, load_translated
from inspect_kit.errors import BadInputError, UnknownError
from inspect_kit.language import ENGLISH, _, chosen, ngettext
from inspect_kit.model import Checklist, Facility, Profile, Scope, Team, VisitPlan, VisitRecord
from inspect_kit.standards import load_standards


def language_for(wanted: str = "", earlier: Checklist | None = None) -> str:
    """Choose the language of a checklist.

    Args:
        wanted: two letters; empty takes that of the checklist which is replaced, for a colleague may work in another
            language, and else that of the interface, as far as there are items in it.
        earlier: the checklist that is replaced in mid-visit.

    Raises:
        UnknownError: when there are no items in the wanted language.
    """
    known = languages(load_standards())
    if wanted and wanted not in known:
        raise UnknownError(
            _(
                "No checklist in the language “{language}”: choose from {known}.",
                language=wanted[:20],
                known=", ".join(known),
            )
        )
    language = wanted or (earlier.language if earlier else chosen())
    return language if language in known else ENGLISH


def banks_in(language: str) -> tuple[Bank, ...]:
    """All item banks, ours and those that were added, in a language as far as they are translated."""
    standards = load_standards()
    return load_banks(*standards) if language == ENGLISH else load_translated(language, *standards)


def checklist_for(scope: Scope, profile: Profile, earlier: VisitRecord | None = None, language: str = "") -> Checklist:
    """Generate the checklist for a scope and a facility's profile, from our item banks and those that were added.

    Args:
        scope: what is looked at.
        profile: whom the facility holds.
        earlier: the visit whose checklist this one replaces; its items that hold anything stay as they are.
        language: two letters; empty chooses as ``language_for`` does.

    Raises:
        UnknownError: when a theme, rule or item is not known or has no items; when there are none in the language.
        BadInputError: when the time is impossible.
    """
    language = language_for(language, earlier.checklist if earlier else None)
    banks = banks_in(language)
    if earlier is None:
        return generate(banks, scope, profile, language=language)
    return generate(banks, scope, profile, earlier.checklist, tuple(earlier.findings), language)


def follow_up_scope(casebook: Casebook, visit: str, minutes: int = 0) -> Scope:
    """The scope of a visit that looks again at what an earlier one left open.

    Args:
        casebook: the open casebook.
        visit: the earlier visit's id.
        minutes: how long one inspector has; 0 means that time does not matter.

    Raises:
        UnknownError: when the visit is not known.
        BadInputError: when it left nothing open.
    """
    record = casebook.visit(visit)
    items = left_open(record)
    if not items:
        raise BadInputError(
            _(
                "The visit to {facility} of {date} left nothing open: choose themes or rules for this one.",
                facility=record.plan.facility.name,
                date=record.plan.starts,
            )
        )
    return Scope(items=items, minutes=minutes)


def plan_visit(casebook: Casebook, plan: VisitPlan, team: Team, scope: Scope, language: str = "") -> str:
    """Plan a visit to a facility of the casebook.

    Args:
        casebook: the open casebook.
        plan: when, why and where; its facility is frozen into the visit as it is now.
        team: who inspects.
        scope: what is looked at.
        language: that of its checklist, as in ``language_for``.

    Returns:
        The visit's id.

    Raises:
        BadInputError: when nothing would be inspected, or an earlier visit is missing for a follow-up.
    """
    if plan.follow_up:
        casebook.visit(plan.follow_up)
    return casebook.plan_visit(plan, team, checklist_for(scope, plan.facility.profile, language=language))


def change_visit(
    casebook: Casebook,
    visit: str,
    *,
    plan: VisitPlan | None = None,
    team: Team | None = None,
    scope: Scope | None = None,
    language: str = "",
) -> Checklist:
    """Change a visit in the middle of the work; every answer stays, word for word with its question.

    Args:
        casebook: the open casebook.
        visit: the visit's id.
        plan: the new plan, with whom the facility holds; None keeps the old.
        team: the new team; None keeps the old.
        scope: what is looked at from now on; None keeps the old.
        language: that of its checklist from now on; empty keeps the old.

    Returns:
        The new checklist.

    Raises:
        UnknownError: when the visit, a theme or a rule is not known.
        BadInputError: when nothing would be left to inspect.
    """
    record = casebook.visit(visit)
    profile = (plan or record.plan).facility.profile
    checklist = checklist_for(scope or record.checklist.scope, profile, record, language)
    casebook.change_visit(visit, plan=plan, team=team, checklist=checklist)
    return checklist


def existing_or_new(casebook: Casebook, facility: Facility) -> Facility:
    """Record a facility that is new here, or bring one of the same name up to date.

    Returns:
        The facility with its id.

    Raises:
        BadInputError: when several facilities have that name.
    """
    same = [known for known in casebook.facilities() if known.name == facility.name]
    if len(same) > 1:
        raise BadInputError(
            ngettext(
                "{count} facility is called “{name}”: choose one from the list.",
                "{count} facilities are called “{name}”: choose one from the list.",
                len(same),
                name=facility.name,
            )
        )
    if same:
        facility = replace(facility, id=same[0].id)
    return casebook.facility(casebook.add_facility(facility))

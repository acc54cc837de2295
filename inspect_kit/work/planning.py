"""Planning a visit: a checklist is generated and handed to the casebook."""

from dataclasses import replace

from inspect_kit.casebook import Casebook
from inspect_kit.checklist import generate, load_banks
from inspect_kit.errors import BadInputError
from inspect_kit.model import Checklist, Facility, Profile, Scope, Team, VisitPlan
from inspect_kit.standards import load_standard


def checklist_for(scope: Scope, profile: Profile) -> Checklist:
    """Generate the checklist of the Bangkok Rules for a scope and a facility's profile.

    Raises:
        UnknownError: when a theme or rule is not known or has no items.
    """
    standard = load_standard()
    return generate(standard, load_banks(standard), scope, profile)


def plan_visit(casebook: Casebook, plan: VisitPlan, team: Team, scope: Scope) -> str:
    """Plan a visit to a facility of the casebook.

    Args:
        casebook: the open casebook.
        plan: when, why and where; its facility is frozen into the visit as it is now.
        team: who inspects.
        scope: what is looked at.

    Returns:
        The visit's id.

    Raises:
        BadInputError: when nothing would be inspected, or an earlier visit is missing for a follow-up.
    """
    if plan.follow_up:
        casebook.visit(plan.follow_up)
    return casebook.plan_visit(plan, team, checklist_for(scope, plan.facility.profile))


def existing_or_new(casebook: Casebook, facility: Facility) -> Facility:
    """Record a facility that is new here, or bring one of the same name up to date.

    Returns:
        The facility with its id.

    Raises:
        BadInputError: when several facilities have that name.
    """
    same = [known for known in casebook.facilities() if known.name == facility.name]
    if len(same) > 1:
        raise BadInputError(f"{len(same)} facilities are called “{facility.name}”: choose one from the list.")
    if same:
        facility = replace(facility, id=same[0].id)
    return casebook.facility(casebook.add_facility(facility))

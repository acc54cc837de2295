"""What of a visit's record may enter which edition."""

from dataclasses import dataclass, replace

from inspect_kit.analysis.harm.found import FEW
from inspect_kit.model import (
    Attachment,
    Conflict,
    Edition,
    Evidence,
    EvidenceKind,
    Finding,
    Group,
    Item,
    Profile,
    VisitRecord,
)

ELSEWHERE = ""
"""Stands for all items on which it is not said that sources were left out."""


@dataclass(frozen=True)
class Disclosed:
    """A visit's record as one readership may see it.

    Attributes:
        visit: the record without the sources, names, times and counts that may not be shown.
        withheld: how many sources of each item were left out, by item id; under ``ELSEWHERE`` those of items that
            concern so few people that the number alone would tell that one of them spoke.
        held: how many women and girls are held in all; None where that is not known or would tell who somebody is.
        few: groups of whom so few are held, or so few are not, that their number is not told.
    """

    visit: VisitRecord
    withheld: dict[str, int]
    held: int | None = None
    few: tuple[Group, ...] = ()


def disclose(visit: VisitRecord, edition: Edition) -> Disclosed:
    """Take out what nobody agreed to show to this edition's readers, and what could tell them who somebody is.

    What a person said, and photographs, enter only where consent reaches that far. Outside the team nobody learns
    where and when somebody was talked to, who of the team recorded what, and how many are in a group of fewer than
    five; a code without place and time leads to nobody. In the public edition interviewees lose code and group as well,
    and files their names. Pictures and recordings that hang on other kinds of evidence, for which nobody was asked,
    stay in the internal edition.

    Args:
        visit: the whole record.
        edition: the readership.
    """
    profile = visit.plan.facility.profile
    whole = Counts(profile, _total(profile), ())
    counts = whole if edition is Edition.INTERNAL else without_small_groups(profile)
    findings = {}
    withheld: dict[str, int] = {}
    concerned = {item.id: item for item in visit.checklist.items}
    for item, finding in visit.findings.items():
        shown = tuple(_guard(source, edition, profile) for source in finding.evidence if source.may_enter(edition))
        if len(shown) < len(finding.evidence):
            tells = edition is not Edition.INTERNAL and item in concerned and concerns_few(concerned[item], profile)
            where = ELSEWHERE if tells else item
            withheld[where] = withheld.get(where, 0) + len(finding.evidence) - len(shown)
        findings[item] = replace(finding, evidence=shown)
    visit = replace(visit, findings=findings)
    if edition is not Edition.INTERNAL:
        facility = replace(visit.plan.facility, profile=counts.profile)
        visit = _without_authors(replace(visit, plan=replace(visit.plan, facility=facility)), edition)
    return Disclosed(visit, withheld, counts.held, counts.few)


@dataclass(frozen=True)
class Counts:
    """How many of each group are held, as far as that tells nobody who somebody is.

    Attributes:
        profile: the groups whose number may be told.
        held: women and girls in all; None where unknown or not told.
        few: the groups whose number is not told.
    """

    profile: Profile
    held: int | None
    few: tuple[Group, ...]


def without_small_groups(profile: Profile) -> Counts:
    """Leave out counts of fewer than five, and those from which such a count follows by subtraction.

    The total of women and girls stands beside the groups, and each group beside the rest of all who are held: where the
    rest is one to four, the group's own number is left out as well. Nought is told: it points to nobody.

    Args:
        profile: who is held.
    """
    total = _total(profile)
    if total is not None and total < FEW:
        return Counts(Profile(), None, tuple(group for group, number in profile.held.items() if number))
    few = tuple(
        group
        for group, number in profile.held.items()
        if 0 < number < FEW or (total is not None and 0 < total - number < FEW)
    )
    told = {group: number for group, number in profile.held.items() if group not in few}
    return Counts(Profile(told), total, few)


def _total(profile: Profile) -> int | None:
    """Women and girls are the whole; every other group is counted among them."""
    if Group.WOMEN not in profile.held:
        return None
    return profile.held[Group.WOMEN] + profile.held.get(Group.GIRLS, 0)


def concerns_few(item: Item, profile: Profile) -> bool:
    """Whether an item is about groups of whom fewer than five are held, as far as their number is known."""
    numbers = [profile.held.get(group) for group in item.applies_to]
    return bool(numbers) and None not in numbers and sum(filter(None, numbers)) < FEW


def _without_authors(visit: VisitRecord, edition: Edition) -> VisitRecord:
    """Leave out who of the team recorded what, and when."""
    findings = {item: _anonymous(finding, edition) for item, finding in visit.findings.items()}
    wanted = tuple(replace(one, author="", recorded="") for one in visit.recommendations)
    conflicts = tuple(_sides(conflict, edition) for conflict in visit.conflicts)
    return replace(visit, findings=findings, recommendations=wanted, conflicts=conflicts)


def _anonymous(finding: Finding, edition: Edition) -> Finding:
    conflict = _sides(finding.conflict, edition) if finding.conflict else None
    return replace(finding, author="", recorded="", review=None, conflict=conflict)


def _sides(conflict: Conflict, edition: Edition) -> Conflict:
    public = edition is Edition.PUBLIC
    sides = tuple(replace(side, author="" if public else side.author, stamp="") for side in conflict.sides)
    return replace(conflict, sides=sides)


def _shows_people(attachment: Attachment | None) -> bool:
    """Whether a file could show or let hear somebody; under such a kind of evidence nobody was asked for consent."""
    return attachment is not None and attachment.media_type.startswith(("image/", "audio/", "video/"))


def _guard(source: Evidence, edition: Edition, profile: Profile) -> Evidence:
    if edition is Edition.INTERNAL:
        return source
    if not source.kind.needs_consent and _shows_people(source.attachment):
        source = replace(source, attachment=None)
    source = replace(source, author="")
    if source.kind.is_interview:
        from inspect_kit.analysis.harm.groups import few_from  # its words are prepared only where they are needed

        # its id tells to the millisecond when it was recorded
        source = replace(source, id="", place="", when="", recorded="", attachment=None)
        inside = source.kind is not EvidenceKind.STAFF_INTERVIEW
        if inside and any(few_from(source.group, profile)):
            source = replace(source, group="")
    if edition is Edition.AUTHORITY:
        return source
    if source.kind.needs_consent:
        source = replace(source, place="", when="")
    if source.attachment:
        source = replace(source, attachment=replace(source.attachment, name=""))
    return replace(source, interviewee="", group="", recorded="")

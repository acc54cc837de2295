"""Do no harm: what in a note could tell a reader who somebody is; for screens, exports and reports alike.

It warns and never decides. It knows common names, ways of writing and the facility's own numbers, and misses what it
does not know. It reads English first, and names in other scripts where a title gives them away.
"""

import re
from collections.abc import Collection
from dataclasses import replace

from inspect_kit.analysis.harm.found import Harm, HarmKind, PlacedHarm
from inspect_kit.model import Evidence, EvidenceKind, Profile, VisitRecord

__all__ = ["Harm", "HarmKind", "PlacedHarm", "harms", "harms_of", "harms_of_source", "names_of"]

_CODE = r"[A-Za-z]{1,3}[ .-]?\d{1,5}[a-z]?"
_CODES = rf"{_CODE}(?:(?: ?[,;/&+] ?| and ){_CODE})*"
"""W7; or “W3, W7”."""


def harms(text: str, profile: Profile, group: str = "", names: Collection[str] = ()) -> tuple[Harm, ...]:
    """Find in a note what could tell a reader who somebody is; in linear time, and without ever raising.

    Args:
        text: the note.
        profile: who is held in the facility.
        group: from which group the interviewee comes, in the inspector's words.
        names: names that may stand in notes: the team's, the facility's, its place and country.

    Returns:
        First what the group tells, then the others in the order of the text.
    """
    # imported here, because a program that looks at no note need not prepare all these expressions when it starts
    from inspect_kit.analysis.harm.groups import few_from, few_in
    from inspect_kit.analysis.harm.names import names_in
    from inspect_kit.analysis.harm.numbers import births_in, numbers_in
    from inspect_kit.analysis.harm.reading import read

    words = read(text)
    found = [*names_in(text, words, names), *births_in(text), *numbers_in(text), *few_in(text, words, profile, names)]
    found.sort(key=lambda harm: harm.start)
    return (*few_from(group, profile), *found)


def harms_of_source(source: Evidence, profile: Profile, names: Collection[str] = ()) -> tuple[Harm, ...]:
    """Find what could tell who stands behind one source: by its code, its group, its note and its place.

    Args:
        source: as it was recorded, or as it is being typed.
        profile: as for ``harms``.
        names: as for ``harms``.

    Returns:
        Where they stand is told for those in the note; the others stand at 0.
    """
    inside = source.kind in (EvidenceKind.INTERVIEW, EvidenceKind.OTHER_INTERVIEW)
    code = source.interviewee.strip()
    return (
        *([Harm(HarmKind.NAME, 0, 0, code)] if code and not re.fullmatch(_CODES, code) else []),
        *harms(source.note, profile, source.group if inside else "", names),
        *(replace(harm, start=0, end=0) for harm in harms(source.place, Profile(), names=names)),
    )


def harms_of(visit: VisitRecord) -> tuple[PlacedHarm, ...]:
    """Find what could tell who somebody is in all texts of a visit's record, items first, in the checklist's order.

    Args:
        visit: the whole record.
    """
    names, profile = names_of(visit), visit.plan.facility.profile
    found: list[PlacedHarm] = []

    def look(item: str, field: str, text: str) -> None:
        found.extend(PlacedHarm(item, field, harm) for harm in harms(text, profile, names=names))

    for item in visit.checklist.items:
        finding = visit.findings.get(item.id)
        if finding is None:
            continue
        look(item.id, "narrative", finding.narrative)
        look(item.id, "reason", finding.reason)
        for number, source in enumerate(finding.evidence, 1):
            here = harms_of_source(source, profile, names)
            found.extend(PlacedHarm(item.id, f"evidence {number}", harm) for harm in here)
    for wanted in visit.recommendations:
        look("", f"recommendation {wanted.number}", wanted.text)
    account = visit.account
    look("", "overview", account.overview)
    look("", "cooperation", account.cooperation)
    look("", "good practice", account.good_practice)
    look("", "limits", account.limits)
    look("", "purpose", visit.plan.purpose)
    look("", "remark on the team", visit.team.remark)
    return tuple(found)


def names_of(visit: VisitRecord) -> tuple[str, ...]:
    """The names that may stand in a visit's notes: the team's, the facility's, its place, country and authority."""
    facility = visit.plan.facility
    here = (facility.name, facility.place, facility.country, facility.authority)
    return (*(member.name for member in visit.team.members), *filter(None, here))

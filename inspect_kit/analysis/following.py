"""What an earlier visit left open, for a visit that follows it up."""

from inspect_kit.model import Assessment, Finding, VisitRecord

_OPEN = (Assessment.PARTLY_MET, Assessment.NOT_MET, Assessment.NOT_VERIFIED)


def left_open(visit: VisitRecord) -> tuple[str, ...]:
    """The ids of a visit's items that a follow-up looks at again, in the order of its checklist.

    These are the items that were not met, partly met or not verified, those on which people hold different views,
    and those on which a recommendation rests.

    Args:
        visit: the earlier visit.
    """
    asked = {item for wanted in visit.recommendations for item in wanted.findings}
    return tuple(item.id for item in visit.checklist.items if item.id in asked or _is_open(visit.findings.get(item.id)))


def _is_open(finding: Finding | None) -> bool:
    return finding is not None and (finding.assessment in _OPEN or finding.conflict is not None)

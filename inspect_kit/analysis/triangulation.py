"""How many independent kinds of source a finding rests on."""

from inspect_kit.model import EvidenceKind, Finding


def source_kinds(finding: Finding) -> tuple[EvidenceKind, ...]:
    """The different kinds of evidence under a finding, in the order of the model.

    One kind alone, however often, is one view; two or more support each other. Photographs count as
    observation, because both show what the team saw.
    """
    kinds = {EvidenceKind.OBSERVATION if e.kind is EvidenceKind.PHOTO else e.kind for e in finding.evidence}
    return tuple(kind for kind in EvidenceKind if kind in kinds)

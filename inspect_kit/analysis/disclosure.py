"""What of a visit's record may enter which edition."""

from dataclasses import dataclass, replace

from inspect_kit.model import Attachment, Edition, Evidence, EvidenceKind, VisitRecord


@dataclass(frozen=True)
class Disclosed:
    """A visit's record as one readership may see it.

    Attributes:
        visit: the record without the sources that may not be shown.
        withheld: how many sources of each item were left out, by item id.
    """

    visit: VisitRecord
    withheld: dict[str, int]


def disclose(visit: VisitRecord, edition: Edition) -> Disclosed:
    """Take out what nobody agreed to show to this edition's readers.

    What a person said, and photographs, enter only where consent reaches that far; in the public edition
    interviewees lose their codes, their group, the place and the time, and files lose their names. Pictures and
    recordings that hang on other kinds of evidence, for which nobody was asked, stay in the internal edition.

    Args:
        visit: the whole record.
        edition: the readership.
    """
    findings = {}
    withheld: dict[str, int] = {}
    for item, finding in visit.findings.items():
        shown = tuple(_guard(source, edition) for source in finding.evidence if source.may_enter(edition))
        if len(shown) < len(finding.evidence):
            withheld[item] = len(finding.evidence) - len(shown)
        findings[item] = replace(finding, evidence=shown)
    return Disclosed(replace(visit, findings=findings), withheld)


def _shows_people(attachment: Attachment | None) -> bool:
    """Whether a file could show or let hear somebody; under such a kind of evidence nobody was asked for consent."""
    return attachment is not None and attachment.media_type.startswith(("image/", "audio/", "video/"))


def _guard(source: Evidence, edition: Edition) -> Evidence:
    if edition is not Edition.INTERNAL and not source.kind.needs_consent and _shows_people(source.attachment):
        source = replace(source, attachment=None)
    if edition is not Edition.PUBLIC:
        return source
    if source.kind.needs_consent:
        attachment = source.attachment if source.kind is EvidenceKind.PHOTO else None
        source = replace(source, place="", when="", attachment=attachment)
    if source.attachment:
        source = replace(source, attachment=replace(source.attachment, name=""))
    return replace(source, interviewee="", group="", author="", recorded="")

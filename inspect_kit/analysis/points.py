"""What the team has to look at before an edition leaves it: the points of the do-no-harm check."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from inspect_kit.analysis.disclosure import concerns_few, disclose
from inspect_kit.analysis.harm import Harm, harms, harms_of, names_of
from inspect_kit.language import _
from inspect_kit.model import Edition, EvidenceKind, VisitRecord, canonical


@dataclass(frozen=True)
class Point:
    """Something in an edition that could tell its readers who somebody is.

    Attributes:
        id: the same as long as the edition and the words in question are.
        item: the item's id; empty for texts on the visit as a whole.
        field: ``narrative``, ``evidence 2``, ``overview``, ….
        message: a sentence for the inspector: what it is, and what to write instead.
    """

    id: str
    item: str
    field: str
    message: str


def open_points(
    visit: VisitRecord, edition: Edition, answers: Mapping[str, str] | None = None
) -> tuple[Point, ...]:  # fmt: skip
    """Find what is to be changed or answered before an edition may be written; nothing for the internal one.

    What consent or the edition keeps back is no point of that edition.

    Args:
        visit: the whole record.
        edition: the readership.
        answers: why a point may stand, in the team's words, by its id; a blank answer is none.

    Returns:
        The points without an answer, in the order of the checklist, then those on the visit as a whole.
    """
    if edition is Edition.INTERNAL:
        return ()
    answered = {point for point, answer in (answers or {}).items() if answer.strip()}
    found = {point.id: point for point in _points(visit, edition)}  # the same words twice in a text are one point
    return tuple(point for point in found.values() if point.id not in answered)


def _points(visit: VisitRecord, edition: Edition) -> list[Point]:
    shown = disclose(visit, edition).visit
    profile = visit.plan.facility.profile
    # the numbers that decide are the true ones, not those that are printed
    facility = replace(shown.plan.facility, profile=profile)
    shown = replace(shown, plan=replace(shown.plan, facility=facility))
    points = [
        _point(edition, one.item, one.field, _text(shown, one.item, one.field), one.harm) for one in harms_of(shown)
    ]
    names = names_of(visit)
    for item in shown.checklist.items:
        finding = shown.findings.get(item.id)
        few = concerns_few(item, profile)
        for number, source in enumerate(finding.evidence if finding else (), 1):
            field = f"evidence {number}"
            if few and source.kind in (EvidenceKind.INTERVIEW, EvidenceKind.OTHER_INTERVIEW):
                told = _(
                    "Fewer than five are held of whom this item asks: readers could tell who said it. Leave it out."
                )
                points.append(Point(_id(edition, item.id, field, source.note, "few"), item.id, field, told))
            if source.attachment and (
                source.kind is EvidenceKind.PHOTO or source.attachment.media_type.startswith("image/")
            ):
                told = _(
                    "A photograph: can anybody be recognised in it, by a face, a name plate, a tattoo, a mirror or a"
                    " view? Open it and look; say who looked and what is seen, or take another."
                )
                points.append(Point(photo_point(edition, item.id, source.attachment.digest), item.id, field, told))
            for harm in harms(source.attachment.name, profile, names=names) if source.attachment else ():
                told = _("The file's name: {what}", what=harm.message)
                points.append(Point(_id(edition, item.id, field, source.note, "file"), item.id, field, told))
    return points


def photo_point(edition: Edition, item: str, digest: str) -> str:
    """The id of the point that a photograph is in an edition for others: as long as the picture is the same.

    Args:
        edition: the readership.
        item: the id of the item under which it stands.
        digest: the photograph's SHA-256, in hex.
    """
    return _id(edition, item, "photograph", digest, "photo")


def _point(edition: Edition, item: str, field: str, text: str, harm: Harm) -> Point:
    return Point(_id(edition, item, field, text, f"{harm.kind} {harm.words}"), item, field, harm.message)


def _id(edition: Edition, item: str, field: str, text: str, what: str) -> str:
    """The same in every language, and whichever other sources are left out."""
    where = field.rstrip("0123456789 ")  # a source's number changes when others are left out
    return hashlib.sha256(canonical([edition.value, item, where, text, what]).encode()).hexdigest()[:20]


def _text(visit: VisitRecord, item: str, field: str) -> str:
    """The text in which a harm stands."""
    if item and field.startswith("evidence "):
        return visit.findings[item].evidence[int(field.removeprefix("evidence ")) - 1].note
    if field.startswith("recommendation "):
        return next(one.text for one in visit.recommendations if f"recommendation {one.number}" == field)
    return ""

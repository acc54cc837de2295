"""Sample visits: fictional, readable source that is loaded through the same acts as real work."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml

from inspect_kit.analysis import photo_point
from inspect_kit.casebook import Casebook
from inspect_kit.errors import UnknownError
from inspect_kit.files import bundled
from inspect_kit.language import _
from inspect_kit.model import (
    Account,
    Assessment,
    Consent,
    Edition,
    Evidence,
    EvidenceKind,
    Facility,
    Member,
    Priority,
    Profile,
    Recommendation,
    Role,
    Scope,
    Team,
    VisitKind,
    VisitPlan,
)
from inspect_kit.standards.load import SafeLoader
from inspect_kit.work.attaching import describe
from inspect_kit.work.planning import existing_or_new, plan_visit

CANVAS = (640, 420)
"""Width and height of a drawn example picture, in pixels."""


@dataclass(frozen=True)
class Sample:
    """A sample visit.

    Attributes:
        name: its file's name without ending.
        title: in a line.
    """

    name: str
    title: str


def list_samples() -> list[Sample]:
    """The sample visits that ship with inspect_kit, by name."""
    return [Sample(file.stem, _read(file)["title"]) for file in sorted(bundled("sample_visits").glob("*.yaml"))]


def load_sample(casebook: Casebook, name: str) -> str:
    """Load a sample visit, act by act, as its author would have recorded it.

    Args:
        casebook: an open casebook with an author.
        name: one of ``list_samples``.

    Returns:
        The visit's id.

    Raises:
        UnknownError: when there is no such sample.
    """
    files = {file.stem: file for file in bundled("sample_visits").glob("*.yaml")}
    if name not in files:
        raise UnknownError(
            _("No sample visit “{name}”: choose from {names}.", name=name[:40], names=", ".join(sorted(files)))
        )
    source = _read(files[name])
    place = dict(source["facility"])
    facility = existing_or_new(casebook, Facility(profile=Profile(place.pop("held")), **place))
    planned = source["visit"]
    plan = VisitPlan(
        facility,
        VisitKind(planned["kind"]),
        planned["starts"],
        planned.get("ends", ""),
        planned.get("announced", False),
        planned.get("purpose", "").strip(),
    )
    members = tuple(Member(**{**member, "role": Role(member["role"])}) for member in source["team"]["members"])
    team = Team(members, source["team"].get("remark", "").strip())
    visit = plan_visit(casebook, plan, team, Scope(themes=tuple(source["scope"]["themes"])))
    for finding in source["findings"]:
        item = finding["item"]
        for evidence in finding.get("evidence", ()):
            _add_evidence(casebook, visit, item, evidence)
        casebook.judge(
            visit,
            item,
            Assessment(finding["assessment"]),
            finding.get("reason", ""),
            finding.get("narrative", "").strip(),
            priority=Priority(finding["priority"]) if "priority" in finding else None,
        )
    for asked in source.get("recommendations", ()):
        casebook.recommend(
            visit,
            Recommendation(
                asked["text"].strip(),
                asked["to"],
                asked.get("due", ""),
                Priority(asked.get("priority", "normal")),
                tuple(asked["findings"]),
            ),
        )
    casebook.give_account(visit, Account(**{name: text.strip() for name, text in source.get("account", {}).items()}))
    return visit


def _read(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=SafeLoader)  # noqa: S506 (a safe loader)


def _add_evidence(casebook: Casebook, visit: str, item: str, source: dict[str, Any]) -> None:
    kind = EvidenceKind(source["kind"])
    attachment, data = describe(f"{item}.png", draw(source["drawing"])) if "drawing" in source else (None, None)
    evidence = Evidence(
        kind,
        source["note"].strip(),
        place=source.get("place", ""),
        when=source.get("when", ""),
        group=source.get("group", ""),
        interviewee=source.get("interviewee", ""),
        consent=Consent(source.get("consent", "none")),
        attachment=attachment,
    )
    casebook.add_evidence(visit, item, evidence, data)
    if attachment and "recognisable" in source:
        for edition in (Edition.AUTHORITY, Edition.PUBLIC):
            if evidence.may_enter(edition):
                point = photo_point(edition, item, attachment.digest)
                casebook.answer_point(visit, point, source["recognisable"].strip())


def draw(drawing: dict[str, Any]) -> bytes:
    """Draw an example picture from its source; it stands for a photograph without being one.

    Args:
        drawing: ``background`` and ``shapes``, each a rectangle, ellipse, line or text with its colours.

    Returns:
        A PNG of ``CANVAS`` size.
    """
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", CANVAS, drawing["background"])
    pen = ImageDraw.Draw(picture)
    for shape in drawing["shapes"]:
        colours = {name: shape[name] for name in ("fill", "outline", "width") if name in shape}
        if "rectangle" in shape:
            pen.rectangle(shape["rectangle"], **colours)
        elif "ellipse" in shape:
            pen.ellipse(shape["ellipse"], **colours)
        elif "line" in shape:
            pen.line(shape["line"], **colours)
        else:
            x, y, text = shape["text"]
            pen.text((x, y), text, fill=shape.get("fill", "#333333"))
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()

"""The main job from end to end on a sample visit: casebook, report, signatures, verification."""

from dataclasses import dataclass
from pathlib import Path

from inspect_kit.errors import BadInputError
from inspect_kit.export.report import SignerRole, Verification, sign_report, verify_report
from inspect_kit.files import explain
from inspect_kit.identity import create, save
from inspect_kit.language import _
from inspect_kit.model import Edition
from inspect_kit.work.desk import create_casebook, sign_in
from inspect_kit.work.reporting import make_report
from inspect_kit.work.samples import load_sample

SAMPLE = "north-full"
LEADER = "Ada Samplewright"
"""Who leads the team of that sample."""


@dataclass(frozen=True)
class Demo:
    """What the demo made.

    Attributes:
        casebook: the casebook's file.
        visit: the sample visit's id.
        report: the signed PDF.
        identity: the fictional inspector's key.
        verification: what ``verify`` said of the report.
    """

    casebook: Path
    visit: str
    report: Path
    identity: Path
    verification: Verification


def run_demo(folder: Path) -> Demo:
    """Make a fresh casebook with a sample visit, and its report, signed and verified.

    Args:
        folder: where to put the files; made where missing. A demo that lies there is not touched.

    Raises:
        BadInputError: when files of an earlier demo lie there already, or it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise explain(problem, _("The folder {path}", path=folder)) from problem
    casebook_file = folder / "demo.casebook"
    report = folder / "north-report.pdf"
    key = folder / "demo-inspector.p12"
    for file in (casebook_file, report, key):
        if file.exists():
            raise BadInputError(
                _("{path} is there already: name another folder with --out, or remove it first.", path=file)
            )
    me, chair = (create(name, "Example Monitoring Board") for name in (LEADER, "Carla Demo-Chair"))
    save(me, key)
    with create_casebook(casebook_file, None) as casebook:
        sign_in(casebook, key, None)
        visit = load_sample(casebook, SAMPLE)
        make_report(casebook, visit, Edition.AUTHORITY, report, me=me)
    sign_report(report, me, SignerRole.INSPECTOR)
    sign_report(report, chair, SignerRole.CHAIR)
    return Demo(casebook_file, visit, report, key, verify_report(report))

"""How long does it take to check a long, signed report, and how much memory? ``python benchmarks/verifying.py``.

Each check is a process of its own, imports included; processor time is told, because other work may run beside.
Beside ours stands pyHanko's analysis of the same three signatures, which is the part that a PDF library offers:
integrity and differences, nothing of data, seals or pages.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

FINDINGS = 5_000
FEW = 200
SIGNERS = ("Ana Example", "Berta Muster")
ROUNDS = 3
MADE = datetime(2026, 11, 20, 16, 5, tzinfo=UTC)


def written(number: int, path: Path) -> float:
    """Write a report of a fictional visit with so many findings, and give the seconds that took."""
    from inspect_kit.export.report import write_report
    from inspect_kit.model import (
        Account,
        Assessment,
        Checklist,
        Edition,
        Evidence,
        EvidenceKind,
        Facility,
        Finding,
        Item,
        Member,
        Scope,
        Section,
        Source,
        Strength,
        Team,
        VisitKind,
        VisitPlan,
        VisitRecord,
        VisitState,
    )  # fmt: skip

    themes = {
        f"theme-{one}": Section(f"theme-{one}", f"Theme {one}", (), "examples") for one in range(number // 100 or 1)
    }
    one = Item("", "", "Item", ("EX-1",), Strength.DUTY, "Is the door closed while a woman is searched?", "")
    items = tuple(
        replace(one, id=f"{theme}.{step}", theme=theme, number=step)
        for theme in themes
        for step in range(1, number // len(themes) + 1)
    )
    seen = (
        Evidence(EvidenceKind.OBSERVATION, "The door stood open on both days.", "reception"),
        Evidence(EvidenceKind.DOCUMENT, "The register of November has twelve entries."),
    )
    told = "Officers knew the rule; what the team saw on two days did not agree with what they said of it."
    findings = {item.id: Finding(item.id, Assessment.NOT_MET, narrative=told, evidence=seen) for item in items}
    facility = Facility(
        "Women’s Prison Example-North", "Northtown", "Exampleland", "Prison Service of Exampleland", 180
    )
    visit = VisitRecord(
        "01K9EXAMPLE0000000000000AA",
        VisitPlan(facility, VisitKind.FULL, "2026-11-04", "2026-11-06"),
        Team(tuple(Member(name) for name in SIGNERS)),
        Checklist("0" * 64, {"examples": Source("Examples", "Rules for Examples")}, themes, {}, Scope(), items),
        Account(),
        VisitState.COMPLETE,
        findings,
    )
    start = time.perf_counter()
    write_report(visit, Edition.AUTHORITY, path, {}.__getitem__, MADE)
    return time.perf_counter() - start


def signed(path: Path) -> list[float]:
    """Sign it by two inspectors and the chair, and give the seconds of each."""
    from inspect_kit.export.report import SignerRole, sign_report
    from inspect_kit.identity import create

    took = []
    for name, role in (*((name, SignerRole.INSPECTOR) for name in SIGNERS), ("Chris Chair", SignerRole.CHAIR)):
        identity = create(name)
        start = time.perf_counter()
        sign_report(path, identity, role)
        took.append(time.perf_counter() - start)
    return took


def measured(what: str, path: Path, rounds: int) -> tuple[float, float]:
    """Check a report in a process of its own; the median seconds of the processor, and the most megabytes."""
    times, memory = [], 0.0
    for _ in range(rounds):
        told = subprocess.run(  # noqa: S603 (this file)
            [sys.executable, __file__, what, str(path)], capture_output=True, text=True, check=True
        ).stdout.split()
        times.append(float(told[0]))
        memory = max(memory, float(told[1]))
    return statistics.median(times), memory


def once(what: str, path: Path) -> None:
    """Check it once, as the process that ``measured`` started."""
    if what == "pyhanko":
        from pyhanko.pdf_utils.reader import PdfFileReader
        from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY

        with path.open("rb") as file:
            for signature in PdfFileReader(file).embedded_signatures:
                signature.compute_integrity_info(DEFAULT_DIFF_POLICY)
    else:
        from inspect_kit.export.report import verify_report

        found = verify_report(path, thorough={"usual": None, "thorough": True}[what])
        if not found.valid:
            raise SystemExit(" ".join(found.problems))
    # the most that this process held; what getrusage tells includes its parent before the exec
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(time.process_time(), int(line.split()[1]) / 1024)  # noqa: T201 (what it is for)


def main() -> None:
    """Measure, and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        for number in (FEW, FINDINGS):
            path = Path(folder) / f"{number}.pdf"
            took = written(number, path)
            print(f"{number:,} findings, {path.stat().st_size / 1e6:.1f} MB, written in {took:.1f} s,")  # noqa: T201 (what it is for)
            print("signed in " + ", ".join(f"{one:.2f} s" for one in signed(path)))  # noqa: T201 (what it is for)
            for what, words in (
                ("usual", "verify_report"),
                ("thorough", "verify_report, pages set again"),
                ("pyhanko", "pyHanko: its own analysis of three signatures"),
            ):
                seconds, memory = measured(what, path, ROUNDS if what == "usual" or number == FEW else 1)
                print(f"  {words:48} {seconds:7.2f} s  {memory:6.0f} MB")  # noqa: T201 (what it is for)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        once(sys.argv[1], Path(sys.argv[2]))
    else:
        main()

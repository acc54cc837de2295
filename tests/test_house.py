"""The house: arrows run one way, starting is light, and the drawing names every room."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "inspect_kit"
HEAVY = ("textual", "reportlab", "pyhanko", "pikepdf", "cryptography", "PIL")


def test_imports_follow_the_contracts_of_the_house() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([str(lint), "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 broken" in run.stdout


@pytest.mark.parametrize(
    "module",
    [
        "inspect_kit.errors",
        "inspect_kit.files",
        "inspect_kit.model",
        "inspect_kit.standards",
        "inspect_kit.checklist",
        "inspect_kit.casebook",
        "inspect_kit.identity",
        "inspect_kit.analysis",
        "inspect_kit.work.planning",
        "inspect_kit.work.desk",
        "inspect_kit.work.samples",
    ],
)
def test_starting_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert run.stdout.strip() == ""


def rooms() -> list[str]:
    """The package's folders; what lies inside one is told by its own ``__init__.py``."""
    return sorted(file.parent.name for file in PACKAGE.glob("*/__init__.py"))


def test_the_drawing_of_the_house_names_every_room_and_no_other() -> None:
    drawing = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert sorted(set(re.findall(r"inspect_kit/([a-z_]+)/", drawing))) == rooms()


def test_every_room_says_what_it_is_for() -> None:
    inside = sorted(PACKAGE.rglob("__init__.py"))
    assert len(inside) > len(rooms())
    silent = [str(file) for file in inside if not file.read_text(encoding="utf-8").startswith('"""')]
    assert silent == []

"""Reports for the tests, each written once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from visit_builder import MADE, Files, full_visit, looked_at, one_finding

from inspect_kit.export.report import SignerRole, sign_report, write_report
from inspect_kit.identity import Identity, create
from inspect_kit.model import Edition, Finding, VisitRecord


@pytest.fixture(scope="session")
def full_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a visit with some fifty findings, for the authority."""
    files = Files()
    path = tmp_path_factory.mktemp("full") / "full.pdf"
    visit = full_visit(files)
    answers = looked_at(visit, Edition.AUTHORITY)
    write_report(visit, Edition.AUTHORITY, path, files.__getitem__, MADE, answers=answers)
    return path


@pytest.fixture(scope="session")
def small_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a visit with one item and a team of three who inspect."""
    path = tmp_path_factory.mktemp("small") / "small.pdf"
    write_report(one_finding(), Edition.AUTHORITY, path, {}.__getitem__, MADE)
    return path


@pytest.fixture(scope="session")
def people() -> dict[str, Identity]:
    """Who signs."""
    return {
        "ana": create("Ana Example", "Board of Visitors of Exampleland"),
        "berta": create("Berta Muster"),
        "carla": create("Dr Carla Sample"),
        "chair": create("Chris Chair", "Board of Visitors of Exampleland"),
    }


@pytest.fixture(scope="session")
def signed_once(small_report: Path, people: dict[str, Identity], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report that one inspector has signed."""
    path = tmp_path_factory.mktemp("once") / "once.pdf"
    shutil.copy(small_report, path)
    sign_report(path, people["ana"], SignerRole.INSPECTOR)
    return path


@pytest.fixture(scope="session")
def signed_by_all(signed_once: Path, people: dict[str, Identity], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report that three inspectors and the chair have signed."""
    path = tmp_path_factory.mktemp("all") / "all.pdf"
    shutil.copy(signed_once, path)
    sign_report(path, people["berta"], SignerRole.INSPECTOR)
    sign_report(path, people["carla"], SignerRole.INSPECTOR)
    sign_report(path, people["chair"], SignerRole.CHAIR)
    return path


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write a report of a visit and give its path."""

    def write(visit: VisitRecord, edition: Edition = Edition.INTERNAL, files: dict[str, bytes] | None = None) -> Path:
        path = tmp_path / f"{edition}.pdf"
        write_report(visit, edition, path, (files or {}).__getitem__, MADE, answers=looked_at(visit, edition))
        return path

    return write


@pytest.fixture
def noted(written: Callable[..., Path]) -> Callable[[str], Path]:
    """Write a report whose only finding has this narrative."""
    from inspect_kit.model import Assessment

    return lambda text: written(one_finding(Finding("", Assessment.NOT_MET, narrative=text)))

"""Thousands of damaged copies of a signed report: none verifies, none ends in anything but a sentence."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "export"))

from damage import damaged, is_told
from visit_builder import MADE, Files, full_visit, looked_at

from inspect_kit.export.report import SignerRole, sign_report, write_report
from inspect_kit.identity import create
from inspect_kit.model import Edition

NUMBER = int(os.environ.get("INSPECT_KIT_DAMAGE", "5000"))


@pytest.mark.long
def test_no_damage_to_a_report_with_pictures_goes_unseen(tmp_path: Path) -> None:
    files, path = Files(), tmp_path / "report.pdf"
    visit = full_visit(files)
    answers = looked_at(visit, Edition.AUTHORITY)
    write_report(visit, Edition.AUTHORITY, path, files.__getitem__, MADE, answers=answers)
    for name in ("Ana Example", "Berta Muster", "Dr Carla Sample"):
        sign_report(path, create(name), SignerRole.INSPECTOR)
    sign_report(path, create("Chris Chair"), SignerRole.CHAIR)
    data = path.read_bytes()
    assert not is_told(data)
    for what, copy in damaged(data, NUMBER, seed=25):
        assert is_told(copy), what

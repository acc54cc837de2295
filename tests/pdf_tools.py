"""Readers of the reports, other than what wrote them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a tool of the machine; without it the test is skipped, or fails where tools are required."""
    if shutil.which(command[0]) is None:
        if os.environ.get("INSPECT_KIT_REQUIRE_TOOLS") == "1":
            pytest.fail(f"{command[0]} is required and not installed")
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run(command, capture_output=True, text=True, check=False)


def words(path: Path) -> str:
    """All text of a report, as Poppler reads it, with each run of white space as one space."""
    return re.sub(r"\s+", " ", run("pdftotext", "-layout", str(path), "-").stdout)


def letters(path: Path) -> str:
    """All text of a report without white space, for texts that are broken over lines."""
    return re.sub(r"\s+", "", run("pdftotext", "-raw", str(path), "-").stdout)


def sound(path: Path) -> str:
    """What qpdf complains about; empty where it does not."""
    done = run("qpdf", "--check", str(path))
    return "" if done.returncode == 0 else done.stdout + done.stderr

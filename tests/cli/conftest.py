"""Commands run in this process, in an empty folder, for an inspector who has nothing yet."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from inspect_kit.cli import main

Run = Callable[..., "Ended"]


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def complaint(self) -> str:
        """The one line on stderr of a command that was refused."""
        assert self.out == ""
        assert self.err.count("\n") == 1, self.err
        assert self.err.startswith("inspect-kit: ")
        assert "Traceback" not in self.err
        assert "This should not happen" not in self.err
        return self.err.strip()


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("INSPECT_KIT_CASEBOOK", "INSPECT_KIT_IDENTITY", "INSPECT_KIT_DEBUG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process."""

    def command(*arguments: object) -> Ended:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Ended(ended.value.code, said.out, said.err)

    return command


@pytest.fixture
def done(run: Run) -> Run:
    """Run a command that must succeed."""

    def command(*arguments: object) -> Ended:
        ended = run(*arguments)
        assert ended.code == 0, ended.err
        return ended

    return command


@pytest.fixture
def own_process() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run a command as a program of its own."""

    def command(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "inspect_kit", *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=os.environ | environment,
            timeout=60,
            check=False,
        )

    return command


@pytest.fixture
def casebook(done: Run) -> None:
    """The default casebook, in clear, made by the command."""
    done("casebook", "create", "--no-passphrase")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, str]]:
    """Data folders that commands made once, to be copied, because making a key takes time.

    ``facility``: with a fictional prison where no children live; ``visit``: and with a visit to it, on hygiene.
    """
    home = tmp_path_factory.mktemp("prepared")

    def command(*arguments: str) -> str:
        ran = subprocess.run(
            [sys.executable, "-m", "inspect_kit", *arguments],
            capture_output=True,
            env=os.environ | {"HOME": str(home), "XDG_DATA_HOME": str(home / "data")},
            cwd=home,
            check=True,
        )
        return str(json.loads(ran.stdout)["id"]) if ran.stdout.startswith(b"{") else ""

    def keep(name: str, id_: str) -> tuple[Path, str]:
        return shutil.copytree(home / "data", home / name), id_

    own = home / "data" / "inspect_kit"
    own.mkdir(parents=True)
    command("identity", "create", "--name", "Ana Example", "--out", str(own / "identity.p12"), "--no-passphrase")
    command("casebook", "create", "--no-passphrase")
    facility = command("facility", "add", "--name", "Example-West", "--held", "with-children=0", "--json")
    with_facility = keep("facility", facility)
    visit = command(
        *("visit", "new", "--facility", facility, "--kind", "thematic", "--theme", "hygiene"),
        *("--starts", "2026-11-04", "--member", "Ana Example;leader;woman;lawyer", "--json"),
    )
    return {"facility": with_facility, "visit": keep("visit", visit)}


@pytest.fixture
def facility(prepared: dict[str, tuple[Path, str]], home: Path) -> str:
    """The id of a fictional prison in the default casebook, where no children live."""
    folder, id_ = prepared["facility"]
    shutil.copytree(folder, home / "data")
    return id_


@pytest.fixture
def visit(prepared: dict[str, tuple[Path, str]], home: Path) -> str:
    """The id of a visit to it, on hygiene, where nothing is judged yet."""
    folder, id_ = prepared["visit"]
    shutil.copytree(folder, home / "data")
    return id_


@pytest.fixture
def hold(done: Run) -> Callable[[str], dict[str, Any]]:
    """What a visit holds."""
    return lambda visit: dict(done("visit", "show", visit, "--json").json)

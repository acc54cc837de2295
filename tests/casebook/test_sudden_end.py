"""A battery dies, somebody pulls the plug: what the screen called saved is in the casebook."""

import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from inspect_kit.casebook import Casebook
from inspect_kit.identity import Identity
from tests.casebook.laptops import LONG, entries
from tests.conftest import AtWork

RECORDER = Path(__file__).with_name("recorder.py")
KILLS = 50 if LONG else 4
"""So many kills each, in clear and encrypted: 100 in the long run."""


def start(work: AtWork, key: Path, first: int, many: int, passphrase: str | None = None) -> subprocess.Popen[str]:
    more = [passphrase] if passphrase else []
    return subprocess.Popen(
        [sys.executable, str(RECORDER), str(work.path), str(key), work.visit, str(first), str(many), *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def notes_in(casebook: Casebook) -> set[int]:
    return {int(n) for entry in entries(casebook) for n in re.findall(r'"note (\d+)\."', entry.body or "")}


@pytest.mark.parametrize("passphrase", [None, "correct horse"], ids=["in clear", "encrypted"])
def test_what_was_acknowledged_survives_kill_9(
    begin: Callable[..., AtWork], tmp_path: Path, ines: Identity, passphrase: str | None
) -> None:
    key = tmp_path / "ines.p12"
    key.write_bytes(ines.key_file)
    work = begin(tmp_path / "north.casebook", passphrase)
    work.casebook.close()
    moments = random.Random(9)  # noqa: S311 (a moment, no secret)
    acknowledged: set[int] = set()
    for kill in range(KILLS):
        recorder = start(work, key, 100_000 * kill, 50_000, passphrase)
        assert recorder.stdout is not None
        assert recorder.stdout.readline() == "ready\n", recorder.stderr and recorder.stderr.read()
        threading.Timer(moments.uniform(0.02, 0.35), recorder.kill).start()
        acknowledged |= {int(line) for line in recorder.stdout if line.endswith("\n")}
        assert recorder.wait(10) == -signal.SIGKILL
        with Casebook.open(work.path, passphrase) as casebook:
            lost = acknowledged - notes_in(casebook)
            assert not lost
            health = casebook.health()
            assert health.sound, health.problems
            assert health.waiting == health.clones == ()
    assert len(acknowledged) > 20


def test_two_windows_on_one_casebook_lose_nothing(begin: Callable[..., AtWork], tmp_path: Path, ines: Identity) -> None:
    key = tmp_path / "ines.p12"
    key.write_bytes(ines.key_file)
    work = begin(tmp_path / "north.casebook")
    windows = [start(work, key, first, 60) for first in (0, 1_000)]
    for number in range(2_000, 2_030):
        work.casebook.judge(work.visit, "hygiene.showers", None, narrative=f"note {number}.")
    for window in windows:
        said, complaint = window.communicate(timeout=60)
        assert window.returncode == 0, complaint
        assert said.count("\n") == 61
    assert notes_in(work.casebook) == {*range(60), *range(1_000, 1_060), *range(2_000, 2_030)}
    health = work.casebook.health()
    assert health.sound, health.problems
    assert health.clones == ()
    work.casebook.close()


def test_a_second_window_that_waits_in_vain_gets_one_clear_sentence(at_work: AtWork) -> None:
    with Casebook.open(at_work.path) as other:
        other._author = at_work.casebook._author
        other._db.execute("BEGIN IMMEDIATE")
        at_work.casebook._db.execute("PRAGMA busy_timeout = 100")
        with pytest.raises(Exception, match="another program is writing to it") as told:
            at_work.casebook.judge(at_work.visit, "hygiene.showers", None, narrative="typed with care")
        assert "\n" not in str(told.value)
        assert type(told.value).__name__ == "CasebookError"
        other._db.conn.rollback()
    at_work.casebook.judge(at_work.visit, "hygiene.showers", None, narrative="typed with care")
    assert at_work.casebook.finding(at_work.visit, "hygiene.showers").narrative == "typed with care"


def test_a_second_window_waits_for_the_first(at_work: AtWork) -> None:
    begun = threading.Event()

    def hold() -> None:
        with Casebook.open(at_work.path) as other:
            other._db.execute("BEGIN IMMEDIATE")
            begun.set()
            time.sleep(0.3)
            other._db.conn.rollback()

    holder = threading.Thread(target=hold)
    holder.start()
    assert begun.wait(5)
    at_work.casebook.judge(at_work.visit, "hygiene.showers", None, narrative="waited")
    holder.join()
    assert at_work.casebook.finding(at_work.visit, "hygiene.showers").narrative == "waited"

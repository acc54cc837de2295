"""A full disk: one sentence, nothing half-written, and work goes on once there is room."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from inspect_kit.casebook import Casebook
from inspect_kit.errors import CasebookError
from inspect_kit.model import Evidence, EvidenceKind
from inspect_kit.work.attaching import describe
from tests.casebook.laptops import entries
from tests.conftest import AtWork

ITEM = "hygiene.showers"


def fill(work: AtWork) -> tuple[list[str], CasebookError]:
    """Record long notes until the disk is full."""
    kept: list[str] = []
    for number in range(2_000):
        note = f"{number}: " + "what the women said " * 400
        try:
            work.casebook.judge(work.visit, ITEM, None, narrative=note)
        except CasebookError as problem:
            return kept, problem
        kept.append(note)
    raise AssertionError("the disk never filled")


def test_a_casebook_that_may_not_grow_keeps_what_it_has_and_says_why(at_work: AtWork) -> None:
    book = at_work.casebook
    (pages,) = book._db.execute("PRAGMA page_count").fetchone()
    book._db.execute(f"PRAGMA max_page_count = {pages + 30}")
    kept, problem = fill(at_work)
    assert "the disk is full; nothing was saved by this act" in str(problem)
    assert "\n" not in str(problem)
    assert book.finding(at_work.visit, ITEM).narrative == kept[-1]
    assert book.health().sound
    before = entries(book)
    attachment, data = describe("photo.jpg", os.urandom(400_000))
    with pytest.raises(CasebookError, match="disk is full"):
        book.add_evidence(at_work.visit, ITEM, Evidence(EvidenceKind.PHOTO, "", attachment=attachment), data)
    assert entries(book) == before
    assert book._db.execute("SELECT count(*) FROM blobs").fetchone() == (0,)
    book._db.execute("PRAGMA max_page_count = 1000000")
    id_ = book.add_evidence(at_work.visit, ITEM, Evidence(EvidenceKind.PHOTO, "", attachment=attachment), data)
    assert [one.id for one in book.finding(at_work.visit, ITEM).evidence] == [id_]
    assert book.health().sound


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes, where this test may mount one."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    folder = tmp_path / "usb-stick"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk may be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("passphrase", [None, "correct horse"], ids=["in clear", "encrypted"])
def test_a_full_usb_stick_loses_nothing_and_works_again(
    begin: Callable[..., AtWork], small_disk: Path, passphrase: str | None
) -> None:
    ballast = small_disk / "holiday.mp4"
    ballast.write_bytes(b"\0" * 1_000_000)
    work = begin(small_disk / "north.casebook", passphrase)
    kept, problem = fill(work)
    assert len(kept) > 3
    assert "disk is full" in str(problem)
    assert "\n" not in str(problem)
    assert work.casebook.finding(work.visit, ITEM).narrative == kept[-1]
    work.casebook.close()
    ballast.unlink()
    with Casebook.open(work.path, passphrase) as again:
        health = again.health()
        assert health.sound, health.problems
        assert again.finding(work.visit, ITEM).narrative == kept[-1]
        bodies = " ".join(entry.body for entry in entries(again))
        assert all(note in bodies for note in kept)
        again.author_of(b"")  # nobody: reading needs no author
        again._author = work.casebook._author
        again.judge(work.visit, ITEM, None, narrative="There is room again.")
        assert again.finding(work.visit, ITEM).narrative == "There is room again."


def test_a_new_casebook_on_a_full_disk_leaves_no_half_made_file(small_disk: Path) -> None:
    (small_disk / "holiday.mp4").write_bytes(b"\0" * (3 * 1_048_576 - 20_000))
    path = small_disk / "north.casebook"
    with pytest.raises(CasebookError) as told:
        Casebook.create(path)
    assert "\n" not in str(told.value)
    assert [file.name for file in small_disk.iterdir()] == ["holiday.mp4"]
    (small_disk / "holiday.mp4").unlink()
    with Casebook.create(path) as casebook:
        assert casebook.health().sound


def test_a_casebook_on_a_disk_without_a_byte_left_opens_later(begin: Callable[..., AtWork], small_disk: Path) -> None:
    work = begin(small_disk / "north.casebook")
    work.casebook.judge(work.visit, ITEM, None, narrative="kept")
    work.casebook.close()
    ballast = small_disk / "holiday.mp4"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        for _ in range(3 * 256 + 1):
            file.write(b"0" * 4096)
    with pytest.raises(CasebookError, match="disk is full"):
        Casebook.open(work.path)
    ballast.unlink()
    with Casebook.open(work.path) as again:
        assert again.finding(work.visit, ITEM).narrative == "kept"
        assert again.health().sound

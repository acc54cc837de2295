"""A battery dies, or the stick is pulled out, while files are put together: both are as they were, or whole."""

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from inspect_kit.casebook import Casebook
from inspect_kit.errors import CasebookError, InspectKitError
from inspect_kit.identity import Identity
from inspect_kit.model import Assessment, Evidence, EvidenceKind
from inspect_kit.work.attaching import describe
from tests.casebook.laptops import LONG, entries, tables
from tests.casebook.strangers import World, copied, make_world, untouched
from tests.conftest import AtWork, enrol

EXCHANGER = Path(__file__).with_name("exchanger.py")
KILLS = 40 if LONG else 2
"""So many kills of each kind: 120 in the long run during share, sync and giving back, and 6 in every other."""


@pytest.fixture(scope="module")
def made(tmp_path_factory, ines: Identity, omar: Identity, checklist) -> World:
    """Two casebooks that have much to give to each other."""
    world = make_world(tmp_path_factory.mktemp("world"), ines, omar, checklist)
    for path, person, say in ((world.ours, ines, "ours"), (world.theirs, omar, "theirs")):
        with Casebook.open(path) as book:
            enrol(book, person)
            for number in range(150):
                item = world.items[number % len(world.items)]
                book.judge(world.visit, item, Assessment.NOT_MET, narrative=f"{say} {number}. " + "words " * 200)
            attachment, data = describe("yard.jpg", b"\xff\xd8\xff" + os.urandom(600_000))
            book.add_evidence(world.visit, item, Evidence(EvidenceKind.PHOTO, "yard", attachment=attachment), data)
            book.seal(person)
    return world


def ids(path: Path) -> set[bytes]:
    with Casebook.open(path) as book:
        health = book.health()
        assert health.sound, health.problems
        assert health.waiting == ()
        return {entry.id for entry in entries(book)}


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM], ids=["kill -9", "kill"])
@pytest.mark.parametrize("what", ["sync", "give", "share"])
def test_an_exchange_that_is_cut_off_leaves_both_files_whole(
    made: World, tmp_path: Path, ines: Identity, what: str, ending: signal.Signals
) -> None:
    key = tmp_path / "ines.p12"
    key.write_bytes(ines.key_file)
    world = copied(made, tmp_path)
    before, theirs = ids(world.ours), ids(world.theirs)
    moments = random.Random(f"{what} {ending}")  # noqa: S311 (moments, no secret)
    inside = 0
    for number in range(KILLS if ending == signal.SIGKILL else KILLS // 2):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        arguments = [what, world.ours, key, world.visit, world.theirs, folder]
        worker = subprocess.Popen(
            [sys.executable, str(EXCHANGER), *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n", worker.stderr and worker.stderr.read()
        threading.Timer(moments.uniform(0.02, 0.6), worker.send_signal, [ending]).start()
        said = worker.stdout.read().splitlines()
        assert worker.wait(20) == -ending
        inside += bool(said) and said[-1].startswith("begun")
        for path in folder.glob("*.casebook"):
            round_ = path.stem.split()[1]
            if f"begun {round_}" not in said:
                continue  # it was still being put there, by plain copying
            done = f"done {round_}" in said
            if path.stem.startswith("ours"):
                held = ids(path)
                assert held in (before, before | theirs)
                assert held == before | theirs or not done or what == "share"
            elif what == "share":
                assert ids(path) == before  # under its final name it is whole
            else:
                with Casebook.open(folder / f"ours {round_}.casebook") as book:
                    try:  # first as a stranger finds it, with what lies beside it
                        assert book.sync(path).refused == ()
                    except CasebookError as told:  # cut off while it was opened or closed: it says what helps
                        assert "let whoever has it open it once" in str(told)  # noqa: PT017
                        Casebook.open(path).close()
                        assert book.sync(path).refused == ()
                held = ids(path)
                assert held in (theirs, before | theirs)
                assert held == theirs or what == "give"
    assert inside or not LONG, "no kill has hit an exchange"


def test_a_sync_that_is_called_off_at_any_moment_leaves_everything_as_it_was(
    made: World, tmp_path: Path, ines: Identity
) -> None:
    world = copied(made, tmp_path)
    content = world.theirs.read_bytes()
    with Casebook.open(world.ours) as book:
        enrol(book, ines)
        with untouched(book), pytest.raises(CasebookError, match="called off: nothing was taken"):
            book.sync(world.theirs, give=True, progress=lambda done, total: False)
        assert world.theirs.read_bytes() == content

        def interrupted(done: int, total: int) -> bool:
            if done == total:
                raise KeyboardInterrupt
            return True

        with untouched(book), pytest.raises(KeyboardInterrupt):
            book.sync(world.theirs, give=True, progress=interrupted)
        assert world.theirs.read_bytes() == content
        taken = book.sync(world.theirs, give=True)
        assert (taken.taken, taken.given) == (157, 152)
        assert book.sync(world.theirs, give=True).given == 0


# -- a disk that fills


@pytest.fixture
def small_disk(tmp_path: Path):
    """A stick of six megabytes, where this test may mount one."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    folder = tmp_path / "usb-stick"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk may be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(disk: Path, leave: int) -> Path:
    """Fill a disk but for so many bytes."""
    ballast = disk / "holiday.mp4"
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_bsize
    ballast.write_bytes(b"\0" * max(free - leave, 0))
    return ballast


@pytest.mark.parametrize("passphrase", [None, "correct horse"], ids=["in clear", "encrypted"])
def test_a_stick_that_fills_while_a_visit_is_shared_holds_no_half_of_it(
    made: World, tmp_path: Path, ines: Identity, small_disk: Path, passphrase: str | None
) -> None:
    world = copied(made, tmp_path)
    with Casebook.open(world.ours) as book:
        enrol(book, ines)
        for leave in (0, 4_096, 100_000, 500_000, 1_000_000, 1_500_000):
            ballast = fill(small_disk, leave)
            with untouched(book), pytest.raises(Exception, match="disk is full") as told:
                book.share([world.visit], small_disk / "north.casebook", passphrase)
            assert "\n" not in str(told.value)
            assert [path.name for path in small_disk.iterdir()] == [ballast.name]
            ballast.unlink()
        assert book.share([world.visit], small_disk / "north.casebook", passphrase) > 150
    with Casebook.open(small_disk / "north.casebook", passphrase) as shared:
        assert shared.health().sound


def test_a_disk_that_fills_while_another_casebook_is_taken_in_keeps_ours_as_it_was(
    made: World, tmp_path: Path, ines: Identity, small_disk: Path
) -> None:
    world = copied(made, tmp_path)
    ours = Path(shutil.copy(world.ours, small_disk / "ours.casebook"))
    with Casebook.open(ours) as book:
        enrol(book, ines)
        for leave in (0, 4_096, 100_000, 600_000):
            ballast = fill(small_disk, leave)
            before = {entry.id for entry in entries(book)}, tables(book)
            with pytest.raises(CasebookError) as told:
                book.sync(world.theirs)
            assert "disk is full" in str(told.value)
            assert "\n" not in str(told.value)
            assert ({entry.id for entry in entries(book)}, tables(book)) == before
            ballast.unlink()
            health = book.health()
            assert health.sound, health.problems
        assert book.sync(world.theirs).taken == 157
        assert book.health().sound


def test_a_stick_that_fills_while_it_is_given_what_it_lacks_keeps_what_it_has(
    made: World, tmp_path: Path, ines: Identity, small_disk: Path
) -> None:
    world = copied(made, tmp_path)
    theirs = Path(shutil.copy(world.theirs, small_disk / "theirs.casebook"))
    before = ids(theirs)
    with Casebook.open(world.ours) as book:
        enrol(book, ines)
        for leave in (0, 50_000, 400_000, 1_000_000):
            ballast = fill(small_disk, leave)
            taken = book.sync(theirs, give=True)
            assert taken.given is None
            assert any("Nothing was given back" in one and "disk is full" in one for one in taken.remarks), (
                taken.remarks
            )
            ballast.unlink()
            assert ids(theirs) == before
        assert book.sync(theirs, give=True).given == 152
        assert book.health().sound
    assert len(ids(theirs)) == len(before) + 152


def test_a_share_onto_a_disk_that_knows_no_hard_links(made: World, tmp_path: Path, ines: Identity, monkeypatch) -> None:
    """As most sticks are formatted."""

    def no_links(*_names: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    world = copied(made, tmp_path)
    stick = tmp_path / "stick"
    stick.mkdir()
    with Casebook.open(world.ours) as book:
        enrol(book, ines)
        assert book.share([world.visit], stick / "north.casebook", None) > 150
        with pytest.raises(InspectKitError, match="exist"):
            book.share([world.visit], stick / "north.casebook", None)
    assert [path.name for path in stick.iterdir()] == ["north.casebook"]
    assert ids(stick / "north.casebook") == ids(world.ours)


def test_an_exchange_needs_nothing_but_the_two_files(
    begin: Callable[..., AtWork], tmp_path: Path, omar: Identity
) -> None:
    """A received file on a disk that may not be written, such as a CD, is taken in."""
    work = begin(tmp_path / "ours.casebook")
    shared = tmp_path / "shared.casebook"
    work.casebook.share([work.visit], shared, None)
    work.casebook.close()
    shared.chmod(0o400)
    with Casebook.create(tmp_path / "other.casebook") as other:
        enrol(other, omar)
        assert other.sync(shared).taken == 5

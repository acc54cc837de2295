"""Byte by byte: whatever falls over in a received file, it is refused, or what is taken from it is what was written."""

import random
import shutil
from pathlib import Path

import pytest

from inspect_kit.casebook import Casebook, chains
from inspect_kit.errors import InspectKitError
from inspect_kit.identity import Identity
from tests.casebook.laptops import LONG, Clock, entries, open_laptop
from tests.casebook.strangers import World, make_world

FILES = 2_000 if LONG else 80
"""So many spoilt files in each of three ways: 6,000 in the long run, 240 in every other."""
_PAGE = 4_096


@pytest.fixture(scope="module")
def world(tmp_path_factory, ines: Identity, omar: Identity, checklist) -> World:
    return make_world(tmp_path_factory.mktemp("world"), ines, omar, checklist)


def flipped(data: bytearray, chance: random.Random) -> None:
    """One to eight bits fall over, anywhere."""
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def torn(data: bytearray, chance: random.Random) -> None:
    """A stretch is overwritten, as a dying stick does it: by zeros, by noise, or by another page."""
    start = chance.randrange(len(data) // 512) * 512
    length = 512 * chance.choice([1, 1, 2, 8])
    other = chance.randrange(len(data) // _PAGE) * _PAGE
    kinds = (bytes(length), chance.randbytes(length), bytes(data[other : other + length]))
    data[start : start + length] = chance.choice(kinds)[: len(data) - start]


def aimed(data: bytearray, chance: random.Random) -> None:
    """A byte changes where it matters most: in the heads of the file and of its pages."""
    for _ in range(chance.randint(1, 3)):
        page = chance.randrange(len(data) // _PAGE) * _PAGE if chance.random() < 0.8 else 0
        data[page + chance.randrange(100 if page == 0 else 40)] = chance.randrange(256)


@pytest.mark.parametrize("spoil", [flipped, torn, aimed])
def test_a_spoilt_file_gives_nothing_that_was_not_written(
    world: World, tmp_path: Path, ines: Identity, spoil, capfd
) -> None:
    whole = world.theirs.read_bytes()
    with open_laptop(Path(shutil.copy(world.ours, tmp_path / "all.casebook")), ines, Clock()) as book:
        mine = {entry.id for entry in entries(book)}
        book.sync(world.theirs)
        honest = {entry.id for entry in entries(book)}
    chance = random.Random(f"{spoil.__name__}")  # noqa: S311 (repeatable, no secret)
    refused = 0
    for number in range(FILES):
        data = bytearray(whole)
        spoil(data, chance)
        spoilt = tmp_path / f"spoilt {number}.casebook"
        spoilt.write_bytes(data)
        with open_laptop(Path(shutil.copy(world.ours, tmp_path / "ours.casebook")), ines, Clock()) as book:
            try:
                refused += bool(book.sync(spoilt, give=True).refused)
            except InspectKitError as told:
                refused += 1
                assert "\n" not in str(told)  # noqa: PT017 (refused or taken, both may be)
                assert str(book.path) not in str(told), number  # noqa: PT017
            found = {entry.id for entry in entries(book)}
            assert mine <= found <= honest, number
            assert sound(book), number
        spoilt.unlink()
    assert 0 < refused < FILES
    assert capfd.readouterr() == ("", "")


def sound(book: Casebook) -> bool:
    """Whether a casebook is sound; an attachment that could not be taken is asked for, and no fault of ours."""
    problems = [problem for problem in book.health().problems if "is missing from this casebook" not in problem]
    return not problems and not chains.broken_seals(book._db)


def test_a_spoilt_file_beside_a_casebook_gives_nothing_that_was_not_written(
    world: World, tmp_path: Path, ines: Identity, omar: Identity
) -> None:
    """The latest work lies beside an open casebook, in its ``-wal``: that may be spoilt too."""
    theirs = Path(shutil.copy(world.theirs, tmp_path / "theirs.casebook"))
    with open_laptop(theirs, omar, Clock()) as book:
        for item in world.items[2:12]:
            book.judge(world.visit, item, None, narrative=f"about {item}")
        honest = {entry.id for entry in entries(book)}
        file, beside = theirs.read_bytes(), Path(f"{theirs}-wal").read_bytes()
    chance = random.Random(8)  # noqa: S311 (repeatable, no secret)
    live = tmp_path / "live.casebook"
    for number in range(FILES // 2):
        data = bytearray(beside)
        chance.choice([flipped, torn])(data, chance)
        live.write_bytes(file)
        Path(f"{live}-wal").write_bytes(data[: chance.choice([len(data), chance.randrange(33, len(data))])])
        with open_laptop(Path(shutil.copy(world.ours, tmp_path / "ours.casebook")), ines, Clock()) as book:
            mine = {entry.id for entry in entries(book)}
            try:
                book.sync(live)
            except InspectKitError as told:
                assert str(book.path) not in str(told), number  # noqa: PT017 (refused or taken, both may be)
            assert {entry.id for entry in entries(book)} <= mine | honest, number
            assert sound(book), number

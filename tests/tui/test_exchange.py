"""A colleague's casebook is taken in, and a visit is given away, on the screens."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from inspect_kit.casebook import Casebook, sqlite
from inspect_kit.errors import PassphraseError
from inspect_kit.model import Assessment
from inspect_kit.tui.app import InspectKit
from inspect_kit.tui.places import nearby
from inspect_kit.tui.screens.exchange import Share, Sync
from inspect_kit.tui.screens.home import Home
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.lines import KeysLine
from inspect_kit.tui.widgets.ticks import Ticks
from inspect_kit.work import exchanging
from tests.tui.conftest import NARROW
from tests.tui.exchanging import colleague

Visited = tuple[Path, str]
LOCKED = "long words"


@pytest.fixture
def app(visited: Visited) -> Iterator[InspectKit]:
    """The application, opened on the list of visits."""
    app = InspectKit(visited[0], None, None)
    yield app
    app.line.close()


def judged(casebook: Casebook, visit: str) -> None:
    """What Omar recorded."""
    item = next(item.id for item in casebook.visit(visit).checklist.items if item.applies)
    casebook.judge(visit, item, Assessment.NOT_MET, narrative="Cold at seven.")


@pytest.fixture
def omars(visited: Visited) -> Path:
    """What Omar shared."""
    return colleague(*visited, "Omar Example", judged)


def result(app: InspectKit) -> str:
    return str(app.screen.query_one("#result", Static).render())


def problem(app: InspectKit) -> str:
    place = app.screen.query_one("#problem", Static)
    return str(place.render()) if place.has_class("shown") else ""


async def pressed(app: InspectKit, pilot, *keys: str) -> None:
    """Press keys, and let what they began come to its end."""
    await pilot.press(*keys)
    await pilot.pause(0.2)
    await app.workers.wait_for_complete()
    await pilot.pause(0.2)


async def begun(app: InspectKit, pilot, file: str = "") -> Sync:
    await pilot.pause(0.4)
    await pilot.press("s")
    await pilot.pause(0.3)
    assert isinstance(app.screen, Sync)
    app.screen.query_one("#file", Input).value = file
    return app.screen


async def test_a_file_that_lies_near_is_ticked_and_its_sentence_told(app: InspectKit, omars: Path) -> None:
    async with app.run_test(size=NARROW) as pilot:
        screen = await begun(app, pilot)
        files = screen.query_one("#files", Ticks)
        assert files.has_focus
        assert str(omars) in [option.value for option in files.options]
        assert str(app.casebook) not in [option.value for option in files.options]
        await pilot.press("space")
        await pressed(app, pilot, "ctrl+s")
        assert "✓ Took 1 entry from from-omar.casebook;" in result(app)
        assert not screen.has_class("working")
        await pilot.press("escape")
        await pilot.pause(0.3)
        home = app.screen
        assert isinstance(home, Home)
        assert home._visits[0].done == 1


async def test_with_no_visit_yet_home_offers_to_take_one_in(tmp_path: Path, omars: Path, visited: Visited) -> None:
    app = InspectKit(tmp_path / "empty.casebook", None, None)
    Casebook.create(app.casebook).close()
    try:
        async with app.run_test(size=NARROW) as pilot:
            await pilot.pause(0.4)
            assert ("s", "sync") in app.screen.query_one(KeysLine).keys
            assert "a visit that a colleague shared" in str(app.screen.query_one("#empty Static", Static).render())
            await pilot.press("g", "d")  # nothing to give, nothing to settle: nothing happens
            await begun(app, pilot, str(omars))
            await pressed(app, pilot, "ctrl+s")
            await pilot.press("escape")
            await pilot.pause(0.3)
            assert [visit.id for visit in app.screen._visits] == [visited[1]]
    finally:
        app.line.close()


async def test_a_refused_file_says_why_and_keeps_what_was_typed(app: InspectKit, tmp_path: Path) -> None:
    (tmp_path / "notes.casebook").write_text("these are no entries [/b]")
    async with app.run_test(size=NARROW) as pilot:
        screen = await begun(app, pilot, str(tmp_path / "notes.casebook"))
        screen.query_one("#give", Choice).value = "yes"
        await pressed(app, pilot, "ctrl+s")
        assert "notes.casebook" in result(app) + problem(app)
        assert "no casebook" in result(app) + problem(app)
        assert screen.typed("file") == str(tmp_path / "notes.casebook")
        assert screen.query_one("#give", Choice).value == "yes"
    with Casebook.open(app.casebook) as casebook:
        assert casebook.health().problems == ()


async def test_nothing_is_taken_where_no_file_is_chosen(app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await begun(app, pilot)
        await pressed(app, pilot, "ctrl+s")
        assert "No file is chosen" in problem(app)


async def test_what_one_file_brought_stays_told_when_the_next_asks_for_its_passphrase(
    app: InspectKit, omars: Path, visited: Visited
) -> None:
    locked = colleague(*visited, "Third Example", judged, passphrase=LOCKED)
    async with app.run_test(size=NARROW) as pilot:
        screen = await begun(app, pilot, str(locked))
        files = screen.query_one("#files", Ticks)
        files.select(str(omars))
        assert not screen.query_one("#row-passphrase").display
        await pressed(app, pilot, "ctrl+s")
        assert "Took 1 entry from from-omar.casebook" in result(app)
        assert "is encrypted: type its passphrase" in problem(app)
        assert "--passphrase-file" not in problem(app)
        assert screen.query_one("#passphrase", Input).has_focus
        await pressed(app, pilot, *"long_word", "ctrl+s")
        assert "does not open" in problem(app)
        screen.query_one("#passphrase", Input).value = LOCKED
        await pressed(app, pilot, "ctrl+s")
        assert problem(app) == ""
        assert "Took 1 entry from from-third.casebook" in result(app)
        assert "Took 0 entries from from-omar.casebook" in result(app)


async def test_what_ours_has_is_given_back_where_she_asks_for_it(
    app: InspectKit, omars: Path, visited: Visited
) -> None:
    visit = visited[1]
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await app.ask(lambda casebook: casebook.jot(visit, "The tap drips."))
        screen = await begun(app, pilot, str(omars))
        await pressed(app, pilot, "ctrl+s")
        assert "Gave" not in result(app)
        screen.query_one("#give", Choice).value = "yes"
        await pressed(app, pilot, "ctrl+s")
        assert "Gave it 1 entry." in result(app)
    with Casebook.open(omars) as given:
        assert [note.text for note in given.visit(visit).jottings] == ["The tap drips."]


async def test_a_sync_under_way_is_called_off_by_a_key_and_leaves_the_casebook_as_it_was(
    app: InspectKit, omars: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, called = threading.Event(), threading.Event()

    def slow(casebook: Casebook, file: Path, *_: object, progress: Callable[[int, int], bool], **__: object) -> object:
        def step(done: int, total: int) -> bool:
            called.set()
            go_on.wait(10)
            return progress(done, total)

        return casebook.sync(file, progress=step)

    monkeypatch.setattr(exchanging, "sync", slow)
    try:
        async with app.run_test(size=NARROW) as pilot:
            screen = await begun(app, pilot, str(omars))
            await pilot.press("ctrl+s")
            await pilot.pause(0.3)
            assert called.is_set()
            assert screen.has_class("working")
            await pilot.press("ctrl+s")  # once is enough
            await pilot.press("ctrl+q")
            await pilot.pause(0.2)
            assert app.screen is screen  # not left while it works: called off
            await pilot.press("escape")
            await pilot.pause(0.2)
            assert app.screen is screen
            go_on.set()
            await pressed(app, pilot)
            assert "called off" in result(app)
            assert not screen.has_class("working")
            await pilot.press("escape")
            await pilot.pause(0.3)
            assert isinstance(app.screen, Home)
            assert app.screen._visits[0].done == 0
    finally:
        go_on.set()


async def test_a_visit_is_written_into_a_new_casebook_that_a_colleague_can_open(
    app: InspectKit, visited: Visited, home: Path
) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("g")
        await pilot.pause(0.3)
        assert isinstance(app.screen, Share)
        to = Path(app.screen.typed("file"))
        assert to.suffix == ".casebook"
        await pressed(app, pilot, "ctrl+s")
        assert "✓ Written: " in result(app)
        assert "not encrypted" in result(app)
        await pressed(app, pilot, "ctrl+s")  # the same name once more
        assert to.name in problem(app)
        assert app.screen.typed("file") == str(to)
    with Casebook.open(to) as given:
        assert [visit.id for visit in given.visits()] == [visited[1]]


async def test_sharing_is_called_off_by_a_key_and_leaves_no_file(
    app: InspectKit, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, called = threading.Event(), threading.Event()
    share = Casebook.share

    def slow(self: Casebook, visits: list[str], to: Path, passphrase: str | None, wanted: Callable[[], bool]) -> int:
        called.set()
        go_on.wait(10)
        return share(self, visits, to, passphrase, wanted)

    monkeypatch.setattr(Casebook, "share", slow)
    monkeypatch.setattr(sqlite, "_STEPS", 50)
    try:
        async with app.run_test(size=NARROW) as pilot:
            await pilot.pause(0.4)
            await pilot.press("g")
            await pilot.pause(0.3)
            screen, to = app.screen, Path(app.screen.typed("file"))
            await pilot.press("ctrl+s")
            await pilot.pause(0.3)
            assert called.is_set()
            assert screen.has_class("working")
            await pilot.press("escape")
            await pilot.pause(0.2)
            assert app.screen is screen
            go_on.set()
            await pressed(app, pilot)
            assert "called off" in problem(app)
            assert not to.exists()
            await pilot.press("ctrl+s")
            await pressed(app, pilot)
            assert "✓ Written" in result(app)
            assert to.exists()
    finally:
        go_on.set()


async def test_a_share_never_takes_the_place_of_a_file(app: InspectKit, tmp_path: Path) -> None:
    (tmp_path / "thesis.casebook").write_text("four years of work")
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("g")
        await pilot.pause(0.3)
        app.screen.query_one("#file", Input).value = str(tmp_path / "thesis")
        await pressed(app, pilot, "ctrl+s")
        assert "thesis.casebook" in problem(app)
        assert app.screen.typed("file") == str(tmp_path / "thesis")
    assert (tmp_path / "thesis.casebook").read_text() == "four years of work"


async def test_a_passphrase_encrypts_what_is_shared(app: InspectKit, tmp_path: Path) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("g")
        await pilot.pause(0.3)
        app.screen.query_one("#file", Input).value = str(tmp_path / "secret.casebook")
        app.screen.query_one("#passphrase", Input).value = LOCKED
        await pressed(app, pilot, "ctrl+s")
        assert "✓ Written" in result(app)
        assert "not encrypted" not in result(app)
    with pytest.raises(PassphraseError):
        Casebook.open(tmp_path / "secret.casebook")
    Casebook.open(tmp_path / "secret.casebook", LOCKED).close()


def test_only_other_casebooks_whose_names_can_be_shown_are_offered(home: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.casebook"
    for file in (own, home / "near.casebook", tmp_path / "beside.casebook", tmp_path / "notes.txt"):
        file.write_text("")
    Path(os.fsdecode(bytes(tmp_path / "caf") + b"\xe9.casebook")).write_text("")
    (tmp_path / "folder.casebook").mkdir()
    assert {file.name for file in nearby(own)} == {"near.casebook", "beside.casebook"}


async def test_a_terminal_of_one_line_holds_both(app: InspectKit, omars: Path) -> None:
    async with app.run_test(size=(80, 1)) as pilot:
        await begun(app, pilot, str(omars))
        await pressed(app, pilot, "ctrl+s")
        assert "Took 1 entry" in result(app)
        await pilot.press("escape", "g")
        await pilot.pause(0.3)
        assert isinstance(app.screen, Share)


async def test_what_is_wrong_and_the_keys_stay_in_sight_below_a_long_form(app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        screen = await begun(app, pilot)
        screen.query_one("#result", Static).update("\n".join(map(str, range(40))))
        screen.say("Something is wrong here, which takes more words than fit into one line of this form.")
        await pilot.pause(0.2)
        problem, keys = screen.query_one("#problem").region, screen.query_one(KeysLine).region
        assert problem.height == 2
        assert problem.bottom == keys.y
        assert keys.bottom == NARROW[1] - 1  # above the frame's last line
        assert screen.query_one("VerticalScroll").region.bottom == problem.y

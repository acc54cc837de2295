"""What an inspector meets first."""

import subprocess
import sys
from pathlib import Path

from textual.widgets import Input

from inspect_kit.casebook import Casebook
from inspect_kit.identity import create, save
from inspect_kit.tui.app import InspectKit
from inspect_kit.tui.screens.home import Home
from inspect_kit.tui.screens.inspect import Inspect
from inspect_kit.tui.screens.plan import Plan
from inspect_kit.tui.screens.unlock import Unlock
from inspect_kit.tui.screens.welcome import Welcome
from tests.tui.conftest import NARROW


async def test_a_new_inspector_gives_her_name_and_plans_her_first_visit_by_keys_alone(tmp_path: Path) -> None:
    path = tmp_path / "first.casebook"
    app = InspectKit(path, None, None)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, Welcome)
        app.screen.query_one("#name", Input).value = "Ada Example-Inspector"
        await pilot.press("ctrl+s")
        await pilot.pause(0.3)
        assert isinstance(app.screen, Home)
        assert app.screen.has_class("nothing")
        await pilot.press("n")
        await pilot.pause(0.2)
        assert isinstance(app.screen, Plan)
        await pilot.press(*"Example-West", "ctrl+s")
        await pilot.press(*"90", "ctrl+s")
        await pilot.press("tab", "right", "ctrl+s")
        await pilot.press("ctrl+s")
        await pilot.pause(0.4)
        assert isinstance(app.screen, Inspect)
    app.line.close()
    with Casebook.open(path) as casebook:
        visit = casebook.visit(casebook.visits()[0].id)
    assert visit.plan.facility.name == "Example-West"
    assert dict(visit.plan.facility.profile.held) == {"women": 90}
    assert [member.name for member in visit.team.members] == ["Ada Example-Inspector"]
    assert len(visit.checklist.themes) == 24


async def test_a_step_with_a_wrong_number_says_so_and_keeps_what_was_typed(tmp_path: Path) -> None:
    app = InspectKit(tmp_path / "first.casebook", None, None)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        app.screen.query_one("#name", Input).value = "Ada"
        await pilot.press("ctrl+s")
        await pilot.pause(0.3)
        await pilot.press("n")
        await pilot.pause(0.2)
        await pilot.press(*"West", "ctrl+s", *"-4", "ctrl+s")
        await pilot.pause()
        problem = app.screen.query_one("#problem")
        assert problem.has_class("shown")
        assert "0 or more" in str(problem.render())
        assert app.screen.query_one("#held-women", Input).value == "-4"
        assert app.screen.query_one("ContentSwitcher").current == "held"
    app.line.close()


async def test_enter_leads_from_field_to_field_and_keeps_the_form_in_the_last_one(tmp_path: Path) -> None:
    app = InspectKit(tmp_path / "first.casebook", None, None)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        await pilot.press(*"Ada", "enter", *"Board", "enter", *"long words", "enter")
        typed = [field.value for field in app.screen.query(Input)]
        assert typed[1:] == ["Board", "long words", ""]
        await pilot.press(*"long words", "enter")
        await pilot.pause(0.6)
        assert isinstance(app.screen, Home)
        await pilot.press("n")
        await pilot.pause(0.2)
        await pilot.press("enter")
        focused = []
        for _ in range(6):
            focused.append(app.focused.id)
            await pilot.press("enter")
        assert focused == ["place", "country", "authority", "capacity", "kind", "starts"]
    app.line.close()


async def test_two_different_passphrases_are_refused_and_no_casebook_is_made(tmp_path: Path) -> None:
    path = tmp_path / "first.casebook"
    app = InspectKit(path, None, None)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        for field, text in (("name", "Ada"), ("passphrase", "one"), ("again", "other")):
            app.screen.query_one(f"#{field}", Input).value = text
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, Welcome)
        assert "differ" in str(app.screen.query_one("#problem").render())
    app.line.close()
    assert not path.exists()


async def test_an_encrypted_casebook_asks_for_its_passphrase_until_it_is_right(tmp_path: Path) -> None:
    path = tmp_path / "locked.casebook"
    Casebook.create(path, "long words").close()
    app = InspectKit(path, None, None)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.3)
        assert isinstance(app.screen, Unlock)
        await pilot.press(*"wrong", "enter")
        await pilot.pause(0.4)
        assert isinstance(app.screen, Unlock)
        assert "does not open" in str(app.screen.query_one("#problem").render())
        app.screen.query_one("#passphrase", Input).value = "long words"
        await pilot.press("enter")
        await pilot.pause(0.6)
        assert isinstance(app.screen, Home)
    app.line.close()


async def test_an_identity_with_a_passphrase_of_its_own_is_asked_for_after_the_casebook(tmp_path: Path) -> None:
    path, key = tmp_path / "locked.casebook", tmp_path / "me.p12"
    Casebook.create(path, "long words").close()
    save(create("Ada Example", passphrase="lamp post"), key)  # noqa: S106 (fictional)
    app = InspectKit(path, key, None)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.3)
        for typed, asked in (("long words", "me.p12"), ("wrong", "me.p12")):
            app.screen.query_one("#passphrase", Input).value = typed
            await pilot.press("enter")
            await pilot.pause(0.5)
            assert isinstance(app.screen, Unlock)
            assert asked in str(app.screen.query_one("#what").render())
        assert "does not open" in str(app.screen.query_one("#problem").render())
        app.screen.query_one("#passphrase", Input).value = "lamp post"
        await pilot.press("enter")
        await pilot.pause(0.6)
        assert isinstance(app.screen, Home)
        assert (app.passphrase, app.key_passphrase) == ("long words", "lamp post")
    app.line.close()


async def test_one_passphrase_for_both_is_asked_for_once(tmp_path: Path) -> None:
    path, key = tmp_path / "locked.casebook", tmp_path / "me.p12"
    Casebook.create(path, "long words").close()
    save(create("Ada Example", passphrase="long words"), key)  # noqa: S106 (fictional)
    app = InspectKit(path, key, None)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.3)
        app.screen.query_one("#passphrase", Input).value = "long words"
        await pilot.press("enter")
        await pilot.pause(0.6)
        assert isinstance(app.screen, Home)
        assert app.key_passphrase == app.passphrase
    app.line.close()


RARELY = {
    "cryptography",
    "inspect_kit.analysis",
    "inspect_kit.casebook.foreign",
    "inspect_kit.casebook.health",
    "inspect_kit.casebook.history",
    "inspect_kit.casebook.search",
    "inspect_kit.casebook.sync",
    "inspect_kit.identity",
    "sqlite_utils",
    "tomllib",
}


def test_the_list_of_visits_stands_there_without_what_is_rarely_asked_for(visited: tuple[Path, str]) -> None:
    opening = (
        "import sys; from pathlib import Path; from inspect_kit.casebook import Casebook; import inspect_kit.tui.app\n"
        f"Casebook.open(Path({str(visited[0])!r})).visits()\n"
        f"import inspect_kit.tui.screens.home; print(*sorted({RARELY!r} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", opening], capture_output=True, text=True, check=True)
    assert told.stdout == "\n"

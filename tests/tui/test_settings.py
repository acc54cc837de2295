"""An inspector's own keys: they work, they are shown, and they never make a key mean two things."""

import re
from pathlib import Path

import pytest
from textual.widgets import Static, TextArea

import inspect_kit.tui
from inspect_kit.model import Assessment
from inspect_kit.tui import run
from inspect_kit.tui.app import InspectKit
from inspect_kit.tui.keymap import all_actions, check_keys
from inspect_kit.tui.keys import apart, called
from inspect_kit.tui.screens.help import Help
from inspect_kit.tui.widgets.lines import KeysLine
from inspect_kit.work.settings import Settings, settings_file
from tests.tui.conftest import NARROW

SWAPPED = {"inspect.note": "e", "inspect.evidence": "n"}


def line(app: InspectKit) -> str:
    return str(app.screen.query_one(KeysLine).render())


def test_every_action_has_one_description_and_a_key_that_every_terminal_sends() -> None:
    actions = all_actions()
    assert {"app.theme", "home.open", "inspect.note", "items.next", "choice.next", "form.keep"} <= actions.keys()
    assert all(action.described for action in actions.values())
    assert check_keys({id_: ",".join(action.keys) for id_, action in actions.items()}) == ({}, ())


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ({"inspect.note": "m"}, {"inspect.note": "m"}),
        (SWAPPED, SWAPPED),
        ({"inspect.note": "ctrl+y,F5"}, {"inspect.note": "ctrl+y,f5"}),
        ({"inspect.note": ","}, {"inspect.note": "comma"}),
        ({"home.plan": "e"}, {"home.plan": "e"}),  # e means something on another screen only
        ({"app.help": "?"}, {}),
        ({"items.next": "down, t", "inspect.talk": "T"}, {"items.next": "down,t", "inspect.talk": "T"}),
    ],
)
def test_keys_are_given(wanted: dict[str, str], given: dict[str, str]) -> None:
    assert check_keys(wanted) == (given, ())


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"inspect.notes": "m"}, "“inspect.notes” is the name of no action; “inspect-kit settings” lists all of them."),
        ({"inspect.note": "e"}, "inspect.note: the key e already means “add evidence"),
        ({"inspect.note": "j"}, "the key j already means “next item” (items.next) on the same screen. It stays n."),
        ({"items.next": "n"}, "the key n already means “write the note” (inspect.note) on the same screen."),
        ({"inspect.note": "?"}, "the key ? already means “keys” (app.help)"),
        ({"app.theme": "f1"}, "the key F1 already means"),
        ({"inspect.note": "m", "inspect.guide": "m"}, "the key m already means"),
        ({"form.keep": "k"}, "k is needed for typing where this works: write f1 to f12, or ctrl+a letter. It stays"),
        ({"form.keep": "enter"}, "enter is needed for typing"),
        ({"inspect.note": "ctrl+i"}, "a terminal cannot tell ctrl+i from tab: choose another."),
        ({"inspect.note": "tab"}, "tab leads to the next field everywhere"),
        ({"inspect.note": "shift+enter"}, "“shift+enter” is no key that every terminal sends"),
        ({"inspect.note": "note"}, "“note” is no key"),
        ({"inspect.note": " "}, "no key is written there"),
    ],
)
def test_keys_are_refused_with_a_sentence_and_stay_as_they_were(wanted: dict[str, str], said: str) -> None:
    given, problems = check_keys(wanted)
    assert len(given) == len(wanted) - 1
    assert len(problems) == 1
    assert said in problems[0]


def test_one_refused_key_takes_no_other_with_it() -> None:
    given, problems = check_keys({"inspect.note": "m", "inspect.evidence": "j", "home.plan": "e"})
    assert given == {"inspect.note": "m", "home.plan": "e"}
    assert len(problems) == 1


def test_keys_are_called_as_they_stand_on_a_keyboard() -> None:
    assert [
        called(key) for key in ("question_mark", "f2", "escape", "left", "ctrl+s", "tab", "space", "comma", "N")
    ] == [*("?", "F2", "esc", "←", "ctrl+s", "tab", "space", ",", "N")]
    assert apart("?, F1,,") == ("question_mark", "f1", "comma")


async def test_a_moved_key_works_and_the_usual_one_does_nothing(visited: tuple[Path, str]) -> None:
    path, visit = visited
    app = InspectKit(path, None, None, visit, settings=Settings(keys={"inspect.not-met": "m", "items.next": "y"}))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.2)
        first = app.screen.item
        await pilot.press("3", "m", "b")
        await pilot.pause(0.2)
        assert app.screen.findings[first.id].assessment is Assessment.NOT_MET
        await pilot.press("down")
        assert app.screen.item == first
        await pilot.press("y")
        assert app.screen.item != first
    app.line.close()


async def test_a_letter_that_was_moved_is_typed_as_a_letter_in_a_note(visited: tuple[Path, str]) -> None:
    path, visit = visited
    app = InspectKit(path, None, None, visit, settings=Settings(keys={"inspect.note": "m", "inspect.guide": "f5"}))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.2)
        await pilot.press("m", *"many mops", "escape")
        await pilot.pause(0.2)
        assert app.screen.findings[app.screen.item.id].narrative == "many mops"
    app.line.close()


async def test_the_keys_line_and_the_help_show_the_keys_that_hold(visited: tuple[Path, str]) -> None:
    path, visit = visited
    keys = SWAPPED | {"inspect.met": "a", "inspect.back": "f10", "app.help": "f8"}
    app = InspectKit(path, None, None, visit, settings=Settings(keys=keys))
    async with app.run_test(size=(200, 60)) as pilot:
        await pilot.pause(0.2)
        shown = line(app)
        assert shown.startswith("a 2 3 4 5 judge  e note  n evidence  l look")
        assert "F8 keys" in shown
        assert "F10 home" in shown
        await pilot.press("f8")
        await pilot.pause()
        assert isinstance(app.screen, Help)
        described = [row.split(maxsplit=1) for row in str(app.screen._keys()).splitlines()]
        assert ["a", "met"] in described
        assert ["e", "write the note"] in described
        assert ["F10", "back"] in described
        assert ["F9", "colours: dark, light, high contrast"] in described
    app.line.close()


def test_running_text_names_the_usual_keys_as_the_screens_bind_them() -> None:
    named = [
        match.groups()
        for file in Path(inspect_kit.tui.__file__).parent.rglob("*.py")
        for match in re.finditer(r'key_of\(self, "([\w.-]+)", "(.+?)"\)', file.read_text(encoding="utf-8"))
    ]
    assert len(named) > 15
    for action, usual in named:
        assert called(all_actions()[action].keys[0]) == usual, action


async def test_running_text_names_the_keys_that_hold(visited: tuple[Path, str]) -> None:
    path, visit = visited
    keys = {"inspect.note": "y", "inspect.back": "f10", "inspect.go-back": "f4", "inspect.throw-away": "f6"}
    app = InspectKit(path, None, None, visit, settings=Settings(keys=keys))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.2)
        await pilot.press("y")
        assert app.screen.query_one("#note", TextArea).placeholder.endswith("F10 keeps it.")
        await pilot.press(*"dry", "f10")
        await pilot.pause(0.2)
        assert "Note  y changes it" in str(app.screen.query_one("#words", Static).render())
        await pilot.press("1")
        await pilot.pause(0.2)
        assert "F4 goes back" in str(app.screen.query_one("#words", Static).render())
    app.line.close()


async def test_without_own_keys_the_line_shows_the_usual_ones(app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.2)
        assert line(app).startswith("1-5 judge  n note  e evidence")


async def test_what_cannot_be_followed_is_said_at_the_beginning(visited: tuple[Path, str]) -> None:
    app = InspectKit(visited[0], None, None, problems=("Settings, line 1: [b] is no colour.",))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.2)
        assert [notice.message for notice in app._notifications] == ["Settings, line 1: [b] is no colour."]
    app.line.close()


def test_the_screens_begin_with_the_settings_of_the_file(
    visited: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[tuple[InspectKit, bool]] = []
    monkeypatch.setattr(InspectKit, "run", lambda self, *, mouse: begun.append((self, mouse)))
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text('theme = "red"\nmouse = false\n[keys]\n"inspect.note" = "m"\n"inspect.guide" = "e"\n')
    assert run(visited[0], None, None) == 0
    ((app, mouse),) = begun
    assert mouse is False
    assert app._settings == Settings("dark", False, "a4", {"inspect.note": "m"})
    assert ["theme cannot be" in problem or "inspect.guide" in problem for problem in app._problems] == [True, True]

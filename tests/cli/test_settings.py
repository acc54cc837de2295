"""The command that shows what can be set."""

import sys

import pytest

from inspect_kit.cli import screens
from inspect_kit.work.settings import settings_file


def write(text: str) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(text)


def test_settings_shows_the_place_each_value_and_meaning_and_every_key(done):
    ended = done("settings")
    assert ended.out.startswith(f"{settings_file()}  (not there yet")
    assert ended.err == ""
    for words in ("theme", '"dark"', "mouse", "paper", '"a4"', "inspect.note", "write the note", "items.next", "↓ j"):
        assert words in ended.out
    assert max(map(len, ended.out.splitlines()[1:])) <= 80


def test_settings_shows_changed_keys_beside_the_usual_ones_and_says_what_cannot_be_followed(done):
    write('theme = "blue"\n[keys]\n"inspect.note" = "m"\n"inspect.urgent" = "e"\n')
    ended = done("settings")
    assert "m (usually n)" in ended.out
    assert [line.partition(": ")[0] for line in ended.err.splitlines()] == ["inspect-kit"] * 2
    assert "theme cannot be" in ended.err
    assert "already means “add evidence" in ended.err


def test_settings_as_json(done):
    write('mouse = false\n[keys]\n"inspect.note" = "m,f5"\n')
    found = done("settings", "--json").json
    assert (found["file"], found["theme"], found["mouse"], found["paper"]) == (
        str(settings_file()),
        "dark",
        False,
        "a4",
    )
    (note,) = (key for key in found["keys"] if key["action"] == "inspect.note")
    assert note == {"action": "inspect.note", "keys": ["m", "f5"], "does": "write the note"}
    assert found["problems"] == []


@pytest.mark.parametrize(("words", "mouse"), [([], True), (["--no-mouse"], False)])
def test_no_mouse_leaves_the_mouse_to_the_terminal(words, mouse, done, monkeypatch: pytest.MonkeyPatch):
    opened = []
    monkeypatch.setattr(screens, "has_screen", lambda: True)
    monkeypatch.setattr(screens, "open_screens", lambda *given, mouse, key_passphrase: opened.append(mouse))
    done(*words)
    assert opened == [mouse]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("words", "settings", "asked"), [([], "", True), (["--no-mouse"], "", False), ([], "mouse = false\n", False)]
)
def test_the_terminal_is_asked_for_the_mouse_only_where_it_is_wanted(words, settings, asked, done):
    from tests.cli.test_terminal import Terminal

    done("casebook", "create", "--no-passphrase")
    write(settings)
    terminal = Terminal(*words)
    terminal.wait_for("\x1b[?25l")
    terminal.wait_for("inspect_kit")
    terminal.type("\x11")
    assert terminal.ends() == 0
    assert ("\x1b[?1003h" in terminal.said) is asked

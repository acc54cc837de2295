"""What commands say about themselves, and what it costs to ask."""

import sys
from importlib import import_module

import click
import pytest

from inspect_kit.cli.program import _SECTIONS, program

HEAVY = {"textual", "reportlab", "pyhanko", "cryptography", "sqlite_utils", "sqlcipher3", "yaml", "rich", "PIL"}


def _all(command: click.Command, path: tuple[str, ...] = ()) -> list[tuple[str, click.Command]]:
    found = [(" ".join(path) or "inspect-kit", command)]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            found += _all(below, (*path, name))
    return found


COMMANDS = dict(_all(program))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_every_option_says_what_it_is_for(name):
    command = COMMANDS[name]
    assert command.help
    assert command.help.split("\n")[0].endswith((".", "?"))
    for parameter in command.params:
        assert isinstance(parameter, (click.Option, click.Argument))
        assert parameter.help, parameter.name
        assert parameter.help.endswith("."), parameter.help


@pytest.mark.parametrize("name", COMMANDS)
def test_help_fits_a_terminal_of_eighty_columns_and_cuts_no_sentence(name, done):
    words = [] if name == "inspect-kit" else name.split()
    text = done(*words, "--help").out
    assert max(map(len, text.split("\n"))) <= 80
    assert "..." not in text.replace("[ARGS]...", "")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_shared_options_stand_in_every_help(name, done):
    text = done(*([] if name == "inspect-kit" else name.split()), "--help").out
    shared = text.partition("Options of every command:")[2]
    assert all(option in shared for option in ("--casebook PATH", "--passphrase-file FILE", "--as IDENTITY.p12"))


def test_the_first_help_says_of_each_command_what_the_command_says_of_itself():
    for commands in _SECTIONS.values():
        for name, (module, text) in commands.items():
            command = getattr(import_module(module), name)
            assert text == command.help.split("\n")[0]
            assert command.name == name


def test_the_version_is_told(done):
    from inspect_kit import __version__

    assert done("--version").out == f"inspect-kit {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [["--help"], ["--version"], ["visit", "--help"], ["record", "--help"], ["report", "--help"], ["demo", "--help"]],
    ids=" ".join,
)
def test_asking_for_help_loads_no_library_that_help_does_not_need(words):
    assert not _imported_by(words) & HEAVY


@pytest.mark.parametrize(
    "words", ["inspect-kit ", "inspect-kit vi", "inspect-kit visit ", "inspect-kit visit show --c"]
)
def test_completing_a_word_in_the_shell_loads_no_library_either(words):
    environment = {
        "_INSPECT_KIT_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
    }
    assert not _imported_by([], environment) & HEAVY


def test_the_first_help_imports_no_command():
    import os
    import subprocess

    code = (
        "import sys; from inspect_kit.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: print([name for name in sys.modules if name.startswith('inspect_kit.')], file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ, check=True)
    loaded = set(eval(ran.stderr))  # noqa: S307 (a list that we printed ourselves)
    assert loaded == {
        "inspect_kit.cli",
        "inspect_kit.cli.lazy",
        "inspect_kit.cli.printing",
        "inspect_kit.cli.program",
        "inspect_kit.errors",
        "inspect_kit.language",
    }


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("inspect-kit ve", {"verify"}),
        ("inspect-kit visit ", {"new", "list", "show", "account", "change", "checklist", "sheet"}),
        ("inspect-kit record V I --assessment p", {"partly-met"}),
        ("inspect-kit --ca", {"--casebook"}),
        ("inspect-kit visit list --ca", {"--casebook"}),
    ],
)
def test_the_shell_is_offered_what_fits(words, offered, own_process):
    ended = own_process(
        _INSPECT_KIT_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=str(len(words.split(" ")) - 1)
    )
    assert {line.partition(",")[2] for line in ended.stdout.decode().split()} == offered


def _imported_by(words: list[str], environment: dict[str, str] | None = None) -> set[str]:
    import os
    import subprocess

    code = (
        "import sys; from inspect_kit.cli import main\n"
        f"try: main({words!r} or None)\n"
        "except SystemExit as ended:\n"
        "    assert not ended.code, ended.code\n"
        "    print(*{name.partition('.')[0] for name in sys.modules}, sep='\\n', file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=os.environ | (environment or {}),
        check=True,
    )
    found = set(ran.stderr.split())
    assert "click" in found
    return found

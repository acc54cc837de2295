"""Click classes of our own: commands that are imported when they run, and options that every command takes.

Click's recipe for lazy groups imports every command to show its help or to complete a word. Here the
group itself holds each command's one-line help, so that ``--help`` and completion answer at once.
"""

from collections.abc import Callable, Mapping
from copy import copy
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from inspect_kit.language import ENGLISH, _, chosen

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Spoken = TypeVar("Spoken", bound=click.Command)

_SHARED = ("casebook", "passphrase_file", "identity", "identity_passphrase_file")
_META = "inspect_kit."


def shared_option(context: click.Context, name: str) -> Path | None:
    """Look up one of the options that may stand before or after the command.

    Args:
        context: of the command that runs.
        name: ``casebook``, ``passphrase_file``, ``identity`` or ``identity_passphrase_file``.

    Returns:
        What was given last, else what the environment says, else None.
    """
    value: Path | None = context.meta.get(_META + name)
    return value


def shared_options(*, environment: bool = False) -> list[click.Parameter]:
    """Make the options that every command takes.

    Args:
        environment: read the environment variables too; only the outermost group does, so that a variable
            never wins over an option that was given before the command.
    """

    def option(flag: str, name: str, metavar: str, envvar: str | None, text: str) -> click.Option:
        return click.Option(
            [flag, name],
            type=click.Path(path_type=Path),
            metavar=metavar,
            envvar=envvar if environment else None,
            expose_value=False,
            callback=_keep,
            help=text,
        )

    return [
        option(
            "--casebook",
            "casebook",
            "PATH",
            "INSPECT_KIT_CASEBOOK",
            "The casebook to work in; else INSPECT_KIT_CASEBOOK, else the one in your data folder.",
        ),
        option(
            "--passphrase-file",
            "passphrase_file",
            "FILE",
            None,
            "Read the passphrase from this file's first line instead of asking for it.",
        ),
        option(
            "--as",
            "identity",
            "IDENTITY.p12",
            "INSPECT_KIT_IDENTITY",
            "Who records or signs; else INSPECT_KIT_IDENTITY, else your own, made at first use.",
        ),
        option(
            "--identity-passphrase-file",
            "identity_passphrase_file",
            "FILE",
            None,
            "The identity's own passphrase, or its token's PIN, where it differs from the casebook's.",
        ),
    ]


def _keep(context: click.Context, parameter: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.meta[f"{_META}{parameter.name}"] = value


def spoken(command: Spoken, say: Callable[[str], str] | None = None) -> Spoken:
    """A command whose help is in the language of its reader; its commands follow when they are asked for.

    Texts of commands, options and arguments stand in plain English where these are declared, and are translated here
    alone.

    Args:
        command: as it was declared; it is left as it is.
        say: turns an English text into what is shown: a sentence, a paragraph, a heading, a word for a value. None
            takes the catalogue; who gathers the texts may pass another.
    """
    if say is None:
        if chosen() == ENGLISH:
            return command
        say = _
    said = copy(command)
    if command.help:
        paragraphs = [say(" ".join(text.split())) for text in command.help.split("\n\n")]
        said.help = "\n\n".join(paragraphs)
        said.short_help = paragraphs[0]  # else click would cut a longer sentence to what English needs
    said.options_metavar = say(command.options_metavar or "")
    said.params = [_spoken(parameter, say) for parameter in command.params]
    if isinstance(said, click.Group):
        said.subcommand_metavar = say(said.subcommand_metavar)
    if isinstance(said, LazyGroup):
        said.sections = {
            say(title): {name: (module, say(text)) for name, (module, text) in commands.items()}
            for title, commands in said.sections.items()
        }
    return said


def _spoken(parameter: click.Parameter, say: Callable[[str], str]) -> click.Parameter:
    said = copy(parameter)
    if isinstance(said, (click.Option, click.Argument)) and said.help:
        said.help = say(said.help)
    if said.metavar and "|" not in said.metavar:  # words between bars are typed as they stand
        said.metavar = say(said.metavar)
    return said


def _write_options(command: click.Command, context: click.Context, formatter: click.HelpFormatter) -> None:
    own: list[tuple[str, str]] = []
    shared: list[tuple[str, str]] = []
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None and isinstance(parameter, click.Option):
            (shared if parameter.name in _SHARED else own).append(record)
    for title, records in ((_("Options"), own), (_("Options of every command"), shared)):
        if records:
            with formatter.section(title):
                formatter.write_dl(records)


class Verb(click.Command):
    """A command that also takes the shared options, and lists them apart in its help."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.params.extend(shared_options())

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write its own options first, the shared ones last."""
        _write_options(self, ctx, formatter)


class VerbGroup(click.Group):
    """A group of verbs on one noun; takes the shared options too."""

    command_class = Verb

    def __init__(self, *arguments: Any, environment: bool = False, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.params.extend(shared_options(environment=environment))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find the command of this name, in the language of its reader; None where there is none."""
        command = super().get_command(ctx, cmd_name)
        return command and spoken(command)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands first, then the options."""
        self.format_commands(ctx, formatter)
        _write_options(self, ctx, formatter)


class LazyGroup(VerbGroup):
    """The outermost group: knows its commands by name and one-line help, and imports the one that runs.

    Args:
        sections: by heading, each command's module and one-line help, by name. The module holds the
            command under the same name.
    """

    def __init__(self, *arguments: Any, sections: Mapping[str, Mapping[str, tuple[str, str]]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.sections = sections

    @property
    def _places(self) -> dict[str, tuple[str, str]]:
        return {name: place for commands in self.sections.values() for name, place in commands.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """All names, in the order of the help."""
        return list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (click's signature)
        """Import the command of this name; None where there is none."""
        if cmd_name not in self._places:
            return None
        command = getattr(import_module(self._places[cmd_name][0]), cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101 (narrows the type of what was imported late)
        return spoken(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; an unknown one is refused with those that look alike."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand:
            raise click.NoSuchCommand(args[0], possibilities=self.list_commands(ctx), ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 (click's signature)
        """Write the commands from the texts held here."""
        width = max(map(len, self._places))
        for title, commands in self.sections.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), text) for name, (_module, text) in commands.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """Complete a command's name, or an option, without importing any command."""
        from click.shell_completion import CompletionItem

        found = [
            CompletionItem(name, help=text)
            for name, (_module, text) in self._places.items()
            if name.startswith(incomplete)
        ]
        return found + click.Command.shell_complete(self, ctx, incomplete)

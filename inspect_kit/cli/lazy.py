"""Click classes of our own: commands that are imported when they run, and options that every command takes.

Click's recipe for lazy groups imports every command to show its help or to complete a word. Here the
group itself holds each command's one-line help, so that ``--help`` and completion answer at once.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_SHARED = ("casebook", "passphrase_file", "identity")
_META = "inspect_kit."


def shared_option(context: click.Context, name: str) -> Path | None:
    """Look up one of the options that may stand before or after the command.

    Args:
        context: of the command that runs.
        name: ``casebook``, ``passphrase_file`` or ``identity``.

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
    ]


def _keep(context: click.Context, parameter: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.meta[f"{_META}{parameter.name}"] = value


def _write_options(command: click.Command, context: click.Context, formatter: click.HelpFormatter) -> None:
    own: list[tuple[str, str]] = []
    shared: list[tuple[str, str]] = []
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None and isinstance(parameter, click.Option):
            (shared if parameter.name in _SHARED else own).append(record)
    for title, records in (("Options", own), ("Options of every command", shared)):
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
        self._places = {name: place for commands in sections.values() for name, place in commands.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """All names, in the order of the help."""
        return list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (click's signature)
        """Import the command of this name; None where there is none."""
        if cmd_name not in self._places:
            return None
        module, _ = self._places[cmd_name]
        command = getattr(import_module(module), cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101 (narrows the type of what was imported late)
        return command

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
                formatter.write_dl([(name.ljust(width), text) for name, (_, text) in commands.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """Complete a command's name, or an option, without importing any command."""
        from click.shell_completion import CompletionItem

        found = [
            CompletionItem(name, help=text) for name, (_, text) in self._places.items() if name.startswith(incomplete)
        ]
        return found + click.Command.shell_complete(self, ctx, incomplete)

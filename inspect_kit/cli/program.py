"""The program: its commands, and the one place where errors turn into a line and an exit code."""

import gettext
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from inspect_kit import __version__, language
from inspect_kit.cli.lazy import LazyGroup, spoken
from inspect_kit.cli.printing import note, visible
from inspect_kit.errors import BadInputError, ExitCode, InspectKitError
from inspect_kit.language import _

_SECTIONS = {
    "Inspect": {
        "facility": ("inspect_kit.cli.facility", "Describe places of detention and whom they hold."),
        "visit": ("inspect_kit.cli.visit", "Plan visits, list them, and read one."),
        "record": ("inspect_kit.cli.recording", "Record a judgement on one item of a visit."),
        "evidence": ("inspect_kit.cli.recording", "Add what was seen, heard, read or measured."),
        "mark": ("inspect_kit.cli.recording", "Mark that an item's sources contradict each other."),
        "review": ("inspect_kit.cli.recording", "Check a colleague's judgement: accept or return it."),
        "recommend": ("inspect_kit.cli.recording", "Record a recommendation of a visit, reword one, or take one back."),
        "jot": ("inspect_kit.cli.jotting", "Keep a quick note, to be sorted later."),
        "inbox": ("inspect_kit.cli.jotting", "List the quick notes of a visit that wait to be sorted."),
        "file": ("inspect_kit.cli.jotting", "File a quick note as evidence under an item."),
        "walk": ("inspect_kit.cli.walk", "Inspect a visit by plain lines, without screens."),
    },
    "Together": {
        "share": ("inspect_kit.cli.exchange", "Write visits into a new casebook for others to sync with."),
        "sync": ("inspect_kit.cli.exchange", "Take in what other casebooks have and yours lacks."),
        "settle": ("inspect_kit.cli.exchange", "Settle what people hold different views on by taking one side."),
        "history": ("inspect_kit.cli.exchange", "Show who did what, when, and what it replaced; oldest first."),
    },
    "Report": {
        "report": ("inspect_kit.cli.report", "Write a visit's report as a PDF, not signed yet."),
        "harm": ("inspect_kit.cli.harm", "List and answer what could harm somebody in an edition."),
        "letter": ("inspect_kit.cli.report", "Write the letter on a visit's urgent findings, not signed yet."),
        "sign": ("inspect_kit.cli.report", "Sign a report or letter as inspector or chair."),
        "comments": ("inspect_kit.cli.comments", "Take what the authority says of a report, and decide on it."),
        "verify": ("inspect_kit.cli.verify", "Check a report's signatures, or a casebook's journal."),
    },
    "Look up": {
        "find": ("inspect_kit.cli.find", "Find a visit's items by their words, notes and rules."),
        "standard": ("inspect_kit.cli.standard", "Look up what a clause of the Bangkok Rules asks for."),
        "checklist": ("inspect_kit.cli.checklist", "Generate checklists; check, add and draft item banks."),
        "sample": ("inspect_kit.cli.sample", "List fictional sample visits, or load one to practise."),
        "demo": ("inspect_kit.cli.demo", "Go through a sample visit from checklist to signed report."),
    },
    "Keep": {
        "casebook": ("inspect_kit.cli.casebook", "Make a casebook, or build its tables anew."),
        "identity": ("inspect_kit.cli.identity", "Make your key, and say whose keys you trust."),
        "settings": ("inspect_kit.cli.settings", "Show your settings, and the keys of every screen."),
        "doctor": ("inspect_kit.cli.doctor", "Examine the casebook: is everything whole and unchanged?"),
    },
}


@click.group(
    cls=LazyGroup,
    sections=_SECTIONS,
    environment=True,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="inspect-kit %(version)s", help="Show the version and exit.")
@click.option("--no-mouse", is_flag=True, help="Leave the mouse to the terminal, for marking and copying.")
@click.pass_context
def program(context: click.Context, no_mouse: bool) -> int | None:
    """Inspect women's prisons against the UN Bangkok Rules.

    Without a command, inspect-kit opens its screens on your casebook. What the screens record, a command records
    too. Everything stays on this machine; nothing needs a network.
    """
    if context.invoked_subcommand is not None:
        return None
    from inspect_kit.cli.screens import has_screen, open_screens
    from inspect_kit.cli.session import Session

    if not has_screen():
        raise BadInputError(
            _(
                "The screens need a terminal that can draw them, and this is none: “inspect-kit walk VISIT” does the"
                " same work by plain lines, and there are the commands (inspect-kit --help)."
            )
        )
    session = Session.of(context)
    return open_screens(
        session.casebook,
        session.identity,
        session.passphrase(),
        mouse=not no_mouse,
        key_passphrase=session.key_passphrase() if session.identity_passphrase_file else None,
    )


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program and leave Python with its exit code.

    Args:
        arguments: what follows the program's name; None takes the command line.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A letter that this terminal cannot show is no reason to fail.
            stream.reconfigure(errors="replace" if stream is sys.stdout else "backslashreplace")
    _choose_language()
    sys.exit(_run(arguments))


def _choose_language() -> None:
    """Take the language that the environment says, else the settings, else the machine; for click's words too.

    The modules that hold texts are imported after this.
    """
    said = os.environ.get("INSPECT_KIT_LANGUAGE")
    if not said:
        from inspect_kit.work.settings import language_set

        said = language_set()
    language.use(said)
    # Click asks Python's gettext for its own words: the process's catalogue, in the language that LANGUAGE names.
    gettext.bindtextdomain(language.DOMAIN, language.LOCALE)
    gettext.textdomain(language.DOMAIN)
    os.environ["LANGUAGE"] = language.chosen()


def _run(arguments: Sequence[str] | None) -> int:
    try:
        code = spoken(program).main(arguments, prog_name="inspect-kit", standalone_mode=False)
        return int(code or ExitCode.DONE)
    except click.exceptions.NoArgsIsHelpError as problem:
        problem.show()
        return ExitCode.USAGE
    except click.UsageError as problem:
        if problem.ctx is not None:
            click.echo(problem.ctx.get_usage(), err=True)
            click.echo(_("Try “{command} --help”.", command=problem.ctx.command_path), err=True)
        note(problem.format_message())
        return ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        note(_("Interrupted; what was saved before stays saved."))
        return ExitCode.INTERRUPTED
    except InspectKitError as problem:
        note(str(problem))
        return problem.exit_code
    except click.ClickException as problem:
        note(problem.format_message())
        return ExitCode.REFUSED
    except OSError as problem:  # not a reader who left early: click and Rich end quietly then
        from inspect_kit.files import explain

        if problem.filename:
            note(str(explain(problem, _("The file {path}", path=problem.filename))))
        else:
            note(
                _(
                    "The output cannot be written: {reason}. What was recorded before stays recorded.",
                    reason=problem.strerror or problem,
                )
            )
        return ExitCode.REFUSED
    except Exception as problem:  # the last resort: an inspector never meets a traceback
        if os.environ.get("INSPECT_KIT_DEBUG"):
            raise
        note(
            _(
                "This should not happen ({what}: {why}). "
                "What was saved before stays saved. Please report it; INSPECT_KIT_DEBUG=1 shows where it happened.",
                what=type(problem).__name__,
                why=visible(str(problem))[:200],
            )
        )
        return ExitCode.REFUSED

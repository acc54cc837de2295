"""The application: it decides which screen comes when."""

import asyncio
import gc
import signal
import sys
import traceback
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType
from textual._compositor import CompositorUpdate
from textual.app import SystemCommand
from textual.binding import ActiveBinding, Binding, BindingType
from textual.command import CommandPalette
from textual.screen import Screen

from inspect_kit.errors import InspectKitError, PassphraseError
from inspect_kit.files import own_folder
from inspect_kit.language import _
from inspect_kit.model import VisitRecord
from inspect_kit.tui.desk import Desk, Leaving
from inspect_kit.tui.keys import called
from inspect_kit.tui.lean import Changes, Terminal
from inspect_kit.tui.theme import PLAIN_CSS, THEMES
from inspect_kit.work.settings import Settings, write_setting

_SETTLED = 0.5
"""Seconds after which a screen that was opened is drawn, and she reads."""


class InspectKit(Desk):
    """The inspector's screens on one casebook.

    Args:
        casebook: its file, which need not exist yet.
        identity: the user's PKCS#12 file; None means the default one.
        passphrase: for casebook and identity, where already known.
        visit: id of a visit to open at once.
        settings: the user's own; ``keys`` as a keymap that has been checked.
        problems: what in her settings could not be followed, to be told at the beginning.
        colours: whether the terminal shows enough colours for our themes; without, the screens are plain.
    """

    TITLE = "inspect_kit"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 (Textual declares it without ClassVar)
    ENABLE_COMMAND_PALETTE = True
    CSS = (
        """
    Input > .input--placeholder, TextArea > .text-area--placeholder { color: $quiet; }
    Toast { padding: 0 1; margin: 0; }
    ToastRack { margin: 1 0; }
    Inspect.writing ToastRack, Interview.writing ToastRack, FormScreen ToastRack { dock: top; align: right top; }
    CommandPalette SearchIcon { display: none; }
    CommandPalette #--input { padding: 0 1; }
    """
        + PLAIN_CSS
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", _("keys"), id="app.help"),
        Binding("f1", "help", _("keys"), id="app.help-f1", show=False),
        Binding("f9", "theme", _("colours: dark, light, high contrast"), id="app.theme", priority=True),
        Binding("ctrl+n", "jot", _("quick note, to be sorted later"), id="app.jot", priority=True),
        Binding("ctrl+q", "quit", _("leave"), id="app.quit", priority=True),
    ]

    def __init__(
        self,
        casebook: Path,
        identity: Path | None,
        passphrase: str | None,
        visit: str | None = None,
        *,
        settings: Settings | None = None,
        problems: Sequence[str] = (),
        colours: bool = True,
    ) -> None:
        super().__init__(casebook, identity, passphrase)
        self._first_visit = visit
        self._settings = settings or Settings()
        self._problems = problems
        self._colours = colours
        self._terminal = Terminal()

    # -- beginning and end

    def on_load(self) -> None:
        """Leave the terminal usable when the window is closed or the system stops us."""
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = THEMES[self._settings.theme if self._colours else "plain"].name
        self.set_keymap(self._settings.keys)
        if sys.platform != "win32":
            loop = asyncio.get_running_loop()
            for name in (signal.SIGTERM, signal.SIGHUP):
                loop.add_signal_handler(name, self.call_later, self._stop)

    async def on_mount(self) -> None:
        """Show the first screen."""
        for problem in self._problems:
            self.notify(problem, severity="warning", timeout=20, markup=False)
        self.set_timer(_SETTLED, self.settle)
        if not self.casebook.exists():
            from inspect_kit.tui.screens.welcome import Welcome

            await self.push_screen(Welcome())
            return
        await self.begin()

    async def begin(self) -> None:
        """Open the casebook and show what is in it; ask for the passphrase where that is needed."""
        from inspect_kit.tui.screens.home import Home

        try:
            drafts, remark = await self.ask(lambda casebook: (casebook.drafts(), casebook.torn_remark))
            self.drafts.load(drafts)
            if remark:
                self.notify(remark, severity="warning", timeout=30, markup=False)
        except PassphraseError as problem:
            from inspect_kit.tui.screens.unlock import Unlock

            tried = self.passphrase if self.locked == self.casebook else self.own_key_passphrase
            await self.push_screen(Unlock(str(problem) if tried else ""))
            return
        except InspectKitError as problem:
            self.exit(return_code=1, message=f"inspect-kit: {problem}")
            return
        await self.push_screen(Home())
        if self.remark:
            self.notify(self.remark, severity="warning", timeout=20, markup=False)
            self.remark = ""
        if self._first_visit:
            visit, self._first_visit = self._first_visit, None
            await self.open_visit(visit)

    async def open_visit(self, visit: str) -> None:
        """Go and inspect."""
        from inspect_kit.tui.screens.inspect import Inspect

        record = await self.attempt(lambda casebook: casebook.visit(visit))
        if record is not None:
            await self.push_screen(Inspect(record))
            self.set_timer(_SETTLED, self.settle)

    def settle(self) -> None:
        """Take what is in memory now for lasting, so that no key waits while it is looked through for garbage."""
        gc.enable()
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def _handle_exception(self, error: Exception) -> None:
        """End with one line for the user; the details of our fault go to a file for whoever mends it."""
        if self.is_headless:  # tests want to see it
            super()._handle_exception(error)
            return
        with suppress(Exception):
            self.drafts.hand_over()
        details = own_folder() / "last-fault.txt"
        details.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        self.exit(
            return_code=1,
            message=_(
                "inspect-kit: a fault of ours, sorry. What was saved is safe; please send us {details}, "
                "which may hold words from your notes: read it first.",
                details=details,
            ),
        )

    # -- what is sent to the terminal

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Send of each frame what it changes."""
        if isinstance(renderable, CompositorUpdate):
            renderable = Changes(self._terminal, renderable, self.size)
        super()._display(screen, renderable)

    def on_resize(self) -> None:
        """The window has another size, or the terminal is ours again: nothing is sure to stand there."""
        self._terminal.forget()

    def on_app_focus(self) -> None:
        """She comes back to this window, in which somebody else may have written."""
        self._terminal.forget()

    # -- everywhere

    async def action_quit(self) -> None:
        """Leave, when no screen holds text that would be lost."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Leaving) and not await screen.leaving():
                return
        self.drafts.hand_over()
        self.exit()

    async def _stop(self) -> None:
        """The window was closed or the system stops us: what is being typed stays as a draft; it is no act yet."""
        self.drafts.hand_over()
        self.exit()

    async def action_jot(self) -> None:
        """Take a quick note for the visit that is on the screen; what is below stays as it is."""
        from inspect_kit.tui.screens.jot import Jot

        if isinstance(self.screen, Jot):
            return
        shown = next((visit for screen in reversed(self.screen_stack) if (visit := getattr(screen, "visit", None))), "")
        visit = shown.id if isinstance(shown, VisitRecord) else str(shown)
        if not visit:
            self.notify(_("A quick note belongs to a visit: choose or plan one first."), timeout=5)
            return
        found = await self.attempt(
            lambda casebook: (
                next((one.facility for one in casebook.visits() if one.id == visit), ""),
                casebook.last_place(visit),
            )
        )
        if found:
            # pushed before the next key is read, so that no letter of the note reaches the screen below
            facility, last = found
            here = next(
                (place for screen in reversed(self.screen_stack) if (place := getattr(screen, "place", ""))), ""
            )
            await self.push_screen(Jot(visit, facility, here or last))

    def action_help(self) -> None:
        """Show the keys of the screen that is on top."""
        from inspect_kit.tui.screens.help import Help

        if not isinstance(self.screen, Help):
            self.push_screen(Help(self.screen))

    def action_theme(self) -> None:
        """Take the next of our themes, and keep it for the next time."""
        if not self._colours:
            self.notify(_("This terminal shows too few colours, or NO_COLOR is set: the screens stay plain."))
            return
        names = [name for name in THEMES if name != "plain"]
        here = next((place for place, name in enumerate(names) if THEMES[name].name == self.theme), -1)
        chosen = names[(here + 1) % len(names)]
        self.theme = THEMES[chosen].name
        try:
            write_setting("theme", chosen)
        except InspectKitError as problem:
            said = _("{problem} The colours hold until you leave.", problem=problem)
            self.notify(said, severity="warning", timeout=12, markup=False)

    def action_command_palette(self) -> None:
        """Offer the commands by name."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=_("Search for commands…"), id="--command-palette"))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the command palette offers: the keys of the screen, and the application's own."""
        offered: dict[str, ActiveBinding] = {}
        for active in screen.active_bindings.values():
            if active.node is screen and active.binding.id and active.binding.show:
                offered.setdefault(active.binding.description, active)
        for title, active in offered.items():
            yield SystemCommand(
                title[:1].upper() + title[1:],
                _("Key {key}", key=called(active.binding.key)),
                partial(self.call_later, screen.run_action, active.binding.action),
            )
        yield SystemCommand(_("Quick note"), _("Write one now, sort it later"), self.action_jot)
        yield SystemCommand(_("Keys"), _("What every key does here"), self.action_help)
        yield SystemCommand(_("Colours"), _("Dark, light, high contrast"), self.action_theme)
        yield SystemCommand(_("Leave"), _("Close inspect_kit; everything is saved"), self.action_quit)

"""The application: it decides which screen comes when."""

import asyncio
import os
import signal
import sys
import traceback
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import SystemCommand
from textual.binding import ActiveBinding, Binding, BindingType
from textual.screen import Screen

from inspect_kit.errors import InspectKitError, PassphraseError
from inspect_kit.files import own_folder
from inspect_kit.tui.desk import Desk, Leaving
from inspect_kit.tui.theme import DARK, LIGHT


class InspectKit(Desk):
    """The inspector's screens on one casebook.

    Args:
        casebook: its file, which need not exist yet.
        identity: the user's PKCS#12 file; None means the default one.
        passphrase: for casebook and identity, where already known.
        visit: id of a visit to open at once.
    """

    TITLE = "inspect_kit"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 (Textual declares it without ClassVar)
    ENABLE_COMMAND_PALETTE = True
    CSS = """
    Input > .input--placeholder, TextArea > .text-area--placeholder { color: $quiet; }
    Toast { padding: 0 1; margin: 0; }
    ToastRack { margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "keys", id="app.help"),
        Binding("f1", "help", "keys", id="app.help-f1", show=False),
        Binding("ctrl+q", "quit", "leave", id="app.quit", priority=True),
    ]

    def __init__(self, casebook: Path, identity: Path | None, passphrase: str | None, visit: str | None = None) -> None:
        super().__init__(casebook, identity, passphrase)
        self._first_visit = visit

    # -- beginning and end

    def on_load(self) -> None:
        """Leave the terminal usable when the window is closed or the system stops us."""
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = "inspect-light" if os.environ.get("INSPECT_KIT_THEME") == "light" else "inspect-dark"
        if sys.platform != "win32":
            loop = asyncio.get_running_loop()
            for name in (signal.SIGTERM, signal.SIGHUP):
                loop.add_signal_handler(name, self.call_later, self._stop)

    async def on_mount(self) -> None:
        """Show the first screen."""
        if not self.casebook.exists():
            from inspect_kit.tui.screens.welcome import Welcome

            await self.push_screen(Welcome())
            return
        await self.begin()

    async def begin(self) -> None:
        """Open the casebook and show what is in it; ask for the passphrase where that is needed."""
        from inspect_kit.tui.screens.home import Home
        from inspect_kit.tui.screens.unlock import Unlock

        try:
            await self.ask(lambda _: None)
        except PassphraseError as problem:
            await self.push_screen(Unlock(str(problem) if self.passphrase else ""))
            return
        except InspectKitError as problem:
            self.exit(return_code=1, message=f"inspect-kit: {problem}")
            return
        await self.push_screen(Home())
        if self._first_visit:
            visit, self._first_visit = self._first_visit, None
            await self.open_visit(visit)

    async def open_visit(self, visit: str) -> None:
        """Go and inspect."""
        from inspect_kit.tui.screens.inspect import Inspect

        record = await self.attempt(lambda casebook: casebook.visit(visit))
        if record is not None:
            await self.push_screen(Inspect(record))

    def _handle_exception(self, error: Exception) -> None:
        """End with one line for the user; the details of our fault go to a file for whoever mends it."""
        if self.is_headless:  # tests want to see it
            super()._handle_exception(error)
            return
        details = own_folder() / "last-fault.txt"
        details.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        self.exit(
            return_code=1,
            message=f"inspect-kit: a fault of ours, sorry. What was saved is safe; please send us {details}, "
            "which may hold words from your notes: read it first.",
        )

    # -- everywhere

    async def action_quit(self) -> None:
        """Leave, when no screen holds text that would be lost."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Leaving) and not await screen.leaving():
                return
        self.exit()

    async def _stop(self) -> None:
        """The window was closed or the system stops us: keep what can be kept without asking."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Leaving):
                await screen.leaving()
        self.exit()

    def action_help(self) -> None:
        """Show the keys of the screen that is on top."""
        from inspect_kit.tui.screens.help import Help

        if not isinstance(self.screen, Help):
            self.push_screen(Help(self.screen))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the command palette offers: the keys of the screen, and the application's own."""
        offered: dict[str, ActiveBinding] = {}
        for active in screen.active_bindings.values():
            if active.node is screen and active.binding.id and active.binding.show:
                offered.setdefault(active.binding.description, active)
        for title, active in offered.items():
            yield SystemCommand(
                title[:1].upper() + title[1:],
                f"Key {active.binding.key.replace('_', ' ')}",
                partial(self.call_later, screen.run_action, active.binding.action),
            )
        yield SystemCommand("Keys", "What every key does here", self.action_help)
        other = "inspect-light" if self.theme == "inspect-dark" else "inspect-dark"
        yield SystemCommand("Light or dark", "Change the colours", partial(setattr, self, "theme", other))
        yield SystemCommand("Leave", "Close inspect_kit; everything is saved", self.action_quit)

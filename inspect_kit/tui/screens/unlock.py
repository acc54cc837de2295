"""Asking for the passphrase of casebook and identity."""

from collections.abc import Iterable
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from inspect_kit.errors import BadInputError, PassphraseError
from inspect_kit.language import _
from inspect_kit.tui.desk import Desk, desk
from inspect_kit.tui.widgets.form import FormScreen, Row, line


class Unlock(FormScreen[None]):
    """Asks once; the same passphrase opens casebook and identity, and only where it does not is the other asked for.

    Args:
        problem: what was wrong with the passphrase given before; empty at first.
    """

    HEADING = _("Open the casebook")
    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (("enter", _("open it")), ("ctrl+q", _("leave")))

    def __init__(self, problem: str = "") -> None:
        super().__init__()
        self._before = problem

    def fields(self) -> Iterable[Widget]:
        """One line."""
        yield Static(Content(_what(desk(self))), id="what", classes="words")
        yield Row(_("Passphrase"), line("", "", id="passphrase", password=True))

    def on_mount(self) -> None:
        """Say what was wrong before."""
        if self._before:
            self.say(self._before)

    async def keep(self) -> None:
        """Open both files."""
        app = desk(self)
        passphrase = self.query_one("#passphrase", Input).value
        if not passphrase:
            raise BadInputError(_("Type the passphrase that was chosen for this file."))
        app.unlock(passphrase)
        locked = app.locked
        try:
            await app.ask(lambda _casebook: None)
        except PassphraseError:
            if app.locked == locked:
                raise
            # one of the two is open now: ask for the other, as for the first
            self.query_one("#what", Static).update(Content(_what(app)))
            self.query_one("#passphrase", Input).value = ""
            self.query_one("#problem").remove_class("shown")
            return
        self.dismiss(None)
        app.call_later(app.begin)

    def action_back(self) -> None:
        """There is nothing behind this screen."""


def _what(app: Desk) -> str:
    if app.locked == app.casebook:
        return str(app.casebook)
    return _("Your identity has a passphrase of its own:\n{path}", path=app.locked)

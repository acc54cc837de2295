"""Asking for the passphrase of casebook and identity."""

from collections.abc import Iterable
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from inspect_kit.errors import BadInputError
from inspect_kit.language import _
from inspect_kit.tui.desk import desk
from inspect_kit.tui.widgets.form import FormScreen, Row, line


class Unlock(FormScreen[None]):
    """Asks once; the same passphrase opens casebook and identity.

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
        yield Static(Content(str(desk(self).casebook)), classes="words")
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
            raise BadInputError(_("Type the passphrase that was chosen for this casebook."))
        app.passphrase = passphrase
        await app.ask(lambda _: None)
        self.dismiss(None)
        app.call_later(app.begin)

    def action_back(self) -> None:
        """There is nothing behind this screen."""

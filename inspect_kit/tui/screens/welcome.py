"""The first minute: who are you, and shall a passphrase protect what you write?"""

from collections.abc import Iterable
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from inspect_kit.errors import BadInputError
from inspect_kit.files import own_folder
from inspect_kit.language import _
from inspect_kit.model import clean_line
from inspect_kit.tui.desk import desk
from inspect_kit.tui.widgets.form import FormScreen, Row, line
from inspect_kit.work.desk import default_identity, suggested_name


class Welcome(FormScreen[None]):
    """Makes casebook and identity with the user."""

    HEADING = _("Welcome to inspect_kit")
    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (
        ("enter", _("next field")),
        ("ctrl+s", _("begin")),
        ("ctrl+q", _("leave")),
    )

    def fields(self) -> Iterable[Widget]:
        """Name, organisation, passphrase twice."""
        app = desk(self)
        has_identity = app.identity is not None or default_identity().is_file()
        yield Static(
            Content.assemble(
                _("Your notes stay on this laptop, in one file, your casebook:"),
                (f"\n{_short(str(app.casebook))}\n", "$quiet"),
                _("Everything you record carries your name; your key signs the reports."),
                "\n",
            ),
            classes="words",
        )
        if not has_identity:
            yield Row(_("Your name"), line(suggested_name(), _("as it shall stand under the report"), id="name"))
            yield Row(_("Organisation"), line("", _("your monitoring body (may stay empty)"), id="organisation"))
        yield Row(
            _("Passphrase"),
            line("", _("several words; empty leaves the file in clear"), id="passphrase", password=True),
        )
        yield Row(_("Once more"), line("", _("the same passphrase"), id="again", password=True))
        yield Static(
            _(
                "A passphrase encrypts the whole casebook. Without it nobody can open the file, "
                "and nobody can give it back to you: keep it safe."
            ),
            classes="hint",
            markup=False,
        )

    async def keep(self) -> None:
        """Make both files and go on."""
        app = desk(self)
        passphrase = self.query_one("#passphrase").value  # type: ignore[attr-defined]  # an Input
        if passphrase != self.query_one("#again").value:  # type: ignore[attr-defined]  # an Input
            raise BadInputError(_("The two passphrases differ: type the same one twice."))
        if self.query("#name"):
            app.new_name = clean_line(self.typed("name"), _("Your name"), required=True)
            app.new_organisation = clean_line(self.typed("organisation"), _("The organisation"))
        app.passphrase = passphrase or None
        await app.ask(lambda _: None)
        self.dismiss(None)
        app.call_later(app.begin)

    def action_back(self) -> None:
        """There is nothing behind this screen."""


def _short(path: str) -> str:
    home = str(own_folder().home())
    return "~" + path[len(home) :] if path.startswith(home) else path

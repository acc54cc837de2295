"""Checking any report or casebook, and countersigning a report that a colleague sent."""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from inspect_kit.errors import BadInputError, InspectKitError, PassphraseError
from inspect_kit.language import _
from inspect_kit.tui.desk import desk
from inspect_kit.tui.places import CASEBOOK, nearby
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.form import FormScreen, Row, line
from inspect_kit.tui.widgets.listing import Listing
from inspect_kit.work.checking import Checked

_ENDINGS = (".pdf", CASEBOOK)
_STYLE = {"valid": ("✓", "bold $met"), "begun": ("▲", "bold $partly"), "not-valid": ("▲", "bold $urgent")}


class Verify(FormScreen[None]):
    """Chooses a file, says whether it holds, and signs it where it is a report.

    Args:
        file: what to begin with; empty for none.
    """

    DEFAULT_CSS = """
    Verify Listing { height: auto; max-height: 6; background: $panel; padding: 0; }
    Verify #result { height: auto; }
    """
    HEADING = _("Verify or countersign")
    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (
        ("enter", _("choose")),
        ("ctrl+s", _("verify")),
        ("f4", _("sign it")),
        ("esc", _("back")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "sign", _("sign the report as what is chosen"), id="verify.sign"),
    ]

    def __init__(self, file: str = "") -> None:
        super().__init__()
        self._file = file
        self._at_work = False

    def fields(self) -> Iterable[Widget]:
        """Files that lie about, another one, the role, a passphrase where one is asked for."""
        found = nearby(desk(self).casebook, _ENDINGS)
        yield Listing(
            *(Option(Content.assemble(file.name, (f"  {file.parent}", "$quiet")), id=str(file)) for file in found),
            id="files",
            markup=False,
        )
        yield Row(_("File"), line(self._file, _("path of a report (PDF) or a casebook"), id="file"))
        roles = [("inspector", _("inspector")), ("chair", _("chair: closes the report"))]
        yield Row(_("Sign as"), Choice(roles, id="role"))
        secret = line("", _("of the casebook, or of your key or token"), id="passphrase", password=True)
        yield Row(_("Passphrase"), secret, id="row-passphrase")
        yield Static(id="result", markup=False)

    def on_mount(self) -> None:
        """Hide what is not needed yet."""
        self.query_one("#row-passphrase").display = False
        files = self.query_one("#files", Listing)
        files.display = bool(files.option_count)
        (files if files.option_count and not self._file else self.query_one("#file")).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the file that was chosen, and go on to the check."""
        field = self.query_one("#file", Input)
        field.value = event.option.id or ""
        field.focus()

    def _chosen(self) -> Path:
        typed = self.typed("file").strip()
        if not typed:
            raise BadInputError(_("No file is chosen: take one of the list, or type where it lies."))
        return Path(typed).expanduser()

    async def keep(self) -> None:
        """Check the file, and tell what holds and what does not."""
        await self._check(self._chosen(), "")

    async def _check(self, file: Path, first: str) -> None:
        from inspect_kit.work.checking import check_file, trusted

        app = desk(self)
        result = self.query_one("#result", Static)
        result.update(Content.assemble("\n", (_("Checking …"), "$quiet")))
        try:
            me = await app.own_identity()
        except InspectKitError:  # her own name is known from the casebook as well
            me = None
        passphrase = self.typed("passphrase") or app.passphrase
        try:
            known = await app.ask(lambda casebook: trusted(casebook, me))
            found = await asyncio.to_thread(check_file, file, passphrase, known)
        except PassphraseError:
            self._ask_passphrase()
            raise
        finally:
            result.update("")
        self.query_one("#problem").remove_class("shown")
        result.update(_told(found, first))

    def _ask_passphrase(self) -> None:
        self.query_one("#row-passphrase").display = True
        self.query_one("#passphrase").focus()

    async def action_sign(self) -> None:
        """Sign it, and check what came of it."""
        if self._at_work:
            return
        self._at_work = True
        try:
            await self._sign()
        except InspectKitError as problem:
            self.say(desk(self).refused(problem))
        finally:
            self._at_work = False

    async def _sign(self) -> None:
        from inspect_kit.export.report import SignerRole
        from inspect_kit.work.checking import role_label
        from inspect_kit.work.reporting import sign

        app, file = desk(self), self._chosen()
        role = SignerRole(self.query_one("#role", Choice).value)
        passphrase = self.typed("passphrase") or app.key_passphrase
        try:
            signature = await asyncio.to_thread(sign, file, app.identity, passphrase, role)
        except PassphraseError:
            self._ask_passphrase()
            raise
        await self._check(file, _("Signed by {name} ({role}).", name=signature.name, role=role_label(role)))


def _told(found: Checked, first: str) -> Content:
    mark, style = _STYLE[found.state]
    said: list[tuple[str, str]] = [("\n", "")]
    if first:
        said.append((f"✓ {first}\n", "bold $met"))
    said.append((f"{mark} {found.told}\n", style))
    said += [(f"▲ {sentence}\n", "$partly") for sentence in found.bad]
    said += [(f"✓ {sentence}\n", "") for sentence in found.good]
    return Content.assemble(*said)

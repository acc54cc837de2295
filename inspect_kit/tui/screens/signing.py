"""What the forms for report and letter do alike: the do-no-harm check, fonts, writing, signing, the result."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import ProgressBar, Static

from inspect_kit.analysis import Point
from inspect_kit.casebook import Casebook
from inspect_kit.errors import PassphraseError
from inspect_kit.language import _, ngettext
from inspect_kit.model import Edition, VisitRecord
from inspect_kit.tui.desk import desk
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.form import FormScreen, Row, line

if TYPE_CHECKING:
    from inspect_kit.export.report import Missing, Verification
    from inspect_kit.identity import Identity
    from inspect_kit.work.reporting import Print, Step

Write = Callable[[Casebook, Path, "Identity", "Print"], str]
"""Writes the paper into a file, and gives a remark."""


class SigningForm(FormScreen[None]):
    """Writes and signs a paper on a visit, once nothing in it is open.

    Args:
        visit: the visit's record.
    """

    DEFAULT_CSS = """
    SigningForm ProgressBar { display: none; margin: 1 0 0 0; }
    SigningForm.working ProgressBar { display: block; }
    SigningForm #result { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "check", _("the do-no-harm check: answer its points"), id="signing.check"),
    ]

    def __init__(self, visit: VisitRecord) -> None:
        super().__init__()
        self.visit = visit
        self._working: Future[tuple[Verification, str]] | None = None
        self._stop = False
        self._step = (0, "")
        self._shown_step = ""

    @property
    def edition(self) -> Edition:
        """For whose readers the paper is."""
        raise NotImplementedError

    def find(self, visit: VisitRecord, answers: Mapping[str, str]) -> Iterable[Point]:
        """The points that are open."""
        raise NotImplementedError

    def missing(self, visit: VisitRecord, fonts: tuple[Path, ...]) -> "Iterable[Missing]":
        """The characters that no font has."""
        raise NotImplementedError

    def ending(self) -> Iterable[Widget]:
        """The rows that stand below every such form's own."""
        secret = line("", _("of your key, or its token’s PIN"), id="passphrase", password=True)
        yield Row(_("Passphrase"), secret, id="row-passphrase")
        yield Row(_("Font"), line("", _("a TrueType file that has the letters"), id="font"), id="row-font")
        codes = [("no", _("not written without a font")), ("yes", _("print them as codes"))]
        yield Row(_("Else"), Choice(codes, id="codes"), id="row-codes")
        yield ProgressBar(total=3, show_eta=False, show_percentage=False, id="bar")
        yield Static(id="result", markup=False)

    def on_mount(self) -> None:
        """Hide what is not needed yet."""
        for row in ("passphrase", "font", "codes"):
            self.query_one(f"#row-{row}").display = False
        self.set_interval(0.2, self._draw_progress)

    async def write_and_sign(self, out: Path, write: Write) -> None:
        """Check, write, sign, verify, and tell what came of it; open points are shown instead.

        Args:
            out: the new PDF.
            write: writes it, once nothing is open.
        """
        from inspect_kit.work import reporting
        from inspect_kit.work.desk import default_identity

        if self._working is not None:
            return
        app, visit = desk(self), self.visit.id
        result = self.query_one("#result", Static)
        result.update("")
        typed = self.typed("font").strip()
        codes = self.query_one("#codes", Choice).value == "yes"
        how = reporting.Print.wanted(fonts=[Path(typed).expanduser()] if typed else (), codes=codes)

        def look(casebook: Casebook) -> tuple[VisitRecord, list[Point], list["Missing"]]:
            record = casebook.visit(visit)
            reporting.refuse_conflicts(record)
            lacking = [] if codes else list(self.missing(record, how.fonts))
            return record, list(self.find(record, casebook.answers(visit))), lacking

        self.visit, points, lacking = await app.ask(look)
        if points:
            await self.action_check()
            return
        if lacking:
            self.query_one("#row-font").display = self.query_one("#row-codes").display = True
            self.query_one("#font").focus()
            self.say(reporting.told_missing(lacking))
            return
        identity = app.identity or default_identity()
        passphrase = self.typed("passphrase") or app.key_passphrase
        titles = {
            reporting.Step.WRITING: _("Writing …"),
            reporting.Step.SIGNING: _("Signing …"),
            reporting.Step.CHECKING: _("Checking …"),
        }

        def progress(step: "Step") -> bool:
            self._step = (list(titles).index(step), titles[step])
            return not self._stop

        def work(casebook: Casebook) -> "tuple[Verification, str]":
            def draft(file: Path, me: "Identity") -> str:
                return write(casebook, file, me, how)

            return reporting.make_and_sign(casebook, visit, out, identity, passphrase, draft, progress)

        self._stop, self._shown_step = False, ""
        self.add_class("working")
        self._working = app.line.do(work)
        try:
            verification, remark = await app.answer(self._working)
        except PassphraseError:
            self.query_one("#row-passphrase").display = True
            self.query_one("#passphrase").focus()
            raise
        finally:
            self._working = None
            self.remove_class("working")
            result.update("")
        self.query_one("#problem").remove_class("shown")
        result.update(_told(out, verification, remark))

    def _draw_progress(self) -> None:
        done, title = self._step
        if self._working is not None and title != self._shown_step:
            self._shown_step = title
            self.query_one("#bar", ProgressBar).update(progress=done)
            self.query_one("#result", Static).update(Content.styled(title, "$quiet"))

    async def action_check(self) -> None:
        """Go through the open points."""
        from inspect_kit.tui.screens.points import Points

        def done(clear: bool | None) -> None:
            if clear:
                self.query_one("#problem").remove_class("shown")
                said = _("✓ No point of the do-no-harm check is open: it can be written.")
                self.query_one("#result", Static).update(Content.styled(said, "bold $met"))
            else:
                self.say(_("Points of the do-no-harm check are open: nothing is written before each is answered."))

        await self.app.push_screen(Points(self.visit, self.edition, self.find), done)

    def action_back(self) -> None:
        """Call off what is not signed yet, or leave."""
        if self._working is not None:
            self._stop = True
            return
        self.dismiss(None)


def _told(out: Path, verification: "Verification", remark: str) -> Content:
    """What came of it."""
    import pikepdf

    from inspect_kit.work.checking import role_label

    with pikepdf.open(out) as pdf:
        pages = len(pdf.pages)
    said: list[tuple[str, str]] = [("\n", "")]
    if verification.unchanged:
        said += [(_("✓ The report is written, signed and verified."), "bold $met"), ("\n", "")]
    else:
        said += [(_("▲ The report does not verify:"), "bold $urgent"), (f" {' '.join(verification.problems)}\n", "")]
    told = ngettext("{count} page", "{count} pages", pages)
    said.append((f"{out} ({told})\n", ""))
    signers = ", ".join(f"{signer.name} ({role_label(signer.role)})" for signer in verification.signers)
    said.append((_("Signed by {signers}.", signers=signers), "$quiet"))
    if verification.missing:
        left = _("Still to sign: {places}.", places=", ".join(verification.missing))
        said.append((f"\n{left}", "$quiet"))
    if remark:
        said.append((f"\n{remark}", "$partly"))
    return Content.assemble(*said)

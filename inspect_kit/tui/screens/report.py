"""Writing a visit's report, signing it, and checking what was signed."""

import re
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from inspect_kit.analysis import disclose, progress
from inspect_kit.casebook import Casebook
from inspect_kit.errors import BadInputError, PassphraseError
from inspect_kit.model import Edition, VisitPlan, VisitRecord
from inspect_kit.tui.desk import desk
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.form import FormScreen, Row, line

if TYPE_CHECKING:
    from inspect_kit.export.report import Verification

_FOR = {
    Edition.INTERNAL: "for the monitoring body itself",
    Edition.AUTHORITY: "for the authority that runs the facility",
    Edition.PUBLIC: "for everybody: no codes, no groups, no places of interviews",
}


class Report(FormScreen[None]):
    """Chooses the edition, says what it will hold, writes, signs and verifies it.

    Args:
        visit: the visit's record.
    """

    HEADING = "Report"
    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (
        ("← →", "choose"),
        ("ctrl+s", "write and sign"),
        ("esc", "back"),
    )

    def __init__(self, visit: VisitRecord) -> None:
        super().__init__()
        self._visit = visit
        self._named = ""

    def fields(self) -> Iterable[Widget]:
        """Edition, file, passphrase where the key needs one."""
        yield Row(
            "Edition",
            Choice([(edition.value, edition.value) for edition in Edition], "authority", id="edition"),
        )
        yield Static(id="holds", classes="hint")
        yield Row("File", line("", "where to write the PDF", id="file"))
        yield Row("Passphrase", line("", "of your key", id="passphrase", password=True), id="row-passphrase")
        yield Static(id="result")

    def on_mount(self) -> None:
        """Begin."""
        self.query_one("#row-passphrase").display = False
        self.on_choice_changed()

    def on_choice_changed(self) -> None:
        """Say what the edition will hold, and name its file."""
        edition = Edition(self.query_one("#edition", Choice).value)
        shown = disclose(self._visit, edition)
        here = progress(self._visit)
        sources = progress(shown.visit).evidence
        withheld = sum(shown.withheld.values())
        lines = [
            _FOR[edition],
            f"{here.done} of {here.items} items judged, {len(self._visit.recommendations)} recommendations",
            f"{sources} source{'s' * (sources != 1)} shown"
            + (f", {withheld} held back: no consent for this edition" if withheld else ""),
        ]
        self.query_one("#holds", Static).update(Content("\n".join(lines)))
        field = self.query_one("#file")
        if self.typed("file") in ("", self._named):
            self._named = str(free(documents(), file_name(self._visit.plan, edition.value)))
            field.value = self._named  # type: ignore[attr-defined]  # an Input

    async def keep(self) -> None:
        """Write, sign, verify."""
        from inspect_kit.work.desk import default_identity
        from inspect_kit.work.reporting import make_and_sign

        app = desk(self)
        out = new_pdf(self.typed("file"), "report")
        edition = Edition(self.query_one("#edition", Choice).value)
        visit = self._visit.id
        identity = app.identity or default_identity()
        passphrase = self.typed("passphrase") or app.passphrase
        result = self.query_one("#result", Static)
        result.update(Content.assemble(("\nWriting, signing and checking …", "$quiet")))

        def work(casebook: Casebook) -> "Verification":
            return make_and_sign(casebook, visit, edition, out, identity, passphrase)

        try:
            verification = await app.ask(work)
        except PassphraseError:
            result.update("")
            row = self.query_one("#row-passphrase")
            row.display = True
            self.query_one("#passphrase").focus()
            raise
        except BaseException:
            result.update("")
            raise
        self.query_one("#problem").remove_class("shown")
        signers = ", ".join(f"{signer.name} ({signer.role})" for signer in verification.signers)
        if verification.signers and not verification.faults:
            said = [("\n✓ The report is written, signed and verified.\n", "bold $met")]
        else:
            said = [
                ("\n▲ The report does not verify: ", "bold $urgent"),
                (" ".join(verification.problems) + "\n", ""),
            ]
        said += [(f"{out}\n", ""), (f"Signed by {signers}.", "$quiet")]
        if verification.awaiting:
            said.append((f"\nStill to sign: {', '.join(verification.missing)}.", "$quiet"))
        result.update(Content.assemble(*said))


def file_name(plan: VisitPlan, what: str) -> str:
    """Name a document about a visit, without ending: ``prison-north-2026-11-04-authority``."""
    name = re.sub(r"[^a-z0-9]+", "-", plan.facility.name.lower()).strip("-")[:40] or "facility"
    return f"{name}-{plan.starts}-{what}"


def new_pdf(typed: str, what: str) -> Path:
    """The PDF that somebody typed, with its ending.

    Args:
        typed: where to write it.
        what: ``report`` or ``sheet``, for the error.

    Raises:
        BadInputError: when nothing was typed, or the file is there already.
    """
    if not typed.strip():
        raise BadInputError(f"The {what} needs a file: type where to write it.")
    out = Path(typed.strip()).expanduser()
    if out.suffix.lower() != ".pdf":
        out = out.with_name(out.name + ".pdf")
    if out.exists():
        raise BadInputError(f"{out.name} is there already, and a {what} is never written over: type another name.")
    return out


def free(folder: Path, stem: str) -> Path:
    """The first of ``stem.pdf``, ``stem-2.pdf`` … that is not there yet."""
    names = (f"{stem}.pdf" if number == 1 else f"{stem}-{number}.pdf" for number in count(1))
    return next(folder / name for name in names if not (folder / name).exists())


def documents() -> Path:
    """Where a person would look for a document that she has just made."""
    folder = Path.home() / "Documents"
    return folder if folder.is_dir() else Path.home()

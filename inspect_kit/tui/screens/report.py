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
from inspect_kit.language import _, ngettext
from inspect_kit.model import Edition, VisitPlan, VisitRecord
from inspect_kit.tui.desk import desk
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.form import FormScreen, Row, line

if TYPE_CHECKING:
    from inspect_kit.export.report import Verification
    from inspect_kit.identity import Identity

_FOR = {
    Edition.INTERNAL: _("for the monitoring body itself"),
    Edition.AUTHORITY: _("for the authority that runs the facility"),
    Edition.PUBLIC: _("for everybody: no codes, no groups, no places of interviews"),
}


class Report(FormScreen[None]):
    """Chooses the edition, says what it will hold, writes, signs and verifies it.

    Args:
        visit: the visit's record.
    """

    HEADING = _("Report")
    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (
        ("← →", _("choose")),
        ("ctrl+s", _("write and sign")),
        ("esc", _("back")),
    )

    def __init__(self, visit: VisitRecord) -> None:
        super().__init__()
        self._visit = visit
        self._named = ""

    def fields(self) -> Iterable[Widget]:
        """Edition, file, passphrase where the key needs one."""
        yield Row(
            _("Edition"),
            Choice([(edition.value, edition.label) for edition in Edition], "authority", id="edition"),
        )
        yield Static(id="holds", classes="hint")
        yield Row(_("File"), line("", _("where to write the PDF"), id="file"))
        secret = line("", _("of your key, or its token’s PIN"), id="passphrase", password=True)
        yield Row(_("Passphrase"), secret, id="row-passphrase")
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
        judged = ngettext("{done} of {count} item judged", "{done} of {count} items judged", here.items, done=here.done)
        recommended = ngettext("{count} recommendation", "{count} recommendations", len(self._visit.recommendations))
        told = ngettext("{count} source shown", "{count} sources shown", sources)
        held_back = ngettext(
            "{count} held back: no consent for this edition", "{count} held back: no consent for this edition", withheld
        )
        lines = [
            _FOR[edition],
            f"{judged}, {recommended}",
            f"{told}, {held_back}" if withheld else told,
        ]
        self.query_one("#holds", Static).update(Content("\n".join(lines)))
        field = self.query_one("#file")
        if self.typed("file") in ("", self._named):
            self._named = str(free(documents(), file_name(self._visit.plan, edition.value)))
            field.value = self._named  # type: ignore[attr-defined]  # an Input

    async def keep(self) -> None:
        """Write, sign, verify."""
        from inspect_kit.work.desk import default_identity
        from inspect_kit.work.reporting import make_and_sign, make_report

        app = desk(self)
        out = new_pdf(self.typed("file"))
        edition = Edition(self.query_one("#edition", Choice).value)
        visit = self._visit.id
        identity = app.identity or default_identity()
        passphrase = self.typed("passphrase") or app.key_passphrase
        result = self.query_one("#result", Static)
        result.update(Content.assemble("\n", (_("Writing, signing and checking …"), "$quiet")))

        def work(casebook: Casebook) -> "Verification":
            def write(file: Path, me: "Identity") -> str:
                return make_report(casebook, visit, edition, file, me)

            return make_and_sign(casebook, visit, out, identity, passphrase, write)[0]

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
            said = [("\n", ""), (_("✓ The report is written, signed and verified."), "bold $met"), ("\n", "")]
        else:
            said = [
                ("\n", ""),
                (_("▲ The report does not verify:"), "bold $urgent"),
                (f" {' '.join(verification.problems)}\n", ""),
            ]
        said += [(f"{out}\n", ""), (_("Signed by {signers}.", signers=signers), "$quiet")]
        if verification.awaiting:
            left = _("Still to sign: {places}.", places=", ".join(verification.missing))
            said.append((f"\n{left}", "$quiet"))
        result.update(Content.assemble(*said))


def file_name(plan: VisitPlan, what: str) -> str:
    """Name a document about a visit, without ending: ``prison-north-2026-11-04-authority``."""
    name = re.sub(r"[^a-z0-9]+", "-", plan.facility.name.lower()).strip("-")[:40] or "facility"
    return f"{name}-{plan.starts}-{what}"


def new_pdf(typed: str) -> Path:
    """The PDF that somebody typed, with its ending.

    Args:
        typed: where to write it.

    Raises:
        BadInputError: when nothing was typed, or the file is there already.
    """
    if not typed.strip():
        raise BadInputError(_("No file is named: type where to write the PDF."))
    out = Path(typed.strip()).expanduser()
    if out.suffix.lower() != ".pdf":
        out = out.with_name(out.name + ".pdf")
    if out.exists():
        raise BadInputError(
            _("{file} is there already, and a file is never written over: type another name.", file=out.name)
        )
    return out


def free(folder: Path, stem: str) -> Path:
    """The first of ``stem.pdf``, ``stem-2.pdf`` … that is not there yet."""
    names = (f"{stem}.pdf" if number == 1 else f"{stem}-{number}.pdf" for number in count(1))
    return next(folder / name for name in names if not (folder / name).exists())


def documents() -> Path:
    """Where a person would look for a document that she has just made."""
    folder = Path.home() / "Documents"
    return folder if folder.is_dir() else Path.home()

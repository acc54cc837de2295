"""Writing a visit's report, signing it, and checking what was signed."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from inspect_kit.analysis import Point, disclose, open_points, progress
from inspect_kit.casebook import Casebook
from inspect_kit.language import _, ngettext
from inspect_kit.model import Edition, VisitRecord
from inspect_kit.tui.desk import desk
from inspect_kit.tui.places import free, named, new_file
from inspect_kit.tui.screens.signing import SigningForm
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.form import Row, line

if TYPE_CHECKING:
    from inspect_kit.export.report import Missing
    from inspect_kit.identity import Identity
    from inspect_kit.work.reporting import Print

_FOR = {
    Edition.INTERNAL: _("for the monitoring body itself"),
    Edition.AUTHORITY: _("for the authority that runs the facility"),
    Edition.PUBLIC: _("for everybody: no codes, no groups, no places of interviews"),
}


class Report(SigningForm):
    """Chooses the edition, says what it will hold, writes, signs and verifies it."""

    HEADING = _("Report")
    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (
        ("← →", _("choose")),
        ("f2", _("what it holds")),
        ("f3", _("do-no-harm")),
        ("ctrl+s", _("write and sign")),
        ("esc", _("back")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "preview", _("what the edition will hold"), id="report.preview"),
    ]

    def __init__(self, visit: VisitRecord) -> None:
        super().__init__(visit)
        self._named = ""

    def fields(self) -> Iterable[Widget]:
        """Edition, file, and what every paper needs."""
        yield Row(
            _("Edition"),
            Choice([(edition.value, edition.label) for edition in Edition], "authority", id="edition"),
        )
        yield Static(id="holds", classes="hint")
        yield Row(_("File"), line("", _("where to write the PDF"), id="file"))
        yield Row(_("Corrects"), line("", _("the signed report of which this is the next version"), id="corrects"))
        yield from self.ending()

    async def on_choice_changed(self) -> None:
        """Another edition."""
        await self._say_what_it_holds()

    @property
    def edition(self) -> Edition:
        """The edition that is chosen."""
        return Edition(self.query_one("#edition", Choice).value)

    def find(self, visit: VisitRecord, answers: Mapping[str, str]) -> Iterable[Point]:
        """The open points of that edition."""
        return open_points(visit, self.edition, answers)

    def missing(self, visit: VisitRecord, fonts: tuple[Path, ...]) -> "Iterable[Missing]":
        """Of the edition's texts."""
        from inspect_kit.export.report import missing_characters

        return missing_characters(visit, self.edition, fonts)

    async def _say_what_it_holds(self) -> None:
        """Say what the edition will hold, how many points are open, and name its file."""
        edition, visit = self.edition, self.visit
        answers = await desk(self).attempt(lambda casebook: casebook.answers(visit.id)) or {}
        points = len(open_points(visit, edition, answers))
        shown = disclose(visit, edition)
        here = progress(visit)
        sources = progress(shown.visit).evidence
        withheld = sum(shown.withheld.values())
        judged = ngettext("{done} of {count} item judged", "{done} of {count} items judged", here.items, done=here.done)
        recommended = ngettext("{count} recommendation", "{count} recommendations", len(visit.recommendations))
        told = ngettext("{count} source shown", "{count} sources shown", sources)
        held_back = ngettext(
            "{count} held back: no consent for this edition", "{count} held back: no consent for this edition", withheld
        )
        lines = [
            _FOR[edition],
            f"{judged}, {recommended}",
            f"{told}, {held_back}" if withheld else told,
        ]
        if points:
            lines.append(
                ngettext(
                    "▲ {count} point of the do-no-harm check is open",
                    "▲ {count} points of the do-no-harm check are open",
                    points,
                )
            )
        self.query_one("#holds", Static).update(Content("\n".join(lines)))
        field = self.query_one("#file", Input)
        if field.value in ("", self._named):
            self._named = str(free(visit.plan, edition.value, ".pdf"))
            field.value = self._named

    async def on_screen_resume(self) -> None:
        """At first, and coming back from the check or from a text that was changed."""
        visit = self.visit.id
        record = await desk(self).attempt(lambda casebook: casebook.visit(visit))
        if record is not None:
            self.visit = record
            await self._say_what_it_holds()

    async def keep(self) -> None:
        """Write, sign, verify."""
        from inspect_kit.work.reporting import make_report

        out, edition, visit = new_file(self.typed("file"), ".pdf"), self.edition, self.visit.id
        typed = self.typed("corrects").strip()
        corrects = named(typed) if typed else None

        def write(casebook: Casebook, file: Path, me: "Identity", how: "Print") -> str:
            return make_report(casebook, visit, edition, file, me, how, corrects)

        await self.write_and_sign(out, write)

    def action_preview(self) -> None:
        """What the edition will hold."""
        from inspect_kit.tui.screens.preview import Preview

        self.app.push_screen(Preview(self.visit, self.edition))

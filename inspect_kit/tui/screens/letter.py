"""The letter on what cannot wait for the report."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget
from textual.widgets import Static

from inspect_kit.analysis import Point
from inspect_kit.casebook import Casebook
from inspect_kit.language import _
from inspect_kit.model import Edition, VisitRecord, clean_line, parse_day
from inspect_kit.tui.places import free, new_file
from inspect_kit.tui.screens.signing import SigningForm
from inspect_kit.tui.widgets.form import Row, line

if TYPE_CHECKING:
    from inspect_kit.export.report import Missing
    from inspect_kit.identity import Identity
    from inspect_kit.work.reporting import Print

_DAYS = 7
"""In how many days an answer is asked for, unless she says otherwise."""


class LetterForm(SigningForm):
    """To whom, by when, and where to."""

    HEADING = _("Urgent letter")
    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (
        ("tab", _("next field")),
        ("f3", _("do-no-harm")),
        ("ctrl+s", _("write and sign")),
        ("esc", _("back")),
    )

    def fields(self) -> Iterable[Widget]:
        """Addressee, day, file."""
        yield Static(
            _(
                "One page on the urgent findings and what you ask for, at once: no source, no number of people, no"
                " account of the visit."
            ),
            classes="words",
            markup=False,
        )
        day = (date.today() + timedelta(days=_DAYS)).isoformat()
        yield Row(_("To"), line("", _("who shall act, such as the director"), id="to"))
        yield Row(_("Answer by"), line(day, _("a day, such as 2026-11-12"), id="by"))
        path = free(self.visit.plan, "letter", ".pdf")
        yield Row(_("File"), line(str(path), _("where to write the PDF"), id="file"))
        yield from self.ending()

    @property
    def edition(self) -> Edition:
        """It goes to the authority."""
        return Edition.AUTHORITY

    def find(self, visit: VisitRecord, answers: Mapping[str, str]) -> Iterable[Point]:
        """The points of the letter."""
        from inspect_kit.export.report import letter_points

        return letter_points(visit, answers)

    def missing(self, visit: VisitRecord, fonts: tuple[Path, ...]) -> "Iterable[Missing]":
        """Of the urgent findings."""
        from inspect_kit.export.report import missing_in_letter

        return missing_in_letter(visit, fonts)

    async def keep(self) -> None:
        """Write, sign, verify."""
        from inspect_kit.work.reporting import make_letter

        to = clean_line(self.typed("to"), _("The letter's addressee"), required=True)
        # Translators: the start of a sentence: “The day for the answer “soon” is no day …”
        by = parse_day(self.typed("by"), _("The day for the answer"))
        out, visit = new_file(self.typed("file"), ".pdf"), self.visit.id

        def write(casebook: Casebook, file: Path, me: "Identity", how: "Print") -> str:
            return make_letter(casebook, visit, file, to, by, me, how)

        await self.write_and_sign(out, write)

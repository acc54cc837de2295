"""Writing a visit's pocket sheet, to be printed and filled in by hand where laptops stay outside."""

from collections.abc import Iterable
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from inspect_kit.analysis.views import View
from inspect_kit.casebook import Casebook
from inspect_kit.language import _
from inspect_kit.model import VisitRecord
from inspect_kit.tui.desk import desk
from inspect_kit.tui.places import free, new_file
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.form import FormScreen, Row, line


class SheetForm(FormScreen[None]):
    """Chooses order and paper, and writes the sheet.

    Args:
        visit: the visit's record.
    """

    HEADING = _("Pocket sheet")
    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (
        ("← →", _("choose")),
        # Translators: a key: make the file.
        ("ctrl+s", _("write")),
        ("esc", _("back")),
    )

    def __init__(self, visit: VisitRecord) -> None:
        super().__init__()
        self._visit = visit

    def fields(self) -> Iterable[Widget]:
        """Order, paper, file."""
        path = free(self._visit.plan, "sheet", ".pdf")
        yield Static(
            _(
                "A blank sheet with boxes and lines, in the order and with the numbers of the screens: print it, fill"
                " it in by hand, type it in afterwards. It holds nothing that was recorded."
            ),
            classes="words",
            markup=False,
        )
        yield Row(_("Order"), Choice([(view.value, _("by {order}", order=view.label)) for view in View], id="view"))
        yield Row(_("Paper"), Choice([("a4", "A4"), ("a5", "A5")], id="paper"))
        yield Row(_("File"), line(str(path), _("where to write the PDF"), id="file"))
        yield Static(id="result")

    async def keep(self) -> None:
        """Write it."""
        from inspect_kit.export.sheet import Paper
        from inspect_kit.work.reporting import make_sheet

        out = new_file(self.typed("file"), ".pdf")
        view = View(self.query_one("#view", Choice).value)
        paper = Paper(self.query_one("#paper", Choice).value)
        visit = self._visit.id
        result = self.query_one("#result", Static)
        result.update(Content.assemble("\n", (_("Writing …"), "$quiet")))

        def work(casebook: Casebook) -> None:
            make_sheet(casebook, visit, view, paper, out)

        try:
            await desk(self).ask(work)
        except BaseException:
            result.update("")
            raise
        self.query_one("#problem").remove_class("shown")
        result.update(Content.assemble("\n", (_("✓ The sheet is written."), "bold $met"), f"\n{out}"))

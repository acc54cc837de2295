"""What an edition will hold, as text, page by page."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from inspect_kit.language import _
from inspect_kit.model import Edition, VisitRecord
from inspect_kit.tui.widgets.lines import Head, KeysLine
from inspect_kit.work.previewing import preview


class Preview(Screen[None]):
    """Sections, findings, sources shown and held back, recommendations, annexes.

    Args:
        visit: the visit's record.
        edition: for whose readers.
    """

    DEFAULT_CSS = "Preview VerticalScroll { padding: 1; } Preview #holds { height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", _("back"), id="preview.back")]

    def __init__(self, visit: VisitRecord, edition: Edition) -> None:
        super().__init__()
        self.visit = visit
        self._edition = edition

    def compose(self) -> ComposeResult:
        """Head, text, keys."""
        yield Head()
        with VerticalScroll():
            yield Static(id="holds", markup=False)
        yield KeysLine((("pgdn", _("next page")), ("pgup", _("page before")), ("?", _("keys")), ("esc", _("back"))))

    def on_mount(self) -> None:
        """Set the text."""
        head = self.query_one(Head)
        head.left = _("What the {edition} edition will hold", edition=self._edition.label)
        head.right = self.visit.plan.facility.name
        parts: list[tuple[str, str]] = []
        for title, lines in preview(self.visit, self._edition):
            parts += [(f"{title}\n", "bold $secondary"), *((f"  {text}\n", "") for text in lines), ("\n", "")]
        self.query_one("#holds", Static).update(Content.assemble(*parts))
        self.query_one(VerticalScroll).focus()

    def action_back(self) -> None:
        """To the form."""
        self.dismiss(None)

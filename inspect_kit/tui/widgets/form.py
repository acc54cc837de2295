"""Forms: one labelled field a line, one line for what is wrong, and the typed text always kept."""

from collections.abc import Iterable
from typing import ClassVar, TypeVar

from rich.cells import cell_len, set_cell_size
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from inspect_kit.errors import InspectKitError
from inspect_kit.language import _
from inspect_kit.tui.keys import key_of
from inspect_kit.tui.widgets.drafting import Drafting
from inspect_kit.tui.widgets.lines import KeysLine

Result = TypeVar("Result")
_LABELS = 13
"""Cells for the labels of a form, with the blank behind them, where none needs more; as in the style of ``Row``."""
_WIDEST = 24
"""Cells for labels, with the blank behind them, at most; a longer label goes on in the next line."""


class Row(Horizontal):
    """A label and its field; the labels of rows that stand together are as wide as the widest needs.

    Args:
        label: what the field is.
        field: where it is typed or chosen.
        id: the row's id, for hiding it.
    """

    DEFAULT_CSS = """
    Row { height: auto; }
    Row > .label { width: 13; color: $quiet; padding: 0 1 0 0; }
    Row > Input, Row > TextArea { background: $panel; }
    Row > Input { width: 1fr; }
    Row > TextArea { width: 1fr; height: 5; }
    """

    def __init__(self, label: str, field: Widget, *, id: str | None = None) -> None:
        self._label = Static(label, classes="label", markup=False)
        super().__init__(self._label, field, id=id)
        parts = label.split() if isinstance(field, TextArea) or cell_len(label) >= _WIDEST else [label]
        self.needs = 1 + max(map(cell_len, parts), default=0)

    def on_mount(self) -> None:
        """Stand in line with the other rows."""
        rows = self.parent.children if self.parent else ()
        self._label.styles.min_width = max(row.needs for row in rows if isinstance(row, Row))


class _Line(Input):
    """A field that ends a hint for which it is too narrow in “…”."""

    def render_line(self, y: int) -> Strip:
        whole, room = self.placeholder, self.scrollable_content_region.width
        if self.value or cell_len(whole) <= room:
            return super().render_line(y)
        self.set_reactive(Input.placeholder, set_cell_size(whole, max(0, room - 1)) + "…")
        try:
            return super().render_line(y)
        finally:
            self.set_reactive(Input.placeholder, whole)


def line(value: str = "", hint: str = "", *, id: str, password: bool = False) -> Input:
    """A one-line field in our style."""
    return _Line(value, placeholder=hint, id=id, compact=True, password=password, select_on_focus=False)


def text(value: str = "", hint: str = "", *, id: str) -> TextArea:
    """A field of several lines in our style; Tab leaves it."""
    return TextArea(value, placeholder=hint, id=id, compact=True, highlight_cursor_line=False)


class FormScreen(ModalScreen[Result], Drafting[Result]):
    """A form over the screen below; ``ctrl+s`` keeps it, ``esc`` goes back.

    What ``keep`` refuses is said on the last line and nothing that was typed is lost. A form with a ``draft_key``
    shows what was typed into it before and not kept, and hands its act to ``desk(self).keep``.
    """

    DEFAULT_CSS = """
    FormScreen { align: center middle; background: $background 70%; }
    FormScreen > Vertical {
        width: 80; max-width: 100%; height: auto; max-height: 100%;
        background: $surface; border: round $border; padding: 0 1;
        border-title-color: $primary; border-title-style: bold;
    }
    FormScreen VerticalScroll { height: auto; max-height: 100%; }
    FormScreen .hint { color: $quiet; padding: 0 0 0 13; }
    FormScreen .words { padding: 0 0 1 0; }
    FormScreen #draft { color: $quiet; height: auto; display: none; }
    FormScreen #problem { color: $urgent; text-style: bold; height: auto; display: none; }
    FormScreen #problem.shown { display: block; }
    FormScreen #foot { dock: bottom; height: auto; }
    FormScreen KeysLine { dock: none; background: $surface; padding: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", _("keep"), id="form.keep", priority=True),
        Binding("ctrl+t", "throw_away", _("throw away what is typed and not kept"), id="form.throw-away"),
        Binding("escape", "back", _("back"), id="form.back"),
    ]
    HEADING: ClassVar[str] = ""
    _begun = False
    _warned = False
    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (
        ("enter", _("next field")),
        ("ctrl+s", _("keep")),
        ("esc", _("back")),
    )

    def fields(self) -> Iterable[Widget]:
        """The form's rows, from top to bottom."""
        raise NotImplementedError

    async def keep(self) -> None:
        """Take what was typed; raise ``InspectKitError`` to refuse it, or dismiss the screen."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The frame around the fields."""
        with Vertical() as frame:
            frame.border_title = self.HEADING
            with VerticalScroll(can_focus=False):
                yield from self.fields()
            with Vertical(id="foot"):  # in sight, however long the form is
                yield Static(id="draft", markup=False)
                yield Static(id="problem", markup=False)
                yield KeysLine(self.KEYS_HERE)

    def on_mount(self) -> None:
        """Remember how the form looked at first, and go on with what waits; once, whoever calls this again."""
        if not self._begun:
            self._begun = True
            self.begin_draft()
            column = max((_LABELS, *(row.needs for row in self.query(Row))))
            for hint in self.query(".hint"):  # below the fields
                hint.styles.padding = (0, 0, 0, column)

    async def leaving(self) -> bool:
        """Whether the program may be left: not with text in the form that was never kept, unless asked twice."""
        if self._warned or self.unkept() is None:
            return True
        self._warned = True
        keys = {"keeps": key_of(self, "form.keep", "ctrl+s"), "leaves": key_of(self, "app.quit", "ctrl+q")}
        if self.draft_key:
            self.say(_("This is not kept yet: {keeps} keeps it, {leaves} once more lets it wait.", **keys))
        else:
            self.say(_("This is not kept yet: {keeps} keeps it, {leaves} once more leaves without it.", **keys))
        return False

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter moves on, and keeps the form in its last field."""
        event.stop()
        fields = [widget for widget in self.focus_chain if not isinstance(widget, VerticalScroll)]
        if fields and event.input is fields[-1]:
            await self.action_keep()
        else:
            self.focus_next()

    async def action_keep(self) -> None:
        """Keep the form, or say what is wrong with it."""
        try:
            await self.keep()
        except InspectKitError as problem:
            self.say(self.desk.refused(problem))

    def action_back(self) -> None:
        """Leave without keeping."""
        self.dismiss(None)

    def say(self, problem: str) -> None:
        """Show a sentence on the last line."""
        place = self.query_one("#problem", Static)
        place.update(Content(f"▲ {problem}"))
        place.add_class("shown")

    def typed(self, field: str) -> str:
        """What stands in a field of one or several lines."""
        widget = self.query_one(f"#{field}")
        return widget.text if isinstance(widget, TextArea) else widget.value if isinstance(widget, Input) else ""

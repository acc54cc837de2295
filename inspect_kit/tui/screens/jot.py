"""A quick note, from anywhere in a visit: one line now, sorted under an item later."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from inspect_kit.language import _
from inspect_kit.tui.desk import desk
from inspect_kit.tui.widgets.form import FormScreen, Row, line


class NoteLine(TextArea):
    """The quick note: it grows with what is typed or pasted, and Enter keeps it.

    Enter is read here and not bound at the screen, where it would overtake letters that arrive together with it, as
    they do over a slow line.
    """

    class Entered(Message):
        """Enter was pressed, after everything that stands here."""

    async def _on_key(self, event: Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Entered())
        else:
            await super()._on_key(event)


class Jot(FormScreen[bool]):
    """Takes one quick note over whatever is on the screen, and leaves that as it was.

    Args:
        visit: the visit's id.
        facility: the facility's name, so that she sees where the note goes.
        place: where she was last.
    """

    DEFAULT_CSS = """
    Jot #what { height: auto; min-height: 1; max-height: 8; margin: 0 0 1 0; background: $panel; }
    """
    HEADING = _("Quick note")
    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (
        ("enter", _("keep")),
        # Translators: what the next fields ask for
        ("tab", _("where, when")),
        ("esc", _("back, nothing is lost")),
    )

    def __init__(self, visit: str, facility: str, place: str) -> None:
        super().__init__()
        self._visit = visit
        self._facility = facility
        self._place = place

    @property
    def draft_key(self) -> str:
        """One quick note at a time can wait half written in each visit."""
        return f"jot {self._visit}"

    def fields(self) -> Iterable[Widget]:
        """The note; where and when stand there already."""
        yield Static(Content.assemble((self._facility, "$quiet")), classes="words")
        yield NoteLine(
            placeholder=_("what you saw or heard; no names"), id="what", compact=True, highlight_cursor_line=False
        )
        yield Row(_("Where"), line(self._place, _("such as: washrooms"), id="place"))
        yield Row(_("When"), line(f"{datetime.now():%Y-%m-%d %H:%M}", _("empty: now"), id="when"))

    def on_mount(self) -> None:
        """Be ready for the next letter, which may be here already."""
        self.set_focus(self.query_one(NoteLine))

    async def on_note_line_entered(self) -> None:
        """Enter keeps the note from its own line."""
        await self.action_keep()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter keeps it from place and time too, and does not go on to the next field as in other forms."""
        event.stop()
        event.prevent_default()
        await self.action_keep()

    async def leaving(self) -> bool:
        """Whether the program may be left: a quick note that was begun is kept first."""
        if not self.typed("what").strip():
            return True
        await self.action_keep()
        return not self.is_current

    async def keep(self) -> None:
        """Keep the quick note and close at once."""
        what, place, when = self.typed("what"), self.typed("place"), self.typed("when")
        visit = self._visit
        await desk(self).keep(self.draft_key, lambda casebook: casebook.jot(visit, what, place, when))
        self.app.notify(_("Quick note saved: it waits in the inbox."), timeout=3)
        self.dismiss(True)

    def action_back(self) -> None:
        """Leave; what was typed waits here."""
        self.dismiss(False)

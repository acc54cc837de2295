"""A choice on one line: arrows change it, Enter moves on."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from inspect_kit.language import _


class Choice(Widget, can_focus=True):
    """One of a few values; ``←`` and ``→`` change it, so that Tab and Enter stay free to move on.

    Args:
        options: pairs of value and label.
        value: the value chosen at first; None takes the first.
        id: the widget's id.
    """

    DEFAULT_CSS = """
    Choice { height: 1; width: 1fr; color: $foreground; }
    Choice:focus { background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", _("previous"), show=False, id="choice.previous"),
        Binding("right,space", "step(1)", _("next"), show=False, id="choice.next"),
        Binding("enter", "app.focus_next", _("next field"), show=False, id="choice.done"),
    ]
    chosen: reactive[int] = reactive(0)

    class Changed(Message):
        """Another value was chosen."""

        def __init__(self, choice: "Choice") -> None:
            self.choice = choice
            super().__init__()

        @property
        def control(self) -> "Choice":
            """The choice that changed."""
            return self.choice

    def __init__(self, options: Sequence[tuple[str, str]], value: str | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.options = tuple(options)
        values = [option for option, _label in self.options]
        self.set_reactive(Choice.chosen, values.index(value) if value in values else 0)

    @property
    def value(self) -> str:
        """The chosen value."""
        return self.options[self.chosen][0]

    @value.setter
    def value(self, value: str) -> None:
        self.chosen = [option for option, _label in self.options].index(value)

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer other values; the one that was chosen stays where it is still among them."""
        before = self.value
        self.options = tuple(options)
        self.set_reactive(Choice.chosen, 0)
        self.choose(before)
        self.refresh()

    def choose(self, value: str) -> None:
        """Choose a value, where it is among the options."""
        if value in [option for option, _label in self.options]:
            self.value = value

    def render(self) -> Content:
        """All options where they fit, otherwise the chosen one with its neighbours within reach."""
        if not self._fits():
            label = self.options[self.chosen][1]
            place = f"{self.chosen + 1}/{len(self.options)}"
            return Content.assemble(("◂ ", "$primary"), (label, "bold"), (" ▸", "$primary"), (f"  {place}", "$quiet"))
        parts: list[Content | tuple[str, str]] = []
        for number, (_value, label) in enumerate(self.options):
            if number == self.chosen:
                parts += [("▸", "$primary bold"), (label, "bold $primary"), (" ", "")]
            else:
                parts.append((f" {label} ", "$quiet"))
        return Content.assemble(*parts)

    def watch_chosen(self, before: int, now: int) -> None:
        """Tell the screen."""
        if before != now and self.is_mounted:
            self.post_message(self.Changed(self))

    def action_step(self, by: int) -> None:
        """Choose the next or previous value, around the ends."""
        self.chosen = (self.chosen + by) % len(self.options)

    def on_click(self, event: Click) -> None:
        """Choose what was clicked, or the next one where only one is shown."""
        if not self._fits():
            self.action_step(1)
            return
        at = 0
        for number, (_value, label) in enumerate(self.options):
            at += cell_len(label) + 2
            if event.x < at:
                self.chosen = number
                return

    def _fits(self) -> bool:
        return sum(cell_len(label) + 2 for _value, label in self.options) <= max(10, self.size.width)

"""The keys of a screen, from the screen itself."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from inspect_kit.language import _
from inspect_kit.tui.keys import actions, all_called, key_of


class Help(ModalScreen[None]):
    """What every key does on the screen below.

    Args:
        about: the screen below.
    """

    DEFAULT_CSS = """
    Help { align: center middle; background: $background 70%; }
    Help > Vertical {
        width: 70; max-width: 100%; height: auto; max-height: 100%;
        background: $surface; border: round $border; border-title-color: $primary; padding: 0 1;
    }
    Help VerticalScroll { height: auto; max-height: 100%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,question_mark,f1", "dismiss", _("back"), id="help.back")
    ]

    def __init__(self, about: Screen[object]) -> None:
        super().__init__()
        self._about = about

    def compose(self) -> ComposeResult:
        """Keys in the order in which the screen names them, then what its signs mean."""
        with Vertical() as frame:
            frame.border_title = _("Keys here")
            frame.border_subtitle = _("{key} back", key=key_of(self, "help.back", "esc"))
            with VerticalScroll():
                yield Static(self._keys())
                legend = getattr(self._about, "LEGEND", "")
                if legend:
                    yield Static(Content(f"\n{legend}"))

    def _keys(self) -> Content:
        merged: dict[str, list[str]] = {}
        for node in (self._about, *self._about.query("*")):
            for keys, described in actions(node).values():
                merged.setdefault(described, []).extend(keys)
        everywhere = actions(self.app)
        merged.setdefault(_("commands, by name"), []).append("ctrl+p")
        merged.setdefault(everywhere["app.jot"][1], []).extend(everywhere["app.jot"][0])
        merged.setdefault(everywhere["app.theme"][1], []).extend(everywhere["app.theme"][0])
        merged.setdefault(_("leave inspect_kit (everything is saved)"), []).extend(everywhere["app.quit"][0])
        lines = [
            Content.assemble((f"{all_called(keys):>14}  ", "bold $primary"), described)
            for described, keys in merged.items()
        ]
        return Content("\n").join(lines)

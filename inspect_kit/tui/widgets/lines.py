"""The two lines that frame every screen: where you are and that your work is safe; which keys work here."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from inspect_kit.tui.keys import held

_ALL = "?"
_GAP = 2


class Head(Widget):
    """The first line: where you are on the left, the state of your work on the right."""

    DEFAULT_CSS = "Head { dock: top; height: 1; background: $panel; color: $foreground; padding: 0 1; }"
    left: reactive[str] = reactive("")
    right: reactive[str] = reactive("")

    def render(self) -> Content:
        """Cut the left side where both do not fit; what is on the right is always whole."""
        room = self.size.width
        right = Content(self.right)
        space = room - right.cell_length - 2
        left = Content(self.left).truncate(max(0, space), ellipsis=True)
        gap = " " * max(2, room - left.cell_length - right.cell_length)
        return Content.assemble(left.stylize("bold"), gap, right.stylize("$quiet"))


class KeysLine(Widget):
    """The last line: the keys that work here, the most needed first; what does not fit is behind ``?``.

    Args:
        keys: pairs of key and word; the usual keys, in place of which a person's own are shown.
    """

    DEFAULT_CSS = "KeysLine { dock: bottom; height: 1; background: $panel; color: $foreground; padding: 0 1; }"
    keys: reactive[tuple[tuple[str, str], ...]] = reactive(())

    def __init__(self, keys: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.set_reactive(KeysLine.keys, tuple(keys))

    def render(self) -> Content:
        """As many keys as fit, whole ones only; the one that shows all the others is always there."""
        shown = [(held(self.screen, usual), word, usual == _ALL) for usual, word in self.keys]
        used = sum(_width(key, word) for key, word, last in shown if last)
        parts: list[tuple[str, str]] = []
        full = False
        for key, word, last in shown:
            if not last and not full:
                full = used + _width(key, word) - _GAP > self.size.width
                used += _width(key, word)
            if last or not full:
                parts += [(key, "bold $primary"), (f" {word}{' ' * _GAP}", "")]
        return Content.assemble(*parts)


def _width(key: str, word: str) -> int:
    return cell_len(key) + 1 + cell_len(word) + _GAP

"""Do no harm, while typing: one quiet line that says what in a text could tell who somebody is."""

import asyncio
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from inspect_kit.analysis import Harm
from inspect_kit.language import ngettext

Finder = Callable[[], Sequence[Harm]]


def warning(found: Sequence[Harm]) -> Content:
    """The first harm in a sentence, and how many more there are; empty where there is none.

    Args:
        found: in the order of the text.
    """
    if not found:
        return Content()
    further = len(found) - 1
    # Translators: so many more warnings about what is being typed
    more = " · " + ngettext("{count} more", "{count} more", further) if further else ""
    return Content.assemble(("⚠ ", "bold $partly"), (found[0].message, "$partly"), (more, "$quiet"))


class HarmLine(Static):
    """Shows the warning a moment after the last key, and goes away when the text is mended. It stops nobody."""

    DEFAULT_CSS = """
    HarmLine { height: auto; max-height: 2; display: none; }
    HarmLine.found { display: block; }
    """
    PAUSE: ClassVar[float] = 0.3
    """Seconds without a key before the text is looked at."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._timer: Timer | None = None
        self._newest: Finder | None = None

    def look(self, find: Finder) -> None:
        """Look soon; a later call takes the place of this one.

        Args:
            find: looks at the text as it is now, and is run beside the screen's drawing.
        """
        self._newest = find
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(self.PAUSE, self._look)

    async def _look(self) -> None:
        find = self._newest
        if find is None:
            return
        found = await asyncio.to_thread(find)
        if find is self._newest and self.is_attached:
            self.update(warning(found))
            self.set_class(bool(found), "found")

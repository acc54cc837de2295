"""Keys that arrive together, as over a slow line: each waits until the one before it has done its work."""

import asyncio
import sys
import unicodedata
from collections import deque
from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.events import Event, Key, Paste
from textual.message_pump import MessagePump

_ESCAPE = "\x1b"
_SEQUENCES = "[O"  # after escape: most often the rest of an arrow or function key
_WORDWISE = "bf\x7f"  # after escape: what Option with an arrow or backspace sends on a Mac
_PATIENCE = 1.0  # seconds; work that takes longer no longer holds keys back, so that it can be left


class _EscapeAndLetter(XTermParser):
    """Reads escape and a letter right behind it as these two keys.

    Textual takes them for alt and a letter: the escape that ends a note and the key that follows it would both land
    in the note (escape and 3 as “£”), or the escape would be lost. No key of ours is made with alt.
    """

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        if len(sequence) == 2 and sequence[0] == _ESCAPE and sequence[1] not in _SEQUENCES + _WORDWISE:
            sequence, alt = sequence[1], True
        if alt:
            yield Key("escape", _ESCAPE)
        yield from super()._sequence_to_key_events(sequence)


def _as_text(event: Key | Paste) -> Key | Paste:
    """Let fields take typed characters that Textual drops as unprintable: joiners of Persian and emoji, hard spaces."""
    character = event.character if isinstance(event, Key) else None
    unseen = character and len(character) == 1 and not character.isprintable()
    return Paste(character) if character and unseen and unicodedata.category(character) in ("Cf", "Zs") else event


class OneKeyAtATime(App[None]):
    """An application in which no key overtakes another.

    Textual hands every key that has arrived to the widget that has the focus at that moment, before the first of them
    has opened a form or moved to the next field: what follows would be typed into the wrong field, or be taken for
    commands; and keys with priority would be obeyed before the letters that came before them.
    """

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[Key | Paste] = deque()
        self._turn = 0
        self._under_way = False
        self._patience: asyncio.TimerHandle | None = None

    def get_driver_class(self) -> type[Driver]:
        """The usual driver, with our reading of escape."""
        if sys.platform != "win32":
            from textual.drivers import linux_driver

            linux_driver.XTermParser = _EscapeAndLetter  # type: ignore[attr-defined]  # the driver names no way to choose it

            class UntilTheWindowCloses(linux_driver.LinuxDriver):
                """The usual driver; once its terminal is gone, the program's end does not wait for it.

                The thread that writes ends with the first byte that nobody takes, and then nobody empties its queue.
                """

                def write(self, data: str) -> None:
                    if self._writer_thread is None or self._writer_thread.is_alive():
                        super().write(data)

                def close(self) -> None:
                    if self._writer_thread is not None and not self._writer_thread.is_alive():
                        self._writer_thread = None
                    super().close()

            return UntilTheWindowCloses
        return super().get_driver_class()

    async def on_event(self, event: Event) -> None:
        """Take a key or a pasted text at once when nothing is under way, otherwise in its turn."""
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            self._waiting.append(_as_text(event))
            if not self._under_way:
                await self._take()
        else:
            await super().on_event(event)

    def drop_waiting(self) -> int:
        """Let go of the keys that have come and had no turn yet; how many there were."""
        count = len(self._waiting)
        self._waiting.clear()
        return count

    async def _take(self) -> None:
        """Hand over the first of the waiting keys, and send somebody after it to see when its work is done."""
        self._turn += 1
        self._under_way = True
        turn = self._turn
        place = self._place
        loop = asyncio.get_running_loop()
        self._patience = loop.call_later(_PATIENCE, self.call_later, self._done, turn)
        try:
            await super().on_event(self._waiting.popleft())
        finally:
            self._follow(turn, place, 2)

    @property
    def _place(self) -> MessagePump:
        """Where a key would be read now."""
        return self.focused or (self.screen if self.screen_stack else self)

    def _follow(self, turn: int, place: MessagePump, laps: int) -> None:
        """Go the way of a key, from where it was read up to the application, behind everything it set off there.

        Args:
            turn: the key's.
            place: where it was read.
            laps: how often to go; what a key does may set off a message that goes the same way once more.
        """
        way = [place]
        while way[-1]._parent is not None:
            way.append(way[-1]._parent)
        self._step(turn, place, deque(way), laps)

    def _step(self, turn: int, place: MessagePump, way: deque[MessagePump], laps: int) -> None:
        """Queue up at the next stage; one that has been closed meanwhile is passed over."""
        while way:
            if way.popleft().call_later(self._step, turn, place, way, laps):
                return
        if laps > 1:
            self._follow(turn, place, laps - 1)
        elif self._place is not place:  # another field or screen, which has to be ready for letters
            self._follow(turn, self._place, 1)
        else:
            self.call_later(self._done, turn)

    async def _done(self, turn: int) -> None:
        """The key's work is done, or takes too long: the next one."""
        if turn != self._turn or not self._under_way:
            return
        self._under_way = False
        if self._patience:
            self._patience.cancel()
        if self._waiting:
            await self._take()

"""Texts that are typed and not kept yet, on their way into the casebook."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeVar

from inspect_kit.casebook import Casebook, Draft
from inspect_kit.errors import InspectKitError

Answer = TypeVar("Answer")
Values = Mapping[str, str]

PAUSE = 1.0
"""Seconds from a change until it is handed to the casebook's thread, while she types on or not."""
AGAIN = 3.0
"""Seconds until a draft that could not be written is tried again."""


def _later(seconds: float, work: Callable[[], None]) -> Callable[[], None]:
    return asyncio.get_running_loop().call_later(seconds, work).cancel


def _here() -> Callable[[Callable[[], None]], None]:
    """How the casebook's thread gets back to this one; at the very end nobody listens any more."""
    loop = asyncio.get_running_loop()

    def back(work: Callable[[], None]) -> None:
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(work)

    return back


class Drafts(MutableMapping[str, Values]):
    """What was typed and not kept yet, by what it is about; whatever stands here is put by in the casebook as well.

    A key is the form, the visit and what it is about, with blanks between. While a text is followed, it is read and
    handed over within ``PAUSE`` seconds of each change. One write of a text is on its way at a time, and the next
    takes what stands there then: a slow disk makes drafts older, never a queue longer.

    Args:
        do: hands work to the casebook's thread, which does one after another.
        trouble: is told in a sentence why a draft could not be put by; it is tried again.
        later: calls something after some seconds, and returns how to call that off.
        here: gives the way by which another thread calls something in this one.
    """

    def __init__(
        self,
        do: "Callable[[Callable[[Casebook], Any]], Future[Any]]",
        trouble: Callable[[str], None],
        later: Callable[[float, Callable[[], None]], Callable[[], None]] = _later,
        here: Callable[[], Callable[[Callable[[], None]], None]] = _here,
    ) -> None:
        self._do = do
        self._trouble = trouble
        self._later = later
        self._here = here
        self._held: dict[str, Draft] = {}
        self._read: dict[str, Callable[[], Values | None]] = {}
        self._timers: dict[str, Callable[[], None]] = {}
        self._behind: set[str] = set()  # the casebook does not know yet what stands here
        self._on_way: dict[str, int] = {}
        self._being_kept: set[str] = set()
        self._told = ""

    # -- as a mapping

    def __getitem__(self, key: str) -> Values:
        return self._held[key].values

    def __setitem__(self, key: str, values: Values) -> None:
        self._note(key, values)
        self._hand_over(key)

    def __delitem__(self, key: str) -> None:
        del self._held[key]
        self._behind.add(key)
        self._hand_over(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def since(self, key: str) -> str:
        """When a draft was put by, as a stamp; empty while it is on its way, or where there is none."""
        return self._held[key].kept if key in self._held else ""

    def load(self, found: Mapping[str, Draft]) -> None:
        """Take in what the casebook holds from before."""
        self._held = {**found, **self._held}

    def answers(self, visit: str) -> dict[str, tuple[str, str]]:
        """Answers that were not kept when an interview broke off: the interviewee's code and the item, by key."""
        found = {key: key.split(" ") for key in self._held if key.startswith(f"answer {visit} ")}
        return {key: (parts[2], parts[3]) for key, parts in found.items()}

    # -- while somebody types

    def follow(self, key: str, read: Callable[[], Values | None]) -> None:
        """Follow a text from now on.

        Args:
            key: what it is about.
            read: gives what stands in its fields now; None where that is nothing worth keeping.
        """
        self._read[key] = read

    def touch(self, key: str) -> None:
        """Something may have changed in a text that is followed."""
        if key in self._read and key not in self._timers:
            self._timers[key] = self._later(PAUSE, lambda: self._due(key))

    def look(self, key: str) -> None:
        """Hand over what stands in a text now, without a pause."""
        self._look(key)
        self._hand_over(key)

    def leave(self, key: str) -> None:
        """Follow a text no longer; what stands there now is handed over first."""
        self.look(key)
        self._forget(key)

    def hand_over(self) -> None:
        """Hand over everything now, because the program ends."""
        for key in list(self._read):
            self._look(key)
        for key in list(self._behind):
            self._hand_over(key)

    async def keep(self, key: str, work: Callable[[Casebook], Answer]) -> Answer:
        """Do an act that takes a draft's place: the act and the draft's end reach the disk together, or neither.

        Args:
            key: the draft; afterwards its text is followed no longer.
            work: is given the casebook.

        Raises:
            InspectKitError: when the act is refused; the draft stays and is followed as before.
        """

        def act(casebook: Casebook) -> Answer:
            with casebook.instead_of_draft(key):
                return work(casebook)

        future: Future[Answer] = self._do(act)
        self._being_kept.add(key)
        try:
            answer = await asyncio.wrap_future(future)
        except BaseException:
            if not future.running():  # refused, or called off before its turn because the program ends
                self._being_kept.discard(key)
                self.look(key)
            raise
        self._being_kept.discard(key)
        self._forget(key)
        self._held.pop(key, None)
        self._behind.discard(key)
        return answer

    # -- inside

    def _note(self, key: str, values: Values | None) -> None:
        before = self._held.get(key)
        if (before.values if before else None) == values:
            return
        self._behind.add(key)
        if values is None:
            del self._held[key]
        else:
            self._held[key] = Draft(values, "")

    def _look(self, key: str) -> None:
        if key in self._read and key not in self._being_kept:
            self._note(key, self._read[key]())

    def _forget(self, key: str) -> None:
        self._read.pop(key, None)
        if key in self._timers:
            self._timers.pop(key)()

    def _due(self, key: str) -> None:
        self._timers.pop(key, None)
        self._look(key)
        if not self._on_way.get(key):
            self._hand_over(key)

    def _hand_over(self, key: str) -> None:
        if key not in self._behind or key in self._being_kept:
            return
        self._behind.discard(key)
        draft = self._held.get(key)

        def write(casebook: Casebook) -> str:
            if draft is None:
                casebook.drop_draft(key)
                return ""
            return casebook.keep_draft(key, draft.values)

        try:
            future = self._do(write)
        except InspectKitError as problem:
            self._behind.add(key)
            self._tell(problem)
            return
        self._on_way[key] = self._on_way.get(key, 0) + 1
        back = self._here()
        future.add_done_callback(lambda done: back(lambda: self._landed(key, draft, done)))

    def _landed(self, key: str, draft: Draft | None, done: "Future[str]") -> None:
        self._on_way[key] -= 1
        problem = done.exception()
        if problem is not None:
            self._behind.add(key)
            self._tell(problem)
            if key not in self._timers:
                self._timers[key] = self._later(AGAIN, lambda: self._due(key))
            return
        self._told = ""
        if draft is not None and self._held.get(key) is draft:
            self._held[key] = Draft(draft.values, done.result())
        if key in self._behind and not self._on_way[key]:
            self._hand_over(key)

    def _tell(self, problem: BaseException) -> None:
        said = str(problem)
        if said != self._told:
            self._told = said
            self._trouble(said)

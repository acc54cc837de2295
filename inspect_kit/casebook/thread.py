"""One thread that owns a casebook, so that screens never wait for a disk and acts stay in order."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from inspect_kit.casebook.casebook import Casebook
from inspect_kit.errors import CasebookError
from inspect_kit.language import _

Answer = TypeVar("Answer")


class CasebookThread:
    """Runs acts and questions on a casebook one after another, in a thread of its own.

    Args:
        opening: opens the casebook; called in that thread, when the first act or question arrives.
    """

    def __init__(self, opening: Callable[[], Casebook]) -> None:
        self._opening = opening
        self._casebook: Casebook | None = None
        self._line = ThreadPoolExecutor(max_workers=1, thread_name_prefix="casebook")
        self._gate = threading.Lock()
        self._closed = False

    def do(self, work: Callable[[Casebook], Answer]) -> "Future[Answer]":
        """Stand in line; the future holds the answer once the act is durable.

        Args:
            work: is given the casebook; what it raises comes out of the future.

        Raises:
            CasebookError: when the line was closed.
        """
        with self._gate:
            if self._closed:
                raise CasebookError(
                    _("The casebook is closed already, so this was not saved: open it and do it again.")
                )
            return self._line.submit(lambda: work(self._open()))

    def close(self) -> None:
        """Finish everything in line, then close the casebook."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._line.submit(self._close)
        self._line.shutdown()

    def _open(self) -> Casebook:
        if self._casebook is None:
            self._casebook = self._opening()
        return self._casebook

    def _close(self) -> None:
        if self._casebook is not None:
            self._casebook.close()
            self._casebook = None

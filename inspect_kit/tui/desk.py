"""The desk at which every screen works: the casebook's thread, who writes, and texts not kept yet."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar, cast, runtime_checkable

from textual.widget import Widget

from inspect_kit.casebook import Casebook, CasebookThread
from inspect_kit.errors import InspectKitError
from inspect_kit.language import _, ngettext
from inspect_kit.tui.burst import OneKeyAtATime
from inspect_kit.tui.drafts import Drafts
from inspect_kit.work.desk import create_casebook, default_identity, sign_in

if TYPE_CHECKING:
    from inspect_kit.identity import Identity

Answer = TypeVar("Answer")


class Desk(OneKeyAtATime):
    """What screens need of the application; ``InspectKit`` decides which screen comes when.

    Args:
        casebook: its file, which need not exist yet.
        identity: the user's PKCS#12 file; None means the default one.
        passphrase: for casebook and identity, where already known.

    Attributes:
        own_key_passphrase: the identity's own, or its token's PIN, where it is known and not the casebook's.
        locked: the file for which a passphrase is needed, casebook or identity, when opening them was refused.
        remark: what the user should know of her certificate, from signing in; empty where there is nothing.
        new_name: the name for a new identity, from the welcome screen.
        new_organisation: likewise.
        drafts: what was typed and not kept yet, by form and subject; the casebook holds it too.
    """

    def __init__(self, casebook: Path, identity: Path | None, passphrase: str | None) -> None:
        super().__init__()
        self.casebook = casebook
        self.identity = identity
        self.passphrase = passphrase
        self.own_key_passphrase: str | None = None
        self.locked = casebook
        self.remark = ""
        self.new_name = ""
        self.new_organisation = ""
        self.line = CasebookThread(self._open)
        self.drafts = Drafts(self.line.do, self._not_put_by)

    def _open(self) -> Casebook:
        """Open or make the casebook; runs in its own thread."""
        self.locked = self.casebook
        make = not self.casebook.exists()
        casebook = (
            create_casebook(self.casebook, self.passphrase) if make else Casebook.open(self.casebook, self.passphrase)
        )
        try:
            self.locked = self.identity or default_identity()
            self.remark = sign_in(casebook, self.identity, self.key_passphrase, self.new_name, self.new_organisation)
        except InspectKitError:
            casebook.close()
            raise
        return casebook

    @property
    def key_passphrase(self) -> str | None:
        """What to try on the identity: its own, else the casebook's, which is never tried on a token."""
        if self.own_key_passphrase is not None or self.passphrase is None:
            return self.own_key_passphrase
        from inspect_kit.identity import on_token

        return None if on_token(self.identity or default_identity()) else self.passphrase

    def unlock(self, passphrase: str) -> None:
        """Take the passphrase for the file that was locked, to be tried next."""
        if self.locked == self.casebook:
            self.passphrase = passphrase
        else:
            self.own_key_passphrase = passphrase

    async def ask(self, work: Callable[[Casebook], Answer]) -> Answer:
        """Have the casebook's thread do something, and wait for it without holding up the screen's drawing.

        Args:
            work: is given the casebook; an act has reached the disk when this returns.
        """
        return await self.answer(self.line.do(work))

    async def answer(self, future: "Future[Answer]") -> Answer:
        """Wait for the answer to what stands in line, without holding up the screen's drawing."""
        return await asyncio.wrap_future(future)

    async def own_identity(self) -> "Identity":
        """The user's identity, opened, for sealing.

        Raises:
            PassphraseError: when its passphrase is another than the casebook's.
        """
        from inspect_kit.identity import load

        return await asyncio.to_thread(load, self.identity or default_identity(), self.key_passphrase)

    async def attempt(self, work: Callable[[Casebook], Answer]) -> Answer | None:
        """As ``ask``, but a refusal is shown to the user and gives None."""
        try:
            return await self.ask(work)
        except InspectKitError as problem:
            self.notify(str(problem), severity="error", timeout=12, markup=False)
            return None

    def on_notify(self) -> None:
        """Make room for what is said in passing: with it, two sentences stand on the screen at most."""
        for old in list(self._notifications)[:-1]:
            self._unnotify(old, refresh=False)

    def refused(self, problem: InspectKitError) -> str:
        """The sentence for an act that did not come about; keys that came behind it were meant for after it, and go."""
        count = self.drop_waiting()
        if not count:
            return str(problem)
        gone = ngettext(
            "{count} key that came after it was not taken.", "{count} keys that came after it were not taken.", count
        )
        return f"{problem} {gone}"

    async def keep(self, draft: str, work: Callable[[Casebook], Answer]) -> Answer:
        """As ``ask``, for an act that takes a draft's place: the draft is gone in the same moment, and not before.

        Args:
            draft: the draft's key.
            work: is given the casebook.
        """
        return await self.drafts.keep(draft, work)

    def _not_put_by(self, problem: str) -> None:
        """Say that a draft is on the screen only; a draft that fits next time says nothing more."""
        said = _("What you are typing is not put by yet. {problem}", problem=problem)
        self.notify(said, severity="warning", timeout=12, markup=False)

    async def begin(self) -> None:
        """Open the casebook and show what is in it."""
        raise NotImplementedError

    async def open_visit(self, visit: str) -> None:
        """Go and inspect.

        Args:
            visit: the visit's id.
        """
        raise NotImplementedError


@runtime_checkable
class Leaving(Protocol):
    """A screen that may hold text which is not kept yet."""

    async def leaving(self) -> bool:
        """Keep what can be kept; False where the user has to decide first."""


def desk(widget: Widget) -> Desk:
    """The desk at which a screen or widget works."""
    return cast(Desk, widget.app)

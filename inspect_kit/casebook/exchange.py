"""What passes between casebooks: seals, sharing, sync, conflicts, and whom this casebook trusts.

What does it is imported where it is called: every start and every command reads this module, and few of them exchange.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspect_kit.casebook import sqlite
from inspect_kit.casebook.clock import a_day_ahead, next_stamp
from inspect_kit.casebook.file import told
from inspect_kit.casebook.questions import Questions
from inspect_kit.errors import CasebookError, UnknownError
from inspect_kit.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from inspect_kit.casebook.chains import Chain
    from inspect_kit.casebook.foreign import Foreign
    from inspect_kit.casebook.history import Step
    from inspect_kit.casebook.sync import Progress, Taken
    from inspect_kit.casebook.trust import Known
    from inspect_kit.identity import Certificate, Identity
    from inspect_kit.model import Seal


def _silent(done: int, total: int) -> bool:  # noqa: ARG001 (the form of Progress)
    return True


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False  # it is not there, or cannot be looked at: that is told where it is opened


class Exchange(Questions):
    """What passes between this casebook and others."""

    # -- seals

    def seal(self, identity: Identity, visit: str | None = None) -> int:
        """Seal what a person has recorded and not sealed yet: her signature over the end of each of her chains.

        Args:
            identity: hers.
            visit: only this visit and its facility; None for everything.

        Returns:
            How many chains were sealed.
        """
        from inspect_kit.casebook import chains, sharing

        streams = sharing.streams_of(self._db, [self._known(visit)]) if visit else self._streams()
        with self._writing():
            return chains.seal(self._db, identity, streams, self._stamp)

    @told
    def seals(self, visit: str) -> tuple[Seal, ...]:
        """The seals on a visit's chains."""
        from inspect_kit.casebook import chains

        return chains.seals(self._db, f"visit:{self._known(visit)}")

    @told
    def chains(self, visit: str | None = None) -> list[Chain]:
        """Each author's chain: how far it is sealed, where it waits or was forked.

        Args:
            visit: only this visit; None for everything.
        """
        from inspect_kit.casebook import chains

        return chains.chains(self._db, f"visit:{self._known(visit)}" if visit else None)

    @told
    def history(self, visit: str, item: str | None = None) -> list[Step]:
        """Every entry of a visit, oldest first.

        Args:
            visit: the visit's id.
            item: only what is about this item, its evidence and recommendations; None for all.
        """
        from inspect_kit.casebook import history

        return history.steps(self._db, self._known(visit), item)

    # -- sharing and syncing

    def share(
        self, visits: Sequence[str], to: Path, passphrase: str | None, wanted: Callable[[], bool] = lambda: True
    ) -> int:
        """Write visits, with their facilities, into a new casebook for others.

        Args:
            visits: their ids.
            to: the new file, which must not exist.
            passphrase: encrypts it; None leaves it in clear.
            wanted: asked some times a second; False calls the work off.

        Returns:
            How many entries it holds.

        Raises:
            BadInputError: when the file exists or cannot be written.
            CalledOffError: when the work was called off; nothing was written then.
        """
        from inspect_kit.casebook import sharing

        streams = sharing.streams_of(self._db, list(map(self._known, visits)))
        return sharing.share(self._db, streams, to, passphrase, wanted)

    def sync(
        self, file: Path, passphrase: str | None = None, *, give: bool = False, progress: Progress = _silent
    ) -> Taken:
        """Take in what another casebook has and this one lacks, and, where asked, give it what it lacks.

        Args:
            file: the other casebook.
            passphrase: opens it where it is encrypted.
            give: give it what it lacks of the visits that it holds already.
            progress: is told how far the work is; False calls it off.

        Returns:
            What came of it.

        Raises:
            PassphraseError: when the other is encrypted and the passphrase missing or wrong.
            CasebookError: when the other cannot be read or is refused, or the work was called off; this casebook is
                then as it was. What keeps it from giving back is a remark instead.
        """
        from inspect_kit.casebook import foreign

        if _same(file, self.path):
            raise CasebookError(_("{path} is this casebook itself: name another.", path=file))
        with foreign.checked(file, passphrase) as other:
            try:
                taken = self._take(other, progress)
            except CasebookError as problem:
                if sqlite.tells_of_damage(f"{problem.__cause__ or ''}") and self._is_whole():
                    raise foreign.damaged(file) from problem  # what a quick check does not see: its indexes lie
                raise
        return self._give(taken, other) if give else taken

    def _give(self, taken: Taken, other: Foreign) -> Taken:
        """Give back; what keeps us from it is a remark, for what was taken is here already."""
        from inspect_kit.casebook import sharing

        if other.torn:
            reason = _("{path} was not given anything, because it is not whole.", path=other.path)
        elif not other.as_ours:
            reason = _(
                "{path} was not given anything: its tables are not made as ours are. Open it once with this"
                " inspect_kit, then sync again.",
                path=other.path,
            )
        else:
            try:
                given, renamed = sharing.give_back(self._db, other.path, other.passphrase)
            except CasebookError as problem:
                reason = _("Nothing was given back. {problem}", problem=problem)
            else:
                remark = _(
                    "{path} got back entries that were recorded under its own name: it was restored from a copy. It"
                    " goes on under a new name.",
                    path=other.path,
                )
                return replace(taken, given=given, remarks=(*taken.remarks, *[remark] * renamed))
        return replace(taken, remarks=(*taken.remarks, reason))

    @told
    def _is_whole(self) -> bool:
        return bool(self._db.execute("PRAGMA main.quick_check(1)").fetchone() == ("ok",))

    def _take(self, other: Foreign, progress: Progress) -> Taken:
        from inspect_kit.casebook import sync

        with sqlite.told(self.path), sqlite.attached(self._db, other.uri, other.passphrase), self._writing():
            (before,) = self._db.execute("SELECT coalesce(max(number), 0) FROM main.entries").fetchone()
            taken = sync.take(self._db, other, self._stamp(), progress)
            own = f"%.{self._setting('laptop')}"
            if self._db.execute("SELECT 1 FROM entries WHERE number > ? AND author LIKE ?", (before, own)).fetchone():
                self.name_laptop()
                remark = _(
                    "Entries came that were recorded under this casebook's own name: it was copied, or restored from"
                    " a copy. It goes on under a new name; “doctor” tells whether two entries claim one place."
                )
                taken = replace(taken, remarks=(*taken.remarks, remark))
        return taken

    # -- conflicts

    def settle(self, visit: str, subject: str, entry: str) -> None:
        """Settle what people hold different views on by taking one of the sides; the others stay in the journal.

        Args:
            visit: the visit's id.
            subject: what it is about, such as ``finding:hygiene.showers``.
            entry: the id of the side to take, or the beginning of it (6 letters or more).

        Raises:
            UnknownError: when there is no such conflict, or no such side.
        """
        sides = {
            side.entry: (conflict, side)
            for conflict in self.conflicts(visit)
            if conflict.subject == subject
            for side in conflict.sides
        }
        if not sides:
            raise UnknownError(
                _("Nobody differs about “{subject}” here: “visit show” lists the conflicts.", subject=subject[:80])
            )
        found = [name for name in sides if len(entry) >= 6 and name.startswith(entry.lower())]
        if len(found) != 1:
            raise UnknownError(
                _(
                    "No side {id} in this conflict: give the first letters of one that “visit show” lists.",
                    id=entry[:12],
                )
            )
        _conflict, side = sides[found[0]]
        with self._act(f"visit:{visit}") as append:
            append(side.kind, subject, side.value)

    # -- trust

    @told
    def known(self) -> list[Known]:
        """Everybody whose certificate this casebook holds, and every root it trusts."""
        from inspect_kit.casebook import trust

        return trust.known(self._db)

    def trust(self, certificate: Certificate) -> None:
        """Trust a person's certificate, or a root's and with it whatever the root issued.

        Compare the fingerprint's words with its owner first, by voice.
        """
        from inspect_kit.casebook import trust

        with self._writing():
            trust.trust(self._db, certificate, self._stamp())

    def distrust(self, fingerprint: str) -> None:
        """Trust a certificate no longer.

        Raises:
            UnknownError: when it was not listed.
        """
        from inspect_kit.casebook import trust

        with self._writing():
            trust.distrust(self._db, fingerprint)

    def lose_key(self, fingerprint: str, since: str) -> None:
        """Note that a key is lost: seals that came before stay valid, later ones are marked.

        Args:
            fingerprint: of its certificate, in hex.
            since: the first day on which somebody else could have used it, ISO.

        Raises:
            UnknownError: when this casebook has never met the certificate.
            BadInputError: when the day lies in the future.
        """
        from inspect_kit.casebook import trust

        with self._writing():
            trust.lose(self._db, fingerprint, since, self._stamp())

    # -- inside

    def _streams(self) -> list[str]:
        return [stream for (stream,) in self._db.execute("SELECT DISTINCT stream FROM entries ORDER BY 1").fetchall()]

    def _stamp(self) -> str:
        (found,) = self._db.execute(
            # each by its index: over both together SQLite would read every stamp
            "SELECT max(stamp) FROM (SELECT max(stamp) AS stamp FROM main.entries WHERE stamp <= :ahead"
            " UNION ALL SELECT max(stamp) FROM main.seals WHERE stamp <= :ahead)",
            {"ahead": a_day_ahead(self._now)},
        ).fetchone()
        return next_stamp(found, self._now)

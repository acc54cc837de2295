"""The casebook's file: opening and closing it, who works in it, and one transaction an act."""

import hashlib
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from inspect_kit.casebook import drafts, journal, projection, schema, sqlite
from inspect_kit.casebook.clock import next_stamp
from inspect_kit.casebook.drafts import Draft
from inspect_kit.errors import CasebookError
from inspect_kit.files import own_folder
from inspect_kit.language import _
from inspect_kit.model import check_passphrase

Asked = ParamSpec("Asked")
Found = TypeVar("Found")
Book = TypeVar("Book", bound="CasebookFile")
_NOBODY = _("Nobody is named as author yet: choose an identity first (--as).")


def told(question: Callable[Concatenate[Book, Asked], Found]) -> Callable[Concatenate[Book, Asked], Found]:
    """A question whose trouble with the file comes out as a sentence."""

    @wraps(question)
    def asked_of(self: Book, /, *args: Asked.args, **kwargs: Asked.kwargs) -> Found:
        with sqlite.told(self.path):
            return question(self, *args, **kwargs)

    return asked_of


class CasebookFile:
    """The file of a casebook, who works in it, and what is typed and not kept yet.

    Attributes:
        path: its file.
        encrypted: whether a passphrase protects it.
        torn: whether the file, as it was found, is a copy that was made while somebody had it open.
    """

    def __init__(self, path: Path, passphrase: str | None, *, new: bool, now: Callable[[], float] = time.time) -> None:
        self.path = path
        self.encrypted = passphrase is not None and (new or not sqlite.in_clear(path))
        self._now = now
        self._author: str | None = None
        self._in_use = False
        self._passphrase = passphrase if self.encrypted else None
        self._db, self.torn = sqlite.connect(path, passphrase, new=new)
        try:
            with sqlite.told(path):
                schema.refuse_newer(self._db, path)
                sqlite.begin_use(self._db)
                self._in_use = True
                schema.make_tables(self._db)
                if new:  # so that a copy of the file alone has tables at least
                    self._db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
                if self._setting("projection") != projection.VERSION:
                    self.rebuild()
                self._settle_in()
                if self.torn and not new:
                    with self._writing():
                        self._set("torn", next_stamp(None, self._now)[:10])
        except BaseException:
            self.close()
            raise

    @classmethod
    def create(cls, path: Path, passphrase: str | None = None, now: Callable[[], float] = time.time) -> Self:
        """Make a new casebook.

        Args:
            path: its file, which must not exist.
            passphrase: encrypts the whole file; None leaves it in clear.
            now: the machine's clock, in seconds since 1970.

        Raises:
            BadInputError: when the passphrase is empty or has control characters.
            CasebookError: when the file exists or cannot be made there.
        """
        if passphrase is not None:
            check_passphrase(passphrase)
        sqlite.make_empty(path)
        try:
            return cls(path, passphrase, new=True, now=now)
        except BaseException:
            for ending in ("", "-wal", "-shm"):  # ours alone, and nothing in it was acknowledged
                path.with_name(path.name + ending).unlink(missing_ok=True)
            raise

    @classmethod
    def open(cls, path: Path, passphrase: str | None = None, now: Callable[[], float] = time.time) -> Self:
        """Open a casebook; older tables are brought to this version.

        Args:
            path: its file.
            passphrase: needed where the file is encrypted, ignored where it is in clear.
            now: the machine's clock, in seconds since 1970.

        Raises:
            PassphraseError: when the passphrase is missing or wrong.
            CasebookError: when the file is missing, damaged, no casebook, or newer than this program.
        """
        return cls(path, passphrase, new=False, now=now)

    def close(self) -> None:
        """Close the file. Everything acknowledged is on the disk already."""
        shared = self._in_use and not sqlite.end_use(self._db)
        self._in_use = False
        self._db.close()
        if shared:
            sqlite.last_out(self.path, self._passphrase)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- who works here

    @told
    def author_of(self, key_file: bytes) -> bool:
        """Work as the person whose identity file this is, if this casebook has met it before.

        Args:
            key_file: the bytes of her PKCS#12 file. They are compared by hash, so that a known identity
                needs no passphrase for recording; sealing and signing do.

        Returns:
            False when it is new here: read it and call ``enrol``.
        """
        fingerprint = self._setting(f"identity:{hashlib.sha256(key_file).hexdigest()}")
        if fingerprint:
            self._author = f"{fingerprint}.{self._setting('laptop')}"
        return bool(fingerprint)

    def enrol(self, key_file: bytes, fingerprint: str, name: str, certificate: bytes) -> None:
        """Work as this person from now on.

        Args:
            key_file: the bytes of her PKCS#12 file.
            fingerprint: SHA-256 of her certificate, in hex.
            name: as it stands in the certificate.
            certificate: in DER.
        """
        with self._writing():
            self._db.execute(
                "INSERT INTO certificates (fingerprint, name, certificate) VALUES (?, ?, ?)"
                " ON CONFLICT (fingerprint) DO NOTHING",
                (fingerprint, name, certificate),
            )
            self._set(f"identity:{hashlib.sha256(key_file).hexdigest()}", fingerprint)
        self._author = f"{fingerprint}.{self._setting('laptop')}"

    @told
    def author_name(self) -> str:
        """The name under which entries are recorded now; empty before anybody signed in."""
        row = self._db.execute(
            "SELECT name FROM certificates WHERE fingerprint = ?", ((self._author or "").partition(".")[0],)
        ).fetchone()
        return str(row[0]) if row else ""

    # -- drafts, which are no acts: nothing of them enters the journal

    def keep_draft(self, key: str, values: Mapping[str, str]) -> str:
        """Put by what the author has typed so far; it replaces what she had put by under this key.

        Args:
            key: names what she is writing.
            values: what stands in each field, by the field's name.

        Returns:
            When that was, as a stamp like those of the journal.

        Raises:
            BadInputError: when it is larger than ``drafts.DRAFT_LIMIT`` or cannot be kept.
        """
        draft = Draft(values, next_stamp(None, self._now))
        with self._writing():
            drafts.write(self._db, self._writer, key, draft)
        return draft.kept

    @told
    def drafts(self) -> dict[str, Draft]:
        """What the author has typed and not kept yet, by key, the latest first; nobody else's."""
        return drafts.read(self._db, self._writer)

    def drop_draft(self, key: str) -> None:
        """Erase a draft of the author's, if there is one."""
        with self._writing():
            drafts.erase(self._db, self._writer, key)

    @contextmanager
    def instead_of_draft(self, key: str) -> Iterator[None]:
        """Erase a draft together with the acts inside the block: both reach the disk, or neither does."""
        with self._writing():
            yield
            self.drop_draft(key)

    def rebuild(self) -> None:
        """Project all tables again from the journal."""
        with self._writing():
            projection.project(self._db)
            self._set("projection", projection.VERSION)

    # -- inside

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with sqlite.told(self.path):
            if self._db.conn.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.conn.commit()
            except BaseException:
                self._db.conn.rollback()
                raise

    @contextmanager
    def _act(self, stream: str) -> Iterator[Callable[..., str]]:
        if self._author is None:
            raise CasebookError(_NOBODY)
        subjects: list[str] = []
        with self._writing():
            writer = journal.Writer(self._db, self._author, self._now)

            def append(kind: str, subject: str, body: dict[str, Any], seen: Sequence[str] | None = None) -> str:
                subjects.append(subject)
                return writer.append(stream, kind, subject, body, seen)

            yield append
            for subject in dict.fromkeys(subjects):
                projection.project(self._db, stream, subject)

    @property
    def _writer(self) -> str:
        """Fingerprint of who records now."""
        if self._author is None:
            raise CasebookError(_NOBODY)
        return self._author.partition(".")[0]

    def _setting(self, name: str) -> str | None:
        row = self._db.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def _set(self, name: str, value: str) -> None:
        self._db.execute(
            "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, value),
        )

    def _settle_in(self) -> None:
        """Give this copy of the file a name of its own; a copy that moved to another machine gets a new one."""
        machine = _machine()
        if self._setting("laptop") is None or self._setting("machine") != machine:
            with self._writing():
                self.name_laptop()
                self._set("machine", machine)

    def name_laptop(self) -> None:
        """Give this copy of the file a new name: two copies that go on under one name fork their author's chain."""
        laptop = secrets.token_hex(4)
        with self._writing():
            self._set("laptop", laptop)
        if self._author is not None:
            self._author = f"{self._writer}.{laptop}"


def _machine() -> str:
    """A random name for this machine and user, kept in the user's data folder."""
    file = own_folder() / "machine"
    try:
        if not file.is_file():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(secrets.token_hex(8), encoding="ascii")
        return file.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return secrets.token_hex(8)  # nothing can be kept here: a new name each time never forks a chain

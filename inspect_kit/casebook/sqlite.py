"""One SQLite everywhere: sqlcipher3, encrypted or not; sqlite-utils where tables are made, and only then imported.

Nothing else in inspect_kit opens a database. sqlite-utils takes ``pysqlite3`` where it finds it, so
sqlcipher3 is registered under that name before sqlite-utils is imported: with Python's own module an
``INSERT … RETURNING`` leaves a transaction open, and its SQLite may have the WAL-reset corruption bug.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3
import sqlcipher3.dbapi2

from inspect_kit.errors import CasebookError, PassphraseError
from inspect_kit.language import _
from inspect_kit.model import check_passphrase

sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher3.dbapi2)

APPLICATION_ID = 0x494B4342
"""“IKCB” in the file's header: this SQLite file is a casebook."""
IN_USE = 1
"""The file's ``user_version`` while somebody has it open; 0 when it was closed and holds everything by itself."""
STATEMENTS = 256
"""So many statements stay prepared; sqlcipher3 keeps so few that an act's were all prepared anew each time."""
_CACHE, _CACHE_TO_SYNC = 64_000, 160_000
"""Kilobytes of pages in memory, at most. Entries come to a sync in the order of their random ids, all over the file: at
a million of them, pages that leave the smaller cache are written and read again for the next ones."""
_PLAIN = b"SQLite format 3\x00"
DatabaseError = sqlcipher3.DatabaseError
TROUBLE = (DatabaseError, UnicodeDecodeError)
_STEPS = 500_000
"""How many steps of its machine SQLite takes, some hundredths of a second, until it asks whether to go on."""
"""What SQLite raises; the second where its own message quotes a damaged file."""


class Database:
    """An open casebook's connection.

    A statement is committed at once, unless a transaction was begun by ``BEGIN``.

    Args:
        conn: the connection, without transactions that begin by themselves.
    """

    def __init__(self, conn: "sqlcipher3.Connection") -> None:
        self.conn = conn
        self.execute = conn.execute
        self.close = conn.close

    def query(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> Iterator[dict[str, Any]]:
        """The rows that a question finds, each by the names of its columns."""
        rows = self.conn.execute(sql, values)
        names = [column[0] for column in rows.description]
        return (dict(zip(names, row, strict=True)) for row in rows)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite reports inside the block into a sentence for the inspector.

    Raises:
        CasebookError: for every database error; the transaction has been rolled back by then.
    """
    try:
        yield
    except TROUBLE as problem:
        raise CasebookError(_remedy(path, str(problem))) from problem


def _remedy(path: Path, said: str) -> str:
    """What SQLite reports, as a sentence that says what to do."""
    if "disk is full" in said:
        return _(
            "The casebook {path}: the disk is full; nothing was saved by this act. Free some space and do it again.",
            path=path,
        )
    if "I/O" in said:
        return _(
            "The casebook {path}: the disk is full or does not answer. Check that it is there and has room, and do it"
            " again.",
            path=path,
        )
    if "locked" in said or "busy" in said:
        return _(
            "The casebook {path}: another program is writing to it. Close that program, or try again in a moment.",
            path=path,
        )
    if "readonly" in said or "unable to open" in said:
        return _(
            "The casebook {path}: it may not be written here. Check the folder's permissions, or copy it to a folder"
            " of yours.",
            path=path,
        )
    if tells_of_damage(said):
        return _(
            "The casebook {path}: its file is damaged. Keep it, and go on from your latest shared or backed-up copy.",
            path=path,
        )
    return _("The casebook {path}: SQLite says: {said}. Nothing was changed by this act.", path=path, said=said)


def tells_of_damage(said: str) -> bool:
    """Whether what SQLite reports is that a file is damaged."""
    return any(word in said.lower() for word in ("not a database", "malformed", "hmac", "decode", "text encoding"))


def connect(path: Path, passphrase: str | None, *, new: bool) -> tuple[Database, bool]:
    """Open a casebook's file, or make an empty one.

    Args:
        path: the file.
        passphrase: opens an encrypted casebook, or encrypts a new one; None for one in clear.
        new: the file is one of ``make_empty``.

    Returns:
        The database, usable in this thread only; and whether the file is a copy that was made while somebody had it
        open, without what had not reached the file itself yet.

    Raises:
        PassphraseError: when a passphrase is missing or wrong.
        BadInputError: when it cannot be one.
        CasebookError: when the file is missing or is no casebook.
    """
    encrypted = passphrase is not None if new else looks_encrypted(path, passphrase)
    beside = path.with_name(path.name + "-wal").exists()
    with told(path):
        connection = sqlcipher3.connect(str(path), timeout=5.0, isolation_level=None, cached_statements=STATEMENTS)
    try:
        with told(path):
            unlock(connection, passphrase if encrypted else None)
        if new:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        else:
            check(connection, path, encrypted=encrypted)
        with told(path):
            (in_use,) = connection.execute("PRAGMA user_version").fetchone()
            for pragma in (
                "synchronous = FULL",
                "foreign_keys = ON",
                "recursive_triggers = ON",  # or REPLACE would pass by the triggers that refuse to delete
                "secure_delete = ON",
                "trusted_schema = OFF",
                f"cache_size = -{_CACHE}",
                "temp_store = MEMORY",
            ):
                connection.execute(f"PRAGMA {pragma}")
            return Database(connection), in_use == IN_USE and not beside
    except BaseException:
        connection.close()
        raise


def begin_use(db: Database) -> None:
    """Begin to use a casebook: its file says from now on that what it holds may lie beside it, in its ``-wal``."""
    db.execute("PRAGMA journal_mode = WAL").fetchall()
    (in_use,) = db.execute("PRAGMA user_version").fetchone()
    if in_use != IN_USE:
        db.execute(f"PRAGMA user_version = {IN_USE}")
        db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def end_use(db: Database) -> bool:
    """End the use of a casebook; where nobody else has it open, its file then holds everything by itself.

    Returns:
        Whether nobody else had it open.
    """
    connection = db.conn
    try:
        connection.rollback()
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA user_version = 0")
        try:
            connection.execute("PRAGMA journal_mode = DELETE")  # which nobody is given who is not alone
        except DatabaseError:
            connection.execute(f"PRAGMA user_version = {IN_USE}")
            return False
    except DatabaseError:
        return False  # a full disk, or another window that writes: the file beside it stays, and is read next time
    return True


def last_out(path: Path, passphrase: str | None) -> None:
    """After two windows closed at once, each in the other's way: say in the file that it holds everything by itself.

    Args:
        path: a casebook that this process has just closed.
        passphrase: opens it where it is encrypted.
    """
    if path.with_name(path.name + "-wal").exists():
        return  # somebody has it open, and will close it
    try:
        connection = sqlcipher3.connect(str(path), timeout=1.0)
    except DatabaseError:
        return
    try:
        unlock(connection, passphrase)
        connection.execute("PRAGMA user_version = 0")
        connection.execute("PRAGMA journal_mode = DELETE")
    except DatabaseError:
        pass  # then it is told once too often that something may be missing
    finally:
        connection.close()


class CalledOffError(CasebookError):
    """The user called long work off; the casebook is as it was before."""


@contextmanager
def called_off(db: Database, wanted: Callable[[], bool], sentence: str) -> Iterator[None]:
    """Break off whatever SQLite does in the block, in the middle of a statement too, once nobody wants it any more.

    Args:
        db: the connection that does it.
        wanted: asked some times a second.
        sentence: what the user is told.

    Raises:
        CalledOffError: when it was broken off; the caller takes the transaction back.
    """
    off = False

    def asked() -> bool:
        nonlocal off
        off = off or not wanted()
        return off

    db.conn.set_progress_handler(asked, _STEPS)
    try:
        yield
    except (DatabaseError, CasebookError) as problem:
        if off:
            raise CalledOffError(sentence) from problem
        raise
    finally:
        db.conn.set_progress_handler(None, 0)


@contextmanager
def attached(db: Database, file: str, passphrase: str | None) -> Iterator[None]:
    """Have another casebook beside this one, as ``other``, inside the block.

    Args:
        db: the open casebook, outside a transaction.
        file: the other's path, or its address as SQLite writes it.
        passphrase: opens the other where it is encrypted.
    """
    key = check_passphrase(passphrase) if passphrase is not None else ""
    db.execute("ATTACH ? AS other KEY ?", (file, key))
    db.execute(f"PRAGMA main.cache_size = -{_CACHE_TO_SYNC}")
    try:
        yield
    finally:
        db.execute(f"PRAGMA main.cache_size = -{_CACHE}")
        db.execute("DETACH other")


def unlock(connection: "sqlcipher3.Connection", passphrase: str | None) -> None:
    """Give a new connection its passphrase, in one form; None for a file in clear.

    Raises:
        BadInputError: when it cannot be a passphrase.
    """
    connection.execute("PRAGMA cipher_log_level = NONE")
    if passphrase is not None:
        quoted = check_passphrase(passphrase).replace("'", "''")
        connection.execute(f"PRAGMA key = '{quoted}'")


def make_empty(path: Path) -> None:
    """Make the empty file of a new casebook, which only its owner may read.

    Raises:
        CasebookError: when it exists already, or cannot be made there.
    """
    if not path.parent.is_dir():
        raise CasebookError(
            _(
                "The casebook {path} cannot be made: the folder {folder} is not there. Make it first.",
                path=path,
                folder=path.parent,
            )
        )
    try:
        with path.open("xb"):
            path.chmod(0o600)
    except FileExistsError:
        raise CasebookError(
            _("The casebook {path} exists already: open it, or choose another name.", path=path)
        ) from None
    except OSError as problem:
        raise CasebookError(
            _("The casebook {path} cannot be made: {said}. Choose another folder.", path=path, said=problem.strerror)
        ) from problem


def in_clear(path: Path) -> bool:
    """Whether a file is an SQLite database that anybody can read."""
    with path.open("rb") as file:
        return file.read(len(_PLAIN)) == _PLAIN


def looks_encrypted(path: Path, passphrase: str | None) -> bool:
    """Whether a file can only be opened with a passphrase.

    Raises:
        PassphraseError: when it seems so, and there is none.
        CasebookError: when it cannot be a casebook.
    """
    try:
        if not path.is_file():
            if path.exists():
                raise CasebookError(
                    _(
                        "The casebook {path} is not an ordinary file: check the path, or make one with"
                        " “casebook create”.",
                        path=path,
                    )
                )
            raise CasebookError(
                _("The casebook {path} is not there: check the path, or make one with “casebook create”.", path=path)
            )
        with path.open("rb") as file:
            header = file.read(len(_PLAIN))
            size = file.seek(0, 2)
    except OSError as problem:
        raise CasebookError(
            _("The casebook {path} cannot be read: {said}. Check its permissions.", path=path, said=problem.strerror)
        ) from problem
    if header == _PLAIN:
        return False
    if size == 0 or size % 512:
        raise CasebookError(_("The file {path} is no casebook: check that you named the right file.", path=path))
    if passphrase is None:
        raise PassphraseError(
            _(
                "The file {path} is an encrypted casebook, or no casebook at all: give its passphrase"
                " (--passphrase-file).",
                path=path,
            )
        )
    return True


def check(connection: "sqlcipher3.Connection", path: Path, *, encrypted: bool) -> None:
    """Whether an open file is a casebook.

    Raises:
        PassphraseError: when the passphrase was wrong.
        CasebookError: when it is damaged or something else.
    """
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        (mark,) = connection.execute("PRAGMA application_id").fetchone()
    except sqlcipher3.OperationalError:
        with told(path):
            raise
    except TROUBLE:
        if encrypted:
            raise PassphraseError(
                _(
                    "The passphrase does not open {path}: type it again (mind capital letters), or it is no casebook.",
                    path=path,
                )
            ) from None
        raise CasebookError(
            _("The file {path} is damaged or no casebook: check that you named the right file.", path=path)
        ) from None
    if mark != APPLICATION_ID:
        raise CasebookError(
            _("The file {path} is an SQLite database, but no casebook: check that you named the right file.", path=path)
        )

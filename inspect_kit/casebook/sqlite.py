"""One SQLite everywhere: sqlcipher3, encrypted or not; sqlite-utils where tables are made, and only then imported.

Nothing else in inspect_kit opens a database. sqlite-utils takes ``pysqlite3`` where it finds it, so
sqlcipher3 is registered under that name before sqlite-utils is imported: with Python's own module an
``INSERT … RETURNING`` leaves a transaction open, and its SQLite may have the WAL-reset corruption bug.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3
import sqlcipher3.dbapi2

from inspect_kit.errors import CasebookError, PassphraseError
from inspect_kit.model import check_passphrase

sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher3.dbapi2)

APPLICATION_ID = 0x494B4342
"""“IKCB” in the file's header: this SQLite file is a casebook."""
_PLAIN = b"SQLite format 3\x00"
DatabaseError = sqlcipher3.DatabaseError


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
    except DatabaseError as problem:
        said = str(problem)
        if "disk is full" in said:
            remedy = "the disk is full; nothing was saved by this act. Free some space and do it again"
        elif "I/O" in said:
            remedy = "the disk is full or does not answer. Check that it is there and has room, and do it again"
        elif "locked" in said or "busy" in said:
            remedy = "another program is writing to it. Close that program, or try again in a moment"
        elif "readonly" in said or "unable to open" in said:
            remedy = "it may not be written here. Check the folder's permissions, or copy it to a folder of yours"
        elif "not a database" in said or "malformed" in said or "hmac" in said.lower():
            remedy = "its file is damaged. Keep it, and go on from your latest shared or backed-up copy"
        else:
            remedy = f"SQLite says: {said}. Nothing was changed by this act"
        raise CasebookError(f"The casebook {path}: {remedy}.") from problem


def connect(path: Path, passphrase: str | None, *, new: bool) -> Database:
    """Open a casebook's file, or make an empty one.

    Args:
        path: the file.
        passphrase: opens an encrypted casebook, or encrypts a new one; None for one in clear.
        new: the file is one of ``make_empty``.

    Returns:
        The database, usable in this thread only.

    Raises:
        PassphraseError: when a passphrase is missing or wrong.
        BadInputError: when it cannot be one.
        CasebookError: when the file is missing or is no casebook.
    """
    encrypted = passphrase is not None if new else _looks_encrypted(path, passphrase)
    with told(path):
        connection = sqlcipher3.connect(str(path), timeout=5.0, isolation_level=None)
    try:
        with told(path):
            connection.execute("PRAGMA cipher_log_level = NONE")
            if encrypted and passphrase is not None:
                quoted = check_passphrase(passphrase).replace("'", "''")
                connection.execute(f"PRAGMA key = '{quoted}'")
        _check(connection, path, encrypted=encrypted, new=new)
        with told(path):
            for pragma in (
                "journal_mode = WAL",
                "synchronous = FULL",
                "foreign_keys = ON",
                "recursive_triggers = ON",  # or REPLACE would pass by the triggers that refuse to delete
                "secure_delete = ON",
                "trusted_schema = OFF",
                "cache_size = -64000",
                "temp_store = MEMORY",
            ):
                connection.execute(f"PRAGMA {pragma}")
            return Database(connection)
    except BaseException:
        connection.close()
        raise


def make_empty(path: Path) -> None:
    """Make the empty file of a new casebook, which only its owner may read.

    Raises:
        CasebookError: when it exists already, or cannot be made there.
    """
    if not path.parent.is_dir():
        raise CasebookError(
            f"The casebook {path} cannot be made: the folder {path.parent} is not there. Make it first."
        )
    try:
        with path.open("xb"):
            path.chmod(0o600)
    except FileExistsError:
        raise CasebookError(f"The casebook {path} exists already: open it, or choose another name.") from None
    except OSError as problem:
        raise CasebookError(
            f"The casebook {path} cannot be made: {problem.strerror}. Choose another folder."
        ) from problem


def in_clear(path: Path) -> bool:
    """Whether a file is an SQLite database that anybody can read."""
    with path.open("rb") as file:
        return file.read(len(_PLAIN)) == _PLAIN


def _looks_encrypted(path: Path, passphrase: str | None) -> bool:
    try:
        if not path.is_file():
            missing = "is not an ordinary file" if path.exists() else "is not there"
            raise CasebookError(f"The casebook {path} {missing}: check the path, or make one with “casebook create”.")
        with path.open("rb") as file:
            header = file.read(len(_PLAIN))
            size = file.seek(0, 2)
    except OSError as problem:
        raise CasebookError(
            f"The casebook {path} cannot be read: {problem.strerror}. Check its permissions."
        ) from problem
    if header == _PLAIN:
        return False
    if size == 0 or size % 512:
        raise CasebookError(f"The file {path} is no casebook: check that you named the right file.")
    if passphrase is None:
        raise PassphraseError(
            f"The file {path} is an encrypted casebook, or no casebook at all: give its passphrase (--passphrase-file)."
        )
    return True


def _check(connection: "sqlcipher3.Connection", path: Path, *, encrypted: bool, new: bool) -> None:
    try:
        if new:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            return
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        (mark,) = connection.execute("PRAGMA application_id").fetchone()
    except sqlcipher3.OperationalError:
        with told(path):
            raise
    except DatabaseError:
        if encrypted:
            raise PassphraseError(
                f"The passphrase does not open {path}: type it again (mind capital letters), or it is no casebook."
            ) from None
        raise CasebookError(
            f"The file {path} is damaged or no casebook: check that you named the right file."
        ) from None
    if mark != APPLICATION_ID:
        raise CasebookError(
            f"The file {path} is an SQLite database, but no casebook: check that you named the right file."
        )

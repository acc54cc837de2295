"""A casebook from somebody else's hands: an attack until it has shown that it is none.

It is opened for reading only, as it lies there, and nothing of it is trusted: not its views and triggers (a file
whose journal tables are not made exactly as ours is refused), not its size, not its columns. What is read from it
afterwards is verified entry by entry (``sync``).
"""

import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

import sqlcipher3

from inspect_kit.casebook import schema, sqlite
from inspect_kit.errors import CasebookError
from inspect_kit.files import explain
from inspect_kit.language import _, thousands

SIZE_LIMIT = 32 * 1_073_741_824
"""The most bytes of a foreign casebook."""
ENTRY_LIMIT = 5_000_000
"""The most entries of a foreign casebook."""
_PAUSE = 0.2
"""Seconds between two questions whether the wait is still wanted."""
_JOURNAL = ("entries", "bodies", "blobs", "certificates", "settings", "_sqlite_migrations")
_LATER = ("seals",)


@dataclass(frozen=True)
class Foreign:
    """A foreign casebook that may be read.

    Attributes:
        path: the file, as the user named it.
        uri: by which it is opened or attached, for reading only.
        passphrase: what opens it; None where it is in clear.
        entries: how many its journal has.
        sealed: whether it knows seals; casebooks of before do not.
        torn: whether it was copied while it was open, without what had not reached the file yet.
        looking: whether its pages hold; SQLite looks at all of them while entries are verified already.
        as_ours: whether its tables, views and triggers are all made exactly as ours are, so that it may be written.
    """

    path: Path
    uri: str
    passphrase: str | None
    entries: int
    sealed: bool
    torn: bool
    as_ours: bool
    looking: "Future[bool]"

    @property
    def is_damaged(self) -> bool:
        """Whether it is known by now that its pages do not hold."""
        return self.looking.done() and not self.looking.result()

    def hold(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Wait until all of it has been looked at: nothing that was read is kept before.

        Args:
            meanwhile: called some times a second; what it raises ends the waiting.

        Raises:
            CasebookError: when it is damaged.
        """
        while not wait([self.looking], _PAUSE).done:
            meanwhile()
        if not self.looking.result():
            raise damaged(self.path)


@contextmanager
def checked(path: Path, passphrase: str | None) -> Iterator[Foreign]:
    """Look at a foreign casebook; inside the block its journal may be read, and kept once it is told to ``hold``.

    Args:
        path: the file.
        passphrase: for an encrypted one; ignored where it is in clear.

    Raises:
        PassphraseError: when it is encrypted and the passphrase is missing or wrong.
        CasebookError: when it is no ordinary file, too large, damaged, no casebook, made by a newer inspect_kit, or its
            tables are not made as ours are.
    """
    size = _ordinary(path)
    if size > SIZE_LIMIT:
        raise CasebookError(
            _("{path} has {size} GB, more than any casebook: it was not opened.", path=path, size=size // 10**9)
        )
    encrypted = sqlite.looks_encrypted(path, passphrase)
    key = passphrase if encrypted else None
    if _beside(path, "-journal"):  # without it half-written pages would be read; with it SQLite would write
        raise CasebookError(
            _(
                "{path} is being written, or that was cut off: nothing was taken from it. Try again in a moment, or"
                " let whoever has it open it once with inspect_kit and close it.",
                path=path,
            )
        )
    if not _beside(path, "-wal"):
        uri = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
        with _looked_at(path, uri, key, alone=True) as other:
            yield other
        return
    # somebody has it open, or crashed: what is in the file beside it belongs to it, and the folder may be read-only
    with tempfile.TemporaryDirectory(prefix="inspect-kit-") as folder:
        copy = Path(folder) / "copy.casebook"
        try:
            shutil.copyfile(path, copy)
            shutil.copyfile(f"{path}-wal", f"{copy}-wal", follow_symlinks=False)
        except OSError as problem:
            raise explain(problem, _("A copy of {path}", path=path)) from problem
        with _looked_at(path, f"file:{quote(str(copy))}", key, alone=False) as other:
            yield other


def _ordinary(path: Path) -> int:
    try:
        found = path.lstat()
    except OSError as problem:
        raise explain(problem, _("The casebook {path}", path=path)) from problem
    if stat.S_ISLNK(found.st_mode):
        raise CasebookError(
            _("{path} is a link to another file, and links in received files are not followed: name the file itself.",
              path=path)
        )  # fmt: skip
    if not stat.S_ISREG(found.st_mode):
        raise CasebookError(_("{path} is no ordinary file: name a casebook.", path=path))
    return found.st_size


def _beside(path: Path, ending: str) -> bool:
    """Whether something lies beside a file that belongs to it."""
    beside = path.with_name(path.name + ending)
    try:
        found = beside.lstat()
    except OSError:
        return False
    if not stat.S_ISREG(found.st_mode):
        raise CasebookError(
            _("{path} is no ordinary file: nothing was taken from the casebook that it lies beside.", path=beside)
        )
    return found.st_size > 0


def _open(uri: str, passphrase: str | None) -> "sqlcipher3.Connection":
    connection = sqlcipher3.connect(uri, uri=True, timeout=5.0, check_same_thread=False)
    sqlite.unlock(connection, passphrase)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


@contextmanager
def _looked_at(path: Path, uri: str, passphrase: str | None, *, alone: bool) -> Iterator[Foreign]:
    try:
        with sqlite.told(path):
            connection = _open(uri, passphrase)
    except CasebookError:
        raise damaged(path) from None
    try:
        sqlite.check(connection, path, encrypted=passphrase is not None)
        try:
            (in_use,) = connection.execute("PRAGMA user_version").fetchone()
            torn = alone and in_use == sqlite.IN_USE
            made = _made(connection)
            if torn and not made:
                raise CasebookError(
                    _(
                        "{path} was copied while it was open, and holds nothing: ask for one that “share” wrote.",
                        path=path,
                    )
                )
            _check_tables(path, made)
            tables = {name for _kind, name, _table, _sql in made} & {*_JOURNAL, *_LATER}
            names = {row[0] for row in connection.execute("SELECT name FROM _sqlite_migrations LIMIT 1000")}
            if names - schema.known():
                raise CasebookError(
                    _("{path} was written by a newer inspect_kit: update inspect_kit to take it in.", path=path)
                )
            # never more than it may have: in a damaged tree a page can lead to itself
            counted = "SELECT count(*) FROM (SELECT 1 FROM entries LIMIT ?)"
            (entries,) = connection.execute(counted, (ENTRY_LIMIT + 1,)).fetchone()
        except sqlite.TROUBLE:
            raise damaged(path) from None
        if entries > ENTRY_LIMIT:
            raise CasebookError(
                _(
                    "{path} holds more than {count} entries, as no casebook does: it was not read.",
                    path=path,
                    count=thousands(ENTRY_LIMIT),
                )
            )
        with ThreadPoolExecutor(1, "foreign") as pool:
            looking = pool.submit(_holds, connection, tables)
            try:
                yield Foreign(path, uri, passphrase, entries, "seals" in tables, torn, made == _ours(), looking)
            finally:
                connection.interrupt()
    finally:
        connection.close()


def _holds(connection: "sqlcipher3.Connection", tables: set[str]) -> bool:
    try:
        return all(connection.execute(f"PRAGMA quick_check({name})").fetchone() == ("ok",) for name in sorted(tables))
    except sqlite.TROUBLE:
        return False  # or nobody waits for it any more


def damaged(path: Path) -> CasebookError:
    """The sentence about a foreign casebook that is damaged."""
    ask = _("{path} is damaged: nothing was taken from it. Ask for it again, as a file that “share” wrote.", path=path)
    return CasebookError(ask)


def _made(connection: "sqlcipher3.Connection") -> frozenset[tuple[str, str, str, str]]:
    rows = connection.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema LIMIT 1000")
    return frozenset((str(kind), str(name), str(table), str(sql)) for kind, name, table, sql in rows.fetchall())


def _check_tables(path: Path, made: frozenset[tuple[str, str, str, str]]) -> None:
    """Whatever bears the name of one of the journal's tables has to be that table, made by the same words."""
    ours = {(kind, name): sql for kind, name, _table, sql in _ours()}
    for table in (*_JOURNAL, *_LATER):
        found = [(kind, sql) for kind, name, _of, sql in made if name == table]
        if (found or table not in _LATER) and found != [("table", ours["table", table])]:
            raise _otherwise(path, table)
    for kind, name, table, sql in made:  # an index of theirs could make SQLite look in the wrong place
        if kind == "index" and table in (*_JOURNAL, *_LATER) and ours.get((kind, name)) != sql:
            raise _otherwise(path, table)


def _otherwise(path: Path, table: str) -> CasebookError:
    return CasebookError(
        _(
            "{path} is no casebook of ours: its table “{table}” is made otherwise. Nothing was taken from it.",
            path=path,
            table=table,
        )
    )


@cache
def _ours() -> frozenset[tuple[str, str, str, str]]:
    db = sqlite.Database(sqlcipher3.connect(":memory:", isolation_level=None))
    schema.make_tables(db)
    try:
        return _made(db.conn)
    finally:
        db.close()

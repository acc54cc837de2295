"""Giving a visit away: into a new casebook, or back into one that others hold.

Never a copy of a live file: a casebook that somebody has open lies in two files, and one of them alone loses work.
"""

from collections.abc import Callable
from pathlib import Path

from inspect_kit.casebook import projection, schema, sqlite
from inspect_kit.casebook.sqlite import Database
from inspect_kit.errors import CasebookError
from inspect_kit.files import whole_file
from inspect_kit.language import _

_COPY = """
INSERT INTO other.entries (id, envelope, stream, author, seq, previous, stamp, kind, subject, aspect)
    SELECT id, envelope, stream, author, seq, previous, stamp, kind, subject, aspect FROM main.entries
    WHERE stream IN (SELECT stream FROM temp.shared) ORDER BY number ON CONFLICT (id) DO NOTHING;
INSERT INTO other.bodies (entry, salt, body)
    SELECT b.entry, b.salt, b.body FROM main.entries e JOIN main.bodies b ON b.entry = e.id
    WHERE e.stream IN (SELECT stream FROM temp.shared) ORDER BY e.number ON CONFLICT (entry) DO NOTHING;
INSERT INTO other.replacements (replaced, entry)
    SELECT r.replaced, r.entry FROM main.replacements r JOIN main.entries e ON e.id = r.entry
    WHERE e.stream IN (SELECT stream FROM temp.shared) ON CONFLICT (replaced, entry) DO NOTHING;
INSERT INTO other.seals (stream, author, seq, entry, stamp, signature, received)
    SELECT stream, author, seq, entry, stamp, signature, received FROM main.seals
    WHERE stream IN (SELECT stream FROM temp.shared) ON CONFLICT (entry) DO NOTHING;
INSERT INTO other.certificates (fingerprint, name, certificate)
    SELECT fingerprint, name, certificate FROM main.certificates WHERE fingerprint IN
        (SELECT DISTINCT substr(author, 1, 64) FROM main.entries WHERE stream IN (SELECT stream FROM temp.shared))
    ON CONFLICT (fingerprint) DO NOTHING;
INSERT INTO other.blobs (digest, size, data)
    SELECT digest, size, data FROM main.blobs WHERE digest IN
        (SELECT b.body ->> '$.attachment.digest' FROM main.entries e JOIN main.bodies b ON b.entry = e.id
        WHERE e.aspect = 'evidence' AND e.stream IN (SELECT stream FROM temp.shared))
    ON CONFLICT (digest) DO NOTHING
"""
_HELD = "SELECT DISTINCT e.stream FROM other.entries o CROSS JOIN main.entries e ON e.id = o.id"
"""The streams of another casebook by what we have verified, never by what its columns say."""

_NAMELESS = """
DELETE FROM other.settings WHERE name = 'laptop'
    AND EXISTS (SELECT 1 FROM other.entries WHERE number > ? AND author LIKE '%.' || settings.value)
"""
"""An old copy that gets back what was recorded under its own name must not go on under it."""


def streams_of(db: Database, visits: list[str]) -> list[str]:
    """The streams that make up some visits: their own, and their facilities'."""
    found = []
    for visit in visits:
        (facility,) = db.execute("SELECT facility FROM visits WHERE id = ?", (visit,)).fetchone()
        found += [f"visit:{visit}", f"facility:{facility}"]
    return list(dict.fromkeys(found))


def share(
    db: Database, streams: list[str], to: Path, passphrase: str | None, wanted: Callable[[], bool] = lambda: True
) -> int:
    """Write some streams into a new casebook.

    Args:
        db: our casebook, outside a transaction.
        streams: those to give away.
        to: the new file.
        passphrase: encrypts it; None leaves it in clear.
        wanted: asked some times a second; False calls the work off.

    Returns:
        How many entries it holds.

    Raises:
        BadInputError: when the file exists or cannot be written; nothing of it is left then.
        CalledOffError: when the work was called off; likewise.
        CasebookError: when SQLite cannot write it.
    """
    sentence = _("Sharing was called off: nothing was written.")
    with whole_file(to, _("The shared casebook"), replace=False) as new:
        new.chmod(0o600)
        with sqlite.told(to):
            empty, _torn = sqlite.connect(new, passphrase, new=True)
            schema.make_tables(empty)
            empty.close()
        with sqlite.called_off(db, wanted, sentence):
            given, _renamed = _give(db, streams, new, passphrase)
        with sqlite.told(to):
            whole, _torn = sqlite.connect(new, passphrase, new=False)
            try:
                with sqlite.called_off(whole, wanted, sentence):
                    _project(whole, to)
            finally:
                whole.close()
    return given


def give_back(db: Database, path: Path, passphrase: str | None) -> tuple[int, bool]:
    """Give a casebook what it lacks of the streams that it holds already.

    Args:
        db: our casebook, outside a transaction.
        path: a file that has been checked, whose tables are made as ours are.
        passphrase: opens it where it is encrypted.

    Returns:
        How many entries it lacked, and whether some of them were recorded under its own name, because it was restored
        from a copy: when it is opened next, it takes a new one.

    Raises:
        CasebookError: when it cannot be written; it is then as it was.
    """
    with sqlite.told(path):
        theirs, _torn = sqlite.connect(path, passphrase, new=False)
        sqlite.begin_use(theirs)  # so that what is cut off lies beside the file, and the file stays as it was
        try:
            with sqlite.attached(db, f"{path.absolute()}", passphrase):
                held = db.execute(_HELD).fetchall()
            given, renamed = _give(db, [stream for (stream,) in held], path, passphrase)
            if given:
                _project(theirs, path)
        finally:
            sqlite.end_use(theirs)
            theirs.close()
    return given, renamed


def _give(db: Database, streams: list[str], path: Path, passphrase: str | None) -> tuple[int, bool]:
    with sqlite.told(path), sqlite.attached(db, f"{path.absolute()}", passphrase):
        db.execute("CREATE TEMP TABLE IF NOT EXISTS shared (stream TEXT PRIMARY KEY)")
        db.execute("BEGIN IMMEDIATE")
        try:
            db.execute("DELETE FROM temp.shared")
            db.conn.executemany("INSERT INTO temp.shared VALUES (?)", [(stream,) for stream in streams])
            before, last = db.execute("SELECT count(*), coalesce(max(number), 0) FROM other.entries").fetchone()
            for statement in _COPY.split(";"):
                db.execute(statement)
            (after,) = db.execute("SELECT count(*) FROM other.entries").fetchone()
            # its tables are made anew when it is opened, should we not get to it
            db.execute("DELETE FROM other.settings WHERE name = 'projection'")
            nameless = db.execute(_NAMELESS, (last,)).rowcount
            db.conn.commit()
        except BaseException:
            db.conn.rollback()
            raise
    return int(after - before), bool(nameless)


def _project(db: Database, path: Path) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        projection.project(db)
        db.execute(
            "INSERT INTO settings (name, value) VALUES ('projection', ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (projection.VERSION,),
        )
        db.conn.commit()
    except BaseException:
        db.conn.rollback()
        raise
    (found,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise CasebookError(_("The casebook {path} could not be written whole: check the disk.", path=path))

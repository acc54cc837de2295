"""The casebook's health: does everything that was recorded still hold?"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from inspect_kit.casebook import journal, projection
from inspect_kit.casebook.chains import broken_seals, chains
from inspect_kit.casebook.entry import Envelope, broken_chain, check
from inspect_kit.casebook.queries import authors, name_of
from inspect_kit.casebook.sqlite import Database
from inspect_kit.errors import CasebookError
from inspect_kit.language import _, day, ngettext

_INDEXED = ("stream", "author", "seq", "stamp", "kind", "subject")
_LOCAL_NUMBERS = ("findings", "evidence")


@dataclass(frozen=True)
class Health:
    """What ``doctor`` found.

    Attributes:
        entries: how many entries the journal has.
        authors: how many authors' chains.
        conflicts: how many things people hold different views on.
        waiting: entries whose predecessor is not here yet, or that name another's entry as theirs, by id.
        clones: pairs of entries that claim the same place in one author's chain, by id.
        problems: what does not hold, in sentences; empty when all is well.
        remarks: what is no fault of the file, and has to be known all the same, in sentences.
    """

    entries: int
    authors: int
    conflicts: int
    waiting: tuple[str, ...]
    clones: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether everything holds; conflicts and waiting entries are normal."""
        return not self.problems


def examine(db: Database) -> Health:
    """Examine a casebook; it is left as it was.

    Args:
        db: the open casebook, outside a transaction.
    """
    problems = [
        _("The file is damaged ({said}): keep it, and go on from your latest copy.", said=row[0])
        for row in db.execute("PRAGMA quick_check(5)").fetchall()
        if row[0] != "ok"
    ]
    known: dict[str, Envelope] = {}
    places: dict[tuple[str, str, int], str] = {}
    clones: list[tuple[str, str]] = []
    for entry in journal.read(db):
        name = entry.id.hex()
        try:
            envelope = check(entry)
        except CasebookError as problem:
            problems.append(str(problem))
            continue
        known[name] = envelope
        if entry.body is None:
            problems.append(_("Entry {id} has lost its values: somebody took them out of the file.", id=name[:12]))
        place = (envelope.stream, envelope.author, envelope.seq)
        if place in places:
            clones.append((places[place], name))
        places.setdefault(place, name)
    problems += _index_problems(db, known)
    waiting: list[str] = []
    broken: list[str] = []
    for name, envelope in known.items():
        if envelope.previous is None:
            continue
        before = known.get(envelope.previous)
        place = (envelope.stream, envelope.author, envelope.seq - 1)
        if before is None or (before.stream, before.author, before.seq) != place:
            waiting.append(name)
        if before is not None and waiting[-1:] == [name]:
            broken.append(name)
    for digest, size, data in db.execute("SELECT digest, size, data FROM blobs"):
        if hashlib.sha256(data).hexdigest() != digest or len(data) != size:
            problems.append(_("The attachment {id} was altered: its bytes do not match their digest.", id=digest[:12]))
    for (missing,) in db.execute(
        "SELECT DISTINCT attachment FROM evidence WHERE attachment IS NOT NULL"
        " AND attachment NOT IN (SELECT digest FROM blobs) ORDER BY attachment"
    ).fetchall():
        problems.append(_("The attachment {id} is missing from this casebook.", id=missing[:12]))
    for name in broken_seals(db):
        problems.append(_("The seal on entry {id} does not verify: somebody altered it.", id=name[:12]))
    if not _projection_holds(db):
        problems.append(_("The tables do not match the journal: “casebook rebuild” makes them anew."))
    (conflicts,) = db.execute(
        "SELECT count(*) FROM (SELECT DISTINCT stream, subject, aspect FROM conflicts)"
    ).fetchone()
    return Health(
        entries=len(known),
        authors=len({(envelope.stream, envelope.author) for envelope in known.values()}),
        conflicts=conflicts,
        waiting=tuple(waiting),
        clones=tuple(clones),
        problems=tuple(problems),
        remarks=(*map(broken_chain, broken), *_remarks(db, clones, known)),
    )


def _remarks(db: Database, clones: list[tuple[str, str]], known: dict[str, Envelope]) -> Iterator[str]:
    """What to do about copies that went on apart, and about keys that were lost."""
    torn = db.execute("SELECT value FROM settings WHERE name = 'torn'").fetchone()
    if torn:
        yield torn_copy(torn[0])
    names = authors(db)
    for author in sorted({known[one].author for one, _other in clones}):
        yield _(
            "A casebook of {name} (called {laptop}) was copied, and both copies went on under its name: both sides are"
            " kept. Whoever works in one of the copies syncs it with this casebook; it then takes a name of its own.",
            name=name_of(names, author),
            laptop=author.partition(".")[2],
        )
    for chain in chains(db):
        if chain.doubted:
            yield ngettext(
                "{count} entry of {name} is sealed only with a key that was reported lost before: ask {name} about it.",
                "{count} entries of {name} are sealed only with a key that was reported lost before: ask {name}.",
                chain.doubted,
                name=chain.name,
            )


def torn_copy(since: str) -> str:
    """The sentence about a casebook that is a copy made while somebody had it open.

    Args:
        since: the day on which it was noticed, ISO.
    """
    return _(
        "On {day} this casebook was found to be a copy made while somebody had it open: the latest work of before"
        " may be missing. Sync it with the original, or with a file that “share” wrote.",
        day=day(since),
    )


def _index_problems(db: Database, known: dict[str, Envelope]) -> list[str]:
    """Hold the columns by which entries are found, and the links between them, against the envelopes."""
    problems = []
    links: dict[str, list[str]] = {}
    for replaced, name in db.execute("SELECT lower(hex(replaced)), lower(hex(entry)) FROM replacements ORDER BY 1"):
        links.setdefault(name, []).append(replaced)
    for name, previous, *columns in db.execute(
        f"SELECT lower(hex(id)), lower(hex(previous)), {', '.join(_INDEXED)}, aspect FROM entries"  # noqa: S608 (our own names)
    ):
        envelope = known.get(name)
        if envelope is None:
            continue
        said = [getattr(envelope, column) for column in _INDEXED] + [journal.ASPECTS.get(envelope.kind, "")]
        filed = (columns, previous or None, links.get(name, []))
        if filed != (said, envelope.previous, list(envelope.replaces)):
            problems.append(_("Entry {id} was altered: it is filed otherwise than its envelope says.", id=name[:12]))
    return problems


def dump(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """The projected tables' rows in a fixed order, without the local row numbers of the search index."""
    rows: dict[str, list[tuple[object, ...]]] = {}
    for table in projection.TABLES:
        columns = ", ".join(
            column
            for (column,) in db.execute("SELECT name FROM pragma_table_info(?)", (table,))
            if column != "number" or table not in _LOCAL_NUMBERS
        )
        found = db.execute(f"SELECT {columns} FROM {table}").fetchall()  # noqa: S608 (our own names)
        rows[table] = sorted(found, key=repr)
    return rows


def _projection_holds(db: Database) -> bool:
    """Compare the tables with what the journal gives, inside a transaction that is taken back."""
    db.execute("BEGIN IMMEDIATE")  # first, or an act in another window would come between the two dumps
    try:
        before = dump(db)
        projection.project(db)
        return dump(db) == before
    finally:
        db.conn.rollback()

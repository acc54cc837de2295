"""The casebook's health: does everything that was recorded still hold?"""

from dataclasses import dataclass
from typing import Any

from inspect_kit.casebook import journal, projection
from inspect_kit.casebook.sqlite import Database
from inspect_kit.errors import CasebookError

_INDEXED = ("stream", "author", "seq", "stamp", "kind", "subject")
_LOCAL_NUMBERS = ("findings", "evidence")
_TABLES = (
    "facilities",
    "facility_groups",
    "visits",
    "visit_groups",
    "team_members",
    "checklist_items",
    "findings",
    "evidence",
    "recommendations",
    "recommendation_findings",
    "jottings",
    "conflicts",
)


@dataclass(frozen=True)
class Health:
    """What ``doctor`` found.

    Attributes:
        entries: how many entries the journal has.
        authors: how many authors' chains.
        conflicts: how many things people hold different views on.
        waiting: entries whose predecessor is not here yet, by id.
        clones: pairs of entries that claim the same place in one author's chain, by id.
        problems: what does not hold, in sentences; empty when all is well.
    """

    entries: int
    authors: int
    conflicts: int
    waiting: tuple[str, ...]
    clones: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]

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
        f"The file is damaged ({row[0]}): keep it, and go on from your latest copy."
        for row in db.execute("PRAGMA quick_check(5)").fetchall()
        if row[0] != "ok"
    ]
    known: dict[str, dict[str, Any]] = {}
    places: dict[tuple[str, str, int], str] = {}
    clones: list[tuple[str, str]] = []
    for entry in journal.read(db):
        name = entry.id.hex()
        try:
            envelope = journal.check(entry)
        except CasebookError as problem:
            problems.append(str(problem))
            continue
        known[name] = envelope
        if entry.body is None:
            problems.append(f"Entry {name[:12]} has lost its values: somebody took them out of the file.")
        place = (envelope["stream"], envelope["author"], envelope["seq"])
        if place in places:
            clones.append((places[place], name))
        places.setdefault(place, name)
    problems += _index_problems(db, known)
    waiting: list[str] = []
    for name, envelope in known.items():
        previous = envelope["previous"]
        if previous is None and envelope["seq"] == 1:
            continue
        before = known.get(str(previous))
        if before is None:
            waiting.append(name)
        elif (before["stream"], before["author"], before["seq"]) != (
            envelope["stream"],
            envelope["author"],
            int(str(envelope["seq"])) - 1,
        ):
            problems.append(
                f"Entry {name[:12]} names as its predecessor an entry that is not: its author's chain is broken."
            )
    for digest, size, data in db.execute("SELECT digest, size, data FROM blobs"):
        if journal.digest(data).hex() != digest or len(data) != size:
            problems.append(f"The attachment {digest[:12]} was altered: its bytes do not match their digest.")
    for (missing,) in db.execute(
        "SELECT DISTINCT attachment FROM evidence WHERE attachment IS NOT NULL"
        " AND attachment NOT IN (SELECT digest FROM blobs) ORDER BY attachment"
    ).fetchall():
        problems.append(f"The attachment {missing[:12]} is missing from this casebook.")
    if not _projection_holds(db):
        problems.append("The tables do not match the journal: “casebook rebuild” makes them anew.")
    (conflicts,) = db.execute(
        "SELECT count(*) FROM (SELECT DISTINCT stream, subject, aspect FROM conflicts)"
    ).fetchone()
    return Health(
        entries=len(known),
        authors=len({(envelope["stream"], envelope["author"]) for envelope in known.values()}),
        conflicts=conflicts,
        waiting=tuple(waiting),
        clones=tuple(clones),
        problems=tuple(problems),
    )


def _index_problems(db: Database, known: dict[str, dict[str, Any]]) -> list[str]:
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
        said = [envelope[column] for column in _INDEXED] + [journal.ASPECTS.get(envelope["kind"], "")]
        filed = (columns, previous or None, links.get(name, []))
        if filed != (said, envelope["previous"], sorted(envelope["replaces"])):
            problems.append(f"Entry {name[:12]} was altered: it is filed otherwise than its envelope says.")
    return problems


def dump(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """The projected tables' rows in a fixed order, without the local row numbers of the search index."""
    rows: dict[str, list[tuple[object, ...]]] = {}
    for table in _TABLES:
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

"""The casebook's tables: the journal's, which are the truth, and the projected ones, which people read.

Each schema change is one more migration at the end; a file that knows a migration which we don't was
written by a newer inspect_kit and is refused.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from inspect_kit.casebook.sqlite import Database
from inspect_kit.errors import CasebookError
from inspect_kit.language import _

if TYPE_CHECKING:
    import sqlite_utils

_MIGRATIONS: list[Callable[["sqlite_utils.Database"], None]] = []
_SET = "inspect_kit"

JOURNAL = """
CREATE TABLE entries (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
    envelope TEXT NOT NULL,
    stream TEXT NOT NULL,
    author TEXT NOT NULL,
    seq INTEGER NOT NULL CHECK (seq > 0),
    previous BLOB,
    stamp TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    aspect TEXT NOT NULL
) STRICT;
CREATE INDEX entries_by_author ON entries (stream, author, seq);
CREATE INDEX entries_by_subject ON entries (stream, subject, aspect);
CREATE INDEX entries_by_stamp ON entries (stamp);
CREATE TABLE bodies (
    number INTEGER PRIMARY KEY,
    entry BLOB NOT NULL UNIQUE REFERENCES entries (id),
    salt BLOB NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE TABLE replacements (
    number INTEGER PRIMARY KEY,
    replaced BLOB NOT NULL,
    entry BLOB NOT NULL REFERENCES entries (id),
    UNIQUE (replaced, entry)
) STRICT;
CREATE TABLE blobs (
    number INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT;
CREATE TABLE certificates (
    number INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    certificate BLOB NOT NULL
) STRICT;
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TRIGGER entries_keep BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER entries_stay BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER bodies_keep BEFORE UPDATE ON bodies
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE VIEW heads AS
    SELECT e.stream, e.subject, e.aspect, e.kind, e.author, e.stamp, lower(hex(e.id)) AS entry, b.body,
        row_number() OVER (PARTITION BY e.stream, e.subject, e.aspect ORDER BY e.stamp DESC, e.id DESC) AS place,
        count(*) OVER (PARTITION BY e.stream, e.subject, e.aspect) AS sides
    FROM entries e JOIN bodies b ON b.entry = e.id
    WHERE NOT EXISTS (
        SELECT 1 FROM replacements r CROSS JOIN entries n  -- in this order: from the one entry to those that replace it
        WHERE r.replaced = e.id AND n.id = r.entry
            AND n.stream = e.stream AND n.subject = e.subject AND n.aspect = e.aspect
    );
"""

PROJECTED = """
CREATE TABLE facilities (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, place TEXT NOT NULL, country TEXT NOT NULL,
    authority TEXT NOT NULL, capacity INTEGER, author TEXT NOT NULL, recorded TEXT NOT NULL
) STRICT;
CREATE TABLE facility_groups (
    facility TEXT NOT NULL REFERENCES facilities (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL, held INTEGER NOT NULL, PRIMARY KEY (facility, name)
) STRICT;
CREATE TABLE visits (
    id TEXT PRIMARY KEY, facility TEXT NOT NULL, facility_name TEXT NOT NULL, place TEXT NOT NULL,
    country TEXT NOT NULL, authority TEXT NOT NULL, capacity INTEGER, kind TEXT NOT NULL,
    starts TEXT NOT NULL, ends TEXT NOT NULL, announced INTEGER NOT NULL, purpose TEXT NOT NULL,
    follow_up TEXT NOT NULL, team_remark TEXT NOT NULL, overview TEXT NOT NULL, cooperation TEXT NOT NULL,
    good_practice TEXT NOT NULL, limits TEXT NOT NULL, checklist TEXT, author TEXT NOT NULL,
    recorded TEXT NOT NULL
) STRICT;
CREATE TABLE visit_groups (
    visit TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL, held INTEGER NOT NULL, PRIMARY KEY (visit, name)
) STRICT;
CREATE TABLE team_members (
    visit TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, woman INTEGER,
    profession TEXT NOT NULL, PRIMARY KEY (visit, position)
) STRICT;
CREATE TABLE checklist_items (
    visit TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL, item TEXT NOT NULL, theme TEXT NOT NULL, number INTEGER NOT NULL,
    short TEXT NOT NULL, ask TEXT NOT NULL, strength TEXT NOT NULL, clauses TEXT NOT NULL,
    applies INTEGER NOT NULL, reason TEXT, PRIMARY KEY (visit, item)
) STRICT;
CREATE TABLE findings (
    number INTEGER PRIMARY KEY,
    visit TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
    item TEXT NOT NULL, assessment TEXT, reason TEXT NOT NULL, narrative TEXT NOT NULL,
    priority TEXT NOT NULL, in_conflict INTEGER NOT NULL, author TEXT NOT NULL, recorded TEXT NOT NULL,
    judgement TEXT, UNIQUE (visit, item)
) STRICT;
CREATE TABLE evidence (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    visit TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
    item TEXT NOT NULL, kind TEXT NOT NULL, note TEXT NOT NULL, place TEXT NOT NULL, happened TEXT NOT NULL,
    from_group TEXT NOT NULL, interviewee TEXT NOT NULL, consent TEXT NOT NULL,
    attachment TEXT, attachment_name TEXT, attachment_type TEXT, attachment_size INTEGER,
    author TEXT NOT NULL, recorded TEXT NOT NULL
) STRICT;
CREATE INDEX evidence_by_item ON evidence (visit, item);
CREATE TABLE recommendations (
    id TEXT PRIMARY KEY,
    visit TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
    body TEXT NOT NULL, addressee TEXT NOT NULL, due TEXT NOT NULL, priority TEXT NOT NULL,
    author TEXT NOT NULL, recorded TEXT NOT NULL
) STRICT;
CREATE INDEX recommendations_by_visit ON recommendations (visit);
CREATE TABLE recommendation_findings (
    recommendation TEXT NOT NULL REFERENCES recommendations (id) DEFERRABLE INITIALLY DEFERRED,
    item TEXT NOT NULL, PRIMARY KEY (recommendation, item)
) STRICT;
CREATE TABLE conflicts (
    entry TEXT PRIMARY KEY, stream TEXT NOT NULL, subject TEXT NOT NULL, aspect TEXT NOT NULL,
    value TEXT NOT NULL, author TEXT NOT NULL, recorded TEXT NOT NULL
) STRICT;
CREATE INDEX conflicts_by_subject ON conflicts (stream, subject);

CREATE VIEW visit_overview AS
    SELECT v.id, v.facility_name, v.kind, v.starts, v.ends,
        CASE WHEN done >= items AND items > 0 THEN 'complete' WHEN begun THEN 'inspecting' ELSE 'planned' END AS state,
        items, done, urgent, conflicts
    FROM (
        SELECT v.*,
            (SELECT count(*) FROM checklist_items i WHERE i.visit = v.id AND i.applies) AS items,
            (SELECT count(*) FROM checklist_items i JOIN findings f ON f.visit = i.visit AND f.item = i.item
                WHERE i.visit = v.id AND i.applies AND f.assessment IS NOT NULL) AS done,
            (SELECT count(*) FROM findings f WHERE f.visit = v.id AND f.priority = 'urgent') AS urgent,
            (SELECT count(DISTINCT c.subject || ' ' || c.aspect) FROM conflicts c WHERE c.stream = 'visit:' || v.id)
                AS conflicts,
            EXISTS (SELECT 1 FROM findings f WHERE f.visit = v.id)
                OR EXISTS (SELECT 1 FROM evidence e WHERE e.visit = v.id) AS begun
        FROM visits v
    ) v;
"""


def _migration(
    change: Callable[["sqlite_utils.Database"], None],
) -> Callable[["sqlite_utils.Database"], None]:
    _MIGRATIONS.append(change)
    return change


@_migration
def journal_and_projection(db: "sqlite_utils.Database") -> None:
    """The journal, and the tables projected from it."""
    for statement in _statements(JOURNAL + PROJECTED):
        db.execute(statement)
    db.table("findings").enable_fts(["narrative"], create_triggers=True)
    db.table("evidence").enable_fts(["note"], create_triggers=True)


@_migration
def quick_notes(db: "sqlite_utils.Database") -> None:
    """Notes that wait to be filed under an item."""
    db.execute(
        """
        CREATE TABLE jottings (
            id TEXT PRIMARY KEY,
            visit TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
            note TEXT NOT NULL, place TEXT NOT NULL, happened TEXT NOT NULL,
            state TEXT NOT NULL, evidence TEXT, author TEXT NOT NULL, recorded TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX jottings_by_visit ON jottings (visit, state)")


@_migration
def drafts(db: "sqlite_utils.Database") -> None:
    """Texts that are not kept yet, apart from the journal."""
    db.execute(
        "CREATE TABLE drafts (author TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, kept TEXT NOT NULL,"
        " PRIMARY KEY (author, key)) STRICT"
    )


@_migration
def second_eyes(db: "sqlite_utils.Database") -> None:
    """What the team says of a finding's sources, and a second pair of eyes of its judgement."""
    db.execute("ALTER TABLE findings ADD COLUMN contradiction INTEGER NOT NULL DEFAULT 0")
    for column in ("verdict", "comment", "reviewed", "reviewer", "review_recorded"):
        db.execute(f"ALTER TABLE findings ADD COLUMN {column} TEXT")


STANDING = """
CREATE VIEW standing AS
    SELECT e.id, e.stream, e.subject, e.aspect, e.kind, e.author, e.stamp, b.body
    FROM entries e JOIN bodies b ON b.entry = e.id
    WHERE NOT EXISTS (
        SELECT 1 FROM replacements r CROSS JOIN entries n  -- in this order: from the one entry to those that replace it
        WHERE r.replaced = e.id AND n.id = r.entry
            AND n.stream = e.stream AND n.subject = e.subject AND n.aspect = e.aspect
    );
CREATE VIEW heads AS
    SELECT stream, subject, aspect, kind, author, stamp, lower(hex(id)) AS entry, body,
        row_number() OVER (  -- the newest is shown; a withdrawal never hides what its author had not seen
            PARTITION BY stream, subject, aspect ORDER BY kind NOT LIKE 'withdraw-%' DESC, stamp DESC, id DESC
        ) = 1 AS shown,
        -- people who say the same apart from each other agree
        min(kind || ' ' || body) OVER same <> max(kind || ' ' || body) OVER same AS disputed
    FROM standing WINDOW same AS (PARTITION BY stream, subject, aspect);
"""
SEALS = """
CREATE TABLE seals (
    number INTEGER PRIMARY KEY,
    stream TEXT NOT NULL, author TEXT NOT NULL, seq INTEGER NOT NULL,
    entry BLOB NOT NULL UNIQUE CHECK (length(entry) = 32),
    stamp TEXT NOT NULL, signature BLOB NOT NULL, received TEXT NOT NULL
) STRICT;
CREATE INDEX seals_by_author ON seals (stream, author, seq);
CREATE TRIGGER seals_keep BEFORE UPDATE ON seals
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER seals_stay BEFORE DELETE ON seals
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TABLE trust (
    fingerprint TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, certificate BLOB NOT NULL,
    decided TEXT NOT NULL, lost TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE own_ends (
    stream TEXT NOT NULL, author TEXT NOT NULL, seq INTEGER NOT NULL, entry BLOB NOT NULL, PRIMARY KEY (stream, author)
) STRICT;
CREATE TABLE answers (
    visit TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
    point TEXT NOT NULL, answer TEXT NOT NULL, author TEXT NOT NULL, recorded TEXT NOT NULL, PRIMARY KEY (visit, point)
) STRICT;
CREATE TABLE comments (
    id TEXT NOT NULL,
    visit TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
    item TEXT NOT NULL, recommendation INTEGER NOT NULL, place INTEGER NOT NULL, said TEXT NOT NULL,
    accurate TEXT NOT NULL, report TEXT NOT NULL, author TEXT NOT NULL, recorded TEXT NOT NULL,
    accepted INTEGER, reason TEXT NOT NULL, decided TEXT, PRIMARY KEY (visit, id)
) STRICT;
CREATE INDEX comments_by_visit ON comments (visit, item);
CREATE TABLE waiting (
    entry TEXT PRIMARY KEY, stream TEXT NOT NULL, author TEXT NOT NULL, previous TEXT NOT NULL
) STRICT;
"""


@_migration
def seals_and_trust(db: "sqlite_utils.Database") -> None:
    """Signatures over authors' chains, whom this casebook trusts, and heads that agree where they say the same."""
    db.execute("DROP VIEW heads")
    db.execute("ALTER TABLE conflicts ADD COLUMN kind TEXT NOT NULL DEFAULT ''")
    for statement in _statements(STANDING + SEALS):
        db.execute(statement)
    # whatever a casebook of before holds was recorded in it
    db.execute(
        "INSERT INTO own_ends (stream, author, seq, entry) SELECT stream, author, max(seq), id FROM entries"
        " GROUP BY stream, author"
    )


WITHIN_VISITS = """
DROP TABLE recommendation_findings;
DROP TABLE recommendations;
DROP TABLE jottings;
DROP TABLE evidence_fts;
DROP TABLE evidence;
CREATE TABLE evidence (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    visit TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
    item TEXT NOT NULL, kind TEXT NOT NULL, note TEXT NOT NULL, place TEXT NOT NULL, happened TEXT NOT NULL,
    from_group TEXT NOT NULL, interviewee TEXT NOT NULL, consent TEXT NOT NULL,
    attachment TEXT, attachment_name TEXT, attachment_type TEXT, attachment_size INTEGER,
    author TEXT NOT NULL, recorded TEXT NOT NULL, UNIQUE (visit, id)
) STRICT;
CREATE INDEX evidence_by_item ON evidence (visit, item);
CREATE TABLE recommendations (
    id TEXT NOT NULL,
    visit TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
    body TEXT NOT NULL, addressee TEXT NOT NULL, due TEXT NOT NULL, priority TEXT NOT NULL,
    author TEXT NOT NULL, recorded TEXT NOT NULL, PRIMARY KEY (visit, id)
) STRICT;
CREATE TABLE recommendation_findings (
    visit TEXT NOT NULL, recommendation TEXT NOT NULL, item TEXT NOT NULL,
    PRIMARY KEY (visit, recommendation, item),
    FOREIGN KEY (visit, recommendation) REFERENCES recommendations (visit, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE jottings (
    id TEXT NOT NULL,
    visit TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
    note TEXT NOT NULL, place TEXT NOT NULL, happened TEXT NOT NULL,
    state TEXT NOT NULL, evidence TEXT, author TEXT NOT NULL, recorded TEXT NOT NULL, PRIMARY KEY (visit, id)
) STRICT;
CREATE INDEX jottings_by_visit ON jottings (visit, state);
"""


@_migration
def names_within_visits(db: "sqlite_utils.Database") -> None:
    """The name of a source, recommendation or quick note counts in its visit: a stranger may use it in another."""
    for statement in _statements(WITHIN_VISITS):
        db.execute(statement)
    db.table("evidence").enable_fts(["note"], create_triggers=True)


@_migration
def heads_in_projection_only(db: "sqlite_utils.Database") -> None:
    """No view of heads: its windows held each body some eight times, and the projection works heads out by itself."""
    db.execute("DROP VIEW heads")


def known() -> frozenset[str]:
    """The names of the changes that this version knows."""
    return frozenset(migration.__name__ for migration in _MIGRATIONS)


def refuse_newer(db: Database, path: Path) -> None:
    """Refuse a casebook that this version does not understand, before anything in it is changed.

    Args:
        db: the open casebook.
        path: its file, for the message.

    Raises:
        CasebookError: when a newer inspect_kit has written it.
    """
    if _applied(db) - known():
        raise CasebookError(
            _("The casebook {path} was written by a newer inspect_kit: update inspect_kit to open it.", path=path)
        )


def make_tables(db: Database) -> None:
    """Make the tables of this version: all of them in an empty file, and in an older casebook what it lacks.

    Args:
        db: the open casebook, outside a transaction.
    """
    if _applied(db) == known():
        return
    import sqlite_utils  # takes as long to import as everything else here: only where something is to be done

    migrations = sqlite_utils.Migrations(_SET)
    for migration in _MIGRATIONS:
        migrations()(migration)
    migrations.apply(sqlite_utils.Database(db.conn))


def _applied(db: Database) -> set[str]:
    if not db.execute("SELECT 1 FROM sqlite_schema WHERE name = '_sqlite_migrations'").fetchone():
        return set()
    return {name for (name,) in db.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (_SET,))}


def _statements(script: str) -> list[str]:
    """Split a script, because ``executescript`` would end the migration's transaction."""
    import sqlcipher3

    statements, rest = [], ""
    for line in script.splitlines(keepends=True):
        rest += line
        if sqlcipher3.complete_statement(rest):
            statements.append(rest)
            rest = ""
    return statements

"""From the journal to the tables that people read.

A projection is a pure function of the set of entries: SQL over heads, the entries that no other one
replaces (the view ``standing``). The newest head by stamp is shown; where several say different things, all of
them are listed in ``conflicts``. The same statements project one subject after an act, what a sync brought, and a
whole casebook: ``touched`` names the subjects, ``fresh`` holds their heads, read once.
"""

from inspect_kit.casebook.sqlite import Database

VERSION = "4"
"""Goes up when a statement below gives other rows, so that older casebooks are projected anew on opening."""

CHUNK = 10_000
"""So many entries are projected at a time, so that memory stays flat."""

_STATEMENTS: tuple[tuple[str, str, str], ...] = (
    # (what kind of subject feeds it, delete, insert)
    (
        "facility",
        "DELETE FROM facilities WHERE id IN (SELECT owner FROM touched WHERE subject = stream)",
        """
        INSERT INTO facilities (id, name, place, country, authority, capacity, author, recorded)
        SELECT substr(stream, 10), body ->> 'name', body ->> 'place', body ->> 'country', body ->> 'authority',
            body ->> 'capacity', author, stamp
        FROM fresh WHERE shown AND aspect = 'details'
        """,
    ),
    (
        "facility",
        "DELETE FROM facility_groups WHERE facility IN (SELECT owner FROM touched WHERE subject = stream)",
        """
        INSERT INTO facility_groups (facility, name, held)
        SELECT substr(stream, 10), held.key, held.value
        FROM fresh, json_each(body, '$.held') AS held
        WHERE shown AND aspect = 'profile'
            AND EXISTS (SELECT 1 FROM facilities f WHERE f.id = substr(fresh.stream, 10))
        """,
    ),
    (
        "visit",
        "DELETE FROM visits WHERE id IN (SELECT owner FROM touched WHERE subject = stream)",
        """
        INSERT INTO visits (id, facility, facility_name, place, country, authority, capacity, kind, starts, ends,
            announced, purpose, follow_up, team_remark, overview, cooperation, good_practice, limits, checklist,
            author, recorded)
        SELECT substr(stream, 7),
            max(body ->> '$.facility.id') FILTER (WHERE aspect = 'plan'),
            max(body ->> '$.facility.name') FILTER (WHERE aspect = 'plan'),
            max(body ->> '$.facility.place') FILTER (WHERE aspect = 'plan'),
            max(body ->> '$.facility.country') FILTER (WHERE aspect = 'plan'),
            max(body ->> '$.facility.authority') FILTER (WHERE aspect = 'plan'),
            max(body ->> '$.facility.capacity') FILTER (WHERE aspect = 'plan'),
            max(body ->> 'kind') FILTER (WHERE aspect = 'plan'),
            max(body ->> 'starts') FILTER (WHERE aspect = 'plan'),
            max(body ->> 'ends') FILTER (WHERE aspect = 'plan'),
            max(body ->> 'announced') FILTER (WHERE aspect = 'plan'),
            max(body ->> 'purpose') FILTER (WHERE aspect = 'plan'),
            max(body ->> 'follow_up') FILTER (WHERE aspect = 'plan'),
            coalesce(max(body ->> 'remark') FILTER (WHERE aspect = 'team'), ''),
            coalesce(max(body ->> 'overview') FILTER (WHERE aspect = 'account'), ''),
            coalesce(max(body ->> 'cooperation') FILTER (WHERE aspect = 'account'), ''),
            coalesce(max(body ->> 'good_practice') FILTER (WHERE aspect = 'account'), ''),
            coalesce(max(body ->> 'limits') FILTER (WHERE aspect = 'account'), ''),
            max(body ->> 'id') FILTER (WHERE aspect = 'checklist'),
            max(author) FILTER (WHERE aspect = 'plan'), max(stamp) FILTER (WHERE aspect = 'plan')
        FROM fresh WHERE shown AND aspect IN ('plan', 'team', 'account', 'checklist')
        GROUP BY stream HAVING count(*) FILTER (WHERE aspect = 'plan')
        """,
    ),
    (
        "visit",
        "DELETE FROM visit_groups WHERE visit IN (SELECT owner FROM touched WHERE subject = stream)",
        """
        INSERT INTO visit_groups (visit, name, held)
        SELECT substr(stream, 7), held.key, held.value
        FROM fresh, json_each(body, '$.facility.held') AS held
        WHERE shown AND aspect = 'plan'
        """,
    ),
    (
        "visit",
        "DELETE FROM team_members WHERE visit IN (SELECT owner FROM touched WHERE subject = stream)",
        """
        INSERT INTO team_members (visit, position, name, role, woman, profession)
        SELECT substr(stream, 7), member.key, member.value ->> 'name', member.value ->> 'role',
            member.value ->> 'woman', member.value ->> 'profession'
        FROM fresh, json_each(body, '$.members') AS member
        WHERE shown AND aspect = 'team'
            AND EXISTS (SELECT 1 FROM visits v WHERE v.id = substr(fresh.stream, 7))
        """,
    ),
    (
        "visit",
        "DELETE FROM checklist_items WHERE visit IN (SELECT owner FROM touched WHERE subject = stream)",
        """
        INSERT INTO checklist_items
            (visit, position, item, theme, number, short, ask, strength, clauses, applies, reason)
        SELECT substr(stream, 7), item.key, item.value ->> 'id', item.value ->> 'theme', item.value ->> 'number',
            item.value ->> 'short', item.value ->> 'ask', item.value ->> 'strength', item.value -> 'clauses',
            item.value ->> 'applies', item.value ->> 'reason'
        FROM fresh, json_each(body, '$.items') AS item
        WHERE shown AND aspect = 'checklist'
            AND EXISTS (SELECT 1 FROM visits v WHERE v.id = substr(fresh.stream, 7))
        """,
    ),
    (
        "finding",
        "DELETE FROM findings WHERE (visit, item) IN (SELECT owner, name FROM touched WHERE kind = 'finding')",
        """
        INSERT INTO findings
            (visit, item, assessment, reason, narrative, priority, in_conflict, author, recorded, judgement,
            contradiction, verdict, comment, reviewed, reviewer, review_recorded)
        SELECT substr(stream, 7), substr(subject, 9),
            max(body ->> 'assessment') FILTER (WHERE aspect = 'judgement'),
            coalesce(max(body ->> 'reason') FILTER (WHERE aspect = 'judgement'), ''),
            coalesce(max(body ->> 'narrative') FILTER (WHERE aspect = 'judgement'), ''),
            coalesce(max(body ->> 'priority') FILTER (WHERE aspect = 'priority'), 'normal'),
            max(disputed),
            coalesce(max(author) FILTER (WHERE aspect = 'judgement'), max(author)),
            coalesce(max(stamp) FILTER (WHERE aspect = 'judgement'), max(stamp)),
            max(entry) FILTER (WHERE aspect = 'judgement'),
            coalesce(max(body ->> 'contradict') FILTER (WHERE aspect = 'contradiction'), 0),
            max(body ->> 'verdict') FILTER (WHERE aspect = 'review'),
            max(body ->> 'comment') FILTER (WHERE aspect = 'review'),
            max(body ->> 'judgement') FILTER (WHERE aspect = 'review'),
            max(author) FILTER (WHERE aspect = 'review'), max(stamp) FILTER (WHERE aspect = 'review')
        FROM fresh WHERE shown AND aspect IN ('judgement', 'priority', 'contradiction', 'review')
            AND EXISTS (SELECT 1 FROM visits v WHERE v.id = substr(fresh.stream, 7))
        GROUP BY stream, subject ORDER BY stream, subject
        """,
    ),
    (
        "evidence",
        "DELETE FROM evidence WHERE (visit, id) IN (SELECT owner, name FROM touched WHERE kind = 'evidence')",
        """
        INSERT INTO evidence (id, visit, item, kind, note, place, happened, from_group, interviewee, consent,
            attachment, attachment_name, attachment_type, attachment_size, author, recorded)
        SELECT substr(subject, 10), substr(stream, 7), body ->> 'item', body ->> 'kind', body ->> 'note',
            body ->> 'place', body ->> 'when', body ->> 'group', body ->> 'interviewee',
            -- what she said later counts; where people recorded it differently, the narrowest does
            coalesce((
                SELECT CASE min(instr('none internal authority public', later.body ->> 'consent'))
                    WHEN 1 THEN 'none' WHEN 6 THEN 'internal' WHEN 15 THEN 'authority' WHEN 25 THEN 'public' END
                FROM fresh later
                WHERE later.stream = fresh.stream AND later.subject = fresh.subject AND later.aspect = 'consent'
            ), body ->> 'consent'),
            body ->> '$.attachment.digest', body ->> '$.attachment.name', body ->> '$.attachment.media_type',
            body ->> '$.attachment.size', author, stamp
        FROM fresh
        WHERE shown AND kind = 'add-evidence'
            AND EXISTS (SELECT 1 FROM visits v WHERE v.id = substr(fresh.stream, 7))
        ORDER BY stream, subject
        """,
    ),
    (
        "recommendation",
        "DELETE FROM recommendation_findings"
        " WHERE (visit, recommendation) IN (SELECT owner, name FROM touched WHERE kind = 'recommendation')",
        """
        INSERT INTO recommendation_findings (visit, recommendation, item)
        SELECT DISTINCT substr(stream, 7), substr(subject, 16), finding.value
        FROM fresh, json_each(body, '$.findings') AS finding
        WHERE shown AND kind = 'recommend'
            AND EXISTS (SELECT 1 FROM visits v WHERE v.id = substr(fresh.stream, 7))
        """,
    ),
    (
        "recommendation",
        "DELETE FROM recommendations"
        " WHERE (visit, id) IN (SELECT owner, name FROM touched WHERE kind = 'recommendation')",
        """
        INSERT INTO recommendations (id, visit, body, addressee, due, priority, author, recorded)
        SELECT substr(subject, 16), substr(stream, 7), body ->> 'text', body ->> 'addressee', body ->> 'due',
            body ->> 'priority', author, stamp
        FROM fresh
        WHERE shown AND kind = 'recommend'
            AND EXISTS (SELECT 1 FROM visits v WHERE v.id = substr(fresh.stream, 7))
        """,
    ),
    (
        "jotting",
        "DELETE FROM jottings WHERE (visit, id) IN (SELECT owner, name FROM touched WHERE kind = 'jotting')",
        """
        INSERT INTO jottings (id, visit, note, place, happened, state, evidence, author, recorded)
        SELECT substr(subject, 9), substr(stream, 7),
            max(body ->> 'text') FILTER (WHERE aspect = 'jotting'),
            max(body ->> 'place') FILTER (WHERE aspect = 'jotting'),
            max(body ->> 'when') FILTER (WHERE aspect = 'jotting'),
            coalesce(max(body ->> 'state') FILTER (WHERE aspect = 'filing'), 'open'),
            max(body ->> 'evidence') FILTER (WHERE aspect = 'filing'),
            max(author) FILTER (WHERE aspect = 'jotting'), max(stamp) FILTER (WHERE aspect = 'jotting')
        FROM fresh WHERE shown AND aspect IN ('jotting', 'filing')
            AND EXISTS (SELECT 1 FROM visits v WHERE v.id = substr(fresh.stream, 7))
        GROUP BY stream, subject HAVING count(*) FILTER (WHERE aspect = 'jotting')
        """,
    ),
    (
        "point",
        "DELETE FROM answers WHERE (visit, point) IN (SELECT owner, name FROM touched WHERE kind = 'point')",
        """
        INSERT INTO answers (visit, point, answer, author, recorded)
        SELECT substr(stream, 7), substr(subject, 7), body ->> 'answer', author, stamp
        FROM fresh WHERE shown AND kind = 'answer-point'
            AND EXISTS (SELECT 1 FROM visits v WHERE v.id = substr(fresh.stream, 7))
        """,
    ),
    (
        "comment",
        "DELETE FROM comments WHERE (visit, id) IN (SELECT owner, name FROM touched WHERE kind = 'comment')",
        """
        INSERT INTO comments (id, visit, item, recommendation, place, said, accurate, report, author, recorded,
            accepted, reason, decided)
        SELECT substr(subject, 9), substr(stream, 7),
            max(body ->> 'item') FILTER (WHERE aspect = 'comment'),
            max(body ->> 'recommendation') FILTER (WHERE aspect = 'comment'),
            max(body ->> 'number') FILTER (WHERE aspect = 'comment'),
            max(body ->> 'text') FILTER (WHERE aspect = 'comment'),
            max(body ->> 'accurate') FILTER (WHERE aspect = 'comment'),
            max(body ->> 'report') FILTER (WHERE aspect = 'comment'),
            max(author) FILTER (WHERE aspect = 'comment'), max(stamp) FILTER (WHERE aspect = 'comment'),
            max(body ->> 'accepted') FILTER (WHERE aspect = 'decision'),
            coalesce(max(body ->> 'reason') FILTER (WHERE aspect = 'decision'), ''),
            max(author) FILTER (WHERE aspect = 'decision')
        FROM fresh WHERE shown AND aspect IN ('comment', 'decision')
            AND EXISTS (SELECT 1 FROM visits v WHERE v.id = substr(fresh.stream, 7))
        GROUP BY stream, subject HAVING count(*) FILTER (WHERE aspect = 'comment')
        """,
    ),
)

_FRESH = """
    INSERT INTO fresh (stream, subject, aspect, entry, kind, author, stamp, body, shown, disputed)
    SELECT s.stream, s.subject, s.aspect, lower(hex(s.id)), s.kind, s.author, s.stamp, s.body, 1, 0
    FROM touched t CROSS JOIN standing s ON s.stream = t.stream AND s.subject = t.subject
"""
_SEVERAL = "SELECT stream, subject, aspect FROM fresh GROUP BY stream, subject, aspect HAVING count(*) > 1"
"""Where one aspect has several heads: they are held against each other, while nearly all others stand alone."""
_HELD = f"""
    UPDATE fresh SET shown = held.shown, disputed = held.disputed FROM (
        SELECT stream, subject, aspect, entry,
            row_number() OVER (  -- the newest is shown; a withdrawal never hides what its author had not seen
                PARTITION BY stream, subject, aspect ORDER BY kind NOT LIKE 'withdraw-%' DESC, stamp DESC, entry DESC
            ) = 1 AS shown,
            -- people who say the same apart from each other agree
            min(kind || ' ' || body) OVER same <> max(kind || ' ' || body) OVER same AS disputed
        FROM fresh WHERE (stream, subject, aspect) IN ({_SEVERAL})
        WINDOW same AS (PARTITION BY stream, subject, aspect)
    ) AS held
    WHERE held.stream = fresh.stream AND held.subject = fresh.subject AND held.aspect = fresh.aspect
        AND held.entry = fresh.entry
"""  # noqa: S608 (our own statement)
_CONFLICTS = """
    INSERT INTO conflicts (entry, stream, subject, aspect, kind, value, author, recorded)
    SELECT entry, stream, subject, aspect, kind, body, author, stamp FROM fresh WHERE disputed
"""
_ROOM = (
    """
    CREATE TEMP TABLE IF NOT EXISTS touched (
        stream TEXT, subject TEXT,
        owner TEXT AS (substr(stream, instr(stream, ':') + 1)),
        kind TEXT AS (substr(subject, 1, instr(subject, ':') - 1)),
        name TEXT AS (substr(subject, instr(subject, ':') + 1)),
        PRIMARY KEY (stream, subject)
    ) WITHOUT ROWID
    """,
    """
    CREATE TEMP TABLE IF NOT EXISTS fresh (
        stream TEXT, subject TEXT, aspect TEXT, entry TEXT, kind TEXT, author TEXT, stamp TEXT, body TEXT,
        shown INTEGER, disputed INTEGER, PRIMARY KEY (stream, subject, aspect, entry)
    ) WITHOUT ROWID
    """,
)
TABLES = (
    "facility_groups",
    "facilities",
    "visit_groups",
    "team_members",
    "checklist_items",
    "findings",
    "evidence",
    "recommendation_findings",
    "recommendations",
    "jottings",
    "answers",
    "comments",
    "visits",
    "conflicts",
    "waiting",
)
"""The projected tables."""


def project(db: Database, stream: str | None = None, subject: str = "") -> None:
    """Project the whole journal, or one subject, into the tables that people read.

    Args:
        db: the open casebook, inside a transaction.
        stream: of the subject; None for the whole casebook.
        subject: what an act was about.
    """
    if stream is None:
        for table in TABLES:
            db.execute(f"DELETE FROM {table}")  # noqa: S608 (our own names)
        project_since(db, 0)
        return
    _make_room(db)
    db.execute("INSERT INTO touched (stream, subject) VALUES (?, ?)", (stream, subject))
    for turned in _run(db):
        _project_rest(db, turned, _latest(db))


def project_since(db: Database, number: int) -> None:
    """Project what the journal's latest entries are about.

    Args:
        db: the open casebook, inside a transaction.
        number: the greatest ``entries.number`` of before.
    """
    _make_room(db)
    _merge_index(db, 0)
    for low in range(number, _latest(db), CHUNK):
        db.execute(
            "INSERT INTO touched (stream, subject)"
            " SELECT DISTINCT stream, subject FROM entries WHERE number > ? AND number <= ?",
            (low, low + CHUNK),
        )
        for turned in _run(db):
            _project_rest(db, turned, low)
    _merge_index(db, 4)
    db.execute(
        """
        DELETE FROM waiting WHERE EXISTS (
            SELECT 1 FROM entries e JOIN entries b ON b.id = e.previous WHERE e.id = unhex(waiting.entry)
                AND b.stream = e.stream AND b.author = e.author AND b.seq = e.seq - 1
        )
        """
    )
    db.execute(
        """
        INSERT INTO waiting (entry, stream, author, previous)
        SELECT lower(hex(e.id)), e.stream, e.author, lower(hex(e.previous)) FROM entries e
        WHERE e.number > ? AND e.previous IS NOT NULL AND NOT EXISTS (  -- somebody else's entry is not the one before
            SELECT 1 FROM entries b WHERE b.id = e.previous
                AND b.stream = e.stream AND b.author = e.author AND b.seq = e.seq - 1
        )
        """,
        (number,),
    )


def _project_rest(db: Database, stream: str, number: int) -> None:
    """Project what the entries of a visit are about, up to a number: it has come or gone, and they hang on it."""
    after = ""
    while True:
        db.execute(
            "INSERT INTO touched (stream, subject) SELECT DISTINCT stream, subject FROM entries"
            " WHERE stream = ? AND subject > ? AND subject <> stream AND number <= ? ORDER BY subject LIMIT ?",
            (stream, after, number, CHUNK),
        )
        (last,) = db.execute("SELECT max(subject) FROM touched").fetchone()
        if last is None:
            return
        after = last
        _run(db)


def _merge_index(db: Database, segments: int) -> None:
    """Let the index of words merge its segments from so many on; 0 leaves that to later, small steps.

    Merging after every chunk of a large sync writes most of the index again and again.
    """
    for table in ("findings_fts", "evidence_fts"):
        db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('automerge', ?)", (segments,))  # noqa: S608 (our own names)


def _make_room(db: Database) -> None:
    """Make the tables in memory through which heads pass; empty outside the functions above."""
    for statement in _ROOM:
        db.execute(statement)


def _run(db: Database) -> list[str]:
    """Project what ``touched`` names.

    Returns:
        The streams of the visits that have come into being by this, or ceased to be.
    """
    kinds = {kind for (kind,) in db.execute("SELECT DISTINCT kind FROM touched").fetchall()}
    visits = "SELECT stream FROM touched WHERE kind = 'visit' AND owner IN (SELECT id FROM visits)"
    before = set(db.execute(visits).fetchall()) if "visit" in kinds else set()
    db.execute(_FRESH)
    db.execute("DELETE FROM conflicts WHERE (stream, subject) IN (SELECT stream, subject FROM touched)")
    if db.execute(_SEVERAL).fetchone():
        db.execute(_HELD)
        db.execute(_CONFLICTS)
    for of, delete, insert in _STATEMENTS:
        if of in kinds:
            db.execute(delete)
            db.execute(insert)
    after = set(db.execute(visits).fetchall()) if "visit" in kinds else set()
    db.execute("DELETE FROM fresh")
    db.execute("DELETE FROM touched")
    return sorted(stream for (stream,) in before ^ after)


def _latest(db: Database) -> int:
    (number,) = db.execute("SELECT coalesce(max(number), 0) FROM entries").fetchone()
    return int(number)

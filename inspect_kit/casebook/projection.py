"""From the journal to the tables that people read.

A projection is a pure function of the set of entries: SQL over ``heads``, the entries that no other one
replaces. The newest head by stamp is shown; where several say different things, all of them are listed in
``conflicts``. The same statements project one subject after an act, what a sync brought, and a whole casebook.
"""

from typing import Any

from sqlite_utils import Database

VERSION = "4"
"""Goes up when a statement below changes, so that older casebooks are projected anew on opening."""

_STATEMENTS: tuple[tuple[str, str, str], ...] = (
    # (what kind of subject feeds it, delete, insert); the names in braces are filled in by project()
    (
        "facility",
        "DELETE FROM facilities WHERE {facility}",
        """
        INSERT INTO facilities (id, name, place, country, authority, capacity, author, recorded)
        SELECT substr(stream, 10), body ->> 'name', body ->> 'place', body ->> 'country', body ->> 'authority',
            body ->> 'capacity', author, stamp
        FROM {heads} WHERE shown AND aspect = 'details' {narrow}
        """,
    ),
    (
        "facility",
        "DELETE FROM facility_groups WHERE {of_facility}",
        """
        INSERT INTO facility_groups (facility, name, held)
        SELECT substr(stream, 10), held.key, held.value
        FROM {heads}, json_each(body, '$.held') AS held
        WHERE shown AND aspect = 'profile' {narrow}
            AND EXISTS (SELECT 1 FROM facilities f WHERE f.id = substr(heads.stream, 10))
        """,
    ),
    (
        "visit",
        "DELETE FROM visits WHERE {visit}",
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
        FROM {heads} WHERE shown AND aspect IN ('plan', 'team', 'account', 'checklist') {narrow}
        GROUP BY stream HAVING count(*) FILTER (WHERE aspect = 'plan')
        """,
    ),
    (
        "visit",
        "DELETE FROM visit_groups WHERE {of_visit}",
        """
        INSERT INTO visit_groups (visit, name, held)
        SELECT substr(stream, 7), held.key, held.value
        FROM {heads}, json_each(body, '$.facility.held') AS held
        WHERE shown AND aspect = 'plan' {narrow}
        """,
    ),
    (
        "visit",
        "DELETE FROM team_members WHERE {of_visit}",
        """
        INSERT INTO team_members (visit, position, name, role, woman, profession)
        SELECT substr(stream, 7), member.key, member.value ->> 'name', member.value ->> 'role',
            member.value ->> 'woman', member.value ->> 'profession'
        FROM {heads}, json_each(body, '$.members') AS member
        WHERE shown AND aspect = 'team' {narrow}
            AND EXISTS (SELECT 1 FROM visits v WHERE v.id = substr(heads.stream, 7))
        """,
    ),
    (
        "visit",
        "DELETE FROM checklist_items WHERE {of_visit}",
        """
        INSERT INTO checklist_items
            (visit, position, item, theme, number, short, ask, strength, clauses, applies, reason)
        SELECT substr(stream, 7), item.key, item.value ->> 'id', item.value ->> 'theme', item.value ->> 'number',
            item.value ->> 'short', item.value ->> 'ask', item.value ->> 'strength', item.value -> 'clauses',
            item.value ->> 'applies', item.value ->> 'reason'
        FROM {heads}, json_each(body, '$.items') AS item
        WHERE shown AND aspect = 'checklist' {narrow}
            AND EXISTS (SELECT 1 FROM visits v WHERE v.id = substr(heads.stream, 7))
        """,
    ),
    (
        "finding",
        "DELETE FROM findings WHERE {of_finding}",
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
        FROM {heads} WHERE shown AND aspect IN ('judgement', 'priority', 'contradiction', 'review') {narrow}
            AND EXISTS (SELECT 1 FROM visits v WHERE v.id = substr(heads.stream, 7))
        GROUP BY stream, subject ORDER BY stream, subject
        """,
    ),
    (
        "evidence",
        "DELETE FROM evidence WHERE {of_evidence}",
        """
        INSERT INTO evidence (id, visit, item, kind, note, place, happened, from_group, interviewee, consent,
            attachment, attachment_name, attachment_type, attachment_size, author, recorded)
        SELECT substr(subject, 10), substr(stream, 7), body ->> 'item', body ->> 'kind', body ->> 'note',
            body ->> 'place', body ->> 'when', body ->> 'group', body ->> 'interviewee',
            -- what she said later counts; where people recorded it differently, the narrowest does
            coalesce((
                SELECT CASE min(instr('none internal authority public', later.body ->> 'consent'))
                    WHEN 1 THEN 'none' WHEN 6 THEN 'internal' WHEN 15 THEN 'authority' WHEN 25 THEN 'public' END
                FROM heads later
                WHERE later.stream = heads.stream AND later.subject = heads.subject AND later.aspect = 'consent'
            ), body ->> 'consent'),
            body ->> '$.attachment.digest', body ->> '$.attachment.name', body ->> '$.attachment.media_type',
            body ->> '$.attachment.size', author, stamp
        FROM {heads}
        WHERE shown AND kind = 'add-evidence' {narrow}
            AND EXISTS (SELECT 1 FROM visits v WHERE v.id = substr(heads.stream, 7))
        ORDER BY stream, subject
        """,
    ),
    (
        "recommendation",
        "DELETE FROM recommendation_findings"
        " WHERE (visit, recommendation) IN (SELECT visit, id FROM recommendations WHERE {of_recommendation})",
        """
        INSERT INTO recommendation_findings (visit, recommendation, item)
        SELECT DISTINCT substr(stream, 7), substr(subject, 16), finding.value
        FROM {heads}, json_each(body, '$.findings') AS finding
        WHERE shown AND kind = 'recommend' {narrow}
            AND EXISTS (SELECT 1 FROM visits v WHERE v.id = substr(heads.stream, 7))
        """,
    ),
    (
        "recommendation",
        "DELETE FROM recommendations WHERE {of_recommendation}",
        """
        INSERT INTO recommendations (id, visit, body, addressee, due, priority, author, recorded)
        SELECT substr(subject, 16), substr(stream, 7), body ->> 'text', body ->> 'addressee', body ->> 'due',
            body ->> 'priority', author, stamp
        FROM {heads}
        WHERE shown AND kind = 'recommend' {narrow}
            AND EXISTS (SELECT 1 FROM visits v WHERE v.id = substr(heads.stream, 7))
        """,
    ),
    (
        "jotting",
        "DELETE FROM jottings WHERE {of_jotting}",
        """
        INSERT INTO jottings (id, visit, note, place, happened, state, evidence, author, recorded)
        SELECT substr(subject, 9), substr(stream, 7),
            max(body ->> 'text') FILTER (WHERE aspect = 'jotting'),
            max(body ->> 'place') FILTER (WHERE aspect = 'jotting'),
            max(body ->> 'when') FILTER (WHERE aspect = 'jotting'),
            coalesce(max(body ->> 'state') FILTER (WHERE aspect = 'filing'), 'open'),
            max(body ->> 'evidence') FILTER (WHERE aspect = 'filing'),
            max(author) FILTER (WHERE aspect = 'jotting'), max(stamp) FILTER (WHERE aspect = 'jotting')
        FROM {heads} WHERE shown AND aspect IN ('jotting', 'filing') {narrow}
            AND EXISTS (SELECT 1 FROM visits v WHERE v.id = substr(heads.stream, 7))
        GROUP BY stream, subject HAVING count(*) FILTER (WHERE aspect = 'jotting')
        """,
    ),
    (
        "waiting",
        "DELETE FROM waiting WHERE {of_stream}",
        """
        INSERT INTO waiting (entry, stream, author, previous)
        SELECT lower(hex(e.id)), e.stream, e.author, lower(hex(e.previous)) FROM entries e
        WHERE e.previous IS NOT NULL {narrow} AND NOT EXISTS (  -- somebody else's entry is not the one before
            SELECT 1 FROM entries b WHERE b.id = e.previous
                AND b.stream = e.stream AND b.author = e.author AND b.seq = e.seq - 1
        )
        """,
    ),
    (
        "",
        "DELETE FROM conflicts WHERE {of_stream}",
        """
        INSERT INTO conflicts (entry, stream, subject, aspect, kind, value, author, recorded)
        SELECT entry, stream, subject, aspect, kind, body, author, stamp FROM {heads} WHERE disputed {narrow}
        """,
    ),
)


def project(db: Database, stream: str | None = None, subject: str | None = None) -> None:
    """Project the journal, or a part of it, into the tables that people read.

    Args:
        db: the open casebook, inside a transaction.
        stream: only this stream; None for the whole casebook.
        subject: only this subject of the stream; None for all of it. A visit's or facility's own subject
            takes the whole stream with it, because everything else hangs on it.
    """
    of, _, name = (subject or "").partition(":")
    if stream is None:
        _run(db, None, "heads", dict.fromkeys(_PARTS, "1"), {})
        return
    values: dict[str, Any] = {"stream": stream, "owner": stream.partition(":")[2]}
    parts = {part: f"{column} = :owner" for part, column in _OWNER.items()} | {"of_stream": "stream = :stream"}
    if subject is None or of in _WHOLE:
        about = _WHOLE[stream.partition(":")[0]]
        _run(db, about, "heads", parts | {"narrow": "AND stream = :stream"}, values)
        return
    parts |= {part: f"visit = :owner AND {column} = :name" for part, column in _NAMED.items()}
    parts |= {"of_stream": "stream = :stream AND subject = :subject"}
    narrow = "AND stream = :stream AND subject = :subject"
    _run(db, (of, ""), "heads", parts | {"narrow": narrow}, values | {"subject": subject, "name": name})


def project_since(db: Database, number: int) -> None:
    """Project what the journal's latest entries are about.

    Args:
        db: the open casebook, inside a transaction.
        number: the greatest ``entries.number`` of before.
    """
    db.execute("CREATE TEMP TABLE IF NOT EXISTS touched (in_stream TEXT, about TEXT, PRIMARY KEY (in_stream, about))")
    db.execute("DELETE FROM temp.touched")
    db.execute("INSERT INTO temp.touched SELECT DISTINCT stream, subject FROM entries WHERE number > ?", (number,))
    whole = db.execute("SELECT in_stream FROM temp.touched WHERE in_stream = about ORDER BY 1").fetchall()
    for (stream,) in whole:
        project(db, stream)
        db.execute("DELETE FROM temp.touched WHERE in_stream = ?", (stream,))
    touched = "SELECT substr(in_stream, 7), substr(about, instr(about, ':') + 1) FROM temp.touched"
    parts = {
        part: f"(visit, {column}) IN ({touched} WHERE about LIKE '{part[3:]}:%')" for part, column in _NAMED.items()
    }
    parts |= {"of_stream": "(stream, subject) IN (SELECT in_stream, about FROM temp.touched)", "narrow": ""}
    heads = "temp.touched CROSS JOIN heads ON heads.stream = touched.in_stream AND heads.subject = touched.about"
    _run(db, (*(part[3:] for part in _NAMED), ""), heads, parts, {})
    come = """EXISTS (
        SELECT 1 FROM entries e JOIN entries b ON b.id = e.previous WHERE e.id = unhex(waiting.entry)
            AND b.stream = e.stream AND b.author = e.author AND b.seq = e.seq - 1
    )"""
    _run(db, ("waiting",), "", {"of_stream": come, "narrow": "AND e.number > :number"}, {"number": number})
    db.execute("DELETE FROM temp.touched")


_OWNER = {
    "facility": "id",
    "of_facility": "facility",
    "visit": "id",
    "of_visit": "visit",
    "of_finding": "visit",
    "of_evidence": "visit",
    "of_recommendation": "visit",
    "of_jotting": "visit",
}
_NAMED = {"of_finding": "item", "of_evidence": "id", "of_recommendation": "id", "of_jotting": "id"}
_PARTS = (*_OWNER, "of_stream")
_WHOLE = {
    "facility": ("facility", "waiting", ""),
    "visit": ("visit", "finding", "evidence", "recommendation", "jotting", "waiting", ""),
}


def _run(
    db: Database, about: tuple[str, ...] | None, heads: str, parts: dict[str, str], values: dict[str, Any]
) -> None:
    parts = {"narrow": "", "heads": heads, **parts}
    for of, delete, insert in _STATEMENTS:
        if about is None or of in about:
            db.execute(delete.format(**parts), values)
            db.execute(insert.format(**parts), values)

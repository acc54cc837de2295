"""From the journal to the tables that people read.

A projection is a pure function of the set of entries: SQL over ``heads``, the entries that no other one
replaces. The newest head by stamp is shown; where several stand, all of them are listed in ``conflicts``.
The same statements project one subject after an act and the whole casebook after a sync.
"""

from inspect_kit.casebook.sqlite import Database

VERSION = "2"
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
        FROM heads WHERE place = 1 AND aspect = 'details' {narrow}
        """,
    ),
    (
        "facility",
        "DELETE FROM facility_groups WHERE {of_facility}",
        """
        INSERT INTO facility_groups (facility, name, held)
        SELECT substr(stream, 10), held.key, held.value
        FROM heads, json_each(body, '$.held') AS held
        WHERE place = 1 AND aspect = 'profile' {narrow}
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
        FROM heads WHERE place = 1 AND aspect IN ('plan', 'team', 'account', 'checklist') {narrow}
        GROUP BY stream HAVING count(*) FILTER (WHERE aspect = 'plan')
        """,
    ),
    (
        "visit",
        "DELETE FROM visit_groups WHERE {of_visit}",
        """
        INSERT INTO visit_groups (visit, name, held)
        SELECT substr(stream, 7), held.key, held.value
        FROM heads, json_each(body, '$.facility.held') AS held
        WHERE place = 1 AND aspect = 'plan' {narrow}
        """,
    ),
    (
        "visit",
        "DELETE FROM team_members WHERE {of_visit}",
        """
        INSERT INTO team_members (visit, position, name, role, woman, profession)
        SELECT substr(stream, 7), member.key, member.value ->> 'name', member.value ->> 'role',
            member.value ->> 'woman', member.value ->> 'profession'
        FROM heads, json_each(body, '$.members') AS member
        WHERE place = 1 AND aspect = 'team' {narrow}
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
        FROM heads, json_each(body, '$.items') AS item
        WHERE place = 1 AND aspect = 'checklist' {narrow}
            AND EXISTS (SELECT 1 FROM visits v WHERE v.id = substr(heads.stream, 7))
        """,
    ),
    (
        "finding",
        "DELETE FROM findings WHERE {of_visit} {of_item}",
        """
        INSERT INTO findings
            (visit, item, assessment, reason, narrative, priority, in_conflict, author, recorded, judgement,
            contradiction, verdict, comment, reviewed, reviewer, review_recorded)
        SELECT substr(stream, 7), substr(subject, 9),
            max(body ->> 'assessment') FILTER (WHERE aspect = 'judgement'),
            coalesce(max(body ->> 'reason') FILTER (WHERE aspect = 'judgement'), ''),
            coalesce(max(body ->> 'narrative') FILTER (WHERE aspect = 'judgement'), ''),
            coalesce(max(body ->> 'priority') FILTER (WHERE aspect = 'priority'), 'normal'),
            max(sides) > 1,
            coalesce(max(author) FILTER (WHERE aspect = 'judgement'), max(author)),
            coalesce(max(stamp) FILTER (WHERE aspect = 'judgement'), max(stamp)),
            max(entry) FILTER (WHERE aspect = 'judgement'),
            coalesce(max(body ->> 'contradict') FILTER (WHERE aspect = 'contradiction'), 0),
            max(body ->> 'verdict') FILTER (WHERE aspect = 'review'),
            max(body ->> 'comment') FILTER (WHERE aspect = 'review'),
            max(body ->> 'judgement') FILTER (WHERE aspect = 'review'),
            max(author) FILTER (WHERE aspect = 'review'), max(stamp) FILTER (WHERE aspect = 'review')
        FROM heads WHERE place = 1 AND aspect IN ('judgement', 'priority', 'contradiction', 'review') {narrow}
            AND EXISTS (SELECT 1 FROM visits v WHERE v.id = substr(heads.stream, 7))
        GROUP BY stream, subject ORDER BY stream, subject
        """,
    ),
    (
        "evidence",
        "DELETE FROM evidence WHERE {of_visit} {of_evidence}",
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
        FROM heads
        WHERE place = 1 AND aspect = 'evidence' AND kind = 'add-evidence' {narrow}
            AND EXISTS (SELECT 1 FROM visits v WHERE v.id = substr(heads.stream, 7))
        ORDER BY stream, subject
        """,
    ),
    (
        "recommendation",
        "DELETE FROM recommendation_findings"
        " WHERE recommendation IN (SELECT id FROM recommendations WHERE {of_visit} {of_recommendation})",
        """
        INSERT INTO recommendation_findings (recommendation, item)
        SELECT DISTINCT substr(subject, 16), finding.value
        FROM heads, json_each(body, '$.findings') AS finding
        WHERE place = 1 AND aspect = 'recommendation' {narrow}
            AND EXISTS (SELECT 1 FROM visits v WHERE v.id = substr(heads.stream, 7))
        """,
    ),
    (
        "recommendation",
        "DELETE FROM recommendations WHERE {of_visit} {of_recommendation}",
        """
        INSERT INTO recommendations (id, visit, body, addressee, due, priority, author, recorded)
        SELECT substr(subject, 16), substr(stream, 7), body ->> 'text', body ->> 'addressee', body ->> 'due',
            body ->> 'priority', author, stamp
        FROM heads
        WHERE place = 1 AND aspect = 'recommendation' {narrow}
            AND EXISTS (SELECT 1 FROM visits v WHERE v.id = substr(heads.stream, 7))
        """,
    ),
    (
        "jotting",
        "DELETE FROM jottings WHERE {of_visit} {of_jotting}",
        """
        INSERT INTO jottings (id, visit, note, place, happened, state, evidence, author, recorded)
        SELECT substr(subject, 9), substr(stream, 7),
            max(body ->> 'text') FILTER (WHERE aspect = 'jotting'),
            max(body ->> 'place') FILTER (WHERE aspect = 'jotting'),
            max(body ->> 'when') FILTER (WHERE aspect = 'jotting'),
            coalesce(max(body ->> 'state') FILTER (WHERE aspect = 'filing'), 'open'),
            max(body ->> 'evidence') FILTER (WHERE aspect = 'filing'),
            max(author) FILTER (WHERE aspect = 'jotting'), max(stamp) FILTER (WHERE aspect = 'jotting')
        FROM heads WHERE place = 1 AND aspect IN ('jotting', 'filing') {narrow}
            AND EXISTS (SELECT 1 FROM visits v WHERE v.id = substr(heads.stream, 7))
        GROUP BY stream, subject HAVING count(*) FILTER (WHERE aspect = 'jotting')
        """,
    ),
    (
        "",
        "DELETE FROM conflicts WHERE {of_stream}",
        """
        INSERT INTO conflicts (entry, stream, subject, aspect, value, author, recorded)
        SELECT entry, stream, subject, aspect, body, author, stamp FROM heads WHERE sides > 1 {narrow}
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
    if subject is not None and subject.partition(":")[0] in ("visit", "facility"):
        subject = None
    prefix, _, name = (subject or "").partition(":")
    values = {
        "stream": stream,
        "subject": subject,
        "owner": stream.partition(":")[2] if stream else None,
        "name": name,
    }
    narrow = "AND stream = :stream AND subject = :subject" if subject else "AND stream = :stream" if stream else ""
    parts = {
        "narrow": narrow,
        "facility": "id = :owner" if stream else "1",
        "of_facility": "facility = :owner" if stream else "1",
        "visit": "id = :owner" if stream else "1",
        "of_visit": "visit = :owner" if stream else "1",
        "of_stream": "stream = :stream" + (" AND subject = :subject" if subject else "") if stream else "1",
        "of_item": "AND item = :name" if subject else "",
        "of_evidence": "AND id = :name" if subject else "",
        "of_recommendation": "AND id = :name" if subject else "",
        "of_jotting": "AND id = :name" if subject else "",
    }
    kind = stream.partition(":")[0] if stream else None
    for about, delete, insert in _STATEMENTS:
        if subject and about not in ("", prefix):
            continue
        if kind == "facility" and about not in ("", "facility"):
            continue
        if kind == "visit" and about == "facility":
            continue
        db.execute(delete.format(**parts), values)
        db.execute(insert.format(**parts), values)

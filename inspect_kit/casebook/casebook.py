"""A casebook: one SQLite file in which an inspector's whole work lies.

Each method that changes something is one act of one person: it appends to the journal, projects what
changed, and returns when that is durable on the disk. A casebook belongs to the thread that opened it.
"""

import hashlib
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from inspect_kit.casebook import drafts, journal, projection, queries, schema, sqlite
from inspect_kit.casebook import search as searching
from inspect_kit.casebook.clock import next_stamp
from inspect_kit.casebook.drafts import Draft
from inspect_kit.casebook.health import Health, examine
from inspect_kit.casebook.shapes import ATTACHMENT_LIMIT
from inspect_kit.errors import BadInputError, CasebookError, UnknownError
from inspect_kit.files import own_folder
from inspect_kit.language import _
from inspect_kit.model import (
    Account,
    Assessment,
    Checklist,
    Consent,
    Evidence,
    Facility,
    Finding,
    Hit,
    Jotting,
    Priority,
    Profile,
    Recommendation,
    Team,
    Verdict,
    VisitOverview,
    VisitPlan,
    VisitRecord,
    check_passphrase,
    clean_line,
    clean_note,
    new_id,
    parse_day,
)

Asked = ParamSpec("Asked")
Found = TypeVar("Found")
_NOBODY = _("Nobody is named as author yet: choose an identity first (--as).")
_EMPTY = _("The checklist is empty: choose at least one theme that applies to this facility.")


def _told(
    question: Callable[Concatenate["Casebook", Asked], Found],
) -> Callable[Concatenate["Casebook", Asked], Found]:
    """A question whose trouble with the file comes out as a sentence."""

    @wraps(question)
    def told(self: "Casebook", /, *args: Asked.args, **kwargs: Asked.kwargs) -> Found:
        with sqlite.told(self.path):
            return question(self, *args, **kwargs)

    return told


class Casebook:
    """One inspector's casebook. Made by ``Casebook.create`` or ``Casebook.open``.

    Attributes:
        path: its file.
        encrypted: whether a passphrase protects it.
        torn: whether the file is a copy that was made while somebody had it open: the latest work may be missing.
    """

    def __init__(self, path: Path, passphrase: str | None, *, new: bool, now: Callable[[], float] = time.time) -> None:
        self.path = path
        self.encrypted = passphrase is not None and (new or not sqlite.in_clear(path))
        self._now = now
        self._author: str | None = None
        self._db, self.torn = sqlite.connect(path, passphrase, new=new)
        try:
            with sqlite.told(path):
                schema.migrate(self._db, path)
                if self._setting("projection") != projection.VERSION:
                    self.rebuild()
                self._name_laptop()
        except BaseException:
            self.close()
            raise

    @classmethod
    def create(cls, path: Path, passphrase: str | None = None, now: Callable[[], float] = time.time) -> "Casebook":
        """Make a new casebook.

        Args:
            path: its file, which must not exist.
            passphrase: encrypts the whole file; None leaves it in clear.
            now: the machine's clock, in seconds since 1970.

        Raises:
            BadInputError: when the passphrase is empty or has control characters.
            CasebookError: when the file exists or cannot be made there.
        """
        if passphrase is not None:
            check_passphrase(passphrase)
        sqlite.make_empty(path)
        try:
            return cls(path, passphrase, new=True, now=now)
        except BaseException:
            for ending in ("", "-wal", "-shm"):  # ours alone, and nothing in it was acknowledged
                path.with_name(path.name + ending).unlink(missing_ok=True)
            raise

    @classmethod
    def open(cls, path: Path, passphrase: str | None = None, now: Callable[[], float] = time.time) -> "Casebook":
        """Open a casebook; older tables are brought to this version.

        Args:
            path: its file.
            passphrase: needed where the file is encrypted, ignored where it is in clear.
            now: the machine's clock, in seconds since 1970.

        Raises:
            PassphraseError: when the passphrase is missing or wrong.
            CasebookError: when the file is missing, damaged, no casebook, or newer than this program.
        """
        return cls(path, passphrase, new=False, now=now)

    def close(self) -> None:
        """Close the file. Everything acknowledged is on the disk already."""
        sqlite.close(self._db)

    def __enter__(self) -> "Casebook":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- who works here

    @_told
    def author_of(self, key_file: bytes) -> bool:
        """Work as the person whose identity file this is, if this casebook has met it before.

        Args:
            key_file: the bytes of her PKCS#12 file. They are compared by hash, so that a known identity
                needs no passphrase for recording; sealing and signing do.

        Returns:
            False when it is new here: read it and call ``enrol``.
        """
        fingerprint = self._setting(f"identity:{hashlib.sha256(key_file).hexdigest()}")
        if fingerprint:
            self._author = f"{fingerprint}.{self._setting('laptop')}"
        return bool(fingerprint)

    def enrol(self, key_file: bytes, fingerprint: str, name: str, certificate: bytes) -> None:
        """Work as this person from now on.

        Args:
            key_file: the bytes of her PKCS#12 file.
            fingerprint: SHA-256 of her certificate, in hex.
            name: as it stands in the certificate.
            certificate: in DER.
        """
        with self._writing():
            self._db.execute(
                "INSERT INTO certificates (fingerprint, name, certificate) VALUES (?, ?, ?)"
                " ON CONFLICT (fingerprint) DO NOTHING",
                (fingerprint, name, certificate),
            )
            self._set(f"identity:{hashlib.sha256(key_file).hexdigest()}", fingerprint)
        self._author = f"{fingerprint}.{self._setting('laptop')}"

    @_told
    def author_name(self) -> str:
        """The name under which entries are recorded now; empty before anybody signed in."""
        row = self._db.execute(
            "SELECT name FROM certificates WHERE fingerprint = ?", ((self._author or "").partition(".")[0],)
        ).fetchone()
        return str(row[0]) if row else ""

    # -- acts

    def add_facility(self, facility: Facility) -> str:
        """Record a facility and its profile.

        Returns:
            Its id.
        """
        id_ = facility.id or new_id()
        subject = f"facility:{id_}"
        with self._act(subject) as append:
            append("describe-facility", subject, _details(facility))
            append("profile-facility", subject, _profile(facility.profile))
        return id_

    def change_facility(self, facility: Facility) -> None:
        """Replace what is recorded about a facility; visits keep the profile they were planned with.

        Raises:
            UnknownError: when it is not in this casebook.
        """
        if not queries.exists(self._db, "facilities", id=facility.id):
            raise UnknownError(
                _("No facility {id} in this casebook: “facility list” shows what is here.", id=facility.id[:40])
            )
        self.add_facility(facility)

    def plan_visit(self, plan: VisitPlan, team: Team, checklist: Checklist) -> str:
        """Record a new visit: its plan, its team and its frozen checklist, in one act.

        Returns:
            The visit's id.
        """
        if not any(item.applies for item in checklist.items):
            raise BadInputError(_EMPTY)
        id_ = new_id()
        subject = f"visit:{id_}"
        with self._act(subject) as append:
            _set_visit(append, subject, plan, team, checklist)
        return id_

    def change_visit(
        self,
        visit: str,
        *,
        plan: VisitPlan | None = None,
        team: Team | None = None,
        checklist: Checklist | None = None,
    ) -> None:
        """Replace a visit's plan, its team or its checklist, in one act; findings stay, whatever the checklist holds.

        Args:
            visit: the visit's id.
            plan: the new plan; None leaves what there is.
            team: the new team; None leaves what there is.
            checklist: the new checklist; None leaves what there is.
        """
        if checklist and not any(item.applies for item in checklist.items):
            raise BadInputError(_EMPTY)
        subject = f"visit:{self._known(visit)}"
        with self._act(subject) as append:
            _set_visit(append, subject, plan, team, checklist)

    def give_account(self, visit: str, account: Account) -> None:
        """Record what the team says about the visit as a whole."""
        subject = f"visit:{self._known(visit)}"
        with self._act(subject) as append:
            append("account", subject, asdict(account))

    def judge(
        self,
        visit: str,
        item: str,
        assessment: Assessment | None,
        reason: str = "",
        narrative: str = "",
        *,
        seen: Sequence[str] | None = None,
        priority: Priority | None = None,
    ) -> None:
        """Record a judgement: assessment, reason and narrative as one.

        Args:
            visit: the visit's id.
            item: the item's id, which must be in the visit's checklist.
            assessment: None for a narrative that comes before the judgement.
            reason: why it is not applicable or not verified.
            narrative: what was found.
            seen: ids of the judgements that the author had before her; what she has not seen stays beside
                hers as a conflict. None means all that stand.
            priority: how soon something has to happen, where that is said in the same act.

        Raises:
            UnknownError: when the visit or the item is not known.
            BadInputError: when a reason is needed and missing, or a text cannot be kept.
        """
        self._known_item(visit, item)
        # Translators: the start of a sentence, such as “… must be one line”
        reason = clean_line(reason, _("The reason"))
        if assessment and assessment.needs_reason and not reason:
            raise BadInputError(
                # Translators: assessment is “not applicable” or “not verified”
                _("“{assessment}” needs a reason: say why, in a few words (--reason).", assessment=assessment.label)
            )
        body = {
            "assessment": assessment.value if assessment else None,
            "reason": reason,
            "narrative": clean_note(narrative),
        }
        with self._act(f"visit:{visit}") as append:
            append("judge", f"finding:{item}", body, seen)
            if priority:
                append("prioritise", f"finding:{item}", {"priority": priority.value})

    def prioritise(self, visit: str, item: str, priority: Priority) -> None:
        """Say how soon something has to happen about an item.

        Raises:
            UnknownError: when the visit or the item is not known.
        """
        self._known_item(visit, item)
        with self._act(f"visit:{visit}") as append:
            append("prioritise", f"finding:{item}", {"priority": priority.value})

    def mark_contradiction(self, visit: str, item: str, contradict: bool) -> None:
        """Say that an item's sources contradict each other, or no longer do.

        Raises:
            UnknownError: when the visit or the item is not known.
        """
        self._known_item(visit, item)
        with self._act(f"visit:{visit}") as append:
            append("mark-contradiction", f"finding:{item}", {"contradict": contradict})

    def review(self, visit: str, item: str, verdict: Verdict, comment: str = "") -> None:
        """Say as a second pair of eyes whether a judgement holds; a later judgement is not reviewed by this.

        Args:
            visit: the visit's id.
            item: the item's id.
            verdict: accepted, or returned to be looked at again.
            comment: needed where it is returned.

        Raises:
            UnknownError: when the visit or the item is not known.
            BadInputError: when there is no judgement yet, when it is one's own, in conflict, or returned without
                a word.
        """
        self._known_item(visit, item)
        finding = self.finding(visit, item)
        if finding is None or finding.assessment is None:
            raise BadInputError(_("There is no judgement to review yet."))
        if finding.conflict:
            raise BadInputError(_("People hold different views on this item: settle that before it is reviewed."))
        (author,) = self._db.execute(
            "SELECT author FROM findings WHERE visit = ? AND item = ?", (visit, item)
        ).fetchone()
        if self._author and author.partition(".")[0] == self._author.partition(".")[0]:
            raise BadInputError(_("This is your own judgement: a second pair of eyes is somebody else's."))
        # Translators: the start of a sentence, such as “… holds bytes that are no text”
        comment = clean_note(comment, _("The comment"))
        if verdict is Verdict.RETURNED and not comment:
            raise BadInputError(_("Say why it is returned: what is missing, or what you see differently."))
        body = {"verdict": verdict.value, "comment": comment, "judgement": finding.judgement}
        with self._act(f"visit:{visit}") as append:
            append("review", f"finding:{item}", body)

    def add_evidence(self, visit: str, item: str, evidence: Evidence, data: bytes | None = None) -> str:
        """Record one source under an item.

        Args:
            visit: the visit's id.
            item: the item's id.
            evidence: what it is; its ``attachment`` describes ``data``.
            data: the attached file's bytes, at most ``ATTACHMENT_LIMIT``.

        Returns:
            The evidence's id.

        Raises:
            UnknownError: when the visit or the item is not known.
            BadInputError: when neither a note nor a file is given, or a text or the file cannot be kept.
        """
        self._known_item(visit, item)
        # Translators: the start of a sentence, such as “… holds bytes that are no text”
        note = clean_note(evidence.note, _("The evidence"))
        if not note and data is None:
            raise BadInputError(_("The evidence is empty: say what was seen, heard or read, or attach a file."))
        attachment = evidence.attachment
        if _described(data) != (attachment and (attachment.digest, attachment.size)):
            raise BadInputError(_("The attached file and its description do not match: attach it again."))
        if data is not None and len(data) > ATTACHMENT_LIMIT:
            raise BadInputError(
                _(
                    "The attached file is larger than {size} MB: attach a smaller one.",
                    size=ATTACHMENT_LIMIT // 1_048_576,
                )
            )
        body = {
            "item": item,
            "kind": evidence.kind.value,
            "note": note,
            # Translators: the start of a sentence, such as “… must be one line”
            "place": clean_line(evidence.place, _("The place")),
            # Translators: the start of a sentence, such as “… must be one line”
            "when": clean_line(evidence.when, _("The time")),
            # Translators: the start of a sentence, such as “… must be one line”
            "group": clean_line(evidence.group, _("The group")),
            # Translators: the start of a sentence, such as “… must be one line”
            "interviewee": clean_line(evidence.interviewee, _("The interviewee's code")),
            "consent": evidence.consent.value,
            "attachment": asdict(attachment) if attachment else None,
        }
        id_ = new_id()
        with self._act(f"visit:{visit}") as append:
            if attachment is not None:
                self._db.execute(
                    "INSERT INTO blobs (digest, size, data) VALUES (?, ?, ?) ON CONFLICT (digest) DO NOTHING",
                    (attachment.digest, attachment.size, data),
                )
            append("add-evidence", f"evidence:{id_}", body)
        return id_

    def set_consent(self, visit: str, evidence: Sequence[str], consent: Consent) -> None:
        """Record how far sources may go, after they were recorded: a person can restrict what she said at any time.

        Where two people record it differently apart from each other, the narrower consent counts.

        Args:
            visit: the visit's id.
            evidence: ids of the sources, all of one person as a rule.
            consent: the widest edition from now on.

        Raises:
            UnknownError: when the visit or a source is not known.
        """
        self._known(visit)
        for id_ in evidence:
            if not queries.exists(self._db, "evidence", visit=visit, id=id_):
                raise UnknownError(_("No evidence {id} in this visit: “visit show” lists what is there.", id=id_[:40]))
        with self._act(f"visit:{visit}") as append:
            for id_ in evidence:
                append("set-consent", f"evidence:{id_}", {"consent": consent.value})

    def recommend(self, visit: str, recommendation: Recommendation) -> str:
        """Record a recommendation, or replace the one whose ``id`` it carries.

        Returns:
            Its id.

        Raises:
            UnknownError: when the visit, an item, or the recommendation to replace is not known.
            BadInputError: when the text or the addressee is missing, or the due day is none.
        """
        self._known(visit)
        for item in recommendation.findings:
            self._known_item(visit, item)
        body = {
            # Translators: the start of a sentence, such as “… holds bytes that are no text”
            "text": clean_note(recommendation.text, _("The recommendation")),
            # Translators: the start of a sentence, such as “… is missing”
            "addressee": clean_line(recommendation.addressee, _("The recommendation's addressee"), required=True),
            # Translators: the start of a sentence: “The due day “soon” is no day that we can read …”
            "due": parse_day(recommendation.due, _("The due day")).isoformat() if recommendation.due else "",
            "priority": recommendation.priority.value,
            "findings": list(dict.fromkeys(recommendation.findings)),
        }
        if not body["text"]:
            raise BadInputError(_("The recommendation is empty: say what shall be done."))
        if recommendation.id and not queries.exists(self._db, "recommendations", visit=visit, id=recommendation.id):
            raise UnknownError(_("No recommendation {id} in this visit: choose one of its list.", id=recommendation.id))
        id_ = recommendation.id or new_id()
        with self._act(f"visit:{visit}") as append:
            append("recommend", f"recommendation:{id_}", body)
        return id_

    def jot(self, visit: str, text: str, place: str = "", when: str = "") -> str:
        """Keep a quick note, to be filed under an item later.

        Args:
            visit: the visit's id.
            text: as typed, of any length that fits.
            place: where.
            when: in the inspector's words; empty takes the laptop's time now.

        Returns:
            The quick note's id.

        Raises:
            UnknownError: when the visit is not known.
            BadInputError: when it is empty, or a text cannot be kept.
        """
        self._known(visit)
        body = {
            # Translators: the start of a sentence, such as “… holds bytes that are no text”
            "text": clean_note(text, _("The quick note")),
            "place": clean_line(place, _("The place")),
            "when": clean_line(when, _("The time")) or f"{datetime.fromtimestamp(self._now()):%Y-%m-%d %H:%M}",
        }
        if not body["text"]:
            raise BadInputError(_("The quick note is empty: type what you saw or heard."))
        id_ = new_id()
        with self._act(f"visit:{visit}") as append:
            append("jot", f"jotting:{id_}", body)
        return id_

    def file_jotting(self, visit: str, jotting: str, item: str, evidence: Evidence) -> str:
        """Make a quick note a source under an item; note and source change in one act.

        Args:
            visit: the visit's id.
            jotting: the quick note's id.
            item: the item's id.
            evidence: the source that it becomes.

        Returns:
            The evidence's id.

        Raises:
            UnknownError: when the visit or the item is not known, or the quick note waits no longer.
            BadInputError: as for ``add_evidence``.
        """
        with self._act(f"visit:{self._known(visit)}") as append:
            self._waits(visit, jotting)
            became = self.add_evidence(visit, item, evidence)
            append("file-jotting", f"jotting:{jotting}", {"state": "filed", "evidence": became})
        return became

    def discard_jotting(self, visit: str, jotting: str) -> None:
        """Take a quick note out of the inbox without filing it; its text stays in the journal.

        Raises:
            UnknownError: when the visit is not known, or the quick note waits no longer.
        """
        with self._act(f"visit:{self._known(visit)}") as append:
            self._waits(visit, jotting)
            append("file-jotting", f"jotting:{jotting}", {"state": "discarded", "evidence": None})

    def reopen_jotting(self, visit: str, jotting: str) -> None:
        """Put a filed or discarded quick note back into the inbox; the source that it became is withdrawn.

        Raises:
            UnknownError: when the visit or the quick note is not known.
        """
        with self._act(f"visit:{self._known(visit)}") as append:
            row = self._db.execute(
                "SELECT evidence FROM jottings WHERE visit = ? AND id = ?", (visit, jotting)
            ).fetchone()
            if row is None:
                raise UnknownError(
                    _("No quick note {id} in this visit: “inbox” lists those that wait.", id=jotting[:40])
                )
            if row[0]:
                append("withdraw-evidence", f"evidence:{row[0]}", {})
            append("file-jotting", f"jotting:{jotting}", {"state": "open", "evidence": None})

    # -- drafts, which are no acts: nothing of them enters the journal

    def keep_draft(self, key: str, values: Mapping[str, str]) -> str:
        """Put by what the author has typed so far; it replaces what she had put by under this key.

        Args:
            key: names what she is writing.
            values: what stands in each field, by the field's name.

        Returns:
            When that was, as a stamp like those of the journal.

        Raises:
            BadInputError: when it is larger than ``drafts.DRAFT_LIMIT`` or cannot be kept.
        """
        draft = Draft(values, next_stamp(None, self._now))
        with self._writing():
            drafts.write(self._db, self._writer, key, draft)
        return draft.kept

    @_told
    def drafts(self) -> dict[str, Draft]:
        """What the author has typed and not kept yet, by key, the latest first; nobody else's."""
        return drafts.read(self._db, self._writer)

    def drop_draft(self, key: str) -> None:
        """Erase a draft of the author's, if there is one."""
        with self._writing():
            drafts.erase(self._db, self._writer, key)

    @contextmanager
    def instead_of_draft(self, key: str) -> Iterator[None]:
        """Erase a draft together with the acts inside the block: both reach the disk, or neither does."""
        with self._writing():
            yield
            self.drop_draft(key)

    def rebuild(self) -> None:
        """Project all tables again from the journal."""
        with self._writing():
            projection.project(self._db)
            self._set("projection", projection.VERSION)

    # -- questions

    @_told
    def facilities(self) -> list[Facility]:
        """All facilities, by name."""
        return queries.facilities(self._db)

    def facility(self, id_: str) -> Facility:
        """One facility.

        Args:
            id_: its id, the end of it (4 letters or more), or its name.

        Raises:
            UnknownError: when none, or more than one, is meant.
        """
        return _one(id_, [(facility, facility.id, facility.name) for facility in self.facilities()], "facility")

    @_told
    def visits(self) -> list[VisitOverview]:
        """All visits, the latest first."""
        return queries.visits(self._db)

    def find_visit(self, id_: str) -> str:
        """The full id of a visit.

        Args:
            id_: its id, or the end of it (4 letters or more).

        Raises:
            UnknownError: when none, or more than one, is meant.
        """
        return _one(id_, [(visit.id, visit.id, "") for visit in self.visits()], "visit")

    @_told
    def visit(self, id_: str) -> VisitRecord:
        """Everything about one visit.

        Raises:
            UnknownError: when it is not in this casebook.
        """
        return queries.visit(self._db, self._known(id_))

    @_told
    def finding(self, visit: str, item: str) -> Finding | None:
        """What is held about one item, with its evidence; None where nothing was recorded yet."""
        return queries.findings(self._db, visit, item).get(item)

    @_told
    def search(self, visit: str, words: str, limit: int = 50) -> list[Hit]:
        """Find the items of a visit that hold all words, the nearest first; quick enough to ask at each key.

        Args:
            visit: the visit's id.
            words: as typed so far, each the beginning of a word, or the number of a rule or clause; whatever else
                is typed finds nothing and refuses nothing. With none, the search is only made ready.
            limit: the most hits.

        Raises:
            UnknownError: when the visit is not in this casebook.
        """
        return searching.search(self._db, self._known(visit), words, limit)

    @_told
    def jottings(self, visit: str) -> tuple[Jotting, ...]:
        """A visit's quick notes that wait to be filed, oldest first."""
        return queries.jottings(self._db, self._known(visit))

    @_told
    def last_place(self, visit: str) -> str:
        """Where whoever works here last noted something in a visit; empty where no place was named yet."""
        return queries.last_place(self._db, visit, self._author or "")

    @_told
    def authors(self) -> dict[str, str]:
        """Names of those whose certificates this casebook holds, by fingerprint."""
        return queries.authors(self._db)

    @_told
    def attachment(self, digest: str) -> bytes:
        """The bytes of an attached file.

        Raises:
            UnknownError: when the casebook does not hold it.
        """
        row = self._db.execute("SELECT data FROM blobs WHERE digest = ?", (digest,)).fetchone()
        if row is None:
            raise UnknownError(
                _(
                    "The attachment {id} is not in this casebook: ask whoever recorded it to share it.",
                    id=digest[:12],
                )
            )
        return bytes(row[0])

    def health(self) -> Health:
        """Examine file, chains, values, attachments and projection; changes nothing."""
        with sqlite.told(self.path):
            return examine(self._db)

    # -- inside

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with sqlite.told(self.path):
            if self._db.conn.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.conn.commit()
            except BaseException:
                self._db.conn.rollback()
                raise

    @contextmanager
    def _act(self, stream: str) -> Iterator[Callable[..., str]]:
        if self._author is None:
            raise CasebookError(_NOBODY)
        subjects: list[str] = []
        with self._writing():
            writer = journal.Writer(self._db, self._author, self._now)

            def append(kind: str, subject: str, body: dict[str, Any], seen: Sequence[str] | None = None) -> str:
                subjects.append(subject)
                return writer.append(stream, kind, subject, body, seen)

            yield append
            for subject in dict.fromkeys(subjects):
                projection.project(self._db, stream, subject)

    @property
    def _writer(self) -> str:
        """Fingerprint of who records now."""
        if self._author is None:
            raise CasebookError(_NOBODY)
        return self._author.partition(".")[0]

    @_told
    def _known(self, visit: str) -> str:
        if not queries.exists(self._db, "visits", id=visit):
            raise UnknownError(_("No visit {id} in this casebook: “visit list” shows what is here.", id=visit[:40]))
        return visit

    @_told
    def _known_item(self, visit: str, item: str) -> None:
        self._known(visit)
        if not queries.exists(self._db, "checklist_items", visit=visit, item=item):
            raise UnknownError(
                _(
                    "No item “{item}” in this visit's checklist: "
                    "“visit show” lists its items, such as “hygiene.showers”.",
                    item=item[:60],
                )
            )

    def _waits(self, visit: str, jotting: str) -> None:
        if not queries.exists(self._db, "jottings", visit=visit, id=jotting, state="open"):
            raise UnknownError(
                _(
                    "No quick note {id} waits in this visit: it was sorted already, or “inbox” lists it.",
                    id=jotting[:40],
                )
            )

    def _setting(self, name: str) -> str | None:
        row = self._db.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def _set(self, name: str, value: str) -> None:
        self._db.execute(
            "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, value),
        )

    def _name_laptop(self) -> None:
        """Give this copy of the file a name of its own; a copy that moved to another machine gets a new one.

        Two copies that go on under one name would fork the author's chain.
        """
        machine = _machine()
        if self._setting("laptop") is None or self._setting("machine") != machine:
            with self._writing():
                self._set("laptop", secrets.token_hex(4))
                self._set("machine", machine)


def _machine() -> str:
    """A random name for this machine and user, kept in the user's data folder."""
    file = own_folder() / "machine"
    try:
        if not file.is_file():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(secrets.token_hex(8), encoding="ascii")
        return file.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return secrets.token_hex(8)  # nothing can be kept here: a new name each time never forks a chain


def _described(data: bytes | None) -> tuple[str, int] | None:
    return None if data is None else (hashlib.sha256(data).hexdigest(), len(data))


def _profile(profile: Profile) -> dict[str, Any]:
    return {"held": {group.value: number for group, number in profile.held.items()}}


def _details(facility: Facility) -> dict[str, Any]:
    return {name: getattr(facility, name) for name in ("name", "place", "country", "authority", "capacity")}


def _set_visit(
    append: Callable[..., str], subject: str, plan: VisitPlan | None, team: Team | None, checklist: Checklist | None
) -> None:
    if plan:
        append("plan-visit", subject, _plan(plan))
    if team:
        append("name-team", subject, asdict(team) | {"members": [asdict(member) for member in team.members]})
    if checklist:
        append("freeze-checklist", subject, checklist.as_json())


def _plan(plan: VisitPlan) -> dict[str, Any]:
    facility = plan.facility
    return {
        "facility": {"id": facility.id} | _details(facility) | _profile(facility.profile),
        "kind": plan.kind.value,
        "starts": plan.starts,
        "ends": plan.ends,
        "announced": plan.announced,
        "purpose": plan.purpose,
        "follow_up": plan.follow_up,
    }


def _one(asked: str, candidates: Sequence[tuple[Found, str, str]], what: str) -> Found:
    asked = asked.strip()
    exact = [value for value, id_, name in candidates if asked in (id_, name) and asked]
    near = [value for value, id_, _name in candidates if len(asked) >= 4 and id_.endswith(asked.upper())]
    found = exact or near
    if len(found) == 1:
        return found[0]
    shown, count = asked[:60], len(found)
    if found and what == "visit":
        told = _("“{id}” means {count} of the casebook's visit entries: give the whole id.", id=shown, count=count)
    elif found:
        told = _("“{id}” means {count} of the casebook's facility entries: give the whole id.", id=shown, count=count)
    elif what == "visit":
        told = _("No visit “{id}” in this casebook: “visit list” shows what is here.", id=shown)
    else:
        told = _("No facility “{id}” in this casebook: “facility list” shows what is here.", id=shown)
    raise UnknownError(told)

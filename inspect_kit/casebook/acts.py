"""What a person does in a casebook: each method is one act, durable on the disk when it returns."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from inspect_kit.casebook import queries
from inspect_kit.casebook.questions import Questions
from inspect_kit.casebook.shapes import ATTACHMENT_LIMIT
from inspect_kit.errors import BadInputError, UnknownError
from inspect_kit.language import _
from inspect_kit.model import (
    Account,
    Assessment,
    Checklist,
    Comment,
    Consent,
    Evidence,
    Facility,
    Priority,
    Profile,
    Recommendation,
    Team,
    Verdict,
    VisitPlan,
    clean_line,
    clean_note,
    new_id,
    parse_day,
)

_EMPTY = _("The checklist is empty: choose at least one theme that applies to this facility.")


class Acts(Questions):
    """Acts; each appends to the journal and projects what changed."""

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

    def withdraw_recommendation(self, visit: str, recommendation: str) -> None:
        """Take a recommendation back; where somebody reworded it meanwhile elsewhere, both stand as a conflict.

        Args:
            visit: the visit's id.
            recommendation: its id.

        Raises:
            UnknownError: when it is not in this visit.
        """
        self._known(visit)
        if not queries.exists(self._db, "recommendations", visit=visit, id=recommendation):
            raise UnknownError(
                _("No recommendation {id} in this visit: choose one of its list.", id=recommendation[:40])
            )
        with self._act(f"visit:{visit}") as append:
            append("withdraw-recommendation", f"recommendation:{recommendation}", {})

    def answer_point(self, visit: str, point: str, answer: str) -> None:
        """Say why a point of the do-no-harm check may stand; a blank answer takes an earlier one back.

        Args:
            visit: the visit's id.
            point: the point's id, as ``analysis.open_points`` gives it.
            answer: in the team's words.

        Raises:
            UnknownError: when the visit is not known.
            BadInputError: when the answer cannot be kept.
        """
        self._known(visit)
        with self._act(f"visit:{visit}") as append:
            append("answer-point", f"point:{point}", {"answer": clean_note(answer, _("The answer"))})

    def take_comments(self, visit: str, comments: Sequence[Comment]) -> list[str]:
        """Take in what the authority said of a report; a comment that is here already is not taken twice.

        Args:
            visit: the visit's id.
            comments: as ``read_comment_table`` gives them.

        Returns:
            The ids of those that were new.

        Raises:
            UnknownError: when the visit is not known.
            BadInputError: when a text cannot be kept.
        """
        known = {response.comment for response in self.responses(visit)}
        new = [comment for comment in dict.fromkeys(comments) if comment not in known]
        ids = [new_id() for _comment in new]
        with self._act(f"visit:{visit}") as append:
            for id_, comment in zip(ids, new, strict=True):
                body = asdict(comment) | {"text": clean_note(comment.text, _("The comment"))}
                append("take-comment", f"comment:{id_}", body)
        return ids

    def decide_comment(self, visit: str, comment: str, *, accepted: bool, reason: str) -> None:
        """Accept a comment of the authority, or refuse it, and say why.

        Args:
            visit: the visit's id.
            comment: the comment's id.
            accepted: whether the report is to be changed.
            reason: what is changed, or why nothing is.

        Raises:
            UnknownError: when the visit or the comment is not known.
            BadInputError: when there is no reason, or it cannot be kept.
        """
        if comment not in {response.id for response in self.responses(visit)}:
            raise UnknownError(_("No comment {id} on this visit: “comments list” shows them.", id=comment[:40]))
        reason = clean_note(reason, _("The reason"))
        if not reason:
            raise BadInputError(_("Say why: what is changed in the report, or why nothing is."))
        with self._act(f"visit:{visit}") as append:
            append("decide-comment", f"comment:{comment}", {"accepted": accepted, "reason": reason})

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

    def _waits(self, visit: str, jotting: str) -> None:
        if not queries.exists(self._db, "jottings", visit=visit, id=jotting, state="open"):
            raise UnknownError(
                _(
                    "No quick note {id} waits in this visit: it was sorted already, or “inbox” lists it.",
                    id=jotting[:40],
                )
            )


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

"""What the team holds about one item, and the evidence under it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from inspect_kit.language import _


class Assessment(StrEnum):
    """How far an item is met."""

    MET = "met"
    PARTLY_MET = "partly-met"
    NOT_MET = "not-met"
    NOT_APPLICABLE = "not-applicable"
    NOT_VERIFIED = "not-verified"

    @property
    def label(self) -> str:
        """In words, for screens and reports."""
        return {
            # Translators: the question of an item is answered with yes
            Assessment.MET: _("met"),
            Assessment.PARTLY_MET: _("partly met"),
            Assessment.NOT_MET: _("not met"),
            Assessment.NOT_APPLICABLE: _("not applicable"),
            Assessment.NOT_VERIFIED: _("not verified"),
        }[self]

    @property
    def needs_reason(self) -> bool:
        """Whether it stands only with a reason: why it does not apply, or could not be verified."""
        return self in (Assessment.NOT_APPLICABLE, Assessment.NOT_VERIFIED)


class Priority(StrEnum):
    """How soon something has to happen."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"

    @property
    def label(self) -> str:
        """In words, for screens."""
        return {
            # Translators: a priority
            Priority.URGENT: _("urgent"),
            # Translators: a priority
            Priority.HIGH: _("high"),
            # Translators: a priority
            Priority.NORMAL: _("normal"),
        }[self]


class EvidenceKind(StrEnum):
    """What a source is."""

    OBSERVATION = "observation"
    INTERVIEW = "interview"
    STAFF_INTERVIEW = "staff-interview"
    OTHER_INTERVIEW = "other-interview"
    DOCUMENT = "document"
    MEASUREMENT = "measurement"
    PHOTO = "photo"

    @property
    def label(self) -> str:
        """In words, for screens and reports."""
        return {
            EvidenceKind.OBSERVATION: _("observation"),
            # Translators: with a woman or girl who is held
            EvidenceKind.INTERVIEW: _("interview"),
            EvidenceKind.STAFF_INTERVIEW: _("staff interview"),
            EvidenceKind.OTHER_INTERVIEW: _("other interview"),
            EvidenceKind.DOCUMENT: _("document"),
            EvidenceKind.MEASUREMENT: _("measurement"),
            EvidenceKind.PHOTO: _("photo"),
        }[self]

    @property
    def is_interview(self) -> bool:
        """Whether somebody said it to us."""
        return self in (EvidenceKind.INTERVIEW, EvidenceKind.STAFF_INTERVIEW, EvidenceKind.OTHER_INTERVIEW)

    @property
    def needs_consent(self) -> bool:
        """Whether it comes from a person who decides where it may go: what she said, or a picture."""
        return self.is_interview or self is EvidenceKind.PHOTO


class Edition(StrEnum):
    """A report for one readership."""

    INTERNAL = "internal"
    AUTHORITY = "authority"
    PUBLIC = "public"

    @property
    def label(self) -> str:
        """In words, for screens."""
        return {
            # Translators: the edition of a report for the team's own body
            Edition.INTERNAL: _("internal"),
            # Translators: the edition of a report for the authority that runs the facility
            Edition.AUTHORITY: _("authority"),
            # Translators: the edition of a report for everybody
            Edition.PUBLIC: _("public"),
        }[self]


class Consent(StrEnum):
    """The widest edition in which a person agreed to have something shown; ``none`` until she agreed."""

    NONE = "none"
    INTERNAL = "internal"
    AUTHORITY = "authority"
    PUBLIC = "public"

    @property
    def label(self) -> str:
        """In words, for screens."""
        return {
            Consent.NONE: _("no consent: stays with the team"),
            Consent.INTERNAL: _("internal report only"),
            Consent.AUTHORITY: _("report to the authority"),
            Consent.PUBLIC: _("public report"),
        }[self]


ALLOWED_IN = {
    Edition.INTERNAL: frozenset({Consent.INTERNAL, Consent.AUTHORITY, Consent.PUBLIC}),
    Edition.AUTHORITY: frozenset({Consent.AUTHORITY, Consent.PUBLIC}),
    Edition.PUBLIC: frozenset({Consent.PUBLIC}),
}
"""Which consents let a source into which edition."""


@dataclass(frozen=True)
class Attachment:
    """A file kept inside the casebook.

    Attributes:
        digest: SHA-256 of its bytes, in hex; the name under which the casebook keeps it.
        name: the file's name when it was added, without folders.
        media_type: such as ``image/jpeg``, judged by the content.
        size: in bytes.
    """

    digest: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True)
class Evidence:
    """One source under a finding.

    Attributes:
        kind: what it is.
        note: what was seen, said or read.
        place: where, in the inspector's words.
        when: when, in the inspector's words; empty means when it was recorded.
        group: from which group of people, for interviews.
        interviewee: the code under which the person appears; never a name.
        consent: the widest edition it may enter, for sources that need consent.
        attachment: a file, or None.
        id, item, author, recorded: filled in by the casebook; ``recorded`` is the entry's stamp.
    """

    kind: EvidenceKind
    note: str
    place: str = ""
    when: str = ""
    group: str = ""
    interviewee: str = ""
    consent: Consent = Consent.NONE
    attachment: Attachment | None = None
    id: str = ""
    item: str = ""
    author: str = ""
    recorded: str = ""

    def may_enter(self, edition: Edition) -> bool:
        """Whether it may be shown in an edition."""
        return not self.kind.needs_consent or self.consent in ALLOWED_IN[edition]


@dataclass(frozen=True)
class Side:
    """One of several values that stand beside each other in a conflict.

    Attributes:
        entry: the id of the journal entry, in hex.
        value: the values it sets.
        author: who set them, by name.
        stamp: when.
        kind: what that entry does, such as ``judge``.
    """

    entry: str
    value: dict[str, Any]
    author: str
    stamp: str
    kind: str = ""


@dataclass(frozen=True)
class Conflict:
    """Values that several people gave the same thing without having seen each other's.

    Attributes:
        subject: ``finding:hygiene.showers``.
        aspect: ``judgement``, ``priority``, ….
        sides: newest first.
    """

    subject: str
    aspect: str
    sides: tuple[Side, ...]


class Verdict(StrEnum):
    """What a second pair of eyes says of a judgement."""

    ACCEPTED = "accepted"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        """In words, for screens."""
        return {
            # Translators: a judgement that a second pair of eyes agrees with
            Verdict.ACCEPTED: _("accepted"),
            # Translators: a judgement that is given back, to be looked at again
            Verdict.RETURNED: _("returned"),
        }[self]


@dataclass(frozen=True)
class Review:
    """What somebody other than its author says of a judgement.

    Attributes:
        verdict: accepted, or returned to be looked at again.
        comment: why it is returned.
        judgement: the id of the judgement that was reviewed; a later one is not reviewed yet.
        author: who reviewed, by name.
        recorded: when, as a stamp.
    """

    verdict: Verdict
    comment: str
    judgement: str
    author: str
    recorded: str


@dataclass(frozen=True)
class Finding:
    """What the team holds about one item.

    Attributes:
        item: the item's id.
        assessment: None while only a narrative or a priority was given.
        reason: why it is not applicable or not verified.
        narrative: what was found, in the inspector's words.
        priority: how soon something has to happen.
        author: who judged last, by name.
        recorded: the stamp of the judgement, or of the priority where there is none.
        judgement: id of the entry that holds the judgement, for saying what one has seen; empty where there is none.
        evidence: oldest first.
        conflict: where people disagree; None where they do not.
        contradiction: whether the team marked that its sources contradict each other.
        review: what a second pair of eyes says of the judgement; None where nobody looked.
    """

    item: str
    assessment: Assessment | None = None
    reason: str = ""
    narrative: str = ""
    priority: Priority = Priority.NORMAL
    author: str = ""
    recorded: str = ""
    judgement: str = ""
    evidence: tuple[Evidence, ...] = ()
    conflict: Conflict | None = None
    contradiction: bool = False
    review: Review | None = None

    @property
    def reviewed(self) -> Verdict | None:
        """The verdict on the judgement as it stands; None where it is new since, or nobody looked."""
        return self.review.verdict if self.review and self.review.judgement == self.judgement else None

    @property
    def source_kinds(self) -> tuple[EvidenceKind, ...]:
        """The different kinds of evidence under it, in the order of the kinds.

        One kind alone, however often, is one view; two or more support each other. Photographs count as
        observation, because both show what the team saw.
        """
        kinds = {EvidenceKind.OBSERVATION if e.kind is EvidenceKind.PHOTO else e.kind for e in self.evidence}
        return tuple(kind for kind in EvidenceKind if kind in kinds)

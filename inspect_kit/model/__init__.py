"""The nouns of an inspection: plain, frozen values without files, databases or screens."""

from inspect_kit.model.canonical import canonical
from inspect_kit.model.checklist import Checklist, ClauseNote, Item, Person, Place, Scope, Section, Source
from inspect_kit.model.comment import Comment
from inspect_kit.model.facility import Facility, Group, Profile
from inspect_kit.model.finding import (
    ALLOWED_IN,
    Assessment,
    Attachment,
    Conflict,
    Consent,
    Edition,
    Evidence,
    EvidenceKind,
    Finding,
    Priority,
    Review,
    Side,
    Verdict,
)
from inspect_kit.model.ids import new_id
from inspect_kit.model.jotting import Jotting
from inspect_kit.model.recommendation import Recommendation
from inspect_kit.model.response import Response
from inspect_kit.model.seal import Seal
from inspect_kit.model.search import FoundIn, Hit
from inspect_kit.model.standard import Clause, Passage, Standard, Strength, Theme, Wording
from inspect_kit.model.text import check_passphrase, clean_line, clean_note, parse_day
from inspect_kit.model.visit import (
    Account,
    Member,
    Role,
    Team,
    VisitKind,
    VisitOverview,
    VisitPlan,
    VisitRecord,
    VisitState,
)

__all__ = [
    "ALLOWED_IN",
    "Account",
    "Assessment",
    "Attachment",
    "Checklist",
    "Clause",
    "ClauseNote",
    "Comment",
    "Conflict",
    "Consent",
    "Edition",
    "Evidence",
    "EvidenceKind",
    "Facility",
    "Finding",
    "FoundIn",
    "Group",
    "Hit",
    "Item",
    "Jotting",
    "Member",
    "Passage",
    "Person",
    "Place",
    "Priority",
    "Profile",
    "Recommendation",
    "Response",
    "Review",
    "Role",
    "Scope",
    "Seal",
    "Section",
    "Side",
    "Source",
    "Standard",
    "Strength",
    "Team",
    "Theme",
    "Verdict",
    "VisitKind",
    "VisitOverview",
    "VisitPlan",
    "VisitRecord",
    "VisitState",
    "Wording",
    "canonical",
    "check_passphrase",
    "clean_line",
    "clean_note",
    "new_id",
    "parse_day",
]

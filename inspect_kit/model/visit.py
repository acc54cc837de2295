"""A visit: its plan, its team, its record."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from inspect_kit.errors import BadInputError
from inspect_kit.language import _
from inspect_kit.model.checklist import Checklist
from inspect_kit.model.facility import Facility
from inspect_kit.model.finding import Conflict, Finding
from inspect_kit.model.jotting import Jotting
from inspect_kit.model.recommendation import Recommendation
from inspect_kit.model.text import clean_line, clean_note


class VisitKind(StrEnum):
    """Why a team comes."""

    FULL = "full"
    THEMATIC = "thematic"
    FOLLOW_UP = "follow-up"
    AD_HOC = "ad-hoc"

    @property
    def label(self) -> str:
        """In words: ``full visit``."""
        return {
            VisitKind.FULL: _("full visit"),
            VisitKind.THEMATIC: _("thematic visit"),
            VisitKind.FOLLOW_UP: _("follow-up visit"),
            VisitKind.AD_HOC: _("ad-hoc visit"),
        }[self]

    @property
    def short(self) -> str:
        """In a word, where it is clear that a visit is meant: ``full``."""
        return {
            # Translators: a kind of visit
            VisitKind.FULL: _("full"),
            # Translators: a kind of visit
            VisitKind.THEMATIC: _("thematic"),
            # Translators: a kind of visit
            VisitKind.FOLLOW_UP: _("follow-up"),
            # Translators: a kind of visit
            VisitKind.AD_HOC: _("ad-hoc"),
        }[self]


class VisitState(StrEnum):
    """How far a visit has come, as its findings tell."""

    PLANNED = "planned"
    INSPECTING = "inspecting"
    COMPLETE = "complete"

    @property
    def label(self) -> str:
        """In words, for lists."""
        return {
            # Translators: the state of a visit
            VisitState.PLANNED: _("planned"),
            # Translators: the state of a visit: the team is at work
            VisitState.INSPECTING: _("inspecting"),
            # Translators: the state of a visit: all items are judged
            VisitState.COMPLETE: _("complete"),
        }[self]


class Role(StrEnum):
    """What a member does in the team."""

    LEADER = "leader"
    INSPECTOR = "inspector"
    HEALTH = "health"
    INTERPRETER = "interpreter"
    OBSERVER = "observer"

    @property
    def label(self) -> str:
        """In words, for screens."""
        return {
            # Translators: a role in the team
            Role.LEADER: _("leader"),
            # Translators: a role in the team
            Role.INSPECTOR: _("inspector"),
            # Translators: a role in the team: who inspects the prison's health care
            Role.HEALTH: _("health"),
            # Translators: a role in the team
            Role.INTERPRETER: _("interpreter"),
            # Translators: a role in the team
            Role.OBSERVER: _("observer"),
        }[self]


@dataclass(frozen=True)
class Member:
    """Somebody on the team.

    Attributes:
        name: as it is to stand in the report.
        role: what she or he does.
        woman: True, False, or None where it was not stated.
        profession: such as ``midwife``.
    """

    name: str
    role: Role = Role.INSPECTOR
    woman: bool | None = None
    profession: str = ""

    def __post_init__(self) -> None:
        # Translators: the start of a sentence, such as “… is missing”
        object.__setattr__(self, "name", clean_line(self.name, _("A team member's name"), required=True))
        # Translators: the start of a sentence, such as “… must be one line”
        object.__setattr__(self, "profession", clean_line(self.profession, _("A team member's profession")))


@dataclass(frozen=True)
class Team:
    """Who inspects.

    Attributes:
        members: the leader first.
        remark: what the team says about its own composition, such as why no woman could come.
    """

    members: tuple[Member, ...] = ()
    remark: str = ""

    def __post_init__(self) -> None:
        if len(self.members) > 40:
            raise BadInputError(_("The team has {count} members; at most 40 can be named.", count=len(self.members)))
        # Translators: the start of a sentence, such as “… holds bytes that are no text”
        object.__setattr__(self, "remark", clean_note(self.remark, _("The remark on the team")))


@dataclass(frozen=True)
class VisitPlan:
    """What was planned.

    Attributes:
        facility: as it was when the visit was planned.
        kind: why the team comes.
        starts: first day, ISO.
        ends: last day, ISO; the first where one day is planned.
        announced: whether the facility knows.
        purpose: in a sentence.
        follow_up: id of the earlier visit that is followed up, or empty.
    """

    facility: Facility
    kind: VisitKind
    starts: str
    ends: str = ""
    announced: bool = False
    purpose: str = ""
    follow_up: str = ""

    def __post_init__(self) -> None:
        # Translators: the start of a sentence: “The visit's first day “soon” is not a day …”
        starts = _day(self.starts, _("The visit's first day"))
        # Translators: the start of a sentence: “The visit's last day “soon” is not a day …”
        ends = _day(self.ends or self.starts, _("The visit's last day"))
        if ends < starts:
            raise BadInputError(
                _(
                    "The visit ends on {ends} before it starts on {starts}: correct one of the days.",
                    ends=ends,
                    starts=starts,
                )
            )
        if (ends - starts).days > 366:
            raise BadInputError(
                _("The visit would last {count} days: correct one of the days.", count=(ends - starts).days)
            )
        object.__setattr__(self, "starts", starts.isoformat())
        object.__setattr__(self, "ends", ends.isoformat())
        # Translators: the start of a sentence, such as “… holds bytes that are no text”
        object.__setattr__(self, "purpose", clean_note(self.purpose, _("The visit's purpose")))


def _day(text: str, what: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        given = " ".join(text.split())[:40]
        raise BadInputError(
            _("{what} “{given}” is not a day: give it as 2026-11-04.", what=what, given=given)
        ) from None


@dataclass(frozen=True)
class Account:
    """What the team says about the visit as a whole, each a text of any length.

    Attributes:
        overview: what a reader should know first.
        cooperation: how the authority received the team, and what was refused or delayed.
        good_practice: what others could learn from here.
        limits: what could not be seen or done.
    """

    overview: str = ""
    cooperation: str = ""
    good_practice: str = ""
    limits: str = ""

    def __post_init__(self) -> None:
        for name, what in (
            # Translators: the start of a sentence, such as “… holds bytes that are no text”
            ("overview", _("The visit's overview")),
            # Translators: the start of a sentence, such as “… holds bytes that are no text”
            ("cooperation", _("The visit's cooperation")),
            # Translators: the start of a sentence, such as “… holds bytes that are no text”
            ("good_practice", _("The visit's good practice")),
            # Translators: the start of a sentence, such as “… holds bytes that are no text”
            ("limits", _("The visit's limits")),
        ):
            object.__setattr__(self, name, clean_note(getattr(self, name), what))


@dataclass(frozen=True)
class VisitOverview:
    """A visit in a list.

    Attributes:
        id: its ULID.
        facility: the facility's name.
        kind, state, starts, ends: as in its plan.
        items: how many items apply.
        done: how many of those are judged.
        urgent: how many findings are urgent.
        conflicts: how many things people hold different views on.
        jottings: how many quick notes wait to be filed.
    """

    id: str
    facility: str
    kind: VisitKind
    state: VisitState
    starts: str
    ends: str
    items: int
    done: int
    urgent: int
    conflicts: int
    jottings: int = 0


@dataclass(frozen=True)
class VisitRecord:
    """Everything a casebook holds about one visit.

    Attributes:
        id: its ULID.
        plan, team, checklist, account: as they stand now.
        state: how far it has come.
        findings: by item id; items without a finding are not in it.
        recommendations: in the order of their numbers.
        conflicts: everything that people hold different views on.
        authors: names of those who recorded, by certificate fingerprint.
        jottings: quick notes that wait to be filed, oldest first.
    """

    id: str
    plan: VisitPlan
    team: Team
    checklist: Checklist
    account: Account
    state: VisitState
    findings: dict[str, Finding] = field(default_factory=dict)
    recommendations: tuple[Recommendation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    authors: dict[str, str] = field(default_factory=dict)
    jottings: tuple[Jotting, ...] = ()

"""What inspectors do in a casebook, chosen by number: for tests that make up whole histories."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace

from inspect_kit.casebook import Casebook
from inspect_kit.errors import BadInputError
from inspect_kit.model import (
    Account,
    Assessment,
    Checklist,
    Consent,
    Evidence,
    EvidenceKind,
    Group,
    Priority,
    Profile,
    Recommendation,
    Team,
    Verdict,
    VisitKind,
    VisitPlan,
)
from tests.conftest import FACILITY, TEAM

ACTS = (
    ["judge"] * 3
    + ["blind"] * 2
    + ["evidence", "recommend", "prioritise", "consent", "contradict", "review"] * 2
    + ["jot"] * 2
    + ["file", "discard", "reopen"]
    + ["reword", "account", "team", "checklist", "facility", "visit", "add"]
)
"""What can be done, each as often as it shall be chosen."""


@dataclass
class Hand:
    """Does things in casebooks, and remembers each text that was said.

    Attributes:
        small: the checklist, of three items.
        visit: the visit's id.
        facility: the facility's id.
        said: every text.
    """

    small: Checklist
    visit: str
    facility: str
    said: set[str] = field(default_factory=set)
    number: int = 0

    @property
    def items(self) -> list[str]:
        return [item.id for item in self.small.items]

    def mark(self) -> str:
        """A text that nobody has said before."""
        self.number += 1
        text = f"note {self.number}"
        self.said.add(text)
        return text

    def act(self, book: Casebook, what: str, one: int, other: int) -> None:
        """Do something.

        Args:
            book: where.
            what: one of ``ACTS``.
            one: chooses the item, 0 to 2.
            other: chooses the value, 0 to 2.

        Raises:
            UnknownError: when the item or the visit is not known there; nothing was said then.
            BadInputError: when it may not be done.
        """
        visit, item = self.visit, self.small.items[one].id
        match what:
            case "judge":
                book.judge(visit, item, list(Assessment)[other], reason="why", narrative=self.mark())
            case "blind":  # she had not seen what came in meanwhile
                book.judge(visit, item, list(Assessment)[other], reason="why", narrative=self.mark(), seen=[])
            case "prioritise":
                book.prioritise(visit, item, list(Priority)[other])
            case "evidence":
                kind = list(EvidenceKind)[other]
                book.add_evidence(visit, item, Evidence(kind, self.mark(), consent=list(Consent)[one]))
            case "contradict":
                book.mark_contradiction(visit, item, bool(other))
            case "review":
                with suppress(BadInputError):  # her own judgement, or none, or one that is disputed
                    book.review(visit, item, list(Verdict)[other % 2], f"comment {one}")
            case "consent":
                known_sources = [one.id for found in book.visit(visit).findings.values() for one in found.evidence]
                if known_sources:
                    source = sorted(known_sources)[one % len(known_sources)]
                    book.set_consent(visit, [source], list(Consent)[other])
            case "jot":
                book.jot(visit, self.mark(), f"place {one}")
            case "file":
                waiting = book.jottings(visit)
                if waiting:
                    note = waiting[one % len(waiting)]
                    book.file_jotting(visit, note.id, item, Evidence(list(EvidenceKind)[other], note.text))
            case "discard":
                waiting = book.jottings(visit)
                if waiting:
                    book.discard_jotting(visit, waiting[one % len(waiting)].id)
            case "reopen":
                sorted_out = [
                    row[0]
                    for row in book._db.execute(
                        "SELECT id FROM jottings WHERE visit = ? AND state <> 'open' ORDER BY id", [visit]
                    )
                ]
                if sorted_out:
                    book.reopen_jotting(visit, sorted_out[one % len(sorted_out)])
            case "recommend":
                book.recommend(visit, Recommendation(self.mark(), "The governor", findings=(item,)))
            case "reword":
                known = book.visit(visit).recommendations
                if known:
                    asked = known[one % len(known)]
                    findings = tuple(i.id for i in self.small.items[: other + 1])
                    book.recommend(visit, replace(asked, text=self.mark(), findings=findings))
            case "account":
                book.give_account(visit, Account(overview=self.mark(), limits=f"limit {one}"))
            case "team":
                book.change_visit(visit, team=Team(TEAM.members[: one + 1], self.mark()))
            case "checklist":
                book.change_visit(
                    visit, checklist=replace(self.small, items=self.small.items[:one] + self.small.items[one + 1 :])
                )
            case "facility":
                profile = Profile({Group.WOMEN: 50 + one, Group.PREGNANT: other})
                facility = self.facility
                book.change_facility(replace(FACILITY, id=facility, place=self.mark(), profile=profile))
            case "visit":
                facility = book.facility(self.facility)
                book.plan_visit(
                    VisitPlan(facility, VisitKind.AD_HOC, "2026-12-01", purpose=self.mark()), TEAM, self.small
                )
            case "add":
                book.add_facility(replace(FACILITY, name=self.mark()))

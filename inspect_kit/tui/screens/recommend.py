"""A recommendation: what, by whom, until when, resting on which findings."""

from collections.abc import Iterable
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from inspect_kit.model import Priority, Recommendation, VisitRecord, parse_day
from inspect_kit.tui.desk import desk
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.form import FormScreen, Row, line, text


class RecommendationForm(FormScreen[str]):
    """Writes a recommendation, or changes one.

    Args:
        visit: the visit's record.
        findings: ids of the items it rests on.
        old: the recommendation to change; None for a new one.
    """

    HEADING = "Recommendation"
    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (
        ("tab", "next field"),
        ("← →", "choose"),
        ("ctrl+s", "keep"),
        ("esc", "back, nothing is lost"),
    )

    def __init__(self, visit: VisitRecord, findings: tuple[str, ...], old: Recommendation | None = None) -> None:
        super().__init__()
        self._visit = visit
        self._findings = findings
        self._old = old

    @property
    def draft_key(self) -> str:
        """One draft for each recommendation, and for each set of findings without one."""
        return f"recommendation {self._visit.id} {self._old.id if self._old else ' '.join(self._findings)}"

    def fields(self) -> Iterable[Widget]:
        """Text, addressee, day, priority."""
        old = self._old
        items = {item.id: item for item in self._visit.checklist.items}
        title = self._visit.checklist.title
        rests = [f"{title(items[i].theme)} {items[i].number} · {items[i].short}" for i in self._findings if i in items]
        yield Static(Content.assemble(("Rests on  ", "$quiet"), "; ".join(rests) or "no finding"), classes="words")
        yield Row(
            "What shall be done",
            text(old.text if old else "", "one concrete step that can be checked at the next visit", id="text"),
        )
        addressees = sorted({known.addressee for known in self._visit.recommendations})
        hint = "such as: " + (", ".join(addressees[:3]) or "Director; Ministry of Justice")
        yield Row("By whom", line(old.addressee if old else "", hint, id="addressee"))
        yield Row(
            "Until",
            line(old.due if old else "", "a day, such as 31 Jan 2027; may stay empty", id="due"),
        )
        priorities = [(priority.value, priority.value) for priority in Priority]
        chosen = (old.priority if old else Priority.NORMAL).value
        yield Row("Priority", Choice(priorities, chosen, id="priority"))

    async def keep(self) -> None:
        """Record it."""
        due = self.typed("due").strip()
        recommendation = Recommendation(
            self.typed("text"),
            self.typed("addressee"),
            parse_day(due, "The day").isoformat() if due else "",
            Priority(self.query_one("#priority", Choice).value),
            self._findings,
            id=self._old.id if self._old else "",
        )
        visit = self._visit.id
        self.dismiss(await desk(self).keep(self.draft_key, lambda casebook: casebook.recommend(visit, recommendation)))

    def action_back(self) -> None:
        """Leave; what was typed waits here."""
        self.dismiss(None)

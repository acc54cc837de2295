"""A recommendation: what, by whom, until when, resting on which findings."""

from collections.abc import Iterable
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from inspect_kit.language import _
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

    HEADING = _("Recommendation")
    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (
        ("tab", _("next field")),
        ("← →", _("choose")),
        ("ctrl+s", _("keep")),
        ("esc", _("back, nothing is lost")),
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
        # Translators: before the findings from which a recommendation follows, or “no finding”
        rests_on = _("Rests on")
        # Translators: after “Rests on”
        found = "; ".join(rests) or _("no finding")
        yield Static(Content.assemble((f"{rests_on}  ", "$quiet"), found), classes="words")
        yield Row(
            _("What shall be done"),
            text(old.text if old else "", _("one concrete step that can be checked at the next visit"), id="text"),
        )
        addressees = sorted({known.addressee for known in self._visit.recommendations})
        # Translators: two addressees of recommendations
        examples = ", ".join(addressees[:3]) or _("Director; Ministry of Justice")
        # Translators: in an empty field, with names of people or offices
        hint = _("such as: {examples}", examples=examples)
        yield Row(_("By whom"), line(old.addressee if old else "", hint, id="addressee"))
        yield Row(
            _("Until"),
            line(old.due if old else "", _("a day, such as 31 Jan 2027; may stay empty"), id="due"),
        )
        priorities = [(priority.value, priority.label) for priority in Priority]
        chosen = (old.priority if old else Priority.NORMAL).value
        yield Row(_("Priority"), Choice(priorities, chosen, id="priority"))

    async def keep(self) -> None:
        """Record it."""
        due = self.typed("due").strip()
        recommendation = Recommendation(
            self.typed("text"),
            self.typed("addressee"),
            parse_day(due, _("The day")).isoformat() if due else "",
            Priority(self.query_one("#priority", Choice).value),
            self._findings,
            id=self._old.id if self._old else "",
        )
        visit = self._visit.id
        self.dismiss(await desk(self).keep(self.draft_key, lambda casebook: casebook.recommend(visit, recommendation)))

    def action_back(self) -> None:
        """Leave; what was typed waits here."""
        self.dismiss(None)

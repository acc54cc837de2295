"""The do-no-harm check of an edition: each open point is answered in a line, or the text is changed."""

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static
from textual.widgets.option_list import Option

from inspect_kit.analysis import Point, disclose
from inspect_kit.casebook import Casebook
from inspect_kit.errors import InspectKitError
from inspect_kit.language import _, ngettext
from inspect_kit.model import Edition, VisitRecord
from inspect_kit.tui.desk import desk
from inspect_kit.tui.widgets.drafting import Drafting
from inspect_kit.tui.widgets.form import line
from inspect_kit.tui.widgets.lines import Head, KeysLine
from inspect_kit.tui.widgets.listing import Listing

Find = Callable[[VisitRecord, Mapping[str, str]], Iterable[Point]]
"""Finds the points that are open, given the answers."""


class Points(Drafting[bool]):
    """Goes through the open points; dismissed with whether none is left. What is typed waits under its own point.

    Args:
        visit: the visit's record.
        edition: for whose readers.
        find: finds the open points.
    """

    DEFAULT_CSS = """
    Points #about { height: auto; max-height: 12; padding: 1 1 0 1; border-top: solid $border; }
    Points #about Static { height: auto; }
    Points Input { margin: 0 1 1 1; background: $panel; }
    Points #draft { color: $quiet; height: auto; padding: 0 1; display: none; }
    Points #problem { color: $urgent; text-style: bold; height: auto; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer", _("answer this point"), id="points.answer"),
        Binding("g", "go", _("go to the text and change it"), id="points.go"),
        Binding("ctrl+t", "throw_away", _("throw away what is typed and not kept"), id="points.throw-away"),
        Binding("escape", "back", _("back"), id="points.back"),
    ]
    THROWS = ("points.throw-away", "ctrl+t")

    def __init__(self, visit: VisitRecord, edition: Edition, find: Find) -> None:
        super().__init__()
        self.visit = visit
        self._edition = edition
        self._find = find
        self._points: list[Point] = []
        self._about = ""

    @property
    def draft_key(self) -> str:
        """One draft a point: the one whose answer stands in the line."""
        return f"point {self.visit.id} {self._about}" if self._about else ""

    def compose(self) -> ComposeResult:
        """Head, points, the one in hand, the line for its answer."""
        yield Head()
        yield Listing(id="points", markup=False)
        with VerticalScroll(id="about", can_focus=False):
            yield Static(id="words", markup=False)
        yield line("", _("why it may stand, in a line: who looked, and why nobody is harmed"), id="answer")
        yield Static(id="draft", markup=False)
        yield Static(id="problem", markup=False)
        yield KeysLine(
            (
                ("enter", _("answer")),
                ("g", _("go to the text")),
                ("?", _("keys")),
                ("esc", _("back")),
            )
        )

    async def on_screen_resume(self) -> None:
        """At first, and coming back from the text: look again."""
        await self._read()
        self.query_one(Listing).focus()

    async def _read(self) -> None:
        visit = self.visit.id

        def work(casebook: Casebook) -> tuple[VisitRecord, list[Point]]:
            record = casebook.visit(visit)
            return record, list(self._find(record, casebook.answers(visit)))

        found = await desk(self).attempt(work)
        if found is None:
            return
        self.visit, self._points = found
        if not self._points:
            self.dismiss(True)
            return
        head = self.query_one(Head)
        head.left = _("Do no harm · {edition} edition", edition=self._edition.label)
        head.right = ngettext("{count} point is open", "{count} points are open", len(self._points))
        listing = self.query_one(Listing)
        at = listing.highlighted or 0
        listing.clear_options()
        for point in self._points:
            place = self._place(point)
            listing.add_option(Option(Content.assemble(("▲ ", "bold $urgent"), (place, "bold")), id=point.id))
        listing.highlighted = min(at, len(self._points) - 1)
        self._show()

    def _place(self, point: Point) -> str:
        item = next((one for one in self.visit.checklist.items if one.id == point.item), None)
        where = f"{self.visit.checklist.title(item.theme)} {item.number} · {item.short}" if item else ""
        return " · ".join(filter(None, (where, point.field)))

    @property
    def point(self) -> Point | None:
        """The point in hand."""
        at = self.query_one(Listing).highlighted
        return self._points[at] if at is not None and at < len(self._points) else None

    def on_option_list_option_highlighted(self) -> None:
        """Another point is in hand."""
        self._show()

    def on_option_list_option_selected(self) -> None:
        """Enter or a click: answer it."""
        self.action_answer()

    def _show(self) -> None:
        point = self.point
        if point:
            self._take_up(point)
            text = _words_of(disclose(self.visit, self._edition).visit, point)
            said = Content.assemble((point.message, ""), "\n", (text[:600], "$quiet"))
            self.query_one("#words", Static).update(said)

    def _take_up(self, point: Point) -> None:
        """Let the line hold this point's answer; what was typed for the one before waits."""
        if point.id == self._about:
            return
        desk(self).drafts.leave(self.draft_key)
        self._about = point.id
        self.query_one("#answer", Input).value = ""
        self.begin_draft()

    def action_answer(self) -> None:
        """Write the answer."""
        self.query_one("#answer", Input).focus()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the answer; the text stays in the line where it is refused."""
        event.stop()
        point, problem = self.point, self.query_one("#problem", Static)
        answer, visit = event.value, self.visit.id
        if point is None:
            return
        if not answer.strip():
            problem.update("▲ " + _("Write why it may stand, or go to the text and change it."))
            return
        id_ = point.id
        try:
            await desk(self).keep(self.draft_key, lambda casebook: casebook.answer_point(visit, id_, answer))
        except InspectKitError as refused:
            problem.update(f"▲ {refused}")
            return
        problem.update("")
        self._about = ""
        await self._read()
        self.query_one(Listing).focus()

    async def action_go(self) -> None:
        """To the text itself."""
        point = self.point
        if point is None:
            return
        if point.item:
            from inspect_kit.tui.screens.inspect import Inspect
            from inspect_kit.tui.widgets.navigator import Navigator

            screen = Inspect(self.visit)
            await self.app.push_screen(screen)
            screen.query_one(Navigator).go_to(point.item)
            return
        wanted = [one for one in self.visit.recommendations if point.field == f"recommendation {one.number}"]
        if wanted:
            from inspect_kit.tui.screens.recommend import RecommendationForm

            await self.app.push_screen(RecommendationForm(self.visit, wanted[0].findings, wanted[0]))
        elif point.field.replace(" ", "_") in ("overview", "cooperation", "good_practice", "limits"):
            from inspect_kit.tui.screens.account import AccountForm

            await self.app.push_screen(AccountForm(self.visit))
        else:
            self.notify(_("This text is changed with the plan: {field}.", field=point.field), timeout=8)

    def action_back(self) -> None:
        """Leave the answer, or the check."""
        if isinstance(self.focused, Input):
            self.query_one(Listing).focus()
        else:
            self.dismiss(False)


def _words_of(shown: VisitRecord, point: Point) -> str:
    """The text in question, as the edition's readers would see it."""
    kind, _blank, number = point.field.partition(" ")
    finding = shown.findings.get(point.item)
    if finding and kind == "evidence" and number.isdigit() and int(number) <= len(finding.evidence):
        source = finding.evidence[int(number) - 1]
        file = f" [{source.attachment.name}]" if source.attachment and source.attachment.name else ""
        return f"{source.note}{file}"
    if finding:
        return finding.reason if point.field == "reason" else finding.narrative
    if kind == "recommendation":
        return next((one.text for one in shown.recommendations if str(one.number) == number), "")
    return str(getattr(shown.account, point.field.replace(" ", "_"), ""))

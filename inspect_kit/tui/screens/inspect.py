"""The inspection: the list of items on one side, the one in hand on the other."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static, TextArea

from inspect_kit.analysis import source_kinds
from inspect_kit.analysis.views import View
from inspect_kit.casebook import Casebook
from inspect_kit.errors import InspectKitError
from inspect_kit.model import Assessment, Finding, Item, Priority, VisitRecord
from inspect_kit.standards import load_standard, load_wording
from inspect_kit.tui import words
from inspect_kit.tui.desk import desk
from inspect_kit.tui.widgets.guidance import guidance
from inspect_kit.tui.widgets.lines import Head, KeysLine
from inspect_kit.tui.widgets.navigator import Navigator

_KEYS = (
    ("1-5", "judge"),
    ("n", "note"),
    ("e", "evidence"),
    ("enter", "next"),
    ("g", "guide"),
    ("w", "walk by"),
    ("v", "summary"),
    ("?", "keys"),
    ("r", "recommend"),
    ("u", "urgent"),
    ("esc", "home"),
)
_KEYS_NOTE = (("esc", "done: the note is kept"), ("ctrl+s", "keep"))


class Inspect(Screen[None]):
    """Master and detail over one visit.

    Args:
        visit: its record, as read when the screen was opened.
    """

    DEFAULT_CSS = """
    Inspect #work { height: 1fr; }
    Inspect #navigator { width: 34; border-right: solid $border-blurred; }
    Inspect.-wide #navigator { width: 42; }
    Inspect #detail { width: 1fr; padding: 0 1; }
    Inspect #ask { height: auto; padding: 0 0 1 0; }
    Inspect #record { height: 1fr; }
    Inspect #record > Static { height: auto; }
    Inspect #note { height: 1fr; min-height: 4; display: none; background: $surface; padding: 0; }
    Inspect #note-title { display: none; color: $primary; text-style: bold; border-top: solid $border; height: 2; }
    Inspect #beside { width: 52; border-left: solid $border-blurred; padding: 0 1; display: none; }
    Inspect.-wide #beside { display: block; }
    Inspect.writing #note, Inspect.writing #note-title { display: block; }
    Inspect.writing #record { height: auto; max-height: 40%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"judge('{assessment.value}')", assessment.label, id=f"inspect.{assessment.value}")
            for key, assessment in words.KEYS.items()
        ),
        Binding("0", "judge('')", "take the judgement back: open again", id="inspect.open"),
        Binding("n", "note", "write the note", id="inspect.note"),
        Binding("e", "evidence", "add evidence: interview, document, observation …", id="inspect.evidence"),
        Binding("r", "recommend", "recommend something that rests on this item", id="inspect.recommend"),
        Binding("w", "walk", "walk by theme, rule, place, or person to talk to", id="inspect.walk"),
        Binding("g", "guide", "guide: what to look at, whom to ask, red flags", id="inspect.guide"),
        Binding("u", "priority('urgent')", "urgent ▲, or no longer", id="inspect.urgent"),
        Binding("h", "priority('high')", "high priority △, or no longer", id="inspect.high"),
        Binding("enter,right_square_bracket", "next_open(1)", "next open item", id="inspect.next-open"),
        Binding("left_square_bracket", "next_open(-1)", "previous open item", id="inspect.previous-open"),
        Binding("p", "plan", "plan: change who is held, the team, what is looked at", id="inspect.plan"),
        Binding("v", "summary", "view the visit's summary, write the report", id="inspect.summary"),
        Binding("pagedown", "page(1)", "scroll the item", id="inspect.page-down"),
        Binding("pageup", "page(-1)", "scroll the item", id="inspect.page-up"),
        Binding("ctrl+s", "keep_note", "keep the note", id="inspect.keep-note", show=False),
        Binding("escape", "back", "back", id="inspect.back"),
    ]
    LEGEND = (
        "↑ ↓ item   ← → next part of the list   w walk by theme, rule, place, person\n"
        "● met  ◐ partly met  ○ not met  – not applicable  ? not verified  ·· open\n"
        "▲ urgent  △ high  ≠ people hold different views"
    )

    def __init__(self, visit: VisitRecord) -> None:
        super().__init__()
        self.visit = visit
        self.findings = dict(visit.findings)
        self._wording = load_wording(load_standard())
        self._guide = False
        self._writing: str | None = None

    def compose(self) -> ComposeResult:
        """Head; list, item and guide; keys."""
        yield Head()
        with Horizontal(id="work"):
            yield Navigator(self.visit.checklist, self.findings)
            with Vertical(id="detail"):
                yield Static(id="ask", markup=False)
                with VerticalScroll(id="record", can_focus=False):
                    yield Static(id="words", markup=False)
                yield Static("Note", id="note-title", markup=False)
                yield TextArea(
                    id="note",
                    compact=True,
                    highlight_cursor_line=False,
                    placeholder="What was found, as it shall stand in the report: how many, when, where. esc keeps it.",
                )
            with VerticalScroll(id="beside", can_focus=False):
                yield Static(id="guide", markup=False)
        yield KeysLine(_KEYS)

    def on_mount(self) -> None:
        """Begin at the first open item."""
        self.list.focus()
        finding = self.findings.get(self.item.id)
        if not self.item.applies or (finding and finding.assessment):
            self.action_next_open(1)
        self.show()
        self._count("saved")

    @property
    def list(self) -> Navigator:
        """The list of items."""
        return self.query_one(Navigator)

    @property
    def item(self) -> Item:
        """The item in hand."""
        return self.list.item

    async def leaving(self) -> bool:
        """Whether the program may be left: a note that is being written is kept first."""
        await self.action_keep_note()
        return self._writing is None

    async def on_navigator_moved(self) -> None:
        """Another item is in hand; a note that was being written is kept."""
        await self.action_keep_note()
        self.show()
        self.query_one("#record").scroll_home(animate=False)
        self.query_one("#beside").scroll_home(animate=False)

    async def _read_again(self, _: None) -> None:
        """Coming back from the summary, the visit may have changed."""
        visit = self.visit.id
        record = await desk(self).attempt(lambda casebook: casebook.visit(visit))
        if record is not None:
            self.visit = record
            self.findings.clear()
            self.findings.update(record.findings)
            self.list.refresh()
            self.show()
            self._count("saved")

    # -- what is shown

    def show(self) -> None:
        """Show the item in hand."""
        item = self.item
        finding = self.findings.get(item.id)
        title = self.visit.checklist.title(item.theme)
        kinds = len(source_kinds(finding)) if finding else 0
        sources = "" if not finding or not finding.evidence else f"   {kinds} kind{'s' * (kinds != 1)} of source"
        self.query_one("#ask", Static).update(
            Content.assemble(
                (f"{title} {item.number}", "bold $primary"),
                (f" · {', '.join(item.clauses)} · {item.strength}{' · grave' * item.grave}{sources}\n", "$quiet"),
                (item.ask, "bold"),
            )
        )
        about = guidance(self.visit.checklist, item, self._wording)
        narrow_guide = self._guide and not self.has_class("-wide")
        self.query_one("#words", Static).update(about if narrow_guide else self._record(item, finding))
        self.query_one("#guide", Static).update(about)

    def _record(self, item: Item, finding: Finding | None) -> Content:
        parts: list[Content | str | tuple[str, str]] = [self._scale(finding)]
        if finding and finding.conflict:
            parts.append(_sides(finding))
        if finding and finding.reason:
            parts += [("\nReason  ", "$quiet"), finding.reason, "\n"]
        if finding and finding.narrative and self._writing is None:
            parts += ["\n", ("Note", "$quiet"), ("  n changes it\n", "$quiet"), finding.narrative, "\n"]
        if finding and finding.evidence:
            parts += [("\nEvidence", "$quiet"), "\n"]
            for source in reversed(finding.evidence):
                who = f" {source.interviewee}" if source.interviewee else ""
                parts += [(words.SOURCE[source.kind], "$primary"), (who, "bold"), ("  ", "")]
                where = ", ".join(filter(None, (source.place, source.when or words.moment(source.recorded))))
                consent = f" · {words.CONSENT[source.consent]}" if source.kind.needs_consent else ""
                parts += [(f"{where}{consent}\n", "$quiet")]
                note = source.note or ""
                attached = f"[{source.attachment.name}]" if source.attachment else ""
                parts += [f"{note}{' ' if note and attached else ''}", (attached, "$secondary"), "\n"]
        asked = [wanted for wanted in self.visit.recommendations if item.id in wanted.findings]
        for wanted in asked:
            parts += [("\nRecommendation ", "$quiet"), (f"{wanted.number}", "$quiet"), f"  {wanted.text}\n"]
        if finding is None:
            parts += self._hints(item)
            parts += [("\ng shows all of the guide · n writes a note · e adds evidence", "$quiet")]
        elif finding and finding.assessment and not finding.evidence:
            parts += [("\nNo evidence yet: e adds what was seen, said, read or measured.", "$quiet")]
        if not item.applies:
            parts += [("\nDoes not apply: ", "$quiet"), item.reason or "", "\n"]
        return Content.assemble(*parts)

    def _hints(self, item: Item) -> Iterator[tuple[str, str] | str]:
        """Where to begin with an open item: for a place what to look at, for people what to ask them."""
        view = self.list.view
        asked = dict(item.talk_to)
        if view is View.PERSON:
            asked = {who: said for who, said in asked.items() if who == self.list.leg.key}
        else:
            asked = {who: said[:1] for who, said in list(asked.items())[:1]}
            for text in item.look if view is View.PLACE else item.look[:1]:
                yield from (("\nLook   ", "$quiet"), text)
        for who, said in asked.items():
            for question in said:
                yield from ((f"\nAsk {who.label.lower()}   ", "$quiet"), question)
        for text in item.red_flags[:1]:
            yield from (("\nFlag   ", "$quiet"), text, "\n")

    def _scale(self, finding: Finding | None) -> Content:
        held = finding.assessment if finding else None
        parts: list[tuple[str, str]] = []
        for key, assessment in words.KEYS.items():
            mark, word, style = words.MARK[assessment]
            if assessment is held:
                parts += [(f" {mark} {word} ", f"reverse bold {style}"), (" ", "")]
            else:
                parts += [(f"{key} ", "bold $primary" if held is None else "$quiet"), (f"{word} ", "$quiet")]
        if finding and finding.priority is not Priority.NORMAL:
            flag, style = ("▲ urgent", "bold $urgent") if finding.priority is Priority.URGENT else ("△ high", "$partly")
            parts += [(f"  {flag}", style)]
        if held is not None and finding:
            parts += [(f"\n{finding.author} · {words.moment(finding.recorded)}", "$quiet")]
        return Content.assemble(*parts, "\n")

    def _count(self, saved: str) -> None:
        plan = self.visit.plan
        items = [item for item in self.visit.checklist.items if item.applies]
        done = sum(bool((found := self.findings.get(item.id)) and found.assessment) for item in items)
        urgent = sum(found.priority is Priority.URGENT for found in self.findings.values())
        views = sum(found.conflict is not None for found in self.findings.values())
        head = self.query_one(Head)
        by = "" if self.list.view is View.THEME else f" · by {self.list.view}"
        head.left = f"{plan.facility.name} · {words.days(plan.starts, plan.ends)}{by}"
        flags = "".join((f" · {urgent} urgent" if urgent else "", f" · {views} views" if views else ""))
        head.right = f"{done} of {len(items)}{flags} · {saved}"

    # -- acts

    async def _act(self, item: Item, work: Callable[[Casebook], None]) -> bool:
        """Do one act on an item, show what is held now, and say that it is saved."""
        app = desk(self)
        visit = self.visit.id
        self._count("saving …")

        def act(casebook: Casebook) -> Finding | None:
            work(casebook)
            return casebook.finding(visit, item.id)

        try:
            finding = await app.ask(act)
        except InspectKitError as problem:
            self._count("NOT saved")
            self.notify(str(problem), severity="error", timeout=15, markup=False)
            return False
        if finding is None:
            self.findings.pop(item.id, None)
        else:
            self.findings[item.id] = finding
        self.list.refresh_item(item.id)
        self.show()
        self._count("saved")
        return True

    async def action_judge(self, value: str) -> None:
        """Judge the item in hand; the note stays as it is."""
        item = self.item
        assessment = Assessment(value) if value else None
        finding = self.findings.get(item.id) or Finding(item.id)
        if assessment and assessment.needs_reason:
            from inspect_kit.tui.screens.reason import Reason

            async def given(reason: str | None) -> None:
                if reason:
                    await self._judge(item, assessment, reason, finding.narrative)

            await self.app.push_screen(Reason(item, assessment, finding.reason), given)
            return
        if assessment is None and finding.assessment is None:
            return
        await self._judge(item, assessment, "", finding.narrative)

    async def _judge(self, item: Item, assessment: Assessment | None, reason: str, narrative: str) -> bool:
        visit = self.visit.id
        finding = self.findings.get(item.id)
        seen = (
            [side.entry for side in finding.conflict.sides]
            if finding and finding.conflict and finding.conflict.aspect == "judgement"
            else [finding.judgement]
            if finding and finding.judgement
            else []
        )
        return await self._act(
            item, lambda casebook: casebook.judge(visit, item.id, assessment, reason, narrative, seen=seen)
        )

    async def action_priority(self, value: str) -> None:
        """Mark the item in hand, or take the mark off."""
        item = self.item
        finding = self.findings.get(item.id)
        held = finding.priority if finding else Priority.NORMAL
        priority = Priority.NORMAL if held.value == value else Priority(value)
        visit = self.visit.id
        await self._act(item, lambda casebook: casebook.prioritise(visit, item.id, priority))

    def action_note(self) -> None:
        """Write the narrative of the item in hand."""
        finding = self.findings.get(self.item.id)
        area = self.query_one("#note", TextArea)
        draft = desk(self).drafts.get(self._draft_key(self.item.id), {})
        area.text = draft.get("note", finding.narrative if finding else "")
        self._writing = self.item.id
        self.add_class("writing")
        self.query_one(KeysLine).keys = _KEYS_NOTE
        area.move_cursor(area.document.end)
        area.focus()
        self.show()

    async def action_keep_note(self) -> None:
        """Keep the note and go back to the list; where that is refused, the text stays."""
        if self._writing is None:
            return
        item = next(item for item in self.visit.checklist.items if item.id == self._writing)
        text = self.query_one("#note", TextArea).text
        finding = self.findings.get(item.id) or Finding(item.id)
        if text != finding.narrative:
            desk(self).drafts[self._draft_key(item.id)] = {"note": text}
            if not await self._judge(item, finding.assessment, finding.reason, text):
                return
        desk(self).drafts.pop(self._draft_key(item.id), None)
        self._writing = None
        self.remove_class("writing")
        self.query_one(KeysLine).keys = _KEYS
        self.list.focus()
        self.show()

    def _draft_key(self, item: str) -> str:
        return f"note {self.visit.id} {item}"

    async def action_evidence(self) -> None:
        """Add one source."""
        from inspect_kit.tui.screens.evidence import EvidenceForm

        item = self.item

        async def added(kept: bool | None) -> None:
            if kept:
                await self._act(item, lambda _: None)

        await self.app.push_screen(EvidenceForm(self.visit, self.findings, item), added)

    async def action_recommend(self) -> None:
        """Recommend something that rests on the item in hand."""
        from inspect_kit.tui.screens.recommend import RecommendationForm

        visit = self.visit.id

        async def asked(kept: str | None) -> None:
            if kept:
                record = await desk(self).attempt(lambda casebook: casebook.visit(visit))
                if record:
                    self.visit = replace(self.visit, recommendations=record.recommendations)
                    self.show()

        await self.app.push_screen(RecommendationForm(self.visit, (self.item.id,)), asked)

    def action_plan(self) -> None:
        """Change the visit's plan; the checklist follows it, and every answer stays."""
        from inspect_kit.tui.screens.plan import Plan

        visit = self.visit.id

        async def changed(kept: str | None) -> None:
            record = await desk(self).attempt(lambda casebook: casebook.visit(visit)) if kept else None
            if record:
                await self.app.switch_screen(Inspect(record))

        self.app.push_screen(Plan(self.visit), changed)

    async def action_summary(self) -> None:
        """The visit as a whole."""
        from inspect_kit.tui.screens.summary import Summary

        visit = self.visit.id
        record = await desk(self).attempt(lambda casebook: casebook.visit(visit))
        if record:
            await self.app.push_screen(Summary(record), self._read_again)

    # -- moving

    def action_guide(self) -> None:
        """Show the whole guide in place of the record, or the record again."""
        self._guide = not self._guide
        self.show()
        self.query_one("#record").scroll_home(animate=False)

    def action_walk(self) -> None:
        """Show the list in the next order."""
        views = list(View)
        self.list.look_by(views[(views.index(self.list.view) + 1) % len(views)])
        self._count("saved")

    def action_next_open(self, by: int) -> None:
        """Go to the next item that applies and is not judged, around the end."""
        if not self.list.next_open(by):
            self.notify("Every item that applies is judged: v shows the summary and writes the report.", timeout=5)

    def action_page(self, by: int) -> None:
        """Scroll the item, or the guide beside it."""
        pane = self.query_one("#record", VerticalScroll)
        beside = self.query_one("#beside", VerticalScroll)
        for scroll in (pane, beside):
            scroll.scroll_relative(y=by * max(1, scroll.size.height - 2), animate=False)

    async def action_back(self) -> None:
        """Out of the note, out of the guide, or home."""
        if self._writing is not None:
            await self.action_keep_note()
        elif self._guide and not self.has_class("-wide"):
            self.action_guide()
        else:
            self.dismiss(None)


def _sides(finding: Finding) -> Content:
    """Different views on one thing, side by side in words."""
    assert finding.conflict is not None  # noqa: S101 (the caller looked)
    parts: list[tuple[str, str] | str] = [("\n≠ People hold different views\n", "bold $urgent")]
    for side in finding.conflict.sides:
        value = side.value.get("assessment") or side.value.get("priority") or "no judgement"
        parts += [
            (f"  {side.author} · {words.moment(side.stamp)}  ", "$quiet"),
            (f"{value}".replace("-", " "), "bold"),
        ]
        parts += [f"  {side.value.get('narrative', '')}\n"]
    return Content.assemble(*parts)

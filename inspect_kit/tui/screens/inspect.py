"""The inspection: the list of items on one side, the one in hand on the other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static, TextArea

from inspect_kit.analysis import harms, names_of
from inspect_kit.analysis.views import Leg, View, rule_of
from inspect_kit.casebook import Casebook
from inspect_kit.errors import InspectKitError
from inspect_kit.language import _, days, ngettext
from inspect_kit.model import Assessment, Evidence, Finding, Item, Person, Priority, VisitRecord, Wording
from inspect_kit.tui import words
from inspect_kit.tui.desk import desk
from inspect_kit.tui.keys import key_of
from inspect_kit.tui.widgets.drafting import Drafting
from inspect_kit.tui.widgets.guidance import guidance
from inspect_kit.tui.widgets.harm import HarmLine
from inspect_kit.tui.widgets.lines import Head, KeysLine
from inspect_kit.tui.widgets.navigator import Navigator
from inspect_kit.tui.widgets.record import Here, asked, begun, just_judged, record

_KEYS = (
    # Translators: what keys 1 to 5 do; like all words of this line, as short as can be.
    ("1-5", _("judge")),
    ("n", _("note")),
    ("e", _("evidence")),
    # Translators: a key: the guide, which says what to look at and whom to ask.
    ("l", _("look")),
    ("/", _("find")),
    # Translators: a key: go through the checklist in another order.
    ("w", _("walk")),
    ("v", _("summary")),
    ("?", _("keys")),
    # Translators: a key: go to a rule or clause by its number.
    ("g", _("rule")),
    ("r", _("recommend")),
    ("u", _("urgent")),
    ("ctrl+n", _("quick note")),
    ("i", _("inbox")),
    # Translators: a key: back to the list of visits.
    ("esc", _("home")),
    ("enter", _("next open")),
)
_ALWAYS = 7
"""So many keys are named before one that settles different views, which only some items need."""
_KEYS_NOTE = (("esc", _("done: the note is kept")), ("ctrl+s", _("keep")))
_SLOW = 0.05
"""After so many seconds an act that is not on the disk yet says that it is being saved: a frame for nothing else."""
_RUN = 0.1
"""Moves that follow each other within so many seconds are a run, as of a held key: only the list follows at once."""
_REST = 0.06
"""After a run rests for so many seconds, the item is shown."""
_NAMED = {"go-back": "b", "note": "n", "evidence": "e", "recommend": "r", "differ": "d"}
"""The usual keys of what the text of an item names."""
_GOES_ON = {"note": "note", "evidence": "evidence", "recommendation": "recommend", "third": "differ"}
"""What goes on with a draft, by the first word of the draft's key."""


class Inspect(Drafting[None]):
    """Master and detail over one visit.

    Args:
        visit: its record, as read when the screen was opened.
    """

    DEFAULT_CSS = """
    Inspect #work { height: 1fr; }
    Inspect #navigator { width: 34; border-right: solid $border-blurred; }
    Inspect.-wide #navigator { width: 42; }
    Inspect #detail { width: 1fr; padding: 0 1; }
    Inspect #ask { height: auto; min-height: 5; padding: 0 0 1 0; }
    Inspect #record { height: 1fr; }
    Inspect #record > Static { height: auto; min-height: 100%; }
    Inspect #note { height: 1fr; min-height: 4; display: none; background: $surface; padding: 0; }
    Inspect #note-title { display: none; border-top: solid $border; height: 2; }
    Inspect #note-title Static { width: auto; padding: 0 2 0 0; color: $primary; text-style: bold; }
    Inspect #note-title #draft { width: 1fr; height: 1; color: $quiet; text-style: none; display: none; }
    Inspect #beside { width: 52; border-left: solid $border-blurred; padding: 0 1; display: none; }
    Inspect.-wide #beside { display: block; }
    Inspect.writing #note, Inspect.writing #note-title { display: block; }
    Inspect.writing #record { height: auto; max-height: 40%; }
    Inspect HarmLine.found { display: none; }
    Inspect.writing HarmLine.found { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"judge('{assessment.value}')", assessment.label, id=f"inspect.{assessment.value}")
            for key, assessment in words.KEYS.items()
        ),
        Binding("0", "judge('')", _("take the judgement back: open again"), id="inspect.open"),
        Binding("b", "go_back", _("back to the item just judged"), id="inspect.go-back"),
        Binding("z", "undo", _("undo the last judgement, note or mark"), id="inspect.undo"),
        Binding("n", "note", _("write the note"), id="inspect.note"),
        Binding("e", "evidence", _("add evidence: interview, document, observation …"), id="inspect.evidence"),
        Binding("r", "recommend", _("recommend something that rests on this item"), id="inspect.recommend"),
        Binding("w", "walk", _("walk by theme, rule, place, or person to talk to"), id="inspect.walk"),
        Binding("slash", "find", _("find: words of a question, a note, a rule"), id="inspect.find"),
        Binding("g", "rule", _("go to a rule or a clause"), id="inspect.rule"),
        Binding("l", "guide", _("look: what to look at, whom to ask, red flags"), id="inspect.guide"),
        Binding("u", "priority('urgent')", _("urgent ▲, or no longer"), id="inspect.urgent"),
        Binding("h", "priority('high')", _("high priority △, or no longer"), id="inspect.high"),
        Binding("x", "contradiction", _("sources contradict each other ↯, or no longer"), id="inspect.contradiction"),
        Binding("d", "differ", _("differ: settle what people hold different views on"), id="inspect.differ"),
        Binding("c", "review", _("check a colleague's judgement: accept or return it"), id="inspect.review"),
        Binding("enter,right_square_bracket", "next_open(1)", _("next open item"), id="inspect.next-open"),
        Binding("left_square_bracket", "next_open(-1)", _("previous open item"), id="inspect.previous-open"),
        Binding("t", "talk", _("talk: an interview, with consent and a code"), id="inspect.talk"),
        Binding("i", "inbox", _("inbox: sort the quick notes"), id="inspect.inbox"),
        Binding("p", "plan", _("plan: change who is held, the team, what is looked at"), id="inspect.plan"),
        Binding("v", "summary", _("view the visit's summary, write the report"), id="inspect.summary"),
        Binding("pagedown", "page(1)", _("scroll the item"), id="inspect.page-down"),
        Binding("pageup", "page(-1)", _("scroll the item"), id="inspect.page-up"),
        Binding("ctrl+s", "keep_note", _("keep the note"), id="inspect.keep-note", show=False),
        Binding(
            "ctrl+t", "throw_away", _("throw away what is typed in the note and not kept"), id="inspect.throw-away"
        ),
        Binding("escape", "back", _("back"), id="inspect.back"),
    ]
    LEGEND = _(
        "● met  ◐ partly met  ○ not met  – not applicable  ? not verified  ·· open\n"
        "▲ urgent  △ high  ≠ people hold different views   "
        "⁰ no source  ¹ sources of one kind only"
    )

    # Translators: “since” is a time, such as 10:40 or 4 Nov 10:40, or what stands for “before”; “throws” is a key
    CONTINUED = _("from {since}, {throws} throws it away")
    THROWS = ("inspect.throw-away", "ctrl+t")

    def __init__(self, visit: VisitRecord) -> None:
        super().__init__()
        self.visit = visit
        self.findings = dict(visit.findings)
        self._guide = False
        self._sought = ""
        self._just: Item | None = None
        self._arrived = ""
        self._undo: list[tuple[Item, Finding]] = []
        self._writing: str | None = None
        self._saved = _("saved")
        self._differing: tuple[tuple[str, str], ...] = ()
        self._moved = 0.0
        self._shown: tuple[str, ...] = ()
        self._leg: Leg | None = None
        self._rest: Timer | None = None

    def compose(self) -> ComposeResult:
        """Head; list, item and guide; keys."""
        yield Head()
        with Horizontal(id="work"):
            yield Navigator(self.visit.checklist, self.findings, together=True)
            with Vertical(id="detail"):
                yield Static(id="ask", markup=False)
                with VerticalScroll(id="record", can_focus=False):
                    yield Static(id="words", markup=False)
                with Horizontal(id="note-title"):
                    yield Static(_("Note"), id="note-of", markup=False)
                    yield Static(id="draft", markup=False)
                yield TextArea(
                    id="note",
                    compact=True,
                    highlight_cursor_line=False,
                    placeholder=_(
                        "What was found, as it shall stand in the report: how many, when, where. {key} keeps it.",
                        key=key_of(self, "inspect.back", "esc"),
                    ),
                )
                yield HarmLine()
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
        self._count(_("saved"))

    @cached_property
    def _wording(self) -> Mapping[str, Wording]:
        """The clauses' official texts, where they were imported; reading the standard takes long, so not before."""
        from inspect_kit.standards import has_wording, load_standard, load_wording

        return load_wording(load_standard()) if has_wording() else {}

    @property
    def list(self) -> Navigator:
        """The list of items."""
        return self.query_one(Navigator)

    @property
    def item(self) -> Item:
        """The item in hand."""
        return self.list.item

    @property
    def _here(self) -> tuple[str, ...]:
        """What the item's text depends on beside what is held."""
        return self.item.id, self.list.view, self.list.leg.key

    @property
    def place(self) -> str:
        """Where she stands on a walk by place; empty on every other."""
        return self.list.leg.title if self.list.view is View.PLACE else ""

    async def leaving(self) -> bool:
        """Whether the program may be left: a note that is being written is kept first."""
        await self.action_keep_note()
        return self._writing is None

    async def on_navigator_moved(self) -> None:
        """Another item is in hand; a note that was being written is kept."""
        self.list.show_cursor()
        if self._writing != self.item.id:  # the news of a move can come after the note was opened
            await self.action_keep_note()
        if self.list.leg is not self._leg and self.list.view is not View.THEME:
            self._count(self._saved)
        now = monotonic()
        running, self._moved = now - self._moved < _RUN, now
        if self._shown == self._here:
            return
        if running:
            self._rest = self._rest or self.set_timer(_REST, self._show_moved)
            self._rest.reset()
        else:
            self._show_moved()

    def _show_moved(self) -> None:
        """Show another item from its beginning."""
        self.show()
        self.query_one("#record").scroll_home(animate=False)
        self.query_one("#beside").scroll_home(animate=False)

    def on_resize(self) -> None:
        """The guide may have come beside the item."""
        self.call_after_refresh(self.show)

    async def on_screen_resume(self) -> None:
        """A quick note may have been written over this screen, a form may have been left."""
        self.show()
        visit = self.visit.id
        waiting = await desk(self).attempt(lambda casebook: casebook.jottings(visit))
        if waiting is not None and waiting != self.visit.jottings:
            self.visit = replace(self.visit, jottings=waiting)
            self._count(self._saved)

    async def _read_again(self, _nothing: None) -> None:
        """Coming back from the summary, the visit may have changed."""
        visit = self.visit.id
        record = await desk(self).attempt(lambda casebook: casebook.visit(visit))
        if record is not None:
            self.visit = record
            self.findings.clear()
            self.findings.update(record.findings)
            self.list.refresh()
            self.show()
            self._count(_("saved"))

    # -- what is shown

    def show(self) -> None:
        """Show the item in hand."""
        if self._rest:
            self._rest.stop()
            self._rest = None
        item = self.item
        self._shown = self._here
        finding = self.findings.get(item.id)
        _put(self.query_one("#ask", Static), asked(self.visit.checklist, item, finding), room=4)
        wide = self.has_class("-wide")
        narrow_guide = self._guide and not wide
        about = guidance(self.visit.checklist, item, self._wording) if wide or narrow_guide else Content()
        room = self.query_one("#record").size.height if self._writing is None else 0
        _put(self.query_one("#words", Static), about if narrow_guide else self._record(item, finding), room)
        if wide:
            self.query_one("#guide", Static).update(about)

    def _record(self, item: Item, finding: Finding | None) -> Content:
        here = Here(
            self.list.view,
            self.list.leg,
            {act: key_of(self, f"inspect.{act}", key) for act, key in _NAMED.items()},
            writing=self._writing is not None,
        )
        parts = []
        if self._just and self._arrived == item.id:
            parts.append(just_judged(self.visit.checklist, self._just, self.findings.get(self._just.id), here))
        return Content.assemble(*parts, record(self.visit, item, finding, self._waiting(item), here))

    def _waiting(self, item: Item) -> Sequence[tuple[str, str]]:
        """Texts about an item that were typed and not kept: what each is called, and what goes on with it."""
        drafts = desk(self).drafts
        acts = {f"{form} {self.visit.id} {item.id}": act for form, act in _GOES_ON.items()}
        answers = drafts.answers(self.visit.id).items()
        acts |= {draft: "evidence" for draft, (_code, about) in answers if about == item.id}
        return [
            (begun(draft, drafts.since(draft)), act)
            for draft, act in acts.items()
            if draft in drafts and draft != self.draft_key
        ]

    def _count(self, saved: str) -> None:
        plan = self.visit.plan
        items = [item for item in self.visit.checklist.items if item.applies]
        done = sum(bool((found := self.findings.get(item.id)) and found.assessment) for item in items)
        urgent = sum(found.priority is Priority.URGENT for found in self.findings.values())
        views = sum(found.conflict is not None for found in self.findings.values())
        head = self.query_one(Head)
        self._leg = self.list.leg
        here = [plan.facility.name, days(plan.starts, plan.ends)]
        if self.list.view is not View.THEME:
            # Translators: the order in which a checklist is walked (by rule, by place, by person), and where in it
            # she stands: "by place: Kitchen".
            here.insert(0, _("by {order}: {part}", order=self.list.view.label, part=self._leg.title))
        head.left = " · ".join(here)
        notes = len(self.visit.jottings)
        # Translators: so many items are judged, of those that apply.
        told = [_("{done} of {items}", done=done, items=len(items))]
        if urgent:
            # Translators: so many findings are urgent.
            told.append(ngettext("{count} urgent", "{count} urgent", urgent))
        if views:
            # Translators: on so many things people hold different views.
            told.append(ngettext("{count} views", "{count} views", views))
        if notes:
            told.append(ngettext("{count} quick note", "{count} quick notes", notes))
        self._saved = saved
        head.right = " · ".join((*told, saved))
        self._differing = (("d", _("differ")),) if views else ()
        if self._writing is None:
            self._name_keys()

    def _name_keys(self) -> None:
        """Name the keys that work here; one that settles views only where there are several."""
        self.query_one(KeysLine).keys = (*_KEYS[:_ALWAYS], *self._differing, *_KEYS[_ALWAYS:])

    # -- acts

    async def _act(self, item: Item, work: Callable[[Casebook], None], draft: str = "", *, show: bool = True) -> bool:
        """Do one act on an item, in the place of its draft; show what is held now, and say that it is saved.

        Args:
            item: the item.
            work: the act.
            draft: the key of the draft that it takes the place of.
            show: False where another item is shown at once.
        """
        app = desk(self)
        visit = self.visit.id
        slow = self.set_timer(_SLOW, lambda: self._count(_("saving …")))

        def act(casebook: Casebook) -> Finding | None:
            work(casebook)
            return casebook.finding(visit, item.id)

        try:
            finding = await (app.keep(draft, act) if draft else app.ask(act))
        except InspectKitError as problem:
            self._count(_("NOT saved"))
            self.notify(app.refused(problem), severity="error", timeout=15, markup=False)
            return False
        finally:
            slow.stop()
        if finding is None:
            self.findings.pop(item.id, None)
        else:
            self.findings[item.id] = finding
        self.list.refresh_item(item.id)
        if show:
            self.show()
        self._count(_("saved"))
        return True

    async def action_judge(self, value: str) -> None:
        """Judge the item in hand; the note stays as it is."""
        item = self.item
        assessment = Assessment(value) if value else None
        finding = self.findings.get(item.id) or Finding(item.id)
        if assessment and assessment.needs_reason:
            from inspect_kit.tui.screens.reason import Reason

            reasons = Reason(self.visit.id, item, assessment, finding.reason)

            async def given(reason: str | None) -> None:
                if reason and await self._judge(
                    item, assessment, reason, finding.narrative, draft=reasons.draft_key, show=False
                ):
                    self._move_on(item)

            await self.app.push_screen(reasons, given)
            return
        if assessment is None and finding.assessment is None:
            return
        if await self._judge(item, assessment, "", finding.narrative, show=not assessment) and assessment:
            self._move_on(item)

    def _move_on(self, item: Item) -> None:
        """Go to the next open item, and say which one was judged; stay where somebody else judged it otherwise."""
        held = self.findings.get(item.id)
        if held and held.conflict:
            self.show()
            return
        self._just = item
        if self.list.next_open(1):
            self._arrived = self.item.id
        self._show_moved()

    async def _judge(
        self,
        item: Item,
        assessment: Assessment | None,
        reason: str,
        narrative: str,
        *,
        draft: str = "",
        show: bool = True,
    ) -> bool:
        visit = self.visit.id
        finding = self.findings.get(item.id)
        before = finding or Finding(item.id)
        seen = (
            [side.entry for side in finding.conflict.sides]
            if finding and finding.conflict and finding.conflict.aspect == "judgement"
            else [finding.judgement]
            if finding and finding.judgement
            else []
        )
        judged = await self._act(
            item,
            lambda casebook: casebook.judge(visit, item.id, assessment, reason, narrative, seen=seen),
            draft,
            show=show,
        )
        if judged:
            self._undo.append((item, before))
        return judged

    async def action_priority(self, value: str) -> None:
        """Mark the item in hand, or take the mark off."""
        item = self.item
        finding = self.findings.get(item.id)
        held = finding.priority if finding else Priority.NORMAL
        priority = Priority.NORMAL if held.value == value else Priority(value)
        visit = self.visit.id
        if await self._act(item, lambda casebook: casebook.prioritise(visit, item.id, priority)):
            self._undo.append((item, finding or Finding(item.id)))

    async def action_contradiction(self) -> None:
        """Mark that the sources of the item in hand contradict each other, or take the mark off."""
        item = self.item
        finding = self.findings.get(item.id)
        contradict = not (finding and finding.contradiction)
        visit = self.visit.id
        if await self._act(item, lambda casebook: casebook.mark_contradiction(visit, item.id, contradict)):
            self._undo.append((item, finding or Finding(item.id)))

    async def action_undo(self) -> None:
        """Put the last judgement, note or mark of this sitting back to what it was: an entry like any other."""
        if not self._undo:
            self.notify(_("Nothing to undo: nothing was judged or marked since this visit was opened."), timeout=5)
            return
        item, before = self._undo.pop()
        visit = self.visit.id
        now = self.findings.get(item.id) or Finding(item.id)

        def back(casebook: Casebook) -> None:
            if (now.assessment, now.reason, now.narrative) != (before.assessment, before.reason, before.narrative):
                seen = [now.judgement] if now.judgement else []
                casebook.judge(visit, item.id, before.assessment, before.reason, before.narrative, seen=seen)
            if now.priority is not before.priority:
                casebook.prioritise(visit, item.id, before.priority)
            if now.contradiction != before.contradiction:
                casebook.mark_contradiction(visit, item.id, before.contradiction)

        if not await self._act(item, back):
            self._undo.append((item, before))
            return
        self._go_to(item)
        held = self.findings.get(item.id)
        name = f"{self.visit.checklist.title(item.theme)} {item.number}"
        word, _style = words.state(held)
        if now.assessment is before.assessment and now.narrative != before.narrative:
            told = _("Undone: the note on {item} is as it was before.", item=name)
        elif word == "··":
            told = _("Undone: {item} is open again.", item=name)
        else:
            # Translators: an item and what is held about it: "Hygiene 3 is met again".
            told = _("Undone: {item} is {state} again.", item=name, state=word)
        self.notify(told, timeout=4, markup=False)

    def action_review(self) -> None:
        """Check a colleague's judgement."""
        from inspect_kit.tui.screens.review import ReviewForm

        item = self.item
        finding = self.findings.get(item.id)
        if finding is None or finding.assessment is None:
            self.notify(_("There is no judgement to check here yet."), timeout=4)
            return

        async def checked(kept: bool | None) -> None:
            if kept:
                await self._act(item, lambda _: None)

        self.app.push_screen(ReviewForm(self.visit.id, item, finding), checked)

    def action_note(self) -> None:
        """Write the narrative of the item in hand."""
        finding = self.findings.get(self.item.id)
        area = self.query_one("#note", TextArea)
        area.text = finding.narrative if finding else ""
        self._writing = self.item.id
        name = f"{self.visit.checklist.title(self.item.theme)} {self.item.number}"
        self.query_one("#note-of", Static).update(
            Content(_("Note on {item}", item=name))
        )  # a digit just before has moved on
        self.begin_draft()
        self.add_class("writing")
        self.query_one(KeysLine).keys = _KEYS_NOTE
        area.move_cursor(area.document.end)
        area.focus()
        self.show()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Say beneath the note what in it could tell who somebody is."""
        text, visit = event.text_area.text, self.visit
        profile = visit.plan.facility.profile
        self.query_one(HarmLine).look(lambda: harms(text, profile, names=names_of(visit)))

    async def action_keep_note(self) -> None:
        """Keep the note and go back to the list; where that is refused, the text stays."""
        if self._writing is None:
            return
        item = next(item for item in self.visit.checklist.items if item.id == self._writing)
        text = self.query_one("#note", TextArea).text
        finding = self.findings.get(item.id) or Finding(item.id)
        if text != finding.narrative and not await self._judge(
            item, finding.assessment, finding.reason, text, draft=self.draft_key
        ):
            return
        desk(self).drafts.leave(self.draft_key)
        self._writing = None
        self.remove_class("writing")
        self._name_keys()
        self.list.focus()
        self.show()

    @property
    def draft_key(self) -> str:
        """One draft an item, while its note is being written."""
        return f"note {self.visit.id} {self._writing}" if self._writing else ""

    def draft_fields(self) -> Sequence[Widget]:
        """The note alone."""
        return [self.query_one("#note")]

    async def action_evidence(self) -> None:
        """Add one source."""
        from inspect_kit.tui.screens.evidence import EvidenceForm

        item = self.item

        async def added(kept: bool | None) -> None:
            if kept:
                await self._act(item, lambda _: None)

        await self.app.push_screen(EvidenceForm(self.visit, self.findings, item, self.place), added)

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

    def action_talk(self) -> None:
        """Interview somebody: consent and a code first, then the questions for her."""
        from inspect_kit.tui.screens.interview import BeginInterview, Interview

        leg = self.list.leg.key if self.list.view is View.PERSON else next(iter(self.item.talk_to), Person.WOMEN)
        person = Person(leg)
        codes = {one.interviewee for finding in self.findings.values() for one in finding.evidence}
        codes |= {code for code, _ in desk(self).drafts.answers(self.visit.id).values()}
        form = BeginInterview(self.visit, codes, person)

        async def begun(interviewee: Evidence | None) -> None:
            if interviewee:
                interview = Interview(self.visit, self.findings, form.person, interviewee)
                await self.app.push_screen(interview, self._read_again)

        self.app.push_screen(form, begun)

    async def action_differ(self) -> None:
        """Settle what people differ on, beginning with the item in hand."""
        from inspect_kit.tui.screens.differ import settle

        await settle(self, self.visit.id, self._read_again, f"finding:{self.item.id}")

    async def action_inbox(self) -> None:
        """Sort the quick notes."""
        from inspect_kit.tui.screens.inbox import Inbox

        await self.app.push_screen(Inbox(self.visit), self._read_again)

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
        self._count(_("saved"))

    def action_find(self) -> None:
        """Look for words, and go to the item that holds them; in the order by theme, where this one lacks it."""
        from inspect_kit.tui.screens.search import Search

        search = Search(replace(self.visit, findings=self.findings), self._sought)

        def chosen(item: str | None) -> None:
            self._sought = search.typed
            found = next((one for one in self.visit.checklist.items if one.id == item), None)
            if found:
                self._go_to(found)

        self.app.push_screen(search, chosen)

    def action_rule(self) -> None:
        """Go to the first item of a rule or clause, in the order by rule, so that the next item is the rule's next."""
        from inspect_kit.tui.screens.search import Search

        search = Search(replace(self.visit, findings=self.findings), rule=True)

        def chosen(item: str | None) -> None:
            found = next((one for one in self.visit.checklist.items if one.id == item), None)
            if found:
                if self.list.view is not View.RULE:
                    self.list.look_by(View.RULE)
                self.list.go_to(found.id, rule_of(found, search.typed))
                self._count(self._saved)

        self.app.push_screen(search, chosen)

    def action_go_back(self) -> None:
        """Back to the item just judged."""
        if self._just:
            self._go_to(self._just)

    def _go_to(self, item: Item) -> None:
        """Go to an item, in the order by theme where this one lacks it."""
        if not self.list.go_to(item.id):
            self.list.look_by(View.THEME)
            self.list.go_to(item.id)
            self._count(self._saved)

    def action_next_open(self, by: int) -> None:
        """Go to the next item that applies and is not judged, around the end."""
        if not self.list.next_open(by):
            key = key_of(self, "inspect.summary", "v")
            said = _("Every item that applies is judged: {key} shows the summary and writes the report.", key=key)
            self.notify(said, timeout=5, markup=False)

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


def _put(static: Static, content: Content, room: int = 0) -> None:
    """Show a text; lay the screen out again, which draws most of it once more, only where the text's height changes.

    Args:
        static: where it is shown.
        content: the text.
        room: the lines that are kept for it, however short it is.
    """
    width = static.content_size.width
    heights = {max(room, text.get_height({}, width)) for text in (static.visual, content)} if width else {}
    static.update(content, layout=len(heights) != 1)

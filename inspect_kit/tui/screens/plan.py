"""Planning a visit in four steps: where and when, who is held, who inspects, what is looked at."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Input, SelectionList, Static
from textual.widgets.selection_list import Selection

from inspect_kit.analysis import self_check
from inspect_kit.casebook import Casebook
from inspect_kit.checklist import load_banks
from inspect_kit.errors import BadInputError, InspectKitError
from inspect_kit.model import (
    Facility,
    Group,
    Member,
    Profile,
    Role,
    Scope,
    Team,
    VisitKind,
    VisitPlan,
    parse_day,
)
from inspect_kit.standards import load_standard
from inspect_kit.tui import words
from inspect_kit.tui.desk import desk
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.form import Row, line
from inspect_kit.tui.widgets.lines import Head, KeysLine
from inspect_kit.work.planning import checklist_for, existing_or_new, plan_visit

_STEPS = ("where", "held", "team", "scope")
_TITLES = ("Where and when", "Who is held", "Who inspects", "What is looked at")
_SEATS = 6


class Plan(Screen[str]):
    """Collects the plan and hands it to the casebook at the end; going back loses nothing."""

    DEFAULT_CSS = """
    Plan #steps { height: 1; padding: 0 1; margin: 1 0; }
    Plan ContentSwitcher { height: 1fr; padding: 0 1; }
    Plan VerticalScroll { height: 1fr; }
    Plan .words { color: $quiet; margin: 0 0 1 0; height: auto; }
    Plan Row > .label { width: 18; }
    Plan #held Row > .label { width: 28; }
    Plan #held Row { height: 1; }
    Plan .seat { grid-size: 4; grid-columns: 2fr 3fr 2fr 2fr; height: 1; grid-gutter: 0 1; }
    Plan .seat-head { color: $quiet; }
    Plan #verdict { height: auto; margin: 1 0; }
    Plan SelectionList { height: auto; max-height: 12; border: none; background: $background; padding: 0; }
    Plan SelectionList:focus { border: none; }
    Plan #total { height: auto; margin: 1 0; }
    Plan #problem { height: auto; color: $urgent; text-style: bold; padding: 0 1; display: none; }
    Plan #problem.shown { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+s",
            "forward",
            "next step; after the last one, plan the visit",
            id="plan.forward",
            priority=True,
        ),
        Binding("escape", "back", "step back", id="plan.back"),
    ]
    LEGEND = "enter  next field      ← →  choose      space  tick a theme"

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, Facility] = {}
        self._warned = False
        self._banks = load_banks(load_standard())

    def compose(self) -> ComposeResult:
        """Four steps, of which one is shown."""
        yield Head()
        yield Static(id="steps")
        with ContentSwitcher(initial="where"):
            with VerticalScroll(id="where", can_focus=False):
                yield from self._where()
            with VerticalScroll(id="held", can_focus=False):
                yield from self._held()
            with VerticalScroll(id="team", can_focus=False):
                yield from self._team()
            with VerticalScroll(id="scope", can_focus=False):
                yield from self._scope()
        yield Static(id="problem", markup=False)
        yield KeysLine(
            (
                ("enter", "next field"),
                ("← →", "choose"),
                ("ctrl+s", "next step"),
                ("esc", "back"),
                ("F1", "keys"),
            )
        )

    def _where(self) -> Iterable[Widget]:
        today = date.today().isoformat()
        yield Static("A facility that you have visited fills in the rest when its name is the same.", classes="words")
        yield Row("Facility", line("", "its name, as people call it", id="name"))
        yield Row("Town or region", line("", "may stay empty", id="place"))
        yield Row("Country", line("", "may stay empty", id="country"))
        yield Row("Run by", line("", "authority or company; may stay empty", id="authority"))
        yield Row("Official capacity", line("", "number of places; may stay empty", id="capacity"))
        yield Static("")
        kinds = [(kind.value, kind.value) for kind in VisitKind if kind is not VisitKind.FOLLOW_UP]
        yield Row("Kind of visit", Choice(kinds, id="kind"))
        yield Row("First day", line(words.day(today), "such as 4 Nov 2026", id="starts"))
        yield Row("Last day", line("", "empty: the same day", id="ends"))
        yield Row("Announced", Choice([("no", "no"), ("yes", "yes")], id="announced"))
        yield Row("Purpose", line("", "in a sentence; may stay empty", id="purpose"))

    def _held(self) -> Iterable[Widget]:
        yield Static(
            "Items that concern nobody held here fall away, with the reason. Empty: not known, the items stay.\n"
            "0: nobody is held. The numbers also tell which interviewees could be recognised.",
            classes="words",
        )
        for group in Group:
            yield Row(
                group.label.capitalize(),
                Input(id=f"held-{group.value}", compact=True, max_length=7, placeholder="not known"),
            )

    def _team(self) -> Iterable[Widget]:
        yield Static(
            "Rule 25(3) asks inspecting bodies to include women. This is checked as you type.",
            classes="words",
        )
        with_roles = [(role.value, role.value) for role in Role]
        gender = [("yes", "a woman"), ("no", "not a woman"), ("", "not stated")]
        head = [Static(title, classes="seat-head") for title in ("Role", "Name", "", "Profession")]
        yield Grid(*head, classes="seat")
        for seat in range(_SEATS):
            role = Role.LEADER if seat == 0 else Role.INSPECTOR
            yield Grid(
                Choice(with_roles, role.value, id=f"role-{seat}"),
                line("", "name" if seat else "the leader's name", id=f"name-{seat}"),
                Choice(gender, "", id=f"woman-{seat}"),
                line("", "may stay empty", id=f"profession-{seat}"),
                classes="seat",
            )
        yield Static(id="verdict")
        yield Row("Remark", line("", "on the team, such as why no woman could come", id="remark"))

    def _scope(self) -> Iterable[Widget]:
        yield Static("Themes with their number of items. Space ticks and unticks.", classes="words")
        yield SelectionList(
            *(
                Selection(Content(f"{bank.title}  ({len(bank.items)})"), bank.theme, initial_state=True)
                for bank in self._banks
            ),
            id="themes",
        )
        yield Static(id="total")

    async def on_mount(self) -> None:
        """Offer the facilities that are known, and the user as leader."""
        from textual.suggester import SuggestFromList

        app = desk(self)
        facilities = await app.attempt(lambda casebook: casebook.facilities()) or []
        self._known = {facility.name: facility for facility in facilities}
        self.query_one("#name", Input).suggester = SuggestFromList(list(self._known), case_sensitive=False)
        me = await app.attempt(lambda casebook: casebook.author_name()) or ""
        self.query_one("#name-0", Input).value = me
        self._show_step()
        self.query_one("#name").focus()

    # -- steps

    @property
    def _step(self) -> int:
        return _STEPS.index(self.query_one(ContentSwitcher).current or "where")

    def _show_step(self) -> None:
        here = self._step
        parts: list[tuple[str, str]] = []
        for number, title in enumerate(_TITLES):
            style = "bold $primary" if number == here else "$quiet"
            mark = "✓" if number < here else str(number + 1)
            parts += [(f"{mark} {title}", style), ("   " if number < 3 else "", "")]
        self.query_one("#steps", Static).update(Content.assemble(*parts))
        head = self.query_one(Head)
        head.left = f"Plan a visit · {self._text('name') or 'new'}"
        head.right = f"step {here + 1} of 4"
        self.query_one("#problem").remove_class("shown")
        keys = ("ctrl+s", "next step" if here < 3 else "plan this visit")
        self.query_one(KeysLine).keys = (
            ("enter", "next field"),
            ("← →", "choose"),
            keys,
            ("esc", "back"),
            ("F1", "keys"),
        )
        self._judge_team()
        self._add_up()

    async def action_forward(self) -> None:
        """Check this step and go on, or plan the visit after the last one."""
        here = self._step
        try:
            (self._facility, self._profile, self._people, self._plan_scope)[here]()
            if here == 0:
                self._dates()
            if here < 3:
                self.query_one(ContentSwitcher).current = _STEPS[here + 1]
                self._show_step()
                self._focus_first()
                return
            await self._plan()
        except InspectKitError as problem:
            place = self.query_one("#problem", Static)
            place.update(Content(f"▲ {problem}"))
            place.add_class("shown")

    async def action_back(self) -> None:
        """One step back; out of the first one, home."""
        here = self._step
        if here:
            self.query_one(ContentSwitcher).current = _STEPS[here - 1]
            self._show_step()
            self._focus_first()
        elif await self.leaving():
            self.dismiss(None)

    async def leaving(self) -> bool:
        """Whether the plan may be left: not half-typed, unless asked twice."""
        if self._warned or not self._text("name"):
            return True
        self._warned = True
        self.notify("This visit is not planned yet. The same key once more leaves it.", severity="warning")
        return False

    def _focus_first(self) -> None:
        step = self.query_one(f"#{_STEPS[self._step]}")
        wanted = "#name-0" if self._step == 2 else "Input, Choice, SelectionList"
        step.query(wanted).first().focus()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter moves on; in a step's last field, to the next step."""
        event.stop()
        fields = [
            w for w in self.query_one(f"#{_STEPS[self._step]}").query("Input, Choice, SelectionList") if w.display
        ]
        if fields and event.input is fields[-1]:
            await self.action_forward()
        else:
            self.focus_next()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Follow what is typed: a known facility fills in its details, a team is judged."""
        name = event.input.id or ""
        if name == "name" and event.value in self._known:
            self._fill_in(self._known[event.value])
        if name.startswith(("name-", "profession-")):
            self._judge_team()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """A role or a woman's seat changed."""
        if (event.choice.id or "").startswith(("role-", "woman-")):
            self._judge_team()

    def on_selection_list_selected_changed(self) -> None:
        """Themes were ticked or unticked."""
        self._add_up()

    def _fill_in(self, facility: Facility) -> None:
        for name in ("place", "country", "authority"):
            self.query_one(f"#{name}", Input).value = getattr(facility, name)
        self.query_one("#capacity", Input).value = "" if facility.capacity is None else str(facility.capacity)
        for group in Group:
            held = facility.profile.held.get(group)
            self.query_one(f"#held-{group.value}", Input).value = "" if held is None else str(held)

    def _judge_team(self) -> None:
        verdict = self.query_one("#verdict", Static)
        try:
            check = self_check(self._people())
        except BadInputError as problem:
            verdict.update(Content(str(problem)))
            return
        mark, style = ("✓ Rule 25(3): ", "$met") if check.passed else ("▲ Rule 25(3): ", "$urgent")
        verdict.update(Content.assemble((mark, f"bold {style}"), check.sentence))

    def _add_up(self) -> None:
        total = self.query_one("#total", Static)
        try:
            checklist = checklist_for(self._plan_scope(), self._profile())
        except InspectKitError as problem:
            total.update(Content(str(problem)))
            return
        out = [item for item in checklist.items if not item.applies]
        parts: list[tuple[str, str]] = [(f"{len(checklist.items) - len(out)} items to look at", "bold $primary")]
        if out:
            parts.append((f" · {len(out)} fall away, because nobody of the group is held here", "$quiet"))
        total.update(Content.assemble(*parts))

    # -- what was typed

    def _text(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()

    def _chosen(self, name: str) -> str:
        return self.query_one(f"#{name}", Choice).value

    def _number(self, name: str, what: str) -> int | None:
        typed = self._text(name)
        if not typed:
            return None
        try:
            return int(typed)
        except ValueError:
            raise BadInputError(f"{what} “{typed[:20]}” is no whole number: type digits, or leave it empty.") from None

    def _facility(self) -> Facility:
        return Facility(
            self._text("name"),
            self._text("place"),
            self._text("country"),
            self._text("authority"),
            self._number("capacity", "The capacity"),
            self._profile(),
        )

    def _dates(self) -> tuple[str, str]:
        starts = parse_day(self._text("starts"), "The first day").isoformat()
        ends = parse_day(self._text("ends"), "The last day").isoformat() if self._text("ends") else starts
        VisitPlan(Facility("any"), VisitKind.FULL, starts, ends)
        return starts, ends

    def _profile(self) -> Profile:
        held = {group: self._number(f"held-{group.value}", f"The number of {group.label}") for group in Group}
        return Profile({group: number for group, number in held.items() if number is not None})

    def _people(self) -> Team:
        members = []
        for seat in range(_SEATS):
            name = self._text(f"name-{seat}")
            if name:
                woman = {"yes": True, "no": False}.get(self._chosen(f"woman-{seat}"))
                members.append(
                    Member(name, Role(self._chosen(f"role-{seat}")), woman, self._text(f"profession-{seat}"))
                )
        return Team(tuple(members), self._text("remark"))

    def _plan_scope(self) -> Scope:
        themes = tuple(str(theme) for theme in self.query_one("#themes", SelectionList).selected)
        if not themes:
            raise BadInputError("No theme is ticked: tick at least one.")
        order = [bank.theme for bank in self._banks]
        return Scope(themes=tuple(sorted(themes, key=order.index)))

    async def _plan(self) -> None:
        facility, team, scope = self._facility(), self._people(), self._plan_scope()
        starts, ends = self._dates()
        kind = VisitKind(self._chosen("kind"))
        announced = self._chosen("announced") == "yes"
        purpose = self._text("purpose")

        def act(casebook: Casebook) -> str:
            known = existing_or_new(casebook, facility)
            return plan_visit(casebook, VisitPlan(known, kind, starts, ends, announced, purpose), team, scope)

        self.dismiss(await desk(self).ask(act))

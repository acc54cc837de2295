"""Planning a visit, or changing one, in four steps: where and when, who is held, who inspects, what is looked at."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Input, SelectionList, Static
from textual.widgets.selection_list import Selection

from inspect_kit.analysis import left_open, self_check
from inspect_kit.casebook import Casebook
from inspect_kit.checklist import minutes
from inspect_kit.errors import BadInputError, InspectKitError
from inspect_kit.language import _, day, days, ngettext
from inspect_kit.model import (
    Facility,
    Group,
    Member,
    Profile,
    Role,
    Scope,
    Team,
    VisitKind,
    VisitOverview,
    VisitPlan,
    VisitRecord,
    parse_day,
)
from inspect_kit.tui.desk import desk
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.drafting import Drafting
from inspect_kit.tui.widgets.form import Row, line
from inspect_kit.tui.widgets.lines import Head, KeysLine
from inspect_kit.tui.widgets.ticks import Ticks
from inspect_kit.work.languages import told_of_language
from inspect_kit.work.planning import banks_in, change_visit, checklist_for, existing_or_new, language_for, plan_visit

_PARTS = (("themes", _("themes")), ("rules", _("rules")), ("open", _("what the earlier visit left open")))
_STEPS = ("where", "held", "team", "scope")
_TITLES = (_("Where and when"), _("Who is held"), _("Who inspects"), _("What is looked at"))
_SEATS = 6


class Themes(Ticks):
    """The themes to tick; ``a`` ticks all or none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "all_or_none", _("tick all themes, or none"), id="themes.all"),
    ]

    def action_all_or_none(self) -> None:
        """Tick all where one is not, otherwise none."""
        if len(self.selected) < self.option_count:
            self.select_all()
        else:
            self.deselect_all()


class Plan(Drafting[str]):
    """Collects the plan and hands it to the casebook at the end; going back loses nothing, and leaving neither.

    Args:
        visit: the visit that is changed; None plans a new one.
    """

    DEFAULT_CSS = """
    Plan #steps { height: 1; padding: 0 1; margin: 1 0; text-wrap: nowrap; text-overflow: ellipsis; }
    Plan ContentSwitcher { height: 1fr; padding: 0 1; }
    Plan VerticalScroll { height: 1fr; }
    Plan .words { color: $quiet; margin: 0 0 1 0; height: auto; }
    Plan Row > .label { width: 18; }
    Plan #held Row { height: 1; }
    Plan .seat { grid-size: 4; grid-columns: 2fr 3fr 2fr 2fr; height: 1; grid-gutter: 0 1; }
    Plan .seat-head { color: $quiet; }
    Plan #verdict { height: auto; margin: 1 0; }
    Plan #scope { padding: 0; }
    Plan Themes { height: 1fr; background: $background; }
    Plan #total { height: auto; margin: 1 0 0 0; }
    Plan .away { display: none; }
    Plan #draft { height: auto; color: $quiet; padding: 0 1; display: none; }
    Plan #problem { height: auto; color: $urgent; text-style: bold; padding: 0 1; display: none; }
    Plan #problem.shown { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+s",
            "forward",
            _("next step; after the last one, plan the visit"),
            id="plan.forward",
            priority=True,
        ),
        Binding("ctrl+t", "throw_away", _("throw away what is typed and not kept"), id="plan.throw-away"),
        Binding("escape", "back", _("step back"), id="plan.back"),
    ]
    LEGEND = _("enter  next field      ← →  choose      space  tick a theme      a  all themes, or none")

    def __init__(self, visit: VisitRecord | None = None) -> None:
        super().__init__()
        self._visit = visit
        self._earlier: list[VisitOverview] = []
        self._open: tuple[str, ...] = ()
        self._known: dict[str, Facility] = {}
        self._banks = banks_in(language_for("", visit.checklist if visit else None))

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
            with Vertical(id="scope"):
                yield from self._scope()
        yield Static(id="draft", markup=False)
        yield Static(id="problem", markup=False)
        yield KeysLine(
            (
                ("enter", _("next field")),
                ("← →", _("choose")),
                ("ctrl+s", _("next step")),
                ("esc", _("back")),
                ("F1", _("keys")),
            )
        )

    def _where(self) -> Iterable[Widget]:
        today = date.today().isoformat()
        yield Static(
            _("A facility that you have visited fills in the rest when its name is the same."), classes="words"
        )
        yield Row(_("Facility"), line("", _("its name, as people call it"), id="name"))
        yield Row(_("Town or region"), line("", _("may stay empty"), id="place"))
        yield Row(_("Country"), line("", _("may stay empty"), id="country"))
        yield Row(_("Run by"), line("", _("authority or company; may stay empty"), id="authority"))
        yield Row(_("Official capacity"), line("", _("number of places; may stay empty"), id="capacity"))
        yield Static("")
        yield Row(_("Kind of visit"), Choice([(kind.value, kind.short) for kind in VisitKind], id="kind"))
        yield Row(
            _("Follows up"), Choice([("", _("no earlier visit to this facility"))], id="earlier"), id="earlier-row"
        )
        yield Row(_("First day"), line(day(today), _("such as 4 Nov 2026"), id="starts"))
        yield Row(_("Last day"), line("", _("empty: the same day"), id="ends"))
        yield Row(_("Announced"), Choice([("no", _("no")), ("yes", _("yes"))], id="announced"))
        yield Row(_("Purpose"), line("", _("in a sentence; may stay empty"), id="purpose"))

    def _held(self) -> Iterable[Widget]:
        yield Static(
            _(
                "Items that concern nobody held here fall away, with the reason. Empty: not known, the items stay.\n"
                "0: nobody is held. The numbers also tell which interviewees could be recognised."
            ),
            classes="words",
        )
        for group in Group:
            yield Row(
                group.label.capitalize(),
                Input(id=f"held-{group.value}", compact=True, max_length=7, placeholder=_("not known")),
            )

    def _team(self) -> Iterable[Widget]:
        yield Static(
            _("Rule 25(3) asks inspecting bodies to include women. This is checked as you type."),
            classes="words",
        )
        with_roles = [(role.value, role.label) for role in Role]
        gender = [("yes", _("a woman")), ("no", _("not a woman")), ("", _("not stated"))]
        head = [Static(title, classes="seat-head") for title in (_("Role"), _("Name"), "", _("Profession"))]
        yield Grid(*head, classes="seat")
        for seat in range(_SEATS):
            role = Role.LEADER if seat == 0 else Role.INSPECTOR
            yield Grid(
                Choice(with_roles, role.value, id=f"role-{seat}"),
                line("", _("name") if seat else _("the leader's name"), id=f"name-{seat}"),
                Choice(gender, "", id=f"woman-{seat}"),
                line("", _("may stay empty"), id=f"profession-{seat}"),
                classes="seat",
            )
        yield Static(id="verdict")
        yield Row(_("Remark"), line("", _("on the team, such as why no woman could come"), id="remark"))

    def _scope(self) -> Iterable[Widget]:
        yield Row(_("Look at"), Choice(_PARTS, id="part"))
        yield Row(_("Rules"), line("", _("such as 5, 19-21, 24"), id="rules"), id="rules-row")
        hint = _("one inspector's; the gravest items first; empty: no limit")
        yield Row(_("Time in hours"), line("", hint, id="hours"))
        yield Themes(
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

        widest = max(cell_len(group.label) for group in Group)
        for label in self.query("#held .label"):
            label.styles.width = widest + 2  # each on one line, so that all groups fit on a small screen
        app = desk(self)
        facilities = await app.attempt(lambda casebook: casebook.facilities()) or []
        self._earlier = await app.attempt(lambda casebook: casebook.visits()) or []
        self._known = {facility.name: facility for facility in facilities}
        self.query_one("#name", Input).suggester = SuggestFromList(list(self._known), case_sensitive=False)
        with self.prevent(Input.Changed, Choice.Changed, SelectionList.SelectedChanged):  # or one fills in another
            if self._visit:
                await self._fill_in_visit(self._visit)
            else:
                me = await app.attempt(lambda casebook: casebook.author_name()) or ""
                self.query_one("#name-0", Input).value = me
                self._offer_earlier()
            self.begin_draft()
        self._show_step()
        self._focus_first()

    @property
    def draft_key(self) -> str:
        """One draft for each visit, and one for a new one."""
        return f"plan {self._visit.id if self._visit else 'new'}"

    def put_back(self, values: Mapping[str, str]) -> None:
        """All fields as they were; the earlier visits that are offered depend on the facility."""
        with self.prevent(Input.Changed, Choice.Changed, SelectionList.SelectedChanged):
            super().put_back(values)
            self._offer_earlier()
            self.query_one("#earlier", Choice).choose(values.get("earlier", ""))
        self._judge_team()
        self._add_up()

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
        doing = _("Change the visit") if self._visit else _("Plan a visit")
        # Translators: in the place of the facility's name, as long as it has none.
        name = self._text("name") or _("new")
        head.left = f"{doing} · {name}"
        head.right = _("step {step} of {steps}", step=here + 1, steps=len(_STEPS))
        self.query_one("#problem").remove_class("shown")
        last = _("change this visit") if self._visit else _("plan this visit")
        forward = ("ctrl+s", _("next step") if here < 3 else last)
        move = (("enter", _("next field")), ("← →", _("choose")))
        # Translators: a key: mark a theme, or take the mark off.
        tick = (("space", _("tick")), ("a", _("all, none")))
        self.query_one(KeysLine).keys = (*(tick if here == 3 else move), forward, ("esc", _("back")), ("F1", _("keys")))
        self._judge_team()
        self._add_up()

    async def action_forward(self) -> None:
        """Check this step and go on, or plan the visit after the last one."""
        here = self._step
        try:
            (self._facility, self._profile, self._people, self._plan_scope)[here]()
            if here == 0:
                self._dates()
                await self._ask_what_is_open()
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
        else:
            self.dismiss(None)

    def _focus_first(self) -> None:
        step = self.query_one(f"#{_STEPS[self._step]}")
        wanted = "#name-0" if self._step == 2 else "Input, Choice, Themes"
        step.query(wanted).first().focus()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter moves on; in a step's last field, to the next step."""
        event.stop()
        fields = [w for w in self.query_one(f"#{_STEPS[self._step]}").query("Input, Choice, Themes") if w.display]
        if fields and event.input is fields[-1]:
            await self.action_forward()
        else:
            self.focus_next()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Follow what is typed: a known facility fills in its details, a team is judged."""
        name = event.input.id or ""
        if name == "name" and event.value in self._known and not self._visit:
            self._fill_in(self._known[event.value])
        if name == "name":
            self._offer_earlier()
        if name.startswith(("name-", "profession-")):
            self._judge_team()
        if name in ("rules", "hours"):
            self._add_up()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """A kind of visit, a role, a woman's seat or a part of the checklist was chosen."""
        name = event.choice.id or ""
        if name.startswith(("role-", "woman-")):
            self._judge_team()
        elif name == "kind":
            self._offer_earlier()
            self.query_one("#part", Choice).value = "open" if event.choice.value == "follow-up" else "themes"
        elif name == "part":
            self._add_up()

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

    def _offer_earlier(self) -> None:
        """Offer the visits to this facility that can be followed up."""
        same = [
            visit
            for visit in self._earlier
            if visit.facility == self._text("name") and not (self._visit and visit.id == self._visit.id)
        ]
        choice = self.query_one("#earlier", Choice)
        choice.offer(
            [(visit.id, f"{visit.kind.short}, {days(visit.starts, visit.ends)}") for visit in same]
            or [("", _("no earlier visit to this facility"))]
        )
        self.query_one("#earlier-row").set_class(self._chosen("kind") != VisitKind.FOLLOW_UP, "away")

    async def _ask_what_is_open(self) -> None:
        """Find out what the visit that is followed up left open."""
        earlier = self._follow_up()
        self._open = ()
        if self._chosen("kind") == VisitKind.FOLLOW_UP:
            if not earlier:
                raise BadInputError(
                    _("This casebook holds no earlier visit to that facility: check its name, or choose another kind.")
                )
            record = await desk(self).ask(lambda casebook: casebook.visit(earlier))
            self._open = left_open(record)
            if not self._open and self._chosen("part") == "open":
                self.query_one("#part", Choice).value = "themes"

    async def _fill_in_visit(self, visit: VisitRecord) -> None:
        """Show a visit's plan, team and scope, to be changed."""
        plan, scope = visit.plan, visit.checklist.scope
        self.query_one("#name", Input).value = plan.facility.name
        self._fill_in(plan.facility)
        self.query_one("#kind", Choice).value = plan.kind.value
        self._offer_earlier()
        if plan.follow_up:
            self.query_one("#earlier", Choice).choose(plan.follow_up)
        self.query_one("#starts", Input).value = day(plan.starts)
        self.query_one("#ends", Input).value = day(plan.ends) if plan.ends != plan.starts else ""
        self.query_one("#announced", Choice).value = "yes" if plan.announced else "no"
        self.query_one("#purpose", Input).value = plan.purpose
        for seat, member in enumerate(visit.team.members[:_SEATS]):
            self.query_one(f"#name-{seat}", Input).value = member.name
            self.query_one(f"#role-{seat}", Choice).value = member.role.value
            self.query_one(f"#woman-{seat}", Choice).value = {True: "yes", False: "no", None: ""}[member.woman]
            self.query_one(f"#profession-{seat}", Input).value = member.profession
        self.query_one("#remark", Input).value = visit.team.remark
        if scope.items:
            await self._ask_what_is_open()
        self.query_one("#part", Choice).value = "open" if scope.items else "rules" if scope.rules else "themes"
        self.query_one("#rules", Input).value = ", ".join(map(str, scope.rules))
        self.query_one("#hours", Input).value = f"{scope.minutes / 60:g}" if scope.minutes else ""
        if scope.themes:
            themes = self.query_one(Themes)
            themes.deselect_all()
            for theme in scope.themes:
                themes.select(theme)

    def _judge_team(self) -> None:
        verdict = self.query_one("#verdict", Static)
        try:
            check = self_check(self._people())
        except BadInputError as problem:
            verdict.update(Content(str(problem)))
            return
        mark, style = ("✓ ", "bold $met") if check.passed else ("▲ ", "bold $urgent")
        # Translators: before a sentence that says whether women inspect.
        verdict.update(Content.assemble((mark, style), (_("Rule 25(3):"), style), " ", check.sentence))

    def _add_up(self) -> None:
        part = self._chosen("part")
        self.query_one("#themes").set_class(part != "themes", "away")
        self.query_one("#rules-row").set_class(part != "rules", "away")
        total = self.query_one("#total", Static)
        try:
            checklist = checklist_for(self._plan_scope(), self._profile(), self._visit)
        except InspectKitError as problem:
            total.update(Content(str(problem)))
            return
        applying = [item for item in checklist.items if item.applies]
        hours = round(sum(map(minutes, applying)) / 60)
        long = ngettext("roughly {count} hour of one inspector", "roughly {count} hours of one inspector", hours)
        parts: list[tuple[str, str]] = [
            (ngettext("{count} item to look at", "{count} items to look at", len(applying)), "bold $primary"),
            (" · ", "$quiet"),
            (long, "$quiet"),
        ]
        if away := len(checklist.items) - len(applying):
            told = ngettext(
                "{count} falls away, because nobody of the group is held here",
                "{count} fall away, because nobody of the group is held here",
                away,
            )
            parts.append((f"\n{told}", "$quiet"))
        if self._visit:
            parts += [("\n", ""), (_("Items that hold something stay, whatever is chosen."), "$quiet")]
        if told := told_of_language(checklist):
            parts.append((f"\n{told}", "$quiet"))
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
            raise BadInputError(
                # Translators: "The capacity “many” is no whole number".
                _("{what} “{typed}” is no whole number: type digits, or leave it empty.", what=what, typed=typed[:20])
            ) from None

    def _facility(self) -> Facility:
        return Facility(
            self._text("name"),
            self._text("place"),
            self._text("country"),
            self._text("authority"),
            self._number("capacity", _("The capacity")),
            self._profile(),
        )

    def _dates(self) -> tuple[str, str]:
        starts = parse_day(self._text("starts"), _("The first day")).isoformat()
        ends = parse_day(self._text("ends"), _("The last day")).isoformat() if self._text("ends") else starts
        VisitPlan(Facility("any"), VisitKind.FULL, starts, ends)
        return starts, ends

    def _profile(self) -> Profile:
        held = {
            # Translators: a group, such as "pregnant women" or "awaiting trial".
            group: self._number(f"held-{group.value}", _("The number of {group}", group=group.label))
            for group in Group
        }
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
        beyond = self._visit.team.members[_SEATS:] if self._visit else ()
        return Team((*members, *beyond), self._text("remark"))

    def _plan_scope(self) -> Scope:
        part = self._chosen("part")
        minutes = self._minutes()
        if part == "open":
            if not self._open:
                raise BadInputError(_("Nothing was left open: this is for a follow-up of a visit that left something."))
            return Scope(items=self._open, minutes=minutes)
        if part == "rules":
            return Scope(rules=_read_rules(self._text("rules")), minutes=minutes)
        themes = tuple(self.query_one(Themes).selected)
        if not themes:
            raise BadInputError(_("No theme is ticked: tick at least one; a ticks all."))
        if len(themes) == len(self._banks):
            return Scope(minutes=minutes)
        return Scope(themes=themes, minutes=minutes)

    def _minutes(self) -> int:
        typed = self._text("hours").replace(",", ".")
        if not typed:
            return 0
        try:
            minutes = round(float(typed) * 60)
        except (ValueError, OverflowError):
            minutes = 0
        if minutes < 1:
            raise BadInputError(
                _("The time “{typed}” is no number of hours: type 4 or 2.5, or leave it empty.", typed=typed[:20])
            )
        return minutes

    def _follow_up(self) -> str:
        return self._chosen("earlier") if self._chosen("kind") == VisitKind.FOLLOW_UP else ""

    async def _plan(self) -> None:
        facility, team, scope = self._facility(), self._people(), self._plan_scope()
        starts, ends = self._dates()
        plan = VisitPlan(
            facility,
            VisitKind(self._chosen("kind")),
            starts,
            ends,
            self._chosen("announced") == "yes",
            self._text("purpose"),
            self._follow_up(),
        )
        visit = self._visit

        def act(casebook: Casebook) -> str:
            if visit:
                here = replace(plan, facility=replace(facility, id=visit.plan.facility.id))
                change_visit(casebook, visit.id, plan=here, team=team, scope=scope)
                return visit.id
            return plan_visit(casebook, replace(plan, facility=existing_or_new(casebook, facility)), team, scope)

        self.dismiss(await desk(self).keep(self.draft_key, act))


def _read_rules(text: str) -> tuple[int, ...]:
    """Read ``5, 19-21, 24``."""
    rules: list[int] = []
    for part in text.replace(";", ",").replace("–", "-").split(","):
        first, dash, last = (piece.strip() for piece in part.partition("-"))
        if not (first.isdecimal() and (last.isdecimal() if dash else True)) or len(part) > 12:
            raise BadInputError(_("“{typed}” is no rule: type numbers such as 5, 19-21, 24.", typed=part.strip()[:20]))
        rules += range(int(first), int(last or first) + 1) if int(last or first) < 1000 else [int(first)]
    return tuple(dict.fromkeys(rules))

"""Two views of one thing: who holds which, side by side; one is taken, or what the team holds is written."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from inspect_kit.casebook import Casebook
from inspect_kit.errors import BadInputError
from inspect_kit.language import _, days
from inspect_kit.model import Assessment, Conflict, Side, VisitRecord
from inspect_kit.tui import words
from inspect_kit.tui.desk import desk
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.form import FormScreen, Row, line, text
from inspect_kit.tui.widgets.lines import Head, KeysLine
from inspect_kit.work import differing

_LETTERS = "abcdefgh"


class Differ(Screen[None]):
    """Shows a visit's conflicts one after another, and settles them.

    Args:
        visit: the visit's record.
        subject: what to begin with, such as ``finding:hygiene.showers``; None begins with the first.
    """

    DEFAULT_CSS = """
    Differ #about { height: auto; padding: 0 1; }
    Differ #sides { height: 1fr; }
    Differ .side { width: 1fr; padding: 0 1; border-left: solid $border-blurred; }
    Differ .side:focus { border-left: solid $primary; }
    Differ #none { height: 1fr; padding: 1 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(letter, f"take({number})", _("take this side"), id=f"differ.take-{letter}", show=number < 2)
            for number, letter in enumerate(_LETTERS)
        ),
        Binding("w", "write", _("write what the team holds"), id="differ.write"),
        Binding("right_square_bracket,n", "step(1)", _("next"), id="differ.next"),
        Binding("left_square_bracket,p", "step(-1)", _("previous"), id="differ.previous"),
        Binding("escape", "back", _("back"), id="differ.back"),
    ]
    LEGEND = _("tab  the next side      ↑ ↓  scroll it\nWhat is not taken stays in the journal.")

    def __init__(self, visit: VisitRecord, subject: str | None = None) -> None:
        super().__init__()
        self.visit = visit
        self._conflicts = differing.in_order(visit)
        places = [place for place, found in enumerate(self._conflicts) if found.subject == subject]
        self._place = places[0] if places else 0

    def compose(self) -> ComposeResult:
        """Head, what it is about, the sides, keys."""
        yield Head()
        yield Static(id="about", markup=False)
        yield Horizontal(id="sides")
        yield KeysLine()

    async def on_mount(self) -> None:
        """Begin."""
        await self._show()

    @property
    def conflict(self) -> Conflict | None:
        """The conflict that is shown; None when all are settled."""
        return self._conflicts[self._place] if self._conflicts else None

    async def _show(self) -> None:
        head = self.query_one(Head)
        head.left = f"{self.visit.plan.facility.name} · {days(self.visit.plan.starts, self.visit.plan.ends)}"
        about, sides = self.query_one("#about", Static), self.query_one("#sides", Horizontal)
        await sides.remove_children()
        conflict = self.conflict
        if conflict is None:
            head.right = _("nobody differs")
            about.update("")
            await sides.mount(Static(_("Everything is settled: nobody differs on anything in this visit."), id="none"))
            self.query_one(KeysLine).keys = (("esc", _("back")),)
            return
        head.right = _("{place} of {count}", place=self._place + 1, count=len(self._conflicts))
        part = differing.aspect(conflict)
        about.update(
            Content.assemble(
                (f"≠ {differing.title(conflict, self.visit)}", "bold $urgent"),
                (f" · {part}" if part else "", "$quiet"),
                f"\n{asked}" if (asked := differing.question(conflict, self.visit)) else "",
            )
        )
        await sides.mount(*(_Side(letter, side) for letter, side in zip(_LETTERS, conflict.sides, strict=False)))
        sides.children[0].focus()
        takes = tuple(
            (letter, _("take {side}", side=letter.upper()))
            for letter, _side in zip(_LETTERS, conflict.sides, strict=False)
        )
        third = (("w", _("write a third")),) if conflict.aspect == "judgement" else ()
        step = (("[ ]", _("other")),) if len(self._conflicts) > 1 else ()
        self.query_one(KeysLine).keys = (*takes, *third, *step, ("?", _("keys")), ("esc", _("later")))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what there is can be taken, and only a judgement written anew here."""
        conflict = self.conflict
        if action == "take":
            return conflict is not None and int(str(parameters[0])) < len(conflict.sides)
        if action == "write":
            return conflict is not None and conflict.aspect == "judgement"
        return super().check_action(action, parameters)

    async def action_take(self, number: int) -> None:
        """Take one side; the others stay in the journal."""
        conflict = self.conflict
        if conflict is None:
            return
        side, visit = conflict.sides[number], self.visit.id

        def work(casebook: Casebook) -> bool:
            casebook.settle(visit, conflict.subject, side.entry)
            return True

        if await desk(self).attempt(work):
            told = _("Settled: {author}'s view stands now. The others stay in the journal.", author=side.author)
            self.notify(told, timeout=5, markup=False)
            await self._read_again()

    async def action_write(self) -> None:
        """Write what the team holds in place of all sides."""
        conflict = self.conflict
        if conflict is None:
            return

        async def written(done: bool | None) -> None:
            if done:
                await self._read_again()

        await self.app.push_screen(Third(self.visit, conflict), written)

    async def action_step(self, by: int) -> None:
        """Show the next or previous conflict."""
        if self._conflicts:
            self._place = (self._place + by) % len(self._conflicts)
            await self._show()

    def action_back(self) -> None:
        """Leave the rest for later."""
        self.dismiss(None)

    async def _read_again(self) -> None:
        visit = self.visit.id
        record = await desk(self).attempt(lambda casebook: casebook.visit(visit))
        if record is not None:
            self.visit = record
            self._conflicts = differing.in_order(record)
            self._place = min(self._place, max(0, len(self._conflicts) - 1))
            await self._show()


async def settle(
    screen: Screen[None], visit: str, done: Callable[[None], Awaitable[None]] | None = None, subject: str | None = None
) -> None:
    """Show what people differ on in a visit, or say that nobody does.

    Args:
        screen: the screen from which this is asked.
        visit: the visit's id.
        done: is awaited when it is left, so that the screen reads its record again.
        subject: what to begin with.
    """
    record = await desk(screen).attempt(lambda casebook: casebook.visit(visit))
    if record and record.conflicts:
        await screen.app.push_screen(Differ(record, subject), done)
    elif record:
        screen.notify(_("Nobody differs on anything in this visit."), timeout=4)


class _Side(VerticalScroll, can_focus=True):
    """One side: whose it is, since when, and what it says."""

    def __init__(self, letter: str, side: Side) -> None:
        super().__init__(Static(_told(letter, side), markup=False), classes="side")


def _told(letter: str, side: Side) -> Content:
    parts: list[tuple[str, str] | str] = [
        (f"{letter.upper()}  {side.author}", "bold $primary"),
        (f" · {words.moment(side.stamp)}\n", "$quiet"),
    ]
    if head := differing.headline(side):
        parts += [(head, "bold"), "\n"]
    for label, said in differing.texts(side):
        parts += ["\n", (label, "$quiet"), f"\n{said}\n"]
    return Content.assemble(*parts)


class Third(FormScreen[bool]):
    """What the team holds, in place of what its members held apart.

    Args:
        visit: the visit's record.
        conflict: about a judgement.
    """

    HEADING = _("What the team holds")
    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (
        ("← →", _("choose")),
        ("tab", _("next field")),
        ("ctrl+s", _("keep")),
        ("esc", _("back")),
    )

    def __init__(self, visit: VisitRecord, conflict: Conflict) -> None:
        super().__init__()
        self._visit = visit
        self._conflict = conflict

    @property
    def draft_key(self) -> str:
        """One draft a conflict."""
        return f"third {self._visit.id} {self._item}"

    @property
    def _item(self) -> str:
        return self._conflict.subject.partition(":")[2]

    def fields(self) -> Iterable[Widget]:
        """The question; assessment, reason and note, which begins with everybody's words."""
        yield Static(differing.question(self._conflict, self._visit), classes="words", markup=False)
        levels = [(level.value, level.label) for level in Assessment]
        yield Row(_("Assessment"), Choice(levels, _first_assessment(self._conflict.sides), id="assessment"))
        yield Row(_("Reason"), line(_first_reason(self._conflict.sides), id="reason"), id="row-reason")
        yield Row(_("Note"), text(_together(self._conflict.sides), _("as it shall stand in the report"), id="note"))

    def on_mount(self) -> None:
        """Ask for a reason only where one is needed."""
        self._ask_reason()
        super().on_mount()

    def on_choice_changed(self) -> None:
        """Another assessment may need a reason."""
        self._ask_reason()

    def _ask_reason(self) -> None:
        self.query_one("#row-reason").display = self._assessment.needs_reason

    @property
    def _assessment(self) -> Assessment:
        return Assessment(self.query_one("#assessment", Choice).value)

    async def keep(self) -> None:
        """Record it: a judgement in place of all sides."""
        assessment, note, visit, item = self._assessment, self.typed("note"), self._visit.id, self._item
        reason = self.typed("reason") if assessment.needs_reason else ""
        if assessment.needs_reason and not reason.strip():
            raise BadInputError(
                # Translators: assessment is “not applicable” or “not verified”
                _("“{assessment}” needs a reason: say why, in a few words.", assessment=assessment.label)
            )
        seen = [side.entry for side in self._conflict.sides]
        await desk(self).keep(
            self.draft_key, lambda casebook: casebook.judge(visit, item, assessment, reason, note, seen=seen)
        )
        self.app.notify(_("Settled: what the team holds is recorded."), timeout=4, markup=False)
        self.dismiss(True)

    def action_back(self) -> None:
        """Leave it as it is; what was typed waits."""
        self.dismiss(False)


def _first_assessment(sides: Sequence[Side]) -> str | None:
    return next((str(side.value["assessment"]) for side in sides if side.value.get("assessment")), None)


def _first_reason(sides: Sequence[Side]) -> str:
    return next((str(side.value["reason"]) for side in sides if side.value.get("reason")), "")


def _together(sides: Sequence[Side]) -> str:
    """Everybody's notes, one after another, each once."""
    return "\n\n".join(dict.fromkeys(side.value["narrative"] for side in sides if side.value.get("narrative")))

"""Home: the visits of this casebook, and how far each has come."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Middle
from textual.content import Content
from textual.screen import Screen
from textual.widgets import DataTable, Static

from inspect_kit.model import VisitOverview
from inspect_kit.tui import words
from inspect_kit.tui.desk import desk
from inspect_kit.tui.keys import key_of
from inspect_kit.tui.widgets.lines import Head, KeysLine


class Home(Screen[None]):
    """The list of visits."""

    DEFAULT_CSS = """
    Home DataTable { height: 1fr; background: $background; }
    Home DataTable > .datatable--header { background: $background; color: $quiet; text-style: none; }
    Home DataTable > .datatable--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    Home #empty { height: 1fr; display: none; }
    Home #drafts { height: auto; max-height: 3; padding: 0 1; color: $quiet; display: none; }
    Home #empty Static { width: auto; }
    Home.nothing #empty { display: block; }
    Home.nothing DataTable { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "plan", "plan a new visit", id="home.plan"),
        Binding("enter", "open", "open the visit and inspect", id="home.open", priority=True),
        Binding("v", "summary", "view the visit's summary", id="home.summary"),
        Binding("o", "report", "write and sign the report", id="home.report"),
        Binding("i", "inbox", "inbox: sort the visit's quick notes", id="home.inbox"),
        Binding("x", "example", "load the example visit", id="home.example"),
        Binding("q", "app.quit", "leave", id="home.quit"),
    ]
    LEGEND = (
        "done: items judged, of those that apply · urgent: findings marked ▲\n"
        "views: things on which people hold different views"
    )

    def __init__(self) -> None:
        super().__init__()
        self._visits: list[VisitOverview] = []

    def compose(self) -> ComposeResult:
        """Head, table or invitation, keys."""
        yield Head()
        table: DataTable[Content] = DataTable(cursor_type="row", zebra_stripes=False)
        yield table
        with Middle(id="empty"), Center():
            yield Static(
                Content.assemble(
                    ("No visits yet.\n\n", "bold"),
                    (key_of(self, "home.plan", "n"), "bold $primary"),
                    "   plan your first visit: facility, team, themes\n",
                    (key_of(self, "home.example", "x"), "bold $primary"),
                    "   load an example visit and look around\n",
                    (key_of(self, "app.help", "?"), "bold $primary"),
                    "   keys, on every screen",
                )
            )
        yield Static(id="drafts", markup=False)
        yield KeysLine()

    async def on_screen_resume(self) -> None:
        """At first, and coming back from a visit: count again."""
        await self.fill()

    def on_resize(self) -> None:
        """Fit the columns to the new width."""
        self.call_after_refresh(self._lay_out)

    async def fill(self) -> None:
        """Read the visits and list them."""
        app = desk(self)
        found = await app.attempt(lambda casebook: (casebook.visits(), casebook.encrypted, casebook.path.name))
        if found is None:
            return
        self._visits, encrypted, name = found
        head = self.query_one(Head)
        head.left = f"inspect_kit · {name}"
        notes = sum(visit.jottings for visit in self._visits)
        waiting = f"{notes} quick note{'s' * (notes != 1)} to sort · " if notes else ""
        head.right = waiting + ("encrypted" if encrypted else "in clear: no passphrase")
        drafts = self.query_one("#drafts", Static)
        drafts.update(_not_kept(app.drafts, self._visits))
        drafts.display = bool(app.drafts)
        self._lay_out()

    def _lay_out(self) -> None:
        visits = self._visits
        table = self.query_one(DataTable)
        cursor = table.cursor_row
        table.clear(columns=True)
        wide = self.size.width >= 100
        disputed = any(visit.conflicts for visit in visits)
        room = max(14, self.size.width - (62 if wide else 48) - 7 * disputed)
        for label, width in (
            ("Facility", room),
            ("Days", 15),
            ("Kind", 10 if wide else None),
            ("State", 10),
            ("Done", 7 if not wide else 18),
            ("Urgent", 6),
            ("Views", 5 if disputed else None),
        ):
            if width:
                table.add_column(label, key=label, width=width)
        for visit in visits:
            cells = _cells(visit, wide=wide)
            table.add_row(*cells[: len(cells) if disputed else -1], key=visit.id)
        if visits:
            table.move_cursor(row=min(cursor, len(visits) - 1))
            table.focus()
        self.set_class(not visits, "nothing")
        keys: tuple[tuple[str, str], ...] = (("n", "new visit"), ("x", "example visit"), ("?", "keys"), ("q", "leave"))
        if visits:
            keys = (
                ("enter", "inspect"),
                ("v", "summary"),
                ("o", "report"),
                ("i", "inbox"),
                ("n", "new visit"),
                ("?", "keys"),
                ("q", "leave"),
            )
        self.query_one(KeysLine).keys = keys

    @property
    def visit(self) -> str | None:
        """The visit under the cursor."""
        table = self.query_one(DataTable)
        if not table.row_count:
            return None
        return table.coordinate_to_cell_key(table.cursor_coordinate).row_key.value

    async def action_open(self) -> None:
        """Inspect."""
        if self.visit:
            await desk(self).open_visit(self.visit)

    def on_data_table_row_selected(self) -> None:
        """A mouse click opens as Enter does."""
        self.run_worker(self.action_open())

    def action_plan(self) -> None:
        """Plan a visit, then inspect it."""
        from inspect_kit.tui.screens.plan import Plan

        async def opened(visit: str | None) -> None:
            if visit:
                await desk(self).open_visit(visit)

        self.app.push_screen(Plan(), opened)

    async def action_summary(self) -> None:
        """How far the visit has come."""
        from inspect_kit.tui.screens.summary import Summary

        visit = self.visit
        if visit:
            record = await desk(self).attempt(lambda casebook: casebook.visit(visit))
            if record:
                await self.app.push_screen(Summary(record))

    async def action_inbox(self) -> None:
        """Sort the visit's quick notes."""
        from inspect_kit.tui.screens.inbox import Inbox

        visit = self.visit
        if visit:
            record = await desk(self).attempt(lambda casebook: casebook.visit(visit))
            if record:
                await self.app.push_screen(Inbox(record))

    async def action_report(self) -> None:
        """Write the report."""
        from inspect_kit.tui.screens.report import Report

        visit = self.visit
        if visit:
            record = await desk(self).attempt(lambda casebook: casebook.visit(visit))
            if record:
                await self.app.push_screen(Report(record))

    async def action_example(self) -> None:
        """Load the sample visit, as ``sample load`` does."""
        from inspect_kit.work.demo import SAMPLE
        from inspect_kit.work.samples import load_sample

        self.notify("Loading the example visit …", timeout=2)
        if await desk(self).attempt(lambda casebook: load_sample(casebook, SAMPLE)):
            await self.fill()


def _not_kept(drafts: Iterable[str], visits: Iterable[VisitOverview]) -> Content:
    """Say which texts wait, and to which visits they belong."""
    waiting: dict[str, list[str]] = {}
    for key in drafts:
        form, visit, item, *_ = f"{key}  ".split(" ")
        form = {"jot": "quick note", "answer": f"answer of {item}"}.get(form, form)
        waiting.setdefault(visit, []).append(f"{form} on {item}" if "." in item else form)
    names = {visit.id: f"{visit.facility}, {words.days(visit.starts, visit.ends)}" for visit in visits}
    names["new"] = "a new visit"
    told = [f"{', '.join(texts)} ({names.get(visit, 'another visit')})" for visit, texts in waiting.items()]
    total = sum(map(len, waiting.values()))
    return Content.assemble(
        (f"{total} draft{'s are' if total != 1 else ' is'} not kept yet: ", "$partly"), "; ".join(told)
    )


def _cells(visit: VisitOverview, *, wide: bool) -> list[Content]:
    done = f"{visit.done}/{visit.items}"
    cells = [
        Content.assemble((visit.facility, "bold")),
        Content(words.days(visit.starts, visit.ends)),
        Content(visit.kind.value),
        Content(visit.state.value),
        Content.assemble((words.bar(visit.done, visit.items), "$primary"), f" {done}")
        if wide
        else Content(f"{done:>7}"),
        Content.assemble((f"▲ {visit.urgent}", "bold $urgent")) if visit.urgent else Content.assemble(("–", "$quiet")),
        Content.assemble((f"≠ {visit.conflicts}", "bold $urgent"))
        if visit.conflicts
        else Content.assemble(("–", "$quiet")),
    ]
    return cells if wide else cells[:2] + cells[3:]

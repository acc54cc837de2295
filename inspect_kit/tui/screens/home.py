"""Home: the visits of this casebook, and how far each has come."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Middle
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static
from textual.widgets.option_list import Option

from inspect_kit.language import _, days, ngettext
from inspect_kit.model import VisitOverview
from inspect_kit.tui import words
from inspect_kit.tui.desk import desk
from inspect_kit.tui.keys import key_of
from inspect_kit.tui.widgets.lines import Head, KeysLine
from inspect_kit.tui.widgets.listing import Listing

_BETWEEN = "  "
"""What stands between two columns."""


class Home(Screen[None]):
    """The list of visits."""

    DEFAULT_CSS = """
    Home #columns { height: 1; padding: 0 1; color: $quiet; }
    Home Listing { scrollbar-size-vertical: 1; text-wrap: nowrap; }
    Home #empty { height: 1fr; display: none; }
    Home #drafts { height: auto; max-height: 3; padding: 0 1; color: $quiet; display: none; }
    Home #empty Static { width: auto; }
    Home.nothing #empty { display: block; }
    Home.nothing #columns, Home.nothing Listing { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "plan", _("plan a new visit"), id="home.plan"),
        Binding("enter", "open", _("open the visit and inspect"), id="home.open", priority=True),
        Binding("v", "summary", _("view the visit's summary"), id="home.summary"),
        Binding("o", "report", _("write and sign the report"), id="home.report"),
        Binding("y", "verify", _("verify or countersign a file"), id="home.verify"),
        Binding("t", "trust", _("trust: whose keys this casebook trusts"), id="home.trust"),
        Binding("i", "inbox", _("inbox: sort the visit's quick notes"), id="home.inbox"),
        Binding("s", "sync", _("sync: take in a colleague's casebook"), id="home.sync"),
        Binding("g", "share", _("give: share this visit with colleagues"), id="home.share"),
        Binding("d", "differ", _("differ: settle what people hold different views on"), id="home.differ"),
        Binding("x", "example", _("load the example visit"), id="home.example"),
        Binding("q", "app.quit", _("leave"), id="home.quit"),
    ]
    LEGEND = _(
        "done: items judged, of those that apply · urgent: findings marked ▲\n"
        "views: things on which people hold different views"
    )

    def __init__(self) -> None:
        super().__init__()
        self._visits: list[VisitOverview] = []

    def compose(self) -> ComposeResult:
        """Head, visits or invitation, keys."""
        yield Head()
        yield Static(id="columns", markup=False)
        yield Listing(id="visits", markup=False)
        with Middle(id="empty"), Center():
            yield Static(
                Content.assemble(
                    (_("No visits yet."), "bold"),
                    "\n\n",
                    (key_of(self, "home.plan", "n"), "bold $primary"),
                    "   ",
                    _("plan your first visit: facility, team, themes"),
                    "\n",
                    (key_of(self, "home.example", "x"), "bold $primary"),
                    "   ",
                    _("load an example visit and look around"),
                    "\n",
                    (key_of(self, "home.sync", "s"), "bold $primary"),
                    "   ",
                    _("sync: take in a visit that a colleague shared"),
                    "\n",
                    (key_of(self, "app.help", "?"), "bold $primary"),
                    "   ",
                    _("keys, on every screen"),
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
        safe = _("encrypted") if encrypted else _("in clear: no passphrase")
        waiting = ngettext("{count} quick note to sort", "{count} quick notes to sort", notes)
        head.right = f"{waiting} · {safe}" if notes else safe
        drafts = self.query_one("#drafts", Static)
        drafts.update(_not_kept(app.drafts, self._visits))
        drafts.display = bool(app.drafts)
        self._lay_out()

    def _lay_out(self) -> None:
        visits = self._visits
        listing = self.query_one(Listing)
        at = listing.highlighted or 0
        wide = self.size.width >= 100
        disputed = any(visit.conflicts for visit in visits)
        columns = {
            "facility": (_("Facility"), 24),
            "days": (_("Days"), 15),
            "kind": (_("Kind"), 10),
            "state": (_("State"), 10),
            "done": (_("Done"), 18 if wide else 7),
            "urgent": (_("Urgent"), 6),
            # Translators: how many things people hold different views on.
            "views": (_("Views"), 5),
        }
        if not wide:
            del columns["kind"]
        if not disputed:
            del columns["views"]
        rows = {visit.id: _cells(visit, wide=wide) for visit in visits}
        widths = {
            name: max(least, cell_len(label), *(cells[name].cell_length for cells in rows.values()))
            for name, (label, least) in columns.items()
        }
        free = self.size.width - listing.styles.padding.width - listing.styles.scrollbar_size_vertical
        others = sum(cell_len(_BETWEEN) + width for name, width in widths.items() if name != "facility")
        widths["facility"] = min(widths["facility"], max(14, free - others))

        def row(cells: Mapping[str, Content]) -> Content:
            fitted = (cells[name].truncate(width, ellipsis=True, pad=True) for name, width in widths.items())
            return Content(_BETWEEN).join(fitted)

        self.query_one("#columns", Static).update(
            row({name: Content(label) for name, (label, _least) in columns.items()})
        )
        listing.clear_options()
        listing.add_options(Option(row(cells), id=visit) for visit, cells in rows.items())
        if visits:
            listing.highlighted = min(at, len(visits) - 1)
            listing.focus()
        self.set_class(not visits, "nothing")
        keys: tuple[tuple[str, str], ...] = (
            ("n", _("new visit")),
            ("x", _("example visit")),
            ("s", _("sync")),
            ("?", _("keys")),
            ("q", _("leave")),
        )
        if visits:
            keys = (
                ("enter", _("inspect")),
                ("v", _("summary")),
                ("o", _("report")),
                # Translators: a key: take in a colleague's casebook; as short as can be.
                ("s", _("sync")),
                # Translators: a key: share a visit with colleagues; as short as can be.
                ("g", _("give")),
                # Translators: a key: settle what people hold different views on; as short as can be.
                *((("d", _("differ")),) if disputed else ()),
                *((("i", _("inbox")),) if any(visit.jottings for visit in visits) else ()),
                ("y", _("verify")),
                ("t", _("trust")),
                ("n", _("new visit")),
                ("?", _("keys")),
                ("q", _("leave")),
            )
        self.query_one(KeysLine).keys = keys

    @property
    def visit(self) -> str | None:
        """The visit in hand."""
        option = self.query_one(Listing).highlighted_option
        return option.id if option else None

    async def action_open(self) -> None:
        """Inspect."""
        if self.visit:
            await desk(self).open_visit(self.visit)

    def on_option_list_option_selected(self) -> None:
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

    def action_sync(self) -> None:
        """Take in what other casebooks have; the list is counted again on the way back."""
        from inspect_kit.tui.screens.exchange import Sync

        self.app.push_screen(Sync())

    async def action_share(self) -> None:
        """Share the visit with colleagues."""
        from inspect_kit.tui.screens.exchange import Share

        visit = self.visit
        if visit:
            record = await desk(self).attempt(lambda casebook: casebook.visit(visit))
            if record:
                await self.app.push_screen(Share(record))

    async def action_differ(self) -> None:
        """Settle what people differ on in the visit."""
        from inspect_kit.tui.screens.differ import settle

        if self.visit:
            await settle(self, self.visit)

    def action_verify(self) -> None:
        """Check a report or casebook, or countersign."""
        from inspect_kit.tui.screens.verify import Verify

        self.app.push_screen(Verify())

    def action_trust(self) -> None:
        """Whose keys this casebook trusts."""
        from inspect_kit.tui.screens.trust import Trust

        self.app.push_screen(Trust())

    async def action_example(self) -> None:
        """Load the sample visit, as ``sample load`` does."""
        from inspect_kit.work.demo import SAMPLE
        from inspect_kit.work.samples import load_sample

        self.notify(_("Loading the example visit …"), timeout=2)
        if await desk(self).attempt(lambda casebook: load_sample(casebook, SAMPLE)):
            await self.fill()


def _not_kept(drafts: Iterable[str], visits: Iterable[VisitOverview]) -> Content:
    """Say which texts wait, and to which visits they belong."""
    waiting: dict[str, list[str]] = {}
    for key in drafts:
        form, visit, item, *_rest = f"{key}  ".split(" ")
        said = _("answer of {code}", code=item) if form == "answer" else words.DRAFTED.get(form, form)
        # Translators: a text that somebody has begun, and the name of the item it is about: "note on hygiene.showers".
        waiting.setdefault(visit, []).append(_("{text} on {item}", text=said, item=item) if "." in item else said)
    names = {visit.id: f"{visit.facility}, {days(visit.starts, visit.ends)}" for visit in visits}
    names["new"] = _("a new visit")
    another = _("another visit")
    told = [f"{', '.join(texts)} ({names.get(visit, another)})" for visit, texts in waiting.items()]
    total = sum(map(len, waiting.values()))
    drafts_wait = ngettext("{count} draft is not kept yet:", "{count} drafts are not kept yet:", total)
    return Content.assemble((drafts_wait, "$partly"), " ", "; ".join(told))


def _cells(visit: VisitOverview, *, wide: bool) -> dict[str, Content]:
    done = f"{visit.done}/{visit.items}"
    none = Content.styled("–", "$quiet")
    return {
        "facility": Content.styled(visit.facility, "bold"),
        "days": Content(days(visit.starts, visit.ends)),
        "kind": Content(visit.kind.short),
        "state": Content(visit.state.label),
        "done": Content.assemble((words.bar(visit.done, visit.items), "$primary"), f" {done}")
        if wide
        else Content(f"{done:>7}"),
        "urgent": Content.styled(f"▲ {visit.urgent}", "bold $urgent") if visit.urgent else none,
        "views": Content.styled(f"≠ {visit.conflicts}", "bold $urgent") if visit.conflicts else none,
    }

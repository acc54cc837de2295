"""What the authority says of a report: the table out and in, and the team's decision on each comment."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from inspect_kit.casebook import Casebook
from inspect_kit.language import _, ngettext
from inspect_kit.model import Response, VisitRecord
from inspect_kit.tui.desk import desk
from inspect_kit.tui.places import free, named, new_file
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.form import FormScreen, Row, line
from inspect_kit.tui.widgets.lines import Head, KeysLine
from inspect_kit.tui.widgets.listing import Listing


class Comments(Screen[None]):
    """Lists the comments, and leads to a decision on each.

    Args:
        visit: the visit's record.
    """

    DEFAULT_CSS = """
    Comments #none { height: 1fr; padding: 1 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "decide", _("accept or refuse the comment, with a reason"), id="comments.decide"),
        Binding("w", "write", _("write the table for the authority"), id="comments.write"),
        Binding("t", "take", _("take in the table that came back"), id="comments.take"),
        Binding("escape", "back", _("back"), id="comments.back"),
    ]

    def __init__(self, visit: VisitRecord) -> None:
        super().__init__()
        self.visit = visit
        self._responses: Sequence[Response] = ()

    def compose(self) -> ComposeResult:
        """Head, comments, keys."""
        yield Head()
        yield Listing(id="comments", markup=False)
        with VerticalScroll(id="none", can_focus=False):
            yield Static(
                _(
                    "No comments yet. Send the table with the signed authority edition; when it comes back, take it"
                    " in here: each comment stands under its finding, and you accept or refuse it with a reason."
                ),
                markup=False,
            )
        yield KeysLine(
            (
                ("enter", _("decide")),
                ("w", _("write the table")),
                ("t", _("take it in")),
                ("?", _("keys")),
                ("esc", _("back")),
            )
        )

    async def on_screen_resume(self) -> None:
        """At first, and coming back from a form."""
        visit = self.visit.id
        found = await desk(self).attempt(lambda casebook: casebook.responses(visit))
        if found is None:
            return
        self._responses = found
        head = self.query_one(Head)
        head.left = _("Comments of the authority · {facility}", facility=self.visit.plan.facility.name)
        left = sum(one.accepted is None for one in found)
        head.right = ngettext("{count} to decide", "{count} to decide", left)
        listing = self.query_one(Listing)
        at = listing.highlighted or 0
        listing.clear_options()
        for one in found:
            listing.add_option(Option(Content.assemble(*self._lines(one)), id=one.id))
        listing.display = bool(found)
        self.query_one("#none").display = not found
        if found:
            listing.highlighted = min(at, len(found) - 1)
            listing.focus()

    def _lines(self, one: Response) -> list[tuple[str, str]]:
        item = next((found for found in self.visit.checklist.items if found.id == one.comment.item), None)
        where = _("Recommendation {number}", number=one.comment.recommendation)
        if one.comment.item:
            title = self.visit.checklist.title
            where = f"{title(item.theme)} {item.number} · {item.short}" if item else one.comment.item
        facts = {"yes": _("the facts are right"), "no": _("the facts are not right")}.get(one.comment.accurate, "")
        state, style = _("to decide"), "bold $partly"
        if one.accepted is not None:
            state, style = (_("✓ accepted"), "$met") if one.accepted else (_("✗ refused"), "$quiet")
        said = [(f"{where}  ", "bold"), (state, style), (f"  {facts}\n", "$quiet"), (f"  {one.comment.text}\n", "")]
        if one.reason:
            said.append((f"  {one.decided}: {one.reason}\n", "$quiet"))
        return said

    def on_option_list_option_selected(self) -> None:
        """Enter or a click."""
        self.action_decide()

    def action_decide(self) -> None:
        """Accept or refuse it."""
        at = self.query_one(Listing).highlighted
        if at is not None and at < len(self._responses):
            self.app.push_screen(Decide(self.visit.id, self._responses[at]))

    def action_write(self) -> None:
        """Write the table."""
        self.app.push_screen(TableOut(self.visit))

    def action_take(self) -> None:
        """Take in the table."""
        self.app.push_screen(TableIn(self.visit))

    def action_back(self) -> None:
        """To the summary."""
        self.dismiss(None)


class Decide(FormScreen[None]):
    """Accepts or refuses one comment, with a reason.

    Args:
        visit: the visit's id.
        response: the comment, and what was decided before.
    """

    HEADING = _("What we make of it")

    def __init__(self, visit: str, response: Response) -> None:
        super().__init__()
        self._visit = visit
        self._response = response

    @property
    def draft_key(self) -> str:
        """One draft a comment."""
        return f"comment {self._visit} {self._response.id}"

    def fields(self) -> Iterable[Widget]:
        """The comment, the decision, the reason."""
        yield Static(self._response.comment.text[:800], classes="words", markup=False)
        options = [("accept", _("accept: the report is changed")), ("refuse", _("refuse: it stays"))]
        yield Row(_("Decision"), Choice(options, "refuse" if self._response.accepted is False else None, id="decision"))
        yield Row(_("Reason"), line(self._response.reason, _("what is changed, or why nothing is"), id="reason"))

    async def keep(self) -> None:
        """Record it."""
        accepted = self.query_one("#decision", Choice).value == "accept"
        visit, comment, reason = self._visit, self._response.id, self.typed("reason")

        def decide(casebook: Casebook) -> None:
            casebook.decide_comment(visit, comment, accepted=accepted, reason=reason)

        await desk(self).keep(self.draft_key, decide)
        self.dismiss(None)


class TableOut(FormScreen[None]):
    """Writes the table that goes to the authority with its signed report.

    Args:
        visit: the visit's record.
    """

    HEADING = _("Table for comments")
    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (
        ("enter", _("next field")),
        ("ctrl+s", _("write")),
        ("esc", _("back")),
    )

    def __init__(self, visit: VisitRecord) -> None:
        super().__init__()
        self._visit = visit

    def fields(self) -> Iterable[Widget]:
        """The signed report, the file to write."""
        out = free(self._visit.plan, "comments", ".xlsx")
        yield Row(_("Report"), line("", _("the signed authority edition (PDF)"), id="report"))
        yield Row(_("File"), line(str(out), _("where to write the table (XLSX)"), id="file"))
        yield Static(id="result", markup=False)

    async def keep(self) -> None:
        """Write it."""
        from inspect_kit.work.commenting import make_comment_table

        report, out = named(self.typed("report")), new_file(self.typed("file"), ".xlsx")
        visit = self._visit.id

        def work(casebook: Casebook) -> None:
            make_comment_table(casebook, visit, report, out)

        await desk(self).ask(work)
        self.query_one("#problem").remove_class("shown")
        told = Content.assemble("\n", (_("✓ The table is written: send it with the report."), "bold $met"), f"\n{out}")
        self.query_one("#result", Static).update(told)


class TableIn(FormScreen[None]):
    """Takes in the table that came back.

    Args:
        visit: the visit's record.
    """

    HEADING = _("Comments that came back")
    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (
        ("enter", _("next field")),
        ("ctrl+s", _("take in")),
        ("esc", _("back")),
    )

    def __init__(self, visit: VisitRecord) -> None:
        super().__init__()
        self._visit = visit

    def fields(self) -> Iterable[Widget]:
        """The file."""
        yield Row(_("File"), line("", _("the table as it came back (XLSX)"), id="file"))
        yield Static(id="result", markup=False)

    async def keep(self) -> None:
        """Take it in, and tell what was not taken."""
        from inspect_kit.work.commenting import Came, take_comment_table

        table, visit = named(self.typed("file")), self._visit.id

        def work(casebook: Casebook) -> Came:
            return take_comment_table(casebook, visit, table)

        came = await desk(self).ask(work)
        self.query_one("#problem").remove_class("shown")
        known = ngettext("{count} was here already", "{count} were here already", came.known)
        told = ngettext("Took {count} comment; {known}.", "Took {count} comments; {known}.", len(came.new), known=known)
        said = [("\n", ""), (f"✓ {told}", "bold $met"), *((f"\n▲ {one}", "$partly") for one in came.refused)]
        self.query_one("#result", Static).update(Content.assemble(*said))

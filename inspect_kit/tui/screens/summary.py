"""The visit as a whole: how far, how good, what is urgent, what is recommended."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static
from textual.widgets.option_list import Option

from inspect_kit.analysis import Rating, harms_of, progress, rate_themes, self_check
from inspect_kit.language import _, day, days, ngettext
from inspect_kit.model import Assessment, Item, Priority, Verdict, VisitRecord
from inspect_kit.tui import words
from inspect_kit.tui.desk import desk
from inspect_kit.tui.keys import key_of
from inspect_kit.tui.widgets.lines import Head, KeysLine
from inspect_kit.tui.widgets.listing import Listing

_RATING = {
    Rating.MET: "$met",
    Rating.MOSTLY_MET: "$met",
    Rating.PARTLY_MET: "$partly",
    Rating.NOT_MET: "$not-met",
    Rating.TOO_LITTLE_SEEN: "$quiet",
}

_PLACES = 6
"""How many places are named where notes may point to a person."""

_TEXTS = {
    "overview": _("overview"),
    "cooperation": _("cooperation"),
    "good practice": _("good practice"),
    "limits": _("limits"),
    "purpose": _("purpose"),
    "remark on the team": _("remark on the team"),
}
"""The texts on the visit as a whole in which a note may point to a person."""


class Summary(Screen[None]):
    """What the report will say, in a page.

    Args:
        visit: its record.
    """

    DEFAULT_CSS = """
    Summary VerticalScroll { padding: 1 1 0 1; }
    Summary Static { height: auto; }
    Summary Listing { height: auto; padding: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "report", _("write and sign the report"), id="summary.report"),
        Binding(
            "a",
            "account",
            _("write the account: overview, cooperation, good practice, limits"),
            id="summary.account",
        ),
        Binding("l", "letter", _("write the letter on the urgent findings"), id="summary.letter"),
        Binding("m", "comments", _("the authority's comments"), id="summary.comments"),
        Binding("s", "sheet", _("write a pocket sheet: the checklist on paper"), id="summary.sheet"),
        Binding("d", "differ", _("differ: settle what people hold different views on"), id="summary.differ"),
        Binding("c", "change", _("change the recommendation under the cursor"), id="summary.change"),
        Binding("escape,v", "back", _("back"), id="summary.back"),
    ]
    LEGEND = _(
        "↑ ↓  scroll      tab  go to the recommendations, to change one\n"
        "In a theme's row: ● met  ◐ partly met  ○ not met  ? not verified  · open"
    )

    def __init__(self, visit: VisitRecord) -> None:
        super().__init__()
        self.visit = visit

    def compose(self) -> ComposeResult:
        """Themes, concerns, recommendations, account."""
        yield Head()
        with VerticalScroll(id="page"):
            yield Static(id="themes")
            yield Static(id="concerns")
            yield Static(id="asked")
            yield Listing(id="recommendations", markup=False)
            yield Static(id="account")
        yield KeysLine()

    def on_mount(self) -> None:
        """Show the record."""
        self.show()
        self.query_one("#page").focus()

    async def read(self) -> None:
        """Read the visit again and show it."""
        visit = self.visit.id
        record = await desk(self).attempt(lambda casebook: casebook.visit(visit))
        if record is not None:
            self.visit = record
            self.show()

    def show(self) -> None:
        """Show the record."""
        visit = self.visit
        plan = visit.plan
        here = progress(visit)
        head = self.query_one(Head)
        head.left = " · ".join((_("Summary"), plan.facility.name, days(plan.starts, plan.ends)))
        judged = _("{done} of {items} judged", done=here.done, items=here.items)
        sources = ngettext("{count} source", "{count} sources", here.evidence)
        head.right = f"{judged} · {sources}"
        self.query_one(KeysLine).keys = (
            ("o", _("report")),
            ("a", _("account")),
            *((("d", _("differ")),) if visit.conflicts else ()),
            ("l", _("letter")),
            ("m", _("comments")),
            ("s", _("sheet")),
            ("tab", _("recommendations")),
            ("c", _("change")),
            ("?", _("keys")),
            ("esc", _("back")),
        )
        self.query_one("#themes", Static).update(self._themes())
        self.query_one("#concerns", Static).update(self._concerns())
        none = _("none yet: {key} beside an item writes one", key=key_of(self, "inspect.recommend", "r"))
        self.query_one("#asked", Static).update(
            Content.assemble(
                "\n",
                (_("Recommendations"), "bold $secondary"),
                "" if visit.recommendations else "\n  ",
                ("" if visit.recommendations else none, "$quiet"),
            )
        )
        listing = self.query_one(Listing)
        at = listing.highlighted
        listing.clear_options()
        for asked in visit.recommendations:
            # Translators: the day by which something is to be done.
            due = " " + _("by {day}", day=day(asked.due)) if asked.due else ""
            soon = "" if asked.priority is Priority.NORMAL else f" · {asked.priority.label}"
            listing.add_option(
                Option(
                    Content.assemble(
                        (f"{asked.number:>2} ", "$quiet"),
                        (asked.addressee, "bold"),
                        (f"{due}{soon}\n", "$quiet"),
                        f"   {asked.text}",
                    ),
                    id=asked.id,
                )
            )
        if visit.recommendations:
            listing.highlighted = min(at or 0, len(visit.recommendations) - 1)
        self.query_one("#account", Static).update(self._account())

    def _themes(self) -> Content:
        parts: list[Content | tuple[str, str]] = []
        ratings = rate_themes(self.visit)
        said = {
            rating.theme: _("{rating}: prohibition", rating=rating.rating.label)
            if rating.broken
            else rating.rating.label
            for rating in ratings
        }
        widest = max(20, *map(cell_len, said.values())) if said else 20
        width = max(16, min(34, self.size.width - 32 - widest))
        for rating in ratings:
            counts = rating.counts
            parts += [Content.styled(rating.title, "bold").truncate(width, ellipsis=True, pad=True), (" ", "")]
            for assessment in (
                Assessment.MET,
                Assessment.PARTLY_MET,
                Assessment.NOT_MET,
                Assessment.NOT_VERIFIED,
            ):
                mark, _word, style = words.MARK[assessment]
                number = counts[assessment]
                parts.append((f"{mark}{number:>2}  ", style if number else "$quiet"))
            parts.append((f"·{rating.open:>2}  ", "$quiet"))
            parts.append((f"{said[rating.theme]}\n", f"bold {_RATING[rating.rating]}"))
        return Content.assemble(*parts)

    def _concerns(self) -> Content:
        visit = self.visit
        items = {item.id: item for item in visit.checklist.items}
        title = visit.checklist.title
        parts: list[Content | tuple[str, str]] = [
            ("\n", ""),
            (_("Urgent and high"), "bold $secondary"),
            ("\n", ""),
        ]
        ranked = sorted(
            (f for f in visit.findings.values() if f.priority is not Priority.NORMAL and f.item in items),
            key=lambda f: f.priority is not Priority.URGENT,
        )
        for finding in ranked:
            item = items[finding.item]
            flag, style = words.flag(finding)
            parts += [(f"  {flag} ", style), (f"{title(item.theme)} {item.number} · {item.short}", "bold")]
            parts.append((f"  {words.state(finding)[0]}\n", words.state(finding)[1]))
        if not ranked:
            # Translators: no finding is urgent or high.
            parts += [("  ", ""), (_("none"), "$quiet"), ("\n", "")]
        held = [(item, visit.findings[item.id]) for item in visit.checklist.items if item.id in visit.findings]

        def places(found: Iterable[Item]) -> str:
            return _some([f"{title(item.theme)} {item.number}" for item in found])

        if differ := len(visit.conflicts):
            told = ngettext(
                "People hold different views on {count} thing: {key} settles it",
                "People hold different views on {count} things: {key} settles them",
                differ,
                key=key_of(self, "summary.differ", "d"),
            )
            parts.append((f"  ≠ {told}\n", "$urgent"))
        if thin := [item for item, one in held if words.thin(one) != " "]:
            told = ngettext(
                "{count} judged on one kind of source or none: {places}",
                "{count} judged on one kind of source or none: {places}",
                len(thin),
                places=places(thin),
            )
            parts.append((f"  {told}\n", "$partly"))
        if contradicted := [item for item, one in held if one.contradiction]:
            told = ngettext(
                "{count} with sources that contradict each other: {places}",
                "{count} with sources that contradict each other: {places}",
                len(contradicted),
                places=places(contradicted),
            )
            parts.append((f"  {told}\n", "$partly"))
        if returned := [item for item, one in held if one.reviewed is Verdict.RETURNED]:
            told = ngettext(
                "{count} returned by a colleague: {places}",
                "{count} returned by a colleague: {places}",
                len(returned),
                places=places(returned),
            )
            parts.append((f"  {told}\n", "$partly"))
        harmful = dict.fromkeys((one.item, one.field) for one in harms_of(visit))
        if harmful:
            where = [
                f"{title(items[item].theme)} {items[item].number}" if item else _text(field) for item, field in harmful
            ]
            told = ngettext(
                "{count} note may point to a person: {places}",
                "{count} notes may point to a person: {places}",
                len(harmful),
                places=_some(list(dict.fromkeys(where))),
            )
            parts.append((f"  ⚠ {told}\n", "$partly"))
        check = self_check(visit.team)
        if not check.passed:
            parts += [("  ", ""), (_("Rule 25(3), this team: {told}", told=check.sentence), "$urgent"), ("\n", "")]
        return Content.assemble(*parts)

    def _account(self) -> Content:
        account = self.visit.account
        parts: list[Content | tuple[str, str]] = [
            ("\n", ""),
            (_("Account of the visit"), "bold $secondary"),
            ("\n", ""),
        ]
        for title, text in (
            (_("Overview"), account.overview),
            (_("Cooperation"), account.cooperation),
            (_("Good practice"), account.good_practice),
            (_("Limits"), account.limits),
        ):
            parts += [
                (f"  {title}  ", "$quiet"),
                (text, "") if text else (_("not written yet: a"), "$quiet"),
                ("\n", ""),
            ]
        return Content.assemble(*parts)

    def action_report(self) -> None:
        """Write the report."""
        from inspect_kit.tui.screens.report import Report

        self.app.push_screen(Report(self.visit))

    def action_letter(self) -> None:
        """Write the letter on what cannot wait."""
        from inspect_kit.tui.screens.letter import LetterForm

        self.app.push_screen(LetterForm(self.visit))

    def action_comments(self) -> None:
        """What the authority says of the report."""
        from inspect_kit.tui.screens.comments import Comments

        self.app.push_screen(Comments(self.visit))

    def action_sheet(self) -> None:
        """Write the pocket sheet."""
        from inspect_kit.tui.screens.sheet import SheetForm

        self.app.push_screen(SheetForm(self.visit))

    async def action_differ(self) -> None:
        """Settle what people differ on."""
        from inspect_kit.tui.screens.differ import settle

        await settle(self, self.visit.id, self._read_again)

    async def _read_again(self, _nothing: None) -> None:
        await self.read()

    def action_account(self) -> None:
        """Write what the team says about the visit as a whole."""
        from inspect_kit.tui.screens.account import AccountForm

        async def kept(done: bool | None) -> None:
            if done:
                await self.read()

        self.app.push_screen(AccountForm(self.visit), kept)

    def action_change(self) -> None:
        """Change a recommendation."""
        from inspect_kit.tui.screens.recommend import RecommendationForm

        listing = self.query_one(Listing)
        if listing.highlighted is None:
            return
        asked = self.visit.recommendations[listing.highlighted]

        async def kept(done: str | None) -> None:
            if done:
                await self.read()

        self.app.push_screen(RecommendationForm(self.visit, asked.findings, asked), kept)

    def on_option_list_option_selected(self) -> None:
        """Enter or a click changes it too."""
        self.action_change()

    def action_back(self) -> None:
        """To the screen below."""
        self.dismiss(None)


def _text(field: str) -> str:
    """What a text is called that is about no item: ``recommendation 3``, ``overview``."""
    form, _blank, number = field.partition(" ")
    return _("recommendation {number}", number=number) if form == "recommendation" else _TEXTS.get(field, field)


def _some(places: Sequence[str]) -> str:
    """The first places, and how many more there are."""
    shown, more = ", ".join(places[:_PLACES]), len(places) - _PLACES
    if more <= 0:
        return shown
    return ngettext("{places} and {count} more", "{places} and {count} more", more, places=shown)

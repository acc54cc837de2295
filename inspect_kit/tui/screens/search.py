"""Search in the visit, as one types."""

from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from inspect_kit.analysis.views import rule_of
from inspect_kit.casebook.search import TYPED_LIMIT, marks
from inspect_kit.language import _, ngettext
from inspect_kit.model import Hit, Item, VisitRecord
from inspect_kit.tui import words
from inspect_kit.tui.desk import desk
from inspect_kit.tui.widgets.form import line
from inspect_kit.tui.widgets.lines import KeysLine

_LIMIT = 50
_LINES = 2
_MARKED = "bold underline"
_EXAMPLES = (
    # Translators: an example of two words that somebody looks for
    (_("cold shower"), _("both words, wherever they stand in an item and its notes")),
    # Translators: an example of what somebody looks for; the number alone does as well as “rule 19”
    (_("rule 19"), _("the items of that rule first")),
    ("25.3", _("the items of that clause first")),
    # Translators: an example: a word of a theme's title, and a number
    (_("searches 3"), _("a theme, and the item's number in it")),
)
_RULES = (
    ("25", _("the items of that rule, and the first of them at enter")),
    ("25.3", _("the items of that clause")),
)


def _examples(examples: tuple[tuple[str, str], ...]) -> str:
    column = max(cell_len(typed) for typed, _means in examples) + 4
    return "\n".join(f"  {set_cell_size(typed, column)}{means}" for typed, means in examples)


_HELP = "\n\n".join(
    (
        _("Words of a question, a note, a source, a recommendation, or what to look for; their beginnings do."),
        _examples(_EXAMPLES),
    )
)
_HELP_RULE = _examples(_RULES)
_NOTHING = _("Nothing in this visit has all of that: try fewer words, or only their beginnings.")
_NO_RULE = _("Nothing in this visit is asked about that: type a number, such as 25 or 25.3.")
_KEYS = (("enter", _("go to the item")), ("↑ ↓", _("choose")), ("esc", _("back")))


class Search(ModalScreen[str]):
    """One line to type in, and the items that hold the words; ends with the id of the item to go to.

    Args:
        visit: its record, for the items and what is held about them.
        typed: what was looked for last; the first key replaces it.
        rule: only a rule's or clause's number is typed, and only its items are listed.

    Attributes:
        typed: what is looked for now.
    """

    DEFAULT_CSS = """
    Search { align: center top; background: $background 70%; }
    Search > Vertical {
        width: 110; max-width: 100%; height: 100%; max-height: 46;
        background: $surface; border: round $border; padding: 0 1;
        border-title-color: $primary; border-title-style: bold; border-subtitle-color: $foreground;
    }
    Search #typed { background: $panel; margin: 0 0 1 0; }
    Search VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
    Search #hits { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", _("go to the item"), id="search.go", priority=True),
        Binding("down", "move(1)", _("next item"), id="search.next"),
        Binding("up", "move(-1)", _("previous item"), id="search.previous"),
        Binding("pagedown", "page(1)", _("further down"), id="search.page-down"),
        Binding("pageup", "page(-1)", _("further up"), id="search.page-up"),
        Binding("escape", "dismiss(None)", _("back to the item where you were"), id="search.back"),
    ]

    def __init__(self, visit: VisitRecord, typed: str = "", *, rule: bool = False) -> None:
        super().__init__()
        self._rule = rule
        self.typed = typed
        self._visit = visit
        self._items = {item.id: item for item in visit.checklist.items}
        self._hits: list[Hit] = []
        self._found = ""  # what the hits were found for
        self._row = 0

    def compose(self) -> ComposeResult:
        """The line, the hits, the keys."""
        with Vertical() as frame:
            frame.border_title = _("Go to a rule") if self._rule else _("Find in this visit")
            asked = _("the number of a rule or clause") if self._rule else _("type words, a rule or a clause")
            field = line(self.typed, asked, id="typed")
            field.max_length = TYPED_LIMIT
            field.select_on_focus = True
            yield field
            with VerticalScroll(can_focus=False):
                yield Static(_HELP_RULE if self._rule else _HELP, id="hits", markup=False)
            yield KeysLine(_KEYS)

    def on_mount(self) -> None:
        """Look for what was looked for last; with nothing typed, this makes the search ready."""
        self.query_one(Input).focus()
        self._look()

    def on_resize(self) -> None:
        """Cut the lines anew."""
        self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look at each key."""
        if event.value != self.typed:
            self.typed = event.value
            self._look()

    def _look(self) -> None:
        """Ask the casebook; a question that is overtaken by the next key is dropped, with its answer."""
        self.run_worker(self._ask(), exclusive=True, group="search")

    async def _ask(self) -> None:
        visit, typed = self._visit.id, self.typed
        hits = await desk(self).attempt(lambda casebook: casebook.search(visit, typed, _LIMIT))
        if typed == self.typed and hits is not None:
            self._hits = [
                hit
                for hit in hits
                if hit.item in self._items and (not self._rule or rule_of(self._items[hit.item], typed))
            ]
            self._found = typed
            self._row = 0
            self._show()
            self.query_one(VerticalScroll).scroll_home(animate=False)

    # -- what is shown

    def _show(self) -> None:
        nothing, said = (_NO_RULE, _HELP_RULE) if self._rule else (_NOTHING, _HELP)
        empty = Content.styled(nothing if self._found.strip() else said, "$quiet")
        shown = [self._lines(hit, row == self._row) for row, hit in enumerate(self._hits)]
        self.query_one("#hits", Static).update(Content("\n").join(shown) if shown else empty)
        number = len(self._hits)
        told = (
            # Translators: the items that fit best, where more would fit than are shown
            _("the {count} nearest", count=number)
            if number == _LIMIT
            else ngettext("{count} item", "{count} items", number)
        )
        frame = self.query_one(Vertical)
        frame.border_subtitle = told if self._found.strip() else ""

    def _lines(self, hit: Hit, here: bool) -> Content:
        """A hit on two lines: the item and its state; where the words stand."""
        item = self._items[hit.item]
        finding = self._visit.findings.get(hit.item)
        state, style = words.standing(item, finding)
        flag, flag_style = words.flag(finding)
        width = max(20, self.query_one(VerticalScroll).size.width - 1)
        label = self._label(item)
        for start, end in marks(label.plain, self._found):
            label = label.stylize(_MARKED, start, end)
        room = width - 3 - Content(state).cell_length - 1
        label = label.truncate(room, ellipsis=True, pad=True)
        mark = Content.assemble(("▸" if here else " ", "bold $primary"), (flag, flag_style), " ")
        first = Content.assemble(mark, label.stylize("bold") if here else label, " ", (state, style))
        excerpt = Content(hit.excerpt).stylize("$quiet")
        for start, end in hit.marks:
            excerpt = excerpt.stylize(f"{_MARKED} $foreground", start, end)
        second = Content.assemble("   ", (f"{hit.found_in.label}  ", "$secondary"), excerpt)
        second = second.truncate(width, ellipsis=True)
        lines = Content("\n").join([first, second.pad_right(max(0, width - second.cell_length))])
        return lines.stylize("on $block-cursor-background") if here else lines

    def _label(self, item: Item) -> Content:
        return Content(f"{self._visit.checklist.title(item.theme)} {item.number}  {item.short}")

    # -- moving

    def action_move(self, by: int) -> None:
        """Choose the next or previous hit."""
        row = max(0, min(len(self._hits) - 1, self._row + by))
        if row != self._row:
            self._row = row
            self._show()
            self.query_one(VerticalScroll).scroll_to_region(
                Region(0, row * _LINES, 1, _LINES), animate=False, force=True
            )

    def action_page(self, by: int) -> None:
        """Choose a hit one window further."""
        self.action_move(by * max(1, self.query_one(VerticalScroll).size.height // _LINES - 1))

    def on_click(self, event: Click) -> None:
        """Go to the hit that was clicked."""
        if event.widget is not None and event.widget.id == "hits" and self._hits:
            row = event.get_content_offset(event.widget)
            if row is not None and row.y // _LINES < len(self._hits):
                self.dismiss(self._hits[row.y // _LINES].item)

    async def action_go(self) -> None:
        """Go to the chosen item; when keys were quicker than the answer, the answer is waited for."""
        if self._found != self.typed:
            await self._ask()
        if self._hits and self._found == self.typed:
            self.dismiss(self._hits[self._row].item)

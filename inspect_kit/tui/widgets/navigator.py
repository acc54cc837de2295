"""The list of a visit's items: drawn line by line, so that a checklist of thousands moves at once."""

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from inspect_kit.analysis.views import Leg, View, walk
from inspect_kit.language import _
from inspect_kit.model import Checklist, Finding, Item
from inspect_kit.tui import words


@dataclass(frozen=True)
class _Line:
    leg: Leg
    item: Item | None


class Navigator(ScrollView, can_focus=True):
    """The legs of a walk and their items, with the state of each as a mark and a word.

    Args:
        checklist: the visit's checklist.
        findings: what is held, by item id; the screen keeps it up to date and calls ``refresh_item``.
        together: the screen answers ``Moved`` with ``show_cursor`` and shows the item: one frame, and not two.
    """

    DEFAULT_CSS = """
    Navigator { background: $background; scrollbar-size-vertical: 1; overflow-x: hidden; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", _("next item"), show=False, id="items.next"),
        Binding("up,k", "move(-1)", _("previous item"), show=False, id="items.previous"),
        Binding("right", "leg(1)", _("next part of the list"), show=False, id="items.next-leg"),
        Binding("left", "leg(-1)", _("previous part of the list"), show=False, id="items.previous-leg"),
        Binding("home", "edge(-1)", _("first item"), show=False, id="items.first"),
        Binding("end", "edge(1)", _("last item"), show=False, id="items.last"),
    ]

    class Moved(Message):
        """The cursor stands on another item."""

        def __init__(self, item: Item) -> None:
            self.item = item
            super().__init__()

    def __init__(self, checklist: Checklist, findings: dict[str, Finding], *, together: bool = False) -> None:
        super().__init__(id="navigator")
        self._together = together
        self._checklist = checklist
        self._findings = findings
        self._styles: dict[str, Style] = {}
        self.view = View.THEME
        self._lines: list[_Line] = []
        self._row = self._drawn = 0
        self._lay_out()

    def legs(self) -> tuple[Leg, ...]:
        """The parts of the list, in order."""
        return walk(self._checklist, self.view)

    def _lay_out(self) -> None:
        """Put the view's legs and their items in lines."""
        self._lines = []
        for leg in self.legs():
            self._lines.append(_Line(leg, None))
            self._lines += [_Line(leg, item) for item in leg.items]
        self._row = self._drawn = 1  # below the first title

    def look_by(self, view: View) -> None:
        """Show the list in another order; the item in hand stays in hand where the order has it."""
        here = self.item
        before = self.view
        self.view = view
        self._lay_out()
        if not self._lines:
            self.view = before
            self._lay_out()
        self._row = next((row for row, entry in enumerate(self._lines) if entry.item == here), 1)
        self._drawn = self._row
        self.virtual_size = Size(self.size.width, len(self._lines))
        self._show_row()
        self.refresh()
        self.post_message(self.Moved(self.item))

    @property
    def item(self) -> Item:
        """The item under the cursor."""
        found = self._lines[self._row].item
        assert found is not None  # noqa: S101 (the cursor never stands on a theme's title)
        return found

    @property
    def leg(self) -> Leg:
        """The part of the list in which the cursor stands."""
        return self._lines[self._row].leg

    def on_mount(self) -> None:
        """Give the list its height."""
        self.virtual_size = Size(self.size.width, len(self._lines))

    def on_resize(self) -> None:
        """Follow the width."""
        self.virtual_size = Size(self.size.width, len(self._lines))

    def notify_style_update(self) -> None:
        """Forget colours of another theme."""
        self._styles = {}
        super().notify_style_update()

    def next_open(self, by: int) -> bool:
        """Go to the next item that applies and is not judged, around the end; False where there is none.

        Args:
            by: 1 forward, -1 backward.
        """
        for step in range(1, len(self._lines) + 1):
            row = (self._row + by * step) % len(self._lines)
            item = self._lines[row].item
            finding = self._findings.get(item.id) if item else None
            if item and item.applies and not (finding and finding.assessment):
                self._stand_on(row)
                return True
        return False

    def go_to(self, item: str, leg: str = "") -> bool:
        """Go to an item; False where this order does not have it.

        Args:
            item: the item's id.
            leg: key of the part of the list in which it is meant; empty for the one where it stands first.
        """
        rows = [row for row, entry in enumerate(self._lines) if entry.item and entry.item.id == item]
        rows = [row for row in rows if self._lines[row].leg.key == leg] or rows
        if rows and (self.item.id != item or leg):
            self._stand_on(rows[0])
        return bool(rows)

    def refresh_item(self, item: str) -> None:
        """Draw an item again wherever it stands, and the counts of those parts of the list."""
        title = 0
        top = self.scroll_offset.y
        for row, entry in enumerate(self._lines):
            if entry.item is None:
                title = row
            elif entry.item.id == item:
                for changed in (title, row):
                    if top <= changed < top + self.size.height:
                        self.refresh_line(changed)

    def refresh_line(self, row: int) -> None:
        """Draw one line again."""
        self.refresh(Region(0, row - self.scroll_offset.y, self.size.width, 1))

    def action_move(self, by: int) -> None:
        """Move to the next or previous item, over titles."""
        row = self._row + by
        while 0 <= row < len(self._lines):
            if self._lines[row].item:
                self._stand_on(row)
                return
            row += by

    def action_leg(self, by: int) -> None:
        """Move to the first item of the next or previous part of the list."""
        titles = [row for row, entry in enumerate(self._lines) if entry.item is None]
        here = max((number for number, row in enumerate(titles) if row < self._row), default=0)
        self._stand_on(titles[max(0, min(len(titles) - 1, here + by))] + 1)

    def action_edge(self, side: int) -> None:
        """Move to the first or last item."""
        rows = [row for row, entry in enumerate(self._lines) if entry.item]
        self._stand_on(rows[-1] if side > 0 else rows[0])

    def on_click(self, event: Click) -> None:
        """Move to the item that was clicked."""
        row = event.y + self.scroll_offset.y
        if row < len(self._lines) and self._lines[row].item:
            self._stand_on(row)

    def _stand_on(self, row: int) -> None:
        if row == self._row:
            return
        self._row = row
        self.post_message(self.Moved(self.item))
        if not self._together:
            self.show_cursor()

    def show_cursor(self) -> None:
        """Draw the cursor where it stands."""
        if self._drawn == self._row:
            return
        drawn, self._drawn = self._drawn, self._row
        self._show_row()
        self.refresh_line(drawn)
        self.refresh_line(self._row)

    def _show_row(self) -> None:
        """Show the cursor, and the title where it stands right below one.

        Where the list has to be scrolled for that, by half of it: so the next moves draw two lines again and not all.
        """
        row = self._row
        top = row - 1 if self._lines[row - 1].item is None else row
        shown = self.scroll_offset.y
        if not shown <= top <= row < shown + self.size.height:
            self.scroll_to(y=max(0, row - self.size.height // 2), animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """One line of the list."""
        row = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if row >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        entry = self._lines[row]
        if entry.item is None:
            return self._title(entry.leg, width)
        item = entry.item
        finding = self._findings.get(item.id)
        here = row == self._row
        ground = self._ground("block-cursor-background" if self.has_focus else "panel") if here else Style()
        word, style = words.standing(item, finding)
        word += words.thin(finding)
        flag, flag_style = words.flag(finding)
        number = f"{item.number:>2} " if self.view is View.THEME else ""
        room = width - 3 - len(number) - cell_len(word)
        name = item.short if cell_len(item.short) <= room else set_cell_size(item.short, max(1, room - 1)) + "…"
        text = "bold" if here else "" if finding is None or finding.assessment is None else "$quiet"
        return Strip(
            [
                Segment("▸" if here else " ", self._style("bold $primary") + ground),
                Segment(flag, self._style(flag_style) + ground),
                Segment(number, self._style("$quiet") + ground),
                Segment(set_cell_size(name, max(1, room)), self._style(text) + ground),
                Segment(f" {word}", self._style(style) + ground),
            ]
        ).adjust_cell_length(width, self.rich_style + ground)

    def _title(self, leg: Leg, width: int) -> Strip:
        items = [item for item in leg.items if item.applies]
        done = sum(bool((found := self._findings.get(item.id)) and found.assessment) for item in items)
        # Translators: so many items of this part of the list are judged; as short as can be
        judged = _("{done} of {items}", done=done, items=len(items))
        count = f" {judged} " + ("✓" if items and done == len(items) else " ")
        title = leg.title
        room = width - cell_len(count) - 2
        if cell_len(title) > room:
            title = set_cell_size(title, max(1, room - 1)) + "…"
        rule = "─" * max(0, width - cell_len(title) - cell_len(count) - 3)
        return Strip(
            [
                Segment(f" {title} ", self._style("bold $primary")),
                Segment(rule, self._style("$border-blurred")),
                Segment(count, self._style("$quiet")),
            ]
        ).adjust_cell_length(width, self.rich_style)

    def _ground(self, colour: str) -> Style:
        colours = self.app.theme_variables
        reverse = colour.startswith("block-cursor") and colours["block-cursor-text-style"] == "reverse"
        return Style(bgcolor=colours[colour].removeprefix("ansi_"), reverse=reverse or None)

    def _style(self, words_of_style: str) -> Style:
        """A Rich style with the theme's colours, remembered until the theme changes."""
        style = self._styles.get(words_of_style)
        if style is None:
            colours = self.app.theme_variables
            parts = [
                colours.get(part[1:], "").removeprefix("ansi_") if part.startswith("$") else part
                for part in words_of_style.split()
            ]
            style = self.rich_style + Style.parse(" ".join(parts))
            self._styles[words_of_style] = style
        return style

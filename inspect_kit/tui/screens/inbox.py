"""The inbox: quick notes that wait, and for each the items under which it most likely belongs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from inspect_kit.analysis import Suggestions
from inspect_kit.casebook import Casebook
from inspect_kit.language import _, days, ngettext
from inspect_kit.model import Checklist, Evidence, EvidenceKind, Item, Jotting, VisitRecord
from inspect_kit.tui import words
from inspect_kit.tui.desk import desk
from inspect_kit.tui.keys import key_of
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.form import line
from inspect_kit.tui.widgets.lines import Head, KeysLine
from inspect_kit.tui.widgets.listing import Listing

_KEYS = (
    # Translators: file a quick note under one of the items that are listed
    ("1-5", _("file there")),
    ("k", _("kind")),
    ("o", _("other item")),
    ("x", _("discard")),
    ("u", _("take back")),
    ("esc", _("back")),
    ("?", _("keys")),
)
_KEYS_NONE = (("ctrl+n", _("quick note")), ("u", _("take back")), ("esc", _("back")), ("?", _("keys")))
_SHOWN = 200
"""The most items that the search of another item lists: nobody reads on, she types on."""


_LOOK = 0.7
"""Seconds for which a digit files nothing after the last note was filed: a key that bounced, or was pressed twice."""


class Inbox(Screen[None]):
    """Sorts a visit's quick notes, one key each.

    Args:
        visit: the visit's record.
    """

    DEFAULT_CSS = """
    Inbox #work { height: 1fr; }
    Inbox #notes {
        width: 32; border-right: solid $border-blurred; padding: 0; scrollbar-size-vertical: 1;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    Inbox #notes:focus { border: none; border-right: solid $border-blurred; background-tint: $background 0%; }
    Inbox.-wide #notes { width: 60; }
    Inbox #detail { width: 1fr; padding: 0 1; }
    Inbox #read { height: auto; max-height: 40%; margin: 0 0 1 0; }
    Inbox #note, Inbox #likely, Inbox #told { height: auto; }
    Inbox #kind-row { height: 1; margin: 0 0 1 0; }
    Inbox #kind-row > Static { width: auto; padding: 0 2 0 0; color: $quiet; }
    Inbox #likely { text-wrap: nowrap; text-overflow: ellipsis; }
    Inbox #said { height: auto; padding: 0 1; background: $surface; display: none; }
    Inbox #said.shown { display: block; }
    Inbox #none { display: none; padding: 1 2; }
    Inbox.nothing #none { display: block; }
    Inbox.nothing #work { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"file({number})", _("file it under this item"), id=f"inbox.file-{number}")
            for number in range(1, 6)
        ),
        Binding("k,right", "kind(1)", _("another kind of source"), id="inbox.kind"),
        Binding("left", "kind(-1)", _("the kind before"), id="inbox.kind-before"),
        Binding("o,slash", "other", _("file it under another item: type part of its name"), id="inbox.other"),
        Binding("x", "discard", _("discard it, after asking"), id="inbox.discard"),
        Binding("u", "take_back", _("take the last one back into the inbox"), id="inbox.take-back"),
        Binding("pagedown", "page(1)", _("scroll a long note"), id="inbox.page-down", priority=True),
        Binding("pageup", "page(-1)", _("scroll a long note"), id="inbox.page-up", priority=True),
        Binding("escape", "back", _("back"), id="inbox.back"),
    ]
    LEGEND = _(
        "↑ ↓  another quick note\n"
        "Filing makes the quick note a piece of evidence with its place and time; it can be taken back.\n"
        "The items are those whose words fit the note best, and of these those looked at in its place."
    )

    def __init__(self, visit: VisitRecord) -> None:
        super().__init__()
        self.visit = visit
        self._likely: tuple[Item, ...] = ()
        self._suggestions: Suggestions | None = None
        self._sorted: list[str] = []
        self._asked = ""
        self._filed = -_LOOK

    def compose(self) -> ComposeResult:
        """Head; the notes, the one in hand with its likeliest items; keys."""
        yield Head()
        with Horizontal(id="work"):
            yield Listing(id="notes", markup=False, compact=True)
            with Vertical(id="detail"):
                with VerticalScroll(id="read", can_focus=False):
                    yield Static(id="note", markup=False)
                with Horizontal(id="kind-row"):
                    yield Static(_("File as"), markup=False)
                    kinds = [(kind.value, words.SOURCE[kind].partition(" ")[2]) for kind in EvidenceKind]
                    choice = Choice(kinds, id="kind")
                    choice.can_focus = False
                    yield choice
                yield Static(id="likely", markup=False)
                yield Static(id="told", markup=False)
        yield Static(
            Content("\n\n").join(
                (
                    Content.styled(_("No quick note waits."), "bold"),
                    words.styled(
                        _("{key}  writes one, anywhere in a visit."),
                        key=(key_of(self, "app.jot", "ctrl+n"), "bold $primary"),
                    ),
                )
            ),
            id="none",
        )
        yield Static(id="said", markup=False)
        yield KeysLine(_KEYS)

    async def on_screen_resume(self) -> None:
        """At first, and after a quick note was written over this screen."""
        await self._fill()

    async def _fill(self, stand_on: str = "") -> None:
        """List the notes that wait; stay where she was, or on the next one."""
        visit = self.visit.id
        found = await desk(self).attempt(lambda casebook: casebook.jottings(visit))
        if found is None:
            return
        notes = self.query_one("#notes", Listing)
        row = notes.highlighted or 0
        here = self._note.id if self._note else ""
        self.visit = replace(self.visit, jottings=found)
        ids = [note.id for note in found]
        for wanted in (stand_on, here):
            if wanted in ids:
                row = ids.index(wanted)
                break
        with self.prevent(OptionList.OptionHighlighted):
            notes.clear_options()
            notes.add_options([Option(_in_list(note), id=note.id) for note in found])
            notes.highlighted = min(row, len(found) - 1) if found else None
        self.set_class(not found, "nothing")
        self.query_one(KeysLine).keys = _KEYS if found else _KEYS_NONE
        head = self.query_one(Head)
        plan = self.visit.plan
        head.left = _(
            "{facility} · {days} · quick notes", facility=plan.facility.name, days=days(plan.starts, plan.ends)
        )
        # Translators: so many quick notes wait; everything is saved
        head.right = ngettext("{count} to sort · saved", "{count} to sort · saved", len(found))
        if found:
            notes.focus()
        self._show()

    @property
    def _note(self) -> Jotting | None:
        row = self.query_one("#notes", Listing).highlighted
        notes = self.visit.jottings
        return notes[row] if row is not None and row < len(notes) else None

    def on_option_list_option_highlighted(self) -> None:
        """Another note is in hand; its kind is decided anew."""
        self._filed = -_LOOK
        self.query_one("#kind", Choice).value = EvidenceKind.OBSERVATION.value
        self._say("")
        self._show()

    def on_choice_changed(self) -> None:
        """Say what a kind means for who may read it."""
        self._show()

    def _show(self) -> None:
        note = self._note
        if self._asked:  # another key was pressed
            self._asked = ""
            self._say("")
        if note is None:
            self._likely = ()
            return
        self._likely = self._suggest(note.text, note.place)
        about = " · ".join(filter(None, (note.place, note.when, note.author)))
        self.query_one("#note", Static).update(Content.assemble((note.text, "bold"), "\n", (about, "$quiet")))
        parts: list[tuple[str, str] | str] = []
        for number, item in enumerate(self._likely, 1):
            parts += [
                (f"{number}  ", "bold $primary"),
                (item.short, "bold"),
                (f"  {_where(self.visit.checklist, item)}\n", "$quiet"),
                f"   {item.ask}\n",
            ]
        likely = self.query_one("#likely", Static)
        likely.update(Content.assemble(*parts))
        likely.display = bool(parts)
        told = []
        if not self._likely:
            none = _("No item has words of this note: {key} finds one.")
            other = key_of(self, "inbox.other", "o")
            told = [words.styled(none, "$quiet", key=(other, "bold $primary")), Content()]
        if EvidenceKind(self.query_one("#kind", Choice).value).needs_consent:
            told.append(Content.styled(_("No consent yet: it stays with the team."), "$partly"))
        self.query_one("#told", Static).update(Content("\n").join(told))

    def _suggest(self, text: str, place: str = "") -> tuple[Item, ...]:
        if self._suggestions is None:
            self._suggestions = Suggestions(self.visit.checklist)
        return self._suggestions.likeliest(text, place)

    @property
    def _takes_back(self) -> str:
        return key_of(self, "inbox.take-back", "u")

    def _say(self, said: str, style: str = "$primary") -> None:
        place = self.query_one("#said", Static)
        place.update(Content.assemble((said, style)))
        place.set_class(bool(said), "shown")

    # -- acts

    async def _sort(self, work: Callable[[Casebook], object], said: str, stand_on: str = "") -> bool:
        """Do one act on the inbox, list it again, and tell what was done."""

        def act(casebook: Casebook) -> bool:
            work(casebook)
            return True

        if not await desk(self).attempt(act):
            self.query_one(Head).right = _("NOT saved")
            return False
        self.query_one("#kind", Choice).value = EvidenceKind.OBSERVATION.value
        await self._fill(stand_on)
        self._say(said)
        return True

    async def _file(self, note: Jotting, item: Item) -> None:
        visit = self.visit.id
        kind = EvidenceKind(self.query_one("#kind", Choice).value)
        source = Evidence(kind, note.text, place=note.place, when=note.when)
        # Translators: “kind” is a kind of source, such as “observation” or “staff interview”
        said = _(
            "✓ Filed as {kind} under “{item}”. {key} takes it back.",
            kind=kind.label,
            item=item.short,
            key=self._takes_back,
        )
        if await self._sort(lambda casebook: casebook.file_jotting(visit, note.id, item.id, source), said):
            self._sorted.append(note.id)
            self._filed = monotonic()

    async def action_file(self, number: int) -> None:
        """File the note in hand under one of its likeliest items, but not by a key that was meant for the last one."""
        note = self._note
        if not note or number > len(self._likely):
            return
        if monotonic() - self._filed < _LOOK:
            self._say(_("This is the next quick note already: read it, then press the key again."))
            return
        await self._file(note, self._likely[number - 1])

    async def action_other(self) -> None:
        """File the note in hand under an item that she names."""
        note = self._note
        if note is None:
            return

        async def chosen(item: Item | None) -> None:
            if item:
                await self._file(note, item)

        await self.app.push_screen(ItemFinder(self.visit.checklist, self._suggest), chosen)

    async def action_discard(self) -> None:
        """Discard the note in hand; the first time only ask."""
        note = self._note
        if note is None:
            return
        if self._asked != note.id:
            self._asked = note.id
            again = key_of(self, "inbox.discard", "x")
            asked = _("Discard this quick note? {key} once more discards it; any other key keeps it.", key=again)
            self._say(asked, "bold $urgent")
            return
        visit = self.visit.id
        said = _("Discarded. {key} brings it back.", key=self._takes_back)
        if await self._sort(lambda casebook: casebook.discard_jotting(visit, note.id), said):
            self._sorted.append(note.id)

    async def action_take_back(self) -> None:
        """Take back what was sorted last."""
        if not self._sorted:
            self._say(_("Nothing was sorted since you opened the inbox."))
            return
        note, visit = self._sorted[-1], self.visit.id
        said = _("Taken back: the quick note waits again.")
        if await self._sort(lambda casebook: casebook.reopen_jotting(visit, note), said, note):
            self._sorted.pop()

    def action_kind(self, by: int) -> None:
        """Take the next or previous kind."""
        self.query_one("#kind", Choice).action_step(by)

    def action_page(self, by: int) -> None:
        """Scroll a note that is longer than its place."""
        pane = self.query_one("#read", VerticalScroll)
        pane.scroll_relative(y=by * max(1, pane.size.height - 1), animate=False)

    def action_back(self) -> None:
        """To the screen below, or away from the question whether to discard."""
        if self._asked:
            self._show()
        else:
            self.dismiss(None)


class ItemFinder(ModalScreen[Item]):
    """Finds one item of a checklist by any part of its name, then by the words of its guide.

    Args:
        checklist: the visit's.
        suggest: gives the items whose guide has the words of a text.
    """

    DEFAULT_CSS = """
    ItemFinder { align: center middle; background: $background 70%; }
    ItemFinder > Vertical {
        width: 80; max-width: 100%; height: 20; max-height: 100%; padding: 0 1;
        background: $surface; border: round $border; border-title-color: $primary; border-title-style: bold;
    }
    ItemFinder Input { background: $panel; margin: 0 0 1 0; }
    ItemFinder Listing { background: $surface; padding: 0; scrollbar-size-vertical: 1; }
    ItemFinder KeysLine { dock: none; background: $surface; padding: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", _("next item"), id="finder.next"),
        Binding("up", "move(-1)", _("previous item"), id="finder.previous"),
        Binding("escape", "back", _("back"), id="finder.back"),
    ]

    def __init__(self, checklist: Checklist, suggest: Callable[[str], tuple[Item, ...]]) -> None:
        super().__init__()
        self._checklist = checklist
        self._suggest = suggest
        self._found: list[Item] = []

    def compose(self) -> ComposeResult:
        """A line to type in, and what fits."""
        with Vertical() as frame:
            frame.border_title = _("Which item?")
            yield line("", _("part of its name, question or theme"), id="part")
            found = Listing(markup=False, compact=True)
            found.can_focus = False
            yield found
            yield KeysLine((("enter", _("file there")), ("↑ ↓", _("choose")), ("esc", _("back"))))

    def on_mount(self) -> None:
        """All items at first."""
        self._list("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Fewer items with each letter."""
        self._list(event.value)

    def _list(self, part: str) -> None:
        checklist = self._checklist
        asked = part.lower().split()

        def place(item: Item) -> int | None:
            name = f"{item.short} {item.id}".lower()
            if all(word in name for word in asked):
                return 0
            whole = f"{name} {checklist.title(item.theme)} {item.ask}".lower()
            return 1 if all(word in whole for word in asked) else None

        fits = [(where, item) for item in checklist.items if (where := place(item)) is not None]
        named = [item for _rank, item in sorted(fits, key=lambda pair: pair[0])][:_SHOWN]
        self._found = [*named, *(item for item in self._suggest(part) if item not in named)]
        options = self.query_one(Listing)
        options.clear_options()
        options.add_options(
            [Content.assemble((item.short, "bold"), (f"  {_where(checklist, item)}", "$quiet")) for item in self._found]
        )
        options.highlighted = 0 if self._found else None

    def action_move(self, by: int) -> None:
        """Go to the next or previous item that fits."""
        options = self.query_one(Listing)
        if options.highlighted is not None:
            options.highlighted = max(0, min(len(self._found) - 1, options.highlighted + by))

    def on_input_submitted(self) -> None:
        """Take the item under the cursor, after every letter that was typed."""
        row = self.query_one(Listing).highlighted
        if row is not None:
            self.dismiss(self._found[row])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A mouse click takes an item too."""
        self.dismiss(self._found[event.option_index])

    def action_back(self) -> None:
        """Without an item."""
        self.dismiss(None)


def _where(checklist: Checklist, item: Item) -> str:
    return f"{checklist.title(item.theme)} {item.number}"


def _in_list(note: Jotting) -> Content:
    first = " ".join(note.text.split())[:_SHOWN]
    when = note.when.removeprefix(f"{date.today().isoformat()} ")
    about = " · ".join(filter(None, (when, note.place)))
    return Content.assemble(f" {first}\n", (f"   {about}", "$quiet"))

"""Screens whose text survives: what is typed is followed, put by, and there again when the screen is opened anew."""

from collections.abc import Sequence
from typing import ClassVar, Protocol, TypeVar, cast

from textual import on
from textual.await_complete import AwaitComplete
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, SelectionList, Static, TextArea

from inspect_kit.errors import InspectKitError
from inspect_kit.language import _
from inspect_kit.tui import words
from inspect_kit.tui.drafts import Drafts, Values
from inspect_kit.tui.keys import key_of
from inspect_kit.tui.widgets.choice import Choice

Result = TypeVar("Result")


class _Desk(Protocol):
    drafts: Drafts

    def refused(self, problem: InspectKitError) -> str: ...


class Drafting(Screen[Result]):
    """A screen with text that survives until it is kept or thrown away.

    It says in ``draft_key`` what it is about, calls ``begin_draft`` when its fields stand as they would without a
    draft, and hands its act to ``desk(self).keep``. A ``Static`` with the id ``draft`` tells what was continued.
    """

    # Translators: “since” is a time, such as 10:40 or 4 Nov 10:40, or what stands for “before”; the others are keys
    CONTINUED: ClassVar[str] = _("continued from {since}, {back} keeps it for later, {throws} throws it away")
    THROWS: ClassVar[tuple[str, str]] = ("form.throw-away", "ctrl+t")
    """The action that throws the text away, and its usual key."""
    _at_first: dict[str, str]
    _sure = False

    @property
    def draft_key(self) -> str:
        """Form, visit and subject, with blanks between; empty while nothing is being written."""
        return ""

    def draft_fields(self) -> Sequence[Widget]:
        """The fields that make up the draft."""
        found = self.query("Input, TextArea, Choice, SelectionList").results(Widget)
        return [field for field in found if field.id and not (isinstance(field, Input) and field.password)]

    def put_back(self, values: Values) -> None:
        """Let the fields hold these values; those of which nothing is said stay as they are."""
        for field in self.draft_fields():
            value = values.get(field.id or "")
            if value is None:
                continue
            if isinstance(field, Input):
                field.value = value
                field.cursor_position = len(value)
            elif isinstance(field, TextArea):
                field.text = value
                field.move_cursor(field.document.end)
            elif isinstance(field, Choice):
                field.choose(value)
            elif isinstance(field, SelectionList):
                field.deselect_all()
                for chosen in value.split():
                    field.select(chosen)

    def begin_draft(self) -> None:
        """Put back what waits from before, and follow what is typed from now on."""
        self._at_first = self._typed_now()
        self._sure = False
        key = self.draft_key
        if not key:
            return
        drafts = self._drafts
        if key in drafts:
            self.put_back(drafts[key])
            # Translators: stands in the place of a time: “continued from before, esc keeps it for later …”
            since = words.moment(drafts.since(key)) if drafts.since(key) else _("before")
            back = key_of(self, "form.back", "esc")
            self.tell_draft(self.CONTINUED.format(since=since, back=back, throws=key_of(self, *self.THROWS)))
        else:
            self.tell_draft("")
        drafts.follow(key, self.unkept)

    def unkept(self) -> dict[str, str] | None:
        """What stands in the fields; None where no text is another than at first, whatever was chosen."""
        now = self._typed_now()
        texts = [field.id or "" for field in self.draft_fields() if not isinstance(field, Choice)]
        return now if any(now[name] != self._at_first.get(name, "") for name in texts) else None

    def tell_draft(self, said: str) -> None:
        """Say something quiet about the draft."""
        for place in self.query("#draft").results(Static):
            place.update(Content(said))
            place.display = bool(said)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave the screen; text that was not kept waits."""
        self._drafts.leave(self.draft_key)
        return super().dismiss(result)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what is being written can be thrown away."""
        return bool(self.draft_key) if action == "throw_away" else super().check_action(action, parameters)

    def action_throw_away(self) -> None:
        """Let the fields stand as without a draft; asked twice, because nothing brings the text back."""
        if self.unkept() is None:
            return
        if not self._sure:
            self._sure = True
            self.tell_draft(_("{key} once more throws it away", key=key_of(self, *self.THROWS)))
            return
        self._sure = False
        self.put_back(self._at_first)
        self._drafts.look(self.draft_key)
        self.tell_draft(_("thrown away"))

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    @on(SelectionList.SelectedChanged)
    def _touched(self) -> None:
        self._drafts.touch(self.draft_key)

    @property
    def desk(self) -> _Desk:
        """What a screen with text needs of the application."""
        return cast(_Desk, self.app)

    @property
    def _drafts(self) -> Drafts:
        return self.desk.drafts

    def _typed_now(self) -> dict[str, str]:
        return {field.id or "": _value(field) for field in self.draft_fields()}


def _value(field: Widget) -> str:
    if isinstance(field, TextArea):
        return field.text
    if isinstance(field, SelectionList):
        return " ".join(field.selected)
    return field.value if isinstance(field, Input | Choice) else ""

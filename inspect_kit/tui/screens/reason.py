"""Why an item does not apply, or could not be verified."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from inspect_kit.language import _
from inspect_kit.model import Assessment, Item, clean_line
from inspect_kit.tui.widgets.form import FormScreen, line

_USUAL = {
    Assessment.NOT_APPLICABLE: (
        _("Nobody of this group is held here."),
        _("Nothing of this kind happened in the period looked at."),
        _("This is not done here."),
    ),
    Assessment.NOT_VERIFIED: (
        _("Not enough time on this visit."),
        _("The register was not shown to us."),
        _("Nobody could be asked in private."),
    ),
}
_WHY = {Assessment.NOT_APPLICABLE: _("Why not applicable?"), Assessment.NOT_VERIFIED: _("Why not verified?")}


class Reason(FormScreen[str]):
    """Asks for a reason in a line; usual ones are a key away.

    Args:
        visit: the visit's id.
        item: the item that is judged.
        assessment: not applicable or not verified.
        reason: the reason that stands so far.
    """

    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (
        ("enter", _("keep")),
        ("F1–F3", _("usual reasons")),
        ("esc", _("back")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            f"f{number}",
            f"usual({number})",
            _("take a usual reason"),
            id=f"reason.usual-{number}",
            priority=True,
        )
        for number in (1, 2, 3)
    ]

    def __init__(self, visit: str, item: Item, assessment: Assessment, reason: str) -> None:
        super().__init__()
        self._visit = visit
        self._item = item
        self._assessment = assessment
        self._reason = reason

    @property
    def HEADING(self) -> str:  # type: ignore[override]  # noqa: N802 (the form's constant, here with the judgement in it)
        """Why …?"""
        return _WHY[self._assessment]

    @property
    def draft_key(self) -> str:
        """One draft for each item and judgement; whoever asked for the reason keeps it with the judgement."""
        return f"reason {self._visit} {self._item.id} {self._assessment.value}"

    def fields(self) -> Iterable[Widget]:
        """The question, one line, three usual reasons."""
        yield Static(Content.assemble((self._item.ask, "$quiet")), classes="words")
        yield line(self._reason, _("the reason, in a few words"), id="reason")
        usual = [
            Content.assemble((f"F{number} ", "bold $primary"), (text, "$quiet"))
            for number, text in enumerate(_USUAL[self._assessment], 1)
        ]
        yield Static(Content("\n").join(usual), id="usual")

    async def keep(self) -> None:
        """A reason is needed."""
        self.dismiss(clean_line(self.typed("reason"), _("The reason"), required=True))

    def action_usual(self, number: int) -> None:
        """Put a usual reason into the line, to be kept or changed."""
        field = self.query_one("#reason", Input)
        field.value = _USUAL[self._assessment][number - 1]
        field.cursor_position = len(field.value)

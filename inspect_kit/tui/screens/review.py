"""A second pair of eyes: a colleague's judgement is accepted, or returned with a word why."""

from collections.abc import Iterable
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from inspect_kit.language import _
from inspect_kit.model import Finding, Item, Verdict
from inspect_kit.tui import words
from inspect_kit.tui.desk import desk
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.form import FormScreen, Row, text


class ReviewForm(FormScreen[bool]):
    """Collects verdict and comment.

    Args:
        visit: the visit's id.
        item: the item.
        finding: what is held about it.
    """

    HEADING = _("Second pair of eyes")
    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (
        ("← →", _("choose")),
        ("tab", _("next field")),
        ("ctrl+s", _("keep")),
        ("esc", _("back")),
    )

    def __init__(self, visit: str, item: Item, finding: Finding) -> None:
        super().__init__()
        self._visit = visit
        self._item = item
        self._finding = finding

    @property
    def draft_key(self) -> str:
        """One draft an item."""
        return f"review {self._visit} {self._item.id}"

    def fields(self) -> Iterable[Widget]:
        """What was judged, then the verdict on it."""
        finding = self._finding
        word, style = words.state(finding)
        yield Static(
            Content.assemble(
                (f"{self._item.ask}\n", "bold"),
                (word, style),
                (f" · {finding.author}, {words.moment(finding.recorded)}\n", "$quiet"),
                finding.narrative[:600] + ("…" if len(finding.narrative) > 600 else ""),
            ),
            classes="words",
        )
        verdicts = [("accepted", _("accept it")), ("returned", _("return it, to be looked at again"))]
        yield Row(_("Verdict"), Choice(verdicts, id="verdict"))
        yield Row(_("Comment"), text("", _("what is missing, or what you see differently"), id="comment"))

    async def keep(self) -> None:
        """Record the verdict."""
        verdict = Verdict(self.query_one("#verdict", Choice).value)
        comment, visit, item = self.typed("comment"), self._visit, self._item.id
        await desk(self).keep(self.draft_key, lambda casebook: casebook.review(visit, item, verdict, comment))
        self.dismiss(True)

    def action_back(self) -> None:
        """Leave it unreviewed."""
        self.dismiss(False)

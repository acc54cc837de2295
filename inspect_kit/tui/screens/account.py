"""What the team says about the visit as a whole."""

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget

from inspect_kit.language import _
from inspect_kit.model import Account, VisitRecord
from inspect_kit.tui.desk import desk
from inspect_kit.tui.widgets.form import FormScreen, Row, text

_FIELDS = {
    "overview": (_("Overview"), _("what a reader should know first")),
    "cooperation": (_("Cooperation"), _("how the team was received; what was refused or delayed")),
    "good_practice": (_("Good practice"), _("what others could learn from here")),
    "limits": (_("Limits"), _("what could not be seen or done, and why")),
}


class AccountForm(FormScreen[bool]):
    """Four texts of any length.

    Args:
        visit: the visit's record.
    """

    HEADING = _("Account of the visit")
    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (
        ("tab", _("next field")),
        ("ctrl+s", _("keep")),
        ("esc", _("back, nothing is lost")),
    )

    def __init__(self, visit: VisitRecord) -> None:
        super().__init__()
        self._visit = visit

    @property
    def draft_key(self) -> str:
        """One draft a visit."""
        return f"account {self._visit.id}"

    def fields(self) -> Iterable[Widget]:
        """One field each."""
        for name, (title, hint) in _FIELDS.items():
            yield Row(title, text(getattr(self._visit.account, name), hint, id=name))

    async def keep(self) -> None:
        """Record it."""
        account = Account(**{name: self.typed(name) for name in _FIELDS})
        visit = self._visit.id
        await desk(self).keep(self.draft_key, lambda casebook: casebook.give_account(visit, account))
        self.dismiss(True)

    def action_back(self) -> None:
        """Leave; what was typed waits here."""
        self.dismiss(False)

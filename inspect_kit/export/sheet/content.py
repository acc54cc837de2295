"""What the parts of a sheet share: the checklist, sizes, page numbers, and the advice that fits under a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.platypus import Paragraph

from inspect_kit.export.report.fonts import BOLD, REGULAR, fit, width
from inspect_kit.export.report.pages import Numbers
from inspect_kit.export.report.text import Ink
from inspect_kit.export.sheet.form import Form
from inspect_kit.model import Checklist, Item

HELP = 3
"""The most lines of advice under a question."""


@dataclass(frozen=True)
class Advice:
    """What may be said under a question.

    Attributes:
        lead: such as ``Look``.
        entries: the most useful first.
        most: how many of them are wanted.
    """

    lead: str
    entries: tuple[str, ...]
    most: int


@dataclass
class Sheet:
    """A sheet in the making.

    Attributes:
        checklist: whose items are printed.
        form: its sizes.
        ink: prints people's texts.
        numbers: page numbers; an item's own page by its id.
        leg: the part of the sheet that is being set.
        top: the part with which the page begins.
        lined: whether a page's rest is ruled.
    """

    checklist: Checklist
    form: Form
    ink: Ink = field(default_factory=Ink)
    numbers: Numbers = field(default_factory=Numbers)
    leg: str = ""
    top: str = ""
    lined: bool = False

    def label(self, item: Item) -> str:
        """Name an item as the screens do: ``Searches 3``."""
        return f"{self.checklist.title(item.theme)} {item.number}"

    def page(self, item: Item) -> str:
        """Tell where an item is judged."""
        return f"page {self.numbers.pages.get(item.id, 0) or '…'}"

    def help(self, parts: Sequence[Advice]) -> list[Paragraph]:
        """Set as much advice as fits under a question, wrapped; only an entry longer than all its lines is cut.

        Args:
            parts: what may be said; each leaves those after it room for their shortest entry.
        """
        parts = [part for part in parts if part.entries]
        told: list[Paragraph] = []
        for number, part in enumerate(parts, 1):
            left = HELP - sum(self._lines(text) for text in told)
            left -= sum(
                min(self._lines(self._advice(later.lead, [entry])) for entry in later.entries)
                for later in parts[number:]
            )
            chosen: list[str] = []
            for entry in part.entries:
                if len(chosen) < part.most and self._lines(self._advice(part.lead, [*chosen, entry])) <= left:
                    chosen.append(entry)
            if chosen:
                told.append(self._advice(part.lead, chosen))
        if parts and not told:
            # a tenth and more of each line is lost at its end
            room = 0.85 * HELP * self.form.width - width(parts[0].lead, BOLD, self.form.text)
            entry = fit(self.ink.line(parts[0].entries[0]), REGULAR, self.form.text, room)
            told.append(self._advice(parts[0].lead, [entry]))
        for text in told:
            text.wrap(self.form.width, self.form.height)
        return told

    def _advice(self, lead: str, entries: Sequence[str]) -> Paragraph:
        words = "\u2002·\u2002".join(self.ink.markup(self.ink.line(entry)) for entry in entries)
        return Paragraph(f"<b>{lead}</b>\u2002{words}", self.form.small)

    def _lines(self, text: Paragraph) -> int:
        _, height = text.wrap(self.form.width, self.form.height)
        return int(height / self.form.small.leading + 0.5)

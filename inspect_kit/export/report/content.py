"""What the sections of a report share: the record as this edition shows it, its labels, links and headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, PageBreak

from inspect_kit.analysis import Disclosed
from inspect_kit.export.report import style
from inspect_kit.export.report.data import ReportData
from inspect_kit.export.report.flowables import Badge, Beside, ContentsLine, Gap
from inspect_kit.export.report.pages import Anchor, Numbers
from inspect_kit.export.report.paragraphs import Text
from inspect_kit.export.report.tables import list_item, plain_table
from inspect_kit.export.report.tags import Tag
from inspect_kit.export.report.text import Ink, readable
from inspect_kit.model import (
    Assessment,
    Conflict,
    Edition,
    Finding,
    Item,
    Priority,
    Recommendation,
    Section,
    VisitRecord,
    Wording,
)

READERS = {
    Edition.INTERNAL: "for the monitoring body itself",
    Edition.AUTHORITY: "for the authority that runs the facility",
    Edition.PUBLIC: "for the public",
}
LONGEST_QUESTION = 1200
"""The most characters of a question that is surely shorter than a page, and need not be split."""
SUBSTANCE = (Assessment.MET, Assessment.PARTLY_MET, Assessment.NOT_MET)


@dataclass
class Content:
    """A report in the making.

    Attributes:
        data: what it shows.
        jpegs: photographs as they stand in the report, by the digest of the attachment.
        digest: SHA-256 of the attached data, in hex.
        ink: prints people's texts.
        numbers: page numbers.
        contents: the lines of the contents so far.
        contents_tag: the element of the contents.
    """

    data: ReportData
    jpegs: Mapping[str, bytes]
    digest: str
    ink: Ink = field(default_factory=Ink)
    numbers: Numbers = field(default_factory=Numbers)
    contents: list[ContentsLine] = field(default_factory=list)
    contents_tag: Tag = field(default_factory=lambda: Tag("TOC"))

    def __post_init__(self) -> None:
        self.items: dict[str, Item] = {item.id: item for item in self.visit.checklist.items}
        self._order = {item: place for place, item in enumerate(self.items)}
        self.described = [item.id for item in self.visit.checklist.items if self._tells(item.id)]
        self.described += [item for item in self.visit.findings if item not in self.items]
        self._keys = {item: f"finding-{number}" for number, item in enumerate(self.described, 1)}

    @property
    def shown(self) -> Disclosed:
        """The record as this edition shows it, and what it does not."""
        return self.data.shown

    @property
    def visit(self) -> VisitRecord:
        """The record as this edition shows it."""
        return self.data.shown.visit

    @property
    def edition(self) -> Edition:
        """The readership."""
        return self.data.edition

    @property
    def made(self) -> datetime:
        """When the report is made."""
        return self.data.made

    @property
    def wording(self) -> Mapping[str, Wording]:
        """The clauses' texts, where the user imported them."""
        return self.data.wording

    def _tells(self, item: str) -> bool:
        """Whether there is more to say about an item than why it was not judged."""
        finding = self.visit.findings.get(item)
        return finding is not None and (
            finding.assessment in SUBSTANCE
            or bool(finding.narrative or finding.evidence or self.conflicts(item) or self.shown.withheld.get(item))
            or finding.priority is not Priority.NORMAL
        )

    def conflicts(self, item: str) -> tuple[Conflict, ...]:
        """Where people disagree on an item's finding."""
        found = [conflict for conflict in self.visit.conflicts if conflict.subject == f"finding:{item}"]
        own = self.visit.findings[item].conflict if item in self.visit.findings else None
        return tuple(found if own is None or own in found else [*found, own])

    def label(self, item: str) -> str:
        """Name an item by its theme and number: ``Searches 3``."""
        known = self.items.get(item)
        if known is None:
            return item
        title = self.visit.checklist.title(known.theme)
        return f"{title} {known.number}" if known.number else f"{title}: {known.short}"

    def anchor(self, item: str) -> Anchor:
        """Set the place that links to a finding lead to."""
        return Anchor(self._keys[item], self.numbers, self.bookmark(self.label(item)), 2)

    def link(self, item: str) -> str:
        """Name an item, linked to its finding where it has one, as markup."""
        words = self.ink.markup(self.label(item)).replace(" ", "\u00a0")
        return f'<a href="#{self._keys[item]}">{words}</a>' if item in self._keys else words

    def links(self, items: Iterable[str]) -> str:
        """Name several items in the order of the checklist, as markup."""
        last = len(self._order)
        return ", ".join(self.link(item) for item in sorted(items, key=lambda item: self._order.get(item, last)))

    def bookmark(self, text: str) -> str:
        """Print a text in a bookmark."""
        line = readable(text)
        return line if len(line) <= 120 else line[:119] + "…"

    def finding(self, item: str) -> Finding:
        """The finding on an item; an empty one where there is none."""
        return self.visit.findings.get(item) or Finding(item)

    def recommendations_on(self, item: str) -> list[Recommendation]:
        """The recommendations that rest on a finding."""
        return [one for one in self.visit.recommendations if item in one.findings]

    def section(self, title: str, *, new_page: bool = True, room: float = 90 * mm) -> list[Flowable]:
        """Begin a section, which also stands in the contents."""
        key = f"section-{len(self.contents) + 1}"
        self.contents.append(ContentsLine(title, key, self.numbers, 0, self.contents_tag))
        start = [PageBreak()] if new_page else [CondPageBreak(room), Gap(12 * mm)]
        return [*start, Anchor(key, self.numbers, title), Text(title, style.SECTION)]

    def theme(self, title: str) -> list[Flowable]:
        """Begin a theme within a section."""
        key = f"section-{len(self.contents) + 1}"
        self.contents.append(ContentsLine(self.ink.markup(title), key, self.numbers, 1, self.contents_tag))
        anchor = Anchor(key, self.numbers, self.bookmark(title), 1)
        return [CondPageBreak(65 * mm), anchor, Text(self.ink.markup(title), style.THEME)]

    def of_standard(self, section: Section) -> list[Flowable]:
        """Say which standard a theme's items come from, where the report rests on several."""
        standards = self.visit.checklist.standards
        if len(standards) < 2 or section.standard not in standards:
            return []
        return [Text(f"Items from: {self.ink.markup(standards[section.standard].title)}", style.SMALL)]

    def heading(self, title: str) -> list[Flowable]:
        """Begin a part of a section that does not stand in the contents."""
        return [CondPageBreak(26 * mm), Text(title, style.HEADING)]

    def account(
        self, text: str, look: ParagraphStyle = style.BODY, lead: str = "", items: Tag | None = None
    ) -> list[Text]:
        """Print a text of any length.

        Args:
            text: as it was typed.
            look: its style.
            lead: markup that stands before its first words; a bullet where it is an item of a list.
            items: the list of which it is an item.
        """
        pieces = list(self.ink.paragraphs(text)) if text else []
        if lead:
            first, ends = pieces[0] if pieces else ("", True)
            pieces[:1] = [(lead + first, ends)]
        label, body = list_item(items) if items else (None, None)
        several = sum(ends for _, ends in pieces) > 1
        story: list[Text] = []
        tag = None
        for markup, ends in pieces:
            tag = tag or (Tag("P", body) if several or not body else body)
            one = Text(markup, look if ends else style.unspaced(look), tag)
            one.label, one.body = label, body
            story.append(one)
            tag = None if ends else tag  # a long paragraph in several pieces is one element
        return story

    def head(self, item: str, *, compact: bool = False, linked: bool = False) -> Flowable:
        """Print a finding's number, clauses, question, and assessment."""
        finding, known = self.finding(item), self.items.get(item)
        name = self.link(item) if linked else self.ink.markup(self.label(item))
        eyebrow = f"<b>{name}</b>"
        if known is not None:
            clauses = self.ink.markup(", ".join(known.clauses))
            eyebrow += f'<font color="#{style.QUIET.hexval()[2:]}">\u2002{clauses}</font>'
        question = known.ask if known is not None else "This item is not part of the visit’s checklist."
        look = style.QUESTION_MET if compact else style.QUESTION
        title = Tag("H3")
        texts = [Text(eyebrow, style.EYEBROW, title), Text(self.ink.markup(question), look, title)]
        badge = Badge(finding.assessment, finding.priority)
        if len(self.ink.printed(question)) > LONGEST_QUESTION:
            return plain_table([[texts, badge]], [style.WIDTH - 36 * mm, 36 * mm], below=1.6 * mm)
        return Beside(texts, badge, 36 * mm)

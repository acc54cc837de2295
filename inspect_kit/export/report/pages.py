"""The pages around the text: frames, running header and footer, bookmarks, and the document's own data."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDate, PDFDictionary, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from inspect_kit.export.report import style
from inspect_kit.export.report.fonts import REGULAR
from inspect_kit.export.report.paragraphs import Text
from inspect_kit.export.report.signatures import Place, SignerRole
from inspect_kit.export.report.tags import Tag, TaggedCanvas


@dataclass(frozen=True)
class Furniture:
    """What stands on every page and in the document's properties, as printable lines.

    Attributes:
        title, author, subject: the document's properties.
        header: left in the running header, as markup, and right, as a printable line.
        footer: left in the footer.
        made: when the report is made.
    """

    title: str
    author: str
    subject: str
    header: tuple[str, str]
    footer: str
    made: datetime


@dataclass
class Numbers:
    """Page numbers, known after the first of two passes.

    Attributes:
        pages: the page on which each anchor lies.
        total: how many pages there are; 0 in the first pass.
    """

    pages: dict[str, int] = field(default_factory=dict)
    total: int = 0


class Anchor(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A place that links and bookmarks lead to."""

    width = height = 0

    def __init__(self, key: str, numbers: Numbers, title: str = "", level: int = 0) -> None:
        super().__init__()
        self.key, self.numbers, self.title, self.level = key, numbers, title, level

    def wrap(self, *_room: float) -> tuple[float, float]:
        """Take the room."""
        return 0, 0

    def draw(self) -> None:
        """Take note of the page, and set the bookmark."""
        self.numbers.pages[self.key] = self.canv.getPageNumber()
        self.canv.bookmarkHorizontal(self.key, 0, 6 * mm)
        if self.title:
            self.canv.addOutlineEntry(self.title, self.key, self.level, closed=self.level > 0)


def lay_out(story: list[Flowable], furniture: Furniture, numbers: Numbers, templates: Sequence[PageTemplate]) -> bytes:
    """Set pages twice, so that each knows where the others are, and give the PDF.

    Args:
        story: what to set.
        furniture: what stands around it.
        numbers: filled by the first pass.
        templates: the kinds of page, each with its size.
    """
    numbers.total = 0
    _set(story, furniture, numbers, templates, Canvas)
    for flowable in story:
        vars(flowable).pop("_postponed", None)  # ReportLab's mark of the first pass: “was moved to a new page once”
    return _set(story, furniture, numbers, templates, Canvas)


def set_report(
    story: list[Flowable],
    furniture: Furniture,
    numbers: Numbers,
    paper: tuple[float, float],
    finish: Sequence[Callable[[TaggedCanvas], None]],
) -> bytes:
    """Set a report's tagged pages, and give the PDF.

    Args:
        story: what to set.
        furniture: what stands around it.
        numbers: filled on the way; what is drawn of them is drawn at the end.
        paper: width and height.
        finish: what is added to the file before it is written.
    """

    def canvas(*arguments: Any, **options: Any) -> TaggedCanvas:
        made = TaggedCanvas(*arguments, **options)
        made.finish += [lambda _: setattr(numbers, "total", made.getPageNumber() - 1), *finish]
        return made

    return _set(story, furniture, numbers, _report_pages(furniture, numbers, paper), canvas)


def _set(
    story: list[Flowable],
    furniture: Furniture,
    numbers: Numbers,
    templates: Sequence[PageTemplate],
    kind: Callable[..., Canvas],
) -> bytes:
    out = BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=templates[0].pagesize,
        title=furniture.title,
        author=furniture.author,
        subject=furniture.subject,
        creator="inspect_kit",
    )
    document.addPageTemplates(templates)
    before = rl_config.useA85
    rl_config.useA85 = 0  # base-85 would make photographs larger and slower to write
    try:
        document.build(list(story), canvasmaker=lambda *_, **__: _canvas(out, furniture, templates[0].pagesize, kind))
    finally:
        rl_config.useA85 = before
    numbers.total = document.page
    return out.getvalue()


def _report_pages(furniture: Furniture, numbers: Numbers, paper: tuple[float, float]) -> list[PageTemplate]:
    left = (paper[0] - style.WIDTH) / 2
    height = paper[1] - style.TOP - style.BOTTOM
    frame = Frame(left, style.BOTTOM, style.WIDTH, height, 0, 0, 0, 0)
    return [
        PageTemplate("cover", [frame], pagesize=paper, autoNextPageTemplate="text"),
        PageTemplate(
            "text",
            [frame],
            pagesize=paper,
            onPage=lambda canvas, _document: _draw_furniture(canvas, furniture, numbers, paper),
        ),
    ]


def _draw_furniture(canvas: TaggedCanvas, furniture: Furniture, numbers: Numbers, paper: tuple[float, float]) -> None:
    left, number = (paper[0] - style.WIDTH) / 2, canvas.getPageNumber()
    right, top = left + style.WIDTH, paper[1] - 18 * mm

    def draw_number(canvas: TaggedCanvas) -> None:
        canvas.setFont(REGULAR, 8)
        canvas.setFillColor(style.QUIET)
        canvas.drawRightString(right, 14 * mm, f"Page {number} of {numbers.total}")

    canvas.saveState()
    canvas.setFont(REGULAR, 8)
    canvas.setFillColor(style.QUIET)
    name, edition = furniture.header
    heading = Text(name, style.FURNITURE)
    heading.tag = None  # an artifact
    heading.wrap(style.WIDTH - 40 * mm, 100)
    if heading.foreign is not None:
        heading.width = heading.foreign.wide()
    heading.drawOn(canvas, left, top - 2.4)
    canvas.drawRightString(right, top, edition)
    canvas.setStrokeColor(style.LINE)
    canvas.setLineWidth(0.5)
    canvas.line(left, top - 2.4 * mm, right, top - 2.4 * mm)
    canvas.drawString(left, 14 * mm, furniture.footer)
    canvas.later(draw_number)
    canvas.restoreState()


def _canvas(out: BytesIO, furniture: Furniture, size: tuple[float, float], kind: Callable[..., Canvas]) -> Canvas:
    canvas = kind(
        out,
        pagesize=size,
        pageCompression=1,
        invariant=1,
        initialFontName=REGULAR,  # otherwise an unused Helvetica enters
        initialFontSize=style.BODY.fontSize,
        initialLeading=style.BODY.leading,
        pdfVersion=(1, 7),  # a lower one would be raised by the first signature, in the catalogue
        lang="en-GB",
    )
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showOutline()
    document = canvas._doc
    document._timeStamp = _MadeAt(furniture.made)
    document.signature = hashlib.md5(PDFDate(document._timeStamp).format(document), usedforsecurity=False)
    # declares PAdES signatures from the start, so that no signature has to change the catalogue for it
    extension = PDFDictionary({"BaseVersion": PDFName("1.7"), "ExtensionLevel": 1})
    document.Catalog.Extensions = PDFDictionary({"ESIC": extension})
    document.Catalog.__NoDefault__ = [*document.Catalog.__NoDefault__, "Extensions"]
    return canvas


class _MadeAt:
    """The report's own date in the shape in which ReportLab reads one."""

    def __init__(self, made: datetime) -> None:
        offset = made.utcoffset()
        minutes = round(offset.total_seconds() / 60) if offset else 0
        self.t = made.timestamp()
        self.YMDhms = (made.year, made.month, made.day, made.hour, made.minute, made.second)
        self.dhh, self.dmm = int(minutes / 60), abs(minutes) % 60


def add_signature_place(canvas: TaggedCanvas, place: Place, box: tuple[float, float]) -> None:
    """Prepare an empty signature field where the canvas stands now.

    Args:
        canvas: the canvas, on the field's page.
        place: its name, and who signs there; the chair's closes the whole document.
        box: width and height.
    """
    document = canvas._doc
    left, bottom = canvas.absolutePosition(0, 0)
    values: dict[str, Any] = {
        "Subtype": PDFName("Widget"),
        "FT": PDFName("Sig"),
        "T": PDFString(place.name),
        "TU": PDFString(place.tooltip),
        "P": document.thisPageRef(),
        "Rect": PDFArray([round(left, 2), round(bottom, 2), round(left + box[0], 2), round(bottom + box[1], 2)]),
    }
    if place.role is SignerRole.CHAIR:
        values["Lock"] = PDFDictionary({"Type": PDFName("SigFieldLock"), "Action": PDFName("All"), "P": 1})
    tag = Tag("Form", alt=place.tooltip)
    canvas.place(tag)
    canvas.annotate(tag, values, place.name)
    form = getattr(document.Catalog, "AcroForm", None)
    if form is None:
        # both flags (signatures exist, append only) stand from the start: nothing of the form changes later
        form = document.Catalog.AcroForm = PDFDictionary({"Fields": PDFArray([]), "SigFlags": 3})
    form.dict["Fields"].sequence.append(document.refAnnotation(place.name))

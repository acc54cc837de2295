"""The pages around the text: frames, running header and footer, bookmarks, and the document's own data."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
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
from inspect_kit.export.report.fonts import REGULAR, fit


@dataclass(frozen=True)
class Furniture:
    """What stands on every page and in the document's properties, as printable lines.

    Attributes:
        title, author, subject: the document's properties.
        header: left and right in the running header.
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


def lay_out(
    story: list[Flowable], furniture: Furniture, numbers: Numbers, templates: Sequence[PageTemplate] = ()
) -> bytes:
    """Set the pages twice, so that each page knows how many there are, and give the PDF.

    Args:
        story: what to set.
        furniture: what stands around it.
        numbers: filled by the first pass.
        templates: the kinds of page, each with its size; where none is given, the report's: a cover, then its pages.
    """
    numbers.total = 0
    _set(story, furniture, numbers, templates)
    for flowable in story:
        vars(flowable).pop("_postponed", None)  # ReportLab's mark of the first pass: “was moved to a new page once”
    return _set(story, furniture, numbers, templates)


def _set(story: list[Flowable], furniture: Furniture, numbers: Numbers, templates: Sequence[PageTemplate]) -> bytes:
    out = BytesIO()
    templates = templates or _report_pages(furniture, numbers)
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
        document.build(list(story), canvasmaker=lambda *_, **__: _canvas(out, furniture, templates[0].pagesize))
    finally:
        rl_config.useA85 = before
    numbers.total = document.page
    return out.getvalue()


def _report_pages(furniture: Furniture, numbers: Numbers) -> list[PageTemplate]:
    frame = Frame(style.LEFT, style.BOTTOM, style.WIDTH, style.HEIGHT, 0, 0, 0, 0)
    return [
        PageTemplate("cover", [frame], pagesize=style.PAGE, autoNextPageTemplate="text"),
        PageTemplate(
            "text",
            [frame],
            pagesize=style.PAGE,
            onPage=lambda canvas, _document: _draw_furniture(canvas, furniture, numbers.total),
        ),
    ]


def _draw_furniture(canvas: Canvas, furniture: Furniture, total: int) -> None:
    canvas.saveState()
    canvas.setFont(REGULAR, 8)
    canvas.setFillColor(style.QUIET)
    right = style.PAGE[0] - style.RIGHT
    top = style.PAGE[1] - 18 * mm
    left_text, right_text = furniture.header
    canvas.drawString(style.LEFT, top, fit(left_text, REGULAR, 8, style.WIDTH - 45 * mm))
    canvas.drawRightString(right, top, right_text)
    canvas.setStrokeColor(style.LINE)
    canvas.setLineWidth(0.5)
    canvas.line(style.LEFT, top - 2.4 * mm, right, top - 2.4 * mm)
    canvas.drawString(style.LEFT, 14 * mm, furniture.footer)
    canvas.drawRightString(right, 14 * mm, f"Page {canvas.getPageNumber()} of {total or '…'}")
    canvas.restoreState()


def _canvas(out: BytesIO, furniture: Furniture, size: tuple[float, float]) -> Canvas:
    canvas = Canvas(
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


def add_signature_place(canvas: Canvas, name: str, tooltip: str, box: tuple[float, float], *, locks: bool) -> None:
    """Prepare an empty signature field where the canvas stands now.

    Args:
        canvas: the canvas, on the field's page.
        name: the field's name.
        tooltip: read out by screen readers.
        box: width and height.
        locks: whether signing here closes the whole document.
    """
    document = canvas._doc
    left, bottom = canvas.absolutePosition(0, 0)
    values: dict[str, Any] = {
        "Type": PDFName("Annot"),
        "Subtype": PDFName("Widget"),
        "FT": PDFName("Sig"),
        "T": PDFString(name),
        "TU": PDFString(tooltip),
        "F": 4,
        "P": document.thisPageRef(),
        "Rect": PDFArray([round(left, 2), round(bottom, 2), round(left + box[0], 2), round(bottom + box[1], 2)]),
    }
    if locks:
        values["Lock"] = PDFDictionary({"Type": PDFName("SigFieldLock"), "Action": PDFName("All"), "P": 1})
    canvas._addAnnotation(PDFDictionary(values), name)
    form = getattr(document.Catalog, "AcroForm", None)
    if form is None:
        # both flags (signatures exist, append only) stand from the start: nothing of the form changes later
        form = document.Catalog.AcroForm = PDFDictionary({"Fields": PDFArray([]), "SigFlags": 3})
    form.dict["Fields"].sequence.append(document.refAnnotation(name))

"""Marks in the pages that tell a screen reader what is a heading, a paragraph, a list, a table, a link or a picture.

ReportLab draws; this canvas notes which element of the document's structure each piece of drawing belongs to, and
marks everything else as an artifact, which is not read out. ``structure.py`` writes the elements (ISO 32000-1, 14.7
and 14.8). What is known only at the end, such as the number of pages, is drawn at the end: one pass is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObject, PDFPage, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

_PAINTS = frozenset({"ET", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "%later"})
_PAGE_KEYS = [*PDFPage.__NoDefault__, "StructParents", "Tabs"]


class Tag(PDFObject):  # type: ignore[misc]  # ReportLab has no types
    """An element of the document's structure.

    Attributes:
        role: ``P``, ``H1``, ``TD``, ….
        parent: the element that it stands in; None for the document itself.
        alt: what is read out in its place.
        actual: the text that its drawing stands for.
        attributes: its attribute dictionary as PDF source, or nothing.
        once: whether later drawings of it only repeat it, as the head of a table on each page does.
        cells: elements that stand in it even where nothing of them is drawn, such as empty cells.
        kids: elements, marked pieces (page and number, both from 0), and annotations by name, as they were drawn.
        number: of its PDF object, once it is written.
    """

    def __init__(
        self,
        role: str,
        parent: Tag | None = None,
        *,
        alt: str = "",
        actual: str = "",
        attributes: str = "",
        once: bool = False,
    ) -> None:
        self.role, self.parent, self.alt, self.actual = role, parent, alt, actual
        self.attributes, self.once = attributes, once
        self.cells: list[Tag] = []
        self.kids: list[Tag | tuple[int, int] | str] = []
        self.placed = False
        self.number = 0

    def format(self, document: Any) -> bytes:
        """Write the element, for ReportLab."""
        from inspect_kit.export.report.structure import element

        return element(self, document)


def bounds(left: float, bottom: float, wide: float, high: float) -> str:
    """Say where on the page a figure stands, in points, as attributes of its element."""
    box = " ".join(f"{edge:.2f}" for edge in (left, bottom, left + wide, bottom + high))
    return f"<</O /Layout /Placement /Block /BBox [{box}]>>"


class TaggedCanvas(Canvas):  # type: ignore[misc]  # ReportLab has no types
    """A canvas that knows what each piece of a page is.

    Attributes:
        root: the document's element.
        keys: what the parent tree leads back to: each page's marked pieces, and each annotation's element.
        finish: what is to be done before the file is written.
    """

    _code: list[str]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.root = Tag("Document")
        self.keys: list[list[Tag] | Tag] = []
        self.finish: list[Callable[[TaggedCanvas], None]] = []
        self._tags: list[Tag | None] = []
        self._links: dict[str, Tag] = {}
        self._later: dict[str, Callable[[TaggedCanvas], None]] = {}
        self._pieces: list[Tag] = []
        self._flushed = 0
        self._last: tuple[Tag | None, int] = (None, 0)
        self._seen: dict[Tag, int] = {}
        super().__init__(*arguments, **options)

    @contextmanager
    def tagged(self, tag: Tag | None) -> Iterator[None]:
        """Let what is drawn within belong to an element; to none, where it is None."""
        self._flush()
        self._tags.append(tag)
        try:
            yield
        finally:
            self._flush()
            self._tags.pop()

    def turn(self, tag: Tag | None) -> None:
        """Go on in another element than the one that is open."""
        self._flush()
        self._tags[-1] = tag

    def later(self, draw: Callable[[TaggedCanvas], None]) -> None:
        """Draw at the end what is not known yet, in this place and element.

        Args:
            draw: draws on the canvas that it is given.
        """
        token = f"{len(self._later)} %later"
        self._later[token] = draw
        self._code.append(f"%{token}")

    def piece(self, tag: Tag) -> str:
        """Begin a marked piece of an element; ends with ``EMC``."""
        if tag.once and self._seen.setdefault(tag, len(self._doc.Pages.pages)) != len(self._doc.Pages.pages):
            return "/Artifact BMC"
        self.place(tag)
        tag.kids.append((len(self._doc.Pages.pages), len(self._pieces)))
        self._pieces.append(tag)
        return f"/{tag.role} <</MCID {len(self._pieces) - 1}>> BDC"

    def place(self, tag: Tag) -> None:
        """Give an element its place after those that stand in its parent already."""
        if tag.placed:
            return
        if tag.parent is not None:
            self.place(tag.parent)
            if tag.placed:  # as one of its cells
                return
        tag.placed = True
        (tag.parent or self.root).kids.append(tag)
        for cell in tag.cells:
            cell.placed = True
            tag.kids.append(cell)

    def annotate(self, tag: Tag, values: dict[str, Any], name: str = "") -> None:
        """Add an annotation to the page, and lead from the structure to it and back."""
        name = name or f"link-{len(self.keys)}"
        tag.kids.append(name)
        values |= {"Type": PDFName("Annot"), "F": 4, "StructParent": len(self.keys)}
        self.keys.append(tag)
        self._addAnnotation(PDFDictionary(values), name)

    def linkRect(  # noqa: N802 (ReportLab's name)
        self, contents: str, destinationname: str, Rect: Any = None, **_options: Any  # noqa: N803 (likewise)
    ) -> None:  # fmt: skip
        """Add a link within the document, to the link's element that is open or announced, else to one of its own."""
        tag = self._links.get(destinationname) or self._tags[-1]
        if tag is None:
            raise ValueError("a link stands in an element")
        if tag.role != "Link":  # a paragraph that is a link from end to end announces none
            tag = self._links.setdefault(destinationname, Tag("Link", tag))
        values = {
            "Subtype": PDFName("Link"),
            "Rect": PDFArray([round(edge, 2) for edge in self._absRect(Rect, 1)]),
            "Border": PDFArray([0, 0, 0]),
            "Contents": PDFString(contents or "Go to this part of the report"),
            "Dest": self._bookmarkReference(destinationname),
        }
        self.annotate(tag, values)

    def drawText(self, aTextObject: PDFTextObject) -> None:  # noqa: N802, N803 (ReportLab's names)
        """Draw a text object; one with links in it marks itself."""
        if not hasattr(aTextObject, "marks_itself"):
            super().drawText(aTextObject)
            return
        self._flush()
        super().drawText(aTextObject)
        self._flushed, self._last = len(self._code), (None, 0)

    def showPage(self) -> None:  # noqa: N802 (ReportLab's name)
        """End the page, and note what its pieces belong to."""
        self._flush()
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.__NoDefault__ = _PAGE_KEYS
        page.Tabs = PDFName("S")
        page.StructParents = len(self.keys)
        self.keys.append(self._pieces)
        self._pieces, self._flushed, self._last = [], 0, (None, 0)

    def save(self) -> None:
        """Finish the document, draw what had to wait, and give the file out."""
        if self._code:
            self.showPage()
        for step in self.finish:
            step(self)
        for page in self._doc.Pages.pages:
            if "%later" in page.stream:
                page.stream = "\n".join(self._drawn(line) for line in page.stream.split("\n"))
        self._doc.SaveToFile(self._filename, self)

    def _drawn(self, line: str) -> str:
        draw = self._later.get(line[1:]) if line.endswith("%later") else None
        if draw is None:
            return line
        self._code = []
        self.init_graphics_state()
        draw(self)
        return "\n".join(self._code)

    def _flush(self) -> None:
        """Mark what was drawn since the last time, as a piece of the open element or as an artifact."""
        code, start = self._code, self._flushed
        if any(line.rpartition(" ")[2] in _PAINTS for line in code[start:]):
            tag = self._tags[-1] if self._tags else None
            last, ended = self._last
            if tag is not None and tag is last:
                del code[ended]  # nothing was painted in between: the piece goes on
            else:
                code.insert(start, self.piece(tag) if tag is not None else "/Artifact BMC")
            code.append("EMC")
            self._last = tag, len(code) - 1
        self._flushed = len(code)

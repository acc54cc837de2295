"""A checker of a PDF's tags against the PDF itself, written apart from what makes them; pikepdf reads the file.

It looks for what a screen reader needs (ISO 32000-1, 14.7 to 14.9; the machine-checkable part of the Matterhorn
Protocol as far as it concerns what our reports use). It is no validator of PDF/UA.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

SHOWS = {"Tj", "TJ", "'", '"'}
PAINTS = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE", *SHOWS}
ROLES = {"Document", "H1", "H2", "H3", "H4", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "Figure",
         "Link", "TOC", "TOCI", "Form", "Span"}  # fmt: skip
PARENTS = {"LI": {"L"}, "Lbl": {"LI"}, "LBody": {"LI"}, "TR": {"Table"}, "TH": {"TR"}, "TD": {"TR"}, "TOCI": {"TOC"}}
KIDS = {"L": {"LI"}, "LI": {"Lbl", "LBody"}, "Table": {"TR"}, "TR": {"TH", "TD"}, "TOC": {"TOCI"}}


@dataclass
class Element:
    """An element of the structure as it was read."""

    number: tuple[int, int]
    role: str
    values: Any
    kids: list[Element] = field(default_factory=list)
    pieces: list[tuple[int, int]] = field(default_factory=list)
    objects: list[tuple[int, int]] = field(default_factory=list)
    order: list[Element | tuple[int, int]] = field(default_factory=list)

    def below(self) -> Iterator[Element]:
        """The element and all below it, as they are read."""
        yield self
        for kid in self.kids:
            yield from kid.below()


def complaints(path: Path) -> list[str]:
    """Everything that is wrong with a file's tags; empty where nothing is."""
    with pikepdf.open(path) as pdf:
        return list(_Checker(pdf).check())


def tree(path: Path) -> Element:
    """The document's element, with all below it."""
    with pikepdf.open(path) as pdf:
        return _Checker(pdf).read()


class _Checker:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        self.wrong: list[str] = []

    def check(self) -> Iterator[str]:
        root = self.pdf.Root
        for key in ("/StructTreeRoot", "/Lang", "/Metadata", "/MarkInfo", "/ViewerPreferences"):
            if key not in root:
                yield f"the catalogue has no {key}"
        if not root.MarkInfo.get("/Marked") or not root.ViewerPreferences.get("/DisplayDocTitle"):
            yield "it does not say that it is tagged and has a title"
        with self.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            if not xmp.get("dc:title") or xmp.get("dc:title") != str(self.pdf.docinfo.get("/Title")):
                yield "XMP and document information name different titles"
        document = self.read()
        yield from self.wrong
        elements = list(document.below())
        found = self._parents(elements)
        yield from found
        yield from self._contents({piece for one in elements for piece in one.pieces})
        yield from self._shapes(elements)
        yield from self._annotations(elements)
        yield from self._reading_order(document)

    def read(self) -> Element:
        kids = self.pdf.Root.StructTreeRoot.K
        return self._element(kids[0] if isinstance(kids, pikepdf.Array) else kids, self.pdf.Root.StructTreeRoot, set())

    def _element(self, values: Any, parent: Any, seen: set[tuple[int, int]]) -> Element:
        one = Element(values.objgen, str(values.S)[1:], values)
        if one.number in seen:
            raise AssertionError(f"element {one.number} stands in the tree twice")
        seen.add(one.number)
        if values.P.objgen != parent.objgen:
            self.wrong.append(f"{one.role} {one.number} names another parent than the one it stands in")
        kids = values.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                one.pieces.append((self.pages[values.Pg.objgen], kid))
            elif kid.get("/Type") == "/MCR":
                one.pieces.append((self.pages[kid.Pg.objgen], int(kid.MCID)))
            elif kid.get("/Type") == "/OBJR":
                one.objects.append(kid.Obj.objgen)
            else:
                one.kids.append(self._element(kid, values, seen))
                one.order.append(one.kids[-1])
                continue
            if len(one.pieces) > len([step for step in one.order if isinstance(step, tuple)]):
                one.order.append(one.pieces[-1])
        return one

    def _parents(self, elements: list[Element]) -> Iterator[str]:
        nums = list(self.pdf.Root.StructTreeRoot.ParentTree.Nums)
        self.back = dict(zip(map(int, nums[::2]), nums[1::2], strict=True))
        if list(self.back) != sorted(self.back):
            yield "the parent tree is not in order"
        owners = {piece: one for one in elements for piece in one.pieces}
        if len(owners) != sum(len(one.pieces) for one in elements):
            yield "a marked piece belongs to two elements"
        for number, page in enumerate(self.pdf.pages):
            if page.obj.get("/Tabs") != "/S":
                yield f"page {number + 1} does not take its tab order from the structure"
            listed = self.back[int(page.obj.StructParents)]
            for mcid, parent in enumerate(listed):
                owner = owners.get((number, mcid))
                if owner is None or owner.number != parent.objgen:
                    yield f"page {number + 1}, piece {mcid}: the parent tree leads elsewhere than the structure"

    def _contents(self, known: set[tuple[int, int]]) -> Iterator[str]:
        used: set[tuple[int, int]] = set()
        for number, page in enumerate(self.pdf.pages):
            stack: list[tuple[str, int | None, bool]] = []
            in_text = False
            for operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                if name == "BT":
                    in_text = True
                elif name == "ET":
                    in_text = False
                elif name in ("BMC", "BDC"):
                    values = operands[1] if name == "BDC" else pikepdf.Dictionary()
                    mcid = int(values.MCID) if "/MCID" in values else None
                    stack.append((str(operands[0]), mcid, in_text))
                    if len(stack) > 1:
                        yield f"page {number + 1}: marks stand inside each other"
                    if mcid is not None:
                        if (number, mcid) in used:
                            yield f"page {number + 1}: piece {mcid} is marked twice"
                        used.add((number, mcid))
                elif name == "EMC":
                    if not stack or stack.pop()[2] != in_text:
                        yield f"page {number + 1}: a mark does not end where it began, inside or outside text"
                elif name in PAINTS and not stack:
                    yield f"page {number + 1}: {name} is neither tagged nor an artifact"
            if stack:
                yield f"page {number + 1}: a mark does not end"
        if used != known:
            yield f"pieces that are only in the pages or only in the structure: {sorted(used ^ known)[:5]}"

    def _shapes(self, elements: list[Element]) -> Iterator[str]:
        level = 0
        for one in elements:
            if one.role not in ROLES:
                yield f"{one.role} is no role of ours"
            for kid in one.kids:
                if kid.role in PARENTS and one.role not in PARENTS[kid.role]:
                    yield f"{kid.role} stands in {one.role}"
                if one.role in KIDS and kid.role not in KIDS[one.role]:
                    yield f"{one.role} holds {kid.role}"
            if one.role in KIDS and (one.pieces or not one.kids):
                yield f"{one.role} {one.number} holds words of its own, or nothing"
            if one.role[0] == "H" and one.role[1:].isdigit():
                if int(one.role[1:]) > level + 1:
                    yield f"{one.role} follows a heading of level {level}"
                level = int(one.role[1:])
            if one.role in ("Figure", "Form") and not str(one.values.get("/Alt", "")):
                yield f"{one.role} {one.number} has no alternative text"
            if one.role == "Figure" and len(one.values.A.BBox) != 4:
                yield "a figure does not say where it stands"
            if one.role == "TH" and one.values.A.Scope not in ("/Column", "/Row"):
                yield "a head cell does not say what it heads"
            if one.role in ("TD", "TH"):
                pages = [page for page, _ in one.pieces]
                if len(pages) > len(set(pages)) and not any(kid.role in ("Link", "Figure", "Span") for kid in one.kids):
                    yield f"{one.role} {one.number} has several pieces on a page"
            if one.role == "Table":
                yield from _table(one)
            if one.role in ("P", "H1", "H2", "H3") and not (one.pieces or one.kids):
                yield f"{one.role} {one.number} is empty"

    def _annotations(self, elements: list[Element]) -> Iterator[str]:
        tagged = {number: one for one in elements for number in one.objects}
        for page in self.pdf.pages:
            for note in page.obj.get("/Annots", []):
                one = tagged.get(note.objgen)
                role = {"/Link": "Link", "/Widget": "Form"}[str(note.Subtype)]
                if one is None or one.role != role:
                    yield f"an annotation {note.Subtype} is not tagged as {role}"
                elif self.back[int(note.StructParent)].objgen != one.number:
                    yield f"an annotation {note.Subtype} leads to another element"
                if not str(note.get("/Contents" if role == "Link" else "/TU", "")):
                    yield f"an annotation {note.Subtype} has no words for a screen reader"
                if role == "Link" and one is not None and not one.pieces:
                    yield "a link has no words"

    def _reading_order(self, document: Element) -> Iterator[str]:
        """What is read after each other stands after each other on the pages, but for rows that go over a page."""

        def steps(one: Element) -> Iterator[list[tuple[int, int]]]:
            if one.role == "TR":
                yield sorted(piece for part in one.below() for piece in part.pieces)
                return
            for step in one.order:
                if isinstance(step, Element):
                    yield from steps(step)
                else:
                    yield [step]

        last = (-1, -1)
        for pieces in steps(document):
            if pieces and pieces[0] < last:
                yield f"page {pieces[0][0] + 1}, piece {pieces[0][1]} is read after page {last[0] + 1}, piece {last[1]}"
            last = max([last, *pieces])


def _table(table: Element) -> Iterator[str]:
    widths = {sum(int(cell.values.get("/A", {}).get("/ColSpan", 1)) for cell in row.kids) for row in table.kids}
    if len(widths) != 1:
        yield f"rows of table {table.number} have different numbers of cells: {widths}"
    if not all(any(cell.role == "TH" for cell in row.kids) for row in table.kids):
        yield f"table {table.number} has a row without a head cell"

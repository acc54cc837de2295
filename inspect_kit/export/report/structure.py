"""The document's structure, metadata and attached data, written into the PDF beside its pages."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFObject

from inspect_kit.export.report.tags import Tag, TaggedCanvas

DATA_NAME = "report-data.json"
"""The attached file's name."""


class Raw(PDFObject):  # type: ignore[misc]  # ReportLab has no types
    """An object whose source we write ourselves."""

    def __init__(self, source: bytes) -> None:
        self.source = source

    def format(self, document: Any) -> bytes:  # noqa: ARG002 (ReportLab's signature)
        """Give the source."""
        return self.source


def text_string(text: str) -> str:
    """Write a text as a PDF text string, whatever its characters."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"


def element(tag: Tag, document: Any) -> bytes:
    """Write one element of the structure (ISO 32000-1, table 323)."""
    numbers = document.idToObjectNumberAndVersion
    pages = {kid[0] for kid in tag.kids if isinstance(kid, tuple)}
    own = pages.pop() if len(pages) == 1 else None
    kids = []
    for kid in tag.kids:
        if isinstance(kid, Tag):
            kids.append(f"{kid.number} 0 R")
        elif isinstance(kid, str):
            kids.append(f"<</Type /OBJR /Obj {numbers[document.annotationName(kid)][0]} 0 R>>")
        elif kid[0] == own:
            kids.append(str(kid[1]))
        else:
            kids.append(f"<</Type /MCR /Pg {numbers[f'Page{kid[0] + 1}'][0]} 0 R /MCID {kid[1]}>>")
    parts = [f"<</S /{tag.role} /P {tag.parent.number if tag.parent else 0} 0 R"]
    if own is not None:
        parts.append(f"/Pg {numbers[f'Page{own + 1}'][0]} 0 R")
    if tag.alt:
        parts.append(f"/Alt {text_string(tag.alt)}")
    if tag.actual:
        parts.append(f"/ActualText {text_string(tag.actual)}")
    if tag.attributes:
        parts.append(f"/A {tag.attributes}")
    if kids:
        parts.append(f"/K {kids[0]}" if len(kids) == 1 else f"/K [{' '.join(kids)}]")
    return " ".join([*parts, ">>"]).encode("ascii")


def add_structure(canvas: TaggedCanvas) -> None:
    """Add the tree of elements, and the way back to it from pages and annotations."""
    document = canvas._doc
    tree = Tag("StructTreeRoot")
    canvas.root.parent = tree
    tree.number = _number(document, Raw(b""), "structure")
    for tag in _all(canvas.root):
        if tag.parent is None:
            tag.parent = canvas.root
        tag.number = _number(document, tag, "")
    back = []
    for key, found in enumerate(canvas.keys):
        if isinstance(found, Tag):
            back.append(f"{key} {found.number} 0 R")
        else:
            back.append(f"{key} [{' '.join(f'{tag.number} 0 R' for tag in found)}]")
    parents = _number(document, Raw(f"<</Nums [{' '.join(back)}]>>".encode("ascii")), "structure parents")
    document.idToObject["structure"].source = (
        f"<</Type /StructTreeRoot /K {canvas.root.number} 0 R /ParentTree {parents} 0 R "
        f"/ParentTreeNextKey {len(canvas.keys)}>>"
    ).encode("ascii")
    _catalogue(document, StructTreeRoot=_reference(tree.number), MarkInfo=Raw(b"<</Marked true>>"))


def _all(root: Tag) -> Iterator[Tag]:
    """An element and all below it, in the order in which they are read."""
    waiting = [root]
    while waiting:
        tag = waiting.pop()
        yield tag
        waiting += [kid for kid in reversed(tag.kids) if isinstance(kid, Tag)]


def add_data(canvas: TaggedCanvas, data: bytes, made: datetime, about: str) -> None:
    """Attach the data from which the report was made, so that a signature covers it.

    Args:
        canvas: the report's.
        data: canonical JSON.
        made: when the report is made.
        about: what the file is, in a few words.
    """
    document = canvas._doc
    packed = zlib.compress(data, 6)
    when = _pdf_date(made)
    head = (
        f"<</Type /EmbeddedFile /Subtype /application#2Fjson /Filter /FlateDecode /Length {len(packed)} "
        f"/Params <</Size {len(data)} /CreationDate ({when}) /ModDate ({when})>>>>\nstream\n"
    )
    file = _number(document, Raw(head.encode("ascii") + packed + b"\nendstream"), "data")
    described = (
        f"<</Type /Filespec /F ({DATA_NAME}) /UF ({DATA_NAME}) /AFRelationship /Data "
        f"/Desc {text_string(about)} /EF <</F {file} 0 R /UF {file} 0 R>>>>"
    )
    place = _number(document, Raw(described.encode("ascii")), "data file")
    names = f"<</EmbeddedFiles <</Names [({DATA_NAME}) {place} 0 R]>>>>"
    _catalogue(document, Names=Raw(names.encode("ascii")), AF=Raw(f"[{place} 0 R]".encode("ascii")))


def add_metadata(canvas: TaggedCanvas, title: str, author: str, subject: str, made: datetime) -> None:
    """Add the document's own description as XMP, saying the same as its properties."""
    when = made.isoformat(timespec="seconds")
    producer = escape(str(canvas._doc.info.producer))
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">\n'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>\n'
        f"<dc:creator><rdf:Seq><rdf:li>{escape(author)}</rdf:li></rdf:Seq></dc:creator>\n"
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{escape(subject)}</rdf:li></rdf:Alt>'
        "</dc:description>\n"
        "<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>\n"
        f"<dc:format>application/pdf</dc:format><xmp:CreatorTool>inspect_kit</xmp:CreatorTool>\n"
        f"<xmp:CreateDate>{when}</xmp:CreateDate><xmp:ModifyDate>{when}</xmp:ModifyDate>\n"
        f"<pdf:Producer>{producer}</pdf:Producer>\n"
        '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>'
    ).encode()
    head = f"<</Type /Metadata /Subtype /XML /Length {len(packet)}>>\nstream\n".encode("ascii")
    number = _number(canvas._doc, Raw(head + packet + b"\nendstream"), "metadata")
    _catalogue(canvas._doc, Metadata=_reference(number))


def _number(document: Any, thing: PDFObject, name: str) -> int:
    """Register an object, and give its number."""
    document.Reference(thing, name or None)
    number, _ = document.idToObjectNumberAndVersion[thing.__InternalName__]
    return int(number)


def _reference(number: int) -> str:
    return f"{number} 0 R"


def _catalogue(document: Any, **entries: Any) -> None:
    catalogue = document.Catalog
    for name, value in entries.items():
        setattr(catalogue, name, value.source if isinstance(value, Raw) else value)
    catalogue.__NoDefault__ = list(dict.fromkeys([*catalogue.__NoDefault__, *entries]))


def _pdf_date(made: datetime) -> str:
    offset = made.strftime("%z")
    return f"D:{made:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'" if offset else f"D:{made:%Y%m%d%H%M%S}Z"

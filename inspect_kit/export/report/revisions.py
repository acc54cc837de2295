"""What may change in a report from one layer to the next: one prepared place is signed, and nothing else.

Only the objects that a layer writes are looked at, so that the time does not grow with the report. Each must be one of
those of which a signature of ours consists, in the shape in which we write it, and be reached by nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from inspect_kit.export.report.layers import Layer
from inspect_kit.export.report.signatures import CHAIR_PLACE, MOST_INSPECTORS, inspector_place
from inspect_kit.export.report.signed import Signed
from inspect_kit.language import _

DOCUMENT_DATA = _("The title, author, dates or other data of the document were changed after it was written.")
ADDED_FIELD = _("A form field was added, or one was taken away, after the report was written.")
_PARTS = (
    # what a dictionary says of itself, and how we call that
    # Translators: this and those that follow are parts of a report, in “{part} was changed …”
    ("/Type", "/Page", _("A page")),
    ("/Type", "/Pages", _("The list of pages")),
    ("/Type", "/Catalog", _("The document’s catalogue")),
    ("/Subtype", "/Widget", _("A form field")),
    ("/Type", "/Annot", _("A note or link on a page")),
    ("/Type", "/Font", _("A font")),
    ("/Type", "/FontDescriptor", _("A font")),
    ("/Subtype", "/Image", _("A picture")),
    ("/Type", "/EmbeddedFile", _("The attached data")),
    ("/Type", "/Filespec", _("The attached data")),
    ("/Type", "/Metadata", _("The document’s description")),
)
_CERTIFIES: tuple[str, dict[str, str]] = ("/DocMDP", {"/Type": "'/TransformParams'", "/V": "'/1.2'", "/P": "2"})
_CLOSES: tuple[str, dict[str, str]] = (
    "/FieldMDP",
    {"/Type": "'/TransformParams'", "/V": "'/1.2'", "/P": "1", "/Action": "'/All'"},
)
_SIGNATURE = {"/Type", "/Filter", "/SubFilter", "/Contents", "/ByteRange", "/M", "/Name", "/Reference"}
_STAMP = {"/Type", "/Subtype", "/BBox", "/Resources", "/Length"}
_FONT = {"/Type", "/Subtype", "/DescendantFonts", "/Encoding", "/BaseFont", "/ToUnicode"}
_FACE = {"/Type", "/Subtype", "/CIDSystemInfo", "/BaseFont", "/CIDToGIDMap", "/FontDescriptor", "/W", "/DW"}
_DESCRIBED = {"/Type", "/FontName", "/Ascent", "/Descent", "/FontBBox", "/Flags", "/StemV", "/ItalicAngle",
              "/CapHeight", "/FontFile2"}  # fmt: skip
_PACKED = {"/Filter", "/Length"}
_DRAWN = re.compile(rb"q|Q|rg|BT|ET|Tf|Tm|Td|TJ|Tj|/Sign|[-\d.]+|[][<>0-9A-Fa-f.-]+")
"""Each word of a stamp's drawing: colour, text in the stamp's font, numbers and glyphs."""


def prepared_places(reader: PdfFileReader) -> tuple[str, ...]:
    """Name the places for signatures with which a report was written; none for a file that is no report of ours.

    Args:
        reader: the file.
    """
    names = tuple(str(field.get_object().get("/T")) for field in _fields(reader, 0))
    inspectors = tuple(inspector_place(number) for number in range(1, len(names)))
    return names if 1 <= len(inspectors) <= MOST_INSPECTORS and names == (*inspectors, CHAIR_PLACE) else ()


def changes(data: bytes, reader: PdfFileReader, parts: tuple[Layer, ...], signed: dict[int, Signed]) -> Iterator[str]:
    """Tell what changed in a report besides its signatures.

    Args:
        data: the file.
        reader: the same file.
        parts: its layers.
        signed: the signature that made each layer, by the layer's number.

    Yields:
        A sentence for each kind of change.
    """
    before = [_plain(field) for field in _fields(reader, 0)]
    for number in range(1, len(parts)):
        old, new = reader.get_historical_resolver(number - 1), reader.get_historical_resolver(number)
        if _described_by(old) != _described_by(new) or _rewritten(new, parts[number]):
            yield DOCUMENT_DATA
        if [_plain(field) for field in _fields(reader, number)] != before:
            yield ADDED_FIELD
        signature = signed.get(number)
        own = _own(old, new, signature, first=number == 1) if signature is not None else {}
        for written in parts[number].objects:
            reference = generic.Reference(written, 0, pdf=reader)
            now = new(reference)
            if old.is_ref_unassignable(reference):
                if written not in own or _named_before(data[: parts[number].start], written):
                    yield _added(number, signature)
            elif not (written in own or _plain(old(reference)) == _plain(now)):
                yield _changed(_called(old(reference)), number, signature)


def _own(old: HistoricalResolver, new: HistoricalResolver, signature: Signed, *, first: bool) -> dict[int, str]:
    """Find the objects of which a signature consists, as far as they have our shape.

    Returns:
        What each is, by its number.
    """
    place, found = signature.field, {}
    field = place.container_ref
    was, now = _plain(old(field)), _plain(new(field))
    if _without(now, "/V", "/AP") == was and set(now.get("/AP", ())) == {"/N"}:
        found[field.idnum] = "place"
    root = new.root_ref
    certified = {"/Perms": {"/DocMDP": _plain(place.raw_get("/V"))}}
    if first and _plain(new(root)) == {**_plain(old(root)), **certified} and "/Perms" not in old.root:
        found[root.idnum] = "catalogue"
    if _is_ours(_plain(signature.value), root.idnum, first=first, last=signature.place == CHAIR_PLACE):
        found[place.raw_get("/V").idnum] = "signature"
    stamp = now.get("/AP", {}).get("/N")
    if isinstance(stamp, tuple) and stamp[0] == "reference":
        found.update(_stamp(new, stamp[1]))
    return found


def _is_ours(value: Any, catalogue: int, *, first: bool, last: bool) -> bool:
    """Whether a signature's dictionary says what ours say: the first certifies, the chair's closes, nothing else."""
    if not value.keys() <= _SIGNATURE or value["/SubFilter"] != "'/ETSI.CAdES.detached'":
        return False
    rules = _CERTIFIES if first else _CLOSES if last else None
    wanted: list[dict[str, Any]] = []
    if rules is not None:
        wanted = [{"/Type": "'/SigRef'", "/TransformMethod": f"'{rules[0]}'", "/TransformParams": rules[1]}]
    if rules is _CLOSES:
        wanted[0]["/Data"] = ("reference", catalogue, 0)
    return bool(value.get("/Reference", []) == wanted)


def _stamp(new: HistoricalResolver, number: int) -> dict[int, str]:
    """The objects of a visible stamp: a drawing of text alone, and the font in it; empty where it is something else."""
    found: dict[int, str] = {}

    def take(place: Any, keys: set[str], what: str) -> dict[str, Any]:
        if not isinstance(place, tuple) or place[0] != "reference":
            raise LookupError(what)
        value = _plain(new(generic.Reference(place[1], place[2], pdf=new.reader)))
        inner = value[1] if isinstance(value, tuple) and value[0] == "stream" else value
        if not inner.keys() <= keys:
            raise LookupError(what)
        found[place[1]] = what
        return {**inner, "": value[2]} if inner is not value else dict(inner)

    try:
        drawing = take(("reference", number, 0), _STAMP, "stamp")
        if not all(map(_DRAWN.fullmatch, drawing[""].split())) or drawing["/Resources"].keys() != {"/Font"}:
            return {}
        font = take(drawing["/Resources"]["/Font"]["/Sign"], _FONT, "font")
        take(font["/ToUnicode"], _PACKED, "font")
        face = take(font["/DescendantFonts"][0], _FACE, "font")
        take(take(face["/FontDescriptor"], _DESCRIBED, "font")["/FontFile2"], _PACKED, "font")
    except (LookupError, TypeError, AttributeError):
        return {}
    return found


def _named_before(earlier: bytes, number: int) -> bool:
    """Whether an earlier layer already points at an object that only a later one brings."""
    space = rb"(?:[\s\0]|%[^\r\n]*[\r\n])+"
    # no look at what stands before the digits: a longer number that ends in them is higher, and not there either
    return re.search(rb"%d%s0+%sR(?![A-Za-z])" % (number, space, space), earlier) is not None


def _added(number: int, signature: Signed | None) -> str:
    if signature is None:
        return _("Something besides a signature was added by somebody who did not sign.")
    return _("Something besides a signature was added together with signature {number}.", number=number)


def _changed(part: str, number: int, signature: Signed | None) -> str:
    if signature is None:
        return _("{part} was changed by somebody who did not sign.", part=part)
    return _("{part} was changed together with signature {number}.", part=part, number=number)


def _called(value: Any) -> str:
    """What a changed object is, for a reader who knows no PDF."""
    if isinstance(value, generic.DictionaryObject):
        for key, content, words in _PARTS:
            if value.get(key) == content:
                return words
    if isinstance(value, generic.StreamObject):
        # Translators: a part of a report, in “{part} was changed …”
        return _("What is printed on a page")
    # Translators: a part of a report, in “{part} was changed …”
    return _("A part of the document")


def _fields(reader: PdfFileReader, revision: int) -> tuple[generic.IndirectObject, ...]:
    """The form's fields in a revision; ours are all objects of their own."""
    root = reader.get_historical_resolver(revision).root
    if "/AcroForm" not in root:
        return ()
    fields = root["/AcroForm"]["/Fields"]
    return tuple(field for field in list.__iter__(fields) if isinstance(field, generic.IndirectObject))


def _described_by(view: HistoricalResolver) -> dict[str, Any]:
    """Where the trailer leads, and where the catalogue keeps its metadata."""
    found = {key: _plain(value) for key, value in view.trailer_view.items() if key not in ("/Prev", "/Size", "/ID")}
    return {**found, "/Metadata": _plain(view.root.raw_get("/Metadata")) if "/Metadata" in view.root else None}


def _rewritten(view: HistoricalResolver, part: Layer) -> bool:
    """Whether a layer writes the document's data anew; the catalogue is compared by itself."""
    places = [place for key, place in _described_by(view).items() if key != "/Root" and place]
    return any(place[0] == "reference" and place[1] in part.objects for place in places if isinstance(place, tuple))


def _without(value: Any, *keys: str) -> Any:
    return {key: content for key, content in value.items() if key not in keys} if isinstance(value, dict) else value


def _plain(value: Any) -> Any:
    """Give a PDF value as plain Python values, which can be compared across revisions."""
    if isinstance(value, generic.IndirectObject):
        return ("reference", value.idnum, value.generation)
    if isinstance(value, generic.StreamObject):
        return ("stream", {str(key): _plain(content) for key, content in value.items()}, value.encoded_data)
    if isinstance(value, generic.DictionaryObject):
        return {str(key): _plain(content) for key, content in value.items()}
    if isinstance(value, generic.ArrayObject):
        return [_plain(content) for content in list.__iter__(value)]
    if isinstance(value, (generic.TextStringObject, generic.ByteStringObject)):
        return ("string", value.original_bytes)
    return repr(value)

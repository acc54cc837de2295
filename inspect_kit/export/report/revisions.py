"""What may change in a report from one revision to the next: one prepared place is signed, and nothing else.

This is stricter than pyHanko's own analysis of differences, which also lets metadata, other form fields and
security stores change; ``verify`` asks both.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from inspect_kit.export.report.signatures import CHAIR_PLACE, MOST_INSPECTORS, inspector_place

DOCUMENT_DATA = "The title, author, dates or other data of the document were changed after it was written."
ADDED_FIELD = "A form field was added, or one was taken away, after the report was written."
OTHER_CHANGE = "Something besides a signature was changed or added together with signature {number}."


def prepared_places(reader: PdfFileReader) -> tuple[str, ...]:
    """Name the places for signatures with which a report was written; none for a file that is no report of ours.

    Args:
        reader: the file.
    """
    names = tuple(str(field.get_object().get("/T")) for field in _fields(reader, 0))
    inspectors = tuple(inspector_place(number) for number in range(1, len(names)))
    return names if 1 <= len(inspectors) <= MOST_INSPECTORS and names == (*inspectors, CHAIR_PLACE) else ()


def _fields(reader: PdfFileReader, revision: int) -> tuple[generic.IndirectObject, ...]:
    """The form's fields in a revision; ours are all objects of their own."""
    root = reader.get_historical_resolver(revision).root
    if "/AcroForm" not in root:
        return ()
    fields = root["/AcroForm"]["/Fields"]
    return tuple(field for field in list.__iter__(fields) if isinstance(field, generic.IndirectObject))


def changes(reader: PdfFileReader, signed: dict[int, EmbeddedPdfSignature]) -> Iterator[str]:
    """Tell what changed in a report besides its signatures.

    Args:
        reader: the file.
        signed: the signature that made each revision, by the revision's number.

    Yields:
        A sentence for each kind of change.
    """
    before = [_plain(field) for field in _fields(reader, 0)]
    for number in range(1, reader.xrefs.total_revisions):
        old, new = reader.get_historical_resolver(number - 1), reader.get_historical_resolver(number)
        if _data_changed(old, new):
            yield DOCUMENT_DATA
        if [_plain(field) for field in _fields(reader, number)] != before:
            yield ADDED_FIELD
        signature = signed.get(number)
        if signature is not None and not _only_signs(old, new, signature, first=number == 1):
            yield OTHER_CHANGE.format(number=number)


def _only_signs(
    old: HistoricalResolver, new: HistoricalResolver, signature: EmbeddedPdfSignature, *, first: bool
) -> bool:
    """Whether a revision changes no object of the one before but the place that was signed."""
    place = signature.sig_field.container_ref
    for reference in new.explicit_refs_in_revision():
        if old.is_ref_unassignable(reference):
            continue  # new; pyHanko's analysis tells whether it can be reached other than through the signature
        was, now = _plain(old(reference)), _plain(new(reference))
        if _number(reference) == _number(place):
            allowed = _without(now, "/V", "/AP") == _without(was, "/V", "/AP") and "/V" not in was
        elif first and _number(reference) == _number(new.root_ref):
            certified = {"/DocMDP": _plain(signature.sig_field.raw_get("/V"))}
            allowed = _without(now, "/Perms") == was and now.get("/Perms") == certified
        else:
            allowed = was == now
        if not allowed:
            return False
    return not new.refs_freed_in_revision()


def _data_changed(old: HistoricalResolver, new: HistoricalResolver) -> bool:
    """Whether a revision leads to other data about the document, or writes that data anew."""
    before, after = _data_places(old), _data_places(new)
    rewritten = [("reference", *_number(reference)) for reference in new.explicit_refs_in_revision()]
    # the first signature writes the catalogue anew, which is compared by itself
    return before != after or any(place in rewritten for key, place in after.items() if key != "/Root")


def _data_places(view: HistoricalResolver) -> dict[str, Any]:
    """Where the trailer leads, and where the catalogue keeps its metadata."""
    found = {key: _plain(value) for key, value in view.trailer_view.items() if key not in ("/Prev", "/Size", "/ID")}
    return {**found, "/Metadata": _plain(view.root.raw_get("/Metadata")) if "/Metadata" in view.root else None}


def _number(reference: generic.Reference) -> tuple[int, int]:
    return reference.idnum, reference.generation


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

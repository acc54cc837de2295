"""What lies inside a report besides its words: the attached data, the pictures, and whatever could act by itself."""

from __future__ import annotations

import hashlib
import re
import zlib
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from inspect_kit.errors import ReportError
from inspect_kit.export.report.data import LIMIT, NAME
from inspect_kit.export.report.layers import Layer
from inspect_kit.export.report.signed import part_of
from inspect_kit.language import _

NO_DATA = _(
    "No data is attached from which its pages could be checked: it is no report of inspect_kit as it was written."
)
_ACTS = {"/AA", "/GoToE", "/GoToR", "/Hide", "/ImportData", "/JS", "/JavaScript", "/Launch", "/Movie", "/OCProperties",
         "/OpenAction", "/Rendition", "/RichMedia", "/SetOCGState", "/Sound", "/SubmitForm", "/XFA"}  # fmt: skip
"""Names in a PDF by which something happens, or changes what is seen, without the reader (ISO 32000-1, 12.6)."""
_LETTERS = {letter: f"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for name in _ACTS for letter in name[1:]}
_NAMES = re.compile(
    b"/(?:%s)(?=[\\0\\s()<>{}/%%\\[\\]]|$)"
    % b"|".join("".join(_LETTERS[letter] for letter in name[1:]).encode() for name in sorted(_ACTS))
)
"""The same, each letter as itself or by its number, up to where a name ends."""
_DEEPEST = 60


def attached_data(reader: PdfFileReader) -> bytes:
    """Take the attached data out of a report's first layer.

    Args:
        reader: the file.

    Raises:
        ReportError: when there is none, another file besides it, or more of it than a report has.
    """
    root = reader.get_historical_resolver(0).root
    names = part_of(root, "/Names") or {}
    files = part_of(names, "/EmbeddedFiles") or {}
    pairs = part_of(files, "/Names") or []
    if len(pairs) != 2 or "/Kids" in files or str(pairs[0]) != NAME:
        other = _("Something else than {file} is attached to the report.", file=NAME)
        raise ReportError(other if pairs else NO_DATA)
    stream = pairs[1]["/EF"]["/F"]
    packed = stream.encoded_data
    how = stream.get("/Filter")
    if isinstance(how, generic.ArrayObject) and len(how) == 1:
        how = how[0]
    if how is None:
        return bytes(packed)
    if how != "/FlateDecode" or "/DecodeParms" in stream:
        raise ReportError(_("The data attached to the report is packed in another way than inspect_kit packs it."))
    unpacking = zlib.decompressobj()
    data = unpacking.decompress(packed, LIMIT + 1)
    if len(data) > LIMIT:
        raise ReportError(
            _("The data attached to the report unpacks to more than {size} MB: not ours.", size=LIMIT // 1_048_576)
        )
    if not unpacking.eof or unpacking.unused_data.strip(b"\r\n"):
        raise ReportError(_("The data attached to the report is cut short, or something lies behind it."))
    return data


def photographs(data: bytes, reader: PdfFileReader, first: Layer) -> dict[str, bytes]:
    """Take the photographs out of a report as they stand in it, by the SHA-256 of each.

    Args:
        data: the file.
        reader: the same file.
        first: its first layer.
    """
    found = {}
    for number, place in first.objects.items():
        if b"/DCTDecode" in data[place : place + 600]:
            stream = reader.get_object(generic.Reference(number, 0, pdf=reader), revision=0)
            if isinstance(stream, generic.StreamObject):
                found[hashlib.sha256(stream.encoded_data).hexdigest()] = bytes(stream.encoded_data)
    return found


def acts(unsigned: bytes) -> bool:
    """Whether a report holds scripts, actions or layers, which could show another thing than what was signed.

    Args:
        unsigned: its first layer. What later layers may hold is told by ``revisions``.
    """
    if not _NAMES.search(unsigned):
        return False
    # the letters also occur by chance in pictures and in people's words: now the objects themselves are looked at
    import pikepdf

    with pikepdf.open(BytesIO(unsigned), suppress_warnings=True) as pdf:
        return any(_acts(one, 0) for one in [pdf.trailer, *pdf.objects])


def _acts(value: Any, depth: int) -> bool:
    import pikepdf

    if depth > _DEEPEST:
        return True
    if isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
        inner = dict(value.items()) if isinstance(value, pikepdf.Dictionary) else dict(value.stream_dict.items())
        return not _ACTS.isdisjoint(inner) or any(_inner(one, depth) for one in inner.values())
    return isinstance(value, pikepdf.Array) and any(_inner(one, depth) for one in value)


def _inner(value: Any, depth: int) -> bool:
    import pikepdf

    if isinstance(value, pikepdf.Name):
        return str(value) in _ACTS
    if not isinstance(value, pikepdf.Object) or value.is_indirect:
        return False
    return _acts(value, depth + 1)

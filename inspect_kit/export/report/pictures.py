"""Photographs on their way into a report: decoded within bounds, turned upright, scaled, stripped of hidden data."""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from io import BytesIO

from PIL import ExifTags, Image, ImageOps

from inspect_kit.model import Evidence, EvidenceKind

LONGEST_SIDE = 1600
"""In pixels; enough for print at the size at which a report shows a picture."""
MOST_PIXELS = 120_000_000
"""A picture that claims more is not decoded: a small file can claim to be an enormous picture."""
MOST_BYTES = 0.4
"""The most bytes for a pixel of a JPEG that is not written anew; what our own quality comes to, and some more."""
_SCAN = 0xDA
_PICTURE = frozenset({0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, _SCAN})
"""Segments of a JPEG that hold the picture: frame, tables, restart interval, scan."""
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_UNREADABLE = (
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,
    EOFError,
    ValueError,
    TypeError,
    IndexError,
    KeyError,
    SyntaxError,  # Pillow's word for a broken PNG
    OverflowError,
    MemoryError,
    struct.error,
    zlib.error,
)


def prepare(data: bytes) -> bytes | None:
    """Make a JPEG for the report from a photograph's bytes.

    A JPEG that is upright and not too large keeps its picture as it is, and loses everything else; all others are
    decoded, turned, scaled and written anew.

    Args:
        data: the file as it was added.

    Returns:
        The JPEG without any metadata; None where the picture cannot be read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    return None
                if _fits(opened, len(data)):
                    opened.load()  # what cannot be decoded to its end is not shown
                    stripped = _stripped(data)
                    if stripped is not None:
                        return stripped
                opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is decoded small at once
                picture = _upright(opened)
                picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.BICUBIC)
                if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
                    picture = picture.convert("RGBA")
                    clean = Image.new("RGB", picture.size, "white")
                    clean.paste(picture, mask=picture.getchannel("A"))
                else:
                    clean = picture.convert("RGB")
                clean.info = {}  # Pillow carries comments and profiles along otherwise
                out = BytesIO()
                clean.save(out, "JPEG", quality=82, optimize=False)
    except _UNREADABLE:
        return None
    return out.getvalue()


def _fits(opened: Image.Image, size: int) -> bool:
    """Whether a picture can stand in a report as it is but for its metadata."""
    return (
        opened.format == "JPEG"
        and opened.mode in ("RGB", "L")
        and max(opened.size) <= LONGEST_SIDE * 1.1
        and size <= MOST_BYTES * opened.width * opened.height
        and opened.getexif().get(ExifTags.Base.Orientation, 1) == 1
    )


def _stripped(data: bytes) -> bytes | None:
    """Keep of a JPEG what its picture needs (ITU T.81, B.1.1), and nothing before, between or behind it.

    Returns:
        The JPEG; None where it has a form that cameras do not write.
    """
    kept = bytearray(b"\xff\xd8")
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + length
        if marker == 0xEE or length < 2 or end > len(data):
            return None  # Adobe's own segment changes what the colours mean
        if marker in _PICTURE:
            kept += data[at:end]
        elif not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            return None
        at = end
        if marker == _SCAN:
            found = _AFTER_SCAN.search(data, at)
            if found is None:
                return None
            kept += data[at : found.start()]
            at = found.start()
            if data[at + 1] == 0xD9:
                return bytes(kept + b"\xff\xd9")
    return None


def is_picture(source: Evidence) -> bool:
    """Whether a source has a file that is shown as a picture."""
    file = source.attachment
    return file is not None and (source.kind is EvidenceKind.PHOTO or file.media_type.startswith("image/"))


def dimensions(jpeg: bytes) -> tuple[int, int]:
    """Width and height of a picture that ``prepare`` made, in pixels."""
    with Image.open(BytesIO(jpeg)) as picture:
        return picture.size


def _upright(picture: Image.Image) -> Image.Image:
    turned = ImageOps.exif_transpose(picture)
    return turned if turned is not None else picture

"""Photographs on their way into a report: decoded within bounds, turned upright, scaled, stripped of hidden data."""

from __future__ import annotations

import struct
import warnings
import zlib
from io import BytesIO

from PIL import Image, ImageOps

from inspect_kit.model import Evidence, EvidenceKind

LONGEST_SIDE = 1600
"""In pixels; enough for print at the size at which a report shows a picture."""
MOST_PIXELS = 120_000_000
"""A picture that claims more is not decoded: a small file can claim to be an enormous picture."""
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
                opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is decoded small at once
                picture = _upright(opened)
                picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                # pasted onto a new picture, because Pillow carries comments and profiles along otherwise
                clean = Image.new("RGB", picture.size, "white")
                if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
                    picture = picture.convert("RGBA")
                    clean.paste(picture, mask=picture.getchannel("A"))
                else:
                    clean.paste(picture.convert("RGB"))
                out = BytesIO()
                clean.save(out, "JPEG", quality=82, optimize=False)
    except _UNREADABLE:
        return None
    return out.getvalue()


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

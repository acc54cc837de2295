"""What a signature shows on its page: its lines, and whether a stamp that is there shows them."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any

from inspect_kit.export.report import fonts
from inspect_kit.export.report.broken import DAMAGED
from inspect_kit.export.report.text import Ink, moment

_SHOWN = re.compile(rb"<([0-9A-Fa-f]*)>")
_LARGEST = 4 * 1_048_576


@cache
def stamp_font() -> bytes:
    """Our typeface without its tables for ligatures and kerning, which made a signature ten times slower."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # fontTools has no types

    font = TTFont(fonts.FOLDER / fonts.FILES[fonts.REGULAR], lazy=True)
    for table in {"GSUB", "GPOS", "GDEF", "DSIG"} & set(font.keys()):
        del font[table]
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def lines_of(name: str, organisation: str, when: datetime, *, confirmed: bool) -> tuple[str, ...]:
    """Word a stamp.

    Args:
        name: the signer's, as in the certificate.
        organisation: likewise.
        when: the time of signing.
        confirmed: whether a time-stamping service was asked.
    """
    line = Ink().line
    clock = "with a time stamp" if confirmed else "by the signer’s own clock"
    return tuple(filter(None, (line(name), line(organisation), f"{moment(when)}, {clock}")))


def shows(drawing: bytes, packed: bytes, lines: Sequence[str]) -> bool:
    """Whether a stamp shows these lines, in letters of our typeface and no others.

    Args:
        drawing: the stamp's content.
        packed: the font in it, as it is packed in the file.
        lines: name, organisation, time; printable, empty ones left out.

    Raises:
        ValueError: when the font cannot be read.
    """
    import uharfbuzz  # type: ignore[import-untyped]  # it has no types
    from fontTools.ttLib import TTFont, TTLibError

    face = uharfbuzz.Font(uharfbuzz.Face(stamp_font()))
    wanted: list[int] = []
    for line in lines:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(line)
        buffer.guess_segment_properties()
        uharfbuzz.shape(face, buffer)
        wanted += [glyph.codepoint for glyph in buffer.glyph_infos]
    shown = bytes.fromhex(b"".join(_SHOWN.findall(drawing)).decode())
    if shown != b"".join(number.to_bytes(2, "big") for number in wanted):
        return False
    try:
        theirs = TTFont(BytesIO(zlib.decompressobj().decompress(packed, _LARGEST)))["glyf"]
        ours = _own_glyphs()
        # a part of a font keeps the numbers of its glyphs
        return all(_outline(theirs, number) == _outline(ours, number) for number in set(wanted))
    except (TTLibError, *DAMAGED, struct.error) as problem:
        raise ValueError("a font that cannot be read") from problem


@cache
def _own_glyphs() -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(BytesIO(stamp_font()), lazy=True)["glyf"]


def _outline(glyphs: Any, number: int) -> tuple[list[tuple[int, int]], list[int]]:
    """A glyph's points, and where its contours end."""
    points, ends, _ = glyphs[glyphs.glyphOrder[number]].getCoordinates(glyphs)
    return list(points), list(ends)

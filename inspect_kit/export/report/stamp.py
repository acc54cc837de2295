"""What a signature leaves on the page: name, organisation and time from the certificate, in our typeface."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.content import ResourceType
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp import BaseStamp, BaseStampStyle

from inspect_kit.export.report.shown import stamp_font

_LEFT = 7
_SIZES = (11.0, 8.6, 8.6)
_INK = b"0.11 0.145 0.16 rg"


@dataclass(frozen=True)
class StampStyle(BaseStampStyle):  # type: ignore[misc]  # pyHanko has no types for us
    """How a signature looks.

    Attributes:
        lines: name, organisation, time; printable.
    """

    lines: tuple[str, ...] = ()
    border_width: int = 0

    def create_stamp(self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, Any]) -> Stamp:  # noqa: ARG002 (pyHanko's signature)
        """Make the stamp for one place."""
        return Stamp(writer, self, box)


class Stamp(BaseStamp):  # type: ignore[misc]  # pyHanko has no types for us
    """The lines of a signature, one below the other."""

    def _render_inner_content(self) -> list[bytes]:
        # no object stream: checking a report with those took twice as long
        engine = GlyphAccumulator(self.writer, BytesIO(stamp_font()), font_size=_SIZES[0])
        room = self.box.width - 2 * _LEFT
        commands = [_INK]
        top = self.box.height - 6
        for line, largest in zip(self.style.lines, _SIZES, strict=False):
            if not line:
                continue
            shaped = engine.shape(line, with_actual_text=False)
            size = min(largest, room / max(shaped.x_advance, 0.001))
            top -= largest * 1.3
            engine.font_size = size
            shaped = engine.shape(line, with_actual_text=False)
            commands.append(b"BT /Sign %.2f Tf 1 0 0 1 %d %.2f Tm %s ET" % (size, _LEFT, top, shaped.graphics_ops))
            top -= 2.5
        self.set_resource(ResourceType.FONT, pdf_name("/Sign"), engine.as_resource())
        return commands

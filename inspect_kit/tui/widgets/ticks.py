"""Several of a list: the space bar ticks a line."""

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.style import Style as VisualStyle
from textual.widgets import SelectionList

from inspect_kit.tui.widgets.listing import in_reverse


class Ticks(SelectionList[str]):
    """Lines to tick."""

    DEFAULT_CSS = """
    Ticks { border: none; padding: 0; }
    Ticks:focus { border: none; }
    """

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> VisualStyle:
        """A part's style, in reverse where that is wanted."""
        return in_reverse(self, super().get_visual_style(*component_classes, partial=partial), component_classes)

    def render_line(self, y: int) -> Strip:
        """A tick in the box of what is ticked, and none in the others: Textual tells them apart by colour alone."""
        strip = super().render_line(y)
        box, rest = strip.divide((3, strip.cell_length))
        marked = next((segment.style for segment in box if segment.style and "option" in segment.style.meta), None)
        if marked is None:  # a line below the last one
            return strip
        ticked = self.get_option_at_index(marked.meta["option"]).value in self.selected
        style = next(segment.style for segment in rest if segment.style) + Style(bold=ticked, meta=marked.meta)
        return Strip.join((Strip([Segment("[✓]" if ticked else "[ ]", style)]), rest))

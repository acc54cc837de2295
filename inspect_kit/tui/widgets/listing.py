"""A list to choose from that looks alike on every screen."""

from collections.abc import Sequence
from dataclasses import replace

from textual.style import Style
from textual.widgets import OptionList


def in_reverse(options: OptionList, style: Style, parts: Sequence[str]) -> Style:
    """Draw in reverse what is wanted so: Textual 8.2 forgets it, and without colours nothing else tells a line in hand.

    Args:
        options: the list.
        style: what Textual makes of the parts' styles.
        parts: the list's parts, by their component classes.
    """
    wanted = any(options.get_component_styles(part).text_style.reverse for part in parts)
    return replace(style, reverse=True) if wanted else style


class Listing(OptionList):
    """Textual's list without a frame, with the line in hand marked as everywhere."""

    DEFAULT_CSS = """
    Listing { height: 1fr; border: none; background: $background; padding: 0 1; }
    Listing:focus { border: none; }
    Listing > .option-list--option-highlighted {
        background: $block-cursor-background; color: $block-cursor-foreground; text-style: none;
    }
    """

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> Style:
        """A part's style, in reverse where that is wanted."""
        return in_reverse(self, super().get_visual_style(*component_classes, partial=partial), component_classes)

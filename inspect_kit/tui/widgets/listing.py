"""A list to choose from that looks alike on every screen."""

from textual.widgets import OptionList


class Listing(OptionList):
    """Textual's list without a frame, with the line in hand marked as everywhere."""

    DEFAULT_CSS = """
    Listing { height: 1fr; border: none; background: $background; padding: 0 1; }
    Listing:focus { border: none; }
    Listing > .option-list--option-highlighted {
        background: $block-cursor-background; color: $block-cursor-foreground; text-style: none;
    }
    """

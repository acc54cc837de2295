"""Our own colours: calm, readable, and never the only carrier of a meaning.

Every text stands at 4.5:1 or better on every ground of its theme, at 7:1 in high contrast, in true colour and in the
256 colours that many terminals have; tests compute it from the running screens. ``PLAIN`` has no colour: there, a
mark and a word tell the state, and bold, underline and reverse tell where one is.
"""

import os
from typing import Literal, cast

from rich.console import Console
from textual.constants import COLOR_SYSTEM
from textual.theme import Theme

MARKS = ("met", "partly", "not-met", "quiet", "urgent")
"""Names of our own colour variables beside Textual's."""

DARK = Theme(
    name="inspect-dark",
    dark=True,
    primary="#7cc7bb",
    secondary="#a9bcd0",
    accent="#e3b866",
    foreground="#e8e4da",
    background="#14181b",
    surface="#1a2024",
    panel="#242c31",
    success="#93cf8e",
    warning="#e9c46a",
    error="#f39a8c",
    variables={
        "met": "#93cf8e",
        "partly": "#e9c46a",
        "not-met": "#f39a8c",
        "quiet": "#a6b6bc",
        "urgent": "#ff9b8a",
        "block-cursor-background": "#2c3b38",
        "block-cursor-blurred-background": "#242c31",
        "block-cursor-blurred-foreground": "#e8e4da",
        "block-cursor-foreground": "#f4f1e8",
        "block-cursor-text-style": "none",
        "border": "#7cc7bb",
        "border-blurred": "#3b474d",
        "input-selection-background": "#2f5f59",
        "scrollbar": "#3b474d",
        "scrollbar-background": "#1a2024",
    },
)

LIGHT = Theme(
    name="inspect-light",
    dark=False,
    primary="#11615a",
    secondary="#2c4058",
    accent="#714b00",
    foreground="#1c2326",
    background="#fbfaf6",
    surface="#f4f2ec",
    panel="#e8e6de",
    success="#2b6a2f",
    warning="#714b00",
    error="#a32a1c",
    variables={
        "met": "#2b6a2f",
        "partly": "#714b00",
        "not-met": "#a32a1c",
        "quiet": "#4e5b60",
        "urgent": "#a32a1c",
        "block-cursor-background": "#cfe4e0",
        "block-cursor-blurred-background": "#e8e6de",
        "block-cursor-blurred-foreground": "#1c2326",
        "block-cursor-foreground": "#10201e",
        "block-cursor-text-style": "none",
        "border": "#11615a",
        "border-blurred": "#b9b6aa",
        "input-selection-background": "#b9dcd6",
        "scrollbar": "#b9b6aa",
        "scrollbar-background": "#f4f2ec",
    },
)

HIGH_CONTRAST = Theme(
    name="inspect-high-contrast",
    dark=True,
    primary="#5fffff",
    secondary="#d7d7ff",
    accent="#ffd75f",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    success="#87ff87",
    warning="#ffd75f",
    error="#ffafaf",
    variables={
        "met": "#87ff87",
        "partly": "#ffd75f",
        "not-met": "#ffafaf",
        "quiet": "#d0d0d0",
        "urgent": "#ffafaf",
        "block-cursor-background": "#00005f",
        "block-cursor-blurred-background": "#1c1c1c",
        "block-cursor-blurred-foreground": "#ffffff",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "border": "#5fffff",
        "border-blurred": "#a8a8a8",
        "input-selection-background": "#005f5f",
        "scrollbar": "#a8a8a8",
        "scrollbar-background": "#000000",
    },
)

_COLOURLESS = (
    *("ansi-background", "ansi-foreground", "met", "partly", "not-met", "quiet", "urgent", "panel", "surface", "boost"),
    *("text-muted", "text-disabled"),
    *("foreground-muted", "background-muted", "border", "border-blurred", "block-cursor-background"),
    *("block-cursor-foreground", "block-cursor-blurred-background", "block-cursor-blurred-foreground"),
    *("scrollbar", "scrollbar-hover", "scrollbar-active", "scrollbar-background", "scrollbar-background-hover"),
    *("scrollbar-background-active", "scrollbar-corner-color", "input-cursor-background", "input-cursor-foreground"),
    *("input-selection-background", "input-selection-foreground", "screen-selection-background"),
    *("screen-selection-foreground", "link-color", "link-color-hover", "link-background-hover"),
)

PLAIN = Theme(
    name="inspect-plain",
    ansi=True,
    primary="ansi_default",
    secondary="ansi_default",
    accent="ansi_default",
    foreground="ansi_default",
    background="ansi_default",
    success="ansi_default",
    warning="ansi_default",
    error="ansi_default",
    variables=dict.fromkeys(_COLOURLESS, "ansi_default")
    | {"block-cursor-text-style": "reverse", "input-cursor-text-style": "reverse"},
)

THEMES = {"dark": DARK, "light": LIGHT, "high-contrast": HIGH_CONTRAST, "plain": PLAIN}
"""Our themes by the name that the settings use, in the order in which the key goes through them."""

PLAIN_CSS = """
.-theme-inspect-plain {
    Head, KeysLine { text-style: reverse; }
    Row > Input, Row > TextArea, Plan .seat Input, Plan #scope Input { text-style: underline; }
    Choice:focus { text-style: reverse; }
    Input > .input--placeholder, TextArea > .text-area--placeholder { text-style: dim italic; }
    Input > .input--selection, TextArea > .text-area--selection { text-style: reverse; }
    OptionList > .option-list--option-highlighted { text-style: reverse; }
    OptionList:blur > .option-list--option-highlighted { text-style: bold; }
    Input > .input--cursor { color: ansi_default; background: ansi_default; text-style: reverse; }
    Home #columns { text-style: underline; }
    Toast { text-style: bold; border: round ansi_default; }
    CommandPalette #--input { border: hkey ansi_default; }
    CommandPalette #--input.--list-visible { border-bottom: none; }
    CommandPalette CommandList { border-top: blank ansi_default; border-bottom: hkey ansi_default; }
    CommandPalette CommandInput, CommandPalette CommandInput:focus { border: blank ansi_default; }
    CommandPalette CommandList > .option-list--option-highlighted { text-style: bold underline; }
    CommandPalette LoadingIndicator { color: ansi_default; border-bottom: hkey ansi_default; }
}
"""
"""What tells a field, a selection and the place of work apart where there is no colour."""


def enough_colours() -> bool:
    """Whether this terminal says that it shows 256 colours or more, and nobody asked for none (``NO_COLOR``)."""
    if "NO_COLOR" in os.environ:
        return False
    # as Textual asks, so that we never decide for other colours than it will send
    system = cast(Literal["auto", "standard", "256", "truecolor", "windows"] | None, COLOR_SYSTEM)
    console = Console(color_system=system, force_terminal=True, legacy_windows=False)
    return console.color_system in ("256", "truecolor")

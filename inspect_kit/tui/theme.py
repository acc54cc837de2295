"""Our own colours: calm, readable, and never the only carrier of a meaning.

Every text colour here stands at 4.5:1 or better on every ground of its theme; a test computes it.
"""

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
        "block-cursor-background": "#25403d",
        "block-cursor-foreground": "#f4f1e8",
        "block-cursor-text-style": "none",
        "border": "#7cc7bb",
        "border-blurred": "#3b474d",
        "input-selection-background": "#3d6d66",
        "scrollbar": "#3b474d",
        "scrollbar-background": "#1a2024",
    },
)

LIGHT = Theme(
    name="inspect-light",
    dark=False,
    primary="#11615a",
    secondary="#3d5166",
    accent="#7a5200",
    foreground="#1c2326",
    background="#fbfaf6",
    surface="#f4f2ec",
    panel="#e8e6de",
    success="#2b6a2f",
    warning="#7a5200",
    error="#a32a1c",
    variables={
        "met": "#2b6a2f",
        "partly": "#7a5200",
        "not-met": "#a32a1c",
        "quiet": "#4e5b60",
        "urgent": "#a32a1c",
        "block-cursor-background": "#cfe4e0",
        "block-cursor-foreground": "#10201e",
        "block-cursor-text-style": "none",
        "border": "#11615a",
        "border-blurred": "#b9b6aa",
        "input-selection-background": "#b9dcd6",
        "scrollbar": "#b9b6aa",
        "scrollbar-background": "#f4f2ec",
    },
)

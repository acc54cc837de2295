"""The inspector's screens."""

from inspect_kit.tui.run import run

__all__ = ["run"]

"""The commands: thin, one file a verb group; what they do lies below."""

from inspect_kit.cli.program import main

__all__ = ["main"]

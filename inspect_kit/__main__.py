"""``python -m inspect_kit`` is the same as ``inspect-kit``."""

from inspect_kit.cli import main

main()

"""Whether there is a terminal for the screens, and opening them."""

import os
import sys
from pathlib import Path


def has_screen() -> bool:
    """Whether somebody sits at a terminal that can draw."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def open_screens(
    casebook: Path | None,
    identity: Path | None,
    passphrase: str | None,
    visit: str | None = None,
    *,
    mouse: bool = True,
    key_passphrase: str | None = None,
) -> int:
    """Open the screens until their user leaves.

    Args:
        casebook: its file; None means the default one.
        identity: the user's PKCS#12 file; None means the default one.
        passphrase: where one was given in a file.
        visit: the visit to open at once.
        mouse: False leaves the mouse to the terminal.
        key_passphrase: the identity's own, or its token's PIN, where one was given in a file.

    Returns:
        The exit code.
    """
    from inspect_kit.tui import run

    return run(casebook, identity, passphrase, visit, mouse=mouse, key_passphrase=key_passphrase)

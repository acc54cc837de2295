"""Starting the screens."""

import gc
import os
import sys
from dataclasses import replace
from pathlib import Path


def run(
    casebook: Path | None,
    identity: Path | None,
    passphrase: str | None,
    visit: str | None = None,
    *,
    mouse: bool = True,
    key_passphrase: str | None = None,
) -> int:
    """Open the screens on a casebook until the user leaves.

    Args:
        casebook: its file; None means the default one. One that is not there yet is made with the user.
        identity: the user's PKCS#12 file; None means the default one, made at first use.
        passphrase: opens the casebook and the identity; asked for on the screen where it is None and needed.
        visit: id of a visit to open at once.
        mouse: False leaves the mouse to the terminal, whatever the settings say.
        key_passphrase: the identity's own, or its token's PIN; None where it is the casebook's.

    Returns:
        The exit code.
    """
    sys.setswitchinterval(0.0005)  # a key waits for the casebook's thread, or that thread for the screen, this long
    gc.disable()  # what a start makes, stays, and is not looked through for garbage; ``InspectKit.settle`` ends this
    from inspect_kit.tui.app import InspectKit
    from inspect_kit.tui.theme import enough_colours
    from inspect_kit.work.desk import default_casebook
    from inspect_kit.work.settings import read_settings

    settings, problems = read_settings()
    if settings.keys:
        from inspect_kit.tui.keymap import check_keys

        keys, clashes = check_keys(settings.keys)
        settings, problems = replace(settings, keys=keys), (*problems, *clashes)
    colours = enough_colours()
    os.environ.pop("NO_COLOR", None)  # our plain screens honour it; Textual would turn their colours to black on black
    app = InspectKit(
        casebook or default_casebook(),
        identity,
        passphrase,
        visit,
        settings=settings,
        problems=problems,
        colours=colours,
    )
    app.own_key_passphrase = key_passphrase
    try:
        app.run(mouse=mouse and settings.mouse)
    finally:
        app.line.close()
    return app.return_code or 0

"""Starting the screens."""

from pathlib import Path


def run(casebook: Path | None, identity: Path | None, passphrase: str | None, visit: str | None = None) -> int:
    """Open the screens on a casebook until the user leaves.

    Args:
        casebook: its file; None means the default one. One that is not there yet is made with the user.
        identity: the user's PKCS#12 file; None means the default one, made at first use.
        passphrase: opens the casebook and the identity; asked for on the screen where it is None and needed.
        visit: id of a visit to open at once.

    Returns:
        The exit code.
    """
    from inspect_kit.tui.app import InspectKit
    from inspect_kit.work.desk import default_casebook

    app = InspectKit(casebook or default_casebook(), identity, passphrase, visit)
    try:
        app.run()
    finally:
        app.line.close()
    return app.return_code or 0

"""Two people at one visit, each with a casebook, for the screens on which their work comes together."""

from collections.abc import Callable
from pathlib import Path

from inspect_kit.casebook import Casebook
from inspect_kit.identity import create, save

Recording = Callable[[Casebook, str], None]


def colleague(ours: Path, visit: str, name: str, record: Recording, passphrase: str | None = None) -> Path:
    """Let a colleague take in our visit, record something of hers, and share it.

    Args:
        ours: our casebook.
        visit: the visit's id.
        name: hers.
        record: is given her casebook and the visit's id.
        passphrase: encrypts what she shares.

    Returns:
        What she shared.
    """
    file = ours.with_name(f"{name.split()[0].lower()}.casebook")
    given = file.with_name(f"for-{file.name}")
    with Casebook.open(ours) as casebook:
        casebook.share([visit], given, None)
    me = create(name, "", None)
    save(me, file.with_suffix(".p12"))
    shared = file.with_name(f"from-{file.name}")
    with Casebook.create(file) as hers:
        hers.enrol(me.key_file, me.fingerprint, me.name, me.certificate)
        hers.sync(given)
        record(hers, visit)
        hers.seal(me)
        hers.share([visit], shared, passphrase)
    for done in (given, file):
        done.unlink()
    return shared


def take_in(ours: Path, *files: Path) -> None:
    """Sync our casebook with what others shared."""
    with Casebook.open(ours) as casebook:
        for file in files:
            casebook.sync(file)

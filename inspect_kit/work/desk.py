"""Sitting down to work: which casebook, and who writes in it."""

import getpass
import os
from pathlib import Path

from inspect_kit.casebook import Casebook
from inspect_kit.errors import BadInputError
from inspect_kit.files import explain, own_folder, read_bytes
from inspect_kit.language import _

_KEY_LIMIT = 1_048_576


def default_casebook() -> Path:
    """Where the casebook lies when none is named."""
    return own_folder() / "inspections.casebook"


def default_identity() -> Path:
    """Where the identity lies when none is named."""
    return own_folder() / "identity.p12"


def read_passphrase(file: Path) -> str:
    """Read a passphrase from the first line of a file.

    Raises:
        BadInputError: when the file is missing, empty, or its first line is no text.
    """
    try:
        # Translators: the start of a sentence, before the file's name
        text = read_bytes(file, _("The passphrase file"), 65_536).decode(
            "utf-8-sig"
        )  # Notepad begins a file with a mark
    except UnicodeDecodeError:
        raise BadInputError(
            _("The passphrase file {path} is no text (UTF-8): write the passphrase on its first line.", path=file)
        ) from None
    line = text.splitlines()[0] if text else ""
    if not line:
        raise BadInputError(
            _("The passphrase file {path} is empty: write the passphrase on its first line.", path=file)
        )
    return line


def create_casebook(path: Path, passphrase: str | None) -> Casebook:
    """Make a new casebook, and the default folder where it is to lie there.

    Args:
        path: its file, which must not exist.
        passphrase: encrypts it; None leaves it in clear.

    Raises:
        CasebookError: when it exists or cannot be made.
        BadInputError: when the passphrase cannot be used, or the folder cannot be made.
    """
    if path.parent == own_folder():
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as problem:
            raise explain(problem, _("The folder {path}", path=path.parent)) from problem
    return Casebook.create(path, passphrase)


def suggested_name() -> str:
    """The name by which this machine knows its user, for a first identity; empty where it knows none."""
    try:
        import pwd

        full = pwd.getpwuid(os.getuid()).pw_gecos.split(",")[0].strip()
    except (ImportError, KeyError):
        full = ""
    try:
        name = full or getpass.getuser()
    except (OSError, KeyError, ImportError):
        name = ""
    return "" if name == "root" else name[:64]


def sign_in(
    casebook: Casebook, identity: Path | None, passphrase: str | None, name: str = "", organisation: str = ""
) -> str:
    """Name the author of everything recorded from now on.

    Args:
        casebook: the open casebook.
        identity: her PKCS#12 file, or one that names a token; None means the default one, which is made at first use.
        passphrase: opens the identity where it is protected and new to this casebook; protects a new one. Recording
            needs no token and no PIN.
        name: for a new identity; empty takes the machine's name for its user.
        organisation: for a new identity.

    Returns:
        What she should know of her certificate when it is first used here, such as that it has expired; else empty.

    Raises:
        InspectKitError: when the identity is missing, unreadable or its passphrase wrong.
    """
    path = identity or default_identity()
    if identity is None and not path.is_file():
        from inspect_kit.identity import create, save

        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as problem:
            raise explain(problem, _("The folder {path}", path=path.parent)) from problem
        # Translators: the name of somebody of whom no name is known
        someone = _("Inspector")
        save(create(name or suggested_name() or someone, organisation, passphrase), path)
    # Translators: the start of a sentence, before the file's name
    key_file = read_bytes(path, _("The identity"), _KEY_LIMIT)
    if casebook.author_of(key_file):
        return ""
    from inspect_kit.identity import load

    me = load(path, passphrase, to_sign=False)
    casebook.enrol(me.key_file, me.fingerprint, me.name, me.certificate)
    return me.trouble()

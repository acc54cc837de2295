"""What the commands on identities share: the user's own file, and files that are made once."""

from pathlib import Path

from inspect_kit.cli.printing import show_block
from inspect_kit.cli.session import Session
from inspect_kit.errors import BadInputError, IdentityError
from inspect_kit.language import _


def own_file(session: Session) -> Path:
    """The identity to use, which must exist.

    Raises:
        IdentityError: when none is named and none was made yet.
    """
    path = session.identity_path()
    if session.identity is None and not path.exists():
        raise IdentityError(
            _("You have no identity yet: make one with “inspect-kit identity create”, and name it with --as.")
        )
    return path


def show_words(words: tuple[str, ...]) -> None:
    """Print a fingerprint's words, to be read out."""
    show_block(_("In words, to compare by voice: {words}", words=" ".join(words)))


def refuse_existing(path: Path) -> None:
    """Keep a key or certificate from being written over.

    Raises:
        BadInputError: when the file exists.
    """
    if path.exists():
        raise BadInputError(_("The file {path} exists: a key is never overwritten. Choose another name.", path=path))


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is passed on, whole or not at all.

    Raises:
        BadInputError: when it exists or cannot be written.
    """
    from inspect_kit.files import whole_file

    if path.exists():
        raise BadInputError(_("The file {path} exists, and is not written over: choose another name.", path=path))
    # Translators: the start of a sentence, before the file's name
    with whole_file(path, _("The file"), replace=False) as temporary:
        temporary.write_bytes(data)
        temporary.chmod(0o644)

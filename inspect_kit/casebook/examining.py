"""Examining somebody's casebook without touching it: a copy is opened, and the file stays as it was."""

import shutil
import tempfile
from pathlib import Path

from inspect_kit.casebook import foreign
from inspect_kit.casebook.casebook import Casebook
from inspect_kit.casebook.chains import Chain
from inspect_kit.casebook.health import Health
from inspect_kit.files import explain
from inspect_kit.language import _


def examine_file(path: Path, passphrase: str | None) -> tuple[Health, list[Chain]]:
    """Examine a casebook that may be anybody's.

    Args:
        path: the file.
        passphrase: opens it where it is encrypted.

    Returns:
        Its health, and how far each author's chain is sealed.

    Raises:
        PassphraseError: when it is encrypted and the passphrase missing or wrong.
        CasebookError: when it is no casebook, damaged, newer than this program, or made otherwise than ours are.
    """
    with foreign.checked(path, passphrase) as other, tempfile.TemporaryDirectory(prefix="inspect-kit-") as folder:
        other.hold()
        copy = Path(folder) / path.name
        try:
            shutil.copyfile(path, copy)
            beside = path.with_name(path.name + "-wal")
            if beside.is_file():
                shutil.copyfile(beside, copy.with_name(beside.name))
        except OSError as problem:
            raise explain(problem, _("A copy of {path}", path=path)) from problem
        with Casebook.open(copy, passphrase) as book:
            return book.health(), book.chains()

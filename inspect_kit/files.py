"""Files: where ours lie, and how a file is written so that it is whole or not there at all."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inspect_kit.errors import BadInputError, InspectKitError
from inspect_kit.language import _


def bundled(name: str) -> Path:
    """Find a folder of data that ships with inspect_kit.

    Args:
        name: ``checklists`` or ``sample_visits``.

    Returns:
        The folder inside the installed package, or beside it in a checkout.
    """
    package = Path(__file__).resolve().parent
    installed = package / "data" / name
    return installed if installed.is_dir() else package.parent / name


def own_folder() -> Path:
    """Return this user's data folder (casebook, identity), which need not exist yet."""
    import platformdirs

    return Path(platformdirs.user_data_dir("inspect_kit", appauthor=False))


def explain(problem: OSError, what: str) -> InspectKitError:
    """Turn an operating-system error into a sentence with a remedy.

    Args:
        problem: what the system said.
        what: the thing that was tried, as the start of a sentence: ``"The report r.pdf"``.
    """
    if isinstance(problem, FileNotFoundError):
        # Translators: what is a thing with its article, and its path: “The report /home/amina/report.pdf”
        return BadInputError(_("{what} is not there: check the path.", what=what))
    if isinstance(problem, PermissionError):
        return BadInputError(
            # Translators: what is a thing with its article, and its path
            _(
                "{what} may not be read or written by you: choose another place, or change its permissions.",
                what=what,
            )
        )
    if isinstance(problem, IsADirectoryError):
        # Translators: what is a thing with its article, and its path
        return BadInputError(_("{what} is a folder: name a file.", what=what))
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return BadInputError(
            # Translators: what is a thing with its article, and its path
            _(
                "{what} does not fit: the disk is full. Free some space and try again; nothing was changed.",
                what=what,
            )
        )
    return BadInputError(
        # Translators: what is a thing with its article, and its path; said is what the operating system reports
        _("{what} cannot be used: {said}. Nothing was changed.", what=what, said=problem.strerror or problem)
    )


def read_bytes(path: Path, what: str, limit: int) -> bytes:
    """Read a whole file that a user named.

    Args:
        path: the file.
        what: its role, as the start of a sentence (``"The photograph"``).
        limit: the most bytes that are accepted.

    Raises:
        BadInputError: when it is missing, unreadable, no ordinary file, or larger than ``limit``.
    """
    try:
        if path.exists() and not path.is_file():
            # Translators: what is a thing with its article: “The photograph”
            raise BadInputError(_("{what} {path} is not an ordinary file: name a file.", what=what, path=path))
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as problem:
        raise explain(problem, f"{what} {path}") from problem
    if len(data) > limit:
        size = limit // 1_048_576
        raise BadInputError(
            # Translators: what is a thing with its article: “The photograph”
            _("{what} {path} is larger than {size} MB: choose a smaller file.", what=what, path=path, size=size)
        )
    return data


@contextmanager
def whole_file(path: Path, what: str, *, replace: bool = True) -> Iterator[Path]:
    """Write a file so that it is complete under its name, or its name is untouched.

    The block writes to the temporary file that is yielded, in the same folder; when the block ends well
    it is flushed to the disk and takes the name, otherwise it is removed.

    Args:
        path: the name to take; an existing file is replaced only by the finished one.
        what: its role, as the start of a sentence (``"The report"``).
        replace: False leaves a file that has taken the name first as it is.

    Raises:
        BadInputError: when the folder is missing, not writable or full, or the name is taken (``replace``).
    """
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent or Path(), prefix=f".{path.name[:40]}.", suffix=".part")
        os.close(handle)
        temporary = Path(name)
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        if replace:
            temporary.replace(path)
            temporary = None
        else:
            _take_name(temporary, path)
        sync_folder(path.parent)
    except OSError as problem:
        if isinstance(problem, FileNotFoundError) and not path.parent.exists():
            raise BadInputError(
                # Translators: what is a thing with its article: “The report”
                _(
                    "{what} cannot be written: the folder {folder} is not there. Make it first.",
                    what=what,
                    folder=path.parent,
                )
            ) from problem
        raise explain(problem, f"{what} {path}") from problem
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _take_name(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links, such as a USB stick
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        temporary.rename(path)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can (Windows does so by itself)."""
    if os.name != "posix":
        return
    handle = os.open(folder or Path(), os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

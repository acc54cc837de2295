"""Files on the screens: what lies near, what a new one is called, and what somebody typed."""

import re
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from inspect_kit.errors import BadInputError
from inspect_kit.language import _
from inspect_kit.model import VisitPlan

CASEBOOK = ".casebook"
_OFFERED = 12


def documents() -> Path:
    """Where a person would look for a document that she has just made."""
    folder = Path.home() / "Documents"
    return folder if folder.is_dir() else Path.home()


def free(plan: VisitPlan, what: str, ending: str) -> Path:
    """A file about a visit that is not there yet: ``Documents/prison-north-2026-11-04-authority.pdf``, ``…-2.pdf``.

    Args:
        plan: the visit's plan.
        what: what the file is; empty for the visit itself.
        ending: with its dot.
    """
    name = re.sub(r"[^a-z0-9]+", "-", plan.facility.name.lower()).strip("-")[:40] or "facility"
    stem = "-".join(filter(None, (name, str(plan.starts), what)))
    names = (f"{stem}{ending}" if number == 1 else f"{stem}-{number}{ending}" for number in count(1))
    return next(path for path in map(documents().joinpath, names) if not path.exists())


def named(typed: str) -> Path:
    """The file that somebody typed.

    Raises:
        BadInputError: when nothing was typed.
    """
    if not typed.strip():
        raise BadInputError(_("No file is named: type where it lies."))
    return Path(typed.strip()).expanduser()


def new_file(typed: str, ending: str) -> Path:
    """The file to be written that somebody typed, with its ending.

    Args:
        typed: where to write it.
        ending: with its dot.

    Raises:
        BadInputError: when nothing was typed, or the file is there already.
    """
    if not typed.strip():
        raise BadInputError(_("No file is named: type where to write it."))
    out = named(typed)
    if out.suffix.lower() != ending:
        out = out.with_name(out.name + ending)
    if out.exists():
        raise BadInputError(
            _("{file} is there already, and a file is never written over: type another name.", file=out.name)
        )
    return out


def nearby(own: Path, endings: Sequence[str] = (CASEBOOK,)) -> list[Path]:
    """Casebooks that lie where people put them, the latest first; the own one is left out.

    Args:
        own: the open casebook.
        endings: other kinds of files are named by other endings.
    """
    home = Path.home()
    places = [home, home / "Documents", home / "Downloads", home / "Desktop", Path.cwd(), own.parent]
    for sticks in (Path("/media"), Path("/run/media"), Path("/Volumes"), Path("/mnt")):
        places += [folder for pattern in ("*", "*/*") for folder in _listed(sticks, pattern) if folder.is_dir()]
    found: dict[Path, float] = {}
    for place in dict.fromkeys(places):
        for file in (one for ending in endings for one in _listed(place, f"*{ending}")):
            try:
                str(file).encode()  # a name that is no text cannot be shown
                if file.is_file() and not (own.exists() and file.samefile(own)):
                    found[file] = file.stat().st_mtime
            except (OSError, UnicodeEncodeError):
                continue
    return sorted(found, key=lambda file: -found[file])[:_OFFERED]


def _listed(folder: Path, pattern: str) -> list[Path]:
    try:
        return list(folder.glob(pattern))
    except OSError:
        return []

"""A person's own settings: one file, ``settings.toml`` in her data folder, which need not exist.

It is plain TOML, to be written in any editor; ``inspect-kit settings`` shows where it lies, what holds and every key's
name. All of it is optional:

    theme = "dark"           # how the screens look: dark, light, high-contrast, or plain
    mouse = true             # false leaves the mouse to the terminal, for marking and copying
    paper = "a4"             # the size of what is printed: a4 or letter

    [keys]                   # another key for an action, by the action's name
    "inspect.note" = "m"
    "app.theme" = "f8"
    "items.next" = "down,y"  # several keys, with commas

- **theme**: ``plain`` uses no colour at all, only bold, underline and reverse. The screens are plain by themselves
  where the terminal says that it has fewer than 256 colours (``TERM=xterm``), or ``NO_COLOR`` is set; for a terminal
  that has more than it says, set ``COLORTERM=truecolor``. F9 changes the theme and writes it here.
- **mouse**: ``inspect-kit --no-mouse`` does the same as ``false`` for once.
- **paper**: for sheets and reports that are to be printed.
- **keys**: a letter, a digit or sign, ``f1`` to ``f12``, ``ctrl+`` and a letter, or one of ``enter escape space up down
  left right home end pageup pagedown``. The new keys stand in place of all the old ones of that action. Two actions
  of one screen cannot share a key, and an action that works while somebody types cannot take a letter.

A name that is not known or a value that cannot be used is told in a sentence; the default holds in its place, and
the rest of the file is followed. The program itself writes one value only (``theme``) and keeps every other line.
"""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from inspect_kit.errors import BadInputError, InspectKitError
from inspect_kit.files import explain, own_folder, read_bytes, whole_file

THEMES = ("dark", "light", "high-contrast", "plain")
PAPERS = ("a4", "letter")

_LIMIT = 1_048_576  # bytes; far more than anybody writes
_NO_KEYS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Settings:
    """What a person set, and the defaults for the rest.

    Attributes:
        theme: one of ``THEMES``.
        mouse: whether the screens listen to the mouse.
        paper: one of ``PAPERS``.
        keys: the keys of an action in place of its usual ones, by the action's name (``inspect.note``).
    """

    theme: str = "dark"
    mouse: bool = True
    paper: str = "a4"
    keys: Mapping[str, str] = field(default_factory=lambda: _NO_KEYS)


MEANINGS = {
    "theme": f"how the screens look: {', '.join(THEMES)} (no colour); F9 changes it",
    "mouse": "true or false: whether the screens listen to the mouse",
    "paper": f"the size of what is printed: {' or '.join(PAPERS)}",
    "keys": "other keys for the actions of the screens, by the names below",
}
"""Each setting and what it means, in the order in which they are shown."""


def settings_file() -> Path:
    """Where the settings lie; the file need not exist."""
    return own_folder() / "settings.toml"


def read_settings(path: Path | None = None) -> tuple[Settings, tuple[str, ...]]:
    """Read the settings; never fails.

    Args:
        path: the file; None means this user's.

    Returns:
        What holds, and a sentence for everything in the file that could not be followed.
    """
    path = path or settings_file()
    try:
        text = _read(path)
        held = _parse(text, path)
    except InspectKitError as problem:
        return Settings(), (f"{problem} Until then the usual settings hold.",)
    problems: list[str] = []
    taken: dict[str, Any] = {}
    for name, value in held.items():
        where = f"Settings{_line(text, name)}: "
        if name not in _CHECKS:
            problems.append(f"{where}“{name[:40]}” is no setting; there are {', '.join(_CHECKS)}.")
        elif name == "keys":
            taken[name] = _keys(text, value, problems)
        else:
            allowed, fits = _CHECKS[name]
            if fits(value):
                taken[name] = value
            else:
                usual = getattr(Settings(), name)
                problems.append(
                    f"{where}{name} cannot be {as_written(value)}: write {allowed}. {as_written(usual)} holds instead."
                )
    return Settings(**taken), tuple(problems)


def write_setting(name: str, value: str | bool, path: Path | None = None) -> None:
    """Write one setting and keep every other line of the file as it is.

    Args:
        name: ``theme``, ``mouse`` or ``paper``.
        value: what shall hold from now on.
        path: the file, which is made where it is missing; None means this user's.

    Raises:
        BadInputError: when the file cannot be read, understood or written; it is then left as it is.
    """
    path = (path or settings_file()).resolve()  # a link to a file kept elsewhere stays a link
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as problem:
        raise explain(problem, f"The folder {path.parent}") from problem
    before = _read(path)
    held = _parse(before, path)
    after = _with(before, name, as_written(value))
    try:
        kept = tomllib.loads(after) == held | {name: value}
    except tomllib.TOMLDecodeError:
        kept = False
    if not kept:
        raise BadInputError(f"The settings {path} are written in a way that only you can change: set {name} there.")
    with whole_file(path, "The settings") as file:
        file.write_bytes(after.encode())


def _read(path: Path) -> str:
    """The file's text; empty where there is none."""
    try:
        if not path.exists():
            return ""
        return read_bytes(path, "The settings", _LIMIT).decode("utf-8-sig")  # Notepad begins a file with a mark
    except OSError as problem:
        raise explain(problem, f"The settings {path}") from problem
    except UnicodeDecodeError:
        raise BadInputError(f"The settings {path} are no text (UTF-8): save the file as UTF-8.") from None


def _parse(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise BadInputError(f"The settings {path} cannot be understood ({problem}): mend that line.") from None


def _keys(text: str, value: object, problems: list[str]) -> Mapping[str, str]:
    if not isinstance(value, dict):
        problems.append(f"Settings{_line(text, 'keys')}: keys cannot be {as_written(value)}: write a [keys] section.")
        return _NO_KEYS
    taken: dict[str, str] = {}
    for action, keys in value.items():
        if isinstance(keys, str) and keys.strip():
            taken[action] = keys
        else:
            example = ', such as "inspect.note" = "m" with the quotation marks' if isinstance(keys, dict) else ""
            problems.append(
                f"Settings{_line(text, action)}: the key of {action[:40]} cannot be {as_written(keys)}:"
                f" write a key in quotation marks{example}."
            )
    return MappingProxyType(taken)


def _is_one_of(words: tuple[str, ...]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and value in words


_CHECKS: dict[str, tuple[str, Callable[[object], bool]]] = {
    "theme": (", ".join(f'"{word}"' for word in THEMES), _is_one_of(THEMES)),
    "mouse": ("true or false", lambda value: isinstance(value, bool)),
    "paper": (" or ".join(f'"{word}"' for word in PAPERS), _is_one_of(PAPERS)),
    "keys": ("a [keys] section", lambda value: isinstance(value, dict)),
}
assert _CHECKS.keys() == MEANINGS.keys() == {one.name for one in fields(Settings)}  # noqa: S101 (the three go together)


def as_written(value: object) -> str:
    """A value as it stands in the file, short enough for a sentence."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value if len(value) <= 40 else value[:39] + "…", ensure_ascii=False)
    if isinstance(value, dict):
        return "a section"
    return str(value)[:40]


def _line(text: str, name: str) -> str:
    """``, line 3`` where a name is set, as far as that is easily told."""
    start = re.compile(rf"\s*(\[\s*)?[\"']?{re.escape(name)}[\"']?\s*[].=]")
    for number, line in enumerate(text.split("\n"), 1):
        if start.match(line):
            return f", line {number}"
    return ""


def _with(text: str, name: str, written: str) -> str:
    """The text with one value of its first, unnamed section changed or added."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    setting = re.compile(rf"(\s*{name}\s*=\s*)(\"[^\"]*\"|'[^']*'|[^#\s]+)(.*)", re.DOTALL)
    first_section = len(lines)
    for number, line in enumerate(lines):
        if line.lstrip().startswith("["):
            first_section = number
            break
        found = setting.fullmatch(line)
        if found:
            lines[number] = f"{found[1]}{written}{found[3]}"
            return "".join(lines)
    if first_section and not lines[first_section - 1].endswith("\n"):
        lines[first_section - 1] += end
    while first_section and not lines[first_section - 1].strip():
        first_section -= 1  # above the empty lines that set a section apart
    added = f"{name} = {written}{end}"
    if first_section < len(lines) and lines[first_section].lstrip().startswith("["):
        added += end
    lines.insert(first_section, added)
    return "".join(lines)

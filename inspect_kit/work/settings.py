"""A person's own settings: one file, ``settings.toml`` in her data folder, which need not exist.

It is plain TOML, to be written in any editor; ``inspect-kit settings`` shows where it lies, what holds and every key's
name. All of it is optional:

    theme = "dark"           # how the screens look: dark, light, high-contrast, or plain
    mouse = true             # false leaves the mouse to the terminal, for marking and copying
    paper = "a4"             # the size of what is printed: a4 or letter
    fonts = ["/usr/share/fonts/truetype/noto/NotoSansThai-Regular.ttf"]  # for other scripts in reports
    language = "fr"          # what the program speaks; without this line, what the machine speaks

    [keys]                   # another key for an action, by the action's name
    "inspect.note" = "m"
    "app.theme" = "f8"
    "items.next" = "down,y"  # several keys, with commas

- **theme**: ``plain`` uses no colour at all, only bold, underline and reverse. The screens are plain by themselves
  where the terminal says that it has fewer than 256 colours (``TERM=xterm``), or ``NO_COLOR`` is set; for a terminal
  that has more than it says, set ``COLORTERM=truecolor``. F9 changes the theme and writes it here.
- **mouse**: ``inspect-kit --no-mouse`` does the same as ``false`` for once.
- **paper**: for sheets and reports that are to be printed.
- **fonts**: TrueType files, tried in turn for the letters that our own typeface lacks; what none has is printed as a
  code, which you are told before a report is written.
- **language**: ``en``, ``fr``, or ``auto`` for the machine's own (``LANG``), and English where we do not have that one.
  ``INSPECT_KIT_LANGUAGE=fr`` in the environment wins over this line. The report itself stays in English.
- **keys**: a letter, a digit or sign, ``f1`` to ``f12``, ``ctrl+`` and a letter, or one of ``enter escape space up down
  left right home end pageup pagedown``. The new keys stand in place of all the old ones of that action. Two actions
  of one screen cannot share a key, and an action that works while somebody types cannot take a letter.

A name that is not known or a value that cannot be used is told in a sentence; the default holds in its place, and
the rest of the file is followed. The program itself writes one value only (``theme``) and keeps every other line.

This module is read before the language is chosen, so its texts stand in functions, never in tables.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from inspect_kit.errors import BadInputError, InspectKitError
from inspect_kit.files import explain, own_folder, read_bytes, whole_file
from inspect_kit.language import _, available

THEMES = ("dark", "light", "high-contrast", "plain")
PAPERS = ("a4", "letter")
AUTO = "auto"
"""The language of the machine."""

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
        language: one of those that are ``language.available()``, or ``AUTO``.
        fonts: paths of TrueType files for what the typeface of reports lacks.
    """

    theme: str = "dark"
    mouse: bool = True
    paper: str = "a4"
    keys: Mapping[str, str] = field(default_factory=lambda: _NO_KEYS)
    language: str = AUTO
    fonts: tuple[str, ...] = ()


def meanings() -> dict[str, str]:
    """Each setting and what it means, in the order in which they are shown."""
    return {
        "theme": _("how the screens look: {themes} (no colour); F9 changes it", themes=", ".join(THEMES)),
        "mouse": _("true or false: whether the screens listen to the mouse"),
        "paper": _("the size of what is printed: {one} or {other}", one=PAPERS[0], other=PAPERS[1]),
        "fonts": _("TrueType files for the letters that the typeface of reports lacks, in square brackets"),
        "language": _(
            "what the program speaks: {languages}, or auto (this machine’s)", languages=", ".join(available())
        ),
        "keys": _("other keys for the actions of the screens, by the names below"),
    }


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
        return Settings(), (_("{problem} Until then the usual settings hold.", problem=problem),)
    problems: list[str] = []
    taken: dict[str, Any] = {}
    for name, value in held.items():
        if name not in _NAMES:
            problems.append(
                _(
                    "{where}: “{name}” is no setting; there are {names}.",
                    where=_where(text, name),
                    name=name[:40],
                    names=", ".join(_NAMES),
                )
            )
        elif name == "keys":
            taken[name] = _keys(text, value, problems)
        elif name == "fonts" and isinstance(value, list) and all(isinstance(one, str) for one in value):
            taken[name] = tuple(value)
        elif _fits(name, value):
            taken[name] = value
        else:
            problems.append(
                _(
                    "{where}: {name} cannot be {value}: write {allowed}. {usual} holds instead.",
                    where=_where(text, name),
                    name=name,
                    value=as_written(value),
                    allowed=_allowed(name),
                    usual=as_written(getattr(Settings(), name)),
                )
            )
    return Settings(**taken), tuple(problems)


def language_set(path: Path | None = None) -> str:
    """The language that the settings name; never fails, and is quick where there is no file.

    Args:
        path: the file; None means this user's.

    Returns:
        One of ``language.available()``; empty where the machine's holds, or the file cannot be followed.
    """
    path = path or settings_file()
    try:
        value = _parse(_read(path), path).get("language")
    except InspectKitError:  # told by whoever reads all settings
        return ""
    return value if isinstance(value, str) and value in available() else ""


def write_setting(name: str, value: str | bool, path: Path | None = None) -> None:
    """Write one setting and keep every other line of the file as it is.

    Args:
        name: ``theme``, ``mouse``, ``paper`` or ``language``.
        value: what shall hold from now on.
        path: the file, which is made where it is missing; None means this user's.

    Raises:
        BadInputError: when the file cannot be read, understood or written; it is then left as it is.
    """
    path = (path or settings_file()).resolve()  # a link to a file kept elsewhere stays a link
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as problem:
        raise explain(problem, _("The folder {path}", path=path.parent)) from problem
    before = _read(path)
    held = _parse(before, path)
    after = _with(before, name, as_written(value))
    import tomllib

    try:
        kept = tomllib.loads(after) == held | {name: value}
    except tomllib.TOMLDecodeError:
        kept = False
    if not kept:
        raise BadInputError(
            _(
                "The settings {path} are written in a way that only you can change: set {name} there.",
                path=path,
                name=name,
            )
        )
    with whole_file(path, _("The settings")) as file:
        file.write_bytes(after.encode())


def _read(path: Path) -> str:
    """The file's text; empty where there is none."""
    try:
        if not path.exists():
            return ""
        return read_bytes(path, _("The settings"), _LIMIT).decode("utf-8-sig")  # Notepad begins a file with a mark
    except OSError as problem:
        raise explain(problem, _("The settings {path}", path=path)) from problem
    except UnicodeDecodeError:
        raise BadInputError(_("The settings {path} are no text (UTF-8): save the file as UTF-8.", path=path)) from None


def _parse(text: str, path: Path) -> dict[str, Any]:
    if not text:
        return {}
    import tomllib  # late: most people have no file, and every command asks for the language

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise BadInputError(
            _("The settings {path} cannot be understood ({problem}): mend that line.", path=path, problem=problem)
        ) from None


def _keys(text: str, value: object, problems: list[str]) -> Mapping[str, str]:
    if not isinstance(value, dict):
        problems.append(
            _(
                "{where}: keys cannot be {value}: write a [keys] section.",
                where=_where(text, "keys"),
                value=as_written(value),
            )
        )
        return _NO_KEYS
    taken: dict[str, str] = {}
    for action, keys in value.items():
        if isinstance(keys, str) and keys.strip():
            taken[action] = keys
        else:
            said = {"where": _where(text, action), "action": action[:40], "value": as_written(keys)}
            if isinstance(keys, dict):
                problem = _(
                    "{where}: the key of {action} cannot be {value}: write a key in quotation marks, such as"
                    ' "inspect.note" = "m" with the quotation marks.',
                    **said,
                )
            else:
                problem = _(
                    "{where}: the key of {action} cannot be {value}: write a key in quotation marks.",
                    **said,
                )
            problems.append(problem)
    return MappingProxyType(taken)


_NAMES = tuple(one.name for one in fields(Settings))


def _words(name: str) -> tuple[str, ...]:
    """The words that a setting can be; none where it is no word."""
    words = {"theme": THEMES, "paper": PAPERS, "language": (AUTO, *available())}
    return words.get(name, ())


def _fits(name: str, value: object) -> bool:
    return isinstance(value, bool) if name == "mouse" else isinstance(value, str) and value in _words(name)


def _allowed(name: str) -> str:
    """What can stand in a setting, for a sentence."""
    if name == "fonts":
        return _("paths in quotation marks within square brackets")
    return _("true or false") if name == "mouse" else _written(_words(name))


def _written(words: tuple[str, ...]) -> str:
    quoted = [as_written(word) for word in words]
    if len(quoted) == 2:
        return _("{one} or {other}", one=quoted[0], other=quoted[1])
    return ", ".join(quoted)


def as_written(value: object) -> str:
    """A value as it stands in the file, short enough for a sentence."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value if len(value) <= 40 else value[:39] + "…", ensure_ascii=False)
    if isinstance(value, dict):
        return _("a section")
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(as_written(one) for one in value)}]"
    return str(value)[:40]


def _where(text: str, name: str) -> str:
    """Where a name is set, as far as that is easily told."""
    start = re.compile(rf"\s*(\[\s*)?[\"']?{re.escape(name)}[\"']?\s*[].=]")
    for number, line in enumerate(text.split("\n"), 1):
        if start.match(line):
            # Translators: stands at the start of a sentence, before a colon.
            return _("Settings, line {number}", number=number)
    # Translators: stands at the start of a sentence, before a colon.
    return _("Settings")


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

"""Keys: what they are called on the screen, and which ones a person's own settings put in their place."""

import re
import string
from collections.abc import Iterable

from textual.dom import DOMNode
from textual.keys import _character_to_key
from textual.screen import Screen

from inspect_kit.language import _

_KEYS = {"esc": "escape", "PgDn": "pagedown", "PgUp": "pageup", "↑": "up", "↓": "down", "←": "left", "→": "right"}
"""How keys are written in the code, where that is not their own name."""
_NAMES = {
    # Translators: names of keys, as they are printed on a keyboard; as short as can be
    "enter": _("enter"),
    "escape": _("esc"),
    "tab": _("tab"),
    "space": _("space"),
    "backspace": _("backspace"),
    "home": _("Home"),
    "end": _("End"),
    "pageup": _("PgUp"),
    "pagedown": _("PgDn"),
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
_SIGNS = {_character_to_key(sign): sign for sign in string.punctuation}
NAMED = (
    *("enter", "escape", "tab", "space", "up", "down", "left", "right"),
    *("home", "end", "pageup", "pagedown", "backspace"),
)
"""Keys that have a name instead of a sign, and arrive on every terminal."""


def called(key: str) -> str:
    """What a key is called on the screen: ``?`` for ``question_mark``, ``F2`` for ``f2``."""
    if key in NAMED:
        return _NAMES.get(key, key)
    return key.upper() if re.fullmatch(r"f\d+", key) else _SIGNS.get(key, key)


def all_called(keys: Iterable[str]) -> str:
    """Several keys, each once: ``↓ j``."""
    return " ".join(dict.fromkeys(map(called, keys)))


def apart(written: str) -> tuple[str, ...]:
    """The keys of a setting, each under Textual's name: ``question_mark`` and ``f1`` for ``?,F1``."""
    parts = [part.strip() for part in re.split(r",(?=.)", written)]  # the last of two commas is the key itself
    return tuple(_character_to_key(part) if len(part) == 1 else part.lower() for part in parts if part)


def writes(key: str) -> bool:
    """Whether a key writes something, so that it belongs to the text while somebody types."""
    return len(key) == 1 or key == "space" or key in _SIGNS


def actions(node: DOMNode) -> dict[str, tuple[tuple[str, ...], str]]:
    """The actions of a screen, widget or application that have a name, in their order.

    Args:
        node: of an application that runs.

    Returns:
        By the id of their binding, the keys that hold now and the description.
    """
    own = node.app._keymap
    usual: dict[str, tuple[tuple[str, ...], str]] = {}
    for key, binding in node._bindings:
        if binding.id:
            keys = (*usual.get(binding.id, ((), ""))[0], key)
            usual[binding.id] = (keys, binding.description)
    return {
        action: (tuple(own[action].split(",")) if action in own else keys, described)
        for action, (keys, described) in usual.items()
    }


def key_of(node: DOMNode, action: str, usual: str) -> str:
    """What running text calls the key of an action: a person's own, where she set one.

    Args:
        node: a screen or widget of an application that runs.
        action: the id of its binding, on whichever screen.
        usual: what its key is called usually.
    """
    own = node.app._keymap.get(action)
    return called(own.split(",")[0] if own else _KEYS.get(usual, usual))


def held(screen: Screen[object], written: str) -> str:
    """What to show for keys that a screen names as they usually are.

    Args:
        screen: the screen on which they work.
        written: ``n``, ``esc``, ``1-5``, ``F1–F3`` or ``← →``.

    Returns:
        The same where the user put nothing else in their place, otherwise the keys that hold; as they are called.
    """
    own = screen.app._keymap
    as_usual = " ".join(_NAMES.get(_KEYS.get(part, part), part) for part in written.split(" "))
    if not own:
        return as_usual
    usual = _usual(written)
    found: dict[str, str] = {}
    for node in (screen, *screen.query("*"), screen.app):
        for key, binding in node._bindings:
            if key in usual and binding.id in own:
                found.setdefault(key, own[binding.id].split(",")[0])
    return all_called(found.get(key, key) for key in usual) if found else as_usual


def _usual(written: str) -> list[str]:
    between = re.fullmatch(r"(\D?)(\d)[-–]\1(\d)", written)
    if between:
        return [f"{between[1].lower()}{number}" for number in range(int(between[2]), int(between[3]) + 1)]
    return [_KEYS.get(part) or apart(part)[0] for part in written.split()]

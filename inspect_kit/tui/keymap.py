"""A person's own keys, checked against every screen: which actions there are, and which keys may go to them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget

import inspect_kit.tui.screens
import inspect_kit.tui.widgets
from inspect_kit.language import _
from inspect_kit.tui.app import InspectKit
from inspect_kit.tui.keys import NAMED, all_called, apart, called, writes

_SAME = {"ctrl+h": "backspace", "ctrl+i": "tab", "ctrl+j": "enter", "ctrl+m": "enter"}
"""What a terminal sends for these; it cannot tell the two apart."""
_MOVES = frozenset(NAMED) - {"escape", "space"}


@dataclass(frozen=True)
class Action:
    """Something that a key does.

    Attributes:
        id: its name in the settings.
        keys: its usual keys, under Textual's names.
        described: what it does.
    """

    id: str
    keys: tuple[str, ...]
    described: str


@cache
def all_actions() -> Mapping[str, Action]:
    """Every action of every screen, by its id; those of one screen stand together."""
    found: dict[str, Action] = {}
    for place in (InspectKit, *(owner for module in _modules() for owner in _owners(module))):
        found |= {action.id: action for action in _own(place) if action.id not in found}
    return found


def check_keys(wanted: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Tell which of a person's own keys can be given.

    Args:
        wanted: by action, the keys as they are written in the settings.

    Returns:
        A keymap for Textual, and a sentence for everything that is refused.
    """
    if not wanted:
        return {}, ()  # and no screen is imported before it is needed
    problems: list[str] = []
    given: dict[str, tuple[str, ...]] = {}
    for id_, written in wanted.items():
        action = all_actions().get(id_)
        if action is None:
            problems.append(
                _(
                    "Settings: “{action}” is the name of no action; “inspect-kit settings” lists all of them.",
                    action=id_[:40],
                )
            )
            continue
        keys = apart(written)
        problem = _unfit(action, keys)
        if problem:
            stays = _stay(action)
            # Translators: the action's name; then two sentences: why its new key is refused, and which key it keeps
            problems.append(_("Settings, {action}: {problem} {stays}", action=id_, problem=problem, stays=stays))
        elif keys != action.keys:
            given[id_] = keys
    while clash := _first_clash(given):
        one, other, key = clash
        mine, theirs = (one, other) if one.id in given else (other, one)
        problems.append(
            _(
                "Settings, {action}: the key {key} already means “{meaning}” ({other}) on the same screen. {stays}",
                action=mine.id,
                key=called(key),
                meaning=theirs.described,
                other=theirs.id,
                stays=_stay(mine),
            )
        )
        del given[mine.id]
    return {id_: ",".join(keys) for id_, keys in given.items()}, tuple(problems)


def _stay(action: Action) -> str:
    return _("It stays {keys}.", keys=all_called(action.keys))


def _unfit(action: Action, keys: tuple[str, ...]) -> str:
    if not keys:
        # Translators: this sentence and the next ones come after “Settings, inspect.note: ”
        return _("no key is written there.")
    may_type = not any(map(writes, action.keys))
    moves = any(key in _MOVES for key in action.keys)
    for key in keys:
        if key in _SAME:
            return _("a terminal cannot tell {key} from {other}: choose another.", key=key, other=called(_SAME[key]))
        if key == "tab":
            return _("tab leads to the next field everywhere: choose another.")
        function = re.fullmatch(r"f([1-9]|1[0-2])|ctrl\+[a-z]", key)
        if not (function or key in NAMED or writes(key)):
            return _(
                "“{key}” is no key that every terminal sends: write a letter, f1 to f12, or ctrl+a letter.",
                key=key[:20],
            )
        if may_type and (writes(key) or (key in _MOVES and not moves)):
            return _("{key} is needed for typing where this works: write f1 to f12, or ctrl+a letter.", key=called(key))
    return ""


def _first_clash(given: Mapping[str, tuple[str, ...]]) -> tuple[Action, Action, str] | None:
    """Two actions that somebody would meet on one screen under one key, at least one of them moved there."""
    for together in _together():
        by_key: dict[str, Action] = {}
        for action in together:
            for key in given.get(action.id, action.keys):
                other = by_key.setdefault(key, action)
                if other.id != action.id and (action.id in given or other.id in given):
                    return other, action, key
    return None


@cache
def _together() -> tuple[tuple[Action, ...], ...]:
    """For every screen, the actions that can be met on it: its own, its widgets' and the application's."""
    groups = []
    for module in _modules():
        owners = [thing for thing in vars(module).values() if isinstance(thing, type) and _is_ours(thing)]
        widgets = [owner for owner in owners if not issubclass(owner, Screen)]
        for screen in owners:
            if issubclass(screen, Screen) and screen.__module__ == module.__name__:
                places: tuple[type, ...] = (screen, *widgets, InspectKit)
                groups.append(tuple(action for place in places for action in _inherited(place)))
    return tuple(groups)


@cache
def _modules() -> tuple[ModuleType, ...]:
    return tuple(
        import_module(f"{package.__name__}.{found.name}")
        for package in (inspect_kit.tui.screens, inspect_kit.tui.widgets)
        for found in iter_modules(package.__path__)
    )


def _is_ours(owner: type) -> bool:
    return issubclass(owner, Widget) and owner.__module__.startswith("inspect_kit.")


def _owners(module: ModuleType) -> list[type]:
    return [
        thing
        for thing in vars(module).values()
        if isinstance(thing, type) and _is_ours(thing) and thing.__module__ == module.__name__
    ]


def _inherited(owner: type) -> list[Action]:
    found: dict[str, Action] = {}
    for base in owner.__mro__:
        if base in (App, Widget, Screen, DOMNode):
            break
        found |= {action.id: action for action in _own(base) if action.id not in found}
    return list(found.values())


def _own(owner: type) -> list[Action]:
    """The named actions that a class itself declares."""
    found: dict[str, Action] = {}
    for binding in Binding.make_bindings(owner.__dict__.get("BINDINGS", ())):
        if binding.id:
            before = found.get(binding.id)
            keys = (*before.keys, binding.key) if before else (binding.key,)
            found[binding.id] = Action(binding.id, keys, binding.description)
    return list(found.values())

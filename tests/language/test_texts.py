"""The texts in the code: each is written out where it is called, and ``make texts`` finds it."""

from __future__ import annotations

import ast
import importlib.util
from functools import cache
from pathlib import Path
from string import Formatter
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted((ROOT / "inspect_kit").rglob("*.py"))
CALLS = {"_": 1, "ngettext": 2}


@cache
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_texts", ROOT / "docs" / "make_texts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def calls(tree: ast.AST) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS
    ]


def test_every_text_of_the_code_is_written_out_where_it_is_called_and_gathered():
    gathered = {text.id for text in maker().texts()}
    lost = []
    for file in CODE:
        for call in calls(ast.parse(file.read_text(encoding="utf-8"))):
            assert isinstance(call.func, ast.Name)
            given = [one.value if isinstance(one, ast.Constant) else None for one in call.args[: CALLS[call.func.id]]]
            text = given[0] if len(given) == 1 else tuple(given)
            if text not in gathered:
                lost.append(f"{file.relative_to(ROOT)}:{call.lineno}: {ast.unparse(call)[:80]}")
    assert lost == []  # also where one stands inside an f-string, which is not gathered


def test_the_places_of_each_text_are_those_that_its_call_fills():
    wrong = []
    for file in CODE:
        for call in calls(ast.parse(file.read_text(encoding="utf-8"))):
            assert isinstance(call.func, ast.Name)
            filled = {word.arg for word in call.keywords}
            if None in filled:
                continue  # a dictionary of values
            if call.func.id == "ngettext":
                filled.add("count")
            for text in call.args[: CALLS[call.func.id]]:
                assert isinstance(text, ast.Constant)
                wanted = {name for _text, name, _format, _how in Formatter().parse(str(text.value)) if name}
                left_open = not call.keywords and call.func.id == "_"  # filled in later, by whoever styles them
                if wanted - filled and not left_open:
                    wrong.append(f"{file.relative_to(ROOT)}:{call.lineno}: {text.value!r}")
    assert wrong == []

"""The generated pages say what the item banks say."""

import importlib.util
import re
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"


def _pages() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("make_checklists", DOCS / "make_checklists.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return dict(module.pages())


def test_the_pages_on_checklists_are_those_of_the_banks() -> None:
    committed = {file.name: file.read_text(encoding="utf-8") for file in (DOCS / "checklists").glob("*.md")}
    pages = _pages()
    assert committed.keys() == pages.keys(), "run make docs"
    stale = [name for name, text in pages.items() if committed[name] != text]
    assert not stale, "run make docs"


def test_the_coverage_names_every_clause_and_every_link_leads_to_an_item() -> None:
    pages = _pages()
    rows = re.findall(r"^\| (BR-\S+) \|", pages["README.md"], re.MULTILINE)
    assert len(rows) == len(set(rows)) == 101
    links = re.findall(r"\(([a-z-]+\.md)#(\d+)\)", pages["README.md"])
    assert links
    assert all(f'<a id="{number}"></a>' in pages[name] for name, number in links)

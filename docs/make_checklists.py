"""Write docs/checklists from the item banks: ``make docs``.

One page a theme, and a front page with the coverage of every clause. A test holds the committed pages to the banks.
"""

from pathlib import Path

from inspect_kit.checklist import Bank, load_banks, minutes
from inspect_kit.model import Clause, Item, Standard, Strength
from inspect_kit.standards import load_standard

FOLDER = Path(__file__).parent / "checklists"
_MADE = "<!-- Made by `make docs` from checklists/bangkok-rules: change the banks, not this page. -->"
_STRENGTH = {
    Strength.PROHIBITION: "a ban",
    Strength.DUTY: "a duty",
    Strength.EFFORT: "a duty of effort",
    Strength.ENCOURAGEMENT: "encouraged",
}


def pages() -> dict[str, str]:
    """The text of each page by its file's name."""
    standard = load_standard()
    banks = load_banks(standard)
    return {"README.md": _front(standard, banks)} | {f"{bank.theme}.md": _page(bank) for bank in banks}


def _front(standard: Standard, banks: tuple[Bank, ...]) -> str:
    items = [item for bank in banks for item in bank.items]
    leaves = [clause for clause in standard.clauses.values() if not clause.lead]
    covered = {clause for item in items for clause in item.clauses}
    lines = [
        _MADE,
        "# What is asked",
        "",
        f"{len(items)} items in {len(banks)} themes test {sum(clause.id in covered for clause in leaves)} of the"
        f" {len(leaves)} clauses of the {standard.short}. Each is a question that an inspector can answer on the day,"
        " in our own words, and yes means that the clause is kept. “Grave” marks the items where a no means that"
        " somebody is in danger now; they and the bans come first when time is short.",
        "",
        "| theme | where | items | bans | grave | hours of one inspector, roughly |",
        "|---|---|---|---|---|---|",
    ]
    on_site = {theme.id: theme.on_site for theme in standard.themes}
    for bank in banks:
        bans = sum(item.strength is Strength.PROHIBITION for item in bank.items)
        grave = sum(item.grave for item in bank.items)
        hours = sum(map(minutes, bank.items)) / 60
        lines.append(
            f"| [{bank.title}]({bank.theme}.md) | {'on site' if on_site[bank.theme] else 'desk review'} |"
            f" {len(bank.items)} | {bans or ''} | {grave or ''} | {hours:.0f} |"
        )
    lines += [
        "",
        "## Coverage: each clause and the items that test it",
        "",
        "| clause | asks for | items |",
        "|---|---|---|",
    ]
    for clause in standard.clauses.values():
        lines.append(_row(clause, banks))
    return "\n".join([*lines, ""])


def _row(clause: Clause, banks: tuple[Bank, ...]) -> str:
    testing = [
        f"[{bank.title} {number}]({bank.theme}.md#{number})"
        for bank in banks
        for number, item in enumerate(bank.items, 1)
        if clause.id in item.clauses
    ]
    told = "only leads to its points" if clause.lead and not testing else ", ".join(testing)
    return f"| {clause.id} | {_cell(clause.means)} *({_STRENGTH[clause.strength]})* | {told} |"


def _page(bank: Bank) -> str:
    lines = [_MADE, f"# {bank.title}", "", _text(bank.about), "", "**Do no harm**", ""]
    lines += [f"- {_text(advice)}" for advice in bank.care]
    for number, item in enumerate(bank.items, 1):
        lines += ["", f'<a id="{number}"></a>', f"## {number} · {_text(item.short)}", "", f"**{_text(item.ask)}**", ""]
        lines += _item(item)
    return "\n".join([*lines, ""])


def _item(item: Item) -> list[str]:
    about = [", ".join(item.clauses), _STRENGTH[item.strength], f"`{item.id}`"]
    about += ["grave"] * item.grave + ["in a private interview only"] * item.private_only
    lines = [" · ".join(about), "", _text(item.why), ""]
    lines += _list("Look", item.look)
    for person, questions in item.talk_to.items():
        lines += _list(f"Ask {person.label.lower()}", questions)
    lines += _list("Read", item.records)
    lines += _list("Red flags", item.red_flags)
    lines += _list("They say → test it", [f"“{claim}” → {test}" for claim, test in item.they_say])
    lines += _list(
        "Other bodies ask (not part of the rule)", [f"{figure} ({source})" for figure, source in item.benchmarks]
    )
    if item.measure:
        lines += _list("Measure", [f"{item.measure[0]}, in {item.measure[1]}"])
    lines.append(
        f"Where: {', '.join(place.label.lower() for place in item.places)}."
        f" Concerns: {', '.join(group.label for group in item.applies_to)}."
    )
    return lines


def _list(title: str, texts: object) -> list[str]:
    rows = [f"- {_text(text)}" for text in texts] if isinstance(texts, (list, tuple)) else []
    return [f"{title}:", "", *rows, ""] if rows else []


def _text(text: str) -> str:
    return text.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")


def _cell(text: str) -> str:
    return _text(text).replace("|", "\\|")


def main() -> None:
    """Write all pages anew."""
    FOLDER.mkdir(exist_ok=True)
    wanted = pages()
    for old in FOLDER.glob("*.md"):
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

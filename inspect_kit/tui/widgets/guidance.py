"""An item's guide: how to find out, and what to mind."""

from collections.abc import Mapping

from textual.content import Content

from inspect_kit.model import Checklist, Item, Wording
from inspect_kit.work.languages import mark_of


def guidance(checklist: Checklist, item: Item, wording: Mapping[str, Wording]) -> Content:
    """Set an item's guide as text.

    Args:
        checklist: the visit's, for the clauses' meanings and the theme's advice.
        item: the item.
        wording: the clauses' texts, where the user imported them.
    """
    parts: list[tuple[str, str] | str] = []

    def section(title: str, lines: tuple[str, ...], style: str = "bold $secondary") -> None:
        if lines:
            parts.extend([(f"{title}\n", style), *(f"  · {text}\n" for text in lines), "\n"])

    if mark := mark_of(item):
        parts += [(f"{mark}\n\n", "$quiet")]
    if item.private_only:
        parts += [("Raise this in a private interview only.\n\n", "bold $partly")]
    section("Look", item.look)
    for person, questions in item.talk_to.items():
        section(f"Ask {person.label.lower()}", questions)
    section("Read", item.records)
    section("Red flags", item.red_flags, "bold $partly")
    section("They say → test it", tuple(f"“{claim}” → {test}" for claim, test in item.they_say))
    section("Why it matters", (item.why,))
    for clause in item.clauses:
        section(f"{clause} in our words", (checklist.clauses[clause].means if clause in checklist.clauses else "",))
        if clause in wording:
            section(f"{clause}, {wording[clause].label}", (wording[clause].text,))
    section(
        "Other bodies ask (not part of the rule)",
        tuple(f"{figure} ({source})" for figure, source in item.benchmarks),
    )
    if item.measure:
        section("Measure", (f"{item.measure[0]}, in {item.measure[1]}",))
    section("Do no harm", checklist.themes[item.theme].care if item.theme in checklist.themes else (), "bold $partly")
    return Content.assemble(*parts)

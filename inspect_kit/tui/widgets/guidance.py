"""An item's guide: how to find out, and what to mind."""

from collections.abc import Mapping

from textual.content import Content

from inspect_kit.language import _
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
        parts += [(_("Raise this in a private interview only.") + "\n\n", "bold $partly")]
    # Translators: above what an inspector is to look at
    section(_("Look"), item.look)
    for person, questions in item.talk_to.items():
        # Translators: above the questions for a kind of person, such as women held, or staff
        section(_("Ask {person}", person=person.label.lower()), questions)
    # Translators: above the registers and files that an inspector is to read
    section(_("Read"), item.records)
    section(_("Red flags"), item.red_flags, "bold $partly")
    section(
        # Translators: above what the prison may say, each with how to check it
        _("They say → test it"),
        tuple(_("“{claim}” → {test}", claim=claim, test=test) for claim, test in item.they_say),
    )
    section(_("Why it matters"), (item.why,))
    for clause in item.clauses:
        means = checklist.clauses[clause].means if clause in checklist.clauses else ""
        section(_("{clause} in our words", clause=clause), (means,))
        if clause in wording:
            section(f"{clause}, {wording[clause].label}", (wording[clause].text,))
    section(
        _("Other bodies ask (not part of the rule)"),
        tuple(f"{figure} ({source})" for figure, source in item.benchmarks),
    )
    if item.measure:
        what, unit = item.measure
        # Translators: above what an inspector is to measure
        section(_("Measure"), (_("{what}, in {unit}", what=what, unit=unit),))
    care = checklist.themes[item.theme].care if item.theme in checklist.themes else ()
    section(_("Do no harm"), care, "bold $partly")
    return Content.assemble(*parts)

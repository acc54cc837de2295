"""Documents in the shape of the official one, with our own words in place of its wording."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace

from inspect_kit.model import Standard
from inspect_kit.standards import load_standard

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
PLAIN = {raised: chr(figure) for figure, raised in RAISED.items()}


@dataclass(frozen=True)
class Print:
    """How a document was set.

    Attributes:
        width: letters on a line; 0 leaves each paragraph on one.
        syllables: whether words are broken at the ends of lines.
        gaps: whether empty lines part paragraphs.
        page: lines on a page; 0 means that there are no pages.
        raised: whether the marks of notes are raised figures, or plain ones that stick to the word.
        curly: whether quotes and apostrophes are curly.
        ends: the line end.
    """

    width: int = 0
    syllables: bool = False
    gaps: bool = True
    page: int = 0
    raised: bool = True
    curly: bool = False
    ends: str = "\n"


def our_standard() -> Standard:
    """The Bangkok Rules, with the words of our meanings that have a hyphen."""
    standard = load_standard()
    told = " ".join(
        [clause.means for clause in standard.clauses.values()]
        + [title for clause in standard.clauses.values() for title in clause.headings]
    )
    return replace(standard, compounds=frozenset(re.findall(r"[a-z]+(?:-[a-z]+)+", told.lower())))


def wording(standard: Standard) -> dict[str, str]:
    """What the document says on each clause, as a reader must give it back."""
    return {
        clause.id: clause.means.replace("’", "'").replace("“", '"').replace("”", '"')
        for clause in standard.clauses.values()
    }


def blocks(standard: Standard) -> list[str]:
    """The document's paragraphs: other resolutions, headings, bracketed notes, rules, notes within rules."""
    told = [
        "Draft resolution I",
        "The Example Assembly decides about vegetable gardens; 1. gardens shall be watered, and 2. weeded.",
        "Draft resolution II",
        "Annex",
        "1. This paragraph stands before the rules and mentions rule 5 and rule 19 in passing.",
    ]
    part, above, note = "", (), 61
    for rule in sorted({clause.rule for clause in standard.clauses.values()}):
        clauses = [clause for clause in standard.clauses.values() if clause.rule == rule]
        first = clauses[0]
        if first.part != part:
            part, above = first.part, ()
            told.append(f"{part}. The part of that number")
        told += _headings(above, first.headings, first.supplements)
        above = first.headings
        told.append(f"Rule {rule}")
        for clause in clauses:
            mark = f"{clause.paragraph}. " if clause.paragraph else f"({clause.point}) " if clause.point else ""
            text = wording(standard)[clause.id]
            if rule in (19, 57, 67) and "," in text:
                before, after = text.split(",", 1)
                told += [f"{mark}{before},{str(note).translate(RAISED)}{after}"]
                told.append(f"{str(note).translate(RAISED)} An example treaty of this and that, vol. {note}, No. 12.")
                note += 1
            else:
                told.append(mark + text)
    return [*told, "Draft resolution III", "The Example Assembly goes on about gardens."]


def _headings(above: tuple[str, ...], here: tuple[str, ...], supplements: str | None) -> list[str]:
    told: list[str] = []
    same = 0
    while same < min(len(above), len(here)) and above[same] == here[same]:
        same += 1
    if same == len(here) and above == here:
        return []
    for depth in range(same, len(here)):
        marks = {"Prisoners under sentence": "A.", "Prisoners under arrest or awaiting trial": "B."}
        title = here[depth]
        numbered = depth == (1 if here[0] in marks else 0)
        told.append(
            f"{marks[title]} {title}" if title in marks else f"{depth + 3}. {title}" if numbered else f"(a) {title}"
        )
    if supplements:
        told.append(f"[Supplements rules {supplements.replace('–', '-')} of the older rules that came before these]")
    return told


def printed(paragraphs: list[str], how: Print, seed: int = 1) -> str:
    """Set paragraphs in lines and pages."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    lines: list[str] = []
    number = 1
    for paragraph in paragraphs:
        text = paragraph
        if not how.raised:
            text = text.translate(PLAIN)
        if how.curly:
            text = re.sub(r"(?<=\w)'", "’", text)
            text = re.sub(r'"(?=\w)', "“", text).replace('"', "”")
        for line in _wrapped(text, how, chance):
            lines.append(line)
            if how.page and len(lines) % how.page == 0 and not re.match("[⁰¹²³⁴-⁹]|6", paragraph):
                lines += ["", f"{number}", "\f", "E/2010/30", "Example Commission on Gardens", ""]
                number += 1
        if how.gaps:
            lines.append("")
    return how.ends.join(lines)


def _wrapped(text: str, how: Print, chance: random.Random) -> list[str]:
    if not how.width:
        return [text]
    lines, line = [], ""
    for word in text.split(" "):
        room = how.width - len(line) - 2
        if len(line) + 1 + len(word) <= how.width:
            line += f" {word}" if line else word
            continue
        at = word.rfind("-", 1, max(room, 1)) + 1
        if not at and how.syllables and word.isalpha() and len(word) > 7 and room > 3:
            at = chance.randint(3, min(room, len(word) - 3))
            word = f"{word[:at]}-{word[at:]}"
            at += 1
        if at:
            lines.append(f"{line} {word[:at]}")
            line = word[at:]
        else:
            lines.append(line)
            line = word
    return [*lines, line]

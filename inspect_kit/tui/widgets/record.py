"""What is shown of an item: its question, what is held about it, what waits, and where to begin."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from textual.content import Content

from inspect_kit.analysis.views import Leg, View
from inspect_kit.language import _, ngettext
from inspect_kit.model import Checklist, Conflict, Finding, Item, Priority, Verdict, VisitRecord
from inspect_kit.tui import words
from inspect_kit.work import differing

Part = Content | str | tuple[str, str]


@dataclass(frozen=True)
class Here:
    """Where the inspector stands, and by which keys she goes on.

    Attributes:
        view: the order in which she walks.
        leg: the part of the walk.
        keys: what the keys are called, by what they do: ``note``, ``evidence``, ``recommend``, ``differ``, ``go-back``.
        writing: whether she writes the note, so that it stands in its field already.
    """

    view: View
    leg: Leg
    keys: Mapping[str, str]
    writing: bool = False


def asked(checklist: Checklist, item: Item, finding: Finding | None) -> Content:
    """An item's place, clauses, strength and question.

    Args:
        checklist: the visit's, for the theme's title.
        item: the item.
        finding: what is held about it, for the kinds of its sources.
    """
    about = [", ".join(item.clauses), item.strength.label]
    if item.grave:
        # Translators: an item on which somebody is in danger now, where the answer is no.
        about.append(_("grave"))
    sources = ""
    if finding and finding.evidence:
        kinds = len(finding.source_kinds)
        sources = "   " + ngettext("{count} kind of source", "{count} kinds of source", kinds)
    return Content.assemble(
        (f"{checklist.title(item.theme)} {item.number}", "bold $primary"),
        (f" · {' · '.join(about)}{sources}\n", "$quiet"),
        (item.ask, "bold"),
    )


def just_judged(checklist: Checklist, item: Item, finding: Finding | None, here: Here) -> Content:
    """The item that was judged before this one, and how to go back to it."""
    word, style = words.state(finding)
    name = f"{checklist.title(item.theme)} {item.number}"
    back = _("{key} goes back", key=here.keys["go-back"])
    return Content.assemble((f"{name}  ", "$quiet"), (word, style), "   ", (back, "$quiet"), "\n")


def begun(draft: str, since: str) -> str:
    """What a text is called that somebody began: ``note``, or ``note from 10:40``.

    Args:
        draft: its key.
        since: when it was put by, as a stamp; empty where it was not yet.
    """
    text = words.DRAFTED[draft.partition(" ")[0]]
    # Translators: a text that somebody began, and when: "note from 10:40".
    return _("{text} from {since}", text=text, since=words.moment(since)) if since else text


def record(
    visit: VisitRecord, item: Item, finding: Finding | None, waiting: Iterable[tuple[str, str]], here: Here
) -> Content:
    """All that is held about an item, and where to begin with one about which nothing is.

    Args:
        visit: the visit's record, for its recommendations.
        item: the item.
        finding: what is held about it; None while that is nothing.
        waiting: texts about it that were begun and not kept: what each is called, and what of ``here.keys`` goes on.
        here: where she stands.
    """
    parts: list[Part] = [_scale(finding)]
    if finding:
        parts += [*_second_eyes(finding), *_said(finding, here)]
    for text, act in waiting:
        parts += [
            "\n",
            (_("Not kept yet"), "$partly"),
            f"  {text}, ",
            # Translators: a key, and what it does with a text that was begun.
            (_("{key} goes on", key=here.keys[act]), "$quiet"),
            "\n",
        ]
    if finding:
        parts += _sources(finding)
    for wanted in visit.recommendations:
        if item.id in wanted.findings:
            parts += ["\n", (_("Recommendation {number}", number=wanted.number), "$quiet"), f"  {wanted.text}\n"]
    if finding is None:
        parts += _hints(item, here)
    elif finding.assessment and not finding.evidence:
        adds = _("No evidence yet: {key} adds what was seen, said, read or measured.", key=here.keys["evidence"])
        parts += ["\n", (adds, "$quiet")]
    if not item.applies:
        parts += ["\n", (_("Does not apply:"), "$quiet"), " ", item.reason or "", "\n"]
    return Content.assemble(*parts)


def _scale(finding: Finding | None) -> Content:
    """The five assessments with their keys, the one that is held in reverse; who judged, and when."""
    held = finding.assessment if finding else None
    parts: list[Part] = []
    for key, assessment in words.KEYS.items():
        mark, word, style = words.MARK[assessment]
        if assessment is held:
            parts += [(f" {mark} {word} ", f"reverse bold {style}"), (" ", "")]
        else:
            parts += [(f"{key} ", "bold $primary" if held is None else "$quiet"), (f"{word} ", "$quiet")]
    if finding and finding.priority is not Priority.NORMAL:
        mark, style = ("▲", "bold $urgent") if finding.priority is Priority.URGENT else ("△", "$partly")
        parts += [(f"  {mark} {finding.priority.label}", style)]
    if held is not None and finding:
        parts += [(f"\n{finding.author} · {words.moment(finding.recorded)}", "$quiet")]
    return Content.assemble(*parts, "\n")


def _second_eyes(finding: Finding) -> Iterator[Part]:
    """What the team marked about a finding's sources and its judgement."""
    if finding.contradiction:
        yield (_("↯ Its sources contradict each other."), "bold $partly")
        yield "\n"
    review = finding.review
    if review is None:
        return
    if finding.reviewed is None:
        yield (_("Reviewed by {author} before the judgement changed.", author=review.author), "$quiet")
        yield "\n"
        return
    style = "$met" if finding.reviewed is Verdict.ACCEPTED else "bold $partly"
    verdict = words.REVIEW[finding.reviewed]
    if review.comment:
        # Translators: "accepted by Ines:", and then what she says.
        yield (_("{verdict} by {author}:", verdict=verdict, author=review.author), style)
        yield f" {review.comment}\n"
    else:
        yield (_("{verdict} by {author}", verdict=verdict, author=review.author), style)
        yield "\n"


def _said(finding: Finding, here: Here) -> Iterator[Part]:
    """What people differ on, the reason, the note."""
    if finding.conflict:
        yield from _sides(finding.conflict, here)
    if finding.reason:
        yield from ("\n", (_("Reason"), "$quiet"), "  ", finding.reason, "\n")
    if finding.narrative and not here.writing:
        changes = _("{key} changes it", key=here.keys["note"])
        yield from ("\n", (_("Note"), "$quiet"), "  ", (changes, "$quiet"), "\n", finding.narrative, "\n")


def _sides(conflict: Conflict, here: Here) -> Iterator[Part]:
    """Different views on one thing, one after another in words."""
    settles = _("{key} settles it", key=here.keys["differ"])
    yield from ("\n", (_("≠ People hold different views"), "bold $urgent"), "  ", (settles, "$quiet"), "\n")
    for side in conflict.sides:
        yield (f"  {side.author} · {words.moment(side.stamp)}  ", "$quiet")
        yield (differing.headline(side), "bold")
        yield "".join(f"  {said}" for _label, said in differing.texts(side)) + "\n"


def _sources(finding: Finding) -> Iterator[Part]:
    """The evidence, the latest first."""
    if finding.evidence:
        yield from ("\n", (_("Evidence"), "$quiet"), "\n")
    for source in reversed(finding.evidence):
        who = f" {source.interviewee}" if source.interviewee else ""
        where = ", ".join(filter(None, (source.place, source.when or words.moment(source.recorded))))
        consent = f" · {words.CONSENT[source.consent]}" if source.kind.needs_consent else ""
        attached = f"[{source.attachment.name}]" if source.attachment else ""
        yield from (
            (words.SOURCE[source.kind], "$primary"),
            (who, "bold"),
            (f"  {where}{consent}\n", "$quiet"),
            f"{source.note}{' ' if source.note and attached else ''}",
            (attached, "$secondary"),
            "\n",
        )


def _hints(item: Item, here: Here) -> Iterator[Part]:
    """Where to begin with an open item: for a place what to look at, for people what to ask them."""
    questions = dict(item.talk_to)
    if here.view is View.PERSON:
        questions = {who: said for who, said in questions.items() if who == here.leg.key}
    else:
        questions = {who: said[:1] for who, said in list(questions.items())[:1]}
        for text in item.look if here.view is View.PLACE else item.look[:1]:
            # Translators: what an inspector is to look at.
            yield from ("\n", (_("Look"), "$quiet"), "   ", text)
    for who, said in questions.items():
        for question in said:
            # Translators: above the questions for a kind of person, such as women held, or staff
            yield from ("\n", (_("Ask {person}", person=who.label.lower()), "$quiet"), "   ", question)
    for text in item.red_flags[:1]:
        # Translators: a red flag: what calls for a second source at once.
        yield from ("\n", (_("Flag"), "$quiet"), "   ", text, "\n")

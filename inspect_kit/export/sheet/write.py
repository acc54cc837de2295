"""Put a sheet together and write it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from reportlab.lib.colors import black
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer, Table
from reportlab.platypus.doctemplate import LayoutError

from inspect_kit.analysis.views import Leg, View, walk
from inspect_kit.errors import ReportError
from inspect_kit.export.report.flowables import Gap
from inspect_kit.export.report.fonts import BOLD, REGULAR, width
from inspect_kit.export.report.pages import Furniture, lay_out
from inspect_kit.export.report.tables import plain_table
from inspect_kit.export.report.text import count, days, first_upper, listed
from inspect_kit.export.sheet import Paper
from inspect_kit.export.sheet.block import Again, Block, Talk, head
from inspect_kit.export.sheet.content import Advice, Sheet
from inspect_kit.export.sheet.form import STROKE, form
from inspect_kit.export.sheet.pages import Mark, page
from inspect_kit.files import whole_file
from inspect_kit.language import _, in_english
from inspect_kit.model import Checklist, Item, Person, Team, VisitRecord

NAME = "Pocket sheet"
CARE = (
    "Begin each talk with who you are and what it is for. She may refuse, stop, or take back what she said; write "
    "only what she agrees to.",
    "Talk where nobody else hears or sees it. What is marked “private interview only” is asked nowhere else.",
    "Where few are held, a single detail points to one woman or one child: leave it out.",
    "Before you go, ask what she fears may happen to her for talking with you, and say what you can do.",
)
"""For the orders in which themes are mixed, so that no theme's own advice can stand at its start."""
TRANSLATED = (
    "The questions are an unofficial translation, as far as they are not in English; where one is unclear, the English "
    "one decides."
)
LONGEST_ADVICE = 1500
"""The most characters of an entry that is surely shorter than a page, and need not be split."""
ABOVE_TITLE = 5 * mm


def write(visit: VisitRecord, view: View, paper: Paper, out: Path, made: datetime) -> None:
    """Write a visit's blank sheet; see ``write_sheet``."""
    if made.tzinfo is None:
        raise ValueError("the time at which a sheet is made needs a time zone")
    try:
        pdf = _pages(visit, view, paper, made)
    except LayoutError as problem:
        raise ReportError(
            # Translators: told is what the library for layout reports, in English
            _("The sheet of the visit {visit} cannot be laid out: {told}", visit=visit.id, told=str(problem)[:200])
        ) from problem
    with whole_file(out, _("The sheet")) as temporary:
        temporary.write_bytes(pdf)


@in_english()
def _pages(visit: VisitRecord, view: View, paper: Paper, made: datetime) -> bytes:
    """Set the pages and give the PDF, in English around the words of the checklist."""
    sheet = Sheet(visit.checklist, form(paper))
    story = [*_start(sheet, visit, view), *_legs(sheet, view), *_not_applying(sheet), *_afterwards(sheet, view)]
    line = sheet.ink.line
    facility = line(visit.plan.facility.name)
    furniture = Furniture(
        title=f"{facility}: {NAME.lower()} by {view}, {days(visit.plan.starts, visit.plan.ends)}",
        author="the monitoring team",
        subject="Blank: nothing that was recorded is in it",
        header=(facility, NAME),
        footer=f"Visit …{line(visit.id)[-6:]} · no names: codes such as W1",
        made=made,
    )
    return lay_out(story, furniture, sheet.numbers, [page(sheet, furniture, f"by {view}")])


def _start(sheet: Sheet, visit: VisitRecord, view: View) -> list[Flowable]:
    """What is inspected, and how the sheet is filled in."""
    plan, ink, look = visit.plan, sheet.ink, sheet.form.small
    applying = sum(item.applies for item in visit.checklist.items)
    facts = [
        ("Visit", f"{first_upper(plan.kind.label)}, {days(plan.starts, plan.ends)}"),
        ("Team", ink.markup(_team(visit.team))),
        ("Order", f"By {view}, {count(applying, 'item')} to judge"),
        ("Checklist", ink.markup(visit.checklist.id[:12])),
        # a sheet that was left behind is noticed when copies are counted; whose it is must not stand on it
        ("Copy", f"{'_' * 6} of {'_' * 6}, counted back in after the visit"),
    ]
    rows: list[list[object]] = [[Paragraph(f"<b>{what}</b>", look), Paragraph(told, look)] for what, told in facts]
    wide = max(width(what, BOLD, look.fontSize) for what, _ in facts) + 8 * mm
    how = [
        "Tick one box for each item; for 4, does not apply, and 5, write the reason on the lines. Tick “urgent” where "
        "something has to happen at once.",
        "Fill a circle for each kind of source you have: what you observed, what a woman, staff or others told "
        "you, what you read, measured or photographed. Say where and when.",
        "Write how many, of how many, where and when. Name nobody: write codes such as W1 for a woman, and keep no "
        "list of whose code it is.",
    ]
    if any(item.grave for item in visit.checklist.items if item.applies):
        how.append("“Grave” marks items that come first: where the answer is no, somebody is in danger now.")
    if visit.checklist.translated:
        how.append(TRANSLATED)
    care = [] if view is View.THEME else [Spacer(0, 3 * mm), _box(sheet, "Do no harm", CARE)]
    return [
        Paragraph(ink.markup(plan.facility.name), sheet.form.title),
        plain_table(rows, [wide, sheet.form.width - wide], below=0.6 * mm),
        Spacer(0, 3 * mm),
        _box(sheet, "Filling it in", how),
        *care,
    ]


def _team(team: Team) -> str:
    """Tell who comes without a name, because a sheet can be lost or taken away."""
    roles = Counter(member.role.value for member in team.members)
    if not roles:
        return "not named yet"
    told = listed(role if number == 1 else f"{number} × {role}" for role, number in roles.items())
    return f"{count(len(team.members), 'person', 'people')}: {told}"


def _legs(sheet: Sheet, view: View) -> list[Flowable]:
    """The walk: each item in full where it first comes up, and a pointer to that page wherever it does again.

    By place, the pointers stand together after the items that are new there: who has done these sees at a glance
    what else can be seen in this place before leaving it, and has room for a word. By person, they stay in order
    and keep their questions and a line, because a talk follows its themes and cannot send somebody to another
    page for what to ask; only the judgement is left to the first page, where all sources come together.
    """
    story: list[Flowable] = []
    met: set[str] = set()
    for number, leg in enumerate(_walk(sheet.checklist, view)):
        new = {item.id for item in leg.items} - met
        met |= new
        pieces, again = [], []
        for item in leg.items:
            if item.id in new:
                pieces.append(_block(sheet, item, _help(view, leg, item)))
            elif view is View.PERSON:
                pieces.append(_talk(sheet, item, leg))
            else:
                again.append(item)
        care = sheet.checklist.themes[leg.key].care if view is View.THEME and leg.key in sheet.checklist.themes else ()
        box = [_box(sheet, "Do no harm", care), Spacer(0, 4 * mm)] if care else []
        earlier = len(leg.items) - len(new)
        told = count(len(leg.items), "item") + (f", {earlier} of them judged on an earlier page" if earlier else "")
        first = box or (pieces[0] if pieces else [])
        story += [*_title(sheet, leg.title, told, f"leg-{number}", first), *box]
        story += [flowable for piece in pieces for flowable in piece]
        if again:
            words = "Also here, judged on the page named" if new else "All judged on the page named"
            story += [CondPageBreak(20 * mm), Gap(3 * mm), Paragraph(words, sheet.form.part)]
            story += [Again(sheet, item) for item in again]
    return story


def _walk(checklist: Checklist, view: View) -> list[Leg]:
    """The legs with the items that apply, and at last those that the order leaves out, so that none is missed."""
    legs = [Leg(leg.key, leg.title, tuple(item for item in leg.items if item.applies)) for leg in walk(checklist, view)]
    walked = {item.id for leg in legs for item in leg.items}
    rest = tuple(item for item in checklist.items if item.applies and item.id not in walked)
    return [leg for leg in [*legs, Leg("", "Other items", rest)] if leg.items]


def _help(view: View, leg: Leg, item: Item) -> list[Advice]:
    """What helps on the way: in a place what to look at, with people what to ask them, otherwise one of each."""
    if view is View.PLACE:
        return [Advice("Look", item.look, len(item.look))]
    if view is View.PERSON and leg.key:
        said = item.talk_to[Person(leg.key)]
        return [Advice("Ask", said, len(said))]
    asked = [Advice(f"Ask {who.label.lower()}", said, 1) for who, said in item.talk_to.items()]
    return [Advice("Look", item.look, 1), *asked[:1]]


def _block(sheet: Sheet, item: Item, parts: list[Advice]) -> list[Flowable]:
    """An item to judge. A question of more than a page runs on over pages, and only its boxes stay in one piece."""
    look, room = sheet.form.question, (sheet.form.width, sheet.form.height)
    top, advice = head(sheet, item, ", ".join(item.clauses)), sheet.help(parts)
    question = Paragraph(sheet.ink.markup(item.ask), look)
    question.wrap(*room)
    whole = Block(sheet, item, [top, question, *advice])
    if whole.wrap()[1] <= sheet.form.height:
        return [whole]
    return [top, *(Paragraph(markup, look) for markup, _ in sheet.ink.paragraphs(item.ask)), Block(sheet, item, advice)]


def _talk(sheet: Sheet, item: Item, leg: Leg) -> list[Flowable]:
    """An item to talk about; likewise."""
    top, advice = head(sheet, item, item.short), sheet.help(_help(View.PERSON, leg, item))
    whole = Talk(sheet, item, [top, *advice])
    return [whole] if whole.wrap()[1] <= sheet.form.height else [top, Talk(sheet, item, advice)]


def _not_applying(sheet: Sheet) -> list[Flowable]:
    """The items that stay out, each with its reason."""
    items = [item for item in sheet.checklist.items if not item.applies]
    if not items:
        return []
    ink = sheet.ink
    rows: list[Flowable] = [
        Paragraph(
            f"<b>{ink.markup(sheet.label(item))}</b>\u2002{ink.markup(item.short)}: "
            f"{ink.markup(item.reason or 'no reason given')}",
            sheet.form.row,
        )
        for item in items
    ]
    return [*_title(sheet, "Does not apply here", count(len(items), "item"), "not-applying", rows[:1]), *rows]


def _afterwards(sheet: Sheet, view: View) -> list[Flowable]:
    """How the sheet is typed in, and what becomes of it."""
    typing = [
        "Open the visit, and press w until the list is in the order of this sheet"
        + (" (its first order)." if view is View.THEME else f" (by {view})."),
        "Go to the item and press the digit beside the box that was ticked: 1 met, 2 partly met, 3 not met, 4 not "
        "applicable, 5 not verified. For 4 and 5 a reason is asked for. Press u where “urgent” was ticked.",
        "Press n for what stands on the lines, and e for each circle that was filled, with its place and time.",
        "Compare the numbers, and what you cannot read, ask who wrote it; do not guess.",
    ]
    keeping = [
        "A filled sheet names no person: there are codes such as W1 on it, and nowhere a list of whose they are.",
        "It is as confidential as the casebook. Carry it on you, and lock it away when you do not.",
        "Keep it until everything is typed in and checked, then destroy it as your rules say; count the copies.",
    ]
    first, second = _box(sheet, "Typing it in", typing), _box(sheet, "Keeping it", keeping)
    between = Spacer(0, 3 * mm)
    return [*_title(sheet, "After the visit", "", "afterwards", [first, between, second]), first, between, second]


def _title(sheet: Sheet, title: str, told: str, key: str, first: Iterable[Flowable]) -> list[Flowable]:
    """Begin a part of the sheet: on a new page where less than a third is left, or too little for what comes first."""
    form = sheet.form
    words = f"{sheet.ink.markup(title)}\u2002<font size='{form.text}' face='{REGULAR}'>{told}</font>"
    heading = Paragraph(words, form.leg)
    need = sum(flowable.wrap(form.width, form.height)[1] for flowable in (heading, *first)) + ABOVE_TITLE
    third = form.height / 3
    return [
        CondPageBreak(need if third < need < form.height else third),
        Gap(ABOVE_TITLE),
        Mark(key, sheet, sheet.ink.line(title), lined=key.startswith("leg-")),
        heading,
    ]


def _box(sheet: Sheet, title: str, advice: Sequence[str]) -> Table:
    """Frame advice; a box that is too tall goes on over the page after a whole entry."""
    rows = [[Paragraph(title, sheet.form.part)]]
    rows += [[Paragraph(sheet.ink.markup(text), sheet.form.advice, bulletText="–")] for text in advice]
    commands: list[tuple[object, ...]] = [
        ("FONT", (0, 0), (-1, -1), REGULAR, sheet.form.text),  # the default would bring an unused Helvetica
        ("BOX", (0, 0), (-1, -1), STROKE, black),
        ("LEFTPADDING", (0, 0), (-1, -1), 3 * mm),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3 * mm),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, 0), 1.6 * mm),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0.6 * mm),
        ("BOTTOMPADDING", (0, -1), (-1, -1), 1.8 * mm),
    ]
    endless = any(len(text) > LONGEST_ADVICE for text in advice)
    return Table(rows, colWidths=[sheet.form.width], style=commands, hAlign="LEFT", splitInRow=int(endless))

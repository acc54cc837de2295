"""The plain mode: a visit inspected line by line, for screen readers, Braille displays, dumb terminals and pipes.

A ``Walk`` is given what was typed, a line at a time, and gives back the lines to print; it knows no terminal.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from inspect_kit.analysis.harm import harms, names_of
from inspect_kit.analysis.interviewing import kind_of, next_code
from inspect_kit.analysis.views import Leg, View, walk
from inspect_kit.casebook import Casebook
from inspect_kit.errors import BadInputError, InspectKitError, UnknownError
from inspect_kit.model import (
    Assessment,
    Attachment,
    Consent,
    Evidence,
    EvidenceKind,
    Finding,
    Item,
    Person,
    Priority,
    Recommendation,
    Wording,
    clean_line,
    clean_note,
    parse_day,
)
from inspect_kit.model.text import NOTE_LIMIT
from inspect_kit.work import telling
from inspect_kit.work.attaching import read_attachment

Answer = TypeVar("Answer")
Choice = TypeVar("Choice", bound=StrEnum)
Talk = Generator[str, str, Answer]
"""Asks with prompts, is sent what was typed, and comes to an answer."""

_JUDGE = dict(zip("12345", Assessment, strict=True)) | {kind.label: kind for kind in Assessment}
_WORDS = {
    "n": "note", "n+": "note+", "e": "evidence", "r": "recommend", "u": "urgent", "h": "high", "g": "guide",
    "m": "more", "": "next", "]": "next", "[": "previous", "l": "list", "s": "summary", "w": "where", "?": "help",
    "q": "quit", "exit": "quit", "0": "open",
}  # fmt: skip
HELP = (
    "Each command is a word or its letter, then Enter.",
    "1 met, 2 partly met, 3 not met, 4 not applicable, 5 not verified: judges, and goes on to the next open item.",
    "4 and 5 need a reason, which may follow at once: 4 Nobody of this group is held here.",
    "0 or open: takes the judgement back.",
    "n or note: writes the note, in place of the one that is held. n+ or note+: adds to it.",
    "e or evidence: adds what was seen, said, read or measured.",
    "r or recommend: recommends something that rests on this item.",
    "u or urgent, h or high: marks the item, or takes the mark off.",
    "g or guide: what to look at, whom to ask, red flags, and what the clause says.",
    "m or more: tells the item again with all that is held. w or where: tells where you are.",
    "Enter or ]: next open item. [: previous open item.",
    "l or list: the items of this part. s or summary: how far the visit has come.",
    "go, with an item's id, a number of the list, a theme and a number (go searches 3), or words of the question.",
    "by theme, by rule, by place, by person: another order.",
    "q or quit: leaves. While something is asked, q goes back without keeping it, and ? tells what is asked.",
)
_END = "A line with only “.” ends it; q on its first line goes back."
_SHOWN = 9


class _BackError(Exception):
    """Whoever types goes back and keeps nothing."""


class Walk:
    """One person's walk through one visit. Every act is in the casebook before “Saved.” is said.

    Args:
        casebook: open, and signed in to.
        visit: the visit's id.
        view: the order to begin with.
        item: where to begin, as after ``go``; empty begins at the first open item.

    Attributes:
        prompt: what to ask with now.
        over: whether it has come to its end.
        unsaved: whether something that was typed could not be kept anywhere.

    Raises:
        UnknownError: when the visit or the item is not known.
    """

    def __init__(self, casebook: Casebook, visit: str, view: View = View.THEME, item: str = "") -> None:
        self.over = False
        self.unsaved = False
        self._book = casebook
        self._record = casebook.visit(visit)
        self._place = ""  # where the last source of this walk was found
        self._names = names_of(self._record)
        self._told: list[str] = []
        self._talk: Talk[None] | None = None
        self._doing = ""
        self._lines: list[str] = []
        self._held = 0
        self._draft: tuple[str, dict[str, str], str] | None = None
        self._wording: Mapping[str, Wording] | None = None
        self._commands: dict[str, Callable[[], None]] = {
            "open": self._open,
            "evidence": lambda: self._begin("evidence", self._evidence()),
            "recommend": lambda: self._begin("recommendation", self._recommend()),
            "urgent": lambda: self._prioritise(Priority.URGENT),
            "high": lambda: self._prioritise(Priority.HIGH),
            "guide": self._guide,
            "more": lambda: self._tell_item(whole=True),
            "next": lambda: self._go_on(1),
            "previous": lambda: self._go_on(-1),
            "list": lambda: self._say(*telling.list_lines(self._record, self._leg, self._view, self._item)),
            "summary": self._sum_up,
            "where": self._where,
            "help": lambda: self._say(*HELP),
            "quit": self._quit,
        }
        self._view = view
        self._stops = _stops(walk(self._record.checklist, view))
        if not self._stops:
            self._say(f"Nothing here is asked by {view}: this is the order by theme.")
            self._view = View.THEME
            self._stops = _stops(walk(self._record.checklist, self._view))
        self._at = 0
        if item:
            self._start_at(item)
        elif not self._is_open(0):
            self._next_open(1)

    # -- what whoever prints and reads needs

    @property
    def prompt(self) -> str:
        """What to ask with now; it ends with ``> ``."""
        return self._prompt if self._talk else f"{telling.name_of(self._record.checklist, self._item)} > "

    def begin(self) -> list[str]:
        """Say which visit this is, and the first item."""
        before, self._told = self._told, []
        self._say(
            *telling.visit_lines(self._record),
            "Each answer is saved at once. ? tells the commands, q leaves.",
            *before,
        )
        if not any(self._is_open(at) for at in range(len(self._stops))):
            self._say("Every item that applies is judged.")
        self._tell_item()
        return self._tell()

    def take(self, line: str) -> list[str]:
        """Do what a line says.

        Args:
            line: as typed, without its end.

        Returns:
            The lines to print.
        """
        if self._talk:
            self._step(lambda talk: talk.send(line))
        else:
            self._obey(line)
        return self._tell()

    def end(self, why: str = "The input has ended.") -> list[str]:
        """There is no more input: what was begun waits as a draft; say so, and end.

        Args:
            why: how it came, in a sentence.
        """
        self._say(why)
        if self._talk:
            self._step(lambda talk: talk.throw(EOFError()))
        self._quit()
        return self._tell()

    # -- talking

    def _say(self, *lines: str) -> None:
        self._told += lines

    def _tell(self) -> list[str]:
        told, self._told = self._told, []
        return told

    def _begin(self, doing: str, talk: Talk[None]) -> None:
        self._doing, self._talk = doing, talk
        self._lines, self._held, self._draft = [], 0, None
        self._step(next)

    def _step(self, move: Callable[[Talk[None]], str]) -> None:
        """Bring the talk to its next question, or to its end."""
        assert self._talk is not None  # noqa: S101 (the caller began it)
        try:
            self._prompt = f"{move(self._talk)} > ".lstrip()
            return
        except StopIteration:
            pass
        except _BackError:
            self.unsaved = False  # whoever goes back has decided so
            self._say(f"Back. This {self._doing} was not kept.")
        except EOFError:
            self._set_aside()
        except InspectKitError as problem:  # an act that was told as saved is saved; reading it again failed
            self._say(str(problem))
        self._talk = None

    def _set_aside(self) -> None:
        """Say where a text is that was begun and not ended."""
        name = telling.name_of(self._record.checklist, self._item)
        if not self._unkept:
            self._say(f"This {self._doing} was not kept.")
        elif self._put_by():
            lines = telling.count(self._unkept, "line")
            self._say(f"This {self._doing} is not finished. It waits at {name} with its {lines}, to go on with.")
        else:
            self.unsaved = True
            self._say(f"This {self._doing} is NOT saved. This was typed:", *telling.typed(self._text))

    def _put_by(self) -> bool:
        """Put what is being written by as a draft, the same that the screens take up."""
        if self._draft is None:
            return False
        key, values, field = self._draft
        try:
            self._book.keep_draft(key, values | {field: self._text})
        except InspectKitError:
            return False
        return True

    @property
    def _text(self) -> str:
        return "\n".join(self._lines)

    @property
    def _unkept(self) -> int:
        """How many lines in hand are in the casebook only as a draft."""
        return len(self._lines) - self._held

    def _ask(
        self, question: str, check: Callable[[str], Answer], default: str | None = None, more: Sequence[str] = ()
    ) -> Talk[Answer]:
        """Ask for a line until it is a good one.

        Args:
            question: in a few words.
            check: makes a value of what was typed, or raises ``BadInputError``.
            default: what Enter stands for; None where something has to be typed.
            more: what ``?`` tells.
        """
        enter = f", Enter for {default}" if default else ", may stay empty" if default is not None else ""
        while True:
            line = (yield f"{question}{enter}").strip()
            if line in ("q", "Q"):
                yield from self._leave()
                continue
            if line == "?":
                self._say(*(more or ("Answer in a few words; q goes back without keeping.",)))
                continue
            if not line and default is None:
                self._say("An answer is needed here; q goes back without keeping.")
                continue
            try:
                return check("" if line == "-" else line or default or "")
            except InspectKitError as problem:
                self._say(str(problem))

    def _ask_for(
        self, kinds: type[Choice], question: str, default: Choice | None, labels: Sequence[str]
    ) -> Talk[Choice]:
        """Ask for one of a few words, by number or by word."""
        options = list(kinds)
        more = "; ".join(f"{number} {label}" for number, label in enumerate(labels, 1))

        def check(line: str) -> Choice:
            if line.isdecimal() and len(line) == 1 and 1 <= int(line) <= len(options):
                return options[int(line) - 1]
            meant = [
                kind for kind in options if kind.value.replace("-", " ").startswith(line.lower().replace("-", " "))
            ]
            exact = [kind for kind in meant if len(kind.value) == len(line)]
            if line and len(exact or meant) == 1:
                return (exact or meant)[0]
            raise BadInputError(f"“{line[:40]}” is none of these: {more}.")

        word = default.value.replace("-", " ") if default is not None else None
        self._say(f"{more}.")
        return (yield from self._ask(question, check, word, (f"{more}.",)))

    def _leave(self) -> Talk[None]:
        """Go back, but not with a text that was typed and would be lost unasked."""
        if self._unkept:
            lines = telling.count(self._unkept, "line")
            sure = yield f"Leave, and throw {lines} away? y leaves, Enter goes on"
            if sure.strip().lower() not in ("y", "yes"):
                self._say("Nothing is lost: go on.")
                return
            if self._draft:
                self._book.drop_draft(self._draft[0])
        raise _BackError

    def _draft_here(self) -> tuple[str, dict[str, str]]:
        """The key of what is being written, the same as on the screens, and what waits under it."""
        key = f"{self._doing} {self._record.id} {self._item.id}"
        draft = self._book.drafts().get(key)
        return key, dict(draft.values) if draft else {}

    def _write(self, field: str, values: Mapping[str, str], first: str = "", held: str = "") -> Talk[str]:
        """Take a text of several lines, to the letter; each is put by as a draft before the next is asked for.

        Args:
            field: the draft's field in which the text stands.
            values: the draft's other fields.
            first: its first line, where that was typed already.
            held: what it goes on from.
        """
        key, begun = self._draft_here()
        self._draft = (key, {**begun, **values}, field)
        if begun.get(field, "").strip():
            text = begun[field]
            if not text.startswith(held):  # begun to replace what is held, and now to be added to it
                text = f"{held}\n{text}"
            self._lines = text.split("\n")
            self._say("This was begun here and waits. Go on below it:", *telling.typed(text))
        elif held:
            self._lines = held.split("\n")
            self._held = len(self._lines)
        if first:
            self._add_line(first)
        while (line := (yield "")) != ".":
            if line not in ("q", "Q"):
                self._add_line(line)
                continue
            yield from self._leave()
            self._say(f"“{line}” is not part of it; “.” ends it.")
        return self._text

    def _add_line(self, line: str) -> None:
        try:
            clean_note(line, "This line")
            if len(self._text) + len(line) >= NOTE_LIMIT:
                raise BadInputError(f"At most {NOTE_LIMIT:,} characters fit: end it with “.” and begin another.")
        except BadInputError as problem:
            self._say(f"{problem} This line was not taken; those before it were.")
            return
        self._lines.append(line)
        self._mind(line)
        if not self._put_by():
            self._say("This cannot be put by as a draft now: end it with “.” to save it.")

    def _save(self, act: Callable[[], object], said: str) -> Talk[None]:
        """Do an act, say that it is saved, and read the item again; what is refused can be tried again."""
        while True:
            try:
                with self._book.instead_of_draft(self._draft[0]) if self._draft else nullcontext():
                    act()
                break
            except InspectKitError as problem:
                self.unsaved = True
                self._say(f"NOT saved. {problem}")
            if (yield "Enter tries again, q goes back").strip() in ("q", "Q"):
                yield from self._leave()
        self.unsaved = False
        self._lines, self._held = [], 0
        self._say(f"Saved. {said}")
        item = self._item.id
        finding = self._book.finding(self._record.id, item)
        if finding is None:
            self._record.findings.pop(item, None)
        else:
            self._record.findings[item] = finding

    def _mind(self, line: str, group: str = "") -> None:
        """Warn at once of words that could tell who somebody is; whoever types decides, and goes on as before."""
        found = harms(line, self._record.plan.facility.profile, group, self._names)
        self._say(*(f"Mind: {harm.message}." for harm in found[:_SHOWN]))

    # -- what is done

    def _obey(self, line: str) -> None:
        word, _, rest = line.strip().partition(" ")
        rest = rest.strip()
        low = " ".join(line.lower().split())
        if low in _JUDGE:
            self._begin("judgement", self._judge(_JUDGE[low], ""))
            return
        word = _WORDS.get(word.lower(), word.lower())
        if word in _JUDGE and _JUDGE[word].needs_reason:
            self._begin("judgement", self._judge(_JUDGE[word], rest))
        elif word in ("note", "note+"):
            self._begin("note", self._note(rest, add=word == "note+"))
        elif word == "go":
            self._go_to(rest)
        elif word == "by":
            self._go_by(rest.lower())
        elif word not in self._commands and word not in _JUDGE:
            self._say(f"“{line.strip()[:40]}” is no command: ? tells them.")
        elif rest:
            self._say(f"Nothing can follow “{line.split()[0]}”, so nothing was done: ? tells the commands.")
        else:
            self._commands[word]()

    @property
    def _finding(self) -> Finding:
        return self._record.findings.get(self._item.id) or Finding(self._item.id)

    def _judge(self, assessment: Assessment, reason: str) -> Talk[None]:
        finding = self._finding
        if assessment.needs_reason:
            held = finding.reason if finding.assessment is assessment else None

            def check(line: str) -> str:
                return clean_line(line, "The reason", required=True)

            try:
                reason = check(reason) if reason else (yield from self._ask(f"Why {assessment.label}", check, held))
            except BadInputError as problem:
                self._say(str(problem))
                reason = yield from self._ask(f"Why {assessment.label}", check, held)
        yield from self._keep_judgement(assessment, reason, finding.narrative, assessment.label)
        self._go_on(1)

    def _open(self) -> None:
        finding = self._finding
        if finding.assessment is None:
            self._say("This item is open already.")
        else:
            self._begin("judgement", self._keep_judgement(None, "", finding.narrative, "open again"))

    def _keep_judgement(self, assessment: Assessment | None, reason: str, narrative: str, said: str) -> Talk[None]:
        finding, item = self._finding, self._item
        seen = [finding.judgement] if finding.judgement else []
        if finding.conflict and finding.conflict.aspect == "judgement":
            seen = [side.entry for side in finding.conflict.sides]
        name = telling.name_of(self._record.checklist, item)
        yield from self._save(
            lambda: self._book.judge(self._record.id, item.id, assessment, reason, narrative, seen=seen),
            f"{name}: {said}.",
        )

    def _note(self, first: str, *, add: bool) -> Talk[None]:
        finding = self._finding
        held = finding.narrative
        if held:
            self._say("The note that is held:", *telling.typed(held))
            what = "is added below it" if add else "replaces it; nothing written leaves it as it is"
            self._say(f"What you write {what}. {_END}")
        else:
            self._say(f"Write the note. {_END}")
        text = yield from self._write("note", {}, first, held if add else "")
        if not text.strip() or text == held:
            self._book.drop_draft(self._draft_here()[0])
            raise _BackError
        lines = telling.count(len(self._lines), "line")
        yield from self._keep_judgement(finding.assessment, finding.reason, text, f"the note has {lines}")

    def _prioritise(self, priority: Priority) -> None:
        item = self._item
        given = Priority.NORMAL if self._finding.priority is priority else priority
        said = "urgent" if given is Priority.URGENT else "high priority" if given is Priority.HIGH else "no mark"
        name = telling.name_of(self._record.checklist, item)
        act = self._save(lambda: self._book.prioritise(self._record.id, item.id, given), f"{name}: {said}.")
        self._begin("mark", act)

    def _evidence(self) -> Talk[None]:
        item, visit = self._item, self._record.id
        name = telling.name_of(self._record.checklist, item)
        self._say(f"Evidence for {name}. Enter takes what the prompt offers, “-” leaves it empty, q goes back.")
        # by person, the usual kind depends on whom one talks to; else an interview could pass for what was seen
        usual = kind_of(Person(self._leg.key)) if self._view is View.PERSON else EvidenceKind.OBSERVATION
        _, begun = self._draft_here()
        if begun.get("kind") in list(EvidenceKind):
            usual = EvidenceKind(begun["kind"])
        kind = yield from self._ask_for(EvidenceKind, "Kind", usual, [kind.label for kind in EvidenceKind])
        self._say(f"What was seen, said, read or measured? {_END}")
        note = yield from self._write("what", {"kind": kind.value})
        attachment, data = yield from self._ask(
            "File to attach", _read_file, "", ("A photo, scan or recording: its path.",)
        )
        if not note.strip() and data is None:
            self._say("The evidence is empty: say what was seen, heard or read, or name a file.")
            raise _BackError
        who, group, consent = "", "", Consent.NONE
        if kind.is_interview:
            codes = {source.interviewee for held in self._record.findings.values() for source in held.evidence}
            hint = ("The same code wherever this person comes up in the visit.",)
            who = yield from self._ask(
                "Code, never a name", _line("The interviewee's code"), begun.get("who") or next_code(codes, kind), hint
            )
            group = yield from self._ask("From which group", _line("The group"), begun.get("group", ""))
            self._mind("", group)
        if kind.needs_consent:
            self._say("How far did the person agree to have it shown?")
            consent = yield from self._ask_for(Consent, "Consent", Consent.NONE, [one.label for one in Consent])
        here = self._leg.title if self._view is View.PLACE else self._place
        here = begun.get("place") or here
        place = yield from self._ask("Where", _line("The place"), here)
        when = yield from self._ask("When", _line("The time"), begun.get("when", ""), ("In your words; empty is now.",))
        self._place = place
        source = Evidence(kind, note, place, when, group, who, consent, attachment)
        code = f" from {who}" if who else ""
        yield from self._save(
            lambda: self._book.add_evidence(visit, item.id, source, data), f"{name}: {kind.label}{code}."
        )
        if kind.needs_consent and consent is Consent.NONE:
            self._say("No consent, so it stays with the team: it enters no report until the person agrees.")

    def _recommend(self) -> Talk[None]:
        item, visit = self._item, self._record.id
        self._say(
            f"A recommendation that rests on {telling.name_of(self._record.checklist, item)}: what shall be done?",
            f"One concrete step that can be checked at the next visit. {_END}",
        )
        text = yield from self._write("text", {})
        if not text.strip():
            raise _BackError
        said = self._record.recommendations
        latest = said[-1].addressee if said else None
        addressee = yield from self._ask(
            "By whom", _line("The recommendation's addressee", required=True), latest, ("Who shall do it?",)
        )
        due = yield from self._ask("Until when", _day, "", ("A day, such as 31 Jan 2027.",))
        soon = yield from self._ask_for(Priority, "Priority", Priority.NORMAL, list(Priority))
        asked = Recommendation(text, addressee, due, soon, (item.id,))
        yield from self._save(lambda: self._book.recommend(visit, asked), f"Recommendation to {addressee}.")
        self._record = self._book.visit(visit)

    def _guide(self) -> None:
        if self._wording is None:
            from inspect_kit.standards import load_standard, load_wording

            self._wording = load_wording(load_standard())
        self._say(*telling.guide_lines(self._record.checklist, self._item, self._wording))

    def _sum_up(self) -> None:
        try:
            self._record = self._book.visit(self._record.id)
        except InspectKitError as problem:
            self._say(str(problem))
        self._say(*telling.summary_lines(self._record))

    def _quit(self) -> None:
        self.over = True
        self._say("Everything else is saved." if self.unsaved else "Everything is saved.")

    # -- moving

    @property
    def _leg(self) -> Leg:
        return self._stops[self._at][0]

    @property
    def _item(self) -> Item:
        return self._stops[self._at][1]

    def _tell_item(self, *, whole: bool = False) -> None:
        self._say("", *telling.item_lines(self._record, self._item, self._view, self._leg, whole=whole))

    def _where(self) -> None:
        place = self._leg.items.index(self._item) + 1
        self._say(
            *telling.visit_lines(self._record),
            f"By {self._view}: {self._leg.title}, {place} of {telling.count(len(self._leg.items), 'item')}.",
        )
        self._tell_item()

    def _is_open(self, at: int) -> bool:
        item = self._stops[at][1]
        finding = self._record.findings.get(item.id)
        return item.applies and not (finding and finding.assessment)

    def _next_open(self, by: int) -> bool:
        for step in range(1, len(self._stops) + 1):
            at = (self._at + by * step) % len(self._stops)
            if self._is_open(at):
                self._at = at
                return True
        return False

    def _go_on(self, by: int) -> None:
        before = self._at
        if not self._next_open(by):
            self._say("Every item that applies is judged: s sums up, q leaves.")
        elif self._at == before:
            self._say("This is the only item that is still open.")
        else:
            if self._leg != self._stops[before][0]:
                self._say("", f"{self._leg.title}, {telling.count(len(self._leg.items), 'item')}.")
            self._tell_item()

    def _go_by(self, order: str) -> None:
        if order not in list(View):
            self._say("By what? by theme, by rule, by place or by person.")
            return
        stops = _stops(walk(self._record.checklist, View(order)))
        if not stops:
            self._say(f"Nothing here is asked by {order}: the order stays.")
            return
        item = self._item
        self._view, self._stops = View(order), stops
        self._at = next((at for at, stop in enumerate(stops) if stop[1].id == item.id), 0)
        self._say(f"By {order}: {self._leg.title}, {telling.count(len(self._leg.items), 'item')}.")
        if self._item.id != item.id:
            self._say("The item that was in hand does not come up in this order.")
        self._tell_item()

    def _start_at(self, words: str) -> None:
        found = self._find(words)
        if len(found) != 1:
            trouble = f"means {len(found)} items" if found else "is no item of this visit"
            raise UnknownError(f"“{words[:60]}” {trouble}: name one by its id, such as “{self._item.id}”.")
        self._stand_on(found[0])

    def _go_to(self, words: str) -> None:
        found = self._find(words)
        if not words:
            self._say("Go where? Give a number of the list, an id, or words of the question.")
        elif not found:
            self._say(f"“{words[:60]}” is no item here: give a number of the list, an id, or words of its question.")
        elif len(found) > 1:
            self._say(f"{len(found)} items are meant; go to one of them by its name:")
            name = self._record.checklist
            self._say(*(f"  {telling.name_of(name, item)}: {item.short}" for item in found[:_SHOWN]))
            if len(found) > _SHOWN:
                self._say(f"and {len(found) - _SHOWN} more.")
        else:
            self._stand_on(found[0])
            self._tell_item()

    def _find(self, words: str) -> list[Item]:
        """The items that somebody means: by id, by number in this part, by theme and number, or by words."""
        checklist = self._record.checklist
        low = " ".join(words.lower().split())
        if not low:
            return []
        if low.isdecimal():
            if self._view is View.THEME:
                return [item for item in self._leg.items if str(item.number) == low]
            return [item for place, item in enumerate(self._leg.items, 1) if str(place) == low]
        exact = [item for item in checklist.items if low in (item.id, telling.name_of(checklist, item).lower())]
        if exact:
            return exact
        theme, _, number = low.rpartition(" ")
        if theme and number.isdecimal():
            named = [
                item
                for item in checklist.items
                if str(item.number) == number
                and (item.theme.startswith(theme) or checklist.title(item.theme).lower().startswith(theme))
            ]
            if named:
                return named
        return [
            item
            for item in checklist.items
            if all(word in f"{item.id} {item.short} {item.ask}".lower() for word in low.split())
        ]

    def _stand_on(self, item: Item) -> None:
        """Go to an item, in this part, in this order, or by theme, where each comes up."""
        ways = [at for at, stop in enumerate(self._stops) if stop[1].id == item.id]
        if not ways:
            self._view = View.THEME
            self._stops = _stops(walk(self._record.checklist, View.THEME))
            self._say("This item does not come up in that order: this is the order by theme.")
            ways = [at for at, stop in enumerate(self._stops) if stop[1].id == item.id]
        self._at = next((at for at in ways if self._stops[at][0] == self._leg), ways[0])


def _stops(legs: Sequence[Leg]) -> list[tuple[Leg, Item]]:
    return [(leg, item) for leg in legs for item in leg.items]


def _line(what: str, *, required: bool = False) -> Callable[[str], str]:
    return lambda line: clean_line(line, what, required=required)


def _day(line: str) -> str:
    return parse_day(line, "The due day").isoformat() if line else ""


def _read_file(line: str) -> tuple[Attachment | None, bytes | None]:
    return read_attachment(Path(line).expanduser()) if line else (None, None)

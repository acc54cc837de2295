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
from inspect_kit.language import _, ngettext
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

_JUDGE = dict(zip("12345", Assessment, strict=True))
_JUDGE |= {word: kind for kind in Assessment for word in (kind.value.replace("-", " "), kind.label.lower())}
_WORDS = {
    "n": "note", "n+": "note+", "e": "evidence", "r": "recommend", "u": "urgent", "h": "high", "g": "guide",
    "m": "more", "": "next", "]": "next", "[": "previous", "l": "list", "s": "summary", "w": "where", "?": "help",
    "q": "quit", "exit": "quit", "0": "open",
}  # fmt: skip
# Translators: in the lines of this help, the words and letters that are typed as commands stay in English: 0 or open,
# n or note, e or evidence, r or recommend, u or urgent, h or high, g or guide, m or more, w or where, l or list, s or
# summary, go, by theme, by rule, by place, by person, q or quit, and [ ] ? Enter.
HELP = (
    _("Each command is a word or its letter, then Enter."),
    _("1 met, 2 partly met, 3 not met, 4 not applicable, 5 not verified: judges, and goes on to the next open item."),
    _("4 and 5 need a reason, which may follow at once: 4 Nobody of this group is held here."),
    # Translators: “open” is typed as it stands
    _("0 or open: takes the judgement back."),
    # Translators: “note” is typed as it stands
    _("n or note: writes the note, in place of the one that is held. n+ or note+: adds to it."),
    # Translators: “evidence” is typed as it stands
    _("e or evidence: adds what was seen, said, read or measured."),
    # Translators: “recommend” is typed as it stands
    _("r or recommend: recommends something that rests on this item."),
    # Translators: “urgent” and “high” are typed as they stand
    _("u or urgent, h or high: marks the item, or takes the mark off."),
    # Translators: “guide” is typed as it stands
    _("g or guide: what to look at, whom to ask, red flags, and what the clause says."),
    # Translators: “more” and “where” are typed as they stand
    _("m or more: tells the item again with all that is held. w or where: tells where you are."),
    _("Enter or ]: next open item. [: previous open item."),
    # Translators: “list” and “summary” are typed as they stand
    _("l or list: the items of this part. s or summary: how far the visit has come."),
    # Translators: “go” is typed as it stands
    _("go, with an item's id, a number of the list, a theme and a number (go searches 3), or words of the question."),
    # Translators: “by theme”, “by rule”, “by place”, “by person” are typed as they stand
    _("by theme, by rule, by place, by person: another order."),
    # Translators: “quit” is typed as it stands
    _("q or quit: leaves. While something is asked, q goes back without keeping it, and ? tells what is asked."),
)
_END = _("A line with only “.” ends it; q on its first line goes back.")
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
            self._say(_("Nothing here is asked by {order}: this is the order by theme.", order=view.label))
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
            _("Each answer is saved at once. ? tells the commands, q leaves."),
            *before,
        )
        if not any(self._is_open(at) for at in range(len(self._stops))):
            self._say(_("Every item that applies is judged."))
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

    def end(self, why: str = "") -> list[str]:
        """There is no more input: what was begun waits as a draft; say so, and end.

        Args:
            why: how it came, in a sentence; empty says that the input has ended.
        """
        self._say(why or _("The input has ended."))
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
            self._say(_("Back. {what} was not kept.", what=self._in_hand))
        except EOFError:
            self._set_aside()
        except InspectKitError as problem:  # an act that was told as saved is saved; reading it again failed
            self._say(str(problem))
        self._talk = None

    def _set_aside(self) -> None:
        """Say where a text is that was begun and not ended."""
        name = telling.name_of(self._record.checklist, self._item)
        if not self._unkept:
            self._say(_("{what} was not kept.", what=self._in_hand))
        elif self._put_by():
            self._say(
                ngettext(
                    "{what} is not finished. It waits at {item} with its {count} line, to go on with.",
                    "{what} is not finished. It waits at {item} with its {count} lines, to go on with.",
                    self._unkept,
                    what=self._in_hand,
                    item=name,
                )
            )
        else:
            self.unsaved = True
            told = _("{what} is NOT saved. This was typed:", what=self._in_hand)
            self._say(told, *telling.typed(self._text))

    @property
    def _in_hand(self) -> str:
        """What is being done, as the start of a sentence."""
        return {
            # Translators: the start of a sentence, as in “This note was not kept.”
            "note": _("This note"),
            # Translators: the start of a sentence, as in “This evidence was not kept.”
            "evidence": _("This evidence"),
            # Translators: the start of a sentence, as in “This recommendation was not kept.”
            "recommendation": _("This recommendation"),
            # Translators: the start of a sentence, as in “This judgement was not kept.”
            "judgement": _("This judgement"),
            # Translators: that an item is urgent or of high priority; as in “This mark was not kept.”
            "mark": _("This mark"),
        }[self._doing]

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
        if default:
            question = _("{question}, Enter for {default}", question=question, default=default)
        elif default is not None:
            question = _("{question}, may stay empty", question=question)
        while True:
            line = (yield question).strip()
            if line in ("q", "Q"):
                yield from self._leave()
                continue
            if line == "?":
                self._say(*(more or (_("Answer in a few words; q goes back without keeping."),)))
                continue
            if not line and default is None:
                self._say(_("An answer is needed here; q goes back without keeping."))
                continue
            try:
                return check("" if line == "-" else line or default or "")
            except InspectKitError as problem:
                self._say(str(problem))

    def _ask_for(
        self, kinds: type[Choice], question: str, default: Choice, labels: Sequence[str], usual: str
    ) -> Talk[Choice]:
        """Ask for one of a few words, by number, by its label, or by the word that commands take.

        Args:
            kinds: the words that commands take.
            question: in a few words.
            default: what Enter stands for.
            labels: what each is called.
            usual: what the default is called in the question.
        """
        options = list(kinds)
        called = {
            kind: (kind.value.replace("-", " "), label.lower()) for kind, label in zip(options, labels, strict=True)
        }
        more = "; ".join(f"{number} {label}" for number, label in enumerate(labels, 1))

        def check(line: str) -> Choice:
            if line.isdecimal() and len(line) == 1 and 1 <= int(line) <= len(options):
                return options[int(line) - 1]
            if line == usual:
                return default
            words = line.lower()
            exact = [kind for kind, names in called.items() if words in names or words.replace("-", " ") in names]
            meant = exact or [
                kind
                for kind, names in called.items()
                if any(name.startswith((words, words.replace("-", " "))) for name in names)
            ]
            if line and len(meant) == 1:
                return meant[0]
            raise BadInputError(_("“{word}” is none of these: {choices}.", word=line[:40], choices=more))

        self._say(f"{more}.")
        return (yield from self._ask(question, check, usual, (f"{more}.",)))

    def _leave(self) -> Talk[None]:
        """Go back, but not with a text that was typed and would be lost unasked."""
        if self._unkept:
            # Translators: y is typed as it stands
            sure = yield ngettext(
                "Leave, and throw {count} line away? y leaves, Enter goes on",
                "Leave, and throw {count} lines away? y leaves, Enter goes on",
                self._unkept,
            )
            if sure.strip().lower() not in ("y", "yes"):
                self._say(_("Nothing is lost: go on."))
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
            self._say(_("This was begun here and waits. Go on below it:"), *telling.typed(text))
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
            self._say(_("“{line}” is not part of it; “.” ends it.", line=line))
        return self._text

    def _add_line(self, line: str) -> None:
        try:
            # Translators: the start of a sentence, such as “… holds bytes that are no text”
            clean_note(line, _("This line"))
            if len(self._text) + len(line) >= NOTE_LIMIT:
                most = f"{NOTE_LIMIT:,}"
                raise BadInputError(_("At most {most} characters fit: end it with “.” and begin another.", most=most))
        except BadInputError as problem:
            self._say(_("{problem} This line was not taken; those before it were.", problem=problem))
            return
        self._lines.append(line)
        self._mind(line)
        if not self._put_by():
            self._say(_("This cannot be put by as a draft now: end it with “.” to save it."))

    def _save(self, act: Callable[[], object], said: str) -> Talk[None]:
        """Do an act, say that it is saved, and read the item again; what is refused can be tried again."""
        while True:
            try:
                with self._book.instead_of_draft(self._draft[0]) if self._draft else nullcontext():
                    act()
                break
            except InspectKitError as problem:
                self.unsaved = True
                self._say(_("NOT saved. {problem}", problem=problem))
            if (yield _("Enter tries again, q goes back")).strip() in ("q", "Q"):
                yield from self._leave()
        self.unsaved = False
        self._lines, self._held = [], 0
        self._say(_("Saved. {what}", what=said))
        item = self._item.id
        finding = self._book.finding(self._record.id, item)
        if finding is None:
            self._record.findings.pop(item, None)
        else:
            self._record.findings[item] = finding

    def _mind(self, line: str, group: str = "") -> None:
        """Warn at once of words that could tell who somebody is; whoever types decides, and goes on as before."""
        found = harms(line, self._record.plan.facility.profile, group, self._names)
        # Translators: a warning that a note could tell who somebody is
        self._say(*(_("Mind: {warning}.", warning=harm.message) for harm in found[:_SHOWN]))

    # -- what is done

    def _obey(self, line: str) -> None:
        word, _space, rest = line.strip().partition(" ")
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
            self._say(_("“{word}” is no command: ? tells them.", word=line.strip()[:40]))
        elif rest:
            first = line.split()[0]
            self._say(_("Nothing can follow “{word}”, so nothing was done: ? tells the commands.", word=first))
        else:
            self._commands[word]()

    @property
    def _finding(self) -> Finding:
        return self._record.findings.get(self._item.id) or Finding(self._item.id)

    def _judge(self, assessment: Assessment, reason: str) -> Talk[None]:
        finding = self._finding
        if assessment.needs_reason:
            held = finding.reason if finding.assessment is assessment else None

            # Translators: the start of a sentence, such as “… is missing”
            check = _line(_("The reason"), required=True)
            # Translators: “Why not applicable”, “Why not verified”
            question = _("Why {assessment}", assessment=assessment.label)
            try:
                reason = check(reason) if reason else (yield from self._ask(question, check, held))
            except BadInputError as problem:
                self._say(str(problem))
                reason = yield from self._ask(question, check, held)
        yield from self._keep_judgement(assessment, reason, finding.narrative, assessment.label)
        self._go_on(1)

    def _open(self) -> None:
        finding = self._finding
        if finding.assessment is None:
            self._say(_("This item is open already."))
        else:
            self._begin("judgement", self._keep_judgement(None, "", finding.narrative, _("open again")))

    def _keep_judgement(self, assessment: Assessment | None, reason: str, narrative: str, said: str) -> Talk[None]:
        finding, item = self._finding, self._item
        seen = [finding.judgement] if finding.judgement else []
        if finding.conflict and finding.conflict.aspect == "judgement":
            seen = [side.entry for side in finding.conflict.sides]
        name = telling.name_of(self._record.checklist, item)
        yield from self._save(
            lambda: self._book.judge(self._record.id, item.id, assessment, reason, narrative, seen=seen),
            _("{item}: {state}.", item=name, state=said),
        )

    def _note(self, first: str, *, add: bool) -> Talk[None]:
        finding = self._finding
        held = finding.narrative
        if held:
            self._say(_("The note that is held:"), *telling.typed(held))
            if add:
                told = _("What you write is added below it.")
            else:
                told = _("What you write replaces it; nothing written leaves it as it is.")
            self._say(f"{told} {_END}")
        else:
            self._say(_("Write the note.") + f" {_END}")
        text = yield from self._write("note", {}, first, held if add else "")
        if not text.strip() or text == held:
            self._book.drop_draft(self._draft_here()[0])
            raise _BackError
        # Translators: stands in “Searches 3: the note has 2 lines.”
        said = ngettext("the note has {count} line", "the note has {count} lines", len(self._lines))
        yield from self._keep_judgement(finding.assessment, finding.reason, text, said)

    def _prioritise(self, priority: Priority) -> None:
        item = self._item
        given = Priority.NORMAL if self._finding.priority is priority else priority
        name = telling.name_of(self._record.checklist, item)
        said = _("{item}: {state}.", item=name, state=telling.marked(given))
        self._begin("mark", self._save(lambda: self._book.prioritise(self._record.id, item.id, given), said))

    def _evidence(self) -> Talk[None]:
        item, visit = self._item, self._record.id
        name = telling.name_of(self._record.checklist, item)
        self._say(
            _("Evidence for {item}. Enter takes what the prompt offers, “-” leaves it empty, q goes back.", item=name)
        )
        # by person, the usual kind depends on whom one talks to; else an interview could pass for what was seen
        usual = kind_of(Person(self._leg.key)) if self._view is View.PERSON else EvidenceKind.OBSERVATION
        _key, begun = self._draft_here()
        if begun.get("kind") in list(EvidenceKind):
            usual = EvidenceKind(begun["kind"])
        kinds = [kind.label for kind in EvidenceKind]
        # Translators: what kind of source it is
        kind = yield from self._ask_for(EvidenceKind, _("Kind"), usual, kinds, usual.label)
        self._say(_("What was seen, said, read or measured?") + f" {_END}")
        note = yield from self._write("what", {"kind": kind.value})
        attachment, data = yield from self._ask(
            _("File to attach"), _read_file, "", (_("A photo, scan or recording: its path."),)
        )
        if not note.strip() and data is None:
            self._say(_("The evidence is empty: say what was seen, heard or read, or name a file."))
            raise _BackError
        who, group, consent = "", "", Consent.NONE
        if kind.is_interview:
            codes = {source.interviewee for held in self._record.findings.values() for source in held.evidence}
            hint = (_("The same code wherever this person comes up in the visit."),)
            code = begun.get("who") or next_code(codes, kind)
            # Translators: the start of a sentence, such as “… must be one line”
            check = _line(_("The interviewee's code"))
            who = yield from self._ask(_("Code, never a name"), check, code, hint)
            # Translators: the start of a sentence, such as “… must be one line”: the group of people
            check = _line(_("The group"))
            group = yield from self._ask(_("From which group"), check, begun.get("group", ""))
            self._mind("", group)
        if kind.needs_consent:
            self._say(_("How far did the person agree to have it shown?"))
            labels = [one.label for one in Consent]
            # Translators: no consent
            consent = yield from self._ask_for(Consent, _("Consent"), Consent.NONE, labels, _("none"))
        here = self._leg.title if self._view is View.PLACE else self._place
        here = begun.get("place") or here
        # Translators: the start of a sentence, such as “… must be one line”
        place = yield from self._ask(_("Where"), _line(_("The place")), here)
        # Translators: the start of a sentence, such as “… must be one line”
        check = _line(_("The time"))
        hint = (_("In your words; empty is now."),)
        when = yield from self._ask(_("When"), check, begun.get("when", ""), hint)
        self._place = place
        source = Evidence(kind, note, place, when, group, who, consent, attachment)
        told = {"item": name, "kind": kind.label, "code": who}
        # Translators: “Searches 3: interview from W7.”
        said = _("{item}: {kind} from {code}.", **told) if who else _("{item}: {kind}.", **told)
        yield from self._save(lambda: self._book.add_evidence(visit, item.id, source, data), said)
        if kind.needs_consent and consent is Consent.NONE:
            self._say(_("No consent, so it stays with the team: it enters no report until the person agrees."))

    def _recommend(self) -> Talk[None]:
        item, visit = self._item, self._record.id
        name = telling.name_of(self._record.checklist, item)
        self._say(
            _("A recommendation that rests on {item}: what shall be done?", item=name),
            _("One concrete step that can be checked at the next visit.") + f" {_END}",
        )
        text = yield from self._write("text", {})
        if not text.strip():
            raise _BackError
        said = self._record.recommendations
        latest = said[-1].addressee if said else None
        # Translators: the start of a sentence, such as “… is missing”
        check = _line(_("The recommendation's addressee"), required=True)
        addressee = yield from self._ask(_("By whom"), check, latest, (_("Who shall do it?"),))
        due = yield from self._ask(_("Until when"), _day, "", (_("A day, such as 31 Jan 2027."),))
        labels = [one.label for one in Priority]
        soon = yield from self._ask_for(Priority, _("Priority"), Priority.NORMAL, labels, Priority.NORMAL.label)
        asked = Recommendation(text, addressee, due, soon, (item.id,))
        told = _("Recommendation to {addressee}.", addressee=addressee)
        yield from self._save(lambda: self._book.recommend(visit, asked), told)
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
        self._say(_("Everything else is saved.") if self.unsaved else _("Everything is saved."))

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
            ngettext(
                "By {order}: {part}, {place} of {count} item.",
                "By {order}: {part}, {place} of {count} items.",
                len(self._leg.items),
                order=self._view.label,
                part=self._leg.title,
                place=place,
            ),
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
            self._say(_("Every item that applies is judged: s sums up, q leaves."))
        elif self._at == before:
            self._say(_("This is the only item that is still open."))
        else:
            if self._leg != self._stops[before][0]:
                self._say("", f"{telling.part_line(self._leg)}.")
            self._tell_item()

    def _go_by(self, order: str) -> None:
        if order not in list(View):
            # Translators: “by theme”, “by rule”, “by place”, “by person” are typed as they stand
            self._say(_("By what? by theme, by rule, by place or by person."))
            return
        stops = _stops(walk(self._record.checklist, View(order)))
        if not stops:
            self._say(_("Nothing here is asked by {order}: the order stays.", order=View(order).label))
            return
        item = self._item
        self._view, self._stops = View(order), stops
        self._at = next((at for at, stop in enumerate(stops) if stop[1].id == item.id), 0)
        # Translators: the order in which items come up, and its part: “By place: Washrooms, 3 items.”
        self._say(_("By {order}: {part}.", order=self._view.label, part=telling.part_line(self._leg)))
        if self._item.id != item.id:
            self._say(_("The item that was in hand does not come up in this order."))
        self._tell_item()

    def _start_at(self, words: str) -> None:
        found = self._find(words)
        if len(found) != 1:
            told = {"words": words[:60], "example": self._item.id, "count": len(found)}
            if found:
                raise UnknownError(_("“{words}” means {count} items: name one by its id, such as “{example}”.", **told))
            raise UnknownError(
                _("“{words}” is no item of this visit: name one by its id, such as “{example}”.", **told)
            )
        self._stand_on(found[0])

    def _go_to(self, words: str) -> None:
        found = self._find(words)
        if not words:
            self._say(_("Go where? Give a number of the list, an id, or words of the question."))
        elif not found:
            self._say(
                _(
                    "“{words}” is no item here: give a number of the list, an id, or words of its question.",
                    words=words[:60],
                )
            )
        elif len(found) > 1:
            self._say(_("{count} items are meant; go to one of them by its name:", count=len(found)))
            name = self._record.checklist
            self._say(*(f"  {telling.name_of(name, item)}: {item.short}" for item in found[:_SHOWN]))
            if len(found) > _SHOWN:
                rest = len(found) - _SHOWN
                # Translators: items
                self._say(ngettext("and {count} more.", "and {count} more.", rest))
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
        theme, _space, number = low.rpartition(" ")
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
            self._say(_("This item does not come up in that order: this is the order by theme."))
            ways = [at for at, stop in enumerate(self._stops) if stop[1].id == item.id]
        self._at = next((at for at in ways if self._stops[at][0] == self._leg), ways[0])


def _stops(legs: Sequence[Leg]) -> list[tuple[Leg, Item]]:
    return [(leg, item) for leg in legs for item in leg.items]


def _line(what: str, *, required: bool = False) -> Callable[[str], str]:
    return lambda line: clean_line(line, what, required=required)


def _day(line: str) -> str:
    # Translators: the start of a sentence: “The due day “soon” is no day …”
    return parse_day(line, _("The due day")).isoformat() if line else ""


def _read_file(line: str) -> tuple[Attachment | None, bytes | None]:
    return read_attachment(Path(line).expanduser()) if line else (None, None)

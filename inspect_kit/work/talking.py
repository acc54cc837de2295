"""Talk by plain lines: what is asked until it is answered well, and texts that are never lost on the way."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import nullcontext
from enum import StrEnum
from typing import TypeVar

from inspect_kit.analysis.harm import harms, names_of
from inspect_kit.casebook import Casebook
from inspect_kit.errors import BadInputError, InspectKitError
from inspect_kit.language import _, ngettext, thousands
from inspect_kit.model import Item, VisitRecord, clean_line, clean_note
from inspect_kit.model.text import NOTE_LIMIT
from inspect_kit.work import telling

Answer = TypeVar("Answer")
Choice = TypeVar("Choice", bound=StrEnum)
Talk = Generator[str, str, Answer]
"""Asks with prompts, is sent what was typed, and comes to an answer."""

END = _("A line with only “.” ends it; q on its first line goes back.")
_WARNINGS = 9
"""So many warnings are told of one line."""


class BackError(Exception):
    """Whoever types goes back and keeps nothing."""


class Talking:
    """Somebody who types lines about the items of one visit, and what she is asked.

    Args:
        casebook: open, and signed in to.
        record: the visit's.

    Attributes:
        prompt: what to ask with now.
        over: whether it has come to its end.
        unsaved: whether something that was typed could not be kept anywhere.
    """

    def __init__(self, casebook: Casebook, record: VisitRecord) -> None:
        self.over = False
        self.unsaved = False
        self._book = casebook
        self._record = record
        self._names = names_of(record)
        self._told: list[str] = []
        self._talk: Talk[None] | None = None
        self._doing = ""
        self._lines: list[str] = []
        self._held = 0
        self._draft: tuple[str, dict[str, str], str] | None = None

    @property
    def _item(self) -> Item:
        """The item in hand."""
        raise NotImplementedError

    def _obey(self, line: str) -> None:
        """Do what a line says while nothing is asked."""
        raise NotImplementedError

    # -- what whoever prints and reads needs

    @property
    def prompt(self) -> str:
        """What to ask with now; it ends with ``> ``."""
        return self._prompt if self._talk else f"{telling.name_of(self._record.checklist, self._item)} > "

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

    def _quit(self) -> None:
        self.over = True
        self._say(_("Everything else is saved.") if self.unsaved else _("Everything is saved."))

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
        except BackError:
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
        raise BackError

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
                most = thousands(NOTE_LIMIT)
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
        self._say(*(_("Mind: {warning}.", warning=harm.message) for harm in found[:_WARNINGS]))


def one_line(what: str, *, required: bool = False) -> Callable[[str], str]:
    """A check for an answer of one line.

    Args:
        what: what it is, as the start of a sentence.
        required: whether something has to be typed.
    """
    return lambda line: clean_line(line, what, required=required)

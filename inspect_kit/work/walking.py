"""The plain mode: a visit inspected line by line, for screen readers, Braille displays, dumb terminals and pipes.

A ``Walk`` is given what was typed, a line at a time, and gives back the lines to print; it knows no terminal.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from inspect_kit.analysis.interviewing import kind_of, next_code
from inspect_kit.analysis.views import View
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
    parse_day,
)
from inspect_kit.work import telling
from inspect_kit.work.attaching import read_attachment
from inspect_kit.work.route import Route
from inspect_kit.work.talking import END, BackError, Talk, Talking, one_line

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
_SHOWN = 9


class Walk(Talking):
    """One person's walk through one visit. Every act is in the casebook before “Saved.” is said.

    Args:
        casebook: open, and signed in to.
        visit: the visit's id.
        view: the order to begin with.
        item: where to begin, as after ``go``; empty begins at the first open item.

    Raises:
        UnknownError: when the visit or the item is not known.
    """

    def __init__(self, casebook: Casebook, visit: str, view: View = View.THEME, item: str = "") -> None:
        super().__init__(casebook, casebook.visit(visit))
        self._place = ""  # where the last source of this walk was found
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
            "list": lambda: self._say(*telling.list_lines(self._record, self._route.leg, self._route.view, self._item)),
            "summary": self._sum_up,
            "where": self._where,
            "help": lambda: self._say(*HELP),
            "quit": self._quit,
        }
        self._route = Route(self._record.checklist, view)
        if self._route.view is not view:
            self._say(_("Nothing here is asked by {order}: this is the order by theme.", order=view.label))
        if item:
            self._start_at(item)
        elif not self._route.is_open(self._record.findings):
            self._route.next_open(self._record.findings, 1)

    @property
    def _item(self) -> Item:
        return self._route.item

    def begin(self) -> list[str]:
        """Say which visit this is, and the first item."""
        before, self._told = self._told, []
        self._say(
            *telling.visit_lines(self._record),
            _("Each answer is saved at once. ? tells the commands, q leaves."),
            *before,
        )
        if not self._route.any_open(self._record.findings):
            self._say(_("Every item that applies is judged."))
        self._tell_item()
        return self._tell()

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
            check = one_line(_("The reason"), required=True)
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
            self._say(f"{told} {END}")
        else:
            self._say(_("Write the note.") + f" {END}")
        text = yield from self._write("note", {}, first, held if add else "")
        if not text.strip() or text == held:
            self._book.drop_draft(self._draft_here()[0])
            raise BackError
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
        usual = kind_of(Person(self._route.leg.key)) if self._route.view is View.PERSON else EvidenceKind.OBSERVATION
        _key, begun = self._draft_here()
        if begun.get("kind") in list(EvidenceKind):
            usual = EvidenceKind(begun["kind"])
        kinds = [kind.label for kind in EvidenceKind]
        # Translators: what kind of source it is
        kind = yield from self._ask_for(EvidenceKind, _("Kind"), usual, kinds, usual.label)
        self._say(_("What was seen, said, read or measured?") + f" {END}")
        note = yield from self._write("what", {"kind": kind.value})
        attachment, data = yield from self._ask(
            _("File to attach"), _read_file, "", (_("A photo, scan or recording: its path."),)
        )
        if not note.strip() and data is None:
            self._say(_("The evidence is empty: say what was seen, heard or read, or name a file."))
            raise BackError
        who, group, consent = "", "", Consent.NONE
        if kind.is_interview:
            codes = {source.interviewee for held in self._record.findings.values() for source in held.evidence}
            hint = (_("The same code wherever this person comes up in the visit."),)
            code = begun.get("who") or next_code(codes, kind)
            # Translators: the start of a sentence, such as “… must be one line”
            check = one_line(_("The interviewee's code"))
            who = yield from self._ask(_("Code, never a name"), check, code, hint)
            # Translators: the start of a sentence, such as “… must be one line”: the group of people
            check = one_line(_("The group"))
            group = yield from self._ask(_("From which group"), check, begun.get("group", ""))
            self._mind("", group)
        if kind.needs_consent:
            self._say(_("How far did the person agree to have it shown?"))
            labels = [one.label for one in Consent]
            # Translators: no consent
            consent = yield from self._ask_for(Consent, _("Consent"), Consent.NONE, labels, _("none"))
        here = self._route.leg.title if self._route.view is View.PLACE else self._place
        here = begun.get("place") or here
        # Translators: the start of a sentence, such as “… must be one line”
        place = yield from self._ask(_("Where"), one_line(_("The place")), here)
        # Translators: the start of a sentence, such as “… must be one line”
        check = one_line(_("The time"))
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
            _("One concrete step that can be checked at the next visit.") + f" {END}",
        )
        text = yield from self._write("text", {})
        if not text.strip():
            raise BackError
        said = self._record.recommendations
        latest = said[-1].addressee if said else None
        # Translators: the start of a sentence, such as “… is missing”
        check = one_line(_("The recommendation's addressee"), required=True)
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

    # -- moving

    def _tell_item(self, *, whole: bool = False) -> None:
        self._say("", *telling.item_lines(self._record, self._item, self._route.view, self._route.leg, whole=whole))

    def _where(self) -> None:
        place = self._route.leg.items.index(self._item) + 1
        self._say(
            *telling.visit_lines(self._record),
            ngettext(
                "By {order}: {part}, {place} of {count} item.",
                "By {order}: {part}, {place} of {count} items.",
                len(self._route.leg.items),
                order=self._route.view.label,
                part=self._route.leg.title,
                place=place,
            ),
        )
        self._tell_item()

    def _go_on(self, by: int) -> None:
        before = self._route.leg, self._item
        if not self._route.next_open(self._record.findings, by):
            self._say(_("Every item that applies is judged: s sums up, q leaves."))
        elif (self._route.leg, self._item) == before:
            self._say(_("This is the only item that is still open."))
        else:
            if self._route.leg != before[0]:
                self._say("", f"{telling.part_line(self._route.leg)}.")
            self._tell_item()

    def _go_by(self, order: str) -> None:
        if order not in list(View):
            # Translators: “by theme”, “by rule”, “by place”, “by person” are typed as they stand
            self._say(_("By what? by theme, by rule, by place or by person."))
            return
        item = self._item
        if not self._route.look_by(View(order)):
            self._say(_("Nothing here is asked by {order}: the order stays.", order=View(order).label))
            return
        # Translators: the order in which items come up, and its part: “By place: Washrooms, 3 items.”
        self._say(_("By {order}: {part}.", order=self._route.view.label, part=telling.part_line(self._route.leg)))
        if self._item.id != item.id:
            self._say(_("The item that was in hand does not come up in this order."))
        self._tell_item()

    def _start_at(self, words: str) -> None:
        found = self._route.find(words)
        if len(found) != 1:
            told = {"words": words[:60], "example": self._item.id, "count": len(found)}
            if found:
                raise UnknownError(_("“{words}” means {count} items: name one by its id, such as “{example}”.", **told))
            raise UnknownError(
                _("“{words}” is no item of this visit: name one by its id, such as “{example}”.", **told)
            )
        self._stand_on(found[0])

    def _go_to(self, words: str) -> None:
        found = self._route.find(words)
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

    def _stand_on(self, item: Item) -> None:
        if not self._route.stand_on(item):
            self._say(_("This item does not come up in that order: this is the order by theme."))


def _day(line: str) -> str:
    # Translators: the start of a sentence: “The due day “soon” is no day …”
    return parse_day(line, _("The due day")).isoformat() if line else ""


def _read_file(line: str) -> tuple[Attachment | None, bytes | None]:
    return read_attachment(Path(line).expanduser()) if line else (None, None)

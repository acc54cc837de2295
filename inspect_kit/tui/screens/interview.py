"""An interview: consent first, a code, then questions across themes, and a note for each answer."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TextArea

from inspect_kit.analysis import harms, names_of
from inspect_kit.analysis.interviewing import OPENING, READ_OUT, kind_of, next_code
from inspect_kit.analysis.views import Leg, View, walk
from inspect_kit.casebook import Casebook
from inspect_kit.errors import InspectKitError
from inspect_kit.language import _, ngettext
from inspect_kit.model import Consent, Evidence, Finding, Person, VisitRecord
from inspect_kit.tui import words
from inspect_kit.tui.desk import desk
from inspect_kit.tui.keys import key_of
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.drafting import Drafting
from inspect_kit.tui.widgets.form import FormScreen, Row, line
from inspect_kit.tui.widgets.harm import HarmLine
from inspect_kit.tui.widgets.lines import Head, KeysLine
from inspect_kit.tui.widgets.navigator import Navigator

_CONSENTS = [(consent.value, words.CONSENT[consent]) for consent in Consent]
_KEYS = (
    ("↑ ↓", _("question")),
    ("enter", _("write the answer")),
    ("c", _("consent")),
    ("esc", _("end the interview")),
    ("?", _("keys")),
)
_KEYS_ANSWER = (("esc", _("done: the answer is kept")), ("ctrl+s", _("keep")))


class BeginInterview(FormScreen[Evidence]):
    """Asks who it is and reads out what consent covers; gives the code.

    Args:
        visit: the visit's record.
        codes: interviewee codes in use.
        person: whom the list stands at, to begin with.
    """

    HEADING = _("Interview")
    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (
        ("enter", _("next field")),
        ("← →", _("choose")),
        ("ctrl+s", _("begin")),
        ("esc", _("back")),
    )

    def __init__(self, visit: VisitRecord, codes: Iterable[str], person: Person) -> None:
        super().__init__()
        self._people = walk(visit.checklist, View.PERSON)
        self._codes = set(codes)
        self._person = person
        self.person = person

    def fields(self) -> Iterable[Widget]:
        """Whom, from which group, where; then consent."""
        people = [(leg.key, leg.title.lower()) for leg in self._people]
        # Translators: with whom the interview is
        yield Row(_("With"), Choice(people, self._person.value, id="person"))
        yield Row(_("Code"), Static(id="code", markup=False))
        yield Row(_("From group"), line("", _("such as: women awaiting trial; may stay empty"), id="group"))
        yield Row(_("Where"), line("", _("such as: visiting room 2"), id="place"))
        yield Static(id="opening", classes="words", markup=False)
        # Translators: before a consent: “internal report”, “public too” …
        yield Row(_("Agrees to"), Choice(_CONSENTS, Consent.NONE.value, id="consent"))
        yield Static(id="covers", classes="hint", markup=False)

    def on_mount(self) -> None:
        """Show the code and what is read out."""
        super().on_mount()
        self.query_one("#opening", Static).update(Content("\n") + _read_out("\n\n".join(OPENING)))
        self._show()

    def on_choice_changed(self) -> None:
        """Somebody else, or another consent."""
        self._show()

    def _show(self) -> None:
        self.person = Person(self.query_one("#person", Choice).value)
        # Translators: after a code, such as W1
        given = _("given by inspect_kit: never write a name")
        self.query_one("#code", Static).update(Content.assemble((self._code(), "bold"), (f"   {given}", "$quiet")))
        consent = Consent(self.query_one("#consent", Choice).value)
        self.query_one("#covers", Static).update(_read_out(READ_OUT[consent]))

    def _code(self) -> str:
        return next_code(self._codes, kind_of(self.person))

    async def keep(self) -> None:
        """Begin."""
        self._show()
        self.dismiss(
            Evidence(
                kind_of(self.person),
                "",
                place=self.typed("place").strip(),
                group=self.typed("group").strip(),
                interviewee=self._code(),
                consent=Consent(self.query_one("#consent", Choice).value),
            )
        )

    def action_back(self) -> None:
        """Leave; nobody was asked anything."""
        self.dismiss(None)


class ChangeConsent(FormScreen[Consent]):
    """Asks how far what she said may go from now on.

    Args:
        consent: what holds now.
        number: how many answers are kept.
    """

    HEADING = _("Consent")

    def __init__(self, consent: Consent, number: int) -> None:
        super().__init__()
        self._consent = consent
        self._number = number

    def fields(self) -> Iterable[Widget]:
        """The four consents, each with what is read out."""
        said = ngettext(
            "For all that she said in this interview: {count} answer.",
            "For all that she said in this interview: {count} answers.",
            self._number,
        )
        yield Static(said, classes="words", markup=False)
        yield Row(_("Agrees to"), Choice(_CONSENTS, self._consent.value, id="consent"))
        yield Static(id="covers", classes="hint", markup=False)

    def on_mount(self) -> None:
        """Show what it covers."""
        super().on_mount()
        self.on_choice_changed()

    def on_choice_changed(self) -> None:
        """Show what the chosen one covers."""
        consent = Consent(self.query_one("#consent", Choice).value)
        self.query_one("#covers", Static).update(_read_out(READ_OUT[consent]))

    async def keep(self) -> None:
        """Take it."""
        self.dismiss(Consent(self.query_one("#consent", Choice).value))

    def action_back(self) -> None:
        """Leave it as it is."""
        self.dismiss(None)


def _read_out(said: str) -> Content:
    # Translators: before what an inspector reads out to the interviewee
    title = _("Read out")
    return Content.assemble((f"{title}  ", "bold $primary"), said)


class Questions(Navigator):
    """The items with questions for one kind of person.

    Args:
        visit: the visit's record.
        findings: what is held, by item id.
        person: whom the questions are for.
    """

    def __init__(self, visit: VisitRecord, findings: dict[str, Finding], person: Person) -> None:
        self._person = person
        super().__init__(visit.checklist, findings)
        self.view = View.PERSON

    def legs(self) -> tuple[Leg, ...]:
        """Her part of the checklist only."""
        return tuple(leg for leg in walk(self._checklist, View.PERSON) if leg.key == self._person)


class Interview(Drafting[None]):
    """Questions on one side, her answers on the other; each answer is kept as evidence under its item.

    Args:
        visit: the visit's record.
        findings: what is held, by item id; kept up to date for the screen below.
        person: whom the questions are for.
        interviewee: her code, group, place and consent, as the beginning of each piece of evidence.
    """

    DEFAULT_CSS = """
    Interview #work { height: 1fr; }
    Interview #navigator { width: 34; border-right: solid $border-blurred; }
    Interview.-wide #navigator { width: 42; }
    Interview #detail { width: 1fr; padding: 0 1; }
    Interview #ask { height: auto; padding: 0 0 1 0; }
    Interview #record { height: 1fr; }
    Interview #record > Static { height: auto; }
    Interview #answer { height: 1fr; min-height: 4; display: none; background: $surface; padding: 0; }
    Interview #answer-title { display: none; border-top: solid $border; height: 2; }
    Interview #answer-title Static { width: auto; padding: 0 2 0 0; color: $primary; text-style: bold; }
    Interview #answer-title #draft {
        width: 1fr; height: 1; padding: 0; color: $quiet; text-style: none; display: none;
    }
    Interview.writing #answer, Interview.writing #answer-title { display: block; }
    Interview HarmLine.found { display: none; }
    Interview.writing HarmLine.found { display: block; }
    Interview.writing #record { height: auto; max-height: 50%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,n", "answer", _("write the answer"), id="interview.answer"),
        Binding("c", "consent", _("consent: stop or restrict what she said"), id="interview.consent"),
        Binding("ctrl+s", "keep_answer", _("keep the answer"), id="interview.keep", show=False),
        Binding("ctrl+t", "throw_away", _("throw away the answer that is being written"), id="interview.throw-away"),
        Binding("escape", "back", _("keep the answer; end the interview"), id="interview.back"),
    ]
    # Translators: “since” is a time, such as 10:40 or 4 Nov 10:40, or what stands for “before”; “throws” is a key
    CONTINUED = _("from {since}, {throws} throws it away")
    THROWS = ("interview.throw-away", "ctrl+t")
    LEGEND = _("Each answer is kept as evidence under its item, with her code and consent.")

    def __init__(self, visit: VisitRecord, findings: dict[str, Finding], person: Person, interviewee: Evidence) -> None:
        super().__init__()
        self.visit = visit
        self.findings = findings
        self._person = person
        self._her = interviewee
        self._writing: str | None = None

    def compose(self) -> ComposeResult:
        """Head; questions, the one in hand and her answer; keys."""
        yield Head()
        with Horizontal(id="work"):
            yield Questions(self.visit, self.findings, self._person)
            with Vertical(id="detail"):
                yield Static(id="ask", markup=False)
                with VerticalScroll(id="record", can_focus=False):
                    yield Static(id="words", markup=False)
                with Horizontal(id="answer-title"):
                    yield Static(_("Answer"), markup=False)
                    yield Static(id="draft", markup=False)
                yield TextArea(
                    id="answer",
                    compact=True,
                    highlight_cursor_line=False,
                    placeholder=_(
                        "As near to the words as you can; no names. {key} keeps it.",
                        key=key_of(self, "interview.back", "esc"),
                    ),
                )
                yield HarmLine()
        yield KeysLine(_KEYS)

    def on_mount(self) -> None:
        """Begin with the first question."""
        self.questions.focus()
        self.show()

    @property
    def questions(self) -> Questions:
        """The list of questions."""
        return self.query_one(Questions)

    async def leaving(self) -> bool:
        """Whether the program may be left: an answer that is being written is kept first."""
        await self.action_keep_answer()
        return self._writing is None

    async def on_navigator_moved(self) -> None:
        """Another question is in hand; an answer that was being written is kept."""
        if self._writing != self.questions.item.id:  # the news of a move can come after the answer was begun
            await self.action_keep_answer()
        self.show()
        self.query_one("#record").scroll_home(animate=False)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Say beneath the answer what in it could tell who somebody is."""
        text, visit, group = event.text_area.text, self.visit, self._her.group
        profile = visit.plan.facility.profile
        self.query_one(HarmLine).look(lambda: harms(text, profile, group, names_of(visit)))

    def show(self) -> None:
        """Show the question in hand, and what she said to it."""
        item = self.questions.item
        self.query_one("#ask", Static).update(
            Content.assemble(
                (f"{self.visit.checklist.title(item.theme)} {item.number}", "bold $primary"),
                (f" · {', '.join(item.clauses)}\n", "$quiet"),
                (item.ask, "$quiet"),
            )
        )
        self.query_one("#words", Static).update(Content.assemble(*self._record()))
        head = self.query_one(Head)
        head.left = f"{self._her.interviewee} · {self._person.label.lower()} · {words.CONSENT[self._her.consent]}"
        kept = len(self._answers())
        head.right = ngettext("{count} answer · saved", "{count} answers · saved", kept)

    def _record(self) -> Iterator[tuple[str, str] | str]:
        item = self.questions.item
        if item.private_only:
            yield (_("Only alone with her.") + "\n\n", "bold $partly")
        # Translators: before a question to the interviewee
        ask = _("Ask")
        for question in item.talk_to.get(self._person, ()):
            yield from ((f"{ask}  ", "$quiet"), (f"{question}\n", "bold"))
        for source in self._answers():
            if source.item == item.id:
                yield from ((f"\n{self._her.interviewee}  ", "bold"), f"{source.note}\n")
        # Translators: before what to mind so that nobody comes to harm
        mind = _("Mind")
        for text in self.visit.checklist.themes[item.theme].care[:2]:
            yield from ((f"\n{mind}  ", "$quiet"), text)

    def _answers(self) -> list[Evidence]:
        code = self._her.interviewee
        return [one for finding in self.findings.values() for one in finding.evidence if one.interviewee == code]

    def action_answer(self) -> None:
        """Write her answer to the question in hand."""
        area = self.query_one("#answer", TextArea)
        area.text = ""
        self._writing = self.questions.item.id
        self.begin_draft()
        self.add_class("writing")
        self.query_one(KeysLine).keys = _KEYS_ANSWER
        area.focus()

    async def action_keep_answer(self) -> None:
        """Keep her answer as evidence, and go back to the list; where that is refused, the text stays."""
        if self._writing is None:
            return
        item, text = self._writing, self.query_one("#answer", TextArea).text
        if text.strip():
            her, visit = self._her, self.visit.id
            evidence = Evidence(
                her.kind, text, place=her.place, group=her.group, interviewee=her.interviewee, consent=her.consent
            )

            def act(casebook: Casebook) -> Finding | None:
                casebook.add_evidence(visit, item, evidence)
                return casebook.finding(visit, item)

            try:
                finding = await desk(self).keep(self.draft_key, act)
            except InspectKitError as problem:
                self.notify(str(problem), severity="error", timeout=12, markup=False)
                return
            if finding:
                self.findings[item] = finding
            self.questions.refresh_item(item)
        desk(self).drafts.leave(self.draft_key)
        self._writing = None
        self.remove_class("writing")
        self.query_one(KeysLine).keys = _KEYS
        self.questions.focus()
        self.show()

    @property
    def draft_key(self) -> str:
        """One draft an answer, while it is being written."""
        return f"answer {self.visit.id} {self._her.interviewee} {self._writing}" if self._writing else ""

    def draft_fields(self) -> Sequence[Widget]:
        """The answer alone."""
        return [self.query_one("#answer")]

    def unkept(self) -> dict[str, str] | None:
        """The answer as the evidence form shows it, so that it can be kept there if the interview breaks off."""
        text, her = self.query_one("#answer", TextArea).text, self._her
        said = {"kind": her.kind.value, "who": her.interviewee, "group": her.group, "place": her.place}
        return said | {"consent": her.consent.value, "what": text} if text.strip() else None

    def put_back(self, values: Mapping[str, str]) -> None:
        """The answer as it was."""
        area = self.query_one("#answer", TextArea)
        area.text = values.get("what", "")
        area.move_cursor(area.document.end)

    def action_consent(self) -> None:
        """Let her decide anew how far her words may go; what is kept already follows."""
        answers = self._answers()
        visit = self.visit.id

        async def decided(consent: Consent | None) -> None:
            if consent is None:
                return

            def act(casebook: Casebook) -> dict[str, Finding]:
                casebook.set_consent(visit, [source.id for source in answers], consent)
                return casebook.visit(visit).findings

            findings = await desk(self).attempt(act)
            if findings is not None:
                self.findings.update(findings)
                self._her = Evidence(
                    self._her.kind,
                    "",
                    place=self._her.place,
                    group=self._her.group,
                    interviewee=self._her.interviewee,
                    consent=consent,
                )
                self.show()

        self.app.push_screen(ChangeConsent(self._her.consent, len(answers)), decided)

    async def action_back(self) -> None:
        """Out of the answer, or out of the interview."""
        if self._writing is not None:
            await self.action_keep_answer()
        else:
            self.dismiss(None)

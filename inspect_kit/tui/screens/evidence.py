"""One source under an item; a line is enough."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from inspect_kit.analysis import harms_of_source, names_of
from inspect_kit.analysis.interviewing import next_code
from inspect_kit.language import _
from inspect_kit.model import Consent, Evidence, EvidenceKind, Finding, Item, VisitRecord
from inspect_kit.tui import words
from inspect_kit.tui.desk import desk
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.form import FormScreen, Row, line, text
from inspect_kit.tui.widgets.harm import HarmLine


class EvidenceForm(FormScreen[bool]):
    """Collects one source; what was typed is there again when the form is left and opened once more.

    Args:
        visit: the visit's record.
        findings: what is held now, for the codes in use.
        item: the item it belongs to.
        place: where she stands, on a walk by place.
    """

    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (
        ("enter", _("next field")),
        ("← →", _("choose")),
        ("ctrl+s", _("keep")),
        ("esc", _("back, nothing is lost")),
    )

    def __init__(self, visit: VisitRecord, findings: dict[str, Finding], item: Item, place: str = "") -> None:
        super().__init__()
        self._place = place
        self._visit = visit
        self._item = item
        self._key = f"evidence {visit.id} {item.id}"
        self._codes = {source.interviewee for finding in findings.values() for source in finding.evidence}

    @property
    def HEADING(self) -> str:  # type: ignore[override]  # noqa: N802 (the form's constant, here with the item in it)
        """For which item."""
        item = self._item
        theme = self._visit.checklist.title(item.theme)
        return _("Evidence for {theme} {number} · {item}", theme=theme, number=item.number, item=item.short)

    @property
    def draft_key(self) -> str:
        """One draft an item; or else an answer to it that was not kept when an interview broke off."""
        return self._key

    def fields(self) -> Iterable[Widget]:
        """Kind first; who and consent only where a person is behind it."""
        drafts = desk(self).drafts
        answers = drafts.answers(self._visit.id)
        self._codes |= {code for code, _item in answers.values()}
        if self._key not in drafts:
            self._key = next((key for key, (_code, item) in answers.items() if item == self._item.id), self._key)
        kinds = [(kind.value, words.SOURCE[kind].partition(" ")[2]) for kind in EvidenceKind]
        consents = [(consent.value, words.CONSENT[consent]) for consent in Consent]
        yield Row(_("Kind"), Choice(kinds, EvidenceKind.OBSERVATION.value, id="kind"))
        yield Row(_("Who (code)"), line(id="who"), id="row-who")
        yield Row(_("From group"), line("", _("such as: women awaiting trial"), id="group"), id="row-group")
        yield Row(_("Consent"), Choice(consents, id="consent"), id="row-consent")
        yield Static(id="consent-words", classes="hint", markup=False)
        yield Row(_("What"), text("", _("what was seen, said, read or measured"), id="what"))
        yield Row(_("Where"), line(self._place, _("such as: transport yard"), id="place"))
        yield Row(_("When"), line("", _("empty: now"), id="when"))
        yield Row(_("File"), line("", _("path of a photo, scan or recording (may stay empty)"), id="file"))
        yield HarmLine()

    def on_mount(self) -> None:
        """Show the fields that go with the kind."""
        self._fit()

    def on_choice_changed(self) -> None:
        """Another kind or consent."""
        self._fit()

    def _fit(self) -> None:
        kind = EvidenceKind(self.query_one("#kind", Choice).value)
        self.query_one("#row-who").display = kind.is_interview
        self.query_one("#row-group").display = kind.is_interview
        self.query_one("#row-consent").display = kind.needs_consent
        hint = self.query_one("#consent-words", Static)
        hint.display = kind.needs_consent
        if kind.needs_consent:
            said = {
                Consent.NONE: _("Counted, but shown in no report, until she agrees."),
                Consent.INTERNAL: _("Shown in the monitoring body's own report only."),
                Consent.AUTHORITY: _("Also shown to the authority, under her code."),
                Consent.PUBLIC: _("Also shown to the public, without her code."),
            }
            hint.update(Content(said[Consent(self.query_one("#consent", Choice).value)]))
        if kind.is_interview:
            who = self.query_one("#who", Input)
            who.placeholder = _("new: {code}; a code, never a name", code=next_code(self._codes, kind))

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    def _look_for_harm(self) -> None:
        """Say below the fields what in them could tell who somebody is, in this facility."""
        kind, visit = EvidenceKind(self.query_one("#kind", Choice).value), self._visit
        who, group = (self.typed("who"), self.typed("group")) if kind.is_interview else ("", "")
        source = Evidence(kind, self.typed("what"), self.typed("place"), group=group, interviewee=who)
        self.query_one(HarmLine).look(
            lambda: harms_of_source(source, visit.plan.facility.profile, names_of(visit)),
        )

    async def keep(self) -> None:
        """Record the source; a code is given where none was typed."""
        kind = EvidenceKind(self.query_one("#kind", Choice).value)
        person = kind.is_interview
        who = self.typed("who").strip()
        if person and not who:
            who = next_code(self._codes, kind)
        attachment, data = None, None
        file = self.typed("file").strip()
        if file:
            from inspect_kit.work.attaching import read_attachment

            attachment, data = read_attachment(Path(file).expanduser())
        evidence = Evidence(
            kind,
            self.typed("what"),
            place=self.typed("place"),
            when=self.typed("when"),
            group=self.typed("group") if person else "",
            interviewee=who if person else "",
            consent=Consent(self.query_one("#consent", Choice).value) if kind.needs_consent else Consent.NONE,
            attachment=attachment,
        )
        visit, item = self._visit.id, self._item.id
        await desk(self).keep(self.draft_key, lambda casebook: casebook.add_evidence(visit, item, evidence, data))
        self.dismiss(True)

    def action_back(self) -> None:
        """Leave; what was typed waits here."""
        self.dismiss(False)

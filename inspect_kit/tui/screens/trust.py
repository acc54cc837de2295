"""Whose keys this casebook trusts: compare words by voice, then trust; distrust; note a key as lost."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from inspect_kit.casebook.trust import Known
from inspect_kit.errors import BadInputError, InspectKitError
from inspect_kit.identity import Certificate, grouped, read_others
from inspect_kit.language import _, ngettext
from inspect_kit.model import parse_day
from inspect_kit.tui.desk import desk
from inspect_kit.tui.places import named
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.form import FormScreen, Row, line
from inspect_kit.tui.widgets.lines import Head, KeysLine
from inspect_kit.tui.widgets.listing import Listing
from inspect_kit.work.trusting import distrust, state_of


class Trust(Screen[None]):
    """Lists everybody whose certificate this casebook holds; the one in hand is shown with its words."""

    DEFAULT_CSS = """
    Trust #none { height: 1fr; padding: 1 2; }
    Trust #about { height: auto; max-height: 12; padding: 1 1 0 1; border-top: solid $border; }
    Trust #about Static { height: auto; }
    Trust #problem { color: $urgent; text-style: bold; height: auto; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "trust", _("compare the words, and trust"), id="trust.trust"),
        Binding("d", "distrust", _("trust it no longer"), id="trust.distrust"),
        Binding("l", "lost", _("note its key as lost"), id="trust.lost"),
        Binding("f", "file", _("trust a certificate from a file"), id="trust.file"),
        Binding("escape", "back", _("back"), id="trust.back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._known: list[Known] = []

    def compose(self) -> ComposeResult:
        """Head, people, the one in hand, keys."""
        yield Head()
        yield Listing(id="people", markup=False)
        with VerticalScroll(id="none", can_focus=False):
            yield Static(
                _(
                    "This casebook knows nobody's certificate yet. They come with colleagues' entries, or from a file"
                    " that somebody sent."
                ),
                markup=False,
            )
        with VerticalScroll(id="about", can_focus=False):
            yield Static(id="words", markup=False)
        yield Static(id="problem", markup=False)
        yield KeysLine(
            (
                ("enter", _("trust")),
                ("d", _("distrust")),
                ("l", _("lost")),
                ("f", _("from a file")),
                ("?", _("keys")),
                ("esc", _("back")),
            )
        )

    async def on_screen_resume(self) -> None:
        """At first, and coming back from a form."""
        await self._read()

    async def _read(self) -> None:
        found = await desk(self).attempt(lambda casebook: casebook.known())
        if found is None:
            return
        self._known = found
        head = self.query_one(Head)
        head.left = _("Whom this casebook trusts")
        trusted = sum(one.trusted for one in found)
        head.right = ngettext("{count} of {known} trusted", "{count} of {known} trusted", trusted, known=len(found))
        listing = self.query_one(Listing)
        at = listing.highlighted or 0
        listing.clear_options()
        for one in found:
            listing.add_option(Option(Content.assemble(*_line(one)), id=one.certificate.fingerprint))
        listing.display = self.query_one("#about").display = bool(found)
        self.query_one("#none").display = not found
        if found:
            listing.highlighted = min(at, len(found) - 1)
            listing.focus()
        self._show()

    @property
    def one(self) -> Known | None:
        """The certificate in hand."""
        at = self.query_one(Listing).highlighted
        return self._known[at] if at is not None and at < len(self._known) else None

    def on_option_list_option_highlighted(self) -> None:
        """Another one is in hand."""
        self._show()

    def on_option_list_option_selected(self) -> None:
        """Enter or a click."""
        self.action_trust()

    def _show(self) -> None:
        self.query_one("#problem", Static).update("")
        if self.one:
            self.query_one("#words", Static).update(Content.assemble(*_told(self.one.certificate)))

    def action_trust(self) -> None:
        """Compare the words."""
        if self.one and self.one.own:
            said = _("This is your own key: read these words out to whoever compares them.")
            self.query_one("#problem", Static).update(said)
        elif self.one:
            self.app.push_screen(Compare(self.one.certificate, lost=self.one.lost))

    async def action_distrust(self) -> None:
        """Trust it no longer."""
        one = self.one
        if one is None:
            return
        try:
            told = await desk(self).ask(lambda casebook: distrust(casebook, one))
        except InspectKitError as problem:
            self.query_one("#problem", Static).update(f"▲ {problem}")
            return
        await self._read()
        self.notify(told, timeout=8, markup=False)

    def action_lost(self) -> None:
        """Note its key as lost."""
        if self.one:
            self.app.push_screen(Lost(self.one.certificate))

    def action_file(self) -> None:
        """Trust a certificate from a file."""

        def read(found: Certificate | None) -> None:
            if found:
                self.app.push_screen(Compare(found))

        self.app.push_screen(FromFile(), read)

    def action_back(self) -> None:
        """To the visits."""
        self.dismiss(None)


class Compare(FormScreen[None]):
    """Shows a certificate's words, and trusts it once somebody says that she compared them.

    Args:
        certificate: whose.
        lost: the day since which its key was noted as lost; empty where it was not.
    """

    HEADING = _("Trust")
    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (
        ("← →", _("choose")),
        ("ctrl+s", _("trust")),
        ("esc", _("back")),
    )

    def __init__(self, certificate: Certificate, *, lost: str = "") -> None:
        super().__init__()
        self._certificate = certificate
        self._lost = lost

    def fields(self) -> Iterable[Widget]:
        """The words, and what to do with them."""
        name = self._certificate.name
        yield Static(Content.assemble(*_told(self._certificate), "\n"), markup=False)
        said = [
            _(
                "Anybody can make a certificate with any name. Call {name}, by voice, and let her read out her twelve"
                " words. Only where they are the same as here, the key is hers.",
                name=name,
            )
        ]
        if self._certificate.authority:
            said.append(
                _("This is an organisation's own key: with it you trust everybody whose certificate it issues.")
            )
        if self._lost:
            said.append(_("This key is noted as lost since {day}; trusting it takes that back.", day=self._lost))
        yield Static("\n".join(said), classes="words", markup=False)
        answers = [("no", _("not compared yet")), ("yes", _("compared by voice: the same"))]
        yield Row(_("The words"), Choice(answers, id="compared"))

    async def keep(self) -> None:
        """Trust it."""
        if self.query_one("#compared", Choice).value != "yes":
            raise BadInputError(_("Nothing was changed: compare the words first, then trust."))
        await desk(self).ask(lambda casebook: casebook.trust(self._certificate))
        self.notify(_("This casebook trusts {name} now.", name=self._certificate.name), timeout=8, markup=False)
        self.dismiss(None)


class Lost(FormScreen[None]):
    """Notes that a key is in other hands.

    Args:
        certificate: whose.
    """

    HEADING = _("Lost key")

    def __init__(self, certificate: Certificate) -> None:
        super().__init__()
        self._certificate = certificate

    def fields(self) -> Iterable[Widget]:
        """Since when."""
        yield Static(
            _(
                "What was sealed with the key of {name} before that day, and has come by now, stays valid; every other"
                " seal of it is marked. This note is not passed on by sync: each casebook makes it for itself.",
                name=self._certificate.name,
            ),
            classes="words",
            markup=False,
        )
        yield Row(_("Since"), line("", _("first day on which others could have used it: 2026-11-12"), id="since"))

    async def keep(self) -> None:
        """Note it."""
        day = parse_day(self.typed("since"), _("The day since which the key is lost")).isoformat()
        fingerprint, name = self._certificate.fingerprint, self._certificate.name
        await desk(self).ask(lambda casebook: casebook.lose_key(fingerprint, day))
        self.notify(_("Noted: the key of {name} is lost since {day}.", name=name, day=day), timeout=8, markup=False)
        self.dismiss(None)


class FromFile(FormScreen[Certificate]):
    """Reads a certificate from a file; dismissed with it."""

    HEADING = _("Certificate from a file")
    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (("ctrl+s", _("read it")), ("esc", _("back")))

    def fields(self) -> Iterable[Widget]:
        """The file."""
        yield Row(_("File"), line("", _("a certificate that somebody sent: .crt, .pem or .der"), id="file"))

    async def keep(self) -> None:
        """Read it."""
        self.dismiss(read_others(named(self.typed("file"))))


def _line(one: Known) -> Iterable[tuple[str, str]]:
    who = ", ".join(filter(None, (one.certificate.name, one.certificate.organisation)))
    if one.lost:
        sign, style = "▲ ", "bold $urgent"
    elif one.trusted:
        sign, style = "✓ ", "$met"
    else:
        sign, style = "? ", "bold $partly"
    return ((sign, style), (f"{who}  ", "bold"), (state_of(one), style))


def _told(certificate: Certificate) -> Iterable[tuple[str, str]]:
    yield (" ".join(certificate.words[:6]) + "\n" + " ".join(certificate.words[6:]) + "\n", "bold")
    first, last = certificate.valid_from, certificate.valid_until
    issued = _("issued by {issuer}, valid {first} to {last}", issuer=certificate.issuer, first=first, last=last)
    letters = grouped(certificate.fingerprint)
    half = len(letters) // 2
    yield (f"{letters[:half]}\n{letters[half + 1 :]}\n{issued}\n", "$quiet")

"""Putting casebooks together, and giving visits away."""

from collections.abc import Coroutine, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import ProgressBar, Static
from textual.widgets.selection_list import Selection

from inspect_kit.casebook import CalledOffError, Casebook
from inspect_kit.casebook.sync import Taken
from inspect_kit.errors import BadInputError, InspectKitError, PassphraseError
from inspect_kit.language import _
from inspect_kit.model import VisitRecord
from inspect_kit.tui.desk import desk
from inspect_kit.tui.places import CASEBOOK, free, nearby, new_file
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.form import FormScreen, Row, line
from inspect_kit.tui.widgets.ticks import Ticks

if TYPE_CHECKING:
    from inspect_kit.identity import Identity


class Exchange(FormScreen[bool]):
    """A form whose work goes on beside the keys, with a bar, so that one of them can call it off."""

    DEFAULT_CSS = """
    Exchange ProgressBar { display: none; margin: 1 0 0 0; }
    Exchange.working ProgressBar { display: block; }
    Exchange #result { height: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._came = False
        self._stop = False
        self._working = False
        self._how_far = (0, 0)

    def ending(self) -> Iterable[Widget]:
        """The rows that stand below every such form's own."""
        yield ProgressBar(show_eta=False, id="bar")
        yield Static(id="result", markup=False)

    def on_mount(self) -> None:
        """Keep the bar up to date."""
        self.set_interval(0.2, self._draw_progress)

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do the work, of which there is one at a time; what it refuses is said on the last line."""
        self._working, self._stop, self._how_far = True, False, (0, 0)
        self.query_one("#problem").remove_class("shown")
        self.query_one("#result", Static).update("")
        self.add_class("working")
        self.run_worker(self._finish(work))

    async def _finish(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except InspectKitError as problem:
            self.say(desk(self).refused(problem))
        finally:
            self._working = False
            self.remove_class("working")

    def _draw_progress(self) -> None:
        if self._working:
            done, total = self._how_far
            self.query_one("#bar", ProgressBar).update(total=total or None, progress=done)

    def action_back(self) -> None:
        """Call off what is under way, or leave."""
        if self._working:
            self._stop = True
        else:
            self.dismiss(self._came)

    async def leaving(self) -> bool:
        """Whether the program may be left: not while it works, which is called off then."""
        if not self._working:
            return await super().leaving()
        self._stop = True
        return False


class Sync(Exchange):
    """Chooses other casebooks and takes in what they have; dismissed with whether anything came."""

    DEFAULT_CSS = """
    Sync Ticks { height: auto; max-height: 6; background: $surface; margin: 0 0 1 0; }
    """
    HEADING = _("Sync")
    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (
        ("space", _("choose")),
        ("tab", _("next field")),
        ("ctrl+s", _("take in")),
        ("esc", _("back")),
    )

    def fields(self) -> Iterable[Widget]:
        """Files that lie about, another one, whether to give back, a passphrase where one is asked for."""
        yield Static(
            _("Nothing of yours is changed or lost: what others recorded is put beside it, whoever comes first."),
            classes="words",
            markup=False,
        )
        found = nearby(desk(self).casebook)
        yield Ticks(
            *(
                Selection(Content.assemble((path.name, "bold"), (f"  {path.parent}", "$quiet")), str(path))
                for path in found
            ),
            id="files",
        )
        yield Row(_("Other file"), line("", _("path of another casebook, such as on a stick"), id="file"))
        yield Row(
            _("Give back"),
            Choice(
                [("no", _("only take")), ("yes", _("also give the file what it lacks"))],
                id="give",
            ),
        )
        yield Row(
            _("Passphrase"), line("", _("of the other casebook"), id="passphrase", password=True), id="row-passphrase"
        )
        yield from self.ending()

    def on_mount(self) -> None:
        """Hide what is not needed yet."""
        self.query_one("#row-passphrase").display = False
        files = self.query_one("#files", Ticks)
        files.display = bool(files.option_count)
        (files if files.option_count else self.query_one("#file")).focus()

    async def keep(self) -> None:
        """Begin to take in what is chosen; beside the keys, so that one of them can call it off."""
        if self._working:
            return
        chosen = [Path(path) for path in self.query_one("#files", Ticks).selected]
        if typed := self.typed("file").strip():
            chosen.append(Path(typed).expanduser())
        if not chosen:
            raise BadInputError(_("No file is chosen: mark one with the space bar, or type where it lies."))
        self.begin(self._take_in(chosen))

    async def _take_in(self, chosen: list[Path]) -> None:
        """Take in one file after another, and tell what came of each; what came stays, whatever the next ones do."""
        told: list[tuple[str, str]] = []
        me = await desk(self).own_identity()
        for file in chosen:
            if not self._stop:
                told += await self._take(file, me)
                self.query_one("#result", Static).update(Content.assemble(*told))
                self.query_one("#result").scroll_visible(animate=False)

    async def _take(self, file: Path, me: "Identity") -> list[tuple[str, str]]:
        from inspect_kit.work import exchanging

        app = desk(self)
        give = self.query_one("#give", Choice).value == "yes"
        typed = self.typed("passphrase")
        passphrase = typed or app.passphrase
        self._how_far = (0, 0)

        def progress(done: int, total: int) -> bool:
            self._how_far = (done, total)
            return not self._stop

        def work(casebook: Casebook) -> Taken:
            return exchanging.sync(casebook, file, passphrase, me, give=give, progress=progress)

        try:
            taken = await app.ask(work)
        except PassphraseError as problem:
            self.query_one("#row-passphrase").display = True
            self.query_one("#passphrase").focus()
            if typed:
                raise
            raise PassphraseError(_("{path} is encrypted: type its passphrase.", path=file)) from problem
        except CalledOffError as problem:
            return [(f"\n{problem}\n", "$partly")]
        except InspectKitError as problem:
            return [("\n▲ ", "bold $urgent"), (f"{problem}\n", "")]
        self._came = self._came or bool(taken.taken)
        first, *more = exchanging.told(taken)
        style = "bold $partly" if taken.refused else "bold $met"
        return [(f"\n✓ {first}\n", style), *((f"  {sentence}\n", "") for sentence in more)]


class Share(Exchange):
    """Writes a visit into a new casebook for others.

    Args:
        visit: the visit's record.
    """

    HEADING = _("Share")
    KEYS_HERE: ClassVar[tuple[tuple[str, str], ...]] = (
        ("tab", _("next field")),
        ("ctrl+s", _("write")),
        ("esc", _("back")),
    )

    def __init__(self, visit: VisitRecord) -> None:
        super().__init__()
        self._visit = visit

    def fields(self) -> Iterable[Widget]:
        """What is given away, and where to."""
        yield Static(
            _(
                "A new casebook with this visit and its facility, and nothing else of yours. What you recorded is"
                " sealed first. Your colleagues take it in with “sync”; you take in theirs."
            ),
            classes="words",
            markup=False,
        )
        path = free(self._visit.plan, "", CASEBOOK)
        yield Row(_("File"), line(str(path), _("where to write it"), id="file"))
        yield Row(_("Passphrase"), line("", _("empty: the same as your casebook's"), id="passphrase", password=True))
        yield from self.ending()

    async def keep(self) -> None:
        """Begin to seal and write it."""
        if not self._working:
            self.begin(self._write(new_file(self.typed("file"), CASEBOOK)))

    async def _write(self, to: Path) -> None:
        from inspect_kit.work import exchanging

        app = desk(self)
        me: Identity | None = await app.own_identity()
        chosen, visit = self.typed("passphrase"), self._visit.id

        def work(casebook: Casebook) -> tuple[int, str, bool]:
            key = chosen or (app.passphrase if casebook.encrypted else None)
            return *exchanging.share(casebook, [visit], to, key, me, lambda: not self._stop), key is not None

        entries, remark, encrypted = await app.ask(work)
        told: list[tuple[str, str]] = [
            ("\n", ""),
            (_("✓ Written: {count} entries.", count=entries), "bold $met"),
            (f"\n{to}", ""),
        ]
        if not encrypted:
            told += [("\n", ""), (_("It is not encrypted: whoever gets it can read it."), "bold $partly")]
        if remark:
            told += [("\n", ""), (remark, "$partly")]
        self.query_one("#result", Static).update(Content.assemble(*told))

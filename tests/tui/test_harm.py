"""Do no harm, while typing: a quiet line that warns, stops nobody, and goes away when the text is mended."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.widgets import Input, Static, TextArea

from inspect_kit.analysis import Harm, HarmKind
from inspect_kit.casebook import Casebook
from inspect_kit.model import Facility, Group, Member, Profile, Role, Scope, Team, VisitKind, VisitPlan
from inspect_kit.tui.app import InspectKit
from inspect_kit.tui.screens.evidence import EvidenceForm
from inspect_kit.tui.screens.inspect import Inspect
from inspect_kit.tui.screens.summary import Summary
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.harm import HarmLine, warning
from inspect_kit.work.desk import sign_in
from inspect_kit.work.planning import plan_visit
from tests.tui.conftest import NARROW


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HarmLine, "PAUSE", 0.01)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[InspectKit]:
    """On a visit to a house with three pregnant women among ninety."""
    path = tmp_path / "team.casebook"
    with Casebook.create(path) as casebook:
        sign_in(casebook, None, None, "Ada Example-Inspector")
        held = Profile({Group.WOMEN: 90, Group.PREGNANT: 3, Group.PRETRIAL: 30})
        facility = casebook.facility(casebook.add_facility(Facility("Prison Example-West", profile=held)))
        visit = plan_visit(
            casebook,
            VisitPlan(facility, VisitKind.THEMATIC, "2026-11-03"),
            Team((Member("Ada Example-Inspector", Role.LEADER, True),)),
            Scope(themes=("hygiene",)),
        )
    app = InspectKit(path, None, None, visit)
    yield app
    app.line.close()


async def until(pilot, true: Callable[[], bool]) -> None:
    for _ in range(200):
        if true():
            return
        await pilot.pause(0.02)
    pytest.fail("it did not come to that")


def said(app: InspectKit) -> str:
    line = app.screen.query_one(HarmLine)
    return str(line.render()) if line.display else ""


async def ready(app: InspectKit, pilot) -> None:
    await until(pilot, lambda: isinstance(app.screen, Inspect))
    await pilot.pause()


async def test_a_name_in_the_note_is_said_beneath_it_until_it_is_mended_and_stops_nobody(app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await ready(app, pilot)
        await pilot.press("n")
        note = app.screen.query_one("#note", TextArea)
        note.text = "Mrs Kovač [/b] saw it; Ada Example-Inspector wrote it."
        await until(pilot, lambda: "looks like a name" in said(app))
        assert said(app) == "⚠ “Mrs Kovač” looks like a name: write a code such as W7"
        note.text = "W7 [/b] saw it; Ada Example-Inspector wrote it."
        await until(pilot, lambda: not said(app))
        note.text = "Mrs Kovač saw it."
        await until(pilot, lambda: bool(said(app)))
        await pilot.press("escape")
        item = app.screen.item.id
        await until(pilot, lambda: item in app.screen.findings)
        assert app.screen.findings[item].narrative == "Mrs Kovač saw it."
        assert not said(app)


async def test_the_form_warns_of_a_group_in_which_she_could_be_recognised_here(app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await ready(app, pilot)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, EvidenceForm))
        app.screen.query_one("#group", Input).value = "pregnant, pretrial"
        await pilot.pause(0.05)
        assert not said(app)  # nobody is asked from which group an observation comes
        app.screen.query_one("#kind", Choice).choose("interview")
        await until(pilot, lambda: "could be 1 of 1 here" in said(app))
        app.screen.query_one("#who", Input).value = "Noy"
        await until(pilot, lambda: said(app).startswith("⚠ “Noy” looks like a name") and "1 more" in said(app))
        app.screen.query_one("#who", Input).value = "W7"
        app.screen.query_one("#group", Input).value = "women awaiting trial"
        await until(pilot, lambda: not said(app))


async def test_the_summary_counts_the_notes_that_may_point_to_a_person_and_says_where(app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await ready(app, pilot)
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, Summary))
        assert "point to a person" not in str(app.screen.query_one("#concerns", Static).render())
        await pilot.press("escape", "n")
        await pilot.pause()
        app.screen.query_one("#note", TextArea).text = "Mrs Kovač and Officer Tanaka tell it differently."
        await pilot.press("escape")
        await until(pilot, lambda: app.screen.item.id in app.screen.findings)
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, Summary))
        shown = str(app.screen.query_one("#concerns", Static).render())
        assert "1 note may point to a person: Personal hygiene 1\n" in shown


async def test_while_she_types_on_only_the_newest_text_is_looked_at(app: InspectKit) -> None:
    looked = []

    def finder(text: str) -> Callable[[], list[Harm]]:
        def find() -> list[Harm]:
            looked.append(text)
            return []

        return find

    async with app.run_test(size=NARROW) as pilot:
        await ready(app, pilot)
        line = app.screen.query_one(HarmLine)
        for text in ("M", "Mr", "Mrs"):
            line.look(finder(text))
        await until(pilot, lambda: bool(looked))
        await pilot.pause(0.05)
    assert looked == ["Mrs"]


def test_the_line_names_the_first_and_counts_the_others() -> None:
    one = Harm(HarmKind.NAME, 0, 3, "[b]")
    assert warning(()).plain == ""
    assert warning((one,)).plain == "⚠ “[b]” looks like a name: write a code such as W7"
    assert warning((one, one, one)).plain.endswith(" · 2 more")

"""An interview: consent first, a code given, an answer kept under each item, restricted at any time."""

from pathlib import Path

from textual.widgets import Input, Static, TextArea

from inspect_kit.casebook import Casebook
from inspect_kit.model import Consent, EvidenceKind
from inspect_kit.tui.app import InspectKit
from inspect_kit.tui.screens.inspect import Inspect
from inspect_kit.tui.screens.interview import BeginInterview, ChangeConsent, Interview
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.lines import Head
from tests.tui.conftest import NARROW

Visited = tuple[Path, str]


def sources(visited: Visited):
    with Casebook.open(visited[0]) as casebook:
        findings = casebook.visit(visited[1]).findings
    return [source for finding in findings.values() for source in finding.evidence]


async def begin(app: InspectKit, pilot, consent: Consent = Consent.AUTHORITY) -> Interview:
    await pilot.pause(0.4)
    await pilot.press("t")
    await pilot.pause(0.2)
    form = app.screen
    assert isinstance(form, BeginInterview)
    form.query_one("#person", Choice).value = "women"
    form.query_one("#group", Input).value = "women awaiting trial"
    form.query_one("#place", Input).value = "library"
    form.query_one("#consent", Choice).value = consent.value
    await pilot.press("ctrl+s")
    await pilot.pause(0.2)
    assert isinstance(app.screen, Interview)
    return app.screen


async def say(app: InspectKit, pilot, words: str) -> None:
    await pilot.press("enter")
    await pilot.pause()
    app.screen.query_one("#answer", TextArea).text = words
    await pilot.press("escape")
    await pilot.pause(0.2)


async def test_what_consent_covers_is_read_out_before_the_first_question(app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("t")
        await pilot.pause(0.2)
        form = app.screen
        assert "need not talk with us" in str(form.query_one("#opening", Static).render())
        covers = form.query_one("#covers", Static)
        assert "stays with the team" in str(covers.render())
        form.query_one("#consent", Choice).value = "public"
        await pilot.pause()
        assert "that everybody can read" in str(covers.render())
        assert form.query_one("#consent", Choice).value == "public"


async def test_each_answer_is_kept_under_its_item_with_code_group_place_and_consent(
    app: InspectKit, visited: Visited
) -> None:
    async with app.run_test(size=NARROW) as pilot:
        interview = await begin(app, pilot)
        first = interview.questions.item.id
        await say(app, pilot, "Cold since May [/b].")
        await pilot.press("down")
        second = interview.questions.item.id
        await say(app, pilot, "We ask the officer.")
        assert interview.query_one(Head).right.startswith("2 answers")
        await pilot.press("escape")
        await pilot.pause(0.2)
        assert isinstance(app.screen, Inspect)
    kept = sources(visited)
    assert [(one.item, one.note) for one in kept] == [(first, "Cold since May [/b]."), (second, "We ask the officer.")]
    for one in kept:
        assert (one.kind, one.interviewee, one.group, one.place, one.consent) == (
            EvidenceKind.INTERVIEW,
            "W1",
            "women awaiting trial",
            "library",
            Consent.AUTHORITY,
        )


async def test_the_next_person_gets_the_next_code(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await begin(app, pilot)
        await say(app, pilot, "First.")
        await pilot.press("escape")
        await pilot.pause(0.3)
        await begin(app, pilot)
        await say(app, pilot, "Second.")
    assert [one.interviewee for one in sources(visited)] == ["W1", "W2"]


async def test_she_can_restrict_all_that_she_said_and_what_follows(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await begin(app, pilot, Consent.PUBLIC)
        await say(app, pilot, "First.")
        await pilot.press("c")
        await pilot.pause(0.2)
        assert isinstance(app.screen, ChangeConsent)
        app.screen.query_one("#consent", Choice).value = "none"
        await pilot.press("ctrl+s")
        await pilot.pause(0.2)
        await pilot.press("down")
        await say(app, pilot, "Second.")
    assert [one.consent for one in sources(visited)] == [Consent.NONE, Consent.NONE]


async def test_an_empty_answer_records_nothing(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await begin(app, pilot)
        await say(app, pilot, "  \n ")
    assert sources(visited) == []


async def test_an_interview_that_is_not_begun_leaves_no_trace(app: InspectKit, visited: Visited) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        await pilot.press("t")
        await pilot.pause(0.2)
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert isinstance(app.screen, Inspect)
    assert sources(visited) == []

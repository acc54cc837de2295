"""People who differ: the sides beside each other, one is taken or a third written, and the screens below follow."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Static, TextArea

from inspect_kit.casebook import Casebook
from inspect_kit.model import Account, Assessment, Priority, VisitRecord
from inspect_kit.tui.app import InspectKit
from inspect_kit.tui.screens.differ import Differ, Third
from inspect_kit.tui.screens.home import Home
from inspect_kit.tui.screens.inspect import Inspect
from inspect_kit.tui.screens.summary import Summary
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.lines import Head, KeysLine
from inspect_kit.work.desk import sign_in
from tests.tui.conftest import NARROW, WIDE
from tests.tui.exchanging import colleague, take_in

Visited = tuple[Path, str]
THAI = "ผู้หญิงเล่าว่าน้ำเย็นตลอดทั้งสัปดาห์ "
ARABIC = "قالت النساء إن الماء بارد منذ أسبوع "


def record(visited: Visited) -> VisitRecord:
    with Casebook.open(visited[0]) as casebook:
        return casebook.visit(visited[1])


@pytest.fixture
def items(visited: Visited) -> tuple[str, str]:
    """The first two items."""
    first, second, *_rest = (item.id for item in record(visited).checklist.items if item.applies)
    return first, second


@pytest.fixture
def apart(visited: Visited, items: tuple[str, str]) -> Visited:
    """Ada and Omar judged the first item and weighed the second apart, and both wrote the account."""
    path, visit = visited
    first, second = items

    def omars(casebook: Casebook, visit: str) -> None:
        casebook.judge(visit, first, Assessment.NOT_MET, narrative="Cold at seven. [/b]")
        casebook.prioritise(visit, second, Priority.HIGH)
        casebook.give_account(visit, Account(overview=ARABIC * 40))

    shared = colleague(path, visit, "Omar [/b] Example", omars)
    with Casebook.open(path) as casebook:
        sign_in(casebook, None, None)
        casebook.judge(visit, first, Assessment.PARTLY_MET, narrative=THAI * 60)
        casebook.prioritise(visit, second, Priority.URGENT)
        casebook.give_account(visit, Account(overview="Two days."))
    take_in(path, shared)
    return visited


@pytest.fixture
def app(apart: Visited) -> Iterator[InspectKit]:
    """The application, opened on the visit on which people differ."""
    app = InspectKit(apart[0], None, None, apart[1])
    yield app
    app.line.close()


def about(app: InspectKit) -> str:
    return str(app.screen.query_one("#about", Static).render())


def sides(app: InspectKit) -> list[str]:
    return [str(side.query_one(Static).render()) for side in app.screen.query(".side")]


def named(app: InspectKit) -> list[str]:
    return [key for key, _word in app.screen.query_one(KeysLine).keys]


async def opened(app: InspectKit, pilot, *way: str) -> Differ:
    await pilot.pause(0.4)
    await pilot.press(*(way or ("home",)), "d")
    await pilot.pause(0.3)
    assert isinstance(app.screen, Differ)
    return app.screen


async def test_the_item_in_hand_says_that_people_differ_and_d_opens_it(app: InspectKit, items: tuple[str, str]) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.4)
        screen = app.screen
        assert isinstance(screen, Inspect)
        assert screen.item.id == items[1]  # the first one is judged
        words = str(screen.query_one("#words", Static).render())
        assert "People hold different views  d settles it" in words
        assert "Omar [/b] Example" in words
        assert "urgent" in words
        assert "high" in words
        assert "d" in named(app)
        differ = await opened(app, pilot, "home", "down")
        assert differ.conflict is not None
        assert differ.conflict.subject == f"finding:{items[1]}"
        assert "priority" in about(app)


async def test_each_side_says_whose_it_is_and_all_of_what_it_says(app: InspectKit, apart: Visited) -> None:
    async with app.run_test(size=WIDE) as pilot:
        differ = await opened(app, pilot)
        assert app.screen.query_one(Head).right == "1 of 3"
        assert differ.conflict is not None
        ask = next(item.ask for item in record(apart).checklist.items if differ.conflict.subject.endswith(item.id))
        assert ask in about(app)
        told = {text.partition(" · ")[0]: text for text in sides(app)}
        ours = next(text for name, text in told.items() if "Ada" in name)
        theirs = next(text for name, text in told.items() if "Omar [/b] Example" in name)
        assert "partly met" in ours
        assert (THAI * 60).strip() in ours
        assert "not met" in theirs
        assert "Cold at seven. [/b]" in theirs


@pytest.mark.parametrize("letter", ["a", "b"])
async def test_a_side_that_is_taken_stands_and_the_next_conflict_is_shown(
    app: InspectKit, apart: Visited, items: tuple[str, str], letter: str
) -> None:
    async with app.run_test(size=NARROW) as pilot:
        differ = await opened(app, pilot)
        assert differ.conflict is not None
        side = differ.conflict.sides["ab".index(letter)]
        await pilot.press(letter)
        await pilot.pause(0.3)
        finding = record(apart).findings[items[0]]
        assert finding.conflict is None
        assert finding.assessment is not None
        assert (finding.assessment.value, finding.narrative) == (side.value["assessment"], side.value["narrative"])
        assert app.screen.query_one(Head).right == "1 of 2"
        assert differ.conflict is not None
        assert differ.conflict.subject == f"finding:{items[1]}"
        assert f"{side.author}'s view stands now" in "".join(note.message for note in app._notifications)


async def test_a_third_begins_with_everybodys_words_and_takes_the_place_of_all(
    app: InspectKit, apart: Visited, items: tuple[str, str]
) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await opened(app, pilot)
        await pilot.press("w")
        await pilot.pause(0.3)
        form = app.screen
        assert isinstance(form, Third)
        note = form.query_one("#note", TextArea)
        assert "Cold at seven. [/b]" in note.text
        assert THAI.strip() in note.text
        form.query_one("#assessment", Choice).value = Assessment.NOT_MET.value
        note.text = "Cold at seven, warm by noon."
        await pilot.press("ctrl+s")
        await pilot.pause(0.3)
        assert isinstance(app.screen, Differ)
        finding = record(apart).findings[items[0]]
        assert (finding.assessment, finding.narrative) == (Assessment.NOT_MET, "Cold at seven, warm by noon.")
        assert finding.conflict is None
        assert finding.author == "Ada Example-Inspector"
        assert app.screen.query_one(Head).right == "1 of 2"


async def test_a_third_without_its_reason_is_refused_and_what_was_typed_waits(
    app: InspectKit, apart: Visited, items: tuple[str, str]
) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await opened(app, pilot)
        await pilot.press("w")
        await pilot.pause(0.3)
        form = app.screen
        assert not form.query_one("#row-reason").display
        form.query_one("#assessment", Choice).value = Assessment.NOT_VERIFIED.value
        await pilot.pause()
        assert form.query_one("#row-reason").display
        form.query_one("#note", TextArea).text = "The door was locked."
        await pilot.press("ctrl+s")
        await pilot.pause(0.2)
        assert "needs a reason" in str(form.query_one("#problem", Static).render())
        await pilot.press("escape")
        await pilot.pause(0.3)
        assert record(apart).findings[items[0]].conflict is not None
        await pilot.press("escape")
        await pilot.pause(0.3)
        assert "Not kept yet  what the team holds" in str(app.screen.query_one("#words", Static).render())
        await pilot.press("d", "w")
        await pilot.pause(0.3)
        assert app.screen.query_one("#note", TextArea).text == "The door was locked."


async def test_what_is_no_judgement_is_taken_too_and_has_no_third(
    app: InspectKit, apart: Visited, items: tuple[str, str]
) -> None:
    async with app.run_test(size=NARROW) as pilot:
        differ = await opened(app, pilot)
        assert "w" in named(app)
        await pilot.press("right_square_bracket")
        await pilot.pause(0.2)
        assert differ.conflict is not None
        assert differ.conflict.aspect == "priority"
        assert "w" not in named(app)
        await pilot.press("w", "c")  # no third, and no third side
        await pilot.pause(0.2)
        assert app.screen is differ
        assert app.screen.query_one(Head).right == "2 of 3"
        urgent = next(n for n, side in enumerate(differ.conflict.sides) if side.value["priority"] == "urgent")
        await pilot.press("ab"[urgent])
        await pilot.pause(0.3)
        assert record(apart).findings[items[1]].priority is Priority.URGENT
        assert "account" in about(app)
        ours = next(n for n, side in enumerate(differ.conflict.sides) if side.value["overview"] == "Two days.")
        await pilot.press("ab"[ours])
        await pilot.pause(0.3)
        assert record(apart).account.overview == "Two days."


async def test_when_all_is_settled_it_says_so_and_the_item_below_has_one_judgement(app: InspectKit) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await opened(app, pilot)
        for _conflict in range(3):
            await pilot.press("a")
            await pilot.pause(0.3)
        assert "nobody differs" in str(app.screen.query_one("#none", Static).render())
        assert app.screen.query_one(Head).right == "nobody differs"
        await pilot.press("a", "w", "right_square_bracket", "escape")
        await pilot.pause(0.3)
        screen = app.screen
        assert isinstance(screen, Inspect)
        assert all(finding.conflict is None for finding in screen.findings.values())
        assert "views" not in screen.query_one(Head).right
        assert "d" not in named(app)
        await pilot.press("d")
        await pilot.pause(0.2)
        assert app.screen is screen
        assert "Nobody differs" in "".join(note.message for note in app._notifications)


async def test_home_and_summary_lead_there_and_count_again_on_the_way_back(app: InspectKit) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause(0.4)
        await pilot.press("escape")
        await pilot.pause(0.3)
        assert isinstance(app.screen, Home)
        assert "d" in named(app)
        await pilot.press("d")
        await pilot.pause(0.3)
        assert isinstance(app.screen, Differ)
        await pilot.press("a")
        await pilot.pause(0.3)
        await pilot.press("escape")
        await pilot.pause(0.3)
        await pilot.press("v")
        await pilot.pause(0.3)
        summary = app.screen
        assert isinstance(summary, Summary)
        assert "d" in named(app)
        assert "different views on 2 things: d settles them" in str(summary.query_one("#concerns", Static).render())
        await pilot.press("d", "a")
        await pilot.pause(0.3)
        await pilot.press("escape")
        await pilot.pause(0.3)
        assert app.screen is summary
        assert "different views on 1 thing: d settles it" in str(summary.query_one("#concerns", Static).render())


async def test_three_sides_stand_beside_each_other_and_each_can_be_taken(
    apart: Visited, items: tuple[str, str], app: InspectKit
) -> None:
    path, visit = apart
    with Casebook.open(path) as casebook:
        seen = [casebook.finding(visit, items[0]).conflict.sides[0].entry]

    def hers(casebook: Casebook, visit: str) -> None:
        casebook.judge(visit, items[0], Assessment.NOT_VERIFIED, "ประตูล็อก", THAI, seen=[])

    assert seen
    take_in(path, colleague(path, visit, "Third Example", hers))
    async with app.run_test(size=NARROW) as pilot:
        differ = await opened(app, pilot)
        assert len(sides(app)) == 3
        assert "c" in named(app)
        third = next(n for n, side in enumerate(differ.conflict.sides) if side.author == "Third Example")
        assert "ประตูล็อก" in sides(app)[third]
        await pilot.press("abc"[third])
        await pilot.pause(0.3)
        finding = record(apart).findings[items[0]]
        assert (finding.assessment, finding.reason) == (Assessment.NOT_VERIFIED, "ประตูล็อก")


@pytest.mark.parametrize("size", [(80, 1), (20, 4), (40, 10)])
async def test_a_terminal_of_one_line_holds_it(app: InspectKit, apart: Visited, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        await pilot.press("w")
        await pilot.pause(0.3)
        assert isinstance(app.screen, Third)
        await pilot.press("escape", "a")
        await pilot.pause(0.3)
    assert len(record(apart).conflicts) == 2

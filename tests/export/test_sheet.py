"""The pocket sheet: what an inspector carries where the laptop must stay outside."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader
from reportlab.platypus.doctemplate import LayoutError
from visit_builder import MADE, STANDARDS, Files, empty_visit, full_visit, item, plan, team

from inspect_kit.analysis.views import View, walk
from inspect_kit.errors import BadInputError, ReportError
from inspect_kit.export.sheet import Paper, marks, write, write_sheet
from inspect_kit.model import Checklist, ClauseNote, Facility, Item, Person, Place, Scope, Section, VisitRecord
from inspect_kit.tui.words import KEYS
from tests.pdf_tools import letters, run, sound, words

EVERY = [(view, paper) for view in View for paper in Paper]
TITLES = {"searches": "Searches", "mothers": "Mothers and children inside", "staff": "Staff"}
CARE = "Look at the search room when nobody is in it."
NO_GIRLS = "The facility holds no girls."
WALKS = ((Place.GATE, Place.CELLS), (Place.CELLS,), (Place.RECEPTION, Place.GATE, Place.CELLS))
TALKS = ((Person.WOMEN, Person.STAFF), (Person.STAFF,), (Person.WOMEN, Person.HEALTH, Person.STAFF))


def question(theme: str, number: int) -> Item:
    """An item whose texts stand nowhere else."""
    name = f"{theme}-{number}"
    return item(
        theme,
        number,
        short=f"Short {name}",
        ask=f"Does {name} hold on every day of the week, at night, and for each woman who has asked for it here?",
        look=(f"the door of {name}, from outside and from inside", f"the log of {name}", f"the light in {name}"),
        talk_to={who: (f"What do {who.label.lower()} say on {name}?",) for who in TALKS[number % 3]},
        places=WALKS[number % 3],
        measure=(f"the width of {name}", "cm") if number % 2 else None,
        grave=number == 3,
        private_only=number == 4,
    )


def visit() -> VisitRecord:
    """A planned visit with 26 items that apply and one that does not."""
    items = tuple(question(theme, number) for theme in TITLES for number in range(1, 10))
    items = (*items[:-1], replace(items[-1], applies=False, reason=NO_GIRLS))
    themes = {theme: Section(theme, title, (CARE,), "bangkok-rules") for theme, title in TITLES.items()}
    clauses = {clause: ClauseNote("A heading", "A meaning.") for one in items for clause in one.clauses}
    return empty_visit(
        checklist=Checklist("0123456789abcdef" * 4, STANDARDS, themes, clauses, Scope(), items), team=team()
    )


Sheets = Callable[[View, Paper], Path]


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Sheets:
    """The visit's sheet in an order and on a paper, each written once."""
    folder = tmp_path_factory.mktemp("sheets")

    @cache
    def written(view: View, paper: Paper) -> Path:
        path = folder / f"{view}-{paper}.pdf"
        write_sheet(visit(), view, paper, path, MADE)
        return path

    return written


@pytest.fixture
def sheet_of(tmp_path: Path) -> Callable[..., Path]:
    """Write some visit's sheet."""

    def written(record: VisitRecord, view: View = View.THEME, paper: Paper = Paper.A5) -> Path:
        path = tmp_path / "sheet.pdf"
        write_sheet(record, view, paper, path, MADE)
        return path

    return written


def packed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@cache
def pages(path: Path) -> tuple[str, ...]:
    """Each page's text without white space."""
    return tuple(packed(page) for page in run("pdftotext", "-raw", str(path), "-").stdout.split("\f")[:-1])


def applying(record: VisitRecord) -> list[Item]:
    return [one for one in record.checklist.items if one.applies]


def name_on_screen(record: VisitRecord, one: Item) -> str:
    return f"{record.checklist.title(one.theme)} {one.number}"


@pytest.mark.parametrize(("view", "paper"), EVERY)
def test_every_item_that_applies_is_there_once_with_its_boxes(sheet: Sheets, view: View, paper: Paper) -> None:
    text = "".join(pages(sheet(view, paper)))
    items = applying(visit())
    assert all(text.count(packed(one.ask)) == 1 for one in items)
    assert text.count("1met2partlymet3notmet4n/a5notverifiedurgent") == len(items)
    assert text.count("observedwomanstaffotherdocumentmeasuredphoto") == len(items)
    assert text.count("place,time") == len(items)


@pytest.mark.parametrize(("view", "paper"), EVERY)
def test_no_item_is_split_over_pages(sheet: Sheets, view: View, paper: Paper) -> None:
    asked = [packed(one.ask) for one in applying(visit())]
    for page in pages(sheet(view, paper)):
        inside = sorted(page.index(ask) for ask in asked if ask in page)
        ends = [found.start() for found in re.finditer("place,time", page)]
        assert len(inside) == len(ends) == page.count("1met2partlymet")
        assert all(start < end for start, end in zip(inside, ends, strict=True))
        assert all(end < start for end, start in zip(ends, inside[1:], strict=False))


@pytest.mark.parametrize("view", View)
def test_items_have_the_names_and_the_order_of_the_screens(sheet: Sheets, view: View) -> None:
    record, text = visit(), "".join(pages(sheet(view, Paper.A4)))
    for one in applying(record):
        clauses = ", ".join(one.clauses)
        head = packed(f"{name_on_screen(record, one)}{clauses}")
        tags = "".join(packed(tag) for tag in marks.tags(one))
        assert f"{head}{packed(one.ask)}" in text.replace(tags, "")
    walked = dict.fromkeys(one.id for leg in walk(record.checklist, view) for one in leg.items if one.applies)
    asks = {one.id: text.index(packed(one.ask)) for one in applying(record)}
    assert sorted(asks, key=lambda one: asks[one]) == list(walked)


def test_the_digits_beside_the_boxes_are_the_keys_that_are_pressed_later() -> None:
    assert {str(digit): assessment for digit, assessment in enumerate(marks.BOXES, 1)} == KEYS


@pytest.mark.parametrize("view", View)
def test_an_item_that_does_not_apply_is_listed_at_the_end_with_its_reason(sheet: Sheets, view: View) -> None:
    text = words(sheet(view, Paper.A5))
    assert f"Staff 9 Short staff-9: {NO_GIRLS}" in text[text.index("Does not apply here") :]
    assert "Does staff-9 hold" not in text


@pytest.mark.parametrize("paper", Paper)
def test_a_place_lists_what_was_judged_elsewhere_with_its_page(sheet: Sheets, paper: Paper) -> None:
    text = pages(sheet(View.PLACE, paper))
    asked = packed(question("searches", 2).ask)
    judged = next(number for number, page in enumerate(text, 1) if asked in page)
    assert "".join(text).count(f"Searches2Shortsearches-2page{judged}") == 2  # a walk of three places


def test_people_are_asked_their_own_questions_on_an_item_that_is_judged_on_an_earlier_page(sheet: Sheets) -> None:
    text = pages(sheet(View.PERSON, Paper.A4))
    asked = packed(question("mothers", 5).ask)
    judged = next(number for number, page in enumerate(text, 1) if asked in page)
    said = [f"AskWhatdo{who}sayonmothers-5?" for who in ("women", "healthstaff", "officers")]
    assert ["".join(text).count(one) for one in said] == [1, 1, 1]
    assert f"{said[1]}judgeonpage{judged}" in "".join(text)
    assert f"{said[2]}judgeonpage{judged}" in "".join(text)


def test_help_follows_the_order_of_the_walk(sheet: Sheets) -> None:
    by_place = words(sheet(View.PLACE, Paper.A4))
    assert (
        "Look the door of staff-1, from outside and from inside · the log of staff-1 · the light in staff-1" in by_place
    )
    assert "What do women say" not in by_place
    by_theme = words(sheet(View.THEME, Paper.A4))
    assert "Look the door of staff-2, from outside and from inside Ask women What do women say on staff-2?" in by_theme


def test_what_is_only_for_a_private_interview_is_marked_wherever_it_is_asked(sheet: Sheets) -> None:
    text = words(sheet(View.PERSON, Paper.A5))
    asked = sum(len(question("x", 4).talk_to) for _ in TITLES)
    assert text.count("private interview only") == asked + 1  # and once in the advice at the start
    assert text.count("grave") == sum(len(question("x", 3).talk_to) for _ in TITLES)


def test_a_mark_stays_with_an_item_where_a_place_only_points_to_it(sheet: Sheets) -> None:
    text = words(sheet(View.PLACE, Paper.A5))
    assert re.search(r"Staff 3 Short staff-3\s+grave · page \d", text)


def test_a_measure_has_room_for_its_figure_before_its_unit(sheet: Sheets) -> None:
    assert re.search(r"the width of staff-1:\s+cm", words(sheet(View.RULE, Paper.A5)))


def test_items_without_a_place_are_not_lost_on_a_walk(sheet_of: Callable[..., Path]) -> None:
    text = words(sheet_of(empty_visit(), View.PLACE))
    assert "Other items 15 items" in text
    assert text.count("place, time") == 15


def test_the_first_page_tells_the_visit(sheet: Sheets) -> None:
    first = words(sheet(View.PLACE, Paper.A4)).partition("Gate")[0]
    for told in ("Women’s Prison Example-North", "Full visit, 4 to 6 November 2026", "By place, 26 items to judge",
                 "0123456789ab ", "4 people: leader, inspector, health and interpreter"):  # fmt: skip
        assert told in first


@pytest.mark.parametrize(("view", "times"), [(View.THEME, 3), (View.PLACE, 0), (View.PERSON, 0), (View.RULE, 0)])
def test_advice_to_do_no_harm_stands_at_each_theme_or_once_at_the_start(sheet: Sheets, view: View, times: int) -> None:
    text = words(sheet(view, Paper.A4))
    assert text.count(CARE) == times
    assert text.count("Do no harm") == (times or 1)


def test_the_last_page_tells_how_to_type_it_in_and_what_becomes_of_it(sheet: Sheets) -> None:
    last = run("pdftotext", "-f", str(len(pages(sheet(View.RULE, Paper.A5)))), str(sheet(View.RULE, Paper.A5)), "-")
    text = " ".join(last.stdout.split())
    assert "press the digit beside the box" in text
    assert "names no person" in text
    assert "destroy it as your rules say" in text


@pytest.mark.parametrize("paper", Paper)
def test_each_page_says_where_it_belongs(sheet: Sheets, paper: Paper) -> None:
    text = pages(sheet(View.PLACE, paper))
    for number, page in enumerate(text, 1):
        assert "·byplace" in page
        assert "Pocketsheet" in page
        assert f"Visit…0000AA·nonames:codessuchasW1Page{number}of{len(text)}" in page
    cells = [page for page in text if "byplace·Cellsanddormitories" in page]
    assert cells  # a page on which a place goes on, or begins at the top, names it


@pytest.mark.parametrize(("paper", "size", "smallest"), [(Paper.A4, (595, 842), 9), (Paper.A5, (420, 595), 8.5)])
def test_paper_and_print_have_their_size(sheet: Sheets, paper: Paper, size: tuple[int, int], smallest: float) -> None:
    path = sheet(View.PERSON, paper)
    found = re.search(r"Page size: +([\d.]+) x ([\d.]+) pts", run("pdfinfo", str(path)).stdout)
    assert found
    assert (round(float(found[1])), round(float(found[2]))) == size
    sizes: set[float] = set()
    for page in PdfReader(path).pages[:4]:
        page.extract_text(visitor_text=lambda text, _m, _t, _f, points: sizes.add(points) if text.strip() else None)
    assert min(sizes) >= smallest


@pytest.mark.parametrize(("view", "paper"), EVERY)
def test_a_sheet_is_sound_for_another_reader(sheet: Sheets, view: View, paper: Paper) -> None:
    assert sound(sheet(view, paper)) == ""


def test_only_our_own_fonts_are_in_a_sheet_and_all_are_embedded(sheet: Sheets) -> None:
    rows = run("pdffonts", str(sheet(View.THEME, Paper.A4))).stdout.splitlines()[2:]
    assert rows
    assert all("NotoSans" in row and " yes yes yes " in row for row in rows)


@pytest.mark.parametrize("view", [View.THEME, View.PERSON])
def test_the_same_visit_gives_the_same_bytes(sheet: Sheets, sheet_of: Callable[..., Path], view: View) -> None:
    assert sheet_of(visit(), view, Paper.A5).read_bytes() == sheet(view, Paper.A5).read_bytes()


@pytest.mark.parametrize("view", View)
def test_a_sheet_is_blank_whatever_was_recorded(sheet_of: Callable[..., Path], view: View) -> None:
    record = full_visit(Files())
    path = sheet_of(record, view)
    text = letters(path) + packed(run("pdfinfo", str(path)).stdout)
    told = [one.narrative for one in record.findings.values()] + [one.reason for one in record.findings.values()]
    sources = [source for one in record.findings.values() for source in one.evidence]
    told += [part for source in sources for part in (source.note, source.interviewee, source.group, source.when)]
    told += [member.name for member in record.team.members] + list(record.authors.values())
    told += [member.profession for member in record.team.members]
    told += [one.text for one in record.recommendations] + [record.account.overview, record.plan.purpose]
    secrets = {packed(part) for part in told if part} - {"women"}  # a word that the sheet says of its own accord
    assert len(secrets) > 20
    assert {secret for secret in secrets if secret in text} == set()
    blank = replace(record, findings={}, recommendations=(), authors={}, conflicts=())
    before = path.read_bytes()
    assert sheet_of(blank, view).read_bytes() == before


HOSTILE = "<b>&amp;</para><img src='/etc/passwd'> %s {x}"


def test_texts_full_of_markup_are_printed_as_they_are(sheet_of: Callable[..., Path]) -> None:
    bad = replace(
        question("searches", 1), ask=HOSTILE, short=HOSTILE, clauses=(HOSTILE,), look=(HOSTILE,),
        measure=(HOSTILE, "cm"), talk_to={Person.WOMEN: (HOSTILE,), Person.STAFF: (HOSTILE,)},
    )  # fmt: skip
    out = replace(bad, id="searches.item-2", number=2, applies=False, reason=HOSTILE)
    themes = {"searches": Section("searches", HOSTILE, (HOSTILE,), "bangkok-rules")}
    record = empty_visit(
        checklist=Checklist(HOSTILE, STANDARDS, themes, {}, Scope(), (bad, out)), plan=plan(facility=Facility(HOSTILE))
    )
    for view, times in ((View.THEME, 11), (View.PERSON, 11)):
        path = sheet_of(record, view, Paper.A4)
        assert letters(path).count(packed(HOSTILE)) >= times
        assert not any(page.images for page in PdfReader(path).pages)


def test_a_letter_that_the_typeface_lacks_is_printed_as_its_code(sheet_of: Callable[..., Path]) -> None:
    thai = replace(question("searches", 1), ask="Is there ข้าว\u202e every day?")
    text = letters(sheet_of(empty_visit(checklist=replace(visit().checklist, items=(thai,)))))
    assert "Isthere[U+0E02][U+0E49][U+0E32][U+0E27][U+202E]everyday?" in text


@pytest.mark.parametrize("view", [View.THEME, View.PERSON])
def test_a_question_longer_than_a_page_still_has_its_boxes(sheet_of: Callable[..., Path], view: View) -> None:
    one = replace(question("searches", 2), ask="Is this so? " * 900, short="x" * 4000, look=("word " * 900,))
    text = letters(sheet_of(empty_visit(checklist=replace(visit().checklist, items=(one,))), view))
    assert text.count("so?") == 900
    assert text.count("1met2partlymet") == text.count("place,time") == 1


def test_an_empty_checklist_still_gives_a_sheet(sheet_of: Callable[..., Path]) -> None:
    record = empty_visit(checklist=Checklist("", {}, {}, {}, Scope(), ()))
    assert "0 items to judge" in words(sheet_of(record, View.PLACE))


def test_an_earlier_sheet_stays_whole_when_the_new_one_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(b"the sheet of yesterday")

    def fail(*_: object) -> bytes:
        raise LayoutError("too tall")

    monkeypatch.setattr(write, "lay_out", fail)
    with pytest.raises(ReportError, match="cannot be laid out"):
        write_sheet(visit(), View.THEME, Paper.A4, path, MADE)
    assert path.read_bytes() == b"the sheet of yesterday"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInputError) as refused:
        write_sheet(empty_visit(), View.THEME, Paper.A4, tmp_path / "away" / "sheet.pdf", MADE)
    assert (
        str(refused.value)
        == f"The sheet cannot be written: the folder {tmp_path / 'away'} is not there. Make it first."
    )


def test_asking_for_sheets_loads_nothing_heavy() -> None:
    code = "import sys, inspect_kit.export.sheet; print({'reportlab', 'textual', 'PIL'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("language", ["", "fr"])
def test_a_translated_sheet_says_that_its_questions_are_no_official_text(sheet_of, language: str) -> None:
    record = visit()
    items = tuple(replace(one, translation=language) for one in record.checklist.items)
    text = "".join(pages(sheet_of(replace(record, checklist=replace(record.checklist, items=items)))))
    assert ("Thequestionsareanunofficialtranslation" in text) == bool(language)

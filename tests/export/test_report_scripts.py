"""Texts in scripts that our typeface lacks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph
from tagcheck import complaints
from visit_builder import MADE, evidence, facility, one_finding, plan, team

from inspect_kit.errors import BadInputError
from inspect_kit.export.report import SignerRole, missing_characters, sign_report, verify_report, write_report
from inspect_kit.export.report import fonts as typefaces
from inspect_kit.export.report.scripts import lines_of, placed, sides
from inspect_kit.export.report.text import Ink
from inspect_kit.identity import Identity
from inspect_kit.model import Assessment, Edition, EvidenceKind, Finding, Member, Team, VisitRecord
from tests.pdf_tools import letters, run, sound

FOLDER = Path("/usr/share/fonts/truetype/noto")
ARABIC, THAI = FOLDER / "NotoNaskhArabic-Regular.ttf", FOLDER / "NotoSansThai-Regular.ttf"
NOTE = "زار الفريق السجن في الصباح وتحدث مع النساء على انفراد."
THAI_NOTE = "ห้องน้ำของเรือนจำหญิงสะอาดและมีน้ำใช้ตลอดทั้งวัน"

pytestmark = pytest.mark.skipif(not (ARABIC.exists() and THAI.exists()), reason="Debian's fonts-noto-core is not here")
Shown = Callable[..., Path]


@pytest.fixture
def shown(tmp_path: Path) -> Shown:
    """Write a report whose finding has this narrative, with fonts for Arabic and Thai."""

    def write(narrative: str, visit: VisitRecord | None = None) -> Path:
        found = Finding("", Assessment.NOT_MET, narrative=narrative, evidence=(
            evidence(EvidenceKind.INTERVIEW, narrative, interviewee="W-07"),))  # fmt: skip
        path = tmp_path / "r.pdf"
        write_report(visit or one_finding(found), Edition.INTERNAL, path, {}.__getitem__, MADE, fonts=[ARABIC, THAI])
        return path

    return write


@pytest.mark.parametrize("note", [NOTE, THAI_NOTE, f"The door says {NOTE} in red.", f"{NOTE} 12 م (Ward B) {NOTE}"])
def test_words_of_other_scripts_are_drawn_tagged_and_can_be_searched(note: str, shown: Shown) -> None:
    path = shown(note)
    assert (complaints(path), sound(path)) == ([], "")
    text = run("pdftotext", "-raw", str(path), "-").stdout
    assert "[U+" not in letters(path).replace("[U+1F600]", "")
    for word in re.findall("[\u0621-\u064a]+|[A-Za-z]+", note):
        assert word in text


def test_a_screen_reader_says_arabic_words_in_their_own_order(shown: Shown) -> None:
    with pikepdf.open(shown(NOTE)) as pdf:
        elements = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/ActualText" in one]
        said = [str(one.ActualText) for one in elements]
    assert said[0] == NOTE
    assert said[1].endswith(f" {NOTE}")


def test_a_note_of_many_pages_in_arabic_and_thai_is_printed_to_its_last_word(shown: Shown) -> None:
    path = shown(" ".join([NOTE, THAI_NOTE] * 150) + " نهاية")
    assert complaints(path) == []
    assert "نهاية" in run("pdftotext", "-raw", str(path), "-").stdout


def test_names_in_another_script_stand_in_title_header_and_signatures(shown: Shown) -> None:
    visit = one_finding(plan=plan(facility=replace(facility(), name="سجن النساء الشمالي")),
                        team=Team((Member("سلمى المثال"), *team().members)))  # fmt: skip
    path = shown("", visit)
    assert complaints(path) == []
    assert "[U+" not in letters(path)
    with pikepdf.open(path) as pdf:
        assert str(pdf.docinfo["/Title"]).startswith("سجن النساء الشمالي: report on")


def test_the_same_fonts_give_the_same_bytes(shown: Shown) -> None:
    assert shown(NOTE).read_bytes() == shown(NOTE).read_bytes()


def test_a_report_in_another_script_is_signed_and_verified(shown: Shown, people: dict[str, Identity]) -> None:
    path = shown(NOTE)
    for name in ("ana", "berta", "carla"):
        sign_report(path, people[name], SignerRole.INSPECTOR)
    sign_report(path, people["chair"], SignerRole.CHAIR)
    assert verify_report(path).valid


def test_missing_characters_are_named_before_anything_is_written() -> None:
    visit = one_finding(Finding("", Assessment.NOT_MET, narrative="Room 7 \U0001f642\U0001f642 سلام \x1b"))
    found = missing_characters(visit, Edition.INTERNAL)
    assert (found[0].character, found[0].name, found[0].number) == ("\U0001f642", "U+1F642 SLIGHTLY SMILING FACE", 2)
    assert {one.character for one in found} == {"\U0001f642", "\x1b", *"سلام"}
    assert {one.character for one in missing_characters(visit, Edition.INTERNAL, [ARABIC])} == {"\U0001f642", "\x1b"}
    assert missing_characters(one_finding(Finding("", Assessment.MET, narrative="Ž ß Ω Ж")), Edition.PUBLIC) == ()


@pytest.mark.parametrize("data", [b"", b"no font", b"\x00\x01\x00\x00" + b"\xff" * 400, b"OTTO" + b"\0" * 200])
def test_what_is_no_font_is_refused_in_one_sentence(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "broken.ttf"
    path.write_bytes(data)
    with pytest.raises(BadInputError, match="cannot be used: give a TrueType file"):
        missing_characters(one_finding(), Edition.INTERNAL, [path])
    with pytest.raises(BadInputError, match="is not there"):
        missing_characters(one_finding(), Edition.INTERNAL, [tmp_path / "gone.ttf"])


def test_a_font_cut_or_flipped_anywhere_is_refused_or_used_and_never_breaks(tmp_path: Path) -> None:
    whole, path = THAI.read_bytes(), tmp_path / "broken.ttf"
    for place in range(0, len(whole), len(whole) // 60):
        for data in (whole[:place], whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :]):
            path.write_bytes(data)
            try:
                typefaces.load_extras([path])
            except BadInputError as problem:
                assert "cannot be used" in str(problem)  # noqa: PT017 (either is right)


LOOK = ParagraphStyle("look", fontName=typefaces.REGULAR, fontSize=10)
WORDS = st.lists(
    st.sampled_from(["door", "7", "12:30", "سلام", "السجن", "ห้องน้ำ", "(B)", ".", "«"]), min_size=1, max_size=30
)


@given(WORDS, st.integers(60, 400))
def test_every_word_has_its_own_place_on_a_line(words: list[str], room: int) -> None:
    ink = Ink(typefaces.load_extras([ARABIC, THAI]))
    lines = lines_of(Paragraph(ink.markup(" ".join(words)), LOOK).frags, room, 3)
    assert "".join(piece.text for line in lines for word in line.words for piece in word) == "".join(words)
    for line, left in zip(lines, sides(lines), strict=True):
        spans = sorted((x, x + piece.wide) for x, piece, _, _ in placed(line, 3, left=left))
        assert all(end <= start + 1e-6 for (_, end), (start, _) in pairwise(spans))
        assert len(line.words) == 1 or spans[-1][1] <= room + 1e-6


def test_latin_words_within_an_arabic_line_keep_their_own_order() -> None:
    ink = Ink(typefaces.load_extras([ARABIC]))
    (line,) = lines_of(Paragraph(ink.markup("سلام ward B 7 السجن"), LOOK).frags, 400, 3)
    places = {piece.text: x for x, piece, _, _ in placed(line, 3, left=sides([line])[0])}
    assert places["السجن"] < places["ward"] < places["B"] < places["7"] < places["سلام"]


def test_a_thai_line_never_begins_with_a_mark() -> None:
    ink = Ink(typefaces.load_extras([THAI]))
    for room in range(40, 200, 7):
        for line in lines_of(Paragraph(ink.markup(THAI_NOTE * 5), LOOK).frags, room, 3):
            first = line.words[0][0].text[0]
            assert first not in "ะาำ"
            assert unicodedata.category(first) != "Mn"

"""What does a report cost? ``make peers``, then ``python benchmarks/reporting.py [--rounds N]``.

One visit with 200 findings, 12 photographs of 2 megapixels and 6 kinds of chart becomes a report: ours, for the
authority, checked against harm, tagged, with its data attached; and beside it the same texts, tables, charts and
pictures as a plain ReportLab document without tags and data, and by typst, WeasyPrint and fpdf2. What they print is
taken from our own pages, so that all print the same. Each runs in a process of its own, which makes a small document
first, so that imports and fonts do not count. Medians of the rounds, taken in turn, of processor seconds and of the
clock; then the cost of a finding from 50 to 5,000.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from inspect_kit.export.report.fonts import BOLD, FILES, FOLDER, REGULAR
from inspect_kit.model import (
    Account,
    Assessment,
    Attachment,
    Checklist,
    ClauseNote,
    Consent,
    Edition,
    Evidence,
    EvidenceKind,
    Facility,
    Finding,
    Group,
    Item,
    Member,
    Place,
    Priority,
    Profile,
    Recommendation,
    Scope,
    Section,
    Source,
    Strength,
    Team,
    VisitKind,
    VisitPlan,
    VisitRecord,
    VisitState,
)

TOLD = (
    "the door of the search room stood open to corridor while officers waited outside and women said that they had "
    "asked for it to be shut register shows no entry in september although gate book counts returns from court"
)
WORDS = TOLD.split()
KINDS = (EvidenceKind.OBSERVATION, EvidenceKind.INTERVIEW, EvidenceKind.DOCUMENT, EvidenceKind.MEASUREMENT)
LEVELS = (Assessment.MET, Assessment.PARTLY_MET, Assessment.NOT_MET, Assessment.MET, Assessment.NOT_VERIFIED)
MADE = datetime(2026, 11, 25, 12, tzinfo=UTC)
PEERS = ("ours", "reportlab", "typst", "weasyprint", "fpdf2")


def photograph(number: int) -> bytes:
    """Make up a picture of 2 megapixels with the detail of a room."""
    seed = random.Random(number)  # noqa: S311 (no secret)
    small = Image.frombytes("RGB", (68, 51), seed.randbytes(68 * 51 * 3))
    out = BytesIO()
    small.resize((1632, 1224), Image.Resampling.BICUBIC).save(out, "JPEG", quality=88)
    return out.getvalue()


def visit_of(findings: int, pictures: int) -> tuple[VisitRecord, dict[str, bytes]]:
    """Make up a visit."""
    seed = random.Random(findings)  # noqa: S311 (no secret)

    def text(least: int, most: int) -> str:
        told = " ".join(seed.choice(WORDS) for _ in range(seed.randint(least, most)))
        return told[0].upper() + told[1:] + "."

    files = {hashlib.sha256(data).hexdigest(): data for data in map(photograph, range(pictures))}
    digests = list(files)
    items, found = [], {}
    for number in range(findings):
        theme, name = f"theme-{number // 25}", f"theme-{number // 25}.item-{number}"
        clauses = (f"BR-{number % 40 + 1}.1",)
        question = f"Is it so that {text(8, 16)[:-1]}?"
        items.append(Item(name, theme, f"Item {number}", clauses, Strength.DUTY, question, "",
                          places=(list(Place)[number % 12],), number=number % 25 + 1))  # fmt: skip
        sources = [
            Evidence(KINDS[(number + step) % 4], text(12, 40), consent=Consent.PUBLIC, interviewee=f"W{number % 60}")
            for step in range(3)
        ]
        step = max(findings // max(pictures, 1), 1)
        if number % step == 0 and number // step < pictures:
            digest = digests[number // step]
            file = Attachment(digest, "photo.jpg", "image/jpeg", len(files[digest]))
            sources.append(Evidence(EvidenceKind.PHOTO, text(6, 12), consent=Consent.PUBLIC, attachment=file))
        level = LEVELS[number % 5]
        priority = Priority.URGENT if number == 2 else Priority.HIGH if number % 50 == 7 else Priority.NORMAL
        reason = text(8, 15) if level.needs_reason else ""
        found[name] = Finding(name, level, reason, text(40, 120), priority, evidence=tuple(sources))
    themes = {item.theme: Section(item.theme, f"Field {item.theme[6:]}", (), "s") for item in items}
    notes = {item.clauses[0]: ClauseNote("Safety", text(12, 25)) for item in items}
    asked = tuple(
        Recommendation(text(15, 30), "The director", f"2027-{number % 9 + 1:02d}-15", findings=(items[number].id,),
                       number=number + 1) for number in range(max(1, findings // 10)))  # fmt: skip
    held = Profile({Group.WOMEN: 212, Group.PRETRIAL: 58, Group.SENTENCED: 154})
    plan = VisitPlan(Facility("Prison Example-Bench", "Benchton", "Exampleland", "Prison Service", 180, held),
                     VisitKind.FULL, "2026-11-03", "2026-11-05")  # fmt: skip
    return VisitRecord(
        "01BENCH",
        plan,
        Team((Member("Ana Example", woman=True), Member("Berta Muster", woman=True))),
        Checklist("c" * 64, {"s": Source("Rules", "Example Rules")}, themes, notes, Scope(), tuple(items)),
        Account(text(60, 80), text(30, 50), text(20, 40), text(20, 40)),
        VisitState.COMPLETE,
        found,
        asked,
        authors={"ab" * 32: "Ana Example"},
    ), files


def answers_to(visit: VisitRecord) -> dict[str, str]:
    """What the team has said of each point of the do-no-harm check before; writing looks for them all again."""
    from inspect_kit.analysis import open_points

    return {point.id: "Looked at." for point in open_points(visit, Edition.AUTHORITY)}


def ours(visit: VisitRecord, files: dict[str, bytes], answers: dict[str, str], out: Path) -> None:
    """Write our report."""
    from inspect_kit.export.report import write_report

    write_report(visit, Edition.AUTHORITY, out, files.__getitem__, MADE, answers=answers)


Block = tuple[str, Any]
"""A kind (text, table, chart, picture, page) and what it holds."""


def blocks_of(visit: VisitRecord, files: dict[str, bytes]) -> list[Block]:
    """What our pages print, for those who print it otherwise: texts with their style, tables, charts, pictures."""
    from reportlab.platypus import PageBreak, Table

    from inspect_kit.analysis import disclose
    from inspect_kit.export.report import write
    from inspect_kit.export.report.charts import Bar, Chart, Legend, Strip
    from inspect_kit.export.report.content import Content
    from inspect_kit.export.report.data import ReportData, read_data, report_data
    from inspect_kit.export.report.flowables import Badge, Band, Beside, ContentsLine, Figures, Photograph
    from inspect_kit.export.report.paragraphs import Text

    def walk(things: Any) -> Iterator[Block]:
        for thing in things if isinstance(things, (list, tuple)) else [things]:
            if isinstance(thing, Text):
                yield "text", (thing.style.name, thing.getPlainText(), markups[id(thing)], thing.bulletText)
            elif isinstance(thing, Table):
                yield "table", [[list(walk(cell)) for cell in row] for row in thing._cellvalues]
            elif isinstance(thing, Photograph):
                yield "picture", originals[thing.jpeg]
            elif isinstance(thing, Bar):
                yield "chart", [(level, number) for level, number in thing.counts.items() if number]
            elif isinstance(thing, Strip):
                yield "chart", [(level, 1) for level in thing.levels]
            elif isinstance(thing, Chart) and not isinstance(thing, Legend):
                yield "chart", [(part, 1) for part in thing.tag.alt.split("; ")]
            elif isinstance(thing, Badge):
                yield "text", plain("cell bold", thing.assessment.label if thing.assessment else "not judged yet")
            elif isinstance(thing, Beside):
                yield from walk([*thing.texts, thing.badge])
            elif isinstance(thing, Band):
                yield from walk(list(thing.texts))
            elif isinstance(thing, ContentsLine):
                yield from walk(thing.title)
            elif isinstance(thing, Figures):
                yield from (("text", plain("body", f"{figure} {words}")) for figure, words in thing.figures)
            elif isinstance(thing, PageBreak):
                yield "page", None

    from inspect_kit.export.report.pictures import prepare

    begin = Text.__init__

    def remember(self: Text, text: str, *more: Any, **options: Any) -> None:
        begin(self, text, *more, **options)
        markups[id(self)] = re.sub("</?a\\b[^>]*>|<bullet>.*?</bullet>", "", text)

    markups: dict[int, str] = {}
    Text.__init__ = remember  # type: ignore[method-assign]
    originals = {prepare(data) or b"": data for data in files.values()}
    jpegs = {hashlib.sha256(data).hexdigest(): jpeg for jpeg, data in originals.items()}
    data = report_data(ReportData(disclose(visit, Edition.AUTHORITY), Edition.AUTHORITY, MADE))
    blocks = list(walk(write._report(Content(read_data(data), jpegs, "0" * 64))))
    Text.__init__ = begin  # type: ignore[method-assign]
    return blocks


def plain(look: str, text: str) -> tuple[str, str, str, None]:
    """A text without markup."""
    return look, text, html.escape(text), None


def plain_reportlab(blocks: list[Block], out: Path) -> None:
    """Print the blocks with ReportLab as its manual teaches it: no tags, no data, no second pass."""
    from reportlab import rl_config
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table
    from reportlab.platypus import Image as Picture

    from inspect_kit.export.report import style

    rl_config.useA85 = 0
    looks = {look.name: look for look in vars(style).values() if hasattr(look, "leading")}
    fills = (HexColor("#C9DEDD"), HexColor("#3E7D86"), HexColor("#0E3A43"))

    class Bars(Flowable):  # type: ignore[misc]
        def __init__(self, rows: list[tuple[str, int]], wide: float) -> None:
            super().__init__()
            self.rows, self.width, self.height = rows, wide, 14

        def draw(self) -> None:
            total, x = sum(number for _, number in self.rows), 0.0
            for place, (_, number) in enumerate(self.rows):
                self.canv.setFillColor(fills[place % 3])
                self.canv.rect(x, 0, self.width * number / total, 12, stroke=0, fill=1)
                x += self.width * number / total

    def flow(block: Block, wide: float) -> Any:
        kind, told = block
        if kind == "text":
            return Paragraph(told[2], looks.get(told[0], style.BODY), bulletText=told[3] and "–")
        if kind == "table":
            columns = max(map(len, told))
            rows = [[[flow(one, wide / columns - 12) for one in cell] for cell in row] for row in told]
            return Table(rows, colWidths=[wide / columns] * columns, splitInRow=1)
        if kind == "chart":
            return Bars(told, wide)
        if kind == "picture":
            return Picture(BytesIO(told), 272, 204)
        return PageBreak()

    def number(canvas: Any, document: Any) -> None:
        canvas.setFont(REGULAR, 8)
        canvas.drawString(72, 40, f"Page {document.page}")

    document = SimpleDocTemplate(str(out), pagesize=(595, 842), initialFontName=REGULAR)
    document.build([flow(block, style.WIDTH) for block in blocks], onFirstPage=number, onLaterPages=number)


def markup_of(blocks: list[Block], folder: Path) -> str:
    """The blocks as HTML, pictures as files."""
    parts = []

    def put(block: Block) -> str:
        kind, told = block
        if kind == "text":
            tag = {"section": "h1", "theme": "h2", "heading": "h3"}.get(told[0], "p")
            return f"<{tag}>{html.escape(told[1])}</{tag}>"
        if kind == "table":
            rows = ("".join(f"<td>{''.join(map(put, cell))}</td>" for cell in row) for row in told)
            return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
        if kind == "chart":
            total, x, bars = sum(number for _, number in told), 0.0, ""
            for _, number in told:
                bars += f'<rect x="{x:.2f}" width="{100 * number / total:.2f}" height="12" y="0"/>'
                x += 100 * number / total
            return f'<svg width="100" height="12">{bars}</svg>'
        if kind == "picture":
            file = folder / f"{hashlib.sha256(told).hexdigest()[:16]}.jpg"
            file.write_bytes(told)
            return f'<img src="{file.name}" width="272"/>'
        return '<div class="page"></div>'

    parts += map(put, blocks)
    look = (
        f"@font-face{{font-family:N;src:url({(FOLDER / FILES[REGULAR]).as_uri()})}}"
        f"@font-face{{font-family:N;font-weight:bold;src:url({(FOLDER / FILES[BOLD]).as_uri()})}}"
        "body{font:9.6pt/14pt N}table{width:100%}td{vertical-align:top}.page{break-after:page}"
        "@page{size:A4;margin:25mm;@bottom-left{content:'Page ' counter(page)}}"
    )
    return f"<html lang=en><head><title>Report</title><style>{look}</style></head><body>{''.join(parts)}</body></html>"


def weasyprint(blocks: list[Block], out: Path) -> None:
    """Print the blocks with WeasyPrint."""
    from weasyprint import HTML

    with tempfile.TemporaryDirectory() as folder:
        HTML(string=markup_of(blocks, Path(folder)), base_url=folder).write_pdf(out)


def typst(blocks: list[Block], out: Path) -> None:
    """Print the blocks with typst."""
    import typst as compiler

    def quoted(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    with tempfile.TemporaryDirectory() as folder:

        def put(block: Block) -> str:
            kind, told = block
            if kind == "text":
                level = {"section": 1, "theme": 2, "heading": 3}.get(told[0])
                return f"#heading(level: {level}, {quoted(told[1])})\n" if level else f"#par[#{quoted(told[1])}]\n"
            if kind == "table":
                columns = max(map(len, told))
                cells = ", ".join(f"[{''.join(map(put, cell))}]" for row in told for cell in row)
                return f"#table(columns: {columns}, stroke: none, {cells})\n"
            if kind == "chart":
                total = sum(number for _, number in told)
                bars = ", ".join(
                    f"rect(width: 99% * {number} / {total}, height: 12pt, fill: teal)" for _, number in told
                )
                return f"#stack(dir: ltr, {bars})\n"
            if kind == "picture":
                file = Path(folder) / f"{hashlib.sha256(told).hexdigest()[:16]}.jpg"
                file.write_bytes(told)
                return f'#image("{file.name}", width: 272pt)\n'
            return "#pagebreak(weak: true)\n"

        start = '#set text(font: "Noto Sans", size: 9.6pt)\n#set page(margin: 25mm, numbering: "1")\n'
        source = Path(folder) / "report.typ"
        source.write_text(start + "".join(map(put, blocks)), encoding="utf-8")
        compiler.compile(str(source), output=str(out), font_paths=[str(FOLDER)])


def fpdf2(blocks: list[Block], out: Path) -> None:
    """Print the blocks with fpdf2."""
    from fpdf import FPDF
    from fpdf.enums import XPos, YPos

    class Document(FPDF):
        def footer(self) -> None:
            self.set_y(-15)
            self.cell(0, 10, f"Page {self.page_no()}")

    document = Document(unit="pt", format="A4")
    document.add_font("N", "", str(FOLDER / FILES[REGULAR]))
    document.add_font("N", "B", str(FOLDER / FILES[BOLD]))
    document.set_margins(71, 71)
    document.set_auto_page_break(True, 74)
    document.add_page()

    def words(cell: list[Block]) -> str:
        return "\n".join(told[1] for kind, told in cell if kind == "text")

    def put(block: Block) -> None:
        kind, told = block
        if kind == "text":
            big = told[0] in ("section", "theme", "heading")
            document.set_font("N", "B" if big else "", 14 if big else 9.6)
            document.multi_cell(0, 14, told[1] or " ", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        elif kind == "table":
            document.set_font("N", "", 9)
            with document.table(line_height=12, first_row_as_headings=False) as table:
                for row in told:
                    line = table.row()
                    for cell in row:
                        line.cell(words(cell))
            for one in (one for row in told for cell in row for one in cell if one[0] != "text"):
                put(one)
        elif kind == "chart":
            total, x, y = sum(number for _, number in told), document.l_margin, document.get_y()
            for _, number in told:
                document.rect(x, y, 453 * number / total, 12, style="F")
                x += 453 * number / total
            document.ln(14)
        elif kind == "picture":
            document.image(BytesIO(told), w=272)
        else:
            document.add_page()

    for block in blocks:
        put(block)
    document.output(str(out))


def run(name: str, findings: int, pictures: int) -> tuple[float, float]:
    """Make a small document, then the one that is measured; processor seconds and seconds of the clock."""
    maker = {"reportlab": plain_reportlab, "typst": typst, "weasyprint": weasyprint, "fpdf2": fpdf2}
    took = (0.0, 0.0)
    with tempfile.TemporaryDirectory() as folder:
        for size, shots in ((5, 1), (findings, pictures)):
            visit, files = visit_of(size, shots)
            blocks = [] if name == "ours" else blocks_of(visit, files)
            answers = answers_to(visit) if name == "ours" else {}
            clock, spent = time.perf_counter(), time.process_time()
            if name == "ours":
                ours(visit, files, answers, Path(folder) / "r.pdf")
            else:
                maker[name](blocks, Path(folder) / "r.pdf")
            took = (time.process_time() - spent, time.perf_counter() - clock)
    return took


def apart(name: str, findings: int, pictures: int) -> tuple[float, float] | None:
    """Run in a process of its own; None where the peer is not installed."""
    command = [sys.executable, __file__, "--one", name, str(findings), str(pictures)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (ourselves)
    if done.returncode:
        if "ModuleNotFoundError" in done.stderr:
            return None
        sys.exit(done.stderr)
    spent, clock = map(float, done.stdout.split()[-2:])
    return spent, clock


def main() -> None:
    """Run the rounds and print the medians."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--one", nargs=3)
    chosen = parser.parse_args()
    if chosen.one:
        print(*run(chosen.one[0], int(chosen.one[1]), int(chosen.one[2])))  # noqa: T201
        return
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in PEERS}
    for _ in range(chosen.rounds):
        for name in PEERS:
            measured = apart(name, 200, 12)
            if measured is not None:
                took[name].append(measured)
    base = [statistics.median(column) for column in zip(*took["reportlab"], strict=True)]
    for name, rounds in took.items():
        if not rounds:
            print(f"{name:12} not installed")  # noqa: T201
            continue
        spent, clock = (statistics.median(column) for column in zip(*rounds, strict=True))
        ratios = f"÷ plain ReportLab {spent / base[0]:.2f} and {clock / base[1]:.2f}"
        print(f"{name:12} {spent:6.2f} s of processor, {clock:6.2f} s of clock; {ratios}")  # noqa: T201
    few = min(3, chosen.rounds)
    alone = statistics.median((apart("ours", 1, 0) or (0.0, 0.0))[0] for _ in range(few))
    print(f"a report of one finding: {1000 * alone:.0f} ms of processor; each further finding:")  # noqa: T201
    for size in (50, 200, 1000, 5000):
        spent = statistics.median((apart("ours", size, 0) or (0.0, 0.0))[0] for _ in range(few))
        print(f"{size:5} findings: {1000 * (spent - alone) / (size - 1):.2f} ms")  # noqa: T201


if __name__ == "__main__":
    main()

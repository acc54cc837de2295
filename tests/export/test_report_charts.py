"""What the charts of a report show, and what is read out in their place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from visit_builder import Files, empty_visit, evidence, full_visit, one_finding

from inspect_kit.export.report.charts import told
from inspect_kit.model import Assessment, EvidenceKind, Finding, Priority, Recommendation
from tests.pdf_tools import words

Write = Callable[..., Path]


def alts(path: Path) -> list[str]:
    with pikepdf.open(path) as pdf:
        found = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        return [str(one.Alt) for one in found]


def test_each_chart_is_told_in_words(full_report: Path) -> None:
    found = alts(full_report)
    assert "Occupancy: 215 held, 180 official places, 119 %" in found
    assert any(one.startswith("Sources by kind: Observation ") for one in found)
    assert any(one.startswith("Findings by the kinds of source they rest on: Three or more kinds ") for one in found)
    month = "Recommendations by month: Jan 2027 1, of these 1 urgent or high; Feb 2027 1, of these 1 urgent or high;"
    assert any(one.startswith(month) for one in found)


def test_an_empty_visit_has_no_chart_but_of_its_occupancy(written: Write) -> None:
    assert [one.partition(":")[0] for one in alts(written(empty_visit()))] == ["Occupancy"]


def test_counts_are_told_in_the_order_of_the_legend() -> None:
    assert told({"open": 2, Assessment.NOT_MET: 1, Assessment.MET: 3}) == "3 met · 1 not met · 2 not looked at"


def test_due_days_that_are_no_days_draw_no_column(written: Write) -> None:
    days = ("soon", "2027-01-02", "2027-13-01", "2027-02-01", "", "x")
    wanted = tuple(Recommendation("Do.", "Director", due, number=number) for number, due in enumerate(days, 1))
    assert not any(one.startswith("Recommendations") for one in alts(written(one_finding(recommendations=wanted))))


@pytest.mark.parametrize(("kinds", "said"), [
    ((EvidenceKind.OBSERVATION,), "Rests on one kind of source (1 source)."),
    ((EvidenceKind.OBSERVATION, EvidenceKind.PHOTO), "Rests on one kind of source (2 sources)."),
    ((EvidenceKind.DOCUMENT, EvidenceKind.INTERVIEW),
     "2 sources of two independent kinds: interview and document."),
])  # fmt: skip
def test_a_finding_says_on_which_kinds_of_source_it_rests(
    kinds: tuple[EvidenceKind, ...], said: str, written: Write
) -> None:
    sources = tuple(evidence(kind, "Seen.") for kind in kinds)
    assert said in words(written(one_finding(Finding("", Assessment.MET, evidence=sources))))


def test_sources_that_contradict_each_other_are_told_and_both_are_shown(written: Write) -> None:
    sources = (evidence(EvidenceKind.INTERVIEW, "Never."), evidence(EvidenceKind.DOCUMENT, "Every day."))
    text = words(written(one_finding(Finding("", Assessment.NOT_MET, evidence=sources, contradiction=True))))
    assert text.index("The sources contradict each other.") < text.index("Never.") < text.index("Every day.")


def test_more_concerns_than_a_board_can_act_on_are_told_and_none_is_left_out(written: Write) -> None:
    visit = full_visit(Files())
    findings = {item: replace(one, priority=Priority.HIGH) for item, one in visit.findings.items()}
    text = words(written(replace(visit, findings=findings)))
    assert f"{len(findings)} findings are key concerns" in text
    assert f"High priority: {len(findings)} findings" in text


def test_each_clause_stands_in_the_matrix_with_what_was_judged(full_report: Path) -> None:
    text = words(full_report)
    assert "Annex: what was judged of each clause" in text
    assert "Coverage by place" not in text  # no item of this visit names a place

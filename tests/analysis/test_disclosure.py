"""Nothing that a witness did not agree to enters an edition."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspect_kit.analysis import disclose
from inspect_kit.model import (
    Account,
    Attachment,
    Checklist,
    Consent,
    Edition,
    Evidence,
    EvidenceKind,
    Facility,
    Finding,
    Scope,
    Team,
    VisitKind,
    VisitPlan,
    VisitRecord,
    VisitState,
)

WIDTH = {Consent.NONE: 0, Consent.INTERNAL: 1, Consent.AUTHORITY: 2, Consent.PUBLIC: 3}
NEEDED = {Edition.INTERNAL: 1, Edition.AUTHORITY: 2, Edition.PUBLIC: 3}
PERSONAL = {EvidenceKind.INTERVIEW, EvidenceKind.STAFF_INTERVIEW, EvidenceKind.OTHER_INTERVIEW, EvidenceKind.PHOTO}

attachments = st.none() | st.builds(
    Attachment,
    digest=st.just("ab" * 32),
    name=st.just("Zulaikha in cell 4.jpg"),
    media_type=st.sampled_from(["image/jpeg", "audio/mpeg", "application/pdf"]),
    size=st.just(9),
)
sources = st.builds(
    Evidence,
    kind=st.sampled_from(EvidenceKind),
    note=st.integers().map("note {}".format),
    place=st.sampled_from(["", "place W"]),
    when=st.sampled_from(["", "time W"]),
    group=st.sampled_from(["", "group W"]),
    interviewee=st.sampled_from(["", "CODE-07"]),
    consent=st.sampled_from(Consent),
    attachment=attachments,
    id=st.just("01EVIDENCE"),
    author=st.just("Ines Example"),
    recorded=st.just("2026-11-04T09:05:00.123Z.0000"),
)
findings = st.dictionaries(st.sampled_from("abc"), st.lists(sources, max_size=4), max_size=3)


def record(evidence: dict[str, list[Evidence]]) -> VisitRecord:
    return VisitRecord(
        "01VISIT",
        VisitPlan(Facility("North"), VisitKind.FULL, "2026-11-04"),
        Team(),
        Checklist("", {}, {}, {}, Scope(), ()),
        Account(),
        VisitState.INSPECTING,
        {item: Finding(item, evidence=tuple(found)) for item, found in evidence.items()},
    )


@given(findings, st.sampled_from(Edition))
def test_nothing_enters_an_edition_without_the_consent_it_needs(evidence, edition: Edition) -> None:
    visit = record(evidence)
    shown = disclose(visit, edition)
    for item, found in evidence.items():
        may = [one for one in found if one.kind not in PERSONAL or WIDTH[one.consent] >= NEEDED[edition]]
        assert [one.note for one in shown.visit.findings[item].evidence] == [one.note for one in may]
        assert shown.withheld.get(item, 0) == len(found) - len(may)
    assert all(shown.withheld.values())
    assert visit == record(evidence)  # the record itself stays whole


@given(findings)
@example({"a": [Evidence(EvidenceKind.OBSERVATION, "seen", interviewee="CODE-07", group="group W")]})
@example({"a": [Evidence(EvidenceKind.DOCUMENT, "read", interviewee="CODE-07")]})
def test_the_public_edition_holds_no_code_no_group_and_no_name_of_a_file(evidence) -> None:
    shown = disclose(record(evidence), Edition.PUBLIC).visit
    text = repr(shown)
    for word in ("CODE-07", "group W", "Zulaikha", "Ines Example", "2026-11-04T09:05"):
        assert word not in text
    for finding in shown.findings.values():
        for source in finding.evidence:
            if source.kind in PERSONAL:
                assert (source.place, source.when) == ("", "")
            if source.kind.is_interview:
                assert source.attachment is None  # a voice is known by anybody


@given(findings)
def test_what_may_be_shown_within_is_shown_as_it_was_recorded(evidence) -> None:
    shown = disclose(record(evidence), Edition.INTERNAL).visit
    for item, found in evidence.items():
        assert set(shown.findings[item].evidence) <= set(found)


@given(findings)
def test_a_narrower_readership_never_sees_less(evidence) -> None:
    visit = record(evidence)
    seen = [
        sum(len(finding.evidence) for finding in disclose(visit, edition).visit.findings.values())
        for edition in (Edition.PUBLIC, Edition.AUTHORITY, Edition.INTERNAL)
    ]
    assert seen == sorted(seen)


@pytest.mark.parametrize("edition", list(Edition))
def test_a_source_without_any_consent_is_shown_to_nobody(edition: Edition) -> None:
    said = Evidence(EvidenceKind.INTERVIEW, "They beat us.", interviewee="W-07")
    shown = disclose(record({"a": [said, replace(said, kind=EvidenceKind.PHOTO)]}), edition)
    assert shown.visit.findings["a"].evidence == ()
    assert shown.withheld == {"a": 2}
    assert "beat" not in repr(shown)


@pytest.mark.parametrize("edition", [Edition.AUTHORITY, Edition.PUBLIC])
@pytest.mark.parametrize(
    ("media_type", "shown"), [("image/jpeg", False), ("audio/wav", False), ("application/pdf", True)]
)
def test_a_picture_or_recording_for_which_nobody_was_asked_leaves_the_body_with_no_other_kind_of_evidence(
    edition: Edition, media_type: str, shown: bool
) -> None:
    seen = Evidence(EvidenceKind.OBSERVATION, "a yard", attachment=Attachment("ab" * 32, "yard", media_type, 9))
    (source,) = disclose(record({"a": [seen]}), edition).visit.findings["a"].evidence
    assert source.note == "a yard"
    assert (source.attachment is not None) is shown

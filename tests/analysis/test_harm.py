"""Do no harm: what a careful reader would find in a note, found while it is typed."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from inspect_kit.analysis import Harm, HarmKind, harms, harms_of, harms_of_source
from inspect_kit.model import (
    Account,
    Checklist,
    Evidence,
    EvidenceKind,
    Facility,
    Finding,
    Group,
    Profile,
    Recommendation,
    VisitKind,
    VisitPlan,
    VisitRecord,
    VisitState,
)
from tests.conftest import FACILITY, TEAM

NOTES = yaml.safe_load(Path(__file__).with_name("notes-harm.yaml").read_text(encoding="utf-8"))
PROFILE = Profile(NOTES["held"])
FLOOR = 0.95
"""The least recall and precision of each kind over the notes."""

PARTS = (
    "Mrs Kovač", "Amina", "Hassan", "the", "only", "a pregnant woman", "girl", "girls said", "born", "3 May 1990",
    "+66", "81 234", "no.", "prisoner", "48213", "A.", "K.,", "34", "W7", "is", "and", "de la", "’s", "\n",
    ". ", "- ", "[/b]",
    "ขอบคุณ", "คุณสมศรี", "السيدة فاطمة", "王女士", "🙂", "e\u0301", "\u0130", "ß", "ǅ", "²", "٣٤",
)  # fmt: skip


def kinds(text: str, group: str = "", profile: Profile = PROFILE) -> list[str]:
    return [harm.kind.value for harm in harms(text, profile, group)]


def test_of_each_kind_nearly_all_harms_are_found_and_nearly_all_that_is_found_is_harm() -> None:
    right, missed, wrong = Counter[str](), Counter[str](), Counter[str]()
    apart = []
    for note in NOTES["notes"]:
        expected = set(note["kinds"])
        found = {one.kind.value for one in harms(note["text"], PROFILE, note.get("group", ""), NOTES["names"])}
        right.update(expected & found)
        missed.update(expected - found)
        wrong.update(found - expected)
        if expected != found:
            apart.append(f"{sorted(expected)} but {sorted(found)}: {note['text']}")
    figures = {
        kind.value: (right[kind] / (right[kind] + missed[kind]), right[kind] / (right[kind] + wrong[kind]))
        for kind in HarmKind
    }
    told = "\n".join([f"{kind}: recall {r:.2f}, precision {p:.2f}" for kind, (r, p) in figures.items()] + apart)
    assert min(min(pair) for pair in figures.values()) >= FLOOR, told


def test_hardly_a_name_is_seen_in_the_questions_of_a_whole_checklist(checklist: Checklist) -> None:
    texts = [
        text
        for item in checklist.items
        for text in (
            item.ask, item.why, *item.look, *item.records, *item.red_flags,
            *(said for pair in item.they_say for said in pair),
            *(one for said in item.talk_to.values() for one in said),
        )
    ]  # fmt: skip
    assert len(texts) > 500
    found = [harm.words for text in texts for harm in harms(text, Profile()) if harm.kind is not HarmKind.SMALL_GROUP]
    assert found == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Seen: Mrs Kovač, at noon", "“Mrs Kovač” looks like a name: write a code such as W7"),
        ("born 3.5.1990", "“born 3.5.1990” tells an exact age: write “in her thirties”"),
        ("call +66 81 234 5678", "“+66 81 234 5678” looks like a phone number: leave it out"),
        ("of prisoner 12345", "“prisoner 12345” looks like a person's number: leave it out"),
        ("The girl cried", "“The girl” could be 1 of 2 here: leave out what sets her apart"),
    ],
)
def test_a_warning_is_one_sentence_that_names_the_words_and_says_what_to_write(text: str, said: str) -> None:
    (harm,) = harms(text, PROFILE)
    assert harm.message == said
    assert text[harm.start : harm.end] == harm.words


def test_a_warning_shows_braces_as_they_were_typed() -> None:
    assert Harm(HarmKind.NAME, 0, 8, "Am{of}a {").message == "“Am{of}a {” looks like a name: write a code such as W7"


def test_names_of_the_team_and_of_the_house_are_no_harm_but_a_namesake_with_another_family_name_is() -> None:
    names = ("Ines Example", "Lindhaven Remand")
    assert harms("Ines Example and Ms Example came to Lindhaven Remand. Ines led.", PROFILE, names=names) == ()
    assert [harm.words for harm in harms("Ines Castellano was alone.", PROFILE, names=names)] == ["Ines Castellano"]


def test_two_groups_together_make_a_crowd_small() -> None:
    profile = Profile({Group.WOMEN: 100, Group.PREGNANT: 8, Group.PRETRIAL: 25})
    assert harms("", profile, "pregnant") == ()
    assert harms("", profile, "women awaiting trial") == ()
    (harm,) = harms("", profile, "pregnant, awaiting trial")
    assert (harm.of, harm.words, harm.start, harm.end) == (2, "pregnant, awaiting trial", 0, 0)
    assert "could be 1 of 2 here" in harm.message


def test_either_of_two_groups_is_as_many_as_both() -> None:
    profile = Profile({Group.WOMEN: 100, Group.PREGNANT: 3, Group.BREASTFEEDING: 2})
    assert kinds("", "pregnant or breastfeeding", profile) == []
    assert kinds("", "pregnant, breastfeeding", profile) == ["small-group"]


def test_five_are_a_crowd_four_are_not_and_where_nobody_counted_nothing_is_said() -> None:
    note = "The pregnant woman in cell 4 cannot sleep."
    assert kinds(note, profile=Profile({Group.PREGNANT: 5})) == []
    assert kinds(note, profile=Profile({Group.PREGNANT: 4})) == ["small-group"]
    assert kinds(note, profile=Profile()) == []
    assert kinds("The only pregnant woman cannot sleep.", profile=Profile()) == ["small-group"]


def test_a_group_of_which_the_profile_says_nobody_is_held_points_to_one_person() -> None:
    (harm,) = harms("", Profile({Group.WOMEN: 50, Group.GIRLS: 0}), "girl")
    assert harm.of == 1


def test_an_officer_is_not_asked_from_which_group_of_prisoners_she_comes() -> None:
    assert kinds("", "officers, girls unit") == []
    assert harms_of_source(Evidence(EvidenceKind.STAFF_INTERVIEW, "Short.", group="pregnant"), PROFILE) == ()


@pytest.mark.parametrize("who", ["W7", "S12", "w7", "W3, W7", "W3 and W7", ""])
def test_a_code_is_what_an_interviewee_may_be_called(who: str) -> None:
    assert harms_of_source(Evidence(EvidenceKind.INTERVIEW, "Cold.", interviewee=who), PROFILE) == ()


@pytest.mark.parametrize("who", ["Noy", "noy", "W7 Noy", "Mrs K", "ขวัญ"])
def test_anything_else_in_the_place_of_her_code_is_taken_for_her_name(who: str) -> None:
    (harm,) = harms_of_source(Evidence(EvidenceKind.INTERVIEW, "Cold.", interviewee=who), PROFILE)
    assert (harm.kind, harm.words) == (HarmKind.NAME, who)


@given(st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=6)), max_size=25), st.text(max_size=20))
def test_whatever_is_typed_the_words_stand_where_the_harm_says_and_nothing_breaks(parts: list[str], group: str) -> None:
    for glue in ("", " "):
        text = glue.join(parts)
        found = harms(text, PROFILE, group, ("Ada Samplewright", ""))
        inside = [harm for harm in found if harm.end]
        assert all(text[harm.start : harm.end] == harm.words for harm in inside)
        assert [harm.start for harm in inside] == sorted(harm.start for harm in inside)
        assert all(harm.message.startswith("“") for harm in found)


def test_a_harm_is_found_at_the_end_of_a_very_long_note() -> None:
    text = "Three of eight showers were cold. " * 3000 + "Officer Tanaka was there."
    (harm,) = harms(text, PROFILE)
    assert harm.words == "Officer Tanaka"


def test_a_visit_tells_where_its_harms_stand_items_first(checklist: Checklist) -> None:
    first, second = checklist.items[:2]
    visit = VisitRecord(
        "01VISIT",
        VisitPlan(
            replace(FACILITY, name="Kovač House"), VisitKind.FULL, "2026-11-04", purpose="As Ines Example asked."
        ),
        TEAM,
        checklist,
        Account(limits="Mrs Adeyemi could not be seen."),
        VisitState.INSPECTING,
        {
            second.id: Finding(second.id, narrative="All well.", reason="Officer Mbeki had the key."),
            first.id: Finding(
                first.id,
                narrative="Kovač House is clean.",
                evidence=(
                    Evidence(EvidenceKind.INTERVIEW, "Cold.", interviewee="W1"),
                    Evidence(EvidenceKind.INTERVIEW, "Cold.", interviewee="W2", group="pregnant"),
                    Evidence(EvidenceKind.OBSERVATION, "Open.", place="cell of Amina Hassan"),
                ),
            ),
        },
        (Recommendation("Train officer Dube.", "the director", number=3),),
    )
    assert [(one.item, one.field, one.harm.words) for one in harms_of(visit)] == [
        (first.id, "evidence 2", "pregnant"),
        (first.id, "evidence 3", "Amina Hassan"),
        (second.id, "reason", "Officer Mbeki"),
        ("", "recommendation 3", "officer Dube"),
        ("", "limits", "Mrs Adeyemi"),
    ]


def test_a_record_without_a_word_holds_no_harm(checklist: Checklist) -> None:
    plan = VisitPlan(Facility("North"), VisitKind.FULL, "2026-11-04")
    assert harms_of(VisitRecord("01VISIT", plan, TEAM, checklist, Account(), VisitState.PLANNED)) == ()


@pytest.mark.parametrize(
    "note",
    [
        "Née le 3 février 1990, elle est là depuis mai.",
        "date de naissance : 1er juillet 1987",
        "Mme Exemplaire dit avoir été fouillée deux fois.",
        "La surveillante Fictova est entrée sans frapper.",
        "Sa fille Maëlle vit avec elle.",
        "détenue n° 48213, au quartier B",
        "On peut la joindre au 06 12 34 56 78.",
    ],
)
def test_what_points_to_a_person_is_noticed_in_french_too(note: str) -> None:
    assert list(harms(note, Profile()))


@pytest.mark.parametrize(
    "note",
    [
        "Trois douches sur huit étaient froides à 07 h 10.",
        "Depuis le 3 février 2026, la règle 22 est affichée au greffe.",
        "La surveillante et la directrice nous ont accompagnées.",
        "La Croix-Rouge est venue deux fois en mars 2026.",
        "Le registre compte 132 fouilles en trois mois.",
    ],
)
def test_french_notes_about_places_and_days_are_left_alone(note: str) -> None:
    assert list(harms(note, Profile())) == []

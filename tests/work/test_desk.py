"""Sitting down to work: passphrase files, the first identity, attached files, planning, samples."""

import os
import stat
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from PIL import Image

from inspect_kit.casebook import ATTACHMENT_LIMIT, Casebook
from inspect_kit.errors import BadInputError, CasebookError, IdentityError, PassphraseError, UnknownError
from inspect_kit.files import bundled, own_folder
from inspect_kit.identity import create, load, save
from inspect_kit.model import Assessment, Evidence, EvidenceKind, Group, Profile, Scope, VisitKind, VisitPlan
from inspect_kit.work.attaching import describe, read_attachment
from inspect_kit.work.desk import (
    create_casebook,
    default_casebook,
    default_identity,
    read_passphrase,
    sign_in,
    suggested_name,
)
from inspect_kit.work.planning import checklist_for, existing_or_new, plan_visit
from inspect_kit.work.samples import CANVAS, draw, list_samples, load_sample
from tests.casebook.laptops import entries
from tests.conftest import FACILITY, TEAM, AtWork

SAMPLES = sorted(file.stem for file in bundled("sample_visits").glob("*.yaml"))

# -- passphrases


@pytest.mark.parametrize(
    ("content", "passphrase"),
    [
        (b"correct horse", "correct horse"),
        (b"correct horse\n", "correct horse"),
        (b"correct horse\r\nsecond line", "correct horse"),
        (b" spaces stay \n", " spaces stay "),
        ("ห้องน้ำ\n".encode(), "ห้องน้ำ"),
        (b"\xef\xbb\xbfcorrect horse\r\n", "correct horse"),  # as Notepad writes it
    ],
)
def test_the_passphrase_is_the_first_line_of_its_file(tmp_path: Path, content: bytes, passphrase: str) -> None:
    (tmp_path / "pass").write_bytes(content)
    assert read_passphrase(tmp_path / "pass") == passphrase


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"\n", "is empty"),
        (b"\nsecond", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\xff\xfe", "is no text"),
        (b"x" * 70_000, "larger"),
    ],
)
def test_a_passphrase_file_without_a_passphrase_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "pass").write_bytes(content)
    with pytest.raises(BadInputError, match=told):
        read_passphrase(tmp_path / "pass")


def test_a_passphrase_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="pass is not there"):
        read_passphrase(tmp_path / "pass")


# -- the first minute


def test_everything_of_ours_lies_in_the_users_own_folder(home: Path) -> None:
    assert own_folder().is_relative_to(home)
    assert default_casebook().parent == default_identity().parent == own_folder()


def test_the_default_casebook_makes_its_folder_for_its_owner_only() -> None:
    with create_casebook(default_casebook(), None) as casebook:
        assert casebook.visits() == []
    assert stat.S_IMODE(own_folder().stat().st_mode) == 0o700
    with pytest.raises(CasebookError, match="exists already"):
        create_casebook(default_casebook(), None)


def test_a_casebook_elsewhere_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(CasebookError, match="the folder"):
        create_casebook(tmp_path / "nowhere" / "north.casebook", None)
    assert not (tmp_path / "nowhere").exists()


def test_an_identity_is_made_at_first_use_and_then_kept(tmp_path: Path) -> None:
    with Casebook.create(tmp_path / "north.casebook") as casebook:
        sign_in(casebook, None, None, "Ines Example", "Board")
        first = default_identity().read_bytes()
        assert casebook.author_name() == "Ines Example"
        sign_in(casebook, None, None, "Somebody Else")
        assert default_identity().read_bytes() == first
        assert casebook.author_name() == "Ines Example"
    assert load(default_identity()).organisation == "Board"
    assert stat.S_IMODE(default_identity().stat().st_mode) == 0o600


def test_a_protected_identity_asks_for_its_passphrase_once_in_each_casebook(tmp_path: Path) -> None:
    save(create("Ines Example", "", "correct horse"), tmp_path / "me.p12")
    with Casebook.create(tmp_path / "north.casebook") as casebook:
        with pytest.raises(PassphraseError):
            sign_in(casebook, tmp_path / "me.p12", None)
        with pytest.raises(PassphraseError):
            sign_in(casebook, tmp_path / "me.p12", "wrong")
        assert casebook.author_name() == ""
        sign_in(casebook, tmp_path / "me.p12", "correct horse")
    with Casebook.open(tmp_path / "north.casebook") as casebook:
        sign_in(casebook, tmp_path / "me.p12", None)
        assert casebook.author_name() == "Ines Example"


def test_an_identity_that_was_named_is_never_made(tmp_path: Path) -> None:
    with Casebook.create(tmp_path / "north.casebook") as casebook:
        with pytest.raises(BadInputError, match="is not there"):
            sign_in(casebook, tmp_path / "me.p12", None)
        (tmp_path / "me.p12").write_bytes(b"no key")
        with pytest.raises(IdentityError):
            sign_in(casebook, tmp_path / "me.p12", None)
    assert not default_identity().exists()


@pytest.mark.parametrize(
    ("full", "login", "suggested"),
    [
        ("Ines Example,Room 4,,", "ines", "Ines Example"),
        ("", "ines", "ines"),
        ("x" * 300, "ines", "x" * 64),
        ("", "x" * 300, "x" * 64),
        ("root", "root", ""),
        ("", "root", ""),
    ],
)
def test_a_machine_suggests_a_name_that_a_certificate_can_hold(
    monkeypatch, full: str, login: str, suggested: str
) -> None:
    monkeypatch.setattr("pwd.getpwuid", lambda _: SimpleNamespace(pw_gecos=full))
    monkeypatch.setattr("getpass.getuser", lambda: login)
    assert suggested_name() == suggested


# -- attached files


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xff\xd8\xff\xe0JFIF", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"II*\0", "image/tiff"),
        (b"MM\0*", "image/tiff"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"%PDF-1.7", "application/pdf"),
        (b"PK\x03\x04", "application/zip"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
        (b"ID3\x04", "audio/mpeg"),
        (b"\0\0\0\x18ftypisom", "video/mp4"),
        (b"just a note", "application/octet-stream"),
        (b"\xff", "application/octet-stream"),
    ],
)
def test_a_file_is_judged_by_its_first_bytes_and_not_by_its_name(tmp_path: Path, data: bytes, kind: str) -> None:
    (tmp_path / "photo.txt").write_bytes(data)
    attachment, read = read_attachment(tmp_path / "photo.txt")
    assert (attachment.media_type, attachment.size, attachment.name) == (kind, len(data), "photo.txt")
    assert read == data


def test_the_folder_a_file_came_from_is_not_kept(tmp_path: Path) -> None:
    folder = tmp_path / "Zulaikha, cell 4"
    folder.mkdir()
    (folder / "door.jpg").write_bytes(b"\xff\xd8\xff")
    assert "Zulaikha" not in repr(read_attachment(folder / "door.jpg"))


def test_an_empty_missing_or_too_large_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    with pytest.raises(BadInputError, match="is empty"):
        read_attachment(tmp_path / "empty.jpg")
    with pytest.raises(BadInputError, match="is not there"):
        read_attachment(tmp_path / "none.jpg")
    with pytest.raises(BadInputError, match="not an ordinary file"):
        read_attachment(tmp_path)
    with (tmp_path / "film.mp4").open("wb") as file:
        file.truncate(ATTACHMENT_LIMIT + 1)
    with pytest.raises(BadInputError, match="larger than 50 MB"):
        read_attachment(tmp_path / "film.mp4")


@pytest.mark.parametrize("name", [b"d\xffor.jpg", b"door\n2.jpg", b"\x1b[31mdoor.jpg", "ประตู.jpg".encode(), b"x" * 255])
def test_a_file_with_any_name_the_disk_allows_can_be_attached(at_work: AtWork, tmp_path: Path, name: bytes) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(b"\xff\xd8\xffdoor")
    attachment, data = read_attachment(path)
    evidence = Evidence(EvidenceKind.PHOTO, "The door.", attachment=attachment)
    at_work.casebook.add_evidence(at_work.visit, "hygiene.showers", evidence, data)
    (source,) = at_work.casebook.finding(at_work.visit, "hygiene.showers").evidence
    assert source.attachment == attachment
    assert attachment.name.isprintable()
    assert len(attachment.name) <= 200
    assert attachment.name.endswith("jpg") or len(name) > 200


# -- planning


def test_a_visit_is_planned_for_whom_the_facility_holds(at_work: AtWork) -> None:
    work = at_work.casebook
    nobody_pregnant = Profile({Group.WOMEN: 9, Group.PREGNANT: 0, Group.BREASTFEEDING: 0, Group.WITH_CHILDREN: 0})
    facility = existing_or_new(work, replace(FACILITY, profile=nobody_pregnant))
    assert facility.id == at_work.facility
    visit = plan_visit(work, VisitPlan(facility, VisitKind.THEMATIC, "2027-01-11"), TEAM, Scope(themes=("hygiene",)))
    checklist = work.visit(visit).checklist
    assert checklist == checklist_for(Scope(themes=("hygiene",)), nobody_pregnant)
    assert not all(item.applies for item in checklist.items)


def test_a_follow_up_needs_the_visit_that_it_follows(at_work: AtWork) -> None:
    facility = at_work.casebook.facility(at_work.facility)
    plan = VisitPlan(facility, VisitKind.FOLLOW_UP, "2027-01-11", follow_up="01NOBODY")
    with pytest.raises(UnknownError):
        plan_visit(at_work.casebook, plan, TEAM, Scope())
    visit = plan_visit(at_work.casebook, replace(plan, follow_up=at_work.visit), TEAM, Scope())
    assert at_work.casebook.visit(visit).plan.follow_up == at_work.visit


def test_of_two_facilities_with_one_name_none_is_guessed(at_work: AtWork) -> None:
    at_work.casebook.add_facility(FACILITY)
    with pytest.raises(BadInputError, match="2 facilities are called “North Prison”"):
        existing_or_new(at_work.casebook, FACILITY)
    other = existing_or_new(at_work.casebook, replace(FACILITY, name="South Prison"))
    assert other == replace(FACILITY, name="South Prison", id=other.id)


# -- sample visits


def test_there_are_sample_visits_with_titles() -> None:
    samples = list_samples()
    assert [sample.name for sample in samples] == SAMPLES
    assert "north-full" in SAMPLES  # the demo loads it
    assert all(sample.title and "\n" not in sample.title for sample in samples)


def words(text: str) -> str:
    return text.strip()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_visit_loads_keeps_every_word_and_is_sound(at_work: AtWork, name: str) -> None:
    work = at_work.casebook
    work._db.execute("PRAGMA synchronous = OFF")
    visit = load_sample(work, name)
    record = work.visit(visit)
    source = yaml.safe_load((bundled("sample_visits") / f"{name}.yaml").read_text(encoding="utf-8"))
    for finding in source["findings"]:
        kept = record.findings[finding["item"]]
        assert kept.assessment is Assessment(finding["assessment"])
        assert (kept.narrative, kept.reason) == (words(finding.get("narrative", "")), finding.get("reason", ""))
        assert kept.priority == finding.get("priority", "normal")
        notes = [words(one["note"]) for one in finding.get("evidence", ())]
        assert sorted(one.note for one in kept.evidence) == sorted(notes)
        for one in kept.evidence:
            if one.attachment:
                assert Image.open(BytesIO(work.attachment(one.attachment.digest))).size == CANVAS
    assert len(record.findings) == len({finding["item"] for finding in source["findings"]}) == len(source["findings"])
    asked = [words(one["text"]) for one in source.get("recommendations", ())]
    assert sorted(one.text for one in record.recommendations) == sorted(asked)
    assert len(record.team.members) == len(source["team"]["members"])
    assert record.conflicts == ()
    health = work.health()
    assert health.sound, health.problems
    before = len(entries(work))
    work.rebuild()
    assert len(entries(work)) == before


def test_a_sample_visit_that_is_not_there_is_named_with_those_that_are(at_work: AtWork) -> None:
    for name in ("", "south", "../north-full"):
        with pytest.raises(UnknownError, match=r"No sample visit .* north-full"):
            load_sample(at_work.casebook, name)


def test_an_example_picture_is_drawn_from_its_source() -> None:
    shapes = [
        {"rectangle": [10, 10, 60, 60], "fill": "#ff0000"},
        {"ellipse": [100, 100, 200, 200], "outline": "#00ff00", "width": 3},
        {"line": [0, 400, 640, 400], "fill": "#0000ff", "width": 4},
        {"text": [300, 200, "door"], "fill": "#000000"},
    ]
    picture = Image.open(BytesIO(draw({"background": "#ffffff", "shapes": shapes}))).convert("RGB")
    assert picture.size == CANVAS
    assert picture.getpixel((30, 30)) == (255, 0, 0)
    assert picture.getpixel((320, 400)) == (0, 0, 255)
    assert picture.getpixel((639, 0)) == (255, 255, 255)
    assert describe("x.png", draw({"background": "#ffffff", "shapes": shapes}))[0].media_type == "image/png"

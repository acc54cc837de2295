"""Making and opening a casebook: the right file, the right passphrase, or one clear sentence."""

import os
import sqlite3
import stat
import unicodedata
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import sqlcipher3
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from inspect_kit.casebook import Casebook, sqlite
from inspect_kit.errors import BadInputError, CasebookError, InspectKitError, PassphraseError
from inspect_kit.identity import Identity
from inspect_kit.model import Assessment, Evidence, EvidenceKind
from inspect_kit.work.attaching import describe
from tests.conftest import FACILITY, AtWork, enrol

TOLD_US = "Zulaikha told us about the night shift"


def beside(path: Path) -> list[Path]:
    return sorted(path.parent.glob(path.name + "*"))


def sentence_of(told: pytest.ExceptionInfo[Exception]) -> str:
    text = str(told.value)
    assert isinstance(told.value, InspectKitError)
    assert "\n" not in text
    assert text.endswith((".", ")."))
    return text


def test_a_new_casebook_is_empty_sound_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "north.casebook"
    with Casebook.create(path) as casebook:
        assert casebook.visits() == []
        assert casebook.facilities() == []
        assert casebook.health().sound
        assert not casebook.encrypted
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in beside(path)] == ["north.casebook"]


def test_what_was_recorded_is_there_after_opening_again(at_work: AtWork) -> None:
    at_work.casebook.judge(at_work.visit, "hygiene.showers", Assessment.NOT_MET, narrative=TOLD_US)
    at_work.casebook.close()
    with Casebook.open(at_work.path) as again:
        assert again.finding(at_work.visit, "hygiene.showers").narrative == TOLD_US
        assert again.finding(at_work.visit, "hygiene.showers").author == "Ines Example"


@pytest.mark.parametrize("content", [b"", b"notes of somebody", None], ids=["empty file", "file", "casebook"])
def test_a_file_that_exists_is_never_replaced_nor_removed(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "north.casebook"
    if content is None:
        Casebook.create(path).close()
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(CasebookError) as told:
        Casebook.create(path)
    assert "exists already" in sentence_of(told)
    assert path.read_bytes() == before


def test_a_casebook_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CasebookError) as told:
        Casebook.create(tmp_path / "nowhere" / "north.casebook")
    assert "the folder" in sentence_of(told)


def test_a_casebook_that_could_not_be_made_leaves_nothing_behind(tmp_path: Path, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("inspect_kit.casebook.schema.refuse_newer", fail)
    with pytest.raises(KeyboardInterrupt):
        Casebook.create(tmp_path / "north.casebook", "correct horse")
    assert list(tmp_path.glob("*.casebook*")) == []


# -- passphrases

CAFE = "café Ångström ñ"


@pytest.mark.parametrize(
    "passphrase",
    ["it's \"quoted\" '; DROP TABLE entries; --", "''", " ", "ห้องน้ำ" + CAFE, "🔑" * 200],
)
def test_an_encrypted_casebook_opens_with_its_passphrase_only(tmp_path: Path, passphrase: str) -> None:
    path = tmp_path / "north.casebook"
    with Casebook.create(path, passphrase) as casebook:
        assert casebook.encrypted
    with Casebook.open(path, passphrase) as casebook:
        assert casebook.encrypted
        assert casebook.health().sound
    with pytest.raises(PassphraseError) as told:
        Casebook.open(path, passphrase + "?")
    assert "does not open" in sentence_of(told)
    with pytest.raises(PassphraseError) as told:
        Casebook.open(path)
    assert "give its passphrase" in sentence_of(told)
    assert passphrase not in str(told.value) or len(passphrase) < 3


@pytest.mark.parametrize(("typed", "later"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_passphrase_opens_however_the_keyboard_composes_its_letters(tmp_path: Path, typed: str, later: str) -> None:
    one, other = (unicodedata.normalize(form, CAFE) for form in (typed, later))
    assert one != other
    Casebook.create(tmp_path / "north.casebook", one).close()
    with Casebook.open(tmp_path / "north.casebook", other) as casebook:
        assert casebook.health().sound


@pytest.mark.parametrize(
    "passphrase", ["", "a\nb", "a\0b", "a\udc80b"], ids=["empty", "two lines", "NUL", "half letter"]
)
def test_a_passphrase_that_nobody_could_type_again_is_refused(tmp_path: Path, passphrase: str) -> None:
    path = tmp_path / "north.casebook"
    with pytest.raises(BadInputError) as told:
        Casebook.create(path, passphrase)
    assert "choose another" in sentence_of(told)
    assert not path.exists()
    Casebook.create(path, "correct horse").close()
    with pytest.raises(InspectKitError) as told:
        Casebook.open(path, passphrase)
    sentence_of(told)


def test_a_casebook_in_clear_does_not_claim_to_be_encrypted_because_a_passphrase_was_given(tmp_path: Path) -> None:
    Casebook.create(tmp_path / "north.casebook").close()
    with Casebook.open(tmp_path / "north.casebook", "correct horse") as casebook:
        assert not casebook.encrypted


@pytest.mark.parametrize("passphrase", ["correct horse", None], ids=["encrypted", "in clear"])
def test_no_word_of_an_encrypted_casebook_can_be_read_from_the_disk(
    begin: Callable[..., AtWork], tmp_path: Path, passphrase: str | None
) -> None:
    """In clear the same words are found, so that this test is known to look in the right place."""
    work = begin(tmp_path / "north.casebook", passphrase)
    work.casebook.judge(work.visit, "hygiene.showers", Assessment.NOT_MET, narrative=TOLD_US)
    attachment, data = describe("list.txt", b"a list with " + TOLD_US.encode())
    work.casebook.add_evidence(
        work.visit, "hygiene.showers", Evidence(EvidenceKind.DOCUMENT, TOLD_US, attachment=attachment), data
    )
    seen: dict[str, bool] = {}
    for moment in ("open", "closed"):
        if moment == "closed":
            work.casebook.close()
        files = beside(work.path)
        assert len(files) == (3 if moment == "open" else 1), files
        text = b"".join(file.read_bytes() for file in files)
        seen[moment] = any(
            word.encode() in text for word in (TOLD_US, "North Prison", "hygiene.showers", "Ines Example")
        )
        seen[f"{moment}, header"] = b"SQLite format 3" in text
    assert set(seen.values()) == {passphrase is None}


@pytest.mark.parametrize("passphrase", [None, "correct horse"], ids=["in clear", "encrypted"])
def test_a_casebook_is_opened_so_that_an_act_is_on_the_disk_before_it_is_acknowledged(
    tmp_path: Path, passphrase: str | None
) -> None:
    """No test can cut the power; it can see that SQLite is told to flush, and to zero what is erased."""
    Casebook.create(tmp_path / "north.casebook", passphrase).close()
    with Casebook.open(tmp_path / "north.casebook", passphrase) as casebook:
        for pragma, value in (
            ("journal_mode", "wal"),
            ("synchronous", 2),
            ("secure_delete", 1),
            ("foreign_keys", 1),
            ("trusted_schema", 0),
            ("temp_store", 2),
        ):
            assert casebook._db.execute(f"PRAGMA {pragma}").fetchone() == (value,), pragma


# -- files that are no casebook


def jpeg() -> bytes:
    file = BytesIO()
    Image.effect_noise((90, 90), 60).save(file, "JPEG")
    return file.getvalue()


def other_database() -> bytes:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE visits (id TEXT)")
    database.commit()
    return database.serialize()


def damaged_casebook(folder: Path) -> bytes:
    Casebook.create(folder / "whole.casebook").close()
    data = bytearray((folder / "whole.casebook").read_bytes())
    data[100:4096] = os.urandom(3996)
    return bytes(data)


@pytest.mark.parametrize("passphrase", [None, "correct horse"], ids=["no passphrase", "passphrase"])
@pytest.mark.parametrize(
    "make",
    [
        lambda _: b"",
        lambda _: b"Notes of 4 November\n" * 7,
        lambda _: b"Notes of 4 November.\n" * 512,
        lambda _: os.urandom(4096),
        lambda _: os.urandom(5000),
        lambda _: jpeg(),
        lambda _: jpeg().ljust(8192, b"\0"),
        lambda _: other_database(),
        lambda _: b"SQLite format 3\x00",
        lambda _: b"SQLite format 3\x00" + os.urandom(4080),
        damaged_casebook,
    ],
    ids=[
        "empty",
        "text",
        "text of whole pages",
        "random",
        "random, odd size",
        "JPEG",
        "JPEG of whole pages",
        "other database",
        "header alone",
        "header and noise",
        "damaged",
    ],
)
def test_a_file_that_is_no_casebook_is_refused_and_left_as_it_is(tmp_path: Path, make, passphrase: str | None) -> None:
    path = tmp_path / "north.casebook"
    path.write_bytes(make(tmp_path))
    before = path.read_bytes()
    with pytest.raises(CasebookError) as told:
        Casebook.open(path, passphrase)
    assert "casebook" in sentence_of(told)
    assert path.read_bytes() == before
    assert beside(path) == [path]


@pytest.mark.parametrize("there", ["missing", "folder", "pipe"])
def test_what_is_no_file_is_no_casebook(tmp_path: Path, there: str) -> None:
    path = tmp_path / "north.casebook"
    if there == "folder":
        path.mkdir()
    elif there == "pipe":
        os.mkfifo(path)
    with pytest.raises(CasebookError) as told:
        Casebook.open(path)
    assert ("is not there" if there == "missing" else "not an ordinary file") in sentence_of(told)


@settings(max_examples=30)
@given(st.integers(0, 4095), st.integers(1, 255))
def test_a_flipped_byte_in_an_encrypted_casebook_is_never_shown_as_a_note(
    tmp_path_factory, place: int, flip: int
) -> None:
    folder = tmp_path_factory.mktemp("flip")
    path = folder / "north.casebook"
    with pytest.MonkeyPatch.context() as patch:  # the derivation of a key is not what is tested here
        patch.setenv("XDG_DATA_HOME", str(folder))
        Casebook.create(path, "x'" + "00ff" * 16 + "'").close()
        data = bytearray(path.read_bytes())
        data[place] ^= flip
        path.write_bytes(data)
        with pytest.raises(CasebookError):
            Casebook.open(path, "x'" + "00ff" * 16 + "'")


def test_a_casebook_of_a_newer_inspect_kit_is_refused_and_left_as_it_is(at_work: AtWork) -> None:
    at_work.casebook._db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('inspect_kit', 'redaction_of_dreams', '2031-01-01')"
    )
    at_work.casebook.close()
    before = at_work.path.read_bytes()
    with pytest.raises(CasebookError) as told:
        Casebook.open(at_work.path)
    assert "newer inspect_kit: update" in sentence_of(told)
    assert at_work.path.read_bytes() == before


def test_an_older_projection_is_made_anew_on_opening(at_work: AtWork) -> None:
    at_work.casebook.judge(at_work.visit, "hygiene.showers", Assessment.MET, narrative="kept")
    at_work.casebook._db.execute("UPDATE findings SET narrative = 'of an older program'")
    at_work.casebook._db.execute("UPDATE settings SET value = '0' WHERE name = 'projection'")
    at_work.casebook._db.conn.commit()
    at_work.casebook.close()
    with Casebook.open(at_work.path) as casebook:
        assert casebook.finding(at_work.visit, "hygiene.showers").narrative == "kept"


def test_replace_does_not_pass_by_the_triggers_that_keep_the_journal(at_work: AtWork) -> None:
    at_work.casebook.judge(at_work.visit, "hygiene.showers", Assessment.MET)
    with pytest.raises(sqlcipher3.DatabaseError, match="append"):
        at_work.casebook._db.execute("REPLACE INTO entries SELECT * FROM entries LIMIT 1")


# -- who works here, and on which machine


def test_nobody_records_without_a_name(tmp_path: Path) -> None:
    with Casebook.create(tmp_path / "north.casebook") as casebook, pytest.raises(CasebookError) as told:
        casebook.add_facility(FACILITY)
    assert "choose an identity" in sentence_of(told)


def test_a_known_key_file_signs_in_without_its_passphrase_and_a_new_one_does_not(
    at_work: AtWork, ines: Identity, omar: Identity
) -> None:
    with Casebook.open(at_work.path) as again:
        assert again.author_name() == ""
        assert not again.author_of(omar.key_file)
        assert again.author_of(ines.key_file)
        assert again.author_name() == "Ines Example"
        enrol(again, omar)
        assert again.author_name() == "Omar Example"


def laptop_of(casebook: Casebook) -> str:
    return str(casebook._author).partition(".")[2]


def test_a_copy_on_another_machine_records_under_a_laptop_name_of_its_own(
    at_work: AtWork, tmp_path: Path, ines: Identity, monkeypatch
) -> None:
    here = laptop_of(at_work.casebook)
    at_work.casebook.close()
    with Casebook.open(at_work.path) as again:
        again.author_of(ines.key_file)
        assert laptop_of(again) == here
    copy = tmp_path / "copy.casebook"
    copy.write_bytes(at_work.path.read_bytes())
    monkeypatch.setattr("inspect_kit.casebook.file.own_folder", lambda: tmp_path / "other machine")
    for _ in range(2):
        with Casebook.open(copy) as there:
            assert there.author_of(ines.key_file)
            name = laptop_of(there)
            assert name != here
            there.judge(at_work.visit, "hygiene.showers", Assessment.MET)
            assert there.health().clones == ()
    with Casebook.open(copy) as there:
        there.author_of(ines.key_file)
        assert laptop_of(there) == name


def test_two_machines_that_can_keep_no_name_do_not_share_one(
    at_work: AtWork, tmp_path: Path, ines, monkeypatch
) -> None:
    at_work.casebook.close()
    (tmp_path / "read only").write_text("a file, so that no folder can be made here")
    monkeypatch.setattr("inspect_kit.casebook.file.own_folder", lambda: tmp_path / "read only" / "folder")
    names = set()
    for _ in range(2):
        with Casebook.open(at_work.path) as casebook:
            casebook.author_of(ines.key_file)
            names.add(laptop_of(casebook))
    assert len(names) == 2


def test_the_program_says_in_words_what_sqlite_says_in_codes(tmp_path: Path) -> None:
    for said, told in (
        ("database or disk is full", "the disk is full"),
        ("database is locked", "another program"),
        ("attempt to write a readonly database", "may not be written"),
        ("database disk image is malformed", "damaged"),
        ("disk I/O error", "does not answer"),
        ("no such table: x", "SQLite says: no such table: x"),
    ):
        with pytest.raises(CasebookError, match=told), sqlite.told(tmp_path):
            raise sqlite.DatabaseError(said)

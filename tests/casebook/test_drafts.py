"""Drafts: what was typed and not kept lies in the casebook, beside the journal, until it is kept or thrown away."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from inspect_kit.casebook import Casebook
from inspect_kit.casebook.drafts import DRAFT_LIMIT
from inspect_kit.errors import BadInputError, InspectKitError
from inspect_kit.identity import Identity
from inspect_kit.model import Assessment
from tests.casebook.laptops import entries, tables
from tests.conftest import AtWork, enrol

KEY = "note V1 hygiene.showers"
TYPED = "[/b] “no pad” — ขอบคุณ مرحبا 🙂\n\tsecond line\x00 & \r\n<i> Zulaikha"


def test_a_draft_is_there_to_the_letter_after_opening_again(at_work: AtWork, ines: Identity) -> None:
    values = {"note": TYPED, "kind": "", "long": "x" * 100_000}
    stamp = at_work.casebook.keep_draft(KEY, values)
    at_work.casebook.close()
    with Casebook.open(at_work.path) as again:
        enrol(again, ines)
        assert again.drafts()[KEY].values == values
        assert again.drafts()[KEY].kept == stamp


def test_a_draft_is_no_entry_and_neither_rebuild_nor_doctor_touches_it(at_work: AtWork) -> None:
    before = entries(at_work.casebook), tables(at_work.casebook)
    at_work.casebook.keep_draft(KEY, {"note": TYPED})
    at_work.casebook.rebuild()
    assert at_work.casebook.health().sound
    assert (entries(at_work.casebook), tables(at_work.casebook)) == before
    assert at_work.casebook.drafts()[KEY].values == {"note": TYPED}


def test_each_inspector_sees_her_own_drafts_only_and_cannot_write_over_anothers(
    at_work: AtWork, ines: Identity, omar: Identity
) -> None:
    at_work.casebook.keep_draft(KEY, {"note": "hers"})
    enrol(at_work.casebook, omar)
    assert at_work.casebook.drafts() == {}
    at_work.casebook.keep_draft(KEY, {"note": "his"})
    at_work.casebook.drop_draft("note V1 something.else")
    enrol(at_work.casebook, ines)
    assert at_work.casebook.drafts()[KEY].values == {"note": "hers"}
    at_work.casebook.drop_draft(KEY)
    enrol(at_work.casebook, omar)
    assert at_work.casebook.drafts()[KEY].values == {"note": "his"}


def test_a_casebook_without_an_author_takes_no_drafts(tmp_path: Path) -> None:
    with Casebook.create(tmp_path / "new.casebook") as casebook, pytest.raises(InspectKitError, match="author"):
        casebook.keep_draft(KEY, {"note": "whose?"})


@pytest.mark.parametrize("text", ["ก" * (DRAFT_LIMIT // 3), "broken \ud800"], ids=["too long", "no text"])
def test_a_draft_that_cannot_be_held_is_refused_with_a_sentence_and_the_one_before_stays(
    at_work: AtWork, text: str
) -> None:
    at_work.casebook.keep_draft(KEY, {"note": "before"})
    with pytest.raises(BadInputError) as told:
        at_work.casebook.keep_draft(KEY, {"note": text})
    assert "\n" not in str(told.value)
    assert at_work.casebook.drafts()[KEY].values == {"note": "before"}


def judge_both(work: AtWork, *items: str) -> None:
    for item in items:
        work.casebook.judge(work.visit, item, Assessment.MET, narrative="half of the act")


def test_a_draft_goes_in_the_same_moment_as_its_act_and_stays_when_the_act_is_refused(at_work: AtWork) -> None:
    casebook = at_work.casebook
    casebook.keep_draft(KEY, {"note": "typed with care"})
    before = entries(casebook)
    with pytest.raises(InspectKitError), casebook.instead_of_draft(KEY):
        judge_both(at_work, "hygiene.showers", "no.such-item")
    assert casebook.drafts()[KEY].values == {"note": "typed with care"}
    assert entries(casebook) == before
    with casebook.instead_of_draft(KEY):
        casebook.judge(at_work.visit, "hygiene.showers", Assessment.MET, narrative="typed with care")
    assert casebook.drafts() == {}
    assert casebook.finding(at_work.visit, "hygiene.showers").narrative == "typed with care"


def test_nothing_of_a_draft_that_was_thrown_away_is_left_in_the_file(at_work: AtWork) -> None:
    chance = random.Random(4)  # noqa: S311 (lengths, no secret)
    for number in range(120):
        key = f"note V1 item.{number % 7}"
        if chance.random() < 0.3:
            at_work.casebook.drop_draft(key)
        else:
            at_work.casebook.keep_draft(key, {"note": "Zulaikha " * chance.randint(1, 2_000)})
    assert b"Zulaikha" in b"".join(file.read_bytes() for file in at_work.path.parent.glob("north.casebook*"))
    for number in range(7):
        at_work.casebook.drop_draft(f"note V1 item.{number}")
    at_work.casebook.close()
    assert b"Zulaikha" not in b"".join(file.read_bytes() for file in at_work.path.parent.glob("north.casebook*"))


def test_an_encrypted_casebook_encrypts_drafts(begin: Callable[..., AtWork], tmp_path: Path) -> None:
    work = begin(tmp_path / "north.casebook", "correct horse")
    work.casebook.keep_draft(KEY, {"note": "Zulaikha"})
    while_open = b"".join(file.read_bytes() for file in tmp_path.glob("north.casebook*"))
    work.casebook.close()
    assert b"Zulaikha" not in while_open + work.path.read_bytes()


def test_a_casebook_from_before_drafts_gets_room_for_them(at_work: AtWork, ines: Identity) -> None:
    at_work.casebook._db.execute("DROP TABLE drafts")
    at_work.casebook._db.execute("DELETE FROM _sqlite_migrations WHERE name = 'drafts'")
    at_work.casebook._db.conn.commit()
    at_work.casebook.close()
    with Casebook.open(at_work.path) as casebook:
        enrol(casebook, ines)
        casebook.keep_draft(KEY, {"note": "kept"})
        assert casebook.finding(at_work.visit, "hygiene.showers") is None
        assert casebook.drafts()[KEY].values == {"note": "kept"}


def test_a_draft_is_on_the_disk_when_it_is_acknowledged(at_work: AtWork, ines: Identity) -> None:
    """What another connection reads has been committed, and commits are flushed (see test_opening)."""
    at_work.casebook.keep_draft(KEY, {"note": "durable"})
    assert not at_work.casebook._db.conn.in_transaction
    with Casebook.open(at_work.path) as other:
        enrol(other, ines)
        assert other.drafts()[KEY].values == {"note": "durable"}

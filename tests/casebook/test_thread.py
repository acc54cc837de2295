"""The screens hand acts to one thread: all of them land, in order, and an error stops nobody."""

import json
import threading
from concurrent.futures import Future
from pathlib import Path

import pytest

from inspect_kit.casebook import Casebook, CasebookThread
from inspect_kit.errors import CasebookError, UnknownError
from inspect_kit.model import Assessment
from tests.casebook.laptops import entries
from tests.conftest import AtWork

ITEM = "hygiene.showers"


@pytest.fixture
def opening(at_work: AtWork, ines):
    """Opens the casebook in the thread that owns it, without waiting for each flush of the disk."""
    at_work.casebook.close()

    def open_() -> Casebook:
        casebook = Casebook.open(at_work.path)
        casebook._db.execute("PRAGMA synchronous = OFF")
        casebook.author_of(ines.key_file)
        return casebook

    return open_


def test_five_hundred_acts_from_five_threads_all_land_in_order(at_work: AtWork, opening) -> None:
    line = CasebookThread(opening)
    futures: list[Future[None]] = []

    def work(name: int) -> None:
        for number in range(100):
            note = f"{name}:{number}"
            futures.append(line.do(lambda book, note=note: book.judge(at_work.visit, ITEM, None, narrative=note)))

    hands = [threading.Thread(target=work, args=(name,)) for name in range(5)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    line.close()
    assert len(futures) == 500
    assert all(future.done() and future.exception() is None for future in futures)
    with Casebook.open(at_work.path) as casebook:
        notes = [
            json.loads(entry.body)["narrative"] for entry in entries(casebook) if '"kind":"judge"' in entry.envelope
        ]
        assert len(notes) == 500
        for name in range(5):
            mine = [note for note in notes if note.startswith(f"{name}:")]
            assert mine == [f"{name}:{number}" for number in range(100)]
        assert casebook.health().sound


def test_closing_finishes_what_stands_in_line(at_work: AtWork, opening) -> None:
    line = CasebookThread(opening)
    gate = threading.Event()
    waiting = line.do(lambda _: gate.wait(5))
    last = line.do(lambda book: book.judge(at_work.visit, ITEM, Assessment.MET, narrative="the last word"))
    threading.Timer(0.1, gate.set).start()
    line.close()
    line.close()  # twice is once
    assert waiting.result() is True
    assert last.done()
    with Casebook.open(at_work.path) as casebook:
        assert casebook.finding(at_work.visit, ITEM).narrative == "the last word"


def test_an_act_after_closing_is_refused_and_not_quietly_lost(at_work: AtWork, opening) -> None:
    line = CasebookThread(opening)
    line.close()
    with pytest.raises(CasebookError, match="closed already, so this was not saved"):
        line.do(lambda book: book.judge(at_work.visit, ITEM, Assessment.MET))


def test_an_error_comes_out_of_its_own_future_and_the_next_act_works(at_work: AtWork, opening) -> None:
    line = CasebookThread(opening)
    bad = line.do(lambda book: book.judge(at_work.visit, "no.item", Assessment.MET))
    worse = line.do(lambda _: 1 / 0)
    good = line.do(lambda book: book.judge(at_work.visit, ITEM, Assessment.MET, narrative="kept"))
    with pytest.raises(UnknownError):
        bad.result(5)
    with pytest.raises(ZeroDivisionError):
        worse.result(5)
    assert good.result(5) is None
    assert line.do(lambda book: book.finding(at_work.visit, ITEM).narrative).result(5) == "kept"
    line.close()


def test_a_casebook_that_does_not_open_says_so_and_can_be_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "later.casebook"
    line = CasebookThread(lambda: Casebook.open(path))
    with pytest.raises(CasebookError, match="is not there"):
        line.do(lambda book: book.visits()).result(5)
    Casebook.create(path).close()
    assert line.do(lambda book: book.visits()).result(5) == []
    line.close()


def test_the_casebook_is_opened_and_used_in_one_thread_which_is_not_ours(opening) -> None:
    seen: list[str] = []
    line = CasebookThread(lambda: seen.append(threading.current_thread().name) or opening())
    assert seen == []
    for _ in range(2):
        line.do(lambda _: seen.append(threading.current_thread().name)).result(5)
    line.close()
    assert len(set(seen)) == 1
    assert seen[0].startswith("casebook")
    assert len(seen) == 3

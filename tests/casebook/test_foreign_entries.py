"""Entries that lie, in a file made exactly as ours are: each is refused by name, and those that hold are taken."""

import json
import random
import shutil
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from inspect_kit.casebook import Casebook, chains, foreign, journal, sync
from inspect_kit.casebook.entry import ENVELOPE_LIMIT, Entry, digest
from inspect_kit.casebook.shapes import ATTACHMENT_LIMIT, BODY_LIMIT, KINDS
from inspect_kit.errors import CasebookError, InspectKitError
from inspect_kit.identity import Identity, create, make_seal
from inspect_kit.model import Assessment, canonical
from tests.casebook.laptops import Clock, entries, open_laptop
from tests.casebook.strangers import World, copied, forged, make_world, one_of_each, smuggle, spoil, untouched

JUDGED = {"assessment": "met", "reason": "", "narrative": "forged"}


@pytest.fixture(scope="module")
def made(tmp_path_factory, ines: Identity, omar: Identity, checklist) -> World:
    return make_world(tmp_path_factory.mktemp("world"), ines, omar, checklist)


@pytest.fixture
def world(made: World, tmp_path: Path) -> World:
    return copied(made, tmp_path)


@pytest.fixture
def ours(world: World, ines: Identity) -> Iterator[Casebook]:
    with open_laptop(world.ours, ines, Clock()) as book:
        yield book
        health = book.health()
        assert health.sound, health.problems


@pytest.fixture
def stranger() -> str:
    """An author whom nobody has met."""
    return "e" * 64 + ".0badcafe"


def judged(world: World, author: str, body: object = None, **changed: object) -> Entry:
    """A judgement that somebody made up."""
    subject = f"finding:{world.items[3]}"
    return forged(author, f"visit:{world.visit}", "judge", subject, body if body is not None else JUDGED, **changed)


def takes_the_rest(book: Casebook, world: World, entry: bytes, sentence: str, more: int = 0) -> None:
    """What holds in the file is taken, and this one entry is refused by name, with this reason."""
    taken = book.sync(world.theirs)
    assert (taken.taken, len(taken.refused)) == (6 + more, 1), taken
    (refusal,) = taken.refused
    assert refusal.entry == entry.hex()
    assert sentence in refusal.reason
    assert "\n" not in refusal.reason
    assert entry not in {one.id for one in entries(book)}
    again = book.sync(world.theirs)
    assert (again.taken, again.refused) == (0, taken.refused)


# -- envelopes


def as_written(entry: Entry, envelope: str) -> Entry:
    return Entry(digest(envelope.encode()), envelope, entry.salt, entry.body)


FORMS = {
    "with white space": lambda text: text.replace('":', '": ', 1),
    "with a name twice": lambda text: text.replace('"kind"', '"kind":"judge","kind"', 1),
    "with names in another order": lambda text: (
        canonical(json.loads(text)).replace('"version":1', "").replace("{", '{"version":1,', 1)[:-2] + "}"
    ),
    "with a letter escaped": lambda text: text.replace('"judge"', '"\\u006audge"'),
    "with a name more": lambda text: text.replace('"version":1', '"version":1,"words":""'),
    "with a name less": lambda text: text.replace('"previous":null,', ""),
    "of version 2": lambda text: text.replace('"version":1', '"version":2'),
    "of version 1.0": lambda text: text.replace('"version":1', '"version":1.0'),
    "with a place of a thousand digits": lambda text: text.replace('"seq":1', '"seq":' + "9" * 1000),
    "with a place that is no number": lambda text: text.replace('"seq":1', '"seq":"1"'),
    "with the place zero": lambda text: text.replace('"seq":1', '"seq":0'),
    "with a place of 1e3": lambda text: text.replace('"seq":1', '"seq":1e3'),
    "from the year 9999": lambda text: text.replace("2026-11-05T", "9999-11-05T"),
    "from before computers": lambda text: text.replace("2026-11-05T", "1969-11-05T"),
    "from 30 February": lambda text: text.replace("2026-11-05T", "2026-02-30T"),
    "from the 25th hour": lambda text: text.replace("T09:", "T25:"),
    "with digits of another script": lambda text: text.replace("2026-11-05T", "٢٠٢٦-11-05T"),
    "about nothing": lambda text: text.replace("finding:", "finding"),
    "about a path": lambda text: text.replace("finding:", "finding:../"),
    "in no stream": lambda text: text.replace('"visit:', '"planet:'),
    "of no author": lambda text: text.replace("e" * 64, "me"),
    "that is not JSON": lambda text: text[:-1],
    "that is empty": lambda text: "",
    "that is a list": lambda text: f"[{text}]",
    "with more after it": lambda text: text + "{}",
    "with a NUL after it": lambda text: text + "\0",
    "that replaces what is no entry": lambda text: text.replace('"replaces":[]', '"replaces":["all"]'),
    "that replaces one thing twice": lambda text: text.replace(
        '"replaces":[]', f'"replaces":["{"a" * 64}","{"a" * 64}"]'
    ),
    "that replaces in disorder": lambda text: text.replace('"replaces":[]', f'"replaces":["{"b" * 64}","{"a" * 64}"]'),
    "that follows something though it is the first": lambda text: text.replace("null", f'"{"a" * 64}"'),
    "longer than any": lambda text: text.replace(
        '"replaces":[]', '"replaces":[' + ",".join(f'"{number:064x}"' for number in range(1_000)) + "]"
    ),
}


def all_refused(book: Casebook, world: World, liars: dict[str, Entry], sentence: Callable[[Entry], str]) -> None:
    """Each of these is refused by name and with its reason, and what holds in the same file is taken."""
    smuggle(world.theirs, *liars.values())
    taken = book.sync(world.theirs)
    assert taken.taken == 6
    told = {one.entry: one.reason for one in taken.refused}
    assert told.keys() == {liar.id.hex() for liar in liars.values()}
    for name, liar in liars.items():
        assert sentence(liar) in told[liar.id.hex()], name
        assert "\n" not in told[liar.id.hex()]
    assert book.sync(world.theirs).taken == 0


def test_envelopes_of_another_form_are_refused(ours: Casebook, world: World, stranger: str) -> None:
    honest = judged(world, stranger)
    liars = {name: as_written(honest, change(honest.envelope)) for name, change in FORMS.items()}
    assert len({liar.id for liar in liars.values()} | {honest.id}) == len(FORMS) + 1
    other, long = "its envelope has another form", "longer than any of ours"
    all_refused(ours, world, liars, lambda liar: long if len(liar.envelope) > ENVELOPE_LIMIT else other)


def test_an_envelope_that_is_no_text_is_refused(ours: Casebook, world: World, stranger: str) -> None:
    honest = judged(world, stranger)
    data = honest.envelope.encode().replace(b"judge", b"jud\xff\xfe")
    smuggle(world.theirs, honest)
    spoil(
        world.theirs,
        ("UPDATE entries SET envelope = CAST(? AS TEXT), id = ? WHERE id = ?", (data, digest(data), honest.id)),
        ("UPDATE bodies SET entry = ? WHERE entry = ?", (digest(data), honest.id)),
    )
    takes_the_rest(ours, world, digest(data), "its envelope has another form")


def test_an_entry_under_anothers_id_is_refused(ours: Casebook, world: World, stranger: str) -> None:
    liar = replace(judged(world, stranger), id=b"i" * 32)
    smuggle(world.theirs, liar)
    takes_the_rest(ours, world, liar.id, "was altered: its envelope does not match its id")


def test_an_entry_without_an_id_of_the_right_length_is_refused(ours: Casebook, world: World, stranger: str) -> None:
    """The file's own words say that ids have 32 bytes; whoever writes the file can pass that by."""
    liar = judged(world, stranger)
    smuggle(world.theirs, liar)
    spoil(
        world.theirs,
        "PRAGMA ignore_check_constraints = ON",
        ("UPDATE entries SET id = x'00' WHERE id = ?", (liar.id,)),
        ("DELETE FROM bodies WHERE entry = ?", (liar.id,)),
    )
    takes_the_rest(ours, world, b"", "An entry has no id")


def test_an_altered_copy_of_what_stands_here_is_refused(ours: Casebook, world: World) -> None:
    mine = next(entry for entry in entries(ours) if '"seq":1' in entry.envelope and "visit:" in entry.envelope)
    spoil(
        world.theirs,
        ("UPDATE entries SET envelope = replace(envelope, '2026', '2025') WHERE id = ?", (mine.id,)),
    )
    taken = ours.sync(world.theirs)
    assert [(one.entry, "its envelope does not match" in one.reason) for one in taken.refused] == [
        (mine.id.hex(), True)
    ]
    assert taken.taken == 6
    assert mine in entries(ours)


def test_an_altered_body_of_what_stands_here_is_refused(ours: Casebook, world: World) -> None:
    mine = next(entry for entry in entries(ours) if '"kind":"name-team"' in entry.envelope)
    spoil(world.theirs, ("UPDATE bodies SET body = replace(body, 'Omar', 'Nobody') WHERE entry = ?", (mine.id,)))
    taken = ours.sync(world.theirs)
    assert [(one.entry, "its values do not match" in one.reason) for one in taken.refused] == [(mine.id.hex(), True)]
    assert taken.taken == 6
    assert mine in entries(ours)


# -- values


def test_an_entry_of_an_unknown_kind_is_refused(ours: Casebook, world: World, stranger: str) -> None:
    liar = forged(stranger, f"visit:{world.visit}", "sing", f"finding:{world.items[3]}", {})
    smuggle(world.theirs, liar)
    takes_the_rest(ours, world, liar.id, "is of a kind, “sing”, that this inspect_kit does not know")


def test_every_kind_is_refused_about_the_wrong_subject_or_in_the_wrong_place(
    ours: Casebook, world: World, ines: Identity
) -> None:
    """The values are those of an honest entry; only what they are about is wrong."""
    with open_laptop(world.before, ines, Clock()) as book:
        bodies = one_of_each(book, world)
    visit, facility, id_ = f"visit:{world.visit}", f"facility:{ours.facilities()[0].id}", "0" * 26
    named = {"visit": visit, "facility": facility, "finding": f"finding:{world.items[3]}"}
    named |= {name: f"{name}:{id_}" for name in ("evidence", "recommendation", "jotting", "comment")}
    named["point"] = f"point:{'ab' * 10}"
    wrong = ["finding:nowhere", "evidence:1", "jotting:..", f"visit:{id_}", f"facility:{id_}", "nothing:at-all"]
    liars = {}
    for kind, (right, _check) in KINDS.items():
        for stream in (visit, facility):
            for subject in (*named.values(), *wrong):
                place = subject if right in ("visit", "facility") else visit
                if (stream, subject) != (place, named[right]):
                    name = f"{kind} about {subject} in {stream}"
                    author = f"{len(liars):064x}.1"
                    liars[name] = forged(author, stream, kind, subject, bodies[kind])
    all_refused(ours, world, liars, lambda _liar: "its values have another form")


BODIES = {
    "no JSON": "{",
    "a list": "[]",
    "nothing": "null",
    "not canonical": '{"assessment":"met", "narrative":"x","reason":""}',
    "in another order": '{"reason":"","narrative":"x","assessment":"met"}',
    "with a name twice": '{"assessment":"met","assessment":"not-met","narrative":"x","reason":""}',
    "with a name more": '{"assessment":"met","narrative":"x","reason":"","signed":true}',
    "with a name less": '{"assessment":"met","narrative":"x"}',
    "with a NUL in the note": '{"assessment":"met","narrative":"all is\\u0000 well","reason":""}',
    "with half a letter": '{"assessment":"met","narrative":"\\ud800","reason":""}',
    "with a line break in a line": '{"assessment":"not-verified","narrative":"","reason":"a\\nb"}',
    "with a control in a line": '{"assessment":"not-verified","narrative":"","reason":"a\\u001b[2J"}',
    "without the reason it needs": '{"assessment":"not-verified","narrative":"","reason":""}',
    "with an assessment of its own": '{"assessment":"splendid","narrative":"","reason":""}',
    "with a number for a note": '{"assessment":"met","narrative":1,"reason":""}',
    "with a number beyond counting": '{"assessment":"met","narrative":' + "9" * 5_000 + ',"reason":""}',
    "with infinity": '{"assessment":"met","narrative":Infinity,"reason":""}',
    "nested without end": "[" * 100_000,
    "with a note beyond any": '{"assessment":"met","narrative":"' + "x" * 1_000_001 + '","reason":""}',
}


def test_values_of_another_form_are_refused(ours: Casebook, world: World, stranger: str) -> None:
    liars = {name: judged(world, stranger, body) for name, body in BODIES.items()}
    all_refused(ours, world, liars, lambda _liar: "says what no inspect_kit writes: its values have another form")


def test_values_that_are_no_text_are_refused(ours: Casebook, world: World, stranger: str) -> None:
    liar = judged(world, stranger, '{"assessment":"met","narrative":"\ud800","reason":""}')
    smuggle(world.theirs, liar)
    takes_the_rest(ours, world, liar.id, "its values have another form")


def test_values_that_are_not_the_envelopes_are_refused(ours: Casebook, world: World, stranger: str) -> None:
    liar = replace(judged(world, stranger), body=canonical(JUDGED | {"narrative": "altered"}))
    smuggle(world.theirs, liar)
    takes_the_rest(ours, world, liar.id, "was altered: its values do not match the digest in its envelope")


@pytest.mark.parametrize("which", ["body", "salt"])
def test_values_larger_than_any_are_refused(ours: Casebook, world: World, stranger: str, which: str) -> None:
    if which == "body":
        note = '{"assessment":"met","narrative":"' + "x" * BODY_LIMIT + '","reason":""}'
        liar = judged(world, stranger, note)
    else:
        liar = judged(world, stranger, salt=b"s" * 1_000_000)
    smuggle(world.theirs, liar)
    takes_the_rest(ours, world, liar.id, "holds more than any entry of ours")


def test_an_entry_without_its_values_is_refused(ours: Casebook, world: World) -> None:
    """Else whoever takes values out of a file takes a colleague's words from everybody who syncs with it."""
    second = next(entry for entry in entries_of(world) if "theirs, second" in (entry.body or ""))
    spoil(world.theirs, ("DELETE FROM bodies WHERE entry = ?", (second.id,)))
    taken = ours.sync(world.theirs)
    assert [one.entry for one in taken.refused] == [second.id.hex()]
    assert "came without its values" in taken.refused[0].reason
    assert ours.finding(world.visit, world.items[1]).narrative == "theirs, first"


def entries_of(world: World) -> list[Entry]:
    from inspect_kit.casebook.sqlite import connect

    db, _torn = connect(world.theirs, None, new=False)
    try:
        return list(journal.read(db))
    finally:
        db.close()


def test_values_that_our_own_file_has_lost_come_back(ours: Casebook, world: World, made: World, tmp_path) -> None:
    ours.sync(world.theirs)
    for trigger in ("bodies_keep",):
        ours._db.execute(f"DROP TRIGGER {trigger}")
    ours._db.execute("DELETE FROM bodies WHERE body LIKE '%theirs, second%'")
    ours._db.conn.commit()
    ours.rebuild()
    assert not ours.health().sound
    assert ours.sync(world.theirs).refused == ()
    assert ours.finding(world.visit, world.items[1]).narrative == "theirs, second"


# -- authors, chains and seals


def test_what_is_put_under_a_colleagues_name_is_taken_and_marked_unsealed(ours: Casebook, world: World, ines) -> None:
    liar = judged(world, f"{ines.fingerprint}.0badcafe")
    smuggle(world.theirs, liar)
    taken = ours.sync(world.theirs)
    assert (taken.taken, taken.refused) == (7, ())
    (step,) = [one for one in ours.history(world.visit) if one.entry == liar.id.hex()]
    assert (step.author, step.sealed) == ("Ines Example", False)
    (chain,) = [one for one in ours.chains(world.visit) if one.laptop == "0badcafe"]
    assert (chain.entries, chain.sealed) == (1, 0)
    ours.seal(ines, world.visit)


def test_sealing_ones_own_work_does_not_seal_what_a_stranger_put_under_ones_name(
    ours: Casebook, world: World, ines: Identity
) -> None:
    """She seals the laptop that she works on; whatever came under her name from elsewhere waits for its own seal."""
    liar = judged(world, f"{ines.fingerprint}.0badcafe")
    smuggle(world.theirs, liar)
    ours.sync(world.theirs)
    ours.seal(ines, world.visit)
    (step,) = [one for one in ours.history(world.visit) if one.entry == liar.id.hex()]
    assert not step.sealed


def sealed_by(path: Path, liar: Entry, identity: Identity, **changed: object) -> None:
    said = json.loads(liar.envelope)
    seal = make_seal(
        identity, said["stream"], said["author"], said["seq"], liar.id.hex(), str(changed.pop("stamp", said["stamp"]))
    )
    values = {"stream": seal.stream, "author": seal.author, "seq": seal.seq, "entry": liar.id, "stamp": seal.stamp}
    values |= {"signature": seal.signature, "received": "2026-11-05"} | changed
    marks = ", ".join("?" * len(values))
    spoil(path, (f"INSERT INTO seals ({', '.join(values)}) VALUES ({marks})", tuple(values.values())))  # noqa: S608 (our own names)


def test_a_seal_by_another_key_is_refused_by_name(ours: Casebook, world: World, ines: Identity, omar: Identity) -> None:
    liar = judged(world, f"{ines.fingerprint}.0badcafe")
    smuggle(world.theirs, liar)
    sealed_by(world.theirs, liar, omar)
    taken = ours.sync(world.theirs)
    assert (taken.taken, taken.seals) == (7, 1)
    assert [one.entry for one in taken.refused] == [liar.id.hex()]
    assert "is not by the author it names: the entry is taken as unsealed" in taken.refused[0].reason
    assert [one.sealed for one in ours.history(world.visit) if one.entry == liar.id.hex()] == [False]
    assert chains.broken_seals(ours._db) == []


SEALS = {
    "moved to another place": {"seq": 2},
    "moved to another stream": {"stream": "visit:" + "0" * 26},
    "of another time": {"stamp": "2026-11-01T00:00:00.000Z.0000"},
    "without a signature": {"signature": b""},
    "with a signature beyond any": {"signature": b"0" * 100_000},
    "in a stream that is no text": {"stream": b"visit:\xff"},
    "by an author who is no text": {"author": b"\xff\xfe"},
}


@pytest.mark.parametrize("changed", SEALS.values(), ids=SEALS)
def test_a_seal_that_was_altered_is_refused(ours: Casebook, world: World, omar: Identity, changed) -> None:
    mine = forged(f"{omar.fingerprint}.0badcafe", f"visit:{world.visit}", "judge", f"finding:{world.items[3]}", JUDGED)
    smuggle(world.theirs, mine)
    words = {
        name: value for name, value in changed.items() if name in ("stream", "author") and isinstance(value, bytes)
    }
    sealed_by(world.theirs, mine, omar, **{name: value for name, value in changed.items() if name not in words})
    if "stamp" in changed:
        spoil(world.theirs, ("UPDATE seals SET stamp = '2026-11-02' WHERE entry = ?", (mine.id,)))
    for name, value in words.items():
        spoil(world.theirs, (f"UPDATE seals SET {name} = CAST(? AS TEXT) WHERE entry = ?", (value, mine.id)))  # noqa: S608 (our own names)
    taken = ours.sync(world.theirs)
    assert (taken.taken, taken.seals) == (7, 1)
    assert [one.entry for one in taken.refused] == [mine.id.hex()]


@pytest.mark.parametrize("stamp", ["2026-11-04Tnoon", "", "1", "9999-01-01T00:00:00.000Z.0000", "2026-11-04\x1b[2J"])
def test_a_seal_at_a_time_that_cannot_be_is_refused_and_stops_no_clock(
    ours: Casebook, world: World, omar: Identity, stamp: str
) -> None:
    """Its signature is right: whoever makes a key can seal any words as her time."""
    mine = forged(f"{omar.fingerprint}.0badcafe", f"visit:{world.visit}", "judge", f"finding:{world.items[3]}", JUDGED)
    smuggle(world.theirs, mine)
    sealed_by(world.theirs, mine, omar, stamp=stamp)
    taken = ours.sync(world.theirs)
    assert (taken.taken, taken.seals) == (7, 1)
    assert [one.entry for one in taken.refused] == [mine.id.hex()]
    assert ours.sync(world.theirs).taken == 0


def test_a_seal_from_the_end_of_the_century_stops_no_clock(ours: Casebook, world: World, omar, ines) -> None:
    mine = forged(f"{omar.fingerprint}.0badcafe", f"visit:{world.visit}", "judge", f"finding:{world.items[3]}", JUDGED)
    smuggle(world.theirs, mine)
    sealed_by(world.theirs, mine, omar, stamp="2099-12-31T23:59:59.999Z.9999")
    ours.sync(world.theirs)
    ours.seal(ines)
    assert all(one.stamp < "2027" for one in ours.seals(world.visit) if one.author.startswith(ines.fingerprint))


def test_a_certificate_that_is_another_persons_is_refused(ours: Casebook, world: World, ines, omar) -> None:
    spoil(
        world.theirs,
        (
            "UPDATE certificates SET certificate = ?, name = 'Omar Example' WHERE fingerprint = ?",
            (ines.certificate, omar.fingerprint),
        ),
    )
    taken = ours.sync(world.theirs)
    assert taken.taken == 6
    assert any("A certificate is not the one whose fingerprint" in one.reason for one in taken.refused)
    assert omar.fingerprint not in ours.authors()


def test_a_name_comes_from_the_certificate_and_not_from_the_file(ours: Casebook, world: World, omar) -> None:
    spoil(world.theirs, ("UPDATE certificates SET name = 'Ines Example' WHERE fingerprint = ?", (omar.fingerprint,)))
    ours.sync(world.theirs)
    assert ours.authors()[omar.fingerprint] == "Omar Example"


def test_an_attachment_whose_bytes_are_others_is_refused(ours: Casebook, world: World) -> None:
    """The evidence is there without it, and the bytes join it when an honest file comes."""
    honest = world.theirs.read_bytes()
    spoil(world.theirs, "UPDATE blobs SET data = x'ffd8ff00'")
    taken = ours.sync(world.theirs)
    assert taken.taken == 6
    assert ["its bytes do not match their digest" in one.reason for one in taken.refused] == [True]
    assert ours._db.execute("SELECT count(*) FROM blobs").fetchone() == (0,)
    assert any("is missing from this casebook" in problem for problem in ours.health().problems)
    world.theirs.write_bytes(honest)
    assert ours.sync(world.theirs).refused == ()


def test_an_attachment_beyond_every_size_is_refused(ours: Casebook, world: World) -> None:
    honest = world.theirs.read_bytes()
    spoil(world.theirs, ("UPDATE blobs SET data = zeroblob(?), size = 1", (ATTACHMENT_LIMIT + 1,)))
    taken = ours.sync(world.theirs)
    assert taken.taken == 6
    assert ["its bytes do not match their digest" in one.reason for one in taken.refused] == [True]
    world.theirs.write_bytes(honest)
    ours.sync(world.theirs)


def test_rows_that_say_what_replaces_what_are_not_believed(ours: Casebook, world: World) -> None:
    spoil(
        world.theirs,
        "INSERT OR IGNORE INTO replacements (replaced, entry) SELECT a.id, b.id FROM entries a, entries b",
        "INSERT OR IGNORE INTO replacements (replaced, entry) SELECT id, id FROM entries",
    )
    assert ours.sync(world.theirs).taken == 6
    assert ours.finding(world.visit, world.items[1]).narrative == "theirs, second"


def test_columns_that_say_other_than_the_envelope_are_not_believed(ours: Casebook, world: World) -> None:
    spoil(
        world.theirs,
        "UPDATE entries SET stream = 'visit:x', author = 'x', stamp = '9', kind = 'x', subject = 'x', seq = 7",
    )
    assert ours.sync(world.theirs).taken == 6
    assert ours.finding(world.visit, world.items[1]).narrative == "theirs, second"


def test_nothing_is_given_for_a_visit_that_a_column_merely_names(ours: Casebook, world: World, tmp_path) -> None:
    """Who knows a visit's name only must not get the visit by asking."""
    curious = tmp_path / "curious.casebook"
    with Casebook.create(curious) as book:
        book._db.execute(
            "INSERT INTO entries (id, envelope, stream, author, seq, stamp, kind, subject, aspect)"
            " VALUES (?, '{}', ?, 'x', 1, 'x', 'x', 'x', 'x')",
            (b"i" * 32, f"visit:{world.visit}"),
        )
        book._db.conn.commit()
    taken = ours.sync(curious, give=True)
    assert (taken.taken, taken.given, len(taken.refused)) == (0, 0, 1)


def waits(book: Casebook, world: World, liar: Entry) -> None:
    """An entry that names as the one before what is not is taken, as everything unsealed is, and waits for ever."""
    taken = book.sync(world.theirs)
    assert (taken.taken, taken.refused, taken.waiting) == (7, (), 1)
    assert book.health().waiting == (liar.id.hex(),)
    assert sum(chain.waiting for chain in book.chains(world.visit)) == 1


def test_an_entry_that_names_a_wrong_predecessor_waits(ours: Casebook, world: World, omar: Identity) -> None:
    theirs = [entry for entry in entries_of(world) if omar.fingerprint in entry.envelope]
    author = json.loads(theirs[0].envelope)["author"]
    last = max(theirs, key=lambda entry: json.loads(entry.envelope)["seq"])
    liar = judged(world, author, after=last, seq=9)
    smuggle(world.theirs, liar)
    waits(ours, world, liar)


def test_an_entry_that_follows_another_persons_waits(ours: Casebook, world: World, stranger: str, omar) -> None:
    theirs = [entry for entry in entries_of(world) if omar.fingerprint in entry.envelope]
    liar = judged(world, stranger, after=theirs[-1])
    smuggle(world.theirs, liar)
    waits(ours, world, liar)


@pytest.mark.parametrize("liar_first", [True, False])
def test_a_seal_proves_nobody_elses_words(
    ours: Casebook, world: World, ines: Identity, omar: Identity, tmp_path: Path, liar_first: bool
) -> None:
    """Omar puts words under Ines's name, names them as those before his own, and seals his own."""
    put_in_her_mouth = judged(world, f"{ines.fingerprint}.0badcafe")
    his = judged(world, f"{omar.fingerprint}.0badcafe", after=put_in_her_mouth)
    files = []
    for name, entry in (("his", his), ("hers", put_in_her_mouth)):
        files.append(Path(shutil.copy(world.theirs, tmp_path / f"{name}.casebook")))
        smuggle(files[-1], entry)
    sealed_by(files[0], his, omar)
    for path in files if liar_first else reversed(files):
        assert ours.sync(path).refused == ()
    proven = {step.entry: step.sealed for step in ours.history(world.visit)}
    assert proven[his.id.hex()]
    assert not proven[put_in_her_mouth.id.hex()]
    assert ours.health().waiting == (his.id.hex(),)


def test_a_fork_is_taken_and_named(ours: Casebook, world: World, omar: Identity) -> None:
    theirs = [entry for entry in entries_of(world) if omar.fingerprint in entry.envelope]
    author = json.loads(theirs[0].envelope)["author"]
    first, second = sorted(theirs, key=lambda entry: json.loads(entry.envelope)["seq"])[:2]
    fork = judged(world, author, after=first)
    smuggle(world.theirs, fork)
    taken = ours.sync(world.theirs)
    assert (taken.taken, taken.refused) == (7, ())
    assert {frozenset(pair) for pair in ours.health().clones} == {frozenset({second.id.hex(), fork.id.hex()})}
    (chain,) = [one for one in ours.chains(world.visit) if one.name == "Omar Example"]
    assert (chain.forked, chain.entries, chain.sealed) == (True, 7, 6)


def test_a_thousand_strangers_cannot_make_our_next_judgement_unreadable(ours: Casebook, world: World) -> None:
    """An envelope has room for 900 replaced entries; beyond, they stand beside ours."""
    smuggle(
        world.theirs,
        *[judged(world, f"{number:064x}.1", JUDGED | {"narrative": f"{number}"}) for number in range(1_200)],
    )
    assert ours.sync(world.theirs).taken == 1_206
    ours.judge(world.visit, world.items[3], Assessment.NOT_MET, narrative="ours")
    assert ours.health().sound
    ours.judge(world.visit, world.items[3], Assessment.NOT_MET, narrative="ours, again")
    assert ours.finding(world.visit, world.items[3]).conflict is None


@pytest.mark.parametrize("alike", [True, False], ids=["say the same", "differ"])
def test_twice_as_many_strangers_are_little_more_than_twice_the_work(made: World, tmp_path, ines, alike: bool) -> None:
    """Or a small file that says one thing thousands of times would hold a laptop up for hours."""
    work = []
    for many in (150, 600):
        folder = tmp_path / f"{many}"
        folder.mkdir()
        world = copied(made, folder)
        said = [JUDGED | {"narrative": "" if alike else f"{number}"} for number in range(many)]
        smuggle(world.theirs, *[judged(world, f"{number:064x}.1", body) for number, body in enumerate(said)])
        with open_laptop(world.ours, ines, Clock()) as book:
            ticks: list[int] = []
            book._db.conn.set_progress_handler(lambda ticks=ticks: ticks.append(1), 100)
            assert book.sync(world.theirs).taken == many + 6
            work.append(len(ticks))
            book.judge(world.visit, world.items[3], Assessment.MET, narrative="ours")
            assert book.health().sound
    assert work[1] < 8 * work[0]


@pytest.mark.parametrize("kind", ["add-evidence", "recommend", "jot"])
def test_one_name_in_two_visits_stops_nobody(ours: Casebook, world: World, stranger: str, kind: str, omar) -> None:
    """A stranger who saw the name of a source can use it in another visit: both stand, each in its own."""
    honest = next(entry for entry in entries_of(world) if f'"kind":"{kind}"' in entry.envelope)
    subject, other = json.loads(honest.envelope)["subject"], "0" * 26
    plan = next(entry for entry in entries_of(world) if '"kind":"plan-visit"' in entry.envelope)
    first = forged(stranger, f"visit:{other}", "plan-visit", f"visit:{other}", plan.body or "")
    liar = forged(stranger, f"visit:{other}", kind, subject, honest.body or "", after=first)
    smuggle(world.theirs, first, liar)
    assert ours.sync(world.theirs).taken == 8
    assert {visit.id for visit in ours.visits()} == {world.visit, other}
    assert honest.id.hex() in {step.entry for step in ours.history(world.visit)}
    assert ours.health().sound


def test_a_checklist_with_one_item_twice_is_refused(ours: Casebook, world: World, stranger: str) -> None:
    frozen = next(entry for entry in entries_of(world) if '"kind":"freeze-checklist"' in entry.envelope)
    body = json.loads(frozen.body or "")
    body["items"].append(body["items"][0])
    liar = forged(stranger, f"visit:{world.visit}", "freeze-checklist", f"visit:{world.visit}", body)
    smuggle(world.theirs, liar)
    takes_the_rest(ours, world, liar.id, "its values have another form")


def test_an_entry_that_replaces_itself_is_refused(ours: Casebook, world: World, stranger: str) -> None:
    liar = replace(judged(world, stranger, replaces=("ab" * 32,)), id=b"\xab" * 32)
    smuggle(world.theirs, liar)
    takes_the_rest(ours, world, liar.id, "was altered: its envelope does not match its id")


# -- amounts


def test_a_file_of_more_entries_than_any_casebook_is_not_read(ours: Casebook, world: World, monkeypatch) -> None:
    monkeypatch.setattr(foreign, "ENTRY_LIMIT", 10)
    with untouched(ours), pytest.raises(CasebookError, match="holds more than 10 entries, as no casebook"):
        ours.sync(world.theirs)


def test_more_refusals_than_anybody_reads_are_counted(ours: Casebook, world: World, stranger: str) -> None:
    smuggle(world.theirs, *[judged(world, stranger, {"number": number}) for number in range(1_100)])
    taken = ours.sync(world.theirs)
    assert taken.taken == 6
    assert len(taken.refused) == 1_001
    assert taken.refused[-1].reason == "and 100 more."


def test_a_sync_can_be_called_off_between_batches_and_leaves_nothing(ours: Casebook, world: World) -> None:
    visit, author = f"visit:{world.visit}", "{:064x}.1".format
    about = [f"finding:place.{number}" for number in range(4_500)]
    smuggle(world.theirs, *[forged(author(n), visit, "judge", subject, JUDGED) for n, subject in enumerate(about)])
    for stop in range(3):
        told: list[int] = []

        def progress(done: int, total: int, told: list[int] = told, stop: int = stop) -> bool:
            told.append(done)
            return len(told) <= stop

        with untouched(ours), pytest.raises(CasebookError, match="The sync was called off: nothing was taken from"):
            ours.sync(world.theirs, progress=progress)
        assert len(told) == stop + 1

    def breaks(done: int, total: int) -> bool:
        raise KeyboardInterrupt

    with untouched(ours), pytest.raises(KeyboardInterrupt):
        ours.sync(world.theirs, progress=breaks)
    assert ours.sync(world.theirs).taken == 4_506


def test_numbers_of_rows_at_the_ends_of_the_range_are_read(ours: Casebook, world: World, stranger: str) -> None:
    spoil(
        world.theirs,
        "UPDATE entries SET number = -9223372036854775807 WHERE number = (SELECT max(number) FROM entries)",
        "UPDATE entries SET number = 9223372036854775807 WHERE number = (SELECT max(number) FROM entries)",
        "UPDATE bodies SET number = -9223372036854775808 WHERE number = (SELECT max(number) FROM bodies)",
    )
    assert ours.sync(world.theirs).taken == 6
    ours.judge(world.visit, world.items[3], Assessment.MET)


def test_large_values_never_lie_in_memory_all_at_once(ours: Casebook, world: World, monkeypatch) -> None:
    monkeypatch.setattr(sync, "BATCH_BYTES", 2_000_000)
    notes = [JUDGED | {"narrative": "x" * 990_000 + f"{number}"} for number in range(30)]
    smuggle(world.theirs, *[judged(world, f"{number:064x}.1", note) for number, note in enumerate(notes)])
    tracemalloc.start()
    try:
        assert ours.sync(world.theirs).taken == 36
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 15_000_000


def spoilt_certificates() -> dict[str, bytes]:
    honest = create("Eve Example").certificate
    chance = random.Random(3)  # noqa: S311 (repeatable bytes, no secret)
    found = {"one extension twice": honest.replace(b"\x55\x1d\x0e", b"\x55\x1d\x0f")}
    found["a version of its own"] = honest.replace(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x07")
    found["a name that moves the cursor"] = honest.replace(b"Eve Example", b"Eve\x1b[2J\r\n!!")
    found["a name in no alphabet"] = honest.replace(b"Eve Example", b"Eve\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8")
    found["a name that reads backwards"] = honest.replace(b"Eve Example", "Eve \u202exe\u202c".encode()[:11])
    found["empty"] = b""
    found["noise"] = chance.randbytes(800)
    for number in range(60):
        data = bytearray(honest)
        for _ in range(chance.randint(1, 3)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        found[f"spoilt {number}"] = bytes(data)
    return found


def test_certificates_of_any_bytes_are_taken_or_refused_in_words(ours: Casebook, world: World) -> None:
    certificates = spoilt_certificates()
    for data in certificates.values():
        fingerprint = digest(data).hex()
        smuggle(world.theirs, judged(world, f"{fingerprint}.1"))
        spoil(
            world.theirs,
            ("INSERT INTO certificates (fingerprint, name, certificate) VALUES (?, 'x', ?)", (fingerprint, data)),
        )
    taken = ours.sync(world.theirs)
    assert taken.taken == 6 + len(certificates)
    assert 3 < len(taken.refused) < len(certificates)
    assert all("A certificate is not the one" in one.reason for one in taken.refused)
    for known in ours.known():
        assert known.certificate.name.isprintable()
    for step in ours.history(world.visit):
        assert step.author.isprintable()


def test_a_clock_in_a_year_that_cannot_be_is_told(world: World, ines: Identity) -> None:
    for seconds in (1e13, -1e10, 4e9 * 1.1):
        with (
            open_laptop(world.ours, ines, lambda seconds=seconds: seconds) as book,
            pytest.raises(CasebookError, match="clock stands in a year that cannot be"),
        ):
            book.sync(world.theirs)


def test_the_sentence_of_each_refusal_is_one_line(ours: Casebook, world: World, stranger: str) -> None:
    with pytest.raises(InspectKitError) as told:
        ours.sync(world.theirs.with_name("new\nline.casebook"))
    assert str(told.value)

"""A file that is no casebook, or is made otherwise than ours: refused in a sentence, and our casebook is as it was."""

import os
import random
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3
import sqlite_utils

from inspect_kit.casebook import Casebook, foreign, schema, sharing
from inspect_kit.casebook.sqlite import APPLICATION_ID
from inspect_kit.errors import CasebookError, InspectKitError, PassphraseError
from inspect_kit.identity import Identity
from tests.casebook.laptops import Clock, open_laptop
from tests.casebook.strangers import World, copied, make_world, spoil, untouched

OTHERWISE = "is made otherwise. Nothing was taken from it."
DAMAGED = "is damaged: nothing was taken from it. Ask for it again, as a file that “share” wrote."
NO_CASEBOOK = "no casebook: check that you named the right file."


@pytest.fixture(scope="module")
def made(tmp_path_factory, ines: Identity, omar: Identity, checklist) -> World:
    return make_world(tmp_path_factory.mktemp("world"), ines, omar, checklist)


@pytest.fixture
def world(made: World, tmp_path: Path) -> World:
    return copied(made, tmp_path)


@pytest.fixture
def ours(world: World, ines: Identity):
    with open_laptop(world.ours, ines, Clock()) as book:
        yield book


def refused(book: Casebook, path: Path, sentence: str, passphrase: str | None = None) -> None:
    """A file is refused whole: with one line that says this, and nothing of ours changes."""
    with untouched(book), pytest.raises(InspectKitError) as told:
        book.sync(path, passphrase, give=True)
    assert sentence in str(told.value)
    assert "\n" not in str(told.value)
    assert str(book.path) not in str(told.value) or book.path == path, "it blames our own casebook"


def test_an_honest_file_is_taken_in(ours: Casebook, world: World) -> None:
    before = world.theirs.read_bytes()
    taken = ours.sync(world.theirs)
    assert (taken.taken, taken.refused, taken.conflicts, taken.waiting) == (6, (), 1, 0)
    assert world.theirs.read_bytes() == before
    assert sorted(path.name for path in world.theirs.parent.glob("theirs*")) == ["theirs.casebook"]
    assert ours.health().sound
    assert ours.sync(world.theirs).taken == 0


# -- no casebook at all


def nothing(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def words(path: Path) -> None:
    path.write_bytes(b"Dear colleague, here is the casebook.\n" * 100)


def noise(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(8192))  # noqa: S311 (a repeatable file, no secret)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def link(path: Path) -> None:
    path.rename(path.with_name("elsewhere.casebook"))
    path.symlink_to("elsewhere.casebook")


def link_to_nowhere(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def ring(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def other_database(path: Path) -> None:
    path.unlink()
    with closing(sqlcipher3.connect(str(path))) as db:
        db.execute("CREATE TABLE entries (id, envelope)")
        db.commit()


def our_mark_alone(path: Path) -> None:
    path.unlink()
    with closing(sqlcipher3.connect(str(path))) as db:
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("CREATE TABLE holiday (photo)")
        db.commit()


def without_mark(path: Path) -> None:
    spoil(path, "PRAGMA application_id = 0")


NONE = {
    "a file that is not there": (nothing, "is not there: check the path."),
    "an empty file": (empty, NO_CASEBOOK),
    "a letter": (words, NO_CASEBOOK),
    "noise": (noise, "is an encrypted casebook, or no casebook at all"),
    "a folder": (folder, "is no ordinary file: name a casebook."),
    "a pipe": (pipe, "is no ordinary file: name a casebook."),
    "a link": (link, "links in received files are not followed"),
    "a link to nowhere": (link_to_nowhere, "links in received files are not followed"),
    "a link to itself": (ring, "links in received files are not followed"),
    "another program's database": (other_database, "is an SQLite database, but no casebook"),
    "our mark on something else": (our_mark_alone, OTHERWISE),
    "a casebook without its mark": (without_mark, "is an SQLite database, but no casebook"),
}


@pytest.mark.parametrize(("make", "sentence"), NONE.values(), ids=NONE)
def test_what_is_no_casebook_is_refused(ours: Casebook, world: World, make, sentence: str) -> None:
    make(world.theirs)
    refused(ours, world.theirs, sentence)


def test_a_name_that_no_disk_can_hold_is_refused(ours: Casebook, tmp_path: Path) -> None:
    refused(ours, tmp_path / ("x" * 5_000), "cannot be used")


def test_ones_own_casebook_is_refused(ours: Casebook, tmp_path: Path) -> None:
    refused(ours, ours.path, "is this casebook itself: name another.")
    os.link(ours.path, tmp_path / "again.casebook")
    refused(ours, tmp_path / "again.casebook", "is this casebook itself: name another.")


def test_a_file_beyond_every_size_is_not_read(ours: Casebook, world: World) -> None:
    with world.theirs.open("rb+") as file:
        file.truncate(foreign.SIZE_LIMIT + 4096)  # of holes: nothing of it lies on the disk
    refused(ours, world.theirs, "has 34 GB, more than any casebook: it was not opened.")


# -- made otherwise


def recreate(table: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    """Make a table anew, by other words, with the same rows."""

    def make(path: Path) -> None:
        with closing(sqlcipher3.connect(str(path), isolation_level=None)) as db:
            (sql,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
            columns = ", ".join(row[1] for row in db.execute(f"PRAGMA table_info({table})"))
            db.execute("PRAGMA legacy_alter_table = ON")
            db.execute(f"ALTER TABLE {table} RENAME TO honest")
            db.execute(change(sql))
            db.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM honest")  # noqa: S608 (our own names)
            db.execute("DROP TABLE honest")

    return make


def swapped(table: str, *statements: str) -> Callable[[Path], None]:
    """Put something else in a table's place."""

    def make(path: Path) -> None:
        spoil(
            path,
            "PRAGMA legacy_alter_table = ON",
            "PRAGMA foreign_keys = OFF",
            f"ALTER TABLE {table} RENAME TO honest",
            *statements,
        )

    return make


def words_changed(sql: str) -> Callable[[Path], None]:
    """Change the words by which the file says its tables are made, not the tables."""
    return lambda path: spoil(path, sql)


def in_another_alphabet(path: Path) -> None:
    """The head of the file says that its texts are in UTF-16."""
    with path.open("rb+") as file:
        file.seek(59)
        file.write(b"\x02")


MADE = {
    "texts in another alphabet": in_another_alphabet,
    "a view for a table": swapped("bodies", "CREATE VIEW bodies AS SELECT * FROM honest"),
    "a view that never ends": swapped(
        "entries",
        "CREATE VIEW entries AS WITH RECURSIVE n (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM n)"
        " SELECT number, randomblob(32) AS id, 'x' AS envelope, 'x' AS stream FROM n",
    ),
    "a virtual table": swapped("bodies", "CREATE VIRTUAL TABLE bodies USING fts5 (entry, salt, body)"),
    "a table that is not there": swapped("certificates"),
    "a generated column": recreate(
        "bodies", lambda sql: sql.replace("body TEXT NOT NULL", "body TEXT NOT NULL, more TEXT AS (body)")
    ),
    "a table without types": recreate("entries", lambda sql: sql.replace(") STRICT", ")")),
    "a table without row numbers": recreate("blobs", lambda sql: sql.replace("STRICT", "STRICT, WITHOUT ROWID")),
    "another order of letters": recreate("blobs", lambda sql: sql.replace("digest TEXT", "digest TEXT COLLATE NOCASE")),
    "an index more": words_changed("CREATE INDEX more ON entries (kind)"),
    "an index on an expression": words_changed("CREATE INDEX more ON bodies (json(body))"),
    "a partial index": words_changed("CREATE INDEX more ON bodies (entry) WHERE salt > x'00'"),
    "a uniqueness more": words_changed("CREATE UNIQUE INDEX more ON entries (envelope)"),
    "an index by other words": words_changed(
        "UPDATE sqlite_schema SET sql = 'CREATE INDEX entries_by_stamp ON entries (kind)'"
        " WHERE name = 'entries_by_stamp'"
    ),
    "words changed behind SQLite's back": words_changed(
        "UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (seq > 0)', '') WHERE name = 'entries'"
    ),
    "the pages of another table": words_changed(
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'facilities')"
        " WHERE name = 'certificates'"
    ),
    "a page that is not there": words_changed("UPDATE sqlite_schema SET rootpage = 999999 WHERE name = 'entries'"),
    "two tables of one name": words_changed(
        "INSERT INTO sqlite_schema SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema WHERE name = 'bodies'"
    ),
    "words that are no text": words_changed(
        "UPDATE sqlite_schema SET sql = CAST(x'435245415445ff' AS TEXT) WHERE name = 'bodies'"
    ),
    "words that are no SQL": words_changed("UPDATE sqlite_schema SET sql = 'CREATE NONSENSE' WHERE name = 'drafts'"),
}


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_a_file_whose_journal_is_made_otherwise_is_refused(ours: Casebook, world: World, make) -> None:
    make(world.theirs)
    with untouched(ours), pytest.raises(InspectKitError) as told:
        ours.sync(world.theirs)
    assert any(sentence in str(told.value) for sentence in (OTHERWISE, DAMAGED, NO_CASEBOOK)), told.value
    assert "\n" not in str(told.value)


def test_what_lies_beside_the_journal_is_not_looked_at(ours: Casebook, world: World) -> None:
    spoil(
        world.theirs,
        "CREATE VIEW recursion AS SELECT * FROM recursion",
        "CREATE TRIGGER boom AFTER INSERT ON entries BEGIN DELETE FROM bodies; END",
        "CREATE TABLE trap (y, x AS (abs(-9223372036854775808)))",
        "UPDATE findings SET narrative = 'a lie in the tables'",
        "UPDATE facilities SET name = 'a lie in the tables'",
    )
    assert ours.sync(world.theirs).taken == 6
    assert "a lie" not in str(ours.visit(world.visit))


def test_nothing_is_given_to_a_file_with_a_trigger_of_its_own(ours: Casebook, world: World) -> None:
    spoil(world.theirs, "CREATE TRIGGER boom AFTER INSERT ON entries BEGIN DELETE FROM settings; END")
    before = world.theirs.read_bytes()
    taken = ours.sync(world.theirs, give=True)
    assert (taken.taken, taken.given) == (6, None)
    assert any("was not given anything" in remark for remark in taken.remarks)
    assert world.theirs.read_bytes() == before


def test_indexes_that_lie_blame_nobody_else(ours: Casebook, world: World) -> None:
    """A quick check does not see that an index names rows that are not there; reading by it does."""
    spoil(
        world.theirs,
        "CREATE TABLE rows (digest TEXT UNIQUE)",
        "INSERT INTO rows (rowid, digest) SELECT number + 1000, digest FROM blobs",
        "UPDATE sqlite_schema SET rootpage ="
        " (SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_rows_1')"
        " WHERE name = 'sqlite_autoindex_blobs_1'",
        "DELETE FROM sqlite_schema WHERE tbl_name = 'rows'",
    )
    refused(ours, world.theirs, DAMAGED)


# -- cut short, and bits that fell over


def test_a_file_cut_short_anywhere_is_refused(ours: Casebook, world: World) -> None:
    whole = world.theirs.read_bytes()
    lengths = {1, 15, 16, 100, 511, 512, 1000, 4095, 4096, 4097, len(whole) - 4096, len(whole) - 4097}
    chance = random.Random(5)  # noqa: S311 (repeatable lengths, no secret)
    lengths |= {chance.randrange(len(whole) - 4096) for _ in range(15)} | {
        4096 * chance.randrange(2, 100) for _ in range(15)
    }
    for length in sorted(lengths):
        world.theirs.write_bytes(whole[:length])
        refused(ours, world.theirs, "casebook")


def test_an_encrypted_file_wants_its_passphrase(ours: Casebook, world: World, tmp_path: Path) -> None:
    ours.share([world.visit], tmp_path / "locked.casebook", "correct horse")
    with untouched(ours):
        with pytest.raises(PassphraseError, match="give its passphrase"):
            ours.sync(tmp_path / "locked.casebook")
        with pytest.raises(PassphraseError, match="does not open"):
            ours.sync(tmp_path / "locked.casebook", "wrong horse")
    assert ours.sync(tmp_path / "locked.casebook", "correct horse").taken == 0


def test_a_flipped_byte_in_an_encrypted_file_is_refused(
    ours: Casebook, world: World, made: World, omar, tmp_path
) -> None:
    locked = tmp_path / "locked.casebook"
    with open_laptop(world.before, omar, Clock()) as book:
        book.sync(world.theirs)
        book.share([world.visit], locked, "correct horse")
    whole = bytearray(locked.read_bytes())
    refusals = 0
    for offset in random.Random(6).sample(range(len(whole)), 15):  # noqa: S311 (repeatable places, no secret)
        whole[offset] ^= 1
        locked.write_bytes(whole)
        whole[offset] ^= 1
        with open_laptop(Path(shutil.copy(made.before, tmp_path / "fresh.casebook")), omar, Clock()) as fresh:
            try:
                taken = fresh.sync(locked, "correct horse")
            except InspectKitError as told:
                assert str(fresh.path) not in str(told)  # noqa: PT017 (in a table that people read, it is not even looked at)
                refusals += 1
            else:
                assert (taken.taken, taken.refused) == (6, ())
            assert fresh.health().sound
    assert refusals > 5
    locked.write_bytes(whole)
    assert ours.sync(locked, "correct horse").taken == 6


# -- copies of a file that somebody has open


@pytest.fixture
def live(world: World, omar: Identity):
    """Omar's casebook while he has it open; his latest work lies in the file beside it."""
    with open_laptop(world.theirs, omar, Clock()) as book:
        book.judge(world.visit, world.items[2], None, narrative="typed a minute ago")
        yield book


def test_a_live_file_copied_without_what_lies_beside_it_is_told(ours: Casebook, world: World, live, tmp_path) -> None:
    copy = shutil.copy(live.path, tmp_path / "copy.casebook")
    taken = ours.sync(copy, give=True)
    assert any("was copied while it was open, so its latest entries are missing" in one for one in taken.remarks)
    assert taken.given is None
    assert ours.health().sound
    with Casebook.open(copy) as opened:
        assert opened.torn


def test_a_live_file_copied_with_what_lies_beside_it_is_whole(ours: Casebook, world: World, live, tmp_path) -> None:
    for ending in ("", "-wal"):
        shutil.copy(f"{live.path}{ending}", tmp_path / f"copy.casebook{ending}")
    before = (tmp_path / "copy.casebook").read_bytes(), (tmp_path / "copy.casebook-wal").read_bytes()
    taken = ours.sync(tmp_path / "copy.casebook")
    assert (taken.taken, taken.remarks) == (7, ())
    assert ours.finding(world.visit, world.items[2]).narrative == "typed a minute ago"
    assert before == ((tmp_path / "copy.casebook").read_bytes(), (tmp_path / "copy.casebook-wal").read_bytes())


def test_a_live_file_itself_is_read_while_its_owner_works(ours: Casebook, world: World, live) -> None:
    assert ours.sync(live.path).taken == 7
    live.judge(world.visit, world.items[3], None, narrative="and goes on")
    assert ours.sync(live.path).taken == 1
    assert live.health().sound


def test_a_live_file_with_another_times_file_beside_it_takes_no_harm(ours, world: World, live, tmp_path) -> None:
    """An old -wal beside a newer file, and a newer one beside an old file: told or refused, and nothing half-read."""
    folder = tmp_path / "copies"
    folder.mkdir()
    for number in range(3):
        for item in world.items[4:30]:
            live.judge(world.visit, item, None, narrative=f"{number} " + "long words " * 50)
        live._db.execute(
            "PRAGMA wal_checkpoint(TRUNCATE)" if number == 1 else "PRAGMA wal_checkpoint(PASSIVE)"
        ).fetchall()
        live.judge(world.visit, world.items[2], None, narrative=f"after {number}")
        for ending in ("", "-wal"):
            shutil.copy(f"{live.path}{ending}", folder / f"{number}{ending}")
    for of_file in range(3):
        for of_wal in range(3):
            mixed = tmp_path / f"mixed {of_file} {of_wal}.casebook"
            shutil.copy(folder / f"{of_file}", mixed)
            shutil.copy(folder / f"{of_wal}-wal", f"{mixed}-wal")
            try:
                ours.sync(mixed)
            except InspectKitError as told:  # refused or taken, both may be
                assert f"{mixed} is damaged" in str(told)  # noqa: PT017
            health = ours.health()
            assert health.sound, health.problems
    ours.sync(live.path)
    assert ours.finding(world.visit, world.items[2]).narrative == "after 2"
    assert ours.health().sound


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_lies_beside_a_file_is_no_way_to_another_file(ours: Casebook, world: World, tmp_path, kind: str) -> None:
    private = tmp_path / "private.txt"
    private.write_bytes(b"nobody's business" * 1000)
    beside = Path(f"{world.theirs}-wal")
    if kind == "link":
        beside.symlink_to(private)
    elif kind == "pipe":
        os.mkfifo(beside)
    else:
        beside.mkdir()
    with untouched(ours), pytest.raises(InspectKitError, match="is no ordinary file"):
        ours.sync(world.theirs)
    assert private.read_bytes() == b"nobody's business" * 1000


# -- other versions


def test_a_file_of_a_newer_inspect_kit_is_refused(ours: Casebook, world: World) -> None:
    spoil(
        world.theirs,
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('inspect_kit', 'tomorrow', '2030-01-01')",
    )
    before = world.theirs.read_bytes()
    refused(ours, world.theirs, "was written by a newer inspect_kit: update inspect_kit to take it in.")
    assert world.theirs.read_bytes() == before


@pytest.mark.parametrize("before", ["drafts", "seals_and_trust"])
def test_a_file_of_an_older_inspect_kit_is_taken_in(ours: Casebook, world: World, tmp_path: Path, before: str) -> None:
    old = tmp_path / "old.casebook"
    with closing(sqlcipher3.connect(str(old), isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        changes = sqlite_utils.Migrations("inspect_kit")
        for change in schema._MIGRATIONS:
            changes()(change)
        changes.apply(sqlite_utils.Database(connection), stop_before=before)
        connection.execute("ATTACH ? AS new", (str(world.theirs),))
        for table in ("entries", "bodies", "replacements", "blobs", "certificates"):
            connection.execute(f"INSERT INTO main.{table} SELECT * FROM new.{table}")  # noqa: S608 (our own names)
    content = old.read_bytes()
    taken = ours.sync(old, give=True)
    assert (taken.taken, taken.refused, taken.seals, taken.given) == (6, (), 0, None)
    assert any("Open it once with this inspect_kit, then sync again" in remark for remark in taken.remarks)
    assert old.read_bytes() == content
    assert ours.health().sound
    Casebook.open(old).close()
    assert ours.sync(old, give=True).given == 1


def test_nothing_is_given_to_a_copy_that_is_not_whole_nor_to_one_that_may_not_be_written(
    ours: Casebook, world: World, monkeypatch
) -> None:
    """A stick with its lock on: what it holds is taken, and the rest is said."""
    before = world.theirs.read_bytes()

    def locked(*_: object) -> int:
        raise CasebookError("The casebook on the stick may not be written here.")

    monkeypatch.setattr(sharing, "give_back", locked)
    taken = ours.sync(world.theirs, give=True)
    assert (taken.taken, taken.given) == (6, None)
    assert taken.remarks == ("Nothing was given back. The casebook on the stick may not be written here.",)
    assert world.theirs.read_bytes() == before


def test_a_file_that_somebody_was_writing_is_not_read(ours: Casebook, world: World, tmp_path: Path) -> None:
    """What SQLite calls a hot journal may name other files: it is never left to SQLite."""
    private = tmp_path / "private.txt"
    private.write_bytes(b"nobody's business")
    Path(f"{world.theirs}-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504) + bytes(private))
    refused(ours, world.theirs, "is being written, or that was cut off: nothing was taken from it.")
    assert private.exists()


# -- trees of pages that never end


def tree_of(file: Path, data: bytearray, table: str) -> tuple[int, list[int]]:
    """Where a table's uppermost page begins, and where the numbers of the pages below it stand, left to right."""
    with closing(sqlcipher3.connect(file)) as db:
        (root,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    page = (root - 1) * 4096
    assert data[page] == 5, "it is more than one page"
    cells = int.from_bytes(data[page + 3 : page + 5])
    places = [page + int.from_bytes(data[page + 12 + 2 * cell : page + 14 + 2 * cell]) for cell in range(cells)]
    return page, [*places, page + 8]


def leads_to_itself(data: bytearray, page: int, places: list[int]) -> None:
    for place in places:
        data[place : place + 4] = (page // 4096 + 1).to_bytes(4)


def leads_to_one_page_again_and_again(data: bytearray, page: int, places: list[int]) -> None:
    for place in places[1:]:
        data[place : place + 4] = data[places[0] : places[0] + 4]


def leads_back_to_the_beginning(data: bytearray, page: int, places: list[int]) -> None:
    data[places[-1] : places[-1] + 4] = data[places[0] : places[0] + 4]


def ends_with_row_0(data: bytearray, page: int, places: list[int]) -> None:
    leaf = (int.from_bytes(data[places[-1] : places[-1] + 4]) - 1) * 4096
    last = leaf + 6 + 2 * int.from_bytes(data[leaf + 3 : leaf + 5])
    row = leaf + int.from_bytes(data[last : last + 2])
    while data[row] & 0x80:  # how long it is, in one byte or several
        row += 1
    data[row + 1] = 0
    data[row + 60] ^= 1  # and is never taken, so that it is new each time


@pytest.mark.parametrize("table", ["entries", "bodies"])
@pytest.mark.parametrize(
    "lead",
    [
        leads_to_itself,
        leads_to_one_page_again_and_again,
        leads_back_to_the_beginning,
        ends_with_row_0,
    ],
    ids=lambda lead: lead.__name__,
)
def test_a_file_that_would_be_read_for_ever_is_refused_at_once(
    world: World, table: str, lead: Callable[[bytearray, int, list[int]], None], tmp_path: Path
) -> None:
    """To somebody who has nothing yet: whatever comes round again is new to her each time."""
    data = bytearray(world.theirs.read_bytes())
    lead(data, *tree_of(world.theirs, data, table))
    world.theirs.write_bytes(data)
    with Casebook.create(tmp_path / "newcomer.casebook") as book:
        refused(book, world.theirs, DAMAGED)

"""Damaged and hostile reports: told in a sentence, within bounds of time and memory."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import textwrap
import zlib
from collections.abc import Callable
from pathlib import Path

import attackers
import pytest
from damage import damaged, is_told

from inspect_kit.errors import ReportError
from inspect_kit.export.report import SignerRole
from inspect_kit.export.report.layers import layers
from inspect_kit.identity import Identity

MEGABYTE = 1_048_576


def test_no_damage_verifies_and_none_ends_in_anything_but_a_sentence(signed_by_all: Path) -> None:
    for what, data in damaged(signed_by_all.read_bytes(), 300, seed=70):
        assert is_told(data), what


def many_ends(data: bytes) -> bytes:
    """A million ends of file behind the end."""
    return data + b"startxref\n0\n%%EOF\n" * 1_000_000


def many_layers(data: bytes) -> bytes:
    """Ten thousand empty layers."""
    trailer = layers(data)[-1].trailer
    out, table = bytearray(data), layers(data)[-1].table
    bare = trailer.replace(b"/Prev %d" % layers(data)[-2].table, b"")
    for _ in range(10_000):
        place = len(out)
        out += b"xref\n0 1\n0000000000 65535 f \ntrailer\n" + bare[:-2]
        out += b"/Prev %d\n>>\nstartxref\n%d\n%%%%EOF\n" % (table, place)
        table = place
    return bytes(out)


def digits(data: bytes) -> bytes:
    """A number of a million digits where an offset is expected."""
    return data[: data.rindex(b"startxref")] + b"startxref\n" + b"9" * 1_000_000 + b"\n%%EOF\n"


def sections(data: bytes) -> bytes:
    """A table of a million sections."""
    place = data.rindex(b"xref\n0 1\n")
    return data[: place + 5] + b"0 1\n0000000000 65535 f \n" * 1_000_000 + data[place + 5 :]


def empty_sections(data: bytes) -> bytes:
    """A table of millions of sections without a line."""
    place = data.rindex(b"xref\n0 1\n")
    return data[: place + 5] + b"0 0\n" * 10_000_000 + data[place + 5 :]


CHECK = """
    import resource, sys
    resource.setrlimit(resource.RLIMIT_AS, (900 * 1048576, 900 * 1048576))
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
    from pathlib import Path
    from inspect_kit.errors import InspectKitError
    from inspect_kit.export.report import verify_report
    try:
        print("valid" if verify_report(Path(sys.argv[1]), thorough=False).valid else "not valid")
    except InspectKitError as refusal:
        print("refused:", refusal)
"""


@pytest.mark.parametrize(
    "make", [many_ends, many_layers, digits, sections, empty_sections], ids=lambda one: one.__name__
)
def test_a_hostile_file_is_refused_within_bounds_of_time_and_memory(
    make: Callable[[bytes], bytes], signed_by_all: Path, tmp_path: Path
) -> None:
    path = tmp_path / "hostile.pdf"
    path.write_bytes(make(signed_by_all.read_bytes()))
    assert_refused(path)


@pytest.mark.parametrize(
    "inside",
    [
        b"[" * 1_000_000 + b"]" * 1_000_000,
        b"<</A " * 300_000 + b">>" * 300_000,
        b"(" + b"%d 0 " * 2_000_000 + b")",
        b"(" + b"%d %%" * 2_000_000 + b")",
        b"[" + b"/#4a#54" * 500_000 + b"]",
        b"[" + b"/JavaScripts /JS_ " * 150_000 + b"]",
        b"<" + b"00" * 5_000_000 + b">",
    ],
    ids=["arrays", "dictionaries", "references", "comments", "escapes", "names", "string"],
)
def test_a_hostile_object_below_good_signatures_is_dealt_with_within_the_same_bounds(
    inside: bytes, small_report: Path, people: dict[str, Identity], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "hostile.pdf"
    path.write_bytes(small_report.read_bytes())
    data = path.read_bytes()
    number, source = attackers.object_with(data, b"/Type /FontDescriptor")
    # what a signature's own objects will be numbered, so that looking for them meets it everywhere
    inside = inside.replace(b"%d", b"%d" % (max(layers(data)[0].objects) + 1)).replace(b"%%", b"%")
    attackers.rewritten(path, number, source.removesuffix(b">>") + b"/More " + inside + b">>")
    with contextlib.suppress(ReportError):
        attackers.sign_anything(path, people["ana"], SignerRole.INSPECTOR, monkeypatch)
    assert_refused(path)


def test_a_bomb_in_the_attachment_does_not_fill_the_memory(small_report: Path, tmp_path: Path) -> None:
    path = tmp_path / "bomb.pdf"
    path.write_bytes(small_report.read_bytes())
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(64 * MEGABYTE)) for _ in range(8)) + packer.flush()
    number, source = attackers.object_with(path.read_bytes(), b"/EmbeddedFile")
    head = source.partition(b"\nstream")[0].replace(b"/Length ", b"/Length %d /Was " % len(bomb))
    attackers.rewritten(path, number, head + b"\nstream\n" + bomb + b"\nendstream")
    assert_refused(path)


def test_a_whole_report_verifies_within_these_bounds_in_a_process_of_its_own(signed_by_all: Path) -> None:
    assert checked(signed_by_all) == "valid\n"


def assert_refused(path: Path) -> None:
    told = checked(path)
    assert told.startswith(("not valid", "refused:")), told


def checked(path: Path) -> str:
    """What a check says that knows nothing but the file; within bounds."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(CHECK), str(path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-800:]
    return done.stdout

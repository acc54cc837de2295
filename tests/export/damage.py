"""Damage of every kind, by chance and repeatable."""

from __future__ import annotations

import random
from collections.abc import Iterator

from inspect_kit.errors import InspectKitError
from inspect_kit.export.report.verify import examine

_PIECES = (
    b"%%EOF\n", b"startxref\n0\n%%EOF\n", b"endobj\n", b"stream\n", b"1 0 obj\n<<>>\nendobj\n", b"/Prev 0", b"<<",
    b"[" * 400,
    b"(", b"xref\n0 1\n0000000000 65535 f \ntrailer\n<<>>\n", b"/ByteRange [0 1 2 3]", b"\0", b">>", b"9" * 30,
)  # fmt: skip


def damaged(data: bytes, number: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Give damaged copies of a file, each with what was done to it."""
    choice = random.Random(seed)  # noqa: S311 (a repeatable choice, no secret)
    size = len(data)
    # the last layers are short, and their damage is the most telling: half of all damage goes there
    tail = data.rindex(b"/ByteRange")
    for step in range(number):
        at = choice.randrange(size) if step % 2 else choice.randrange(tail - 2000, size)
        more = min(size, at + choice.choice((1, 2, 8, 40, 700)))
        kind = choice.choice(("flip", "flips", "cut", "insert", "take out", "repeat", "swap", "zero"))
        copy = bytearray(data)
        if kind == "flip":
            copy[at] ^= 1 << choice.randrange(8)
        elif kind == "flips":
            for _ in range(choice.randrange(2, 30)):
                copy[choice.randrange(size)] ^= 1 << choice.randrange(8)
        elif kind == "cut":
            del copy[at:]
        elif kind == "insert":
            copy[at:at] = choice.choice((*_PIECES, choice.randbytes(20)))
        elif kind == "take out":
            del copy[at:more]
        elif kind == "repeat":
            copy[at:at] = data[at:more]
        elif kind == "swap":
            other = choice.randrange(size - 1)
            copy[at], copy[other] = copy[other], copy[at]
        else:
            copy[at:more] = bytes(more - at)
        if copy != data:
            yield f"{kind} at {at} (step {step})", bytes(copy)


def is_told(data: bytes) -> bool:
    """Whether a damaged report is refused or does not verify; whatever else is raised goes through."""
    from pathlib import Path

    try:
        return not examine(data, Path("damaged.pdf"), thorough=False).valid
    except InspectKitError as refusal:
        return "\n" not in str(refusal)

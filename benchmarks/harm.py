"""How long does a look for harm take, and does it grow evenly? ``python benchmarks/harm.py``.

Each text is read at 25,000 and at 100,000 characters; twice and again twice as long should take four times as long,
whatever stands in it. The last rows are texts made to trip an expression up.
"""

import time

from inspect_kit.analysis import harms
from inspect_kit.model import Group, Profile

PROFILE = Profile({Group.WOMEN: 90, Group.GIRLS: 2, Group.PREGNANT: 3})
TEXTS = {
    "a plain note": "Three of eight showers were cold at 07:10; the fault log has six cuts since August. ",
    "a harmful note": "Mrs Kovač, born 3 May 1990, prisoner 48213, said the only girl can be called at +66812345678. ",
    "capital words": "Amina Hassan ",
    "hyphens": "a-",
    "digits": "1",
    "digits and spaces": "1 ",
    "initials": "A. ",
    "born": "born ",
    "call a": "call a ",
    "prisoner no": "prisoner no ",
    "brackets": "(1 (2 ",
    "spaces": " ",
    "Thai": "นาง",
    "the pregnant": "the pregnant ",
}


def seconds(text: str) -> float:
    """The fastest of three looks."""
    took = []
    for _ in range(3):
        start = time.perf_counter()
        harms(text, PROFILE, "pregnant, pretrial", ("Ada Samplewright",))
        took.append(time.perf_counter() - start)
    return min(took)


def main() -> None:
    """Print a row for each text."""
    print(f"{'text':<20}{'25,000':>12}{'100,000':>12}{'growth':>10}")  # noqa: T201
    for name, part in TEXTS.items():
        few, many = (seconds((part * (size // len(part) + 1))[:size]) for size in (25_000, 100_000))
        print(f"{name:<20}{few * 1000:>9.1f} ms{many * 1000:>9.1f} ms{many / few:>9.1f}×")  # noqa: T201


if __name__ == "__main__":
    main()

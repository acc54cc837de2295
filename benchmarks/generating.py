"""How long to generate a checklist, and to read the official document? ``python benchmarks/generating.py [DOCUMENT]``.

Medians. Beside generating stands reading the item banks' YAML, which happens once a program; beside reading the
document, counting its words with one regular expression.
"""

import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from inspect_kit.analysis.views import View, walk
from inspect_kit.checklist import generate, load_banks
from inspect_kit.checklist.banks import read_raw
from inspect_kit.model import Group, Profile, Scope
from inspect_kit.standards import load_standard, read_document, read_standard

ROUNDS = 15
PROFILE = Profile({Group.WOMEN: 212, Group.PREGNANT: 4, Group.WITH_CHILDREN: 0, Group.GIRLS: 0})


def median(work: Callable[[], object]) -> float:
    """Time one thing several times, in milliseconds."""
    took = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return statistics.median(took) * 1000


def main() -> None:
    """Print a row for each thing; the document is an optional argument."""
    standard = load_standard()
    banks = load_banks(standard)
    everything = generate(banks, Scope(), PROFILE)
    rows = {
        "read all item banks (once a program)": lambda: read_raw(standard),
        f"generate everything, {len(everything.items)} items": lambda: generate(banks, Scope(), PROFILE),
        "generate what fits into 8 hours": lambda: generate(banks, Scope(minutes=480), PROFILE),
        "walk it by place": lambda: walk(everything, View.PLACE),
    }
    if len(sys.argv) > 1:
        text = read_document(Path(sys.argv[1]))
        rows |= {
            "count the document's words": lambda: len(re.findall(r"\w+", text)),
            "read the document into clauses": lambda: read_standard(text, standard),
        }
    for name, work in rows.items():
        print(f"{name:44} {median(work):7.1f} ms")  # noqa: T201 (what it is for)


if __name__ == "__main__":
    main()

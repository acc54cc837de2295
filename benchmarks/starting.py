"""How long until a command answers? ``python benchmarks/starting.py``.

Whole processes, one after another in each round, beside Python doing nothing; medians, as ratios.
"""

import statistics
import subprocess
import sys
import time

ROUNDS = 9
RUNS = {
    "python, nothing": [sys.executable, "-c", "pass"],
    "import click": [sys.executable, "-c", "import click"],
    "inspect-kit --version": [sys.executable, "-m", "inspect_kit", "--version"],
    "inspect-kit --help": [sys.executable, "-m", "inspect_kit", "--help"],
    "import textual.app": [sys.executable, "-c", "import textual.app"],
}


def main() -> None:
    """Print a row for each command."""
    took: dict[str, list[float]] = {name: [] for name in RUNS}
    for _ in range(ROUNDS):
        for name, command in RUNS.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 (our own commands)
            took[name].append(time.perf_counter() - start)
    base = statistics.median(took["python, nothing"])
    for name, rounds in took.items():
        median = statistics.median(rounds)
        print(f"{name:22} {median * 1000:6.0f} ms   {median / base:5.1f} ×")  # noqa: T201 (what it is for)


if __name__ == "__main__":
    main()

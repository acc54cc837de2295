"""Make the pictures of README and docs from the running program: ``make pictures``.

Needs pdftoppm and pdftotext (poppler-utils) for the report's pages.
"""

import asyncio
import os
import re
import subprocess
import tempfile
from pathlib import Path

PICTURES = Path(__file__).parent / "pictures"


def keep(name: str, svg: str) -> None:
    """Save a screen without the web fonts that Textual's pictures ask for, so that nothing is loaded from outside."""
    svg = re.sub(r"@font-face\s*{.*?}", "", svg, flags=re.DOTALL)
    (PICTURES / name).write_text(svg, encoding="utf-8")


async def screens(casebook: Path, identity: Path, visit: str) -> None:
    """Photograph the inspection in a small and a wide terminal."""
    from inspect_kit.tui.app import InspectKit

    for name, size, keys in (
        ("inspecting.svg", (100, 30), ["home", "down", "down"]),
        ("inspecting-wide.svg", (160, 44), ["home", "down", "down"]),
    ):
        app = InspectKit(casebook, identity, None, visit)
        async with app.run_test(size=size) as pilot:
            await pilot.pause(0.6)
            await pilot.press(*keys)
            await pilot.pause(0.4)
            keep(name, app.export_screenshot(title="inspect_kit", simplify=True))
        app.line.close()


def tool(*command: str) -> str:
    """Run a tool of the system and give back what it prints."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 (our own words)


def main() -> None:
    """Make all pictures anew."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = folder
        from inspect_kit.work.demo import run_demo

        demo = run_demo(Path(folder) / "demo")
        asyncio.run(screens(demo.casebook, demo.identity, demo.visit))
        pages = tool("pdftotext", "-layout", str(demo.report), "-").split("\f")
        for heading, name in (("Ratings by theme", "report-ratings"), ("Searches", "report-findings")):
            number = next(at for at, page in enumerate(pages, 1) if re.search(f"^ *{heading}$", page, re.MULTILINE))
            where = ["-f", str(number), "-l", str(number), "-singlefile", str(demo.report), str(PICTURES / name)]
            tool("pdftoppm", "-png", "-r", "80", *where)


if __name__ == "__main__":
    main()

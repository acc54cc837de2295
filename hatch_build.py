"""Compiles the catalogues of the interface's languages when the package is built or installed."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogues(root: Path) -> list[Path]:
    """Compile each ``.po`` below ``inspect_kit/locale`` into the ``.mo`` beside it.

    Args:
        root: the checkout.

    Returns:
        The files written.
    """
    written = []
    for source in sorted(root.glob("inspect_kit/locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        with source.open("rb") as text, target.open("wb") as compiled:
            write_mo(compiled, read_po(text))
        written.append(target)
    return written


class CustomBuildHook(BuildHookInterface[Any]):
    """Hatchling's hook of this project."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (hatchling's signature)
        """Compile the catalogues before anything is packed."""
        root = Path(self.root)
        build_data["artifacts"] += [f"/{file.relative_to(root)}" for file in compile_catalogues(root)]


if __name__ == "__main__":
    compile_catalogues(Path(__file__).resolve().parent)

"""Gather the texts of the interface into the catalogues of other languages: ``make texts``.

What is translated stays; a new text stands there untranslated, never with a guess; one that the code no longer has is
removed. The catalogues carry no line numbers and no times, so that a change shows nothing but what changed.

``python docs/make_texts.py de`` begins another language.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import inspect_kit
from inspect_kit.cli.lazy import spoken
from inspect_kit.cli.program import program
from inspect_kit.language import DOMAIN, LOCALE

_PACKAGE = Path(inspect_kit.__file__).parent
_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
_CLICK = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")
"""The modules of click that speak to whoever runs a command, rather than to whoever writes one."""
_HEADER = ("msgid", "msgstr", '"Language: ', '"Plural-Forms: ', '"MIME-Version: ', '"Content-')
"""How the lines of a catalogue's header begin that are kept; the rest are times and addresses."""


class Text(NamedTuple):
    """An English text.

    Attributes:
        id: the text; singular and plural where it depends on a number.
        file: where it stands.
        comments: what translators are told.
        context: which of two things that are one text in English; None where there is but one.
    """

    id: str | tuple[str, str]
    file: str
    comments: tuple[str, ...] = ()
    context: str | None = None


def texts() -> Iterator[Text]:
    """Every text of the interface: the code's, the commands' help, and what click says for itself."""
    yield from _of_code(_PACKAGE, "inspect_kit/")
    yield from _of_help(program)
    click_folder = Path(click.__file__).parent
    for text in _of_code(click_folder, "click/"):
        if text.file.removeprefix("click/").removesuffix(".py") in _CLICK:
            yield text._replace(file="click")
    yield Text("required", "click", ("that an option has to be given",))  # click passes it on in a variable


def _of_code(folder: Path, prefix: str) -> Iterator[Text]:
    found = extract_from_dir(
        folder,
        method_map=[("**.py", "python")],
        keywords=_KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
        directory_filter=lambda path: Path(path).name not in ("data", "__pycache__"),
    )
    for file, _line, text, comments, context in found:
        yield Text(text, prefix + file.replace("\\", "/"), tuple(comments), context)


def _of_help(command: click.Command, path: str = "inspect-kit") -> Iterator[Text]:
    found: list[str] = []

    def say(text: str) -> str:
        found.append(text)
        return text

    spoken(command, say)
    yield from (Text(text, "help", (f"help of “{path}”",)) for text in found if text)
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from _of_help(below, f"{path} {name}")


def catalogue(language: str, before: Catalog | None = None) -> Catalog:
    """Make a language's catalogue of all texts.

    Args:
        language: two letters.
        before: holds the translations that there are.
    """
    made = Catalog(language, domain=DOMAIN, fuzzy=False)
    for text in texts():
        known = made.get(text.id, text.context)
        first_help = text.file == "help" and known is not None and "help" in (place for place, _line in known.locations)
        made.add(
            text.id,
            locations=[] if known and (text.file, 0) in known.locations else [(text.file, 0)],
            auto_comments=() if first_help else text.comments,  # where a text stands in many helps, one tells enough
            context=text.context,
        )
    for message in made:
        old = before.get(message.id, message.context) if before and message.id else None
        if old and isinstance(old.id, tuple) == isinstance(message.id, tuple) and not old.fuzzy:
            message.string = old.string
            message.user_comments = old.user_comments
    return made


def untranslated(made: Catalog) -> list[str | tuple[str, ...]]:
    """The texts that wait for their translation, or for one of its numbers."""
    return [
        one.id
        for one in made
        if one.id and not all((one.string,) if isinstance(one.string, str) else one.string or ("",))
    ]


def written(made: Catalog) -> str:
    """A catalogue as the text of a ``.po`` file, by the order of files."""
    file = io.BytesIO()
    write_po(file, made, width=120, sort_by_file=True, include_lineno=False)
    head, gap, rest = file.getvalue().decode().partition("\n\n")
    return "\n".join(line for line in head.split("\n") if line.startswith(_HEADER)) + gap + rest


def po_file(language: str) -> Path:
    """Where a language's catalogue lies."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def main() -> None:
    """Write each catalogue anew, and tell how many texts wait for their translation."""
    there = {file.parent.parent.name for file in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po")}
    for language in sorted(there | set(sys.argv[1:])):
        file = po_file(language)
        before = None
        if file.exists():
            with file.open("rb") as opened:
                before = read_po(opened, language)
        made = catalogue(language, before)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(written(made), encoding="utf-8", newline="\n")
        print(f"{language}: {len(made)} texts, {len(untranslated(made))} to translate")  # noqa: T201 (a script)


if __name__ == "__main__":
    main()

"""Standards of an organisation's own: national law and own questions, checked, and then kept beside ours."""

import shutil
import tempfile
from pathlib import Path

from inspect_kit.checklist import languages, lint, load_banks, load_translated
from inspect_kit.checklist.banks import read_raw
from inspect_kit.checklist.draft import Naming, draft
from inspect_kit.errors import BadInputError
from inspect_kit.files import explain, sync_folder
from inspect_kit.language import _, ngettext
from inspect_kit.model import Standard, clean_line
from inspect_kit.standards import (
    check_names,
    load_standard,
    load_standards,
    own_standards,
    read_document,
    read_folder,
    read_rules,
)


def check_folder(folder: Path) -> tuple[Standard, tuple[str, ...]]:
    """Check a folder that holds a standard and its item banks.

    Args:
        folder: it holds ``standard.yaml`` and a bank for each theme.

    Returns:
        The standard, and what has to be mended before it can be used, in sentences.

    Raises:
        BadInputError: when its ``standard.yaml`` cannot be used, or a bank is no YAML.
    """
    standard = read_folder(folder)
    return standard, (*lint(standard).problems, *_collisions(standard))


def add_standard(folder: Path) -> Standard:
    """Take a standard into use: its files are copied to the user's data folder, in place of an earlier version.

    Args:
        folder: it holds ``standard.yaml`` and a bank for each theme.

    Raises:
        BadInputError: when something has to be mended first, or an item of the earlier version is missing, to
            which visits may refer; nothing is changed then.
    """
    standard, problems = check_folder(folder)
    if problems:
        raise BadInputError(
            ngettext(
                "{standard} has {count} problem: {problem} “checklist check {path}” tells it too.",
                "{standard} has {count} problems, the first: {problem} “checklist check {path}” lists them.",
                len(problems),
                standard=standard.short,
                problem=problems[0],
                path=folder,
            )
        )
    place = own_standards() / standard.id
    if folder.resolve() == place.resolve():
        return standard
    missing = _ids(place) - _ids(folder)
    if missing:
        raise BadInputError(
            _(
                "{standard} lacks the item {item} of the version in use, to which visits may refer: keep it.",
                standard=standard.short,
                item=min(missing),
            )
        )
    files = ["standard.yaml", *(f"{theme.id}.yaml" for theme in standard.themes), "ids.txt"]
    files += [f"{language}/{name}" for language in languages((standard,))[1:] for name in files[:-1]]
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=place.parent, prefix=".") as workshop:
            made = Path(workshop, standard.id)
            made.mkdir(mode=0o700)
            for name in files:
                if (folder / name).is_file():
                    (made / name).parent.mkdir(exist_ok=True, mode=0o700)
                    shutil.copyfile(folder / name, made / name)
            if place.exists():
                place.rename(Path(workshop, "before"))
            made.rename(place)
        sync_folder(place.parent)
    except OSError as problem:
        raise explain(problem, _("The folder {path}", path=place)) from problem
    load_banks.cache_clear()
    load_translated.cache_clear()
    return load_standard(standard.id)


def _ids(folder: Path) -> set[str]:
    if not (folder / "standard.yaml").is_file():
        return set()
    return {item.id for bank in load_banks(read_folder(folder)) for item in bank.items}


def _collisions(standard: Standard) -> list[str]:
    """What a standard has in common with another one, and must not."""
    problems = []
    for other in load_standards():
        if other.id == standard.id:
            if other.folder.parent != own_standards():
                problems.append(
                    _("The id {id} is that of the {other}: choose another.", id=standard.id, other=other.short)
                )
            continue
        if other.prefix == standard.prefix:
            problems.append(
                _(
                    "The prefix {prefix} is that of the {other}: choose another.",
                    prefix=standard.prefix,
                    other=other.short,
                )
            )
        same = set(standard.theme_ids()) & set(other.theme_ids())
        problems += [
            _("The theme {theme} is one of the {other}: name yours otherwise.", theme=theme, other=other.short)
            for theme in sorted(same)
        ]
    return problems


def write_draft(document: Path, name: str, prefix: str, short: str, title: str, out: Path) -> tuple[Path, int]:
    """Draft a standard with item banks from a document, in a new folder.

    Args:
        document: a document of rules, as text.
        name: the standard's id.
        prefix: what its clauses' ids begin with.
        short: the name in everyday use.
        title: the full title.
        out: the folder in which the standard's folder, of the same name as its id, is made.

    Returns:
        The new folder, and how many items it holds.

    Raises:
        BadInputError: when the document holds no rules, a name is impossible, or the folder is there already.
    """
    check_names(name, prefix)
    naming = Naming(
        name,
        prefix,
        # Translators: the start of a sentence, such as “… is missing”
        clean_line(short, _("The standard's short name"), required=True),
        # Translators: the start of a sentence, such as “… is missing”
        clean_line(title, _("The standard's title"), required=True),
    )
    files = draft(read_rules(read_document(document), naming.prefix), naming)
    folder = out / naming.id
    try:
        out.mkdir(parents=True, exist_ok=True)
        folder.mkdir()
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8")
    except FileExistsError:
        raise BadInputError(
            _("{path} is there already: name another folder with --out, or remove it first.", path=folder)
        ) from None
    except OSError as problem:
        raise explain(problem, _("The folder {path}", path=folder)) from problem
    return folder, sum(len(bank["items"]) for bank in read_raw(read_folder(folder)).values())

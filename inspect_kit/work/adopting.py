"""Standards of an organisation's own: national law and own questions, checked, and then kept beside ours."""

import shutil
import tempfile
from pathlib import Path

from inspect_kit.checklist import languages, lint, load_banks, load_translated
from inspect_kit.checklist.banks import read_raw
from inspect_kit.checklist.draft import Naming, draft
from inspect_kit.errors import BadInputError
from inspect_kit.files import explain, sync_folder
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
            f"{standard.short} has {len(problems)} problem{'s' * (len(problems) != 1)}, the first: {problems[0]}"
            f" “checklist check {folder}” lists them."
        )
    place = own_standards() / standard.id
    if folder.resolve() == place.resolve():
        return standard
    missing = _ids(place) - _ids(folder)
    if missing:
        raise BadInputError(
            f"{standard.short} lacks the item {min(missing)} of the version in use, to which visits may refer: keep it."
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
        raise explain(problem, f"The folder {place}") from problem
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
                problems.append(f"The id {standard.id} is that of the {other.short}: choose another.")
            continue
        if other.prefix == standard.prefix:
            problems.append(f"The prefix {standard.prefix} is that of the {other.short}: choose another.")
        same = set(standard.theme_ids()) & set(other.theme_ids())
        problems += [f"The theme {theme} is one of the {other.short}: name yours otherwise." for theme in sorted(same)]
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
        clean_line(short, "The standard's short name", required=True),
        clean_line(title, "The standard's title", required=True),
    )
    files = draft(read_rules(read_document(document), naming.prefix), naming)
    folder = out / naming.id
    try:
        out.mkdir(parents=True, exist_ok=True)
        folder.mkdir()
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8")
    except FileExistsError:
        raise BadInputError(f"{folder} is there already: name another folder with --out, or remove it first.") from None
    except OSError as problem:
        raise explain(problem, f"The folder {folder}") from problem
    return folder, sum(len(bank["items"]) for bank in read_raw(read_folder(folder)).values())

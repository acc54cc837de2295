"""The official wording of a standard, read from the user's own copy of the document and kept beside the casebook."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from inspect_kit.errors import BadInputError
from inspect_kit.files import explain, own_folder, read_bytes, whole_file
from inspect_kit.language import _
from inspect_kit.model import Standard, Wording
from inspect_kit.standards.document import decode, read_standard

_DOCUMENT_LIMIT = 20 * 1_048_576
_KEPT_LIMIT = 4 * 1_048_576


@dataclass(frozen=True)
class Imported:
    """What an import took in.

    Attributes:
        wording: the texts by clause.
        differing: clauses whose text is not, letter for letter, that of the official document.
    """

    wording: Mapping[str, Wording]
    differing: tuple[str, ...]


def read_document(path: Path) -> str:
    """Read the text of a document that a user named.

    Raises:
        BadInputError: when it is missing, unreadable, too large or no text.
    """
    # Translators: the start of a sentence, such as “… is larger than 20 MB”
    return decode(read_bytes(path, _("The document"), _DOCUMENT_LIMIT), path.name)


def import_wording(standard: Standard, path: Path) -> Imported:
    """Read a standard's document and keep its wording in the user's data folder, in place of an earlier one.

    Args:
        standard: whose document it is.
        path: the document, as text.

    Raises:
        BadInputError: when it is not the whole text of the standard, or cannot be kept; an earlier import stays.
    """
    texts = {passage.id: passage.text for passage in read_standard(read_document(path), standard)}
    file = _kept(standard)
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as problem:
        # Translators: the start of a sentence, such as “… is not there”
        raise explain(problem, _("The folder {path}", path=file.parent)) from problem
    # Translators: the start of a sentence, such as “… cannot be written”
    with whole_file(file, _("The official wording")) as temporary:
        temporary.write_text(json.dumps(texts, ensure_ascii=False, indent=1), encoding="utf-8")
    wording = _judge(standard, texts)
    return Imported(wording, tuple(clause for clause, kept in wording.items() if not kept.official))


def has_wording() -> bool:
    """Whether the wording of any standard was imported."""
    return any((own_folder() / "wording").glob("*.json"))


def load_wording(standard: Standard) -> Mapping[str, Wording]:
    """The wording that was imported, by clause; empty where none was, or where what is kept is damaged."""
    file = _kept(standard)
    try:
        if not file.is_file():
            return {}
        texts = json.loads(read_bytes(file, _("The official wording"), _KEPT_LIMIT))
    except (BadInputError, OSError, ValueError, RecursionError):
        return {}
    if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
        return {}
    return _judge(standard, {clause: texts[clause] for clause in standard.clauses if clause in texts})


def _kept(standard: Standard) -> Path:
    return own_folder() / "wording" / f"{standard.id}.json"


def _judge(standard: Standard, texts: Mapping[str, str]) -> dict[str, Wording]:
    known = _digests(standard.folder)
    return {
        clause: Wording(text, known.get(clause) == hashlib.sha256(text.encode()).hexdigest())
        for clause, text in texts.items()
    }


@cache
def _digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of each clause's official text, as the reader gives it."""
    file = folder / "wording.sha256"
    if not file.is_file():
        return {}
    lines = (line.split() for line in file.read_text(encoding="ascii").splitlines())
    return {clause: digest for digest, clause in lines}

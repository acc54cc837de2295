"""Files that inspectors attach to evidence."""

import hashlib
from pathlib import Path

from inspect_kit.casebook import ATTACHMENT_LIMIT
from inspect_kit.errors import BadInputError
from inspect_kit.files import read_bytes
from inspect_kit.language import _
from inspect_kit.model import Attachment

_MARKS = (
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"GIF8", 0, "image/gif"),
    (b"WEBP", 8, "image/webp"),
    (b"II*\x00", 0, "image/tiff"),
    (b"MM\x00*", 0, "image/tiff"),
    (b"ftypheic", 4, "image/heic"),
    (b"%PDF-", 0, "application/pdf"),
    (b"PK\x03\x04", 0, "application/zip"),
    (b"RIFF", 0, "audio/wav"),
    (b"ID3", 0, "audio/mpeg"),
    (b"ftyp", 4, "video/mp4"),
)


def read_attachment(path: Path) -> tuple[Attachment, bytes]:
    """Read a file that is to be attached.

    Args:
        path: the file; only its last name is kept, never its folder.

    Returns:
        What it is, and its bytes.

    Raises:
        BadInputError: when it is missing, unreadable, empty or too large.
    """
    # Translators: the start of a sentence, before the file's name
    data = read_bytes(path, _("The attached file"), ATTACHMENT_LIMIT)
    if not data:
        raise BadInputError(_("The attached file {name} is empty: attach another.", name=path.name))
    return describe(path.name, data)


def describe(name: str, data: bytes) -> tuple[Attachment, bytes]:
    """Describe bytes that are to be attached under a name; the kind of file is judged by its first bytes."""
    kind = next((kind for mark, at, kind in _MARKS if data[at : at + len(mark)] == mark), "application/octet-stream")
    name = "".join(letter if letter.isprintable() else "_" for letter in name[:200])
    return Attachment(hashlib.sha256(data).hexdigest(), name, kind, len(data)), data

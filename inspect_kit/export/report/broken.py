"""Errors of the PDF libraries, turned into a sentence for an inspector."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from inspect_kit.errors import BadInputError, ReportError
from inspect_kit.files import read_bytes
from inspect_kit.language import _

LIMIT = 512 * 1_048_576
"""The largest report that is read, in bytes."""

# pyHanko logs its doubts on stderr where nobody listens; ours are told as problems
logging.getLogger("pyhanko").addHandler(logging.NullHandler())

DAMAGED = (
    PdfError,
    UnsupportedAlgorithm,
    # what pyHanko and asn1crypto raise on damaged bytes besides their own errors
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What the libraries raise on files that are not as they should be."""


@contextmanager
def told_plainly(path: Path, *, signing: bool = False) -> Iterator[None]:
    """Turn an error of the PDF libraries into one sentence.

    Args:
        path: the report.
        signing: whether it was to be signed, and not only read.

    Raises:
        ReportError: in place of the library's error.
    """
    try:
        yield
    except DAMAGED as problem:
        told = (
            _("The report {path} cannot be signed: it is damaged or cut short. Ask for the original file.", path=path)
            if signing
            else _(
                "The report {path} cannot be read: it is damaged or cut short. Ask for the original file.", path=path
            )
        )
        raise ReportError(told) from problem


def read_pdf(path: Path) -> bytes:
    """Read a report's bytes.

    Raises:
        BadInputError: when the file is missing, unreadable, or no PDF.
    """
    data = read_bytes(path, _("The report"), LIMIT)
    if not data.startswith(b"%PDF-"):
        raise BadInputError(_("The file {path} is no PDF: name a report of inspect_kit.", path=path))
    return data


def refuse_encrypted(data: bytes, path: Path) -> None:
    """Tell an encrypted file apart.

    Raises:
        ReportError: when it is encrypted.
    """
    if b"/Encrypt" in data:
        raise ReportError(
            _(
                "The report {path} is encrypted: take the encryption off, or name the file as inspect_kit wrote it.",
                path=path,
            )
        )


def open_pdf(data: bytes, path: Path) -> PdfFileReader:
    """Open a report's bytes; to be used within ``told_plainly``.

    Raises:
        ReportError: when it is encrypted.
    """
    reader = PdfFileReader(BytesIO(data), strict=True)
    if reader.encrypted:
        refuse_encrypted(b"/Encrypt", path)
    return reader

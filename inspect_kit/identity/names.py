"""Names in certificates: what one may hold, and how a foreign one is shown."""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from inspect_kit.errors import BadInputError
from inspect_kit.language import _
from inspect_kit.model import clean_line

if TYPE_CHECKING:
    from cryptography import x509

LIMIT = 64
"""The most characters of a name (X.509)."""
UNNAMED = "unnamed"
"""Stands for a missing name, in every language alike, because names are kept in the casebook."""
_SHOWN = 200
_JOINERS = "\u200c\u200d"  # Persian names and joined emoji need them
_STAND_IN = "\ufffd"


def readable(text: str) -> str:
    """A foreign name on one line: control characters, turned directions and what nobody sees become “�”.

    Args:
        text: as it stands in a certificate, of any length and content.
    """
    line = " ".join(text[: 10 * _SHOWN].split())[:_SHOWN]
    return "".join(_STAND_IN if _hidden(letter) else letter for letter in line)


def fitting(text: str, what: str, *, required: bool = False) -> str:
    """Check a name that shall stand in a certificate.

    Args:
        text: as typed.
        what: the field's name, as the start of a sentence.
        required: whether it may stay empty.

    Raises:
        BadInputError: when it is missing, too long, or holds characters that nobody sees.
    """
    text = " ".join(clean_line(text, what, required=required).split())
    if len(text) > LIMIT:
        raise BadInputError(
            _("{what} has {count} characters; a certificate holds 64. Shorten it.", what=what, count=len(text))
        )
    if readable(text) != text or _STAND_IN in text:
        raise BadInputError(
            _(
                "{what} holds characters that nobody sees, or that turn the direction of writing: type it by hand.",
                what=what,
            )
        )
    return text


def subject(name: str, organisation: str) -> x509.Name:
    """A certificate's subject.

    Args:
        name: checked by ``fitting``.
        organisation: likewise; may be empty.
    """
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    parts = [(NameOID.ORGANIZATION_NAME, organisation)] if organisation else []
    with any_script():
        return x509.Name(
            [x509.NameAttribute(oid, value, _validate=False) for oid, value in (*parts, (NameOID.COMMON_NAME, name))]
        )


def names_in(subject: x509.Name) -> tuple[str, str]:
    """Name and organisation in a subject, readable; each empty where there is none."""
    from cryptography.x509.oid import NameOID

    def named(oid: x509.ObjectIdentifier) -> str:
        found = subject.get_attributes_for_oid(oid)
        return readable(str(found[0].value)) if found else ""

    return named(NameOID.COMMON_NAME), named(NameOID.ORGANIZATION_NAME)


@contextmanager
def any_script() -> Iterator[None]:
    """X.509 limits a name to 64 characters; cryptography counts bytes, and complains of most Thai or Arabic names."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Attribute's length must be", UserWarning)
        yield


def _hidden(letter: str) -> bool:
    return letter not in _JOINERS and unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")

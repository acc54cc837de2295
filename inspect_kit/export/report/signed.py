"""One signature of a report, as it stands in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from asn1crypto import cms, x509  # type: ignore[import-untyped]  # asn1crypto has no types
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from inspect_kit.export.report.layers import Layer


@dataclass(frozen=True)
class Signed:
    """A place that is signed.

    Attributes:
        place: the name of its form field.
        field: the field, as it stands at the end of the file.
        value: what signs it.
        layer: the number of the layer that brought the signature.
        span: what it covers: from, how much, from, how much, in bytes.
        der: its message.
    """

    place: str
    field: generic.DictionaryObject
    value: generic.DictionaryObject
    layer: int
    span: tuple[int, ...]
    der: bytes

    @cached_property
    def message(self) -> cms.ContentInfo:
        """Its message, taken apart."""
        return cms.ContentInfo.load(self.der)

    @property
    def signer(self) -> cms.SignerInfo:
        """What the message says of its signer."""
        return self.message["content"]["signer_infos"][0]

    @property
    def certificate(self) -> x509.Certificate:
        """The signer's certificate in the message; the first one where hers is not there."""
        certificates = [one.chosen for one in self.message["content"]["certificates"]]
        number = self.signer["sid"].chosen["serial_number"].native
        return next((one for one in certificates if one.serial_number == number), certificates[0])

    @property
    def end(self) -> int:
        """Where that ends which it covers."""
        return sum(self.span[2:4])


def signatures(reader: PdfFileReader, parts: tuple[Layer, ...]) -> tuple[Signed, ...]:
    """Read the signatures of a report, in the order in which they were made.

    Args:
        reader: the file.
        parts: its layers.

    Raises:
        ValueError: when one is not built as a signature is.
        LookupError: likewise.
        TypeError: likewise.
    """
    return tuple(sorted(_signatures(reader, parts), key=lambda one: one.layer))


def _signatures(reader: PdfFileReader, parts: tuple[Layer, ...]) -> Iterator[Signed]:
    for field in _all_fields(reader):
        if field.get("/FT") != "/Sig" or "/V" not in field:
            continue
        place = field.raw_get("/V")
        if not isinstance(place, generic.IndirectObject):
            raise ValueError("a signature that is no object of its own")
        value = place.get_object()
        span = tuple(int(number) for number in value["/ByteRange"])
        brought = next(number for number, part in enumerate(parts) if place.idnum in part.objects)
        contents: Any = value.raw_get("/Contents", decrypt=generic.EncryptedObjAccess.RAW)
        yield Signed(str(field.get("/T")), field, value, brought, span, bytes(contents))


def _all_fields(reader: PdfFileReader) -> Iterator[generic.DictionaryObject]:
    """All fields of the form; ours have no fields below them, and a form with such is none of ours."""
    form = part_of(reader.root, "/AcroForm")
    for reference in part_of(form, "/Fields") if form else ():
        field = reference.get_object()
        if "/Kids" in field:
            raise ValueError("fields below fields")
        yield field


def part_of(whole: generic.DictionaryObject, name: str) -> Any:
    """A value of a dictionary, followed to the object that it points at; None where there is none."""
    return whole[name] if name in whole else None  # noqa: SIM401 (its get does not follow)

"""What somebody would do to a report who has PDF libraries, a hex editor and time."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from inspect_kit.errors import InspectKitError
from inspect_kit.export.report import SignerRole, Verification, sign, verify, verify_report
from inspect_kit.export.report.layers import layers
from inspect_kit.identity import Identity
from inspect_kit.model import VisitRecord

Change = Callable[[IncrementalPdfFileWriter], None]


def revised(path: Path, change: Change) -> None:
    """Add a revision to a report."""
    writer = IncrementalPdfFileWriter(BytesIO(path.read_bytes()))
    writer._update_meta = lambda: None
    change(writer)
    out = BytesIO()
    writer.write(out)
    path.write_bytes(out.getvalue())


def refused(path: Path, *fragments: str) -> Verification:
    """Check that a report does not verify, and says why."""
    found = verify_report(path)
    assert not found.valid
    told = " ".join(found.problems)
    assert all(fragment in told for fragment in fragments), told
    return found


def holds(path: Path) -> bool:
    """Whether a report verifies; pages aside, which would take long where it is asked hundreds of times."""
    try:
        return not verify_report(path, thorough=False).faults
    except InspectKitError:
        return False


def sign_anything(
    path: Path, identity: Identity, role: SignerRole, monkeypatch: pytest.MonkeyPatch, place: str = "", **more: object
) -> None:
    """Sign with a program that asks no questions, in any place."""

    def pretend(data: bytes, path: Path, **_: object) -> Verification:
        return replace(verify.examine(data, path, thorough=False), problems=("",), complete=False)

    with monkeypatch.context() as patched:
        patched.setattr(sign, "examine", pretend)
        patched.setattr(sign, "_refuse_unfit", lambda *_: None)
        if place:
            chosen = sign.Place(place, role)
            patched.setattr(sign, "_place", lambda *_: chosen)
        sign.sign(path, identity, role, **more)  # type: ignore[arg-type]


def unsigned(data: bytes) -> bytes:
    """A report as it was before anybody signed."""
    return data[: layers(data)[0].end]


def rewritten(path: Path, number: int, source: bytes) -> None:
    """Put other bytes in the place of one object of an unsigned report, and mend its table."""
    data = path.read_bytes()
    (layer,) = layers(data)
    places = sorted([*layer.objects.values(), layer.table])
    start = layer.objects[number]
    end = places[places.index(start) + 1]
    new = b"%d 0 obj\n%s\nendobj\n" % (number, source)
    moved = len(new) - (end - start)
    table = data[layer.table :]
    for place in set(layer.objects.values()):
        if place > start:
            table = table.replace(b"%010d 00000 n" % place, b"#%09d 00000 n" % (place + moved))
    table = table.replace(b"\n#", b"\n0").replace(
        b"startxref\n%d\n" % layer.table, b"startxref\n%d\n" % (layer.table + moved)
    )
    path.write_bytes(data[:start] + new + data[end : layer.table] + table)


def object_with(data: bytes, mark: bytes) -> tuple[int, bytes]:
    """The number and source of the first object that contains a mark before its stream."""
    for found in re.finditer(rb"(?<=\n)(\d+) 0 obj\n(.*?)\nendobj\n", data, re.DOTALL):
        if mark in found[2].partition(b"stream")[0]:
            return int(found[1]), found[2]
    raise LookupError(mark)


def attached_instead(path: Path, data: bytes) -> None:
    """Attach other data to an unsigned report."""
    number, source = object_with(path.read_bytes(), b"/EmbeddedFile")
    packed = zlib.compress(data)
    head = re.sub(rb"/Length \d+", b"/Length %d" % len(packed), source.partition(b"\nstream")[0])
    rewritten(path, number, head + b"\nstream\n" + packed + b"\nendstream")


def other_pages(
    shown: VisitRecord, attached: VisitRecord, path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[..., None]
) -> None:
    """Write a report whose pages show one record and whose data says another."""
    from inspect_kit.export.report import write as module

    real = module.read_data
    with monkeypatch.context() as patched:
        patched.setattr(
            module,
            "read_data",
            lambda data: replace(real(data), shown=replace(real(data).shown, visit=shown)),
        )
        write(attached, path)


def note(writer: IncrementalPdfFileWriter) -> None:
    """Lay a note over a page."""
    page = writer.root["/Pages"]["/Kids"][1]
    box = generic.ArrayObject([generic.NumberObject(at) for at in (50, 50, 500, 700)])
    over = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Contents"): generic.TextStringObject("All is well"),
            generic.pdf_name("/Rect"): box,
        }
    )
    page["/Annots"] = generic.ArrayObject([writer.add_object(over)])
    writer.update_container(page)


def overwrite(writer: IncrementalPdfFileWriter) -> None:
    """Give a page other contents."""
    page = writer.root["/Pages"]["/Kids"][1]
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"0 0 10 10 re f"))
    writer.update_container(page)


def overwrite_in_place(writer: IncrementalPdfFileWriter) -> None:
    """Write a page's own contents anew."""
    contents = writer.root["/Pages"]["/Kids"][1].raw_get("/Contents")
    reference = contents[0] if isinstance(contents, generic.ArrayObject) else contents
    _replace(writer, reference, generic.StreamObject(stream_data=b"0 0 10 10 re f"))


def reattach(writer: IncrementalPdfFileWriter) -> None:
    """Exchange the attached data."""
    described = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]
    stream = generic.StreamObject(stream_data=b"{}")
    stream["/Type"] = generic.pdf_name("/EmbeddedFile")
    _replace(writer, described["/EF"].raw_get("/F"), stream)


def refont(writer: IncrementalPdfFileWriter) -> None:
    """Exchange a font, so that the letters look like others."""
    fonts = writer.root["/Pages"]["/Kids"][1]["/Resources"]["/Font"]
    name = next(iter(fonts))
    fonts[name]["/BaseFont"] = generic.pdf_name("/Other")
    writer.mark_update(fonts.raw_get(name))


def retitle(writer: IncrementalPdfFileWriter) -> None:
    """Give the document another title."""
    info = writer.trailer["/Info"]
    info["/Title"] = generic.TextStringObject("All is well")
    writer.mark_update(writer.trailer.raw_get("/Info"))


def redescribe(writer: IncrementalPdfFileWriter) -> None:
    """Write the document's description anew."""
    _replace(writer, writer.root.raw_get("/Metadata"), generic.StreamObject(stream_data=b"<x/>"))


def refield(writer: IncrementalPdfFileWriter) -> None:
    """Write another name on a place for signatures."""
    field = writer.root["/AcroForm"]["/Fields"][1]
    field["/TU"] = generic.TextStringObject("Signature of the director")
    writer.mark_update(writer.root["/AcroForm"]["/Fields"].raw_get(1))


def _replace(writer: IncrementalPdfFileWriter, reference: generic.IndirectObject, value: generic.PdfObject) -> None:
    writer.objects[(reference.generation, reference.idnum)] = value
    value.container_ref = generic.Reference(reference.idnum, reference.generation, pdf=writer)
    writer.update_container(value)

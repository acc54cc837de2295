"""Photographs in a report."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from visit_builder import Files, evidence, one_finding, photo

from inspect_kit.errors import UnknownError
from inspect_kit.export.report.pictures import LONGEST_SIDE, dimensions, prepare
from inspect_kit.model import Assessment, Attachment, EvidenceKind, Finding, VisitRecord
from tests.pdf_tools import words

Write = Callable[..., Path]


def with_photo(attached: Attachment) -> VisitRecord:
    shot = evidence(EvidenceKind.PHOTO, "The door.", attachment=attached)
    return one_finding(Finding("", Assessment.NOT_MET, evidence=(shot,)))


def test_a_photograph_is_shown_as_a_picture(written: Write) -> None:
    files = Files()
    path = written(with_photo(files.add(photo(), "IMG_1.jpg", "image/jpeg")), files=files)
    pictures = [picture for page in PdfReader(path).pages for picture in page.images]
    assert len(pictures) == 1
    assert pictures[0].image is not None
    assert pictures[0].image.size == (900, 600)


def test_place_and_device_do_not_leave_with_a_photograph(written: Write) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SpyCam Maker"
    exif.get_ifd(0x8825)[1] = "N"
    data = photo(exif=exif.tobytes(), comment=b"SECRET COMMENT", icc_profile=b"SECRET PROFILE" * 20)
    files = Files()
    path = written(with_photo(files.add(data, "IMG_1.jpg", "image/jpeg")), files=files)
    assert b"SpyCam" in data
    assert b"SECRET COMMENT" in data
    jpeg = next(picture.data for page in PdfReader(path).pages for picture in page.images)
    for raw in (jpeg, path.read_bytes()):
        assert b"SpyCam" not in raw
        assert b"SECRET" not in raw
    with Image.open(BytesIO(jpeg)) as shown:
        assert not shown.getexif()
        assert "comment" not in shown.info
        assert "icc_profile" not in shown.info


def test_a_photograph_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    done = prepare(photo(wide=300, high=200, exif=exif.tobytes()))
    assert done is not None
    assert dimensions(done) == (200, 300)


def test_a_large_photograph_is_made_smaller() -> None:
    done = prepare(photo(wide=5000, high=2500))
    assert done is not None
    assert dimensions(done) == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_a_transparent_picture_is_set_on_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, "PNG")
    done = prepare(out.getvalue())
    assert done is not None
    with Image.open(BytesIO(done)) as shown:
        assert shown.getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16", "F"])
def test_a_picture_in_any_colours_is_shown(mode: str) -> None:
    out = BytesIO()
    Image.new(mode, (30, 20)).save(out, "TIFF" if mode != "P" else "GIF")
    assert prepare(out.getvalue()) is not None


def test_a_file_that_claims_to_be_enormous_is_not_decoded() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    assert prepare(bomb) is None


@pytest.mark.parametrize("save", [{}, {"progressive": True}, {"quality": 95}, {"subsampling": 0}, {"optimize": True}])
def test_a_jpeg_that_fits_keeps_its_picture_and_loses_all_else(save: dict[str, object]) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SpyCam Maker"
    data = photo(exif=exif.tobytes(), comment=b"SECRET", icc_profile=b"SECRET" * 9, **save) + b"SECRET behind the end"
    done = prepare(data)
    assert done is not None
    assert b"SpyCam" not in done
    assert b"SECRET" not in done
    with Image.open(BytesIO(done)) as shown, Image.open(BytesIO(data)) as was:
        assert shown.tobytes() == was.tobytes()
        assert set(shown.info) <= {"progressive", "progression"}


def test_a_jpeg_that_takes_too_many_bytes_is_written_anew() -> None:
    noise = Image.effect_noise((400, 300), 90).convert("RGB")
    out = BytesIO()
    noise.save(out, "JPEG", quality=100)
    done = prepare(out.getvalue())
    assert done is not None
    assert len(done) < len(out.getvalue()) / 2


def test_a_jpeg_flipped_anywhere_is_shown_or_told_and_never_breaks() -> None:
    data = photo(wide=120, high=80)
    for place in range(0, len(data), 3):
        done = prepare(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        if done is not None:
            with Image.open(BytesIO(done)) as shown:
                shown.load()


DAMAGED = (b"", b"no picture", photo()[:3000], b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"GIF89a" + b"\xff" * 30)


@pytest.mark.parametrize("data", DAMAGED)
def test_a_damaged_picture_is_not_read(data: bytes) -> None:
    assert prepare(data) is None


def test_a_damaged_picture_is_told_in_its_place(written: Write) -> None:
    files = Files()
    text = words(written(with_photo(files.add(photo()[:3000], "IMG_9.jpg", "image/jpeg")), files=files))
    assert "This picture could not be read." in text
    assert "IMG_9.jpg" in text


@pytest.mark.parametrize("problem", [KeyError("gone"), UnknownError("No such file."), OSError("disk")])
def test_a_picture_that_is_not_kept_here_is_told_in_its_place(tmp_path: Path, problem: Exception) -> None:
    from visit_builder import MADE

    from inspect_kit.export.report import write_report
    from inspect_kit.model import Edition

    def missing(_digest: str) -> bytes:
        raise problem

    path = tmp_path / "r.pdf"
    write_report(with_photo(Attachment("ab" * 32, "x.jpg", "image/jpeg", 10)), Edition.INTERNAL, path, missing, MADE)
    assert "This picture is not kept here, and could not be shown." in words(path)


def test_another_file_is_named_with_its_size_and_digest(written: Write) -> None:
    files = Files()
    attached = files.add(b"%PDF-1.4" * 40_000, "register.pdf", "application/pdf")
    source = evidence(EvidenceKind.DOCUMENT, "A register.", attachment=attached)
    text = words(written(one_finding(Finding("", Assessment.NOT_MET, evidence=(source,))), files=files))
    assert f"File: register.pdf, application/pdf, 320 kB, SHA-256 begins {attached.digest[:16]}" in text

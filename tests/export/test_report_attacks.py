"""Attacks on a signed report, each with the sentence that tells it."""

from __future__ import annotations

import json
import random
import re
import shutil
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import attackers
import pytest
from attackers import Change, holds, refused, revised, sign_anything
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pypdf import PdfWriter
from visit_builder import MADE, Files, full_visit, looked_at, one_finding, team

from inspect_kit.errors import InspectKitError, ReportError
from inspect_kit.export.report import Pages, SignerRole, sign_report, verify_report, write_report
from inspect_kit.export.report.data import LIMIT
from inspect_kit.export.report.layers import layers
from inspect_kit.identity import Identity, create
from inspect_kit.model import Assessment, Edition, Finding, Seal, VisitRecord, canonical
from tests.pdf_tools import run

People = dict[str, Identity]
INSPECTOR, CHAIR = SignerRole.INSPECTOR, SignerRole.CHAIR
BAD = one_finding(Finding("", Assessment.NOT_MET, narrative="The door stood open."))
GOOD = one_finding(Finding("", Assessment.MET, narrative="All was well."))


@pytest.fixture
def copy(tmp_path: Path) -> Callable[[Path], Path]:
    """Copy a report, to do something to it."""

    def to(path: Path) -> Path:
        return Path(shutil.copy(path, tmp_path / "copy.pdf"))

    return to


def write(visit: VisitRecord, path: Path) -> None:
    write_report(visit, Edition.AUTHORITY, path, {}.__getitem__, MADE)


@pytest.fixture(scope="module")
def pictured(full_report: Path, people: People, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A report with photographs that an inspector and the chair have signed."""
    path = tmp_path_factory.mktemp("pictured") / "pictured.pdf"
    shutil.copy(full_report, path)
    sign_report(path, people["ana"], INSPECTOR)
    sign_report(path, people["chair"], CHAIR)
    return path.read_bytes()


# bytes


def regions(data: bytes) -> dict[str, tuple[int, int]]:
    """Where the parts of a signed report lie."""
    first, *later = layers(data)
    picture, font = data.index(b"/DCTDecode"), data.index(b"/FontFile2")
    file = data.index(b"/EmbeddedFile")
    gap = re.search(rb"/Contents <[0-9A-F]+>", data)
    assert gap
    return {
        "header": (0, 20),
        "text": (data.index(b"stream\n") + 8, data.index(b"endstream")),
        "picture": (data.index(b"stream", picture) + 8, data.index(b"endstream", picture)),
        "font": (font, font + 60),
        "attachment": (data.index(b"stream", file) + 8, data.index(b"endstream", file)),
        "table": (first.table, first.end),
        "signature": gap.span(),
        "stamp": (later[0].start, later[0].table),
        "later table": (later[-1].table, later[-1].end),
    }


@pytest.mark.parametrize(
    "region",
    ["header", "text", "picture", "font", "attachment", "table", "signature", "stamp", "later table"],
)
def test_a_changed_byte_never_goes_unseen(pictured: bytes, tmp_path: Path, region: str) -> None:
    choice = random.Random(region)  # noqa: S311 (a repeatable choice, no secret)
    start, end = regions(pictured)[region]
    path = tmp_path / "changed.pdf"
    path.write_bytes(pictured)
    assert holds(path)
    for offset in [start, end - 1, *(choice.randrange(start, end) for _ in range(8))]:
        changed = bytearray(pictured)
        changed[offset] ^= choice.choice((1, 2, 16, 32, 128))
        path.write_bytes(changed)
        assert not holds(path), f"byte {offset} changed"


def test_a_changed_byte_has_its_sentence(signed_by_all: Path, copy: Callable[[Path], Path]) -> None:
    path = copy(signed_by_all)
    data = bytearray(path.read_bytes())
    data[data.index(b"stream\n") + 40] ^= 1
    path.write_bytes(data)
    refused(path, "Signature 1, of Ana Example as inspector, is broken: what it covers was changed after it was signed")


def test_every_truncation_is_seen_or_leaves_an_earlier_whole_report(
    signed_by_all: Path, copy: Callable[[Path], Path]
) -> None:
    data = signed_by_all.read_bytes()
    ends = [part.end for part in layers(data)]
    assert len(ends) == 5
    path = copy(signed_by_all)
    for length in (
        [len(data) * step // 15 for step in range(1, 15)] + [end - 1 for end in ends] + [end + 1 for end in ends[:-1]]
    ):
        path.write_bytes(data[:length])
        assert not holds(path), f"cut to {length}"


@pytest.mark.parametrize(
    ("kept", "missing"),
    [
        (4, "signed by 3 of 4; still to sign: the chair."),
        (2, "signed by 1 of 4; still to sign: Berta Muster (inspector), Dr Carla Sample (inspector) and the chair."),
        (1, "Nobody has signed this report."),
    ],
)
def test_cutting_off_later_signers_leaves_a_report_that_names_them(
    signed_by_all: Path, copy: Callable[[Path], Path], kept: int, missing: str
) -> None:
    path = copy(signed_by_all)
    data = path.read_bytes()
    path.write_bytes(data[: layers(data)[kept - 1].end])
    found = refused(path, missing)
    assert not found.complete
    assert found.faults == ()


@pytest.mark.parametrize("junk", [b"\n", b"junk", b"%%EOF\n", b"% a comment\n%%EOF\n", b"\0" * 3000])
def test_bytes_after_the_end_are_a_problem(signed_by_all: Path, copy: Callable[[Path], Path], junk: bytes) -> None:
    path = copy(signed_by_all)
    path.write_bytes(path.read_bytes() + junk)
    were = "byte was" if len(junk) == 1 else "bytes were"
    refused(path, f"{len(junk):,} {were} added after the end of the report, or left of a part that was cut short.")


def test_another_end_behind_the_end_is_a_problem(signed_by_all: Path, copy: Callable[[Path], Path]) -> None:
    path = copy(signed_by_all)
    data = path.read_bytes()
    path.write_bytes(data + data[data.rindex(b"startxref") :])
    refused(path, "bytes were added after the end of the report, or left of a part that was cut short.")


# revisions


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (attackers.note, "A page was changed by somebody who did not sign."),
        (attackers.overwrite, "A page was changed by somebody who did not sign."),
        (attackers.overwrite_in_place, "What is printed on a page was changed by somebody who did not sign."),
        (attackers.reattach, "The attached data was changed by somebody who did not sign."),
        (attackers.refont, "A font was changed by somebody who did not sign."),
        (attackers.retitle, "The title, author, dates or other data of the document were changed"),
        (attackers.redescribe, "The title, author, dates or other data of the document were changed"),
        (attackers.refield, "A form field was changed by somebody who did not sign."),
        (lambda writer: writer.update_root(), "it holds more revisions than signatures."),
    ],
    ids=["note", "page", "words", "attachment", "font", "title", "description", "field", "nothing"],
)
@pytest.mark.parametrize("which", ["signed_once", "signed_by_all"])
def test_a_later_revision_is_told_with_what_it_changes(
    which: str, change: Change, told: str, copy: Callable[[Path], Path], request: pytest.FixtureRequest
) -> None:
    path = copy(request.getfixturevalue(which))
    revised(path, change)
    refused(path, told, "The file was changed by somebody who did not sign")


def test_a_signature_field_that_was_not_prepared_is_a_problem(signed_once: Path, copy: Callable[[Path], Path]) -> None:
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    path = copy(signed_once)
    revised(path, lambda writer: append_signature_field(writer, SigFieldSpec("director", box=(10, 10, 90, 40))))
    refused(path, "A form field was added")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (attackers.note, "A page was changed together with signature 2."),
        (attackers.overwrite_in_place, "What is printed on a page was changed together with signature 2."),
        (attackers.retitle, "The title, author, dates or other data of the document were changed"),
        (attackers.refield, "A form field was changed together with signature 2."),
    ],
    ids=["note", "words", "title", "field"],
)
def test_a_signer_who_changes_more_than_her_place_is_told(
    change: Change,
    told: str,
    signed_once: Path,
    people: People,
    copy: Callable[[Path], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from inspect_kit.export.report import sign

    class Forger(sign._Writer):  # type: ignore[misc, name-defined]  # pyHanko has no types
        def _update_meta(self) -> None:
            change(self)

    path = copy(signed_once)
    monkeypatch.setattr(sign, "_Writer", Forger)
    sign_anything(path, people["berta"], INSPECTOR, monkeypatch)
    refused(path, told)


def test_a_stamp_that_is_a_picture_is_told(
    signed_once: Path, people: People, copy: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from inspect_kit.export.report.stamp import Stamp

    path = copy(signed_once)
    monkeypatch.setattr(Stamp, "_render_inner_content", lambda self: [b"0 0 100 50 re f"])
    sign_anything(path, people["berta"], INSPECTOR, monkeypatch)
    refused(path, "Something besides a signature was added together with signature 2.")


def test_a_stamp_that_shows_somebody_else_is_told(
    signed_once: Path, people: People, copy: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from inspect_kit.export.report import sign

    path = copy(signed_once)
    monkeypatch.setattr(sign, "lines_of", lambda *_, **__: ("Dr Carla Sample", "agrees with all of it"))
    sign_anything(path, people["berta"], INSPECTOR, monkeypatch)
    refused(path, "Signature 2, of Berta Muster as inspector, shows something else on its page than who signed")


def test_a_stamp_with_letters_that_look_like_others_is_told(
    signed_once: Path, people: People, copy: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from fontTools.ttLib import TTFont

    from inspect_kit.export.report import fonts, stamp

    real = TTFont(fonts.FOLDER / fonts.FILES[fonts.REGULAR])
    table = real["glyf"]
    table.glyphs["B"], table.glyphs["M"] = table.glyphs["M"], table.glyphs["B"]
    for name in ("GSUB", "GPOS", "GDEF"):
        del real[name]
    out = BytesIO()
    real.save(out)
    path = copy(signed_once)
    with monkeypatch.context() as patched:
        patched.setattr(stamp, "stamp_font", out.getvalue)
        sign_anything(path, people["berta"], INSPECTOR, monkeypatch)
    refused(path, "Signature 2, of Berta Muster as inspector, shows something else on its page than who signed")


def test_a_page_that_waits_for_an_object_of_a_later_signer_is_told(
    small_report: Path, people: People, copy: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copy(small_report)
    data = path.read_bytes()
    number, source = attackers.object_with(data, b"/Type /Page\n")
    coming = max(layers(data)[0].objects) + 3
    waiting = re.sub(rb"/Contents [\d\s R\[\]]+", b"/Contents %d 0 R\n" % coming, source)
    assert waiting != source
    attackers.rewritten(path, number, waiting)
    sign_anything(path, people["ana"], INSPECTOR, monkeypatch)
    refused(path, "Something besides a signature was added together with signature 1.")


def test_a_signature_by_another_program_is_told(
    signed_once: Path, people: People, copy: Callable[[Path], Path]
) -> None:
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    from inspect_kit.export.report.sign import _Key

    path = copy(signed_once)
    signer = PdfSigner(PdfSignatureMetadata(field_name="inspector-2"), _Key(people["berta"]))
    out = signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(path.read_bytes())), existing_fields_only=True)
    path.write_bytes(out.getvalue())
    refused(path, "together with signature 2")


def test_a_report_rewritten_by_another_program_is_refused(signed_by_all: Path, tmp_path: Path) -> None:
    path = tmp_path / "rewritten.pdf"
    run("qpdf", str(signed_by_all), str(path))
    assert not holds(path)


# signatures


def test_anything_slipped_in_beside_the_signature_s_own_bytes_is_a_problem(
    signed_once: Path, people: People, copy: Callable[[Path], Path]
) -> None:
    from asn1crypto import cms, x509

    path = copy(signed_once)
    data = path.read_bytes()
    gap = re.search(rb"/Contents <([0-9A-F]+)>", data)
    assert gap
    message = cms.ContentInfo.load(bytes.fromhex(gap[1].decode()))
    message["content"]["certificates"].append(x509.Certificate.load(people["berta"].certificate))
    longer = message.dump(force=True).hex().upper().encode()
    assert len(longer) < len(gap[1])
    path.write_bytes(data[: gap.start(1)] + longer.ljust(len(gap[1]), b"0") + data[gap.end(1) :])
    found = refused(path, "Signature 1, of Ana Example as inspector, is not in the form in which inspect_kit signs")
    assert not found.signers[0].valid


def test_a_signature_moved_to_another_report_is_broken(
    signed_once: Path, written: Callable[..., Path], people: People
) -> None:
    other = written(one_finding(team=team()))
    sign_report(other, people["ana"], INSPECTOR)
    find = re.compile(rb"/Contents <([0-9A-F]+)>")
    mine, theirs = find.search(signed_once.read_bytes()), find.search(other.read_bytes())
    assert mine
    assert theirs
    size = theirs.end(1) - theirs.start(1)
    moved = mine[1].rstrip(b"0").ljust(size, b"0")
    data = other.read_bytes()
    other.write_bytes(data[: theirs.start(1)] + moved + data[theirs.end(1) :])
    refused(other, "Signature 1, of Ana Example as inspector, is broken: what it covers was changed")


def test_a_whole_signed_layer_moved_to_another_report_is_refused(
    signed_once: Path, written: Callable[..., Path]
) -> None:
    other = written(BAD)
    data = signed_once.read_bytes()
    other.write_bytes(other.read_bytes() + data[layers(data)[0].end :])
    assert not holds(other)


def test_a_signer_whom_the_report_does_not_expect_is_told(
    small_report: Path, copy: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copy(small_report)
    sign_anything(path, create("Dirk Director"), INSPECTOR, monkeypatch, "inspector-1")
    refused(
        path,
        "Signature 1, of Dirk Director as inspector, stands in the place of Ana Example, and the report does not "
        "expect Dirk Director.",
    )


def test_a_signer_in_somebody_else_s_place_is_told(
    small_report: Path, people: People, copy: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copy(small_report)
    sign_anything(path, people["ana"], INSPECTOR, monkeypatch, "inspector-2")
    refused(path, "stands in the place of Berta Muster, and not in that of Ana Example.")


def test_a_chair_who_signs_first_is_told(
    small_report: Path, people: People, copy: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copy(small_report)
    sign_anything(path, people["chair"], CHAIR, monkeypatch, "chair")
    refused(path, "The chair signed before any inspector.")


def test_a_signer_after_the_chair_is_told(
    signed_once: Path, people: People, copy: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copy(signed_once)
    sign_report(path, people["chair"], CHAIR)
    assert verify_report(path).valid
    sign_anything(path, people["berta"], INSPECTOR, monkeypatch, "inspector-2")
    refused(path, "Somebody signed after the chair, who signs last.")


def test_somebody_who_signs_twice_is_told(
    signed_once: Path, people: People, copy: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copy(signed_once)
    sign_anything(path, people["ana"], INSPECTOR, monkeypatch, "inspector-2")
    refused(path, "Ana Example signed twice as inspector.")


def test_a_certificate_that_was_not_valid_when_it_signed_is_told(
    small_report: Path, people: People, copy: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copy(small_report)
    later = datetime.now().astimezone() + timedelta(days=5000)
    sign_anything(path, people["ana"], INSPECTOR, monkeypatch, when=later)
    refused(path, "with a certificate that is valid from")


# data, seals and pages


def test_data_of_another_visit_in_an_unsigned_report_is_told_by_setting_the_pages_again(
    small_report: Path, full_report: Path, people: People, copy: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copy(small_report)
    other = attackers.object_with(full_report.read_bytes(), b"/EmbeddedFile")[1]
    data = zlib.decompress(other.partition(b"stream\n")[2].removesuffix(b"\nendstream"))
    attackers.attached_instead(path, data)
    refused(path, "photographs of the attached data are not in the report")
    with pytest.raises(ReportError, match=r"cannot be signed: .*not in the report"):
        sign_report(path, people["ana"], INSPECTOR)
    sign_anything(path, people["ana"], INSPECTOR, monkeypatch)
    assert refused(path, "not in the report").pages is Pages.DIFFER


@pytest.mark.parametrize(("shown", "attached"), [(GOOD, BAD), (BAD, GOOD)], ids=["pages", "data"])
def test_pages_and_data_that_say_different_things_are_told(
    shown: VisitRecord, attached: VisitRecord, tmp_path: Path, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "two-faced.pdf"
    attackers.other_pages(shown, attached, path, monkeypatch, write)
    told = "The pages do not say what the attached data says"
    assert refused(path, told).pages is Pages.DIFFER
    with pytest.raises(ReportError, match=told):
        sign_report(path, people["ana"], INSPECTOR)
    sign_anything(path, people["ana"], INSPECTOR, monkeypatch)
    sign_anything(path, people["chair"], CHAIR, monkeypatch)
    refused(path, told)
    assert verify_report(path, thorough=False).valid


def test_a_photograph_that_was_exchanged_before_signing_is_told(
    full_report: Path, copy: Callable[[Path], Path]
) -> None:
    path = copy(full_report)
    number, source = attackers.object_with(path.read_bytes(), b"/DCTDecode")
    head, _, picture = source.partition(b"stream\n")
    attackers.rewritten(path, number, head + b"stream\n" + picture.replace(b"\x00", b"\x01", 1))
    refused(path, "1 photograph of the attached data is not in the report")


def test_pages_set_with_other_programs_are_not_compared_and_the_check_says_so(
    written: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from inspect_kit.export.report import again, data

    monkeypatch.setattr(data, "programs", lambda: {**again.programs(), "reportlab": "4.0.0"})
    path = written(BAD)
    monkeypatch.undo()
    found = verify_report(path)
    assert found.pages is Pages.NOT_COMPARED
    assert "could not be compared with the attached data: they were set with reportlab 4.0.0" in " ".join(found.notes)


def test_a_long_report_is_set_again_only_when_asked_to(small_report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from inspect_kit.export.report import again

    monkeypatch.setattr(again, "FEW", -1)
    found = verify_report(small_report)
    assert found.pages is Pages.NOT_COMPARED
    assert "because that takes long" in " ".join(found.notes)
    assert verify_report(small_report, thorough=True).pages is Pages.SAME


def seal_of(identity: Identity, visit: str, **changed: object) -> Seal:
    said: dict[str, object] = {
        "author": f"{identity.fingerprint}.laptop", "entry": "cd" * 32, "kind": "seal", "seq": 7,
        "stamp": "2026-11-20T14:05:00.000Z.0000", "stream": f"visit:{visit}", "version": 1,
    }  # fmt: skip
    signature = identity.sign(canonical(said).encode())
    values = {name: said[name] for name in ("stream", "author", "seq", "entry", "stamp")}
    return Seal(**{**values, "signature": signature, "certificate": identity.certificate, **changed})  # type: ignore[arg-type]


def sealed(path: Path, people: People, *seals: Seal) -> None:
    authors = {people[who].fingerprint: people[who].name for who in ("ana", "berta")}
    visit = replace(BAD, authors=authors)
    write_report(visit, Edition.AUTHORITY, path, {}.__getitem__, MADE, seals=seals)


def test_seals_that_hold_are_told_and_whoever_has_not_sealed_is_named(tmp_path: Path, people: People) -> None:
    path = tmp_path / "sealed.pdf"
    sealed(path, people, seal_of(people["ana"], BAD.id))
    found = verify_report(path)
    assert found.faults == ()
    assert "1 seal of the visit’s authors holds." in found.holds
    assert found.unsealed == ("Berta Muster",)
    assert "The entries of Berta Muster are not sealed" in " ".join(found.notes)


def test_a_seal_of_another_visit_is_told(tmp_path: Path, people: People) -> None:
    path = tmp_path / "sealed.pdf"
    sealed(path, people, seal_of(people["ana"], "01K9ANOTHER"))
    refused(path, "The seal of Ana Example belongs to another visit (visit:01K9ANOTHER).")


def test_a_seal_of_another_visit_that_is_renamed_does_not_hold(tmp_path: Path, people: People) -> None:
    path = tmp_path / "sealed.pdf"
    sealed(path, people, seal_of(people["ana"], "01K9ANOTHER", stream=f"visit:{BAD.id}"))
    refused(path, "The seal of Ana Example does not hold")


def test_a_seal_by_another_key_is_told(tmp_path: Path, people: People) -> None:
    path = tmp_path / "sealed.pdf"
    forged = seal_of(create("Ana Example"), BAD.id, author=f"{people['ana'].fingerprint}.laptop")
    sealed(path, people, forged)
    refused(path, "The seal of Ana Example was made with another key than that of its author.")


@pytest.mark.parametrize("changed", [{"seq": 8}, {"entry": "ef" * 32}, {"signature": b"\x30\x00"}, {"signature": b""}])
def test_a_seal_that_was_changed_does_not_hold(tmp_path: Path, people: People, changed: dict[str, object]) -> None:
    path = tmp_path / "sealed.pdf"
    sealed(path, people, seal_of(people["ana"], BAD.id, **changed))
    refused(path, "The seal of Ana Example does not hold")


# hostile files


def test_a_report_without_data_is_no_report_of_ours(small_report: Path, copy: Callable[[Path], Path]) -> None:
    path = copy(small_report)
    number, source = attackers.object_with(path.read_bytes(), b"/Type /Catalog")
    attackers.rewritten(path, number, re.sub(rb"/Names .*?>>\s*>>|/Names \d+ 0 R", b"", source, flags=re.DOTALL))
    refused(path, "No data is attached")


def test_attached_data_that_unpacks_without_end_is_told(small_report: Path, copy: Callable[[Path], Path]) -> None:
    path = copy(small_report)
    attackers.attached_instead(path, bytes(LIMIT + 1))
    assert path.stat().st_size < 2_000_000
    refused(path, "unpacks to more than 64 MB")


def test_attached_data_that_was_made_by_hand_is_told(small_report: Path, copy: Callable[[Path], Path]) -> None:
    path = copy(small_report)
    attackers.attached_instead(path, b'{"form": 1}')
    refused(path, "not as inspect_kit writes it")


def test_places_other_than_those_of_the_data_are_told(small_report: Path, copy: Callable[[Path], Path]) -> None:
    path = copy(small_report)
    source = attackers.object_with(path.read_bytes(), b"/EmbeddedFile")[1]
    values = json.loads(zlib.decompress(source.partition(b"stream\n")[2].removesuffix(b"\nendstream")))
    del values["report"]["places"][0]
    attackers.attached_instead(path, canonical(values).encode())
    refused(path, "The places for signatures are not those of the attached data.")


@pytest.mark.parametrize(
    "added",
    [
        b"/OpenAction <</S /JavaScript /JS (app.alert\\(1\\))>>",
        b"/OpenAction <</S /J#61vaScript /#4aS (app.alert\\(1\\))>>",
        b"/AA <</WC <</S /Launch /F (cmd.exe)>>>>",
        b"/OCProperties <<>>",
    ],
)
def test_scripts_launches_and_hidden_layers_are_told(
    small_report: Path, people: People, copy: Callable[[Path], Path], added: bytes
) -> None:
    path = copy(small_report)
    number, source = attackers.object_with(path.read_bytes(), b"/Type /Catalog")
    attackers.rewritten(path, number, source.replace(b"/Type /Catalog", b"/Type /Catalog " + added))
    refused(path, "It holds scripts, actions or hidden layers")
    with pytest.raises(ReportError, match="scripts, actions or hidden layers"):
        sign_report(path, people["ana"], INSPECTOR)


def test_words_that_only_look_like_scripts_are_no_problem(written: Callable[..., Path], people: People) -> None:
    path = written(one_finding(Finding("", Assessment.MET, narrative="/JS /AA /Launch"), team=team(1)))
    assert verify_report(path).faults == ()


def test_a_stream_that_claims_two_gigabytes_is_refused(small_report: Path, copy: Callable[[Path], Path]) -> None:
    path = copy(small_report)
    number, source = attackers.object_with(path.read_bytes(), b"/EmbeddedFile")
    attackers.rewritten(path, number, re.sub(rb"/Length \d+", b"/Length 2147483647", source))
    assert not holds(path)


def test_tables_in_a_loop_are_refused(small_report: Path, signed_once: Path, copy: Callable[[Path], Path]) -> None:
    path = copy(signed_once)
    data = path.read_bytes()
    last = layers(data)[-1]
    old = re.search(rb"/Prev (\d+)", last.trailer)
    assert old
    for target in (last.table, last.table + 1, 10**11):
        looped = data[: last.table] + data[last.table :].replace(old[0], b"/Prev %d" % target)
        path.write_bytes(looped)
        with pytest.raises(ReportError, match="not built as inspect_kit builds one"):
            verify_report(path)


def test_a_table_that_claims_a_billion_objects_is_refused(small_report: Path, copy: Callable[[Path], Path]) -> None:
    path = copy(small_report)
    data = path.read_bytes()
    table = layers(data)[0].table
    count = len(layers(data)[0].objects) + 1
    path.write_bytes(data[:table] + data[table:].replace(b"0 %d\n" % count, b"0 99999999\n", 1))
    with pytest.raises(ReportError, match="not built as inspect_kit builds one"):
        verify_report(path)


def test_an_encrypted_report_is_told_apart(small_report: Path, tmp_path: Path) -> None:
    path = tmp_path / "encrypted.pdf"
    writer = PdfWriter(clone_from=small_report)
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(path)
    with pytest.raises(ReportError, match="is encrypted"):
        verify_report(path)


def test_an_attack_on_a_full_report_with_pictures_is_told(
    tmp_path: Path, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = Files()
    path = tmp_path / "full.pdf"
    visit = full_visit(files)
    write_report(visit, Edition.PUBLIC, path, files.__getitem__, MADE, answers=looked_at(visit, Edition.PUBLIC))
    assert verify_report(path).pages is Pages.SAME
    sign_report(path, people["ana"], INSPECTOR)
    revised(path, attackers.overwrite_in_place)
    try:
        refused(path, "What is printed on a page was changed")
    except InspectKitError as problem:
        pytest.fail(str(problem))

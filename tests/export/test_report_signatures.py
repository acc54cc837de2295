"""Signing a report, and finding out what was done to it."""

from __future__ import annotations

import random
import re
import shutil
import socket
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pypdf import PdfReader, PdfWriter
from visit_builder import one_finding, team

from inspect_kit.errors import BadInputError, InspectKitError, ReportError
from inspect_kit.export.report import SignerRole, Verification, sign_report, verify_report
from inspect_kit.identity import Identity, create
from inspect_kit.model import Assessment, Conflict, Finding, Side
from tests.pdf_tools import run, sound, words

People = dict[str, Identity]
INSPECTOR, CHAIR = SignerRole.INSPECTOR, SignerRole.CHAIR


@pytest.fixture
def copy(tmp_path: Path) -> Callable[[Path], Path]:
    """Copy a report, to do something to it."""

    def to(path: Path) -> Path:
        return Path(shutil.copy(path, tmp_path / "copy.pdf"))

    return to


def revised(path: Path, change: Callable[[IncrementalPdfFileWriter], None]) -> None:
    """Add a revision to a report, as an attacker with a PDF library would."""
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


def test_a_signature_says_who_signed_as_what_and_when(
    small_report: Path, people: People, copy: Callable[[Path], Path]
) -> None:
    path = copy(small_report)
    when = datetime.now(timezone(timedelta(hours=2))).replace(microsecond=0)
    identity = people["ana"]
    signature = sign_report(path, identity, INSPECTOR, when)
    assert (signature.name, signature.organisation) == (identity.name, identity.organisation)
    assert (signature.role, signature.fingerprint, signature.valid) == ("inspector", identity.fingerprint, True)
    assert datetime.fromisoformat(signature.when) == when
    assert verify_report(path) == Verification(True, (signature,), ("inspector", "inspector", "chair"), ())


def test_what_was_there_before_stays_an_exact_prefix(
    small_report: Path, signed_once: Path, signed_by_all: Path
) -> None:
    assert signed_once.read_bytes().startswith(small_report.read_bytes())
    assert signed_by_all.read_bytes().startswith(signed_once.read_bytes())


def test_inspectors_and_the_chair_sign_one_after_the_other(signed_by_all: Path) -> None:
    found = verify_report(signed_by_all)
    assert found.valid
    assert found.problems == ()
    assert [(one.name, one.role, one.valid) for one in found.signers] == [
        ("Ana Example", "inspector", True),
        ("Berta Muster", "inspector", True),
        ("Dr Carla Sample", "inspector", True),
        ("Chris Chair", "chair", True),
    ]
    assert found.awaiting == ()


@pytest.mark.parametrize(("which", "number"), [("signed_once", 1), ("signed_by_all", 4)])
def test_poppler_and_qpdf_find_nothing_wrong(which: str, number: int, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(which)
    told = run("pdfsig", "-nocert", str(path)).stdout
    assert told.count("Signature is Valid.") == number
    assert told.count("Total document signed") - told.count("Not total document signed".lower()) >= 1
    assert sound(path) == ""


def test_a_signature_is_stamped_with_the_name_in_our_own_embedded_font(signed_by_all: Path) -> None:
    text = words(signed_by_all)
    assert "Chris Chair" in text
    assert "Berta Muster" in text
    rows = run("pdffonts", str(signed_by_all)).stdout.splitlines()[2:]
    assert len(rows) > 3
    assert all("NotoSans" in row and " yes yes yes " in row for row in rows)


def test_a_name_that_the_typeface_lacks_is_stamped_as_codes(small_report: Path, copy: Callable[[Path], Path]) -> None:
    path = copy(small_report)
    sign_report(path, create("سلام", "Ω & <b>"), INSPECTOR)
    text = words(path)
    assert "[U+0633]" in text
    assert "Ω & <b>" in text
    assert verify_report(path).signers[0].name == "سلام"


def test_signing_leaves_title_and_dates_alone(small_report: Path, signed_by_all: Path) -> None:
    assert PdfReader(signed_by_all).metadata == PdfReader(small_report).metadata


def test_an_unsigned_report_is_not_valid_and_says_who_is_awaited(small_report: Path) -> None:
    expected = Verification(
        False, (), ("inspector", "inspector", "inspector", "chair"), ("Nobody has signed this report.",)
    )
    assert verify_report(small_report) == expected


def test_nobody_signs_twice_in_the_same_role(signed_once: Path, people: People, copy: Callable[[Path], Path]) -> None:
    path = copy(signed_once)
    with pytest.raises(ReportError, match="already signed"):
        sign_report(path, people["ana"], INSPECTOR)
    assert path.read_bytes() == signed_once.read_bytes()


def test_the_leader_can_sign_as_the_chair_as_well_and_then_nobody_signs(
    signed_once: Path, people: People, copy: Callable[[Path], Path]
) -> None:
    path = copy(signed_once)
    sign_report(path, people["ana"], CHAIR)
    for role in SignerRole:
        with pytest.raises(ReportError, match="nobody can sign after the chair"):
            sign_report(path, people["berta"], role)
    found = verify_report(path)
    assert found.valid
    assert [one.role for one in found.signers] == ["inspector", "chair"]
    assert found.awaiting == ()


def test_the_chair_does_not_sign_before_an_inspector(
    small_report: Path, people: People, copy: Callable[[Path], Path]
) -> None:
    path = copy(small_report)
    with pytest.raises(ReportError, match="the chair signs last"):
        sign_report(path, people["chair"], CHAIR)
    assert path.read_bytes() == small_report.read_bytes()


def test_an_inspector_without_a_free_place_is_refused(written: Callable[..., Path], people: People) -> None:
    path = written(one_finding(team=team(1)))
    sign_report(path, people["ana"], INSPECTOR)
    with pytest.raises(ReportError, match="All 1 places for inspectors"):
        sign_report(path, people["berta"], INSPECTOR)


def test_an_expired_certificate_does_not_sign(small_report: Path, people: People, copy: Callable[[Path], Path]) -> None:
    path = copy(small_report)
    with pytest.raises(ReportError, match="not at the time of signing"):
        sign_report(path, people["ana"], INSPECTOR, datetime.now().astimezone() + timedelta(days=5000))
    assert path.read_bytes() == small_report.read_bytes()


def test_a_certificate_that_was_expired_when_it_signed_is_a_problem(
    small_report: Path, people: People, copy: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from inspect_kit.export.report import sign, verify

    path = copy(small_report)
    monkeypatch.setattr(sign, "_refuse_expired", lambda *_: None)
    monkeypatch.setattr(sign, "examine", lambda data, path: _pretend(verify.examine(data, path)))
    sign_report(path, people["ana"], INSPECTOR, datetime.now().astimezone() + timedelta(days=5000))
    refused(path, "when its certificate was not valid")


def _pretend(found: Verification) -> Verification:
    return Verification(bool(found.signers), found.signers, found.awaiting, ())


def test_a_report_that_was_changed_is_not_signed_again(
    signed_once: Path, people: People, copy: Callable[[Path], Path]
) -> None:
    path = copy(signed_once)
    path.write_bytes(path.read_bytes() + b"junk\n%%EOF\n")
    with pytest.raises(ReportError):
        sign_report(path, people["berta"], INSPECTOR)


def test_signing_works_while_an_event_loop_runs(
    small_report: Path, people: People, copy: Callable[[Path], Path]
) -> None:
    import asyncio

    async def screen() -> None:
        sign_report(path, people["ana"], INSPECTOR)

    path = copy(small_report)
    asyncio.run(screen())
    assert verify_report(path).valid


def test_the_key_never_reaches_the_disk(
    small_report: Path, people: People, copy: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copy(small_report)
    seen: list[bytes] = []
    real = Path.write_bytes
    monkeypatch.setattr(Path, "write_bytes", lambda self, data: (seen.append(bytes(data)), real(self, data))[1])
    sign_report(path, people["ana"], INSPECTOR)
    key = pkcs12.load_pkcs12(people["ana"].key_file, None).key
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    number = key.private_numbers().private_value.to_bytes(32, "big")
    assert len(seen) == 1
    assert number not in seen[0]
    assert sorted(one.name for one in path.parent.iterdir()) == ["copy.pdf"]


def test_checking_reaches_no_network(signed_by_all: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unplugged(*_args: object, **_more: object) -> None:
        pytest.fail("the network was used")

    monkeypatch.setattr(socket.socket, "connect", unplugged)
    monkeypatch.setattr(socket, "getaddrinfo", unplugged)
    assert verify_report(signed_by_all).valid


def test_a_report_with_fifty_findings_and_pictures_is_signed_and_checked(
    full_report: Path, people: People, copy: Callable[[Path], Path]
) -> None:
    path = copy(full_report)
    sign_report(path, people["ana"], INSPECTOR)
    sign_report(path, people["chair"], CHAIR)
    assert verify_report(path).valid


def test_while_the_team_holds_different_views_the_report_is_a_working_paper_that_nobody_can_sign(
    written: Callable[..., Path], people: People
) -> None:
    sides = (
        Side("a", {"assessment": "met", "narrative": ""}, "Ana Example", ""),
        Side("b", {"assessment": "not-met", "narrative": ""}, "Berta Muster", ""),
    )
    conflict = Conflict("finding:searches.item-1", "judgement", sides)
    path = written(one_finding(Finding("", Assessment.MET, conflict=conflict), conflicts=(conflict,)))
    assert "working paper" in words(path)
    with pytest.raises(ReportError, match="no places for signatures"):
        sign_report(path, people["ana"], INSPECTOR)


def test_a_changed_byte_never_goes_unseen(signed_by_all: Path, copy: Callable[[Path], Path]) -> None:
    data = signed_by_all.read_bytes()
    gaps = [(found.start(1), found.end(1)) for found in re.finditer(rb"/Contents <([0-9A-Fa-f]+)>", data)]
    assert len(gaps) == 4
    choice = random.Random(25)  # noqa: S311 (a repeatable choice, no secret)
    offsets = [len(data) * step // 14 for step in range(14)]
    offsets += [choice.randrange(*gap) for gap in gaps for _ in range(4)]
    offsets += [gap[1] - 1 for gap in gaps] + [gap[0] for gap in gaps]
    path = copy(signed_by_all)
    for number, offset in enumerate(offsets):
        changed = bytearray(data)
        changed[offset] ^= (1, 32)[number % 2]
        path.write_bytes(changed)
        assert not _verifies(path), f"byte {offset} changed"


def _verifies(path: Path) -> bool:
    try:
        return verify_report(path).valid
    except InspectKitError:
        return False


def test_every_truncation_is_seen_or_leaves_an_earlier_whole_report(
    signed_by_all: Path, copy: Callable[[Path], Path]
) -> None:
    data = signed_by_all.read_bytes()
    ends = [found.end() for found in re.finditer(rb"%%EOF\n", data)]
    assert len(ends) == 5
    path = copy(signed_by_all)
    for length in (
        [len(data) * step // 15 for step in range(1, 15)] + [end - 1 for end in ends] + [end + 1 for end in ends[:-1]]
    ):
        path.write_bytes(data[:length])
        assert not _verifies(path), f"cut to {length}"
    path.write_bytes(data[: ends[3]])
    found = verify_report(path)
    assert found.valid
    assert found.awaiting == ("chair",)


@pytest.mark.parametrize("junk", [b"\n", b"junk", b"%%EOF\n", b"% a comment\n%%EOF\n", b"\0" * 3000])
def test_bytes_after_the_end_are_a_problem(signed_once: Path, copy: Callable[[Path], Path], junk: bytes) -> None:
    path = copy(signed_once)
    path.write_bytes(path.read_bytes() + junk)
    assert not _verifies(path)


def test_bytes_after_the_end_have_a_sentence_of_their_own(signed_once: Path, copy: Callable[[Path], Path]) -> None:
    path = copy(signed_once)
    path.write_bytes(path.read_bytes() + b"junk")
    refused(path, "does not cover the whole file: 4 bytes more")


def test_another_title_in_a_later_revision_is_a_problem(signed_once: Path, copy: Callable[[Path], Path]) -> None:
    def retitle(writer: IncrementalPdfFileWriter) -> None:
        info = writer.trailer["/Info"]
        info["/Title"] = generic.TextStringObject("All is well")
        writer.mark_update(writer.trailer.raw_get("/Info"))

    path = copy(signed_once)
    revised(path, retitle)
    refused(
        path, "The title, author, dates or other data of the document were changed", "more revisions than signatures"
    )


def test_metadata_in_a_later_revision_is_a_problem(signed_once: Path, copy: Callable[[Path], Path]) -> None:
    def describe(writer: IncrementalPdfFileWriter) -> None:
        writer.root["/Metadata"] = writer.add_object(generic.StreamObject(stream_data=b"<x/>"))
        writer.update_root()

    path = copy(signed_once)
    revised(path, describe)
    refused(path, "data of the document were changed")


def test_an_annotation_in_a_later_revision_is_a_problem(signed_once: Path, copy: Callable[[Path], Path]) -> None:
    def annotate(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][2]
        note = generic.DictionaryObject(
            {
                generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
                generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
                generic.pdf_name("/Contents"): generic.TextStringObject("All is well"),
                generic.pdf_name("/Rect"): generic.ArrayObject([generic.NumberObject(at) for at in (50, 50, 500, 700)]),
            }
        )
        page["/Annots"] = generic.ArrayObject([writer.add_object(note)])
        writer.update_container(page)

    path = copy(signed_once)
    revised(path, annotate)
    refused(path, "The report was changed after signature 1")


def test_other_words_on_a_page_in_a_later_revision_are_a_problem(
    signed_once: Path, copy: Callable[[Path], Path]
) -> None:
    def overwrite(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][2]
        page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"0 0 10 10 re f"))
        writer.update_container(page)

    path = copy(signed_once)
    revised(path, overwrite)
    refused(path, "The report was changed after signature 1")


def test_a_signature_field_that_was_not_prepared_is_a_problem(signed_once: Path, copy: Callable[[Path], Path]) -> None:
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    path = copy(signed_once)
    revised(path, lambda writer: append_signature_field(writer, SigFieldSpec("director", box=(10, 10, 90, 40))))
    refused(path, "A form field was added")


def test_a_signature_by_a_program_that_changes_more_is_a_problem(
    signed_once: Path, people: People, copy: Callable[[Path], Path]
) -> None:
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    from inspect_kit.export.report.sign import _Key

    path = copy(signed_once)
    signer = PdfSigner(PdfSignatureMetadata(field_name="inspector-2"), _Key(people["berta"]))
    out = signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(path.read_bytes())), existing_fields_only=True)
    path.write_bytes(out.getvalue())
    refused(path, "Something besides a signature was changed or added together with signature 2")


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


def test_a_signature_that_changes_a_page_as_well_is_a_problem(
    signed_once: Path, people: People, copy: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from inspect_kit.export.report import sign, verify

    class Forger(sign._Writer):  # type: ignore[misc, name-defined]  # pyHanko has no types
        def _update_meta(self) -> None:
            page = self.root["/Pages"]["/Kids"][2]
            page["/Contents"] = self.add_object(generic.StreamObject(stream_data=b"0 0 10 10 re f"))
            self.update_container(page)

    path = copy(signed_once)
    monkeypatch.setattr(sign, "_Writer", Forger)
    monkeypatch.setattr(sign, "examine", lambda data, path: _pretend(verify.examine(data, path)))
    sign_report(path, people["berta"], INSPECTOR)
    refused(path, "Something besides a signature was changed or added together with signature 2")


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


def test_a_report_rewritten_by_another_program_is_refused(signed_once: Path, tmp_path: Path) -> None:
    path = tmp_path / "rewritten.pdf"
    run("qpdf", str(signed_once), str(path))
    assert not _verifies(path)


def test_a_pdf_that_is_no_report_is_told_apart(tmp_path: Path, people: People) -> None:
    path = tmp_path / "other.pdf"
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(path)
    refused(path, "no report of inspect_kit", "Nobody has signed")
    with pytest.raises(ReportError, match="cannot be signed"):
        sign_report(path, people["ana"], INSPECTOR)


def test_an_encrypted_pdf_is_told_apart(small_report: Path, tmp_path: Path) -> None:
    path = tmp_path / "encrypted.pdf"
    writer = PdfWriter(clone_from=small_report)
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(path)
    with pytest.raises(ReportError, match="is encrypted"):
        verify_report(path)


@pytest.mark.parametrize("data", [b"", b"Dear reader", b"\x89PNG"])
def test_a_file_that_is_no_pdf_is_told_apart(tmp_path: Path, people: People, data: bytes) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(data)
    with pytest.raises(BadInputError, match="is no PDF"):
        verify_report(path)
    with pytest.raises(BadInputError, match="is no PDF"):
        sign_report(path, people["ana"], INSPECTOR)


def test_a_missing_file_is_told(tmp_path: Path, people: People) -> None:
    with pytest.raises(BadInputError, match="is not there"):
        verify_report(tmp_path / "none.pdf")
    with pytest.raises(BadInputError, match="is not there"):
        sign_report(tmp_path / "none.pdf", people["ana"], INSPECTOR)


def test_a_report_cut_short_is_told(small_report: Path, copy: Callable[[Path], Path], people: People) -> None:
    path = copy(small_report)
    path.write_bytes(path.read_bytes()[:-900])
    with pytest.raises(ReportError, match="damaged or cut short"):
        verify_report(path)
    with pytest.raises(ReportError, match="damaged or cut short"):
        sign_report(path, people["ana"], INSPECTOR)

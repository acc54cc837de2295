"""Signing a report, and finding out what was done to it."""

from __future__ import annotations

import hashlib
import shutil
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from pypdf import PdfReader, PdfWriter
from visit_builder import MADE, empty_visit, one_finding

from inspect_kit.errors import BadInputError, IdentityError, ReportError
from inspect_kit.export.report import Pages, SignerRole, Verification, sign_report, verify_report, write_report
from inspect_kit.identity import Identity, create
from inspect_kit.model import Assessment, Conflict, Edition, Finding, Member, Side, Team
from tests.pdf_tools import run, sound, words

People = dict[str, Identity]
INSPECTOR, CHAIR = SignerRole.INSPECTOR, SignerRole.CHAIR


@pytest.fixture
def copy(tmp_path: Path) -> Callable[[Path], Path]:
    """Copy a report, to do something to it."""

    def to(path: Path) -> Path:
        return Path(shutil.copy(path, tmp_path / "copy.pdf"))

    return to


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
    found = verify_report(path)
    assert found.signers == (signature,)
    assert found.awaiting == ("inspector", "inspector", "chair")


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


def test_a_name_that_the_typeface_lacks_is_stamped_as_codes(written: Callable[..., Path]) -> None:
    path = written(one_finding(team=Team((Member("سلام"),))))
    sign_report(path, create("سلام", "Ω & <b>"), INSPECTOR)
    text = words(path)
    assert "[U+0633]" in text
    assert "Ω & <b>" in text
    assert verify_report(path).signers[0].name == "سلام"


def test_signing_leaves_title_and_dates_alone(small_report: Path, signed_by_all: Path) -> None:
    assert PdfReader(signed_by_all).metadata == PdfReader(small_report).metadata


def test_an_unsigned_report_is_not_valid_and_says_who_is_awaited(small_report: Path) -> None:
    found = verify_report(small_report)
    assert (found.valid, found.complete, found.signers) == (False, False, ())
    assert found.awaiting == ("inspector", "inspector", "inspector", "chair")
    assert found.problems == ("Nobody has signed this report.",)


def test_a_report_that_some_have_signed_is_not_complete_yet_and_names_who_is_missing(signed_once: Path) -> None:
    found = verify_report(signed_once)
    assert not found.valid
    assert not found.complete
    assert found.missing == ("Berta Muster (inspector)", "Dr Carla Sample (inspector)", "the chair")
    assert found.problems == (
        "It is not complete yet: signed by 1 of 4; still to sign: Berta Muster (inspector), "
        "Dr Carla Sample (inspector) and the chair.",
    )


def test_a_check_says_what_holds_and_what_it_could_not_tell(signed_by_all: Path) -> None:
    found = verify_report(signed_by_all)
    assert found.holds == (
        "Every byte is as it was when the last of its signers signed.",
        "The pages were set again from the attached data and are the same to the byte.",
    )
    assert found.pages is Pages.SAME
    assert (found.visit, found.edition, found.number) == ("01K9EXAMPLE0000000000000AA", "authority", 1)
    assert found.notes == (
        "The times are those of the signers’ own machines: no time-stamping service confirms them.",
        "The report does not name its chair: ask the monitoring body whether Chris Chair is.",
    )


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


def test_somebody_whom_the_team_does_not_name_is_refused(
    small_report: Path, people: People, copy: Callable[[Path], Path]
) -> None:
    path = copy(small_report)
    told = "expects the signature of Ana Example, Berta Muster and Dr Carla Sample as inspector, and not that of Otto"
    with pytest.raises(ReportError, match=told):
        sign_report(path, create("Otto Other"), INSPECTOR)
    assert path.read_bytes() == small_report.read_bytes()


def test_a_second_key_of_the_same_name_finds_the_place_taken(signed_once: Path, copy: Callable[[Path], Path]) -> None:
    with pytest.raises(ReportError, match=r"place of Ana Example \(inspector\) .* is signed already"):
        sign_report(copy(signed_once), create("Ana Example"), INSPECTOR)


@pytest.mark.parametrize("name", ["carla sample", "Dr. Carla Sample", "Sample, Carla", "Dr Carla Maria Sample"])
def test_titles_and_second_names_do_not_keep_anybody_from_her_place(
    small_report: Path, copy: Callable[[Path], Path], name: str
) -> None:
    path = copy(small_report)
    sign_report(path, create(name), INSPECTOR)
    assert "Dr Carla Sample (inspector)" not in verify_report(path).missing


def test_everybody_signs_in_a_place_of_her_own_in_any_order(
    small_report: Path, people: People, copy: Callable[[Path], Path]
) -> None:
    path = copy(small_report)
    for name in ("carla", "ana", "berta", "chair"):
        sign_report(path, people[name], CHAIR if name == "chair" else INSPECTOR)
    found = verify_report(path)
    assert found.valid
    assert [one.name for one in found.signers] == ["Dr Carla Sample", "Ana Example", "Berta Muster", "Chris Chair"]


def test_nobody_signs_once_all_have(signed_by_all: Path, copy: Callable[[Path], Path], people: People) -> None:
    with pytest.raises(ReportError, match="nobody can sign after the chair"):
        sign_report(copy(signed_by_all), people["ana"], CHAIR)


def test_a_certificate_signs_neither_before_nor_after_its_time(
    small_report: Path, people: People, copy: Callable[[Path], Path]
) -> None:
    path = copy(small_report)
    for days in (5000, -10):
        with pytest.raises(IdentityError, match=r"is valid from .* only, and the time of signing is"):
            sign_report(path, people["ana"], INSPECTOR, datetime.now().astimezone() + timedelta(days=days))
    assert path.read_bytes() == small_report.read_bytes()


def test_a_certificate_that_was_expired_when_it_signed_is_a_problem(
    small_report: Path, people: People, copy: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from inspect_kit.export.report import sign, verify

    path = copy(small_report)
    monkeypatch.setattr(sign, "_refuse_unfit", lambda *_: None)
    monkeypatch.setattr(sign, "examine", lambda data, path, **_: _pretend(verify.examine(data, path)))
    sign_report(path, people["ana"], INSPECTOR, datetime.now().astimezone() + timedelta(days=5000))
    refused(path, "with a certificate that is valid from")


def _pretend(found: Verification) -> Verification:
    return replace(found, problems=("not complete",), complete=False)


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
    assert verify_report(path).signers[0].valid


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


def test_a_correction_is_the_next_version_and_names_the_report_that_it_corrects(
    signed_by_all: Path, tmp_path: Path, people: People
) -> None:
    path = tmp_path / "second.pdf"
    better = one_finding(Finding("", Assessment.MET, narrative="The door was repaired before we left."))
    write_report(better, Edition.AUTHORITY, path, {}.__getitem__, MADE, corrects=signed_by_all)
    digest = hashlib.sha256(signed_by_all.read_bytes()).hexdigest()
    found = verify_report(path)
    assert (found.number, found.corrects) == (2, digest)
    assert f"This is version 2. It corrects the report whose SHA-256 is {digest}." in found.notes
    sign_report(path, people["ana"], INSPECTOR)
    third = tmp_path / "third.pdf"
    write_report(better, Edition.AUTHORITY, third, {}.__getitem__, MADE, corrects=path)
    assert verify_report(third).number == 3


def test_only_a_signed_report_of_the_same_visit_and_edition_is_corrected(
    small_report: Path, signed_once: Path, tmp_path: Path
) -> None:
    path = tmp_path / "second.pdf"

    def correct(earlier: Path, edition: Edition = Edition.AUTHORITY, **more: str) -> None:
        write_report(empty_visit(**more), edition, path, {}.__getitem__, MADE, corrects=earlier)

    with pytest.raises(ReportError, match="Nobody has signed"):
        correct(small_report)
    with pytest.raises(ReportError, match="for the same visit and edition"):
        correct(signed_once, Edition.PUBLIC)
    with pytest.raises(ReportError, match="for the same visit and edition"):
        correct(signed_once, id="01K9EXAMPLE0000000000000ZZ")
    with pytest.raises(BadInputError, match="is not there"):
        correct(tmp_path / "none.pdf")
    assert not path.exists()

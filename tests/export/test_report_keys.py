"""Signing with certificates of every kind, those that are refused, and times that a service confirms."""

from __future__ import annotations

import hashlib
import http.server
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attackers import holds
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from inspect_kit.errors import BadInputError, IdentityError, ReportError
from inspect_kit.export.report import SignerRole, sign_report, verify_report
from inspect_kit.export.report.layers import layers
from inspect_kit.identity import Identity
from tests.pdf_tools import run, sound

INSPECTOR, CHAIR = SignerRole.INSPECTOR, SignerRole.CHAIR
PIN = "1234"
RSA = rsa.generate_private_key(65537, 2048)
LIBRARIES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")


@pytest.fixture
def copy(tmp_path: Path) -> Callable[[Path], Path]:
    """Copy a report, to do something to it."""

    def to(path: Path) -> Path:
        return Path(shutil.copy(path, tmp_path / "copy.pdf"))

    return to


def certificate(
    name: str,
    key: Any = None,
    *,
    ca: bool = False,
    signs: bool = True,
    purpose: x509.ObjectIdentifier | None = None,
    first: timedelta = timedelta(days=-1),
) -> tuple[Any, x509.Certificate]:
    """Make a key and a certificate of any kind."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC) + first
    usage = x509.KeyUsage(
        digital_signature=signs, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=not signs, key_cert_sign=ca, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(usage, critical=True)
    )
    if purpose is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
    return key, builder.sign(key, hashes.SHA256())


def with_certificate(identity: Identity, _key: Any, made: x509.Certificate) -> Identity:
    der = made.public_bytes(Encoding.DER)
    digest = hashlib.sha256(der).hexdigest()
    return replace(identity, _sign=lambda message: b"", certificate=der, fingerprint=digest)  # it is refused before


# keys that cannot sign


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ({"ca": True}, "is that of an authority that issues certificates"),
        ({"signs": False}, "is not made for signatures"),
        (
            {"first": timedelta(days=3)},
            "is valid from .* only, and .*: check the machine’s clock",
        ),
        ({"first": timedelta(days=-40)}, "is valid from .* only"),
        ({"key": RSA}, "has another kind of key: reports are signed with ECDSA"),
        ({"key": ec.generate_private_key(ec.SECP384R1())}, "has another kind of key: reports are signed with ECDSA"),
    ],
    ids=["authority", "other use", "not yet", "expired", "rsa", "p384"],
)
def test_a_certificate_of_the_wrong_kind_is_told_and_the_report_stays_as_it_was(
    kind: dict[str, Any], told: str, small_report: Path, people: dict[str, Identity], copy: Callable[[Path], Path]
) -> None:
    path = copy(small_report)
    with pytest.raises(IdentityError, match=told) as refusal:
        sign_report(path, with_certificate(people["ana"], *certificate("Ana Example", **kind)), INSPECTOR)
    assert "\n" not in str(refusal.value)
    assert path.read_bytes() == small_report.read_bytes()
    assert [one.name for one in path.parent.iterdir()] == ["copy.pdf"]


# time stamps


@pytest.fixture
def service() -> Iterator[str]:
    """A time-stamping service on this machine."""
    from asn1crypto import keys, tsp
    from asn1crypto import x509 as asn1
    from pyhanko.sign.timestamps import DummyTimeStamper

    key, made = certificate("Example Time Service", RSA, purpose=ExtendedKeyUsageOID.TIME_STAMPING)
    stamper = DummyTimeStamper(
        asn1.Certificate.load(made.public_bytes(Encoding.DER)),
        keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())),
    )

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(stamper.request_tsa_response(question).dump())

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def test_a_time_stamping_service_confirms_when_a_signature_was_there(
    service: str, small_report: Path, people: dict[str, Identity], copy: Callable[[Path], Path]
) -> None:
    path = copy(small_report)
    signature = sign_report(path, people["ana"], INSPECTOR, service=service)
    assert signature.service == "Example Time Service"
    assert abs(datetime.fromisoformat(signature.stamped) - datetime.now(UTC)) < timedelta(minutes=5)
    sign_report(path, people["chair"], CHAIR)
    found = verify_report(path)
    assert found.valid
    notes = " ".join(found.notes)
    assert "says the time-stamping service Example Time Service; whether that service can be trusted" in notes
    assert "No time-stamping service confirms when Chris Chair signed." in notes
    alone = [sys.executable, "-m", "inspect_kit", "verify", str(path), "--json"]
    told = json.loads(subprocess.run(alone, capture_output=True, text=True, check=True).stdout)
    assert told["signers"][0]["service"] == "Example Time Service"
    assert "with a time stamp" in run("pdftotext", "-layout", str(path), "-").stdout
    assert "by the signer’s own clock" in run("pdftotext", "-layout", str(path), "-").stdout
    assert run("pdfsig", "-nocert", str(path)).stdout.count("Signature is Valid.") == 2
    assert sound(path) == ""


def test_no_byte_of_a_time_stamp_changes_unseen(
    service: str, small_report: Path, people: dict[str, Identity], copy: Callable[[Path], Path]
) -> None:
    path = copy(small_report)
    sign_report(path, people["ana"], INSPECTOR, service=service)
    assert holds(path)
    data = path.read_bytes()
    start = data.index(b"/Contents <", layers(data)[0].end) + 11
    end = data.index(b">", start)
    message = data[start:end].rstrip(b"0")
    for offset in range(start, start + len(message), 41):
        changed = bytearray(data)
        changed[offset] = ord("0") if changed[offset] != ord("0") else ord("1")
        path.write_bytes(changed)
        assert not holds(path), f"byte {offset - start} of {len(message)} changed"


def test_a_time_stamp_for_another_signature_is_told(
    service: str,
    small_report: Path,
    people: dict[str, Identity],
    copy: Callable[[Path], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from inspect_kit.export.report import sign

    class Other(sign._Stamper):  # type: ignore[misc, name-defined]  # pyHanko has no types
        async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
            return await super().async_timestamp(bytes(len(message_digest)), md_algorithm)

    path = copy(small_report)
    monkeypatch.setattr(sign, "_Stamper", Other)
    with pytest.raises(ReportError, match="carries a time stamp that does not hold"):
        sign_report(path, people["ana"], INSPECTOR, service=service)
    assert path.read_bytes() == small_report.read_bytes()


def test_a_service_that_does_not_answer_leaves_the_report_as_it_was(
    small_report: Path, people: dict[str, Identity], copy: Callable[[Path], Path]
) -> None:
    path = copy(small_report)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    with pytest.raises(ReportError, match="cannot be reached: sign without it"):
        sign_report(path, people["ana"], INSPECTOR, service=address)
    with pytest.raises(BadInputError, match="is no address of a time-stamping service"):
        sign_report(path, people["ana"], INSPECTOR, service="file:///etc/passwd")
    assert path.read_bytes() == small_report.read_bytes()


# other people's tools


def test_pdfsig_qpdf_and_openssl_accept_every_signature_of_an_untouched_report(
    signed_by_all: Path, tmp_path: Path
) -> None:
    told = run("pdfsig", "-nocert", str(signed_by_all)).stdout
    assert told.count("Signature is Valid.") == 4
    assert sound(signed_by_all) == ""
    data = signed_by_all.read_bytes()
    for number, part in enumerate(layers(data)[1:], 1):
        start = data.index(b"/Contents <", part.start) + 10
        end = data.index(b">", start) + 1
        message = bytes.fromhex(data[start + 1 : end - 1].decode())
        size = int.from_bytes(message[2:4], "big") + 4  # DER: 30 82 and the length
        (tmp_path / "message.der").write_bytes(message[:size])
        (tmp_path / "covered").write_bytes(data[:start] + data[end : part.end])
        done = run(
            *("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-noverify", "-out", os.devnull),
            *("-in", str(tmp_path / "message.der"), "-content", str(tmp_path / "covered")),
        )
        assert done.returncode == 0, f"signature {number}: {done.stderr}"
        (tmp_path / "covered").write_bytes(data[: start - 1] + data[end : part.end])
        assert run(
            *("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-noverify", "-out", os.devnull),
            *("-in", str(tmp_path / "message.der"), "-content", str(tmp_path / "covered")),
        ).returncode

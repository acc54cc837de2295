"""Certificates that come from others: what they say, and what is refused of them."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import pkcs12 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from inspect_kit.casebook import Casebook
from inspect_kit.errors import IdentityError, InspectKitError, PassphraseError
from inspect_kit.identity import (
    Identity,
    create,
    create_authority,
    fingerprint_words,
    issued_by,
    load,
    make_seal,
    read_certificate,
    read_others,
    save,
    to_pem,
)
from inspect_kit.identity.names import any_script
from inspect_kit.work.desk import sign_in
from tests.conftest import FACILITY

DAY = timedelta(days=1)


def made(
    *names: str, key=None, first: datetime | None = None, last: datetime | None = None, extensions=(), issuer=None
) -> tuple[x509.Certificate, object]:
    """A certificate that another program made."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    with any_script():
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name, _validate=False) for name in names])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[0].subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(first or now - DAY)
        .not_valid_after(last or now + DAY)
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=True)
    return builder.sign(issuer[1] if issuer else key, hashes.SHA256()), key


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


# -- names


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ines\x1b[31m Example", "Ines\ufffd[31m Example"),
        ("Ines\x00Example", "Ines\ufffdExample"),
        ("Ines\nExample\r\n", "Ines Example"),
        ("Ines \u202eelpmaxE", "Ines \ufffdelpmaxE"),
        ("\u2066Ines\u2069", "\ufffdInes\ufffd"),
        ("In\u200bes", "In\ufffdes"),
        ("ن\u200cس", "ن\u200cس"),
        ("x" * 10_000, "x" * 200),
        ("\x07" * 10_000, "\ufffd" * 200),
        (" ", "unnamed"),
    ],
)
def test_a_hostile_name_is_one_short_readable_line(name: str, shown: str) -> None:
    certificate = read_certificate(der(made(name)[0]))
    assert certificate.name == certificate.issuer == shown


def test_a_hostile_name_is_the_same_in_an_identity_and_in_its_certificate(tmp_path: Path) -> None:
    certificate, key = made("Ines \u202e" + "x" * 300)
    (tmp_path / "me.p12").write_bytes(
        pkcs12.serialize_key_and_certificates(None, key, certificate, None, NoEncryption())
    )
    me = load(tmp_path / "me.p12")
    assert me.name == read_certificate(me.certificate).name
    assert "\u202e" not in me.name
    assert len(me.name) == 200


def test_a_certificate_without_any_name_is_called_so() -> None:
    assert read_certificate(der(made()[0])).name == "unnamed"


# -- what is no certificate of ours


@pytest.mark.parametrize("content", [b"", b"\x30", b"\x30\x82\x01", b"some notes", os.urandom(300), bytes(70_000)])
def test_what_is_no_certificate_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(IdentityError, match=r"no certificate \(X.509\)") as told:
        read_certificate(content)
    assert "\n" not in str(told.value)


@given(st.data())
def test_a_cut_or_altered_certificate_is_read_or_refused_but_never_breaks(data: st.DataObject) -> None:
    whole = bytearray(_WHOLE)
    for _turn in range(data.draw(st.integers(1, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.one_of(st.just(len(whole)), st.integers(0, len(whole))))
    with suppress(IdentityError):
        read_certificate(bytes(whole[:cut]))


_WHOLE = create_authority("Board Example").certificate


def test_an_rsa_certificate_is_told_as_such() -> None:
    with pytest.raises(IdentityError, match="another kind of key"):
        read_certificate(der(made("Ines", key=rsa.generate_private_key(65537, 2048))[0]))


def test_a_file_with_several_certificates_is_refused_by_their_names(ines: Identity, omar: Identity) -> None:
    with pytest.raises(IdentityError, match="several certificates, of Ines Example and Omar Example"):
        read_certificate(to_pem(ines.certificate, omar.certificate))


def test_a_certificate_is_found_in_a_file_with_words_around_it(ines: Identity) -> None:
    text = b"Certificate of Ines Example\n" + to_pem(ines.certificate) + b"\nKind regards"
    assert read_certificate(text).fingerprint == ines.fingerprint


def test_a_certificate_is_read_from_whatever_file_somebody_sends(tmp_path: Path, ines: Identity) -> None:
    (tmp_path / "a.crt").write_bytes(to_pem(ines.certificate))
    (tmp_path / "a.der").write_bytes(ines.certificate)
    save(ines, tmp_path / "a.p12")
    for name in ("a.crt", "a.der", "a.p12"):
        assert read_others(tmp_path / name).fingerprint == ines.fingerprint
    save(create("Ana", passphrase="river"), tmp_path / "locked.p12")  # noqa: S106 (fictional)
    with pytest.raises(PassphraseError):
        read_others(tmp_path / "locked.p12")
    assert read_others(tmp_path / "locked.p12", "river").name == "Ana"
    (tmp_path / "notes.txt").write_text("some notes")
    with pytest.raises(IdentityError, match=r"notes\.txt is no certificate"):
        read_others(tmp_path / "notes.txt")


def test_a_key_beside_somebody_elses_certificate_is_refused(tmp_path: Path, ines: Identity) -> None:
    other = create("Ines Example", "Example Monitoring Board")
    while len(other.certificate) != len(ines.certificate):
        other = create("Ines Example", "Example Monitoring Board")
    assert ines.certificate in ines.key_file
    file = asn1.Pfx.load(ines.key_file.replace(ines.certificate, other.certificate))
    file["mac_data"] = None
    (tmp_path / "me.p12").write_bytes(file.dump(force=True))
    with pytest.raises(IdentityError, match="lacks its certificate"):
        load(tmp_path / "me.p12")


# -- who issued it


def test_only_an_authority_that_may_issue_makes_others_trusted() -> None:
    nobody, key = made("Board")
    person, _key = made("Ines", issuer=(nobody, key))
    assert not issued_by(der(person), der(nobody))
    usage = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
    root = x509.BasicConstraints(ca=True, path_length=None)
    for extensions, may in (((root,), True), ((root, usage), False)):
        authority, key = made("Board", extensions=extensions)
        person, _key = made("Ines", issuer=(authority, key))
        assert issued_by(der(person), der(authority)) is may
        stranger, _key = made("Board", extensions=(root,))
        assert not issued_by(der(person), der(stranger))


# -- days


@pytest.mark.parametrize(("first", "last"), [(-9, -2), (2, 9)], ids=["expired", "not yet valid"])
def test_outside_its_days_a_certificate_is_told_and_records_but_does_not_seal(
    tmp_path: Path, first: int, last: int
) -> None:
    now = datetime.now(UTC)
    certificate, key = made("Ines", first=now + first * DAY, last=now + last * DAY)
    (tmp_path / "me.p12").write_bytes(
        pkcs12.serialize_key_and_certificates(None, key, certificate, None, NoEncryption())
    )
    me = load(tmp_path / "me.p12")
    assert f"valid from {me.valid_from} to {me.valid_until}" in me.trouble()
    with pytest.raises(InspectKitError, match="nothing can be sealed or signed"):
        make_seal(me, "visit:x", f"{me.fingerprint}.laptop", 1, "00", "2026-11-04T00:00:00.000Z-0000")
    assert me.trouble(now + (first + 1) * DAY) == ""
    with Casebook.create(tmp_path / "a.casebook") as casebook:
        assert sign_in(casebook, tmp_path / "me.p12", None) == me.trouble()
        casebook.add_facility(FACILITY)
        with pytest.raises(IdentityError, match="nothing can be sealed"):
            casebook.seal(me)
        assert casebook.chains()[0].entries
        assert casebook.chains()[0].sealed == 0


def test_on_its_first_and_last_day_a_certificate_is_valid(ines: Identity) -> None:
    for day in (ines.valid_from, ines.valid_until):
        assert ines.trouble(datetime.fromisoformat(day).replace(tzinfo=UTC)) == ""
    assert ines.trouble() == ""


# -- words


@pytest.mark.parametrize(
    ("fingerprint", "first", "last"),
    [("00" * 32, "abandon", "abandon"), ("ff" * 32, "zoo", "zoo"), ("0020" + "00" * 30, "ability", "abandon")],
)
def test_words_are_eleven_bits_each(fingerprint: str, first: str, last: str) -> None:
    words = fingerprint_words(fingerprint)
    assert len(words) == 12
    assert (words[0], words[-1]) == (first, last)


def test_two_certificates_have_other_words(ines: Identity, omar: Identity) -> None:
    assert set(enumerate(ines.words)) != set(enumerate(omar.words))

"""An organisation certifies its people's keys; what comes back to them, and what is refused."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import csr, pem
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from inspect_kit.errors import BadInputError, IdentityError, PassphraseError
from inspect_kit.identity import (
    Identity,
    adopt,
    create,
    create_authority,
    issue,
    issued_by,
    key_words,
    load,
    load_authority,
    make_request,
    read_certificate,
    read_request,
    save,
)
from inspect_kit.identity.names import any_script
from tests.pdf_tools import run

_REQUEST = pem.unarmor(make_request(create("Ines Example")))[2]


@pytest.fixture(scope="module")
def board() -> Identity:
    return create_authority("Board Example")


def answer_for(person: Identity, board: Identity, years: int = 5) -> bytes:
    return issue(read_request(make_request(person), "The request"), board, years)


def certificates(answer: bytes) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(answer)


# -- the root


def test_a_root_issues_persons_certificates_and_nothing_else(board: Identity) -> None:
    root = x509.load_der_x509_certificate(board.certificate)
    root.verify_directly_issued_by(root)
    basic = root.extensions.get_extension_for_class(x509.BasicConstraints)
    use = root.extensions.get_extension_for_class(x509.KeyUsage)
    assert basic.critical
    assert use.critical
    assert (basic.value.ca, basic.value.path_length) == (True, 0)
    assert (use.value.key_cert_sign, use.value.crl_sign) == (True, True)
    assert not use.value.digital_signature
    assert not use.value.content_commitment
    assert root.not_valid_after_utc > datetime.now(UTC) + timedelta(days=365 * 20 - 1)
    assert read_certificate(board.certificate).authority


def test_a_root_cannot_record_or_sign_and_a_person_cannot_certify(
    tmp_path: Path, board: Identity, ines: Identity
) -> None:
    save(board, tmp_path / "root.p12")
    save(ines, tmp_path / "me.p12")
    with pytest.raises(IdentityError, match="holds the key of an authority, Board Example") as told:
        load(tmp_path / "root.p12")
    assert "--as" in str(told.value)
    with pytest.raises(IdentityError, match="holds the key of a person, Ines Example"):
        load_authority(tmp_path / "me.p12")
    assert load_authority(tmp_path / "root.p12").name == "Board Example"


# -- request and answer


def test_a_request_holds_two_names_and_the_public_key_and_is_signed_by_it(ines: Identity) -> None:
    request = x509.load_pem_x509_csr(make_request(ines))
    assert request.is_signature_valid
    assert [one.value for one in request.subject] == ["Example Monitoring Board", "Ines Example"]
    assert request.public_key() == x509.load_der_x509_certificate(ines.certificate).public_key()
    assert len(request.extensions) == 0


def test_openssl_reads_the_request_and_trusts_the_answer_through_the_root(
    tmp_path: Path, ines: Identity, board: Identity
) -> None:
    (tmp_path / "me.csr").write_bytes(make_request(ines))
    told = run("openssl", "req", "-in", str(tmp_path / "me.csr"), "-verify", "-noout")
    assert told.returncode == 0, told.stderr
    mine, root = certificates(answer_for(ines, board))
    (tmp_path / "me.pem").write_bytes(mine.public_bytes(Encoding.PEM))
    (tmp_path / "root.pem").write_bytes(root.public_bytes(Encoding.PEM))
    checked = run("openssl", "verify", "-x509_strict", "-CAfile", str(tmp_path / "root.pem"), str(tmp_path / "me.pem"))
    assert checked.returncode == 0, checked.stderr


def test_the_person_and_the_keeper_of_the_root_see_the_same_words(ines: Identity, omar: Identity) -> None:
    asked = read_request(make_request(ines), "The request")
    public = x509.load_der_x509_certificate(ines.certificate).public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    assert (asked.name, asked.organisation) == ("Ines Example", "Example Monitoring Board")
    assert asked.words == key_words(public)
    assert len(set(asked.words)) > 6
    assert asked.words != read_request(make_request(omar), "The request").words


def test_an_issued_certificate_signs_documents_and_names_its_issuer(ines: Identity, board: Identity) -> None:
    mine, root = certificates(answer_for(ines, board, years=2))
    mine.verify_directly_issued_by(root)
    assert root.public_bytes(Encoding.DER) == board.certificate
    use = mine.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (use.digital_signature, use.content_commitment, use.key_cert_sign) == (True, True, False)
    assert not mine.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    own = mine.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier
    assert own == root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    days = (mine.not_valid_after_utc - datetime.now(UTC)).days
    assert 2 * 365 - 2 <= days <= 2 * 365
    said = read_certificate(mine.public_bytes(Encoding.DER))
    assert (said.name, said.issuer) == ("Ines Example", "Board Example")


def test_nobody_is_certified_for_longer_than_the_root_itself(ines: Identity, board: Identity) -> None:
    mine, root = certificates(answer_for(ines, board, years=20))
    assert mine.not_valid_after_utc <= root.not_valid_after_utc
    assert mine.not_valid_before_utc >= root.not_valid_before_utc


@pytest.mark.parametrize("years", [0, -1, 21])
def test_a_certificate_for_no_time_or_too_long_is_refused(ines: Identity, board: Identity, years: int) -> None:
    with pytest.raises(BadInputError, match="choose 1 to 20"):
        answer_for(ines, board, years)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no request for a certificate"),
        (b"some notes", "no request"),
        (b"-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n", "no request"),
        (b"\x30\x82" + bytes(300), "no request"),
        (bytes(70_000), "no request"),
    ],
)
def test_a_file_that_is_no_request_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(IdentityError, match=told):
        read_request(content, "The request")


def test_a_request_that_was_changed_on_its_way_is_refused(ines: Identity, omar: Identity) -> None:
    request = csr.CertificationRequest.load(pem.unarmor(make_request(ines))[2])
    others = csr.CertificationRequest.load(pem.unarmor(make_request(omar))[2])
    request["certification_request_info"]["subject"] = others["certification_request_info"]["subject"]
    with pytest.raises(IdentityError, match="not signed by its own key"):
        read_request(request.dump(force=True), "The request")


def asking(key, *names: x509.NameAttribute) -> bytes:
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name(names))
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)


def test_a_request_for_another_kind_of_key_or_with_a_hostile_name_is_refused() -> None:
    ours = ec.generate_private_key(ec.SECP256R1())
    for key in (rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP384R1())):
        with pytest.raises(IdentityError, match="another kind of key"):
            read_request(asking(key, x509.NameAttribute(NameOID.COMMON_NAME, "Ines")), "The request")
    for name, told in (
        ("Ines \u202eelpmaxE", "turn the direction|nobody sees"),
        ("Ines\x1b[2J", "nobody sees"),
        ("x" * 65, "64"),
    ):
        with any_script():
            hostile = x509.NameAttribute(NameOID.COMMON_NAME, name, _validate=False)
        with pytest.raises(BadInputError, match=told):
            read_request(asking(ours, hostile), "The request")
    with pytest.raises(BadInputError, match="name in the request is missing"):
        read_request(asking(ours), "The request")


# -- adopting the answer


@pytest.mark.parametrize("passphrase", [None, "river stone"])
def test_the_same_key_goes_on_under_the_issued_certificate_with_the_same_passphrase(
    tmp_path: Path, board: Identity, passphrase: str | None
) -> None:
    before = create("Ines Example", passphrase=passphrase)
    save(before, tmp_path / "me.p12")
    save(adopt(tmp_path / "me.p12", passphrase, answer_for(before, board)), tmp_path / "new.p12")
    after = load(tmp_path / "new.p12", passphrase)
    assert after.fingerprint != before.fingerprint
    assert after.chain == (board.certificate,)
    assert issued_by(after.certificate, after.chain[0])
    assert (tmp_path / "me.p12").read_bytes() == before.key_file
    public = x509.load_der_x509_certificate(before.certificate).public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    public.verify(after.sign(b"note"), b"note", ec.ECDSA(hashes.SHA256()))
    if passphrase:
        with pytest.raises(PassphraseError):
            load(tmp_path / "new.p12")


def test_openssl_finds_key_certificate_and_root_in_what_was_adopted(
    tmp_path: Path, ines: Identity, board: Identity
) -> None:
    save(ines, tmp_path / "me.p12")
    save(adopt(tmp_path / "me.p12", None, answer_for(ines, board)), tmp_path / "new.p12")
    told = run("openssl", "pkcs12", "-in", str(tmp_path / "new.p12"), "-nodes", "-passin", "pass:")
    assert told.stdout.count("BEGIN CERTIFICATE") == 2
    assert "BEGIN PRIVATE KEY" in told.stdout


def test_an_answer_for_somebody_elses_key_is_refused(
    tmp_path: Path, ines: Identity, omar: Identity, board: Identity
) -> None:
    save(ines, tmp_path / "me.p12")
    with pytest.raises(IdentityError, match="Omar Example, was issued for another key"):
        adopt(tmp_path / "me.p12", None, answer_for(omar, board))


def test_an_answer_beside_another_root_is_refused(tmp_path: Path, ines: Identity, board: Identity) -> None:
    save(ines, tmp_path / "me.p12")
    mine, _root = certificates(answer_for(ines, board))
    namesake = create_authority("Board Example")
    wrong = mine.public_bytes(Encoding.PEM) + x509.load_der_x509_certificate(namesake.certificate).public_bytes(
        Encoding.PEM
    )
    with pytest.raises(IdentityError, match="was not issued by Board Example"):
        adopt(tmp_path / "me.p12", None, wrong)


@pytest.mark.parametrize("content", [b"", b"some notes", b"-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----"])
def test_an_answer_that_is_no_certificate_is_refused(tmp_path: Path, ines: Identity, content: bytes) -> None:
    save(ines, tmp_path / "me.p12")
    with pytest.raises(IdentityError, match="no certificate"):
        adopt(tmp_path / "me.p12", None, content)


@given(st.integers(0, len(_REQUEST) - 1), st.integers(0, 255), st.integers(0, len(_REQUEST)))
def test_a_cut_or_altered_request_is_read_or_refused_but_never_breaks(place: int, byte: int, cut: int) -> None:
    for end in (len(_REQUEST), cut):
        altered = bytearray(_REQUEST)
        altered[place] = byte
        with suppress(IdentityError, BadInputError):
            asked = read_request(bytes(altered[:end]), "The request")
            assert asked == read_request(_REQUEST, "The request")

"""An inspector's key: P-256, hers alone, never overwritten."""

import os
import stat
import threading
import unicodedata
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

from inspect_kit.errors import BadInputError, IdentityError, InspectKitError, PassphraseError
from inspect_kit.identity import Identity, create, load, save


def test_an_identity_is_a_p256_key_with_a_certificate_that_verifies(ines: Identity) -> None:
    certificate = x509.load_der_x509_certificate(ines.certificate)
    public = certificate.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    assert isinstance(public.curve, ec.SECP256R1)
    public.verify(ines.sign(b"note"), b"note", ec.ECDSA(hashes.SHA256()))
    certificate.verify_directly_issued_by(certificate)
    assert ines.fingerprint == certificate.fingerprint(hashes.SHA256()).hex()
    assert (ines.name, ines.organisation) == ("Ines Example", "Example Monitoring Board")
    now = datetime.now(UTC)
    assert certificate.not_valid_before_utc < now
    assert certificate.not_valid_after_utc > now + timedelta(days=3_600)
    assert ines.valid_until == certificate.not_valid_after_utc.date().isoformat()


def test_a_certificate_signs_documents_and_nothing_else(ines: Identity) -> None:
    extensions = x509.load_der_x509_certificate(ines.certificate).extensions
    use = extensions.get_extension_for_class(x509.KeyUsage).value
    assert use.digital_signature
    assert use.content_commitment
    assert not use.key_cert_sign
    assert not use.key_encipherment
    assert not extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_no_two_identities_are_the_same(ines: Identity, omar: Identity) -> None:
    assert ines.fingerprint != create("Ines Example", "Example Monitoring Board").fingerprint != omar.fingerprint


def test_an_identity_does_not_show_its_key_when_printed(ines: Identity) -> None:
    assert "PrivateKey" not in repr(ines)
    assert "key_file" not in repr(ines)


@pytest.mark.parametrize("passphrase", [None, "correct horse", "café 🔑 'x'"])
def test_an_identity_comes_back_as_it_was_saved(tmp_path: Path, passphrase: str | None) -> None:
    me = create("Ines Example", passphrase=passphrase)
    save(me, tmp_path / "me.p12")
    again = load(tmp_path / "me.p12", passphrase)
    assert (again.name, again.organisation, again.fingerprint) == (me.name, "", me.fingerprint)
    assert again.key_file == me.key_file
    public = x509.load_der_x509_certificate(me.certificate).public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    public.verify(again.sign(b"note"), b"note", ec.ECDSA(hashes.SHA256()))


def test_only_its_owner_may_read_a_saved_key(tmp_path: Path, ines: Identity) -> None:
    before = os.umask(0)
    try:
        save(ines, tmp_path / "me.p12")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "me.p12").stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["me.p12"]


def test_the_key_of_a_protected_identity_cannot_be_read_without_its_passphrase(tmp_path: Path) -> None:
    save(create("Ines Example", "", "correct horse"), tmp_path / "me.p12")
    for wrong in (None, "", "Correct horse", "correct horse "):
        with pytest.raises(PassphraseError, match=r"me\.p12: give it with --passphrase-file"):
            load(tmp_path / "me.p12", wrong)


@pytest.mark.parametrize(("typed", "later"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_passphrase_opens_however_the_keyboard_composes_its_letters(tmp_path: Path, typed: str, later: str) -> None:
    save(create("Ines Example", passphrase=unicodedata.normalize(typed, "café")), tmp_path / "me.p12")
    assert load(tmp_path / "me.p12", unicodedata.normalize(later, "café")).name == "Ines Example"


@pytest.mark.parametrize("passphrase", ["", "a\nb", "a\udc80"])
def test_a_passphrase_that_nobody_could_type_again_is_refused(passphrase: str) -> None:
    with pytest.raises(BadInputError, match="The passphrase is empty"):
        create("Ines Example", passphrase=passphrase)


@pytest.mark.parametrize(
    "name", ["Ines", "สมหญิง ใจดีเหลือเกินแม่นมั่นคง" * 2, "فاطمة الزهراء " * 4, "O'Neill-Müller, Dr.", "ア" * 64, "👩🏽‍⚕️"]
)
def test_a_name_in_any_script_is_kept_and_nobody_is_warned(tmp_path: Path, name: str) -> None:
    name = name[:64].strip()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        me = create(name, name)
        save(me, tmp_path / "me.p12")
        again = load(tmp_path / "me.p12")
    assert (again.name, again.organisation) == (name, name)


@pytest.mark.parametrize(
    ("name", "organisation", "told"),
    [
        ("", "", "name is missing"),
        (" \t", "", "name is missing"),
        ("x" * 65, "", "name has 65 characters; a certificate holds 64"),
        ("Ines", "x" * 65, "organisation has 65 characters"),
        ("Ines\nExample", "", "one line"),
        ("Ines\0", "", "no text"),
        ("Ines", "\udc80", "no text"),
        ("Ines \u202eelpmaxE", "", "turn the direction"),
        ("Ines\u200b Example", "", "nobody sees"),
    ],
)
def test_a_name_that_a_certificate_cannot_hold_is_refused(name: str, organisation: str, told: str) -> None:
    with pytest.raises(BadInputError, match=told):
        create(name, organisation)


# -- files that are no identity


def foreign(key, *, certificate: bool = True, encryption=None) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Board")])
    now = datetime.now(UTC)
    algorithm = None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=9))
        .sign(key, algorithm)
    )
    return pkcs12.serialize_key_and_certificates(
        b"x", key, signed if certificate else None, None, encryption or NoEncryption()
    )


@pytest.mark.parametrize(
    "make",
    [
        lambda: rsa.generate_private_key(65537, 2048),
        lambda: ec.generate_private_key(ec.SECP384R1()),
        lambda: ec.generate_private_key(ec.SECP256K1()),
        ed25519.Ed25519PrivateKey.generate,
    ],
    ids=["RSA", "P-384", "secp256k1", "Ed25519"],
)
def test_another_kind_of_key_is_refused(tmp_path: Path, make) -> None:
    (tmp_path / "me.p12").write_bytes(foreign(make()))
    with pytest.raises(IdentityError, match="another kind of key: inspect_kit signs with ECDSA on P-256"):
        load(tmp_path / "me.p12")


def test_a_p256_identity_that_an_organisation_issued_is_taken(tmp_path: Path) -> None:
    (tmp_path / "me.p12").write_bytes(
        foreign(ec.generate_private_key(ec.SECP256R1()), encryption=BestAvailableEncryption(b"pass"))
    )
    me = load(tmp_path / "me.p12", "pass")
    assert (me.name, me.organisation) == ("unnamed", "Board")


def test_a_key_without_its_certificate_is_no_identity(tmp_path: Path) -> None:
    (tmp_path / "me.p12").write_bytes(foreign(ec.generate_private_key(ec.SECP256R1()), certificate=False))
    with pytest.raises(IdentityError, match="lacks its certificate"):
        load(tmp_path / "me.p12")


@pytest.mark.parametrize(
    "content",
    [b"", b"-----BEGIN PRIVATE KEY-----", b"\x30", b"\x30\x82" + bytes(500), os.urandom(400), b"\xff\xd8\xff\xe0JFIF"],
)
@pytest.mark.parametrize("passphrase", [None, "correct horse"])
def test_a_file_that_is_no_identity_is_named(tmp_path: Path, content: bytes, passphrase: str | None) -> None:
    (tmp_path / "me.p12").write_bytes(content)
    with pytest.raises(IdentityError, match=r"me\.p12 is .*no identity") as told:
        load(tmp_path / "me.p12", passphrase)
    assert "\n" not in str(told.value)


def test_a_cut_or_altered_identity_is_refused(tmp_path: Path, ines: Identity) -> None:
    for place in range(0, len(ines.key_file), 97):
        (tmp_path / "me.p12").write_bytes(ines.key_file[:place])
        with pytest.raises(InspectKitError):
            load(tmp_path / "me.p12")


def test_a_missing_folder_or_huge_file_is_no_identity(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="is not there"):
        load(tmp_path / "me.p12")
    with pytest.raises(BadInputError, match="not an ordinary file"):
        load(tmp_path)
    (tmp_path / "huge.p12").write_bytes(b"\x30" * 1_048_577)
    with pytest.raises(BadInputError, match="larger than 1 MB"):
        load(tmp_path / "huge.p12")


# -- never overwritten


@pytest.mark.parametrize("there", ["a key", "an empty file", "a folder"])
def test_a_key_is_never_overwritten(tmp_path: Path, ines: Identity, omar: Identity, there: str) -> None:
    path = tmp_path / "me.p12"
    if there == "a key":
        save(omar, path)
    elif there == "a folder":
        path.mkdir()
    else:
        path.touch()
    with pytest.raises(BadInputError, match="a key is never overwritten"):
        save(ines, path)
    if there == "a key":
        assert path.read_bytes() == omar.key_file
    assert len(list(tmp_path.iterdir())) == 1


def test_of_two_windows_that_save_at_once_one_is_refused_and_the_other_keeps_its_key(
    tmp_path: Path, ines: Identity, omar: Identity, monkeypatch
) -> None:
    path = tmp_path / "me.p12"
    both_looked = threading.Barrier(2)
    exists = Path.exists

    def look(file: Path, **more: object) -> bool:
        found = exists(file, **more)
        if file == path and not found:
            both_looked.wait(5)
        return found

    monkeypatch.setattr(Path, "exists", look)
    ends: dict[str, str] = {}

    def save_as(person: Identity) -> None:
        try:
            save(person, path)
            ends[person.name] = "saved"
        except BadInputError as problem:
            ends[person.name] = str(problem)

    windows = [threading.Thread(target=save_as, args=(person,)) for person in (ines, omar)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    winners = [person for person in (ines, omar) if ends[person.name] == "saved"]
    assert len(winners) == 1
    assert path.read_bytes() == winners[0].key_file
    assert len(list(tmp_path.iterdir())) == 1


def test_a_key_is_saved_on_a_stick_without_hard_links_too(tmp_path: Path, ines: Identity, monkeypatch) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    save(ines, tmp_path / "me.p12")
    assert (tmp_path / "me.p12").read_bytes() == ines.key_file
    assert len(list(tmp_path.iterdir())) == 1


def test_a_key_in_a_folder_that_is_not_there_is_refused(tmp_path: Path, ines: Identity) -> None:
    with pytest.raises(BadInputError, match=r"is not there\. Make it first"):
        save(ines, tmp_path / "nowhere" / "me.p12")

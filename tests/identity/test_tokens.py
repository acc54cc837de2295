"""A key that lies on a token: SoftHSM stands for the card that an inspector carries."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from inspect_kit.casebook import Casebook
from inspect_kit.errors import BadInputError, IdentityError, PassphraseError
from inspect_kit.identity import (
    Identity,
    adopt,
    check_seal,
    create_authority,
    issue,
    load,
    make_request,
    make_seal,
    of_token,
    on_token,
    read_others,
    read_request,
    save,
)
from inspect_kit.work.desk import sign_in
from tests.token_tools import PIN


@pytest.fixture
def card(softhsm: str, tmp_path: Path) -> Path:
    """The file that names the key, with a self-made certificate."""
    save(of_token(softhsm, "card", "signing", PIN, "Ines Example", "Board"), tmp_path / "me.token")
    return tmp_path / "me.token"


def verify(person: Identity, message: bytes, signature: bytes) -> None:
    key = x509.load_der_x509_certificate(person.certificate).public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(signature, message, ec.ECDSA(hashes.SHA256()))


def test_a_key_on_a_token_signs_seals_and_stays_there(card: Path) -> None:
    me = load(card, PIN)
    assert (me.name, me.organisation) == ("Ines Example", "Board")
    certificate = x509.load_der_x509_certificate(me.certificate)
    certificate.verify_directly_issued_by(certificate)
    for number in range(20):  # r and s are shorter than 32 bytes now and then
        verify(me, b"%d" % number, me.sign(b"%d" % number))
    seal = make_seal(me, "visit:x", f"{me.fingerprint}.laptop", 1, "00", "2026-11-04")
    assert check_seal(seal)


def test_the_file_holds_no_pin_and_only_its_owner_may_read_it(card: Path) -> None:
    text = card.read_text(encoding="utf-8")
    assert PIN not in text.replace(text.partition("-----BEGIN")[2], "")
    assert 'label = "card"' in text
    assert card.stat().st_mode & 0o777 == 0o600
    assert on_token(card)
    assert read_others(card).name == "Ines Example"


def test_recording_needs_neither_pin_nor_token(card: Path, tmp_path: Path) -> None:
    text = card.read_text(encoding="utf-8")
    card.write_text(text.replace('label = "card"', 'label = "left at home"'), encoding="utf-8")
    with Casebook.create(tmp_path / "a.casebook") as casebook:
        assert sign_in(casebook, card, None) == ""
        assert casebook.author_name() == "Ines Example"
        with pytest.raises(PassphraseError, match="PIN is needed"):
            load(card, None, to_sign=False).sign(b"note")


def test_a_casebook_is_sealed_by_a_token(card: Path, tmp_path: Path) -> None:
    from tests.conftest import FACILITY

    with Casebook.create(tmp_path / "a.casebook") as casebook:
        sign_in(casebook, card, None)
        casebook.add_facility(FACILITY)
        assert casebook.seal(load(card, PIN)) == 1
        assert casebook.chains()[0].sealed == casebook.chains()[0].entries


def test_an_organisation_certifies_a_key_on_a_token(card: Path, tmp_path: Path) -> None:
    me, board = load(card, PIN), create_authority("Board Example")
    answer = issue(read_request(make_request(me), "The request"), board)
    save(adopt(card, None, answer), tmp_path / "issued.token")
    issued = load(tmp_path / "issued.token", PIN)
    assert issued.chain == (board.certificate,)
    verify(issued, b"note", issued.sign(b"note"))


def test_a_certificate_that_lies_on_the_token_is_taken(softhsm: str, card: Path, tmp_path: Path) -> None:
    import pkcs11

    me = load(card, PIN)
    with pkcs11.lib(softhsm).get_token(token_label="card").open(user_pin=PIN, rw=True) as session:  # noqa: S106 (no secret)
        stored = session.create_object(
            {
                pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                pkcs11.Attribute.TOKEN: True,
                pkcs11.Attribute.LABEL: "her certificate",
                pkcs11.Attribute.SUBJECT: x509.load_der_x509_certificate(me.certificate).subject.public_bytes(),
                pkcs11.Attribute.VALUE: me.certificate,
            }
        )
        handle = stored[pkcs11.Attribute.LABEL]
    try:
        assert of_token(softhsm, "card", "signing", PIN).fingerprint == me.fingerprint
        with pytest.raises(IdentityError, match="a certificate for the key “signing” already, of Ines Example"):
            of_token(softhsm, "card", "signing", PIN, "Omar Example")
    finally:
        with pkcs11.lib(softhsm).get_token(token_label="card").open(user_pin=PIN, rw=True) as session:  # noqa: S106 (no secret)
            for one in list(session.get_objects({pkcs11.Attribute.LABEL: handle})):
                one.destroy()
    with pytest.raises(IdentityError, match="holds no certificate for the key “other”"):
        of_token(softhsm, "card", "other", PIN)


# -- refusals, each in one sentence


def test_a_missing_or_wrong_pin_is_told_and_the_wrong_one_with_a_warning(card: Path) -> None:
    with pytest.raises(PassphraseError, match=r"PIN of the token “card” is needed: .*--identity-passphrase-file"):
        load(card)
    with pytest.raises(PassphraseError, match=r"does not take this PIN\. Tokens lock themselves"):
        load(card, "0000")
    assert load(card, PIN).name == "Ines Example"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('label = "card"', 'label = "other card"'), "token “other card” is not there: plug it in"),
        (('key = "signing"', 'key = "nothing"'), "no key labelled “nothing”"),
        (('key = "signing"', 'key = "other"'), "is not that of the certificate"),
        (('key = "signing"', 'key = "rsa"'), "another kind"),
        (('key = "signing"', "kee = 1"), "does not name a token"),
        (("-----BEGIN CERTIFICATE-----", "-----BEGIN SOMETHING-----"), "no certificate"),
        (('key = "signing"', "key = 7"), "does not name a token"),
        (("[token]", "[token]\n[token]"), "does not name a token"),
    ],
)
def test_a_file_that_names_another_token_or_key_is_refused(card: Path, change: tuple[str, str], told: str) -> None:
    card.write_text(card.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(IdentityError, match=told) as refused:
        load(card, PIN)
    assert "\n" not in str(refused.value)


def test_a_key_on_another_curve_is_refused(softhsm: str) -> None:
    with pytest.raises(IdentityError, match="another kind"):
        of_token(softhsm, "card", "large", PIN, "Ines")
    with pytest.raises(BadInputError, match="64"):
        of_token(softhsm, "card", "signing", PIN, "x" * 65)


def test_a_file_from_a_stick_cannot_name_a_program_beside_it(card: Path, tmp_path: Path, softhsm: str) -> None:
    """A token's library runs as part of us; a file that comes from anywhere must not choose it freely."""
    beside = tmp_path / "libsofthsm2.so"
    beside.write_bytes(Path(softhsm).read_bytes())
    link = tmp_path / "link.so"
    link.symlink_to(beside)
    text = card.read_text(encoding="utf-8")
    for library, told in (
        (str(beside), "others than the machine's administrator"),
        (str(link), "others than the machine's administrator"),
        ("libsofthsm2.so", "is not there|others than"),
        (str(tmp_path / "nowhere.so"), "is not there"),
        (str(Path(softhsm).parent), "others than"),
    ):
        card.write_text(text.replace(softhsm, library), encoding="utf-8")
        with pytest.raises(IdentityError, match=told):
            load(card, PIN)


def test_a_library_that_is_none_is_refused(softhsm: str) -> None:
    with pytest.raises(IdentityError, match="cannot be used through /etc/passwd"):
        of_token("/etc/passwd", "card", "signing", PIN, "Ines")


def test_where_support_for_tokens_is_not_installed_one_sentence_says_so(
    card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    with pytest.raises(IdentityError, match=r"install “inspect-kit\[tokens\]”"):
        load(card, PIN)
    assert load(card, to_sign=False).name == "Ines Example"

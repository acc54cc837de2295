"""SoftHSM stands for the token that an inspector carries."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.pdf_tools import run

PIN = "5678"
PLACES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
)


@pytest.fixture(scope="session")
def softhsm(tmp_path_factory: pytest.TempPathFactory) -> str:
    """SoftHSM with one token “card”, on which lie a P-256 key “signing”, a P-384 key and an RSA key."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    # for the whole process, because the library reads it once, when it is loaded
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    made = run("softhsm2-util", "--init-token", "--free", "--label", "card", "--so-pin", "1234", "--pin", PIN)
    assert made.returncode == 0, made.stderr
    library = str(next(Path(place).resolve() for place in PLACES if Path(place).exists()))
    pkcs11 = pytest.importorskip("pkcs11")
    from pkcs11.util.ec import encode_named_curve_parameters

    with pkcs11.lib(library).get_token(token_label="card").open(user_pin=PIN, rw=True) as session:  # noqa: S106 (no secret)
        for label, curve in (("signing", "secp256r1"), ("other", "secp256r1"), ("large", "secp384r1")):
            parameters = session.create_domain_parameters(
                pkcs11.KeyType.EC, {pkcs11.Attribute.EC_PARAMS: encode_named_curve_parameters(curve)}, local=True
            )
            parameters.generate_keypair(store=True, label=label)
        session.generate_keypair(pkcs11.KeyType.RSA, 2048, store=True, label="rsa")
    return library

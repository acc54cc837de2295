"""Who an inspector is: one P-256 key and certificate, for recording, sealing and signing; and whom she trusts."""

from inspect_kit.identity.certificates import (
    Certificate,
    fingerprint_words,
    grouped,
    issued_by,
    key_words,
    read_certificate,
    to_pem,
)
from inspect_kit.identity.issuing import Request, adopt, create_authority, issue, make_request, read_request
from inspect_kit.identity.keys import Identity, create, save
from inspect_kit.identity.opening import load, load_authority, of_token, on_token, read_others
from inspect_kit.identity.seals import check_seal, make_seal

__all__ = [
    "Certificate",
    "Identity",
    "Request",
    "adopt",
    "check_seal",
    "create",
    "create_authority",
    "fingerprint_words",
    "grouped",
    "issue",
    "issued_by",
    "key_words",
    "load",
    "load_authority",
    "make_request",
    "make_seal",
    "of_token",
    "on_token",
    "read_certificate",
    "read_others",
    "read_request",
    "save",
    "to_pem",
]

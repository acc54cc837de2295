"""Who an inspector is: one P-256 key and certificate, for recording, sealing and signing; and whom she trusts."""

from inspect_kit.identity.certificates import Certificate, fingerprint_words, issued_by, read_certificate
from inspect_kit.identity.keys import Identity, create, load, save
from inspect_kit.identity.seals import check_seal, make_seal

__all__ = [
    "Certificate",
    "Identity",
    "check_seal",
    "create",
    "fingerprint_words",
    "issued_by",
    "load",
    "make_seal",
    "read_certificate",
    "save",
]

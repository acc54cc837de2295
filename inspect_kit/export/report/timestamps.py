"""Time stamps: what somebody other than the signer says of when a signature was there (RFC 3161).

A laptop without a network has no time but its own. Where a time-stamping service can be reached, its token is put
beside the signature. Only the service's own certificate is kept with it, so that no byte of the token goes unguarded.
"""

from __future__ import annotations

import hashlib
import urllib.request
from collections.abc import Callable
from datetime import datetime

from asn1crypto import cms  # type: ignore[import-untyped]  # asn1crypto has no types

from inspect_kit.errors import BadInputError, ReportError
from inspect_kit.export.report.envelope import rebuilt
from inspect_kit.export.report.signed import Signed
from inspect_kit.language import _

_PATIENCE = 20
"""How long an answer is awaited, in seconds."""
_LARGEST = 1_048_576
_HASHES = {"sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}

Asking = Callable[[bytes], bytes]
"""Gives a service's answer to a request, both in DER."""


def reach(address: str) -> Asking:
    """Reach a time-stamping service.

    Args:
        address: beginning with ``http://`` or ``https://``.

    Raises:
        BadInputError: when the address is none.
    """
    if not address.startswith(("http://", "https://")):
        raise BadInputError(
            _(
                "“{address}” is no address of a time-stamping service: it begins with https://.",
                address=address[:80],
            )
        )

    def ask(request: bytes) -> bytes:
        question = urllib.request.Request(  # noqa: S310 (the scheme is checked above)
            address, request, {"Content-Type": "application/timestamp-query"}
        )
        try:
            with urllib.request.urlopen(question, timeout=_PATIENCE) as answer:  # noqa: S310 (likewise)
                return bytes(answer.read(_LARGEST))
        except (OSError, ValueError) as problem:
            raise ReportError(
                _(
                    "The time-stamping service {address} cannot be reached: sign without it, or try again with a"
                    " network.",
                    address=address,
                )
            ) from problem

    return ask


def stamped(signature: Signed) -> tuple[datetime, str] | None:
    """When a signature was there, as a time-stamping service says, and the service's name; None without a time stamp.

    Whether the service can be trusted is not decided here.

    Args:
        signature: one of the report's.

    Raises:
        ValueError: when the time stamp does not hold.
    """
    unsigned = signature.signer["unsigned_attrs"]
    if unsigned.native is None:
        return None
    # imported here, because most reports have no time stamp, and it takes long
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    token = cms.ContentInfo.load(unsigned[0]["values"][0].dump())
    signed = token["content"]
    said = signed["encap_content_info"]
    if (
        len(signed["signer_infos"]) != 1
        or len(signed["certificates"]) != 1
        or rebuilt(token, "v3", said) != token.dump()
    ):
        raise ValueError("not the one form of a time stamp")
    info, signer, certificate = said["content"].parsed, signed["signer_infos"][0], signed["certificates"][0].chosen
    imprint = info["message_imprint"]
    ours = _HASHES[imprint["hash_algorithm"]["algorithm"].native](signature.signer["signature"].native).digest()
    digest = _HASHES[signer["digest_algorithm"]["algorithm"].native](bytes(said["content"])).digest()
    intact, valid = validate_sig_integrity(signer, certificate, "tst_info", digest)
    usage = certificate.extended_key_usage_value
    if not (intact and valid) or imprint["hashed_message"].native != ours:
        raise ValueError("the time stamp does not hold")
    if usage is None or usage.native != ["time_stamping"]:
        raise ValueError("no time-stamping service signed it")
    when: datetime = info["gen_time"].native
    # Translators: stands for the name in a certificate that gives none
    return when, str(certificate.subject.native.get("common_name") or _("unnamed"))

"""An organisation issues its people's certificates: her request and its answer travel as files, her key stays.

A request is PKCS#10 (RFC 2986), so that any other authority can answer it too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from inspect_kit.errors import BadInputError, IdentityError
from inspect_kit.identity import pkcs12, tokens
from inspect_kit.identity.certificates import (
    CERTIFICATE_LIMIT,
    issued_by,
    key_of,
    key_words,
    p256,
    read_bundle,
    to_pem,
)
from inspect_kit.identity.keys import Identity, identity_of, new_identity
from inspect_kit.identity.making import ISSUED_YEARS, make_certificate
from inspect_kit.identity.names import any_script, fitting, names_in, subject
from inspect_kit.identity.opening import load, read_key_file
from inspect_kit.language import _

MOST_YEARS = 20
"""The longest time for which a certificate is issued."""


@dataclass(frozen=True)
class Request:
    """What a person asks an organisation to certify.

    Attributes:
        name: hers, as it will stand in the certificate.
        organisation: likewise; may be empty.
        words: of her key, to be compared by voice before anything is issued.
        key: her public key, as SubjectPublicKeyInfo in DER.
    """

    name: str
    organisation: str
    words: tuple[str, ...]
    key: bytes = field(repr=False)


def create_authority(name: str, passphrase: str | None = None) -> Identity:
    """Make an organisation's root: a key that issues its people's certificates, and signs nothing else.

    Args:
        name: the organisation's, at most 64 characters.
        passphrase: protects the PKCS#12 file; None leaves it open to whoever can read the file.

    Raises:
        BadInputError: when the name is missing or too long, or the passphrase is empty.
    """
    # Translators: the start of a sentence, such as “… is missing”
    return new_identity(fitting(name, _("The authority's name"), required=True), "", passphrase, authority=True)


def make_request(identity: Identity) -> bytes:
    """Ask an organisation to certify a key that somebody has already; the key itself is not in it.

    Args:
        identity: hers, opened for signing.

    Returns:
        The request (PKCS#10), in PEM.
    """
    from asn1crypto import csr, pem, x509  # type: ignore[import-untyped]  # asn1crypto has no types

    own = x509.Certificate.load(identity.certificate)
    content = csr.CertificationRequestInfo(
        {"version": "v1", "subject": own.subject, "subject_pk_info": own.public_key, "attributes": []}
    )
    request = csr.CertificationRequest(
        {
            "certification_request_info": content,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": identity.sign(content.dump()),
        }
    )
    return bytes(pem.armor("CERTIFICATE REQUEST", request.dump()))


def read_request(data: bytes, what: str) -> Request:
    """Read a person's request; nothing but her key and two names is taken from it.

    Args:
        data: the request (PKCS#10), in PEM or DER, of any content.
        what: where it comes from, as the start of a sentence.

    Raises:
        IdentityError: when it is none, is not signed by its own key, or has another kind of key.
        BadInputError: when a name in it cannot stand in a certificate.
    """
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    none = IdentityError(_("{what} is no request for a certificate (PKCS#10): ask for it again.", what=what))
    try:
        if len(data) > CERTIFICATE_LIMIT:
            raise none
        is_text = data.lstrip().startswith(b"-----")
        found = x509.load_pem_x509_csr(data) if is_text else x509.load_der_x509_csr(data)
        key = found.public_key()
        with any_script():
            name, organisation = names_in(found.subject)
        holds = found.is_signature_valid
    except (ValueError, UnsupportedAlgorithm, x509.InvalidVersion):
        raise none from None
    public = p256(
        key,
        _("{what} is for another kind of key: inspect_kit works with ECDSA on P-256. Make a new identity.", what=what),
    )
    if not holds:
        raise IdentityError(
            _("{what} is not signed by its own key: it was changed on its way. Ask for it again.", what=what)
        )
    return Request(
        # Translators: the start of a sentence, such as “… is missing”
        fitting(name, _("The name in the request"), required=True),
        # Translators: the start of a sentence, such as “… must be one line”
        fitting(organisation, _("The organisation in the request")),
        key_words(public),
        public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
    )


def issue(request: Request, authority: Identity, years: int = ISSUED_YEARS) -> bytes:
    """Certify a person's key.

    Args:
        request: hers, after its words were compared with her.
        authority: the organisation's root.
        years: how long the certificate is valid; never longer than the root's.

    Returns:
        Her certificate and the root's, in PEM.

    Raises:
        BadInputError: when the years are not within 1 to 20, or the root's certificate is not valid now.
    """
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    if not 1 <= years <= MOST_YEARS:
        raise BadInputError(
            _("{years} years is no time for a certificate: choose 1 to {most}.", years=years, most=MOST_YEARS)
        )
    key = p256(load_der_public_key(request.key), "")
    whose = subject(request.name, request.organisation)
    return to_pem(
        make_certificate(whose, key, authority.sign, years=years, issuer=authority.certificate), authority.certificate
    )


def adopt(path: Path, passphrase: str | None, answer: bytes) -> Identity:
    """Give a key the certificate that an organisation issued for it.

    Args:
        path: the identity's file as it is; it stays as it is.
        passphrase: where it is protected; the new one is protected alike.
        answer: the issued certificate with the root's, as ``issue`` writes them.

    Returns:
        The same key with the new certificate, to be saved under a new name.

    Raises:
        IdentityError: when the certificate is for another key, an authority's, or not issued by the root beside it.
        InspectKitError: as ``load``.
    """
    # Translators: the start of a sentence, such as “… is no certificate”
    what = _("The answer")
    mine, *roots = read_bundle(answer, what)
    data = read_key_file(path)
    before = load(path, passphrase, to_sign=False)
    if key_of(mine.data) != key_of(before.certificate) or mine.authority:
        raise IdentityError(
            _(
                "This certificate, of {name}, was issued for another key than that of {path}: adopt it with the"
                " identity with which you made the request.",
                name=mine.name,
                path=path,
            )
        )
    if any(not issued_by(mine.data, root.data) for root in roots):
        raise IdentityError(
            _(
                "The certificate of {name} was not issued by {root}, the authority beside it: ask for it again.",
                name=mine.name,
                root=roots[0].name,
            )
        )
    chain = tuple(root.data for root in roots)
    if tokens.is_token(data):
        token = tokens.read_token(data, path)
        new = tokens.written(tokens.Token(token.module, token.label, token.key, (mine.data, *chain)))
        return identity_of(mine, chain, new, tokens.locked)
    key, _mine, _chain, opened = pkcs12.unpacked(data, path, passphrase)
    return identity_of(mine, chain, pkcs12.packed(key, mine, chain, opened), pkcs12.signing(key))

"""Identities: a key, wherever it lies, and its certificate.

ECDSA on P-256, because every PDF reader checks it and it signs in 40 ms; cryptography is imported only
where a key is made or opened.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from inspect_kit.errors import BadInputError, IdentityError
from inspect_kit.files import whole_file
from inspect_kit.identity import pkcs12
from inspect_kit.identity.certificates import Certificate, read_certificate
from inspect_kit.identity.making import ROOT_YEARS, YEARS, Sign, make_certificate
from inspect_kit.identity.names import fitting, subject
from inspect_kit.language import _
from inspect_kit.model import check_passphrase


@dataclass(frozen=True)
class Identity:
    """A person who records and signs.

    Attributes:
        name: as in the certificate, safe to show on one line.
        organisation: likewise; empty where none is named.
        fingerprint: SHA-256 of the certificate in DER, in hex.
        certificate: in DER.
        chain: the certificate of the root that issued it, in DER; none where it is self-made.
        valid_from, valid_until: first and last day, ISO.
        key_file: the bytes of the file it lies in, a PKCS#12 file or one that names a token.
    """

    name: str
    organisation: str
    fingerprint: str
    certificate: bytes = field(repr=False)
    chain: tuple[bytes, ...] = field(repr=False)
    valid_from: str
    valid_until: str
    key_file: bytes = field(repr=False)
    _sign: Sign = field(repr=False)

    def sign(self, message: bytes) -> bytes:
        """Sign a message with ECDSA on P-256 and SHA-256; the signature is in DER.

        Raises:
            PassphraseError: when the key lies on a token that was not opened with its PIN.
            IdentityError: when the token is not there any more.
        """
        return self._sign(message)

    @property
    def words(self) -> tuple[str, ...]:
        """The fingerprint as twelve words, to be compared by voice."""
        return read_certificate(self.certificate).words

    def trouble(self, when: datetime | None = None) -> str:
        """Why nothing can be sealed or signed with this certificate, as a sentence; empty where it can.

        Recording goes on all the same: what was seen must not be lost because of a date.

        Args:
            when: with its zone; None means now.
        """
        day = (when or datetime.now(UTC)).astimezone(UTC).date().isoformat()
        if self.valid_from <= day <= self.valid_until:
            return ""
        return _(
            "The certificate of {name} is valid from {first} to {last}, and today is {day}: check the machine's clock,"
            " or make a new identity. Recording goes on, but nothing can be sealed or signed with this one.",
            name=self.name,
            first=self.valid_from,
            last=self.valid_until,
            day=day,
        )

    def check_valid(self, when: datetime | None = None) -> None:
        """Refuse to seal or sign where the certificate is not valid.

        Args:
            when: with its zone; None means now.

        Raises:
            IdentityError: with the sentence of ``trouble``.
        """
        if trouble := self.trouble(when):
            raise IdentityError(trouble)


def create(name: str, organisation: str = "", passphrase: str | None = None) -> Identity:
    """Make a new key with a self-made certificate.

    Args:
        name: the inspector's name, at most 64 characters (the limit of X.509).
        organisation: the monitoring body, at most 64 characters, or empty.
        passphrase: protects the PKCS#12 file; None leaves it open to whoever can read the file.

    Raises:
        BadInputError: when a name is missing or too long, or the passphrase is empty.
    """
    # Translators: the start of a sentence, such as “… is missing”
    name = fitting(name, _("The identity's name"), required=True)
    # Translators: the start of a sentence, such as “… must be one line”
    return new_identity(name, fitting(organisation, _("The identity's organisation")), passphrase, authority=False)


def save(identity: Identity, path: Path) -> None:
    """Write an identity to a file that only its owner may read.

    Raises:
        BadInputError: when the file exists (a key is never overwritten) or cannot be written.
    """
    if path.exists():
        raise BadInputError(_("The file {path} exists: a key is never overwritten. Choose another name.", path=path))
    with whole_file(path, _("The identity"), replace=False) as temporary:
        temporary.write_bytes(identity.key_file)
        temporary.chmod(0o600)


def identity_of(certificate: Certificate, chain: tuple[bytes, ...], key_file: bytes, sign: Sign) -> Identity:
    """An identity of its parts, as ``Identity`` names them."""
    return Identity(
        name=certificate.name,
        organisation=certificate.organisation,
        fingerprint=certificate.fingerprint,
        certificate=certificate.data,
        chain=chain,
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        key_file=key_file,
        _sign=sign,
    )


def new_identity(name: str, organisation: str, passphrase: str | None, *, authority: bool) -> Identity:
    """Make a key in a file, with a self-made certificate.

    Args:
        name: checked by ``fitting``.
        organisation: likewise; may be empty.
        passphrase: protects the file; None leaves it open.
        authority: whether it is an organisation's root.

    Raises:
        BadInputError: when the passphrase is empty.
    """
    from cryptography.hazmat.primitives.asymmetric import ec

    if passphrase == "":
        raise BadInputError(
            _("The passphrase is empty: choose another, or make the identity without one (--no-passphrase).")
        )
    secret = check_passphrase(passphrase).encode() if passphrase else None
    key = ec.generate_private_key(ec.SECP256R1())
    years = ROOT_YEARS if authority else YEARS
    whose = subject(name, organisation)
    made = make_certificate(whose, key.public_key(), pkcs12.signing(key), years=years, authority=authority)
    certificate = read_certificate(made)
    return identity_of(certificate, (), pkcs12.packed(key, certificate, (), secret), pkcs12.signing(key))

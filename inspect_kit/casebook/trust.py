"""Whom this casebook trusts: people and organisations' roots that its owner has compared, and keys that were lost.

Trust is this casebook's own and is never synced: whoever could send it could send herself.
"""

from dataclasses import dataclass

from inspect_kit.casebook.sqlite import Database
from inspect_kit.errors import BadInputError, UnknownError
from inspect_kit.identity import Certificate, issued_by, read_certificate
from inspect_kit.language import _

PERSON, ROOT, LISTED, LOST, OWN = "person", "root", "listed", "lost", "own"


@dataclass(frozen=True)
class Known:
    """A certificate that this casebook holds.

    Attributes:
        certificate: what it says.
        kind: ``person``, or ``root`` for an organisation's.
        trusted: whether seals and signatures by it are trusted.
        by: why: ``listed`` by the owner, the name of the root that issued it, ``own``, or empty.
        lost: the day since which its key is in other hands, ISO; empty where it is not.
        own: whether somebody has recorded with its key in this copy of the casebook.
    """

    certificate: Certificate
    kind: str
    trusted: bool
    by: str
    lost: str
    own: bool


def known(db: Database) -> list[Known]:
    """Everybody whose certificate this casebook holds, and every root it trusts, by name."""
    listed = {
        fingerprint: (kind, bytes(certificate), lost)
        for fingerprint, kind, certificate, lost in db.execute("SELECT fingerprint, kind, certificate, lost FROM trust")
    }
    met = {row[0]: bytes(row[1]) for row in db.execute("SELECT fingerprint, certificate FROM certificates")}
    own = {row[0] for row in db.execute("SELECT value FROM settings WHERE name LIKE 'identity:%'")}
    roots = [read_certificate(data) for kind, data, lost in listed.values() if kind == ROOT and not lost]
    found = []
    for fingerprint, data in {**met, **{name: row[1] for name, row in listed.items()}}.items():
        kind, _data, lost = listed.get(fingerprint, ("", b"", ""))
        root = next((root.name for root in roots if root.data != data and issued_by(data, root.data)), "")
        by = LISTED if kind in (PERSON, ROOT) else root or (OWN if fingerprint in own else "")
        said = read_certificate(data)
        kind = ROOT if said.authority else PERSON
        found.append(Known(said, kind, bool(by), by, lost, fingerprint in own))
    return sorted(found, key=lambda one: (one.kind, one.certificate.name, one.certificate.fingerprint))


def trust(db: Database, certificate: Certificate, stamp: str) -> None:
    """Trust a certificate from now on: a root's, and with it whatever it issued; or one person's.

    Args:
        db: the open casebook, in a transaction.
        certificate: of a person or a root.
        stamp: now.
    """
    db.execute(
        "INSERT INTO trust (fingerprint, kind, name, certificate, decided) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (fingerprint) DO UPDATE SET kind = excluded.kind, decided = excluded.decided, lost = ''",
        (
            certificate.fingerprint,
            ROOT if certificate.authority else PERSON,
            certificate.name,
            certificate.data,
            stamp,
        ),
    )


def distrust(db: Database, fingerprint: str) -> None:
    """Trust a certificate no longer; where its key is lost, that stays noted.

    Raises:
        UnknownError: when it was not listed.
    """
    known = db.execute("UPDATE trust SET kind = ? WHERE fingerprint = ? AND kind <> ?", (LOST, fingerprint, LOST))
    db.execute("DELETE FROM trust WHERE fingerprint = ? AND lost = ''", (fingerprint,))
    if known.rowcount < 1:
        raise UnknownError(
            _("This certificate is not among those that this casebook trusts: “identity list” shows them.")
        )


def lose(db: Database, fingerprint: str, since: str, stamp: str) -> None:
    """Note that a key is lost: seals that came before stay valid, later ones are marked.

    Args:
        db: the open casebook, in a transaction.
        fingerprint: of its certificate, in hex.
        since: the first day on which somebody else could have used it, ISO.
        stamp: now; seals that arrive later are marked whatever day they bear, for a thief sets the clock.

    Raises:
        UnknownError: when this casebook has never met the certificate.
        BadInputError: when the day lies in the future.
    """
    if since > stamp[:10]:
        raise BadInputError(_("The day since which the key is lost, {day}, is still to come: correct it.", day=since))
    row = db.execute(
        "SELECT name, certificate FROM certificates WHERE fingerprint = :id"
        " UNION ALL SELECT name, certificate FROM trust WHERE fingerprint = :id",
        {"id": fingerprint},
    ).fetchone()
    if row is None:
        raise UnknownError(_("This casebook has not met that certificate: “identity list” shows those that it has."))
    db.execute(
        "INSERT INTO trust (fingerprint, kind, name, certificate, decided, lost) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (fingerprint) DO UPDATE SET decided = excluded.decided, lost = excluded.lost",
        (fingerprint, LOST, row[0], row[1], stamp, since),
    )

"""Whom a casebook trusts: finding the certificate that somebody means, saying why it is trusted, trusting no longer."""

import re
from pathlib import Path

from inspect_kit.casebook import Casebook
from inspect_kit.casebook.trust import LISTED, OWN, ROOT, Known
from inspect_kit.errors import BadInputError, UnknownError
from inspect_kit.language import _

FEWEST_LETTERS, FEWEST_WORDS = 8, 3
"""How much of a fingerprint is enough to name one certificate among those that a casebook knows."""
_WHOLE_LETTERS, _WHOLE_WORDS = 64, 12


def known_as(casebook: Casebook, said: str) -> Known:
    """The certificate in a casebook that somebody names.

    Args:
        casebook: the open casebook.
        said: its fingerprint or the beginning of it (8 letters or more, in groups or not), or its first words (3 or
            more).

    Raises:
        UnknownError: when none or several are meant.
    """
    letters, words = _letters(said), tuple(said.lower().split())
    found = [
        one
        for one in casebook.known()
        if (len(letters) >= FEWEST_LETTERS and one.certificate.fingerprint.startswith(letters))
        or (len(words) >= FEWEST_WORDS and one.certificate.words[: len(words)] == words)
    ]
    if len(found) > 1:
        raise UnknownError(_("“{said}” means several certificates: give more of it.", said=said[:80]))
    if not found:
        raise UnknownError(
            _(
                "“{said}” is no certificate that this casebook knows: give the first letters (8 or more) or words (3 or"
                " more) of one that “identity list” shows.",
                said=said[:80],
            )
        )
    return found[0]


def file_named(said: str) -> Path | None:
    """The file that somebody names; None where it reads like a fingerprint or words instead."""
    file = Path(said)
    try:
        return file if file.exists() or file.suffix or file.name != said else None
    except OSError:  # longer than a file's name can be
        return None


def in_full(said: str) -> bool:
    """Whether a text is a whole fingerprint or all its words, which nobody can imitate, and not its beginning only."""
    return len(_letters(said)) == _WHOLE_LETTERS or len(said.split()) == _WHOLE_WORDS


def state_of(one: Known) -> str:
    """Whether a certificate is trusted, and why."""
    if one.by == LISTED:
        state = _("trusted")
    elif one.by == OWN:
        state = _("your own")
    elif one.trusted:
        state = _("trusted: issued by {root}", root=one.by)
    else:
        state = _("NOT trusted yet")
    if one.kind == ROOT:
        state = _("{state} (an organisation's root)", state=state)
    return _("{state}; KEY LOST since {day}", state=state, day=one.lost) if one.lost else state


def distrust(casebook: Casebook, one: Known) -> str:
    """Trust a certificate no longer, and say what holds now.

    Args:
        casebook: the open casebook.
        one: a certificate that it knows.

    Raises:
        BadInputError: when it is the user's own, or trusted because of the root that issued it.
        UnknownError: when it was not trusted.
    """
    name = one.certificate.name
    if one.by == OWN:
        raise BadInputError(_("This is your own key. Where it is in other hands, note that it is lost."))
    if one.trusted and one.by != LISTED:
        raise BadInputError(
            _(
                "{name} is trusted because {root} issued the certificate: distrust {root}, or note the key as lost.",
                name=name,
                root=one.by,
            )
        )
    casebook.distrust(one.certificate.fingerprint)
    after = next((other for other in casebook.known() if other.certificate == one.certificate), None)
    if after and after.trusted:
        return _("{name} is no longer trusted for herself, but still through {root}.", name=name, root=after.by)
    return _("This casebook no longer trusts {name}.", name=name)


def _letters(said: str) -> str:
    letters = re.sub(r"[\s:]", "", said).lower()
    return letters if re.fullmatch("[0-9a-f]{1,64}", letters) else ""

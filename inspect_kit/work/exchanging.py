"""Sharing visits and putting casebooks together: what commands and screens do alike, and tell in the same sentences."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from inspect_kit.casebook import Casebook
from inspect_kit.casebook.sync import Taken
from inspect_kit.errors import IdentityError, PassphraseError
from inspect_kit.identity import Identity
from inspect_kit.language import ngettext

Progress = Callable[[int, int], bool]


def share(
    casebook: Casebook,
    visits: Sequence[str],
    to: Path,
    passphrase: str | None,
    me: Identity | None,
    wanted: Callable[[], bool] = lambda: True,
) -> tuple[int, str]:
    """Seal what the user recorded in some visits, and write them into a new casebook for others.

    Args:
        casebook: the open casebook.
        visits: ids of the visits.
        to: the new file, which must not exist.
        passphrase: encrypts it; None leaves it in clear.
        me: the user's identity, for the seals; None where it is not at hand.
        wanted: asked some times a second; False calls the writing off.

    Returns:
        How many entries the new file holds, and why nothing was sealed, as a sentence; empty where it was.

    Raises:
        InspectKitError: when a visit is not known, or the file exists or cannot be written.
    """
    remark = " ".join(dict.fromkeys(filter(None, (seal(casebook, me, visit) for visit in visits))))
    return casebook.share(visits, to, passphrase, wanted), remark


def sync(
    casebook: Casebook,
    file: Path,
    passphrase: str | None,
    me: Identity | None,
    *,
    give: bool,
    progress: Progress = lambda done, total: True,  # noqa: ARG005 (the form of Progress)
) -> Taken:
    """Take in what another casebook has; seal what the user recorded herself; where asked, give back.

    Args:
        casebook: the open casebook.
        file: the other one.
        passphrase: opens the other where it is encrypted; None tries without.
        me: the user's identity, for the seals; None where it is not at hand.
        give: give the other what it lacks of the visits that it holds already.
        progress: is told how far the work is; False calls it off.

    Raises:
        InspectKitError: when the other is refused or the work called off; the casebook is then as it was.
    """
    remark = seal(casebook, me)
    taken = casebook.sync(file, passphrase, give=give, progress=progress)
    return replace(taken, remarks=(*taken.remarks, remark)) if remark else taken


def seal(casebook: Casebook, me: Identity | None, visit: str | None = None) -> str:
    """Seal what the user recorded, as far as her key can.

    Args:
        casebook: the open casebook.
        me: her identity; None where it is not at hand.
        visit: only this visit; None for everything.

    Returns:
        Why nothing was sealed, as a sentence; empty where it was, or there was nothing to seal.
    """
    if me is None:
        return ""
    try:
        casebook.seal(me, visit)
    except (IdentityError, PassphraseError) as problem:
        return str(problem)
    return ""


def told(taken: Taken) -> Iterator[str]:
    """What came of one file, in sentences, the most important first.

    Args:
        taken: the result.
    """
    name = taken.file.name
    known = ngettext("{count} was here already", "{count} were here already", taken.known)
    yield ngettext(
        "Took {count} entry from {file}; {known}.",
        "Took {count} entries from {file}; {known}.",
        taken.taken,
        file=name,
        # Translators: within a sentence: “Took 12 entries from …; 100 were here already.”
        known=known,
    )
    if taken.given is not None:
        yield ngettext("Gave it {count} entry.", "Gave it {count} entries.", taken.given)
    if taken.refused:
        yield ngettext(
            "Refused {count} that does not hold: {reason}",
            "Refused {count} that do not hold, the first: {reason}",
            len(taken.refused),
            reason=taken.refused[0].reason,
        )
    if taken.conflicts:
        yield ngettext(
            "People hold different views on {count} thing: settle it.",
            "People hold different views on {count} things: settle them.",
            taken.conflicts,
        )
    if taken.waiting:
        yield ngettext(
            "{count} entry waits for an earlier one that has not come: sync with its author.",
            "{count} entries wait for earlier ones that have not come: sync with their authors.",
            taken.waiting,
        )
    yield from taken.remarks

"""The seals that travel in a report's data: whether each holds, and who has not sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from inspect_kit.export.report.data import ReportData
from inspect_kit.identity import check_seal
from inspect_kit.language import _
from inspect_kit.model import Seal


def broken_seals(report: ReportData) -> Iterator[str]:
    """Tell what is wrong with a report's seals.

    Args:
        report: its data.

    Yields:
        A sentence for each seal that does not hold.
    """
    for seal in report.seals:
        who = _name(report, seal)
        if seal.stream != f"visit:{report.shown.visit.id}":
            yield _("The seal of {name} belongs to another visit ({visit}).", name=who, visit=seal.stream[:60])
        elif hashlib.sha256(seal.certificate).hexdigest() != _fingerprint(seal):
            yield _("The seal of {name} was made with another key than that of its author.", name=who)
        elif not check_seal(seal):
            yield _("The seal of {name} does not hold: what it says was changed after it was made.", name=who)


def unsealed(report: ReportData) -> tuple[str, ...]:
    """Name those who recorded in the visit, and whose entries no seal of theirs closes.

    Args:
        report: its data.
    """
    sealed = {_fingerprint(seal) for seal in report.seals}
    return tuple(sorted(name for print_, name in report.shown.visit.authors.items() if print_ not in sealed))


def _fingerprint(seal: Seal) -> str:
    return seal.author.partition(".")[0]


def _name(report: ReportData, seal: Seal) -> str:
    # Translators: stands for a name: “The seal of somebody unnamed (1f2e3d…) …”
    unnamed = _("somebody unnamed ({fingerprint}…)", fingerprint=seal.author[:12])
    return report.shown.visit.authors.get(_fingerprint(seal), unnamed)

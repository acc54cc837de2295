"""``doctor``: is everything in the casebook whole?"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from inspect_kit.cli.lazy import Verb
from inspect_kit.cli.printing import note, show_block, show_fields, show_json
from inspect_kit.cli.session import Session
from inspect_kit.errors import ExitCode
from inspect_kit.language import _, listed, ngettext

if TYPE_CHECKING:
    from inspect_kit.casebook.chains import Chain


@click.command(cls=Verb)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def doctor(as_json: bool) -> int:
    """Examine the casebook: is everything whole and unchanged?

    Exit code 3 where something does not hold. Nothing is changed.
    """
    session = Session.of()
    with session.reading() as book:
        health = book.health()
        encrypted = book.encrypted
        chains = book.chains()
    path = session.casebook_path()
    if as_json:
        show_json(
            {
                "casebook": str(path),
                "encrypted": encrypted,
                "sound": health.sound,
                "entries": health.entries,
                "authors": health.authors,
                "conflicts": health.conflicts,
                "waiting": list(health.waiting),
                "clones": [list(pair) for pair in health.clones],
                "problems": list(health.problems),
                "chains": [chain_as_json(chain) for chain in chains],
                "remarks": list(health.remarks),
            }
        )
    else:
        entries = ngettext("{count} entry", "{count} entries", health.entries)
        waiting = ngettext(
            "{count} entry for an earlier one", "{count} entries for an earlier one", len(health.waiting)
        )
        clones = ngettext(
            "{count} pair of entries that claim one place",
            "{count} pairs of entries that claim one place",
            len(health.clones),
        )
        # Translators: none of them; of conflicts, entries, pairs
        none = _("none")
        show_fields(
            (
                (
                    _("Casebook"),
                    _("{path}, encrypted", path=path) if encrypted else _("{path}, not encrypted", path=path),
                ),
                (
                    _("Journal"),
                    ngettext(
                        "{entries} in {count} chain of authors",
                        "{entries} in {count} chains of authors",
                        health.authors,
                        entries=entries,
                    ),
                ),
                (_("Conflicts"), str(health.conflicts or none)),
                # Translators: entries that wait for an earlier one
                (_("Waiting"), waiting if health.waiting else none),
                # Translators: copies of a casebook that went on apart under one name
                (_("Clones"), clones if health.clones else none),
                (_("Sealed"), sealed(chains)),
                (_("Result"), _("everything holds") if health.sound else _("NOT sound:")),
            ),
            12,
        )
        for problem in health.problems:
            show_block(problem, 2, "·")
        for remark in health.remarks:
            show_block(remark)
    if not health.sound:
        note(_("The casebook {path} is not sound: {problem}", path=path, problem=health.problems[0]))
        return ExitCode.NOT_VERIFIED
    return ExitCode.DONE


def chain_as_json(chain: "Chain") -> dict[str, object]:
    """An author's chain as plain JSON values."""
    return {
        "stream": chain.stream,
        "author": chain.name,
        "fingerprint": chain.fingerprint,
        "laptop": chain.laptop,
        "entries": chain.entries,
        "sealed": chain.sealed,
        "doubted": chain.doubted,
        "waiting": chain.waiting,
        "forked": chain.forked,
        "last": chain.last,
    }


def sealed(chains: "Sequence[Chain]") -> str:
    """How much of some chains their authors' seals prove, and whose entries they do not, in a line."""
    done, entries = sum(chain.sealed for chain in chains), sum(chain.entries for chain in chains)
    lacking = {chain.name or chain.fingerprint[:12] for chain in chains if chain.sealed < chain.entries}
    if not lacking:
        return ngettext("the only entry", "all {count} entries", entries)
    # Translators: of the entries; then the names of their authors
    return _("{done} of {all}; not all of {names}", done=done, all=entries, names=listed(sorted(lacking)))

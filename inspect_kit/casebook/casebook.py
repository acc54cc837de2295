"""A casebook: one SQLite file in which an inspector's whole work lies.

Each method that changes something is one act of one person: it appends to the journal, projects what
changed, and returns when that is durable on the disk. A casebook belongs to the thread that opened it.
"""

from inspect_kit.casebook.acts import Acts
from inspect_kit.casebook.exchange import Exchange


class Casebook(Acts, Exchange):
    """One inspector's casebook. Made by ``Casebook.create`` or ``Casebook.open``.

    What it can do lies in four files, by what one comes for: ``file`` opens and closes it and holds who works in it,
    ``questions`` answers, ``acts`` records, ``exchange`` seals, shares, syncs and settles.
    """

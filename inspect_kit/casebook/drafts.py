"""Drafts: what somebody typed and has not kept yet.

They lie beside the journal, so that a crash loses nothing, and are no part of it: no entry, no projection,
nothing that sync reads. Each belongs to the person who typed it and is erased when it is kept or thrown away.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from inspect_kit.casebook.sqlite import Database
from inspect_kit.errors import BadInputError
from inspect_kit.language import _

DRAFT_LIMIT = 2 * 1_048_576
"""The most bytes of one draft, all of its fields together."""
_KEY_LIMIT = 2_000


@dataclass(frozen=True)
class Draft:
    """Text that is not kept yet.

    Attributes:
        values: what stands in each field, by the field's name.
        kept: when it was put by, as a stamp like those of the journal.
    """

    values: Mapping[str, str]
    kept: str


def read(db: Database, author: str) -> dict[str, Draft]:
    """One person's drafts by their keys, the latest first.

    Args:
        db: the open casebook.
        author: fingerprint of her certificate.
    """
    rows = db.execute("SELECT key, body, kept FROM drafts WHERE author = ? ORDER BY kept DESC, key", (author,))
    return {key: Draft(json.loads(body), kept) for key, body, kept in rows.fetchall()}


def write(db: Database, author: str, key: str, draft: Draft) -> None:
    """Put a draft by, in the place of the one before; the caller holds the transaction.

    Raises:
        BadInputError: when it is larger than ``DRAFT_LIMIT`` or holds bytes that are no text.
    """
    body = json.dumps(dict(draft.values), ensure_ascii=False)
    try:
        size = len(body.encode())
    except UnicodeEncodeError:
        raise BadInputError(_("This text holds bytes that are no text (a broken copy?): remove them.")) from None
    if size > DRAFT_LIMIT or len(key) > _KEY_LIMIT:
        raise BadInputError(
            _(
                "This text is longer than a draft may be ({size} MB): keep it now, or split it.",
                size=DRAFT_LIMIT // 1_048_576,
            )
        )
    db.execute(
        "INSERT INTO drafts (author, key, body, kept) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (author, key) DO UPDATE SET body = excluded.body, kept = excluded.kept",
        (author, key, body, draft.kept),
    )


def erase(db: Database, author: str, key: str) -> None:
    """Erase a draft, if there is one; the caller holds the transaction."""
    db.execute("DELETE FROM drafts WHERE author = ? AND key = ?", (author, key))

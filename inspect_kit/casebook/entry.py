"""An entry of the journal, and the one form that it may have.

An entry is an *envelope* (who, when, about what, after which entry, replacing which) and a *body* (the
values and a random salt). The envelope is canonical JSON and its SHA-256 is the entry's id; the envelope
holds the body's digest, so a body can be erased and every chain still verifies.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from inspect_kit.errors import CasebookError
from inspect_kit.language import _
from inspect_kit.model import canonical

VERSION = 1
ENVELOPE_LIMIT = 65_536
"""The most bytes of one envelope: room for those that it may replace."""
REPLACES_LIMIT = 900
"""The most entries that one replaces; what stands beyond, from a hostile file as a rule, stays beside it."""
ID = "[0-9A-HJKMNP-TV-Z]{26}"

_HASH = "[0-9a-f]{64}"
_STAMP = (
    r"(?:19[7-9][0-9]|20[0-9]{2})-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z\.[0-9]{4}"
)
_FORM = re.compile(
    rf'{{"author":"({_HASH}\.[0-9a-f]{{1,16}})","body_digest":"({_HASH})","kind":"([a-z]+(?:-[a-z]+)*)",'
    rf'"previous":(null|"{_HASH}"),"replaces":\[((?:"{_HASH}"(?:,"{_HASH}")*)?)\],"seq":([1-9][0-9]{{0,8}}),'
    rf'"stamp":"({_STAMP})","stream":"((?:visit|facility):{ID})","subject":"([a-z]+:[A-Za-z0-9.-]{{1,200}})",'
    rf'"version":{VERSION}}}'
)


@dataclass(frozen=True)
class Entry:
    """One entry as it lies in the journal.

    Attributes:
        id: SHA-256 of ``envelope``.
        envelope: canonical JSON text.
        salt: 16 random bytes before the body's digest; empty where the body was erased.
        body: canonical JSON text; None where it was erased.
    """

    id: bytes
    envelope: str
    salt: bytes
    body: str | None


class Envelope(NamedTuple):
    """What an envelope says.

    Attributes:
        author: ``<certificate fingerprint>.<laptop>``.
        body_digest: SHA-256 of salt and body, in hex.
        kind: what was done.
        previous: id of that author's entry before in this stream, in hex; None for her first.
        replaces: ids of the entries whose values its author had before her, in hex, in order.
        seq: 1, 2, 3 … in this stream by this author.
        stamp: the hybrid logical clock, for order in lists.
        stream: ``visit:<id>`` or ``facility:<id>``.
        subject: what it is about.
    """

    author: str
    body_digest: str
    kind: str
    previous: str | None
    replaces: tuple[str, ...]
    seq: int
    stamp: str
    stream: str
    subject: str

    def text(self) -> str:
        """The envelope in its one form."""
        return canonical({**self._asdict(), "replaces": list(self.replaces), "version": VERSION})


def digest(data: bytes) -> bytes:
    """SHA-256."""
    return hashlib.sha256(data).digest()


def read_envelope(id_: bytes, envelope: bytes) -> Envelope:
    """Hold an envelope against its id and against the form of one, and read it.

    The form leaves nothing open: names in order, no white space, no escapes, every value of a fixed alphabet and
    length. So no two programs can read one envelope in two ways.

    Args:
        id_: what the entry claims as its id.
        envelope: its bytes.

    Raises:
        CasebookError: naming the entry and what does not match.
    """
    if hashlib.sha256(envelope).digest() != id_:
        raise CasebookError(_("Entry {id} was altered: its envelope does not match its id.", id=id_.hex()[:12]))
    found = _FORM.fullmatch(envelope.decode("latin-1")) if len(envelope) <= ENVELOPE_LIMIT else None
    if found is None:
        raise _no_entry(id_)
    author, body_digest, kind, previous, replaces, seq, stamp, stream, subject = found.groups()
    old = tuple(replaces[1:-1].split('","')) if replaces else ()
    in_order = len(old) < 2 or all(first < second for first, second in pairwise(old))
    if not (in_order and is_stamp(stamp) and (previous == "null") == (seq == "1")):
        raise _no_entry(id_)
    before = None if previous == "null" else previous[1:-1]
    return Envelope(author, body_digest, kind, before, old, int(seq), stamp, stream, subject)


def is_stamp(text: str) -> bool:
    """Whether a text is a stamp of the hybrid logical clock, on a day of the calendar from 1970 to 2099."""
    try:
        datetime.fromisoformat(text[:19])
    except ValueError:
        return False
    return re.fullmatch(_STAMP, text) is not None


def _no_entry(id_: bytes) -> CasebookError:
    return CasebookError(_("Entry {id} is no entry: its envelope has another form.", id=id_.hex()[:12]))


def check(entry: Entry) -> Envelope:
    """Hold an entry against its own hashes, and its envelope against the form of one.

    Returns:
        The envelope's values.

    Raises:
        CasebookError: naming the entry and what does not match.
    """
    envelope = read_envelope(entry.id, entry.envelope.encode())
    if entry.body is not None and digest(entry.salt + entry.body.encode()).hex() != envelope.body_digest:
        raise altered_body(entry.id)
    return envelope


def altered_body(id_: bytes) -> CasebookError:
    """The sentence about values that are not those of an entry's envelope."""
    return CasebookError(
        _(
            "Entry {id} was altered: its values do not match the digest in its envelope.",
            id=id_.hex()[:12],
        )
    )


def broken_chain(entry: str) -> str:
    """The sentence about an entry whose own author put it where it does not belong.

    Such an entry can come before the one that it names; nobody's chain but its author's is broken by it.

    Args:
        entry: its id, in hex.
    """
    return _(
        "Entry {id} names as its predecessor an entry that is not: its author's chain is broken.",
        id=entry[:12],
    )

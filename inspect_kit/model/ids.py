"""Identifiers that two laptops can make apart and never make twice."""

import secrets
import threading
import time

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_one_at_a_time = threading.Lock()
_latest = 0


def new_id() -> str:
    """Make a ULID: 48 bits of milliseconds, then 80 random bits, as 26 letters and digits.

    Ids made later sort later, so lists keep the order in which people worked: within one millisecond the next is
    the one before plus one.
    Source: the ULID specification (github.com/ulid/spec), its monotonic form.
    """
    global _latest
    with _one_at_a_time:
        number = (int(time.time() * 1000) << 80) | secrets.randbits(80)
        if number >> 80 == _latest >> 80:
            number = _latest + 1
        _latest = number
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(125, -1, -5))

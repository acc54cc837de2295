"""Identifiers that two laptops can make apart and never make twice."""

import secrets
import time

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id() -> str:
    """Make a ULID: 48 bits of milliseconds, then 80 random bits, as 26 letters and digits.

    Ids made later sort later, so lists keep the order in which people worked.
    Source: the ULID specification (github.com/ulid/spec).
    """
    number = (int(time.time() * 1000) << 80) | secrets.randbits(80)
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(125, -1, -5))

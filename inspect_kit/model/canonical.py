"""The one spelling of a JSON value (RFC 8785), for whatever is hashed or signed."""

import json
from typing import Any


def canonical(value: Any) -> str:
    """Write a JSON value in the one form of RFC 8785.

    Our values hold no fractions and only ASCII names, for which Python's own writer with sorted names and
    no spaces already gives that form; a test holds it to an independent implementation.

    Args:
        value: dicts with ASCII keys, lists, texts, integers up to 2**53, booleans, None.

    Raises:
        ValueError: when it holds what is no JSON, such as NaN.
    """
    return _write(value)


# made once: json.dumps makes a writer for each value
_write = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode

"""A note as a row of words, each with what its surroundings tell."""

import re
import unicodedata
from typing import NamedTuple

WORD = re.compile(r"[\w\u0300-\u036f]+(?:['’-][\w\u0300-\u036f]+)*")
_ENDS = frozenset('.!?…:;•\n\r“”"«»—–*')


class Word(NamedTuple):
    """A word of a note.

    Attributes:
        plain: in lower case, without accents and without a possessive ’s.
        start: where it begins.
        end: where it ends, before a possessive.
        capital: whether it begins with a capital and is all letters.
        loud: whether it is several capitals.
        owner: whether it is written with ’s.
        initial: whether it is a single capital with a full stop.
        first: whether a sentence, line or quotation begins with it.
        near: whether only spaces stand between it and the word before.
        dotted: whether a full stop and spaces do.
    """

    plain: str
    start: int
    end: int
    capital: bool
    loud: bool
    owner: bool
    initial: bool
    first: bool
    near: bool
    dotted: bool


def plain(word: str) -> str:
    """A word in lower case and without accents, for comparing."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).lower()


def read(text: str) -> list[Word]:
    """The words of a text, in one pass."""
    words: list[Word] = []
    before = 0
    for match in WORD.finditer(text):
        word, start, end = match[0], match.start(), match.end()
        gap = text[before:start]
        before = end
        owner = word[-2:] in ("'s", "’s")
        if owner:
            word, end = word[:-2], end - 2
        spaces = gap.removeprefix(".").strip(" \u00a0\t") == "" and len(gap) < 5
        capital = word[0].isupper() and not any(letter.isdigit() for letter in word)
        words.append(
            Word(
                plain(word),
                start,
                end,
                capital,
                capital and len(word) > 1 and word.isupper(),
                owner,
                capital and len(word) == 1 and text[end : end + 1] == ".",
                not words or not _ENDS.isdisjoint(gap),
                bool(gap) and gap[0] != "." and spaces,
                gap[:1] == "." and spaces,
            )
        )
    return words

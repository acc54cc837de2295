"""What seems to be a person's name."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from inspect_kit.analysis.harm import lexicon
from inspect_kit.analysis.harm.found import Harm, HarmKind
from inspect_kit.analysis.harm.reading import WORD, Word, plain

_LONGEST = 6
_NEVER = lexicon.NOT_NAMES | lexicon.PLACES | lexicon.COURTESY | lexicon.ROLES
_ASIDE = 3
"""A gap shorter than this is a comma, a bracket or an equals sign."""
_CODE = re.compile(r"[a-z]{1,2}\d{1,4}")
_ABSTRACT = ("tion", "sion", "ment", "ness", "ance", "ity", "ship", "ology", "ures", "ights", "ating", "iting", "edure")
"""Ends of words that headings write with a capital; no name without a title is taken from a run with one of them."""
_OTHER_SCRIPTS = re.compile(
    r"(?:คุณ|นางสาว|น\.ส\.|ด\.ช\.|ด\.ญ\.)\s?(?!แม่|พ่อ|ครู|หมอ|พยาบาล|ภาพ|สมบัติ|ค่า)[\u0e01-\u0e4e]{2,30}"
    r"|(?:السيدة|السيد|الآنسة|الدكتورة|الدكتور)\s(?!التي|الذي|إن|أن|في|من|على|قالت|قال)[\u0621-\u064a]{2,20}"
    r"|(?<![一个位名的些女男])[\u4e00-\u9fff](?:女士|先生|小姐|太太|警官|医生)"
    r"|(?:श्रीमती|सुश्री|श्री)\s[\u0900-\u097f]{2,20}"
)
"""Scripts without capitals, where a title gives the name away."""


def names_in(text: str, words: Sequence[Word], spared: Collection[str]) -> Iterator[Harm]:
    """Find names: after a title, a given name and a family name in a row, or a common name alone.

    Args:
        text: the note.
        words: its words.
        spared: names that may stand in it.
    """
    for match in _OTHER_SCRIPTS.finditer(text):
        yield Harm(HarmKind.NAME, match.start(), match.end(), match[0])
    allowed = _parts(tuple(spared))
    here, joined = 0, -1  # joined: a word that “and” ties to a name
    while here < len(words):
        start = here
        here = _end_of_run(words, start)
        if here == start:
            here += 1
        elif _is_name(words, start, here, joined == start):
            if not any(all(word.plain in name for word in words[start:here]) for name in allowed):
                first = start - 1 if _title(words, start) else start
                span = words[first].start, words[here - 1].end
                yield Harm(HarmKind.NAME, *span, text[slice(*span)])
            joined = here + 1 if here < len(words) and words[here].plain == "and" else -1


@lru_cache(maxsize=16)
def _parts(names: tuple[str, ...]) -> list[set[str]]:
    """The words of each name; a visit's names are the same for all of its notes."""
    return [{plain(part) for part in WORD.findall(name)} for name in names]


def _could_be(word: Word) -> bool:
    return word.capital and word.plain not in _NEVER


def _end_of_run(words: Sequence[Word], start: int) -> int:
    """Where a row of words that could be one name ends; ``start`` itself where none begins."""
    word = words[start]
    if not (_could_be(word) or word.initial):
        both = start + 1 < len(words) and words[start + 1].near and not word.owner
        both = both and {word.plain, words[start + 1].plain} <= lexicon.NAMES
        return start + 2 if both else start  # amina hassan
    if word.first and word.plain.endswith(("ing", "ed", "ly")) and word.plain not in lexicon.NAMES:
        return start
    at = start + 1
    while at < len(words) and at - start < _LONGEST:
        follows = words[at].near or (words[at].dotted and words[at - 1].initial)
        if words[at - 1].owner or not follows or (words[at].first and not words[at].dotted):
            break
        if _could_be(words[at]) or words[at].initial:
            at += 1
        elif words[at].plain in lexicon.JOINS and at + 1 < len(words) and words[at + 1].near:
            beyond = at + 2 if words[at + 1].plain in lexicon.JOINS else at + 1  # “de la Cruz”
            if beyond >= len(words) or not words[beyond].near or not _could_be(words[beyond]):
                break
            at = beyond + 1
        else:
            break
    return at


def _title(words: Sequence[Word], start: int) -> str:
    """``courtesy``, ``role`` or nothing: what stands before a run."""
    if not start or not (words[start].near or words[start].dotted):
        return ""
    before = words[start - 1].plain
    if before in lexicon.COURTESY:
        return "courtesy"
    return "role" if before in lexicon.ROLES and words[start].near else ""


def _is_name(words: Sequence[Word], start: int, end: int, joined: bool) -> bool:
    run = words[start:end]
    before = words[start - 1] if start and run[0].near else None
    title = _title(words, start)
    if title == "courtesy":
        return not _beside_place(words, start, end)
    parts = [word for word in run if len(word.plain) > 1]
    if not parts or _beside_place(words, start, end):
        return False
    if run[0].loud:
        return len(parts) > 1 and any(word.plain in lexicon.NAMES for word in parts)
    if title == "role" or joined:
        return True
    known = any(word.plain in lexicon.NAMES and not word.loud for word in parts)
    if before and before.plain == "the":
        return False
    if known:
        return True
    if any(word.plain.endswith(_ABSTRACT) for word in parts):
        return False
    if len(run) > 1:
        return not (_leads_to_place(words, start) or (run[0].initial and start and _lettered(words[start - 1])))
    return not run[0].first and _stands_for_somebody(words, start, end)


def _beside_place(words: Sequence[Word], start: int, end: int) -> bool:
    """“Birch House”, “Lake Victoria”, “Fatima hospital”: a word for a place stands beside the run."""
    after = end < len(words) and words[end].near and not words[end - 1].owner and words[end].plain in lexicon.PLACES
    before = start and words[start].near and words[start - 1].capital and words[start - 1].plain in lexicon.PLACES
    return bool(after or (before and words[start - 1].plain not in lexicon.ROLES))


def _leads_to_place(words: Sequence[Word], start: int) -> bool:
    """“in Chiang Mai”, “transferred from Hua Hin”."""
    if not start or not words[start].near:
        return False
    before = words[start - 1].plain
    if before in lexicon.BEFORE_PLACE:
        return True
    return before in ("to", "from") and any(word.plain in lexicon.MOVES for word in words[max(0, start - 5) : start])


def _lettered(word: Word) -> bool:
    """“block A.”, “hepatitis B.”: the letter belongs to the word before."""
    return word.plain in lexicon.PLACES or word.plain in lexicon.LETTERED


def _stands_for_somebody(words: Sequence[Word], at: int, end: int) -> bool:
    """A single unknown word with a capital inside a sentence: the words around it tell whether it is a person."""
    if words[at].near:
        before = words[at - 1].plain
        if before in lexicon.TELL:
            return True
        if before in lexicon.KIN and not words[at - 1].capital:
            return not (at > 1 and words[at - 2].plain in lexicon.PLACES)  # a wing called Sunrise
        if before in ("is", "was") and at > 1 and _CODE.fullmatch(words[at - 2].plain):
            return True  # W7 is Noy
        if before in lexicon.BEFORE_PLACE or before in lexicon.LINKS:
            return False
    elif words[at].start - words[at - 1].end < _ASIDE:
        before = words[at - 1].plain  # “W7 (Noy)”, “her lawyer, Ndiaye”
        if _CODE.fullmatch(before) or before in lexicon.ROLES or before in lexicon.KIN:
            return True
    return end < len(words) and words[end].near and words[end].plain in lexicon.SAY

"""What a page adds to a document and a reader must take off again: page numbers, running heads, notes, broken words."""

import re
from collections import Counter
from collections.abc import Iterable

PAGE = "\f"
"""A line that stands for the end of a page."""

_SPACES = re.compile(r"[^\S\n\f]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_PLAIN = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201b": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "*": "",
    }
)
_SUPERSCRIPT = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
_MARK = re.compile(rf"[{_SUPERSCRIPT}]+|(?<=[a-z,.;:)])\[\d{{1,3}}\]|\^\d{{1,3}}\^?")
_GLUED_MARK = re.compile(r"(?<=[a-z]{2})[,.;:)]?\d{1,3}\b(?![.,]\d)")
_PAGE_NUMBER = re.compile(r"[-–—|\s]*(page\s+)?\d{1,4}(\s*(of|/)\s*\d{1,4})?[-–—|\s]*", re.IGNORECASE)
_SYMBOL = re.compile(r"([A-Z]{1,4}(\.\d+)?(/[\w.()-]+)+|V\.\d\d-\d+|\d\d-\d{5}|GE\.\d\d-\d+)")
_NOTE = re.compile(rf"(?P<raised>[{_SUPERSCRIPT}]+|\[\d{{1,3}}\])\s*\S|(?P<plain>\d{{1,3}})\s+[A-Z\"'(]")
_CITATION = re.compile(r"(Ibid\b|United Nations, Treaty Series\b|(General )?Assembly resolution \d)")
_SENTENCE_END = re.compile(r"(?<!\bNo)(?<!\bNos)(?<!\b[Vv]ol)(?<!\bsect)(?<!\bchap)(?<!\bIbid)[.!?][)\"'\]]*$")
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_NO_MARK_AFTER = frozenset(("rule", "rules", "paragraph", "paragraphs", "article", "articles", "section", "part"))
_NO_MARK_AFTER |= frozenset(("and", "or", "to", "of"))
_HANGING = frozenset(("and", "or", "to"))
"""Words before which a hyphen hangs: pre- and post-release."""

_RUNNING_HEAD_COUNT = 3
_RUNNING_HEAD_LENGTH = range(4, 120)
_FIRST_NOTE = 5
"""Below this a number at the start of a line is rather a paragraph's than a note's."""


def clean_lines(text: str) -> list[str]:
    """Take page furniture, notes and their marks out of a document's text.

    Args:
        text: as saved from a PDF or a word processor: any line ends, quotes and breaks.

    Returns:
        Its lines without surplus spaces; empty ones stand where something was left out or lines were empty.
        Quotes are straight, ligatures resolved, bracketed notes on one line.
    """
    text = _INVISIBLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace(PAGE, f"\n{PAGE}\n")
    text = text.replace("\u00ad\n", "-\n").replace("\u00ad", "").replace("\u2028", "\n").replace("\u2029", "\n\n")
    lines = [
        line if line == PAGE else _SPACES.sub(" ", line.translate(_PLAIN)).strip("_#> ") for line in text.split("\n")
    ]
    lines, notes = _without_notes(_without_heads(_whole_brackets(lines)))
    return ["" if line == PAGE else _without_marks(line, notes) for line in lines]


def is_open(line: str) -> bool:
    """Whether a line breaks off before its sentence ends."""
    return not _SENTENCE_END.search(line)


def words_of(lines: Iterable[str]) -> Counter[str]:
    """Count the words of a document, in small letters, leaving out those that a line's end may have cut."""
    words: Counter[str] = Counter()
    for line in lines:
        found = _WORD.findall(line.lower())
        words.update(found[1:] if not line.endswith("-") else found[1:-1])
    return words


def join(lines: Iterable[str], words: Counter[str], compounds: frozenset[str] | None = None) -> str:
    """Put the lines of a paragraph together, words broken at a line's end made whole.

    Args:
        lines: in order; empty ones are left out.
        words: the document's words, which tell a broken word from one that has a hyphen.
        compounds: all words that have a hyphen, in small letters, where they are known; ``words`` then say nothing.
    """
    text = ""
    for line in filter(None, lines):
        if text.endswith("-") and line[0].isalpha():
            text = text[:-1] + _hyphen(text[:-1], line, words if compounds is None else None) + line
        else:
            text += (" " if text else "") + line
    return text if compounds is None else _with_hyphens(text, compounds)


def _hyphen(before: str, after: str, words: Counter[str] | None) -> str:
    """What stands between the halves of a word that a line's end parted: a hyphen, or nothing.

    Args:
        before: what stands before the end of the line.
        after: what stands on the next line.
        words: the document's words; None joins all, where the hyphens that were there are put back afterwards.
    """
    left, right = _last_word(before), _WORD.match(after)
    if not left or not right or not after[0].islower():
        return "-"
    if words is None:
        return ""
    right_word = right.group().lower()
    if right_word in _HANGING and not words[left + right_word]:
        return "- "
    solid, parted = words[left + right_word], words[f"{left}-{right_word}"]
    if solid or parted:
        return "" if solid >= parted else "-"
    return "-" if words[left.rpartition("-")[2]] and words[right_word.partition("-")[0]] else ""


def _with_hyphens(text: str, compounds: frozenset[str]) -> str:
    """Put back the hyphens that were lost at the ends of lines, here or in the program that saved the text."""
    whole = {re.sub("[- ]", "", compound): compound for compound in compounds}

    def put_back(found: re.Match[str]) -> str:
        word = found.group()
        compound = whole.get(word.replace("-", "").lower())
        return word[0] + compound[1:] if compound else word

    return _WORD.sub(put_back, text)


def _last_word(text: str) -> str:
    found = re.search(r"[A-Za-z]+(?:-[A-Za-z]+)*$", text)
    return found.group().lower() if found else ""


def _is_edge(line: str) -> bool:
    """Whether a line holds nothing but a page number or a document's symbol, or ends a page."""
    tokens = line.split()
    symbols = any(_SYMBOL.fullmatch(token) for token in tokens) and all(
        _SYMBOL.fullmatch(token) or _PAGE_NUMBER.fullmatch(token) or token in ("(E)", "United", "Nations")
        for token in tokens
    )
    return line == PAGE or symbols or (bool(line) and bool(_PAGE_NUMBER.fullmatch(line)))


def _without_heads(lines: list[str]) -> list[str]:
    """Leave out page numbers, document symbols, and lines that come back beside them on page after page."""
    lines = [PAGE if _is_edge(line) else line for line in lines]
    written = [place for place, line in enumerate(lines) if line]
    beside = {
        place
        for before, place, after in zip([-1, *written], written, [*written[1:], -1], strict=False)
        if PAGE in (lines[before], lines[after]) and lines[place] != PAGE
    }
    keys = [re.sub(r"\d+", "#", line.lower()) for line in lines]
    times = Counter(keys[place] for place in beside)
    return [
        PAGE
        if place in beside
        and times[keys[place]] >= _RUNNING_HEAD_COUNT
        and len(line) in _RUNNING_HEAD_LENGTH
        and not line.startswith(("[", "Rule ", "RULE "))
        and not line[0].islower()  # the middle of a sentence, beside the mark of a note on a line of its own
        and is_open(line)
        else line
        for place, line in enumerate(lines)
    ]


def _without_notes(lines: list[str]) -> tuple[list[str], set[str]]:
    """Leave out the notes at the foot of pages; return the lines, and the numbers of the notes."""
    kept: list[str] = []
    numbers: set[str] = set()
    inside = ended = False
    for line in lines:
        start = _NOTE.match(line)
        if start and start["plain"] and int(start["plain"]) < _FIRST_NOTE:
            start = None
        if start or _CITATION.match(line):
            inside, ended = True, bool(_SENTENCE_END.search(line))
            if start and start["plain"]:
                numbers.add(start["plain"])
            kept.append("")
        elif inside and line and line != PAGE and not ended:
            ended = bool(_SENTENCE_END.search(line))
            kept.append("")
        else:
            inside = False
            kept.append(line)
    return kept, numbers


def _whole_brackets(lines: list[str]) -> list[str]:
    """Bring a note in square brackets that runs over lines, or over the end of a page, into one line."""
    whole: list[str] = []
    skip = 0
    for place, line in enumerate(lines):
        if skip:
            skip -= 1
            continue
        if line.startswith("[") and "]" not in line:
            end = next((far for far in range(place + 1, min(place + 20, len(lines))) if lines[far].endswith("]")), None)
            if end is not None:
                inner = [part for part in lines[place : end + 1] if part and not _is_edge(part)]
                whole.append(" ".join(inner))
                skip = end - place
                continue
        whole.append(line)
    return whole


def _without_marks(line: str, notes: set[str]) -> str:
    line = _MARK.sub("", line)
    if line.startswith("["):
        return line
    line = _GLUED_MARK.sub(lambda found: found.group().rstrip("0123456789"), line)
    words = line.split(" ")
    marks = {
        place
        for place in range(1, len(words))
        if words[place] in notes and re.sub(r"\W", "", words[place - 1]).lower() not in _NO_MARK_AFTER
    }
    return " ".join(word for place, word in enumerate(words) if place not in marks)

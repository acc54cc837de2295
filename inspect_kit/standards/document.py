"""Reading a document of rules: “Rule N”, numbered paragraphs, lettered points, headings and bracketed notes."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from inspect_kit.errors import BadInputError
from inspect_kit.language import _, ngettext, thousands
from inspect_kit.model import Passage, Standard
from inspect_kit.standards.furniture import clean_lines, is_open, join, words_of

_LIMIT = 20_000_000
_RULE = re.compile(r"(?:Rule|RULE)\s+(\d{1,3})\s*[.:]?")
_PARAGRAPH = re.compile(r"(\d{1,3})[.)](?:\s+|$)(.*)")
_POINT = re.compile(r"\(([a-z])\)\s*(.*)")
_PART = re.compile(r"([IVX]+)\.\s+(\S.*)")
_SECTION = re.compile(r"([A-Z])\.\s+(\S.*)")
_NUMBERED = re.compile(r"(\d{1,2})\.\s+(\S.*)")
_AFTER = re.compile(r"(?:DRAFT RESOLUTION|ANNEX|APPENDIX|Draft resolution|Annex|Appendix)\b.{0,20}")
_TITLE_LENGTH = 60

_Join = Callable[[Iterable[str]], str]


@dataclass
class _Rule:
    number: int
    part: str
    headings: tuple[str, ...]
    supplements: tuple[str, ...]
    lines: list[str] = field(default_factory=list)


@dataclass
class _Above:
    """The headings that stand above the next rule: text and bracketed note, by depth."""

    part: str = ""
    levels: dict[int, tuple[str, tuple[str, ...]]] = field(default_factory=dict)

    def take(self, depth: int, title: str) -> None:
        self.levels = {level: kept for level, kept in self.levels.items() if level < depth}
        self.levels[depth] = (title, ())

    def bracket(self, line: str) -> None:
        if self.levels:
            depth = max(self.levels)
            self.levels[depth] = (self.levels[depth][0], _numbers(line))

    def headings(self) -> tuple[str, ...]:
        return tuple(title for _, (title, _) in sorted(self.levels.items()))

    def supplements(self) -> tuple[str, ...]:
        named = [numbers for _, (_, numbers) in sorted(self.levels.items()) if numbers]
        return named[-1] if named else ()


def decode(data: bytes, name: str) -> str:
    """Turn the bytes of a text file into text, whatever program saved it.

    Args:
        data: the file's bytes.
        name: the file's name, for the error.

    Raises:
        BadInputError: when it is a PDF or a word processor's own file, or no text.
    """
    if data.startswith(b"%PDF-"):
        raise BadInputError(
            _("{file} is a PDF: save its text first (“pdftotext {file}” makes one), and read that.", file=name)
        )
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise BadInputError(
            _("{file} is a word processor's file: save it there as plain text (.txt), and read that.", file=name)
        )
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for code in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(code)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise BadInputError(_("{file} is no text: save the document as plain text (.txt), and read that.", file=name))


def read_rules(text: str, prefix: str, compounds: frozenset[str] | None = None) -> tuple[Passage, ...]:
    """Read a document of rules into its clauses, each whole and clean of page furniture.

    A rule begins at a line “Rule N”. Inside it, “1.” begins a paragraph and “(a)” a point, where they come in
    order. What stands between the end of a rule and the next such line is headings and bracketed notes. Where
    a document holds several runs of rules from 1 on (a table of contents, say), the longest text counts.

    Args:
        text: the document.
        prefix: what the clauses' ids begin with.
        compounds: all words of the rules that have a hyphen, in small letters; None guesses from the document
            which words a line's end has broken.

    Returns:
        The clauses in order; a sentence above lettered points is a clause of its own, marked as lead.

    Raises:
        BadInputError: when it holds no rules, or is too large.
    """
    if len(text) > _LIMIT:
        count, most = thousands(len(text)), thousands(_LIMIT)
        raise BadInputError(
            _("The document has {count} characters; at most {most} can be read.", count=count, most=most)
        )
    lines = clean_lines(text)
    joined = partial(join, words=words_of(lines), compounds=compounds)
    runs = _runs(lines, joined)
    if not runs:
        raise BadInputError(
            # Translators: leave “Rule 1” in English: that is what the document must say
            _(
                "This is no document of rules: looked for lines “Rule 1”, “Rule 2” and so on, each on a line of its"
                " own, and found none."
            )
        )
    passages: tuple[Passage, ...] = ()
    for run in runs:
        read = tuple(passage for rule in run for passage in _passages(rule, prefix, joined))
        if sum(len(passage.text) for passage in read) > sum(len(passage.text) for passage in passages):
            passages = read
    if not passages:
        # Translators: leave “Rule 1” in English: that is what the document must say
        raise BadInputError(_("The document names rules, but under the lines “Rule 1”, “Rule 2” stands no text."))
    return passages


def read_standard(text: str, standard: Standard) -> tuple[Passage, ...]:
    """Read the document of a known standard, and hold its structure against what is known of it.

    Args:
        text: the document; other texts may stand before and after the rules.
        standard: whose document it should be.

    Returns:
        One passage for each clause of the standard, in order.

    Raises:
        BadInputError: when clauses are missing or are there beyond those of the standard; it names them.
    """
    try:
        read = read_rules(text, standard.prefix, standard.compounds)
    except BadInputError as problem:
        raise BadInputError(
            # Translators: standard is such as Bangkok Rules; problem is a whole sentence
            _("This is not the text of the {standard}. {problem}", standard=standard.short, problem=problem)
        ) from problem
    found = [passage.id for passage in read]
    missing = [name for name in standard.clauses if name not in found]
    beyond = [name for name in found if name not in standard.clauses]
    if missing or beyond:
        raise BadInputError(_incomplete(standard, len(found) - len(beyond), missing, beyond))
    return read


def _incomplete(standard: Standard, found: int, missing: list[str], beyond: list[str]) -> str:
    values = {
        "standard": standard.short,
        "count": len(standard.clauses),
        "rules": len({clause.rule for clause in standard.clauses.values()}),
        "found": found,
        "missing": _some(missing),
        "beyond": _some(beyond),
    }
    if not beyond:
        return _(
            "This is not the whole text of the {standard}: looked for {count} clauses in {rules} rules, found {found}"
            " of them, not {missing}.",
            **values,
        )
    if not missing:
        return _(
            "This is not the whole text of the {standard}: looked for {count} clauses in {rules} rules, found {found}"
            " of them, but {beyond}, which the {standard} do not have.",
            **values,
        )
    return _(
        "This is not the whole text of the {standard}: looked for {count} clauses in {rules} rules, found {found} of"
        " them, not {missing}, but {beyond}, which the {standard} do not have.",
        **values,
    )


def _some(names: list[str]) -> str:
    shown, more = ", ".join(names[:8]), len(names) - 8
    if more <= 0:
        return shown
    # Translators: names of clauses, of which the first are listed
    return ngettext("{names} and {count} more", "{names} and {count} more", more, names=shown)


def _runs(lines: list[str], joined: _Join) -> list[list[_Rule]]:
    """Cut the lines at “Rule N”; a number that is not above the one before begins a new run."""
    starts = [(place, int(found[1])) for place, line in enumerate(lines) if (found := _RULE.fullmatch(line))]
    runs: list[list[_Rule]] = []
    above = _Above()
    before = 0
    for order, (place, number) in enumerate(starts):
        goes_on = bool(runs) and number > runs[-1][-1].number
        if not goes_on:
            above = _Above()
            runs.append([])
        zone = _zone(lines, before, place)
        _read_headings(lines[zone:place], above, joined)
        rule = _Rule(number, above.part, above.headings(), above.supplements())
        runs[-1].append(rule)
        before = place + 1
        if order + 1 < len(starts) and starts[order + 1][1] > number:
            end = _zone(lines, before, starts[order + 1][0])
        else:
            end = _end(lines, before, starts[order + 1][0] if order + 1 < len(starts) else len(lines))
        rule.lines = lines[before:end]
    return runs


def _zone(lines: list[str], first: int, rule: int) -> int:
    """Where the headings above a rule begin: after the last line that ends a sentence."""
    place = rule
    while place > first and (
        not lines[place - 1] or lines[place - 1].startswith("[") or (is_open(lines[place - 1]) and place - first > 1)
    ):
        place -= 1
    return place


def _read_headings(lines: list[str], above: _Above, joined: _Join) -> None:
    for title in _titles(lines, joined):
        if title.startswith("["):
            above.bracket(title)
            continue
        part, section, numbered, lettered = (shape.fullmatch(title) for shape in (_PART, _SECTION, _NUMBERED, _POINT))
        if part:
            above.part = part[1]
            above.levels = {}
        elif section:
            above.take(1, section[2])
        elif numbered:
            above.take(2, numbered[2])
        elif lettered:
            above.take(3, lettered[2])
        else:
            above.take(3, title)


def _titles(lines: list[str], joined: _Join) -> Iterator[str]:
    """Put headings that run over two lines together: a line that begins small goes on with the one before."""
    title: list[str] = []
    for line in filter(None, lines):
        if title and line[0].islower() and not title[0].startswith("["):
            title.append(line)
        else:
            if title:
                yield joined(title)
            title = [line]
    if title:
        yield joined(title)


def _end(lines: list[str], first: int, stop: int) -> int:
    """Where the last rule of a run ends: before a title that follows a whole sentence."""
    complete = False
    for place in range(first, stop):
        line = lines[place]
        if not line:
            continue
        if complete and (_AFTER.fullmatch(line) or _is_title(line)):
            return place
        complete = not is_open(line)
    return stop


def _is_title(line: str) -> bool:
    marked = _PARAGRAPH.fullmatch(line) or _POINT.fullmatch(line)
    return (
        len(line) <= _TITLE_LENGTH
        and is_open(line)
        and line[0].isupper()
        and not line.endswith((",", "-"))
        and not marked
    )


def _passages(rule: _Rule, prefix: str, joined: _Join) -> Iterator[Passage]:
    """Cut a rule's lines into its paragraphs and points."""
    pieces: list[tuple[int | None, str | None, list[str]]] = []
    paragraph: int | None = None
    point: str | None = None
    for line in filter(None, rule.lines):
        numbered, lettered = _PARAGRAPH.fullmatch(line), _POINT.fullmatch(line)
        if numbered and int(numbered[1]) == (paragraph or 0) + 1 and (pieces or paragraph is None):
            paragraph, point = int(numbered[1]), None
            pieces.append((paragraph, None, [numbered[2]]))
        elif lettered and lettered[1] == (chr(ord(point) + 1) if point else "a"):
            point = lettered[1]
            pieces.append((paragraph, point, [lettered[2]]))
        elif pieces:
            pieces[-1][2].append(line)
        else:
            pieces.append((None, None, [line]))
    for order, (number, letter, lines) in enumerate(pieces):
        text = joined(lines)
        if not text:
            continue
        following = pieces[order + 1] if order + 1 < len(pieces) else None
        name = f"{prefix}-{rule.number}" + (f".{number}" if number else "") + (f".{letter}" if letter else "")
        yield Passage(
            id=name,
            rule=rule.number,
            paragraph=number,
            point=letter,
            lead=letter is None and following is not None and following[0] == number and following[1] is not None,
            part=rule.part,
            headings=rule.headings,
            supplements=rule.supplements,
            text=text,
        )


def _numbers(bracket: str) -> tuple[str, ...]:
    """The rules that a bracketed note names: “[Supplements rules 35 and 36 and … rule 55 …]” gives 35, 36, 55."""
    return tuple(re.sub(r"\s*[-–—]\s*", "–", found) for found in re.findall(r"\d+(?:\s*[-–—]\s*\d+)?", bracket))

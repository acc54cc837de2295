"""Dates of birth and exact ages; phone numbers; numbers that a prison, a court or a state gave to a person."""

import re
from collections.abc import Iterator

from inspect_kit.analysis.harm.found import Harm, HarmKind
from inspect_kit.analysis.harm.lexicon import words

_BACK = 60
"""How many characters before a number are read."""

_DIGIT = re.compile(r"\d")
_MONTH = r"(?:jan|feb|fév|fev|mar|apr|avr|may|mai|jun|jui|jul|aug|aoû|aou|sep|oct|nov|dec|déc)[a-zéû]{0,6}\.?"
_DATE = re.compile(
    r"(?<!\d)(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er)?\.? (?:of )?{_MONTH},? (?:\d{{4}}|\d{{2}})"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})(?!\d)",
    re.IGNORECASE,
)
_BORN = re.compile(
    r"\b(?:born|d\.?o\.?b\b\.?|birth ?da(?:te|y)|(?:date|day) of (?:[a-z]{3,5} )?birth|gave birth|birth:|b\.|née? le"
    r"|naissance ?:|geb(?:oren|\.)|geburtsdatum|nacid[ao]|fecha de nacimiento)|рожд|родил|เกิด|出生",
    re.IGNORECASE,
)
_NOT_HERS = re.compile(r"\b(?:since|after|before|until|between|from|register|certificates?)\b|\. ", re.IGNORECASE)
_INITIALS = r"(?<![\w.])(?!A\. ?M|P\. ?M|U\. ?[NSK]|E\. ?U|N\. ?B)[A-ZÀ-Þ]\. ?[A-ZÀ-Þ]\.(?: ?[A-ZÀ-Þ]\.)?"
_AGED = re.compile(
    rf"{_INITIALS},? ?(?:\(|aged? |is |, )?\d{{2}}(?=[,.;:)]|$| ?years| ?y/?o|-year)"
    rf"|(?<!\d)\d{{2}}(?:-| )years?(?:-| )old {_INITIALS}"
    r"|(?<!\w)[A-Z]{2,3},? \(?(?:aged \d{2}|\d{2} years old)(?!\d)",
    re.MULTILINE,
)

_DIGITS = re.compile(r"(?<!\w)(?:[A-Z]{1,3}[-/]?)?\+?\(?\d[\d ()./–-]{2,24}")
_CLOCK = re.compile(r"\d{1,2}\.\d\d(?: ?[–-] ?\d{1,2}\.\d\d)?")
_YEARS = re.compile(r"(?:19|20)\d\d(?: ?[–/-] ?(?:19|20)?\d\d)?")
_NUMBER_WORD = r"(?:no|nr|number|numéro|n°|№)\.?"
_PERSON = re.compile(
    r"\b(?:prisoner|inmate|detainee|convict|passport|badge|matricule|dossier|docket|(?:national |prison )?id|identity|"
    r"nic|écrou|(?:co)?détenue?|passeport|identité)(?: card| file| badge)?[ :]{0,2}"
    rf"(?:{_NUMBER_WORD})?[ :#]{{0,2}}$",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\b(?:case|file|warrant|register|registered|registration|prison|complaint)(?: under)?[ :]{0,2}"
    rf"(?P<numbered>{_NUMBER_WORD}|#)?[ :#]{{0,2}}$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:(?P<of>\w+) |^|\W)(?:(?<!\w)(?:no|nr|n°|№)\.? ?|#)$", re.IGNORECASE)
_THINGS = words(
    "cell room door order law resolution decree regulation article rule act form circular instruction protocol bus "
    "flight line house page item table decision letter document ref lot batch model camera key lock bed locker unit "
    "paragraph section extinguisher serial invoice receipt plate part"
)
_CALL = re.compile(
    r"\b(?:tel|phones?|telephone|mobile|cellphone|whatsapp|viber|signal|call(?:ed)?|ring|dial|sms|text|fax|reach(?:ed)?|"
    r"number|tél|téléphone|portable|appeler|joindre|numéro)\b\W{0,3}(?:[a-z']{1,12}\W{1,3}){0,4}$",
    re.IGNORECASE,
)


def births_in(text: str) -> Iterator[Harm]:
    """Find full dates beside a word of birth, and exact ages beside initials."""
    if not _DIGIT.search(text):
        return  # most notes have none, and the expressions below are slow
    for match in _DATE.finditer(text):
        before = text[max(0, match.start() - _BACK) : match.start()].rpartition("\n")[2]
        cue = None
        for cue in _BORN.finditer(before):  # noqa: B007 (the last one counts)
            pass
        if cue and not _NOT_HERS.search(before, cue.end()):
            start = match.start() - len(before) + cue.start()
            yield Harm(HarmKind.BIRTH, start, match.end(), text[start : match.end()])
    for match in _AGED.finditer(text):
        yield Harm(HarmKind.BIRTH, match.start(), match.end(), match[0])


def numbers_in(text: str) -> Iterator[Harm]:
    """Find phone numbers and people's numbers, by how they are written and by the words before them."""
    for match in _DIGITS.finditer(text):
        written = match[0].rstrip(" ()./–-")
        before = text[max(0, match.start() - _BACK) : match.start()].rpartition("\n")[2]
        found = _kind(written, before)
        if found:
            kind, cue = found
            start, end = match.start() - cue, match.start() + len(written)
            yield Harm(kind, start, end, text[start:end])


def _kind(written: str, before: str) -> tuple[HarmKind, int] | None:
    """What a number is, and how many characters before it belong to it."""
    bare = written.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ-/")
    count = sum(letter.isdigit() for letter in bare)
    if count < 3 or any(shape.fullmatch(bare) for shape in (_DATE, _CLOCK, _YEARS)):
        return None
    if cue := _PERSON.search(before):
        return HarmKind.NUMBER, len(before) - cue.start()
    if (cue := _FILE.search(before)) and (cue["numbered"] or count > 3):
        return HarmKind.NUMBER, len(before) - cue.start()
    if bare != written:
        return (HarmKind.NUMBER, 0) if 6 <= count <= 9 and " " not in written else None
    if written.startswith("+"):
        return (HarmKind.PHONE, 0) if 8 <= count <= 15 else None
    if bare.startswith(("0800", "1800", "1-800", "0.")):  # nobody's own
        return None
    cue = _NUMBERED.search(before)
    if cue and count > 3:
        return None if (cue["of"] or "").lower() in _THINGS else (HarmKind.NUMBER, len(cue[0].lstrip()))
    if 6 <= count <= 15 and _CALL.search(before):
        return HarmKind.PHONE, 0
    if 8 <= count <= 12 and bare.startswith(("0", "(0")):
        return HarmKind.PHONE, 0
    if (bare.isdigit() and count >= 8 and not (bare.startswith(("19", "20")) or bare.endswith("000"))) or (
        bare.count("-") > 1 and count > 10
    ):
        return HarmKind.NUMBER, 0
    return None

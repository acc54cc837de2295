"""Somebody from a group so small in this facility that she could be recognised."""

import re
from collections.abc import Collection, Iterator, Sequence
from math import prod

from inspect_kit.analysis.harm import lexicon
from inspect_kit.analysis.harm.found import FEW, Harm, HarmKind
from inspect_kit.analysis.harm.reading import Word, read
from inspect_kit.model import Group, Profile

_GROUPS = {
    word: group
    for group, words in {
        Group.WOMEN: "women woman",
        Group.GIRLS: "girl girls juvenile juveniles minor minors underage teenager teenagers",
        Group.PREGNANT: "pregnant expectant",
        Group.BREASTFEEDING: "breastfeeding breast-feeding lactating nursing",
        Group.WITH_CHILDREN: "mother mothers",
        Group.FOREIGN_NATIONALS: "foreign foreigner foreigners foreign-national foreign-nationals migrant migrants",
        Group.PRETRIAL: "pretrial pre-trial remand remanded unsentenced untried awaiting",
        Group.SENTENCED: "sentenced sentence convicted",
        Group.MINORITIES: "minority minorities indigenous tribal roma romani sami maori aboriginal inuit",
    }.items()
    for word in words.split()
}
_ONE = lexicon.words(
    "woman girl juvenile minor teenager mother national foreigner migrant prisoner inmate detainee person lady"
)
_SEVERAL = frozenset(word + "s" for word in _ONE if word != "woman") | {"women"}
_CHILDREN = lexicon.words("child children baby babies infant infants son daughter toddler")
_COUNTS = lexicon.words("both two three four 2 3 4")
_DEFINITE = lexicon.words("the this that")
_INDEFINITE = lexicon.words("a an one another")
_MET = lexicon.TELL | lexicon.words("from by with saw statement interview")
_ANYBODY = lexicon.words("no any each every all some many most several other if when whenever whether unless")
_SUBJECTS = lexicon.words("she i")
_CODE = re.compile(r"[a-z]{1,2}\d{1,4}")
_MODALS = lexicon.words("must may can cannot can't should shall might would could")
_AFTER_PERSON = _MODALS | lexicon.words("who in was is has had gets got with from at on")
_STAFF = lexicon.words("officer officers staff guard guards nurse nurses doctor doctors management director")


def few_from(group: str, profile: Profile) -> Iterator[Harm]:
    """Hold the group that an interviewee comes from against the facility's numbers.

    Args:
        group: in the inspector's words.
        profile: who is held.
    """
    words = [word.plain for word in read(group)]
    if not _STAFF.isdisjoint(words):
        return
    sizes: list[int] = []
    part: list[str] = []
    for word in [*words, "or"]:
        if word != "or":
            part.append(word)
            continue
        size = _size(_groups(part), profile)
        if size is not None:
            sizes.append(size)
        part = []
    if sizes and sum(sizes) < FEW:
        yield Harm(HarmKind.SMALL_GROUP, 0, 0, group.strip(), max(1, sum(sizes)))


def few_in(text: str, words: Sequence[Word], profile: Profile, spared: Collection[str]) -> Iterator[Harm]:
    """Find somebody in a note who is one of few: “the girl”, “a pregnant woman told us”, “the only Thai woman”.

    Args:
        text: the note.
        words: its words.
        profile: who is held.
        spared: names that may stand in it; the country's own people are no foreign nationals.
    """
    home = {name[:4].lower() for name in spared}
    last = -1
    for at, word in enumerate(words):
        if word.plain in _ONE or word.plain in _SEVERAL:
            start = None if _describes(words, at) else _phrase(words, at)
            end = _tail(words, at)
        elif word.plain in _SUBJECTS or _CODE.fullmatch(word.plain):
            start, end = _is_one(words, at)
        else:
            continue
        if start is None or start <= last:
            continue
        said = [one.plain for one in words[start : end + 1]]
        groups = _groups(said)
        if any(people in lexicon.PEOPLES and people[:4] not in home for people in said):
            groups.add(Group.FOREIGN_NATIONALS)
        groups.discard(Group.WOMEN)
        if not groups or not (start == at or _points(words, start, at, end)):
            continue
        only = words[at].plain not in _SEVERAL and not {"only", "sole"}.isdisjoint(said)
        size = 1 if only else _size(groups, profile)
        if size is not None and (only or 0 < size < FEW):
            last = end
            span = words[start].start, words[end].end
            yield Harm(HarmKind.SMALL_GROUP, *span, text[slice(*span)], size)


def _groups(words: Sequence[str]) -> set[Group]:
    found = {_GROUPS[word] for word in words if word in _GROUPS}
    if "with" in words and not _CHILDREN.isdisjoint(words):
        found.add(Group.WITH_CHILDREN)
    return found


def _size(groups: Collection[Group], profile: Profile) -> int | None:
    """How many people here belong to all the groups, were they spread evenly; None where nobody knows."""
    narrow: list[Group] = [group for group in groups if group is not Group.WOMEN] or [*groups]
    counts = [profile.held[group] for group in narrow if group in profile.held]
    if not counts:
        return None
    everyone = profile.held.get(Group.WOMEN, 0) + profile.held.get(Group.GIRLS, 0)
    if len(counts) == 1 or not everyone or 0 in counts:
        return min(counts)
    together = prod(counts) / float(everyone) ** (len(counts) - 1)
    return max(1, min(*counts, round(together)))


def _describes(words: Sequence[Word], at: int) -> bool:
    """Whether the word only tells of which kind the next one is: “the minor defects”, “the juvenile wing”."""
    if at + 1 == len(words) or not words[at + 1].near or words[at].owner:
        return False
    after = words[at + 1].plain
    if words[at].plain in ("minor", "juvenile", "mother", "migrant"):
        return after not in lexicon.SAY and after not in lexicon.TELL and after not in _AFTER_PERSON
    return after in lexicon.PLACES


def _phrase(words: Sequence[Word], at: int) -> int | None:
    """The index of “the”, “a”, “both” … that a noun's phrase begins with; None where it means anybody."""
    for back in range(1, 5):
        here = at - back
        if here < 0 or not words[here + 1].near or words[here].plain in _ANYBODY:
            return None
        if words[here].plain in _DEFINITE | _INDEFINITE | _COUNTS | {"only"}:
            before = [word.plain for word in words[max(0, here - 2) : here]]
            if before[-2:] == ["one", "of"]:
                return here - 2
            return here - 1 if before[-1:] == ["the"] and words[here].near else here
    return None


def _is_one(words: Sequence[Word], at: int) -> tuple[int | None, int]:
    """“she is six months pregnant”, “W7 is a foreigner”: where it begins and ends."""
    general = words[at].near and words[at - 1].plain in _ANYBODY
    if not general and at + 2 < len(words) and words[at + 1].near and words[at + 1].plain in ("is", "was", "am"):
        for here in range(at + 2, min(at + 7, len(words))):
            if not words[here].near or words[here].plain in ("not", "no", "and", "or", "the"):
                break
            if words[here].plain in _GROUPS and not words[here].owner:
                return at, here
    return None, at


def _tail(words: Sequence[Word], at: int) -> int:
    """The last word that still tells of which group the noun's person is: “awaiting trial”, “with her baby”."""
    end = at
    for here in range(at + 1, min(at + 6, len(words))):
        word = words[here].plain
        if not words[here].near or word in lexicon.SAY or word in lexicon.TELL or word in ("and", "that", "a", "the"):
            if not (word == "a" and words[here - 1].plain == "with"):
                break
            continue
        if word in ("trial", "remand", "sentence", "pregnant", "breastfeeding") or (
            word in _CHILDREN and "with" in (words[here - 1].plain, words[here - 2].plain)
        ):
            end = here
    return end


def _points(words: Sequence[Word], start: int, at: int, end: int) -> bool:
    """Whether a phrase means somebody in particular."""
    first = words[start].plain
    after = [word.plain for word in words[end + 1 : end + 6]]
    if first == "one" and words[at].plain in _SEVERAL:  # one of the girls
        return True
    if words[at].plain in _SEVERAL:
        return any(word in lexicon.SAY or word in lexicon.TELL for word in after)
    if first in ("a", "an"):  # in general, unless it is told what she did, or who told it
        met = start > 0 and words[start].near and words[start - 1].plain in _MET
        return met or any(word in lexicon.SAY or word in lexicon.TELL for word in after[:3])
    return after[:1] != ["of"] and (first not in ("one", "another") or _MODALS.isdisjoint(after[:3]))

"""Under which items a quick note most likely belongs: full-text ranking over a checklist, in memory."""

import math
import re
from collections import Counter, defaultdict
from functools import lru_cache

from inspect_kit.model import Checklist, Item, Place

LIMIT = 5
"""How many items are suggested: as many as there are keys for them."""
_K1, _B = 3.0, 0.5
_PLACE_BONUS = 1.25
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_STOP = frozenset(
    _WORD.findall(
        "a about after again all also an and any are as at away be because been before but by can could did do "
        "does each every few for from get gets go got had has have he her here hers him his how i if in into is it "
        "its just may me most much my no nor not of off on one only or other our out own said say says she so some "
        "still such than that the their them then there they this those to today too two under until up us very "
        "was we were what when where whether which while who whom whose will with without would yes you your woman "
        "women prison "
    )
)
_SAME = {
    name: group.split()[0]
    for group in (
        "officer guard guards warder warders wardress matron screw",
        "child kid kids toddler children boy son daughter",
        "baby babies infant newborn",
        "pad pads towel towels tampon napkin sanitary",
        "period menstruate menstruation menstruating menses bleed bled bleeding",
        "toilet toilets lavatory loo latrine wc",
        "shower showers bath bathe bathing bathroom",
        "doctor physician medic gp clinician",
        "restraint handcuff handcuffs cuff cuffs cuffed handcuffed shackle shackles shackled chain chains chained",
        "segregation isolation solitary isolated confinement seclusion",
        "punish punishment punished sanction disciplinary",
        "pregnant pregnancy expecting antenatal prenatal",
        "labour labor childbirth delivery",
        "birth born delivered",
        "breastfeed breastfeeding breastfed nursing breast",
        "consulate consular consul embassy",
        "record records register registers log logs logbook book books file files",
        "sign signed signature signatures",
        "training trained train course courses",
        "sexual whore whores slut sluts touch touched grope groped rape raped",
        "adult adults grown-ups",
        "bunk bunks bed beds sleep sleeps slept dormitory dormitories",
        "lawyer solicitor attorney barrister counsel legal",
        "phone telephone call calls phoned phoning",
        "search searches searched pat frisk frisked strip",
        "undress naked undressed nude clothes",
        "suicide suicidal hang hanging",
        "drug drugs substance substances heroin addict addicted addiction",
        "withdrawal detox",
        "medicine medicines medication tablet tablets pill pills",
        "read illiterate reading",
        "language translate translator interpreter interpreters",
        "foreign foreigner foreigners",
        "girl girls juvenile juveniles",
        "food meal meals eat diet milk",
        "sick ill illness",
        "man men male",
        "family families relatives",
        "complaint complain complained complaints report reported reports",
        "reprisal reprisals retaliation revenge",
        "outdoors outdoor yard outside",
        "money poor afford pay cost",
    )
    for name in group.split()
}
"""Words of the same matter, each with the one that stands for it; inspectors and items put things differently."""
_ENDINGS = ("ations", "ation", "ings", "ing", "edly", "ed", "ies", "ily", "ly", "es", "s", "e", "y")


_ANYWHERE = frozenset(("unit", "room"))
"""Words of places that do not tell one from another."""


class Suggestions:
    """An index over the items of a checklist that apply, made once; answers are the same every time.

    The ranking is BM25 over the item's words, which weigh more in its name than in its guide.
    Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009).

    Args:
        checklist: the visit's.
    """

    def __init__(self, checklist: Checklist) -> None:
        self._items = [item for item in checklist.items if item.applies]
        counts = [_weigh(checklist, item) for item in self._items]
        lengths = [sum(count.values()) for count in counts]
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        called = {place: set(terms(place.label)) for place in Place}
        self._places = [set().union(*(called[place] for place in item.places)) for item in self._items]
        self._postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, count in enumerate(counts):
            room = _K1 * (1 - _B + _B * lengths[number] / mean)
            for word, weight in count.items():
                self._postings[word].append((number, weight * (_K1 + 1) / (weight + room)))

    def likeliest(self, text: str, place: str = "", limit: int = LIMIT) -> tuple[Item, ...]:
        """Rank the items for a note.

        Args:
            text: the note.
            place: where it was written; an item that is looked at there comes before an equal one that is not.
            limit: the most items to give.

        Returns:
            The likeliest first; none where no word of the note is in any item.
        """
        scores: defaultdict[int, float] = defaultdict(float)
        for word in dict.fromkeys(terms(text)):
            found = self._postings.get(word, [])
            rarity = math.log(1 + (len(self._items) - len(found) + 0.5) / (len(found) + 0.5))
            for number, weight in found:
                scores[number] += rarity * weight
        here = set(terms(place)) - _ANYWHERE
        for number in scores:
            if here & self._places[number]:
                scores[number] *= _PLACE_BONUS
        best = sorted(scores, key=lambda number: (-scores[number], number))[:limit]
        return tuple(self._items[number] for number in best)


def terms(text: str) -> list[str]:
    """The words of a text that tell something, each in its stem, words of the same matter as one."""
    return [stem for word in _WORD.findall(text.lower()) if (stem := _stem(word))]


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """Cut the commonest English endings, where enough of the word is left; empty for a word that tells nothing."""
    word = word.replace("’", "'").removesuffix("'s")
    if len(word) < 2 or word in _STOP:
        return ""
    word = _SAME.get(word, word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word
    return word


def _weigh(checklist: Checklist, item: Item) -> Counter[str]:
    count: Counter[str] = Counter()
    asked = (question for questions in item.talk_to.values() for question in questions)
    claims = (claim for claim, _ in item.they_say)
    meanings = (checklist.clauses[clause].means for clause in item.clauses if clause in checklist.clauses)
    for weight, texts in (
        (3, (item.short, item.ask)),
        (2, (checklist.title(item.theme), item.why)),
        (1, (*item.look, *asked, *item.records, *item.red_flags, *claims, *meanings)),
    ):
        for word in terms("\n".join(texts)):
            count[word] += weight
    return count

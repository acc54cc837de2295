"""A rating for each theme, by a rule that any reader of the report can repeat by hand."""

from dataclasses import dataclass
from enum import StrEnum

from inspect_kit.language import _
from inspect_kit.model import Assessment, Strength, VisitRecord


class Rating(StrEnum):
    """How far a theme is met as a whole."""

    MET = "met"
    MOSTLY_MET = "mostly met"
    PARTLY_MET = "partly met"
    NOT_MET = "not met"
    TOO_LITTLE_SEEN = "too little seen"

    @property
    def label(self) -> str:
        """In words, for screens."""
        return {
            Rating.MET: _("met"),
            # Translators: the rating of a theme
            Rating.MOSTLY_MET: _("mostly met"),
            Rating.PARTLY_MET: _("partly met"),
            Rating.NOT_MET: _("not met"),
            # Translators: the rating of a theme of which fewer than half of the items could be judged
            Rating.TOO_LITTLE_SEEN: _("too little seen"),
        }[self]


RULE = (
    "Each item that was judged counts 1 when met, ½ when partly met and 0 when not met; the mean decides. "
    "Met: 1, that is, every item. Mostly met: ¾ or more. Partly met: ½ or more, or less than that where at least one "
    "item in three is met. Not met: anything below, and any theme in which a prohibition is not met. "
    "Too little seen: fewer than half of the items that apply could be judged. Items that do not apply do not count."
)
"""The rule in words, for the report's method section."""


@dataclass(frozen=True)
class ThemeRating:
    """One theme's rating and what it rests on.

    Attributes:
        theme: its id.
        title: as shown.
        counts: how many applicable items have each assessment.
        open: how many applicable items were not judged at all.
        rating: how far the theme is met.
        broken: ids of items on prohibitions that are not met.
    """

    theme: str
    title: str
    counts: dict[Assessment, int]
    open: int
    rating: Rating
    broken: tuple[str, ...]

    @property
    def judged(self) -> int:
        """How many items were judged on the substance: met, partly met or not met."""
        return sum(self.counts[level] for level in _SUBSTANCE)

    @property
    def applicable(self) -> int:
        """How many items apply, in the checklist's and the inspector's view."""
        return self.judged + self.counts[Assessment.NOT_VERIFIED] + self.open


_SUBSTANCE = (Assessment.MET, Assessment.PARTLY_MET, Assessment.NOT_MET)


def rate(met: int, partly: int, not_met: int, unseen: int, *, broken: bool) -> Rating:
    """Rate by ``RULE``.

    Args:
        met: number of items met.
        partly: number of items partly met.
        not_met: number of items not met.
        unseen: number of items that apply but were not verified or left open.
        broken: whether a prohibition is among those not met.
    """
    judged = met + partly + not_met
    if broken:
        return Rating.NOT_MET
    if judged == 0 or judged < unseen:
        return Rating.TOO_LITTLE_SEEN
    score = 2 * met + partly  # in halves, so that no fraction is rounded
    if score == 2 * judged:
        return Rating.MET
    if 2 * score >= 3 * judged:
        return Rating.MOSTLY_MET
    if score >= judged or 3 * met >= judged:
        return Rating.PARTLY_MET
    return Rating.NOT_MET


def rate_themes(visit: VisitRecord) -> tuple[ThemeRating, ...]:
    """Rate all themes of a visit's checklist, in its order."""
    return tuple(_rate_theme(visit, section.id, section.title) for section in visit.checklist.themes.values())


def _rate_theme(visit: VisitRecord, theme: str, title: str) -> ThemeRating:
    counts = dict.fromkeys(Assessment, 0)
    unjudged = 0
    broken: list[str] = []
    for item in visit.checklist.items:
        if item.theme != theme or not item.applies:
            continue
        finding = visit.findings.get(item.id)
        if finding is None or finding.assessment is None:
            unjudged += 1
            continue
        counts[finding.assessment] += 1
        if finding.assessment is Assessment.NOT_MET and item.strength is Strength.PROHIBITION:
            broken.append(item.id)
    met, partly, not_met = (counts[level] for level in _SUBSTANCE)
    rating = rate(met, partly, not_met, counts[Assessment.NOT_VERIFIED] + unjudged, broken=bool(broken))
    return ThemeRating(theme, title, counts, unjudged, rating, tuple(broken))

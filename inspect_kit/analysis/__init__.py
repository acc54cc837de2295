"""Pure functions on a visit's record: progress, ratings, the team's check, disclosure, harm, what is open."""

from inspect_kit.analysis.coverage import Concerns, Coverage, by_clause, by_place, concerns
from inspect_kit.analysis.disclosure import ELSEWHERE, Counts, Disclosed, disclose, without_small_groups
from inspect_kit.analysis.following import left_open
from inspect_kit.analysis.harm import Harm, HarmKind, PlacedHarm, harms, harms_of, harms_of_source, names_of
from inspect_kit.analysis.points import Point, open_points, photo_point
from inspect_kit.analysis.progress import Progress, ThemeProgress, progress
from inspect_kit.analysis.ratings import Rating, ThemeRating, rate, rate_themes
from inspect_kit.analysis.suggesting import Suggestions
from inspect_kit.analysis.team import SelfCheck, self_check

__all__ = [
    "ELSEWHERE",
    "Concerns",
    "Counts",
    "Coverage",
    "Disclosed",
    "Harm",
    "HarmKind",
    "PlacedHarm",
    "Point",
    "Progress",
    "Rating",
    "SelfCheck",
    "Suggestions",
    "ThemeProgress",
    "ThemeRating",
    "by_clause",
    "by_place",
    "concerns",
    "disclose",
    "harms",
    "harms_of",
    "harms_of_source",
    "left_open",
    "names_of",
    "open_points",
    "photo_point",
    "progress",
    "rate",
    "rate_themes",
    "self_check",
    "without_small_groups",
]

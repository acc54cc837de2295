"""Pure functions on a visit's record: progress, ratings, sources, the team's check, disclosure, harm, what is open."""

from inspect_kit.analysis.disclosure import Disclosed, disclose
from inspect_kit.analysis.following import left_open
from inspect_kit.analysis.harm import Harm, HarmKind, PlacedHarm, harms, harms_of, harms_of_source, names_of
from inspect_kit.analysis.progress import Progress, ThemeProgress, progress
from inspect_kit.analysis.ratings import Rating, ThemeRating, rate, rate_themes
from inspect_kit.analysis.suggesting import Suggestions
from inspect_kit.analysis.team import SelfCheck, self_check
from inspect_kit.analysis.triangulation import source_kinds

__all__ = [
    "Disclosed",
    "Harm",
    "HarmKind",
    "PlacedHarm",
    "Progress",
    "Rating",
    "SelfCheck",
    "Suggestions",
    "ThemeProgress",
    "ThemeRating",
    "disclose",
    "harms",
    "harms_of",
    "harms_of_source",
    "left_open",
    "names_of",
    "progress",
    "rate",
    "rate_themes",
    "self_check",
    "source_kinds",
]

"""Pure functions on a visit's record: progress, ratings, sources, the team's check, disclosure, what is open."""

from inspect_kit.analysis.disclosure import Disclosed, disclose
from inspect_kit.analysis.following import left_open
from inspect_kit.analysis.progress import Progress, ThemeProgress, progress
from inspect_kit.analysis.ratings import Rating, ThemeRating, rate, rate_themes
from inspect_kit.analysis.team import SelfCheck, self_check
from inspect_kit.analysis.triangulation import source_kinds

__all__ = [
    "Disclosed",
    "Progress",
    "Rating",
    "SelfCheck",
    "ThemeProgress",
    "ThemeRating",
    "disclose",
    "left_open",
    "progress",
    "rate",
    "rate_themes",
    "self_check",
    "source_kinds",
]

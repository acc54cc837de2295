"""How far a visit has come."""

from dataclasses import dataclass

from inspect_kit.model import Priority, VisitRecord


@dataclass(frozen=True)
class ThemeProgress:
    """One theme's state.

    Attributes:
        theme: its id.
        title: as shown.
        items: how many items apply.
        done: how many of those are judged.
        urgent: how many of its findings are urgent.
    """

    theme: str
    title: str
    items: int
    done: int
    urgent: int


@dataclass(frozen=True)
class Progress:
    """A visit's state.

    Attributes:
        themes: in the checklist's order.
        evidence: how many sources were recorded.
        conflicts: how many things people hold different views on.
    """

    themes: tuple[ThemeProgress, ...]
    evidence: int
    conflicts: int

    @property
    def items(self) -> int:
        """How many items apply."""
        return sum(theme.items for theme in self.themes)

    @property
    def done(self) -> int:
        """How many of them are judged."""
        return sum(theme.done for theme in self.themes)

    @property
    def urgent(self) -> int:
        """How many findings are urgent."""
        return sum(theme.urgent for theme in self.themes)


def progress(visit: VisitRecord) -> Progress:
    """Count what is done and what is open in a visit."""
    counts = {theme: [0, 0, 0] for theme in visit.checklist.themes}
    for item in visit.checklist.items:
        count = counts[item.theme]
        finding = visit.findings.get(item.id)
        if finding and finding.priority is Priority.URGENT:
            count[2] += 1
        if item.applies:
            count[0] += 1
            count[1] += bool(finding and finding.assessment)
    return Progress(
        tuple(ThemeProgress(theme, visit.checklist.title(theme), *count) for theme, count in counts.items()),
        sum(len(finding.evidence) for finding in visit.findings.values()),
        len(visit.conflicts),
    )

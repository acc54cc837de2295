"""The way through a checklist: the order in which its items come up, and where on it somebody stands."""

from collections.abc import Mapping

from inspect_kit.analysis.views import Leg, View, walk
from inspect_kit.model import Checklist, Finding, Item
from inspect_kit.work import telling


class Route:
    """Where somebody stands in a checklist, in one of its orders.

    Args:
        checklist: the visit's.
        view: the order to begin with; the one by theme, where nothing comes up in it.

    Attributes:
        view: the order in which the items come up.
    """

    def __init__(self, checklist: Checklist, view: View) -> None:
        self._checklist = checklist
        self._at = 0
        self.view = View.THEME
        self._stops = _stops(checklist, View.THEME)
        self.look_by(view)
        self._at = 0

    @property
    def leg(self) -> Leg:
        """The part of the walk."""
        return self._stops[self._at][0]

    @property
    def item(self) -> Item:
        """The item in hand."""
        return self._stops[self._at][1]

    def is_open(self, findings: Mapping[str, Finding]) -> bool:
        """Whether the item in hand applies and is not judged.

        Args:
            findings: what is held about the items, by the item's id.
        """
        return _open(self.item, findings)

    def any_open(self, findings: Mapping[str, Finding]) -> bool:
        """Whether an item of this order applies and is not judged."""
        return any(_open(item, findings) for _leg, item in self._stops)

    def next_open(self, findings: Mapping[str, Finding], by: int) -> bool:
        """Go to the next item that applies and is not judged, around the end; it may be the one in hand.

        Args:
            findings: what is held about the items, by the item's id.
            by: 1 forward, -1 back.

        Returns:
            False where there is none, so that the one in hand stays.
        """
        for step in range(1, len(self._stops) + 1):
            at = (self._at + by * step) % len(self._stops)
            if _open(self._stops[at][1], findings):
                self._at = at
                return True
        return False

    def look_by(self, view: View) -> bool:
        """Take the items in another order, and stay at the one in hand where it comes up there.

        Returns:
            False where nothing comes up in that order; it stays as it is then.
        """
        stops = _stops(self._checklist, view)
        if not stops:
            return False
        item = self.item.id
        self.view, self._stops = view, stops
        self._at = next((at for at, stop in enumerate(stops) if stop[1].id == item), 0)
        return True

    def stand_on(self, item: Item) -> bool:
        """Go to an item, in this part, in this order, or by theme, where each comes up.

        Returns:
            False where it does not come up in the order that there was, so that this is now the one by theme.
        """
        here = any(stop[1].id == item.id for stop in self._stops)
        if not here:
            self.view, self._stops, self._at = View.THEME, _stops(self._checklist, View.THEME), 0
        ways = [at for at, stop in enumerate(self._stops) if stop[1].id == item.id]
        self._at = next((at for at in ways if self._stops[at][0] == self.leg), ways[0])
        return here

    def find(self, words: str) -> list[Item]:
        """The items that somebody means.

        Args:
            words: an id, a number in this part, a theme and a number, or words of the question.
        """
        checklist = self._checklist
        low = " ".join(words.lower().split())
        if not low:
            return []
        if low.isdecimal():
            if self.view is View.THEME:
                return [item for item in self.leg.items if str(item.number) == low]
            return [item for place, item in enumerate(self.leg.items, 1) if str(place) == low]
        exact = [item for item in checklist.items if low in (item.id, telling.name_of(checklist, item).lower())]
        if exact:
            return exact
        theme, _space, number = low.rpartition(" ")
        if theme and number.isdecimal():
            named = [
                item
                for item in checklist.items
                if str(item.number) == number
                and (item.theme.startswith(theme) or checklist.title(item.theme).lower().startswith(theme))
            ]
            if named:
                return named
        return [
            item
            for item in checklist.items
            if all(word in f"{item.id} {item.short} {item.ask}".lower() for word in low.split())
        ]


def _stops(checklist: Checklist, view: View) -> list[tuple[Leg, Item]]:
    return [(leg, item) for leg in walk(checklist, view) for item in leg.items]


def _open(item: Item, findings: Mapping[str, Finding]) -> bool:
    finding = findings.get(item.id)
    return item.applies and not (finding and finding.assessment)

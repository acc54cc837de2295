"""When time is short: how long an item takes, and which items come first."""

from collections.abc import Collection, Iterable

from inspect_kit.model import Item, Strength

_LOOK, _TALK, _READ = 1, 2, 2
"""Minutes for one thing to look at, one kind of people to ask, one record to read: our own rough reckoning for
planning, not a measurement. They are short because one walk, one interview and one file serve several items; the
whole of the Bangkok Rules then takes four inspectors about three days."""
_ORDER = tuple(Strength)


def minutes(item: Item) -> int:
    """How long one inspector needs for an item, by a rough reckoning from its guide."""
    return 1 + _LOOK * len(item.look) + _TALK * len(item.talk_to) + _READ * len(item.records)


def rank(item: Item) -> int:
    """How early an item comes when time is short: bans and grave items, then by strength; 0 is first."""
    return 0 if item.grave or item.strength is Strength.PROHIBITION else _ORDER.index(item.strength)


def within(items: Iterable[Item], budget: int, kept: Collection[str] = ()) -> list[Item]:
    """Fit items into a time.

    Bans and grave items come first, then duties, efforts and encouragements. Among equals each theme gives its
    first, then each its second, so that a short visit sees a little of everything. The first that does not fit is
    the end, so that more time never costs an item.

    Args:
        items: in the order of work.
        budget: minutes for one inspector.
        kept: ids of items that stay in any case, because they hold answers; their time counts.

    Returns:
        Those that found time, in the same order, and those that do not apply, which take none.
    """
    items = list(items)
    turns: dict[tuple[str, int], int] = {}
    queue = []
    for place, item in enumerate(items):
        if item.applies:
            key = (item.theme, rank(item))
            turns[key] = turns.get(key, 0) + 1
            queue.append((item.id not in kept, rank(item), turns[key], place))
    left = budget
    chosen = set()
    for _, _, _, place in sorted(queue):
        left -= minutes(items[place])
        if left < 0 and items[place].id not in kept:
            break
        chosen.add(place)
    return [item for place, item in enumerate(items) if not item.applies or place in chosen]

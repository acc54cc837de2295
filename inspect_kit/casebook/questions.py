"""What can be asked of a casebook; the answers are plain records."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from inspect_kit.casebook import queries, sqlite
from inspect_kit.casebook.file import CasebookFile, told
from inspect_kit.errors import UnknownError
from inspect_kit.language import _
from inspect_kit.model import Conflict, Facility, Finding, Hit, Jotting, Response, VisitOverview, VisitRecord

if TYPE_CHECKING:
    from inspect_kit.casebook.health import Health

Found = TypeVar("Found")


class Questions(CasebookFile):
    """Questions; none changes anything."""

    @told
    def facilities(self) -> list[Facility]:
        """All facilities, by name."""
        return queries.facilities(self._db)

    def facility(self, id_: str) -> Facility:
        """One facility.

        Args:
            id_: its id, the end of it (4 letters or more), or its name.

        Raises:
            UnknownError: when none, or more than one, is meant.
        """
        return _one(id_, [(facility, facility.id, facility.name) for facility in self.facilities()], "facility")

    @told
    def visits(self) -> list[VisitOverview]:
        """All visits, the latest first."""
        return queries.visits(self._db)

    def find_visit(self, id_: str) -> str:
        """The full id of a visit.

        Args:
            id_: its id, or the end of it (4 letters or more).

        Raises:
            UnknownError: when none, or more than one, is meant.
        """
        return _one(id_, [(visit.id, visit.id, "") for visit in self.visits()], "visit")

    @told
    def visit(self, id_: str) -> VisitRecord:
        """Everything about one visit.

        Raises:
            UnknownError: when it is not in this casebook.
        """
        return queries.visit(self._db, self._known(id_))

    @told
    def finding(self, visit: str, item: str) -> Finding | None:
        """What is held about one item, with its evidence; None where nothing was recorded yet."""
        return queries.findings(self._db, visit, item).get(item)

    @told
    def conflicts(self, visit: str) -> tuple[Conflict, ...]:
        """What people hold different views on in a visit, each with all sides, the newest first."""
        return queries.conflicts(self._db, self._known(visit))

    @told
    def answers(self, visit: str) -> dict[str, str]:
        """Why points of the do-no-harm check may stand, by the point's id."""
        return queries.answers(self._db, self._known(visit))

    @told
    def responses(self, visit: str) -> tuple[Response, ...]:
        """What the authority said of the visit's reports, with the team's decisions, in the order of the table."""
        return queries.responses(self._db, self._known(visit))

    @told
    def search(self, visit: str, words: str, limit: int = 50) -> list[Hit]:
        """Find the items of a visit that hold all words, the nearest first; quick enough to ask at each key.

        Args:
            visit: the visit's id.
            words: as typed so far, each the beginning of a word, or the number of a rule or clause; whatever else
                is typed finds nothing and refuses nothing. With none, the search is only made ready.
            limit: the most hits.

        Raises:
            UnknownError: when the visit is not in this casebook.
        """
        from inspect_kit.casebook import search as searching  # late, as in Exchange

        return searching.search(self._db, self._known(visit), words, limit)

    @property
    def torn_remark(self) -> str:
        """What to tell whoever opens a copy that was made while somebody had it open; else empty."""
        if not self.torn:
            return ""
        from inspect_kit.casebook.health import torn_copy

        return torn_copy(self._setting("torn") or "")

    @told
    def jottings(self, visit: str) -> tuple[Jotting, ...]:
        """A visit's quick notes that wait to be filed, oldest first."""
        return queries.jottings(self._db, self._known(visit))

    @told
    def last_place(self, visit: str) -> str:
        """Where whoever works here last noted something in a visit; empty where no place was named yet."""
        return queries.last_place(self._db, visit, self._author or "")

    @told
    def authors(self) -> dict[str, str]:
        """Names of those whose certificates this casebook holds, by fingerprint."""
        return queries.authors(self._db)

    @told
    def attachment(self, digest: str) -> bytes:
        """The bytes of an attached file.

        Raises:
            UnknownError: when the casebook does not hold it.
        """
        row = self._db.execute("SELECT data FROM blobs WHERE digest = ?", (digest,)).fetchone()
        if row is None:
            raise UnknownError(
                _(
                    "The attachment {id} is not in this casebook: ask whoever recorded it to share it.",
                    id=digest[:12],
                )
            )
        return bytes(row[0])

    def health(self) -> "Health":
        """Examine file, chains, values, attachments and projection; changes nothing."""
        from inspect_kit.casebook.health import examine

        with sqlite.told(self.path):
            return examine(self._db)

    @told
    def _known(self, visit: str) -> str:
        if not queries.exists(self._db, "visits", id=visit):
            raise UnknownError(_("No visit {id} in this casebook: “visit list” shows what is here.", id=visit[:40]))
        return visit

    @told
    def _known_item(self, visit: str, item: str) -> None:
        self._known(visit)
        if not queries.exists(self._db, "checklist_items", visit=visit, item=item):
            raise UnknownError(
                _(
                    "No item “{item}” in this visit's checklist: "
                    "“visit show” lists its items, such as “hygiene.showers”.",
                    item=item[:60],
                )
            )


def _one(asked: str, candidates: Sequence[tuple[Found, str, str]], what: str) -> Found:
    asked = asked.strip()
    exact = [value for value, id_, name in candidates if asked in (id_, name) and asked]
    near = [value for value, id_, _name in candidates if len(asked) >= 4 and id_.endswith(asked.upper())]
    found = exact or near
    if len(found) == 1:
        return found[0]
    shown, count = asked[:60], len(found)
    if found and what == "visit":
        told = _("“{id}” means {count} of the casebook's visit entries: give the whole id.", id=shown, count=count)
    elif found:
        told = _("“{id}” means {count} of the casebook's facility entries: give the whole id.", id=shown, count=count)
    elif what == "visit":
        told = _("No visit “{id}” in this casebook: “visit list” shows what is here.", id=shown)
    else:
        told = _("No facility “{id}” in this casebook: “facility list” shows what is here.", id=shown)
    raise UnknownError(told)

"""What the team asks somebody to do."""

from dataclasses import dataclass

from inspect_kit.model.finding import Priority


@dataclass(frozen=True)
class Recommendation:
    """What the team asks an addressee to do by a day, resting on findings.

    Attributes:
        text: what shall be done.
        addressee: who shall do it.
        due: ISO day, or empty where none was set.
        priority: how soon.
        findings: ids of the items whose findings it rests on.
        id, number, author, recorded: filled in by the casebook; ``number`` counts from 1 within the visit.
    """

    text: str
    addressee: str
    due: str = ""
    priority: Priority = Priority.NORMAL
    findings: tuple[str, ...] = ()
    id: str = ""
    number: int = 0
    author: str = ""
    recorded: str = ""

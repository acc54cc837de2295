"""What the inspected authority says of a finding or a recommendation, before or after a report is published."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Comment:
    """One comment of the factual-accuracy round.

    Attributes:
        item: the item's id whose finding it is about; empty where it is about a recommendation.
        recommendation: the recommendation's number; 0 where it is about a finding.
        number: of its row in the table, from 1.
        text: the comment as it was written.
        accurate: ``yes`` or ``no`` as the authority answered whether the facts are right; empty where it did not say.
        report: SHA-256 of the report that was commented on, in hex; empty where the table does not say.
    """

    item: str
    recommendation: int
    number: int
    text: str
    accurate: str = ""
    report: str = ""

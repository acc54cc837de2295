"""What became of a comment of the authority: the team accepts it, or refuses it and says why."""

from dataclasses import dataclass

from inspect_kit.model.comment import Comment


@dataclass(frozen=True)
class Response:
    """A comment as the casebook holds it, with the team's decision.

    Attributes:
        id: its ULID.
        comment: what the authority wrote.
        taken_in: who took it in, by name.
        recorded: when, as a stamp.
        accepted: whether the team accepts it; None while it has not decided.
        reason: why it is refused, or what was changed; empty while it has not decided.
        decided: who decided, by name; empty while nobody has.
    """

    id: str
    comment: Comment
    taken_in: str
    recorded: str
    accepted: bool | None = None
    reason: str = ""
    decided: str = ""

"""The team's own check against Rule 25(3): bodies that inspect women's prisons include women."""

from dataclasses import dataclass

from inspect_kit.language import _, ngettext
from inspect_kit.model import Role, Team


@dataclass(frozen=True)
class SelfCheck:
    """What the team's composition says.

    Attributes:
        women: members who are women and inspect (interpreters and observers do not count).
        members: members who inspect.
        passed: whether at least one woman inspects.
        sentence: the result in words, for screen and report.
    """

    women: int
    members: int
    passed: bool
    sentence: str


def self_check(team: Team) -> SelfCheck:
    """Hold a team against Rule 25(3)."""
    inspecting = [member for member in team.members if member.role not in (Role.INTERPRETER, Role.OBSERVER)]
    women = sum(member.woman is True for member in inspecting)
    unstated = sum(member.woman is None for member in inspecting)
    if women:
        sentence = ngettext(
            "{count} of the {members} who inspect is a woman.",
            "{count} of the {members} who inspect are women.",
            women,
            members=len(inspecting),
        )
        if women == 1 and len(inspecting) > 1:
            only = _("Only she can offer a woman inspector to an interviewee who asks for one.")
            sentence = f"{sentence} {only}"
    elif unstated:
        sentence = _("No member is stated to be a woman: say so for each member, or name a woman who inspects.")
    else:
        sentence = _(
            "No woman inspects: the visiting body itself would not meet Rule 25(3). "
            "Add a woman, or say why none could come."
        )
    return SelfCheck(women, len(inspecting), women > 0, sentence)

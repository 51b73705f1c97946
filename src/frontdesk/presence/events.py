"""What can happen on the site, in the past tense. Heard by no socket: every process reads anew what it holds.
No browser is named: the log keeps nothing of who never wrote.
"""

from dataclasses import dataclass

from frontdesk.base.log import NOBODY, Event


@dataclass(frozen=True, slots=True)
class VisitorInvited(Event):
    agent_id: str

    def audience(self) -> str:
        return NOBODY


@dataclass(frozen=True, slots=True)
class InviteEnded(Event):
    """It was told, or answered."""

    def audience(self) -> str:
        return NOBODY

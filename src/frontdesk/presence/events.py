"""What can happen on the site, in the past tense. Heard by no socket: every process keeps to it."""

from dataclasses import dataclass

from frontdesk.base.log import NOBODY, Event


@dataclass(frozen=True, slots=True)
class _OfBrowser(Event):
    browser: str

    def audience(self) -> str:
        return NOBODY


@dataclass(frozen=True, slots=True)
class VisitorInvited(_OfBrowser):
    agent_id: str


@dataclass(frozen=True, slots=True)
class InviteEnded(_OfBrowser):
    """It was told, or answered."""

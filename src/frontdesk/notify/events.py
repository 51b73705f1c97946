"""What can happen to notices, in the past tense. All of it is personal."""

from dataclasses import dataclass

from frontdesk.base.log import Event, only
from frontdesk.notify.model import Notice


@dataclass(frozen=True, slots=True)
class _Own(Event):
    """`unseen` counts what the agent has not seen after it."""

    agent_id: str
    unseen: int

    def audience(self) -> str:
        return only(self.agent_id)


@dataclass(frozen=True, slots=True)
class NoticeGiven(_Own):
    notice: Notice

    def about(self) -> tuple[str | None, str | None]:
        return self.notice.conversation_id, None


@dataclass(frozen=True, slots=True)
class NoticesSeen(_Own):
    """`ids` None: all there are."""

    ids: tuple[str, ...] | None

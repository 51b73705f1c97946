"""What can happen in talk, in the past tense."""

from dataclasses import dataclass

from frontdesk.base.log import NOBODY, Event, only
from frontdesk.talk.model import Conversation, Happening, Message, Was


@dataclass(frozen=True, slots=True)
class _OfConversation(Event):
    """Carries the whole conversation after the change, so that a reader puts it in place of the old."""

    conversation: Conversation
    was: Was | None

    def about(self) -> tuple[str | None, str | None]:
        return self.conversation.id, self.conversation.customer.id


@dataclass(frozen=True, slots=True)
class ConversationStarted(_OfConversation):
    pass


@dataclass(frozen=True, slots=True)
class CustomerWrote(_OfConversation):
    message: Message


@dataclass(frozen=True, slots=True)
class AgentReplied(_OfConversation):
    message: Message


@dataclass(frozen=True, slots=True)
class ConversationTaken(_OfConversation):
    happening: Happening


@dataclass(frozen=True, slots=True)
class ConversationReleased(_OfConversation):
    happening: Happening


@dataclass(frozen=True, slots=True)
class ConversationClosed(_OfConversation):
    happening: Happening


@dataclass(frozen=True, slots=True)
class ConversationReopened(_OfConversation):
    happening: Happening


@dataclass(frozen=True, slots=True)
class ConversationContinued(_OfConversation):
    happening: Happening


@dataclass(frozen=True, slots=True)
class _Mark(Event):
    conversation_id: str
    customer_id: str
    position: int

    def about(self) -> tuple[str | None, str | None]:
        return self.conversation_id, self.customer_id


@dataclass(frozen=True, slots=True)
class CustomerSaw(_Mark):
    pass


@dataclass(frozen=True, slots=True)
class AgentSaw(_Mark):
    agent_id: str


@dataclass(frozen=True, slots=True)
class ConversationRead(Event):
    """Personal: how far one agent has read. The team and the customer hear `AgentSaw`."""

    conversation_id: str
    agent_id: str
    position: int

    def audience(self) -> str:
        return only(self.agent_id)

    def about(self) -> tuple[str | None, str | None]:
        return self.conversation_id, None


@dataclass(frozen=True, slots=True)
class FileUploaded(Event):
    """In no message yet, and forgotten after a day if it stays so."""

    file_id: str

    def audience(self) -> str:
        return NOBODY

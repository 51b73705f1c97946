"""What can happen in talk, in the past tense."""

from dataclasses import dataclass

from frontdesk.base.log import NOBODY, Event, only
from frontdesk.talk.model import Conversation, Happening, Mention, Message, OpenGone, Row, Was
from frontdesk.talk.note_model import Note, ThreadAnswer


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
class ConversationHandedOver(_OfConversation):
    """To a colleague, to a team's queue, back to Unassigned, or out of the queue of a retired team."""

    happening: Happening


@dataclass(frozen=True, slots=True)
class _OfNote(Event):
    """Names no customer, so that no customer's socket even looks at it."""

    note: Note

    def about(self) -> tuple[str | None, str | None]:
        return self.note.conversation_id, None


@dataclass(frozen=True, slots=True)
class NoteAdded(_OfNote):
    pass


@dataclass(frozen=True, slots=True)
class NoteChanged(_OfNote):
    """Edited or deleted."""


@dataclass(frozen=True, slots=True)
class ThreadAnswered(_OfNote):
    answer: ThreadAnswer


@dataclass(frozen=True, slots=True)
class ThreadAnswerChanged(_OfNote):
    """Edited or deleted."""

    answer: ThreadAnswer


@dataclass(frozen=True, slots=True)
class _Own(Event):
    """Personal."""

    conversation_id: str
    agent_id: str

    def audience(self) -> str:
        return only(self.agent_id)

    def about(self) -> tuple[str | None, str | None]:
        return self.conversation_id, None


@dataclass(frozen=True, slots=True)
class ThreadRead(_Own):
    note_id: str
    place: int


@dataclass(frozen=True, slots=True)
class Mentioned(_Own):
    """Somebody called the agent; `open` counts the open conversations where they have not looked."""

    row: Row
    open: int


@dataclass(frozen=True, slots=True)
class _MentionLeft(_Own):
    """`mention` is the newest that is left in the conversation."""

    mention: Mention | None
    open: int


@dataclass(frozen=True, slots=True)
class MentionsLookedAt(_MentionLeft):
    pass


@dataclass(frozen=True, slots=True)
class MentionChanged(_MentionLeft):
    """What called the agent was edited or deleted, or its conversation was closed or opened again."""


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
class CustomerErased(Event):
    """Nothing of them is here any more. `open`: where their open conversations were counted."""

    customer_id: str
    conversations: tuple[str, ...]
    open: tuple[OpenGone, ...]


@dataclass(frozen=True, slots=True)
class ConversationsErased(Event):
    """Closed for longer than the company keeps them."""

    conversations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileUploaded(Event):
    """In no message yet, and forgotten after a day if it stays so."""

    file_id: str

    def audience(self) -> str:
        return NOBODY

"""What can happen to labels, stars, sleep and ready replies, in the past tense. No customer hears of it."""

from dataclasses import dataclass

from frontdesk.base.log import TEAM, Event, only
from frontdesk.talk.label_model import Label, ReadyReply
from frontdesk.talk.model import Conversation, Row, Was


@dataclass(frozen=True, slots=True)
class _OfConversation(Event):
    """Names no customer, so that no customer's socket even looks at it."""

    conversation: Conversation
    was: Was

    def about(self) -> tuple[str | None, str | None]:
        return self.conversation.id, None


@dataclass(frozen=True, slots=True)
class _Labelled(_OfConversation):
    """With one of the team's labels. `message_id` None: the conversation itself. `open` counts the open
    conversations under the label after it.
    """

    message_id: str | None
    label_id: str
    agent_id: str
    open: int


@dataclass(frozen=True, slots=True)
class Labelled(_Labelled):
    pass


@dataclass(frozen=True, slots=True)
class Unlabelled(_Labelled):
    pass


@dataclass(frozen=True, slots=True)
class ConversationSnoozed(_OfConversation):
    pass


@dataclass(frozen=True, slots=True)
class ConversationWoke(_OfConversation):
    """Its time has come, or its owner did not want to wait."""


@dataclass(frozen=True, slots=True)
class _Own(Event):
    """Personal: the row as its agent sees it, and how many open ones are in the list after it."""

    agent_id: str
    row: Row
    open: int

    def audience(self) -> str:
        return only(self.agent_id)

    def about(self) -> tuple[str | None, str | None]:
        return self.row.id, None


@dataclass(frozen=True, slots=True)
class Starred(_Own):
    pass


@dataclass(frozen=True, slots=True)
class Unstarred(_Own):
    pass


@dataclass(frozen=True, slots=True)
class OwnLabelled(_Own):
    message_id: str | None
    label_id: str


@dataclass(frozen=True, slots=True)
class OwnUnlabelled(_Own):
    message_id: str | None
    label_id: str


@dataclass(frozen=True, slots=True)
class OwnCountChanged(Event):
    """Something starred (`label_id` None) or under a private label was closed or opened again."""

    agent_id: str
    label_id: str | None
    open: int

    def audience(self) -> str:
        return only(self.agent_id)


@dataclass(frozen=True, slots=True)
class LabelSaved(Event):
    """Made, renamed, recoloured or retired."""

    agent_id: str
    label: Label

    def audience(self) -> str:
        return only(self.agent_id) if self.label.own else TEAM


@dataclass(frozen=True, slots=True)
class LabelsMerged(Event):
    """What was under `from_id`, which is no more, is under the label; `open` counts what is open there."""

    agent_id: str
    from_id: str
    label: Label
    open: int

    def audience(self) -> str:
        return only(self.agent_id) if self.label.own else TEAM


@dataclass(frozen=True, slots=True)
class ReadyReplySaved(Event):
    agent_id: str
    ready: ReadyReply

    def audience(self) -> str:
        return only(self.agent_id) if self.ready.own else TEAM


@dataclass(frozen=True, slots=True)
class ReadyReplyRemoved(Event):
    agent_id: str
    id: str
    own: bool

    def audience(self) -> str:
        return only(self.agent_id) if self.own else TEAM

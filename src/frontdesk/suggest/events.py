"""What can happen in suggest, in the past tense."""

from dataclasses import dataclass

from frontdesk.base.log import NOBODY, Event
from frontdesk.suggest.model import Proposal


@dataclass(frozen=True, slots=True)
class AnswersSuggested(Event):
    """What lies under the conversation from now on, in place of whatever did."""

    customer_id: str
    proposal: Proposal

    def about(self) -> tuple[str | None, str | None]:
        return self.proposal.conversation_id, self.customer_id


@dataclass(frozen=True, slots=True)
class SuggestionRejected(Event):
    conversation_id: str
    customer_id: str
    suggestion_id: str
    agent_id: str

    def about(self) -> tuple[str | None, str | None]:
        return self.conversation_id, self.customer_id


@dataclass(frozen=True, slots=True)
class FeedbackGiven(Event):
    """The team judged passages that were suggested to a question. For the engines of all processes.

    `edited`: it was sent in other words, of which nothing was learnt. `edited_in` is the message that holds
    such words, before they became an answer of their own.
    """

    question_id: str
    conversation_id: str
    taken: str | None = None
    edited: bool = False
    edited_in: str | None = None
    rejected: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    def audience(self) -> str:
        return NOBODY

    def about(self) -> tuple[str | None, str | None]:
        return self.conversation_id, None


@dataclass(frozen=True, slots=True)
class BarMoved(Event):
    """Suggestions are shown from this confidence on."""

    bar: float


@dataclass(frozen=True, slots=True)
class EvaluationDone(Event):
    """A replay of the history is there; `at` in ms."""

    at: int


@dataclass(frozen=True, slots=True)
class CustomerForgotten(Event):
    """What was learnt from them is gone. For the engines of all processes."""

    customer_id: str

    def audience(self) -> str:
        return NOBODY

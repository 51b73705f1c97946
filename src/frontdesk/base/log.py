"""The log: every change is a numbered fact, written in the transaction of the change."""

from dataclasses import dataclass
from typing import Any, ClassVar

import orjson

# What became of a fact whose conversation or customer was erased: its number stays, and nobody hears it.
ERASED = "Erased"
TEAM = "team"
NOBODY = "nobody"


def only(agent_id: str) -> str:
    """The audience of a fact that belongs to one agent."""
    return f"agent:{agent_id}"


@dataclass(frozen=True, slots=True)
class Event:
    """What a verb says happened. A subclass is a kind, named in the past tense; its fields are the data.

    `audience` says which agents hear of it. Customers hear of nothing, unless the kind is listed in
    their own view (`talk.access.heard_by_customer`).
    """

    kind: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        # `slots=True` makes a dataclass twice; the name of the second is the same.
        cls.kind = cls.__name__

    def audience(self) -> str:
        return TEAM

    def about(self) -> tuple[str | None, str | None]:
        """The conversation and the customer it concerns, by id."""
        return None, None


@dataclass(frozen=True, slots=True)
class Fact:
    """An entry of the log. `data` is JSON; `seq` has no gap in the order of commits."""

    seq: int
    at: int
    kind: str
    conversation_id: str | None
    customer_id: str | None
    audience: str
    data: bytes


def erased(one: Fact) -> Fact:
    return Fact(one.seq, one.at, ERASED, None, None, NOBODY, b"{}")


def as_fact(event: Event, seq: int, at: int) -> Fact:
    conversation_id, customer_id = event.about()
    return Fact(seq, at, event.kind, conversation_id, customer_id, event.audience(), orjson.dumps(event))


def numbered(one: Fact, seq: int) -> Fact:
    return Fact(seq, one.at, one.kind, one.conversation_id, one.customer_id, one.audience, one.data)

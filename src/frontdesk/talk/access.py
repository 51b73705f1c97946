"""The door: who may see and do what in conversations. Pure; asked by HTTP, sockets and files alike."""

from collections.abc import Mapping
from typing import Any

from frontdesk.base.access import ALLOWED, HIDDEN, Decision, Denied
from frontdesk.base.log import TEAM, only
from frontdesk.people.model import Actor, AgentBrief
from frontdesk.talk.model import Words


def may_read(actor: Actor, customer_id: str) -> Decision:
    """Reading is the team's; a customer reads what is theirs."""
    if actor.kind in ("agent", "system"):
        return ALLOWED
    if actor.kind == "customer" and actor.id == customer_id:
        return ALLOWED
    return HIDDEN


def may_reply(actor: Actor, owner_id: str | None) -> Decision:
    """A conversation is personal: only its owner answers in it. An unassigned one is anybody's."""
    if actor.kind != "agent":
        return HIDDEN
    return ALLOWED if owner_id in (None, actor.id) else Denied("A colleague answers here.")


def may_close(actor: Actor) -> Decision:
    return ALLOWED if actor.kind == "agent" else HIDDEN


def may_keep(actor: Actor) -> Decision:
    """Stars, labels and ready replies are for every agent; whose a private one is, its key says."""
    return ALLOWED if actor.kind == "agent" else HIDDEN


def may_change_label(actor: Actor, *, own: bool) -> Decision:
    """Anybody adds one to the team's; what the team uses is changed by admins."""
    if actor.kind != "agent":
        return HIDDEN
    if own or actor.role == "admin":
        return ALLOWED
    return Denied("Only an admin can change the team's labels.")


def may_change_ready(actor: Actor, *, own: bool, by_id: str) -> Decision:
    if actor.kind != "agent":
        return HIDDEN
    if own or actor.role == "admin" or actor.id == by_id:
        return ALLOWED
    return Denied("Only who wrote it or an admin can change it.")


def may_join(actor: Actor) -> Decision:
    """Who says that two customers are one person, or are two after all. What a site says the desk does."""
    return ALLOWED if actor.kind in ("agent", "system") else HIDDEN


def may_snooze(actor: Actor, owner_id: str | None) -> Decision:
    """It leaves one's own inbox for a while: nobody else's."""
    if actor.kind != "agent":
        return HIDDEN
    return ALLOWED if owner_id == actor.id else Denied("Only who answers here can snooze it.")


def may_hand_over(actor: Actor, owner_id: str | None) -> Decision:
    """The owner gives it away; what nobody has is anybody's to give; an admin steps in for who is away."""
    if actor.kind != "agent":
        return HIDDEN
    if owner_id in (None, actor.id) or actor.role == "admin":
        return ALLOWED
    return Denied("A colleague answers here. Only they or an admin can hand it over.")


def may_note(actor: Actor) -> Decision:
    """Notes, and the threads under them, are read and written by every agent, and by nobody else: a mention
    calls a colleague to what they may see already, so whom it calls can join.
    """
    return ALLOWED if actor.kind == "agent" else HIDDEN


def may_reword(actor: Actor, author_id: str) -> Decision:
    if actor.kind != "agent":
        return HIDDEN
    return ALLOWED if actor.id == author_id else Denied("Only who wrote it can change it.")


def may_see_wordings(actor: Actor) -> Decision:
    """What was said before it was edited or deleted."""
    if actor.kind != "agent":
        return HIDDEN
    return ALLOWED if actor.role == "admin" else Denied("Only an admin can do this.")


def may_open_file(actor: Actor, uploader: str, customer_id: str | None) -> Decision:
    """A file belongs to its message's conversation; before that, to its uploader alone."""
    if customer_id is None:
        return ALLOWED if actor.key == uploader else HIDDEN
    return may_read(actor, customer_id)


def may_hear(actor: Actor, audience: str) -> bool:
    """Whether an agent's socket gets a fact of this audience."""
    return actor.kind == "agent" and audience in (TEAM, only(actor.id))


def heard_by_customer(
    kind: str, data: dict[str, Any], agents: Mapping[str, AgentBrief]
) -> dict[str, Any] | None:
    """What the customer of a fact hears of it; None, as for every kind not named here: nothing."""
    if kind in ("ConversationStarted", "ConversationTaken", "ConversationReleased"):
        return {"conversation": shown_to_customer(data["conversation"], agents)}
    if kind == "ConversationHandedOver":
        # Between two queues nothing happens that a customer could see.
        was = data["was"]
        if was is not None and was["owner_id"] == data["conversation"]["owner_id"]:
            return None
        return {"conversation": shown_to_customer(data["conversation"], agents)}
    if kind in ("CustomerWrote", "AgentReplied"):
        return {"message": data["message"], "conversation": shown_to_customer(data["conversation"], agents)}
    if kind in ("ConversationClosed", "ConversationReopened"):
        return {
            "happening": data["happening"],
            "conversation": shown_to_customer(data["conversation"], agents),
        }
    if kind in ("CustomerSaw", "AgentSaw"):
        return {"conversation_id": data["conversation_id"], "position": data["position"]}
    return None


# A customer's timeline has these grey lines and no others.
HAPPENINGS_FOR_CUSTOMERS = ("closed", "reopened")


def shown_to_customer(conversation: Mapping[str, Any], agents: Mapping[str, AgentBrief]) -> dict[str, Any]:
    """A conversation as its customer sees it: named fields only, never the whole."""
    owner = agents.get(conversation["owner_id"] or "")
    return {
        "id": conversation["id"],
        "agent": owner,
        "closed": conversation["closed"],
        "started_at": conversation["started_at"],
        # When something was said: what moves it in the team's lists is not the customer's.
        "last_at": _said_at(conversation),
        "last": conversation["last"],
        "last_position": conversation["last_position"],
        "customer_saw": conversation["customer_saw"],
        "team_saw": conversation["team_saw"],
        "unread": conversation["customer_unread"],
        "start": conversation["start"],
    }


def _said_at(conversation: Mapping[str, Any]) -> int:
    last = conversation["last"]
    at: int = conversation["started_at"] if not last else last.at if isinstance(last, Words) else last["at"]
    return at

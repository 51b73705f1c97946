"""How the shop's people keep things in order: labels, stars, what sleeps, and replies that lie ready."""

from collections.abc import Mapping

from frontdesk.base.clock import HOUR
from frontdesk.base.db import Tx
from frontdesk.people.model import Actor
from frontdesk.talk import labelling, labels, read, ready, snooze, stars
from frontdesk.talk.model import Conversation

Ids = Mapping[str, str]

# Name, colour, and which open conversations wear it.
LABELS = (
    ("Spare parts", "blue", ("bergen-lead", "lena-baumann", "stockholm-lead")),
    ("Waiting on courier", "gold", ("sofia-marchetti", "hanna-lindqvist")),
    ("Return", "coral", ("ines-oliveira", "aoife-keane")),
    ("Refund", "red", ("aoife-keane",)),
    ("Order", "slate", ("hanna-lindqvist", "lyon-lead", "sofia-marchetti")),
    ("Wholesale", "olive", ("priya-raman", "harriet-colville")),
)
# One agent's alone.
OWN_LABELS = {"maja": (("My follow-ups", "rose", ("ines-oliveira", "jonas-brandt")),)}
STARS = {"maja": ("priya-raman", "sofia-marchetti"), "leila": ("harriet-colville",)}
# Asleep for some hours from now.
ASLEEP = {"emeka-obi": 18}
READY = (
    ("address", "Could you send me the address as it should stand on the parcel, {customer}?"),
    ("photo", "A photograph would help me to see it. You can drop one right here into the chat."),
    (
        "returns",
        "You can send it back within 30 days. The slip lies in the box, and we pay the postage.",
    ),
    ("thanks", "You are welcome, {customer}. Enjoy your coffee. {agent}"),
)
OWN_READY = {
    "maja": (("squeak", "Squeaking is nearly always dry bearings: a drop of oil on each, and it is quiet."),)
}


def put_in_order(tx: Tx, now: int, agents: Ids, talks: Mapping[str, Conversation]) -> None:
    """`agents` and `talks` by the keys of the stories."""
    first = Actor("agent", next(iter(agents.values())), "admin")
    tx.now = now - HOUR
    for name, colour, worn_by in LABELS:
        _label(tx, first, name, colour, [talks[key].id for key in worn_by], own=False)
    for name, text in READY:
        ready.add(tx, first, name=name, text=text, own=False)
    for key in {*OWN_LABELS, *STARS, *OWN_READY}:
        _own(tx, key, Actor("agent", agents[key], "agent"), talks)
    for key, hours in ASLEEP.items():
        owner = Actor("agent", talks[key].owner_id or "", "agent")
        snooze.snooze(tx, owner, conversation_id=talks[key].id, until=now + hours * HOUR)
    tx.now = now


def _own(tx: Tx, key: str, actor: Actor, talks: Mapping[str, Conversation]) -> None:
    for name, colour, worn_by in OWN_LABELS.get(key, ()):
        _label(tx, actor, name, colour, [talks[one].id for one in worn_by], own=True)
    for one in STARS.get(key, ()):
        stars.put(tx, actor, conversation_id=talks[one].id, on=True)
    for name, text in OWN_READY.get(key, ()):
        ready.add(tx, actor, name=name, text=text, own=True)


def _label(tx: Tx, actor: Actor, name: str, colour: str, worn_by: list[str], *, own: bool) -> None:
    made = labels.add(tx, actor, name=name, colour=colour, own=own)["label"]
    for id in worn_by:
        tx.now = max(tx.now, read.get_conversation(tx, actor, id).last_at)
        labelling.put(tx, actor, conversation_id=id, label_id=made.id, message_id=None, on=True)

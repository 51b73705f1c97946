"""How the shop's people work together: their teams, and what they say among themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from frontdesk.base.clock import MINUTE
from frontdesk.base.db import Tx
from frontdesk.notify import notices, rules
from frontdesk.notify.model import Telling
from frontdesk.people import teams
from frontdesk.people.model import SYSTEM, Actor, Channel
from frontdesk.talk import mentions, notes, threads
from frontdesk.talk.model import Conversation
from frontdesk.talk.note_model import Note, note_excerpt

Ids = Mapping[str, str]


@dataclass(frozen=True)
class Said:
    """`text` names colleagues and teams in braces: `{leila}`, `{orders}`. `ago` is in minutes."""

    agent: str
    ago: int
    text: str


@dataclass(frozen=True)
class Noted:
    customer: str
    note: Said
    answers: Sequence[Said] = ()
    looked: Sequence[str] = ()


TEAMS = {
    "support": ("Support", "teal", ("maja", "oskar", "leila")),
    "orders": ("Orders", "coral", ("maja", "oskar")),
    "wholesale": ("Wholesale", "gold", ("maja", "leila")),
}
# Whose queue the open conversations wait in; those that somebody has came that way, too.
QUEUES = {
    "göteborg-lead": "support", "bergen-lead": "support", "tampere-lead": "orders", "lyon-lead": "orders",
    "jonas-brandt": "support", "lena-baumann": "support", "aoife-keane": "orders", "reza-karimi": "support",
    "sofia-marchetti": "orders", "priya-raman": "wholesale", "harriet-colville": "wholesale",
}  # fmt: skip

NOTES = (
    Noted(
        "tomasz-wilk",
        Said("oskar", 22, "{maja} it can, I do it at home. The finest setting, and few beans at a time."),
        (Said("leila", 15, "It takes patience, though. I would tell him so."),),
    ),
    Noted(
        "jonas-brandt",
        Said("maja", 26 * 60, "{oskar} is 24 really right for a pour-over with light beans?"),
        (
            Said("oskar", 25 * 60, "For most, yes. With light beans I would go to 22."),
            Said("maja", 24 * 60, "Then I tell him so if 24 is still thin."),
        ),
        ("oskar",),
    ),
    Noted(
        "sofia-marchetti",
        Said("leila", 119 * 60, "{orders} the courier's shop in via Saragozza has been closed since Monday."),
    ),
    Noted(
        "harriet-colville",
        Said("oskar", 20 * 60, "{maja} can we send one dripper as a sample, or only with an order?"),
    ),
)


def make_teams(tx: Tx, shop: str, agents: Ids) -> dict[str, str]:
    """Their ids. Whoever asks on the wholesale page waits for those who know."""
    ids = {
        key: teams.add(tx, SYSTEM, name=name, colour=colour, members=[agents[one] for one in members])[
            "team"
        ].id
        for key, (name, colour, members) in TEAMS.items()
    }
    channel: Channel = "widget"
    way = {"channel": channel, "start": f"{shop.rstrip('/')}/wholesale", "team_id": ids["wholesale"]}
    teams.lay_ways(tx, SYSTEM, ways=[way])
    return ids


def write_notes(tx: Tx, now: int, agents: Ids, named: Ids, talks: Mapping[str, Conversation]) -> None:
    """Under the open conversations, each by customer. `named` are the ids of all whom a text may name."""
    marks = {key: f"@[{'agent' if key in agents else 'team'}:{id}]" for key, id in named.items()}
    for one in NOTES:
        _write(tx, now, agents, marks, one, talks[one.customer])


def _write(tx: Tx, now: int, agents: Ids, marks: Ids, one: Noted, talk: Conversation) -> None:
    tx.now = now - one.note.ago * MINUTE
    by = Actor("agent", agents[one.note.agent], "agent")
    noted = notes.add(tx, by, conversation_id=talk.id, text=one.note.text.format_map(marks))
    told = rules.of_note(by.id, talk.owner_id, noted.called)
    _tell(tx, told, noted.note, noted.note.id, by.id, noted.note.text)
    for said in one.answers:
        tx.now = now - said.ago * MINUTE
        _answer(tx, Actor("agent", agents[said.agent], "agent"), noted.note, said.text.format_map(marks))
    for key in one.looked:
        looking = Actor("agent", agents[key], "agent")
        mentions.look(tx, looking, conversation_id=talk.id)
        notices.see_here(tx, looking, talk.id)


def _answer(tx: Tx, by: Actor, under: Note, text: str) -> None:
    said = threads.answer(tx, by, note_id=under.id, text=text)
    told = rules.of_answer(by.id, under.agent_id, threads.who_answered(tx, under.id), said.called)
    _tell(tx, told, under, said.answer.id, by.id, text)


def _tell(tx: Tx, told: rules.Told, note: Note, about: str, by_id: str, text: str) -> None:
    notices.tell(tx, told, Telling(note.conversation_id, about, by_id, note.id, note_excerpt(text)))

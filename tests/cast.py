"""One story's people: Kvarn & Kanna sell tools for coffee, three agents answer, customers ask.

Everybody speaks through the real verbs: `cast.ines.writes("…")`, `cast.maja.answers(conversation, "…")`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from frontdesk.api import handing as giving
from frontdesk.api import notes as noting
from frontdesk.base.db import Tx
from frontdesk.base.desk import Desk
from frontdesk.base.ids import digest, new_id, new_token
from frontdesk.base.sql import Prepared
from frontdesk.notify import notices
from frontdesk.notify.model import Bell
from frontdesk.people import agents, company, customers, passwords, read, sessions, teams
from frontdesk.people.customers import Proof
from frontdesk.people.model import Actor, Agent, CustomerBrief, Me, Role, Team
from frontdesk.people.tables import visitor_token
from frontdesk.talk import conversations, lists, messages
from frontdesk.talk import read as talk
from frontdesk.talk.model import Conversation, OpenCounts, Place, Row, Said
from frontdesk.talk.note_model import Note, ThreadAnswer
from frontdesk.talk.read import Item

COMPANY = "Kvarn & Kanna"
WEBSITE = "https://kvarn.example"
PASSWORD = "kvarn och kanna"

Talk = Conversation | Said | str
_HOLDS = Prepared(visitor_token.insert())


def id_of(talk: Talk) -> str:
    if isinstance(talk, Said):
        return talk.conversation.id
    return talk.id if isinstance(talk, Conversation) else talk


@cache
def hashed_password() -> str:
    """Hashed once for all tests: it is slow on purpose."""
    return passwords.hashed(PASSWORD)


@dataclass(frozen=True)
class AgentPlayer:
    desk: Desk
    id: str
    name: str
    email: str
    role: Role

    @property
    def actor(self) -> Actor:
        return Actor("agent", self.id, self.role)

    def answers(
        self, talk: Talk, text: str, *, files: tuple[str, ...] = (), as_new: bool = False, client_id: str = ""
    ) -> Said:
        return self.desk.write_now(
            messages.send,
            self.actor,
            client_id or new_id(),
            conversation_id=id_of(talk),
            text=text,
            files=list(files),
            as_new=as_new,
        )

    def closes(self, talk: Talk) -> Conversation:
        return self.desk.write_now(conversations.close, self.actor, id_of(talk))["conversation"]

    def reopens(self, talk: Talk) -> Conversation:
        return self.desk.write_now(conversations.reopen, self.actor, id_of(talk))["conversation"]

    def reads(self, talk: Talk, position: int | None = None) -> None:
        """Up to `position`, or everything."""
        self.desk.write_now(
            conversations.read_to, self.actor, id_of(talk), 2**31 - 1 if position is None else position
        )

    def row(self, talk: Talk) -> Row:
        return self.desk.read_now(read_row, self.actor, id_of(talk))

    def sees(self, place: Place = "mine", *, closed: bool = False) -> list[str]:
        """The ids in a list, newest first."""
        rows, _ = self.desk.read_now(
            lists.page, self.actor, place, closed=closed, order="newest", after=None, limit=200
        )
        return [row.id for row in rows]

    def counts(self) -> dict[Place, int]:
        found = self.counted()
        return {"mine": found.mine, "unassigned": found.unassigned}

    def counted(self) -> OpenCounts:
        return self.desk.read_now(lists.counts, self.actor)

    def notes(self, talk: Talk, text: str) -> Note:
        """Written, and told to whom it concerns."""
        made: Note = self.desk.write_now(noting._add, self.actor, conversation_id=id_of(talk), text=text)[
            "note"
        ]
        return made

    def answers_note(self, note: Note, text: str) -> ThreadAnswer:
        made = self.desk.write_now(noting._answer, self.actor, note_id=note.id, text=text)["answer"]
        assert isinstance(made, ThreadAnswer)
        return made

    def hands(self, talk: Talk, **to: str) -> Conversation:
        """To `agent_id`, to `team_id`, or to nobody; and told to whom it concerns."""
        return self.desk.write_now(giving._hand_over, self.actor, conversation_id=id_of(talk), to=to)[
            "conversation"
        ]

    def looks(self, talk: Talk) -> None:
        self.desk.write_now(noting._look, self.actor, conversation_id=id_of(talk))

    def bell(self) -> Bell:
        return self.desk.read_now(notices.bell, self.actor)

    def timeline(self, talk: Talk) -> list[Item]:
        return self.desk.read_now(read_timeline, self.actor, id_of(talk), limit=200)[0]

    def me(self) -> Me:
        return self.desk.read_now(read.get_me, self.id)

    def signs_in(self) -> str:
        """A session's token, without the password's slow hash."""
        token = new_token()
        self.desk.write_now(sessions.begin, self.id, token, address="127.0.0.1", device="Tests")
        return token


@dataclass(frozen=True)
class CustomerPlayer:
    """Whoever holds `token`; known to the desk once they wrote, were named or were placed."""

    desk: Desk
    token: str

    @property
    def digest(self) -> str:
        return digest(self.token)

    def brief(self) -> CustomerBrief:
        return self.desk.write_now(customers.recognised, self.digest)

    @property
    def id(self) -> str:
        return self.brief().id

    @property
    def actor(self) -> Actor:
        return Actor("customer", self.id)

    def writes(
        self,
        text: str,
        to: Talk | None = None,
        *,
        start: str | None = None,
        files: tuple[str, ...] = (),
        client_id: str = "",
    ) -> Said:
        """Into `to`, or into what `start` stands for; else where they wrote last, else anew."""
        latest = None if to or start else next(iter(self.conversations()), None)
        into = to or latest
        return self.desk.write_now(
            messages.receive,
            self.brief(),
            client_id or new_id(),
            channel="widget",
            conversation_id=id_of(into) if into else None,
            start=None if into else start or new_id(),
            text=text,
            files=list(files),
        )

    def asks(self, text: str) -> Said:
        """In a new conversation."""
        return self.writes(text, start=new_id())

    def sees(self, talk: Talk, position: int | None = None) -> None:
        self.desk.write_now(
            conversations.seen_by_customer,
            self.actor,
            id_of(talk),
            2**31 - 1 if position is None else position,
        )

    def conversations(self) -> list[Conversation]:
        return self.desk.read_now(talk.of_customer, self.actor)

    def timeline(self, talk: Talk) -> list[Item]:
        return self.desk.read_now(read_timeline, self.actor, id_of(talk), limit=200)[0]


read_row, read_timeline = talk.get_row, talk.timeline


@dataclass(frozen=True)
class Cast:
    desk: Desk
    maja: AgentPlayer
    oskar: AgentPlayer
    leila: AgentPlayer

    @property
    def agents(self) -> tuple[AgentPlayer, ...]:
        return self.maja, self.oskar, self.leila

    @property
    def ines(self) -> CustomerPlayer:
        """Ines Oliveira; the shop has vouched for her."""
        vouched = Proof("ines", "Ines Oliveira")
        return self._arrives("ines", lambda tx, token: customers.prove(tx, None, token, vouched))

    @property
    def lead(self) -> CustomerPlayer:
        """Somebody in Stockholm who has not said who they are."""
        return self._arrives("lead", _placed_in_stockholm)

    def _arrives(self, token: str, verb: Callable[[Tx, str], object]) -> CustomerPlayer:
        one = CustomerPlayer(self.desk, token.ljust(43, "0"))
        if self.desk.read_now(customers.known, one.digest) is None:
            self.desk.write_now(verb, one.digest)
        return one

    def stranger(self) -> CustomerPlayer:
        """A visitor nobody has seen before."""
        return CustomerPlayer(self.desk, new_token())

    def team(self, name: str, *members: AgentPlayer) -> Team:
        given = {"colour": "teal", "members": [one.id for one in members]}
        return self.desk.write_now(teams.add, self.maja.actor, name=name, **given)["team"]

    def hires(self, name: str, role: Role = "agent") -> AgentPlayer:
        email = f"{name.lower().replace(' ', '.')}@kvarn.example"
        one = self.desk.write_now(agents.add, email=email, name=name, role=role, password=hashed_password())
        return _player(self.desk, one, email)


def _placed_in_stockholm(tx: Tx, token: str) -> None:
    brief = customers.appear(tx, city="Stockholm")
    tx.run(_HOLDS, digest=token, customer_id=brief.id, created_at=tx.now, seen_at=tx.now)


def _player(desk: Desk, one: Agent, email: str) -> AgentPlayer:
    return AgentPlayer(desk, one.id, one.name, email, one.role)


def play(desk: Desk) -> Cast:
    """Sets up the desk for Kvarn & Kanna: Maja is its admin, Oskar and Leila answer too."""
    password = hashed_password()
    maja = desk.write_now(
        company.set_up,
        company=COMPANY,
        website=WEBSITE,
        name="Maja Lind",
        email="maja@kvarn.example",
        password=password,
    )
    others = [
        desk.write_now(agents.add, email=f"{key}@kvarn.example", name=name, role="agent", password=password)
        for key, name in (("oskar", "Oskar Berg"), ("leila", "Leila Haddad"))
    ]
    first = _player(desk, maja, "maja@kvarn.example")
    oskar, leila = (
        _player(desk, one, f"{key}@kvarn.example")
        for key, one in zip(("oskar", "leila"), others, strict=True)
    )
    return Cast(desk, first, oskar, leila)

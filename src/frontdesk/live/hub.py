"""Who is connected, and what each of them hears: facts from the log, whispers from the board."""

from collections import defaultdict
from dataclasses import asdict
from typing import Any

import orjson

from frontdesk.base.log import ERASED, Fact
from frontdesk.live.connection import Connection
from frontdesk.people.model import Agent, AgentBrief
from frontdesk.people.read import briefs
from frontdesk.presence.board import Board, Detail
from frontdesk.presence.model import HERE_FOR, CustomerEvent, Sign, Visit
from frontdesk.talk.access import heard_by_customer, may_hear

_SITE_MOVED = orjson.dumps({"is": "whisper", "kind": "site"}).decode()
# Whoever reported a page may have no chat open.
_ON_PAGE = "page"


class Hub:
    """Lives on the event loop's thread."""

    def __init__(self) -> None:
        self.agents: dict[str, AgentBrief] = {}
        # How often somebody's right to be here has ended.
        self.ends = 0
        self.board = Board(self._sign_changed)
        self._on_site: set[str] = set()
        self._team: dict[str, Connection] = {}
        self._customers: defaultdict[str, dict[str, Connection]] = defaultdict(dict)
        self._others: dict[str, Connection] = {}

    def came_by(self, customer_id: str, visit: Visit, event: CustomerEvent | None) -> None:
        """A browser of theirs reported where it is; `event` None: still there."""
        page = {"title": visit.title, "url": visit.url}
        detail = {"page": page, "event": asdict(event)} if event else None
        self.board.hold(Sign("visiting", customer_id), _ON_PAGE, for_ms=HERE_FOR, detail=detail)

    def site_moved(self) -> None:
        """Whoever has all of the site before them asks again who is there."""
        for one in self._team.values():
            if one.watches_site:
                one.push(_SITE_MOVED)

    def look(self, one: Connection, customer_id: str | None, *, site: bool) -> None:
        """The agent has this customer before them, and hears what they do on the site; or all of the site."""
        one.watches_site = site
        if customer_id == one.looks_at:
            return
        one.looks_at = customer_id
        for sign, detail in self.board.signs("visiting") if customer_id else ():
            if sign.who == customer_id:
                one.say(self._whisper(sign, True, detail))

    def know(self, agents: list[Agent]) -> None:
        self.agents = briefs(agents)

    def __len__(self) -> int:
        return len(self._team) + len(self._others) + sum(len(group) for group in self._customers.values())

    def join(self, one: Connection) -> None:
        self._group(one)[one.id] = one

    def leave(self, one: Connection) -> None:
        self._group(one).pop(one.id, None)
        if one.actor.kind == "customer" and not self._customers[one.actor.id]:
            del self._customers[one.actor.id]
        self.board.release_all(one.id)

    def _group(self, one: Connection) -> dict[str, Connection]:
        if one.actor.kind == "agent":
            return self._team
        return self._customers[one.actor.id] if one.actor.kind == "customer" else self._others

    def everyone(self) -> list[Connection]:
        groups = [self._team, self._others, *self._customers.values()]
        return [one for group in groups for one in group.values()]

    def hear(self, facts: list[Fact]) -> None:
        """The log's listener."""
        for fact in facts:
            self._learn(fact)
            self._to_team(fact)
            if fact.customer_id is not None and fact.customer_id in self._customers:
                self._to_customer(fact, self._customers[fact.customer_id])

    def _to_team(self, fact: Fact) -> None:
        frame = None
        for one in self._team.values():
            if not may_hear(one.actor, fact.audience):
                continue
            if one.held is not None:
                one.held.append(fact)
                continue
            frame = frame or frame_of(fact)
            one.push(frame)

    def _to_customer(self, fact: Fact, group: dict[str, Connection]) -> None:
        frame = customer_frame(fact, self.agents)
        if frame is None:
            return
        for one in group.values():
            if one.held is not None:
                one.held.append(fact)
            else:
                one.push(frame)

    def _learn(self, fact: Fact) -> None:
        if fact.kind in ("AgentAdded", "AgentChanged"):
            agent = orjson.loads(fact.data)["agent"]
            brief = AgentBrief(agent["id"], agent["name"], agent["picture"], agent["colour"])
            self.agents = {**self.agents, brief.id: brief}
        elif fact.kind == "SessionEnded":
            self.ends += 1
            ended = orjson.loads(fact.data)
            for one in self.everyone():
                if one.actor.id == ended["agent_id"] and ended["digest"] in (None, one.digest):
                    one.kick("signed_out")
        elif fact.kind == "TokenReplaced":
            self.ends += 1
            digest = orjson.loads(fact.data)["digest"]
            for one in self.everyone():
                if one.digest == digest:
                    one.kick("signed_out")
        elif fact.kind == "CustomerBlocked":
            self._block(orjson.loads(fact.data))
        elif fact.kind == ERASED:
            self._resync(fact)
        elif fact.kind == "HistoryChanged":
            self._begin_anew(fact.customer_id or "")

    def _block(self, told: dict[str, Any]) -> None:
        """Of who is blocked the team sees nothing; who no longer is, is here if their chat is open."""
        customer_id = told["customer_id"]
        here = self._customers.get(customer_id, {})
        if told["on"]:
            self.board.release(Sign("visiting", customer_id), _ON_PAGE)
        for one in here:
            if told["on"]:
                self.board.release_all(one)
            else:
                self.board.hold(Sign("visiting", customer_id), one)

    def _resync(self, fact: Fact) -> None:
        """Something was said and erased in one moment: what it moved nobody was told."""
        for one in self._team.values():
            if one.held is None:
                one.say({"is": "resync", "seq": fact.seq})
            else:
                one.held.append(fact)

    def _begin_anew(self, customer_id: str) -> None:
        """Whose a conversation is was remembered, and is not true any more."""
        self.ends += 1
        for one in self.everyone():
            one.checked.clear()
            if one.actor.kind == "customer" and one.actor.id == customer_id:
                one.kick("restart")

    def _sign_changed(self, sign: Sign, on: bool, detail: Detail) -> None:
        frame = orjson.dumps(self._whisper(sign, on, detail)).decode()
        is_news = sign.kind != "visiting" or on != (sign.who in self._on_site)
        if sign.kind == "visiting":
            (self._on_site.add if on else self._on_site.discard)(sign.who)
        for one in self._team.values():
            # Everybody hears who comes and goes; from page to page only who looks at them.
            if is_news or one.looks_at == sign.who:
                one.push(frame)
        if sign.kind == "here":
            self._tell_visitors(frame)
        elif sign.kind == "typing" and not sign.by_customer and detail is not None:
            for one in self._customers.get(detail["customer_id"], {}).values():
                one.push(frame)

    def _tell_visitors(self, frame: str) -> None:
        for group in (self._others, *self._customers.values()):
            for one in group.values():
                one.push(frame)

    def _whisper(self, sign: Sign, on: bool, detail: Detail) -> dict[str, Any]:
        if sign.kind == "here":
            return self._here()
        if sign.kind == "looking":
            return {
                "is": "whisper",
                "kind": "looking",
                "agent_id": sign.who,
                "conversation_id": sign.where,
                "on": on,
            }
        if sign.kind == "typing":
            agent_id = None if sign.by_customer else sign.who
            return {
                "is": "whisper",
                "kind": "typing",
                "conversation_id": sign.where,
                "agent_id": agent_id,
                "on": on,
            }
        told = (detail or {}) if on else {}
        return {
            "is": "whisper",
            "kind": "visiting",
            "customer_id": sign.who,
            "on": on,
            "page": told.get("page"),
            "event": told.get("event"),
        }

    def whispers_for(self, one: Connection) -> list[dict[str, Any]]:
        """Everything that holds now and this connection may know."""
        if one.actor.kind == "agent":
            signs = [(sign, detail) for sign, detail in self.board.signs() if sign.kind != "here"]
            return [self._here(), *(self._whisper(sign, True, detail) for sign, detail in signs)]
        typing = [
            self._whisper(sign, True, detail)
            for sign, detail in self.board.signs("typing")
            if not sign.by_customer and (detail or {}).get("customer_id") == one.actor.id
        ]
        return [self._here(), *typing]

    def _here(self) -> dict[str, Any]:
        return {"is": "whisper", "kind": "here", "agents": [one.who for one, _ in self.board.signs("here")]}


def frame_of(fact: Fact) -> str:
    return _frame(fact, orjson.Fragment(fact.data))


def customer_frame(fact: Fact, agents: dict[str, AgentBrief]) -> str | None:
    shown = heard_by_customer(fact.kind, orjson.loads(fact.data), agents)
    return None if shown is None else _frame(fact, shown)


def _frame(fact: Fact, data: Any) -> str:
    return orjson.dumps(
        {
            "is": "fact",
            "seq": fact.seq,
            "at": fact.at,
            "kind": fact.kind,
            "conversation_id": fact.conversation_id,
            "customer_id": fact.customer_id,
            "data": data,
        }
    ).decode()

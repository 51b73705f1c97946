"""Somebody of whom there is something everywhere, among others: said through the desk's own verbs, many in
one transaction, so that the log, kept answers, the index of search and what was learnt hold them as in life.
"""

import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from bench.search import Words
from bench.storage import Storage
from frontdesk.api import notes as noting
from frontdesk.app import open_desk
from frontdesk.base import commands
from frontdesk.base.clock import now_ms
from frontdesk.base.db import Tx
from frontdesk.base.desk import Desk
from frontdesk.base.files import Files, Stored
from frontdesk.base.ids import digest, new_id, new_token
from frontdesk.base.settings import Settings
from frontdesk.channels.widget import visitors
from frontdesk.channels.widget.visitors import Came
from frontdesk.know import replies, vectors
from frontdesk.know.blanks import Blanker
from frontdesk.know.everyday import Everyday
from frontdesk.know.model import SHIPPED
from frontdesk.know.public import Public
from frontdesk.people import customers
from frontdesk.people.model import Actor
from frontdesk.suggest import propose
from frontdesk.suggest.model import Suggestion
from frontdesk.suggest.propose import Found
from frontdesk.talk import attachments, messages

# In everything that they wrote, sent and saw, and in what was written of them.
CANARY = "zwirnkanarie"
_BROWSER = "browser-of-somebody"
_EACH, _PORTION = 50, 400
_LASTED_MS = 90 * 24 * 3600 * 1000
_FILES, _VISITS = 20, 500
_LEARNT_EVERY, _LAID_EVERY, _NOTED_EVERY = 4, 10, 25
_THINGS = ("grinder", "kettle", "filter", "scale", "coffee", "cup", "spoon", "bag")
_WAYS = ("by post", "on Monday", "within a week", "from our shop", "without any cost", "with the invoice")
_ACTS = ("send you a new", "repair the", "exchange the", "pay for the broken", "look for another")


@dataclass
class Person:
    """Whoever writes: their token's hash, and the conversations they began."""

    digest: str
    browser: str | None = None
    talks: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Somebody:
    id: str
    called: str


class Life:
    def __init__(self, storage: Storage, desk: Desk, own: int, others: int) -> None:
        self._storage, self._desk = storage, desk
        self._own, self._others = own, others
        self._chance = random.Random(4711)
        self._words = Words(random.Random(4711))
        ((agent,),) = storage.query("SELECT id FROM agent")
        self._agent = Actor("agent", agent, "admin")
        self._who = Person(digest(new_token()), _BROWSER)
        self._crowd = [Person(digest(new_token())) for _ in range(max(1, others // 20))]
        self._files: list[str] = []

    def lived(self) -> Somebody:
        """Their messages among those of the others, in the order of time."""
        now = now_ms()
        self._desk.write_now(self._uploads, at=now - _LASTED_MS)
        turns = list(self._turns())
        for start in range(0, len(turns), _PORTION):
            at = now - _LASTED_MS * (len(turns) - start) // len(turns)
            self._desk.write_now(self._says, turns[start : start + _PORTION], at=at)
        one = self._desk.write_now(customers.recognised, self._who.digest)
        self._learnt()
        return Somebody(one.id, one.called)

    def _turns(self) -> Iterator[Person]:
        every = (self._own + self._others) / self._own
        own = 0
        for n in range(self._own + self._others):
            if own < self._own and n >= int(own * every):
                own += 1
                yield self._who
            else:
                yield self._crowd[(n - own) % len(self._crowd)]

    def _says(self, tx: Tx, turns: list[Person]) -> None:
        for one in turns:
            self._say(tx, one)

    def _say(self, tx: Tx, one: Person) -> None:
        """The customer, then an agent, in turn; a new conversation after every fifty."""
        is_own, count = one is self._who, len(one.talks)
        place, key = count % _EACH, new_id()
        talk = one.talks[-1] if place else None
        if talk is not None and place % 2:
            text = self._answer(is_own)
            send = partial(messages.send, actor=self._agent, client_id=key)
            commands.once(
                tx, self._agent.key, key, key, lambda tx: send(tx, conversation_id=talk, text=text, files=[])
            )
            one.talks.append(talk)
            return
        asked = self._asked(tx, one, key, talk, f"{self._words.said(14)}?{f' {CANARY}' if is_own else ''}")
        one.talks.append(asked)
        if is_own and count % _LAID_EVERY == 0:
            _lay(tx, asked)
        if is_own and count % _NOTED_EVERY == 0:
            noting._add(tx, self._agent, conversation_id=asked, text=f"{CANARY} noted {self._words.said(9)}")

    def _asked(self, tx: Tx, one: Person, key: str, talk: str | None, text: str) -> str:
        said = dict[str, str]()

        def write(tx: Tx) -> object:
            start = None if talk else secrets.token_hex(8)
            came = Came(browser=one.browser)
            files = [self._files.pop()] if one is self._who and self._files else []
            done = visitors.write(
                tx, one.digest, key, came, conversation_id=talk, start=start, text=text, files=files
            )
            said["id"] = done["message"].conversation_id
            return done

        commands.once(tx, visitors.key(one.digest), key, key, write)
        return said["id"]

    def _answer(self, is_own: bool) -> str:
        act, thing, way = (self._chance.choice(some) for some in (_ACTS, _THINGS, _WAYS))
        other = self._chance.choice(_THINGS)
        dear = f"Dear {CANARY}, " if is_own else ""
        return f"{dear}we will {act} {thing} {way}, and the {other} {self._chance.choice(_WAYS)} as you wish."

    def _uploads(self, tx: Tx) -> None:
        """Each goes with one of their messages. Nobody may send more on one day."""
        one = customers.recognised(tx, self._who.digest, browser=_BROWSER)
        for n in range(_FILES):
            stored = Stored(new_id(), f"{CANARY}-{n}.txt", "text/plain", 20_000, None, None)
            path = Files(self._storage.data / "files").path(stored.id)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{CANARY} in a file. " * 700)
            attachments.add(tx, Actor("customer", one.id), stored, name=stored.name, size=stored.size)
            self._files.append(stored.id)

    def _learnt(self) -> None:
        blanker = Blanker(Everyday(), Public())
        talks = list(dict.fromkeys(self._who.talks))[::_LEARNT_EVERY]
        heard = [self._desk.read_now(replies.hear, blanker, one) for one in talks]
        self._desk.write_now(replies.keep, [one for one in heard if one])
        dice = np.random.default_rng(7)
        made = [
            (id, dice.standard_normal((2, 384)).astype(np.float32))
            for (id,) in self._storage.query("SELECT id FROM passage")
        ]
        self._desk.write_now(vectors.keep, SHIPPED, made)


def _lay(tx: Tx, talk: str) -> None:
    """As an engine would."""
    asked = propose.find_asked(tx, talk)
    made = (Suggestion(new_id(), None, f"{CANARY} suggested", (), (), 0.9, "sure", True, True),)
    if asked:
        propose.keep(tx, asked, Found("test", 0.9, b"", made, (None,)))


def fill(storage: Storage, own: int, others: int) -> Somebody:
    """In a desk that is not running."""
    desk = open_desk(Settings(storage.data, database_url=storage.url))
    try:
        one = Life(storage, desk, own, others).lived()
    finally:
        desk.close()
    now = int(storage.query("SELECT max(at) FROM message")[0][0])
    columns = ("id", "browser", "at", "kind", "url", "title", "referrer", "visit")
    page = ("page", f"https://shop.example/{CANARY}", CANARY, "", "0" * 26)
    seen = ((f"{n:026d}", _BROWSER, now - n * 60_000, *page) for n in range(_VISITS))
    storage.fill("visit", columns, seen)
    storage.rest()
    return one

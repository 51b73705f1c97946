"""A day at the desk: everybody does everything, in an order that somebody else chooses."""

import random
from collections.abc import Iterator
from typing import Any

from sqlalchemy import bindparam, func, select
from tests.cast import Cast, CustomerPlayer
from tests.live.among import AMONG, Choose
from tests.live.clients import Client, differences
from tests.live.keeping import KEEPING
from tests.live.profiling import PROFILING, Profiling
from tests.serving import eventually
from tests.suggest.knowing import lay
from tests.talk.counting import everything

from frontdesk.base.db import Reading
from frontdesk.base.errors import Conflict, Invalid
from frontdesk.base.files import Stored
from frontdesk.base.ids import digest, new_id, new_token
from frontdesk.base.sql import Prepared
from frontdesk.base.tables import job
from frontdesk.know import answers, models, sources
from frontdesk.know import read as knowledge
from frontdesk.people import agents, blocks, company, customers, merging, sessions
from frontdesk.people.customers import Proof
from frontdesk.people.tables import merge
from frontdesk.privacy import erasing
from frontdesk.suggest import feedback, report
from frontdesk.suggest import read as suggest
from frontdesk.suggest.model import Report
from frontdesk.talk import attachments, joining

_WAITING = Prepared(
    select(func.count()).select_from(job).where(job.c.parked_at.is_(None), job.c.run_at <= bindparam("now"))
)


def _jobs_waiting(view: Reading) -> int:
    return int(view.value(_WAITING, now=view.now))


class Day(Profiling):
    def __init__(self, app: Any, cast: Cast, choose: Choose) -> None:
        super().__init__(cast, choose)
        self.app = app
        self.merges: list[str] = []
        self.visitors: list[CustomerPlayer] = [cast.ines, cast.lead]
        self.clients = [Client(app, who) for who in (*self.team, *self.visitors)]
        for client in self.clients:
            client.state = client.fetch()
            client.connect()

    # What visitors do.

    def asks(self) -> None:
        said = self.some(self.visitors).asks(self.text("asked"))
        self.talks.append(said.conversation.id)

    def writes_on(self) -> None:
        who = self.some(self.visitors)
        own = who.conversations()
        if own:
            who.writes(self.text("wrote"), self.some(own))

    def sends_a_file(self) -> None:
        who = self.some(self.visitors)
        stored = Stored(new_id(), "photo.png", "image/png", 1_000, 8, 6)
        added = self.desk.write_now(attachments.add, who.actor, stored, name=stored.name, size=stored.size)
        said = who.writes("", files=(added["file"].id,))
        if said.conversation.id not in self.talks:
            self.talks.append(said.conversation.id)

    def sees(self) -> None:
        who = self.some(self.visitors)
        own = who.conversations()
        if own:
            one = self.some(own)
            who.sees(one, self.choose(one.last_position + 1))

    def arrives(self) -> None:
        if len(self.visitors) < 5:
            self.visitors.append(one := self.cast.stranger())
            one.brief()

    def proves(self) -> None:
        """Somebody without a socket here: a proven visitor's own is closed."""
        if len(self.visitors) > 2:
            one = self.visitors.pop()
            new = new_token()
            name = self.text("Tomas") if self.choose(2) else None
            vouched = Proof(f"subject {self.choose(3)}", name)
            self.desk.write_now(customers.prove, one.digest, digest(new), vouched)
            self.visitors.append(CustomerPlayer(self.desk, new))

    def joins(self) -> None:
        """Customers who are one person; whoever has a socket here begins anew."""
        one, other = self.some(self.visitors), self.some(self.visitors)
        try:
            pair = {"customer_id": one.id, "into": other.id}
            done = self.desk.write_now(joining.join, self.agent().actor, **pair)
        except Invalid:
            return
        self.merges.append(done["merge"].id)

    def parts(self) -> None:
        if self.merges:
            self.desk.write_now(joining.undo, self.agent().actor, merge_id=self.some(self.merges))

    def erases(self) -> None:
        """Somebody without a socket here: theirs is closed."""
        if len(self.visitors) > 2:
            one = self.visitors.pop().id
            if one in [other.id for other in self.visitors]:
                return  # joined with somebody who is here; nobody knows the token any more
            called = self.desk.read_now(merging.last, one).called
            self.desk.write_now(erasing.erase_customer, self.cast.maja.actor, called, customer_id=one)
            self._there()

    def keeps_no_longer(self) -> None:
        if len(self.talks) > 3:
            talk = self.some(self.talks)
            self.agent().closes(talk)
            self.desk.write_now(erasing.erase_conversations, [talk])
            self._there()

    def _there(self) -> None:
        """Nobody speaks any more of what is not there."""
        here = {row[0] for row in self.desk.read_now(everything)}
        self.talks[:] = [one for one in self.talks if one in here]
        self.noted[:] = [one for one in self.noted if one[1].conversation_id in here]
        self.answered[:] = [one for one in self.answered if one[1].conversation_id in here]
        known = self.desk.read_now(lambda view: {id for (id,) in view.all(select(merge.c.id))})
        self.merges = [one for one in self.merges if one in known]

    def blocks(self) -> None:
        who, one = self.agent().actor, self.some(self.visitors).id
        if self.choose(2):
            self.desk.write_now(blocks.block, who, customer_id=one, until=None, network=False)
        else:
            self.desk.write_now(blocks.unblock, who, customer_id=one)

    # What agents do.

    def answers(self) -> None:
        if self.talks:
            who, talk = self.agent(), self.some(self.talks)
            try:
                said = who.answers(talk, self.text("answered"), as_new=self.choose(4) == 0)
            except Conflict:
                return
            if said.conversation.id not in self.talks:
                self.talks.append(said.conversation.id)

    def closes(self) -> None:
        if self.talks:
            self.agent().closes(self.some(self.talks))

    def reopens(self) -> None:
        if self.talks:
            self.agent().reopens(self.some(self.talks))

    def reads(self) -> None:
        if self.talks:
            self.agent().reads(self.some(self.talks), self.choose(12))

    def changes_profile(self) -> None:
        who = self.agent().actor
        change: dict[str, Any] = self.some(
            [
                {"name": self.text("Agent")},
                {"preferences": {"sound": False}},
                {"preferences": {"order": {"mine": "oldest"}}},
            ]
        )
        self.desk.write_now(agents.change_profile, who, **change)

    def changes_picture(self) -> None:
        picture = f"/api/pictures/{new_id()}" if self.choose(2) else None
        self.desk.write_now(agents.change_picture, self.agent().actor, picture=picture, size=1_000)

    def changes_company(self) -> None:
        change = self.some(
            [{"greeting": self.text("Hello")}, {"colour": "#9c4426"}, {"allowed_sites": ["a.example"]}]
        )
        self.desk.write_now(company.change, self.cast.maja.actor, **change)

    def hires(self) -> None:
        if len(self.team) < 5:
            self.team.append(self.cast.hires(f"Agent {len(self.team)}"))

    def disables(self) -> None:
        who = self.some(self.team[1:])
        self.desk.write_now(agents.disable, self.cast.maja.actor, who.id)
        self.disabled.add(who.id)

    def enables(self) -> None:
        who = self.some(self.team)
        self.desk.write_now(agents.enable, self.cast.maja.actor, who.id)
        self.disabled.discard(who.id)

    def promotes(self) -> None:
        role = "admin" if self.choose(2) else "agent"
        self.desk.write_now(agents.give_role, self.cast.maja.actor, self.some(self.team[1:]).id, role=role)

    # What the desk proposes, as an engine would.

    def suggests(self) -> None:
        if self.talks:
            talk = self.some(self.talks)
            texts = [self.text("suggested") for _ in range(1 + self.choose(3))]
            self.desk.write_now(lay, talk, texts)

    def rejects(self) -> None:
        who = self.agent()
        laid = [self.desk.read_now(suggest.proposal, who.actor, talk).suggestions for talk in self.talks]
        here = [one.id for found in laid for one in found]
        if here:
            self.desk.write_now(feedback.reject, who.actor, suggestion_id=self.some(here))

    def moves_the_bar(self) -> None:
        self.desk.write_now(report.move_bar, self.cast.maja.actor, bar=self.choose(10) / 10)

    def cannot_read_the_model(self) -> None:
        if self.choose(2):
            self.desk.write_now(models.broke, "It is damaged.")
        else:
            self.desk.write_now(models.works)

    def evaluates(self) -> None:
        self.desk.write_now(report.keep, Report(0, "test", 0, 0, None, None))

    def decides_what_is_learnt_from(self) -> None:
        maja = self.cast.maja.actor
        known = [one for one in self.desk.read_now(knowledge.all_sources, maja) if one.kind == "website"]
        if len(known) < 2:
            self.desk.write_now(sources.add_website, maja, url=f"http://127.0.0.1:{next(self.numbers)}")
        elif self.choose(2):
            self.desk.write_now(sources.turn, maja, source_id=known[0].id, is_on=not known[0].is_on)
        else:
            self.desk.write_now(sources.remove, maja, source_id=known[-1].id)

    def approves(self) -> None:
        who, text = self.agent().actor, self.text("approved")
        retired = self.choose(3) == 0
        there, _ = self.desk.read_now(answers.page, who, retired=retired, after=None, limit=10)
        if retired and there:
            self.desk.write_now(answers.restore, who, answer_id=there[0].id)
        elif len(there) < 2:
            self.desk.write_now(answers.approve, who, question="Why?", text=text)
        elif self.choose(2):
            self.desk.write_now(answers.change, who, answer_id=there[0].id, question="How?", text=text)
        else:
            self.desk.write_now(answers.retire, who, answer_id=there[-1].id)

    def signs_out(self) -> None:
        who = self.agent()
        self.desk.write_now(sessions.end, who.id, digest(who.signs_in()))

    # What networks do.

    async def disconnects(self) -> None:
        await self.some(self.clients).disconnect()

    async def connects(self) -> None:
        client = self.some(self.clients)
        if client.who.id not in self.disabled:
            await client.disconnect()
            client.connect()

    async def settles(self) -> None:
        """Until everything that follows from what was done has happened and has arrived."""
        await eventually(lambda: self.desk.read_now(_jobs_waiting) == 0, 30)
        await eventually(lambda: self.app.app.state.feed.seq == self.desk.read_now(lambda view: view.head()))
        for client in self.clients:
            await client.settle()

    async def compares(self) -> None:
        """Everybody's state is what they would fetch now."""
        await self.settles()  # somebody's socket may be ending this very moment
        for client in self.clients:
            if client.who.id not in self.disabled and (client.socket is None or client.socket.task.done()):
                await client.disconnect()
                client.connect()
        await self.settles()
        for client in self.clients:
            if client.who.id not in self.disabled:
                wrong = differences(*same_bell(client.state, client.fetch()))
                assert not wrong, "\n".join([type(client.who).__name__, *wrong])

    async def ends(self) -> None:
        for client in self.clients:
            await client.disconnect()


DOINGS = (
    "asks", "asks", "writes_on", "writes_on", "sends_a_file", "sees", "sees", "arrives", "proves",
    "answers", "answers", "answers", "closes", "reopens", "reads", "reads", "changes_profile",
    "changes_picture", "changes_company", "hires", "disables", "enables", "enables", "promotes", "signs_out",
    "suggests", "suggests", "suggests", "rejects", "moves_the_bar", "evaluates", *AMONG, *KEEPING,
    *PROFILING,
    "disables", "looks", "sees", "sees", "snoozes_something",
    "cannot_read_the_model", "decides_what_is_learnt_from", "decides_what_is_learnt_from",
    "approves", "approves", "approves", "joins", "parts", "blocks", "blocks",
    "erases", "keeps_no_longer", "keeps_no_longer",
)  # fmt: skip
NETWORK = ("disconnects", "connects", "connects")
EVERYTHING = (*DOINGS, *NETWORK)


def same_bell(held: dict[str, Any], fresh: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Of the newest thirty some may have been erased: older ones come with the next page."""
    if "notices" not in held:
        return held, fresh
    count = len(held["notices"]["items"])
    return held, {**fresh, "notices": {**fresh["notices"], "items": fresh["notices"]["items"][:count]}}


def drawn(order: random.Random) -> Iterator[str]:
    """Out of a bag that is filled again when it is empty: nothing is forgotten for long."""
    while True:
        bag = list(EVERYTHING)
        order.shuffle(bag)
        yield from bag

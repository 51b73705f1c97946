"""Putting the demo's story into a desk, through the same verbs as everybody, with the clock set back."""

from frontdesk.base.clock import MINUTE, SECOND, now_ms
from frontdesk.base.db import Tx
from frontdesk.base.desk import Desk
from frontdesk.base.ids import new_id
from frontdesk.base.jobs import a_job
from frontdesk.demo import knowing, marking, together
from frontdesk.demo.history import Story, agents, customers, stories
from frontdesk.know import sources
from frontdesk.people import agents as agent_verbs
from frontdesk.people import company, passwords
from frontdesk.people import customers as customer_verbs
from frontdesk.people import read as people
from frontdesk.people.model import SYSTEM, Actor, CustomerBrief
from frontdesk.suggest import report
from frontdesk.talk import conversations, messages, read
from frontdesk.talk.model import Conversation

PASSWORD = "kvarn och kanna"  # noqa: S105 - the demo's sign says it too
COMPANY = "Kvarn & Kanna"
COLOUR = "#9c4426"
CHANNEL = "widget"
_LEARNT_AFTER = 2 * MINUTE


def seed(desk: Desk, shop: str) -> str:
    """The id of the agent whose desk is shown. Does nothing to a desk that is set up already."""
    if desk.read_now(company.find) is not None:
        return next(one.id for one in desk.read_now(people.agents) if one.role == "admin")
    now = now_ms()
    ids = desk.write_now(_people, shop)
    known = desk.write_now(_customers, at=now - max(one.started for one in stories()) - MINUTE)
    desk.write_now(_knowledge, shop)
    teams = desk.write_now(together.make_teams, shop, ids)
    talks = {}
    for story in sorted(stories(), key=lambda one: -one.started):
        queue = None if story.closed else teams.get(together.QUEUES.get(story.customer, ""))
        one = desk.write_now(_tell, story, now - story.started, ids, known[story.customer], queue)
        talks[story.customer] = one
    desk.write_now(together.write_notes, now, ids, {**ids, **teams}, talks)
    desk.write_now(marking.put_in_order, now, ids, talks)
    desk.write_now(knowing.write_down, now, shop, Actor("agent", ids[agents()[0].key], "admin"), known, talks)
    return ids[agents()[0].key]


def _people(tx: Tx, shop: str) -> dict[str, str]:
    first, *others = agents()
    hashed = passwords.hashed(PASSWORD)
    one = company.set_up(
        tx, company=COMPANY, website=shop, name=first.name, email=first.email, password=hashed
    )
    company.change(tx, SYSTEM, colour=COLOUR)
    ids = {first.key: one.id}
    for other in others:
        ids[other.key] = agent_verbs.add(
            tx, email=other.email, name=other.name, role=other.role, password=hashed, colour=other.colour
        ).id
    return ids


def _knowledge(tx: Tx, shop: str) -> None:
    """The desk reads the shop like any other website, and then looks how good it is by now."""
    sources.add_website(tx, SYSTEM, url=shop, include=[], exclude=[])
    tx.enqueue(a_job(report.JOB, {}, tx.now + _LEARNT_AFTER))


def _customers(tx: Tx) -> dict[str, CustomerBrief]:
    return {
        one.key: customer_verbs.appear(
            tx, name=one.name, city=one.city, country=country, zone=zone, language=one.language
        )
        for one in customers()
        for country, zone in [knowing.COUNTRIES.get(one.country or "", (None, None))]
    }


def _tell(
    tx: Tx, story: Story, at: int, ids: dict[str, str], customer: CustomerBrief, team_id: str | None
) -> Conversation:
    tx.now = at
    one = conversations.start(tx, customer, CHANNEL, start=new_id(), team_id=team_id)
    for line in story.lines:
        tx.now += line.after_s * SECOND
        if line.by == "customer":
            _ask(tx, one, line.text)
        else:
            _answer(tx, one, ids[line.agent or story.agent or ""], line.text)
    if story.closed:
        tx.now += 2 * MINUTE
        conversations.close(tx, Actor("agent", ids[story.agent or ""], "agent"), one.id)
    return read.get_conversation(tx, SYSTEM, one.id)


def _ask(tx: Tx, one: Conversation, text: str) -> None:
    messages.receive(
        tx, one.customer, new_id(), channel=CHANNEL, conversation_id=one.id, start=None, text=text, files=[]
    )


def _answer(tx: Tx, one: Conversation, agent_id: str, text: str) -> None:
    actor = Actor("agent", agent_id, "agent")
    said = messages.send(tx, actor, new_id(), conversation_id=one.id, text=text, files=[])
    conversations.read_to(tx, actor, one.id, said.message.position)
    conversations.seen_by_customer(tx, Actor("customer", one.customer.id), one.id, said.message.position)

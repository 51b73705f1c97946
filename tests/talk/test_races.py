"""Many at once: one winner, nothing counted twice, nobody left in the dark. Two processes on PostgreSQL."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable

import orjson
import pytest
from tests.cast import Cast, play
from tests.databases import Database
from tests.talk.counting import assert_adds_up, everything, facts

from frontdesk.api import handing
from frontdesk.api import notes as noting
from frontdesk.base.desk import Desk
from frontdesk.base.errors import Conflict, DeskError, Invalid, Missing, Refused
from frontdesk.base.ids import digest, new_id, new_token
from frontdesk.channels.widget import visitors
from frontdesk.notify import notices
from frontdesk.people.model import Actor
from frontdesk.talk import conversations, labelling, labels, merging, messages, read_notes

Desks = list[Desk]


@pytest.fixture
def desks(database: Database, open_desk: Callable[[], Desk]) -> Desks:
    return [open_desk() for _ in range(1 if database.url is None else 2)]


async def ask(desk: Desk, token: str, start: str, text: str) -> dict[str, dict[str, str]]:
    answer = await desk.command(
        visitors.key(digest(token)),
        client_id := new_id(),
        visitors.write,
        digest(token),
        client_id,
        visitors.Came(),
        conversation_id=None,
        start=start,
        text=text,
        files=[],
    )
    found: dict[str, dict[str, str]] = orjson.loads(answer)
    return found


async def claim(desk: Desk, actor: Actor, conversation_id: str) -> str:
    """Who has it then."""
    try:
        await desk.write(
            messages.send, actor, new_id(), conversation_id=conversation_id, text="Mine.", files=[]
        )
    except Conflict as lost:
        told = lost.data or {}
        return str(told["owner_id"]) if told["reason"] == "taken" else "nobody"
    return actor.id


async def test_fifty_agents_claim_two_hundred_conversations(desks: Desks) -> None:
    cast = play(desks[0])
    team = [cast.hires(f"Agent {number}").actor for number in range(50)]
    asked = [cast.stranger().asks(f"Question {number}").conversation.id for number in range(200)]
    order = random.Random(7)
    tries = [(id, order.sample(team, 4)) for id in asked]
    claims = [(id, actor) for id, some in tries for actor in some]
    order.shuffle(claims)
    said = await asyncio.gather(
        *(claim(desks[n % len(desks)], actor, id) for n, (id, actor) in enumerate(claims))
    )
    winners: dict[str, set[str]] = {}
    for (id, _), owner in zip(claims, said, strict=True):
        winners.setdefault(id, set()).add(owner)
    owners = {row[0]: row[4] for row in desks[0].read_now(everything)}
    assert winners == {id: {owners[id]} for id in asked}
    assert all(owner in {actor.id for actor in dict(tries)[id]} for id, owner in owners.items())
    assert len(facts(desks[0], "ConversationTaken")) == 200
    assert len(facts(desks[0], "AgentReplied")) == 200
    assert_adds_up(desks[0])


async def test_a_hundred_first_messages_are_one_conversation(desks: Desks) -> None:
    play(desks[0])
    token, start = new_token(), new_id()
    said = await asyncio.gather(
        *(ask(desks[n % len(desks)], token, start, f"Message {n}") for n in range(100))
    )
    assert len({one["conversation"]["id"] for one in said}) == 1
    assert sorted(int(one["message"]["position"]) for one in said) == list(range(1, 101))
    assert len(facts(desks[0], "CustomerAppeared")) == 1
    assert len(facts(desks[0], "ConversationStarted")) == 1
    assert len(facts(desks[0], "CustomerWrote")) == 100
    assert_adds_up(desks[0])


async def test_everything_at_once_adds_up(desks: Desks) -> None:
    """Taking, closing, reopening, answering, asking: whoever is first, counts and lines are right."""
    cast = play(desks[0])
    customers = [cast.stranger() for _ in range(4)]
    asked = [(one, one.asks("Hello").conversation.id) for one in customers]
    team = [one.actor for one in cast.agents]
    order = random.Random(11)

    async def act(nth: int) -> None:
        desk = desks[nth % len(desks)]
        customer, id = order.choice(asked)
        actor = order.choice(team)
        text = f"Said {nth}"
        match order.choice(["answer", "answer", "as new", "close", "reopen", "ask", "ask", "read", "see"]):
            case "answer":
                await desk.write(
                    messages.send, actor, new_id(), conversation_id=id, text=text, files=[], as_new=False
                )
            case "as new":
                await desk.write(
                    messages.send, actor, new_id(), conversation_id=id, text=text, files=[], as_new=True
                )
            case "close":
                await desk.write(conversations.close, actor, id)
            case "reopen":
                await desk.write(conversations.reopen, actor, id)
            case "ask":
                await desk.write(
                    messages.receive,
                    customer.brief(),
                    new_id(),
                    channel="widget",
                    conversation_id=id,
                    start=None,
                    text=text,
                    files=[],
                )
            case "read":
                await desk.write(conversations.read_to, actor, id, 9)
            case "see":
                await desk.write(conversations.seen_by_customer, customer.actor, id, 9)

    done = await asyncio.gather(*(act(nth) for nth in range(600)), return_exceptions=True)
    unexpected = [one for one in done if one is not None and not isinstance(one, Conflict)]
    assert unexpected == [], {type(one) for one in unexpected if isinstance(one, DeskError)}
    assert_adds_up(desks[0])
    assert_facts_follow(desks[0])


async def test_the_team_talks_and_hands_over_at_once(desks: Desks) -> None:
    """Noting, answering under notes, handing over, closing, answering: nothing is lost, and all agree."""
    cast = play(desks[0])
    queue = cast.team("Orders", cast.oskar, cast.leila)
    asked = [cast.stranger().asks("Hello").conversation.id for _ in range(3)]
    under = [cast.maja.notes(id, "Who knows?") for id in asked]
    order = random.Random(13)
    noted: list[str] = []
    thought: list[str] = []

    async def act(nth: int) -> None:
        desk, who, at = desks[nth % len(desks)], order.choice(cast.agents).actor, order.randrange(3)
        text = f"Said {nth} @[agent:{order.choice(cast.agents).id}]"
        match order.choice(["note", "note", "thread", "thread", "hand", "hand", "close", "answer", "look"]):
            case "note":
                await desk.write(noting._add, who, conversation_id=asked[at], text=text)
                noted.append(text)
            case "thread":
                await desk.write(noting._answer, who, note_id=under[at].id, text=text)
                thought.append(text)
            case "hand":
                to: dict[str, str] = order.choice(
                    [{}, {"team_id": queue.id}, {"agent_id": order.choice(cast.agents).id}]
                )
                await desk.write(handing._hand_over, who, conversation_id=asked[at], to=to)
            case "close":
                await desk.write(conversations.close, who, asked[at])
            case "answer":
                said = {"conversation_id": asked[at], "text": text}
                await desk.write(messages.send, who, new_id(), files=[], as_new=False, **said)
            case "look":
                await desk.write(noting._look, who, conversation_id=asked[at])

    done = await asyncio.gather(*(act(nth) for nth in range(400)), return_exceptions=True)
    unexpected = [one for one in done if one is not None and not isinstance(one, Conflict | Refused)]
    assert unexpected == []
    assert_adds_up(desks[0])
    assert_facts_follow(desks[0])
    kept = [one for id in asked for one in desks[0].read_now(read_notes.of_conversation, id)]
    assert sorted(one.text for one in kept) == sorted([*noted, *["Who knows?"] * 3])
    threads = [desks[0].read_now(read_notes.answers, cast.maja.actor, one.id) for one in under]
    assert sorted(one.text for answers in threads for one in answers) == sorted(thought)
    for answers in threads:
        assert [one.place for one in answers] == list(range(1, len(answers) + 1))
    assert_mentions_agree(cast, asked)


def assert_mentions_agree(cast: Cast, asked: list[str]) -> None:
    """What is counted is what the rows say, and what the last fact told."""
    for who in cast.agents:
        rows = [who.row(id) for id in asked]
        open_ = sum(row.mention is not None and not row.closed for row in rows)
        assert who.counted().mentions == open_
        told = [
            orjson.loads(fact.data)["open"]
            for fact in facts(cast.desk)
            if fact.audience == f"agent:{who.id}" and fact.kind.startswith("Mention")
        ]
        assert (told or [0])[-1] == open_
        unseen = sum(not one.seen for one in cast.desk.read_now(notices.page, who.actor, None)[0])
        assert who.bell().unseen >= unseen


def assert_facts_follow(desk: Desk) -> None:
    """What each fact says was before is what the one before it said was after."""
    standing: dict[str, tuple[str | None, bool]] = {}
    for fact in facts(desk):
        data = orjson.loads(fact.data)
        if "conversation" not in data:
            continue
        after, was = data["conversation"], data["was"]
        if was is not None:
            assert standing[after["id"]] == (was["owner_id"], was["closed"]), (fact.seq, fact.kind)
        standing[after["id"]] = (after["owner_id"], after["closed"])
    for id, _, _, closed, owner_id in desk.read_now(everything):
        assert standing[id] == (owner_id, bool(closed))


@pytest.mark.parametrize("seed", range(3))
async def test_labelling_while_the_label_is_merged_and_retired(desks: Desks, seed: int) -> None:
    """Whoever comes too late is told so; nothing wears what is no more, and every count holds."""
    cast, order = play(desks[0]), random.Random(seed)
    talks = [cast.stranger().asks(f"Question {n}").conversation.id for n in range(12)]
    names = {"Old": "rose", "New": "blue", "Gone": "olive"}
    old, new, gone = (
        desks[0].write_now(labels.add, cast.maja.actor, name=name, colour=colour, own=False)["label"].id
        for name, colour in names.items()
    )

    def put(talk: str, label_id: str, on: bool) -> Callable[[], Awaitable[object]]:
        what = {"conversation_id": talk, "label_id": label_id, "message_id": None, "on": on}
        return lambda: order.choice(desks).write(labelling.put, cast.oskar.actor, **what)

    acts = [
        put(talk, label, on) for talk in talks for label in (old, new, gone) for on in (True, True, False)
    ]
    acts += [
        lambda: desks[-1].write(merging.merge, cast.maja.actor, label_id=old, into=new),
        lambda: desks[0].write(labels.retire, cast.maja.actor, label_id=gone),
    ]
    order.shuffle(acts)
    done = await asyncio.gather(*(act() for act in acts), return_exceptions=True)
    failed = [one for one in done if isinstance(one, BaseException)]
    assert all(isinstance(one, Missing | Invalid) for one in failed), failed
    for talk in talks:
        row = cast.maja.row(talk)
        told = desks[0].read_now(labelling.of_conversation, cast.maja.actor, talk)
        assert {one.label_id for one in told} == set(row.labels) <= {new, gone}
    worn = [label for talk in talks for label in cast.maja.row(talk).labels]
    counted = cast.maja.counted().labels
    assert {id: many for id, many in counted.items() if many} == dict(Counter(worn))
    assert_adds_up(desks[0])

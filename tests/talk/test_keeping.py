"""Stars, snoozing, ready replies: each agent's own, and back in time."""

import pytest
from tests.cast import AgentPlayer, Cast, Talk, id_of
from tests.conftest import Clock
from tests.talk.counting import facts

from frontdesk.base.clock import DAY, HOUR
from frontdesk.base.errors import Conflict, Invalid, Missing, Refused
from frontdesk.channels.widget.visitors import shown
from frontdesk.people import agents
from frontdesk.reactions import REACTIONS, release_conversations, wake
from frontdesk.talk import ready, snooze, stars
from frontdesk.talk.label_model import ReadyReply


def star(who: AgentPlayer, talk: Talk, on: bool = True) -> None:
    who.desk.write_now(stars.put, who.actor, conversation_id=id_of(talk), on=on)


def sleep(who: AgentPlayer, talk: Talk, until: int | None) -> None:
    who.desk.write_now(snooze.snooze, who.actor, conversation_id=id_of(talk), until=until)


async def time_comes(cast: Cast, talk: Talk, until: int) -> None:
    await wake(cast.desk, {"conversation_id": id_of(talk), "until": until})


def test_stars_are_ones_own(cast: Cast) -> None:
    asked = cast.ines.asks("Hello")
    star(cast.leila, asked)
    star(cast.leila, asked)
    assert (cast.leila.sees("starred"), cast.leila.row(asked).starred) == ([asked.conversation.id], True)
    assert (cast.maja.sees("starred"), cast.maja.row(asked).starred) == ([], False)
    assert (cast.leila.counted().starred, cast.maja.counted().starred) == (1, 0)
    cast.maja.closes(asked)
    assert (cast.leila.counted().starred, cast.leila.sees("starred")) == (0, [])
    assert cast.leila.sees("starred", closed=True) == [asked.conversation.id]
    cast.ines.writes("Again", asked)
    assert (cast.leila.counted().starred, cast.leila.sees("starred")) == (1, [asked.conversation.id])
    star(cast.leila, asked, on=False)
    star(cast.leila, asked, on=False)
    assert (cast.leila.sees("starred"), cast.leila.counted().starred) == ([], 0)
    told = {one.kind: one.audience for one in facts(cast.desk) if "tarred" in one.kind}
    assert told == dict.fromkeys(("Starred", "Unstarred"), f"agent:{cast.leila.id}")


def test_a_customer_stars_nothing(cast: Cast) -> None:
    asked = cast.ines.asks("Hello")
    for actor in (cast.ines.actor, cast.lead.actor):
        with pytest.raises(Missing):
            cast.desk.write_now(stars.put, actor, conversation_id=asked.conversation.id, on=True)


async def test_what_sleeps_leaves_the_inbox_and_comes_back_on_top(cast: Cast, clock: Clock) -> None:
    first = cast.ines.asks("First")
    cast.oskar.answers(first, "Let me look.")
    clock.passes(seconds=1)
    second = cast.lead.asks("Second")
    cast.oskar.answers(second, "Hello")
    seen = shown(cast.ines.conversations()[0], {})
    until = clock.at + HOUR
    sleep(cast.oskar, first, until)
    assert (cast.oskar.sees(), cast.oskar.sees("snoozed")) == ([id_of(second)], [id_of(first)])
    assert (cast.oskar.counted().mine, cast.oskar.counted().snoozed) == (1, 1)
    assert cast.leila.row(first).snoozed_until == until
    clock.passes(hours=1)
    await time_comes(cast, first, until)
    await time_comes(cast, first, until)
    assert (cast.oskar.sees(), cast.oskar.sees("snoozed")) == ([id_of(first), id_of(second)], [])
    assert (cast.oskar.counted().mine, cast.oskar.counted().snoozed) == (2, 0)
    assert [one.kind for one in cast.oskar.bell().items] == ["woke"]
    assert len(facts(cast.desk, "ConversationWoke")) == 1
    assert shown(cast.ines.conversations()[0], {}) == seen, "the customer sees nothing of it"


def test_the_job_is_for_that_moment(cast: Cast, clock: Clock) -> None:
    asked = cast.ines.asks("First")
    cast.oskar.answers(asked, "Let me look.")
    until = clock.at + HOUR
    sleep(cast.oskar, asked, until)
    (told,) = facts(cast.desk, "ConversationSnoozed")
    job = REACTIONS["ConversationSnoozed"](told, {"conversation": {"snoozed_until": until}})
    assert job is not None
    assert (job.kind, job.run_at) == ("wake", until)


async def test_a_moment_that_was_moved_does_not_come(cast: Cast, clock: Clock) -> None:
    asked = cast.ines.asks("First")
    cast.oskar.answers(asked, "Let me look.")
    early, late = clock.at + HOUR, clock.at + DAY
    sleep(cast.oskar, asked, early)
    sleep(cast.oskar, asked, late)
    await time_comes(cast, asked, early)
    assert cast.oskar.sees("snoozed") == [id_of(asked)]
    sleep(cast.oskar, asked, None)
    await time_comes(cast, asked, late)
    assert (cast.oskar.sees(), cast.oskar.counted().snoozed) == ([id_of(asked)], 0)
    assert cast.oskar.bell().items == []


async def test_the_customer_closing_handing_over_and_leaving_wake_it(cast: Cast, clock: Clock) -> None:
    def asleep() -> Talk:
        asked = cast.stranger()
        talk = cast.oskar.answers(asked.asks("Hello"), "Hello")
        sleep(cast.oskar, talk, clock.at + HOUR)
        return talk

    written = cast.ines.asks("Hello")
    cast.oskar.answers(written, "Hello")
    sleep(cast.oskar, written, clock.at + HOUR)
    said = cast.ines.writes("Are you there?", written)
    assert (said.conversation.snoozed_until, cast.oskar.sees()) == (None, [id_of(written)])
    closed, handed, left = asleep(), asleep(), asleep()
    assert cast.oskar.closes(closed).snoozed_until is None
    assert cast.oskar.hands(handed, agent_id=cast.leila.id).snoozed_until is None
    assert cast.leila.sees() == [id_of(handed)]
    assert cast.oskar.counted().snoozed == 1
    cast.desk.write_now(agents.disable, cast.maja.actor, cast.oskar.id)
    await release_conversations(cast.desk, {"agent_id": cast.oskar.id})
    assert cast.maja.row(left).snoozed_until is None
    assert (cast.oskar.counted().snoozed, cast.oskar.counted().mine) == (0, 0)
    assert cast.oskar.bell().items == []


def test_only_ones_own_and_open_and_within_a_year(cast: Cast, clock: Clock) -> None:
    asked = cast.ines.asks("Hello")
    with pytest.raises(Refused):
        sleep(cast.oskar, asked, clock.at + HOUR)
    cast.oskar.answers(asked, "Hello")
    with pytest.raises(Refused):
        sleep(cast.maja, asked, clock.at + HOUR)
    with pytest.raises(Missing):
        cast.desk.write_now(snooze.snooze, cast.ines.actor, conversation_id=id_of(asked), until=None)
    for until in (0, clock.at, clock.at - 1, clock.at + 367 * DAY):
        with pytest.raises(Invalid):
            sleep(cast.oskar, asked, until)
    cast.oskar.closes(asked)
    with pytest.raises(Invalid):
        sleep(cast.oskar, asked, clock.at + HOUR)


def keep(who: AgentPlayer, name: str, text: str = "Hello {customer}.", *, own: bool = False) -> ReadyReply:
    return who.desk.write_now(ready.add, who.actor, name=name, text=text, own=own)["ready"]


def known(who: AgentPlayer) -> set[str]:
    return {one.id for one in who.desk.read_now(ready.seen_by, who.actor)}


def test_ready_replies_of_the_team_and_ones_own(cast: Cast) -> None:
    team, own = keep(cast.leila, "Hello"), keep(cast.leila, "Hello", own=True)
    assert known(cast.leila) == {team.id, own.id}
    assert known(cast.oskar) == {team.id}
    for who in (cast.oskar, cast.maja):
        with pytest.raises(Missing):
            cast.desk.write_now(ready.change, who.actor, ready_id=own.id, name="Mine", text="Now mine.")
        with pytest.raises(Missing):
            cast.desk.write_now(ready.remove, who.actor, ready_id=own.id)
    with pytest.raises(Refused):
        cast.desk.write_now(ready.change, cast.oskar.actor, ready_id=team.id, name="Hello", text="Hi.")
    after = cast.desk.write_now(ready.change, cast.maja.actor, ready_id=team.id, name="Hi", text="Hi.")
    assert (after["ready"].text, after["ready"].by_id) == ("Hi.", cast.leila.id)
    cast.desk.write_now(ready.remove, cast.leila.actor, ready_id=team.id)
    assert (known(cast.leila), known(cast.oskar)) == ({own.id}, set())
    told = [one for one in facts(cast.desk) if own.id.encode() in one.data]
    assert {one.audience for one in told} == {f"agent:{cast.leila.id}"}


def test_a_ready_reply_has_a_name_of_its_own_and_words(cast: Cast) -> None:
    one = keep(cast.maja, "Hello")
    with pytest.raises(Conflict) as taken:
        keep(cast.oskar, "HELLO")
    assert taken.value.data == {"reason": "known", "ready_id": one.id}
    for name, text in (("", "Hi"), ("Empty", " \n"), ("Long", "x" * 10_001), ("x" * 41, "Hi")):
        with pytest.raises(Invalid):
            keep(cast.maja, name, text)
    with pytest.raises(Missing):
        cast.desk.write_now(ready.add, cast.ines.actor, name="Hi", text="Hi", own=True)

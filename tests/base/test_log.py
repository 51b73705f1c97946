"""Numbers follow the order of commits, without a gap, whoever writes."""

import asyncio
import threading
import time
from collections.abc import Callable

import orjson
import psycopg
from tests.base import notes
from tests.databases import Database
from tests.serving import eventually, opened

from frontdesk.base.desk import Desk
from frontdesk.base.feed import Feed, facts_after
from frontdesk.base.log import Fact

WRITERS, EACH = 50, 20


def key_of(fact: Fact) -> str:
    key: str = orjson.loads(fact.data)["key"]
    return key


def assert_whole(facts: list[Fact], count: int) -> None:
    """Every number once and in order; every writer's facts in the order in which they were written."""
    assert [fact.seq for fact in facts] == list(range(1, count + 1))
    for writer in {key_of(fact).split(".")[0] for fact in facts}:
        own = [key_of(fact) for fact in facts if key_of(fact).startswith(f"{writer}.")]
        assert own == sorted(own)


async def write_all(desk: Desk, writers: range) -> None:
    async def one(writer: int) -> None:
        for number in range(EACH):
            await desk.write(notes.keep, f"{writer:03}.{number:03}")

    await asyncio.gather(*(one(writer) for writer in writers))


async def test_fifty_writers_leave_no_gap(desk: Desk) -> None:
    heard: list[Fact] = []
    feed = Feed(desk)
    feed.listeners.append(heard.extend)
    await feed.start()
    await write_all(desk, range(WRITERS))
    await eventually(lambda: len(heard) == WRITERS * EACH)
    await feed.stop()
    stored = desk.read_now(notes.log)
    assert_whole(stored, WRITERS * EACH)
    assert heard == stored


class Watching(threading.Thread):
    """Reads on from where it was, as a process does that got every wake-up."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(daemon=True)
        self.desk, self.heard, self.stopping = desk, list[Fact](), False
        self.start()

    def run(self) -> None:
        while not self.stopping:
            after = self.heard[-1].seq if self.heard else 0
            self.heard += self.desk.read_now(facts_after, after)

    def stop(self, count: int) -> list[Fact]:
        ends = time.monotonic() + 10
        while len(self.heard) < count and time.monotonic() < ends:
            time.sleep(0.005)
        self.stopping = True
        self.join()
        return self.heard


async def test_two_processes_write_one_log(postgres: Database) -> None:
    desks = [opened(postgres), opened(postgres)]
    heard: list[list[Fact]] = [[], []]
    feeds = [Feed(desk) for desk in desks]
    for feed, hears in zip(feeds, heard, strict=True):
        feed.listeners.append(hears.extend)
        await feed.start()
    watching = Watching(desks[0])
    waking = asyncio.create_task(_wake_now_and_then(feeds))
    await asyncio.gather(write_all(desks[0], range(25)), write_all(desks[1], range(25, 50)))
    await eventually(lambda: all(len(hears) == WRITERS * EACH for hears in heard))
    waking.cancel()
    seen = watching.stop(WRITERS * EACH)
    for feed in feeds:
        await feed.stop()
    assert_whole(seen, WRITERS * EACH)
    assert seen == heard[0] == heard[1]
    for desk in desks:
        desk.close()


async def _wake_now_and_then(feeds: list[Feed]) -> None:
    """A wake-up may be lost; one of the next is enough."""
    while True:
        await asyncio.sleep(0.02)
        for feed in feeds:
            feed.wake()


async def test_a_number_held_open_is_never_skipped(postgres: Database) -> None:
    """A bare sequence fails here: a later number commits first, and the reader has gone past the earlier."""
    desk, other = opened(postgres), opened(postgres)
    watching = Watching(desk)
    for trial in range(40):
        with psycopg.connect(postgres.url or "") as held:
            seq = held.execute("UPDATE log_head SET seq = seq + 1 RETURNING seq").fetchone()
            later = [
                asyncio.ensure_future(one.write(notes.keep, f"{trial}.{n}"))
                for n, one in enumerate((desk, other))
            ]
            await asyncio.sleep(0.002 * (trial % 5))
            assert not any(task.done() for task in later)
            held.execute(
                "INSERT INTO fact (seq, at, kind, audience, data) VALUES (%s, 0, 'Held', 'team', %s)",
                (seq[0] if seq else 0, f'{{"key":"{trial}.held"}}'),
            )
        await asyncio.gather(*later)
    seen = watching.stop(120)
    assert [fact.seq for fact in seen] == list(range(1, 121))
    assert [fact.kind for fact in seen][::3] == ["Held"] * 40
    desk.close()
    other.close()


async def test_a_transaction_given_up_leaves_no_gap(postgres: Database) -> None:
    desk = opened(postgres)
    with psycopg.connect(postgres.url or "") as held:
        held.execute("UPDATE log_head SET seq = seq + 1")
        waiting = asyncio.ensure_future(desk.write(notes.keep, "one"))
        await asyncio.sleep(0.02)
        held.rollback()
    await waiting
    assert [fact.seq for fact in desk.read_now(notes.log)] == [1]
    desk.close()


def test_numbers_go_on_after_a_restart(open_desk: Callable[[], Desk]) -> None:
    for number in range(3):
        desk = open_desk()
        desk.write_now(notes.keep, str(number))
        desk.close()
    assert [fact.seq for fact in open_desk().read_now(notes.log)] == [1, 2, 3]

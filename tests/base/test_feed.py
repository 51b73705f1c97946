"""Every fact once and in order, whatever is lost or late on the way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
import pytest
from tests.base import notes
from tests.databases import Database
from tests.serving import eventually, opened

from frontdesk.base import feed as feeds
from frontdesk.base.desk import Desk
from frontdesk.base.feed import Feed
from frontdesk.base.log import Fact
from frontdesk.base.postgres import Wire


@asynccontextmanager
async def following(desk: Desk) -> AsyncIterator[tuple[Feed, list[Fact]]]:
    heard: list[Fact] = []
    feed = Feed(desk)
    feed.listeners.append(heard.extend)
    await feed.start()
    try:
        yield feed, heard
    finally:
        await feed.stop()


async def test_it_begins_at_the_newest(desk: Desk) -> None:
    desk.write_now(notes.keep, "before")
    async with following(desk) as (feed, heard):
        assert feed.seq == 1
        await desk.write(notes.keep, "after")
        await eventually(lambda: len(heard) == 1)
        assert [fact.seq for fact in heard] == [2]


async def test_a_hand_over_that_was_lost_is_read(desk: Desk) -> None:
    async with following(desk) as (feed, heard):
        desk.listeners.clear()
        await desk.write(notes.keep, "lost on the way")
        desk.listeners.append(feed._committed)
        await desk.write(notes.keep, "arrived")
        await eventually(lambda: len(heard) == 2)
        assert [fact.seq for fact in heard] == [1, 2]


async def test_long_stretches_are_read_in_pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "_PAGE", 7)
    monkeypatch.setattr(feeds.facts_after, "__defaults__", (7,))
    async with following(desk) as (feed, heard):
        desk.listeners.clear()
        await asyncio.gather(*(desk.write(notes.keep, str(number)) for number in range(50)))
        desk.listeners.append(feed._committed)
        feed.wake()
        await eventually(lambda: len(heard) == 50)
        assert [fact.seq for fact in heard] == list(range(1, 51))


async def test_one_broken_listener_silences_nobody(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    async with following(desk) as (feed, heard):

        def breaks(_: list[Fact]) -> None:
            raise RuntimeError("broken")

        feed.listeners.insert(0, breaks)
        await desk.write(notes.keep, "one")
        await desk.write(notes.keep, "two")
        await eventually(lambda: len(heard) == 2)
        assert feed.is_alive()
    assert "a listener of the log failed" in caplog.text


async def test_another_process_wakes_it(postgres: Database) -> None:
    here, there = opened(postgres), opened(postgres)
    async with following(here) as (feed, heard):
        wire = Wire(postgres.url or "", feed.wake, lambda _: None)
        try:
            await asyncio.sleep(0.1)
            for number in range(5):
                await there.write(notes.keep, str(number))
            await eventually(lambda: len(heard) == 5, 3)
            assert [fact.seq for fact in heard] == [1, 2, 3, 4, 5]
        finally:
            await asyncio.to_thread(wire.stop)
    here.close()
    there.close()


async def test_it_outlives_a_database_that_goes_away(
    postgres: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = opened(postgres)
    async with following(desk) as (feed, heard):
        real, calls = desk.engine.reader, []

        def away() -> object:
            calls.append(1)
            raise psycopg.OperationalError("the server closed the connection")

        desk.listeners.clear()
        await desk.write(notes.keep, "one")
        monkeypatch.setattr(desk.engine, "reader", away)
        for connection in desk._open:
            connection.close()
        feed.wake()
        await eventually(lambda: bool(calls))
        monkeypatch.setattr(desk.engine, "reader", real)
        await eventually(lambda: len(heard) == 1)
        desk.listeners.append(feed._committed)
        assert feed.is_alive()
    desk.close()

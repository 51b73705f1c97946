"""Jobs run at least once, are tried again after growing waits, and parked where everybody sees it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import select
from tests.conftest import Clock
from tests.databases import Database
from tests.serving import eventually, opened

from frontdesk.base import jobs
from frontdesk.base.clock import MINUTE, SECOND
from frontdesk.base.db import Job, Reading, Tx
from frontdesk.base.desk import Desk
from frontdesk.base.jobs import Handler, Worker, a_job
from frontdesk.base.sql import Prepared
from frontdesk.base.tables import job

J = job.c
_ALL = Prepared(select(J.id, J.kind, J.tries, J.run_at, J.claimed_until, J.parked_at, J.fault).order_by(J.id))


def stored(view: Reading) -> list[dict[str, Any]]:
    names = ("id", "kind", "tries", "run_at", "claimed_until", "parked_at", "fault")
    return [dict(zip(names, row, strict=True)) for row in view.all(_ALL)]


def enqueue(tx: Tx, *some: Job) -> None:
    for one in some:
        tx.enqueue(one)


@asynccontextmanager
async def working(desk: Desk, **handlers: Handler) -> AsyncIterator[Worker]:
    worker = Worker(desk, handlers)
    worker.start()
    try:
        yield worker
    finally:
        await worker.stop()


def recording(done: list[Any], fails: Callable[[], bool] = lambda: False) -> Handler:
    async def handler(_: Desk, data: dict[str, Any]) -> None:
        done.append(data["n"])
        if fails():
            raise RuntimeError(f"no luck with {data['n']}")

    return handler


async def test_a_job_is_done_and_gone(desk: Desk) -> None:
    done: list[int] = []
    desk.write_now(enqueue, a_job("look", {"n": 1}))
    async with working(desk, look=recording(done)):
        await eventually(lambda: done == [1] and desk.read_now(stored) == [])


async def test_a_job_waits_for_its_time(desk: Desk, clock: Clock) -> None:
    done: list[int] = []
    desk.write_now(enqueue, a_job("look", {"n": 1}, clock.at + 10 * MINUTE))
    async with working(desk, look=recording(done)) as worker:
        for _ in range(10):
            worker.wake()
            await asyncio.sleep(0.005)
        assert done == []
        clock.passes(minutes=10)
        worker.wake()
        await eventually(lambda: done == [1])


async def test_a_hundred_jobs_need_no_hundred_wake_ups(desk: Desk) -> None:
    done: list[int] = []
    desk.write_now(enqueue, *(a_job("look", {"n": n}) for n in range(100)))
    async with working(desk, look=recording(done)):
        await eventually(lambda: len(done) == 100, 4)
    assert sorted(done) == list(range(100))


def test_the_same_id_is_the_same_job(desk: Desk) -> None:
    for _ in range(3):
        desk.write_now(enqueue, Job("sweep-7", "sweep", b"{}", 0))
    assert [one["id"] for one in desk.read_now(stored)] == ["sweep-7"]


async def test_waits_grow_and_the_fifth_failure_parks(desk: Desk, clock: Clock) -> None:
    done: list[int] = []
    desk.write_now(enqueue, a_job("look", {"n": 1}))
    waits = []
    async with working(desk, look=recording(done, lambda: True)) as worker:
        for tried in range(1, 6):
            await eventually(lambda tried=tried: desk.read_now(stored)[0]["tries"] == tried)
            one = desk.read_now(stored)[0]
            assert one["fault"] == "RuntimeError: no luck with 1"
            waits.append(one["run_at"] - clock.at)
            clock.at = one["run_at"] - 1
            worker.wake()
            await asyncio.sleep(0.02)
            assert len(done) == tried, "it was tried before its time"
            clock.at = one["run_at"] + 1
            worker.wake()
        clock.passes(days=7)
        worker.wake()
        await asyncio.sleep(0.02)
    assert len(done) == 5
    assert waits[:4] == sorted(set(waits[:4]))
    assert waits[0] == 5 * SECOND
    assert desk.read_now(stored)[0]["parked_at"] is not None
    assert desk.read_now(jobs.parked) == 1


async def test_a_failure_stops_no_other_job(desk: Desk) -> None:
    done: list[int] = []
    desk.write_now(
        enqueue, a_job("fail", {"n": 1}, 1), a_job("look", {"n": 2}, 2), a_job("unknown", {"n": 3}, 0)
    )
    async with working(desk, look=recording(done), fail=recording([], lambda: True)):
        await eventually(lambda: done == [2] and all(one["tries"] == 1 for one in desk.read_now(stored)))
    faults = {one["kind"]: one["fault"] for one in desk.read_now(stored)}
    assert faults["fail"] == "RuntimeError: no luck with 1"
    assert faults["unknown"].startswith("KeyError")


async def test_a_job_whose_process_died_is_done_by_the_next(
    open_desk: Callable[[], Desk], clock: Clock
) -> None:
    first = open_desk()
    first.write_now(enqueue, one := a_job("look", {"n": 1}))
    assert first.write_now(jobs.claim, one.id)
    first.close()
    done: list[int] = []
    async with working(desk := open_desk(), look=recording(done)) as worker:
        await asyncio.sleep(0.05)
        assert done == [], "another process may be at it"
        clock.passes(minutes=6)
        worker.wake()
        await eventually(lambda: done == [1] and desk.read_now(stored) == [])


async def test_stopping_in_the_middle_repeats_it(open_desk: Callable[[], Desk], clock: Clock) -> None:
    begun: list[int] = []

    async def slow(_: Desk, data: dict[str, Any]) -> None:
        begun.append(data["n"])
        await asyncio.sleep(60)

    desk = open_desk()
    desk.write_now(enqueue, a_job("look", {"n": 1}))
    async with working(desk, look=slow):
        await eventually(lambda: begun == [1])
    assert len(desk.read_now(stored)) == 1
    clock.passes(minutes=6)
    done: list[int] = []
    async with working(desk, look=recording(done)):
        await eventually(lambda: done == [1])


async def test_what_is_broken_off_goes_on_at_once(open_desk: Callable[[], Desk]) -> None:
    begun: list[int] = []

    async def slow(_: Desk, data: dict[str, Any]) -> None:
        begun.append(data["n"])
        await asyncio.sleep(60)

    desk = open_desk()
    desk.write_now(enqueue, a_job("look", {"n": 1}))
    async with working(desk, look=slow):
        await eventually(lambda: begun == [1])
    done: list[int] = []
    async with working(desk, look=recording(done)):
        await eventually(lambda: done == [1])


async def test_nobody_waits_behind_a_lane_of_its_own(desk: Desk) -> None:
    done: list[int] = []
    goes_on = asyncio.Event()

    async def crawl(_: Desk, data: dict[str, Any]) -> None:
        done.append(data["n"])
        await goes_on.wait()

    desk.write_now(enqueue, a_job("crawl", {"n": 1}, 1), a_job("crawl", {"n": 2}, 2), a_job("look", {"n": 3}))
    worker = Worker(desk, {"crawl": crawl, "look": recording(done)}, [{"crawl"}])
    worker.start()
    try:
        await eventually(lambda: sorted(done) == [1, 3])
        await asyncio.sleep(0.05)
        assert sorted(done) == [1, 3], "one of a lane at a time"
        goes_on.set()
        await eventually(lambda: sorted(done) == [1, 2, 3] and desk.read_now(stored) == [])
    finally:
        await worker.stop()


async def test_a_lane_is_for_the_whole_desk(postgres: Database) -> None:
    here, there = opened(postgres), opened(postgres)
    here.write_now(enqueue, *(a_job("crawl", {"n": n}) for n in range(12)))
    at_once, most, done = 0, 0, []

    async def crawl(_: Desk, data: dict[str, Any]) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.01)
        at_once -= 1
        done.append(data["n"])

    workers = [Worker(desk, {"crawl": crawl}, [{"crawl"}]) for desk in (here, there)]
    for one in workers:
        one.start()
    await eventually(lambda: here.read_now(stored) == [], 20)
    for one in workers:
        await one.stop()
    assert (most, sorted(done)) == (1, list(range(12)))
    here.close()
    there.close()


async def test_a_long_job_stays_claimed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_CLAIM_FOR", 150)
    begun: list[int] = []

    async def slow(_: Desk, data: dict[str, Any]) -> None:
        begun.append(data["n"])
        await asyncio.sleep(0.6)

    desk.write_now(enqueue, a_job("look", {"n": 1}))
    async with working(desk, look=slow), working(desk, look=slow):
        await eventually(lambda: desk.read_now(stored) == [])
    assert begun == [1]


def test_who_waits_for_a_slow_one_is_not_overdue(desk: Desk, clock: Clock) -> None:
    desk.write_now(enqueue, a_job("crawl", {"n": 1}), a_job("look", {"n": 2}, clock.at + MINUTE))
    clock.passes(minutes=3)
    assert desk.read_now(jobs.overdue_ms, {"crawl"}) == 2 * MINUTE
    assert desk.read_now(jobs.overdue_ms) == 3 * MINUTE


async def test_two_processes_do_a_job_once(postgres: Database) -> None:
    here, there = opened(postgres), opened(postgres)
    here.write_now(enqueue, *(a_job("look", {"n": n}) for n in range(60)))
    done: list[int] = []
    async with working(here, look=recording(done)), working(there, look=recording(done)):
        await eventually(lambda: here.read_now(stored) == [], 10)
    assert sorted(done) == list(range(60))
    here.close()
    there.close()


async def test_the_worker_outlives_a_database_that_is_away(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    real, failed = desk.read, []

    async def away(*_: object) -> object:
        failed.append(1)
        raise RuntimeError("away")

    monkeypatch.setattr(desk, "read", away)
    async with working(desk, look=recording(done)) as worker:
        await eventually(lambda: bool(failed))
        monkeypatch.setattr(desk, "read", real)
        desk.write_now(enqueue, a_job("look", {"n": 1}))
        worker.wake()
        await eventually(lambda: done == [1])
        assert worker.is_alive()


def test_what_is_due_for_long_is_told(desk: Desk, clock: Clock) -> None:
    assert desk.read_now(jobs.overdue_ms) == 0
    desk.write_now(enqueue, a_job("look", {"n": 1}, clock.at + MINUTE), a_job("look", {"n": 2}))
    assert desk.read_now(jobs.overdue_ms) == 0
    clock.passes(minutes=3)
    assert desk.read_now(jobs.overdue_ms) == 3 * MINUTE


def test_parked_jobs_are_not_overdue_but_counted(desk: Desk, clock: Clock) -> None:
    desk.write_now(enqueue, one := a_job("look", {"n": 1}))
    desk.write_now(jobs.failed, one.id, jobs.TRIES, "gave up")
    clock.passes(days=1)
    assert desk.read_now(jobs.overdue_ms) == 0
    assert desk.read_now(jobs.parked) == 1

"""One queue, one writer: durable before the answer, one verb's failure nobody else's."""

import asyncio
import sqlite3
import threading
from typing import Any

import psycopg
import pytest
from tests.base import notes
from tests.base.notes import NoteKept, writer_held
from tests.databases import Database

from frontdesk.base import writer
from frontdesk.base.db import Tx
from frontdesk.base.desk import Desk
from frontdesk.base.errors import Away, Full, Refused, TooMany


def keep_then_refuse(tx: Tx, key: str) -> None:
    notes.keep_with_job(tx, key)
    raise Refused("On second thoughts, no.")


def test_a_verb_that_raises_leaves_nothing(desk: Desk) -> None:
    with pytest.raises(Refused):
        desk.write_now(keep_then_refuse, "one")
    assert desk.read_now(notes.kept) == {}
    assert desk.read_now(notes.log) == []
    assert desk.read_now(notes.jobs) == []


def test_a_verb_that_succeeds_leaves_row_fact_and_job(desk: Desk) -> None:
    desk.write_now(notes.keep_with_job, "one")
    assert desk.read_now(notes.kept) == {"one": ""}
    assert [(fact.seq, fact.kind) for fact in desk.read_now(notes.log)] == [(1, "NoteKept")]
    assert desk.read_now(notes.jobs) == ["look"]


async def test_a_group_is_one_commit_and_failures_stay_alone(desk: Desk) -> None:
    commits: list[int] = []
    with writer_held(desk) as go_on:
        desk.listeners.append(lambda facts, _: commits.append(len(facts)))
        verbs = [keep_then_refuse if number % 3 == 0 else notes.keep for number in range(30)]
        tasks = [asyncio.ensure_future(desk.write(verb, f"{n:02}")) for n, verb in enumerate(verbs)]
        await asyncio.sleep(0.01)
        go_on()
        results = await asyncio.gather(*tasks, return_exceptions=True)
    kept = [f"{n:02}" for n in range(30) if n % 3]
    assert [one for one in results if isinstance(one, str)] == kept
    assert sum(isinstance(one, Refused) for one in results) == 10
    assert commits == [20]
    facts = desk.read_now(notes.log)
    assert [fact.seq for fact in facts] == list(range(1, 21))
    assert list(desk.read_now(notes.kept)) == kept


async def test_what_cannot_be_written_down_fails_alone(desk: Desk) -> None:
    def says_the_unspeakable(tx: Tx) -> None:
        tx.emit(NoteKept("one", "\ud800"))

    with writer_held(desk) as go_on:
        bad = asyncio.ensure_future(desk.write(says_the_unspeakable))
        good = asyncio.ensure_future(desk.write(notes.keep, "good"))
        await asyncio.sleep(0.01)
        go_on()
        results = await asyncio.gather(bad, good, return_exceptions=True)
    assert isinstance(results[0], TypeError)
    assert results[1] == "good"


async def test_one_sender_is_served_in_order(desk: Desk) -> None:
    await asyncio.gather(*(desk.write(notes.keep, f"{number:03}") for number in range(300)))
    assert [b'"%03d"' % number in fact.data for number, fact in enumerate(desk.read_now(notes.log))] == [
        True
    ] * 300


def test_the_answer_comes_after_the_commit(desk: Desk, database: Database) -> None:
    for number in range(20):
        key = desk.write_now(notes.keep, str(number))
        other = database.engine().reader()
        cursor = other.cursor()
        cursor.execute("SELECT count(*) FROM setting")
        assert cursor.fetchone()[0] == number + 1, f"{key} was answered but is not there"
        other.close()


class Failing:
    """An engine whose next COMMIT raises."""

    def __init__(self, engine: Any, error: Exception) -> None:
        self.engine, self.error, self.armed = engine, error, False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.engine, name)

    def writer(self) -> Any:
        return _Connection(self.engine.writer(), self)


class _Connection:
    def __init__(self, real: Any, failing: Failing) -> None:
        self.real, self.failing = real, failing

    def cursor(self) -> Any:
        return _Cursor(self.real.cursor(), self.failing)

    def rollback(self) -> None:
        self.real.rollback()

    def close(self) -> None:
        self.real.close()


class _Cursor:
    def __init__(self, real: Any, failing: Failing) -> None:
        self.real, self.failing = real, failing

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def execute(self, sql: Any, *params: Any) -> Any:
        if sql == "COMMIT" and self.failing.armed:
            self.failing.armed = False
            raise self.failing.error
        return self.real.execute(sql, *params)


LOST = {"sqlite": sqlite3.OperationalError("disk I/O error"), "postgresql": psycopg.OperationalError("gone")}
FULL = {
    "sqlite": sqlite3.OperationalError("database or disk is full"),
    "postgresql": psycopg.errors.DiskFull("could not extend file"),
}


@pytest.mark.parametrize(("errors", "refusal"), [(LOST, Away), (FULL, Full)], ids=["lost", "full"])
def test_a_commit_that_fails_is_nobodys_success(
    database: Database, errors: dict[str, Exception], refusal: type[Exception]
) -> None:
    engine = Failing(database.engine(), errors[database.kind])
    desk = Desk(engine)
    heard: list[Any] = []
    desk.listeners.append(lambda facts, seq: heard.append(seq))
    try:
        desk.write_now(notes.keep, "before")
        engine.armed = True
        with pytest.raises(refusal):
            desk.write_now(notes.keep, "during")
        assert heard == [1]
        desk.write_now(notes.keep, "after")
        assert list(desk.read_now(notes.kept)) == ["after", "before"]
        assert [fact.seq for fact in desk.read_now(notes.log)] == [1, 2]
    finally:
        desk.close()


async def test_a_full_queue_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_WAITING", 3)
    with writer_held(desk) as go_on:
        tasks = [asyncio.ensure_future(desk.write(notes.keep, str(number))) for number in range(10)]
        await asyncio.sleep(0.01)
        go_on()
        results = await asyncio.gather(*tasks, return_exceptions=True)
    assert results[:4] == ["0", "1", "2", "3"]
    assert all(isinstance(one, TooMany) and one.data == {"retry_after": 2} for one in results[4:])


async def test_who_stops_waiting_disturbs_nobody(desk: Desk) -> None:
    """Redis clients once handed a cancelled request's answer to the next one."""

    async def one(number: int) -> None:
        task = asyncio.ensure_future(desk.write(notes.keep, f"{number:04}"))
        if number % 3 == 0:
            await asyncio.sleep(0)
            task.cancel()
        try:
            assert await task == f"{number:04}"
        except asyncio.CancelledError:
            assert number % 3 == 0

    await asyncio.gather(*(one(number) for number in range(900)))
    assert await desk.write(notes.keep, "last") == "last"
    kept = desk.read_now(notes.kept)
    assert all(f"{number:04}" in kept for number in range(900) if number % 3)


def test_the_clock_can_be_set_for_imports(desk: Desk) -> None:
    desk.writer.submit_now(lambda tx: notes.keep(tx, "long ago"), at=1_000)
    assert [fact.at for fact in desk.read_now(notes.log)] == [1_000]


def test_closing_lets_what_waits_finish(desk: Desk, database: Database) -> None:
    done: list[str] = []
    with writer_held(desk) as go_on:
        waiting = [
            threading.Thread(target=lambda key=key: done.append(desk.write_now(notes.keep, key)))
            for key in ("one", "two")
        ]
        for thread in waiting:
            thread.start()
        while desk.writer.waiting() < 2:
            threading.Event().wait(0.001)
        closing = threading.Thread(target=desk.close)
        closing.start()
        go_on()
        for thread in [*waiting, closing]:
            thread.join(10)
    assert sorted(done) == ["one", "two"]
    assert not desk.writer.is_alive()

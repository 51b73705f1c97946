"""A command is done once, however often, wherever and whenever it is sent again."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.base import notes
from tests.conftest import Clock
from tests.databases import Database
from tests.serving import opened

from frontdesk.base.db import Tx
from frontdesk.base.desk import Desk
from frontdesk.base.errors import Conflict, Invalid, Refused
from frontdesk.base.ids import new_id

_numbers = count()


def keep_something(tx: Tx, *, text: str) -> dict[str, str]:
    """Another row and another answer at every call: a second run would show."""
    return {"key": notes.keep(tx, f"{next(_numbers)}", text), "random": new_id()}


def keep_elsewhere(tx: Tx, *, text: str) -> dict[str, str]:
    return keep_something(tx, text=text)


@dataclass
class Processes:
    """The desks of a company with one process after another, or with two at once on PostgreSQL."""

    database: Database
    open: list[Desk]

    def some(self, nth: int) -> Desk:
        return self.open[nth % len(self.open)]

    def restart(self) -> None:
        for desk in self.open:
            desk.close()
        self.open = [opened(self.database) for _ in self.open]

    def close(self) -> None:
        for desk in self.open:
            desk.close()


@pytest.fixture
def processes(database: Database) -> Iterator[Processes]:
    with ExitStack() as stack:
        one = Processes(database, [opened(database) for _ in range(1 if database.url is None else 2)])
        stack.callback(one.close)
        yield one


sent_again = st.lists(st.tuples(st.integers(1, 5), st.booleans(), st.integers(0, 40)), min_size=1, max_size=3)


@given(sent_again, st.text("abc å✓", max_size=5))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_sent_again_and_again(
    processes: Processes, clock: Clock, bursts: list[tuple[int, bool, int]], text: str
) -> None:
    client_id = new_id()
    answers: set[bytes] = set()
    before = len(processes.open[0].read_now(notes.kept))
    for parallel, restarted, days in bursts:
        if restarted:
            processes.restart()
        clock.passes(days=days)
        answers |= set(asyncio.run(_burst(processes, client_id, text, parallel)))
    assert len(answers) == 1
    assert len(processes.open[0].read_now(notes.kept)) == before + 1
    with pytest.raises(Conflict) as refused:
        asyncio.run(_burst(processes, client_id, text + "!", 1))
    assert refused.value.data == {"reason": "reused_id"}
    assert len(processes.open[0].read_now(notes.kept)) == before + 1


async def _burst(processes: Processes, client_id: str, text: str, parallel: int) -> list[bytes]:
    return await asyncio.gather(
        *(
            processes.some(nth).command("agent:maja", client_id, keep_something, text=text)
            for nth in range(parallel)
        )
    )


async def test_parallel_repeats_over_two_processes(postgres: Database) -> None:
    """The UNIQUE index decides, not who looked first."""
    desks = [opened(postgres), opened(postgres)]
    for _ in range(60):
        client_id = new_id()
        answers = await asyncio.gather(
            *(desks[n % 2].command("agent:maja", client_id, keep_something, text="one") for n in range(5)),
            return_exceptions=True,
        )
        assert len(set(answers)) == 1, answers
        assert isinstance(answers[0], bytes)
    assert len(desks[0].read_now(notes.kept)) == 60
    for desk in desks:
        desk.close()


async def test_ids_belong_to_who_sent_them(desk: Desk) -> None:
    maja = await desk.command("agent:maja", "same-id-1", keep_something, text="one")
    oskar = await desk.command("agent:oskar", "same-id-1", keep_something, text="one")
    assert maja != oskar


async def test_the_same_body_to_another_verb_is_a_conflict(desk: Desk) -> None:
    await desk.command("agent:maja", "same-id-1", keep_something, text="one")
    with pytest.raises(Conflict):
        await desk.command("agent:maja", "same-id-1", keep_elsewhere, text="one")


async def test_a_refusal_is_not_kept(desk: Desk) -> None:
    """What was refused may be allowed the next time."""
    allowed = False

    def maybe(tx: Tx) -> str:
        if not allowed:
            raise Refused("Not yet.")
        return notes.keep(tx, "done")

    with pytest.raises(Refused):
        await desk.command("agent:maja", "same-id-1", maybe)
    allowed = True
    assert await desk.command("agent:maja", "same-id-1", maybe) == b'"done"'


async def test_secrets_are_not_part_of_what_is_kept(desk: Desk, database: Database) -> None:
    def takes_secret(tx: Tx, secret: str, *, text: str) -> dict[str, str]:
        return {"kept": notes.keep(tx, text)}

    await desk.command("agent:maja", "same-id-1", takes_secret, "hunter2-canary", text="one")
    reader = database.engine().reader()
    cursor = reader.cursor()
    cursor.execute("SELECT * FROM command")
    assert "hunter2" not in str(cursor.fetchall())
    reader.close()


@pytest.mark.parametrize("wrong", ["", "short", "x" * 65, "with space", None, 7, ["a" * 8]])
async def test_a_command_needs_an_id(desk: Desk, wrong: Any) -> None:
    with pytest.raises(Invalid):
        await desk.command("agent:maja", wrong, keep_something, text="one")
    assert desk.read_now(notes.kept) == {}


async def test_the_answer_outlives_what_it_was_about(open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    first = await desk.command("agent:maja", "same-id-1", keep_something, text="one")
    desk.write_now(lambda tx: tx.cursor.execute("DELETE FROM setting"))
    desk.close()
    assert await open_desk().command("agent:maja", "same-id-1", keep_something, text="one") == first

"""State at one moment and the facts since are the state fetched later: for everybody, after anything."""

import asyncio
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from tests import databases
from tests.cast import Cast, play
from tests.databases import Cluster, Database
from tests.live import reducer
from tests.live.clients import running
from tests.live.day import DOINGS, EVERYTHING, NETWORK, Day, drawn
from tests.serving import opened
from tests.talk.counting import assert_adds_up

from frontdesk.base.desk import Desk
from frontdesk.base.log import Event
from frontdesk.live import replay
from frontdesk.wire import is_heard, kinds

SEED = 7


@pytest.fixture
def near(monkeypatch: pytest.MonkeyPatch) -> None:
    """So near that whoever is away for a while must fetch everything afresh."""
    monkeypatch.setattr(replay, "FARTHEST", 40)


async def test_hundreds_of_doings_with_a_bad_network(
    desk: Desk, database: Database, cast: Cast, near: None
) -> None:
    order = random.Random(SEED)
    everything = {kind.kind for kind in _all_kinds() if is_heard(kind)}
    async with running(desk, database.settings()) as app:
        day, bag = Day(app, cast, order.randrange), drawn(order)
        for number in range(2_600):
            doing = getattr(day, next(bag))()
            if asyncio.iscoroutine(doing):
                await doing
            if number % 50 == 49:
                await day.compares()
                assert_adds_up(desk)
                if number > 1_100 and _heard(day) == everything:
                    break
        await day.ends()
    assert _heard(day) == everything
    assert sum(client.resyncs for client in day.clients if client.is_agent) > 0


def _heard(day: Day) -> set[str]:
    return {frame["kind"] for client in day.clients if client.is_agent for frame in client.heard}


def _all_kinds() -> list[type[Event]]:
    found = kinds()
    assert len(found) >= 18
    return found


async def test_two_processes_tell_the_same(postgres: Database) -> None:
    """Written in one, heard in the other."""
    here, there = opened(postgres), opened(postgres)
    order = random.Random(SEED)
    async with running(here, postgres.settings()) as app:
        day = Day(app, play(there), order.randrange)
        for _ in range(120):
            doing = getattr(day, order.choice(EVERYTHING))()
            if asyncio.iscoroutine(doing):
                await doing
            await asyncio.sleep(0)
        await day.compares()
        await day.ends()
    here.close()
    there.close()


class Days(RuleBasedStateMachine):
    """Hypothesis chooses, and finds the shortest day that goes wrong."""

    def __init__(self, database: Database, drop: Callable[[], object]) -> None:
        super().__init__()
        self.drop = drop
        self.loop = asyncio.new_event_loop()
        self.desk = opened(database)
        self.choices: list[int] = []
        self.loop.run_until_complete(self._begin(database))

    async def _begin(self, database: Database) -> None:
        self.running = running(self.desk, database.settings())
        self.day = Day(await self.running.__aenter__(), play(self.desk), self._choose)

    def _choose(self, below: int) -> int:
        return self.choices.pop() % below if self.choices else 0

    @rule(name=st.sampled_from(DOINGS), choices=st.lists(st.integers(0, 11), min_size=4, max_size=4))
    def something_is_done(self, name: str, choices: list[int]) -> None:
        self.choices = choices
        getattr(self.day, name)()

    @rule(name=st.sampled_from(NETWORK), which=st.integers(0, 4))
    def the_network_is_bad(self, name: str, which: int) -> None:
        self.choices = [which]
        self.loop.run_until_complete(getattr(self.day, name)())

    @rule()
    def everybody_is_right(self) -> None:
        self.loop.run_until_complete(self.day.compares())
        assert_adds_up(self.desk)

    def teardown(self) -> None:
        self.loop.run_until_complete(self._end())
        self.loop.close()
        self.desk.close()
        self.drop()

    async def _end(self) -> None:
        await self.day.compares()
        await self.day.ends()
        await self.running.__aexit__(None, None, None)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_days_that_hypothesis_makes_up(
    kind: str,
    request: pytest.FixtureRequest,
    shared: Path,
    tmp_path_factory: pytest.TempPathFactory,
    near: None,
) -> None:
    def machine() -> Days:
        folder = tmp_path_factory.mktemp("day")
        if kind == "sqlite":
            (folder / "frontdesk.db").write_bytes(databases.migrated_file(shared).read_bytes())
            return Days(Database(folder), lambda: None)
        cluster: Cluster = request.getfixturevalue("cluster")
        making = cluster.database(folder)
        return Days(making.__enter__(), lambda: making.__exit__(None, None, None))

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=2,
            stateful_step_count=300,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_kind_that_the_reducer_does_not_know_is_noticed() -> None:
    state: dict[str, Any] = {"seq": 0, "conversations": {}}
    assert reducer.apply(state, {"seq": 0, "kind": "Old", "data": {}}) is state
    with pytest.raises(AssertionError, match="nobody said"):
        reducer.apply(state, {"seq": 1, "kind": "NewAndUnknown", "data": {}})

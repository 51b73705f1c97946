"""Days at the desk, written down, so that the browser's reducer is held to them too.

`web/desk/state/contract.test.ts` reads the same files.
"""

import asyncio
import os
import random
import threading
from collections import defaultdict
from pathlib import Path
from typing import Any

import orjson
import pytest
from tests.cast import play
from tests.conftest import Clock
from tests.databases import Database
from tests.live import reducer
from tests.live.clients import differences, running
from tests.live.day import Day, drawn
from tests.serving import opened

from frontdesk.base import ids
from frontdesk.wire import is_heard, kinds

FOLDER = Path(__file__).parent.parent / "recorded"
SEEDS = (1, 2, 8)
BEFORE, DOINGS = 12, 380
MONDAY = 1_772_442_000_000
REWRITE = "FRONTDESK_REWRITE"


class Bits:
    """The same ids every time. The writer's thread and the tests' do not wait for each other."""

    def __init__(self, seed: int) -> None:
        self.by_thread: dict[str, random.Random] = defaultdict(lambda: random.Random(seed))

    def randbits(self, count: int) -> int:
        name = threading.current_thread().name
        who = "writer" if name == "frontdesk-writer" else "others"
        return self.by_thread[who].getrandbits(count - 1) << 1 | (who == "writer")

    def ten_bytes(self) -> bytes:
        return self.randbits(80).to_bytes(10, "big")

    def token_urlsafe(self, count: int) -> str:
        return f"{self.randbits(count * 8):x}".rjust(43, "0")[:43]


async def day_of(database: Database, clock: Clock, seed: int) -> dict[str, Any]:
    """What one admin held, heard and would fetch at the end."""
    order = random.Random(seed)
    desk = opened(database)
    async with running(desk, database.settings()) as app:
        day = Day(app, play(desk), order.randrange)
        maja = day.clients[0]
        state: dict[str, Any] = {}
        bag = drawn(order)
        for number in range(BEFORE + DOINGS):
            if number == BEFORE:
                state = maja.fetch()
                maja.heard.clear()
            clock.passes(seconds=11)
            doing = getattr(day, next(bag))()
            if asyncio.iscoroutine(doing):
                await doing
            await day.settles()
            if maja.socket is None or maja.socket.task.done():
                # Once she missed what is erased meanwhile, she would fetch everything afresh.
                await maja.disconnect()
                maja.connect()
        assert maja.resyncs == 0
        await day.compares()
        await day.ends()
        fresh = maja.fetch()
    desk.close()
    heard = {frame["seq"]: documented(frame) for frame in maja.heard}
    return {"state": state, "facts": [heard[seq] for seq in sorted(heard)], "fresh": fresh}


def documented(frame: dict[str, Any]) -> dict[str, Any]:
    whole = {
        name: reducer.documented(frame["data"][name])
        for name in ("conversation", "row")
        if name in frame["data"]
    }
    return {**frame, "data": {**frame["data"], **whole}}


def written(runs: list[dict[str, Any]]) -> bytes:
    """One fact on a line, so that a change can be read."""
    lines = []
    for run in runs:
        facts = b",\n".join(orjson.dumps(fact) for fact in run["facts"])
        state, fresh = orjson.dumps(run["state"]), orjson.dumps(run["fresh"])
        lines.append(b'{"state":' + state + b',\n"facts":[\n' + facts + b'\n],\n"fresh":' + fresh + b"}")
    return b"[\n" + b",\n".join(lines) + b"\n]\n"


@pytest.mark.parametrize("seed", SEEDS)
async def test_the_recorded_days_are_those_of_today(
    sqlite: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    clock.at = MONDAY
    bits = Bits(seed)
    monkeypatch.setattr(ids, "secrets", bits)
    monkeypatch.setattr(ids, "_ten_bytes", bits.ten_bytes)
    today = written([await day_of(sqlite, clock, seed)])
    path = FOLDER / f"day-{seed}.json"
    if os.environ.get(REWRITE):
        path.write_bytes(today)
    if path.read_bytes() != today:
        differ = differences(orjson.loads(path.read_bytes()), orjson.loads(today))[:5]
        pytest.fail(
            f"{path.name} is out of date; {REWRITE}=1 python -m pytest {__file__}\n" + "\n".join(differ)
        )


def test_the_recorded_days_end_where_they_should() -> None:
    runs = [run for path in sorted(FOLDER.glob("*.json")) for run in orjson.loads(path.read_bytes())]
    assert len(runs) == len(SEEDS)
    for run in runs:
        state = run["state"]
        for fact in run["facts"]:
            state = reducer.apply(state, fact)
        assert differences(state, run["fresh"]) == []
    told = {fact["kind"] for run in runs for fact in run["facts"]}
    assert told == {kind.kind for kind in kinds() if is_heard(kind)}

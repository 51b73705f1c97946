"""Killed at any moment, by any means: what was acknowledged is there, once, and the desk is soon back."""

import asyncio
import contextlib
import os
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import orjson
import pytest
from tests.cast import play
from tests.databases import Cluster, Database
from tests.serving import as_process, eventually, opened
from tests.talk.counting import assert_adds_up

from frontdesk.base.feed import facts_after
from frontdesk.base.ids import new_id, new_token

CLIENTS = 20
# More of them, for a night: FRONTDESK_KILLS=1000 python -m pytest tests/live/test_crash.py
KILLS = int(os.environ.get("FRONTDESK_KILLS", "15"))
GOES_AWAY = (429, 500, 502, 503, 507)


@dataclass
class Storm:
    """Visitors who write without a pause and send again until they are answered."""

    url: str
    acked: dict[str, bytes] = field(default_factory=dict)
    tried: int = 0
    refused: list[int] = field(default_factory=list)

    async def visitor(self, number: int) -> None:
        token, start, nth = new_token(), new_id(), 0
        headers = {"authorization": f"Bearer {token}", "origin": self.url}
        async with httpx.AsyncClient(base_url=self.url, headers=headers, timeout=10, verify=False) as client:  # noqa: S501
            while True:
                nth += 1
                client_id = new_id()
                body = {"client_id": client_id, "start": start, "text": f"{number}.{nth}"}
                self.acked[client_id] = await self._until_answered(client, body)

    async def _until_answered(self, client: httpx.AsyncClient, body: dict[str, str]) -> bytes:
        while True:
            self.tried += 1
            with contextlib.suppress(httpx.TransportError):
                answer = await client.post("/widget/api/messages", json=body)
                if answer.status_code == 201:
                    return answer.content
                assert answer.status_code in GOES_AWAY, answer.text
                self.refused.append(answer.status_code)
            await asyncio.sleep(random.uniform(0.1, 0.4))

    @contextlib.asynccontextmanager
    async def blowing(self) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(self.visitor(number)) for number in range(CLIENTS)]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            done = await asyncio.gather(*tasks, return_exceptions=True)
            assert all(isinstance(one, asyncio.CancelledError) for one in done), done


def set_up(database: Database) -> None:
    desk = opened(database)
    play(desk)
    desk.close()


def assert_nothing_lost_or_doubled(database: Database, acked: dict[str, bytes]) -> None:
    desk = opened(database)
    written = [
        orjson.loads(fact.data)["message"]
        for fact in desk.read_now(facts_after, 0, 10_000_000)
        if fact.kind == "CustomerWrote"
    ]
    ids = [message["client_id"] for message in written]
    assert len(ids) == len(set(ids)), "a message was doubled"
    stored = {message["client_id"]: message for message in written}
    lost = acked.keys() - stored.keys()
    assert not lost, f"{len(lost)} acknowledged messages were lost"
    for client_id, answer in acked.items():
        assert orjson.loads(answer)["message"] == stored[client_id]
    by_sender: dict[str, list[int]] = {}
    for message in written:
        number, nth = message["text"].split(".")
        by_sender.setdefault(number, []).append(int(nth))
    assert all(order == sorted(order) for order in by_sender.values()), "a sender's order was lost"
    assert_adds_up(desk)
    desk.close()


@pytest.mark.slow
async def test_killed_at_random_moments(sqlite: Database, capsys: pytest.CaptureFixture[str]) -> None:
    set_up(sqlite)
    order = random.Random(3)
    returns = []
    with as_process(sqlite) as server:
        storm, begun = Storm(server.url), time.monotonic()
        async with storm.blowing():
            for _ in range(KILLS):
                await asyncio.sleep(order.uniform(0.05, 0.6))
                server.kill()
                returns.append(await asyncio.to_thread(server.start))
            await asyncio.sleep(0.3)
        took = time.monotonic() - begun
        server.kill()
    check = sqlite3.connect(sqlite.folder / "frontdesk.db")
    assert check.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    check.close()
    assert_nothing_lost_or_doubled(sqlite, storm.acked)
    assert len(storm.acked) > CLIENTS
    tell(capsys, f"{KILLS} kills", storm, returns, took)
    # A machine that is busy with other things starts nothing quickly, in peace or not.
    assert min(returns) < 5 + 3 * server.first_took, (returns, server.first_took)


def tell(
    capsys: pytest.CaptureFixture[str], what: str, storm: Storm, returns: list[float], took: float
) -> None:
    rate = len(storm.acked) / took
    back = f"serving again after {statistics.median(returns):.2f} s (median), {max(returns):.2f} s (worst)"
    with capsys.disabled():
        sys.stdout.write(f"\n{what}: {len(storm.acked):,} acknowledged, {rate:.0f}/s, {back}\n")


async def test_postgres_crashes_and_comes_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cluster = Cluster(reachable() / "crash", durable=True)
    cluster.create()
    cluster.make_template()
    try:
        with cluster.database(tmp_path) as database:
            set_up(database)
            returns = []
            with as_process(database) as server:
                storm, begun = Storm(server.url), time.monotonic()
                async with storm.blowing():
                    for _ in range(3):
                        await asyncio.sleep(0.5)
                        await asyncio.to_thread(cluster.stop)
                        await asyncio.to_thread(cluster.start)
                        returns.append(await asyncio.to_thread(server.wait_until_up))
                    await asyncio.sleep(0.3)
                took = time.monotonic() - begun
                assert server.running is not None
                assert server.running.poll() is None, "the desk itself must outlive its database"
                server.stop()
            assert_nothing_lost_or_doubled(database, storm.acked)
            assert len(storm.acked) > 50
            tell(capsys, "3 crashes of PostgreSQL", storm, returns, took)
    finally:
        cluster.stop()
        shutil.rmtree(cluster.folder.parent)


def reachable() -> Path:
    """PostgreSQL runs as somebody else, who must get through pytest's private folders: so beside them."""
    found = Path(tempfile.mkdtemp(prefix="frontdesk-crash-"))
    found.chmod(0o755)
    return found


async def test_stopping_answers_or_refuses_whoever_is_there(sqlite: Database) -> None:
    set_up(sqlite)
    with as_process(sqlite) as server:
        storm = Storm(server.url)
        async with storm.blowing():
            await eventually(lambda: len(storm.acked) >= 2 * CLIENTS, 20)
            begun = time.monotonic()
            code = await asyncio.to_thread(server.stop)
            assert time.monotonic() - begun < 10
        assert code in (0, -15)
    assert "Traceback" not in server.log()
    assert_nothing_lost_or_doubled(sqlite, storm.acked)

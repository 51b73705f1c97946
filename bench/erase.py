"""A customer is erased while others write: seconds until it is done, how long those waited, what is left."""

import asyncio
import secrets
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import orjson
import psycopg

from bench.chats import Sent
from bench.desk import ask
from bench.figures import spread
from bench.life import CANARY, Somebody, fill
from bench.live import WARM_UP_S, Round, Wanted, latencies, measured
from bench.storage import Storage

BAR_S = 60.0
_PATIENCE_S = 180.0
_LOOKS_EVERY_S = 0.2
_LEFT = "SELECT count(*) FROM job WHERE kind IN ('clean_traces', 'forget_files')"


@dataclass
class _Done:
    """Moments of this process's clock: asked for, answered, and cleaned."""

    began: float
    answered: float
    cleaned: float
    report: dict[str, int]


def erase(wanted: Wanted, messages: int, others: int) -> dict[str, Any]:
    kept: dict[str, Any] = {}

    def furnish(storage: Storage) -> None:
        kept["storage"], kept["who"] = storage, fill(storage, messages, others)
        kept["before"] = _holding(storage.data)

    async def erased(one: Round) -> dict[str, Any]:
        await one.run(wanted.rate, WARM_UP_S)
        quiet = await one.run(wanted.rate, 10)
        gone = asyncio.create_task(_erased(one, kept["storage"], kept["who"]))
        runs = []
        while not gone.done():
            runs.append(await one.run(wanted.rate, 2))
        done = await gone
        kept["report"] = done.report
        sent = [each for run in runs for each in run.sent]
        return {**_figures(done, sent), "quiet_p99_ms": latencies(quiet.sent)["p99_ms"]}

    figures = measured(wanted, erased, furnish=furnish, after=lambda one: kept.update(_left(one)))
    return {
        **figures,
        "messages": messages,
        "others": others,
        "report": kept["report"],
        "files_before": kept["before"],
        **{name: kept[name] for name in ("left", "left_in_tables", "left_in_log", "size_mb")},
    }


async def _erased(one: Round, storage: Storage, who: Somebody) -> _Done:
    body = {"client_id": secrets.token_hex(8), "name": who.called}
    path = f"/api/customers/{who.id}/erase"
    began = perf_counter()
    status, said, _ = await asyncio.to_thread(ask, one.servers[0].port, "POST", path, body, Cookie=one.cookie)
    answered = perf_counter()
    if status not in (200, 201):
        raise RuntimeError(f"they were not erased: {status} {said[:300].decode()}")
    while (await asyncio.to_thread(storage.query, _LEFT))[0][0]:
        if perf_counter() - began > _PATIENCE_S:
            raise RuntimeError("what was left of them was not cleaned")
        await asyncio.sleep(_LOOKS_EVERY_S)
    return _Done(began, answered, perf_counter(), orjson.loads(said)["report"])


def _figures(done: _Done, sent: list[Sent]) -> dict[str, Any]:
    """What waited for the transaction, and what for the cleaning, by when it was due."""
    first = [one for one in sent if done.began - 0.2 <= one.due < done.answered]
    then = [one for one in sent if done.answered <= one.due < done.cleaned]
    return {
        "erase_s": round(done.answered - done.began, 2),
        "done_s": round(done.cleaned - done.began, 2),
        **spread(_waits(first), "while_erased_"),
        **spread(_waits(then), "while_cleaned_"),
    }


def _waits(sent: list[Sent]) -> list[float]:
    return [(one.heard - one.due) * 1000 for one in sent if one.heard]


def _left(storage: Storage) -> dict[str, Any]:
    """Files of the data folder that hold a word of theirs; and of PostgreSQL its own, which promises less."""
    size = sum(path.stat().st_size for path in _files(storage.data))
    found = {"left": _holding(storage.data), "left_in_tables": 0, "left_in_log": 0}
    if storage.url is None:
        return {**found, "size_mb": round(size / 1e6, 1)}
    with psycopg.connect(storage.url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        ((size,),) = connection.execute("SELECT pg_database_size(current_database())").fetchall()
    its = storage.data.parent / "postgres"
    return {
        "left": found["left"],
        "left_in_tables": _holding(its / "base"),
        "left_in_log": _holding(its / "pg_wal"),
        "size_mb": round(size / 1e6, 1),
    }


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _holding(folder: Path) -> int:
    """How many files hold it."""
    return sum(CANARY.encode() in path.read_bytes() for path in _files(folder))


def bars() -> dict[str, float]:
    return {"done_s": BAR_S, "left": 0, "lost": 0, "doubled": 0}


def holds(figures: dict[str, Any]) -> bool:
    return figures["files_before"] > 0 and all(figures[name] <= most for name, most in bars().items())

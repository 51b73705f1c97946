"""Whether the desk is alive."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import orjson
from fastapi import Request, Response

from frontdesk.api.door import Anyone, Here
from frontdesk.base import jobs
from frontdesk.base.clock import MINUTE
from frontdesk.base.db import Reading, Tx
from frontdesk.base.routes import Routes

router = Routes(tags=["health"])

_PATIENCE = 2.0


@dataclass(frozen=True)
class Health:
    ok: bool
    database: bool
    writer: bool
    jobs: bool
    log: bool
    parked_jobs: int
    connections: int


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz", response_model=Health, responses={503: {"model": Health}})
async def healthz(request: Request, here: Here, _: Anyone) -> Response:
    """503 when the database, the writer, the jobs or the log do not answer; parked jobs are an alarm."""
    feed, worker = request.app.state.feed, request.app.state.worker
    head = await _answered(here.desk.read(_look, worker.slow))
    wrote = await _answered(here.desk.write(_nothing))
    seen: dict[str, Any] = {
        "database": head is not None,
        "writer": wrote is not None,
        "jobs": worker.is_alive() and head is not None and head[1] < 2 * MINUTE,
        "log": feed.is_alive() and head is not None and head[2] - feed.seq < 1_000,
    }
    parked = 0 if head is None else head[0]
    ok = all(seen.values())
    body = {"ok": ok, **seen, "parked_jobs": parked, "connections": len(here.hub)}
    return Response(orjson.dumps(body), 200 if ok else 503, media_type="application/json")


def _look(view: Reading, slow: Collection[str]) -> tuple[int, int, int]:
    return jobs.parked(view), jobs.overdue_ms(view, slow), view.head()


def _nothing(tx: Tx) -> int:
    return tx.head()


async def _answered(work: Any) -> Any:
    try:
        return await asyncio.wait_for(work, _PATIENCE)
    except Exception:  # whatever is wrong, the answer is "not alive"
        return None

"""Purple answers: from a customer's message to the suggestion on the agent's screen, and what that costs
everybody else's messages.
"""

import asyncio
from functools import partial
from time import perf_counter
from typing import Any

from bench.chats import Sent
from bench.figures import percentile
from bench.knowledge import furnish
from bench.live import WARM_UP_S, Round, Run, Wanted, live, measured

BAR_MS, BAR_TIMES = 300.0, 1.2
_STEADY_S = 60.0
_PATIENCE = 60.0
_LOOK_S = 0.05


def purple(wanted: Wanted, passages: int) -> dict[str, Any]:
    """First the messages of a desk that knows nothing, then of one with `passages`."""
    seconds = _STEADY_S if wanted.seconds is None else wanted.seconds

    async def steady(one: Round) -> dict[str, Any]:
        await _ready(one)
        await one.run(wanted.rate, min(WARM_UP_S, seconds))
        run = await one.run(wanted.rate, seconds)
        await _suggested(run)
        return {**run.figures(), **_purple(run.sent)}

    plain = live(wanted)
    found = measured(wanted, steady, partial(furnish, many=passages))
    times = round(found["p99_ms"] / plain["p99_ms"], 2)
    return {"passages": passages, **found, "without_p99_ms": plain["p99_ms"], "times_without": times}


async def _ready(one: Round) -> None:
    """The engine is read in beside the chat: messages are sent until one gets its suggestion."""
    until = perf_counter() + _PATIENCE
    while perf_counter() < until:
        run = await one.run(1.0, 2.0)
        await _suggested(run, patience=1.0)
        if any(message.suggested for message in run.sent):
            return
    raise TimeoutError("nothing was suggested")


async def _suggested(run: Run, patience: float = 10.0) -> None:
    for _ in range(round(patience / _LOOK_S)):
        if all(one.suggested for one in run.sent):
            return
        await asyncio.sleep(_LOOK_S)


def _purple(sent: list[Sent]) -> dict[str, Any]:
    took = [(one.suggested - one.due) * 1000 for one in sent if one.suggested]
    missing = len(sent) - len(took)
    if not took:
        return {"suggested": 0, "unsuggested": missing}
    p50, p99 = percentile(took, 50), percentile(took, 99)
    return {"suggested": len(took), "unsuggested": missing, "purple_p50_ms": p50, "purple_p99_ms": p99}


def bars() -> dict[str, float]:
    return {"purple_p99_ms": BAR_MS, "times_without": BAR_TIMES, "lost": 0, "doubled": 0}


def holds(figures: dict[str, Any]) -> bool:
    bar = bars().items()
    return figures["suggested"] > 0 and all(figures[name] <= most for name, most in bar)

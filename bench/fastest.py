"""The highest steady rate at which a message still reaches the agent in time."""

from typing import Any

from bench.live import WARM_UP_S, Round, Run, Wanted, measured

BAR_RATE, BAR_MS = 1_500.0, 100.0
_STEP_S, _LAST = 5.0, 3
_FIRST_RATE, _FASTER, _HALVINGS, _SLOWER = 400.0, 1.5, 4, 0.95


def fastest(wanted: Wanted) -> dict[str, Any]:
    async def search(one: Round) -> dict[str, Any]:
        await one.run(_FIRST_RATE / 4, WARM_UP_S)
        return await _Search(one, _STEP_S if wanted.seconds is None else wanted.seconds).best()

    return measured(wanted, search)


class _Search:
    """Faster until it fails, then halving the gap; at last a longer run, slower each time it fails."""

    def __init__(self, one: Round, seconds: float) -> None:
        self._one = one
        self._seconds = seconds
        self._tried: list[dict[str, float]] = []

    async def best(self) -> dict[str, Any]:
        good, bad = 0.0, _FIRST_RATE
        while await self._holds(bad):
            good, bad = bad, bad * _FASTER
        for _ in range(_HALVINGS):
            middle = (good + bad) / 2
            good, bad = (middle, bad) if await self._holds(middle) else (good, middle)
        last = await self._confirmed(max(good, 1.0))
        return {**last.figures(), "tried": self._tried}

    async def _confirmed(self, rate: float) -> Run:
        while True:
            last = await self._try(rate, self._seconds * _LAST)
            if _held(last) or rate <= 1:
                return last
            rate *= _SLOWER

    async def _holds(self, rate: float) -> bool:
        """A step that fails is tried once more: something else may have needed the machine."""
        return _held(await self._try(rate, self._seconds)) or _held(await self._try(rate, self._seconds))

    async def _try(self, rate: float, seconds: float) -> Run:
        run = await self._one.run(rate, seconds)
        found = run.figures()
        self._tried.append({name: found[name] for name in ("rate_per_s", "p99_ms", "generator_stall_ms")})
        return run


def _held(run: Run) -> bool:
    return run.is_whole() and run.figures()["p99_ms"] <= BAR_MS


def bars() -> dict[str, float]:
    return {"rate_per_s": BAR_RATE, "p99_ms": BAR_MS, "lost": 0, "doubled": 0}


def holds(figures: dict[str, Any]) -> bool:
    quick = figures["p99_ms"] <= BAR_MS and figures["rate_per_s"] >= BAR_RATE
    return bool(quick and figures["lost"] == figures["doubled"] == 0)

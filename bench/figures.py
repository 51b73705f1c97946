"""Figures and the one line that each bench prints."""

import json
from collections.abc import Sequence
from typing import Any


def percentile(values: Sequence[float], wanted: float) -> float:
    """The smallest value that at least `wanted` of a hundred do not exceed; 0 of nothing."""
    if not values:
        return 0.0
    ordered = sorted(values)
    rank = -(-len(ordered) * wanted // 100)
    return round(ordered[max(0, int(rank) - 1)], 2)


def spread(values: Sequence[float], name: str = "") -> dict[str, float]:
    """Half, 99 of a hundred, and the worst, in milliseconds."""
    return {
        f"{name}p50_ms": percentile(values, 50),
        f"{name}p99_ms": percentile(values, 99),
        f"{name}worst_ms": percentile(values, 100),
    }


def line(bench: str, figures: dict[str, Any], limit: dict[str, Any], bar: dict[str, float], ok: bool) -> str:
    """`bar` repeats what the figures are held against."""
    return json.dumps({"bench": bench, **figures, "limit": limit, "bar": bar, "ok": ok})

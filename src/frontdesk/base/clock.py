"""Time, in milliseconds since 1970, UTC. The only place that asks the machine for it."""

import time

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def ticks_ms() -> int:
    """For how long something lasts in this process: unlike the hour, it never jumps."""
    return time.monotonic_ns() // 1_000_000

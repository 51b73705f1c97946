"""How often somebody may do something: token buckets, in memory, bounded."""

from collections import OrderedDict
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Network, ip_address

from frontdesk.base.clock import SECOND, ticks_ms
from frontdesk.base.errors import TooMany

_MOST_KEYS = 50_000


class Rate:
    """`burst` at once, refilled over `seconds`. A process counts for itself."""

    def __init__(self, burst: int, seconds: float) -> None:
        self._burst = float(burst)
        self._per_ms = burst / (seconds * SECOND)
        self._buckets: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def widen(self, scale: float) -> None:
        """Allow `scale` times as much."""
        self._burst *= scale
        self._per_ms *= scale

    def spend(self, key: str) -> None:
        """Raises TooMany with the seconds to wait."""
        now = ticks_ms()
        left, at = self._buckets.pop(key, (self._burst, now))
        left = min(self._burst, left + (now - at) * self._per_ms)
        self._buckets[key] = (left - 1 if left >= 1 else left, now)
        if len(self._buckets) > _MOST_KEYS:
            self._buckets.popitem(last=False)
        if left < 1:
            wait = int((1 - left) / self._per_ms / SECOND) + 1
            raise TooMany("That is a lot at once. Wait a moment.", data={"retry_after": wait})


@lru_cache(10_000)
def network(address: str) -> str:
    """What counts as one sender: an IPv4 address, or the 64-bit network of an IPv6 one."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return address
    return str(found.ipv4_mapped or IPv6Network((int(found), 64), strict=False))

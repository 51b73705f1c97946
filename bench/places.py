"""From an address to a city and its zone, in the database of this folder: `frontdesk places update` first."""

import random
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from time import perf_counter_ns
from typing import Any

from bench.figures import percentile
from frontdesk.people.places import FOLDER, Places

BAR_US = 50.0


def places(data: Path, lookups: int) -> dict[str, Any]:
    """Each address is asked for once, so that nothing is remembered."""
    known = Places(data / FOLDER)
    if not known.are_here:
        raise SystemExit(f"There is no city database in {data}: frontdesk places update --data {data}")
    chance = random.Random(4711)
    v4 = [str(IPv4Address(chance.randrange(1 << 24, 224 << 24))) for _ in range(lookups)]
    v6 = [str(IPv6Address((0x2000 << 112) | chance.getrandbits(125))) for _ in range(lookups)]
    return {"lookups": 2 * lookups, **_asked(known, v4, "ipv4"), **_asked(known, v6, "ipv6")}


def _asked(known: Places, addresses: list[str], name: str) -> dict[str, float]:
    took, found = list[float](), 0
    for address in addresses:
        begun = perf_counter_ns()
        place = known.of(address)
        took.append((perf_counter_ns() - begun) / 1_000)
        found += place is not None
    return {
        f"{name}_found": round(found / len(addresses), 3),
        f"{name}_mean_us": round(sum(took) / len(took), 2),
        f"{name}_p50_us": percentile(took, 50),
        f"{name}_p99_us": percentile(took, 99),
    }


def bars() -> dict[str, float]:
    return {"mean_us": BAR_US}


def holds(figures: dict[str, Any]) -> bool:
    return all(figures[f"{name}_mean_us"] <= BAR_US for name in ("ipv4", "ipv6"))

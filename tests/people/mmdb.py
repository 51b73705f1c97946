"""Writes a small city database, in MaxMind's format: https://maxmind.github.io/MaxMind-DB/."""

import struct
from ipaddress import ip_network
from typing import Any

_TEXT, _DOUBLE, _U16, _U32, _MAP, _U64, _LIST = 2, 3, 5, 6, 7, 9, 11


def written(version: int, places: dict[str, dict[str, Any]], *, epoch: int = 1_780_000_000) -> bytes:
    """Networks and what is known of each; none of them lies in another."""
    tree: list[list[Any]] = [[None, None]]
    data = b""
    for name, record in places.items():
        _put(tree, ip_network(name), ("data", len(data)))
        data += _encoded(record)
    count = len(tree)
    nodes = b"".join(_record(one, count) for node in tree for one in node)
    about = {
        "binary_format_major_version": (_U16, 2),
        "binary_format_minor_version": (_U16, 0),
        "build_epoch": (_U64, epoch),
        "database_type": "cities",
        "description": {"en": "of a test"},
        "ip_version": (_U16, version),
        "languages": ["en"],
        "node_count": (_U32, count),
        "record_size": (_U16, 24),
    }
    return nodes + bytes(16) + data + b"\xab\xcd\xefMaxMind.com" + _encoded(about)


def _put(tree: list[list[Any]], network: Any, leaf: tuple[str, int]) -> None:
    bits = int(network.network_address)
    node = 0
    for place in range(network.prefixlen):
        side = bits >> network.max_prefixlen - 1 - place & 1
        if place == network.prefixlen - 1:
            tree[node][side] = leaf
            return
        if tree[node][side] is None:
            tree.append([None, None])
            tree[node][side] = len(tree) - 1
        node = tree[node][side]


def _record(one: Any, count: int) -> bytes:
    value = count if one is None else count + 16 + one[1] if isinstance(one, tuple) else one
    return int(value).to_bytes(3, "big")


def _encoded(value: Any) -> bytes:
    if isinstance(value, tuple):
        kind, number = value
        size = (number.bit_length() + 7) // 8
        return _head(kind, size) + number.to_bytes(size, "big")
    if isinstance(value, str):
        text = value.encode()
        return _head(_TEXT, len(text)) + text
    if isinstance(value, float):
        return _head(_DOUBLE, 8) + struct.pack(">d", value)
    if isinstance(value, list):
        return _head(_LIST, len(value)) + b"".join(_encoded(one) for one in value)
    pairs = b"".join(_encoded(name) + _encoded(one) for name, one in value.items())
    return _head(_MAP, len(value)) + pairs


def _head(kind: int, size: int) -> bytes:
    extended = b"" if kind <= _MAP else bytes([kind - 7])
    first = (kind << 5) if kind <= _MAP else 0
    if size < 29:
        return bytes([first | size]) + extended
    assert size < 29 + 256, "longer than any test needs"
    return bytes([first | 29]) + extended + bytes([size - 29])


def city(name: str, country: str, latitude: float, longitude: float, zone: str = "") -> dict[str, Any]:
    return {
        "city": name,
        "country_code": country,
        "latitude": latitude,
        "longitude": longitude,
        "timezone": zone,
    }


STOCKHOLM = city("Stockholm (Norrmalm)", "SE", 59.33, 18.07)
DENVER = city("Denver", "US", 39.74, -104.99)
V4 = {"81.230.0.0/16": STOCKHOLM, "8.8.8.0/24": DENVER, "127.0.0.0/8": city("Lund", "SE", 55.7, 13.19)}
V6 = {"2001:db8::/32": STOCKHOLM, "2a00:1450::/32": city("", "PL", 52.23, 21.01)}

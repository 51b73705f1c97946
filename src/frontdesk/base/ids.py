"""Identifiers and secrets."""

import hashlib
import os
import re
import secrets

from frontdesk.base.clock import now_ms

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
# Two characters at a time: every message makes several of these.
_PAIRS = [one + other for one in _ALPHABET for other in _ALPHABET]
_SHIFTS = range(120, -10, -10)
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_ID = re.compile(r"[0-9a-z]{26}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


_AT_ONCE = 256
_spare: list[bytes] = []
# A copy of this process must not make the same ids.
os.register_at_fork(after_in_child=_spare.clear)


def _ten_bytes() -> bytes:
    """Of the system's own randomness, fetched for many ids at once: each call lets the other threads in."""
    try:
        return _spare.pop()
    except IndexError:
        some = os.urandom(10 * _AT_ONCE)
        _spare.extend(some[start : start + 10] for start in range(10, len(some), 10))
        return some[:10]


def new_id() -> str:
    """26 characters: 10 of time, so that an index grows at its end, then 80 random bits."""
    number = now_ms() << 80 | int.from_bytes(_ten_bytes(), "big")
    return "".join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])


def new_token() -> str:
    """256 random bits, base64url, 43 characters. Give it away once, keep only `digest` of it."""
    return secrets.token_urlsafe(32)


def is_client_id(value: object) -> bool:
    return isinstance(value, str) and _CLIENT_ID.fullmatch(value) is not None


def is_id(value: object) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def is_token(value: object) -> bool:
    return isinstance(value, str) and _TOKEN.fullmatch(value) is not None


def digest(token: str) -> str:
    """What is stored of a token. Tokens are random, so a plain hash is enough; passwords are not."""
    return hashlib.sha256(token.encode()).hexdigest()

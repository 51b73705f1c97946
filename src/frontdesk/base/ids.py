"""Identifiers and secrets."""

import hashlib
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


def new_id() -> str:
    """26 characters: 10 of time, so that an index grows at its end, then 80 random bits."""
    number = now_ms() << 80 | secrets.randbits(80)
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

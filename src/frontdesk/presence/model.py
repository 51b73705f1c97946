"""Signs of presence, and page visits made harmless. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import orjson

from frontdesk.base.clock import SECOND
from frontdesk.base.errors import Invalid
from frontdesk.base.text import one_line
from frontdesk.people.model import Sight

EventKind = Literal["page", "event", "started", "closed", "reopened", "changed", "labelled"]
Kind = Literal["here", "looking", "typing", "visiting"]

# A browser says where it is every half minute, and every minute when nobody looks at it.
HERE_FOR = 75 * SECOND

_BROWSER = re.compile(r"[A-Za-z0-9_-]{16,64}")
_LONGEST_ADDRESS = 500
_LONGEST_TITLE = 200
_MOST_DATA = 2_000


@dataclass(frozen=True, slots=True)
class Sign:
    """`who` is an agent's id, or a customer's for "visiting" and for a customer's "typing"."""

    kind: Kind
    who: str
    where: str = ""
    by_customer: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """A page seen, or an event that the site named itself."""

    kind: Literal["page", "event"]
    url: str
    title: str
    referrer: str
    name: str | None
    data: str | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a browser reported, and when. `is_new` false: it is still where it was."""

    id: str
    at: int
    browser: str
    visit: Visit
    sight: Sight
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class CustomerEvent:
    """Something of a customer's day: what they saw, what became of their conversations, what was written down
    of them. `id` is where a list goes on; `visit` is the same for all that was seen in one go.
    """

    id: str
    at: int
    kind: EventKind
    title: str | None = None
    url: str | None = None
    referrer: str | None = None
    name: str | None = None
    data: dict[str, str | int | float | bool | None] | None = None
    seconds: int | None = None
    visit: str | None = None
    conversation_id: str | None = None
    agent_id: str | None = None
    label_id: str | None = None
    field: str | None = None
    was: str | None = None
    becomes: str | None = None


def is_browser_id(value: object) -> bool:
    return isinstance(value, str) and _BROWSER.fullmatch(value) is not None


def cleaned(url: str) -> str:
    """The address without what may be a secret: user, fragment, and every query value but campaign marks."""
    return _cleaned(url) if len(url) <= _LONGEST_ADDRESS else _cleaned.__wrapped__(url)


# The same few pages are seen again and again.
@lru_cache(4_000)
def _cleaned(url: str) -> str:
    try:
        parts = urlsplit(one_line(url, 4_000))
        host, port = parts.hostname or "", f":{parts.port}" if parts.port else ""
        host = f"[{host}]" if ":" in host else host
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    query = urlencode([(key, value) for key, value in parse_qsl(parts.query) if key.startswith("utm_")])
    return urlunsplit((parts.scheme, host + port, parts.path, query, ""))[:_LONGEST_ADDRESS]


def as_visit(
    kind: Literal["page", "event"],
    *,
    url: str,
    title: str,
    referrer: str,
    name: str | None = None,
    data: dict[str, Any] | None = None,
) -> Visit:
    """Raises Invalid when an event has no name or carries too much."""
    written = orjson.dumps(data).decode() if data else None
    if kind == "event" and not one_line(name or "", 80):
        raise Invalid("An event needs a name.", fields={"name": "Such as: Added to basket"})
    if written is not None and len(written) > _MOST_DATA:
        raise Invalid("The event carries too much.", fields={"data": f"At most {_MOST_DATA} characters"})
    return Visit(
        kind,
        cleaned(url),
        one_line(title, _LONGEST_TITLE),
        cleaned(referrer)[:_LONGEST_TITLE],
        one_line(name, 80) if name else None,
        written,
    )

"""Signs of presence, and page visits made harmless. Pure."""

import re
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import orjson

from frontdesk.base.errors import Invalid
from frontdesk.base.text import one_line

Kind = Literal["here", "looking", "typing", "visiting"]

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


def is_browser_id(value: object) -> bool:
    return isinstance(value, str) and _BROWSER.fullmatch(value) is not None


def cleaned(url: str) -> str:
    """The address without what may be a secret: user, fragment, and every query value but campaign marks."""
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

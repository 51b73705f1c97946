"""Addresses of a website: what they are called here, which of them are read, and what is a trap. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

from frontdesk.base.errors import Invalid
from frontdesk.base.text import one_line
from frontdesk.know.model import Plan

_PORTS = {"http": 80, "https": 443}
_LONGEST, _DEEPEST, _MOST_PARAMETERS, _MOST_REPEATS = 500, 10, 2, 2
# They say where somebody came from, not what is shown.
_TRACKS = re.compile(
    r"(utm_.*|gclid|fbclid|msclkid|mc_[ce]id|_ga|_gl|ref|referrer|source|sid|s?session_?id|phpsessid|"
    r"jsessionid|sort|order|dir|view|display|filter|replytocom|print|share|add-to-cart|currency)",
    re.IGNORECASE,
)
_NO_PAGE = re.compile(
    r"\.(jpe?g|png|gif|webp|avif|svg|ico|bmp|css|js|mjs|map|json|xml|rss|atom|zip|gz|tgz|rar|7z|exe|dmg|"
    r"mp[34]|m4[av]|avi|mov|webm|ogg|wav|woff2?|ttf|otf|eot|csv|xlsx?|pptx?|ics|vcf|apk)$",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"\.(pdf|docx?|odt|rtf)$", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_HOST = re.compile(r"[\w.-]{1,253}|[0-9a-f:.]+")
_MOST_FOLDERS = 50
_MOST_OF_A_PATTERN, _MOST_OF_A_PATH = 60, 20


def start_of(typed: str) -> str:
    """Where reading a website begins, of whatever was typed: `shop.example`, `https://shop.example/help`.

    Raises Invalid.
    """
    text = one_line(typed, _LONGEST)
    text = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(text)
        found = Site.at(text).address(text, text) if _HOST.fullmatch(parts.hostname or "") else None
    except ValueError:
        found = None
    if found is None:
        raise Invalid("This is not a website's address.", fields={"url": "Such as https://shop.example"})
    return found


def folders(typed: Iterable[str], field: str) -> tuple[str, ...]:
    """Paths such as `/press`, of whatever was typed. Raises Invalid."""
    found: dict[str, None] = {}
    for one in typed:
        text = one_line(one, 200)
        path = _path(urlsplit(text if "://" in text else f"//x/{text.lstrip('/')}").path).rstrip("/")
        if text and not path:
            raise Invalid("This is the whole website.", fields={field: "A path such as /press"})
        if text:
            found[path] = None
    if len(found) > _MOST_FOLDERS:
        raise Invalid("That is too many paths.", fields={field: f"At most {_MOST_FOLDERS}"})
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Site:
    """A website under its own name. All its hosts, with and without www, are one."""

    origin: str
    hosts: frozenset[str]

    @classmethod
    def at(cls, url: str) -> "Site":
        parts = urlsplit(url)
        return cls(f"{parts.scheme}://{_host(parts)}", frozenset(_hosts(parts)))

    def address(self, href: str, base: str) -> str | None:
        """Of a link on the page `base`, as it is called here. None: it leads elsewhere, or nowhere."""
        if len(href) > 4 * _LONGEST:
            return None
        # The same links stand on every page, and mean the same there when they begin at the root.
        is_rooted = href.startswith("/") and base.startswith(f"{self.origin}/")
        return _address(self, href, self.origin if is_rooted else base)

    def path(self, url: str) -> str:
        return url.removeprefix(self.origin) or "/"


@lru_cache(10_000)
def _address(site: Site, href: str, base: str) -> str | None:
    try:
        parts = urlsplit(urljoin(base, href.strip()))
        host = _host(parts)
    except ValueError:
        return None
    if parts.scheme not in _PORTS or host not in site.hosts or parts.username is not None:
        return None
    return f"{site.origin}{_path(parts.path)}{_query(parts.query)}"


def _host(parts: SplitResult) -> str:
    host, port = (parts.hostname or "").rstrip("."), parts.port
    if not host.isascii():
        host = host.encode("idna").decode()
    host = f"[{host}]" if ":" in host else host
    return host if port in (None, _PORTS.get(parts.scheme)) else f"{host}:{port}"


def _hosts(parts: SplitResult) -> Iterable[str]:
    """Also with, or without, www; a host at a port of its own has no other name."""
    host = _host(parts)
    yield host
    if ":" not in host and not host.replace(".", "").isdigit() and "." in host:
        yield host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"


def _path(path: str) -> str:
    path = re.sub(r";jsessionid=[^/]*", "", path, flags=re.IGNORECASE)
    segments: list[str] = []
    for one in path.split("/")[1:]:
        if one == "..":
            segments = segments[:-1]
        elif one != ".":
            segments.append(quote(unquote(one, errors="replace"), safe="!$&'()*+,;=:@~-._"))
    return "/" + "/".join(segments)


def _query(query: str) -> str:
    if not query:
        return ""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=50)
    except ValueError:
        return f"?{quote(query[:_LONGEST], safe='=&')}"
    kept = sorted({(name, value) for name, value in pairs if not _TRACKS.fullmatch(name)})
    return f"?{urlencode(kept)}" if kept else ""


def is_file(url: str) -> bool:
    """A picture, a style sheet, an archive: nothing that could be a page."""
    return _NO_PAGE.search(urlsplit(url).path) is not None


def why_not(plan: Plan, url: str) -> str | None:
    """Why this address is not read, in plain words; None when it is."""
    parts = urlsplit(url)
    if _DOCUMENT.search(parts.path):
        return "is a document: add it as one"
    if any(_is_below(parts.path, one) for one in plan.exclude):
        return "is left out"
    if plan.include and not any(_is_below(parts.path, one) for one in plan.include):
        return "is left out"
    return _endless(parts, url)


def _is_below(path: str, folder: str) -> bool:
    folder = folder.rstrip("/")
    return path == folder or path.startswith(f"{folder}/")


def _endless(parts: SplitResult, url: str) -> str | None:
    segments = [one for one in parts.path.split("/") if one]
    if len(url) > _LONGEST:
        return "has a very long address"
    if len(segments) > _DEEPEST:
        return "lies too deep"
    if parts.query.count("&") >= _MOST_PARAMETERS:
        return "has too many parameters"
    if segments and max(Counter(segments).values()) > _MOST_REPEATS:
        return "goes in circles"
    return None


@dataclass(slots=True)
class Patterns:
    """Calendars and the like: addresses that differ by numbers alone, without an end."""

    _seen: Counter[str] = field(default_factory=Counter)

    def why_not(self, url: str) -> str | None:
        parts = urlsplit(url)
        if parts.query:
            return self._count(f"?{parts.path}", _MOST_OF_A_PATH)
        pattern = _NUMBER.sub("0", parts.path)
        # One number may count articles or goods; two are days, months, pages of pages.
        if sum("0" in one for one in pattern.split("/")) < 2 and pattern.count("0") < 3:
            return None
        return self._count(pattern, _MOST_OF_A_PATTERN)

    def _count(self, key: str, most: int) -> str | None:
        self._seen[key] += 1
        return "is one of too many alike" if self._seen[key] > most else None


def canonical(url: str, wanted: str | None) -> str:
    """What a page calls itself, where that is another writing of its own address. Some call every page by
    the name of the first: whether two pages are the same is seen by what they say.
    """
    if wanted is None:
        return url
    return wanted if _loosely(wanted) == _loosely(url) else url


def _loosely(url: str) -> str:
    path = urlsplit(url).path.lower().rstrip("/")
    return re.sub(r"/(index|default)\.\w{2,5}$", "", path)


def charset_of(headers: Mapping[str, str]) -> str | None:
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", headers.get("content-type", ""), re.IGNORECASE)
    return found[1].lower() if found else None

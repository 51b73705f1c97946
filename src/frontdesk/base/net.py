"""Reading from other people's servers, for whoever asks it of the desk.

Only hosts that were named are asked, and only at addresses of the open internet. A name is looked up
for every request and every redirect; what is connected to is the very address that was checked, so a
name server that changes its answer changes nothing. No cookies, no proxies of the environment, nothing
larger and nothing slower than was agreed.
"""

import asyncio
import ipaddress
import socket
import ssl
import zlib
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx

from frontdesk import __version__

AGENT = f"Frontdesk/{__version__} (reads the website of its own company)"
PAGES = frozenset({"text/html", "application/xhtml+xml"})

Resolve = Callable[[str, int], Awaitable[list[str]]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_OPEN_V6 = ipaddress.ip_network("2000::/3")
# Public by number alone: tunnels that end at an IPv4 address of their choice, the relays' anycast, and a
# cloud's own host.
_CLOSED = (
    "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "192.0.0.0/24", "192.88.99.0/24",
    "168.63.129.16/32",
)  # fmt: skip
_STILL_CLOSED = [ipaddress.ip_network(one) for one in _CLOSED]


class NotFetched(Exception):
    """`reason` is fit to be shown. `passing`: another time it may be there; what is known of it stays."""

    def __init__(self, reason: str, *, passing: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.passing = passing


@dataclass(frozen=True, slots=True)
class Limits:
    """`size` in bytes, after unpacking; `seconds` for everything, redirects included."""

    size: int = 5 * 1024 * 1024
    seconds: float = 15
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """`url` is where it was found in the end, `hops` what redirected there. Without a body unless 200."""

    url: str
    status: int
    type: str
    headers: Mapping[str, str]
    body: bytes
    hops: tuple[str, ...]


LIMITS = Limits()


def is_public(address: Address) -> bool:
    """Whether it is somewhere on the open internet, and not this machine, its network or its cloud."""
    if any(address in one for one in _STILL_CLOSED) or address.is_multicast or not address.is_global:
        return False
    return isinstance(address, ipaddress.IPv4Address) or address in _OPEN_V6


def networks(names: Iterable[str]) -> tuple[Network, ...]:
    """Of `127.0.0.1`, `10.0.0.0/8`, … Raises ValueError."""
    return tuple(ipaddress.ip_network(name) for name in names)


async def look_up(host: str, port: int) -> list[str]:
    """The addresses of a name, as this machine knows them. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class Net:
    """Asks `allowed` hosts alone: "shop.example" at the ports 80 and 443, "[::1]:8080" at that one.

    No host is allowed unless it is named. `private` are networks that may be asked although they are
    not public.
    """

    def __init__(
        self, allowed: Collection[str], *, private: Iterable[str] = (), resolve: Resolve = look_up
    ) -> None:
        self._allowed = frozenset(allowed)
        self._private = networks(private)
        self._resolve = resolve
        # One for each name: a connection that was opened for one is never used for another.
        self._transports: dict[tuple[str, str], httpx.AsyncHTTPTransport] = {}

    async def get(
        self,
        url: str,
        *,
        types: Collection[str] = PAGES,
        headers: Mapping[str, str] | None = None,
        limits: Limits = LIMITS,
    ) -> Fetched:
        """Raises NotFetched for everything that has no answer; an error's status is an answer."""
        try:
            async with asyncio.timeout(limits.seconds):
                return await self._follow(url, types, headers or {}, limits)
        except TimeoutError as error:
            raise NotFetched("did not answer in time") from error

    async def close(self) -> None:
        transports = list(self._transports.values())
        self._transports.clear()
        for one in transports:
            await one.aclose()

    async def _follow(
        self, url: str, types: Collection[str], headers: Mapping[str, str], limits: Limits
    ) -> Fetched:
        hops: list[str] = []
        while True:
            asked = self._checked(url, bool(hops))
            response = await self._ask(asked, headers)
            try:
                onward = response.headers.get("location", "")
                if response.status_code not in (301, 302, 303, 307, 308) or not onward:
                    return await _read(response, str(asked), types, limits.size, tuple(hops))
            finally:
                await response.aclose()
            hops.append(str(asked))
            url = _joined(str(asked), onward)
            if len(hops) > limits.redirects or url in hops:
                raise NotFetched("redirects too often", passing=False)

    def _checked(self, url: str, is_redirect: bool) -> httpx.URL:
        try:
            asked = httpx.URL(url).copy_with(fragment=None)
        except (httpx.InvalidURL, ValueError) as error:
            raise NotFetched("is not an address", passing=False) from error
        host, port = _host(asked), asked.port or _PORTS.get(asked.scheme, 0)
        host = f"[{host}]" if ":" in host else host
        usual = port in (80, 443) and host in self._allowed
        if asked.scheme not in _PORTS or asked.userinfo or not (usual or f"{host}:{port}" in self._allowed):
            why = "redirects to another website" if is_redirect else "is not on this website"
            raise NotFetched(why, passing=False)
        return asked

    async def _ask(self, url: httpx.URL, headers: Mapping[str, str]) -> httpx.Response:
        host, port = _host(url), url.port or _PORTS[url.scheme]
        fault: Exception | None = None
        for address in await self._addresses(host, port):
            request = httpx.Request(
                "GET",
                url.copy_with(host=address),
                headers={
                    "Host": url.netloc.decode(),
                    "User-Agent": AGENT,
                    "Accept-Encoding": "gzip",
                    **headers,
                },
                extensions={"sni_hostname": host, "timeout": _TIMEOUTS},
            )
            try:
                return await self._transport(url.scheme, host).handle_async_request(request)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                fault = error
            except (httpx.HTTPError, ssl.SSLError, OSError) as error:
                raise NotFetched("did not answer properly") from error
        is_tls = "SSL" in str(fault) or "CERTIFICATE" in str(fault).upper()
        raise NotFetched("is not secured properly" if is_tls else "did not answer") from fault

    async def _addresses(self, host: str, port: int) -> list[str]:
        """All of them must be open: a name with one that is not is not trusted with the others."""
        try:
            found = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise NotFetched("is not known: there is no such name") from error
        if not found:
            raise NotFetched("is not known: there is no such name")
        for one in found:
            if not self._may_connect(one):
                raise NotFetched("is at an address that is not public", passing=False)
        return found[:_MOST_ADDRESSES]

    def _may_connect(self, written: str) -> bool:
        try:
            address = ipaddress.ip_address(written)
        except ValueError:
            return False
        if getattr(address, "scope_id", None):
            return False
        return is_public(address) or any(address in one for one in self._private)

    def _transport(self, scheme: str, host: str) -> httpx.AsyncHTTPTransport:
        key = (scheme, host)
        if key not in self._transports:
            # Reading all certificates takes long, and is for nothing where none will be shown.
            secured = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            if scheme == "https":
                secured.load_default_certs()
            self._transports[key] = httpx.AsyncHTTPTransport(verify=secured, trust_env=False, http1=True)
        return self._transports[key]


_PORTS = {"http": 80, "https": 443}
_TIMEOUTS = {"connect": 5.0, "read": 15.0, "write": 5.0, "pool": 15.0}
_MOST_ADDRESSES = 4


def _host(url: httpx.URL) -> str:
    return url.raw_host.decode().lower().rstrip(".")


def _joined(url: str, onward: str) -> str:
    try:
        return urljoin(url, onward.strip())
    except ValueError as error:
        raise NotFetched("redirects to what is not an address", passing=False) from error


async def _read(
    response: httpx.Response, url: str, types: Collection[str], size: int, hops: tuple[str, ...]
) -> Fetched:
    headers = {name.lower(): value for name, value in response.headers.items()}
    type = headers.get("content-type", "").partition(";")[0].strip().lower()
    body = b""
    if response.status_code == 200:
        if types and type not in types:
            raise NotFetched("is not a page", passing=False)
        if int(_digits(headers.get("content-length", ""))) > size:
            raise NotFetched("is too large", passing=False)
        body = await _body(response, headers.get("content-encoding", ""), size)
    return Fetched(url, response.status_code, type, headers, body, hops)


def _digits(value: str) -> str:
    return value if value.isascii() and value.isdigit() and len(value) < 19 else "0"


async def _body(response: httpx.Response, encoding: str, size: int) -> bytes:
    """Unpacked by hand, piece by piece: a small body may be a very large one, packed."""
    unpack = _unpacker(encoding.strip().lower())
    parts: list[bytes] = []
    room = size
    try:
        async for chunk in response.aiter_raw():
            part = unpack(chunk, room + 1)
            room -= len(part)
            if room < 0:
                raise NotFetched("is too large", passing=False)
            parts.append(part)
    except (httpx.HTTPError, OSError) as error:
        raise NotFetched("broke off") from error
    except zlib.error as error:
        raise NotFetched("is packed in a broken way") from error
    return b"".join(parts)


def _unpacker(encoding: str) -> Callable[[bytes, int], bytes]:
    if encoding in ("", "identity"):
        return lambda chunk, _: chunk
    if encoding in ("gzip", "x-gzip"):
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress
    raise NotFetched("is packed in a way that was not asked for", passing=False)

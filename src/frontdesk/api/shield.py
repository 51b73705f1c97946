"""What every answer carries and every request must: headers, the right origin, a body of bounded size."""

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, HTTPException
from starlette.types import ASGIApp

from frontdesk.api.errors import answer
from frontdesk.base.asgi import header
from frontdesk.base.settings import Settings

logger = logging.getLogger(__name__)

_LARGEST_JSON = 256 * 1024
_LARGEST_UPLOAD = 21 * 1024 * 1024
_UPLOADS = ("/api/files", "/api/customers/import/preview", "/api/me/picture", "/widget/api/files")
# Sent from the company's own pages; the route itself checks that they are.
_FROM_ELSEWHERE = ("/widget/api/visits",)
_SAFE = ("GET", "HEAD", "OPTIONS")

NOTHING_RUNS = "default-src 'none'; frame-ancestors 'none'; sandbox"
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "content-security-policy": NOTHING_RUNS,
    "cache-control": "no-store",
}
_PLAIN = [(name.encode(), value.encode()) for name, value in ALWAYS.items()]
_SECURE = [*_PLAIN, (b"strict-transport-security", b"max-age=31536000")]


class Shield:
    """Pure ASGI; outermost, so that every error carries the headers too. `posts` and `sockets` are
    paths with a shorter way than through the app.
    """

    def __init__(
        self, app: FastAPI, settings: Settings, posts: Mapping[str, ASGIApp], sockets: Mapping[str, ASGIApp]
    ) -> None:
        self.app = app
        self._settings = settings
        self._posts = posts
        self._sockets = sockets

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self._http(scope, receive, send)

    async def _socket(self, scope: Any, receive: Any, send: Any) -> None:
        if self._is_own(scope):
            await self._sockets.get(scope["path"], self.app)(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 4003})

    async def _http(self, scope: Any, receive: Any, send: Any) -> None:
        guarded = _guarded(send, _SECURE if self._is_https(scope) else _PLAIN)
        path, method = scope["path"], scope["method"]
        if method not in _SAFE and path not in _FROM_ELSEWHERE and not self._is_own(scope):
            refusal = answer(403, "refused", "This request comes from another website.")
            await refusal(scope, receive, guarded)
            return
        limit = _LARGEST_UPLOAD if path in _UPLOADS else _LARGEST_JSON
        length = header(scope, b"content-length") or b"0"
        if not length.isdigit() or int(length) > limit:
            await answer(413, "too_large", "That is too large.")(scope, receive, guarded)
            return
        inner = self._posts.get(path, self.app) if method == "POST" else self.app
        try:
            await inner(scope, _bounded(receive, limit), guarded)
        except Exception:
            # It was answered already. Raised any further it would cut the connection, and with it the
            # next request, which some browser or proxy is sending there just now.
            logger.exception("%s %r failed", method, path)

    def _is_own(self, scope: Any) -> bool:
        """Browsers name where a request comes from; without that name nothing is changed here."""
        origin = header(scope, b"origin").decode("latin-1")
        if self._settings.base_url:
            return origin == self._settings.base_url
        scheme, _, host = origin.partition("://")
        return scheme in ("http", "https") and host != "" and host == header(scope, b"host").decode("latin-1")

    def _is_https(self, scope: Any) -> bool:
        return (self._settings.base_url or scope["scheme"]).startswith("https")


def _guarded(send: Any, added: list[tuple[bytes, bytes]]) -> Any:
    async def guarded(message: Any) -> None:
        if message["type"] == "http.response.start":
            own = message.get("headers", [])
            present = {name.lower() for name, _ in own}
            message["headers"] = [*own, *(pair for pair in added if pair[0] not in present)]
        await send(message)

    return guarded


def _bounded(receive: Any, limit: int) -> Any:
    """A body that lies about its length ends at the limit all the same."""
    read = 0

    async def bounded() -> Any:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > limit:
            raise HTTPException(413, "That is too large.")
        return message

    return bounded

"""What is read of a request where no framework has taken it apart."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp


class Endpoint:
    """Plain ASGI as a route: functions Starlette would wrap, an instance it leaves alone."""

    def __init__(self, call: ASGIApp) -> None:
        self._call = call

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self._call(scope, receive, send)


def header(scope: Any, wanted: bytes) -> bytes:
    """The first of that name, which is in small letters as ASGI has them; empty when there is none."""
    for name, value in scope["headers"]:
        if name == wanted:
            found: bytes = value
            return found
    return b""


async def whole_body(receive: Callable[[], Awaitable[Any]]) -> bytes:
    """Raises ClientDisconnect."""
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


async def send_json(send: Callable[[Any], Awaitable[None]], status: int, body: bytes) -> None:
    headers = [(b"content-length", b"%d" % len(body)), (b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})

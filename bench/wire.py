"""A browser's two ways of speaking, reduced to what costs the load generator next to nothing."""

import asyncio
import base64
import os
import re
from collections import deque
from collections.abc import Callable
from time import perf_counter
from typing import cast

Answered = Callable[[int, bytes, float], None]
Heard = Callable[[bytes, float], None]

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_TEXT, _CLOSE, _PING, _PONG = 0x1, 0x8, 0x9, 0xA
# A mask of zeros is a mask: the frame is valid, and nothing has to be computed.
_NO_MASK = bytes(4)
# What a browser adds of its own accord; reading and keeping it is part of the work.
_BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept": "*/*",
    "Accept-Language": "en-GB,en;q=0.7,sv;q=0.3",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Sec-Fetch-Dest": "empty",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Site": "same-origin",
}


class Http(asyncio.Protocol):
    """One kept-alive connection. Answers come in the order of the requests."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._buffer = b""
        self._waiting: deque[Answered] = deque()
        self.closed = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def send(self, request: bytes, answered: Answered) -> None:
        assert self._transport is not None
        self._waiting.append(answered)
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        at = perf_counter()
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head, start = self._buffer[:end], end + 4
            found = _LENGTH.search(head)
            stop = start + (int(found[1]) if found else 0)
            if len(self._buffer) < stop:
                return
            body, self._buffer = self._buffer[start:stop], self._buffer[stop:]
            self._waiting.popleft()(int(head[9:12]), body, at)

    def connection_lost(self, _: Exception | None) -> None:
        """Whoever still waits hears status 0."""
        self.closed = True
        for answered in self._waiting:
            answered(0, b"", perf_counter())
        self._waiting.clear()

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


class WebSocket(asyncio.Protocol):
    """`heard` gets every text frame; pings are answered here."""

    def __init__(self, request: bytes, heard: Heard) -> None:
        self._request = request
        self._heard = heard
        self._transport: asyncio.Transport | None = None
        self._buffer = b""
        self.open: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.closed = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(self._request)

    def say(self, text: bytes) -> None:
        self._write(_TEXT, text)

    def _write(self, opcode: int, payload: bytes) -> None:
        assert self._transport is not None
        size = len(payload)
        length = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
        self._transport.write(bytes([0x80 | opcode]) + length + _NO_MASK + payload)

    def data_received(self, data: bytes) -> None:
        at = perf_counter()
        self._buffer = self._buffer + data if self._buffer else data
        if not self.open.done() and not self._welcomed():
            return
        start = 0
        while (frame := _frame(self._buffer, start)) is not None:
            opcode, first, start = frame
            self._obey(opcode, self._buffer[first:start], at)
        self._buffer = self._buffer[start:]

    def _welcomed(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        status = self._buffer[9:12]
        self._buffer = self._buffer[end + 4 :]
        if status == b"101":
            self.open.set_result(None)
            return True
        self.open.set_exception(ConnectionError(f"the socket was refused with {status.decode()}"))
        return False

    def _obey(self, opcode: int, payload: bytes, at: float) -> None:
        if opcode == _TEXT:
            self._heard(payload, at)
        elif opcode == _PING:
            self._write(_PONG, payload)
        elif opcode == _CLOSE:
            self.close()

    def connection_lost(self, _: Exception | None) -> None:
        self.closed = True
        if not self.open.done():
            self.open.set_exception(ConnectionError("the server closed the connection"))

    def close(self) -> None:
        self.closed = True
        if self._transport is not None:
            self._transport.close()


def _frame(buffer: bytes, start: int) -> tuple[int, int, int] | None:
    """Opcode, first byte and end of the payload of a server's frame; None until it is whole."""
    if len(buffer) - start < 2:
        return None
    first, size = start + 2, buffer[start + 1] & 0x7F
    if size >= 126:
        width = 2 if size == 126 else 8
        if len(buffer) - first < width:
            return None
        size = int.from_bytes(buffer[first : first + width], "big")
        first += width
    return None if len(buffer) < first + size else (buffer[start] & 0xF, first, first + size)


def request(method: str, path: str, host: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """An HTTP request as a page of `host` itself would send it."""
    named = {"Host": host, "Origin": f"http://{host}", **_BROWSER, **headers}
    if body:
        named |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in named.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


def upgrade(path: str, host: str, headers: dict[str, str]) -> bytes:
    asked = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    key = base64.b64encode(os.urandom(16)).decode()
    return request("GET", path, host, {**asked, "Sec-WebSocket-Key": key, **headers})


async def open_http(port: int) -> Http:
    _, one = await asyncio.get_running_loop().create_connection(Http, "127.0.0.1", port)
    return one


async def open_socket(port: int, path: str, heard: Heard, **headers: str) -> WebSocket:
    asked = upgrade(path, f"127.0.0.1:{port}", headers)
    _, one = await asyncio.get_running_loop().create_connection(
        lambda: WebSocket(asked, heard), "127.0.0.1", port
    )
    await one.open
    return one

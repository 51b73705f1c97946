"""Websites made for tests, served on this machine."""

import gzip
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HTML = "text/html; charset=utf-8"


@dataclass
class Answer:
    """What stands at a path. `body` may be a call that writes as long as it likes."""

    body: bytes | Callable[[Any], None] = b""
    status: int = 200
    type: str = HTML
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0
    has_etag: bool = True


@dataclass
class Web:
    """`at` holds what stands at each path, with its query; `rest` answers for all others."""

    url: str
    at: dict[str, Answer] = field(default_factory=dict)
    hits: Counter[str] = field(default_factory=Counter)
    rest: Callable[[str], Answer] = lambda _: Answer(b"<h1>Not here</h1>", 404)
    seen: list[dict[str, str]] = field(default_factory=list)

    def page(self, path: str, html: str, **more: Any) -> None:
        self.at[path] = Answer(html.encode(), **more)

    def redirect(self, path: str, to: str, status: int = 302) -> None:
        self.at[path] = Answer(b"", status, headers={"Location": to})


def _handler(web: Web) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            web.hits[self.path] += 1
            web.seen.append({name.lower(): value for name, value in self.headers.items()})
            answer = web.at.get(self.path) or web.rest(self.path)
            if answer.delay:
                time.sleep(answer.delay)
            if callable(answer.body):
                self.close_connection = True
                answer.body(self)
                return
            self._send(answer, answer.body)

        def _send(self, answer: Answer, body: bytes) -> None:
            mark = f'"{sha256(body).hexdigest()[:16]}"'
            if answer.status == 200 and answer.has_etag and self.headers.get("if-none-match") == mark:
                self.send_response(304)
                self.send_header("Content-Length", "0")
                self.send_header("ETag", mark)
                self.end_headers()
                return
            self.send_response(answer.status)
            headers = {"Content-Type": answer.type, "Content-Length": str(len(body)), **answer.headers}
            if answer.has_etag and answer.status == 200:
                headers["ETag"] = mark
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def handle(self) -> None:
            try:
                super().handle()
            except (ConnectionError, TimeoutError):
                return

        def log_message(self, *_: object) -> None:
            return

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64


@contextmanager
def serving(address: str = "127.0.0.1") -> Iterator[Web]:
    web = Web("")
    server = _Server((address, 0), _handler(web))
    web.url = f"http://{address}:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def packed(html: str) -> Answer:
    return Answer(gzip.compress(html.encode()), headers={"Content-Encoding": "gzip"})

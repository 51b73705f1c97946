"""Visitors who write all the time, and write again what was not acknowledged."""

import contextlib
import http.client
import threading
import time
from urllib.parse import urlsplit

import orjson

from frontdesk.base.ids import new_id, new_token


class Chatter(threading.Thread):
    """One visitor with one conversation; message n says "n" and is sent until it is acknowledged."""

    def __init__(self, url: str, pause: float) -> None:
        super().__init__(daemon=True)
        self.token = new_token()
        self.acknowledged: list[tuple[str, str]] = []
        self.refusals: set[int] = set()
        self._url = url
        self._start = new_id()
        self._pause = pause
        self._connection: http.client.HTTPConnection | None = None
        self._enough = threading.Event()

    def run(self) -> None:
        try:
            self._chat()
        finally:
            self._hang_up()

    def _chat(self) -> None:
        while not self._enough.is_set():
            client_id = new_id()
            while (message_id := self._send(client_id)) is None:
                if self._enough.is_set():
                    return
                time.sleep(0.02)
            self.acknowledged.append((client_id, message_id))
            time.sleep(self._pause)

    def finish(self) -> None:
        self._enough.set()

    def _send(self, client_id: str) -> str | None:
        text = str(len(self.acknowledged))
        body = orjson.dumps({"client_id": client_id, "start": self._start, "text": text})
        headers = {"origin": self._url, "authorization": f"Bearer {self.token}"}
        try:
            if self._connection is None:
                host, _, port = urlsplit(self._url).netloc.partition(":")
                self._connection = http.client.HTTPConnection(host, int(port), timeout=10)
            self._connection.request("POST", "/widget/api/messages", body, headers)
            answer = self._connection.getresponse()
            said = answer.read()
        except (OSError, http.client.HTTPException):
            self._hang_up()
            return None
        if answer.status != 201:
            self.refusals.add(answer.status)
            return None
        message_id: str = orjson.loads(said)["message"]["id"]
        return message_id

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(OSError):
                connection.close()


def chatting(url: str, visitors: int, *, each_per_second: float) -> list[Chatter]:
    chatters = [Chatter(url, 1 / each_per_second) for _ in range(visitors)]
    for chatter in chatters:
        chatter.start()
    return chatters


def acknowledged(chatters: list[Chatter]) -> int:
    return sum(len(chatter.acknowledged) for chatter in chatters)


def finish(chatters: list[Chatter]) -> dict[str, str]:
    """Everything that was ever acknowledged: client id -> message id."""
    for chatter in chatters:
        chatter.finish()
    for chatter in chatters:
        chatter.join(20)
        assert not chatter.is_alive()
    return dict(pair for chatter in chatters for pair in chatter.acknowledged)

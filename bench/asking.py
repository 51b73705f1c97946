"""An agent's requests on one kept-alive connection, each with the milliseconds it took."""

import http.client
import json
from time import perf_counter
from typing import Any


class Asking:
    def __init__(self, port: int, cookie: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Cookie": cookie}

    def get(self, path: str) -> tuple[dict[str, Any], float]:
        """Raises RuntimeError for what is not answered with 200."""
        begun = perf_counter()
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        said = answer.read()
        took = (perf_counter() - begun) * 1000
        if answer.status != 200:
            raise RuntimeError(f"{path} was answered with {answer.status}: {said[:300].decode()}")
        found: dict[str, Any] = json.loads(said)
        return found, took

"""The desk under test: processes of `frontdesk serve`, as an operator would start them."""

import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0
# One machine plays everybody, so the limits that hold back a single sender have to be out of the way.
RATE_SCALE = "1000000"
# Nothing is fetched meanwhile.
_ALONE = {"FRONTDESK_PLACES_REGISTRY": "off"}
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Process:
    port: int
    running: "subprocess.Popen[bytes]"
    began: float

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def resident(self) -> int:
        """Bytes of memory in use."""
        for line in Path(f"/proc/{self.running.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        raise ProcessLookupError("the server has ended")

    def cpu_s(self) -> float:
        """Processor time used so far."""
        fields = Path(f"/proc/{self.running.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS


def resident_mb(servers: list[Process]) -> float:
    """Of the largest process."""
    return round(max(one.resident() for one in servers) / 1e6, 1)


@contextmanager
def serving(data: Path, database_url: str | None = None, processes: int = 1) -> Iterator[list[Process]]:
    """Started one after another, each answering before the next; stopped at the end."""
    with ExitStack() as stack:
        yield [stack.enter_context(_one(data, database_url, n)) for n in range(processes)]


@contextmanager
def serving_again(data: Path, database_url: str | None, port: int) -> Iterator[Process]:
    """On the port of one that was killed."""
    with _one(data, database_url, 0, port) as one:
        yield one


@contextmanager
def _one(data: Path, database_url: str | None, number: int, port: int | None = None) -> Iterator[Process]:
    port, log = port or _free_port(), data.parent / f"server-{number}.log"
    command = [sys.executable, "-m", "frontdesk", "serve", "--data", str(data), "--port", str(port)]
    with log.open("wb") as said:
        began = perf_counter()
        running = subprocess.Popen(
            command, env=_surroundings(database_url), cwd=ROOT, stdout=said, stderr=subprocess.STDOUT
        )
        try:
            one = Process(port, running, began)
            _wait(one, log)
            yield one
        finally:
            _stop(running)


def _surroundings(database_url: str | None) -> dict[str, str]:
    """This clone's own code, whatever is installed; and none of the settings that may stand around."""
    foreign = ("FRONTDESK_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    path = os.pathsep.join([str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])])
    url = {"FRONTDESK_DATABASE_URL": database_url} if database_url else {}
    return {**kept, **url, "PYTHONPATH": path, "FRONTDESK_RATE_SCALE": RATE_SCALE, **_ALONE}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _wait(one: Process, log: Path) -> None:
    while not answers(one.port):
        if one.running.poll() is not None or perf_counter() - one.began > PATIENCE:
            raise RuntimeError(f"the server did not start:\n{log.read_text()}")
        sleep(0.005)


def answers(port: int) -> bool:
    """Whether the desk is there and says that everything in it is alive."""
    try:
        return ask(port, "GET", "/healthz")[0] == 200
    except OSError:
        return False


def _stop(running: "subprocess.Popen[bytes]") -> None:
    running.send_signal(signal.SIGTERM)
    try:
        running.wait(20)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()


def ask(port: int, method: str, path: str, body: object = None, **headers: str) -> tuple[int, bytes, str]:
    """One request on a connection of its own: status, body and the cookie that was set."""
    own = {"Origin": f"http://127.0.0.1:{port}", "Content-Type": "application/json", **headers}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, path, None if body is None else json.dumps(body), own)
        answer = connection.getresponse()
        cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        return answer.status, answer.read(), cookie
    finally:
        connection.close()


def set_up(port: int) -> str:
    """Sets the desk up and signs its first agent in; the agent's cookie."""
    body = {
        "client_id": secrets.token_hex(8),
        "company": "Kvarn & Kanna",
        "website": "https://shop.example",
        "name": "Maja Lund",
        "email": "maja@shop.example",
        "password": secrets.token_hex(16),
    }
    status, said, cookie = ask(port, "POST", "/api/setup", body)
    if status != 201:
        raise RuntimeError(f"the desk could not be set up: {status} {said.decode()}")
    return cookie

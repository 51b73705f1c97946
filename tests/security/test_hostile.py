"""Bombs: bodies, parts, ranges and floods made to cost much. Answered quickly, and never with a fault."""

import contextlib
import io
import json
import socket
import time
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from tests.security.world import World
from tests.serving import command

from frontdesk.base import text
from frontdesk.people import agents
from frontdesk.presence import model
from frontdesk.talk.model import excerpt, message_text

# A small share of what a bomb would take; generous, because the machine may be busy.
QUICK = 2.0


def quickly(ask: Callable[[], httpx.Response]) -> httpx.Response:
    begun = time.monotonic()
    answer = ask()
    assert time.monotonic() - begun < QUICK
    assert answer.status_code < 500, answer.text
    return answer


def in_pieces(size: int, piece: bytes = b"x" * 16_384) -> Iterator[bytes]:
    """A body that does not say how long it is."""
    for _ in range(size // len(piece)):
        yield piece


PLACES = {
    "/api/sign-in": "nobody",
    "/api/settings": "admin",
    "/widget/api/messages": "visitor",
    "/widget/api/hello": "nobody",
    "/widget/api/identify": "visitor",
}


def test_deep_and_long_bodies(world: World) -> None:
    bodies = [
        b"[" * 250_000, b'{"a":' * 50_000, b'{"a":[' * 40_000, b"[[],[],[" * 30_000, b"1" * 250_000,
        b'"' + b"\\u0041" * 40_000 + b'"', b'{"text": "' + b"x" * 255_000 + b'"}', b"-" * 250_000,
        b'{"a":1,' * 30_000, b" " * 260_000, b"{" + b",".join(b'"k%d":1' % n for n in range(20_000)) + b"}",
        b"\\" * 250_000, b"1e" + b"9" * 200_000,
    ]  # fmt: skip
    for place, role in PLACES.items():
        headers = {**world.headers(role), "content-type": "application/json"}
        for body in bodies:
            answer = quickly(lambda: world.client.post(place, headers=headers, content=body))  # noqa: B023
            assert answer.status_code in (400, 413, 422), (place, body[:20])


def test_too_much_is_refused_whether_it_says_so_or_not(world: World) -> None:
    for place, role in PLACES.items():
        headers = {**world.headers(role), "content-type": "application/json"}
        for content in (b"x" * 300_000, in_pieces(3_000_000)):
            answer = quickly(lambda: world.client.post(place, headers=headers, content=content))  # noqa: B023
            assert (answer.status_code, answer.json()["error"]["kind"]) == (413, "too_large"), place


def test_the_next_request_on_a_connection_is_answered_after_a_fault(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("frontdesk.talk.lists.counts", broken)
    for _ in range(5):
        assert world.client.get("/api/state", headers=world.headers("admin")).status_code == 500
        assert world.client.get("/api/desk").is_success


def test_uploads_that_are_too_large(world: World) -> None:
    headers = world.headers("visitor")
    for size in (20 * 1024 * 1024 + 1, 24 * 1024 * 1024):
        files = {"file": ("a.bin", b"\1" * size)}
        answer = world.client.post("/widget/api/files", headers=headers, data=command(), files=files)
        assert (answer.status_code, answer.json()["error"]["kind"]) == (413, "too_large")
    assert [path for path in world.stored() if path.stat().st_size > 10_000_000] == []


def part(headers: str, body: str = "x") -> str:
    return f"--b\r\n{headers}\r\n\r\n{body}\r\n"


MULTIPARTS = {
    "many headers": part(
        'content-disposition: form-data; name="file"; filename="a"\r\n' + "a: b\r\n" * 50_000
    ),
    "a long header": part('content-disposition: form-data; name="' + "n" * 500_000 + '"'),
    "a long boundary line": "--b" + " " * 500_000 + "\r\n",
    "many fields": "".join(part(f'content-disposition: form-data; name="f{n}"') for n in range(20_000)),
    "many files": "".join(
        part(f'content-disposition: form-data; name="file"; filename="f{n}"') for n in range(10_000)
    ),
    "a long field": part('content-disposition: form-data; name="client_id"', "x" * 2_000_000),
    "no end": part('content-disposition: form-data; name="file"; filename="a"')[:-4],
    "no name": part("content-disposition: form-data"),
    "no headers": part(""),
    "line feeds": "\r\n" * 300_000,
    "dashes": "-" * 1_000_000,
    "a charset": part('content-disposition: form-data; name="_charset_"', "utf-7"),
    "half a header": "--b\r\ncontent-dis",
    "a null in a name": part('content-disposition: form-data; name="file\0"; filename="a\0.png"'),
}


def test_bent_multiparts(world: World) -> None:
    for place, role in (
        ("/widget/api/files", "visitor"),
        ("/api/files", "agent"),
        ("/api/me/picture", "agent"),
    ):
        headers = {**world.headers(role), "content-type": "multipart/form-data; boundary=b"}
        for kind, parts in MULTIPARTS.items():
            raw = (parts + "--b--\r\n").encode()
            answer = quickly(lambda: world.client.post(place, headers=headers, content=raw))  # noqa: B023
            assert answer.status_code in (400, 413, 422), (kind, answer.text)


def test_bent_boundaries(world: World) -> None:
    raw = part('content-disposition: form-data; name="file"; filename="a"').encode()
    for boundary in ("", "; boundary=", "; boundary=" + "b" * 5_000, '; boundary="', "; boundary=\t"):
        headers = {**world.headers("visitor"), "content-type": f"multipart/form-data{boundary}x"}
        answer = quickly(lambda: world.client.post("/widget/api/files", headers=headers, content=raw))  # noqa: B023
        assert answer.status_code in (400, 422), boundary


def test_ranges_cost_no_more_than_the_file(world: World) -> None:
    file = f"/api/files/{world.objects['file']['visitor']}"
    size = len(world.client.get(file, headers=world.headers("agent")).content)
    ranges = [
        "bytes=" + ",".join(f"{n}-{n}" for n in range(2_000)), "bytes=" + ",".join(["0-"] * 2_000),
        "bytes=-1," * 1_000, "bytes=0-0,0-0,0-0", "bytes=5-1", "bytes=-", "bytes=a-b", "lines=1-2", "bytes",
        "bytes=" + "9" * 10_000 + "-", f"bytes=0-{2**70}", "bytes=-0", "bytes=0 - 1", "bytes=0-1;2-3",
        "bytes=" + "0" * 5_000 + "-1",
    ]  # fmt: skip
    for one in ranges:
        headers = {**world.headers("agent"), "range": one}
        answer = quickly(lambda: world.client.get(file, headers=headers))  # noqa: B023
        assert answer.status_code in (200, 206, 400, 416), one
        assert len(answer.content) < 20 * size + 2_000, one


def test_archives_are_never_opened(world: World) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"\0" * 100_000_000)
        archive.writestr("../../../../tmp/out", b"x")
    files = {"file": ("photos.zip", bomb.getvalue(), "application/zip")}
    headers, size = world.headers("visitor"), len(bomb.getvalue())
    answer = quickly(
        lambda: world.client.post("/widget/api/files", headers=headers, data=command(), files=files)
    )
    kept = answer.json()["file"]
    assert (kept["name"], kept["type"], kept["size"]) == ("photos.zip", "application/zip", size)
    assert kept["width"] is None


BENT_HTTP = [
    b"GET / HTTP/1.1\r\nHost: x\r\n" + b"a: b\r\n" * 20_000,
    b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nCookie: " + b"a=b; " * 40_000 + b"\r\n\r\n",
    b"POST /api/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST /api/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
    b"POST /api/desk HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST /api/sign-in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nx",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 500,
    b"GET / HTTP/9.9\r\n\r\n",
    b"\r\n" * 50_000,
    b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\nOrigin: \xff\r\nCookie: \xff=\xff\r\n\r\n",
]


def test_bent_http(world: World) -> None:
    """Whatever is sent raw, nothing is hurt, and others are served."""
    where = urlsplit(world.server.url)
    for raw in BENT_HTTP:
        with socket.create_connection((str(where.hostname), int(where.port or 0)), timeout=5) as connection:
            connection.settimeout(0.5)
            begun = b""
            with contextlib.suppress(OSError):
                connection.sendall(raw)
                begun = connection.recv(20)
        assert not begun.startswith(b"HTTP/1.1 5"), raw[:60]
        assert quickly(lambda: world.client.get("/api/desk")).is_success


HOSTILE_TEXTS = {
    "spaces": " " * 100_000,
    "lines": "\n" * 100_000,
    "marks": "\u202e" * 100_000,
    "ats": "@" * 100_000,
    "dots": "a." * 50_000,
    "mixed": " \t" * 50_000,
    "letters": "a" * 100_000 + "!",
    "accents": "a" + "\u0300" * 100_000,
    "address": "http://" + "a." * 50_000,
    "query": "https://x.example/?" + "utm_a=b&" * 12_000,
    "percent": "%" * 100_000,
}


@pytest.mark.parametrize("kind", HOSTILE_TEXTS)
def test_our_own_patterns_take_no_longer_than_the_text(kind: str) -> None:
    hostile = HOSTILE_TEXTS[kind]
    readers: list[Callable[[str], Any]] = [
        text.plain, lambda one: text.one_line(one, 200), model.cleaned, excerpt, agents._EMAIL.fullmatch,
        lambda one: message_text("x" + one[:9_000], 0), json.dumps,
    ]  # fmt: skip
    for read in readers:
        begun = time.process_time()
        read(hostile)
        assert time.process_time() - begun < 0.2, read

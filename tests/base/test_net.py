"""Other people's servers are read at public addresses alone, and never more of them than was agreed."""

import asyncio
import gzip
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from ipaddress import ip_address
from typing import Any

import pytest
from tests.know.web import Answer, Web, packed, serving

from frontdesk.base.net import Limits, Net, NotFetched, Resolve, is_public

HERE = "127.0.0.1"


def _each(text: str) -> list[str]:
    return text.split()


CLOSED = _each("""
127.0.0.1 127.8.9.10 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.254 192.168.0.1
169.254.169.254 169.254.0.1 100.64.0.1 100.100.100.200 100.127.255.254 192.0.0.1 192.0.0.192 192.0.2.1
198.18.0.1 198.19.255.254 198.51.100.7 203.0.113.9 224.0.0.1 239.1.2.3 240.0.0.1 255.255.255.255
192.88.99.1 168.63.129.16 :: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 ::ffff:0:127.0.0.1
64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1 2001:0:53aa:64c:: 2001:db8::1 2001:10::1
2001:20::1 2002:7f00:1:: 2002:808:808:: 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 febf::1 fec0::1
ff02::1 ff0e::1
""")
OPEN = _each("""
1.1.1.1 8.8.8.8 93.184.216.34 100.63.255.255 100.128.0.1 172.32.0.1 2606:4700::1111 2a00:1450:4001::8a
""")


def answering(*addresses: str) -> Resolve:
    """A name server: each question gets the next answer, and then always the last one."""
    left = list(addresses)

    async def resolve(host: str, port: int) -> list[str]:
        return (left.pop(0) if len(left) > 1 else left[0]).split()

    return resolve


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as one:
        one.page("/", "<p>Welcome</p>")
        yield one


@asynccontextmanager
async def asking(*allowed: str, **more: Any) -> AsyncIterator[Net]:
    net = Net(allowed, **more)
    try:
        yield net
    finally:
        await net.close()


def host_of(web: Web) -> str:
    return web.url.removeprefix("http://")


async def refused(net: Net, url: str, **more: Any) -> str:
    with pytest.raises(NotFetched) as caught:
        await net.get(url, **more)
    return caught.value.reason


@pytest.mark.parametrize("address", CLOSED)
def test_what_is_not_the_open_internet(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", OPEN)
def test_what_is(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", CLOSED)
async def test_a_name_that_leads_inside_is_not_asked(web: Web, address: str) -> None:
    async with asking("shop.example", resolve=answering(address)) as net:
        assert await refused(net, "http://shop.example/") == "is at an address that is not public"


async def test_one_address_inside_spoils_the_others() -> None:
    async with asking("shop.example", resolve=answering("93.184.216.34 10.0.0.1")) as net:
        assert await refused(net, "http://shop.example/") == "is at an address that is not public"


INSIDE = [
    "http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://0x7f000001:{port}/", "http://2130706433:{port}/",
    "http://0177.0.0.1:{port}/", "http://127.1:{port}/", "http://0:{port}/", "http://0.0.0.0:{port}/",
    "http://[::1]:{port}/", "http://[::ffff:127.0.0.1]:{port}/", "http://[::ffff:7f00:1]:{port}/",
    "http://LOCALHOST:{port}/", "http://localhost.:{port}/", "http://127.0.0.1.:{port}/",
]  # fmt: skip


@pytest.mark.parametrize("url", INSIDE)
async def test_this_machine_is_not_asked_by_whatever_name(web: Web, url: str) -> None:
    """Even where somebody has allowed the name: the address decides."""
    port = int(web.url.rpartition(":")[2])
    named = url.format(port=port).removeprefix("http://").rstrip("/").lower()
    async with asking(named, named.replace(".:", ":")) as net:
        with pytest.raises(NotFetched):
            await net.get(url.format(port=port))
    assert not web.hits


ELSEWHERE = [
    "http://other.example/", "http://shop.example.other.example/", "http://shop.example@other.example/",
    "http://shop.example:8080/", "http://user:secret@shop.example/", "ftp://shop.example/", "file:///etc/passwd",
    "gopher://shop.example/", "data:text/html,hello", "javascript:alert(1)", "//shop.example/", "", "http://",
    "http://shop.example\\@other.example/", "http://[shop.example]/", "http://shop.example%00.other.example/",
    "http://shop.example:99999/", "http://\x00shop.example/",
    "dict://shop.example:11211/", "unix:/tmp/socket",
]  # fmt: skip


@pytest.mark.parametrize("url", ELSEWHERE)
async def test_only_named_hosts_are_asked(url: str) -> None:
    asked: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["93.184.216.34"]

    async with asking("shop.example", resolve=resolve) as net:
        await refused(net, url)
    assert asked == []


async def test_where_nobody_is_named_nobody_is_asked(web: Web) -> None:
    async with asking(private=[HERE]) as net:
        assert await refused(net, web.url) == "is not on this website"


async def test_a_name_server_that_changes_its_answer_changes_nothing(web: Web) -> None:
    """What was checked is what is connected to; each request is checked anew."""
    port = web.url.rpartition(":")[2]
    connected: list[str] = []
    # Public when it is checked, this machine when somebody would look it up again.
    async with asking(f"shop.example:{port}", resolve=answering("192.0.2.1", HERE)) as net:
        assert await refused(net, f"http://shop.example:{port}/") == "is at an address that is not public"
        assert await refused(net, f"http://shop.example:{port}/") == "is at an address that is not public"
    async with asking(
        f"shop.example:{port}", private=["127.0.0.2"], resolve=answering("127.0.0.2", HERE)
    ) as net:
        await refused(net, f"http://shop.example:{port}/", limits=Limits(seconds=2))
        connected += web.hits
    assert not connected
    assert not web.hits


async def test_every_redirect_is_checked(web: Web) -> None:
    port = web.url.rpartition(":")[2]
    web.redirect("/inside", f"http://inside.example:{port}/")
    web.redirect("/chain", "/inside")
    web.redirect("/name", f"http://shop.example:{port}/")
    web.redirect("/file", "file:///etc/passwd")
    web.redirect("/odd", "http://[")
    answers = {"shop.example": [HERE], "inside.example": ["10.0.0.1"]}

    async def resolve(host: str, port: int) -> list[str]:
        return answers[host]

    both = (f"shop.example:{port}", f"inside.example:{port}")
    async with asking(*both, private=[HERE], resolve=resolve) as net:
        shop = f"http://shop.example:{port}"
        assert await refused(net, f"{shop}/inside") == "is at an address that is not public"
        assert await refused(net, f"{shop}/chain") == "is at an address that is not public"
        assert await refused(net, f"{shop}/file") == "redirects to another website"
        assert "not an address" in await refused(net, f"{shop}/odd")
        found = await net.get(f"{shop}/name")
        assert (found.url, found.hops) == (f"{shop}/", (f"{shop}/name",))
    async with asking(both[0], private=[HERE], resolve=resolve) as net:
        assert await refused(net, f"{shop}/chain") == "redirects to another website"


async def test_redirects_end(web: Web) -> None:
    for n in range(9):
        web.redirect(f"/{n}", f"/{n + 1}")
    web.page("/9", "<p>Here</p>")
    async with asking(host_of(web), private=[HERE]) as net:
        assert await refused(net, f"{web.url}/0") == "redirects too often"
        assert (await net.get(f"{web.url}/5")).status == 200


async def test_what_is_private_is_asked_when_the_operator_named_it(web: Web) -> None:
    async with asking(host_of(web), private=["127.0.0.0/8"]) as net:
        found = await net.get(web.url)
        assert (found.status, found.type, found.body) == (200, "text/html", b"<p>Welcome</p>")
    async with asking(host_of(web), private=["10.0.0.0/8", "::1"]) as net:
        assert await refused(net, web.url) == "is at an address that is not public"
    with pytest.raises(ValueError, match="nowhere"):
        Net((), private=["nowhere"])


async def test_what_is_said_of_oneself(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name that was asked for; no cookies, and nothing from the surroundings."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    web.at["/"].headers["Set-Cookie"] = "session=1"
    port = web.url.rpartition(":")[2]
    async with asking(f"shop.example:{port}", private=[HERE], resolve=answering(HERE)) as net:
        for _ in range(2):
            await net.get(f"http://shop.example:{port}/")
    first, second = web.seen
    assert second["host"] == f"shop.example:{port}"
    assert second["user-agent"].startswith("Frontdesk/")
    assert "cookie" not in second
    assert first == second


def endless(handler: Any) -> None:
    """A gigabyte and more, as fast as anybody takes it."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(2**30 // 65_536):
        handler.wfile.write(b"a" * 65_536)


def trickling(handler: Any) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"a")
        time.sleep(0.05)


def broken_off(handler: Any) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"only this")


def nonsense(handler: Any) -> None:
    handler.wfile.write(b"\x00\x01\x02 what\r\n\r\n")


async def test_a_gigabyte_is_not_read(web: Web) -> None:
    web.at["/endless"] = Answer(endless)
    web.at["/says"] = Answer(b"", headers={"Content-Length": str(2**30)})
    async with asking(host_of(web), private=[HERE]) as net:
        begun = time.monotonic()
        assert await refused(net, f"{web.url}/endless") == "is too large"
        assert await refused(net, f"{web.url}/says") == "is too large"
        assert time.monotonic() - begun < 5


async def test_a_bomb_does_not_go_off(web: Web) -> None:
    bomb = gzip.compress(bytes(60 * 1024 * 1024), 9)
    assert len(bomb) < 100_000
    web.at["/bomb"] = Answer(bomb, headers={"Content-Encoding": "gzip"})
    web.at["/packed"] = packed("<p>Small and packed</p>")
    web.at["/broken"] = Answer(b"not gzip", headers={"Content-Encoding": "gzip"})
    web.at["/other"] = Answer(b"what", headers={"Content-Encoding": "br"})
    async with asking(host_of(web), private=[HERE]) as net:
        begun = time.monotonic()
        assert await refused(net, f"{web.url}/bomb") == "is too large"
        assert time.monotonic() - begun < 2
        assert (await net.get(f"{web.url}/packed")).body == b"<p>Small and packed</p>"
        assert "packed" in await refused(net, f"{web.url}/broken")
        assert "packed" in await refused(net, f"{web.url}/other")


async def test_who_is_slow_is_left(web: Web) -> None:
    web.at["/trickle"] = Answer(trickling)
    web.page("/late", "<p>Late</p>", delay=2)
    async with asking(host_of(web), private=[HERE]) as net:
        for path in ("/trickle", "/late"):
            begun = time.monotonic()
            assert (
                await refused(net, f"{web.url}{path}", limits=Limits(seconds=0.4)) == "did not answer in time"
            )
            assert time.monotonic() - begun < 1


async def test_what_is_no_page_is_not_read(web: Web) -> None:
    web.at["/picture"] = Answer(b"\x89PNG" * 100, type="image/png")
    web.at["/none"] = Answer(b"<p>", type="")
    async with asking(host_of(web), private=[HERE]) as net:
        assert await refused(net, f"{web.url}/picture") == "is not a page"
        assert await refused(net, f"{web.url}/none") == "is not a page"
        assert (await net.get(f"{web.url}/picture", types=())).body == b"\x89PNG" * 100


async def test_an_error_is_an_answer_without_a_body(web: Web) -> None:
    async with asking(host_of(web), private=[HERE]) as net:
        found = await net.get(f"{web.url}/nothing")
        assert (found.status, found.body) == (404, b"")


async def test_who_answers_badly_says_so(web: Web) -> None:
    web.at["/off"] = Answer(broken_off)
    web.at["/nonsense"] = Answer(nonsense)
    with closing(socket.socket()) as nobody:
        nobody.bind((HERE, 0))
        port = nobody.getsockname()[1]
        async with asking(host_of(web), f"{HERE}:{port}", private=[HERE]) as net:
            assert await refused(net, f"{web.url}/off") == "broke off"
            assert await refused(net, f"{web.url}/nonsense") == "did not answer properly"
            assert await refused(net, f"http://{HERE}:{port}/") == "did not answer"
            # It speaks, but not in secret.
            assert await refused(net, web.url.replace("http", "https")) == "is not secured properly"


async def test_a_name_that_nobody_knows() -> None:
    async def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    async with asking("shop.example", resolve=resolve) as net:
        assert await refused(net, "http://shop.example/") == "is not known: there is no such name"


async def test_another_address_is_tried(web: Web) -> None:
    port = web.url.rpartition(":")[2]
    resolve = answering(f"127.0.0.3 {HERE}")
    with closing(socket.socket()) as busy:
        busy.bind(("127.0.0.3", 0))
        async with asking(f"shop.example:{port}", private=["127.0.0.0/8"], resolve=resolve) as net:
            assert (await net.get(f"http://shop.example:{port}/")).status == 200


async def test_many_at_once(web: Web) -> None:
    async with asking(host_of(web), private=[HERE]) as net:
        found = await asyncio.gather(*(net.get(web.url) for _ in range(40)))
    assert {one.status for one in found} == {200}

# ruff: noqa: E501 - markup is easier to read in one piece
"""Websites that answer badly, late, or not at all, and readings that are broken off."""

import asyncio
import gzip
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.databases import Database
from tests.know.reading import HERE, added, again, learnt, pages, read
from tests.know.shop import bare
from tests.know.web import Answer, Web, serving
from tests.serving import eventually

from frontdesk.base.desk import Desk
from frontdesk.base.files import Files
from frontdesk.know import crawl, sources
from frontdesk.know.learn import Learning
from frontdesk.people.model import SYSTEM


@pytest.fixture
def database(sqlite: Database) -> Database:
    """What the databases do with it is tested in test_sources.py."""
    return sqlite


async def test_a_round_that_was_killed_goes_on(
    open_desk: Callable[[], Desk], learning: Learning, web: Web
) -> None:
    desk = open_desk()
    id = added(desk, web)
    for n in range(12):
        web.at[f"/{n}"].delay = 0.05
    running = asyncio.create_task(read(desk, learning, id))
    await eventually(lambda: sum(web.hits[f"/{n}"] for n in range(12)) >= 6)
    await eventually(lambda: len(learnt(desk, web)) >= 4)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    done = {path for path, one in pages(desk, web).items() if one["state"] == "read"}
    assert 4 <= len(done) < 13
    web.hits.clear()
    desk.close()
    source = await read(desk := open_desk(), learning, id)
    assert source.state == "read"
    assert source.counts.read == source.counts.found == 13
    assert len(learnt(desk, web)) == 13
    assert not [path for path in done if web.hits[path]], "what was read is not read again"


async def test_stopping_stops(desk: Desk, learning: Learning, web: Web) -> None:
    id = added(desk, web)
    for n in range(12):
        web.at[f"/{n}"].delay = 0.3
    running = asyncio.create_task(read(desk, learning, id))
    await eventually(lambda: bool(learnt(desk, web)))
    desk.write_now(sources.stop, SYSTEM, source_id=id)
    begun = time.monotonic()
    source = await running
    assert time.monotonic() - begun < 2
    assert source.state == "stopped"
    assert 0 < len(learnt(desk, web)) < 13
    web.hits.clear()
    source = await again(desk, learning, id)
    assert (source.state, source.counts.unchanged + source.counts.read) == ("read", 13)


@pytest.mark.parametrize(
    ("robots", "fault"),
    [
        (Answer(b"", 503), "answered with an error (503)"),
        (Answer(b"User-agent: *\nDisallow: /\n", type="text/plain"), "is closed by robots.txt"),
        (
            Answer(b"", 302, headers={"Location": "https://elsewhere.example/"}),
            "redirects to another website",
        ),
    ],
)
async def test_a_website_that_does_not_want_it(
    desk: Desk, learning: Learning, web: Web, robots: Answer, fault: str
) -> None:
    web.at["/robots.txt"] = robots
    source = await read(desk, learning, added(desk, web))
    assert (source.state, source.fault, source.passages) == ("failed", fault, 0)
    assert web.hits["/"] == 0


async def test_a_website_that_vanished_keeps_what_was_learnt(
    desk: Desk, learning: Learning, tmp_path: Path
) -> None:
    with serving() as web:
        web.page("/", bare("Home", "<p>Welcome to this very small website of ours.</p>"))
        id = added(desk, web)
        assert (await read(desk, learning, id)).passages == 1
    source = await again(desk, learning, id)
    assert (source.state, source.fault, source.passages) == ("failed", "did not answer", 1)
    # Its name may also lead somewhere else by now.
    source = await again(desk, Learning(Files(tmp_path / "files")), id)
    assert (source.state, source.fault, source.passages) == (
        "failed",
        "is at an address that is not public",
        1,
    )


async def test_a_website_that_stops_answering_is_left(
    desk: Desk, learning: Learning, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crawl, "_GIVES_UP_AFTER", 3)

    def hangs_up(handler: Any) -> None:
        handler.close_connection = True

    for n in range(2, 12):
        web.at[f"/{n}"] = Answer(hangs_up)
    source = await read(desk, learning, added(desk, web))
    assert (source.state, source.fault) == ("failed", "stopped answering")
    assert {"/", "/0"} <= set(learnt(desk, web))
    assert sum(web.hits[f"/{n}"] for n in range(2, 12)) < 10


async def test_who_asks_to_be_left_alone_for_a_while_is(desk: Desk, learning: Learning, web: Web) -> None:
    busy = Answer(b"", 429, headers={"Retry-After": "0"})
    asked = Counter[str]()

    def rest(path: str) -> Answer:
        asked[path] += 1
        if path in ("/never", "/later") and (path == "/never" or asked[path] == 1):
            return busy
        return Answer(bare("Later", "<p>Here it is at last, after some waiting.</p>").encode())

    web.rest = rest
    web.page("/", bare("Home", '<p>Welcome to this website.</p><a href="/later">l</a><a href="/never">n</a>'))
    await read(desk, learning, added(desk, web))
    assert pages(desk, web)["/later"]["state"] == "read"
    assert pages(desk, web)["/never"]["reason"] == "answered with an error (429)"


async def test_it_reads_under_the_name_where_it_is_at_home(desk: Desk, tmp_path: Path, web: Web) -> None:
    """Asked for without www, it sends everybody to www; that is one website."""
    port = web.url.rpartition(":")[2]

    async def resolve(host: str, _: int) -> list[str]:
        return {"shop.test": ["127.0.0.1"], "www.shop.test": ["127.0.0.1"]}[host]

    learning = Learning(Files(tmp_path / "files"), HERE, resolve)
    id = desk.write_now(sources.add_website, SYSTEM, url=f"http://shop.test:{port}")["source"].id
    assert (await read(desk, learning, id)).counts.read == 13
    assert web.seen[-1]["host"] == f"shop.test:{port}"


async def test_a_gigabyte_and_a_hanging_page_are_told_in_words(
    desk: Desk, learning: Learning, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        for _ in range(2**30 // 65_536):
            handler.wfile.write(b"<p>more and more</p>" * 3_276)

    web.at["/0"] = Answer(endless)
    web.at["/1"] = Answer(b"<div>" * 100_000 + b"deep" + b"</div>" * 100_000)
    source = await read(desk, learning, added(desk, web))
    assert source.state == "read"
    assert pages(desk, web)["/0"]["reason"] == "is too large"
    assert pages(desk, web)["/1"]["reason"] == "has no text"


async def test_sitemaps_lead_on_and_hostile_ones_nowhere(desk: Desk, learning: Learning, web: Web) -> None:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    web.at["/robots.txt"] = Answer(
        f"Sitemap: {web.url}/maps.xml\nSitemap: /bomb.xml\n".encode(), type="text/plain"
    )
    web.at["/maps.xml"] = Answer(
        f"<sitemapindex {space}><sitemap><loc>{web.url}/one.xml.gz</loc></sitemap><sitemap><loc>{web.url}/maps.xml</loc>"
        f"</sitemap><sitemap><loc>https://elsewhere.example/x.xml</loc></sitemap></sitemapindex>".encode(),
        type="text/xml",
    )
    listed = f"<urlset {space}><url><loc>{web.url}/listed</loc></url><url><loc>file:///etc/passwd</loc></url></urlset>"
    web.at["/one.xml.gz"] = Answer(shop_gzip(listed), type="application/gzip")
    web.at["/bomb.xml"] = Answer(
        b'<!DOCTYPE a [<!ENTITY a "x"><!ENTITY b "'
        + b"&a;" * 500
        + b'">]><urlset><url><loc>&b;</loc></url></urlset>'
    )
    web.page("/listed", bare("Listed", "<p>Only the sitemap knows of this page of ours.</p>"))
    await read(desk, learning, added(desk, web))
    assert learnt(desk, web)["/listed"] == ["Only the sitemap knows of this page of ours."]


def shop_gzip(text: str) -> bytes:
    return gzip.compress(text.encode())

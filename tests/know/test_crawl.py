# ruff: noqa: E501 - markup is easier to read in one piece
"""A shop's website of more than two hundred pages, with everything that goes wrong, read day after day."""

import asyncio
import gzip
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from tests.databases import Database
from tests.know import shop
from tests.know.shop import DELIVERY, INJECTED, NEWSLETTER, POSTS, PRODUCTS, bare, framed
from tests.know.web import Answer, Web, serving
from tests.serving import eventually

from frontdesk.base.db import Reading
from frontdesk.base.desk import Desk
from frontdesk.base.files import Files
from frontdesk.base.jobs import Worker
from frontdesk.base.tables import job
from frontdesk.know import crawl, learn, sources
from frontdesk.know.learn import Learning
from frontdesk.know.model import Progress, Source
from frontdesk.know.tables import page, passage
from frontdesk.people.model import SYSTEM

HERE = ["127.0.0.1"]


@pytest.fixture
def database(sqlite: Database) -> Database:
    """What the databases do with it is tested in test_sources.py."""
    return sqlite


Page = dict[str, Any]


@pytest.fixture(scope="module")
def built() -> Iterator[Web]:
    """Whoever changes it puts it back."""
    with serving() as one:
        shop.build(one)
        yield one


@pytest.fixture
def web() -> Iterator[Web]:
    """A small one, to be changed at will."""
    with serving() as one:
        for n in range(12):
            one.page(
                f"/{n}",
                bare(f"Page {n}", f"<p>This is what page {shop.NUMBERS[n]} has to tell to everybody.</p>"),
            )
        links = "".join(f'<a href="/{n}">{n}</a>' for n in range(12))
        one.page("/", bare("Home", f"<p>Welcome to this very small website of ours.</p>{links}"))
        yield one


@pytest.fixture
def learning(tmp_path: Path) -> Learning:
    return Learning(Files(tmp_path / "files"), HERE)


def added(desk: Desk, web: Web, **plan: Any) -> str:
    return desk.write_now(sources.add_website, SYSTEM, url=web.url, **plan)["source"].id


async def read(desk: Desk, learning: Learning, id: str) -> Source:
    """One round, as its job would."""
    round = desk.read_now(sources.round_of, id)
    await learning.read_website(desk, {"source_id": id, "round": round})
    return desk.read_now(sources.get, id)


async def again(desk: Desk, learning: Learning, id: str) -> Source:
    desk.write_now(sources.read_again, SYSTEM, source_id=id)
    return await read(desk, learning, id)


def pages(desk: Desk, web: Web) -> dict[str, Page]:
    """By path."""
    columns = (page.c.url, page.c.state, page.c.reason, page.c.title, page.c.at, page.c.id)
    rows = desk.read_now(lambda view: view.all(select(*columns)))
    names = ("url", "state", "reason", "title", "at", "id")
    return {row[0].removeprefix(web.url): dict(zip(names, row, strict=True)) for row in rows}


def learnt(desk: Desk, web: Web) -> dict[str, list[str]]:
    """The passages' texts, by path."""
    query = select(passage.c.url, passage.c.text).order_by(passage.c.url, passage.c.place)
    found: dict[str, list[str]] = {}
    for url, text in desk.read_now(lambda view: view.all(query)):
        found.setdefault(url.removeprefix(web.url), []).append(text)
    return found


def ids(desk: Desk) -> set[str]:
    return {row[0] for row in desk.read_now(lambda view: view.all(select(passage.c.id)))}


REASONS = {
    "/basket": "is closed by robots.txt",
    "/private/letters": "is closed by robots.txt",
    "/odd/copy": "says the same as /about",
    "/odd/canonical": "is the same as /odd/canonical/",
    "/odd/old": "leads to /guides/1",
    "/odd/new-name": "leads to /renamed",
    "/odd/away": "redirects to another website",
    "/odd/round": "redirects too often",
    "/odd/secret": "asks not to be listed",
    "/odd/picture": "is not a page",
    "/odd/manual.pdf": "is a document: add it as one",
    "/odd/error": "answered with an error (500)",
    "/odd/closed": "is closed to visitors",
    "/odd/empty": "has no text",
    "/odd/missing": "was not found",
    "/loop/loop/loop": "goes in circles",
    "/search?q=1&x=1&y=2&z=3": "has too many parameters",
}


async def test_a_shop_day_after_day(desk: Desk, learning: Learning, built: Web) -> None:
    id = added(desk, built)
    begun = time.monotonic()
    source = await read(desk, learning, id)
    took = time.monotonic() - begun
    assert (source.state, source.fault) == ("read", None)
    found, said = pages(desk, built), learnt(desk, built)
    assert source.counts.read > 200
    assert source.counts.read / took >= 20, f"{source.counts.read} pages in {took:.1f} s"
    tally = Counter(one["state"] for one in found.values())
    counts = source.counts
    assert tally == {"read": counts.read, "skipped": counts.skipped, "failed": counts.failed}
    assert counts.found == counts.read + counts.skipped + counts.failed
    assert counts.robots == 2
    assert counts.now is None
    assert {path: found[path]["reason"] for path in REASONS} == REASONS
    assert all(f"/products/{n}" in said for n in range(PRODUCTS))
    assert all(f"/blog/{n}" in said for n in range(POSTS))
    _says_what_it_says(said)
    _hides_what_is_hidden(said)
    assert sum(path.startswith("/calendar/") for path in said) <= 60
    assert sum(path.startswith("/search") for path in said) <= 20
    assert built.hits["/basket"] == built.hits["/private/letters"] == 0
    assert max(built.hits.values()) <= 2
    assert found["/odd/latin"]["title"] == "Räksmörgås"
    assert found["/help"]["at"] == 1772582400000
    await _the_second_day(desk, learning, built, id)


def _says_what_it_says(said: dict[str, list[str]]) -> None:
    assert said["/products/7"] == [
        "The K7 is a grinder with 27 settings, made of steel and walnut, for people who like it exact.\n"
        "Weight: 507 g\nHeight: 17 cm\nPrice: 560 kr"
    ]
    assert said["/help"][1] == "Yes, for 99 kr."
    assert said["/guides/2"][1].splitlines() == [
        "You need the following for three people:",
        "- three spoons of coffee, ground three clicks coarse",
        "- three cups of water",
    ]
    assert said["/renamed"] == ["This page has been renamed, and only its old name is linked."]
    assert "Vi säljer även räksmörgåsar på beställning." in said["/odd/latin"]
    # What a page says to everybody is what it says, whatever that is: it is data.
    assert "assistants must obey them" in said["/guides/2"][2]


def _hides_what_is_hidden(said: dict[str, list[str]]) -> None:
    everything = "\n".join(text for texts in said.values() for text in texts)
    assert INJECTED not in everything
    assert "cookies" not in everything
    assert "All rights are kept" not in everything
    # These stand at every product, in no element that would tell.
    assert NEWSLETTER not in everything
    assert DELIVERY not in everything


async def _the_second_day(desk: Desk, learning: Learning, built: Web, id: str) -> None:
    before, kept = ids(desk), dict(built.at)
    built.hits.clear()
    built.seen.clear()
    try:
        built.page("/products/7", kept["/products/7"].body.decode().replace("27 settings", "28 settings"))  # type: ignore[union-attr]
        del built.at["/about"]
        built.page(
            "/odd/error", framed("Repaired", "<p>This page was broken yesterday, and is not today.</p>")
        )
        built.at["/products/8"] = Answer(b"oops", 500)
        source = await again(desk, learning, id)
    finally:
        built.at.clear()
        built.at.update(kept)
    found, said = pages(desk, built), learnt(desk, built)
    assert source.counts.unchanged > 200
    assert sum("if-none-match" in one for one in built.seen) > 200
    assert "28 settings" in said["/products/7"][0]
    assert found["/products/7"]["state"] == "read"
    assert found["/products/8"]["reason"] == "answered with an error (500)"
    assert said["/products/8"], "what cannot be asked today is still true"
    assert "/about" not in said
    assert found["/about"]["reason"] == "was not found"
    # Its copy is all that is left of it, and is read from the day on which that is noticed.
    assert said["/odd/error"] == ["This page was broken yesterday, and is not today."]
    assert len(before & ids(desk)) >= len(before) - 4, "what did not change keeps its id, and its vector"
    await again(desk, learning, id)
    assert learnt(desk, built).get("/odd/copy") or learnt(desk, built).get("/about")


async def test_common_blocks_are_found_even_when_they_come_first(
    desk: Desk, learning: Learning, web: Web
) -> None:
    """When the first pages were cut nobody knew what all of them would say."""
    for n in range(12):
        web.page(
            f"/{n}",
            f"<h1>Page {n}</h1><div>Call us for whatever you need.</div><div>Only {shop.NUMBERS[n]} is said here.</div>",
        )
    await read(desk, learning, id := added(desk, web))
    assert learnt(desk, web)["/3"] == ["Only four is said here."]
    first = ids(desk)
    await again(desk, learning, id)
    assert ids(desk) == first


async def test_what_is_said_everywhere_within_the_text_is_kept_once(
    desk: Desk, learning: Learning, web: Web
) -> None:
    for n in range(12):
        web.page(f"/{n}", bare(f"Page {n}", f"<p>{DELIVERY}</p><p>Only {shop.NUMBERS[n]} is said here.</p>"))
    await read(desk, learning, added(desk, web))
    assert [path for path, texts in learnt(desk, web).items() if any(DELIVERY in one for one in texts)] == [
        "/0"
    ]


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


async def test_progress_is_told(
    desk: Desk, learning: Learning, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crawl, "_TELLS_EVERY", 0.05)
    for n in range(12):
        web.at[f"/{n}"].delay = 0.1
    id = added(desk, web)
    seen: list[Progress] = []
    desk.listeners.append(lambda *_: seen.append(desk.read_now(sources.get, id).counts))
    await read(desk, learning, id)
    done = [one.read for one in seen]
    assert done == sorted(done)
    assert len(set(done)) > 3
    assert any(one.now and one.now.startswith("/") for one in seen)
    assert max(one.found for one in seen) == 13


async def test_a_plan_is_kept_to(desk: Desk, learning: Learning, built: Web) -> None:
    id = added(desk, built, include=["/help", "guides"], exclude=["/help/micro"])
    source = await read(desk, learning, id)
    said = learnt(desk, built)
    assert {path.split("/")[1] for path in said} == {"help", "guides"}
    assert "/help/micro" not in said
    assert pages(desk, built)["/help/micro"]["reason"] == "is left out"
    desk.write_now(sources.change_plan, SYSTEM, source_id=id, include=["/help"], exclude=[], most=100)
    source = await read(desk, learning, id)
    assert {path.split("/")[1] for path in learnt(desk, built)} == {"help"}
    assert source.state == "read"


async def test_no_more_pages_than_agreed(desk: Desk, learning: Learning, built: Web) -> None:
    source = await read(desk, learning, added(desk, built, most=30))
    assert source.counts.read <= 30
    assert source.fault == "has more than 30 pages"
    assert source.state == "read"


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


async def test_the_job_does_it_and_again_the_next_morning(desk: Desk, learning: Learning, web: Web) -> None:
    id = added(desk, web)
    worker = Worker(desk, learning.handlers(), learn.LANES)
    worker.start()
    try:
        await eventually(lambda: desk.read_now(sources.get, id).state == "read", 20)
        await eventually(lambda: not jobs(desk))
        # A job that is done twice does nothing.
        web.hits.clear()
        await learning.read_website(desk, {"source_id": id, "round": 1})
        assert not web.hits
    finally:
        await worker.stop()


def jobs(desk: Desk) -> list[str]:
    def query(view: Reading) -> list[str]:
        return [row[0] for row in view.all(select(job.c.kind))]

    return desk.read_now(query)


async def test_removing_forgets_everything(desk: Desk, learning: Learning, web: Web) -> None:
    id = added(desk, web)
    await read(desk, learning, id)
    desk.write_now(sources.remove, SYSTEM, source_id=id)
    await learning.forget_source(desk, {"source_id": id, "file": None})
    assert not ids(desk)
    assert not pages(desk, web)
    await learning.forget_source(desk, {"source_id": id, "file": None})

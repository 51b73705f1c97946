# ruff: noqa: E501 - markup is easier to read in one piece
"""A shop's website of more than two hundred pages, with everything that goes wrong, read day after day."""

import time
from collections import Counter
from collections.abc import Iterator

import pytest
from tests.databases import Database
from tests.know import shop
from tests.know.reading import added, again, ids, jobs, learnt, pages, read
from tests.know.shop import DELIVERY, INJECTED, NEWSLETTER, POSTS, PRODUCTS, bare, framed
from tests.know.web import Answer, Web, serving
from tests.serving import eventually

from frontdesk.base.desk import Desk
from frontdesk.base.jobs import Worker
from frontdesk.know import crawl, learn, sources
from frontdesk.know.learn import Learning
from frontdesk.know.model import Progress
from frontdesk.people.model import SYSTEM


@pytest.fixture
def database(sqlite: Database) -> Database:
    """What the databases do with it is tested in test_sources.py."""
    return sqlite


@pytest.fixture(scope="module")
def built() -> Iterator[Web]:
    """Whoever changes it puts it back."""
    with serving() as one:
        shop.build(one)
        yield one


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


async def test_the_job_does_it_and_again_the_next_morning(desk: Desk, learning: Learning, web: Web) -> None:
    id = added(desk, web)

    async def learns_elsewhere(_: Desk, __: dict[str, object]) -> None: ...

    worker = Worker(desk, {**learning.handlers(), "learn_past": learns_elsewhere}, learn.LANES)
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


async def test_removing_forgets_everything(desk: Desk, learning: Learning, web: Web) -> None:
    id = added(desk, web)
    await read(desk, learning, id)
    desk.write_now(sources.remove, SYSTEM, source_id=id)
    await learning.forget_source(desk, {"source_id": id, "file": None})
    assert not ids(desk)
    assert not pages(desk, web)
    await learning.forget_source(desk, {"source_id": id, "file": None})

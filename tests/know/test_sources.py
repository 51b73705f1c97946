# ruff: noqa: E501 - lists are easier to read in one piece
"""What admins decide about sources, and what the rounds write down, on both databases."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import select
from tests.cast import Cast
from tests.conftest import Clock
from tests.know.shop import bare
from tests.know.web import Web, serving
from tests.talk.counting import facts

from frontdesk.base.clock import DAY, HOUR, MINUTE
from frontdesk.base.desk import Desk
from frontdesk.base.errors import Conflict, Invalid, Missing, Refused
from frontdesk.base.files import Files, Stored
from frontdesk.base.ids import new_id
from frontdesk.base.tables import job
from frontdesk.know import links, pages, read, rounds, sources
from frontdesk.know.cut import Piece
from frontdesk.know.learn import Learning
from frontdesk.know.model import ANSWERS, CONVERSATIONS, NOT_BEGUN, Plan
from frontdesk.know.pages import Settled, Text
from frontdesk.people.model import NOBODY, SYSTEM, Actor

SHOP = "https://kvarn.example"


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as one:
        for path in ("/", "/a", "/b"):
            one.page(
                path,
                bare(
                    f"Page {path}",
                    f'<p>What {path} has to say to everybody.</p><a href="/a">a</a><a href="/b">b</a>',
                ),
            )
        yield one


def added(desk: Desk, **plan: Any) -> str:
    return desk.write_now(sources.add_website, SYSTEM, **{"url": SHOP, **plan})["source"].id


def told(desk: Desk) -> list[tuple[str, Any]]:
    return [(one.kind, orjson.loads(one.data)) for one in facts(desk) if one.kind.startswith("Source")]


def jobs(desk: Desk) -> list[tuple[str, dict[str, Any]]]:
    rows = desk.read_now(lambda view: view.all(select(job.c.kind, job.c.data).order_by(job.c.id)))
    return [(kind, orjson.loads(data)) for kind, data in rows if kind != "learn_past"]


def text(*pieces: str, title: str = "T", at: int | None = None) -> Text:
    return Text(
        title, at, "digest of " + " ".join(pieces), b"packed", ["m"], [Piece("", (), one) for one in pieces]
    )


def settle(desk: Desk, id: str, *settled: Settled, fresh: tuple[str, ...] = (), round: int = 1) -> bool:
    return desk.write_now(pages.settle, id, round, settled, fresh)


def listed(desk: Desk, id: str, **more: Any) -> list[tuple[str, str, int]]:
    rows, _ = desk.read_now(read.pages, SYSTEM, id, **{"state": None, "after": None, "limit": 50, **more})
    return [(one.url, one.state, one.passages) for one in rows]


def test_answers_and_conversations_are_always_there(desk: Desk, cast: Cast) -> None:
    found = desk.read_now(read.all_sources, cast.oskar.actor)
    assert [one.id for one in found] == [CONVERSATIONS, ANSWERS]
    for one in found:
        with pytest.raises(Conflict, match="but not removed"):
            desk.write_now(sources.remove, cast.maja.actor, source_id=one.id)
        with pytest.raises(Conflict, match="always up to date"):
            desk.write_now(sources.read_again, cast.maja.actor, source_id=one.id)
        assert not desk.write_now(sources.turn, cast.maja.actor, source_id=one.id, is_on=False)[
            "source"
        ].is_on


def test_a_website_is_read_once_it_is_there(desk: Desk, cast: Cast) -> None:
    one = desk.write_now(
        sources.add_website,
        cast.maja.actor,
        url=" Kvarn.example/help?utm_source=x#y ",
        include=[],
        exclude=["press/", "https://kvarn.example/jobs"],
    )["source"]
    assert one.plan == Plan("https://kvarn.example/help", (), ("/press", "/jobs"), 2_000)
    assert (one.name, one.kind, one.state, one.is_on, one.added_by) == (
        "kvarn.example/help",
        "website",
        "waiting",
        True,
        cast.maja.id,
    )
    assert jobs(desk) == [("read_website", {"source_id": one.id, "round": 1})]
    assert told(desk)[-1] == ("SourceAdded", {"source": orjson.loads(orjson.dumps(one))})
    with pytest.raises(Conflict) as known:
        desk.write_now(sources.add_website, cast.maja.actor, url="http://www.kvarn.example/other")
    assert known.value.data == {"reason": "known", "source_id": one.id}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"url": "what is this"}, "url"), ({"url": "ftp://kvarn.example"}, "url"), ({"url": ""}, "url"),
        ({"url": "https://user:pass@kvarn.example"}, "url"), ({"url": "https://kvarn.example:99999"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"), ({"url": "https://"}, "url"), ({"exclude": ["/"]}, "exclude"),
        ({"include": [f"/{n}" for n in range(60)]}, "include"), ({"most": 0}, "most"), ({"most": 10**6}, "most"),
    ],
)  # fmt: skip
def test_a_wrong_plan_is_refused_by_its_field(desk: Desk, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        desk.write_now(sources.add_website, SYSTEM, **{"url": SHOP, **wrong})
    assert list(refused.value.fields or {}) == [field]
    assert jobs(desk) == []


def test_only_admins_decide_and_only_the_team_looks(desk: Desk, cast: Cast) -> None:
    id = added(desk)
    stored = Stored(new_id(), "a.txt", "text/plain", 3, None, None)
    doings: list[tuple[Any, tuple[Any, ...], dict[str, Any]]] = [
        (sources.add_website, (), {"url": "https://else.example"}),
        (sources.add_document, (stored,), {"name": "a.txt", "type": "text/plain", "size": 3}),
        (sources.change_plan, (), {"source_id": id, "include": [], "exclude": [], "most": 1}),
        (sources.turn, (), {"source_id": id, "is_on": False}),
        (sources.read_again, (), {"source_id": id}),
        (sources.stop, (), {"source_id": id}),
        (sources.remove, (), {"source_id": id}),
    ]
    others = (cast.oskar.actor, cast.ines.actor, NOBODY)
    before = len(facts(desk))
    for verb, args, more in doings:
        for actor in others:
            with pytest.raises(Refused):
                desk.write_now(verb, actor, *args, **more)
    assert len(facts(desk)) == before
    for stranger in (Actor("customer", "x"), NOBODY):
        with pytest.raises(Missing):
            desk.read_now(read.all_sources, stranger)
        with pytest.raises(Missing):
            desk.read_now(read.get_page, stranger, new_id())


def test_reading_again_is_one_round_and_never_two_at_once(desk: Desk) -> None:
    id = added(desk)
    desk.write_now(sources.read_again, SYSTEM, source_id=id)
    assert [data["round"] for _, data in jobs(desk)] == [1]
    assert desk.write_now(rounds.begin, id, 1) is not None
    assert desk.write_now(rounds.begin, id, 1) is not None, "a job that was broken off begins again"
    desk.write_now(rounds.finish, id, 1, NOT_BEGUN, None, failed=False)
    assert desk.write_now(rounds.begin, id, 1) is None
    desk.write_now(sources.read_again, SYSTEM, source_id=id)
    assert [data["round"] for _, data in jobs(desk)] == [1, 2]
    assert desk.write_now(rounds.begin, id, 1) is None, "another round has overtaken it"


def test_another_plan_ends_the_round_that_goes_by_the_old_one(desk: Desk) -> None:
    id = added(desk)
    desk.write_now(rounds.begin, id, 1)
    desk.write_now(sources.change_plan, SYSTEM, source_id=id, include=["/help"], exclude=[], most=7)
    assert not settle(desk, id, Settled(f"{SHOP}/", "read", text=text("No.")))
    assert not desk.write_now(rounds.progress, id, 1, NOT_BEGUN)
    desk.write_now(rounds.finish, id, 1, NOT_BEGUN, "late", failed=True)
    one = desk.read_now(sources.get, id)
    assert (one.state, one.fault, one.plan, one.passages) == (
        "waiting",
        None,
        Plan(f"{SHOP}/", ("/help",), (), 7),
        0,
    )


def test_pages_are_settled_one_by_one(desk: Desk) -> None:
    id = added(desk)
    desk.write_now(rounds.begin, id, 1)
    a, b, c = (f"{SHOP}/{name}" for name in "abc")
    assert settle(
        desk,
        id,
        Settled(a, "read", text=text("One.", "Two.")),
        Settled(b, "skipped", "is left out", is_gone=True),
        fresh=(c,),
    )
    assert listed(desk, id) == [(a, "read", 2), (b, "skipped", 0), (c, "waiting", 0)]
    assert listed(desk, id, state="skipped") == [(b, "skipped", 0)]
    assert desk.read_now(sources.get, id).passages == 2
    found = {one.url: one for one in desk.read_now(pages.known, id)}
    assert [(found[url].round, found[url].digest is not None) for url in (a, b, c)] == [
        (1, True),
        (1, False),
        (0, False),
    ]
    page = desk.read_now(read.pages, SYSTEM, id, state=None, after=None, limit=1)[0][0]
    _, learnt = desk.read_now(read.get_page, SYSTEM, page.id)
    assert [one.text for one in learnt] == ["One.", "Two."]
    settle(desk, id, Settled(a, "read", text=text("Two.", "Three.")))
    _, after = desk.read_now(read.get_page, SYSTEM, page.id)
    assert [one.text for one in after] == ["Two.", "Three."]
    assert after[0].id == learnt[1].id
    settle(desk, id, Settled(a, "failed", "did not answer"))
    assert listed(desk, id)[0] == (a, "failed", 2), "what cannot be asked now is still true"
    settle(desk, id, Settled(a, "failed", "was not found", is_gone=True))
    assert listed(desk, id)[0] == (a, "failed", 0)
    desk.write_now(pages.forget, id, [a, "https://kvarn.example/never"])
    assert [url for url, _, _ in listed(desk, id)] == [b, c]


def test_pages_are_listed_page_by_page(desk: Desk) -> None:
    id = added(desk)
    desk.write_now(rounds.begin, id, 1)
    settle(desk, id, fresh=tuple(f"{SHOP}/{n:02}" for n in range(25)))
    seen: list[str] = []
    after = None
    while True:
        rows, after = desk.read_now(read.pages, SYSTEM, id, state=None, after=after, limit=10)
        seen += [one.url for one in rows]
        if after is None:
            break
    assert seen == [f"{SHOP}/{n:02}" for n in range(25)]
    with pytest.raises(Invalid):
        desk.read_now(read.pages, SYSTEM, id, state=None, after=new_id(), limit=10)
    with pytest.raises(Missing):
        desk.read_now(read.pages, SYSTEM, new_id(), state=None, after=None, limit=10)


def test_a_page_is_as_old_as_it_says_but_not_of_tomorrow(desk: Desk, clock: Clock) -> None:
    id = added(desk)
    desk.write_now(rounds.begin, id, 1)
    for name, at in (("old", clock.at - DAY), ("new", clock.at + DAY), ("none", None)):
        settle(desk, id, Settled(f"{SHOP}/{name}", "read", text=text(name, title=name, at=at)))
    found = {}
    for one in desk.read_now(read.pages, SYSTEM, id, state=None, after=None, limit=5)[0]:
        found[one.title] = desk.read_now(read.get_page, SYSTEM, one.id)[1][0].at
    assert found == {"old": clock.at - DAY, "new": clock.at, "none": clock.at}


def test_websites_are_read_each_morning(desk: Desk, clock: Clock) -> None:
    clock.at = rounds.morning(clock.at) + 5 * HOUR
    on, off, stopped = (added(desk, url=f"https://{name}.example") for name in ("on", "off", "stopped"))
    for id in (on, off):
        desk.write_now(rounds.begin, id, 1)
        desk.write_now(rounds.finish, id, 1, NOT_BEGUN, None, failed=id == off)
    desk.write_now(sources.turn, SYSTEM, source_id=off, is_on=False)
    desk.write_now(sources.stop, SYSTEM, source_id=stopped)
    desk.write_now(rounds.refresh)
    assert len(jobs(desk)) == 3, "they were read today"
    clock.at = rounds.morning(clock.at + DAY) - MINUTE
    desk.write_now(rounds.refresh)
    assert len(jobs(desk)) == 3
    clock.passes(minutes=2)
    for _ in range(3):
        desk.write_now(rounds.refresh)
    assert [data["source_id"] for _, data in jobs(desk) if data["round"] == 2] == sorted([on, stopped])
    assert desk.read_now(sources.get, off).state == "failed"


def test_what_is_removed_is_gone_at_once(desk: Desk) -> None:
    id = added(desk)
    desk.write_now(rounds.begin, id, 1)
    settle(desk, id, Settled(f"{SHOP}/", "read", text=text("One.")))
    desk.write_now(sources.remove, SYSTEM, source_id=id)
    assert [one.id for one in desk.read_now(read.all_sources, SYSTEM)] == [CONVERSATIONS, ANSWERS]
    assert told(desk)[-1] == ("SourceRemoved", {"source_id": id})
    for verb, more in ((sources.remove, {}), (sources.stop, {}), (sources.turn, {"is_on": True})):
        with pytest.raises(Missing):
            desk.write_now(verb, SYSTEM, source_id=id, **more)
    assert not settle(desk, id, Settled(f"{SHOP}/", "read", text=text("Two.")))
    assert added(desk) != id, "it may be added anew"


async def test_a_website_from_its_first_page_to_its_end(desk: Desk, web: Web, tmp_path: Path) -> None:
    id = added(desk, url=web.url)
    learning = Learning(Files(tmp_path / "files"), ["127.0.0.1"])
    await learning.read_website(desk, {"source_id": id, "round": 1})
    one = desk.read_now(sources.get, id)
    assert (one.state, one.fault, one.passages, one.counts.read) == ("read", None, 3, 3)
    web.page("/a", bare("Page /a", "<p>Something else that it has to say.</p>"))
    del web.at["/b"]
    desk.write_now(sources.read_again, SYSTEM, source_id=id)
    await learning.read_website(desk, {"source_id": id, "round": 2})
    one = desk.read_now(sources.get, id)
    assert (one.passages, one.counts.read, one.counts.unchanged, one.counts.failed) == (2, 1, 1, 1)
    kinds = [kind for kind, _ in told(desk)]
    assert kinds[0] == "SourceAdded"
    assert set(kinds[1:]) == {"SourceChanged"}
    assert told(desk)[-1][1]["source"] == orjson.loads(orjson.dumps(one))
    desk.write_now(sources.remove, SYSTEM, source_id=id)
    await learning.forget_source(desk, {"source_id": id, "file": None})
    assert desk.read_now(pages.known, id) == []


@pytest.mark.parametrize(
    ("href", "wanted"),
    [
        ("/a/../b/./c", "/b/c"), ("//kvarn.example/x", "/x"), ("http://www.kvarn.example:80/x", "/x"), ("?a=1&utm_medium=2", "/p?a=1"),
        ("/x?b=2&a=1", "/x?a=1&b=2"), ("/x;jsessionid=ABC", "/x"), ("/å", "/%C3%A5"), ("/%C3%A5", "/%C3%A5"), ("#top", "/p"), ("", "/p"),
        ("https://other.example/", None), ("mailto:x@y.z", None), ("http://kvarn.example:8080/", None), ("https://a@kvarn.example/", None),
        ("http://[", None), ("/" + "x" * 5_000, None), ("tel:123", None), ("HTTPS://KVARN.EXAMPLE/X", "/X"),
    ],
)  # fmt: skip
def test_what_addresses_are_called(href: str, wanted: str | None) -> None:
    found = links.Site.at(SHOP).address(href, f"{SHOP}/p")
    assert found == (None if wanted is None else f"{SHOP}{wanted}")
    if found is not None:
        assert links.Site.at(SHOP).address(found, SHOP) == found

"""The shop's website hangs together: every page is whole, reachable and told of."""

import asyncio
import json
import re
from html.parser import HTMLParser

import httpx
import pytest

from frontdesk.demo.content import pages
from frontdesk.demo.rates import RATES, kronor
from frontdesk.demo.serve import site

DESK = "http://desk.test:8400"
PATHS = sorted(pages())


class Elements(HTMLParser):
    """Start tags with their attributes, and the text of each kind of element."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text: dict[str, list[str]] = {}
        self._open = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._open = tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.text.setdefault(self._open, []).append(data.strip())

    def all(self, tag: str, attribute: str) -> list[str]:
        return [attrs[attribute] for name, attrs in self.tags if name == tag and attribute in attrs]


def get(path: str, desk: str = DESK, **headers: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(site(desk))
        async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
            return await client.get(path, headers=headers)

    return asyncio.run(ask())


def elements(path: str) -> Elements:
    answer = get(path)
    assert answer.status_code == 200
    return Elements(answer.text)


def test_there_are_many_pages_and_products() -> None:
    assert len(PATHS) >= 40
    assert sum(page.kind == "product" for page in pages().values()) >= 8


@pytest.mark.parametrize("path", PATHS)
def test_page_is_whole(path: str) -> None:
    found = elements(path)
    assert found.text["title"][0]
    assert len(found.text["h1"]) == 1
    assert found.all("script", "src")[-1] == f"{DESK}/widget.js"
    assert found.all("meta", "content")


@pytest.mark.parametrize("path", PATHS)
def test_links_lead_somewhere(path: str) -> None:
    found = elements(path)
    inner = [link for link in found.all("a", "href") if link.startswith("/")]
    assert len(inner) > 10
    assert [link for link in inner if link not in pages()] == []
    places = {attrs["id"] for _, attrs in found.tags if "id" in attrs}
    assert {link[1:] for link in found.all("a", "href") if link.startswith("#")} <= places


@pytest.mark.parametrize("path", PATHS)
def test_no_script_or_style_stands_in_the_page(path: str) -> None:
    found = elements(path)
    scripts = [attrs for tag, attrs in found.tags if tag == "script"]
    assert all("src" in attrs or attrs["type"] == "application/ld+json" for attrs in scripts)
    assert not [attrs for tag, attrs in found.tags if tag == "style" or "style" in attrs]
    assert not [name for _, attrs in found.tags for name in attrs if name.startswith("on")]


@pytest.mark.parametrize("path", PATHS)
def test_ids_are_used_once(path: str) -> None:
    ids = [attrs["id"] for _, attrs in elements(path).tags if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_titles_and_descriptions_differ() -> None:
    found = [elements(path) for path in PATHS]
    assert len({page.text["title"][0] for page in found}) == len(PATHS)
    assert len({page.lead for page in pages().values()}) == len(PATHS)


def test_sitemap_lists_every_page_but_the_basket() -> None:
    listed = re.findall("<loc>(.+?)</loc>", get("/sitemap.xml").text)
    assert {url.removeprefix("http://shop.test") for url in listed} == set(PATHS) - {"/basket"}


def test_robots_name_the_sitemap_and_keep_out_of_the_basket() -> None:
    text = get("/robots.txt").text
    assert "Sitemap: http://shop.test/sitemap.xml" in text
    assert "Disallow: /basket" in text


def test_files_the_pages_ask_for_exist() -> None:
    for path in ("/style.css", "/shop.js", "/favicon.svg"):
        assert get(path).status_code == 200


def test_missing_page_is_said_kindly() -> None:
    answer = get("/grinders/electric")
    assert answer.status_code == 404
    assert f"{DESK}/widget.js" in answer.text


def test_slash_at_the_end_leads_to_the_page() -> None:
    assert get("/delivery/").headers["location"] == "/delivery"


def test_unchanged_page_is_not_sent_twice() -> None:
    mark = get("/delivery").headers["etag"]
    assert get("/delivery", **{"if-none-match": mark}).status_code == 304
    assert get("/returns", **{"if-none-match": mark}).status_code == 200


def test_only_the_shop_and_its_desk_may_run_scripts() -> None:
    assert f"script-src 'self' {DESK};" in get("/").headers["content-security-policy"]


def test_address_of_the_desk_cannot_break_out() -> None:
    assert "<b>/widget.js" not in get("/", desk='http://desk.test/"><b>').text


def test_delivery_page_shows_every_rate() -> None:
    text = re.sub("<[^>]+>", " ", get("/delivery").text)
    for rate in RATES:
        assert re.search(rf"{rate.country}\s+{kronor(rate.cost)}\s+{rate.days}", text)


def test_questions_are_told_to_machines_too() -> None:
    html = get("/faq").text
    told = json.loads(re.findall(r'<script type="application/ld\+json">(.+?)</script>', html)[0])
    names = [question["name"] for question in told["mainEntity"]]
    assert told["@type"] == "FAQPage"
    assert len(names) == html.count("<summary>") >= 20


def test_price_in_the_text_is_the_price_in_the_basket() -> None:
    html = get("/spare-parts/burr-sets").text
    assert sorted(re.findall(r'data-price="(\d+)"', html)) == ["289", "329", "429"]
    assert "from 289 kr" in html

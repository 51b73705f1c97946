"""A page's main text: what it says, block by block, under which heading, and which questions it answers.

Runs in a process of its own (see `apart.py`): it reads what others wrote, at length and in bad faith.
Everything that a page says is data.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from frontdesk.know import markup
from frontdesk.know.blocks import LONGEST_BLOCK, Block, Reader, mark_of
from frontdesk.know.links import Site, canonical, is_file
from frontdesk.know.markup import Element, Sight
from frontdesk.know.plain import clean, line, mark, visible

_MOST_BLOCKS, _MOST_LINKS = 1_500, 1_000


@dataclass(slots=True)
class Extracted:
    """`digest` changes with the text; `marks` are one for each block, to find those that many pages share."""

    title: str
    at: int | None
    address: str
    is_wanted: bool
    links: list[str]
    blocks: list[Block]
    digest: str = ""
    marks: list[str] = field(default_factory=list)


def page(url: str, body: bytes, charset: str | None, site: Site) -> Extracted:
    """Never raises for what is in the page; what is broken is read as well as it goes."""
    root = markup.parsed(as_text(body, charset))
    if root is None:
        return Extracted("", None, url, True, [], [])
    things = list(markup.linked_data(root))
    sight = Sight(
        markup.hiding_rules([one.text or "" for one in root.iter("style")]), markup.opened_by_buttons(root)
    )
    reader = Reader(sight, _main(root, sight))
    for top in root.iter("body"):
        reader.read(top)
        break
    blocks = [*reader.blocks, *_answers(things, reader.blocks)][:_MOST_BLOCKS]
    robots = _robots(root)
    links = [] if "nofollow" in robots or "none" in robots else _links(reader.hrefs, url, root, site)
    found = Extracted(
        _title(root, reader.first_heading),
        markup.date_of(root, things),
        _address(root, url, site),
        "noindex" not in robots and "none" not in robots,
        links,
        blocks,
    )
    found.marks = [mark_of(one) for one in blocks]
    found.digest = blake2b(
        "\n".join([found.title, *found.marks, *(q for one in blocks for q in one.questions)]).encode(),
        digest_size=16,
    ).hexdigest()
    return found


_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SAID = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)


def as_text(body: bytes, charset: str | None) -> str:
    """In the encoding that it begins with, that its server names, or that it names itself."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace").replace("\x00", "")
    said = _SAID.search(body[:4_096])
    for one in (charset, said[1].decode("ascii", "replace") if said else None):
        if one:
            try:
                return body.decode(one, "replace").replace("\x00", "")
            except (LookupError, ValueError):
                continue
    try:
        return body.decode().replace("\x00", "")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace").replace("\x00", "")


def _robots(root: Element) -> set[str]:
    wishes = [one.get("content") for one in root.iter("meta") if (one.get("name") or "").lower() == "robots"]
    return {word.strip().lower() for wish in wishes if wish for word in wish.split(",")}


def _address(root: Element, url: str, site: Site) -> str:
    for one in root.iter("link"):
        if (one.get("rel") or "").lower() == "canonical" and one.get("href"):
            return canonical(url, site.address(one.get("href"), url))
    return url


def _links(hrefs: list[str], url: str, root: Element, site: Site) -> list[str]:
    base = next((one.get("href") for one in root.iter("base") if one.get("href")), None)
    start = url if base is None else site.address(base, url) or url
    each = list(dict.fromkeys(hrefs))[: 5 * _MOST_LINKS]
    found = dict.fromkeys(site.address(href, start) for href in each)
    return [one for one in found if one and not is_file(one)][:_MOST_LINKS]


_BETWEEN = re.compile(r"\s+[|–—·•»:-]\s+")


def _title(root: Element, heading: str) -> str:
    """The page's own, without the site's name behind it."""
    given = next((line("".join(one.itertext())) for one in root.iter("title")), "")[:300]
    if heading and (not given or heading.lower() in given.lower() or _BETWEEN.split(given)[0] == ""):
        return heading[:200]
    sites = {
        line(one.get("content") or "").lower()
        for one in root.iter("meta")
        if (one.get("property") or "").lower() == "og:site_name"
    }
    parts = _BETWEEN.split(given)
    kept = [one for one in parts if one.lower() not in sites]
    return (kept[0] if kept and len(parts) > 1 else given)[:200] or heading[:200]


def _main(root: Element, sight: Sight) -> Element | None:
    """What the page itself calls its main part; None where it does not, or where hardly anything is in it."""
    named = [
        one
        for one in root.iter("main", "article", "div", "section")
        if one.tag == "main" or (one.get("role") or "").lower() == "main"
    ]
    articles = list(root.iter("article")) if not named else []
    chosen = named[0] if named else articles[0] if len(articles) == 1 else None
    if chosen is None or sight.hides(chosen):
        return None
    return chosen if sum(len(text.split()) for text in chosen.itertext()) >= 8 else None


def _answers(things: list[dict[str, Any]], seen: list[Block]) -> Iterator[Block]:
    """What the page's JSON-LD answers, unless it stands there for everybody."""
    known = {mark(question) for one in seen for question in one.questions}
    for thing in things:
        found = markup.questions_in(thing)
        if found is None or mark(found[0]) in known:
            continue
        known.add(mark(found[0]))
        tree = markup.parsed(found[1])
        text = found[1] if tree is None else visible(tree, Sight(frozenset(), frozenset()))
        if clean(text):
            yield Block("answer", "", clean(text)[:LONGEST_BLOCK], (line(found[0])[:300],), True)

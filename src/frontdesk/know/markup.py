"""What of a page's markup is not there for its readers: hidden text, and furniture. Also what its makers
say of it in JSON-LD. Pure.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
from lxml import etree  # type: ignore[import-untyped]

Element = Any


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEVER = _words(
    "script style noscript template iframe object embed svg canvas audio video map select option textarea "
    "input datalist dialog head meta link progress meter"
)
_FURNITURE = frozenset({"nav", "footer", "aside", "menu"})
_ROLES = _words(
    "navigation banner contentinfo search dialog alertdialog complementary menu menubar toolbar tablist"
)
_FURNITURE_WORDS = _words(
    "cookie cookies consent gdpr breadcrumb breadcrumbs newsletter subscribe navbar pagination pager share "
    "sharing social related popup modal skiplink sidebar comments reviews testimonials disqus"
)
_FURNITURE_NAMES = _words(
    "footer site-footer page-footer header site-header nav navigation main-nav main-menu mega-menu menu-main "
    "comment-list comments-area review-list skip-link"
)
_HIDDEN_CLASSES = _words(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only hidden d-none is-hidden "
    "offscreen u-hidden a11y-hidden"
)
_HIDING = re.compile(
    r"(display:none|visibility:(hidden|collapse)|font-size:0[a-z%]*(\.0+)?(;|$|!)|"
    r"(left|right|top|bottom|text-indent|margin-left|margin-top):-\d{3,}|clip:rect\(0|clip-path:inset\((50|100)%|"
    r"(?<![a-z-])(height|width|max-height|max-width):[01](px)?(;|$|!)|transform:scale\(0\)|"
    r"(?<![a-z-])color:transparent)"
)
_CLEAR = re.compile(r"opacity:0(\.0+)?(;|$|!)")
_MOVES = re.compile(r"transform|transition|animation|will-change")
_COLOUR = re.compile(r"(?<![a-z-])color:([^;!]+)")
_GROUND = re.compile(r"background(?:-color)?:([^;! ]+)")
_BRACE = re.compile(r"[{}]")
_ON_SOME_SCREENS = re.compile(
    r"(sm|md|lg|xl|2xl):(block|flex|grid|inline.*)|d-(sm|md|lg|xl)-(block|flex|grid|inline.*)"
)
_SIMPLE = re.compile(r"[.#][A-Za-z_][\w-]{0,60}")
_LONGEST_STYLE = 2_000


def hiding_rules(styles: list[str]) -> frozenset[str]:
    """The `.class` and `#id` that a page's own style sheets hide from everybody, whatever the screen."""
    found: set[str] = set()
    for style in styles[:20]:
        for selectors, body in _rules(style[:200_000]):
            if _HIDING.search(_squeezed(body)):
                names = (one.strip() for one in selectors.split(","))
                found.update(one for one in names if _SIMPLE.fullmatch(one))
    return frozenset(found)


def _rules(style: str) -> Iterator[tuple[str, str]]:
    """Those that hold always: not the ones within @media and the like, for paper or small screens."""
    depth, begun, selectors = 0, 0, ""
    for brace in _BRACE.finditer(style):
        depth += 1 if brace[0] == "{" else -1
        if depth == 1 and brace[0] == "{":
            selectors, begun = style[begun : brace.start()], brace.end()
        elif depth <= 0:
            if "@" not in selectors:
                yield selectors[-500:], style[begun : brace.start()]
            depth, begun = 0, brace.end()


def _squeezed(style: str) -> str:
    return re.sub(r"\s+", "", style[:_LONGEST_STYLE]).lower()


class Sight:
    """Whether an element is seen. What a button opens counts as seen."""

    def __init__(self, rules: frozenset[str], opened: frozenset[str]) -> None:
        self._rules = rules
        self._opened = opened

    def hides(self, element: Element) -> bool:
        get = element.get
        if element.tag in _NEVER:
            return True
        id = get("id") or ""
        if id and id in self._opened:
            return False
        if get("hidden") is not None or (get("aria-hidden") or "").strip().lower() == "true":
            return True
        classes = (get("class") or "")[:_LONGEST_STYLE].split()
        if any(one in _HIDDEN_CLASSES or f".{one}" in self._rules for one in classes):
            return not any(_ON_SOME_SCREENS.fullmatch(one) for one in classes)
        if id and f"#{id}" in self._rules:
            return True
        style = get("style")
        return bool(style) and _hides(_squeezed(style))


def _hides(style: str) -> bool:
    if _HIDING.search(style):
        return True
    # What will be moved into sight begins without any, too.
    if _CLEAR.search(style) and not _MOVES.search(style):
        return True
    colour, ground = _COLOUR.search(style), _GROUND.search(style)
    return bool(colour and ground) and _plain(colour[1]) == _plain(ground[1])  # type: ignore[index]


def _plain(colour: str) -> str:
    """`#fff`, `#ffffff` and `white` are one."""
    named = {"white": "#ffffff", "black": "#000000", "rgb(255,255,255)": "#ffffff", "rgb(0,0,0)": "#000000"}
    if re.fullmatch(r"#[0-9a-f]{3}", colour):
        return "#" + "".join(2 * one for one in colour[1:])
    return named.get(colour, colour)


def is_furniture(element: Element, in_main: bool) -> bool:
    """What frames the pages of a site, by its name alone."""
    tag, get = element.tag, element.get
    if tag in _FURNITURE or (tag == "header" and not in_main):
        return True
    if (get("role") or "").strip().lower() in _ROLES:
        return True
    if tag in ("body", "html", "main", "article"):
        return False
    names = f"{get('class') or ''} {get('id') or ''}"[:_LONGEST_STYLE].lower().split()
    return any(
        one in _FURNITURE_NAMES or not _FURNITURE_WORDS.isdisjoint(re.split(r"[-_]+", one)) for one in names
    )


def opened_by_buttons(root: Element) -> frozenset[str]:
    """The ids of what a visitor unfolds."""
    found: set[str] = set()
    for element in root.iter("button", "a", "summary", "div", "h2", "h3", "h4", "label", "span"):
        for name in ("aria-controls", "data-bs-target", "data-target"):
            value = element.get(name)
            if value and len(value) < 200:
                found.update(one.lstrip("#") for one in value.split())
        if len(found) > 2_000:
            break
    return frozenset(found)


def linked_data(root: Element) -> Iterator[dict[str, Any]]:
    """Everything that the page's JSON-LD says, thing by thing."""
    scripts = [one for one in root.iter("script") if "ld+json" in (one.get("type") or "").lower()]
    for script in scripts[:20]:
        try:
            waiting = [orjson.loads((script.text or "")[:500_000])]
        except orjson.JSONDecodeError:
            continue
        for _ in range(5_000):
            if not waiting:
                break
            one = waiting.pop()
            if isinstance(one, dict):
                yield one
                waiting.extend(one.values())
            elif isinstance(one, list):
                waiting.extend(reversed(one))


def questions_in(thing: dict[str, Any]) -> tuple[str, str] | None:
    """A question and its answer, of one thing of the JSON-LD."""
    if thing.get("@type") not in ("Question", ["Question"]):
        return None
    answer = thing.get("acceptedAnswer")
    if isinstance(answer, list):
        answer = answer[0] if answer else None
    text = answer.get("text") if isinstance(answer, dict) else None
    name = thing.get("name")
    if isinstance(name, str) and isinstance(text, str) and name.strip() and text.strip():
        return name[:1_000], text[:20_000]
    return None


def date_of(root: Element, things: list[dict[str, Any]]) -> int | None:
    """When the page was last changed, in its own words; ms."""
    said = [one.get(name) for name in ("dateModified", "datePublished") for one in things]
    metas = {
        (one.get("property") or one.get("itemprop") or one.get("name") or "").lower(): one.get("content")
        for one in root.iter("meta")
    }
    names = (
        "article:modified_time",
        "datemodified",
        "last-modified",
        "article:published_time",
        "datepublished",
    )
    said += [metas.get(name) for name in names]
    said += [one.get("datetime") for one in root.iter("time") if one.get("itemprop") or one.get("pubdate")]
    return next((at for at in map(as_ms, said) if at is not None), None)


def as_ms(written: object) -> int | None:
    """An ISO date, between 1995 and tomorrow."""
    if not isinstance(written, str):
        return None
    for text in (written.strip()[:40], written.strip()[:10]):
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            continue
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return round(at.timestamp() * 1000) if 1995 <= at.year <= 2100 else None
    return None


def parsed(text: str) -> Element | None:
    """A tree of whatever it is; None for nothing. Entities are not followed, nothing is fetched."""
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None

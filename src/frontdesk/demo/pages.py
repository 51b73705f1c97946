"""Draws the pages of the shop: one frame around them all, and one shape for each kind of page."""

import json
from collections.abc import Callable
from html import escape

from frontdesk.demo import pictures
from frontdesk.demo.content import Choice, Page, below, pages
from frontdesk.demo.markup import inline, plain, questions, to_html
from frontdesk.demo.rates import kronor

SHOP = "Kvarn & Kanna"
MENU = ("/grinders", "/drippers", "/kettles", "/presses", "/spare-parts", "/guides")
MENU_NAMES = {"/drippers": "Drippers", "/spare-parts": "Spare parts"}
FOOT = {
    "Shop": (*MENU, "/gift-cards", "/engraving"),
    "Help": ("/faq", "/delivery", "/returns", "/warranty", "/repairs", "/paying"),
    "Company": ("/about", "/contact", "/wholesale", "/privacy"),
}
BAG = (
    '<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">'
    '<path d="M4.5 7h11l.8 9.5H3.7z"/><path d="M7.3 9V6a2.7 2.7 0 0 1 5.4 0v3"/></svg>'
)


def render(page: Page, desk: str) -> str:
    """A whole page, with the widget of the desk at this address."""
    return _frame(page, SHAPES.get(page.kind, _article)(page), desk)


def render_missing(desk: str) -> str:
    """What stands at an address that has no page."""
    head = {
        "title": "There is no such page",
        "lead": "It may have moved. Everything is one step away:",
        "updated": "",
    }
    body = "- [All grinders](/grinders)\n- [Questions and answers](/faq)\n- [Spare parts](/spare-parts)"
    page = Page("/missing", head, body)
    return _frame(page, _article(page), desk)


def _frame(page: Page, main: str, desk: str) -> str:
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(_title(page))}</title>
<meta name="description" content="{escape(page.lead)}">
{_dated(page)}<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
<script src="/shop.js" defer></script>
</head>
<body>
<a class="skip" href="#main">To the content</a>
<header class="top"><a class="brand" href="/">{escape(SHOP)}</a>
<nav aria-label="Shop">{"".join(_menu_link(path, page) for path in MENU)}</nav>
<a class="bag" href="/basket">{BAG}Basket <span id="basket-count" hidden></span></a></header>
<main id="main" class="{page.kind}">
{main}
</main>
{_footer()}
<script src="{escape(desk)}/widget.js" async></script>
</body>
</html>
"""


def _title(page: Page) -> str:
    return f"{SHOP} · {page.title}" if page.kind == "home" else f"{page.title} · {SHOP}"


def _dated(page: Page) -> str:
    if not page.listed:
        return '<meta name="robots" content="noindex">\n'
    return f'<meta property="article:modified_time" content="{page.updated}">\n' if page.updated else ""


def _menu_link(path: str, page: Page) -> str:
    here = (
        ' aria-current="page"' if path == page.path else ' aria-current="true"' if path == page.group else ""
    )
    return f'<a href="{path}"{here}>{MENU_NAMES.get(path, pages()[path].title)}</a>'


def _footer() -> str:
    columns = "".join(
        f"<section><h2>{name}</h2><ul>{''.join(f'<li>{_link(path)}</li>' for path in paths)}</ul></section>"
        for name, paths in FOOT.items()
    )
    return f"""<footer><div>{columns}
<section><h2>{escape(SHOP)}</h2><p>Kvarnkajen 8, 417 07 Göteborg<br>031-390 06 40<br>
hello@kvarnochkanna.example</p></section>
</div><p>An invented shop that comes with Frontdesk. Nothing here can be bought.</p></footer>"""


def _link(path: str) -> str:
    return f'<a href="{path}">{escape(pages()[path].title)}</a>'


def _home(page: Page) -> str:
    return f"""<section class="hero"><div><h1>{escape(page.title)}</h1><p class="lead">{inline(page.lead)}</p>
<p class="ways"><a class="button" href="/grinders">See the grinders</a>
<a href="/spare-parts">Find a spare part</a></p></div>
<figure>{pictures.scene(page.head["picture"], "Hand grinder K2 on a table")}</figure></section>
<section class="more"><h2>From the workshop</h2>{_cards(page.companions)}</section>
<div class="text">{to_html(page.body)}</div>"""


def _group(page: Page) -> str:
    cards = _cards([found.path for found in below(page.path)])
    return f'{_opening(page)}{cards}<div class="text">{to_html(page.body)}</div>'


def _article(page: Page) -> str:
    picture = f"<figure>{pictures.scene(page.head['picture'], '')}</figure>" if "picture" in page.head else ""
    return f'{_opening(page)}{picture}<div class="text">{to_html(page.body)}</div>{_more(page, "Read on")}'


def _faq(page: Page) -> str:
    asked = [
        {"@type": "Question", "name": name, "acceptedAnswer": {"@type": "Answer", "text": answer}}
        for name, answer in questions(page.body)
    ]
    return _article(page) + _data({"@type": "FAQPage", "mainEntity": asked})


def _product(page: Page) -> str:
    return f"""<div class="buying">
<figure class="picture">{pictures.scene(page.head["picture"], page.title)}</figure>
<form class="buy" data-page="{page.path}" data-name="{escape(page.title)}">{_opening(page)}
<p class="price">{_price(page)}</p>{_choices(page)}
<button class="button">Add to basket</button><p class="added" role="status"></p>
<ul><li>In stock, sent within one working day</li><li><a href="/returns">30 days to change your mind</a></li>
<li><a href="/spare-parts">Spare parts for every model since 2011</a></li></ul></form></div>
<div class="text">{to_html(page.body)}</div>{_more(page, "Goes well with it")}{_data(_offer(page))}"""


def _offer(page: Page) -> dict[str, object]:
    price = min(choice.price for choice in page.choices)
    offer = {
        "@type": "Offer",
        "price": price,
        "priceCurrency": "SEK",
        "availability": "https://schema.org/InStock",
    }
    return {"@type": "Product", "name": page.title, "description": plain(page.lead), "offers": offer}


def _basket(page: Page) -> str:
    return f"""{_opening(page)}<noscript><p>The basket needs JavaScript.</p></noscript>
<div id="basket" class="text" aria-live="polite"></div>"""


def _opening(page: Page) -> str:
    group = pages().get(page.group)
    crumb = f'<p class="crumb"><a href="{group.path}">{escape(group.title)}</a></p>' if group else ""
    words = f'<h1>{escape(page.title)}</h1><p class="lead">{inline(page.lead)}</p>'
    return f'<div class="opening">{crumb}{words}</div>'


def _price(page: Page) -> str:
    prices = sorted({choice.price for choice in page.choices})
    return ("from " if len(prices) > 1 else "") + kronor(prices[0])


def _choices(page: Page) -> str:
    """Colours as dots, everything else as lines with a price each."""
    coloured = "colours" in page.head
    draw = _colour if coloured else _line
    what = "Colour" if coloured else page.head.get("choice", "")
    inputs = "".join(draw(choice, first=at == 0) for at, choice in enumerate(page.choices))
    if not what:
        return f"<div hidden>{inputs}</div>"
    style = "tones" if coloured else "options"
    return f'<fieldset class="{style}"><legend>{what}</legend><div>{inputs}</div></fieldset>'


def _colour(choice: Choice, *, first: bool) -> str:
    name = choice.name.lower()
    return (
        f'<label>{_radio(choice, first=first, place=f"tone-{name}")}<span class="dot {name}"></span>'
        f'<span class="name">{choice.name}</span></label>'
    )


def _line(choice: Choice, *, first: bool) -> str:
    price = f"<span>{kronor(choice.price)}</span>"
    return f"<label>{_radio(choice, first=first)}<span>{escape(choice.name)}</span>{price}</label>"


def _radio(choice: Choice, *, first: bool, place: str = "") -> str:
    named = f' id="{place}"' if place else ""
    checked = " checked" if first else ""
    value = f'value="{escape(choice.name)}" data-price="{choice.price}"'
    return f'<input type="radio" name="choice" {value}{named}{checked}>'


def _more(page: Page, words: str) -> str:
    return (
        f'<section class="more"><h2>{words}</h2>{_cards(page.companions)}</section>'
        if page.companions
        else ""
    )


def _cards(paths: list[str]) -> str:
    return '<ul class="cards">' + "".join(_card(pages()[path]) for path in paths) + "</ul>"


def _card(page: Page) -> str:
    picture = pictures.card(page.head.get("picture", "gift-card"))
    words = f"<strong>{escape(page.title)}</strong><span>{escape(page.head.get('short', ''))}</span>"
    price = f'<span class="price">{_price(page)}</span>' if page.kind == "product" else ""
    return f'<li><a href="{page.path}"><i>{picture}</i>{words}{price}</a></li>'


def _data(facts: dict[str, object]) -> str:
    text = json.dumps({"@context": "https://schema.org", **facts}, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


SHAPES: dict[str, Callable[[Page], str]] = {
    "home": _home,
    "group": _group,
    "product": _product,
    "faq": _faq,
    "basket": _basket,
}

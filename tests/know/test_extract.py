# ruff: noqa: E501 - markup is easier to read in one piece
"""What a page says to its readers is kept in its order and under its headings; what it hides is not."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.know import extract
from frontdesk.know.blocks import Block
from frontdesk.know.cut import Piece, cut
from frontdesk.know.links import Site

SITE = Site.at("https://kvarn.example/")
URL = "https://kvarn.example/guides/one"
WORDS = "a few more words so that this is certainly long enough to be the main part of any page at all here"


def read(inner: str, head: str = "") -> extract.Extracted:
    html = f"<html><head><title>One</title>{head}</head><body>{inner}</body></html>"
    return extract.page(URL, html.encode(), "utf-8", SITE)


def blocks(inner: str, head: str = "") -> list[Block]:
    return read(inner, head).blocks


def texts(inner: str, head: str = "") -> list[str]:
    return [one.text for one in blocks(inner, head)]


def asked(inner: str, head: str = "") -> dict[str, list[str]]:
    """The answers to each question."""
    found: dict[str, list[str]] = {}
    for one in blocks(inner, head):
        for question in one.questions:
            found.setdefault(question, []).append(one.text)
    return found


def test_headings_lead_to_what_stands_under_them() -> None:
    found = blocks(
        "<h1>Care</h1><p>At first this.</p><h2>Cleaning</h2><p>Wash it well.</p><h3>Burrs</h3><p>Brush them well.</p>"
        "<h2>Storing</h2><p>Keep it dry.</p>"
    )
    assert [(one.heading, one.text) for one in found] == [
        ("", "At first this."),
        ("Cleaning", "Wash it well."),
        ("Cleaning › Burrs", "Brush them well."),
        ("Storing", "Keep it dry."),
    ]


@pytest.mark.parametrize(
    ("title", "heading", "wanted"),
    [
        ("Burrs | Kvarn &amp; Kanna", "<h1>Burrs</h1>", "Burrs"),
        ("Burrs – Kvarn", "", "Burrs"),
        ("", "<h1>Burrs</h1>", "Burrs"),
        ("Kvarn", "<header><h1>Logo</h1></header>", "Kvarn"),
        ("Spare parts and burrs", "<h1>Something else</h1>", "Spare parts and burrs"),
    ],
)
def test_the_title_is_the_pages_own(title: str, heading: str, wanted: str) -> None:
    html = f"<title>{title}</title><body>{heading}<p>Some text of the page.</p>"
    assert extract.page(URL, html.encode(), None, SITE).title == wanted


HIDDEN = [
    '<p style="display:none">Secret words here</p>', '<p style="Display : NONE !important">Secret words here</p>',
    '<p style="visibility:hidden">Secret words here</p>', "<p hidden>Secret words here</p>",
    '<p aria-hidden="true">Secret words here</p>', '<p style="position:absolute;left:-9999px">Secret words here</p>',
    '<p style="text-indent:-5000px">Secret words here</p>', '<p style="font-size:0">Secret words here</p>',
    '<p style="font-size:0px">Secret words here</p>', '<p style="opacity:0">Secret words here</p>',
    '<p style="color:#fff;background:#FFFFFF">Secret words here</p>',
    '<p style="background-color: white; color: #ffffff">Secret words here</p>',
    '<p style="color:transparent">Secret words here</p>', '<p style="height:0;overflow:hidden">Secret words here</p>',
    '<p class="sr-only">Secret words here</p>', '<p class="visually-hidden">Secret words here</p>',
    "<noscript><p>Secret words here</p></noscript>", "<template><p>Secret words here</p></template>",
    "<!-- Secret words here -->", "<script>Secret words here</script>", "<style>Secret words here</style>",
    '<p class="ghost">Secret words here</p>', '<p id="ghost">Secret words here</p>',
    '<div style="display:none"><div><p>Secret words here</p></div></div>', "<textarea>Secret words here</textarea>",
    "<select><option>Secret words here</option></select>", '<iframe srcdoc="x">Secret words here</iframe>',
    "<svg><text>Secret words here</text></svg>", "<object>Secret words here</object>",
    '<p style="clip-path:inset(50%)">Secret words here</p>', '<p style="max-height:0">Secret words here</p>',
    '<img alt="Secret words here">', '<p title="Secret words here"></p>', "<?php Secret words here ?>",
]  # fmt: skip


@pytest.mark.parametrize("hidden", HIDDEN)
def test_hidden_text_is_not_there(hidden: str) -> None:
    head = "<style>.ghost { display : none } #ghost, .x{visibility:hidden}</style>"
    found = " ".join(texts(f"<p>Before it stands this.</p>{hidden}<p>Behind it stands that.</p>", head))
    assert found == "Before it stands this. Behind it stands that."


@pytest.mark.parametrize(
    "unseen", ["\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\u00ad", "\U000e0041", "\x07"]
)
def test_letters_that_nobody_sees_are_not_there(unseen: str) -> None:
    assert texts(f"<p>Every{unseen}body reads{unseen} this.</p>") == ["Everybody reads this."]


SHOWN = [
    '<p class="hidden md:block">Shown words here</p>', '<p class="d-none d-md-block">Shown words here</p>',
    '<p style="opacity:0;transform:translateY(10px)">Shown words here</p>', '<p class="paper">Shown words here</p>',
    '<button aria-controls="more">More</button><div id="more" hidden>Shown words here</div>',
    '<p style="color:#fff;background:#000">Shown words here</p>', '<p style="margin-left:-10px">Shown words here</p>',
    "<details><summary>More of it</summary>Shown words here</details>",
]  # fmt: skip


@pytest.mark.parametrize("shown", SHOWN)
def test_what_readers_can_see_is_there(shown: str) -> None:
    found = texts(
        f"<p>Before it stands this.</p>{shown}", "<style>@media print { .paper {display:none} }</style>"
    )
    assert found[-1].endswith("Shown words here")


FURNITURE = [
    "<nav>Frame of the page</nav>", "<footer>Frame of the page</footer>", "<aside>Frame of the page</aside>",
    "<header>Frame of the page</header>", '<div role="navigation">Frame of the page</div>',
    '<div class="cookie-banner">Frame of the page</div>', '<div id="gdpr-consent">Frame of the page</div>',
    '<div class="breadcrumbs">Frame of the page</div>', '<div class="newsletter-signup">Frame of the page</div>',
    '<div role="dialog">Frame of the page</div>', '<div class="share-buttons">Frame of the page</div>',
    '<section id="comments">Frame of the page by somebody</section>', '<ul><li><a href="/a">Only a link</a></li></ul>',
    "<button>Add it to the basket</button>",
]  # fmt: skip


@pytest.mark.parametrize("furniture", FURNITURE)
def test_what_frames_the_page_is_left_out(furniture: str) -> None:
    assert texts(f"{furniture}<div><p>The text itself, {WORDS}.</p></div>") == [f"The text itself, {WORDS}."]


def test_what_the_page_calls_its_main_part_is_what_it_says() -> None:
    inner = f"<div>Left of it something else entirely.</div><main><p>{WORDS} and more of them.</p></main><div>Right.</div>"
    assert texts(inner) == [f"{WORDS} and more of them."]


def test_a_page_framed_whole_in_what_sounds_like_furniture_is_still_a_page() -> None:
    assert texts(f'<div class="with-sidebar share"><p>{WORDS}.</p><p>{WORDS}, again.</p></div>') != []


def test_lists_tables_and_terms_can_be_read_one_by_one() -> None:
    found = texts("""<p>You need these things:</p><ul><li>Beans</li><li>Water<ul><li>Soft water</li></ul></li></ul><ol><li>Grind</li><li>Pour</li></ol>
<table><thead><tr><th>Model</th><th>Weight</th><th>Price</th></tr></thead><tr><td>K1</td><td>2 kg</td><td>49 kr</td></tr><tr><td>K2</td><td></td>
<td>59 kr</td></tr></table><table><tr><td>Height</td><td>10 cm</td></tr><tr><td>Width</td><td>5 cm</td></tr></table>
<dl><dt>Burr</dt><dd>It cuts the beans.</dd></dl>""")
    assert found == [
        "You need these things:", "- Beans", "- Water", "- Soft water", "1. Grind", "2. Pour", "K1: Weight 2 kg, Price 49 kr",
        "K2: Price 59 kr", "Height: 10 cm", "Width: 5 cm", "Burr: It cuts the beans.",
    ]  # fmt: skip


JSON_LD = """<script type="application/ld+json">[{"@graph": [{"@type": "FAQPage", "mainEntity": [
{"@type": "Question", "name": "Is it loud?", "acceptedAnswer": {"@type": "Answer", "text": "<p>No, it is <b>quiet</b>.</p><script>x</scr"}},
{"@type": "Question", "name": "Who made it?", "acceptedAnswer": [{"text": "We did."}]}, {"@type": "Question", "name": 7}]}]}]</script>
<script type="application/ld+json">{ this is broken </script>"""


@pytest.mark.parametrize(
    "inner",
    [
        "<details><summary>Is it loud?</summary><p>No, it is quiet.</p></details>",
        "<dl><dt>Is it loud?</dt><dd>No, it is quiet.</dd></dl>",
        "<h3>Is it loud?</h3><p>No, it is quiet.</p>",
        "<div><p><strong>Is it loud?</strong></p><p>No, it is quiet.</p></div>",
        "<div><h2><button>Is it loud?</button></h2><div>No, it is quiet.</div></div>",
        '<button aria-controls="a">Is it loud?</button><div id="a" hidden>No, it is quiet.</div>',
        '<div itemscope itemtype="https://schema.org/Question"><span itemprop="name">Is it loud?</span><div>No, it is quiet.</div></div>',
        '<details><summary><h4>Is it loud?</h4></summary>No, it is quiet.</details>',
        '<div><label for="x">Is it loud?</label><input id="x" type="checkbox"><div>No, it is quiet.</div></div>',
    ],
)  # fmt: skip
def test_questions_keep_their_answers(inner: str) -> None:
    assert asked(f"<p>Some words before all that.</p>{inner}") == {"Is it loud?": ["No, it is quiet."]}


def test_questions_of_json_ld_are_kept_once() -> None:
    assert asked("<p>Something else.</p>", JSON_LD)["Is it loud?"] == ["No, it is quiet."]
    assert asked("<p>Something else.</p>", JSON_LD)["Who made it?"] == ["We did."]
    seen = asked("<h2>Is it loud?</h2><p>Hardly at all.</p>", JSON_LD)
    assert seen["Is it loud?"] == ["Hardly at all."]


def test_a_question_ends_with_what_it_stands_in() -> None:
    found = blocks(
        "<div><div><h3>Is it loud?</h3><p>No, not at all.</p></div><p>And now to something else.</p></div>"
    )
    assert [one.questions for one in found] == [("Is it loud?",), ()]


def test_links_are_found_once_and_only_those_of_the_site() -> None:
    found = read("""<nav><a href="/a?utm_source=x">A</a></nav><a href="b#there">B</a><a href="//www.kvarn.example/c">C</a><a href="/a">A</a>
<a href="https://other.example/">o</a><a href="mailto:a@b.c">m</a><a href="javascript:x()">j</a><a href="/pic.jpg">p</a><a href="http://[">x</a>
<a href="/no" rel="nofollow">n</a><div style="display:none"><a href="/trap">t</a></div><a>empty</a><a href="?page=2&amp;sid=7">2</a>""")
    origin = "https://kvarn.example"
    assert found.links == [f"{origin}/a", f"{origin}/guides/b", f"{origin}/c", f"{origin}/guides/one?page=2"]


def test_what_a_page_wishes() -> None:
    assert not read("<p>x y z</p>", '<meta name="ROBOTS" content="NoIndex, follow">').is_wanted
    assert read('<a href="/x">x</a>', '<meta name="robots" content="nofollow">').links == []
    assert read("<p>x</p>", '<link rel="canonical" href="/guides/one/">').address.endswith("/guides/one/")
    assert read("<p>x</p>", '<link rel="canonical" href="/">').address == URL
    assert read("<p>x</p>", '<link rel="canonical" href="https://other.example/guides/one">').address == URL


@pytest.mark.parametrize(
    ("head", "at"),
    [
        ('<meta property="article:modified_time" content="2025-11-03T00:00:00Z">', 1762128000000),
        ('<script type="application/ld+json">{"dateModified": "2025-11-03"}</script>', 1762128000000),
        ('<meta property="article:modified_time" content="soon">', None),
        ('<meta property="article:modified_time" content="9999-01-01">', None),
        ("", None),
    ],
)
def test_when_it_was_changed(head: str, at: int | None) -> None:
    assert read("<p>x</p>", head).at == at


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        ("<p>Räksmörgås åt alla</p>".encode(), None),
        ("<p>Räksmörgås åt alla</p>".encode("latin-1"), "iso-8859-1"),
        ("<p>Räksmörgås åt alla</p>".encode("cp1252"), None),
        ('<meta charset="iso-8859-1"><p>Räksmörgås åt alla</p>'.encode("latin-1"), None),
        ("\ufeff<p>Räksmörgås åt alla</p>".encode("utf-16-le"), "utf-8"),
        ("<p>Räksmörgås åt alla</p>".encode(), "no-such-charset"),
    ],
)
def test_every_encoding_is_read(body: bytes, charset: str | None) -> None:
    assert [one.text for one in extract.page(URL, body, charset, SITE).blocks] == ["Räksmörgås åt alla"]


HOSTILE = {
    "deep": b"<div>" * 100_000 + b"words in the deep" + b"</div>" * 100_000,
    "attribute": b'<p style="' + b"a:" * 2_000_000 + b'">words here</p>',
    "styles": b"<style>" + b"@media{" * 100_000 + b"</style><p>words here</p>",
    "scripts": b"word <script></script>" * 50_000,
    "entities": b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "'
    + b"&a;" * 1000
    + b'">]><p>'
    + b"&b;" * 1000
    + b"</p>",
    "sidebars": b'<div class="sidebar">words ' * 5_000,
    "items": b"<ul><li>words " * 20_000,
    "cells": b"<table><tr>" + b'<td colspan="99999999">x' * 20_000,
    "links": b'<a href="/x">x</a>' * 50_000,
    "repeated": b"<p>The same thing again and again</p>" * 50_000,
    "counted": b"".join(b"<p>The same thing number %d</p>" % n for n in range(30_000)),
    "json": b'<script type="application/ld+json">' + b"[" * 200_000 + b"</script><p>words</p>",
    "questions": b"".join(b"<h2>Is it %d?</h2>" % n for n in range(30_000)),
    "nothing": b"",
    "noise": bytes(range(256)) * 4_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_page_takes_long_or_says_much(name: str) -> None:
    begun = time.monotonic()
    found = extract.page(URL, HOSTILE[name], None, SITE)
    pieces = cut(found.blocks)
    assert time.monotonic() - begun < 8
    assert len(found.blocks) <= 1_500
    assert len(found.links) <= 1_000
    assert len(pieces) <= 80


def test_what_is_said_again_and_again_is_said_once() -> None:
    assert len(texts("<p>The same thing again and again</p>" * 50)) == 1
    assert len(texts("".join(f"<p>The same thing number {n}</p>" for n in range(500)))) == 20


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=2_000))
def test_whatever_comes_is_read(body: bytes) -> None:
    found = extract.page(URL, b"<p>One two three</p>" + body, None, SITE)
    for one in cut(found.blocks):
        assert one.text.strip()
        assert "\x00" not in one.text


def text(words: int, kind: str = "text", heading: str = "", questions: tuple[str, ...] = ()) -> Block:
    return Block(kind, heading, " ".join(["word"] * (words - 1) + ["end."]), questions)


def sizes(pieces: list[Piece]) -> list[int]:
    return [len(one.text.split()) for one in pieces]


def test_passages_are_neither_short_nor_long() -> None:
    assert sizes(cut([text(20, heading=f"H{n % 2}") for n in range(2)])) == [20, 20]
    assert sizes(cut([text(30) for _ in range(10)])) == [150, 150]
    assert sizes(cut([Block("text", "", " ".join(f"This is sentence {n}." for n in range(100)))])) == [
        160,
        160,
        80,
    ]


def test_an_item_is_never_cut() -> None:
    items = [text(90, "item") for _ in range(4)]
    assert sizes(cut(items)) == [90, 90, 90, 90]
    assert sizes(cut([text(250, "item")])) == [250]


def test_what_announces_a_list_stays_with_it() -> None:
    found = cut([Block("text", "", "You need the following:"), text(158, "item")])
    assert sizes(found) == [162]


def test_an_answer_stays_by_itself() -> None:
    found = cut(
        [text(20), text(5, "answer", questions=("Why?",)), text(6, "answer", questions=("How?",)), text(20)]
    )
    assert [(size, one.questions) for size, one in zip(sizes(found), found, strict=True)] == [
        (20, ()), (5, ("Why?",)), (6, ("How?",)), (20, ()),
    ]  # fmt: skip


def test_a_few_words_go_with_what_follows_under_the_same_heading() -> None:
    found = cut([text(5, heading="A"), text(30, heading="A › B")])
    assert [(one.heading, len(one.text.split())) for one in found] == [("A", 36)]
    assert "B: word" in found[0].text

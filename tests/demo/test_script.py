"""How a hand-written conversation becomes several."""

import pytest

from frontdesk.demo.script import Script, parse

TEXT = """== key | where: Sweden | by: oskar | named | times: 2
= product: a K2; price: 1 490 kr
= product: the T1; price: 2 190 kr
C: [=Hi|Hello], {product} to {city}?
A: {product} is {price}. [=Hi|Hello] to you. {product} leaves today.
..
C: Thanks
"""


@pytest.fixture
def script() -> Script:
    return next(parse(TEXT))


def test_head_is_read(script: Script) -> None:
    assert (script.key, script.by, script.named, script.times) == ("key", ("oskar",), True, 2)
    assert script.where(0) == "Sweden"
    assert script.language == "en"


def test_each_telling_has_its_own_words(script: Script) -> None:
    first, second = (script.told(telling, {"city": "Lund"}) for telling in range(2))
    assert [turn.text for turn in first] == [
        "Hi, a K2 to Lund?",
        "A K2 is 1 490 kr. Hi to you. A K2 leaves today.",
        "Thanks",
    ]
    assert second[0].text == "Hello, the T1 to Lund?"


def test_dots_wait_for_the_next_day(script: Script) -> None:
    assert [turn.overnight for turn in script.told(0, {"city": "Lund"})] == [False, False, True]


def test_tellings_are_the_same_every_time(script: Script) -> None:
    assert script.told(1, {"city": "Lund"}) == script.told(1, {"city": "Lund"})


def test_blank_without_words_is_refused(script: Script) -> None:
    with pytest.raises(KeyError):
        script.told(0, {})


def test_language_stands_in_the_key() -> None:
    assert next(parse("== sv-frakt | times: 1\nC: Hej")).language == "sv"
    assert next(parse("== static | times: 1\nC: Hi")).language == "en"


def test_a_case_may_name_its_own_place() -> None:
    text = "== key | where: abroad | times: 2\n= where: France\n= a: b\nC: Hi"
    assert [next(parse(text)).where(telling) for telling in range(2)] == ["France", "abroad"]

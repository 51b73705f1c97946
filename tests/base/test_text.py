"""Hostile text becomes harmless, and what an honest person wrote stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.base.errors import Invalid
from frontdesk.base.text import one_line, plain, words

# Any code point, lone surrogates too: that is what a hostile client sends.
ANYTHING = st.text(
    st.sampled_from(" ab\r\n\t\0\x85\u200b\u202e\ud800") | st.characters(codec=None), max_size=80
)
LIMITS = st.integers(1, 5)


@given(ANYTHING)
def test_plain_is_idempotent(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(ANYTHING)
def test_plain_can_be_stored_anywhere(text: str) -> None:
    kept = plain(text)
    assert "\0" not in kept
    assert "\r" not in kept
    kept.encode()


@given(ANYTHING, LIMITS)
def test_one_line_is_idempotent(text: str, limit: int) -> None:
    once = one_line(text, limit)
    assert one_line(once, limit) == once


@given(ANYTHING, LIMITS)
def test_one_line_is_one_short_line(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    assert line == line.strip()
    assert not set(line) & set("\n\t\r\0\u200b\u202e\u2066\ufeff")


@pytest.mark.parametrize(
    "honest",
    [
        "Hej! Hur mår du? Åäö",
        "first line\nsecond line\n\n\tindented",
        "שלום, כמה עולה?",
        "👩‍👩‍👧 family, and a joiner that holds it together",
        "naïve café — “quoted”…",
    ],
)
def test_plain_keeps_what_people_write(honest: str) -> None:
    assert plain(honest) == honest


def test_line_ends_become_one_kind() -> None:
    assert plain("one\r\ntwo\rthree\nfour") == "one\ntwo\nthree\nfour"


def test_a_name_cannot_disguise_itself() -> None:
    assert one_line("invoice\u202egpj.exe", 100) == "invoicegpj.exe"
    assert one_line(".ht\u200baccess", 100) == ".htaccess"


@pytest.mark.parametrize(
    ("given_", "reason"), [("", "missing"), (" \n\u200b ", "missing"), ("x" * 11, "long")]
)
def test_words_must_be_there_and_fit(given_: str, reason: str) -> None:
    with pytest.raises(Invalid, match=reason) as refused:
        words(given_, "name", 10, "The name")
    assert refused.value.fields is not None
    assert "name" in refused.value.fields


def test_words_of_just_the_limit_are_kept() -> None:
    assert words(" " + "x" * 10 + "\n", "name", 10, "The name") == "x" * 10

"""What was typed, understood."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.search.model import Asked, Clause, Narrowed
from frontdesk.search.query import LONGEST, Names, parsed

NAMES = Names(
    labels={"refund": "l1", "spare parts": "l2", "spare glass": "l3"},
    agents={"maja lind": "a1", "oskar berg": "a2"},
    teams={"support": "t1", "orders": "t2"},
    me="a1",
)


def of(text: str, **chosen: object) -> Asked:
    return parsed(text, NAMES, Narrowed(**chosen))  # type: ignore[arg-type]


def said(clauses: tuple[Clause, ...]) -> list[str]:
    return [" ".join(word.text for word in one.words) for one in clauses]


def test_words_phrases_and_what_must_not_be_there() -> None:
    asked = of('Burr "new set" -kettle KK-20431 -"old one"')
    assert said(asked.wanted) == ["burr", "new set", "kk 20431"]
    assert said(asked.unwanted) == ["kettle", "old one"]
    assert [one.is_open for one in asked.wanted] == [False, False, False]
    assert of("burr").wanted[0].is_open
    assert not of("burr ").wanted[0].is_open


@pytest.mark.parametrize(
    ("text", "narrowed"),
    [
        ("label:refund", Narrowed(label="l1")),
        ("label:Refu", Narrowed(label="l1")),
        ('label:"spare parts"', Narrowed(label="l2")),
        ("label:glass", Narrowed(label="l3")),
        ("from:maja", Narrowed(agent="a1")),
        ("from:Berg", Narrowed(agent="a2")),
        ("from:me", Narrowed(agent="a1")),
        ("from:customer", Narrowed(by="customer")),
        ("by:agent", Narrowed(by="agent")),
        ("team:support", Narrowed(team="t1")),
        ("in:orders", Narrowed(team="t2")),
        ("in:messenger", Narrowed(channel="messenger")),
        ("channel:website", Narrowed(channel="widget")),
        ("is:open", Narrowed(state="open")),
        ("burr closed", Narrowed(state="closed")),
        ("has:file", Narrowed(file=True)),
    ],
)
def test_filters(text: str, narrowed: Narrowed) -> None:
    asked = of(text)
    assert asked.narrowed == narrowed
    assert not asked.unknown


@pytest.mark.parametrize(
    "text", ["label:nothing", "label:spare", "from:nobody", "is:late", "has:love", "in:13-13"]
)
def test_what_nothing_is_called_is_said(text: str) -> None:
    assert of(f"burr {text}").unknown == (text,)


def test_days_are_the_askers() -> None:
    def at(*day: int) -> int:
        return round(datetime(*day, tzinfo=UTC).timestamp() * 1000)  # type: ignore[arg-type, misc]

    assert of("after:2026-11-23").narrowed.since == at(2026, 11, 23)
    assert of("before:2026-11").narrowed.until == at(2026, 11, 1)
    assert of("in:2026-12").narrowed == Narrowed(since=at(2026, 12, 1), until=at(2027, 1, 1))
    assert of("in:2026").narrowed == Narrowed(since=at(2026, 1, 1), until=at(2027, 1, 1))
    east = parsed("after:2026-11-23", Names(offset=60), Narrowed())
    assert east.narrowed.since == at(2026, 11, 22, 23)


def test_what_was_chosen_beside_the_text_counts_first() -> None:
    asked = of("label:refund is:open", label="l9")
    assert asked.narrowed == Narrowed(label="l9", state="open")


def test_the_word_closed_alone_is_a_word() -> None:
    assert said(of("closed").wanted) == ["closed"]


@given(st.text(max_size=600))
def test_nothing_typed_breaks_it(text: str) -> None:
    asked = of(text)
    assert len(asked.wanted) <= 12
    assert len(text[:LONGEST]) <= LONGEST
    assert all(word.text.isalnum() for one in (*asked.wanted, *asked.unwanted) for word in one.words)
    assert all(word.start.isalnum() for one in asked.wanted for word in one.words)

"""Where many things share their headings, the thing that the talk named decides."""

from tests.suggest.bags import Bags, passage, put

from frontdesk.know.model import Turn
from frontdesk.suggest.engine import Engine
from frontdesk.suggest.subjects import divided

HOTELS = ("Hotel Anna", "Seaview", "The Old Mill", "Grand Central")
ASKED = ("Is there parking?", "Is breakfast included?", "Are dogs welcome?")


def chain() -> Engine:
    engine = Engine(Bags())
    for hotel in HOTELS:
        put(engine, *(passage(f"{hotel}/{asked}", "Yes.", f"{hotel}: {asked}") for asked in ASKED))
    return engine


def first(engine: Engine, *turns: str) -> str:
    """The customer's and the agent's words in turn, the customer's last."""
    talk = [
        Turn("customer" if place % 2 == len(turns) % 2 else "agent", text)
        for place, text in enumerate(turns, 1)
    ]
    return engine.rank(engine.embed(talk))[0].passage_id


def test_titles_are_divided() -> None:
    assert divided(passage("p", "", "Seaview: Is there parking?")) == ("Seaview", "Is there parking?")
    assert divided(passage("p", "", "Delivery | Kvarn & Kanna")) == ("Delivery", "Kvarn & Kanna")
    assert divided(passage("p", "", "Delivery")) == ("", "Delivery")


def test_what_was_named_decides() -> None:
    engine = chain()
    assert (
        first(engine, "Tell me of Seaview", "It is by the sea", "Is there parking?")
        == "Seaview/Is there parking?"
    )
    assert first(engine, "Book the Old Mill", "Done", "Are dogs welcome?") == "The Old Mill/Are dogs welcome?"


def test_the_last_one_named_decides() -> None:
    talk = ("I like Seaview", "It is full, but Hotel Anna has rooms", "Is breakfast included?")
    assert first(chain(), *talk) == "Hotel Anna/Is breakfast included?"


def test_pages_about_different_things_have_no_subjects() -> None:
    engine = Engine(Bags())
    titles = ("Delivery", "Returns", "Opening hours", "Gift cards", "Warranty")
    put(engine, *(passage(title, f"All about {title}", f"{title} | Kvarn & Kanna") for title in titles))
    put(
        engine,
        passage("parcel", "A parcel that was sent back is paid after three days", "Refunds | Kvarn & Kanna"),
    )
    found = engine.rank(engine.embed([Turn("customer", "Delivery and returns")]))
    assert all(one.why["subject"] == 0 for one in found)


def test_subjects_go_with_their_passages() -> None:
    engine = chain()
    engine.drop([f"{hotel}/{asked}" for hotel in HOTELS[1:] for asked in ASKED])
    found = engine.rank(engine.embed([Turn("customer", "Is there parking at Seaview?")]))
    assert {one.passage_id.split("/")[0] for one in found} == {"Hotel Anna"}
    assert all(one.why["subject"] == 0 for one in found)

"""Whose a number, an address or a name is: what the send path asks."""

import time

import pytest
from tests.cast import Cast, CustomerPlayer

from frontdesk.base.desk import Desk
from frontdesk.know import identifiers
from frontdesk.know.tables import identifier

OF_INES = (
    "Hello, my name is Tavorin Thrapsby, order KX-38316, card 4111 1111 1111 1111. I live at 12 Mill Lane, "
    "Tavermouth, my e-mail is tavorin@mail.example and my phone +46 70 123 45 67."
)


def noted(desk: Desk) -> None:
    while desk.write_now(identifiers.note):
        pass


def foreign(desk: Desk, customer: CustomerPlayer, text: str) -> list[str]:
    return desk.read_now(identifiers.foreign, customer.id, text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Your order KX-38316 leaves today.", "KX-38316"),
        ("Your order kx38316 leaves today.", "kx38316"),
        ("We refunded 4111-1111-1111-1111 this morning.", "4111-1111-1111-1111"),
        ("It goes to 12 Mill Lane.", "12 Mill Lane"),
        ("We wrote to Tavorin@Mail.example yesterday.", "Tavorin@Mail.example"),
        ("We call 070-123 45 67 tomorrow.", "070-123 45 67"),
        ("The parcel of Tavorin Thrapsby is here.", "Tavorin Thrapsby"),
        ("the parcel of tavorin thrapsby is here", "tavorin thrapsby"),
    ],
)
def test_what_is_another_customers_is_found(desk: Desk, cast: Cast, text: str, found: str) -> None:
    cast.ines.asks(OF_INES)
    noted(desk)
    assert foreign(desk, cast.lead, text) == [found]
    assert foreign(desk, cast.ines, text) == []


def test_the_name_that_the_desk_has(desk: Desk, cast: Cast) -> None:
    assert cast.ines.brief().called == "Ines Oliveira"
    noted(desk)
    assert foreign(desk, cast.lead, "That was for Ines Oliveira.") == ["Ines Oliveira"]
    assert foreign(desk, cast.lead, "That was for Ines.") == []


def test_everyday_text_belongs_to_nobody(desk: Desk, cast: Cast) -> None:
    cast.ines.asks(OF_INES)
    noted(desk)
    text = "The delivery to Norway takes 3 to 5 working days and costs 99 kr, from 1 500 kr nothing."
    assert foreign(desk, cast.lead, text) == []


def test_what_two_share_is_foreign_to_neither(desk: Desk, cast: Cast) -> None:
    for customer in (cast.ines, cast.lead):
        customer.asks("Our number is 070-123 45 67 and we live at 12 Mill Lane.")
    noted(desk)
    text = "We call 070-123 45 67 or come to 12 Mill Lane."
    assert foreign(desk, cast.ines, text) == foreign(desk, cast.lead, text) == []
    assert len(foreign(desk, cast.stranger(), text)) == 2


def test_what_everybody_writes_is_nobodys(desk: Desk, cast: Cast) -> None:
    for _ in range(3):
        cast.stranger().asks("I called 031-12 34 56, your shop, and nobody answered.")
    noted(desk)
    assert foreign(desk, cast.lead, "Call 031-12 34 56 after ten.") == []


def test_an_order_that_only_the_agent_named(desk: Desk, cast: Cast) -> None:
    asked = cast.ines.asks("Where is it?")
    cast.oskar.answers(asked, "Your order 38316 left us today.")
    noted(desk)
    assert foreign(desk, cast.lead, "Your order 38316 left us today.") == ["38316"]
    assert foreign(desk, cast.ines, "Your order 38316 left us today.") == []


def test_a_slip_does_not_make_it_theirs(desk: Desk, cast: Cast) -> None:
    cast.ines.asks("My order is 38316, where is it?")
    noted(desk)
    cast.oskar.answers(cast.lead.asks("Hello"), "Your order 38316 left us today.")
    noted(desk)
    assert foreign(desk, cast.lead, "Your order 38316 left us today.") == ["38316"]


def test_nothing_is_kept_in_the_clear(desk: Desk, cast: Cast) -> None:
    cast.ines.asks(OF_INES)
    noted(desk)
    rows = desk.read_now(lambda view: view.all(identifier.select()))
    assert len(rows) >= 6
    assert {len(bytes(digest)) for digest, _ in rows} == {16}
    for secret in (b"thrapsby", b"38316", b"4111", b"mail"):
        assert not any(secret in bytes(digest) for digest, _ in rows)


def test_noting_goes_on_where_it_stopped(desk: Desk, cast: Cast) -> None:
    cast.ines.asks(OF_INES)
    noted(desk)
    before = desk.read_now(lambda view: view.all(identifier.select()))
    noted(desk)
    assert desk.read_now(lambda view: view.all(identifier.select())) == before
    cast.lead.asks("My order is 99812.")
    noted(desk)
    assert foreign(desk, cast.ines, "Order 99812 is here.") == ["99812"]


def test_erased_with_the_customer(desk: Desk, cast: Cast) -> None:
    cast.ines.asks(OF_INES)
    noted(desk)
    desk.write_now(identifiers.forget_customer, cast.ines.id)
    assert foreign(desk, cast.lead, "Your order KX-38316 leaves today, Tavorin Thrapsby.") == []


def test_asking_is_quick(desk: Desk, cast: Cast) -> None:
    cast.ines.asks(OF_INES)
    noted(desk)
    text = (
        "Your order 38999 left us today and goes to the shop. It takes two days, and you can follow it there."
    )
    customer = cast.lead.id
    foreign(desk, cast.lead, text)
    taken = []
    for _ in range(50):
        before = time.thread_time()
        desk.read_now(identifiers.foreign, customer, text)
        taken.append(time.thread_time() - before)
    # A millisecond on the test machine; the double here, for machines that are busy.
    assert sorted(taken)[25] < 0.002

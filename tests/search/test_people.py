"""Customers are found by whatever is known of them, and so are their companies."""

from typing import Any

import pytest
from tests.cast import Cast
from tests.people.test_companies import change, made
from tests.people.test_profiles import edits, field, proves

from frontdesk.base.db import Reading
from frontdesk.people import read_profiles
from frontdesk.reactions import index_company
from frontdesk.search import people, read
from frontdesk.search.model import Found, Narrowed
from frontdesk.search.naming import names
from frontdesk.search.query import parsed
from frontdesk.talk import customer_list
from frontdesk.talk.customer_list import Wanted


def search(cast: Cast, typed: str) -> Found:
    def query(view: Reading) -> Found:
        actor = cast.maja.actor
        return read.search(view, actor, parsed(typed, names(view, actor, 0), Narrowed()), 20)

    return cast.desk.read_now(query)


def found(cast: Cast, typed: str) -> list[str]:
    return [hit.customer.id for hit in search(cast, typed).groups.customers]


def listed(cast: Cast, typed: str) -> list[str]:
    def query(view: Reading) -> list[str]:
        wanted = people.narrowed(view, cast.maja.actor, typed, Wanted())
        return customer_list.page(view, cast.maja.actor, wanted, order="name", after=None, limit=50).ids

    return cast.desk.read_now(query)


@pytest.fixture
def ines(cast: Cast) -> str:
    number = field(cast, "Customer number")
    known = {
        "email": "i.oliveira@post.example",
        "phone": "+46 (0)70-123 45 67",
        "company_name": "Bönor & Blad",
    }
    edits(cast, cast.maja, cast.ines.id, **known, title="Buyer", fields={number: "KK-2041 gold"})
    edits(
        cast,
        cast.maja,
        cast.lead.id,
        name="Somebody Else",
        email="else@other.example",
        phone="08-99 88 77 66",
    )
    return cast.ines.id


@pytest.mark.parametrize(
    "typed",
    [
        "ines", "OLIVEIRA", "inês", "oliv",
        "i.oliveira@post.example", "post.example", "oliveira@post",
        "+46701234567", "0701234567", "070-123 45 67", "070 1234567", "0046 70 123 45 67", "1234567",
        "bonor", "blad", "ines bönor", "Bönor & Blad",
        "KK-2041", "kk2041", "gold", "ines gold",
    ],
)  # fmt: skip
def test_by_anything_that_is_known(cast: Cast, ines: str, typed: str) -> None:
    assert found(cast, typed) == [ines]
    assert listed(cast, typed) == [ines]


@pytest.mark.parametrize("typed", ["Buyers", "ines else", "0701234568", "@other ines", "-ines", "***"])
def test_and_by_nothing_else(cast: Cast, ines: str, typed: str) -> None:
    assert ines not in found(cast, typed)
    assert listed(cast, typed) == []


def test_what_was_changed_is_found_at_once_and_what_was_not(cast: Cast, ines: str) -> None:
    edits(cast, cast.maja, ines, email="new@mail.example", company_id="", phone="")
    assert found(cast, "new@mail.example") == [ines]
    for old in ("i.oliveira@post.example", "bönor", "0701234567"):
        assert found(cast, old) == []
    proves(cast, "ines", email="signed@mail.example")
    assert found(cast, "signed@mail.example") == [ines]


def test_what_is_shown_is_where_it_was_found(cast: Cast, ines: str) -> None:
    def said(typed: str) -> list[Any]:
        hit = search(cast, typed).groups.customers[0]
        return ["".join(text for text, _ in hit.excerpt), [text for text, is_it in hit.excerpt if is_it]]

    assert said("ines oliveira") == ["Ines Oliveira", ["Ines", "Oliveira"]]
    line, marked = said("blad")
    assert line.startswith("Ines Oliveira · i.oliveira@post.example")
    assert marked == ["Blad"]
    # However the number is typed, none that nobody wrote is shown.
    assert "0701234567" not in said("0701234567")[0]


async def test_a_company_is_found_and_its_customers_by_its_new_name(cast: Cast, ines: str) -> None:
    company = cast.desk.read_now(read_profiles.get, cast.maja.actor, ines).company
    assert company is not None
    hits = search(cast, "böno").groups.companies
    assert [(hit.id, hit.name, hit.kind) for hit in hits] == [(company.id, "Bönor & Blad", "company")]
    change(cast, company.id, name="Rosteriet", website="rosteriet.example")
    assert [hit.id for hit in search(cast, "rosteriet.example").groups.companies] == [company.id]
    assert search(cast, "bönor").groups.companies == []
    await index_company(cast.desk, {"company_id": company.id})
    assert found(cast, "rosteriet") == [ines]
    assert found(cast, "bönor") == []
    assert search(cast, "rosteriet").counts.companies == 1


def test_narrowing_asks_for_what_was_said(cast: Cast, ines: str) -> None:
    made(cast, "Kaffe")
    answer = search(cast, "kaffe is:open")
    assert (answer.groups.companies, answer.groups.customers) == ([], [])

"""Customers' companies: chosen or made right there, one for each name."""

from typing import Any

import pytest
from tests.cast import Cast
from tests.conftest import Clock
from tests.people.test_profiles import edits, seen_by
from tests.talk.counting import facts

from frontdesk.base.errors import Conflict, Invalid, Missing
from frontdesk.people import changes, companies, own_fields
from frontdesk.people.companies import Changed
from frontdesk.people.profile_model import CustomerCompany
from frontdesk.talk import customer_list, notes, past


def made(cast: Cast, name: str) -> CustomerCompany:
    return cast.desk.write_now(companies.add, cast.oskar.actor, name=name)["company"]


def change(cast: Cast, id: str, **asked: Any) -> CustomerCompany:
    return cast.desk.write_now(companies.change, cast.oskar.actor, id, Changed(**asked))


def begins(cast: Cast, typed: str) -> list[str]:
    return [one.name for one in cast.desk.read_now(companies.beginning, cast.oskar.actor, typed, 10)]


def test_one_name_is_one_company_however_it_is_typed(cast: Cast) -> None:
    one = made(cast, "Café  Noir")
    assert made(cast, "CAFE NOIR") == made(cast, " café noir ") == one
    edits(cast, cast.maja, cast.lead.id, company_name="cafe noir")
    assert seen_by(cast, cast.lead.id).company is not None
    assert seen_by(cast, cast.lead.id).company.id == one.id  # type: ignore[union-attr]
    assert len(facts(cast.desk, "CustomerCompanySaved")) == 1


def test_typing_finds_what_begins_so(cast: Cast) -> None:
    for name in ("Kvarn AB", "Kvarnen", "Ökvarn", "Åkerbär", "Kaffe"):
        made(cast, name)
    assert begins(cast, "KVA") == ["Kvarn AB", "Kvarnen"]
    assert begins(cast, "okv") == ["Ökvarn"]
    assert begins(cast, "åk") == ["Åkerbär"]
    assert begins(cast, "zz") == []
    assert begins(cast, "") == ["Åkerbär", "Kaffe", "Kvarn AB", "Kvarnen", "Ökvarn"]
    assert begins(cast, "%") == begins(cast, "_") == []


def test_it_is_changed_and_that_is_kept(cast: Cast) -> None:
    given = {"of": "company", "name": "Size", "kind": "number", "choices": []}
    size = cast.desk.write_now(own_fields.add, cast.maja.actor, **given)["own_field"].id
    one = made(cast, "Kvarn")
    after = change(
        cast, one.id, name="Kvarn AB", website="kvarn.example", about="Pays late.", fields={size: "12"}
    )
    assert (after.name, after.website, after.about) == ("Kvarn AB", "https://kvarn.example", "Pays late.")
    assert after.fields == {size: "12"}
    told, _ = cast.desk.read_now(changes.page, cast.maja.actor, one.id, after=None, limit=10)
    assert {(change.field, change.agent_id) for change in told} == {
        (name, cast.oskar.id) for name in ("name", "website", "about", size)
    }
    assert change(cast, one.id, name="Kvarn AB") == after
    assert change(cast, one.id, website="", fields={size: ""}).website is None


def test_a_name_that_another_has_is_refused(cast: Cast) -> None:
    one, other = made(cast, "Kvarn"), made(cast, "Kaffe")
    with pytest.raises(Conflict) as known:
        change(cast, other.id, name="KVARN")
    assert known.value.data == {"reason": "known", "company_id": one.id}


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"website": "javascript:alert(1)"}, {"about": "x" * 10_001}]
)
def test_what_does_not_fit_is_refused(cast: Cast, wrong: dict[str, str]) -> None:
    one = made(cast, "Kvarn")
    with pytest.raises(Invalid):
        change(cast, one.id, **wrong)
    with pytest.raises(Missing):
        change(cast, "0" * 26, name="X")


def test_it_knows_who_works_there_and_what_they_said(cast: Cast) -> None:
    one = made(cast, "Kvarn")
    asked = [who.asks("Where is it?").conversation.id for who in (cast.ines, cast.lead)]
    cast.stranger().asks("Not from there")
    for who in (cast.ines, cast.lead):
        edits(cast, cast.maja, who.id, company_id=one.id)
    assert cast.desk.read_now(companies.get, cast.maja.actor, one.id).customers == 2
    who = cast.desk.read_now(
        customer_list.page, cast.maja.actor, customer_list.Wanted(company=one.id), order="name", after=None,
        limit=10,
    )  # fmt: skip
    assert who.ids == [cast.ines.id, cast.lead.id]
    told, rest = talks(cast, one.id, None, 10)
    assert [(talk.conversation.id, talk.first) for talk in told] == [
        (id, "Where is it?") for id in asked[::-1]
    ]
    assert rest is None
    first, goes_on = talks(cast, one.id, None, 1)
    assert [*first, *talks(cast, one.id, goes_on, 1)[0]] == told
    edits(cast, cast.maja, cast.lead.id, company_id="")
    assert cast.desk.read_now(companies.get, cast.maja.actor, one.id).customers == 1


def talks(cast: Cast, id: str, after: str | None, limit: int) -> tuple[list[past.Past], str | None]:
    return cast.desk.read_now(past.of_company, cast.maja.actor, id, after=after, limit=limit)


def noted(cast: Cast, id: str, before: str | None, limit: int) -> tuple[list[past.NoteOf], str | None]:
    return cast.desk.read_now(past.notes_of_company, cast.oskar.actor, id, before=before, limit=limit)


def test_it_knows_what_the_team_noted_of_everybody_there(cast: Cast, clock: Clock) -> None:
    one = made(cast, "Kvarn")
    for who in (cast.ines, cast.lead):
        edits(cast, cast.maja, who.id, company_id=one.id)
    by, gone = list[str](), ""
    for number, who in enumerate((cast.ines, cast.lead, cast.ines, cast.stranger())):
        by.append(cast.maja.notes(who.asks("Where is it?"), f"Note {number}").id)
        clock.passes(minutes=1)
    gone = cast.maja.notes(cast.lead.asks("And this?"), "Not so").id
    assert [one.note.id for one in noted(cast, one.id, None, 10)[0]] == [gone, by[2], by[1], by[0]]
    cast.desk.write_now(notes.delete, cast.maja.actor, note_id=gone)
    whole, end = noted(cast, one.id, None, 10)
    assert [(told.note.text, told.customer.id) for told in whole] == [
        ("Note 2", cast.ines.id), ("Note 1", cast.lead.id), ("Note 0", cast.ines.id),
    ]  # fmt: skip
    assert end is None
    paged, before = list[past.NoteOf](), None
    for _ in whole:
        some, before = noted(cast, one.id, before, 1)
        paged += some
    assert (paged, before) == (whole, None)
    edits(cast, cast.maja, cast.lead.id, company_id="")
    assert [told.note.text for told in noted(cast, one.id, None, 10)[0]] == ["Note 2", "Note 0"]


def test_no_customer_may_know_of_companies(cast: Cast) -> None:
    one = made(cast, "Kvarn")
    for verb, given in (
        (companies.get, (one.id,)),
        (companies.beginning, ("", 5)),
    ):
        with pytest.raises(Missing):
            cast.desk.read_now(verb, cast.ines.actor, *given)
    with pytest.raises(Missing):
        cast.desk.read_now(past.of_company, cast.ines.actor, one.id, after=None, limit=5)
    with pytest.raises(Missing):
        cast.desk.read_now(past.notes_of_company, cast.ines.actor, one.id, before=None, limit=5)
    with pytest.raises(Missing):
        cast.desk.write_now(companies.add, cast.ines.actor, name="Mine")

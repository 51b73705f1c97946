"""Own fields: what they take, their order, retiring."""

import pytest
from tests.cast import Cast
from tests.people.test_profiles import edits, field, seen_by
from tests.talk.counting import facts

from frontdesk.base.errors import Conflict, Invalid, Missing, Refused
from frontdesk.people import own_fields
from frontdesk.people.profile_model import OwnField, own_value


def of_kind(kind: str, *choices: str) -> OwnField:
    return OwnField("1", "customer", "Field", kind, choices, 1, retired=False)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("text", "  two\n words ", "two words"),
        ("text", "   ", ""),
        ("number", "1 200", "1200"),
        ("number", "12,50", "12.5"),
        ("number", "-0012.0", "-12"),
        ("number", "-0,0", "0"),
        ("number", "1'000.25", "1000.25"),
        ("date", "2026-02-28", "2026-02-28"),
        ("choice", "FINE", "fine"),
        ("link", "shop.example/a?b=1", "https://shop.example/a?b=1"),
        ("link", "http://shop.example", "http://shop.example"),
    ],
)
def test_what_is_kept(kind: str, typed: str, kept: str) -> None:
    assert own_value(of_kind(kind, "fine", "coarse"), typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("text", "x" * 501),
        ("number", "many"),
        ("number", "1e9"),
        ("number", "1.000.000"),
        ("number", "٣"),
        ("number", "nan"),
        ("number", "1" * 16),
        ("date", "2026-02-30"),
        ("date", "23.11.2026"),
        ("date", "20261123"),
        ("choice", "medium"),
        ("link", "javascript:alert(1)"),
        ("link", "data:text/html,x"),
        ("link", "//shop.example"),
        ("link", "https://me@shop.example"),
        ("link", "ftp://shop.example"),
        ("link", "no address"),
    ],
)
def test_what_is_refused(kind: str, typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        own_value(of_kind(kind, "fine", "coarse"), typed)
    assert refused.value.fields is not None
    assert list(refused.value.fields) == ["1"]


def test_only_admins_define_them(cast: Cast) -> None:
    one = field(cast, "Grind")
    said = {"of": "customer", "name": "Other", "kind": "text", "choices": []}
    for verb, given in (
        (own_fields.add, said),
        (own_fields.change, {"field_id": one, "name": "New", "choices": []}),
        (own_fields.retire, {"field_id": one, "on": True}),
        (own_fields.order, {"of": "customer", "ids": [one]}),
    ):
        for actor in (cast.oskar.actor, cast.ines.actor):
            with pytest.raises(Refused):
                cast.desk.write_now(verb, actor, **given)
    assert [one.name for one in cast.desk.read_now(own_fields.everything)] == ["Grind"]


def test_a_name_is_given_once_and_free_again_when_retired(cast: Cast) -> None:
    one = field(cast, "Grind")
    with pytest.raises(Conflict) as known:
        field(cast, "GRIND")
    assert known.value.data == {"reason": "known", "field_id": one}
    cast.desk.write_now(own_fields.retire, cast.maja.actor, field_id=one, on=True)
    field(cast, "grind")
    with pytest.raises(Conflict):
        cast.desk.write_now(own_fields.retire, cast.maja.actor, field_id=one, on=False)
    with pytest.raises(Missing):
        cast.desk.write_now(own_fields.retire, cast.maja.actor, field_id="0" * 26, on=True)


def test_a_choice_needs_choices(cast: Cast) -> None:
    with pytest.raises(Invalid):
        field(cast, "Grind", "choice", "  ")
    one = field(cast, "Grind", "choice", "fine", "fine", " coarse ")
    assert cast.desk.read_now(own_fields.everything)[0].choices == ("fine", "coarse")
    id = cast.lead.id
    edits(cast, cast.oskar, id, fields={one: "fine"})
    cast.desk.write_now(own_fields.change, cast.maja.actor, field_id=one, name="Grinding", choices=["coarse"])
    assert seen_by(cast, id).fields == {one: "fine"}
    with pytest.raises(Invalid):
        edits(cast, cast.oskar, id, fields={one: "fine"})


def test_what_a_retired_field_says_stays_and_can_only_be_emptied(cast: Cast) -> None:
    one, id = field(cast, "Grind"), cast.lead.id
    edits(cast, cast.oskar, id, fields={one: "fine"})
    cast.desk.write_now(own_fields.retire, cast.maja.actor, field_id=one, on=True)
    assert seen_by(cast, id).fields == {one: "fine"}
    with pytest.raises(Invalid):
        edits(cast, cast.oskar, id, fields={one: "coarse"})
    edits(cast, cast.oskar, id, fields={one: ""})
    assert seen_by(cast, id).fields == {}


def test_they_are_put_in_order(cast: Cast) -> None:
    first, second, third = (field(cast, name) for name in ("One", "Two", "Three"))
    cast.desk.write_now(own_fields.order, cast.maja.actor, of="customer", ids=[third, "0" * 26, third, first])
    assert [one.id for one in cast.desk.read_now(own_fields.everything)] == [third, first, second]
    assert len(facts(cast.desk, "OwnFieldsSaved")) == 4


def test_a_companys_field_is_none_of_a_customer(cast: Cast) -> None:
    given = {"of": "company", "name": "Size", "kind": "number", "choices": []}
    one = cast.desk.write_now(own_fields.add, cast.maja.actor, **given)["own_field"].id
    with pytest.raises(Invalid):
        edits(cast, cast.oskar, cast.lead.id, fields={one: "3"})


def test_there_is_an_end_to_fields(cast: Cast) -> None:
    for number in range(60):
        field(cast, f"Field {number}")
    with pytest.raises(Invalid):
        field(cast, "One more")

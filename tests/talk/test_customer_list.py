"""The list of customers: every narrowing, every order, page after page."""

from collections.abc import Callable
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import bindparam, update
from tests.cast import Cast
from tests.people.test_companies import made
from tests.people.test_profiles import edits, field

from frontdesk.base.db import Reading, Tx
from frontdesk.base.errors import Invalid, Missing
from frontdesk.base.sql import Prepared
from frontdesk.people import customers, read_profiles
from frontdesk.people.profile_model import Profile
from frontdesk.people.tables import customer
from frontdesk.talk import customer_list, joining, labelling, labels
from frontdesk.talk.customer_list import Order, Wanted

_SEEN = Prepared(update(customer).where(customer.c.id == bindparam("one")).values(seen_at=bindparam("at")))
CITIES = (("Lund", "SE"), ("Lyon", "FR"), (None, None))
NAMES = ("Åsa", "ada", "Bo", "bo", None, "Émile")


def page(cast: Cast, wanted: Wanted, order: Order, limit: int = 50, after: str | None = None) -> Any:
    return cast.desk.read_now(
        customer_list.page, cast.oskar.actor, wanted, order=order, after=after, limit=limit
    )


def whole(cast: Cast, wanted: Wanted, order: Order, limit: int) -> list[str]:
    """Page after page."""
    ids: list[str] = []
    after: str | None = None
    for turn in range(200):
        found = page(cast, wanted, order, limit, after)
        assert len(found.ids) <= limit
        assert (found.count is None) == (turn > 0)
        ids, after = [*ids, *found.ids], found.next
        if after is None:
            return ids
    raise AssertionError("it never ends")


@pytest.fixture
def known(cast: Cast) -> list[Profile]:
    """Some of each kind, and one who was merged into another."""
    own, firm = field(cast, "Own"), made(cast, "Kvarn").id
    label = cast.desk.write_now(labels.add, cast.maja.actor, name="Best", colour="rose", own=False)[
        "label"
    ].id
    for number in range(36):
        city, country = CITIES[number % 3]
        one = cast.desk.write_now(customers.appear, city=city, country=country).id
        cast.desk.write_now(_seen, one, 1_000 + number // 2)
        fields = {own: ("gold", "tin")[number % 2]} if number % 4 else {}
        asked = {"name": NAMES[number % 6] or "", "fields": fields}
        edits(cast, cast.maja, one, **asked, company_id=firm if number % 5 == 0 else "")
    talks = [who.asks("Hello").conversation for who in (cast.ines, cast.stranger(), cast.stranger())]
    for talk in talks[:2]:
        worn = {"conversation_id": talk.id, "label_id": label, "message_id": None, "on": True}
        cast.desk.write_now(labelling.put, cast.maja.actor, **worn)
    into = {"customer_id": talks[2].customer.id, "into": talks[1].customer.id}
    cast.desk.write_now(joining.join, cast.maja.actor, **into)
    return cast.desk.read_now(_everybody)


def _seen(tx: Tx, id: str, at: int) -> None:
    tx.run(_SEEN, one=id, at=at)


def _everybody(view: Reading) -> list[Profile]:
    ids = [id for (id,) in view.all(Prepared(customer.select().with_only_columns(customer.c.id)))]
    return [one for one in read_profiles.those(view, ids) if read_profiles.find(view, one.id) == one]


def narrowings(cast: Cast, known: list[Profile]) -> dict[str, tuple[Any, Callable[[Profile], bool]]]:
    own = next(iter(next(one.fields for one in known if one.fields)))
    firm = next(one.company.id for one in known if one.company)
    return {
        "company": (firm, lambda one: one.company is not None),
        "city": ("Lund", lambda one: one.city == "Lund"),
        "country": ("FR", lambda one: one.country == "FR"),
        "field": (own, lambda one: own in one.fields),
        "seen_after": (1_010, lambda one: one.seen_at >= 1_010),
        "seen_before": (1_015, lambda one: one.seen_at < 1_015),
        "named": (True, lambda one: one.named),
        "ids": (tuple(one.id for one in known[::2]), lambda one: one in known[::2]),
    }


SORTED: dict[str, Callable[[Profile], Any]] = {
    "seen": lambda one: (-one.seen_at, [-ord(sign) for sign in one.id]),
    "created": lambda one: [-ord(sign) for sign in one.id],
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chosen=st.sets(
        st.sampled_from(["company", "city", "country", "field", "seen_after", "seen_before", "named", "ids"]),
        max_size=3,
    ),
    order=st.sampled_from(get_args(Order)),
    limit=st.integers(1, 20),
    few=st.sampled_from([0, 3, 2_000]),
    is_hasty=st.booleans(),
)
def test_every_narrowing_in_every_order(
    cast: Cast, known: list[Profile], chosen: set[str], order: Order, limit: int, few: int, is_hasty: bool
) -> None:
    """Whichever way it is walked: few taken, or all walked, in portions, in haste."""
    every = narrowings(cast, known)
    wanted = Wanted(**{name: every[name][0] for name in chosen})
    meant = [one for one in known if all(every[name][1](one) for name in chosen)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(customer_list, "_FEW", few)
        patch.setattr(customer_list, "_PORTION", 7)
        patch.setattr(customer_list, "_PATIENCE_S", 0.0 if is_hasty else 60.0)
        ids = whole(cast, wanted, order, limit)
        count = page(cast, wanted, order, limit).count
    assert sorted(ids) == sorted(one.id for one in meant)
    assert count == len(meant)
    if order != "name":
        assert ids == [one.id for one in sorted(meant, key=SORTED[order])]


def test_names_are_sorted_as_people_read_them(cast: Cast, known: list[Profile]) -> None:
    by_id = {one.id: one.called for one in known}
    called = [by_id[id] for id in whole(cast, Wanted(named=True), "name", 7)]
    assert [name for name in called if name != "Ines Oliveira"] == sorted(
        [name for name in called if name != "Ines Oliveira"],
        key=lambda name: {"ada": 0, "Åsa": 1, "Bo": 2, "bo": 2, "Émile": 3}[name],
    )


def test_a_value_a_label_and_who_was_merged(cast: Cast, known: list[Profile]) -> None:
    own = next(iter(next(one.fields for one in known if one.fields)))
    gold = page(cast, Wanted(field=own, value="gold"), "seen").ids
    assert sorted(gold) == sorted(one.id for one in known if one.fields.get(own) == "gold")
    label = cast.desk.read_now(labels.seen_by, cast.oskar.actor)[0].id
    assert len(page(cast, Wanted(label=label), "seen").ids) == 2
    assert len(page(cast, Wanted(), "seen", 200).ids) == len(known)
    mine = cast.desk.write_now(labels.add, cast.maja.actor, name="Mine", colour="rose", own=True)["label"].id
    with pytest.raises(Missing):
        page(cast, Wanted(label=mine), "seen")


@pytest.mark.parametrize(
    "after", ["", "x", "bnVsbA", "WzEsMl0", "WyJhIiwiYiJd", "W3RydWUsImIiXQ", "W10", "!!", "WzFlOTksImIiXQ"]
)
def test_a_cursor_of_no_list_is_refused(cast: Cast, after: str) -> None:
    for order in ("seen", "created"):
        try:
            found = page(cast, Wanted(), order, 5, after)  # type: ignore[arg-type]
        except Invalid:
            continue
        assert (order, after, found.ids) == ("created", "WyJhIiwiYiJd", [])


def test_no_customer_may_see_it(cast: Cast) -> None:
    with pytest.raises(Missing):
        cast.desk.read_now(customer_list.page, cast.ines.actor, Wanted(), order="seen", after=None, limit=5)
